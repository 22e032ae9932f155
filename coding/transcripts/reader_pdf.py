"""The text of a PDF, page after page, without what only the paper needs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coding.errors import CodingError
from coding.text import normalise
from coding.transcripts.anchors import Anchor
from coding.transcripts.archives import too_large
from coding.transcripts.comments import FileComment
from coding.transcripts.pdf_comments import PageComment, page_comments, placed
from coding.words import Notice

if TYPE_CHECKING:
    from coding.transcripts.readers import Limits

BLANK = "{count} page has no text; it may be a scan"
BLANK_MANY = "{count} pages have no text; they may be scans"
_PAGES = 3000
_EDGE_LINES = 3
"""Lines at the top and the bottom of a page that may be a running head or foot."""
_LEAST_PAGES = 3
_SHARE = 0.6
_INSIDE = 0.1
_NUMBER = re.compile(r"\W*(?:(?:halaman|hal|page|hlm)\W*)?\d{1,4}(?:\s*(?:/|dari|of)\s*\d{1,4})?\W*", re.IGNORECASE)
_ROMAN = re.compile(r"\W*[ivxlc]{1,7}\W*")
_BREAK = re.compile(r"([^\W\d_]+)[-\u00ad\u2010\ufffe\x02]\n([^\W\d_]+)")
_HYPHENED = re.compile(r"[^\W\d_]+-[^\W\d_]+")
_SCANNED = 8
"""A page with fewer letters than this has no text; a file of such pages is a scan."""


@dataclass(frozen=True, slots=True)
class PdfText:
    """The text of all pages; for each page, where it begins (anchors of kind `page`, numbers from 1); what is to be
    said of pages without text; and the comments readers put into it."""

    text: str
    anchors: tuple[Anchor, ...]
    notices: tuple[Notice, ...]
    comments: tuple[FileComment, ...]


def pdf_text(file_name: str, data: bytes, limits: Limits) -> PdfText:
    """What a PDF says.

    Running heads, feet and page numbers that recur are dropped, words parted at a line's end joined. Raises
    CodingError: "source_not_pdf", "source_locked" for one with a password, "source_scanned" for one without text,
    "source_too_large".
    """
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise CodingError("source_locked" if locked else "source_not_pdf", file=file_name) from error
    try:
        count = len(document)
        if count > _PAGES:
            raise too_large(file_name, f"{count:,} pages", f"{_PAGES:,}")
        said: list[PageComment] = []
        pages = [_page(document, number, file_name, said) for number in range(count)]
    finally:
        document.close()
    blank = sum(sum(c.isalnum() for line in page for c in line) < _SCANNED for page in pages)
    if blank == len(pages):
        raise CodingError("source_scanned", file=file_name)
    kept = _without_edges(pages)
    pieces: list[str] = []
    anchors: list[Anchor] = []
    at = 0
    for number, lines in enumerate(kept, 1):
        body = "\n".join(lines).strip("\n")
        if not body:
            continue
        if pieces:
            # a sentence that runs over the page goes on in the next line, not after a blank one
            pieces.append("\n")
            at += 1
        anchors.append((at, "page", float(number)))
        pieces.append(body)
        at += len(body)
    text, moved = _joined("".join(pieces), anchors)
    notices = (Notice(BLANK, (("count", blank),), BLANK_MANY),) if blank else ()
    return PdfText(text, moved, notices, placed(said, text, moved))


def _page(document: object, number: int, file_name: str, said: list[PageComment]) -> list[str]:
    """The lines of a page; its comments go into `said`."""
    import pypdfium2 as pdfium

    try:
        page = document[number]  # type: ignore[index]
        textpage = page.get_textpage()
        text = textpage.get_text_bounded()
        said += page_comments(page, textpage, number + 1)
        page.close()
    except pdfium.PdfiumError as error:
        raise CodingError("source_not_pdf", file=file_name) from error
    # the mark for a word parted at a line's end must outlive the cleaning of stored text
    parted = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "\u00ad").replace("\x02", "\u00ad")
    return [line.rstrip() for line in normalise(parted).split("\n")]


def _without_edges(pages: Sequence[list[str]]) -> list[list[str]]:
    """The pages without lines at their edges that recur on most of them, and without page numbers."""
    if len(pages) < _LEAST_PAGES:
        return [list(page) for page in pages]
    heads = Counter(_shape(line) for page in pages for line in set(_solid(page)[:_EDGE_LINES]))
    feet = Counter(_shape(line) for page in pages for line in set(_solid(page)[-_EDGE_LINES:]))
    often = max(_LEAST_PAGES - 1, len(pages) * _SHARE)
    # what recurs inside pages as well is text whose lines are alike
    inside = Counter(_shape(line) for page in pages for line in _solid(page)[_EDGE_LINES:-_EDGE_LINES])
    rare = len(pages) * _INSIDE
    recurring_heads = {shape for shape, times in heads.items() if times >= often and inside[shape] <= rare}
    recurring_feet = {shape for shape, times in feet.items() if times >= often and inside[shape] <= rare}
    found = []
    for page in pages:
        lines = list(page)
        for _ in range(_EDGE_LINES):
            first = next((i for i, line in enumerate(lines) if line.strip()), None)
            if first is not None and (_shape(lines[first]) in recurring_heads or _is_number(lines[first])):
                lines = lines[first + 1 :]
        for _ in range(_EDGE_LINES):
            last = next((i for i in range(len(lines) - 1, -1, -1) if lines[i].strip()), None)
            if last is not None and (_shape(lines[last]) in recurring_feet or _is_number(lines[last])):
                lines = lines[:last]
        found.append(lines)
    return found


def _solid(page: Sequence[str]) -> list[str]:
    return [line for line in page if line.strip()]


def _shape(line: str) -> str:
    """A line with its numbers taken out: running heads differ by the page's number alone."""
    return re.sub(r"\d+", "#", " ".join(line.split())).casefold()


def _is_number(line: str) -> bool:
    return bool(_NUMBER.fullmatch(line.strip()) or _ROMAN.fullmatch(line.strip()))


def _joined(text: str, anchors: Sequence[Anchor]) -> tuple[str, tuple[Anchor, ...]]:
    """`text` with words parted at line ends made whole; the anchors moved with it.

    A doubled word (`anak-anak`), a name, and what has its hyphen in the middle of a line elsewhere keep theirs.
    """
    pieces, at = [], 0
    pages = [position for position, _, _ in anchors]
    starts = list(pages)
    hyphened = {word.casefold() for word in _HYPHENED.findall(text)}
    for match in _BREAK.finditer(text):
        first, second = match[1].casefold(), match[2].casefold()
        keeps = second.startswith(first) or match[2][:1].isupper() or f"{first}-{second}" in hyphened
        hyphen = "-" if keeps else ""
        pieces.append(text[at : match.end(1)] + hyphen)
        removed = match.start(2) - match.end(1) - len(hyphen)
        # what begins on the next page now begins with the end of the word
        for number, position in enumerate(pages):
            if position >= match.start(2):
                starts[number] -= removed
        at = match.start(2)
    pieces.append(text[at:])
    return "".join(pieces), tuple((starts[n], kind, value) for n, (_, kind, value) in enumerate(anchors))
