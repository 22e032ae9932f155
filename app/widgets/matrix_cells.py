"""How the cells of matrices are drawn: glyph and number, the split of voices, the exemplar, the status."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from app.context import Context
from app.icons import pixmap
from app.models import matrix_words as words
from app.models.matrix_model import CELL, FINDING, ITEM, SNIPPET, VOICES, Index, Line, MatrixModel
from app.theme import Theme
from coding.analysis.judging import Finding
from coding.analysis.results import Cell, Status, VoiceCell
from coding.analysis.wording import GLYPHS, status_word

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
MOST_LINES = 3
"""Of a quotation in a narrow cell."""
STATUS_TONES: dict[Status, str] = {
    "convergent": "supporting",
    "partial": "mixed",
    "divergent": "inhibiting",
    "single": "dim",
    "covered": "dim",
    "absent": "dim",
}


class Sizes:
    """Lengths of matrix cells in pixels at this text size."""

    def __init__(self, theme: Theme) -> None:
        px = theme.px
        self.pad = px(10)
        self.row, self.tall = px(38), px(54)
        self.first, self.line = px(9), px(20)
        self.second = px(29)
        self.glyph = px(18)
        self.gap = px(5)
        self.chevron, self.indent = px(18), px(30)
        self.least = px(76)
        self.named = px(132)
        # in these a quotation can be read: on up to three lines, and on one
        self.quoted, self.snippet = px(128), px(220)
        self.wrap = px(17)
        self.fold = px(14)


class Type:
    """A font, and how wide texts are in it."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._metrics = QFontMetrics(font)
        self._widths: dict[str, int] = {}

    @property
    def height(self) -> int:
        """From one line of text to the next."""
        return self._metrics.lineSpacing()

    def width(self, text: str) -> int:
        """How wide `text` is; remembered, because the same numbers and words come again and again."""
        if text not in self._widths:
            self._widths[text] = self._metrics.horizontalAdvance(text)
        return self._widths[text]

    def elided(self, text: str, room: int) -> str:
        """`text`, ending in … where it is wider than `room`."""
        # a quotation may be a page long, of which a line can show but the beginning
        if len(text) <= room and self.width(text) <= room:
            return text
        return self._metrics.elidedText(text[: max(room, 40)], Qt.TextElideMode.ElideRight, room)

    def lines(self, text: str, room: int, most: int = 2) -> list[str]:
        """`text` broken at words into at most `most` lines of `room` pixels; what has no room ends in …."""
        words, lines = text.split(), list[str]()
        while words and len(lines) < most - 1:
            taken = 1
            # a word that is too wide stands on a line of its own
            while taken < len(words) and self._metrics.horizontalAdvance(" ".join(words[: taken + 1])) <= room:
                taken += 1
            lines.append(self.elided(" ".join(words[:taken]), room))
            words = words[taken:]
        return [*lines, self.elided(" ".join(words), room)] if words else lines or [""]


class Fonts:
    """Fonts of matrix cells at this text size."""

    def __init__(self, theme: Theme) -> None:
        self.plain = Type(theme.ui_font())
        self.bold = Type(theme.ui_font(weight=QFont.Weight.DemiBold))
        self.glyph = Type(theme.ui_font(14, QFont.Weight.Bold))
        self.small = Type(theme.ui_font(11))
        self.small_bold = Type(theme.ui_font(11.5, QFont.Weight.DemiBold))
        self.quote = Type(theme.text_font(12, italic=True))


def draw(painter: QPainter, rect: QRect, text: str, face: Type, color: QColor) -> int:
    """Draw `text` on one line at the left of `rect`, with … where it has no room; returns its width."""
    shown = face.elided(text, rect.width())
    painter.setFont(face.font)
    painter.setPen(color)
    painter.drawText(rect, int(LEFT), shown)
    return face.width(shown)


