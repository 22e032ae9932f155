"""The text of an OpenDocument text (.odt), in the order in which it is read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from coding.errors import CodingError
from coding.transcripts.archives import check_archive, too_large

if TYPE_CHECKING:
    from coding.transcripts.readers import Limits

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_LEFT_OUT = frozenset(
    (
        f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_OFFICE}annotation-end", f"{_TEXT}table-of-content",
        f"{_TEXT}note-citation", f"{_TEXT}ruby-text", f"{_OFFICE}forms",
    )
)  # fmt: skip
_MOST_BLANKS = 200
WRONG = "source_not_odt"


def odt_text(file_name: str, data: bytes, limits: Limits) -> tuple[str, tuple[tuple[str, int], ...]]:
    """The body of an .odt: a line for each paragraph, table cells parted by tabs; and its headings with their levels.

    Text that was deleted under change tracking, comments and the table of contents are left out; footnotes stand where
    they are referred to, in brackets. Raises CodingError("source_not_odt"), CodingError("source_too_large").
    """
    check_archive(file_name, data, limits, WRONG)
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            root = etree.fromstring(archive.read("content.xml"), parser)
    except (KeyError, etree.XMLSyntaxError, zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
        raise CodingError(WRONG, file=file_name) from error
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise CodingError(WRONG, file=file_name)
    reader = _Reader(file_name, limits)
    return "\n".join(reader.lines(body, 0)), tuple(reader.headings)


class _Reader:
    def __init__(self, file_name: str, limits: Limits) -> None:
        self._file, self._limits = file_name, limits
        self.headings: list[tuple[str, int]] = []

    def lines(self, parent: Any, depth: int) -> Iterator[str]:
        """A text for each paragraph, heading and table row in `parent`."""
        if depth > self._limits.word_depth:
            raise too_large(self._file, f"{depth} levels", str(self._limits.word_depth))
        for child in parent.iterchildren("{*}*"):
            if child.tag in _LEFT_OUT:
                continue
            if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                line = self._inline(child, depth + 1)
                if child.tag == f"{_TEXT}h":
                    level = child.get(f"{_TEXT}outline-level") or "1"
                    self.headings.append((line, int(level) if level.isdecimal() else 1))
                yield line
            elif child.tag == f"{_TABLE}table-row":
                cells = child.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
                yield "\t".join("\n".join(self.lines(cell, depth + 1)) for cell in cells)
            else:
                yield from self.lines(child, depth + 1)

    def _inline(self, parent: Any, depth: int) -> str:
        if depth > self._limits.word_depth:
            raise too_large(self._file, f"{depth} levels", str(self._limits.word_depth))
        parts = [_plain(parent.text)]
        for child in parent.iterchildren("{*}*"):
            tag = child.tag
            if tag == f"{_TEXT}s":
                count = child.get(f"{_TEXT}c") or "1"
                parts.append(" " * min(int(count) if count.isdecimal() else 1, _MOST_BLANKS))
            elif tag == f"{_TEXT}tab":
                parts.append("\t")
            elif tag == f"{_TEXT}line-break":
                parts.append("\n")
            elif tag == f"{_TEXT}note":
                note = " ".join(self.lines(child, depth + 1)).strip()
                parts.append(f" [{note}]" if note else "")
            elif tag.startswith(_DRAW):
                boxed = " ".join(self.lines(child, depth + 1)).strip()
                parts.append(f" {boxed} " if boxed else "")
            elif tag not in _LEFT_OUT:
                parts.append(self._inline(child, depth + 1))
            parts.append(_plain(child.tail))
        return "".join(parts)


def _plain(text: str | None) -> str:
    """White space of the file's own layout is one blank, as OpenDocument has it."""
    if not text:
        return ""
    joined = " ".join(text.split())
    if not joined:
        return " "
    return f"{' ' if text[0].isspace() else ''}{joined}{' ' if text[-1].isspace() else ''}"
