"""The queue of the review as an item model: it holds what is listed, and the lines of those looked at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, Signal

from app.context import Context
from app.models.review_words import spoken
from app.models.row_lists import NOWHERE, ROW, Index
from coding.review.details import QueueLine
from coding.review.queue import Targets
from coding.review.rows import Target

MARGIN = 40
"""Lines read before and after those in sight."""


class QueueModel(QAbstractListModel):
    """`lines_wanted` carries the things whose lines are looked at and not known; hand them over with `take`."""

    lines_wanted = Signal(list)

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.targets = Targets()
        self._lines: dict[Target, QueueLine] = {}
        self._gone: set[Target] = set()
        self._stale: set[Target] = set()

    def set_targets(self, targets: Targets) -> None:
        """List these things."""
        if targets == self.targets:
            return
        self.beginResetModel()
        self.targets = targets
        self.endResetModel()

    def clear(self) -> None:
        """List nothing, and know nothing."""
        self.beginResetModel()
        self.targets, self._lines, self._gone, self._stale = Targets(), {}, set(), set()
        self.endResetModel()

    def line(self, number: int) -> QueueLine | None:
        """The line at the place `number`; None while it is not known."""
        return self._lines.get(self.targets[number]) if 0 <= number < len(self.targets) else None

    def is_gone(self, number: int) -> bool:
        """Whether the thing at this place was removed since it was listed."""
        return 0 <= number < len(self.targets) and self.targets[number] in self._gone

    def place_of(self, target: Target | None) -> int:
        """The place of a thing; -1 when it is not listed."""
        return self.targets.place_of(target)

    def look(self, first: int, last: int) -> None:
        """The lines from `first` to `last` are in sight: ask for those that are not known, and some more around."""
        here = self.targets[max(first, 0) : last + 1]
        if any(self._wants(target) for target in here):
            around = self.targets[max(first - MARGIN, 0) : last + 1 + MARGIN]
            self.lines_wanted.emit([target for target in around if self._wants(target)])

    def _wants(self, target: Target) -> bool:
        return target in self._stale or (target not in self._lines and target not in self._gone)

    def outdate(self) -> None:
        """Something was changed: what is shown stays until it was read again."""
        self._stale = set(self._lines) | self._gone

    def take(self, lines: Iterable[QueueLine], asked: Iterable[Target]) -> None:
        """Lines were read; of those `asked` for, what did not come is gone."""
        came = {line.target: line for line in lines}
        self._lines.update(came)
        for target in asked:
            self._stale.discard(target)
            if target in came:
                self._gone.discard(target)
            else:
                self._gone.add(target)
        if self.targets:
            self.dataChanged.emit(self.index(0), self.index(len(self.targets) - 1))

    def refresh(self) -> None:
        """Language or looks have changed."""
        if self.targets:
            self.dataChanged.emit(self.index(0), self.index(len(self.targets) - 1))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.targets)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.line(index.row())
        if role == ROW:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            if line is not None:
                return spoken(self._ctx, line)
            return self._ctx.t("No longer there") if self.is_gone(index.row()) else ""
        return None

    def index_of(self, number: int) -> QModelIndex:
        """The index of a place; an invalid one when there is none."""
        return self.index(number) if 0 <= number < len(self.targets) else QModelIndex()
