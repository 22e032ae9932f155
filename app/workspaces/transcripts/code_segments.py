"""All coded segments of one code, over all sources."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QStyleOptionViewItem, QVBoxLayout, QWidget

from app.context import Context
from app.icons import icon
from app.models.row_lists import ROW
from app.models.segments import SegmentsModel
from app.theme import GLYPHS
from app.widgets.painting import BOLD, RIGHT, width_of, write
from app.widgets.parts import Dot, icon_button, label
from app.widgets.row_view import Index, RowDelegate, RowView
from coding.segments.rows import SegmentRow


class CodeNav(QWidget):
    """The code's name, “2 of 11”, ways on and back, and out. The name leads to the whole list."""

    list_asked = Signal()
    stepped = Signal(int)
    closed = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 0)
        row.setSpacing(2)
        self._dot = Dot(ctx, 0)
        self.name = _NameButton()
        self.place = label("", "dim")
        self.previous = icon_button(ctx, "chevron_up", "", name="previous_of_code")
        self.next = icon_button(ctx, "chevron_down", "", name="next_of_code")
        self.close_button = icon_button(ctx, "close", "", name="close_code_segments")
        row.addWidget(self._dot)
        row.addWidget(self.name, 1)
        for widget in (self.place, self.previous, self.next, self.close_button):
            row.addWidget(widget)
        self.name.clicked.connect(self.list_asked)
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        self.close_button.clicked.connect(self.closed)

    def show_code(self, name: str, full: str, color: int) -> None:
        """Say which code it is about; `full` is its name with the dimension."""
        self.name.show_words(name, full)
        self._dot.set_color(color)

    def show_place(self, number: int, total: int) -> None:
        """Say that the n-th (1-based; 0 for none) of so many is shown."""
        words = self._ctx.words
        text = self._ctx.t("{number} of {total}", number=number, total=total) if number else words.number(total)
        self.place.setText(text)
        self.previous.setEnabled(total > 0)
        self.next.setEnabled(total > 0)

    def retranslate(self) -> None:
        t = self._ctx.t
        for made, words in (
            (self.previous, t("Previous segment of this code")),
            (self.next, t("Next segment of this code")),
            (self.close_button, t("Close")),
        ):
            made.setToolTip(words)
            made.setAccessibleName(words)
        self.name.setToolTip(t("All segments of this code"))

    def recolor(self) -> None:
        """Take on the present theme."""
        color = self._ctx.theme.color("dim")
        pictures = ((self.previous, "chevron_up"), (self.next, "chevron_down"), (self.close_button, "close"))
        for made, name in pictures:
            made.setIcon(icon(name, color))
            made.setStyleSheet("QPushButton { padding: 2px; }")
        self.name.fit()


class _NameButton(QPushButton):
    """A word that can be clicked and ends in … where it has no room."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self.setObjectName("code_of_list")
        self.setProperty("kind", "quiet")
        self.setAutoDefault(False)
        self.setStyleSheet("QPushButton { font-weight: 600; text-align: left; padding: 4px; }")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_words(self, words: str, full: str) -> None:
        """Show `words`; `full` is what a screen reader says."""
        self._words = words
        self.setAccessibleName(full)
        self.fit()

    def fit(self) -> None:
        """Take on font and width."""
        self.ensurePolished()
        self.setText(
            self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, max(self.width() - 14, 20))
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


class CodeSegments(QWidget):
    """The list. A click asks to go there."""

    segment_asked = Signal(str)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.model = SegmentsModel(ctx, self)
        self.view = RowView()
        self.view.setObjectName("code_segments")
        self.view.setModel(self.model)
        self.view.setItemDelegate(SegmentDelegate(ctx, self.view))
        self.view.setUniformItemSizes(True)
        self._none = label("", "dim", wrap=True)
        self._none.setContentsMargins(14, 8, 14, 0)
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._none)
        column.addWidget(self.view, 1)
        self.view.clicked.connect(lambda _: self._ask())
        self.view.entered.connect(self._ask)
        self.show_segments(())

    def show_segments(self, rows: Sequence[SegmentRow]) -> None:
        """Show these; the chosen one stays chosen."""
        self.model.set_rows(rows)
        self._none.setVisible(not rows)
        self.view.setVisible(bool(rows))

    def place_of(self, guid: str | None) -> tuple[int, int]:
        """The place (1-based; 0 for none) of the segment in the list, and how many there are."""
        return self.model.index_of(guid).row() + 1, self.model.rowCount()

    def choose(self, guid: str | None) -> None:
        """Mark a segment. Emits nothing."""
        self.view.setCurrentIndex(self.model.index_of(guid))

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) one, round the ends."""
        count = self.model.rowCount()
        if count:
            at = self.view.currentIndex().row()
            at = (at + by) % count if at >= 0 else (0 if by > 0 else count - 1)
            self.view.setCurrentIndex(self.model.index(at))
            self._ask()

    def _ask(self) -> None:
        row = self.view.currentIndex().data(ROW)
        if row is not None:
            self.segment_asked.emit(row.guid)

    def retranslate(self) -> None:
        t = self._ctx.t
        self._none.setText(t("Nothing is coded with it yet."))
        self.view.setAccessibleName(t("Segments of this code"))
        self.model.refresh()

    def recolor(self) -> None:
        """Take on the present theme."""
        self.view.scheduleDelayedItemsLayout()


class SegmentDelegate(RowDelegate):
    """Two lines of the passage, its direction, and where it stands."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._ctx.theme.px(46))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        self._ground(painter, option, index)
        row: SegmentRow = index.data(ROW)
        theme = self._ctx.theme
        box = QRectF(option.rect).adjusted(14, theme.px(4), -14, -theme.px(4))  # type: ignore[attr-defined]
        dim = theme.readable(theme.color("dim"), theme.color("accent_soft"))
        upper = QRectF(box.left(), box.top(), box.width(), box.height() / 2)
        glyph = GLYPHS[row.valence]
        bold = theme.ui_font(13, BOLD)
        indent = theme.px(14)
        if glyph:
            write(
                painter,
                upper,
                glyph,
                bold,
                theme.readable(theme.valence_color(row.valence), theme.color("accent_soft")),
            )
        quote = f"“{' '.join(row.text.split())}”"
        write(painter, upper.adjusted(indent, 0, 0, 0), quote, theme.text_font(13, italic=True), theme.color("ink"))
        lower = upper.translated(0, box.height() / 2)
        small = theme.ui_font(11.5)
        star = "★" if row.exemplar else ""
        if star:
            write(painter, lower, star, small, theme.color("warning"), RIGHT)
        where = lower.adjusted(indent, 0, -width_of(star, small) - 4, 0)
        people = ", ".join(row.informants)
        write(painter, where, f"{people} · {row.source}" if people else row.source, small, dim)
        painter.restore()
