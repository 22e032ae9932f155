"""The text of a Word document, in the order in which it is read, and nothing that the file does not show.

Tracked changes are read as accepted. Numbers and bullets of lists stand in front of their paragraphs as Word shows
them. A footnote or endnote is `[1]` in the text, and stands as `[1] …` at the end of it, outside of all turns: it is
the transcriber's word, not the speaker's. Where looks alone tell who speaks, labels say it (`word_looks`). Hidden
text, headers and footers are left out, soft hyphens too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from coding.errors import CodingError
from coding.transcripts.archives import check_archive, too_large
from coding.transcripts.flow import Flow, Flowed
from coding.transcripts.numerals import bullet, numeral
from coding.transcripts.word_looks import Look, looks_of
from coding.transcripts.word_numbering import Numbering
from coding.transcripts.word_parts import WRONG, W, WordParts, is_on, number, value

if TYPE_CHECKING:
    from coding.transcripts.readers import Limits

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# Text that was deleted or moved away, properties, what fields are made from, phonetic guides, older forms of a choice.
_LEFT_OUT = frozenset(
    "del moveFrom rPr pPr sdtPr sdtEndPr tblPr tblGrid trPr tcPr sectPr instrText delText rt Fallback".split()
)
_WRAPPERS = frozenset("sdt sdtContent customXml ins moveTo smartTag".split())
_NO_LOOK = Look()
_BOX = {True: "☒", False: "☐"}


def word_text(file_name: str, data: bytes, limits: Limits) -> Flowed:
    """The body of a .docx: paragraphs and soft breaks end with a line feed, table cells are parted by tabs.

    Text in hyperlinks, content controls, text boxes and insertions is kept, deleted text is not. Raises
    CodingError("source_not_docx") for anything that is no readable Word document, CodingError("source_too_large").
    """
    check_archive(file_name, data, limits, WRONG)
    parts = WordParts(file_name, data)
    return _Walker(file_name, limits, parts).read()


def _heading_styles(styles: Any) -> dict[str, int]:
    """By the identifier of a paragraph style: its level, for those that are headings of some level or rest on one."""
    levels: dict[str, int] = {}
    based: dict[str, str | None] = {}
    for style in styles.iter(f"{W}style") if styles is not None else ():
        identifier = style.get(f"{W}styleId") or ""
        based[identifier] = value(style, "basedOn")
        if match := re.fullmatch(r"(?i)(?:heading|judul)\s*([1-9])", value(style, "name") or ""):
            levels[identifier] = int(match[1])
    for identifier in based:
        at: str | None = identifier
        seen: set[str] = set()
        while at is not None and at not in levels and at not in seen:
            seen.add(at)
            at = based.get(at)
        if at in levels:
            levels[identifier] = levels[at or ""]
    return levels


class _Paragraph:
    """What one paragraph holds: its pieces, marks at places in it, and the text boxes anchored in it."""

    __slots__ = ("boxes", "marks", "pieces", "size")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.size = 0
        self.marks: list[tuple[int, Callable[[str, int], None], str]] = []
        self.boxes: list[Any] = []

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.size += len(text)

    def finished(self) -> str:
        """The text, and the marks at their places in it. A page ends between two words as a line does, and adds no
        line where one ends anyway."""
        text = "".join(self.pieces)
        if "\f" in text:
            kept = [m.start() for m in re.finditer(r"(?<=\S)\f(?=\S)", text)]
            gone = [m.start() for m in re.finditer("\f", text) if m.start() not in kept]
            self.marks = [(at - sum(place < at for place in gone), say, key) for at, say, key in self.marks]
            text = re.sub(r"(?<=\S)\f(?=\S)", "\n", text).replace("\f", "")
        return text


class _Walker:
    """Walks what a body, a table cell, a content control, a note or a text box holds."""

    def __init__(self, file_name: str, limits: Limits, parts: WordParts) -> None:
        self.file_name, self.limits, self.parts = file_name, limits, parts
        styles = parts.part("styles")
        self.levels = _heading_styles(styles)
        self.hidden_styles = {
            style.get(f"{W}styleId")
            for style in (styles.iter(f"{W}style") if styles is not None else ())
            if is_on(style.find(f"{W}rPr"), "vanish")
        }
        self.numbering = Numbering(parts.part("numbering"), styles)
        self.flow = Flow()
        self.body: Any = None
        self.looks: dict[Any, Look] = {}
        self.notes: list[tuple[str, str, str]] = []
        """Kind, identifier and mark of each note referred to, in order."""
        self.counts = {"footnote": 0, "endnote": 0}
        self.formats: dict[str, str] = {}
        self.begun = False
        """Whether the next paragraph goes on behind the mark of its note."""
        self.fields: list[bool] = []
        """The fields that are open; True where what is read makes the field and is no result."""

    def read(self) -> Flowed:
        body = self.parts.main().find(f"{W}body")
        if body is None:
            raise CodingError(WRONG, file=self.file_name)
        self._comments()
        self.body = body
        self.looks = looks_of(body, self.levels)
        self.flow.told = bool(self.looks)
        self.blocks(body, 0)
        self._notes()
        return self.flow.flowed()

    def _comments(self) -> None:
        root = self.parts.part("comments")
        for element in root.iter(f"{W}comment") if root is not None else ():
            flow, self.flow = self.flow, Flow()
            self.blocks(element, 0)
            text, self.flow = self.flow.flowed().text, flow
            author, date = element.get(f"{W}author") or "", element.get(f"{W}date") or ""
            self.flow.comment(element.get(f"{W}id") or "", author, date, text)

    def _notes(self) -> None:
        for kind in ("footnote", "endnote"):
            root = self.parts.part(f"{kind}s")
            bodies = {n.get(f"{W}id"): n for n in root.iter(f"{W}{kind}")} if root is not None else {}
            for _, key, mark in [note for note in self.notes if note[0] == kind]:
                if key not in bodies:
                    continue
                self.flow.line()
                if self.flow.notes_at is None:
                    self.flow.write("\n")
                    self.flow.notes_at = self.flow.at
                self.flow.write(f"[{mark}] ")
                self.flow.gap, self.begun = "", True
                self.flow.notes += 1
                self.blocks(bodies[key], 0)
                self.flow.gap = "\n"

    def blocks(self, parent: Any, depth: int) -> None:
        """Write a line for each paragraph and table row in `parent`, in order."""
        self._check(depth)
        for child in parent.iterchildren("{*}*"):
            name = _local(child)
            if name == "p":
                self._paragraph(child, depth + 1)
            elif name == "tbl":
                self._table(child, depth + 1)
            elif name in _MARKS:
                self._mark(child, name, self.flow.at + (len(self.flow.gap) if name == "commentRangeStart" else 0))
            elif name in _LEFT_OUT:
                self.flow.changes += name == "del"
            else:
                self.flow.changes += name in ("ins", "moveTo")
                self.blocks(child, depth + 1)

    def _check(self, depth: int) -> None:
        if depth > self.limits.word_depth:
            raise too_large(self.file_name, f"{depth} levels", str(self.limits.word_depth))

    def _paragraph(self, element: Any, depth: int) -> None:
        held = _Paragraph()
        self._runs(element, held, depth + 1)
        self.fields = [making for making in self.fields if not making]
        look = element.find(f"{W}pPr")
        line = held.finished()
        given = self.looks.get(element, _NO_LOOK)
        if given.name and line.startswith(given.name):  # not where fields or hidden text stand in front
            end = len(given.name)
            line = f"{given.name}:{line[end:]}"
            held.marks = [(at + (at > end), say, key) for at, say, key in held.marks]
        if self.begun:
            line, self.begun = line.lstrip(), False
        ended = look.find(f"{W}rPr") if look is not None else None
        joined = ended is not None and any(ended.find(W + name) is not None for name in ("del", "moveFrom"))
        self.flow.changes += joined
        flow = self.flow
        gap = flow.gap
        if line or not joined:
            flow.line()
            flow.write(self.numbering.mark(look) if look is not None else "")
            flow.write(given.label)
        for at, say, key in held.marks:
            say(key, flow.at + at)
        if line and (level := self._level(look)):
            flow.headings.append((flow.at, flow.at + len(line), level))
        flow.write(line)
        if joined:
            # the end of this paragraph was deleted: what follows goes on in its line
            flow.gap = "" if line else gap
        for box in held.boxes:
            self.blocks(box, depth + 1)

    def _level(self, look: Any) -> int:
        """The level of a heading; 0 for what is none."""
        outline = value(look, "outlineLvl")
        if outline is not None and outline in "012345678":
            return number(outline) + 1
        return self.levels.get(value(look, "pStyle") or "", 0)

    def _table(self, table: Any, depth: int) -> None:
        for row in _members(table, "tr"):
            look = row.find(f"{W}trPr")
            gone = look is not None and look.find(f"{W}del") is not None
            self.flow.changes += gone or (look is not None and look.find(f"{W}ins") is not None)
            if gone:
                continue
            self.flow.line()
            cells = [cell for cell in _members(row, "tc") if cell.find(f"{W}tcPr/{W}cellDel") is None]
            for count, cell in enumerate(cells):
                self.flow.write("\t" if count else "")
                self.flow.gap = ""
                self.blocks(cell, depth + 2)
            self.flow.gap = "\n"

    def _runs(self, parent: Any, held: _Paragraph, depth: int) -> None:
        self._check(depth)
        for child in parent.iterchildren("{*}*"):
            name = _local(child)
            if name in _LEFT_OUT:
                self.flow.changes += name == "del"
            elif name == "r":
                if not self._is_hidden(child):
                    self._runs(child, held, depth + 1)
            elif name in _MARKS:
                held.marks.append((held.size, getattr(self.flow, _MARKS[name]), child.get(f"{W}id") or ""))
            elif name == "fldChar":
                self._field(child, held)
            elif name == "txbxContent":
                held.boxes.append(child)
            elif any(self.fields):
                self._runs(child, held, depth + 1)
            elif (text := self._inline(child, name)) is not None:
                held.add(text)
            elif name in ("footnoteReference", "endnoteReference"):
                held.add(self._note(child, name.removesuffix("Reference")))
            else:
                self.flow.changes += name in ("ins", "moveTo")
                self._runs(child, held, depth + 1)

    def _inline(self, element: Any, name: str) -> str | None:
        """The text of an element that is text by itself; None for others."""
        if name == "t":
            return (element.text or "").replace("\r", "").replace("\n", " ").replace("\u00ad", "")
        if name in ("br", "cr"):
            return "\f" if element.get(f"{W}type") in ("page", "column") else "\n"
        if name in ("tab", "ptab"):
            return "\t"
        if name == "noBreakHyphen":
            return "-"
        if name == "sym":
            return _symbol(element)
        return None

    def _mark(self, element: Any, name: str, at: int) -> None:
        say: Callable[[str, int], None] = getattr(self.flow, _MARKS[name])
        say(element.get(f"{W}id") or "", at)

    def _is_hidden(self, run: Any) -> bool:
        look = run.find(f"{W}rPr")
        if look is None or not len(look):
            return False
        switch = look.find(f"{W}vanish")
        hidden = is_on(look, "vanish") if switch is not None else value(look, "rStyle") in self.hidden_styles
        if hidden and any((text.text or "").strip() for text in run.iter(f"{W}t")):
            self.flow.hidden += 1
        return hidden

    def _field(self, element: Any, held: _Paragraph) -> None:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            if not any(self.fields):
                held.add(_chosen(element.find(f"{W}ffData")))
            self.fields.append(True)
        elif self.fields and kind == "separate":
            self.fields[-1] = False
        elif self.fields and kind == "end":
            self.fields.pop()

    def _note(self, element: Any, kind: str) -> str:
        own = element.get(f"{W}customMarkFollows") in ("1", "true", "on")
        if own:
            mark = "".join(text.text or "" for text in element.getparent().iter(f"{W}t")).strip() or "*"
        else:
            self.counts[kind] += 1
            mark = numeral(self.counts[kind], self._format(kind))
        self.notes.append((kind, element.get(f"{W}id") or "", mark))
        return "" if own else f"[{mark}]"

    def _format(self, kind: str) -> str:
        """How the notes of a kind are numbered; asked for only where there are some."""
        if kind not in self.formats:
            looks = [*self.body.iter(f"{W}{kind}Pr")]
            settings = self.parts.part("settings")
            looks += [] if settings is None else [*settings.iter(f"{W}{kind}Pr")]
            usual = "decimal" if kind == "footnote" else "lowerRoman"
            self.formats[kind] = next((form for look in looks if (form := value(look, "numFmt"))), usual)
        return self.formats[kind]


_MARKS = {"commentRangeStart": "begins", "commentRangeEnd": "ends", "commentReference": "ends"}


def _chosen(form: Any) -> str:
    """What a form field shows that has no text of its own: a box to tick, or the choice from a list."""
    if form is None:
        return ""
    box, listed = form.find(f"{W}checkBox"), form.find(f"{W}ddList")
    if box is not None:
        return _BOX[is_on(box, "checked") if box.find(f"{W}checked") is not None else is_on(box, "default")]
    if listed is not None:
        entries = [entry.get(f"{W}val") or "" for entry in listed.findall(f"{W}listEntry")]
        chosen = number(value(listed, "result") or value(listed, "default"))
        return entries[chosen] if 0 <= chosen < len(entries) else ""
    return ""


def _members(parent: Any, name: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also those inside content controls and insertions."""
    for child in parent.iterchildren("{*}*"):
        local = _local(child)
        if local == name:
            yield child
        elif local in _WRAPPERS:
            yield from _members(child, name)


def _symbol(element: Any) -> str:
    """A character given by its number in a symbol font; those fonts keep theirs in the private area."""
    for key, text in element.attrib.items():
        if key.endswith("}char") and re.fullmatch(r"[0-9A-Fa-f]{4,5}", text):
            return bullet(chr(int(text, 16)))
    return ""


def _local(element: Any) -> str:
    """The name of an element of Word's own (or of what it is wrapped in), without its namespace."""
    tag: str = element.tag
    known = _NAMES.get(tag)
    if known is None:
        namespace, _, name = tag.rpartition("}")
        if namespace + "}" in (W, _MC) or (namespace + "}" == _MATH and name == "t"):
            known = name
        else:
            known = "" if name in _OURS else name
        if len(_NAMES) < 2000:
            _NAMES[tag] = known
    return known


_OURS = frozenset("t p r tbl tab br cr sym fldChar".split()) | _MARKS.keys()
_NAMES: dict[str, str] = {}
