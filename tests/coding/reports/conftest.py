"""A small study made by hand: its people, coded segments and results, for the builders and writers of reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import pytest

from coding.analysis.results import (
    Cell,
    Column,
    FactorRow,
    Factors,
    Judgement,
    Label,
    Matrix,
    Row,
    Side,
    Stance,
    Status,
    VoiceCell,
)
from coding.reports.desk import Desk, Material
from coding.reports.matrix_table import Triangulation
from coding.reports.options import ReportOptions
from coding.segments.rows import SegmentRow, Valence
from coding.transcripts.rows import InformantRow, SourceRow
from coding.words import _FOLDER, Notice, Words

NOTHING = Side(0, 0, 0, (), (), ())


def informant(
    code: str, name: str | None, role: str, category: str, age: int | None, *sources: str, left_out: bool = False
) -> InformantRow:
    return InformantRow(
        guid=f"i-{code}", code=code, initials=code, name=name, role=role, group=None, category=category,  # type: ignore[arg-type]
        age=age, gender=None, place=None, remark=None, left_out=left_out, attributes=(), sources=sources,
        heard=True,
    )  # fmt: skip


def source(name: str, method: str, date: str | None, place: str | None, *informants: str) -> SourceRow:
    return SourceRow(
        guid=f"s-{name}", name=name, method=method, date=date, place=place, characters=900, words=150, turns=4,  # type: ignore[arg-type]
        informants=informants, segments=1, coded=0.5, left_out=False, own_statements=False,
    )  # fmt: skip


def segment(guid: str, source_name: str, date: str, text: str, *informants: str, valence: Valence | None) -> SegmentRow:
    return SegmentRow(
        guid=guid, source=source_name, source_guid=f"s-{source_name}", start=100, end=100 + len(text), text=text,
        framework="edward3", code="edward3.communication.clarity", code_guid="c", label_id="Kejelasan",
        label_en="Clarity", color=0, valence=valence, coder="Ani", informants=informants, memo="", exemplar=False,
        created_at="2026-05-01", modified_at="2026-05-01", source_date=date,
    )  # fmt: skip


def cell(
    column: str | None, stance: Stance, passages: int, *exemplars: str, split: Sequence[VoiceCell] | None = None
) -> Cell:
    if stance == "silent":
        return Cell(column, 0, 0, 0, 0, "silent", (), (), ())
    one = VoiceCell(
        column or "?", stance, passages, passages if stance in ("supporting", "mixed") else 0,
        1 if stance == "mixed" else passages if stance == "inhibiting" else 0,
    )  # fmt: skip
    voices = tuple(split or (one,))
    informants = 0 if column in ("observation", "document") else len(voices)
    return Cell(column, passages + 1, passages, informants, len(voices), stance, exemplars, exemplars, voices)


def row(code: str, label: Label, status: Status, *cells: Cell, judgement: Judgement | None = None) -> Row:
    counted = [one for one in cells if one.column is not None]
    coverage = (sum(one.stance != "silent" for one in counted), len(counted))
    parent = code.rpartition(".")[0] if code.count(".") > 1 else None
    part = "indicator" if parent else "dimension"
    return Row(code, f"g-{code}", label, part, 0, parent, status, coverage, judgement, cells)


INFORMANTS = (
    informant("AS", "Arief Suryanto", "Kepala Bidang Pelayanan", "key", 36, "Wawancara AS"),
    informant("DT", "Dewi Tanjungsari", "Petugas loket", "main", 29, "Wawancara DT"),
    informant("MS", None, "Peserta program", "supporting", None, "Wawancara MS"),
    informant("XX", "Xaverius Lintang", "Warga", "supporting", 50, "Wawancara XX", left_out=True),
)
SOURCES = (
    source("Wawancara AS", "interview", "2022-08-16", "Wonolestari", "AS"),
    source("Wawancara DT", "interview", "2022-08-18", None, "DT"),
    source("Wawancara MS", "interview", None, None, "MS"),
    source("Wawancara XX", "interview", "2022-08-20", None, "XX"),
    source("Catatan loket", "observation", "2022-08-21", "Wonolestari"),
)
LONG = "Kalau untuk menyampaikannya kami lebih ke sosialisasi di balai desa,\nlalu brosur, lalu grup. " * 6
SEGMENTS = {
    one.guid: one
    for one in (
        segment("a1", "Wawancara AS", "2022-08-16", LONG, "AS", valence="supporting"),
        segment(
            "d1", "Wawancara DT", "2022-08-18", "Kata Pak arief cukup KTP & KK <saja>.", "DT", valence="inhibiting"
        ),
        segment("d2", "Wawancara DT", "2022-08-18", "Arief Suryanto yang menjelaskan, AS: begitu.", "DT", valence=None),
        segment("o1", "Catatan loket", "2022-08-21", "“Papan syarat terpasang di pintu.”", valence="supporting"),
    )
}
COMMUNICATION = Label("Komunikasi", "Communication")
RESOURCES = Label("Sumber Daya", "Resources")
DISPOSITION = Label("Disposisi", "Disposition")


@dataclass(frozen=True)
class Study:
    """The hand-made study."""

    material: Material
    triangulation: Triangulation
    factors: Factors

    @property
    def matrix(self) -> Matrix:
        return self.triangulation.matrix

    def desk(self, words: Words, options: ReportOptions | None = None) -> Desk:
        return Desk(self.material, words, options or ReportOptions())


def _columns() -> tuple[Column, ...]:
    people = (Column(code, Label(code, code), 1, "informants") for code in ("AS", "DT", "MS"))
    return (*people, Column("observation", Label("Observasi", "Observation"), 1, "sources"))


def _matrix() -> Matrix:
    judged = Judgement("partial", "DT hanya bicara satu loket", stale=True)
    rows = (
        row(
            "edward3.communication", COMMUNICATION, "divergent", cell("AS", "supporting", 4, "a1"),
            cell("DT", "inhibiting", 2, "d1", "d2"), cell("MS", "mixed", 3), cell("observation", "supporting", 1, "o1"),
            judgement=judged,
        ),
        row(
            "edward3.resources", RESOURCES, "convergent", cell("AS", "supporting", 1234, "a1"), cell("DT", "silent", 0),
            cell("MS", "silent", 0), cell("observation", "supporting", 1, "o1"),
        ),
        row("edward3.disposition", DISPOSITION, "absent", *(cell(c.key, "silent", 0) for c in _columns())),
    )  # fmt: skip
    notices = (Notice("{count} segment has no direction", (("count", 12),), "{count} segments have no direction"),)
    label = Label("Edward III", "Edward III")
    return Matrix("source", "informant", "edward3", label, None, "dimension", Fraction(1), _columns(), rows, notices)


def _indicators(matrix: Matrix) -> Matrix:
    clarity = row(
        "edward3.communication.clarity", Label("Kejelasan", "Clarity"), "divergent", *matrix.rows[0].cells,
    )  # fmt: skip
    return replace(matrix, level="indicator", rows=(clarity,))


def _factors() -> Factors:
    internal, external = Label("Faktor internal", "Internal factors"), Label("Faktor eksternal", "External factors")
    leading = FactorRow(
        "factors.internal.leadership", "g1", Label("Kepemimpinan", "Leadership"), "indicator", 0, "factors.internal",
        internal, True, 3, Side(5, 4, 2, ("AS", "MS"), ("a1",), ("a1",)), Side(2, 2, 1, ("DT",), ("d1",), ("d1",)),
        Side(1, 1, 1, ("AS",), ("d2",), ("d2",)), 2,
    )  # fmt: skip
    geography = FactorRow(
        "factors.external.geography", "g2", Label("Geografi", "Geography"), "indicator", 1, "factors.external",
        external, False, 1, NOTHING, Side(3, 3, 1, ("MS", "Catatan loket"), ("d1",), ("d1",)), NOTHING, 0,
    )  # fmt: skip
    political = replace(
        leading, code="factors.external.political", label=Label("Politik", "Political"), parent_label=external,
        contested=False, informants=0, supporting=NOTHING, inhibiting=NOTHING, neutral=NOTHING, unmarked=0,
    )  # fmt: skip
    label = Label("Faktor pendukung dan penghambat", "Supporting and inhibiting factors")
    return Factors("factors", label, "indicator", (leading, geography, political), _matrix().notices)


@pytest.fixture
def study() -> Study:
    matrix = _matrix()
    material = Material("Evaluasi Program Guyub", INFORMANTS, SOURCES, SEGMENTS)
    return Study(material, Triangulation(matrix, _indicators(matrix)), _factors())


@pytest.fixture
def wide(study: Study) -> Study:
    """Twelve informants with an observation and a document, all of them speaking."""
    codes = [f"I{number}" for number in range(1, 13)]
    columns = (
        *(Column(code, Label(code, code), 1, "informants") for code in codes),
        Column("observation", Label("Observasi", "Observation"), 1, "sources"),
        Column("document", Label("Dokumen", "Document"), 2, "sources"),
    )
    stances: tuple[Stance, ...] = ("supporting", "inhibiting", "mixed", "neutral", "silent")
    rows = tuple(
        row(
            f"edward3.d{r}", label, "divergent",
            *(cell(c.key, stances[(r + i) % 5], 3 + i) for i, c in enumerate(columns)),
        )
        for r, label in enumerate((COMMUNICATION, RESOURCES, DISPOSITION))
    )  # fmt: skip
    return replace(study, triangulation=Triangulation(replace(study.matrix, columns=columns, rows=rows)))


@pytest.fixture
def english() -> Words:
    return Words("en")


@pytest.fixture
def indonesian() -> Words:
    if not (_FOLDER / "id" / "LC_MESSAGES" / "telaah.mo").exists():
        pytest.skip("the Indonesian catalogue has not been compiled")
    return Words("id")
