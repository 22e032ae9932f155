"""What an edit would do to what is coded, as a list beside the text."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStyleOptionViewItem, QVBoxLayout, QWidget

from app.context import Context
from app.widgets.painting import BOLD, write
from app.widgets.parts import label
from app.widgets.row_view import Index, RowDelegate
from coding.transcripts.editing_text import EditPlan, TouchedSegment

SEGMENT = Qt.ItemDataRole.UserRole
NAMED = 4
"""Speakers named of the turns that are new."""
SHOWN = 500
"""Segments listed; the number of all is said."""


class _Delegate(RowDelegate):
    """The code, the words before, struck through, and the words after."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._ctx.theme.px(66))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: TouchedSegment = index.data(SEGMENT)
        theme = self._ctx.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, index)
        box = QRectF(option.rect).adjusted(14, theme.px(6), -14, -4)  # type: ignore[attr-defined]
        dim = theme.readable(theme.color("dim"), theme.color("accent_soft"))
        line = QRectF(box.left(), box.top(), box.width(), theme.px(18))
        write(painter, line, row.label(self._ctx.language), theme.ui_font(12.5, BOLD), theme.color("ink"))
        words = theme.text_font(12.5)
        struck = theme.text_font(12.5)
        struck.setStrikeOut(True)
        line.translate(0, theme.px(19))
        write(painter, line, _middle(row.before, row.after, words, line.width()), struck, dim)
        line.translate(0, theme.px(19))
        if row.after:
            write(painter, line, _middle(row.after, row.before, words, line.width()), words, theme.color("ink"))
        else:
            gone = theme.readable(theme.color("inhibiting"), theme.color("accent_soft"))
            write(painter, line, self._ctx.t("The coded segment goes"), theme.ui_font(12), gone)
        painter.restore()


def _middle(text: str, other: str, font: object, width: float) -> str:
    """`text` on one line, from a little before where it differs from `other`."""
    text, other = " ".join(text.split()), " ".join(other.split())
    same = next((i for i, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), min(len(text), len(other)))
    room = max(8, int(width / QFontMetrics(font).averageCharWidth()))  # type: ignore[call-overload]
    start = max(0, same - room // 2)
    if start and len(text) > room:
        start = text.find(" ", start) + 1 or start
        return "…" + text[start:]
    return text


def _named(plan: EditPlan, *, new: bool) -> list[str]:
    """The speakers of the turns that are new, or of those that are another's now."""
    return [read.speaking.code or read.spans.label for read in plan.turns_read if read.new is new]


def _listed(names: list[str]) -> str:
    """Each name once, the first few of them."""
    found = list(dict.fromkeys(names))
    return ", ".join(found[:NAMED]) + (" …" if len(found) > NAMED else "")


class PlanList(QWidget):
    """How many segments keep their words, and which do not."""

    chosen = Signal(object)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._plan: EditPlan | None = None
        self._stored = False
        self.heading = label("", "heading", wrap=True)
        self.summary = label("", "dim", wrap=True)
        self.list = QListWidget()
        self.list.setObjectName("edit_plan")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setItemDelegate(_Delegate(ctx, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setStyleSheet("QListWidget { background: transparent; }")
        self.list.itemActivated.connect(lambda item: self.chosen.emit(item.data(SEGMENT)))
        self.list.itemClicked.connect(lambda item: self.chosen.emit(item.data(SEGMENT)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 0)
        column.setSpacing(6)
        for widget in (self.heading, self.summary):
            widget.setContentsMargins(14, 0, 14, 0)
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        self.retranslate()

    @property
    def plan(self) -> EditPlan | None:
        """The plan that is shown."""
        return self._plan

    def show_plan(self, plan: EditPlan | None) -> None:
        """Show what `plan` would do; None while nothing was changed."""
        self._plan, self._stored = plan, False
        self._say()
        self.list.clear()
        if plan is None:
            return
        for row in (*plan.vanishing, *plan.changed)[:SHOWN]:
            item = QListWidgetItem()
            item.setData(SEGMENT, row)
            after = row.after or self._ctx.t("The coded segment goes")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.label(self._ctx.language)}: {row.before} → {after}")
            self.list.addItem(item)

    def show_stored(self, plan: EditPlan) -> None:
        """Say that the edit is stored, and what it did."""
        self.show_plan(None)
        self._plan, self._stored = plan, True
        self._say()

    @property
    def stored(self) -> bool:
        """Whether what is shown was stored."""
        return self._stored

    def _say(self) -> None:
        t, n, plan = self._ctx.t, self._ctx.n, self._plan
        if plan is None or not plan.hunks:
            self.heading.setText(t("Nothing changed yet"))
            self.summary.setText(t("Coded passages are coloured. They stay on their words while you mend the text."))
            return
        if self._stored:
            self.heading.setText(t("Saved"))
        elif plan.vanishing:
            gone = n("{count} coded segment loses all its words", "{count} coded segments lose all their words",
                     count=len(plan.vanishing))  # fmt: skip
            self.heading.setText(gone)
        elif plan.changed:
            changed = n("{count} coded segment has other words", "{count} coded segments have other words",
                        count=len(plan.changed))  # fmt: skip
            self.heading.setText(changed)
        else:
            self.heading.setText(t("No coded segment changes"))
        self.summary.setText(" · ".join(self._parts(plan)))

    def _parts(self, plan: EditPlan) -> list[str]:
        n = self._ctx.n
        parts = [n("{count} keeps its words", "{count} keep their words", count=plan.kept)]
        if plan.changed and (plan.vanishing or self._stored):
            parts.append(n("{count} has other words", "{count} have other words", count=len(plan.changed)))
        if plan.turns_gone:
            parts.append(n("{count} turn goes", "{count} turns go", count=len(plan.turns_gone)))
        if made := _named(plan, new=True):
            parts.append(n("{count} new turn ({speakers})", "{count} new turns ({speakers})", count=len(made),
                           speakers=_listed(made)))  # fmt: skip
        if given := _named(plan, new=False):
            parts.append(n("{count} turn has another speaker ({speakers})",
                           "{count} turns have another speaker ({speakers})", count=len(given),
                           speakers=_listed(given)))  # fmt: skip
        return parts

    def retranslate(self) -> None:
        """Say everything in the language at hand."""
        self.list.setAccessibleName(self._ctx.t("Coded segments whose words change"))
        self._say()
