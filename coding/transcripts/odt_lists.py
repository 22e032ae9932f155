"""The numbers and bullets of lists in an OpenDocument text; a file holds only the rules for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from coding.transcripts.numerals import bullet, numeral

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_ITEM, _HEADER, _LIST = f"{TEXT}list-item", f"{TEXT}list-header", f"{TEXT}list"
LISTS = frozenset((_LIST, _ITEM, _HEADER))
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none"}


def whole(text: str | None, otherwise: int) -> int:
    """`text` as a number; `otherwise` where it is none."""
    return int(text) if text and len(text) < 8 and text.isascii() and text.isdigit() else otherwise


def form_of(rule: Any) -> str:
    """How the numbers of a rule are written, as `numeral` names it."""
    return _FORMS.get(rule.get(f"{STYLE}num-format") or "", "decimal")


class Lists:
    """Counts along while lists and their items are entered and left; `mark` is asked for each paragraph."""

    def __init__(self, roots: Sequence[Any]) -> None:
        self._styles: dict[str, dict[int, Any]] = {}
        self._outline: dict[int, Any] = {}
        for root in roots:
            for style in root.iter(f"{TEXT}list-style"):
                self._styles.setdefault(style.get(f"{STYLE}name") or "", _levels(style))
            for style in root.iter(f"{TEXT}outline-style"):
                self._outline = _levels(style)
        self._open: list[tuple[str, dict[int, int]]] = []
        self._last: dict[str, dict[int, int]] = {}
        self._by_id: dict[str, dict[int, int]] = {}
        self._headings: dict[int, int] = {}
        self._due = ""

    def enter(self, element: Any) -> None:
        """A list, an item or the header of a list begins."""
        if element.tag == _LIST:
            self._enter_list(element)
        elif self._open:
            style, counters = self._open[-1]
            depth = len(self._open)
            rule = self._styles.get(style, {}).get(depth)
            self._due = ""
            if element.tag == _ITEM and rule is not None:
                own = element.get(f"{TEXT}start-value")
                first = whole(rule.get(f"{TEXT}start-value"), 1)
                counters[depth] = whole(own, first) if own else counters.get(depth, first - 1) + 1
                for below in [level for level in counters if level > depth]:
                    del counters[below]
                self._due = _shown(self._styles[style], depth, counters)

    def leave(self, element: Any) -> None:
        """It is over."""
        self._due = ""
        if element.tag == _LIST:
            self._open.pop()

    def mark(self, heading: int | None) -> str:
        """What stands in front of the paragraph that is read now, a blank behind it; `heading` is its level."""
        due, self._due = self._due, ""
        if due or heading is None or heading not in self._outline or self._open:
            return due
        self._headings[heading] = (
            self._headings.get(heading, whole(self._outline[heading].get(f"{TEXT}start-value"), 1) - 1) + 1
        )
        for below in [level for level in self._headings if level > heading]:
            del self._headings[below]
        return _shown(self._outline, heading, self._headings)

    def _enter_list(self, element: Any) -> None:
        style = element.get(f"{TEXT}style-name") or (self._open[-1][0] if self._open else "")
        counters: dict[int, int] = {}
        if self._open:
            counters = self._open[-1][1]
        elif (other := element.get(f"{TEXT}continue-list")) is not None:
            counters = dict(self._by_id.get(other, {}))
        elif element.get(f"{TEXT}continue-numbering") == "true":
            counters = dict(self._last.get(style, {}))
        if not self._open:
            self._last[style] = counters
            if identifier := element.get(_XML_ID):
                self._by_id[identifier] = counters
        self._open.append((style, counters))


def _levels(style: Any) -> dict[int, Any]:
    return {whole(rule.get(f"{TEXT}level"), 1): rule for rule in style if isinstance(rule.tag, str)}


def _shown(rules: dict[int, Any], depth: int, counters: dict[int, int]) -> str:
    rule = rules[depth]
    if rule.tag == f"{TEXT}list-level-style-bullet":
        char = rule.get(f"{TEXT}bullet-char") or ""
        return f"{bullet(char)} ".lstrip()
    if rule.tag not in (f"{TEXT}list-level-style-number", f"{TEXT}outline-level-style"):
        return ""
    form = rule.get(f"{STYLE}num-format") or ""
    if not form:
        return ""
    shown = whole(rule.get(f"{TEXT}display-levels"), 1)
    numbers = []
    for level in range(max(1, depth - shown + 1), depth + 1):
        above = rules.get(level)
        kind = form_of(above) if above is not None else "decimal"
        first = whole(above.get(f"{TEXT}start-value"), 1) if above is not None else 1
        numbers.append(numeral(counters.get(level, first), kind))
    text = ".".join(number for number in numbers if number)
    return f"{rule.get(f'{STYLE}num-prefix') or ''}{text}{rule.get(f'{STYLE}num-suffix') or ''} "
