"""The text of an OpenDocument text (.odt), in the order in which it is read: as `reader_word` reads a Word document."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from coding.errors import CodingError
from coding.transcripts.archives import check_archive, too_large
from coding.transcripts.flow import Flow, Flowed
from coding.transcripts.numerals import numeral
from coding.transcripts.odt_lists import LISTS, STYLE, TEXT, Lists, form_of, whole

if TYPE_CHECKING:
    from coding.transcripts.readers import Limits

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_LEFT_OUT = frozenset(
    (f"{TEXT}tracked-changes", f"{TEXT}table-of-content", f"{TEXT}ruby-text", f"{_OFFICE}forms",
     f"{TEXT}hidden-paragraph", f"{_OFFICE}event-listeners")
)  # fmt: skip
_HIDDEN = frozenset((f"{TEXT}hidden-text",))
_MOST_BLANKS = 200
_PLAIN = str.maketrans({"\u00ad": None, "\u2011": "-"})
"""Soft hyphens show at the end of a line alone; a hyphen that doesn't break is a hyphen."""
WRONG = "source_not_odt"


def odt_text(file_name: str, data: bytes, limits: Limits) -> Flowed:
    """The body of an .odt: a line for each paragraph, table cells parted by tabs.

    Text that was deleted under change tracking, hidden text and the table of contents are left out. Raises
    CodingError("source_not_odt"), CodingError("source_too_large").
    """
    check_archive(file_name, data, limits, WRONG)
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            content = etree.fromstring(archive.read("content.xml"), parser)
            named = "styles.xml" in archive.namelist()
            styles = etree.fromstring(archive.read("styles.xml"), parser) if named else None
    except (KeyError, etree.LxmlError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError,
            OSError, EOFError) as error:  # fmt: skip
        raise CodingError(WRONG, file=file_name) from error
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise CodingError(WRONG, file=file_name)
    return _Walker(file_name, limits, content, styles).read(body)


