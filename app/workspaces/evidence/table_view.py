"""The table of coded segments: a million rows, of which those in sight are known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QHeaderView, QTableView

from app.context import Context
from app.models.evidence_model import EvidenceModel
from app.models.evidence_words import COLUMNS, HIDDEN
from app.models.row_lists import Index
from app.transcript.keys import understand
from app.workspaces.evidence.delegate import EvidenceDelegate

if TYPE_CHECKING:
    import numpy as np

    Ids = np.ndarray[Any, np.dtype[np.int64]]

WIDTHS = {
    "exemplar": 32, "code": 152, "valence": 34, "informant": 86, "source": 126, "date": 90, "coder": 74, "memo": 32,
    "length": 70, "modified": 90,
}  # fmt: skip
ROOMY = {"code": 210, "source": 220, "coder": 130, "informant": 110}
"""Widths where the table has room for them."""
SPARED = ("coder", "date", "source", "informant")
"""Columns that go, the first one first, where the passage would have less room than `LEAST`."""
LEAST = 240
NARROW, WIDE = 960, 1400
"""Widths of the table from which columns grow, and at which they have all they want."""
MOST_RANGES = 400
"""Stretches of selected rows that are kept; more would make every cell slow to draw."""


class EvidenceTableView(QTableView):
    """Rows are chosen as wholes. Keys mean what they mean in the transcript: `valence_pressed` carries a direction,
    `meant` one of `remove`, `star`, `reported`, `recode`; `entered` is Enter or a double click."""

    entered = Signal()
    valence_pressed = Signal(object)
    meant = Signal(str)
    menu_asked = Signal(QPoint)
    left = Signal()
    chosen_changed = Signal()
    sort_asked = Signal(str)

    def __init__(self, ctx: Context, model: EvidenceModel) -> None:
        super().__init__()
        self._ctx = ctx
        self._rows = model
        self._scale = 0.0
        self.widths_kept = False
        self.hidden = set(HIDDEN)
        self.delegate = EvidenceDelegate(ctx, self)
        self.setObjectName("evidence_table")
        self.setItemDelegate(self.delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._look_soon = QTimer(self)
        self._look_soon.setSingleShot(True)
        self._look_soon.setInterval(0)
        self._look_soon.timeout.connect(self.look)
        self.setModel(model)
        self._set_up_heads()
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())
        self.selectionModel().currentRowChanged.connect(lambda *_: self.chosen_changed.emit())
        model.modelReset.connect(self._look_soon.start)
        model.dataChanged.connect(lambda *_: self._look_soon.start())
        self.verticalScrollBar().valueChanged.connect(lambda _: self._look_soon.start())
        self.doubleClicked.connect(lambda _: self.entered.emit())

    def _set_up_heads(self) -> None:
        heads, rows = self.horizontalHeader(), self.verticalHeader()
        # asked which columns are selected, Qt would go through all rows: heads know of no selection
        heads.setSelectionModel(QItemSelectionModel(self._rows, self))
        rows.setSelectionModel(QItemSelectionModel(self._rows, self))
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.setHighlightSections(False)
        heads.setSectionsMovable(True)
        heads.setSectionsClickable(True)
        heads.setMinimumSectionSize(28)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setSortIndicatorShown(False)
        heads.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        heads.setSectionResizeMode(COLUMNS.index("text"), QHeaderView.ResizeMode.Stretch)
        heads.sectionResized.connect(self._on_resized)
        heads.sectionClicked.connect(lambda number: self.sort_asked.emit(COLUMNS[number]))
        self.take_theme()
        self.show_columns(self.hidden)

    def take_theme(self) -> None:
        """Colours or sizes are new."""
        scale, self._scale = self._scale, self._ctx.theme.scale
        for name, width in WIDTHS.items():
            number = COLUMNS.index(name)
            hidden = self.isColumnHidden(number)
            now = self.columnWidth(number) / scale if scale and not hidden else width
            self.setColumnWidth(number, round(now * self._scale))
            self.setColumnHidden(number, hidden)
        self.set_context(self.delegate.context)

    def forget_widths(self) -> None:
        """Every column as wide as it is at first."""
        self._scale, self.widths_kept = 0.0, False
        self.take_theme()
        self._fit_widths()
        self.show_columns(self.hidden)

    def _fit_widths(self) -> None:
        """Give columns the room there is, unless the person has set their widths."""
        if self.widths_kept:
            return
        scale = self._ctx.theme.scale
        share = min(max((self.width() / scale - NARROW) / (WIDE - NARROW), 0.0), 1.0)
        for name, most in ROOMY.items():
            number = COLUMNS.index(name)
            if not self.isColumnHidden(number):
                self.horizontalHeader().resizeSection(
                    number, round((WIDTHS[name] + share * (most - WIDTHS[name])) * scale)
                )

    def show_columns(self, hidden: set[str]) -> None:
        """Hide these columns, and those there is no room for."""
        self.hidden = hidden - {"text"}
        scale = self._ctx.theme.scale
        room = self.viewport().width() - LEAST * scale
        shown = [name for name in COLUMNS if name not in self.hidden and name != "text"]
        wide = {name: self._width_of(name) for name in shown}
        for name in SPARED:
            if sum(wide.values()) > room:
                wide.pop(name, None)
        for number, name in enumerate(COLUMNS):
            self.setColumnHidden(number, name not in wide and name != "text")

    def _width_of(self, name: str) -> float:
        number = COLUMNS.index(name)
        return WIDTHS[name] * self._ctx.theme.scale if self.isColumnHidden(number) else self.columnWidth(number)

    def _on_resized(self, *_: int) -> None:
        """A person pulls at a head while the mouse is down; all else is ours."""
        if QApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self.widths_kept = True

    def set_context(self, shown: bool) -> None:
        """Show the sentences around each passage, or not."""
        place = self.place()
        self.delegate.context = shown
        self.verticalHeader().setDefaultSectionSize(self.delegate.row_height())
        self.restore_place(place)
        self.viewport().update()
        self._look_soon.start()

    def show_sort(self, column: str, descending: bool) -> None:
        """Mark the head by which the table is ordered; "" for none."""
        heads = self.horizontalHeader()
        heads.setSortIndicatorShown(bool(column))
        if column:
            order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            heads.setSortIndicator(COLUMNS.index(column), order)

    # what is in sight

    def look(self) -> None:
        """Ask for the rows in sight."""
        first = self.rowAt(0)
        if first < 0:
            return
        last = self.rowAt(self.viewport().height() - 1)
        self._rows.look(first, last if last >= 0 else self._rows.rowCount() - 1)

    def place(self) -> tuple[int, int]:
        """The first row in sight, and how many pixels of it are above the edge."""
        first = self.rowAt(0)
        return (first, -self.rowViewportPosition(first)) if first >= 0 else (0, 0)

    def restore_place(self, place: tuple[int, int]) -> None:
        """Scroll back to `place`."""
        row, above = place
        self.verticalScrollBar().setValue(row * self.verticalHeader().defaultSectionSize() + above)

    # what is chosen

    def current_row(self) -> int:
        """The place of the current row; -1 without one."""
        index = self.currentIndex()
        return index.row() if index.isValid() else -1

    def chosen_count(self) -> int:
        """How many rows are selected."""
        return sum(last - first + 1 for first, last in self._stretches())

    def chosen_ids(self) -> Ids:
        """The ids of the selected rows, in the order of the table."""
        import numpy as np

        ids = np.asarray(self._rows.ids, np.int64)
        return np.concatenate([ids[:0], *(ids[first : last + 1] for first, last in self._stretches())])

    def _stretches(self) -> list[tuple[int, int]]:
        """First and last row of each stretch of selected rows, in order."""
        found = self.selectionModel().selection()
        return sorted((found.at(i).top(), found.at(i).bottom()) for i in range(found.count()))

    def choose(self, ranges: Sequence[tuple[int, int]], current: int) -> None:
        """Select these stretches of rows (first and last) and make one row the current one."""
        selection, last = QItemSelection(), len(COLUMNS) - 1
        for first, final in ranges[:MOST_RANGES]:
            selection.append(QItemSelectionRange(self._rows.index(first, 0), self._rows.index(final, last)))
        model = self.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        if 0 <= current < self._rows.rowCount():
            column = self.horizontalHeader().logicalIndex(0)
            model.setCurrentIndex(self._rows.index(current, column), flags.NoUpdate)
        model.select(selection, flags.ClearAndSelect | flags.Rows)

    # events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = understand(event)
        if key is not None and key.single and not self._ctx.settings.get("single_letter_keys"):
            key = None
        meaning = key.meaning if key is not None else ""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif meaning == "palette":
            if self.currentIndex().isValid():
                self.entered.emit()
        elif meaning == "valence":
            assert key is not None
            self.valence_pressed.emit(key.value)
        elif meaning in ("remove", "star", "reported", "recode"):
            self.meant.emit(meaning)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: it would read every row."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            self.menu_asked.emit(self.viewport().mapToGlobal(self.visualRect(index).center()))
        elif self.indexAt(event.pos()).isValid():
            self.menu_asked.emit(event.globalPos())

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        for row in {current.row(), previous.row()} - {-1}:
            top = self.rowViewportPosition(row)
            self.viewport().update(0, top, self.viewport().width(), self.rowHeight(row))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._rows.rowCount():
            self.choose([(0, 0)], 0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_widths()
        self.show_columns(self.hidden)
        self._look_soon.start()
