"""The list of memos: what each is on, where, and how it begins."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.context import Context
from app.models.row_lists import ROW, RowList
from app.widgets.painting import BOLD, RIGHT, width_of, write
from app.widgets.row_view import Index, RowDelegate
from coding.errors import mark
from coding.memos.rows import MemoKind, MemoRow

KIND_NAMES: dict[MemoKind, str] = {
    "journal": mark("Journal"),
    "project": mark("Project"),
    "source": mark("Source"),
    "informant": mark("Informant"),
    "code": mark("Code"),
    "segment": mark("Coded segment"),
}


class MemosModel(RowList[MemoRow]):
    """Memos as they were filtered."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx

    def key_of(self, row: MemoRow) -> str:
        return row.target

    def text_of(self, row: MemoRow) -> str:
        ctx = self._ctx
        return f"{ctx.t(KIND_NAMES[row.kind])}: {self.name_of(row)}. {row.text}"

    def name_of(self, row: MemoRow) -> str:
        """What stands over a memo in the list."""
        return row.title(self._ctx.language) or self._ctx.t("Untitled page")

    def index_of(self, key: str | None) -> QModelIndex:
        return super().index_of(key)


class MemoDelegate(RowDelegate):
    """Two lines: what it is on and its day; where it is, and how it begins."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._ctx.theme.px(46))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        self._ground(painter, option, index)
        row: MemoRow = index.data(ROW)
        ctx, theme = self._ctx, self._ctx.theme
        box = QRectF(option.rect).adjusted(14, theme.px(4), -14, -theme.px(4))  # type: ignore[attr-defined]
        dim = theme.readable(theme.color("dim"), theme.color("accent_soft"))
        upper = QRectF(box.left(), box.top(), box.width(), box.height() / 2)
        small = theme.ui_font(11.5)
        day = ctx.words.short_date(row.date)
        write(painter, upper, day, small, dim, RIGHT)
        name = row.title(ctx.language) or ctx.t("Untitled page")
        write(
            painter,
            upper.adjusted(0, 0, -width_of(day, small) - 8, 0),
            name,
            theme.ui_font(13, BOLD),
            theme.color("ink"),
        )
        kind = ctx.t(KIND_NAMES[row.kind])
        begins = " ".join(row.text.split())
        write(painter, upper.translated(0, box.height() / 2), f"{kind} · {begins}", small, dim)
        painter.restore()
