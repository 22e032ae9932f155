"""Bringing tables up to date that a user has copied from a report into a Word document of their own.

Tables are known by the origin they carry. Cells that changed are given their new text in the look of the old; rows come
and go; everything outside these tables stays as it is, byte for byte outside the document's main part.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from coding.errors import CodingError
from coding.reports.origin import Origin, read_origin, rewritten
from coding.reports.places import check_not_open, keep_copy
from coding.reports.refresh_document import Document, parser
from coding.reports.refresh_looks import Looks
from coding.reports.refresh_rows import (
    CellChange,
    Change,
    Comparison,
    Pair,
    RowChange,
    compared,
    shared_columns,
    written_then,
)
from coding.reports.refresh_xml import (
    Line,
    columns,
    describe,
    described,
    fill,
    lines,
    new_grid,
    replace_rows,
    row_like,
)
from coding.reports.saving import save
from coding.reports.word_marks import Marks, mark_name, marked
from coding.words import Words

if TYPE_CHECKING:
    from coding.progress import Progress
    from coding.project import Reader


State = Literal["same", "changed", "own", "gone", "other_project", "parted"]


@dataclass(frozen=True, slots=True)
class TableChange:
    """What becomes of one table of the document, the `number`th of ours in it (from 0).

    `state`: nothing changes; something does; it differs from the project only by what the user changed, which stays;
    the project no longer has the table (`reason` may say why); the table is another project's; it needs fewer parts
    now. `columns` says that columns came or went so that the table can only be changed as a whole; `part` counts the
    parts of a table that is wider than a page, from 1.
    """

    number: int
    name: str
    caption: str
    state: State
    changes: tuple[Change, ...] = ()
    columns: bool = False
    reason: CodingError | None = None
    part: int = 1

    @property
    def cells(self) -> tuple[CellChange, ...]:
        """The cells that differ."""
        return tuple(one for one in self.changes if isinstance(one, CellChange))

    @property
    def rows(self) -> tuple[RowChange, ...]:
        """The rows that one of both has."""
        return tuple(one for one in self.changes if isinstance(one, RowChange))

    @property
    def own(self) -> tuple[Change, ...]:
        """What the user changed, and stays unless they say otherwise."""
        return self.changes if self.columns and self.state == "own" else tuple(c for c in self.changes if not c.usual)

    @property
    def usual(self) -> frozenset[int]:
        """The changes that are made unless somebody says otherwise."""
        return frozenset(one.number for one in self.changes) - {one.number for one in self.own}

    @property
    def added(self) -> tuple[str, ...]:
        """The rows that come in unless somebody says otherwise."""
        return tuple(one.row for one in self.rows if one.kind == "added" and one.number in self.usual)

    @property
    def removed(self) -> tuple[str, ...]:
        """The rows that go unless somebody says otherwise."""
        return tuple(one.row for one in self.rows if one.kind == "removed" and one.number in self.usual)


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
    document = Document.read(path)
    return RefreshPlan(path, document.digest, tuple(one.change for one in _compared(project, document, progress)))


def refresh(
    project: Reader,
    plan: RefreshPlan,
    words: Words,
    chosen: Mapping[int, Collection[int]] | None = None,
    progress: Progress | None = None,
) -> Refreshed:
    """Bring the tables of `plan` up to date; the document as it was is kept beside. `chosen` are the numbers of the
    changes to make by that of their table; without it they are the `usual` ones, which leave the user's own words.

    Raises `CodingError`: what `plan_refresh` raises, `document_open`, `document_changed`, and what `saving.save` does;
    the document is then unchanged.
    """
    check_closed(plan.path)
    document = Document.read(plan.path)
    if document.digest != plan.digest:
        raise CodingError("document_changed", file=str(plan.path))
    done = []
    for one in _compared(project, document, progress):
        taken = one.change.usual if chosen is None else chosen.get(one.change.number, ())
        if one.table is not None and taken:
            one.apply(taken, document.marks)
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


@dataclass(slots=True)
class _Compared:
    """A table of the document beside the same table as the project makes it now; `looks` are those of the document."""

    change: TableChange
    looks: Looks
    table: Any = None
    fresh: _Fresh | None = None
    rows: Comparison | None = None

    def apply(self, taken: Collection[int], marks: Marks) -> None:
        """Make the changes of these numbers."""
        assert self.fresh is not None
        assert self.rows is not None
        if self.change.columns:
            new_grid(self.table, self.fresh.table)
            taken = range(len(self.change.changes))
        fresh = read_origin(self.fresh.told)
        kept: list[Any] = []
        bodies = [pair.old for pair in self.rows.pairs if pair.old is not None]
        for pair in self.rows.pairs:
            row = self._row(pair, taken, bodies, len(kept))
            if row is not None:
                kept.append(row)
        replace_rows(self.table, kept)
        written = fresh.written if fresh is not None else None
        rows = None if written is None else written_then(self.rows, taken, written, lines(self.fresh.table))
        told = rewritten(self.fresh.told, rows)
        describe(self.table, told)
        marks.tell(mark_name(self.table), told)

    def _row(self, pair: Pair, taken: Collection[int], bodies: Sequence[Line], place: int) -> Any:
        old, new, number = pair.old, pair.new, self.change.number
        whole = pair.changes.get(None)
        made = whole is not None and whole.number in taken
        if new is None:
            return None if made or old is None else old.element
        if old is None:
            return row_like(new, _nearest(bodies, place, new), self.looks, number) if made else None
        if made:
            return row_like(new, old, self.looks, number)
        for at, change in pair.changes.items():
            if at is not None and change.number in taken:
                fill(old.cells[at].element, new.cells[at].element, self.looks, number, at)
        return old.element


def _nearest(rows: Sequence[Line], place: int, new: Line) -> Line | None:
    """The row of the document that a new one at `place` is modelled on: the one before it, if it has its shape."""
    alike = [row for row in rows if row.shape == new.shape]
    before = [row for row in rows[:place] if row.shape == new.shape]
    return before[-1] if before else alike[-1] if alike else rows[-1] if rows else None


def _compared(project: Reader, document: Document, progress: Progress | None) -> list[_Compared]:
    from coding.progress import Silent
    from coding.reports.build import project_guid

    watched, guid = progress or Silent(), project_guid(project)
    marked_tables = [(table, read_origin(told), told is None) for table, told in marked(document.root, document.marks)]
    found = [(table, known) for table, known, lost in marked_tables if lost or known is not None]
    if not any(known for _, known in found):
        lost = bool(found) or document.by_libreoffice
        raise CodingError("document_marks_lost" if lost else "document_no_tables", file=str(document.path))
    made: dict[str, Mapping[tuple[str, int], _Fresh] | CodingError] = {}
    looks = Looks(document.styles)
    found_so_far = []
    for number, (table, known) in enumerate(found):
        watched.step(number, len(found), known.item.name if known is not None else "")
        if known is None:
            change = TableChange(number, "", _first_words(table), "gone", reason=CodingError("table_mark_lost"))
            found_so_far.append(_Compared(change, looks))
            continue
        change = TableChange(number, known.item.name, _caption(table) or known.item.name, "same", part=known.part)
        if known.project != guid:
            found_so_far.append(_Compared(replace(change, state="other_project"), looks))
            continue
        key = repr(known.options)
        if key not in made:
            made[key] = _fresh_tables(project, known)
        found_so_far.append(_beside(change, table, known, made[key], looks))
    return found_so_far


def _first_words(table: Any) -> str:
    """What stands in the first row of a table, by which the user knows it."""
    first = next(iter(lines(table)), None)
    return " · ".join(text for text in first.texts if text)[:80] if first is not None else ""


def _caption(table: Any) -> str:
    told = table.find("{*}tblPr/{*}tblCaption")
    if told is None:
        return ""
    return next((str(value) for name, value in told.attrib.items() if name.endswith("}val")), "")


@dataclass(frozen=True, slots=True)
class _Fresh:
    """A table as the project makes it now, with what is said of it."""

    table: Any
    told: str
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
    told = [(table, text, one) for table, text in described(root) if (one := read_origin(text)) is not None]
    return {
        (one.key, one.part): _Fresh(table, text, len(block.heads), block.lead)
        for (table, text, one), block in zip(told, parts, strict=True)
    }


def _main_of(raw: bytes) -> Any:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        return etree.fromstring(package.read("word/document.xml"), parser())


def _beside(
    change: TableChange,
    table: Any,
    known: Origin,
    made: Mapping[tuple[str, int], _Fresh] | CodingError,
    looks: Looks,
) -> _Compared:
    if isinstance(made, CodingError):
        return _Compared(replace(change, state="gone", reason=made), looks)
    fresh = made.get((known.key, known.part))
    if fresh is None:
        return _Compared(replace(change, state="parted" if (known.key, 1) in made else "gone"), looks)
    old, new, written = lines(table), lines(fresh.table), list(known.written) if known.written else None
    resized = columns(table) != columns(fresh.table)
    if resized and (shared := shared_columns(old, new, written, fresh.heads, fresh.lead)) is not None:
        (old, new, written), resized = shared, False
    rows = compared(old, new, written, fresh.heads, fresh.lead)
    for pair in rows.pairs:
        if pair.old is not None and pair.new is not None and pair.old.shape == pair.new.shape:
            for at, (before, after) in enumerate(zip(pair.old.cells, pair.new.cells, strict=True)):
                if at not in pair.changes:
                    looks.learn(change.number, at, before.element, after.element)
    theirs = [one for one in rows.changes if one.usual]
    # where columns came or went, the table can't be changed in parts
    made_by_itself = theirs and not (resized and len(theirs) < len(rows.changes))
    state: State = "changed" if made_by_itself else "own" if rows.changes else "same"
    change = replace(change, state=state, changes=rows.changes, columns=resized)
    return _Compared(change, looks, table, fresh, rows)
