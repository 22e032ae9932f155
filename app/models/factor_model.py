"""The factor summary as a table: a row for each factor, a column for each direction."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.context import Context
from app.models import matrix_words as words
from app.models.matrix_data import FactorData
from coding.analysis.judging import Finding
from coding.analysis.results import FactorRow, Factors, Side
from coding.analysis.wording import GLYPHS
from coding.codes.rows import LinkedCode
from coding.reports.desk import in_quotes

Index = QModelIndex | QPersistentModelIndex
Key = tuple[str, str]
Direction = str

SIDES: tuple[Direction, ...] = ("supporting", "inhibiting", "neutral")
"""The directions in the order of their columns, from column 1."""
FACTOR = Qt.ItemDataRole.UserRole
SIDE = Qt.ItemDataRole.UserRole + 1
SNIPPET = Qt.ItemDataRole.UserRole + 2
FINDING = Qt.ItemDataRole.UserRole + 3
"""The `Finding` on a side; None without one."""
NOWHERE = QModelIndex()


def side_of(row: FactorRow, column: int) -> Side | None:
    """The side that stands in the table's `column`."""
    sides = (row.supporting, row.inhibiting, row.neutral)
    return sides[column - 1] if 0 < column <= len(sides) else None


def has_evidence(row: FactorRow) -> bool:
    """Whether anything was tagged with the factor, in whatever direction."""
    return bool(row.supporting.segments or row.inhibiting.segments or row.neutral.segments or row.unmarked)


class FactorModel(QAbstractTableModel):
    """Factors in the order of the summary."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.data_shown: FactorData | None = None

    @property
    def factors(self) -> Factors | None:
        """The summary shown."""
        return self.data_shown.factors if self.data_shown else None

    @property
    def rows(self) -> tuple[FactorRow, ...]:
        """The factors shown."""
        return self.factors.rows if self.factors else ()

    def show(self, data: FactorData | None) -> None:
        """Show `data`."""
        before = [(row.code, row.part) for row in self.rows]
        rows = data.factors.rows if data is not None and data.factors else ()
        if before and before == [(row.code, row.part) for row in rows]:
            self.data_shown = data
            self.refresh()
            return
        self.beginResetModel()
        self.data_shown = data
        self.endResetModel()

    def refresh(self) -> None:
        """Say everything again: words or looks are new."""
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def find(self, key: Key) -> int | None:
        """The row where the factor `key` (code and part) is shown."""
        return next((i for i, row in enumerate(self.rows) if (row.code, row.part) == key), None)

    def snippet(self, row: int, column: int) -> str:
        """The exemplar of a side on one line, "" where it has none."""
        side = side_of(self.rows[row], column)
        if side is None or not side.exemplars or self.data_shown is None:
            return ""
        quote = self.data_shown.quotes.get(side.exemplars[0])
        return in_quotes(" ".join(quote.text.split())) if quote is not None else ""

    def finding(self, row: int, column: int) -> Finding | None:
        """What the analyst wrote on a side."""
        if self.data_shown is None or not 0 < column <= len(SIDES):
            return None
        factor = self.rows[row]
        return self.data_shown.findings.get((factor.code, factor.part, SIDES[column - 1]))

    def links(self, row: FactorRow) -> tuple[LinkedCode, ...]:
        """The codes that a factor is mapped onto, or that are mapped onto a dimension."""
        return self.data_shown.links.get(row.code_guid, ()) if self.data_shown else ()

    def below(self, row: FactorRow) -> str:
        """The factor's category, and after an arrow what it is mapped onto."""
        above = words.in_words(self._ctx, row.parent_label) if row.parent_label is not None else ""
        linked = ", ".join(link.label(self._ctx.language) for link in self.links(row))
        return " ".join(part for part in (above, f"→ {linked}" if linked else "") if part)

    # Qt

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() or not self.rows else 1 + len(SIDES)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        if role == FACTOR:
            return row
        if role == SIDE:
            return side_of(row, column)
        if role == FINDING:
            return self.finding(index.row(), column)
        if role == SNIPPET:
            return self.snippet(index.row(), column)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(row, column)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.spoken(index.row(), column)
        return None

    def _shown(self, row: FactorRow, column: int) -> str:
        side = side_of(row, column)
        if side is None:
            return words.in_words(self._ctx, row.label)
        if not side.segments:
            return GLYPHS["silent"]
        return f"{GLYPHS[SIDES[column - 1]]} {self._ctx.words.number(side.passages)}"

    def spoken(self, row: int, column: int) -> str:
        """A place of the table in words."""
        factor, ctx = self.rows[row], self._ctx
        side = side_of(factor, column)
        if side is not None:
            said = words.factor_spoken(ctx, factor, side, SIDES[column - 1])  # type: ignore[arg-type]
            quote, written = self.snippet(row, column), self.finding(row, column)
            parts = [said, words.finding_spoken(ctx, written) if written is not None else ""]
            parts.append(f"{quote[:300]}{'…' if len(quote) > 300 else ''}")
            return "\n".join(part for part in parts if part)
        parts = [words.in_words(ctx, factor.label)]
        if factor.parent_label is not None:
            parts.append(words.in_words(ctx, factor.parent_label))
        if mapped := words.mapped(ctx, self.links(factor)):
            parts.append(mapped)
        if factor.contested:
            parts.append(ctx.t("contested: some support, some inhibit"))
        if not has_evidence(factor):
            parts.append(ctx.t("no evidence"))
        return ", ".join(parts)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        t = self._ctx.t
        return (t("Factor"), t("Supporting"), t("Inhibiting"), t("Neutral"))[section] if section < 4 else None
