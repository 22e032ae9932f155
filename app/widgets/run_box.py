"""One box to find anything: an action, a source, or words in any transcript."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.actions.registry import shown_keys
from app.context import Context
from app.icons import icon

if TYPE_CHECKING:
    from coding.project import Reader
    from coding.search.find import Hit
    from coding.transcripts.rows import SourceRow

_ENTRY = Qt.ItemDataRole.UserRole
_LEAST_LETTERS = 3
_MOST_ACTIONS, _MOST_SOURCES, _MOST_HITS = 7, 5, 6
_PAUSE = 180
"""Milliseconds of quiet after which the transcripts are searched."""
_BEFORE = 28
"""Code points shown before a place found."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list; a heading has nothing to run. `quote` is set in the transcripts' type."""

    text: str
    detail: str = ""
    run: Callable[[], object] | None = None
    quote: bool = False


class RunBox(QLineEdit):
    """The box and the list under it. Enter runs the marked line, Esc goes back to where the person was."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._before: QWidget | None = None
        self._sources: list[SourceRow] = []
        self._hits: tuple[str, list[Hit], int] = ("", [], 0)
        self.setObjectName("run_box")
        self.setClearButtonEnabled(False)
        self.list = _ResultList(ctx, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._search)
        self.textEdited.connect(self._on_edited)
        self.list.chosen.connect(self._run)
        ctx.language_changed.connect(self.refresh)
        ctx.theme_changed.connect(self.refresh)
        ctx.project_closed.connect(self._forget)
        self._look = self.addAction(icon("search", ctx.theme.color("dim")), QLineEdit.ActionPosition.LeadingPosition)
        self.refresh()

    def refresh(self) -> None:
        """Take on words and colours."""
        theme, t = self._ctx.theme, self._ctx.t
        self.setPlaceholderText(t("Find or do…") + "   Ctrl+Shift+P")
        self.setAccessibleName(t("Find an action, a source, or words in the transcripts"))
        self._look.setIcon(icon("search", theme.color("dim")))
        self._look.setText(t("Find"))
        self.setFixedWidth(theme.px(300))

    def begin(self) -> None:
        """Take the keyboard, and list what can be done."""
        self.remember(QApplication.focusWidget())
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._fill()

    def entries(self) -> list[Entry]:
        """What stands in the list now."""
        return self.list.entries()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._ctx.project is not None:
            from coding.transcripts.queries import sources

            self._ctx.read(sources, self._on_sources, key="run_box.sources")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.list.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if not self.list.isVisible():
                self._fill()
            else:
                self.list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list.choose_current()
        elif key == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def remember(self, widget: QWidget | None) -> None:
        """Go back to `widget` when the box is left."""
        if widget is not self:
            self._before = widget

    def _leave(self) -> None:
        self.clear()
        self.list.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.clearFocus()

    def _run(self, entry: Entry) -> None:
        self._leave()
        if entry.run is not None:
            entry.run()

    def _forget(self) -> None:
        self._sources, self._hits = [], ("", [], 0)
        self.clear()

    def _on_sources(self, rows: list[SourceRow]) -> None:
        self._sources = rows
        if self.list.isVisible():
            self._fill()

    def _on_edited(self, text: str) -> None:
        self._fill()
        if len(text.strip()) >= _LEAST_LETTERS and self._ctx.project is not None:
            self._pause.start()
        else:
            self._pause.stop()

    def _search(self) -> None:
        wanted = self.text().strip()
        if self._ctx.project is not None and len(wanted) >= _LEAST_LETTERS:
            self._ctx.read(_finder(wanted), self._on_hits, key="run_box.hits")

    def _on_hits(self, hits: tuple[str, list[Hit], int]) -> None:
        self._hits = hits
        if self.hasFocus():
            self._fill()

    def _fill(self) -> None:
        wanted = self.text().strip()
        t, n = self._ctx.t, self._ctx.n
        groups = [(t("Actions"), self._actions(wanted)), (t("Sources"), self._source_entries(wanted))]
        asked, hits, count = self._hits
        if wanted and asked == wanted:
            found = n("In the transcripts: {count} place", "In the transcripts: {count} places", count=count)
            groups.append((found, [self._hit_entry(hit) for hit in hits]))
        entries = [one for title, found in groups if found for one in (Entry(title), *found)]
        self.list.show_entries(entries or [Entry(t("Nothing found yet"))], self)

    def _actions(self, wanted: str) -> list[Entry]:
        registry = self._ctx.actions
        found = []
        for action in registry.all():
            words = registry.text(action)
            english = action.title if isinstance(action.title, str) else ""
            if action.id != "edit.find_anything" and action.works() and matches(wanted, f"{words} {english}"):
                keys = shown_keys(action)
                entry = Entry(words, keys[0] if keys else "", functools.partial(registry.run, action.id))
                found.append((not words.casefold().startswith(wanted.casefold()), entry))
        found.sort(key=lambda pair: pair[0])
        return [entry for _, entry in found][:_MOST_ACTIONS]

    def _source_entries(self, wanted: str) -> list[Entry]:
        rows = [row for row in self._sources if matches(wanted, f"{row.name} {' '.join(row.informants)}")]
        go = self._ctx.go_to_source
        return [
            Entry(row.name, self._ctx.words.short_date(row.date), functools.partial(go, row.guid))
            for row in rows[:_MOST_SOURCES]
        ]

    def _hit_entry(self, hit: Hit) -> Entry:
        go = self._ctx.go_to_passage
        before = hit.before[-_BEFORE:].partition(" ")[2]
        text = " ".join(f"{before}{hit.text}{hit.after}".split())
        return Entry(f"… {text} …", hit.source, functools.partial(go, hit.source_guid, hit.start, hit.end), quote=True)


class _ResultList(QFrame):
    """The list that hangs under the box, over the window it is in; the keyboard stays in the box."""

    chosen = Signal(object)

    def __init__(self, ctx: Context, box: QWidget) -> None:
        super().__init__(box)
        self._ctx = ctx
        self._entries: list[Entry] = []
        self.setObjectName("run_list")
        self.setProperty("surface", "card")
        self._list = QListWidget()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setItemDelegate(_EntryDelegate(ctx, self._list))
        self._list.itemEntered.connect(self._list.setCurrentItem)
        self._list.itemClicked.connect(lambda _: self.choose_current())
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self._list)
        self.hide()

    def entries(self) -> list[Entry]:
        """What is listed, headings too."""
        return list(self._entries)

    def show_entries(self, entries: Sequence[Entry], under: QWidget) -> None:
        """List `entries` under the widget `under`, the first that can be run marked."""
        self._entries = list(entries)
        self._list.clear()
        for entry in entries:
            item = QListWidgetItem(self._list)
            item.setData(_ENTRY, entry)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.text} {entry.detail}".strip())
            if entry.run is None:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
        self._mark(next((row for row, entry in enumerate(entries) if entry.run is not None), -1))
        window = under.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        heights = sum(self._list.sizeHintForRow(row) for row in range(self._list.count()))
        width = self._ctx.theme.px(600)
        place = under.mapTo(window, QPoint(under.width() - width, under.height() + 4))
        self.setGeometry(max(8, place.x()), place.y(), width, min(heights + 14, window.height() - place.y() - 40))
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Mark the next line (`by` 1) or the one before (-1) that can be run, round the ends."""
        rows = [row for row, entry in enumerate(self._entries) if entry.run is not None]
        if rows:
            at = self._list.currentRow()
            self._mark(rows[(rows.index(at) + by) % len(rows)] if at in rows else rows[0])

    def choose_current(self) -> None:
        """Take the marked line."""
        row = self._list.currentRow()
        if self.isVisible() and 0 <= row < len(self._entries) and self._entries[row].run is not None:
            self.chosen.emit(self._entries[row])

    def _mark(self, row: int) -> None:
        self._list.setCurrentRow(row)


