"""What the study recommends, written beside the inhibiting factors that each recommendation answers."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.context import Context
from app.models import matrix_words as words
from app.widgets.draft_edit import DraftEdit
from app.widgets.parts import SectionHeader, button, label
from app.widgets.sentence_list import SentenceList
from coding.analysis.results import FactorRow, Factors
from coding.errors import mark
from coding.findings.recommendations import (
    RecommendationRow,
    order_recommendations,
    recommendations,
    unanswered,
    write_recommendation,
)

GUID = Qt.ItemDataRole.UserRole
NEW = "new"
"""Stands for a recommendation that is being begun."""


class RecommendationsView(QWidget):
    """Recommendations in order at the left, inhibiting factors at the right: checked are those that the current one
    answers, and those nobody answers say so. `factor_opened` carries code and part of a factor."""

    factor_opened = Signal(object)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._rows: tuple[RecommendationRow, ...] = ()
        self._factors: Factors | None = None
        self._chosen = ""
        self.add_button = button(name="add_recommendation")
        self.list = SentenceList(ctx, "recommendations")
        self.edit = DraftEdit()
        self.edit.setObjectName("recommendation_text")
        self.head, self.factors_head = SectionHeader(), SectionHeader()
        self.head.row.addWidget(self.add_button)
        self.factors = QListWidget()
        self.factors.setObjectName("answered_factors")
        self.factors.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hint = label("", "dim", wrap=True)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.head)
        left.addWidget(self.list, 1)
        left.addWidget(self.edit)
        right.addWidget(self.factors_head)
        right.addWidget(self.factors, 1)
        right.addWidget(self.hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(16)
        row.addLayout(left, 3)
        row.addLayout(right, 2)
        self.add_button.clicked.connect(self.add)
        self.list.chosen.connect(self._on_chosen)
        self.list.ordered.connect(self._on_ordered)
        self.list.removed.connect(self.remove)
        self.list.writing_asked.connect(lambda: self.edit.setFocus(Qt.FocusReason.OtherFocusReason))
        self.edit.written.connect(self._on_written)
        self.edit.left.connect(self.list.setFocus)
        self.edit.next_asked.connect(self.add)
        self.factors.itemChanged.connect(lambda _: self._on_checked())
        self.factors.itemDoubleClicked.connect(self._open)
        self.factors.itemActivated.connect(self._open)
        ctx.leaving.connect(self.edit.flush)
        self.retranslate()

    def show_factors(self, factors: Factors | None) -> None:
        """Take the factors as they are summed up now, and read the recommendations anew."""
        self._factors = factors
        if self._ctx.project is not None:
            self._ctx.read(lambda reader: tuple(recommendations(reader)), self._take, key="matrices.recommendations")

    def forget(self) -> None:
        """No project is open."""
        self._rows, self._factors, self._chosen = (), None, ""
        self.edit.show_text("", "")
        self._show()

    def _take(self, rows: tuple[RecommendationRow, ...]) -> None:
        if self._chosen == NEW and len(rows) > len(self._rows):
            known = {row.guid for row in self._rows}
            self._chosen = next((row.guid for row in rows if row.guid not in known), "")
            self.edit.owner = self._chosen
        self._rows = rows
        if self._chosen != NEW and self._current() is None:
            self._chosen = rows[0].guid if rows else ""
        self._show()

    def _current(self) -> RecommendationRow | None:
        return next((row for row in self._rows if row.guid == self._chosen), None)

    def _show(self) -> None:
        lines = []
        for row in self._rows:
            answered = ", ".join(words.in_words(self._ctx, factor.label) for factor in row.factors)
            lines.append((row.guid, row.text, f"      → {answered}" if answered else ""))
        self.list.show_sentences(lines, self._chosen)
        self._show_current()

    def _show_current(self) -> None:
        t, current = self._ctx.t, self._current()
        read_only = self._ctx.project is None or self._ctx.project.read_only
        if self._chosen != NEW or self.edit.owner != NEW:
            self.edit.show_text(self._chosen, current.text if current is not None else "")
        self.edit.setReadOnly(read_only or not self._chosen)
        self.add_button.setEnabled(not read_only)
        factors = self._factors
        shown = [row for row in factors.rows if row.inhibiting.segments] if factors is not None else []
        open_ones = unanswered(factors, self._rows) if factors is not None else []
        answers = {factor.guid for factor in current.factors} if current is not None else set()
        with QSignalBlocker(self.factors):
            self.factors.clear()
            for row in shown:
                self._add(
                    row, row.code_guid in answers, row in open_ones, enabled=current is not None and not read_only
                )
        self.factors_head.set_text(t("Inhibiting factors"))
        said = self._ctx.n(
            "{count} inhibiting factor has no recommendation yet.",
            "{count} inhibiting factors have no recommendation yet.",
            count=len(open_ones),
        )
        self.hint.setText(said if open_ones else t("Every inhibiting factor has a recommendation.") if shown else "")

    def _add(self, row: FactorRow, answered: bool, is_open: bool, *, enabled: bool) -> None:
        name = words.in_words(self._ctx, row.label)
        passages = self._ctx.n("{count} passage", "{count} passages", count=row.inhibiting.passages)
        said = f"{name}  ·  {passages}"
        item = QListWidgetItem(f"{said}  ·  {self._ctx.t('no recommendation')}" if is_open else said)
        item.setToolTip(item.text())
        item.setData(GUID, (row.code_guid, row.code, row.part))
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable if enabled else flags)
        if enabled:
            item.setCheckState(Qt.CheckState.Checked if answered else Qt.CheckState.Unchecked)
        if is_open:
            font = item.font()
            font.setBold(True)
            item.setFont(font)
        self.factors.addItem(item)

    # writing

    def add(self) -> None:
        """Begin a new recommendation; it is there as soon as something is written."""
        if self.add_button.isEnabled():
            self.edit.flush()
            self.list.setCurrentRow(-1)
            self._chosen = NEW
            self.edit.show_text(NEW, "")
            self._show_current()
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self, guid: str) -> None:
        """Take a recommendation out."""
        if self.add_button.isEnabled():
            self._ctx.operate(mark("Remove a recommendation"), lambda op: write_recommendation(op, guid, ""))

    def _on_written(self, owner: str, text: str) -> None:
        if owner == NEW:
            if text:
                self._ctx.operate(mark("Add a recommendation"), lambda op: write_recommendation(op, None, text))
        elif owner:
            title = mark("A recommendation")
            self._ctx.operate(title, lambda op: write_recommendation(op, owner, text), gesture=f"advice {owner}")

    def _on_ordered(self, guids: list[str]) -> None:
        self._ctx.operate(mark("Order of the recommendations"), lambda op: order_recommendations(op, guids))

    def _on_checked(self) -> None:
        current = self._current()
        if current is None:
            return
        self.edit.flush()
        items = [self.factors.item(i) for i in range(self.factors.count())]
        seen = {item.data(GUID)[0]: item.checkState() == Qt.CheckState.Checked for item in items}
        # a factor that no longer inhibits is not in the list, and stays answered
        others = [factor.guid for factor in current.factors if factor.guid not in seen]
        wanted, text, guid = [*others, *(code for code, on in seen.items() if on)], current.text, current.guid
        text = self.edit.toPlainText().strip() or text
        self._ctx.operate(mark("Factors of a recommendation"), lambda op: write_recommendation(op, guid, text, wanted))

    def _on_chosen(self, guid: str) -> None:
        if guid and guid != self._chosen and not (self._chosen == NEW and self.edit.toPlainText().strip()):
            self.edit.flush()
            self._chosen = guid
            self._show_current()

    def _open(self, item: QListWidgetItem) -> None:
        _, code, part = item.data(GUID)
        self.factor_opened.emit((code, part))

    def retranslate(self) -> None:
        """Say everything in the language of the interface."""
        t = self._ctx.t
        self.head.set_text(t("Recommendations"))
        self.add_button.setText(t("Add a recommendation"))
        self.list.setAccessibleName(t("Recommendations"))
        self.edit.setAccessibleName(t("Recommendation"))
        self.edit.setPlaceholderText(t("What should be done? Check beside it the factors it answers."))
        self.edit.setFixedHeight(self._ctx.theme.px(84))
        self.factors.setAccessibleName(t("Inhibiting factors"))
        self._show()
