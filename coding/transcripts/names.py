"""What people are called: titles, initials, codes, and what stands beside a name in a header or a label."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from coding.transcripts.drafts import Category

HONORIFICS = frozenset(
    "bapak bpk pak bp ibu bu sdr sdri saudara saudari mas mbak mba kang teh kak kakak bang abang tn ny nn tuan "
    "nyonya nona mr mrs ms miss sir madam".split()
)
_PREFIXES = HONORIFICS | frozenset(
    "h hj kh dr drg drs dra drh ir prof ns bd apt ust ustaz ustadz pdt kyai kiai".split()
)
_DEGREES = frozenset(
    "skm se sh st sp spd ssos sip sap skom skep sfarm spsi sag shi sei ssi sstp sst sked skg sgz shum sik spt shut "
    "ssn mm mh msi mkes mpd mt map mip ma msc mba mph mkm mhum mag meng mars mkom mikom mpsi mkeb mkep magr mse "
    "mpa mpp phd amd amdkeb amdkep amk amkeb apt ners ns lc cpa ak ca bsc ba llm dr edd".split()
)
_DEGREE = re.compile(r"(?:S|M|A|B|D|L|Sp|Ph|Str|Ed|Dr|Ns|Bd|CA)\.(?:\s?[A-Za-z]{1,6}\.?){1,4}")
_ROLE_WORDS = frozenset(
    "kepala kabid kabag kasi kasie kasubag kasubbag kasubid kadis kades kadus sekretaris staf staff petugas bidan "
    "perawat dokter apoteker camat lurah direktur manajer manager koordinator ketua anggota wakil pengelola "
    "pelaksana penyuluh pendamping kader warga masyarakat pasien penerima pengguna tokoh guru dosen mahasiswa "
    "operator admin administrator analis pengawas bendahara pejabat pegawai karyawan pemilik pengurus konsultan "
    "verifikator pelayanan bagian bidang seksi mantan head director officer chief coordinator nurse midwife doctor "
    "teacher member secretary clerk community patient beneficiary deputy supervisor resident villager owner user "
    "lecturer student former programme program".split()
)
_CATEGORIES: dict[str, Category] = {
    "kunci": "key",
    "key": "key",
    "utama": "main",
    "main": "main",
    "primary": "main",
    "pendukung": "supporting",
    "tambahan": "supporting",
    "supporting": "supporting",
    "additional": "supporting",
}
_INITIALS = re.compile(r"(?:[A-Z]\.?\s?){1,5}")
_CODE = re.compile(r"[^\W\d_]{1,6}[-_./ ]?\d{1,3}")
_AGE = re.compile(
    r"(?:±|\+/-|kurang lebih|sekitar|about)?\s*(\d{1,3})\s*"
    r"(?:tahun|thn|th|years?(?:\s+old)?|yrs?|y\.?\s?o\.?)?\.?(?:\s+tahun)?",
    re.IGNORECASE,
)
_AGE_WORDS = re.compile(r"(?:umur|usia|age|aged)\s*:?\s*", re.IGNORECASE)
_WORD = re.compile(r"[^\W_][\w.'’`-]*")
_GENDERS = {
    "l": "Laki-laki",
    "lk": "Laki-laki",
    "p": "Perempuan",
    "pr": "Perempuan",
    "m": "Male",
    "f": "Female",
}
_ALIKE = 0.8
"""From this share of letters in common, two words are taken for one name written in two ways."""
_GENDER_WORDS = frozenset("laki-laki perempuan pria wanita male female laki laki2".split())


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody a header or a label names. `code` is the name or initials without titles (DOMAIN.md §1 "Identity")."""

    code: str | None = None
    name: str | None = None
    initials: str | None = None
    role: str | None = None
    group: str | None = None
    category: Category | None = None
    age: int | None = None
    gender: str | None = None
    place: str | None = None

    def merged(self, other: Person) -> Person:
        """This person, what is unknown filled from `other`."""
        return Person(
            code=self.code or other.code,
            name=self.name or other.name,
            initials=self.initials or other.initials,
            role=self.role or other.role,
            group=self.group or other.group,
            category=self.category or other.category,
            age=self.age if self.age is not None else other.age,
            gender=self.gender or other.gender,
            place=self.place or other.place,
        )


def without_titles(name: str) -> str:
    """`name` without honorifics and academic titles before and after it; never empty unless `name` is."""
    words = _tidy(name).split(",")[0].split()
    while len(words) > 1 and words[0].rstrip(".").casefold().replace(".", "") in _PREFIXES and words[0] != "H":
        words = words[1:]
    while len(words) > 1 and _is_degree_word(words[-1]):
        words = words[:-1]
    return " ".join(words)


def has_honorific(name: str) -> bool:
    """Whether `name` begins with a form of address (`Ibu Sari`)."""
    words = name.split()
    return len(words) > 1 and words[0].rstrip(".").casefold() in HONORIFICS


def is_initials(text: str) -> bool:
    """Whether `text` is initials: one to five capitals, with or without full stops."""
    return bool(_INITIALS.fullmatch(text.strip()))


def is_code(text: str) -> bool:
    """Whether `text` is a code with a number (`I3`, `INF-03`, `Informan 3`)."""
    return bool(re.fullmatch(r"[^\W\d_]{1,12}[-_./ ]?(?:ke-?)?\d{1,3}", text.strip()))


def same_name(one: str | None, other: str | None) -> bool:
    """Whether both are the same full name: of two words at least, titles, full stops and difference of case aside."""
    mine, theirs = _name_words(one), _name_words(other)
    return len(mine) > 1 and mine == theirs


