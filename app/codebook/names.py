"""Names of codes inside a text: “Bukan Koordinasi (Struktur Birokrasi)” leads to the neighbour it is confused with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.codebook.reading import Library

if TYPE_CHECKING:
    from coding.codes.codebook import Codebook, Entry


class Names:
    """The names of all codes in one language."""

    def __init__(self, library: Library, language: str) -> None:
        self._language = language
        self._by_name: dict[str, list[tuple[Codebook, Entry]]] = {}
        for book in library.books:
            for entry in book.entries:
                self._by_name.setdefault(entry.label(language), []).append((book, entry))
        names = "|".join(re.escape(name) for name in sorted(self._by_name, key=len, reverse=True))
        self._pattern = re.compile(rf"(?<!\w)({names})(?!\w)(?: \(([^()]+)\))?") if names else None

    def parts(self, text: str, book: Codebook, entry: Entry) -> Iterator[tuple[str, str | None]]:
        """`text` in pieces, each with the guid of the code it names, or None; the code's own name is no link.

        In brackets behind a name may stand the dimension or the framework that is meant.
        """
        at = 0
        for found in self._pattern.finditer(text) if self._pattern else ():
            guid = self._meant(found[1], found[2], book)
            if guid is not None and guid != entry.guid:
                yield text[at : found.start(1)], None
                yield found[1], guid
                at = found.end(1)
        yield text[at:], None

    def _meant(self, name: str, where: str | None, book: Codebook) -> str | None:
        candidates = self._by_name[name]
        here = [(known, entry) for known, entry in candidates if known is book]
        for known, entry in candidates:
            if where is not None and where in (known.label(self._language), self._parent(known, entry)):
                return entry.guid
        return here[0][1].guid if here else None

    def _parent(self, book: Codebook, entry: Entry) -> str | None:
        return next((other.label(self._language) for other in book.entries if other.guid == entry.parent), None)
