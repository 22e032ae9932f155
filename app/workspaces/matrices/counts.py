"""What the tabs of counts have in common: choices that are kept, a table that sorts, numbers that are doors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.context import Context
from app.models import matrix_words as words
from app.models.count_grid import EMPTY, Grid, GridCell
from app.models.matrix_copy import Place
from app.models.matrix_evidence import Door, Opened
from app.widgets.count_table import CountTable
from app.widgets.parts import EmptyState
from app.workspaces.matrices.tab import Chooser, MatrixTab
from app.workspaces.report_draft import ReportDraft
from coding.analysis.results import Matrix
from coding.analysis.results_counts import CodeLine
from coding.codes.queries import frameworks
from coding.codes.rows import FrameworkRow
from coding.project import Reader
from coding.reports.options import ReportItem
from coding.words import Notice

Choice = dict[str, str]
TOTAL = ("", "total")
"""The key of a row of totals."""
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Counted:
    """A result with the choice it is of, settled on what the project has, and what there is to choose from."""

    choice: Choice
    result: Any
    frameworks: tuple[FrameworkRow, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)


class CountTab(MatrixTab):
    """A tab with choosers and a table. A subclass says how it reads, what it shows and what stands behind a cell."""

    name = ""
    fields: tuple[str, ...] = ()
    defaults: Mapping[str, str] = {}
    draws = True
    prints = True
    """Whether the report has such a table."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.choice: Choice = dict(self.defaults)
        self.counted: Counted | None = None
        self._place: Any = None
        self.choosers = {key: Chooser(f"{self.name}_{key}") for key in self.fields}
        for key, chooser in self.choosers.items():
            self.choices.addWidget(chooser)
            chooser.chosen.connect(lambda value, key=key: self.choose(key, value))
        self.build_choices()
        self.add_buttons()
        self.table = CountTable(ctx, f"{self.name}_table")
        self.empty = EmptyState(ctx, "matrices")
        self.front: QWidget = self.table
        self.pages = QStackedWidget()
        self.pages.addWidget(self.table)
        self.pages.addWidget(self.empty)
        self.body.addWidget(self.pages)
        self.table.cell_opened.connect(self._on_cell)
        self.table.copy_requested.connect(self.copy_table)
        self.build()
        self.retranslate()

    # what each tab says for itself

    def build_choices(self) -> None:
        """Add what there is to choose besides the choosers."""

    def build(self) -> None:
        """Add what the tab has besides choosers and table."""

    def read(self, reader: Reader, choice: Choice) -> Counted:
        """Count; runs beside the window."""
        raise NotImplementedError

    def grid(self, counted: Counted) -> Grid:
        """The table of a result."""
        raise NotImplementedError

    def captions(self) -> dict[str, str]:
        """What each chooser chooses, in words."""
        raise NotImplementedError

    def items(self, key: str, counted: Counted | None) -> Sequence[tuple[str, str]]:
        """What can be chosen for `key`."""
        raise NotImplementedError

    def behind(self, reader: Reader, counted: Counted, door: Door) -> tuple[str, ...]:
        """The segments behind a cell; runs beside the window."""
        raise NotImplementedError

    def said(self, door: Door, guids: tuple[str, ...]) -> tuple[str, str]:
        """Heading and number of what was opened."""
        return self.place_name(door), words.segments_explained(self.ctx, len(guids))

    def say_empty(self) -> tuple[str, str]:
        """What is missing when there are no rows, and what to do."""
        t = self.ctx.t
        return t("Nothing to count yet"), t("Tag passages in Transcripts; what was tagged is counted here.")

    def notes(self, counted: Counted) -> Sequence[Notice]:
        """Over what was counted."""
        return tuple(counted.result.notices)

    # choosing and showing

    def choose(self, key: str, value: str) -> None:
        """Choose `value` for `key` and count."""
        if self.choice.get(key) != value:
            self.choice = {**self.choice, key: value}
            self.recompute()

    def recompute(self) -> None:
        choice = dict(self.choice)
        self.ctx.read(lambda reader: self.read(reader, choice), self.show_counted, key=f"matrices.{self.name}")

    def show_counted(self, counted: Counted) -> None:
        """Show a result; the current cell, the scroll and what is open stay."""
        self.choice, self.counted = counted.choice, counted
        self._show()
        self._say_choices()
        self.ctx.actions.refresh()
        self.show_notices(self.notes(counted))
        self.reopen()

    def _show(self) -> None:
        place = self.table.place() or self._place
        across, down = self.table.horizontalScrollBar().value(), self.table.verticalScrollBar().value()
        self.table.rows.show(self.grid(self.counted) if self.counted is not None else EMPTY)
        if place is not None:
            self.table.go_to_place(place)
        self._place = None
        self.table.horizontalScrollBar().setValue(across)
        self.table.verticalScrollBar().setValue(down)
        shown = bool(self.table.rows.order) or self.counted is None
        self.pages.setCurrentWidget(self.front if shown else self.empty)
        self.copy_button.setEnabled(bool(self.table.rows.order))
        self.chart_button.setEnabled(bool(self.charts()))
        self.chart_button.setVisible(self.draws)
        self.report_button.setVisible(self.prints)
        self.report_button.setEnabled(self.prints and bool(self.table.rows.order))
        self.empty.set(*self.say_empty())

    def clear(self) -> None:
        """Forget the project that was open."""
        self.choice, self.counted, self.opened = dict(self.defaults), None, None
        self._place, self._stale = None, True
        self.table.rows.sorted_by = None
        self._show()
        self.show_notices(())

    def state(self) -> dict[str, Any]:
        """What to remember of the project's place here."""
        return {"choice": self.choice, "sorted": self.table.rows.sorted_by, "place": self.table.place() or self._place}

    def restore(self, state: dict[str, Any]) -> None:
        """Go back to what `state` gave."""
        kept = state.get("choice", {})
        if isinstance(kept, dict):
            self.choice |= {k: v for k, v in kept.items() if k in self.defaults and isinstance(v, str)}
        match state.get("sorted"):
            case [str(key), bool(most)]:
                self.table.rows.sorted_by = (key, most)
        match state.get("place"):
            case [[str(path), str(part)], str(column)]:
                self._place = ((path, part), column)

    # doors

    def _on_cell(self, row: int, column: int, keyboard: bool) -> None:
        if self.table.rows.cell(row, column).door:
            self.open_door(self.door_at(row, column), focus=keyboard)

    def door_at(self, row: int, column: int) -> Door:
        """The door of a cell of the table."""
        path, part = self.table.rows.key(row)
        return Door("count", path, part, self.table.rows.grid.columns[column].key)

    def place_name(self, door: Door) -> str:
        """Row and column of a door in words."""
        row = self.table.rows.find((door.code, door.part))
        label = self.table.rows.cell(row, 0).text if row is not None else ""
        columns = self.table.rows.grid.columns
        head = next((c.text for c in columns[1:] if c.key == door.place), "")
        return f"{label} · {head}" if head else label

    def open_door(self, door: Door, *, focus: bool = False) -> None:
        counted = self.counted
        if counted is None:
            return

        def show(guids: tuple[str, ...]) -> None:
            heading, number = self.said(door, guids)
            self.opened = Opened(door, heading, number, None, guids)
            self.door_opened.emit(self.opened, focus)

        self.ctx.read(lambda reader: self.behind(reader, counted, door), show, key="matrices.behind")

    def reopen(self) -> None:
        if self.opened is None:
            return
        door = self.opened.door
        if self.table.rows.find((door.code, door.part)) is None:
            self.opened = None
            self.door_closed.emit()
        else:
            self.open_door(door)

    def door(self, opened: Door) -> Opened | None:
        return self.opened if self.opened is not None and self.opened.door == opened else None

    # words and looks

    def retranslate(self) -> None:
        """Say everything in the language of the interface."""
        for key, text in self.captions().items():
            self.choosers[key].set_caption(text)
        self.say_buttons()
        self._say_choices()
        if self.counted is not None:
            self._show()
            self.show_notices(self.notes(self.counted))
            self.reopen()
        else:
            self.empty.set(*self.say_empty())

    def _say_choices(self) -> None:
        for key, chooser in self.choosers.items():
            chooser.set_items(self.items(key, self.counted), self.choice.get(key, ""))

    def take_theme(self) -> None:
        """Take on colours and sizes."""
        self.table.take_theme()
        self.take_icons()
        for chooser in self.choosers.values():
            chooser.fit()
        self.show_notices(self.notes(self.counted) if self.counted is not None else ())

    def focus_table(self) -> None:
        self.table.setFocus()

    def places(self) -> tuple[list[Place], list[list[Place]]]:
        return self.table.rows.places()

    def report_settings(self, counted: Counted) -> dict[str, Any]:
        """What is chosen here as settings of the report's table; an empty one leaves it to the report."""
        return {key: value for key, value in counted.choice.items() if key in self.fields}

    def add_to_report(self) -> None:
        if self.counted is not None and self.prints:
            settings = self.report_settings(self.counted)
            ReportDraft.of(self.ctx).add_part(
                ReportItem(self.name, {key: value for key, value in settings.items() if value})
            )
            self.ctx.say(self.ctx.t("The report has this table now (Ctrl+5)"))

    def undirected_of(self) -> tuple[str, Matrix | None]:
        return self.choice.get("framework", ""), None

    # words that several tabs share

    def framework_items(self, counted: Counted | None) -> list[tuple[str, str]]:
        """All codes, and each framework."""
        rows = counted.frameworks if counted is not None else ()
        return [("", self.ctx.t("All codes")), *((row.key, row.label(self.ctx.language)) for row in rows)]

    def level_items(self) -> list[tuple[str, str]]:
        """Dimensions or indicators."""
        return [("dimension", self.ctx.t("Dimensions")), ("indicator", self.ctx.t("Indicators"))]

    def code_cell(self, line: CodeLine) -> GridCell:
        """A code as the head of a row."""
        name = words.in_words(self.ctx, line.label)
        if line.part == "no_indicator" and line.parent_label is not None:
            name = f"{words.in_words(self.ctx, line.parent_label)} · {name}"
        top = line.part in ("dimension", "open")
        return GridCell(name, name.casefold(), indent=not top, bold=top, color=line.color)

    def number_cell(self, value: int, *, bold: bool = False, most: int = 0) -> GridCell:
        """A count; tinted by how near it is to `most`."""
        text = self.ctx.words.number(value) if value else NOTHING
        return GridCell(text, value, bold=bold, tint=value / most if most else 0.0, door=bool(value))


def settled(reader: Reader, choice: Choice, *, first: bool = False) -> tuple[Choice, tuple[FrameworkRow, ...]]:
    """The choice with a framework that the project has (all codes else, or with `first` its first), and all of them."""
    found = tuple(frameworks(reader))
    keys = [row.key for row in found]
    if choice.get("framework") not in keys and (choice.get("framework") or first):
        coded = [row.key for row in found if row.segments] or keys
        return {**choice, "framework": coded[0] if coded and first else ""}, found
    return choice, found
