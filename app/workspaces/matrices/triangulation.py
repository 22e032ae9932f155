"""The tab Triangulation: choose a matrix, read it, open what stands behind its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, get_args

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.context import Context
from app.models.matrix_choice import LEAST_PERCENT, MOST_PERCENT, MatrixChoice
from app.models.matrix_copy import Place, matrix_places
from app.models.matrix_data import MatrixData, read_matrix
from app.models.matrix_evidence import Door, Opened
from app.widgets.fields import SpinBox
from app.widgets.matrix_view import MatrixView
from app.widgets.parts import EmptyState, label
from app.workspaces.matrices import doors, written
from app.workspaces.matrices.charts import matrix_charts
from app.workspaces.matrices.columns import ColumnMenu
from app.workspaces.matrices.filtering import FilterBar
from app.workspaces.matrices.quoting import Quoting
from app.workspaces.matrices.tab import Chart, Chooser, MatrixTab
from app.workspaces.report_draft import ReportDraft
from coding.analysis.filters import EvidenceChoice
from coding.analysis.pinned import Analysis
from coding.analysis.results import Kind, Level, Matrix
from coding.codes.links import FACTORS

PAUSE = 250
"""Milliseconds to wait while a number is being typed."""


class TriangulationTab(MatrixTab):
    """Choices, matrix and notices."""

    draws = True

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.choice = MatrixChoice()
        self._expanded: dict[str, list[str]] = {}
        self._place: Any = None
        self.data: MatrixData | None = None
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.recompute)
        self.retranslate()

    def _build(self) -> None:
        self.framework = Chooser("matrix_framework")
        self.kind = Chooser("matrix_kind")
        self.columns = Chooser("matrix_columns")
        self.against = Chooser("matrix_against")
        self.threshold = SpinBox()
        self.threshold.setObjectName("matrix_threshold")
        self.threshold.setRange(LEAST_PERCENT, MOST_PERCENT)
        self.threshold.setSuffix(" %")
        self.threshold.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.threshold.setFixedWidth(self.ctx.theme.px(56) + 28)
        self._threshold_caption = label("", "dim")
        self._threshold_caption.setBuddy(self.threshold)
        threshold = QWidget()
        row = QHBoxLayout(threshold)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._threshold_caption)
        row.addWidget(self.threshold)
        self.view = MatrixView(self.ctx)
        self.quoting = Quoting(self.ctx, self.view.rows)
        self.column_menu = ColumnMenu(self.ctx, self, self.quoting, lambda: self.data)
        self.filter = FilterBar(self.ctx)
        self.filter.chosen.connect(lambda evidence: self.choose(replace(self.choice, evidence=evidence)))
        for widget in (
            self.framework,
            self.kind,
            self.columns,
            self.against,
            self.column_menu.button,
            threshold,
            self.filter,
        ):
            self.choices.addWidget(widget)
        self.add_buttons()
        self.empty = EmptyState(self.ctx, "matrices")
        self.pages = QStackedWidget()
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.empty)
        self.body.addWidget(self.pages)
        self.framework.chosen.connect(lambda key: self.choose(replace(self.choice, framework=key)))
        self.kind.chosen.connect(lambda key: self.choose(replace(self.choice, kind=key)))
        self.columns.chosen.connect(lambda key: self.choose(replace(self.choice, columns=key)))
        self.against.chosen.connect(lambda key: self.choose(replace(self.choice, against=key)))
        self.threshold.valueChanged.connect(self._on_threshold)
        self.view.cell_opened.connect(self._on_cell)
        self.view.voice_opened.connect(
            lambda row, column, voice: self.open_door(replace(self._door_at(row, column), voice=voice))
        )
        self.view.current_moved.connect(self._on_moved)
        self.view.column_moved.connect(self.column_menu.move)
        self.view.head_opened.connect(lambda column: self.open_door(self._head_door(column)))
        self.view.copy_requested.connect(self.copy_table)
        self.view.menu_requested.connect(self._on_menu)

    # choices

    def choose(self, choice: MatrixChoice) -> None:
        """Count the matrix of `choice`."""
        if choice != self.choice:
            self._keep_expanded()
            self.choice = choice
            self.recompute()

    def _on_threshold(self, percent: int) -> None:
        if percent != self.choice.percent:
            self.choice = replace(self.choice, percent=percent)
            self._timer.start()

    def recompute(self) -> None:
        self._timer.stop()
        choice = self.choice
        self.ctx.read(lambda reader: read_matrix(reader, choice), self.show_data, key="matrices.triangulation")

    def show_data(self, data: MatrixData) -> None:
        """Show a matrix that was counted; the current cell, the scroll and what is open stay."""
        view, before = self.view, self.data.choice.framework if self.data else ""
        place = view.place() or self._place
        self._place = None
        bars = (view.verticalScrollBar(), view.horizontalScrollBar())
        scrolled = [bar.value() for bar in bars]
        if before and before == data.choice.framework:
            self._keep_expanded()
        self.choice, self.data = data.choice, data
        fresh = view.rows.show(data, self._expanded_of(data))
        if fresh:
            view.go_to_place(place)
            for bar, value in zip(bars, scrolled, strict=True):
                bar.setValue(value)
        self._say_choices()
        self._say_empty()
        self.ctx.actions.refresh()
        self.show_notices(data.matrix.notices if data.matrix else ())
        self.reopen()

    def _expanded_of(self, data: MatrixData) -> Iterable[str]:
        """What was expanded in this framework; at first the first dimension that somebody speaks of."""
        kept = self._expanded.get(data.choice.framework)
        if kept is not None or data.matrix is None:
            return kept or ()
        return [row.code for row in data.matrix.rows if row.status != "absent"][:1]

    def _keep_expanded(self) -> None:
        if self.data is not None and self.data.matrix is not None:
            self._expanded[self.data.choice.framework] = sorted(self.view.rows.expanded)

    def clear(self) -> None:
        """Forget the project that was open."""
        self.choice, self.data, self.opened = MatrixChoice(), None, None
        self._expanded, self._place, self._stale = {}, None, True
        self.view.rows.parted = set()
        self._timer.stop()
        self.view.rows.show(None, ())
        self.show_notices(())

    def state(self) -> dict[str, Any]:
        """What to remember of the project's place here."""
        self._keep_expanded()
        parted = [[*key, column] for key, column in sorted(self.view.rows.parted)]
        place = self.view.place() or self._place
        return {"choice": self.choice.to_json(), "expanded": self._expanded, "parted": parted, "place": place}

    def restore(self, state: dict[str, Any]) -> None:
        """Go back to what `state` gave."""
        self.choice = MatrixChoice.from_json(state.get("choice", {}))
        self._expanded = {str(key): [str(code) for code in codes] for key, codes in state.get("expanded", {}).items()}
        self.view.rows.parted = {
            ((str(code), str(part)), str(column)) for code, part, column in state.get("parted", [])
        }
        match state.get("place"):
            case [[str(code), str(part)], None | str() as column, int(kind)] if kind in (0, 1, 2):
                self._place = ((code, part), column, kind)

    # doors

    def _on_cell(self, row: int, column: int, keyboard: bool) -> None:
        self.open_door(self._door_at(row, column), focus=keyboard)

    def _on_moved(self, row: int, column: int) -> None:
        if self.opened is not None and self.view.hasFocus():
            self.open_door(self._door_at(row, column))

    def _door_at(self, row: int, column: int) -> Door:
        line, head = self.view.rows.lines[row], self.view.rows.column_at(column)
        if head is not None:
            return Door("cell", *line.key, head.key or "")
        return Door("row" if column == 0 else "status", *line.key)

    def _head_door(self, column: int) -> Door:
        head = self.view.rows.column_at(column)
        assert head is not None
        return Door("column", place=head.key or "")

    def door(self, opened: Door) -> Opened | None:
        return doors.opened(self.ctx, self.data, opened) if self.data is not None else None

    # what the analyst writes

    def write_finding(self, door: Door, text: str) -> None:
        """Keep the finding on what is behind `door`; an empty text removes it."""
        written.write_finding(self.ctx, self.data, door, text)

    def ask_judgement(self, door: Door) -> None:
        """Ask for the analyst's judgement on a row."""
        written.ask_judgement(self.ctx, self.window(), self.data, door)

    def remove_judgement(self, door: Door) -> None:
        """Take the analyst's judgement on a row away."""
        written.remove_judgement(self.ctx, self.data, door)

    def evidence_choice(self) -> EvidenceChoice:
        return self.choice.evidence

    def undirected_of(self) -> tuple[str, Matrix | None]:
        return self.choice.framework, self.data.matrix if self.data else None

    def _on_menu(self, row: int, column: int, pos: QPoint) -> None:
        t, rows = self.ctx.t, self.view.rows
        entries: list[tuple[str, object] | None] = []
        head = rows.column_at(column)
        if head is not None:
            entries.append((t("Show the passages of this cell"), lambda: self._on_cell(row, column, True)))
            if rows.parts(row, column):
                parted = bool(rows.parted_at(row, column))
                said = t("Put its voices together") if parted else t("Split it into its voices")
                entries.append((said, lambda: rows.set_parted(row, column, not parted)))
        entries.append((t("Show the passages of this row"), lambda: self._on_cell(row, 0, True)))
        judged = Door("row", *rows.lines[row].key)
        if rows.lines[row].row.topic is None:
            entries.append((t("Judge this row otherwise…"), lambda: self.ask_judgement(judged)))
        if head is not None:
            door = self._head_door(column)
            entries.append((t("Show the passages of this column"), lambda: self.open_door(door, focus=True)))
            entries += self.column_menu.entries_for(column - 1)
        entries += [
            None,
            (t("Expand all"), lambda: rows.expand_all(True)),
            (t("Collapse all"), lambda: rows.expand_all(False)),
            None,
            (t("Copy as table"), self.copy_table),
        ]
        self.menu(entries, pos)

    # words and looks

    def retranslate(self) -> None:
        """Say everything in the language of the interface."""
        t = self.ctx.t
        self.framework.set_caption(t("Framework"))
        self.kind.set_caption(t("Kind"))
        self.columns.set_caption(t("Columns"))
        self.against.set_caption(t("Against"))
        self._threshold_caption.setText(t("Threshold"))
        self.threshold.setAccessibleName(t("Threshold"))
        self.threshold.setToolTip(
            t("The share of a voice's passages with a direction that must point one way for the voice to count as such")
        )
        self.view.setAccessibleName(t("Triangulation matrix"))
        self.say_buttons()
        self.column_menu.say()
        self._say_choices()
        self._say_empty()
        if self.data is not None:
            self.show_notices(self.data.matrix.notices if self.data.matrix else ())
            self.view.rows.refresh()
            self.view.take_theme()
            self.reopen()

    def take_theme(self) -> None:
        """Take on colours and sizes."""
        self.view.take_theme()
        self.threshold.setFixedWidth(self.ctx.theme.px(56) + 28)
        for chooser in (self.framework, self.kind, self.columns, self.against):
            chooser.fit()
        self.filter.say()
        self.take_icons()
        self.show_notices(self.data.matrix.notices if self.data and self.data.matrix else ())

    def _say_choices(self) -> None:
        data, choice, language = self.data, self.choice, self.ctx.language
        frameworks = data.frameworks if data else ()
        labels = [(row.key, row.label(language)) for row in frameworks]
        self.framework.set_items(labels, choice.framework)
        kinds = [(kind, words_of) for kind, words_of in self._kinds().items() if kind != "theory" or len(labels) > 1]
        self.kind.set_items(kinds, choice.kind)
        columns = data.columns if data else ()
        self.columns.set_items([(key, one.in_(language)) for key, one in columns], choice.columns)
        self.against.set_items([one for one in labels if one[0] != choice.framework], choice.against)
        self.filter.show_choice(choice.evidence, data.filters if data and data.matrix else None)
        self.columns.setVisible(choice.kind == "source")
        self.against.setVisible(choice.kind == "theory")
        self.threshold.blockSignals(True)
        self.threshold.setValue(choice.percent)
        self.threshold.blockSignals(False)
        choosers = (self.framework, self.kind, self.columns, self.against, self.threshold)
        for widget in (*choosers, self.report_button, self.chart_button):
            widget.setEnabled(bool(labels))

    def _kinds(self) -> dict[Kind, str]:
        t = self.ctx.t
        said: dict[Kind, str] = {
            "source": t("Source"), "method": t("Method"), "time": t("Time"), "place": t("Place"),
            "investigator": t("Investigator"), "theory": t("Theory"),
        }  # fmt: skip
        assert set(said) == set(get_args(Kind))
        return said

    def _say_empty(self) -> None:
        t, matrix = self.ctx.t, self.data.matrix if self.data else None
        shown = matrix is not None and bool(matrix.rows) and bool(matrix.columns)
        self.pages.setCurrentWidget(self.view if shown or self.data is None else self.empty)
        self.copy_button.setEnabled(shown)
        if shown or self.data is None:
            return
        if matrix is None:
            self.empty.set(t("No framework yet"), t("The project has no framework to compare by."))
        elif self.choice.kind == "investigator":
            self.empty.set(
                t("Nobody has coded with this framework yet"),
                t("Columns are the coders, over the sources that all of them have marked as done."),
            )
        else:
            self.empty.set(
                t("Nobody to compare yet"),
                t("Bring in transcripts and tag passages; who says what then stands here side by side."),
                t("Go to Transcripts"),
                lambda: self.ctx.show_workspace("transcripts"),
            )

    def focus_table(self) -> None:
        self.view.setFocus()

    # out

    def level(self) -> Level:
        """The level of the rows that are seen: indicators once any dimension is open."""
        return "indicator" if any(line.expanded for line in self.view.rows.lines) else "dimension"

    def charts(self) -> Sequence[Chart]:
        if self.data is None or self.data.matrix is None:
            return ()
        return matrix_charts(self.ctx, self.data, self.level())

    def framework_name(self) -> str:
        return self.framework.box.currentText()

    def analysis(self) -> Analysis | None:
        """What is shown, to be pinned."""
        shown = self.data is not None and self.data.matrix is not None
        return self.choice.analysis(self.level()) if shown else None

    def places(self) -> tuple[list[Place], list[list[Place]]]:
        return matrix_places(self.ctx, self.view.rows)

    def add_to_report(self) -> None:
        data = self.data
        if data is None or data.matrix is None:
            return
        level = self.level()
        draft = ReportDraft.of(self.ctx)
        coded = tuple(row.key for row in data.frameworks if row.segments and row.key != FACTORS)
        draft.add_matrix(self.choice, level, coded)
        framework = data.matrix.framework_label.in_(self.ctx.language)
        self.ctx.say(self.ctx.t("The report shows this matrix by {framework} now (Ctrl+5)", framework=framework))
