"""How sources and informants look in their lists."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.models.row_lists import ROW
from app.models.sources import METHOD_GROUPS, Heading
from app.widgets.painting import BOLD, RIGHT, share_bar, width_of, write
from app.widgets.row_view import SIDE, Index, RowDelegate
from coding.transcripts.rows import InformantRow, SourceRow


class SourceDelegate(RowDelegate):
    """Name and number of coded segments; date and share coded; the share as a thin bar."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        px = self._ctx.theme.px
        row = index.data(ROW)
        if isinstance(row, Heading):
            return QSize(100, px(30))
        return QSize(100, px(54 if _two_lines(row) else 40))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row, theme = index.data(ROW), self._ctx.theme
        box = QRectF(option.rect)  # type: ignore[attr-defined]
        inner = box.adjusted(SIDE, 0, -SIDE, 0)
        if isinstance(row, Heading):
            words = f"{self._ctx.t(METHOD_GROUPS[row.method])} · {self._ctx.words.number(row.count)}"
            write(painter, inner.adjusted(0, theme.px(6), 0, 0), words, theme.ui_font(12, BOLD), theme.color("dim"))
        else:
            self._ground(painter, option, index)
            self._paint_source(painter, inner, row)
        painter.restore()

    def _paint_source(self, painter: QPainter, box: QRectF, row: SourceRow) -> None:
        ctx, theme = self._ctx, self._ctx.theme
        dim, ink = theme.color("dim"), theme.color("dim" if row.left_out else "ink")
        dim = theme.readable(dim, theme.color("accent_soft"))
        name, small = theme.ui_font(13), theme.ui_font(11.5)
        count = ctx.words.number(row.segments)
        line = QRectF(box.left(), box.top() + theme.px(7), box.width(), theme.px(17))
        count_width = width_of(count, name)
        write(painter, line, count, name, ink, RIGHT)
        write(painter, line.adjusted(0, 0, -count_width - 10, 0), row.name, name, ink)
        if _two_lines(row):
            line.translate(0, theme.px(17))
            share = ctx.words.percent(row.coded) if row.segments else ctx.t("not yet")
            taken = width_of(share, small)
            write(painter, line, share, small, dim, RIGHT)
            when = ctx.words.short_date(row.date)
            if row.left_out:
                when = " · ".join(part for part in (when, ctx.t("left out")) if part)
            write(painter, line.adjusted(0, 0, -taken - 10, 0), when, small, dim)
        share_bar(painter, QRectF(box.left(), box.bottom() - theme.px(9), box.width(), theme.px(3)), theme, row.coded)


class InformantDelegate(RowDelegate):
    """The code, and the role behind it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._ctx.theme.px(28))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        row: InformantRow = index.data(ROW)
        theme = self._ctx.theme
        self._ground(painter, option, index)
        box = QRectF(option.rect).adjusted(SIDE, 0, -SIDE, 0)  # type: ignore[attr-defined]
        dim = theme.readable(theme.color("dim"), theme.color("accent_soft"))
        ink = dim if row.left_out else theme.color("ink")
        taken = write(painter, box.adjusted(0, 0, -box.width() * 0.3, 0), row.code, theme.ui_font(13), ink)
        write(painter, box.adjusted(taken + 8, 0, 0, 0), row.role or row.group or "", theme.ui_font(11.5), dim)
        painter.restore()


def _two_lines(row: SourceRow) -> bool:
    return bool(row.date) or row.left_out or row.method in ("interview", "focus_group")