class _EntryDelegate(QStyledItemDelegate):
    """Draws a heading, or a line with its words at the left and its key, date or source at the right."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx = ctx

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        heading = index.data(_ENTRY).run is None
        return QSize(200, self._ctx.theme.px(26 if heading else 30))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._ctx.theme
        entry: Entry = index.data(_ENTRY)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if entry.run is None:
            painter.setFont(theme.ui_font(11, QFont.Weight.DemiBold))
            painter.setPen(theme.color("dim"))
            painter.drawText(rect.adjusted(8, 2, -8, 0), left, entry.text)
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft"))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 5, 5)
        inner = rect.adjusted(8, 0, -8, 0)
        small = theme.ui_font(11.5)
        font = theme.text_font(13, italic=True) if entry.quote else theme.ui_font()
        detail = QFontMetrics(small).elidedText(entry.detail, Qt.TextElideMode.ElideRight, inner.width() // 4)
        room = inner.width() - QFontMetrics(small).horizontalAdvance(detail) - 16
        painter.setFont(small)
        painter.setPen(theme.color("dim"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, detail)
        painter.setFont(font)
        painter.setPen(theme.color("ink"))
        painter.drawText(inner, left, QFontMetrics(font).elidedText(entry.text, Qt.TextElideMode.ElideRight, room))
        painter.restore()


def matches(wanted: str, text: str) -> bool:
    """Whether each word of `wanted` stands in `text`, case ignored."""
    folded = text.casefold()
    return all(word in folded for word in wanted.casefold().split())


def _finder(wanted: str) -> Callable[[Reader], tuple[str, list[Hit], int]]:
    """A read that finds `wanted` in all texts: the words asked for, the first hits, and how many there are."""

    def find(reader: Reader) -> tuple[str, list[Hit], int]:
        from coding.search.find import search

        hits = search(reader, wanted)
        return wanted, hits[:_MOST_HITS], len(hits)

    return find
