"""How the paragraphs of a table look in a document, by what they hold: a count, a quotation, a head.

Learnt from the cells that say what they would say if they were written now, so that other content gets the look that
its kind has in that document, whoever gave it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

Kind = tuple[str, str]
"""The style and the alignment of a paragraph as we write it."""


def kind_of(paragraph: Any) -> Kind:
    """The kind of a paragraph."""
    found = []
    for name in ("pStyle", "jc"):
        one = paragraph.find(f"{W}pPr/{W}{name}")
        found.append("" if one is None else one.get(f"{W}val") or "")
    return found[0], found[1]


class Looks:
    """The looks of a document. `styles` are the identifiers of its styles."""

    def __init__(self, styles: Collection[str] = ()) -> None:
        self.styles = frozenset(styles)
        self._seen: dict[tuple[object, Kind], Counter[bytes]] = {}
        self._kept: dict[bytes, Any] = {}

    def learn(self, table: int, column: int, old: Any, new: Any) -> None:
        """The cell `old` of the document says what `new` says; both are in this column of that table."""
        before, after = list(old.iter(f"{W}p")), list(new.iter(f"{W}p"))
        if len(before) != len(after):
            return
        for own, fresh in zip(before, after, strict=True):
            look = _look(own)
            self._kept.setdefault(look, own)
            for place in ((table, column), table, None):
                self._seen.setdefault((place, kind_of(fresh)), Counter())[look] += 1

    def of(self, kind: Kind, table: int, column: int) -> Any:
        """A paragraph of the document that looks as this kind does there, None where there is none."""
        for place in ((table, column), table, None):
            found = self._seen.get((place, kind))
            if found:
                return self._kept[found.most_common(1)[0][0]]
        return None

    def choose(self, fresh: Any, own: Sequence[Any], table: int, column: int) -> tuple[Any, bool]:
        """The paragraph whose look the new text of a cell takes over, and whether it is placed at the left or in the
        middle as it was written all the same. One of its `own`, the nearest first, where that is of the same kind; None
        for the look in which it is written.
        """
        kind = kind_of(fresh)
        known = self.of(kind, table, column)
        if known is not None:
            return next((one for one in own if kind_of(one) == kind_of(known)), known), False
        if kind[0] in self.styles:
            return None, False
        return (own[0], self._of_another_kind(own[0])) if own else (None, False)

    def _of_another_kind(self, own: Any) -> bool:
        told = kind_of(own)
        return any(kind_of(self._kept[look]) == told for seen in self._seen.values() for look in seen)


def _look(paragraph: Any) -> bytes:
    """What the look of a paragraph is told from others by."""
    from lxml import etree

    told = [paragraph.find(f"{W}pPr"), paragraph.find(f".//{W}r/{W}rPr")]
    return b"|".join(b"" if one is None else etree.tostring(one, method="c14n") for one in told)
