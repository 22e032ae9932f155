"""Where the summary of one cell of the framework matrix is written, beside the passages it can rest on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout

from app.context import Context
from app.models.framework_grid import Spot
from app.widgets.parts import SectionHeader, button, label
from app.widgets.rich_edit import RichEdit
from coding.analysis.framework_matrix import Summary

PAUSE = 2000
"""Milliseconds after the last key when a draft is kept."""
GUID = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment that a summary can rest on, in words."""

    guid: str
    text: str


class PassageList(QListWidget):
    """Passages with a box before each: checked are those the summary rests on. Space checks, Enter or a double click
    opens one. `opened` carries its guid."""

    opened = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemDoubleClicked.connect(lambda item: self.opened.emit(item.data(GUID)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self.opened.emit(item.data(GUID))
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class SummaryBox(QFrame):
    """The summary of a cell. `written` carries the cell and the markup, two seconds after the last key, and at once
    when the person turns to something else; `confirmed` that it still holds; `resting` the cell and the guids it rests
    on; `left` when the person goes back with Esc; `passage_opened` a guid."""

    written = Signal(object, str)
    confirmed = Signal(object, str)
    resting = Signal(object, list)
    passage_opened = Signal(str)
    left = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._spot: Spot | None = None
        self._kept = ""
        self.setObjectName("summary_box")
        self.heading = label("", "heading")
        self.bold, self.italic = button("", "", name="summary_bold"), button("", "", name="summary_italic")
        self.bullets, self.numbers = button("•", "", name="summary_bullets"), button("1.", "", name="summary_numbers")
        self.stale = label("", "warning", wrap=True)
        self.confirm = button("", "link", name="summary_confirm")
        self.edit = RichEdit()
        self.edit.setObjectName("summary_text")
        self.passages_head = SectionHeader()
        self.passages = PassageList()
        self.passages.setObjectName("summary_passages")
        self.hint = label("", "dim", wrap=True)
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.flush)
        self._connect()
        self.show_cell(None, "", None, ())

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.heading, 1)
        for made in (self.bold, self.italic, self.bullets, self.numbers):
            made.setStyleSheet("QPushButton { padding: 1px 8px; min-height: 0; }")
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            top.addWidget(made)
        warned = QHBoxLayout()
        warned.addWidget(self.stale, 1)
        warned.addWidget(self.confirm)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(4)
        left.addLayout(top)
        left.addLayout(warned)
        left.addWidget(self.edit, 1)
        right.setSpacing(4)
        right.addWidget(self.passages_head)
        right.addWidget(self.passages, 1)
        right.addWidget(self.hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 4)
        row.setSpacing(16)
        row.addLayout(left, 3)
        row.addLayout(right, 2)

    def _connect(self) -> None:
        self.edit.textChanged.connect(self._timer.start)
        self.edit.finished.connect(self.flush)
        self.edit.left.connect(self.left)
        self.passages.left.connect(self.left)
        self.passages.opened.connect(self.passage_opened)
        self.passages.itemChanged.connect(lambda _: self._on_checked())
        self.confirm.clicked.connect(self._on_confirm)
        self.bold.clicked.connect(self.edit.toggle_bold)
        self.italic.clicked.connect(self.edit.toggle_italic)
        self.bullets.clicked.connect(lambda: self.edit.toggle_list("bullet"))
        self.numbers.clicked.connect(lambda: self.edit.toggle_list("number"))

    @property
    def spot(self) -> Spot | None:
        """The cell that is written on."""
        return self._spot

    @property
    def unkept(self) -> bool:
        """Whether something was written that is not kept yet."""
        return self._spot is not None and self.edit.markup() != self._kept

    def show_cell(
        self, spot: Spot | None, heading: str, summary: Summary | None, passages: tuple[Passage, ...]
    ) -> None:
        """Show the summary of a cell and what it can rest on; what is being written on it stays."""
        if spot != self._spot:
            self.flush()
        writing = spot == self._spot and self.unkept
        other = spot != self._spot
        self._spot = spot
        text = summary.text if summary is not None else ""
        if not writing:
            self._kept = text
            if other or self.edit.markup() != text:
                self.edit.set_markup(text)
                self._timer.stop()
        self.heading.setText(heading)
        stale = summary is not None and summary.stale
        self.stale.setVisible(stale)
        self.confirm.setVisible(stale)
        self._fill(passages, frozenset(summary.rests_on) if summary is not None else frozenset())
        read_only = self._ctx.project is None or self._ctx.project.read_only
        self.edit.setReadOnly(read_only or spot is None)
        for made in (self.bold, self.italic, self.bullets, self.numbers, self.confirm):
            made.setEnabled(not self.edit.isReadOnly())

    def _fill(self, passages: tuple[Passage, ...], rests_on: frozenset[str]) -> None:
        with QSignalBlocker(self.passages):
            at = self.passages.currentRow()
            self.passages.clear()
            for passage in passages:
                item = QListWidgetItem(passage.text)
                item.setData(GUID, passage.guid)
                item.setToolTip(passage.text)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked if passage.guid in rests_on else Qt.CheckState.Unchecked)
                item.setSizeHint(QSize(0, self._ctx.theme.px(28)))
                self.passages.addItem(item)
            self.passages.setCurrentRow(min(at, len(passages) - 1))
        said = self._ctx.t("Rests on {count} of {total}", count=len(rests_on), total=len(passages))
        self.passages_head.set_text(said if passages else self._ctx.t("Passages"))

    def checked(self) -> list[str]:
        """The guids of the passages that are checked."""
        items = [self.passages.item(i) for i in range(self.passages.count())]
        return [item.data(GUID) for item in items if item.checkState() == Qt.CheckState.Checked]

    def _on_checked(self) -> None:
        if self._spot is not None:
            self.flush()
            self.resting.emit(self._spot, self.checked())

    def _on_confirm(self) -> None:
        if self._spot is not None:
            self._kept = self.edit.markup()
            self._timer.stop()
            self.confirmed.emit(self._spot, self._kept)

    def flush(self) -> None:
        """Keep what was written, now."""
        self._timer.stop()
        if self._spot is not None and self.unkept:
            self._kept = self.edit.markup()
            self.written.emit(self._spot, self._kept)

    def retranslate(self) -> None:
        """Say everything in the language of the interface."""
        t = self._ctx.t
        for made, short, said, keys in (
            (self.bold, t("B"), t("Bold"), "Ctrl+B"),
            (self.italic, t("I"), t("Italic"), "Ctrl+I"),
            (self.bullets, "•", t("Bulleted list"), "Ctrl+Shift+8"),
            (self.numbers, "1.", t("Numbered list"), "Ctrl+Shift+7"),
        ):
            made.setText(short)
            made.setAccessibleName(said)
            made.setToolTip(f"{said}  {keys}")
        self.stale.setText(t("The evidence has changed since this was written."))
        self.confirm.setText(t("It still holds"))
        self.edit.setPlaceholderText(t("What does this person say on it? Your summary goes into the report."))
        self.edit.setAccessibleName(t("Summary"))
        self.passages.setAccessibleName(t("Passages the summary rests on"))
        self.hint.setText(t("Space checks a passage, Enter opens it."))
