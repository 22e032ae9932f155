"""The tab Agreement: how far two coders put the same codes in the same places."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter

from app.models import matrix_words as words
from app.models.count_grid import Grid, GridCell, GridColumn
from app.models.matrix_evidence import Door
from app.widgets.count_table import CountTable
from app.widgets.parts import label
from app.workspaces.matrices.counts import NOTHING, Choice, Counted, CountTab, settled
from coding.analysis.agreement import Agreement, Disagreement, PairAgreement, agree
from coding.project import Reader

BETWEEN = " – "


class AgreementTab(CountTab):
    """Figures of one pair of coders by code, and beneath them where they differ, each a way to its place."""

    name = "agreement"
    draws = False
    fields = ("framework", "unit", "pair")
    defaults = {"framework": "", "unit": "sentence", "pair": ""}

    def build(self) -> None:
        self.figures = label("", wrap=True, select=True)
        self.figures.setObjectName("agreement_figures")
        self.differing = CountTable(self.ctx, "agreement_differing")
        self.differing.cell_opened.connect(self._on_differing)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self.differing)
        split.setSizes([260, 200])
        split.setChildrenCollapsible(False)
        self.front = split
        self.pages.insertWidget(0, split)
        self.table.show()  # leaving the pages hid it
        self.body.insertWidget(0, self.figures)

    def read(self, reader: Reader, choice: Choice) -> Counted:
        choice, found = settled(reader, choice)
        result = agree(reader, choice["framework"] or None, choice["unit"])  # type: ignore[arg-type]
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
        """Where the chosen pair differs."""
        pair = self.pair()
        if self.counted is None or pair is None:
            return []
        result: Agreement = self.counted.result
        return [one for one in result.disagreements if {one.by, one.not_by} == set(pair.coders)]

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
            one = rows[row]
            if column == 0:
                name = words.in_words(self.ctx, one.label)
                return GridCell(name, name.casefold(), door=False)
            if column in (1, 2):
                value = one.percent if column == 1 else one.kappa
                text = self._percent(value) if column == 1 else self._figure(value)
                return GridCell(text, float(value) if value is not None else None, door=False)
            table = one.table
            count = (table.both, table.first, table.second, table.neither)[column - 3]
            return GridCell(self.ctx.words.number(count), count, door=False)

        self._show_differing()
        self._say_figures()
        return Grid(columns, tuple((one.code, "code") for one in rows), cell)

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
        t, found = self.ctx.t, self.disagreements()
        columns = (
            GridColumn("code", t("Where they differ"), look="label"),
            GridColumn("by", t("Has it"), look="text"),
            GridColumn("not_by", t("Has not"), look="text"),
            GridColumn("source", t("Source"), look="text"),
            GridColumn("text", t("Passage"), look="text"),
        )

        def cell(row: int, column: int) -> GridCell:
            one = found[row]
            name = words.in_words(self.ctx, one.label)
            shown = (name, one.by, one.not_by, one.source, " ".join(one.text.split()))[column]
            return GridCell(shown, shown.casefold())

        keys = tuple((one.source_guid, f"{one.start}-{one.end}-{one.code}") for one in found)
        self.differing.rows.show(Grid(columns, keys, cell))
        self.differing.setVisible(bool(found))
        self.differing.setAccessibleName(t("Where they differ"))

    def _on_differing(self, row: int, column: int, keyboard: bool) -> None:
        one = self.disagreements()[self.differing.rows.order[row]]
        self.ctx.passage_requested.emit(one.source_guid, one.start, one.end)

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
        """Figures of agreement have no segments of their own; where coders differ stands beneath them."""

    def say_empty(self) -> tuple[str, str]:
        t = self.ctx.t
        return t("Nobody to compare yet"), t(
            "Two coders tag the same sources and mark them as done; how far they agree then stands here."
        )

    def take_theme(self) -> None:
        super().take_theme()
        self.differing.take_theme()