def different_names(one: str | None, other: str | None) -> bool:
    """Whether two full names can't be one person's: a word of the shorter one has nothing like it in the longer one.
    What is written a little differently (`Nurhaliza`, `Nurhalizah`) or shortened (`M.`) is no difference."""
    short, long = sorted((_name_words(one), _name_words(other)), key=len)
    return len(short) > 1 and not all(any(_alike(word, known) for known in long) for word in short)


def _alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) < 3:
        return one[0] == other[0]
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _name_words(name: str | None) -> list[str]:
    return re.findall(r"[^\W\d_]+", without_titles(name or "").casefold().replace("'", "").replace("’", ""))


def letters(text: str) -> str:
    """`text` reduced to what makes initials comparable: no full stops, spaces, or difference of case."""
    return re.sub(r"[\W_]", "", text).casefold()


def initials_of(name: str) -> str:
    """The initials of a name without its titles: `Dra. Rina Sulastri, M.Kes` → `RS`."""
    return "".join(word[0] for word in without_titles(name).split() if word[0].isalpha()).upper()


def parse_age(value: str) -> int | None:
    """A person's age in years: `36`, `36 tahun`, `36 th`; None when it is none."""
    match = _AGE.fullmatch(_AGE_WORDS.sub("", value.strip(), count=1).strip())
    if not match:
        return None
    age = int(match[1])
    return age if 5 <= age <= 119 else None


def parse_category(value: str) -> Category | None:
    """The category of informants that `value` names in either language (`Informan kunci`)."""
    for word in re.findall(r"[^\W\d_]+", value.casefold()):
        if word in _CATEGORIES:
            return _CATEGORIES[word]
    return None


def parse_gender(value: str) -> str | None:
    """`value`, the one-letter forms spelt out; None when empty."""
    value = value.strip().rstrip(".")
    return _GENDERS.get(value.casefold(), value) or None


def is_role(text: str) -> bool:
    """Whether `text` begins like an office or a part in the programme, not like a name."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return bool(words) and words[0] in _ROLE_WORDS


def looks_like_name(text: str) -> bool:
    """Whether `text` could be somebody's name: capitalised words or initials, titles allowed, nothing else."""
    bare = without_titles(text)
    words = bare.split()
    if not 1 <= len(words) <= 5 or is_role(bare):
        return False
    joins = {"bin", "binti", "van", "von", "der", "de", "da", "do", "dos", "das", "al", "el"}
    return all(
        (
            w[0].isupper()
            and (len(w) < 2 or w[1:].islower() or w.isupper() or "-" in w or "'" in w or "." in w or "’" in w)
        )
        or w in joins
        for w in words
    ) and not any(c.isdigit() for c in bare)


def parse_person(value: str) -> Person:
    """What a header's value says of one person: name or initials, titles, age, role, category, in usual orders."""
    inner: list[str] = re.findall(r"[(\[]([^()\[\]]*)[)\]]", value)
    outer = _tidy(re.sub(r"[(\[][^()\[\]]*[)\]]", " ", value))
    pieces = [p.strip() for p in re.split(r"\s*[,;]\s*|\s+[/|–—-]\s+", outer) if p.strip()]
    person = Person()
    if not pieces or not pieces[0][0].isalpha():
        return person
    titles = [p for p in pieces[1:] if is_degree(p)]
    rest = [p for p in pieces[1:] if not is_degree(p)]
    person = _named(pieces[0], titles)
    for detail in inner:
        for piece in re.split(r"\s*[,;/]\s*", detail):
            person = with_detail(person, piece)
    for piece in rest:
        person = with_detail(person, piece)
    return person


def with_detail(person: Person, detail: str) -> Person:
    """`person` with what a bracket or a further piece behind the name says: age, category, gender, initials or role."""
    detail = detail.strip()
    if not detail or detail in {"-", "–", "—"}:
        return person
    if (age := parse_age(detail)) is not None and person.age is None:
        return replace(person, age=age)
    if detail.casefold() in _GENDER_WORDS and person.gender is None:
        return replace(person, gender=detail)
    words = detail.split()
    if parse_category(detail) and len(words) <= 3 and person.category is None:
        return replace(person, category=parse_category(detail))
    if is_initials(detail) and len(letters(detail)) > 1 and (person.initials is None or person.name):
        # Initials given go before those made from the name.
        return replace(person, initials=detail, code=person.code or detail)
    if _CODE.fullmatch(detail):
        return replace(person, code=detail)
    return replace(person, role=f"{person.role}, {detail}" if person.role else detail)


def is_degree(piece: str) -> bool:
    """Whether `piece`, standing after a comma, is an academic title (`S.K.M.`, `M.Kes`)."""
    return bool(_DEGREE.fullmatch(piece)) or re.sub(r"[.\s]", "", piece).casefold() in _DEGREES


def _named(first: str, titles: list[str]) -> Person:
    bare = without_titles(first)
    if is_initials(bare):
        return Person(code=bare, initials=bare)
    if is_role(bare):
        return Person(role=first)
    if is_code(bare):
        return Person(code=bare)
    return Person(
        code=bare, name=", ".join([first, *titles]), initials=initials_of(bare) if len(bare.split()) > 1 else None
    )


def _is_degree_word(word: str) -> bool:
    word = word.strip(",")
    return ("." in word.rstrip(".") and bool(_DEGREE.fullmatch(word))) or (
        len(word) > 1 and word[:2].isupper() and word.casefold().rstrip(".") in _DEGREES
    )


def _tidy(text: str) -> str:
    return " ".join(_strip_marks(text).split())


def _strip_marks(text: str) -> str:
    return text.strip().strip("*_“”\"'").strip()
