"""What personal data looks like in Indonesian and English text: patterns, and the numbers that only look like it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from coding.errors import mark
from coding.privacy.rows import Certainty, Kind

# A word of a name: `Siti`, `Nur’aini`, `McKenna`, `SITI`, an initial (`M.`). Roman letters as names in texts have them.
_UPPER, _LOWER = "A-ZÀ-ÖØ-Þ", "a-zß-öø-ÿ"
CAPITAL = rf"[{_UPPER}][{_UPPER}{_LOWER}]++(?:['’-][{_UPPER}{_LOWER}]++)*+"
_INITIAL = rf"[{_UPPER}]\."
NAME = (
    rf"(?:{_INITIAL}[ \t]?)*{CAPITAL}(?:[ \t]+(?:bin|binti|van|de|der|al)[ \t]+{CAPITAL}"
    rf"|[ \t]+{_INITIAL}(?!\w)|[ \t]+{CAPITAL}){{0,3}}"
)

HONORIFICS = (
    "ibu bu bapak pak bpk mas mbak mba mbah kak kakak bang abang cak ning gus nyai pakde bude paklik bulik "
    "eyang "
    "nenek kakek neng teh aa kang yu lik wak mang ceu sdr sdri saudara saudari tn ny tuan nyonya "
    "mr mrs ms miss mister madam auntie aunt "
    "uncle"
).split()
TITLES = "h hj haji hajah kh dr drs dra drg ir prof ust ustadz ustaz ustadzah kyai kiai rr raden rev sir".split()
ROLES = frozenset(
    "ada bapak ibu anak saya kami kita dia beliau carik lurah camat bupati gubernur presiden wali walikota kades kadus "
    "sekdes bekel bayan modin rt rw guru bidan dokter mantri perawat kader pendamping petugas kepala ketua sekretaris "
    "bendahara desa dusun kelurahan kecamatan kabupaten dinas kota haji hajah ustadz ustad kyai kiai polisi babinsa "
    "sopir direktur menteri kasi kabid kadis kasubag koordinator operator warga tuan nyonya rumah negara hamil ini itu "
    "yang dan di ke dari kalau sudah belum tidak iya ya oh wah nah jadi terus karena tapi kan lho to nggih inggih "
    "informan narasumber peneliti pewawancara responden tani dukuh dewan pemerintah pejabat pegawai pns tua muda "
    "chair chairman president minister mayor officer secretary doctor nurse teacher director governor judge the a an "
    "and you they we he she it i what is was".split()
)
MONTHS_AND_DAYS = frozenset(
    "januari februari maret april mei juni juli agustus september oktober november desember senin selasa rabu kamis "
    "jumat sabtu minggu ahad january february march may june july august october december monday tuesday wednesday "
    "thursday friday saturday sunday legi pahing pon wage kliwon".split()
)
_MONTH = (
    "jan(?:uari|uary)?|feb(?:ruari|ruary)?|mar(?:et|ch)?|apr(?:il)?|mei|may|jun[ie]?|jul[iy]?|agu(?:stus)?|aug(?:ust)?|"
    "sep(?:tember)?|okt(?:ober)?|oct(?:ober)?|nov(?:ember)?|des(?:ember)?|dec(?:ember)?"
)

PLAIN = re.compile(
    rf"""(?ix)
    \b(?:rp|idr|usd|us\$|\$|€|£)\.?[ ]?\d[\d.,]*(?:[ ]?(?:juta|ribu|miliar|million|k)\b)?
    | (?<![\d.+-])[1-9]\d{{0,2}}(?:\.\d{{3}})+(?:,\d+)?(?![\d.-]*\d)
    | (?<![\d.+-])[1-9]\d{{0,2}}(?:,\d{{3}})+(?:\.\d+)?(?![\d.-]*\d)
    | (?<![\d.+/-])\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:19|20)\d\d(?![\d-])
    | (?<![\d.+/-])(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?![\d.-]*\d)
    | (?<![\d.+/-])(?:19|20)\d\d[ ]?[-–/][ ]?(?:19|20)\d\d(?![\d-])
    | \b\d{{1,2}}(?:st|nd|rd|th)?[ ](?:{_MONTH})\b\.?(?:,?[ ]\d{{4}}\b)?
    | \b(?:{_MONTH})[ ](?:\d{{1,2}}(?:st|nd|rd|th)?,?[ ])?\d{{4}}\b
    | (?<![\d.+-])[0-2]?\d[.:][0-5]\d(?:[ ]?[-–][ ]?[0-2]?\d[.:][0-5]\d)?(?![\d.:-]*\d)
    | \b(?:nomor|no\.?|number)[ ]?:?[ ]?\d+(?:[ ]?/[ ]?[\w.-]+)*[ ](?:tahun|year|of)[ ]\d{{4}}
    | \b(?:pasal|ayat|article|section|halaman|page|bab|chapter|nomor\ urut|butir)[ ]\d+
    | \b\d+(?:[.,]\d+)?[ ]?(?:%|persen|percent)
    """
)
"""Amounts, dates, times, periods, laws, shares: no telephone numbers, however many digits."""


class Found(NamedTuple):
    """A stretch `[start, end)` of a text that looks like `kind`, and the English sentence that says why."""

    kind: Kind
    start: int
    end: int
    certainty: Certainty
    why: str


# numbers

_DIGITS = re.compile(r"(?<![\w.,/+-])\+?\(?\d(?:[ .()-]{0,2}\d){7,20}(?![\w/])(?!-\w)")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?!\w)")
_HANDLE = re.compile(
    r"(?<![\w@.])@[A-Za-z_][\w.]{1,29}(?<!\.)|\b(?:https?://)?(?:www\.)?"
    r"(?:facebook\.com|fb\.com|instagram\.com|twitter\.com|x\.com|tiktok\.com|linkedin\.com/in|t\.me|wa\.me)/@?[\w.-]+\w"
)
_ACCOUNT = re.compile(
    r"(?i)\b(?:no(?:mor)?\.?[ ]?rek(?:ening)?\.?|rekening|account[ ](?:number|no\.?))[^\d\n]{0,25}?"
    r"(?P<span>\d(?:[ .-]?\d){7,15})(?![\w.-]*\d)"
)
_AREAS = (
    "A|B|D|E|F|G|H|K|L|M|N|P|R|S|T|W|Z|AA|AB|AD|AE|AG|BA|BB|BD|BE|BG|BH|BK|BL|BM|BN|BP|DA|DB|DC|DD|DE|DG|DH|DK|DL|DM|"
    "DN|DR|DS|DT|EA|EB|ED|KB|KH|KT|KU|PA|PB"
)
_PLATE = re.compile(rf"(?<![\w.])(?:{_AREAS})[ ]?\d{{3,4}}[ ]?[A-Z]{{2,3}}(?!\w)")
_VEHICLE = re.compile(
    r"(?i)\b(?:plat|pelat|nopol|nomor polisi|motor(?:nya)?|mobil(?:nya)?|truk|plate|registration|car)\b[^\n]{0,30}$"
)
_PROVINCES = frozenset(
    [*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82, *range(91, 98)]
)


def numbers(text: str, start: int, end: int) -> Iterator[Found]:
    """Numbers that belong to a person, in `[start, end)` of `text`."""
    for match in _ACCOUNT.finditer(text, start, end):
        yield Found("account", *match.span("span"), "likely", mark("a number after a word for bank account"))
    for match in _DIGITS.finditer(text, start, end):
        first = match.start()
        if match.group().startswith("(") and ")" not in match.group():
            first += 1
        found = _number(text[first : match.end()], text[max(start, first - 40) : first])
        if found is not None:
            kind, certainty, why = found
            yield Found(kind, first, match.end(), certainty, why)
    for match in _PLATE.finditer(text, start, end):
        near = _VEHICLE.search(text[max(start, match.start() - 40) : match.start()]) is not None
        yield Found("plate", *match.span(), "likely" if near else "possible", mark("written like a number plate"))
    for match in _EMAIL.finditer(text, start, end):
        yield Found("email", *match.span(), "sure", mark("written like an e-mail address"))
    for match in _HANDLE.finditer(text, start, end):
        yield Found("handle", *match.span(), "likely", mark("written like an account on the web"))


def _number(written: str, before: str) -> tuple[Kind, Certainty, str] | None:
    digits = re.sub(r"\D", "", written)
    said = re.findall(r"(?i)\b(nik|ktp|kk|kartu keluarga|npwp|nip|bpjs|jkn|kis)\b", before)
    word = said[-1].lower() if said else ""
    if len(digits) == 15 and (word == "npwp" or re.fullmatch(r"\d\d\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}", written)):
        return "tax_id", "sure", mark("15 digits, as a tax number has")
    if len(digits) == 16:
        return _sixteen(digits, word)
    if len(digits) == 18 and (word == "nip" or _civil_servant(digits)):
        plausible = _civil_servant(digits)
        return "employee_id", "sure" if plausible else "likely", mark("18 digits, as a civil servant's number has")
    if len(digits) == 13 and (word in ("bpjs", "jkn", "kis") or digits.startswith("000")):
        return "health_id", "sure" if word else "likely", mark("13 digits, as a health insurance number has")
    return _phone(written, digits)


def _sixteen(digits: str, word: str) -> tuple[Kind, Certainty, str]:
    if word == "npwp":
        return "tax_id", "sure", mark("16 digits after the word NPWP")
    plausible = plausible_national_id(digits)
    if word in ("kk", "kartu keluarga"):
        return "family_card", "sure" if plausible else "likely", mark("16 digits after a word for family card")
    if plausible:
        return "national_id", "sure", mark("16 digits with a province and a date of birth")
    return "national_id", "likely" if word else "possible", mark("16 digits, but no province and date of birth in them")


def plausible_national_id(digits: str) -> bool:
    """Whether 16 digits can be a NIK: a province, a regency, a sub-district, then a date (women's days plus 40)."""
    day, month = int(digits[6:8]), int(digits[8:10])
    day -= 40 if day > 40 else 0
    return (
        int(digits[:2]) in _PROVINCES and digits[2:4] != "00" and digits[4:6] != "00"
        and 1 <= day <= 31 and 1 <= month <= 12 and digits[12:] != "0000"
    )  # fmt: skip


def _civil_servant(digits: str) -> bool:
    born, began = digits[:8], digits[8:14]
    return (
        born[:2] in ("19", "20") and 1 <= int(born[4:6]) <= 12 and 1 <= int(born[6:]) <= 31
        and began[:2] in ("19", "20") and 1 <= int(began[4:]) <= 12 and digits[14] in "12"
    )  # fmt: skip


def _phone(written: str, digits: str) -> tuple[Kind, Certainty, str] | None:
    home = "0" + digits[2:].lstrip("0") if digits.startswith("62") else digits
    if home.startswith("08") and 10 <= len(home) <= 14:
        return "phone", "sure", mark("begins like an Indonesian mobile number")
    if written.startswith("+") and 8 <= len(digits) <= 15:
        return "phone", "likely", mark("begins with a country's code")
    parted = re.match(r"\(?0[2-79]\d{1,3}\)?[ -]", written)
    if parted and 9 <= len(home) <= 12:
        return "phone", "likely", mark("begins with an area code")
    return None


# names

_ABBREVIATED = frozenset("bpk sdr sdri tn ny mr mrs ms".split())
# The full stop of any other ends a sentence: “Sudah, Mbak. Besoknya …”.
HONORED = "|".join(
    rf"{word}\.?" if word in _ABBREVIATED else word for word in sorted(HONORIFICS, key=len, reverse=True)
)
"""Forms of address, as they stand before a name."""
_TITLED = "|".join(sorted(TITLES, key=len, reverse=True))
_TITLED_NAME = re.compile(
    rf"(?<!\w)(?:(?P<honored>(?i:{HONORED}))[ \t]+(?:(?i:{_TITLED})\.?[ \t]*)*"
    rf"|(?:(?:H|Hj|KH|Dr|dr|Drs|Dra|drg|Ir|Prof|Ust|Rr|Rev)\.[ \t]?"
    rf"|(?:Haji|Hajah|Ustadz|Ustadzah|Kyai|Kiai|Raden|Sir|Dr|Prof)[ \t]+)+)"
    rf"(?P<name>{NAME})"
)
_DEGREE = (
    r"(?:[SMD]\.[A-Z][A-Za-z]*\.?(?:[A-Z][a-z]*\.?)?|A\.Md\.?(?:[A-Z][a-z]*\.?)?"
    r"|S\.E\.?|S\.H\.?|Ph\.?D\.?|M\.?A\.?(?!\w)|MSc|MPH)"
)
_WITH_DEGREE = re.compile(rf"(?<!\w)(?P<name>{CAPITAL}(?:[ \t]+{CAPITAL}){{1,3}}),[ ]?{_DEGREE}")
_NAMED = re.compile(
    rf"(?<!\w)(?i:nama (?:saya|beliau|dia|suami saya|istri saya|anak saya)(?: adalah| itu)?|my name is|"
    rf"his name is|her name is)[ \t]+(?P<name>{NAME})"
)
# Programmes and things are called something, too.
_CALLED = re.compile(rf"(?<!\w)(?i:namanya|bernama|dipanggil|named|called)[ \t]+(?P<name>{NAME})")
_FIELD = re.compile(
    rf"(?m)^[ \t]*(?i:nama(?: lengkap| informan| narasumber)?|name|full name)[ \t]*:[ \t]*"
    rf"(?:(?i:{HONORED}|{_TITLED})\.?[ \t]+)*(?P<name>{NAME})(?=[ \t]*(?:$|[,(]))"
)
# A speaker's label looks the same: one word behind it is an answer.
_ROLE_FIELD = re.compile(
    rf"(?m)^[ \t]*(?i:informan|narasumber|pewawancara|penulis|pengamat|penyusun|peneliti|informant|interviewee|"
    rf"interviewer|observer|author|researcher)[ \t]*:[ \t]*(?:(?i:{HONORED}|{_TITLED})\.?[ \t]+)*"
    rf"(?P<name>{CAPITAL}(?:[ \t]+{CAPITAL}){{1,3}})(?=[ \t]*(?:$|,[ \t]*[SMAP]\.|\())"
)


def names(text: str, start: int, end: int) -> Iterator[Found]:
    """Names of people nobody has listed, given away by what stands before or behind them."""
    for pattern, certainty, why in _NAME_PATTERNS:
        for match in pattern.finditer(text, start, end):
            if span := _real_name(text, *match.span("name")):
                yield Found("name", *span, certainty, why)


_NAME_PATTERNS: tuple[tuple[re.Pattern[str], Certainty, str], ...] = (
    (_TITLED_NAME, "likely", mark("stands after a form of address or a title")),
    (_WITH_DEGREE, "likely", mark("an academic degree stands behind it")),
    (_NAMED, "likely", mark("stands after words like “my name is”")),
    (_CALLED, "possible", mark("stands after words like “is called”")),
    (_FIELD, "likely", mark("stands in a line that gives a name")),
    (_ROLE_FIELD, "likely", mark("stands in a line that gives a name")),
)
_WORD = re.compile(r"\S+")


def _real_name(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without words that are no names: it ends before the first of them."""
    last = start
    for word in _WORD.finditer(text, start, end):
        bare = re.split(r"[-'’]", word.group().strip(".").casefold())[0]
        if bare in ROLES or bare in MONTHS_AND_DAYS or (bare in _PLACE_WORDS and last == start):
            break
        if bare in HONORIFICS or bare in _AFTER_NAMES or bare in _PLACE_WORDS:
            break
        last = word.end()
    last = start + len(ENDING.sub("", text[start:last]))
    piece = text[start:last]
    return (start, last) if len(piece.strip(". ")) > 2 and not (piece.isupper() and len(piece) <= 3) else None


ENDING = re.compile(r"(?:['’]s|-nya|-ku|-mu)$")
"""What is hung onto a name without being part of it."""
_AFTER_NAMES = frozenset("dan atau dari kepala ketua kader warga penerima selaku sebagai and or from who".split())

# places and addresses

_PLACE_WORDS = frozenset(
    "desa kelurahan kecamatan kabupaten kota dusun kampung dukuh provinsi puskesmas nagari pekon gampong rt rw jalan "
    "jl "
    "village district regency city town county".split()
)
_KINDS_OF_PLACE = (
    "Desa|Kelurahan|Kecamatan|Kabupaten|Kota|Dusun|Kampung|Dukuh|Provinsi|Puskesmas|Nagari|Gampong|Kec\\.|Kab\\.|Kel\\.|"
    "Ds\\.|Dsn\\."
)
PLACE_BEFORE = _KINDS_OF_PLACE
"""What stands before the name of a place."""
_PLACE = re.compile(
    rf"(?<!\w)(?i:{_KINDS_OF_PLACE})[ \t]+(?P<name>{CAPITAL}(?:[ \t]+(?!(?:{_KINDS_OF_PLACE})(?!\w)){CAPITAL}){{0,2}})"
)
_ENGLISH_PLACE = re.compile(
    rf"(?<!\w)(?:village|district|regency|city|town|county|island) of (?P<name>{CAPITAL}(?:[ \t]+{CAPITAL}){{0,2}})"
)
_ADDRESS = re.compile(
    rf"(?<!\w)(?:Jl\.?|Jln\.?|Jalan|Gang|Gg\.?|Perumahan|Perum)[ \t]+{CAPITAL}(?:[ \t]+(?:{CAPITAL}|[IVX]+))*"
    r"(?:[ \t]+\d{1,3}[A-Z]?(?![\w.]))?(?:,?[ \t]+(?:No\.?|Nomor|Blok)[ \t]*[A-Z]?\d*[A-Z]?(?:[/-]\d+)?)?"
    r"(?:,?[ \t]+(?:RT|Rt)\.?[ ]?\d{1,3}(?:[ ]?[/,]?[ ]?(?:RW|Rw)\.?[ ]?\d{1,3}|/\d{1,3})?)?"
    rf"|(?<!\w)\d{{1,4}}[A-Za-z]?,?[ \t]+{CAPITAL}(?:[ \t]+{CAPITAL})?[ \t]+"
    rf"(?:Street|Road|Lane|Avenue|Drive|Close|Terrace)(?!\w)"
)
_RT = re.compile(r"(?<!\w)(?:RT|Rt)\.?[ ]?0?\d{1,3}(?P<rw>[ ]?[/,]?[ ]?(?:RW|Rw)\.?[ ]?0?\d{1,3}|/0?\d{1,3})?(?![\w/])")
_NO_PLACES = frozenset(
    "ini itu kami kita saya lain mana tersebut sendiri yang dan atau baru lama siaga wisata mandiri sejahtera keluarga "
    "sehat layak anak the".split()
)


def places(text: str, start: int, end: int) -> Iterator[Found]:
    """Addresses and the names of places, given away by the word for the kind of place in front of them."""
    for match in _ADDRESS.finditer(text, start, end):
        yield Found("address", *match.span(), "likely", mark("written like an address"))
    for match in _RT.finditer(text, start, end):
        whole = match.group("rw") is not None
        yield Found("address", *match.span(), "likely" if whole else "possible", mark("names a neighbourhood unit"))
    for pattern in (_PLACE, _ENGLISH_PLACE):
        for match in pattern.finditer(text, start, end):
            first, last = match.span("name")
            if span := _real_place(text, first, last):
                yield Found("place", *span, "likely", mark("stands after a word for a kind of place"))


def _real_place(text: str, start: int, end: int) -> tuple[int, int] | None:
    last = start
    for word in _WORD.finditer(text, start, end):
        bare = word.group().casefold()
        if bare in ROLES or bare in _NO_PLACES or bare in MONTHS_AND_DAYS or bare in HONORIFICS or bare in _PLACE_WORDS:
            break
        last = word.end()
    return (start, last) if last - start > 2 else None


def place_name(written: str) -> list[str]:
    """The names in what a table gives as a place: `Kantor Kecamatan Wonosari` names `Wonosari`; of a bare `Wonosari`
    the whole is the name."""
    found = [written[a:b] for m in _PLACE.finditer(written) if (span := _real_place(written, *m.span("name")))
             for a, b in (span,)]  # fmt: skip
    if found:
        return found
    whole = written.strip()
    return (
        [whole]
        if re.fullmatch(rf"{CAPITAL}(?:[ ]{CAPITAL}){{0,2}}", whole) and _real_place(whole, 0, len(whole))
        else []
    )
