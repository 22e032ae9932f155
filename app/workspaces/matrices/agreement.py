"""The tab Agreement: how far two coders put the same codes in the same places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.models import matrix_words as words
from app.models.count_grid import Grid, GridCell, GridColumn
from app.models.matrix_evidence import Door
from app.widgets.count_table import CountTable
from app.widgets.parts import button, label
from app.workspaces.matrices.counts import NOTHING, TOTAL, Choice, Counted, CountTab, settled
from coding.analysis.agreement import Agreement, Disagreement, PairAgreement, agree
from coding.analysis.results import Label
from coding.project import Reader

BETWEEN = " – "
LISTED = 20_000
"""So many disagreements are listed at most."""


@dataclass(frozen=True, slots=True)
class Unlike:
    """A unit, `[start, end)` of a source, with the codes that only the first and only the second coder of a pair put
    there."""

    source: str
    guid: str
    start: int
    end: int
    text: str
    first: tuple[Label, ...]
    second: tuple[Label, ...]


class AgreementTab(CountTab):
    """Figures of one pair of coders by code, and beneath them where they differ, each a way to its place."""

    name = "agreement"
    draws = False
    fields = ("framework", "unit", "pair")
    defaults = {"framework": "", "unit": "sentence", "pair": ""}

    def build(self) -> None:
        self.figures = label("", wrap=True, select=True)
        self.figures.setObjectName("agreement_figures")
        self.shown = ("", "")
        self.listed = button("", "link", name="agreement_listed")
        self.listed.clicked.connect(self._show_all)
        self.differing = CountTable(self.ctx, "agreement_differing")
        self.differing.cell_opened.connect(self._on_differing)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.listed, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.differing, 1)
        split.addWidget(below)
        split.setSizes([260, 200])
        split.setChildrenCollapsible(False)
        self.front = split
        self.pages.insertWidget(0, split)
        self.table.show()  # leaving the pages hid it
        self.body.insertWidget(0, self.figures)

    def read(self, reader: Reader, choice: Choice) -> Counted:
        choice, found = settled(reader, choice)
        result = agree(reader, choice["framework"] or None, choice["unit"], listed=LISTED)  # type: ignore[arg-type]
        pairs = [BETWEEN.join(pair.coders) for pair in result.pairs]
        if choice["pair"] not in pairs:
            choice = {**choice, "pair": pairs[0] if pairs else ""}
        return Counted(choice, result, found, {"pairs": pairs})

    def pair(self) -> PairAgreement | None:
        """The pair that was chosen."""
        if self.counted is None:
            return None
        result: Agreement = self.counted.result
        chosen = self.counted.choice["pair"]
        return next((pair for pair in result.pairs if BETWEEN.join(pair.coders) == chosen), None)

    def disagreements(self) -> list[Disagreement]:
        """Where the chosen pair differs, on the code and by the coder that was opened."""
        pair = self.pair()
        if self.counted is None or pair is None:
            return []
        result: Agreement = self.counted.result
        code, by = self.shown
        return [
            one
            for one in result.disagreements
            if {one.by, one.not_by} == set(pair.coders) and code in ("", one.code) and by in ("", one.by)
        ]

    def units(self) -> list[Unlike]:
        """The units that these disagreements are about, each once, in order."""
        found: dict[tuple[str, int, int], list[Disagreement]] = {}
        for one in self.disagreements():
            found.setdefault((one.source_guid, one.start, one.end), []).append(one)
        pair = self.pair()
        coders = pair.coders if pair is not None else ("", "")
        return [
            Unlike(
                parts[0].source, *place, parts[0].text,
                *(tuple(one.label for one in parts if one.by == coder) for coder in coders),
            )
            for place, parts in found.items()
        ]  # fmt: skip

    def grid(self, counted: Counted) -> Grid:
        t, pair = self.ctx.t, self.pair()
        columns = (
            GridColumn("code", t("Code"), look="label"),
            GridColumn("percent", t("Agreement %")),
            GridColumn("kappa", t("Cohen's kappa")),
            GridColumn("both", t("Both")),
            GridColumn("first", t("Only {name}", name=pair.coders[0]) if pair else ""),
            GridColumn("second", t("Only {name}", name=pair.coders[1]) if pair else ""),
            GridColumn("neither", t("Neither")),
        )
        rows = pair.codes if pair is not None else ()

        def cell(row: int, column: int) -> GridCell:
            whole = row == len(rows)
            if whole:
                return self._all_codes(column)
            one = rows[row]
            differ = bool(one.table.first or one.table.second)
            if column == 0:
                name = words.in_words(self.ctx, one.label)
                return GridCell(name, name.casefold(), door=differ)
            if column in (1, 2):
                value = one.percent if column == 1 else one.kappa
                text = self._percent(value) if column == 1 else self._figure(value)
                return GridCell(text, float(value) if value is not None else None, door=differ)
            table = one.table
            count = (table.both, table.first, table.second, table.neither)[column - 3]
            return GridCell(self.ctx.words.number(count), count, door=column in (4, 5) and bool(count))

        self._show_differing()
        self._say_figures()
        keys = tuple((one.code, "code") for one in rows)
        return Grid(columns, (*keys, TOTAL) if keys else (), cell, totals=1 if keys else 0)

    def _all_codes(self, column: int) -> GridCell:
        """The row of all codes: the mean share, the pooled kappa."""
        pair = self.pair()
        assert pair is not None
        texts = {0: self.ctx.t("All codes"), 1: self._percent(pair.percent), 2: self._figure(pair.kappa)}
        return GridCell(texts.get(column, ""), bold=True, door=column < 3)

    def _figure(self, value: Fraction | None) -> str:
        return self.ctx.words.number(value, 2) if value is not None else NOTHING

    def _percent(self, value: Fraction | None) -> str:
        return self.ctx.words.percent(value, 1) if value is not None else NOTHING

    def _say_figures(self) -> None:
        t, n, pair = self.ctx.t, self.ctx.n, self.pair()
        self.figures.setVisible(pair is not None)
        if pair is None or self.counted is None:
            return
        result: Agreement = self.counted.result
        units = {
            "sentence": n("{count} sentence", "{count} sentences", count=pair.units),
            "turn": n("{count} turn", "{count} turns", count=pair.units),
            "character": n("{count} character", "{count} characters", count=pair.units),
        }[result.unit]
        parts = [
            t("agreement {value}", value=self._percent(pair.percent)),
            t("pooled kappa {value}", value=self._figure(pair.kappa)),
            t("alpha of all coders (Krippendorff) {value}", value=self._figure(result.alpha)),
            t("kappa of direction {value}", value=self._figure(pair.valence)),
        ]
        over = t("over {units} of {sources} sources that both marked as done", units=units, sources=pair.sources)
        self.figures.setText(f"{' · '.join(parts)}\n{over}")

    def _show_differing(self) -> None:
        t, found, pair = self.ctx.t, self.units(), self.pair()
        one, other = pair.coders if pair is not None else ("", "")
        columns = (
            GridColumn("source", t("Where they differ"), look="label"),
            GridColumn("first", t("Only {name}", name=one), look="text"),
            GridColumn("second", t("Only {name}", name=other), look="text"),
            GridColumn("text", t("Passage"), look="text"),
        )

        def cell(row: int, column: int) -> GridCell:
            unit = found[row]
            if column in (1, 2):
                labels = unit.first if column == 1 else unit.second
                shown = ", ".join(words.in_words(self.ctx, label) for label in labels) or NOTHING
            else:
                shown = unit.source if column == 0 else " ".join(unit.text.split())
            return GridCell(shown, shown.casefold())

        keys = tuple((unit.guid, f"{unit.start}-{unit.end}") for unit in found)
        self.differing.rows.show(Grid(columns, keys, cell))
        self.differing.setVisible(bool(found))
        self.differing.setAccessibleName(t("Where they differ"))
        self._say_shown(len(found))

    def _say_shown(self, units: int) -> None:
        """Which disagreements are listed, and the way back to all of them."""
        t, (code, by) = self.ctx.t, self.shown
        narrowed = bool(code or by)
        self.listed.setVisible(narrowed)
        if not narrowed:
            return
        pair = self.pair()
        label = next((one.label for one in (pair.codes if pair else ()) if one.code == code), None)
        parts = [words.in_words(self.ctx, label)] if label is not None else []
        parts += [t("Only {name}", name=by)] if by else []
        # characters are listed by the stretch
        by_stretch = self.counted is not None and self.counted.choice["unit"] == "character"
        counted = words.passages(self.ctx, units) if by_stretch else self.ctx.n(
            "{count} unit", "{count} units", count=units
        )  # fmt: skip
        self.listed.setText(t("{what}: {units}. Show all", what=" · ".join(parts), units=counted))

    def _show_all(self) -> None:
        self.shown = ("", "")
        self._show_differing()
        self.table.setFocus()

    def _on_differing(self, row: int, column: int, keyboard: bool) -> None:
        one = self.units()[self.differing.rows.order[row]]
        self.ctx.passage_requested.emit(one.guid, one.start, one.end)

    def report_settings(self, counted: Counted) -> dict[str, Any]:
        chosen = super().report_settings(counted)
        del chosen["pair"]  # the report has a table for each pair
        return chosen

    def captions(self) -> dict[str, str]:
        t = self.ctx.t
        return {"framework": t("Codes of"), "unit": t("Unit"), "pair": t("Coders")}

    def items(self, key: str, counted: Counted | None) -> Sequence[tuple[str, str]]:
        t = self.ctx.t
        if key == "framework":
            return self.framework_items(counted)
        if key == "unit":
            return [("sentence", t("Sentence")), ("turn", t("Turn")), ("character", t("Character"))]
        return [(pair, pair) for pair in (counted.more["pairs"] if counted is not None else ())]

    def open_door(self, door: Door, *, focus: bool = False) -> None:
        """List where the coders differ on a code, or on all of them."""
        pair = self.pair()
        if pair is None:
            return
        by = {"first": pair.coders[0], "second": pair.coders[1]}.get(door.place or "", "")
        self.shown = ("" if (door.code, door.part) == TOTAL else door.code, by)
        self._show_differing()
        if focus and self.differing.rows.order:
            self.differing.setFocus()

    def show_counted(self, counted: Counted) -> None:
        if self.counted is not None and self.counted.choice != counted.choice:
            self.shown = ("", "")
        super().show_counted(counted)

    def say_empty(self) -> tuple[str, str]:
        t = self.ctx.t
        return t("Nobody to compare yet"), t(
            "Two coders tag the same sources and mark them as done; how far they agree then stands here."
        )

    def take_theme(self) -> None:
        super().take_theme()
        self.differing.take_theme()