class _Walker:
    def __init__(self, file_name: str, limits: Limits, content: Any, styles: Any) -> None:
        self._file, self._limits = file_name, limits
        roots = [root for root in (content, styles) if root is not None]
        self.flow = Flow()
        self.lists = Lists(roots)
        self._hidden = {
            style.get(f"{STYLE}name")
            for root in roots
            for style in root.iter(f"{STYLE}style")
            for look in style.findall(f"{STYLE}text-properties")
            if look.get(f"{TEXT}display") == "none"
        }
        self._notes: list[tuple[str, str, Any]] = []
        self._counts: dict[str, int] = {}
        self._forms = {"footnote": "decimal", "endnote": "lowerRoman"}
        for root in roots:
            for rule in root.iter(f"{TEXT}notes-configuration"):
                self._forms[rule.get(f"{TEXT}note-class") or ""] = form_of(rule)
        self._comments = 0

    def read(self, body: Any) -> Flowed:
        self.flow.changes = sum(1 for _ in body.iter(f"{TEXT}changed-region"))
        self._collect(body)
        self.blocks(body, 0)
        for kind in ("footnote", "endnote"):
            for _, mark, element in [note for note in self._notes if note[0] == kind]:
                self.flow.line()
                if self.flow.notes_at is None:
                    self.flow.write("\n")
                    self.flow.notes_at = self.flow.at
                self.flow.write(f"[{mark}] ")
                self.flow.gap = ""
                self.flow.notes += 1
                self.blocks(element, 0)
                self.flow.gap = "\n"
        return self.flow.flowed()

    def _collect(self, body: Any) -> None:
        """What the comments say, each under its name or, without one, under its number."""
        for number, element in enumerate(body.iter(f"{_OFFICE}annotation")):
            flow, self.flow = self.flow, Flow()
            self.blocks(element, 0)
            text, self.flow = self.flow.flowed().text, flow
            author, date = element.findtext(f"{_DC}creator") or "", element.findtext(f"{_DC}date") or ""
            self.flow.comment(_key(element, number), author, date, text)

    def blocks(self, parent: Any, depth: int) -> None:
        """Write a line for each paragraph, heading and table row in `parent`."""
        self._check(depth)
        for child in parent.iterchildren("{*}*"):
            tag = child.tag
            if tag in _LEFT_OUT:
                continue
            if tag in (f"{TEXT}p", f"{TEXT}h"):
                self._paragraph(child, depth + 1)
            elif tag == f"{_OFFICE}annotation" or tag.startswith(_DC):
                continue
            elif tag in LISTS:
                self.lists.enter(child)
                self.blocks(child, depth + 1)
                self.lists.leave(child)
            elif tag == f"{_TABLE}table-row":
                self.flow.line()
                cells = child.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
                for count, cell in enumerate(cells):
                    self.flow.write("\t" if count else "")
                    self.flow.gap = ""
                    self.blocks(cell, depth + 1)
                self.flow.gap = "\n"
            else:
                self.blocks(child, depth + 1)

    def _check(self, depth: int) -> None:
        if depth > self._limits.word_depth:
            raise too_large(self._file, f"{depth} levels", str(self._limits.word_depth))

    def _paragraph(self, element: Any, depth: int) -> None:
        flow = self.flow
        if element.get(f"{TEXT}style-name") in self._hidden:
            flow.hidden += bool("".join(element.itertext()).strip())
            return
        flow.line()
        heading = element.tag == f"{TEXT}h"
        level = whole(element.get(f"{TEXT}outline-level"), 1)
        flow.write(self.lists.mark(level if heading else None))
        start = flow.at
        self._inline(element, depth + 1)
        if heading and flow.at > start:
            flow.headings.append((start, flow.at, level))

    def _inline(self, parent: Any, depth: int) -> None:
        self._check(depth)
        self._say(parent.text)
        for child in parent.iterchildren("{*}*"):
            tag = child.tag
            if tag == f"{TEXT}s":
                self.flow.write(" " * min(max(1, whole(child.get(f"{TEXT}c"), 1)), _MOST_BLANKS))
            elif tag == f"{TEXT}tab":
                self.flow.write("\t")
            elif tag == f"{TEXT}line-break":
                self.flow.write("\n")
            elif tag == f"{TEXT}note":
                self._note(child)
            elif tag == f"{_OFFICE}annotation":
                self._begins(child)
            elif tag == f"{_OFFICE}annotation-end":
                self.flow.ends(child.get(f"{_OFFICE}name") or "", self.flow.at)
            elif tag in _HIDDEN or child.get(f"{TEXT}style-name") in self._hidden:
                self.flow.hidden += bool("".join(child.itertext()).strip())
            elif tag.startswith(_DRAW):
                self._box(child, depth)
            elif tag not in _LEFT_OUT:
                self._inline(child, depth + 1)
            self._say(child.tail)

    def _box(self, element: Any, depth: int) -> None:
        """What is drawn inside a paragraph stands in it, on one line."""
        flow, self.flow = self.flow, Flow(comments=self.flow.comments)
        self.blocks(element, depth + 1)
        inner, self.flow = self.flow, flow
        boxed = " ".join("".join(inner.pieces).split())
        flow.hidden += inner.hidden
        flow.write(f" {boxed} " if boxed else "")

    def _begins(self, element: Any) -> None:
        key = _key(element, self._comments)
        self._comments += 1
        self.flow.begins(key, self.flow.at)
        if element.get(f"{_OFFICE}name") is None:
            self.flow.ends(key, self.flow.at)

    def _note(self, element: Any) -> None:
        citation = element.find(f"{TEXT}note-citation")
        body = element.find(f"{TEXT}note-body")
        kind = "endnote" if element.get(f"{TEXT}note-class") == "endnote" else "footnote"
        mark = (citation.get(f"{TEXT}label") or "").strip() if citation is not None else ""
        if not mark:
            # a program that did not lay out the pages may have written no number, or 0
            self._counts[kind] = self._counts.get(kind, 0) + 1
            mark = numeral(self._counts[kind], self._forms[kind])
        self.flow.write(f"[{mark}]")
        if body is not None:
            self._notes.append((kind, mark, body))

    def _say(self, text: str | None) -> None:
        self.flow.write(_plain(text))


def _key(element: Any, number: int) -> str:
    return element.get(f"{_OFFICE}name") or f"#{number}"


def _plain(text: str | None) -> str:
    """White space of the file's own layout is one blank, as OpenDocument has it."""
    if not text:
        return ""
    joined = " ".join(text.translate(_PLAIN).split())
    if not joined:
        return " "
    return f"{' ' if text[0].isspace() else ''}{joined}{' ' if text[-1].isspace() else ''}"
