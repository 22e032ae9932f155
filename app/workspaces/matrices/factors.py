"""The tab Factors: what supports and what inhibits, as a table and as a chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QStackedWidget

from app.context import Context
from app.models import matrix_words as words
from app.models.code_book import CodeBook
from app.models.factor_model import SIDES, FactorModel, side_of
from app.models.matrix_choice import FactorChoice
from app.models.matrix_copy import Place, factor_places
from app.models.matrix_data import FactorData, read_factors
from app.models.matrix_evidence import Door, Opened, Written
from app.widgets.factor_tree import FactorTree
from app.widgets.factor_view import FactorTable
from app.widgets.parts import EmptyState, SegmentedTabs
from app.widgets.recommendations_view import RecommendationsView
from app.workspaces.matrices.factor_changes import FactorChanges, code_book
from app.workspaces.matrices.filtering import FilterBar
from app.workspaces.matrices.tab import Chart, Chooser, MatrixTab, widen
from app.workspaces.report_draft import ReportDraft
from coding.analysis.filters import EvidenceChoice
from coding.analysis.pinned import Analysis
from coding.analysis.results import FactorRow, Matrix
from coding.errors import mark
from coding.findings.sides import DIRECTIONS, write_side
from coding.reports.options import ReportItem
from coding.reports.wording import capital, listed
from coding.words import Notice

LOOKS = ("table", "chart", "dimensions", "advice")
"""A table, bars, factors under their dimensions, and the recommendations that answer them."""


class FactorsTab(MatrixTab):
    """Choices, the table or the chart, and notices."""

    draws = True

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.choice = FactorChoice()
        self.data: FactorData | None = None
        self._place: Any = None
        self.framework = Chooser("factor_framework")
        self.level = Chooser("factor_level")
        self.looks = SegmentedTabs()
        self.filter = FilterBar(ctx)
        self.filter.chosen.connect(lambda evidence: self.choose(replace(self.choice, evidence=evidence)))
        for widget in (self.framework, self.level, self.looks, self.filter):
            self.choices.addWidget(widget)
        self.add_buttons()
        self.model = FactorModel(ctx, self)
        self.table = FactorTable(ctx, self.model)
        self.chart = FactorTable(ctx, self.model, bars=True)
        self.tree = FactorTree(ctx)
        self.advice = RecommendationsView(ctx)
        self.changes = FactorChanges(ctx, self)
        self.empty = EmptyState(ctx, "matrices")
        self.pages = QStackedWidget()
        for page in (self.table, self.chart, self.tree, self.advice, self.empty):
            self.pages.addWidget(page)
        self.body.addWidget(self.pages)
        self.framework.chosen.connect(lambda key: self.choose(replace(self.choice, framework=key)))
        self.level.chosen.connect(lambda key: self.choose(replace(self.choice, level=key)))
        self.looks.chosen.connect(lambda _: self._say_empty())
        self.tree.factor_opened.connect(lambda key: self.open_door(Door("row", key[0], key[1])))
        self.advice.factor_opened.connect(
            lambda key: self.open_door(Door("side", key[0], key[1], SIDES[1]), focus=True)
        )
        for view in (self.table, self.chart):
            view.side_opened.connect(self._on_side)
            view.current_moved.connect(lambda row, column, view=view: self._on_moved(view, row, column))
            view.copy_requested.connect(self.copy_table)
            view.menu_requested.connect(self._on_menu)
        self.retranslate()

    @property
    def view(self) -> FactorTable:
        """The table, or the chart when that is chosen."""
        return self.chart if self.looks.current() == "chart" else self.table

    def choose(self, choice: FactorChoice) -> None:
        """Count the summary of `choice`; where its rows are others, nothing is chosen by itself from then on."""
        if (choice.framework, choice.level) != (self.choice.framework, self.choice.level):
            choice = replace(choice, automatic=False)
        if choice != self.choice:
            self.choice = choice
            self.recompute()

    def recompute(self) -> None:
        choice = self.choice
        self.ctx.read(lambda reader: read_factors(reader, choice), self.show_data, key="matrices.factors")

    def show_data(self, data: FactorData) -> None:
        """Show a summary that was counted; the current cell, the scroll and what is open stay."""
        kept = [(view, view.place(), view.verticalScrollBar().value()) for view in (self.table, self.chart)]
        self.choice, self.data = data.choice, data
        self.model.show(data)
        for view, place, scrolled in kept:
            view.go_to_place(place or self._place)
            view.verticalScrollBar().setValue(scrolled)
        self._place = None
        self.tree.show_factors(self.model, data.frameworks)
        self.advice.show_factors(data.factors)
        self._say_choices()
        self._say_empty()
        self.ctx.actions.refresh()
        self.show_notices(self._notices())
        self.reopen()

    def clear(self) -> None:
        """Forget the project that was open."""
        self.choice, self.data, self.opened = FactorChoice(), None, None
        self._place, self._stale = None, True
        self.model.show(None)
        self.tree.clear()
        self.advice.forget()
        self.show_notices(())

    def state(self) -> dict[str, Any]:
        """What to remember of the project's place here."""
        return {
            "choice": self.choice.to_json(),
            "look": self.looks.current(),
            "place": self.view.place() or self._place,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Go back to what `state` gave."""
        self.choice = FactorChoice.from_json(state.get("choice", {}))
        self.looks.choose(state["look"] if state.get("look") in LOOKS else LOOKS[0])
        match state.get("place"):
            case [[str(code), str(part)], int(column)] if 0 <= column <= len(SIDES):
                self._place = ((code, part), column)

    # doors

    def _door_at(self, row: int, column: int) -> Door:
        factor = self.model.rows[row]
        if column == 0:
            return Door("row", factor.code, factor.part)
        return Door("side", factor.code, factor.part, SIDES[column - 1])

    def _on_side(self, row: int, column: int, keyboard: bool) -> None:
        self.open_door(self._door_at(row, column), focus=keyboard)

    def _on_moved(self, view: FactorTable, row: int, column: int) -> None:
        if self.opened is not None and view.hasFocus():
            self.open_door(self._door_at(row, column))

    def door(self, opened: Door) -> Opened | None:
        at = self.model.find((opened.code, opened.part))
        if at is None:
            return None
        factor, ctx = self.model.rows[at], self.ctx
        name = words.in_words(ctx, factor.label)
        if factor.part == "no_indicator" and factor.parent_label is not None:
            name = f"{words.in_words(ctx, factor.parent_label)} · {name}"
        if opened.about == "row":
            sides = (factor.supporting, factor.inhibiting, factor.neutral)
            guids = tuple(dict.fromkeys(guid for side in sides for guid in side.segment_ids))
            mapped = words.mapped(ctx, self.model.links(factor))
            said = "\n".join(part for part in (words.segments_explained(ctx, len(guids)), mapped) if part)
            return Opened(opened, name, said, self._why(factor), guids)
        side = side_of(factor, SIDES.index(opened.place) + 1) if opened.place in SIDES else None
        if side is None or opened.place is None:
            return None
        heading = f"{name} · {self.model.headerData(SIDES.index(opened.place) + 1, Qt.Orientation.Horizontal)}"
        said = words.side_counted(ctx, side) if side.segments else ctx.t("Nothing has been tagged in this direction.")
        written = self.model.finding(at, SIDES.index(opened.place) + 1)
        finding = Written(written.text, written.stale) if written is not None else Written()
        return Opened(
            opened, heading, said, self._why(factor), side.segment_ids,
            finding=finding if opened.place in DIRECTIONS else None,
        )  # fmt: skip

    def write_finding(self, door: Door, text: str) -> None:
        """Keep the finding on the side behind `door`; an empty text removes it."""
        factors = self.data.factors if self.data is not None else None
        if factors is None or door.place not in DIRECTIONS or self.ctx.project is None:
            return
        side = door.place
        self.ctx.operate(mark("Write a finding"), lambda op: write_side(op, factors, door.code, door.part, side, text))

    def _why(self, factor: FactorRow) -> tuple[str, str] | None:
        """For a contested factor, who stands on which side."""
        if not factor.contested:
            return None
        t = self.ctx.t
        sentence = t(
            "{supporting} speak of it as supporting, {inhibiting} as inhibiting.",
            supporting=capital(listed(self.ctx.words, factor.supporting.who)),
            inhibiting=listed(self.ctx.words, factor.inhibiting.who),
        )
        return t("Why “{status}”?", status=t("contested")), sentence

    def evidence_choice(self) -> EvidenceChoice:
        return self.choice.evidence

    def undirected_of(self) -> tuple[str, Matrix | None]:
        return self.choice.framework, None

    def _on_menu(self, row: int, column: int, pos: QPoint) -> None:
        key = (self.model.rows[row].code, self.model.rows[row].part)

        def show(book: CodeBook) -> None:
            at = self.model.find(key)
            if at is not None:
                self.factor_menu(at, column, book).popup(pos)

        self.ctx.read(code_book, show, key="matrices.factor_menu")

    def factor_menu(self, row: int, column: int, book: CodeBook) -> QMenu:
        """What can be done with a factor."""
        t, factor = self.ctx.t, self.model.rows[row]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if column:
            menu.addAction(t("Show the passages of this side")).triggered.connect(
                lambda: self._on_side(row, column, True)
            )
        menu.addAction(t("Show the passages of this row")).triggered.connect(lambda: self._on_side(row, 0, True))
        menu.addSeparator()
        if self.changes.allowed:
            if factor.part != "no_indicator":
                self.changes.fill_merge(menu.addMenu(t("Merge with")), factor, book)
            self.changes.fill_map(menu.addMenu(t("Map onto")), factor, book, self.model.links(factor))
            menu.addSeparator()
        menu.addAction(t("Copy as table")).triggered.connect(self.copy_table)
        return menu

    # words and looks

    def retranslate(self) -> None:
        """Say everything in the language of the interface."""
        t = self.ctx.t
        self.framework.set_caption(t("Framework"))
        self.level.set_caption(t("Rows"))
        shown = (t("Table"), t("Chart"), t("By dimension"), t("Recommendations"))
        self.looks.set_items(list(zip(LOOKS, shown, strict=True)))
        widen(self.ctx, self.looks, LOOKS)
        self.advice.retranslate()
        self.table.setAccessibleName(t("Supporting and inhibiting factors"))
        self.chart.setAccessibleName(t("Supporting and inhibiting factors, number of passages"))
        self.say_buttons()
        self._say_choices()
        self._say_empty()
        if self.data is not None:
            self.tree.show_factors(self.model, self.data.frameworks)
            self.show_notices(self._notices())
            self.model.refresh()
            self.take_theme()
            self.reopen()

    def take_theme(self) -> None:
        """Take on colours and sizes."""
        self.table.take_theme()
        self.chart.take_theme()
        widen(self.ctx, self.looks, LOOKS)
        self.framework.fit()
        self.level.fit()
        self.filter.say()
        self.take_icons()
        self.show_notices(self._notices())

    def _say_choices(self) -> None:
        t, language = self.ctx.t, self.ctx.language
        frameworks = self.data.frameworks if self.data else ()
        self.framework.set_items([(row.key, row.label(language)) for row in frameworks], self.choice.framework)
        levels = [("dimension", t("Dimensions")), ("indicator", t("Indicators"))]
        self.level.set_items(levels, self.choice.level)
        shown = self.data is not None and self.data.factors is not None
        self.filter.show_choice(self.choice.evidence, self.data.filters if self.data and shown else None)
        for widget in (self.framework, self.level, self.report_button, self.chart_button):
            widget.setEnabled(bool(frameworks))

    def _say_empty(self) -> None:
        t, rows = self.ctx.t, self.model.rows
        self.copy_button.setEnabled(bool(rows))
        if self.looks.current() == "advice" and self.data is not None and self.data.factors is not None:
            self.pages.setCurrentWidget(self.advice)
            return
        if self.looks.current() == "dimensions" and rows:
            self.pages.setCurrentWidget(self.tree if self.tree.topLevelItemCount() else self.empty)
            self.empty.set(
                t("No factor has evidence yet"),
                t("Factors stand here under the dimensions they are mapped onto; a factor's menu maps it."),
            )
            return
        directed = any(row.supporting.passages or row.inhibiting.passages for row in rows)
        if rows and (self.view is self.table or directed):
            self.pages.setCurrentWidget(self.view)
            return
        if self.data is None:
            self.pages.setCurrentWidget(self.table)
            return
        self.pages.setCurrentWidget(self.empty)
        if rows:
            self.empty.set(
                t("Nothing to draw yet"), t("No passage has been marked as supporting or inhibiting a factor.")
            )
        else:
            self.empty.set(t("No framework yet"), t("The project has no framework to sum up by."))

    def _notices(self) -> tuple[Notice, ...]:
        """What belongs to the numbers, and which rows they are of when nobody chose them."""
        found = self.data.factors if self.data is not None else None
        if found is None:
            return ()
        if not (self.choice.automatic and found.level == "dimension"):
            return found.notices
        framework = found.framework_label.in_(self.ctx.language)
        said = mark("nothing is coded with a factor yet; the factors here are the dimensions of {framework}")
        return (Notice(said, (("framework", framework),)), *found.notices)

    def focus_table(self) -> None:
        at_front = {"dimensions": self.tree, "advice": self.advice.list}
        at_front.get(self.looks.current() or "", self.view).setFocus()

    # out

    def charts(self) -> Sequence[Chart]:
        from coding.reports.charts import factor_spec

        found = self.data.factors if self.data is not None else None
        if found is None:
            return ()
        words = self.ctx.words
        return [Chart(self.chart.accessibleName(), lambda _reader: factor_spec(found, words))]

    def framework_name(self) -> str:
        return self.framework.box.currentText()

    def analysis(self) -> Analysis | None:
        """What is shown, to be pinned."""
        return self.choice.analysis() if self.data is not None and self.data.factors is not None else None

    def places(self) -> tuple[list[Place], list[list[Place]]]:
        return factor_places(self.ctx, self.model)

    def add_to_report(self) -> None:
        if self.data is None or self.data.factors is None:
            return
        draft, choice = ReportDraft.of(self.ctx), self.choice
        if choice.automatic or choice.level == "indicator":
            draft.add_factors("" if choice.automatic else choice.framework)
        else:
            draft.add_part(ReportItem("factors", {"framework": choice.framework, "level": choice.level}))
        framework = self.data.factors.framework_label.in_(self.ctx.language)
        self.ctx.say(self.ctx.t("The report shows the factors by {framework} now (Ctrl+5)", framework=framework))
