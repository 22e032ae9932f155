"""Dates as people write them above an interview, in Indonesian and English."""

from __future__ import annotations

import re
from datetime import date

_MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february pebruari feb peb",
            "maret march mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agust agu agt ags aug",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")(?![^\W\d_])\.?"
_YEAR = r"(\d{4}|['’]?\d{2})(?!\d)"
_DAY = r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?"
_TO = r"\s*(?:-|–|—|/|s\.?\s?/?\s?d\.?|sampai(?:\s+dengan)?|hingga|dan|to|until|and|&)\s*"
_GAP = r"[\s\-./,_]*(?:of\s+)?"

_ISO = re.compile(r"(?<!\d)(\d{4})[-/._](\d{1,2})[-/._](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)")
_RANGE = re.compile(rf"{_DAY}\s*(?:{_MONTH})?{_TO}\d{{1,2}}{_GAP}{_MONTH}{_GAP}{_YEAR}", re.IGNORECASE)
_DAY_MONTH = re.compile(rf"{_DAY}{_GAP}{_MONTH}{_GAP}{_YEAR}", re.IGNORECASE)
_MONTH_DAY = re.compile(
    rf"(?<![^\W\d_]){_MONTH}\s*(\d{{1,2}})(?:st|nd|rd|th)?(?:{_TO}\d{{1,2}})?\s*,?\s+(\d{{4}})(?!\d)", re.IGNORECASE
)
_NUMERIC = re.compile(rf"{_DAY}\s?([-/._])\s?(\d{{1,2}})\s?\2\s?{_YEAR}")
_MONTH_YEAR = re.compile(rf"(?<![^\W\d_]){_MONTH}[\s\-./,_]+(\d{{4}})(?!\d)", re.IGNORECASE)
_YEAR_ALONE = re.compile(r"\s*(?:tahun|year)?\s*((?:19|20)\d{2})\s*", re.IGNORECASE)


def find_date(text: str) -> str | None:
    """The first date in `text` as ISO: a day (`2022-08-16`), else a month (`2022-08`); None without one.

    A range gives its first day. Numbers alone are day, month, year, unless only the other order is a date.
    """
    for pattern in (_ISO, _COMPACT):
        for match in pattern.finditer(text):
            if found := _iso(match[1], match[2], match[3]):
                return found
    for match in _RANGE.finditer(text):
        if found := _iso(match[4], match[2] or match[3], match[1]):
            return found
    for match in _DAY_MONTH.finditer(text):
        if found := _iso(match[3], match[2], match[1]):
            return found
    for match in _MONTH_DAY.finditer(text):
        if found := _iso(match[3], match[1], match[2]):
            return found
    for match in _NUMERIC.finditer(text):
        if found := _iso(match[4], match[3], match[1]) or _iso(match[4], match[1], match[3]):
            return found
    month = _MONTH_YEAR.search(text)
    return f"{month[2]}-{_MONTHS[month[1].casefold()]:02}" if month else None


def parse_date(value: str) -> str | None:
    """Like `find_date` for a value that is meant to be a date: a year alone counts too (`2022`)."""
    if found := find_date(value):
        return found
    match = _YEAR_ALONE.fullmatch(value)
    return match[1] if match else None


def is_ambiguous(value: str) -> bool:
    """Whether day and month of a date in numbers could be exchanged (`03/04/2022`)."""
    match = _NUMERIC.search(value)
    if not match or _ISO.search(value):
        return False
    return int(match[1]) <= 12 and int(match[3]) <= 12 and int(match[1]) != int(match[3])


def _iso(year: str, month: str, day: str) -> str | None:
    full = int(year.strip("'’"))
    if full < 100:
        full += 2000
    number = _MONTHS.get(month.casefold()) or (int(month) if month.isdigit() else 0)
    if not 1900 <= full <= 2100:
        return None
    try:
        return date(full, number, int(day)).isoformat()
    except ValueError:
        return None
