"""Between code points, in which everything is stored, and the UTF-16 units in which Qt counts. Nowhere else."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left

from coding.text import Span

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_ZWNJ, _ZWJ = "\u200c", "\u200d"
# Characters that begin or continue an emoji joined by ZWJ: the blocks of Extended_Pictographic, a little too wide,
# which can only make a selection larger.
_PICTOGRAPHIC = re.compile(
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f"
    "\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff"
    "\U0001fc00-\U0001fffd]"
)
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")
_EXTEND = re.compile("[\u200c\u200d\uff9e\uff9f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_HANGUL = (
    (re.compile("[\u1100-\u115f\ua960-\ua97c]"), re.compile("[\u1100-\u11a7\ua960-\ua97c\ud7b0-\ud7c6\uac00-\ud7a3]")),
    (re.compile("[\u1160-\u11a7\ud7b0-\ud7c6\uac00-\ud7a3]"), re.compile("[\u1160-\u11ff\ud7b0-\ud7c6\ud7cb-\ud7fb]")),
    (re.compile("[\u11a8-\u11ff\ud7cb-\ud7fb]"), re.compile("[\u11a8-\u11ff\ud7cb-\ud7fb]")),
)


class Offsets:
    """Positions in one text, both ways, each in O(log n) of its characters beyond U+FFFF."""

    __slots__ = ("_code_points", "_units")

    def __init__(self, text: str) -> None:
        self._code_points = [m.start() for m in _ASTRAL.finditer(text)]
        self._units = [c + i for i, c in enumerate(self._code_points)]

    def to_qt(self, code_point: int) -> int:
        """The UTF-16 offset of a position in code points."""
        return code_point + bisect_left(self._code_points, code_point)

    def to_cp(self, unit: int, up: bool = False) -> int:
        """The code point of a UTF-16 offset; inside a surrogate pair the one before, or with `up` the one after."""
        before = bisect_left(self._units, unit)
        inside = before > 0 and self._units[before - 1] == unit - 1
        return unit - before + (1 if inside and up else 0)


def round_out(text: str, start: int, end: int) -> Span:
    """`[start, end)` in code points, grown at both ends until it splits no character as a reader sees it.

    After Unicode's grapheme clusters (UAX #29) without the few letters that prefix others and Indic conjuncts.
    """
    while not is_boundary(text, start):
        start -= 1
    while not is_boundary(text, end):
        end += 1
    return Span(start, end)


def is_boundary(text: str, at: int) -> bool:
    """Whether a reader's character ends before the code point `at` and another begins there."""
    if at <= 0 or at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if before < "\u0300" and after < "\u0300":
        return not (before == "\r" and after == "\n")
    if _is_break(before) or _is_break(after):
        return True
    if _extends(after):
        return False
    if before == _ZWJ and _PICTOGRAPHIC.match(after):
        return False
    if _FLAG.match(before) and _FLAG.match(after):
        return _flags_before(text, at) % 2 == 0
    return not _joins_hangul(before, after)


def _is_break(character: str) -> bool:
    if character in (_ZWNJ, _ZWJ) or _EXTEND.match(character):
        return False
    return unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp") and character != "\u00ad"


def _extends(character: str) -> bool:
    return bool(_EXTEND.match(character)) or unicodedata.category(character) in ("Mn", "Me", "Mc")


def _flags_before(text: str, at: int) -> int:
    first = at
    while first > 0 and _FLAG.match(text[first - 1]):
        first -= 1
    return at - first


def _joins_hangul(before: str, after: str) -> bool:
    if not any(left.match(before) and right.match(after) for left, right in _HANGUL):
        return False
    # A syllable that has its final consonant already takes no vowel.
    closed = "\uac00" <= before <= "\ud7a3" and (ord(before) - 0xAC00) % 28 != 0
    return not closed or bool(_HANGUL[2][1].match(after))
