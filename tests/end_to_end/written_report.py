"""One report of every part in many settings, and its parts as they are read back from its Word file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from coding.analysis.column_plan import BY_INFORMANT, Period, set_order, set_periods, switch
from coding.analysis.filters import EvidenceChoice
from coding.analysis.pinned import FACTORS, MATRIX, Analysis, pin
from coding.analysis.triangulation import triangulate
from coding.project import Project
from coding.reports.build import distinct, report_tables
from coding.reports.document import ReportDocument
from coding.reports.options import ReportItem, ReportOptions
from coding.reports.paging import paged
from coding.reports.tables import Block, Figure, Narrative, Table
from coding.reports.word import word_bytes
from coding.words import Words
from tests.end_to_end.reading_back import Page, Read, joined, word_tables
from tests.samples import sample_copy

EDWARD = {"framework": "edward3"}
FEW = {"verbatim": True, "since": "2025-05", "until": "2026-12"}
PINNED = {
    "tersaring": {**EDWARD, "level": "indicator", "columns": "category", "threshold": "3/4", "evidence": FEW},
    "faktor": {"framework": "factors", "level": "indicator", "evidence": FEW},
}
Part = tuple[str, dict[str, Any]]
ITEMS: tuple[Part, ...] = (
    ("method_section", {}),
    ("informants", {}),
    ("findings", EDWARD),
    ("narrative", EDWARD),
    ("narrative", {"framework": "jones"}),
    ("triangulation", EDWARD),
    ("triangulation", {**EDWARD, "columns": "category", "level": "indicator"}),
    ("triangulation", {"framework": "jones", "columns": "group", "threshold": "3/4"}),
    ("triangulation", {**EDWARD, "kind": "time"}),
    ("triangulation", {**EDWARD, "kind": "place", "level": "indicator"}),
    ("triangulation", {**EDWARD, "kind": "investigator"}),
    ("triangulation", {**EDWARD, "kind": "theory", "against": "jones", "level": "indicator"}),
    ("triangulation", {**EDWARD, "evidence": {"exemplars": True}}),
    ("triangulation", {**EDWARD, "evidence": {"verdicts": ["none", "agreed"]}}),
    ("triangulation", {"pinned": "tersaring"}),
    ("method", EDWARD),
    ("method", {"framework": "dwiyanto", "level": "indicator", "threshold": "3/5"}),
    ("factors", {}),
    ("factors", {**EDWARD, "level": "dimension"}),
    ("factors", {"pinned": "faktor"}),
    ("framework_matrix", EDWARD),
    ("framework_matrix", {**EDWARD, "level": "indicator"}),
    ("conclusions", {}),
    ("frequencies", EDWARD),
    ("frequencies", {"framework": "dwiyanto"}),
    ("crosstab", {**EDWARD, "columns": "category"}),
    ("crosstab", {**EDWARD, "columns": "informant", "level": "indicator", "unit": "words"}),
    ("crosstab", {**EDWARD, "columns": "source.method", "unit": "informants", "shown": "rows"}),
    ("crosstab", {"framework": "dwiyanto", "columns": "segment.coder", "shown": "columns"}),
    *(("cooccurrence", {"measure": measure}) for measure in ("overlap", "inclusion", "jaccard")),
    ("cooccurrence", {**EDWARD, "measure": "turn", "level": "indicator"}),
    *(("agreement", {"unit": unit}) for unit in ("sentence", "turn", "character")),
    ("agreement", EDWARD),
    ("saturation", {}),
    ("saturation", {**EDWARD, "level": "dimension"}),
    ("codebook", EDWARD),
    ("segments", {}),
    ("segments", {**EDWARD, "sort": "code"}),
    ("audit", {}),
    ("checklist", {}),
)  # fmt: skip


def prepared(path: Path, language: str) -> Path:
    """The sample study with columns in an order of its own, its own periods, and pinned analyses."""
    with Project.open(sample_copy(path, language)) as project:
        keys = [column.key for column in triangulate(project, "edward3").columns if column.key]
        with project.operation("Choose columns") as op:
            set_order(op, BY_INFORMANT, keys[::-1])
            switch(op, "document", False)
            set_periods(op, [Period("Kemudian", "2025-07", None), Period("Mula-mula", None, "2025-06")])
            for name, about in (("tersaring", MATRIX), ("faktor", FACTORS)):
                chosen = {**PINNED[name], "evidence": EvidenceChoice("2025-05", "2026-12", verbatim=True)}
                chosen["threshold"] = Fraction(chosen.get("threshold", 1))
                pin(op, name, Analysis(about, **chosen))
    return path


class Written:
    """One report of many parts in every format, and the parts as they were read back from Word."""

    def __init__(self, project: Project, language: str, items: Sequence[Part] = ITEMS, **options: Any) -> None:
        self.language, self.words = language, Words(language)
        self.options = ReportOptions(language=language, **options)
        self.parts: list[tuple[ReportItem, list[Block]]] = []
        blocks: list[Block] = []
        for name, settings in items:
            item = ReportItem(name, settings)
            made = report_tables(project, self.words, replace(self.options, items=(item,)))[1:]
            made = distinct(made, {block.key for block in blocks if isinstance(block, Table | Figure)})
            self.parts.append((item, made))
            blocks += made
        self.document = ReportDocument(project, blocks, self.words, self.options)
        self.word = word_bytes(blocks, self.words, self.options)
        self.notes: dict[str, str] = {}
        self.read = self._tables(blocks)

    def _tables(self, blocks: list[Block]) -> dict[str, Read]:
        """The tables of the Word file by their key, those over several pages put together."""
        parts: dict[str, list[Read]] = {}
        pages = {}
        shown = [block for block in paged(blocks) if isinstance(block, Table)]
        for block, read in zip(shown, word_tables(self.word), strict=True):
            assert len(read.rows) == len(block.rows)
            key = block.continues or block.key
            parts.setdefault(key, []).append(read)
            self.notes[key] = " ".join(note.text for note in block.notes)
            pages.setdefault(key, block)
        return {key: joined(found, pages[key].lead, pages[key].tail) for key, found in parts.items()}

    def page(self, blocks: list[Block]) -> Page:
        """A part as it was read back."""
        page = Page(self.language)
        for block in blocks:
            if isinstance(block, Table):
                page.tables.append(self.read[block.key])
                page.notes += self.notes[block.key]
            elif isinstance(block, Figure):
                page.figures.append(block.alt)
            elif isinstance(block, Narrative):
                said = [one.text for one in block.paragraphs if one.style != "quote"]
                page.prose.append((block.heading or "", said))
        return page
