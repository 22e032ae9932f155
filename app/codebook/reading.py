"""What the codebook reads of a project, in the reader's thread, and how its codes are found again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.models.code_book import fold

if TYPE_CHECKING:
    from coding.codes.codebook import Codebook, Entry
    from coding.project import Reader
    from coding.segments.rows import SegmentRow
    from coding.transcripts.rows import InformantRow, SourceRow

LANGUAGES = ("id", "en")


@dataclass(frozen=True, slots=True)
class Library:
    """The codebooks of the project's frameworks in order, the starred segments they show, and who speaks in them."""

    books: tuple[Codebook, ...] = ()
    starred: Mapping[str, SegmentRow] = field(default_factory=dict)
    informants: tuple[InformantRow, ...] = ()
    sources: tuple[SourceRow, ...] = ()

    def book(self, key: str | None) -> Codebook | None:
        """The codebook of the framework `key`."""
        return next((book for book in self.books if book.key == key), None)

    def place(self, guid: str | None) -> tuple[Codebook, Entry] | None:
        """The code `guid` and the codebook it stands in; None when it stands in none."""
        return next(((book, entry) for book in self.books for entry in book.entries if entry.guid == guid), None)

    def exemplars(self, entry: Entry) -> tuple[SegmentRow, ...]:
        """The segments starred on this very code, in the order of the text."""
        return tuple(self.starred[guid] for guid in entry.exemplars if guid in self.starred)


def read_library(reader: Reader) -> Library:
    """Every framework's codebook, with its exemplars."""
    from coding.codes.codebook import codebook
    from coding.codes.queries import frameworks
    from coding.informants.queries import informants
    from coding.segments.queries import segments
    from coding.transcripts.queries import sources

    books = tuple(codebook(reader, framework.key) for framework in frameworks(reader))
    guids = [guid for book in books for entry in book.entries for guid in entry.exemplars]
    starred = {row.guid: row for row in segments(reader, guids=guids)}
    return Library(books, starred, tuple(informants(reader)), tuple(sources(reader)))


def below(book: Codebook, entry: Entry) -> tuple[Entry, ...]:
    """The indicators of a dimension."""
    return tuple(other for other in book.entries if other.parent == entry.guid)


def counted(book: Codebook, entry: Entry) -> int:
    """Coded segments on the code and on its indicators."""
    return entry.segments + sum(other.segments for other in below(book, entry))


def hits(book: Codebook, query: str) -> tuple[Entry, ...]:
    """The codes in which every word of `query` stands in the one or the other language; all for an empty query."""
    found = {entry.guid for language in LANGUAGES for entry in book.find(query, language)}
    return tuple(entry for entry in book.entries if entry.guid in found)


def best(entries: tuple[Entry, ...], query: str) -> Entry | None:
    """The hit to show first: one that is called so, else one whose name contains it, else the first."""
    typed = fold(query)

    def fits(entry: Entry) -> int:
        names = [fold(entry.label_id), fold(entry.label_en)]
        return 2 if typed in names else 1 if typed and any(typed in name for name in names) else 0

    return max(entries, key=fits, default=None)


def said(entry: Entry, language: str) -> Iterator[str]:
    """Everything the codebook says of a code in one language alone."""
    yield entry.label(language)
    for texts in entry.texts.values():
        if text := texts.get(language):
            yield text
    for lists in entry.lists.values():
        yield from lists.get(language, ())


def said_elsewhere(entry: Entry, query: str, language: str) -> list[str]:
    """What holds words of `query` in the other language, for those that do not stand in `language`."""
    here = "\n".join([*said(entry, language), entry.label_id, entry.label_en]).casefold()
    missing = [word for word in query.casefold().split() if word not in here]
    other = next(known for known in LANGUAGES if known != language)
    return [text for text in said(entry, other) if any(word in text.casefold() for word in missing)]
