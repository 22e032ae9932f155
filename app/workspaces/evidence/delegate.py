"""How a row of the table of coded segments is drawn."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from app.context import Context
from app.icons import pixmap
from app.models.evidence_words import COLUMNS, cell_text, one_line
from app.models.row_lists import ROW, Index
from app.theme import GLYPHS
from app.widgets.painting import BOLD, square, write
from coding.segments.evidence_rows import EvidenceRow
from coding.segments.evidence_words import fold

SIDE, TOP = 8, 7
LINES = 2
"""Lines of a passage in sight; the whole of it stands beside the table."""
_PASSAGE, _AROUND = 13.5, 11.5
_SHOWN = 700
"""Characters of a passage that can have room in so few lines."""


class EvidenceDelegate(QStyledItemDelegate):
    """Draws cells. `context` says whether the sentences around a passage are shown, `found` what was searched for."""

    def __init__(self, ctx: Context, view: QTableView) -> None:
        super().__init__(view)
        self._ctx, self._view = ctx, view
        self.context = False
        self.found = ""

    def row_height(self) -> int:
        """The height of every row."""
        theme = self._ctx.theme
        around = 2 * theme.px(17) if self.context else 0
        return 2 * TOP + LINES * theme.px(20) + around

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, self.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(option.rect)  # type: ignore[attr-defined]
        theme, box = self._ctx.theme, QRectF(option.rect)  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        if chosen:
            painter.fillRect(box, theme.color("accent_soft"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme.color("line"))
        current = self._view.currentIndex()
        if current.isValid() and current.row() == index.row():
            self._frame(painter, box, index)
        row: EvidenceRow | None = index.data(ROW)
        if row is not None:
            ground = theme.color("accent_soft" if chosen else "panel")
            self._cell(painter, box, row, COLUMNS[index.column()], ground)
        painter.restore()

    def _frame(self, painter: QPainter, box: QRectF, index: Index) -> None:
        """The current row: an accent at its left, and lines around it while the table has the keys."""
        color = self._ctx.theme.color("accent" if self._view.hasFocus() else "border")
        header = self._view.horizontalHeader()
        if header.visualIndex(index.column()) == 0:
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), color)
        if self._view.hasFocus():
            painter.fillRect(QRectF(box.left(), box.top(), box.width(), 1), color)
            painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), color)

    def _cell(self, painter: QPainter, box: QRectF, row: EvidenceRow, column: str, ground: QColor) -> None:
        theme, segment = self._ctx.theme, row.segment
        line = QRectF(box.left() + SIDE, box.top() + TOP, box.width() - 2 * SIDE, theme.px(20))
        dim = theme.readable(theme.color("dim"), ground)
        if column == "text":
            self._passage(painter, box, row, ground)
        elif column == "exemplar":
            if segment.exemplar:
                self._sign(painter, box, line, "star_full", theme.readable(theme.color("mixed"), ground))
        elif column == "memo":
            if segment.memo:
                self._sign(painter, box, line, "memo", dim)
        elif column == "valence":
            color = theme.readable(theme.valence_color(segment.valence), ground)
            middle = QRectF(box.left(), line.top(), box.width(), line.height())
            write(
                painter, middle, GLYPHS[segment.valence], theme.ui_font(15, BOLD), color, Qt.AlignmentFlag.AlignCenter
            )
        elif column == "code":
            square(painter, line.left(), line.center().y(), theme, segment.color)
            inner = line.adjusted(theme.px(16), 0, 0, 0)
            write(painter, inner, segment.label(self._ctx.language), theme.ui_font(13), theme.color("ink"))
            if row.segment.topic:
                write(painter, inner.translated(0, theme.px(19)), row.segment.topic, theme.ui_font(11.5), dim)
        else:
            named = column in ("informant", "source")
            ink = theme.color("ink") if named else dim
            align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter if column == "length" else None
            text = cell_text(self._ctx, row, column)
            write(painter, line, text, theme.ui_font(12.5), ink, align or Qt.AlignmentFlag.AlignVCenter)

    def _sign(self, painter: QPainter, box: QRectF, line: QRectF, name: str, color: QColor) -> None:
        side = self._ctx.theme.px(14)
        picture = pixmap(name, color, side, self._view.devicePixelRatioF())
        painter.drawPixmap(QPointF(box.center().x() - side / 2, line.center().y() - side / 2), picture)

    def _passage(self, painter: QPainter, box: QRectF, row: EvidenceRow, ground: QColor) -> None:
        theme, segment = self._ctx.theme, row.segment
        dim = theme.readable(theme.color("dim"), ground)
        inner = box.adjusted(SIDE, TOP, -SIDE, -TOP)
        around = theme.px(17)
        if self.context:
            small = theme.text_font(_AROUND)
            before = QFontMetricsF(small).elidedText(one_line(row.before), Qt.TextElideMode.ElideLeft, inner.width())
            write(painter, QRectF(inner.left(), inner.top(), inner.width(), around), before, small, dim)
            foot = QRectF(inner.left(), inner.bottom() - around, inner.width(), around)
            write(painter, foot, one_line(row.after), small, dim)
            inner = inner.adjusted(0, around, 0, -around)
        text = one_line(segment.text[:_SHOWN]) + ("…" if len(segment.text) > _SHOWN else "")
        font = theme.text_font(_PASSAGE, italic=row.segment.reported)
        painter.setPen(theme.color("ink"))
        for number in range(LINES):
            if number == LINES - 1:
                text = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
            layout = QTextLayout(text, font)
            self._mark(layout, text)
            layout.beginLayout()
            line = layout.createLine()
            line.setLineWidth(inner.width())
            layout.endLayout()
            layout.draw(painter, QPointF(inner.left(), inner.top() + number * theme.px(20)))
            # Qt counts in UTF-16 units
            text = text.encode("utf-16-le")[2 * line.textLength() :].decode("utf-16-le", "ignore")
            if not text:
                break

    def _mark(self, layout: QTextLayout, text: str) -> None:
        """Set off the words that were searched for."""
        if not self.found:
            return
        folded, words = fold(text), " ".join(fold(self.found).split())
        at = folded.find(words)
        ranges: list[QTextLayout.FormatRange] = []
        while at >= 0 and words and len(ranges) < 20:
            made = QTextLayout.FormatRange()
            made.start = len(text[:at].encode("utf-16-le")) // 2
            made.length = len(text[at : at + len(words)].encode("utf-16-le")) // 2
            look = QTextCharFormat()
            look.setBackground(self._ctx.theme.tint(self._ctx.theme.color("mixed"), 0.35))
            made.format = look
            ranges.append(made)
            at = folded.find(words, at + len(words))
        layout.setFormats(ranges)
