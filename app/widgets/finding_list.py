"""Findings with a box before each: those that are checked are what a sentence rests on."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from app.context import Context
from app.models import matrix_words as words
from coding.analysis.wording import GLYPHS
from coding.findings.lines import FindingLine
from coding.findings.richtext import plain
from coding.findings.sides import column_said

GUID = Qt.ItemDataRole.UserRole


def place_words(ctx: Context, line: FindingLine) -> str:
    """Where a finding stands: `Komunikasi › Transmisi · RS`."""
    own = words.in_words(ctx, line.label)
    name = f"{words.in_words(ctx, line.parent_label)} › {own}" if line.parent_label is not None else own
    column = column_said(line.view, line.column, ctx.words)
    return f"{name} · {column}" if column else name


def finding_words(ctx: Context, line: FindingLine) -> str:
    """A finding on a line: direction, place, text."""
    glyph = GLYPHS.get(line.says if line.says != "none" else "neutral", "")
    text = " ".join(plain(line.text).split())
    return f"{glyph} {place_words(ctx, line)}: {text}" if text else f"{glyph} {place_words(ctx, line)}"


class FindingList(QListWidget):
    """Space checks, Enter or a double click opens. `checked_changed` carries the guids that are checked now, `opened`
    a guid; `left` when the person goes back with Esc."""

    checked_changed = Signal(list)
    opened = Signal(str)
    left = Signal()

    def __init__(self, ctx: Context, name: str) -> None:
        super().__init__()
        self._ctx = ctx
        self.setObjectName(name)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemDoubleClicked.connect(lambda item: self.opened.emit(item.data(GUID)))
        self.itemChanged.connect(lambda _: self.checked_changed.emit(self.checked()))

    def show_findings(self, lines: Sequence[FindingLine], checked: Collection[str], *, enabled: bool) -> None:
        """Show these findings, the checked ones first."""
        current = self.currentItem()
        chosen = current.data(GUID) if current is not None else None
        scrolled = self.verticalScrollBar().value()
        high = 2 * QFontMetrics(self.font()).lineSpacing() + self._ctx.theme.px(8)
        with QSignalBlocker(self):
            self.clear()
            for line in sorted(lines, key=lambda one: one.guid not in checked):
                item = QListWidgetItem(finding_words(self._ctx, line))
                item.setData(GUID, line.guid)
                item.setToolTip(f"{place_words(self._ctx, line)}\n{plain(line.text)}")
                flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
                item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable if enabled else flags)
                if enabled:
                    item.setCheckState(Qt.CheckState.Checked if line.guid in checked else Qt.CheckState.Unchecked)
                item.setSizeHint(QSize(0, high))
                self.addItem(item)
                if line.guid == chosen:
                    self.setCurrentItem(item)
        self.verticalScrollBar().setValue(scrolled)

    def narrow(self, text: str) -> None:
        """Show only what has all these words."""
        wanted = text.casefold().split()
        for number in range(self.count()):
            item = self.item(number)
            said = f"{item.text()} {item.toolTip()}".casefold()
            item.setHidden(not all(word in said for word in wanted))

    def checked(self) -> list[str]:
        """The guids that are checked."""
        items = [self.item(i) for i in range(self.count())]
        return [item.data(GUID) for item in items if item.checkState() == Qt.CheckState.Checked]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self.opened.emit(item.data(GUID))
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
