"""The window of informants: their table, planned against heard, and what can be done with them."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.context import Context
from app.informants.cell_editors import CellDelegate
from app.informants.dialogs import AttributeDialog, CodeDialog, MergeDialog, RemoveDialog, SplitDialog
from app.informants.erasing import ask_erase
from app.informants.model import TURNS, InformantTable
from app.informants.planned_view import PlannedView, table_look
from app.widgets.own_keys import own_key
from app.widgets.parts import SegmentedTabs, button, label, line
from app.widgets.side_window import SideWindow
from coding.changes import Changes
from coding.errors import CodingError, mark
from coding.informants.attributes import AttributeRow, attributes, order_attributes, remove_attribute
from coding.informants.cells import parse_grid, paste_grid, set_cell
from coding.informants.merging import SpokenSource, differences, spoken_sources
from coding.informants.queries import informants
from coding.project import Operation, Reader
from coding.transcripts.rows import InformantRow

WIDTHS = {
    "code": 86, TURNS: 62, "honorific": 84, "name": 170, "role": 180, "group": 110, "category": 160, "age": 56,
    "gender": 104, "place": 130, "pseudonym": 110, "planned": 76, "consent": 110, "keep_until": 120, "left_out": 80,
    "remark": 200,
}  # fmt: skip
PAUSE = 200


class _Read(NamedTuple):
    people: list[InformantRow]
    attributes: list[AttributeRow]


class InformantsWindow(SideWindow):
    """Every informant of the project. Each change is a step of the history; Ctrl+Z takes it back here too."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(ctx, parent, "informants", 1120, 560)
        self.model = InformantTable(ctx, self)
        self._wanted: tuple[str, str] | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._build()
        self._connect()
        self.retranslate()
        self.recolor()

    def _build(self) -> None:
        self.tabs = SegmentedTabs()
        self.search = QLineEdit()
        self.search.setObjectName("informant_search")
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(self.ctx.theme.px(240))
        self.add = button("", "", name="add_informant")
        self.add_column = button("", "", name="add_column")
        self.more = button("", "", name="informant_more")
        top = QHBoxLayout()
        top.setContentsMargins(16, 12, 16, 10)
        top.setSpacing(8)
        top.addWidget(self.tabs)
        top.addWidget(self.search)
        top.addStretch(1)
        for widget in (self.add, self.add_column, self.more):
            top.addWidget(widget)
        self.table = QTableView()
        self.table.setObjectName("informant_table")
        self.table.setModel(self.model)
        self.table.setItemDelegate(CellDelegate(self.ctx, self.model, self.table))
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.setShowGrid(False)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.ctx.theme.px(32))
        head = self.table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.planned = PlannedView(self.ctx)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.table)
        self.pages.addWidget(self.planned)
        self.problem = label("", "error", wrap=True)
        self.count = label("", "dim")
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 6, 16, 8)
        foot.addWidget(self.count)
        foot.addSpacing(16)
        foot.addWidget(self.problem, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(line())
        column.addWidget(self.pages, 1)
        column.addWidget(line())
        column.addLayout(foot)

    def _connect(self) -> None:
        ctx, table = self.ctx, self.table
        self.tabs.chosen.connect(self._on_tab)
        self.search.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(lambda: self.model.set_filter(self.search.text()))
        self.add.clicked.connect(self.add_informant)
        self.add_column.clicked.connect(lambda: self.edit_column(None))
        self.more.clicked.connect(self._on_more)
        self.model.refused.connect(self._on_refused)
        table.horizontalHeader().sortIndicatorChanged.connect(self.model.sort)
        table.horizontalHeader().customContextMenuRequested.connect(self._on_head_menu)
        table.customContextMenuRequested.connect(self._on_menu)
        table.doubleClicked.connect(self._on_double_click)
        ctx.changed.connect(self._on_changed)
        ctx.language_changed.connect(self.retranslate)
        ctx.theme_changed.connect(self.recolor)
        QShortcut(QKeySequence("Ctrl+F"), self, self.search.setFocus)
        QShortcut(QKeySequence("Ctrl+N"), self, self.add_informant)
        for keys, work in (("Ctrl+Z", ctx.undo), ("Ctrl+Y", ctx.redo), ("Ctrl+Shift+Z", ctx.redo)):
            own_key(table, keys, work)
        for keys, work in (("Ctrl+C", self.copy), ("Ctrl+V", self.paste), ("Delete", self.clear_cells)):
            own_key(table, keys, work)

    # reading

    def open_at(self, guid: str | None = None) -> None:
        """Show the table, at this informant."""
        self.bring_up()
        if guid is not None:
            self._wanted = (guid, "code")
        self.renew()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def renew(self) -> None:
        """Read everything again."""
        if self.ctx.project is not None and self.isVisible():

            def read(reader: Reader) -> _Read:
                return _Read(informants(reader), attributes(reader))

            self.ctx.read(read, self._take, key="informants.table")

    def _take(self, found: _Read) -> None:
        place = self._wanted or self._place()
        self._wanted = None
        self.model.set_people(found.people, found.attributes)
        self.planned.set_people(found.people)
        self._fit_columns()
        self._say_count()
        if place is not None:
            self._go(*place)
        elif self.model.rows and not self.table.currentIndex().isValid():
            self._go(self.model.rows[0].guid, "code")

    def _fit_columns(self) -> None:
        head = self.table.horizontalHeader()
        px, metrics = self.ctx.theme.px, head.fontMetrics()
        for number, column in enumerate(self.model.columns):
            least = metrics.horizontalAdvance(self.model.name_of(column)) + px(34)
            head.resizeSection(number, max(px(WIDTHS.get(column.key, 120)), least))

    def _place(self) -> tuple[str, str] | None:
        index = self.table.currentIndex()
        if not index.isValid() or index.row() >= len(self.model.rows):
            return None
        return self.model.rows[index.row()].guid, self.model.columns[index.column()].key

    def _go(self, guid: str, key: str) -> None:
        row = self.model.place_of(guid)
        column = next((i for i, c in enumerate(self.model.columns) if c.key == key), 0)
        if row >= 0:
            index = self.model.index(row, column)
            self.table.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.table.scrollTo(index)

    def _say_count(self) -> None:
        people = self.model.rows
        heard = sum(person.heard for person in people)
        text = self.ctx.n("{count} informant", "{count} informants", count=len(people))
        self.count.setText(f"{text} · {self.ctx.t('{count} heard', count=heard)}")

    def _on_changed(self, changes: Changes) -> None:
        if changes & (Changes.INFORMANTS | Changes.SOURCES):
            self.renew()

    def _on_refused(self, text: str) -> None:
        self.problem.setText(text)

    def _on_tab(self, key: str) -> None:
        self.pages.setCurrentIndex(0 if key == "table" else 1)
        self.search.setVisible(key == "table")

    # who is chosen

    def chosen(self) -> list[InformantRow]:
        """The informants with a chosen cell, in the order of the table; the current one first."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedIndexes()})
        current = self.table.currentIndex()
        if current.isValid() and current.row() in rows:
            rows.remove(current.row())
            rows.insert(0, current.row())
        return [self.model.rows[number] for number in rows]

    @property
    def _can_write(self) -> bool:
        return self.ctx.project is not None and not self.ctx.project.read_only

    def _codes(self) -> set[str]:
        return {person.code.casefold() for person in self.model.people}

    # what is done

    def add_informant(self) -> None:
        """Ask for the code of a new informant."""
        if self._can_write:
            CodeDialog(self.ctx, self, self._codes(), self._on_added).open()

    def _on_added(self, guid: str) -> None:
        self.search.clear()
        self.model.set_filter("")
        self._wanted = (guid, "name")

    def edit_column(self, row: AttributeRow | None) -> None:
        """Ask for name and kind of a column, a new one without `row`."""
        if self._can_write:
            taken = {self.model.name_of(c).casefold() for c in self.model.columns}
            AttributeDialog(self.ctx, self, row, taken - ({row.name.casefold()} if row else set())).open()

    def remove_column(self, row: AttributeRow) -> None:
        """Remove a column with what stands in it; undo brings it back."""

        def work(op: Operation) -> None:
            remove_attribute(op, row.guid)

        self.ctx.operate(mark("Remove the column “{name}”"), work, name=row.name)

    def move_column(self, row: AttributeRow, by: int) -> None:
        """Move a column of the study's own among its like."""
        guids = [attribute.guid for attribute in self.model.attributes]
        at = guids.index(row.guid)
        guids.insert(min(max(at + by, 0), len(guids) - 1), guids.pop(at))
        self.ctx.operate(mark("Move the column “{name}”"), lambda op: order_attributes(op, guids), name=row.name)

    def merge(self) -> None:
        """Make the two chosen informants one: the current one stays."""
        chosen = self.chosen()
        if len(chosen) != 2:
            self._on_refused(self.ctx.t("Choose cells of the two who are one person (Ctrl and click)"))
            return
        keep, other = chosen
        self.ctx.read(
            lambda reader: differences(reader, keep.guid, other.guid),
            lambda found: MergeDialog(self.ctx, self, keep, other, found).open(),
            key="informants.merge",
        )

    def split(self) -> None:
        """Ask in which sources the current informant is somebody else."""
        chosen = self.chosen()
        if chosen:
            row = chosen[0]
            self.ctx.read(
                lambda reader: spoken_sources(reader, row.guid),
                lambda found: SplitDialog(self.ctx, self, row, found, self._codes()).open(),
                key="informants.split",
            )

    def remove(self) -> None:
        """Ask whether the current informant is to go."""
        chosen = self.chosen()
        if chosen:
            RemoveDialog(self.ctx, self, chosen[0], self.model.people).open()

    def erase(self) -> None:
        """Ask whether all of the current informant is to go for good."""
        chosen = self.chosen()
        if chosen:
            ask_erase(self.ctx, self, chosen[0])

    def show_turns(self, row: InformantRow, source: str | None = None) -> None:
        """Go to the first turn of the informant, in the source of this name."""

        def go(found: list[SpokenSource]) -> None:
            for spoken in found:
                if source is None or spoken.name == source:
                    self.ctx.go_to_passage(spoken.guid, spoken.start, spoken.end)
                    return
            self._on_refused(self.ctx.t("{code} speaks in no source", code=row.code))

        self.ctx.read(lambda reader: spoken_sources(reader, row.guid), go, key="informants.turns")

    def _on_double_click(self) -> None:
        current = self.table.currentIndex()
        if current.isValid() and self.model.columns[current.column()].key == TURNS:
            self.show_turns(self.model.rows[current.row()])

    # the clipboard

    def copy(self) -> None:
        """Put the chosen cells on the clipboard as spreadsheets take them."""
        indexes = self.table.selectionModel().selectedIndexes()
        if not indexes:
            return
        rows, columns = sorted({i.row() for i in indexes}), sorted({i.column() for i in indexes})
        chosen = {(i.row(), i.column()) for i in indexes}
        lines = []
        for row in rows:
            cells = [self._copied(row, column) if (row, column) in chosen else "" for column in columns]
            lines.append("\t".join(cells))
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _copied(self, row: int, column: int) -> str:
        shown = self.model.columns[column]
        value = self.model.value(self.model.rows[row], shown)
        if shown.kind == "switch":
            return self.ctx.t("yes") if value else self.ctx.t("no")
        return "" if value is None else str(value)

    def paste(self) -> None:
        """Write what a spreadsheet put on the clipboard, beginning at the current cell, as one step."""
        if not self._can_write:
            return
        try:
            grid = parse_grid(QGuiApplication.clipboard().text())
        except CodingError as error:
            self._on_refused(error.say(self.ctx.words))
            return
        at = self.table.currentIndex()
        row, first = (at.row(), at.column()) if at.isValid() else (0, 0)
        columns = [column for column in self.model.columns[first:] if column.key != TURNS]
        people = [person.guid for person in self.model.rows[row:]]

        def work(op: Operation) -> None:
            paste_grid(op, grid, people, columns)

        self._on_refused("")
        self.ctx.operate(mark("Paste into the table of informants"), work, failed=self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, CodingError):
            self._on_refused(error.say(self.ctx.words))

    def clear_cells(self) -> None:
        """Empty the chosen cells, but for codes, as one step."""
        if not self._can_write:
            return
        cells = [
            (self.model.rows[i.row()].guid, self.model.columns[i.column()])
            for i in self.table.selectionModel().selectedIndexes()
            if self.model.columns[i.column()].key not in ("code", TURNS)
        ]

        def work(op: Operation) -> None:
            for guid, column in cells:
                set_cell(op, guid, column, "")

        if cells:
            self.ctx.operate(mark("Empty cells of informants"), work)

    # menus

    def _on_more(self) -> None:
        self.row_menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _on_menu(self, where: QPoint) -> None:
        self.row_menu().popup(self.table.viewport().mapToGlobal(where))

    def row_menu(self) -> QMenu:
        """What can be done with who is chosen."""
        t, chosen = self.ctx.t, self.chosen()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if chosen:
            turns = menu.addMenu(t("Show the turns of {code}", code=chosen[0].code))
            for name in chosen[0].sources:
                turns.addAction(name, partial(self.show_turns, chosen[0], name))
            turns.setEnabled(bool(chosen[0].sources))
            menu.addSeparator()
        write = self._can_write
        menu.addAction(t("Merge the two chosen…"), self.merge).setEnabled(write and len(chosen) == 2)
        menu.addAction(t("Split…"), self.split).setEnabled(write and len(chosen) == 1)
        menu.addAction(t("Remove…"), self.remove).setEnabled(write and len(chosen) == 1)
        menu.addAction(t("Erase for good…"), self.erase).setEnabled(write and len(chosen) == 1)
        menu.addSeparator()
        menu.addAction(t("Copy"), QKeySequence(QKeySequence.StandardKey.Copy), self.copy)
        menu.addAction(t("Paste"), QKeySequence(QKeySequence.StandardKey.Paste), self.paste).setEnabled(write)
        menu.addAction(t("Empty the cells"), QKeySequence("Delete"), self.clear_cells).setEnabled(write)
        return menu

    def _on_head_menu(self, where: QPoint) -> None:
        column = self.table.horizontalHeader().logicalIndexAt(where)
        menu = self.head_menu(column)
        menu.popup(self.table.horizontalHeader().mapToGlobal(where))

    def head_menu(self, number: int) -> QMenu:
        """What can be done with a column."""
        t = self.ctx.t
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        row = self.model.columns[number].attribute if 0 <= number < len(self.model.columns) else None
        if row is not None:
            guids = [attribute.guid for attribute in self.model.attributes]
            menu.addAction(t("Change the column…"), partial(self.edit_column, row))
            left = menu.addAction(t("Move to the left"), partial(self.move_column, row, -1))
            right = menu.addAction(t("Move to the right"), partial(self.move_column, row, 1))
            left.setEnabled(guids.index(row.guid) > 0)
            right.setEnabled(guids.index(row.guid) < len(guids) - 1)
            menu.addAction(t("Remove the column"), partial(self.remove_column, row))
            menu.addSeparator()
        menu.addAction(t("New column…"), partial(self.edit_column, None))
        for action in menu.actions():
            action.setEnabled(action.isEnabled() and self._can_write)
        return menu

    # words and looks

    def recolor(self) -> None:
        """Take on the present theme."""
        look = table_look(self.ctx.theme)
        self.table.setStyleSheet(look)
        self.planned.table.setStyleSheet(look)

    def retranslate(self) -> None:
        t = self.ctx.t
        self.setWindowTitle(t("Informants"))
        self.tabs.set_items([("table", t("Table")), ("planned", t("Planned and heard"))])
        self.search.setPlaceholderText(t("Filter"))
        self.search.setAccessibleName(t("Filter"))
        self.add.setText(t("+ Informant"))
        self.add_column.setText(t("+ Column"))
        self.more.setText(t("More…"))
        self.table.setAccessibleName(t("Informants"))
        self.planned.retranslate()
        self.model.refresh()
        self._fit_columns()
        self._say_count()
