"""The tab Framework matrix: informants × dimensions, each cell the analyst's summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget

from app.context import Context
from app.models import matrix_words as words
from app.models.framework_grid import FrameworkChoice, FrameworkData, FrameworkModel, Spot, read_framework
from app.models.matrix_copy import Place
from app.models.matrix_evidence import Door, Opened
from app.widgets.framework_table import FrameworkTable
from app.widgets.parts import EmptyState, button
from app.widgets.summary_box import Passage, SummaryBox
from app.workspaces.matrices.tab import Chooser, MatrixTab
from app.workspaces.report_draft import ReportDraft
from coding.analysis.framework_matrix import VIEW, FrameworkCell, snippets
from coding.analysis.results import Matrix
from coding.errors import mark
from coding.findings.summaries import write_summary
from coding.reports.desk import in_quotes
from coding.reports.options import ReportItem


class FrameworkMatrixTab(MatrixTab):
    """Choices, the table, and below it the summary of the current cell with the passages it rests on."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.choice = FrameworkChoice()
        self.data: FrameworkData | None = None
        self._spot: Spot | None = None
        self.framework, self.level = Chooser("framework_matrix_framework"), Chooser("framework_matrix_level")
        self.order, self.only = Chooser("framework_matrix_order"), Chooser("framework_matrix_only")
        for chooser in (self.framework, self.level, self.order, self.only):
            self.choices.addWidget(chooser)
        self.print_button = button(name="framework_matrix_print")
        self.print_button.clicked.connect(self.print_it)
        self.choices.addWidget(self.print_button)
        self.add_buttons()
        self.model = FrameworkModel(ctx, self)
        self.table = FrameworkTable(ctx, self.model)
        self.box = SummaryBox(ctx)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self.box)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([900, ctx.theme.px(190)])
        self.splitter.setChildrenCollapsible(False)
        self.empty = EmptyState(ctx, "matrices")
        self.pages = QStackedWidget()
        self.pages.addWidget(self.splitter)
        self.pages.addWidget(self.empty)
        self.body.addWidget(self.pages)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.framework.chosen.connect(lambda key: self.choose(FrameworkChoice(key, self.choice.level)))
        self.level.chosen.connect(lambda key: self.choose(replace(self.choice, level=key)))
        self.order.chosen.connect(lambda key: self.choose(replace(self.choice, order=key)))
        self.only.chosen.connect(self._on_only)
        self.table.cell_opened.connect(self._on_cell)
        self.table.current_moved.connect(self._on_moved)
        self.table.writing_asked.connect(self._on_writing)
        self.table.head_opened.connect(self._on_head)
        self.table.copy_requested.connect(self.copy_table)
        self.box.written.connect(self._on_written)
        self.box.confirmed.connect(self._on_written)
        self.box.resting.connect(self._on_resting)
        self.box.left.connect(self.focus_table)
        self.box.passage_opened.connect(self.ctx.go_to_segment)
        self.ctx.leaving.connect(self.box.flush)

    # choosing and showing

    def choose(self, choice: FrameworkChoice) -> None:
        """Show the matrix of `choice`."""
        if choice != self.choice:
            self.box.flush()
            self.choice = choice
            self.recompute()

    def _on_only(self, key: str) -> None:
        by, _, value = key.partition("\n")
        self.choose(replace(self.choice, by=by, value=value))

    def _on_head(self, column: int) -> None:
        """The other way round, as a click on the head of the informants does."""
        order = self.choice.order
        if order and not column:
            self.choose(replace(self.choice, order=order[1:] if order.startswith("-") else f"-{order}"))

    def recompute(self) -> None:
        choice = self.choice
        self.ctx.read(lambda reader: read_framework(reader, choice), self.show_data, key="matrices.framework_matrix")

    def show_data(self, data: FrameworkData) -> None:
        """Show a matrix that was read; the current cell, the scroll and what is being written stay."""
        spot = self.table.spot() or self._spot
        across, down = self.table.horizontalScrollBar().value(), self.table.verticalScrollBar().value()
        self.choice, self.data = data.choice, data
        self.model.show(data)
        self.table.go_to_spot(spot)
        self.table.horizontalScrollBar().setValue(across)
        self.table.verticalScrollBar().setValue(down)
        self._spot = None
        self._say_choices()
        self._say_empty()
        self._show_cell()
        self.ctx.actions.refresh()
        self.show_notices(data.matrix.notices if data.matrix else ())
        self.reopen()

    def clear(self) -> None:
        """Forget the project that was open."""
        self.choice, self.data, self.opened = FrameworkChoice(), None, None
        self._spot, self._stale = None, True
        self.model.show(None)
        self.box.show_cell(None, "", None, ())
        self.show_notices(())

    def state(self) -> dict[str, Any]:
        """What to remember of the project's place here."""
        return {"choice": self.choice.to_json(), "spot": self.table.spot() or self._spot, "room": self.splitter.sizes()}

    def restore(self, state: dict[str, Any]) -> None:
        """Go back to what `state` gave."""
        self.choice = FrameworkChoice.from_json(state.get("choice"))
        match state.get("spot"):
            case [str(informant), str(column)]:
                self._spot = (informant, column)
        match state.get("room"):
            case [int(above), int(below)] if above > 0 and below > 0:
                self.splitter.setSizes([above, below])

    # writing

    def _cell_at(self, spot: Spot | None) -> FrameworkCell | None:
        place = self.model.find(spot) if spot is not None else None
        return self.model.cell(*place) if place is not None else None

    def _show_cell(self) -> None:
        """The summary of the current cell; its passages follow when they are read."""
        spot = self.table.spot()
        cell = self._cell_at(spot)
        if spot is None or cell is None:
            self.box.show_cell(None, self.ctx.t("Choose a cell to write in"), None, ())
            return
        heading = self._name(spot)
        guids = tuple(dict.fromkeys((*cell.segment_ids, *(cell.summary.rests_on if cell.summary else ()))))
        if self.box.spot != spot:
            self.box.show_cell(spot, heading, cell.summary, ())
        if not guids:
            self.box.show_cell(spot, heading, cell.summary, ())
            return

        def show(quotes: dict[str, str]) -> None:
            now = self._cell_at(spot)
            if self.table.spot() == spot and now is not None:
                found = tuple(Passage(guid, in_quotes(quotes[guid])) for guid in guids if guid in quotes)
                self.box.show_cell(spot, heading, now.summary, found)

        self.ctx.read(lambda reader: snippets(reader, guids), show, key="matrices.framework_passages")

    def _name(self, spot: Spot) -> str:
        place = self.model.find(spot)
        return f"{spot[0]} · {self.model.column_name(place[1])}" if place is not None else spot[0]

    def _on_writing(self, row: int, column: int) -> None:
        if column:
            self.box.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_written(self, spot: Spot, text: str) -> None:
        self._write(mark("Summary of {cell}"), spot, text, None)

    def _on_resting(self, spot: Spot, guids: list[str]) -> None:
        cell = self._cell_at(spot)
        text = cell.summary.text if cell is not None and cell.summary is not None else ""
        self._write(mark("Passages of the summary of {cell}"), spot, text, guids)

    def _write(self, title: str, spot: Spot, text: str, rests_on: list[str] | None) -> None:
        matrix = self.data.matrix if self.data is not None else None
        if matrix is None:
            return
        gesture = f"summary {spot[0]} {spot[1]}" if rests_on is None else ""
        self.ctx.operate(
            title,
            lambda op: write_summary(op, matrix, spot[0], spot[1], text, rests_on),
            gesture=gesture,
            cell=self._name(spot),
        )

    # doors

    def _on_cell(self, row: int, column: int, keyboard: bool) -> None:
        spot = self.model.spot(row, column)
        if spot is not None:
            self.open_door(Door("cell", spot[0], "", spot[1]), focus=keyboard)
        elif row < len(self.model.rows):
            self.open_door(Door("row", self.model.rows[row].informant), focus=keyboard)

    def _on_moved(self, row: int, column: int) -> None:
        self._show_cell()
        if self.opened is not None and self.table.hasFocus():
            self._on_cell(row, column, False)

    def door(self, opened: Door) -> Opened | None:
        ctx = self.ctx
        if opened.about == "row":
            row = next((one for one in self.model.rows if one.informant == opened.code), None)
            if row is None:
                return None
            guids = tuple(dict.fromkeys(guid for cell in row.cells for guid in cell.segment_ids))
            return Opened(opened, row.informant, words.segments_explained(ctx, len(guids)), None, guids)
        spot = (opened.code, opened.place or "")
        cell = self._cell_at(spot)
        if cell is None:
            return None
        said = self.model.passages(cell) if cell.passages else ctx.t("Nothing from here has been tagged with it.")
        return Opened(opened, self._name(spot), said, None, cell.segment_ids)

    def undirected_of(self) -> tuple[str, Matrix | None]:
        return self.choice.framework, None

    # words and looks

    def retranslate(self) -> None:
        """Say everything in the language of the interface."""
        t = self.ctx.t
        self.framework.set_caption(t("Framework"))
        self.level.set_caption(t("Columns"))
        self.order.set_caption(t("Order"))
        self.only.set_caption(t("Only"))
        self.table.setAccessibleName(t("Framework matrix"))
        self.print_button.setText(t("Print…"))
        self.box.retranslate()
        self.say_buttons()
        self._say_choices()
        self._say_empty()
        if self.data is not None:
            self.show_notices(self.data.matrix.notices if self.data.matrix else ())
            self.model.refresh()
            self._show_cell()
            self.reopen()

    def take_theme(self) -> None:
        """Take on colours and sizes."""
        self.take_icons()
        self.table.take_theme()
        for chooser in (self.framework, self.level, self.order, self.only):
            chooser.fit()
        self.show_notices(self.data.matrix.notices if self.data and self.data.matrix else ())

    def _say_choices(self) -> None:
        t, language = self.ctx.t, self.ctx.language
        data, choice = self.data, self.choice
        frameworks = data.frameworks if data else ()
        self.framework.set_items([(row.key, row.label(language)) for row in frameworks], choice.framework)
        levels = [("dimension", t("Dimensions")), ("indicator", t("Indicators"))]
        self.level.set_items(levels, choice.level)
        matrix = data.matrix if data else None
        known = [(key, one.in_(language)) for key, one in matrix.attributes] if matrix is not None else []
        orders = [("", t("As in the study")), *known]
        if choice.order.startswith("-"):
            name = dict(known).get(choice.order[1:], "")
            orders.append((choice.order, t("{attribute}, from the end", attribute=name)))
        self.order.set_items(orders, choice.order)
        self.only.set_items([("", t("All informants")), *self._values(known)], f"{choice.by}\n{choice.value}".strip())
        for widget in (self.framework, self.level, self.order, self.only, self.report_button):
            widget.setEnabled(bool(frameworks))

    def _values(self, known: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        matrix = self.data.matrix if self.data else None
        made = []
        for key, label in known:
            values = dict.fromkeys(row.values[key] for row in matrix.rows if key in row.values) if matrix else {}
            made += [(f"{key}\n{value}", f"{label}: {self.model.value(key, value)}") for value in values]
        return made

    def _say_empty(self) -> None:
        t, data = self.ctx.t, self.data
        shown = data is None or bool(self.model.rows)
        self.pages.setCurrentWidget(self.splitter if shown else self.empty)
        self.copy_button.setEnabled(bool(self.model.rows))
        self.print_button.setEnabled(bool(self.model.rows))
        if shown or data is None:
            return
        if data.matrix is None:
            self.empty.set(t("No framework yet"), t("The project has no framework to sum up by."))
        else:
            self.empty.set(
                t("Nobody to sum up yet"),
                t("Bring in transcripts: each informant then has a row, each dimension a column."),
                t("Go to Transcripts"),
                lambda: self.ctx.show_workspace("transcripts"),
            )

    def focus_table(self) -> None:
        self.table.setFocus()

    # out

    def places(self) -> tuple[list[Place], list[list[Place]]]:
        return self.model.places()

    def print_it(self) -> None:
        """Preview the matrix as it would be printed."""
        from app.printing.framework_matrix import FrameworkPaper
        from app.printing.offer import PrintOffer

        self.box.flush()
        PrintOffer(self.ctx, self).show(FrameworkPaper(self.ctx, self.model), landscape=True)

    def add_to_report(self) -> None:
        data = self.data
        if data is None or data.matrix is None:
            return
        settings = {"framework": self.choice.framework, "level": self.choice.level}
        draft = ReportDraft.of(self.ctx)
        draft.take(draft.choice.with_extra(ReportItem(VIEW, settings)))
        framework = data.matrix.framework_label.in_(self.ctx.language)
        self.ctx.say(self.ctx.t("The report shows this matrix by {framework} now (Ctrl+5)", framework=framework))
