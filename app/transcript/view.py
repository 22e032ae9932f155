"""The text view of the Transcripts workspace: text, speakers, coded passages, stripes, selection bar and find bar."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMetaMethod, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from app.transcript import spoken
from app.transcript.density import WIDTH as DENSITY
from app.transcript.density import Density
from app.transcript.edits import Edits
from app.transcript.find_bar import FindBar
from app.transcript.gutter import Gutter
from app.transcript.handles import Edges
from app.transcript.keys import Key
from app.transcript.margin import Margin
from app.transcript.only_bar import OnlyBar
from app.transcript.prepared import Prepared
from app.transcript.search import Search
from app.transcript.segment_index import SegmentIndex
from app.transcript.selection_bar import BarCode, SelectionBar
from app.transcript.stripes_button import StripesButton
from app.transcript.text_area import Columns, TextArea
from app.transcript.text_menu import text_menu
from coding.segments.rows import SegmentRow
from coding.text import Span, trim
from coding.transcripts.rows import SourceText

if TYPE_CHECKING:
    from app.context import Context

BAR_DELAY = 350
"""Milliseconds from the last change of a selection by keyboard to the selection bar."""


class TranscriptView(QWidget):
    """One source, to be read and coded. It changes nothing itself: what a person wants done is told by signals.

    All positions are code points of the stored text. `key_…` signals come from keys of the text and from the selection
    bar. `edge_moved` is shown at once and stays until `set_segments` brings the stored span.
    `jumped` comes before the reader is taken elsewhere by a click or a search, `left` when Esc has nothing to leave.
    """

    selection_changed = Signal()
    segment_selected = Signal(str)
    key_digit = Signal(int)
    key_valence = Signal(object)
    key_remove = Signal()
    key_memo = Signal()
    key_palette = Signal()
    key_in_vivo = Signal()
    key_other = Signal(str)
    edge_moved = Signal(str, int, int)
    step_segment = Signal(int)
    jumped = Signal()
    left = Signal()
    menu_of_stripes = Signal(QPoint)
    dropped_code = Signal(str)
    bar_code = Signal(str)
    menu_opened = Signal(QMenu)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.alone = False
        """Whether nothing else is in sight."""
        self._edits = Edits()
        self._centred: str | None = None
        self.area = TextArea(ctx.theme, self)
        self.area.on_key = self._on_key
        self.area.single_keys = lambda: bool(ctx.settings.get("single_letter_keys"))
        self.gutter = Gutter(self.area, ctx)
        self.margin = Margin(self.area, ctx)
        self.find_bar = FindBar(ctx, self)
        self.search = Search(self.area, self.find_bar)
        self.density = Density(self.area, ctx)
        self.stripes_menu = StripesButton(ctx, self.area)
        self.only_bar = OnlyBar(ctx, self)
        self.bar = SelectionBar(ctx, self)
        self.edges = Edges(ctx, self)
        self._bar_timer = QTimer(self)
        self._bar_timer.setSingleShot(True)
        self._bar_timer.setInterval(BAR_DELAY)
        self._bar_timer.timeout.connect(self.show_bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.area, 1)
        layout.addWidget(self.only_bar)
        layout.addWidget(self.find_bar)
        self.setFocusProxy(self.area)
        self._connect()
        self.area.characters = ctx.settings.get("text_width")
        self.retranslate()
        self.recolor()

    def _connect(self) -> None:
        area, bar = self.area, self.bar
        area.columns_changed.connect(self._on_columns)
        area.cursorPositionChanged.connect(self._on_caret)
        area.selectionChanged.connect(self._on_selection)
        area.mouse_selected.connect(self.show_bar)
        area.segment_clicked.connect(self._choose)
        area.code_dropped.connect(self.dropped_code)
        area.size_asked.connect(self._on_size)
        area.menu_asked.connect(self._on_menu)
        area.resized.connect(self._on_resized)
        area.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.margin.segment_clicked.connect(self._choose)
        self.margin.segment_hovered.connect(self._on_hovered)
        self.density.place_asked.connect(self.go_to)
        self.stripes_menu.clicked.connect(self.open_stripes_menu)
        self.only_bar.stepped.connect(self.step_segment)
        bar.code_chosen.connect(self.bar_code)
        bar.valence_chosen.connect(self.key_valence)
        bar.memo_asked.connect(self.key_memo)
        bar.in_vivo_asked.connect(self.key_in_vivo)
        bar.palette_asked.connect(self.key_palette)
        self.search.shown.connect(self._on_hit)
        self._ctx.language_changed.connect(self.retranslate)
        self._ctx.theme_changed.connect(self.recolor)

    # what is shown

    def set_source(self, source: SourceText, wraps: Collection[int] = (), prepared: Prepared | None = None) -> None:
        """Show `source` from its beginning, without segments; `wraps` are line ends that are shown as spaces.

        `prepared` is what can be made of both in another thread.
        """
        prepared = prepared or Prepared.of(source, wraps)
        self._hide_bar()
        self._edits = Edits()
        self._centred = None
        self.area.fill(source, prepared)
        self.area.gutter_width = self.gutter.wanted()
        self.area.place_columns()
        self.area.verticalScrollBar().setValue(0)
        self.margin.renew()
        self.density.renew([])
        self.gutter.update()
        self._say_where()
        self.search.renew()

    def set_segments(self, segments: Sequence[SegmentRow]) -> None:
        """Show these coded segments of the source; caret, selection and scroll place stay."""
        segments = [row for row in segments if self.only_bar.shows(row)]
        before, index = self.area.shown.index, SegmentIndex(self._edits.settle(segments))
        self._show_index(index, index.changed_since(before))

    def change_segments(self, put: Collection[SegmentRow], gone: Collection[str]) -> None:
        """Show the coded segments `put`, in place of those with their guids or as new ones, and no more those `gone`;
        everything else stays."""
        if self.only_bar.codes is not None:
            gone = {*gone, *(row.guid for row in put if not self.only_bar.shows(row))}
            put = [row for row in put if self.only_bar.shows(row)]
        index = self.area.shown.index.changed(self._edits.settle(put), gone)
        self._show_index(index, index.fresh)

    def hide_segments(self) -> None:
        """Nothing can be coded here: no stripes, no density, and no way to choose among them."""
        for part in (self.margin, self.density, self.stripes_menu):
            part.hide()

    def _show_index(self, index: SegmentIndex, spans: Sequence[Span]) -> None:
        shown = self.area.shown
        shown.index = index
        if shown.selected is not None and index.get(shown.selected) is None:
            shown.selected = None
        if spans:
            self.margin.renew()
            self.density.renew(index.rows)
        self._repaint_segments(spans)

    def select_segment(self, guid: str | None, reveal: bool = False) -> None:
        """Mark a segment as the current one; with `reveal` scroll it to the middle and put the caret at its start.

        Emits nothing. A guid that is not shown is the same as None.
        """
        shown, before = self.area.shown, self.selected_segment()
        row = shown.index.get(guid)
        shown.selected = row.guid if row else None
        if row is not None and row != before and QAccessible.isActive():
            told = spoken.segment(self._ctx, shown.index, row)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.area, told))
        if row is not None and reveal:
            self.area.set_caret(row.start)
            self._centre(row)
            self._centred = row.guid
        self._repaint_segments([Span(r.start, r.end) for r in (before, row) if r is not None])

    def selected_segment(self) -> SegmentRow | None:
        """The current segment as it is shown."""
        return self.area.shown.index.get(self.area.shown.selected)

    def set_recent_codes(self, codes: Sequence[BarCode]) -> None:
        """The codes that the selection bar offers."""
        self.bar.set_codes(codes)

    def _repaint_segments(self, spans: Iterable[Span]) -> None:
        """Show what has changed at these places of the text, and in the margin."""
        shown, row = self.area.shown, self.selected_segment()
        self.bar.set_row(row)
        self.margin.update()
        self.margin.setAccessibleDescription(spoken.segment(self._ctx, shown.index, row) if row else "")
        self._say_where()
        for span in spans:
            self.area.renew(span)
        self.edges.place()
        if self.bar.isVisible():
            self.show_bar()

    # places in the text

    def selection(self) -> Span | None:
        """What is selected, grown to whole characters as a reader sees them; None without a selection."""
        return self.area.selected_span()

    def target(self) -> Span:
        """What a code would be put on: the selection, else the sentence at the caret; without blanks at its ends."""
        return self.area.target()

    def sentence_at_caret(self) -> Span:
        """The sentence at the caret."""
        return self.area.passages.sentence(self.area.caret())

    def turn_at_caret(self) -> Span:
        """The turn at the caret without its label; the paragraph where nobody's turn is."""
        return self.area.passages.turn(self.area.caret())

    def turn_number(self) -> int | None:
        """The 0-based number of the turn at the caret; None outside turns."""
        return self.area.passages.turn_number(self.area.caret())

    def select_span(self, span: Span, reveal: bool = False) -> None:
        """Select `span`; with `reveal` scroll it to the middle."""
        self.area.select_span(span)
        if reveal:
            self._centre(span)

    def go_to(self, at: int) -> None:
        """Put the caret at the code point `at` and its line in the middle."""
        self.jumped.emit()
        self.area.set_caret(at)
        self._centre(Span(at, at + 1))

    def show_turn(self, turn: Span) -> None:
        """Put the caret at the first word of a turn and as much of the turn as fits in the middle."""
        inner = trim(self.area.source.text, turn.start, turn.end)
        self.area.set_caret(inner.start)
        self._centre(inner)

    def place(self) -> dict[str, int]:
        """Where the reader is, in plain numbers: top line and pixels below the upper edge, selection and caret."""
        top, below = self.area.top()
        display, cursor = self.area.shown.display, self.area.textCursor()
        return {
            "top": top,
            "below": below,
            "anchor": display.to_cp(cursor.anchor()),
            "caret": display.to_cp(cursor.position()),
        }

    def restore_place(self, place: Mapping[str, int]) -> None:
        """Go back to a `place()` of this source; places beyond its end become its end."""
        display = self.area.shown.display
        self._centred = None
        self.area.set_cursor(display.to_qt(place["anchor"], forward=True), display.to_qt(place["caret"], forward=True))
        self._bar_timer.stop()
        self.area.restore_top(display.to_qt(place["top"], forward=True), place["below"])

    def _centre(self, span: SegmentRow | Span) -> None:
        area = self.area
        display = area.shown.display
        start, end = display.qt_range(span.start, span.end)
        top = area.geometry_.line_of(start).box.top()
        bottom = area.geometry_.line_of(max(end - 1, start)).box.bottom()
        height = area.viewport().height()
        # A passage longer than the window begins near its top.
        area.show_height(top - max((height - (bottom - top)) / 2, height / 8))

    # keys

    def _on_key(self, key: Key) -> bool:
        """Do what a key means; False when it means nothing now."""
        with_value = {"digit": self.key_digit, "valence": self.key_valence, "step": self.step_segment}
        alone = {
            "remove": self.key_remove.emit, "memo": self.key_memo.emit, "palette": self.key_palette.emit,
            "in_vivo": self.key_in_vivo.emit, "find": self.open_find, "grow": self.grow, "walk": self.walk,
        }  # fmt: skip
        if key.meaning in with_value:
            with_value[key.meaning].emit(key.value)
        elif key.meaning in alone:
            alone[key.meaning]()
        elif key.meaning == "edge":
            self.edges.move(*key.value)
        elif key.meaning == "leave":
            return self._leave()
        else:
            self.key_other.emit(key.meaning)
        return True

    def grow(self) -> None:
        """Select the whole turn at the caret, or the turns that the selection reaches into."""
        selected, passages = self.selection(), self.area.passages
        self.area.select_span(self.turn_at_caret() if selected is None else passages.turns(self.target()))

    def walk(self) -> None:
        """Select the next of the segments under the caret, from the smallest to the largest and round again."""
        guids = [row.guid for row in self.area.shown.index.at(self._caret_of_selection())]
        selected = self.area.shown.selected
        if guids:
            self._choose(guids[(guids.index(selected) + 1) % len(guids) if selected in guids else 0])

    def _caret_of_selection(self) -> int:
        selected = self.selection()
        return selected.start if selected is not None else self.area.caret()

    def show_moved(self, row: SegmentRow, span: Span) -> None:
        """Show a segment with another span until the project has stored it, or refused it."""
        index = self.area.shown.index.changed([self._edits.move(row, span, self.area.source.text)])
        self._show_index(index, index.fresh)

    def _leave(self) -> bool:
        """Esc: an edge held by the mouse goes back; else first the bar goes, then the selection, then the segment;
        where the text stands alone, everything comes back before the segment goes."""
        if self.edges.give_up():
            return True
        if self.bar.isVisible():
            self._hide_bar()
        elif self.area.textCursor().hasSelection():
            self.area.set_caret(self.area.caret())
        elif self.area.shown.selected is not None and not self.alone:
            self._choose("")
        elif self.find_bar.isVisible():
            self.search.close()
        elif self.only_bar.isVisible():
            self.only_bar.closed.emit()
        else:
            self.left.emit()
            return False
        return True

    def _choose(self, guid: str) -> None:
        if (guid or None) != self.area.shown.selected:
            self.select_segment(guid or None)
            self.segment_selected.emit(guid)

    # find

    def open_find(self) -> None:
        """Show the find bar, with the selected words when they stand in one line."""
        self.search.open()

    # the selection bar

    def show_bar(self) -> None:
        """Show the bar beside the selection, where it covers none of it; hide it when nothing is selected."""
        self._bar_timer.stop()
        area = self.area
        cursor = area.textCursor()
        if not cursor.hasSelection() or not area.isVisible():
            self.bar.hide()
            return
        self.bar.offer_in_vivo(self.isSignalConnected(QMetaMethod.fromSignal(self.key_in_vivo)))
        rects = area.geometry_.rects(cursor.selectionStart(), cursor.selectionEnd())
        corner = area.viewport().mapTo(self, QPoint(0, 0))
        moved = [QRectF(r).translated(corner.x(), corner.y() - area.offset) for r in rects]
        room = area.rect().adjusted(0, 0, -area.verticalScrollBar().width(), 0)
        self.bar.place(moved, room)

    def _hide_bar(self) -> None:
        self._bar_timer.stop()
        self.bar.hide()

    # what the parts tell

    def _on_caret(self) -> None:
        self._say_where()
        self.selection_changed.emit()

    def _on_selection(self) -> None:
        if not self.area.textCursor().hasSelection():
            self._hide_bar()
        elif QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self.bar.hide()
            self._bar_timer.start()
        self.selection_changed.emit()

    def _on_hit(self, hit: Span) -> None:
        rects = self.area.geometry_.rects(*self.area.shown.display.qt_range(hit.start, hit.end))
        seen = self.area.seen().adjusted(0, 8, 0, -40)
        if not all(seen.contains(rect.center()) for rect in rects):
            self._centre(hit)
        # The bar would lie over the words that are being looked through.
        self._hide_bar()

    def _on_scrolled(self) -> None:
        if not self.area.settling:
            self._centred = None
        self._hide_bar()

    def _on_hovered(self, guid: str) -> None:
        shown = self.area.shown
        if (guid or None) != shown.hovered:
            shown.hovered = guid or None
            self.area.viewport().update()
            self.margin.update()

    def _on_columns(self, columns: Columns) -> None:
        height = self.area.height()
        self.gutter.setGeometry(columns.gutter, 0, columns.text - columns.gutter, height)
        edge = self.area.width() - self.area.verticalScrollBar().sizeHint().width() - DENSITY
        self.density.setGeometry(edge, 0, DENSITY, height)
        right = min(columns.end, edge)
        self.margin.setGeometry(columns.margin, 0, max(right - columns.margin, 0), height)
        self.stripes_menu.place(right)
        self.margin.renew()
        self._hide_bar()

    def open_stripes_menu(self) -> None:
        """Ask for the menu with the ways to draw stripes, under its button."""
        button = self.stripes_menu
        self.menu_of_stripes.emit(button.mapToGlobal(QPoint(0, button.height())))

    def _on_size(self, step: int) -> None:
        settings = self._ctx.settings
        size = min(max(settings.get("text_size") + step, 10), 32)
        if size != settings.get("text_size"):
            settings.set("text_size", size)
            self._ctx.apply_theme()

    def _on_menu(self, where: QPoint) -> None:
        menu = text_menu(self._ctx, self.area, self.search.open)
        self.menu_opened.emit(menu)
        menu.popup(where)

    def _on_resized(self) -> None:
        row = self.area.shown.index.get(self._centred)
        if row is not None:
            self._centre(row)
            self._centred = row.guid

    # words and looks

    def apply_settings(self) -> None:
        """Take on the width of the text and what the gutter tells from the settings; what is read stays where it is."""
        top = self.area.top()
        self.area.characters = self._ctx.settings.get("text_width")
        self.area.gutter_width = self.gutter.wanted()
        self.area.place_columns()
        self.area.restore_top(self.area.shown.display.to_qt(top[0], forward=True), top[1])
        self.gutter.update()

    def retranslate(self) -> None:
        self.area.setAccessibleName(self._ctx.t("Transcript"))
        for part in (self.gutter, self.margin, self.density, self.stripes_menu, self.only_bar, self.find_bar, self.bar):
            part.retranslate()
        self._say_where()

    def recolor(self) -> None:
        """Take on the present theme; what is read stays where it is."""
        top = self.area.top()
        self.area.gutter_width = self.gutter.wanted()
        self.area.set_theme(self._ctx.theme)
        self.area.restore_top(self.area.shown.display.to_qt(top[0], forward=True), top[1])
        for part in (self.find_bar, self.only_bar, self.stripes_menu):
            part.recolor()
        self.density.update()
        self.bar.set_row(self.selected_segment())
        self.margin.renew()
        self.gutter.update()
        self._hide_bar()

    def _say_where(self) -> None:
        ctx, shown, row = self._ctx, self.area.shown, self.selected_segment()
        text = spoken.place(ctx, self.area.source, self.turn_number())
        if row is not None:
            text = f"{text}. {spoken.segment(ctx, shown.index, row)}"
        if text != self.area.accessibleDescription():
            self.area.setAccessibleDescription(text)
