"""The framework matrix of Ritchie and Spencer (DOMAIN.md §5): informants × dimensions, each cell the analyst's summary.

The evidence of a cell is that of source triangulation by informant, so that both show the same passages. A cell knows
the passages its summary rests on, and whether its evidence is still what it was when the summary was written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from coding.analysis.evidence import END, SEGMENT, SOURCE, START, evidence
from coding.analysis.results import Cell, Label, Level, Part, Row
from coding.analysis.triangulation import triangulate
from coding.informants.queries import informants
from coding.project import Reader
from coding.store.models import Code, FindingSegment, Framework, Segment
from coding.store.models import Finding as FindingTable
from coding.transcripts.rows import InformantRow
from coding.words import Notice

VIEW = "framework_matrix"
"""What the table of findings calls this view."""
SNIPPET = 220
"""Characters of an exemplar that a cell shows."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the analyst wrote in a cell, in the markup of `coding.findings.richtext`, and the guids of the segments it
    rests on. Stale when the cell's passages changed since."""

    guid: str
    text: str
    rests_on: tuple[str, ...]
    stale: bool


@dataclass(frozen=True, slots=True)
class FrameworkCell:
    """One informant on one dimension. `exemplar` is the guid of the segment quoted while nothing is written."""

    passages: int
    segment_ids: tuple[str, ...]
    exemplar: str | None
    summary: Summary | None
    basis: str


@dataclass(frozen=True, slots=True)
class FrameworkColumn:
    """A dimension, an indicator, or what is tagged with a dimension alone."""

    code: str
    code_guid: str
    label: Label
    part: Part
    color: int
    parent: str | None
    parent_label: Label | None

    @property
    def key(self) -> str:
        """Tells the column from every other."""
        return f"{self.part} {self.code}"


@dataclass(frozen=True, slots=True)
class FrameworkRow:
    """An informant with a cell for each column. `values` are what rows can be sorted and filtered by."""

    informant: str
    guid: str
    values: Mapping[str, str]
    cells: tuple[FrameworkCell, ...]


@dataclass(frozen=True, slots=True)
class FrameworkMatrix:
    """Rows in the order of the study. `attributes` are those that somebody has a value for, as key and label."""

    framework: str
    framework_label: Label
    level: Level
    columns: tuple[FrameworkColumn, ...]
    rows: tuple[FrameworkRow, ...]
    attributes: tuple[tuple[str, Label], ...]
    notices: tuple[Notice, ...]
    written: int
    stale: int

    def row(self, informant: str) -> FrameworkRow | None:
        """The row of an informant, by code."""
        return next((row for row in self.rows if row.informant == informant), None)

    def column(self, key: str) -> int | None:
        """The place of the column with this key."""
        return next((i for i, column in enumerate(self.columns) if column.key == key), None)


FIELDS: dict[str, Label] = {
    "role": Label("Peran", "Role"),
    "category": Label("Kategori", "Category"),
    "group": Label("Kelompok", "Group"),
    "gender": Label("Jenis kelamin", "Gender"),
    "age": Label("Umur", "Age"),
    "place": Label("Tempat", "Place"),
}
"""Attributes that every informant can have."""


def cell_basis(cell: Cell) -> str:
    """Changes when the passages of the cell do, or what they say; not when the informant is called otherwise."""
    parts = [cell.stance, cell.passages, sorted(cell.segment_ids)]
    return hashlib.sha256(json.dumps(parts).encode("utf-8")).hexdigest()[:32]


def framework_matrix(project: Reader, framework: str, level: Level = "dimension") -> FrameworkMatrix:
    """The framework matrix of the adopted framework `framework`; its columns are dimensions, or at level indicator
    the indicators. Rows are the informants who have a turn in a source that counts, and those with a summary.

    Raises CodingError("framework_not_adopted").
    """
    matrix = triangulate(project, framework, "source", "informant", None, level)
    people = {row.code: row for row in informants(project)}
    place = {column.key: i for i, column in enumerate(matrix.columns) if column.of == "informants"}
    found = _summaries(project, framework)
    shown = {(row.code, row.part) for row in matrix.rows}
    wanted = {column for code, part, column in found if (code, part) in shown}
    names = [code for code in people if code in place or code in wanted]
    columns = _columns(project, matrix.rows)
    rows = tuple(_row(people[name], place.get(name), matrix.rows, found) for name in names)
    summaries = [cell.summary for row in rows for cell in row.cells if cell.summary is not None]
    lost = sorted(column for column in wanted if column not in people)
    return FrameworkMatrix(
        framework=framework,
        framework_label=matrix.framework_label,
        level=level,
        columns=columns,
        rows=rows,
        attributes=_attributes([people[name] for name in names]),
        notices=_notices(lost),
        written=len(summaries),
        stale=sum(summary.stale for summary in summaries),
    )


