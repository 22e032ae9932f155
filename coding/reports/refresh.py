"""Bringing tables up to date that a user has copied from a report into a Word document of their own.

Tables are known by the origin they carry. Cells that changed are given their new text in the look of the old; rows come
and go; everything outside these tables stays as it is, byte for byte outside the document's main part.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from coding.errors import CodingError
from coding.reports.origin import Origin, read_origin
from coding.reports.places import check_not_open, keep_copy
from coding.reports.refresh_xml import Line, columns, described, fill, lines, new_grid, replace_rows, row_like
from coding.reports.saving import save
from coding.words import Words

if TYPE_CHECKING:
    from coding.progress import Progress
    from coding.project import Reader

_LARGEST = 400_000_000
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_MAIN = "/officeDocument"

State = Literal["same", "changed", "gone", "other_project", "parted"]


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell by what stands at the head of its row and column, and what it says before and after."""

    row: str
    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class TableChange:
    """What becomes of one table of the document, the `number`th of ours in it (from 0).

    `state`: nothing changes; something does; the project no longer has the table (`reason` may say why); the table is
    another project's; it needs fewer parts now. `columns` says that columns came or went; `part` counts the parts of a
    table that is wider than a page, from 1.
    """

    number: int
    name: str
    caption: str
    state: State
    cells: tuple[CellChange, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    columns: bool = False
    reason: CodingError | None = None
    part: int = 1


@dataclass(frozen=True, slots=True)
class RefreshPlan:
    """What a refresh would do. `digest` is that of the document it was made for."""

    path: Path
    digest: str
    tables: tuple[TableChange, ...]

    @property
    def changed(self) -> tuple[TableChange, ...]:
        return tuple(table for table in self.tables if table.state == "changed")


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The tables that were brought up to date, and where the document as it was before is kept."""

    path: Path
    backup: Path | None
    tables: tuple[TableChange, ...]


def plan_refresh(project: Reader, path: Path, progress: Progress | None = None) -> RefreshPlan:
    """What bringing the tables of the document at `path` up to date would change; the document is only read.

    Raises `CodingError`: `file_missing`, `file_unreadable`, `source_not_docx`, `document_no_tables`, `cancelled`.
    """
    document = _Document.read(path)
    return RefreshPlan(path, document.digest, tuple(one.change for one in _compared(project, document, progress)))


def refresh(
    project: Reader,
    plan: RefreshPlan,
    words: Words,
    only: Collection[int] | None = None,
    progress: Progress | None = None,
) -> Refreshed:
    """Bring the tables of `plan` (those whose `number` is in `only`) up to date; the document as it was is kept beside.

    Raises `CodingError`: what `plan_refresh` raises, `document_open`, `document_changed`, and what `saving.save` does;
    the document is then unchanged.
    """
    check_closed(plan.path)
    document = _Document.read(plan.path)
    if document.digest != plan.digest:
        raise CodingError("document_changed", file=str(plan.path))
    done = []
    for one in _compared(project, document, progress):
        if one.change.state == "changed" and (only is None or one.change.number in only):
            one.apply()
            done.append(one.change)
    if not done:
        return Refreshed(plan.path, None, ())
    content = document.written()
    backup = keep_copy(plan.path, words)
    save(plan.path, content)
    return Refreshed(plan.path, backup, tuple(done))


def check_closed(path: Path) -> None:
    """Raise a `CodingError` when the document can't be written: `document_open`, `file_unwritable`, …"""
    check_not_open(path)
    try:
        with path.open("r+b"):
            pass
    except PermissionError as error:
        raise CodingError("file_unwritable", file=str(path), reason=error.strerror or str(error)) from error
    except OSError as error:
        raise CodingError("file_unreadable", file=str(path), reason=error.strerror or str(error)) from error


class _Document:
    """A Word file: its parts, and the tree of the main one."""

    def __init__(self, path: Path, raw: bytes, part: str, root: Any) -> None:
        self.path = path
        self.raw = raw
        self.part = part
        self.root = root
        self.digest = hashlib.sha256(raw).hexdigest()

    @classmethod
    def read(cls, path: Path) -> _Document:
        from lxml import etree

        if not path.is_file():
            raise CodingError("file_missing", file=str(path))
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise CodingError("file_unreadable", file=str(path), reason=error.strerror or str(error)) from error
        try:
            with zipfile.ZipFile(io.BytesIO(raw)) as package:
                if sum(one.file_size for one in package.infolist()) > _LARGEST:
                    raise CodingError("source_not_docx", file=str(path))
                relations = etree.fromstring(package.read("_rels/.rels"), _parser())
                every = relations.iter(f"{_RELATIONS}Relationship")
                part = next(one.get("Target", "") for one in every if one.get("Type", "").endswith(_MAIN)).lstrip("/")
                return cls(path, raw, part, etree.fromstring(package.read(part), _parser()))
        except (zipfile.BadZipFile, KeyError, StopIteration, etree.XMLSyntaxError, RuntimeError) as error:
            raise CodingError("source_not_docx", file=str(path)) from error

    def written(self) -> bytes:
        """The file with its main part as it is now; every other part is copied as it was."""
        from lxml import etree

        main = etree.tostring(self.root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
        made = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self.raw)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
            for one in old.infolist():
                new.writestr(one, main if one.filename == self.part else old.read(one), one.compress_type)
        return made.getvalue()


def _parser() -> Any:
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


@dataclass(slots=True)
class _Compared:
    """A table of the document beside the same table as the project makes it now."""

    change: TableChange
    table: Any = None
    fresh: Any = None
    rows: list[tuple[Line | None, Line | None]] = field(default_factory=list)

    def apply(self) -> None:
        """Make the table of the document say what the fresh one says."""
        if self.change.columns:
            new_grid(self.table, self.fresh)
        kept: list[Any] = []
        bodies = [old for old, _ in self.rows if old is not None]
        for old, new in self.rows:
            if new is None:
                continue
            if old is None or old.shape != new.shape:
                kept.append(row_like(new, old or _nearest(bodies, len(kept), new)))
                continue
            for before, after in zip(old.cells, new.cells, strict=True):
                if before.text != after.text:
                    fill(before.element, after.element)
            kept.append(old.element)
        replace_rows(self.table, kept)


def _nearest(rows: Sequence[Line], place: int, new: Line) -> Line | None:
    """The row of the document that a new one at `place` is modelled on: the one before it, if it has its shape."""
    alike = [row for row in rows if row.shape == new.shape]
    before = [row for row in rows[:place] if row.shape == new.shape]
    return before[-1] if before else alike[-1] if alike else rows[-1] if rows else None


def _compared(project: Reader, document: _Document, progress: Progress | None) -> list[_Compared]:
    from coding.progress import Silent
    from coding.reports.build import project_guid

    watched, guid = progress or Silent(), project_guid(project)
    found = [(table, known) for table, told in described(document.root) if (known := read_origin(told)) is not None]
    if not found:
        raise CodingError("document_no_tables", file=str(document.path))
    made: dict[str, Mapping[tuple[str, int], _Fresh] | CodingError] = {}
    compared = []
    for number, (table, known) in enumerate(found):
        watched.step(number, len(found), known.item.name)
        caption = _caption(table) or known.item.name
        if known.project != guid:
            compared.append(_Compared(TableChange(number, known.item.name, caption, "other_project")))
            continue
        key = repr(known.options)
        if key not in made:
            made[key] = _fresh_tables(project, known)
        one = _beside(number, table, known, caption, made[key])
        one.change = replace(one.change, part=known.part)
        compared.append(one)
    return compared


def _caption(table: Any) -> str:
    told = table.find("{*}tblPr/{*}tblCaption")
    if told is None:
        return ""
    return next((str(value) for name, value in told.attrib.items() if name.endswith("}val")), "")


@dataclass(frozen=True, slots=True)
class _Fresh:
    table: Any
    heads: int
    lead: int


def _fresh_tables(project: Reader, known: Origin) -> Mapping[tuple[str, int], _Fresh] | CodingError:
    """The tables that the origin's options give now, by key and part, as Word would have them."""
    from coding.reports.build import report_tables
    from coding.reports.paging import paged
    from coding.reports.tables import Table
    from coding.reports.word import word_bytes

    words = Words(known.options.language or "id")
    try:
        blocks = report_tables(project, words, known.options)
    except CodingError as error:
        if error.code == "cancelled":
            raise
        return error
    parts = [block for block in paged(blocks) if isinstance(block, Table) and block.origin]
    root = _main_of(word_bytes(blocks, words, known.options))
    told = [(table, origin) for table, text in described(root) if (origin := read_origin(text)) is not None]
    return {
        (origin.key, origin.part): _Fresh(table, len(block.heads), block.lead)
        for (table, origin), block in zip(told, parts, strict=True)
    }


def _main_of(raw: bytes) -> Any:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        return etree.fromstring(package.read("word/document.xml"), _parser())


def _beside(
    number: int,
    table: Any,
    known: Origin,
    caption: str,
    made: Mapping[tuple[str, int], _Fresh] | CodingError,
) -> _Compared:
    name = known.item.name
    if isinstance(made, CodingError):
        return _Compared(TableChange(number, name, caption, "gone", reason=made))
    fresh = made.get((known.key, known.part))
    if fresh is None:
        state: State = "parted" if (known.key, 1) in made else "gone"
        return _Compared(TableChange(number, name, caption, state))
    return _difference(number, name, caption, table, fresh)


def _difference(number: int, name: str, caption: str, table: Any, fresh: _Fresh) -> _Compared:
    old, new = lines(table), lines(fresh.table)
    resized = columns(table) != columns(fresh.table)
    names = _column_names(new[: fresh.heads])
    pairs = _paired(old, new, fresh)
    cells, added, removed = [], [], []
    for before, after in pairs:
        if before is None and after is not None:
            added.append(_label(after, fresh))
        elif after is None and before is not None:
            removed.append(_label(before, fresh))
        elif before is not None and after is not None:
            cells += _cells(before, after, names, fresh)
    state: State = "changed" if cells or added or removed or resized else "same"
    change = TableChange(number, name, caption, state, tuple(cells), tuple(added), tuple(removed), resized)
    return _Compared(change, table, fresh.table, pairs)


def _paired(old: list[Line], new: list[Line], fresh: _Fresh) -> list[tuple[Line | None, Line | None]]:
    """Rows of the document beside those of the fresh table: heads by place, others by what they are called."""
    heads = min(fresh.heads, len(old))
    pairs: list[tuple[Line | None, Line | None]] = list(zip(old[:heads], new[:heads], strict=False))
    pairs += [(None, line) for line in new[heads : fresh.heads]]
    below, after = old[heads:], new[fresh.heads :]
    matcher = SequenceMatcher(None, [_key(one, fresh) for one in below], [_key(one, fresh) for one in after], False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pairs += zip(below[i1:i2], after[j1:j2], strict=True)
            continue
        pairs += [(line, None) for line in below[i1:i2]]
        pairs += [(None, line) for line in after[j1:j2]]
    return pairs


def _key(line: Line, fresh: _Fresh) -> tuple[str, ...]:
    """What a row is called: what stands in its first columns, without its number."""
    first = line.texts[: fresh.lead]
    return first[1:] if len(first) > 1 and first[0].replace(".", "").isdecimal() else first


def _label(line: Line, fresh: _Fresh) -> str:
    return " · ".join(text for text in _key(line, fresh) if text) or "–"


def _column_names(heads: Sequence[Line]) -> list[str]:
    """What stands over each column, heads over several before those below them."""
    rows = [[one.text for one in line.cells for _ in range(one.span)] for line in heads]
    width = max((len(row) for row in rows), default=0)
    parts = [[row[column] for row in rows if column < len(row)] for column in range(width)]
    return [" – ".join(dict.fromkeys(text for text in part if text)) for part in parts]


def _cells(before: Line, after: Line, names: Sequence[str], fresh: _Fresh) -> list[CellChange]:
    label = _label(after, fresh)
    if before.shape != after.shape:
        old, new = " | ".join(before.texts), " | ".join(after.texts)
        return [CellChange(label, "", old, new)]
    found, column = [], 0
    for old_cell, new_cell in zip(before.cells, after.cells, strict=True):
        if old_cell.text != new_cell.text:
            name = names[column] if column < len(names) else ""
            found.append(CellChange(label, name, old_cell.text, new_cell.text))
        column += new_cell.span
    return found