class TableDelegate(QStyledItemDelegate):
    """What cells of all matrices have in common: ground, focus, hover, and the line beneath."""

    def __init__(self, ctx: Context, view: QTableView) -> None:
        super().__init__(view)
        self.ctx, self.view = ctx, view
        self.take_theme()

    def take_theme(self) -> None:
        """Take on the theme's sizes and fonts."""
        self.sizes, self.fonts = Sizes(self.ctx.theme), Fonts(self.ctx.theme)

    def ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> QColor:
        """Paint what is behind a cell; returns its colour."""
        theme, rect = self.ctx.theme, option.rect
        panel = theme.color("panel")
        painter.fillRect(rect, panel)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line"))
        current = self.view.currentIndex() == index
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if not current and not hovered:
            return panel
        ground = theme.color("accent_soft" if current else "hover")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = current and self.view.hasFocus()
        painter.setPen(QPen(theme.color("accent"), 2) if focused else Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(rect).adjusted(1.5, 1.5, -1.5, -2.5), 4, 4)
        return ground

    def first_line(self, rect: QRect) -> QRect:
        """The first line of text of a cell."""
        s = self.sizes
        return QRect(rect.left() + s.pad, rect.top() + s.first, rect.width() - 2 * s.pad, s.line)

    def second_line(self, rect: QRect) -> QRect:
        """The second line of text of a cell."""
        s = self.sizes
        return QRect(rect.left() + s.pad, rect.top() + s.second, rect.width() - 2 * s.pad, s.line)

    def mark_written(self, painter: QPainter, rect: QRect, ground: QColor, *, stale: bool) -> None:
        """A pencil at the right end of the first line, where the analyst has written a finding."""
        theme, size = self.ctx.theme, self.ctx.theme.px(13)
        color = theme.readable(theme.color("warning" if stale else "dim"), ground)
        picture = pixmap("pencil", color, size, self.view.devicePixelRatioF())
        top = self.first_line(rect).center().y() - size / 2 + 0.5
        painter.drawPixmap(QPointF(rect.right() - size - theme.px(5), top), picture)

    def draw_count(self, painter: QPainter, line: QRect, stance: str, count: str, ground: QColor) -> int:
        """Draw a stance's glyph and a number; returns where they end."""
        theme, s = self.ctx.theme, self.sizes
        color = theme.readable(theme.valence_color(stance), ground)
        draw(painter, QRect(line.left(), line.top(), s.glyph, line.height()), GLYPHS[stance], self.fonts.glyph, color)
        rest = line.adjusted(s.glyph, 0, 0, 0)
        return rest.left() + draw(painter, rest, count, self.fonts.plain, theme.readable(theme.color("ink"), ground))

    def draw_chip(self, painter: QPainter, left: int, line: QRect, text: str, tone: str) -> int:
        """Draw a word in a tinted field; returns where it ends."""
        theme, face = self.ctx.theme, self.fonts.small_bold
        color = theme.color(tone)
        back = theme.tint(color, 0.14)
        field = QRectF(left, line.top() - 1, face.width(text) + theme.px(20), line.height() + 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(back)
        painter.drawRoundedRect(field, field.height() / 2, field.height() / 2)
        draw(painter, field.toRect().adjusted(theme.px(10), 0, 0, 0), text, face, theme.readable(color, back))
        return round(field.right())


class MatrixDelegate(TableDelegate):
    """Draws the cells of a triangulation matrix."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setClipRect(option.rect)
        ground = self.ground(painter, option, index)
        line: Line = index.data(ITEM)
        cell: Cell | None = index.data(CELL)
        written: Finding | None = index.data(FINDING)
        if written is not None:
            self.mark_written(painter, option.rect, ground, stale=written.stale)
        if cell is not None:
            self._cell(painter, option.rect, cell, index.data(SNIPPET), index.data(VOICES), ground)
        elif index.column() == 0:
            self._label(painter, option.rect, line, index.data(), ground)
        else:
            self._status(painter, option.rect, line)
        painter.restore()

    def _label(self, painter: QPainter, rect: QRect, line: Line, text: str, ground: QColor) -> None:
        theme, s = self.ctx.theme, self.sizes
        place = self.first_line(rect)
        quiet = line.row.status == "absent"
        color = theme.readable(theme.color("dim" if quiet else "ink"), ground)
        if line.expanded is not None:
            name = "chevron_down" if line.expanded else "chevron_right"
            size = theme.px(14)
            picture = pixmap(name, color, size, self.view.devicePixelRatioF())
            left = rect.left() + self.label_left(line) - s.chevron + theme.px(2)
            painter.drawPixmap(QPointF(left, place.center().y() - size / 2 + 0.5), picture)
        place = place.adjusted(self.label_left(line) - s.pad, 0, s.pad - theme.px(4), 0)
        for number, part in enumerate(self.label_font(line).lines(text, place.width())):
            draw(painter, place.translated(0, number * s.wrap), part, self.label_font(line), color)

    def label_font(self, line: Line) -> Type:
        """The font of a row's label."""
        return self.fonts.bold if line.top else self.fonts.plain

    def label_left(self, line: Line) -> int:
        """Where a row's label begins in its cell."""
        return (self.sizes.chevron, self.sizes.indent, self.sizes.indent + self.sizes.chevron)[line.depth]

    def _cell(
        self,
        painter: QPainter,
        rect: QRect,
        cell: Cell,
        snippet: str,
        voices: tuple[VoiceCell, ...],
        ground: QColor,
    ) -> None:
        theme, s = self.ctx.theme, self.sizes
        place, dim = self.first_line(rect), theme.readable(theme.color("dim"), ground)
        if cell.stance == "silent":
            draw(painter, place, GLYPHS["silent"], self.fonts.plain, dim)
            return
        end = self.draw_count(painter, place, cell.stance, self.ctx.words.number(cell.passages), ground)
        divided = words.split(self.ctx, cell)
        if divided:
            size = theme.px(11)
            name = "chevron_down" if voices else "chevron_right"
            picture = pixmap(name, dim, size, self.view.devicePixelRatioF())
            painter.drawPixmap(QPointF(end + s.gap, place.center().y() - size / 2 + 0.5), picture)
            room = QRect(
                end + s.gap + s.fold, place.top(), place.right() - end - s.gap - s.fold + s.pad, place.height()
            )
            draw(painter, room, divided, self.fonts.small, dim)
        for number, voice in enumerate(voices):
            self._voice(painter, self.voice_line(rect, number), voice, ground)
        if snippet:
            place = self.second_line(rect)
            for number, part in enumerate(self.snippet_lines(snippet, rect.width())):
                draw(painter, place.translated(0, number * s.wrap), part, self.fonts.quote, dim)

    def _voice(self, painter: QPainter, line: QRect, voice: VoiceCell, ground: QColor) -> None:
        """One voice of a cell that is split: its direction, its number of passages, and who it is."""
        theme, s = self.ctx.theme, self.sizes
        color = theme.readable(theme.valence_color(voice.stance), ground)
        draw(painter, QRect(line.left(), line.top(), s.glyph, line.height()), GLYPHS[voice.stance],
             self.fonts.small_bold, color)  # fmt: skip
        dim = theme.readable(theme.color("dim"), ground)
        number = line.adjusted(s.glyph, 0, 0, 0)
        wide = draw(painter, number, self.ctx.words.number(voice.passages), self.fonts.small, dim)
        draw(painter, number.adjusted(wide + s.gap, 0, 0, 0), voice.voice, self.fonts.small, dim)

    def voice_line(self, rect: QRect, number: int) -> QRect:
        """Where the voice at `number` stands in a cell that is split."""
        return self.second_line(rect).translated(0, number * self.sizes.wrap)

    def fold(self, rect: QRect, cell: Cell) -> QRect:
        """Where the sign stands that splits a cell of several voices."""
        s, line = self.sizes, self.first_line(rect)
        left = line.left() + s.glyph + self.fonts.plain.width(self.ctx.words.number(cell.passages))
        return QRect(left, line.top(), s.gap + s.fold, line.height())

    def snippet_lines(self, snippet: str, wide: int) -> list[str]:
        """An exemplar as it stands in a cell `wide` pixels wide: on one line, on up to three where that is narrow."""
        room = wide - 2 * self.sizes.pad
        # of a quotation of a page three lines can show but the beginning
        return self.fonts.quote.lines(snippet[:600], room, MOST_LINES if wide < self.sizes.snippet else 1)

    def _status(self, painter: QPainter, rect: QRect, line: Line) -> None:
        theme, s, row = self.ctx.theme, self.sizes, line.row
        place = self.first_line(rect)
        word = status_word(row.status, self.ctx.words)
        end = self.draw_chip(painter, place.left(), place, word, STATUS_TONES[row.status])
        dim = theme.readable(theme.color("dim"), theme.color("hover"))
        room = QRect(end + s.gap + 2, place.top(), rect.right() - end - s.gap, place.height())
        draw(painter, room, words.coverage(self.ctx, row), self.fonts.small, dim)
        if row.judgement is not None:
            tone = theme.readable(theme.color("warning"), theme.color("hover")) if row.judgement.stale else dim
            below = self.second_line(rect).adjusted(0, 3, s.pad, 3)
            draw(painter, below, words.judged(self.ctx, row.judgement), self.fonts.small, tone)

    # how much room things need

    def height(self, model: MatrixModel, row: int) -> int:
        """How tall the row at `row` has to be, in the columns as wide as they are."""
        s, line = self.sizes, model.lines[row]
        quoted = [
            len(self.snippet_lines(snippet, self.view.columnWidth(column)))
            for column in range(1, len(model.columns) + 1)
            if (snippet := model.snippet(row, column))
        ]
        voices = (len(model.parted_at(row, column)) for column in range(1, len(model.columns) + 1))
        below = max(*quoted, *voices, 0, 0)
        if below > 1:
            return s.second + below * s.wrap + s.first
        room = self.view.columnWidth(0) - self.label_left(line) - self.ctx.theme.px(4)
        wrapped = self.label_font(line).width(model.shown(row, 0)) > room
        return s.tall if below or wrapped or line.row.judgement is not None else s.row

    def label_width(self, model: MatrixModel) -> int:
        """How wide the first column has to be."""
        widths = [
            self.label_left(line) + self.label_font(line).width(model.shown(row, 0))
            for row, line in enumerate(model.lines)
        ]
        return max(widths, default=0) + self.sizes.pad

    def status_width(self, model: MatrixModel) -> int:
        """How wide the last column has to be."""
        s, theme = self.sizes, self.ctx.theme
        rows = [line.row for line in model.lines]
        chips = [
            self.fonts.small_bold.width(status_word(row.status, self.ctx.words))
            + self.fonts.small.width(words.coverage(self.ctx, row))
            for row in rows
        ]
        judged = [self.fonts.small.width(words.judged(self.ctx, row.judgement)) for row in rows if row.judgement]
        wide = max(chips, default=0) + theme.px(20) + s.gap + theme.px(6)
        return max(wide, *judged, 0) + 2 * s.pad

    def cell_width(self, model: MatrixModel, column: int) -> int:
        """How wide a matrix column has to be for its numbers and the longest word of its head."""
        s, widest = self.sizes, 0
        for row in range(len(model.lines)):
            cell = model.cell_at(row, column)
            if cell is None or cell.stance == "silent":
                continue
            divided = words.split(self.ctx, cell)
            used = s.glyph + self.fonts.plain.width(self.ctx.words.number(cell.passages))
            used += s.gap + s.fold + self.fonts.small.width(divided) + 4 if divided else 0
            used += self.ctx.theme.px(16) if model.finding(row, column) is not None else 0
            named = max((self.fonts.small.width(voice.voice) for voice in model.parted_at(row, column)), default=0)
            named = min(named, s.named) + s.glyph + s.gap + self.fonts.small.width("000") if named else 0
            widest = max(widest, used, named)
        name = str(model.headerData(column, Qt.Orientation.Horizontal))
        head = max((self.fonts.bold.width(word) for word in name.split()), default=0)
        return max(s.least, widest + 2 * s.pad, min(head, self.ctx.theme.px(150)) + 2 * s.pad)