def _notices(lost: Iterable[str]) -> tuple[Notice, ...]:
    names = list(lost)
    if not names:
        return ()
    params = (("count", len(names)), ("names", ", ".join(names)))
    return (
        Notice(
            "summaries of {count} informant who is not in the study any more: {names}",
            params,
            "summaries of {count} informants who are not in the study any more: {names}",
        ),
    )


def _columns(project: Reader, rows: Iterable[Row]) -> tuple[FrameworkColumn, ...]:
    with project.read() as session:
        known = session.execute(select(Code.path, Code.label_id, Code.label_en)).all()
        labels = {path: Label(id_, en) for path, id_, en in known}
    return tuple(
        FrameworkColumn(
            row.code, row.code_guid, row.label, row.part, row.color, row.parent,
            labels.get(row.parent) if row.parent else None,
        )
        for row in rows
    )  # fmt: skip


def _row(
    person: InformantRow, at: int | None, rows: tuple[Row, ...], found: Mapping[tuple[str, str, str], Any]
) -> FrameworkRow:
    cells = []
    for row in rows:
        cell = row.cells[at] if at is not None else Cell(person.code, 0, 0, 0, 0, "silent", (), (), ())
        basis, written = cell_basis(cell), found.get((row.code, row.part, person.code))
        summary = Summary(written[0], written[1], written[2], written[3] != basis) if written is not None else None
        exemplar = cell.exemplars[0] if cell.exemplars else None
        cells.append(FrameworkCell(cell.passages, cell.segment_ids, exemplar, summary, basis))
    return FrameworkRow(person.code, person.guid, _values(person), tuple(cells))


def _values(person: InformantRow) -> dict[str, str]:
    own = {key: str(getattr(person, key)) for key in FIELDS if getattr(person, key) not in (None, "")}
    return own | {name: value for name, value in person.attributes if value.strip()}


def _attributes(people: Iterable[InformantRow]) -> tuple[tuple[str, Label], ...]:
    present = dict.fromkeys(key for person in people for key in _values(person))
    known = [key for key in FIELDS if key in present]
    own = [key for key in present if key not in FIELDS]
    return tuple((key, FIELDS.get(key) or Label(key, key)) for key in (*known, *own))


def _summaries(project: Reader, framework: str) -> dict[tuple[str, str, str], tuple[str, str, tuple[str, ...], str]]:
    """By code, part and informant: guid, text, the segments it rests on, and the basis."""
    with project.read() as session:
        links: dict[int, list[str]] = {}
        linked = select(FindingSegment.finding_id, Segment.guid).join(Segment, Segment.id == FindingSegment.segment_id)
        linked = linked.join(FindingTable, FindingTable.id == FindingSegment.finding_id).where(
            FindingTable.view == VIEW
        )
        for number, guid in session.execute(linked.order_by(Segment.source_id, Segment.start, Segment.id)).all():
            links.setdefault(number, []).append(guid)
        query = select(FindingTable, Code.path).join(Code, Code.id == FindingTable.code_id)
        query = query.join(Framework, Framework.id == Code.framework_id)
        query = query.where(FindingTable.view == VIEW, FindingTable.scope == "cell", Framework.key == framework)
        return {
            (path, one.part, one.column or ""): (one.guid, one.text, tuple(links.get(one.id, ())), one.basis)
            for one, path in session.execute(query.order_by(FindingTable.id)).all()
        }


def snippets(project: Reader, guids: Collection[str], width: int = SNIPPET) -> dict[str, str]:
    """The beginning of each of these segments on one line, by guid; from what the counting keeps in memory."""
    with project.read() as session:
        found = evidence(project, session)
        ids = found.guids.ids_of(guids)
        made: dict[str, str] = {}
        for claim in found.claims[:, [SEGMENT, SOURCE, START, END]].tolist():
            number, source, start, end = claim
            if number in ids:
                text = found.sources[source].text[start : min(end, start + width)]
                made[found.guids[number]] = " ".join(text.split()) + ("…" if end - start > width else "")
        return made
