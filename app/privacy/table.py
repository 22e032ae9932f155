"""The list of what was found: one line for each text, its places below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from app.context import Context
from coding.errors import CodingError
from coding.privacy.masking import tells
from coding.privacy.rows import CERTAINTY_NAMES, Choice, Group, Kind, kind_name

GOAL = int(Qt.ItemDataRole.UserRole)
"""Where a line leads: (source, start, end)."""
TEXT, INSTEAD, KIND, COUNT, CERTAINTY = range(5)
SHOWN = 200
"""Places listed below a text; more are counted."""


class FoundTable(QTreeWidget):
    """Space ticks, F2 changes the replacement, Enter leads to the place. `chosen` says that ticks have changed."""

    chosen = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.ctx = ctx
        self.setObjectName("privacy_found")
        self.setColumnCount(5)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        for column in (INSTEAD, KIND, COUNT, CERTAINTY):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        for column, width in ((INSTEAD, 170), (KIND, 190), (COUNT, 116), (CERTAINTY, 150)):
            header.resizeSection(column, ctx.theme.px(width))
        self.groups: list[Group] = []
        self._ticked: dict[tuple[str, str], bool] = {}
        self._instead: dict[tuple[str, str], str] = {}
        self._filling = False
        self.itemChanged.connect(self._on_item)
        self.itemExpanded.connect(self._fill_places)
        self.itemDoubleClicked.connect(self._on_double)

    def show_groups(self, groups: Sequence[Group], kind: Kind | None = None) -> None:
        """Show these groups, or those of one kind; what was ticked or written before stays so."""
        self.groups = list(groups)
        words, current = self.ctx.words, self.currentIndex().row()
        self._filling = True
        self.clear()
        self.setHeaderLabels(
            [words.t("Text"), words.t("Replacement"), words.t("Kind"), words.t("Places"), words.t("Certainty")]
        )
        for number, group in enumerate(self.groups):
            if kind is not None and group.kind != kind:
                continue
            key = (group.kind, group.text)
            item = QTreeWidgetItem([
                " ".join(group.text.split()), self._instead.get(key, group.suggestion), kind_name(group.kind, words),
                words.number(len(group.places)), words.t(CERTAINTY_NAMES[group.certainty]),
            ])  # fmt: skip
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEditable)
            ticked = self._ticked.get(key, group.advised)
            item.setCheckState(TEXT, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            why = group.why.say(words)
            for column in range(5):
                item.setToolTip(column, why)
            item.setData(KIND, GOAL, number)
            first = group.places[0]
            item.setData(TEXT, GOAL, (first.source, first.start, first.end))
            item.setTextAlignment(COUNT, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
            self.addTopLevelItem(item)
        self._filling = False
        first_item = self.topLevelItem(max(0, min(current, self.topLevelItemCount() - 1)))
        if first_item is not None:
            self.setCurrentItem(first_item)
        self.chosen.emit()

    def forget(self) -> None:
        """Forget ticks and replacements that were written."""
        self._ticked.clear()
        self._instead.clear()

    def choices(self) -> list[Choice]:
        """What is ticked, of all kinds."""
        made = []
        for group in self.groups:
            key = (group.kind, group.text)
            if self._ticked.get(key, group.advised):
                places = tuple((place.source, place.start, place.end) for place in group.places)
                made.append(Choice(group.kind, group.text, self._instead.get(key, group.suggestion), places))
        return made

    def selected_groups(self) -> list[Group]:
        """The groups of the selected lines."""
        tops = {id(top): top for item in self.selectedItems() for top in (item.parent() or item,)}
        return [self.groups[top.data(KIND, GOAL)] for top in tops.values()]

    def tick(self, state: bool) -> None:
        """Tick or untick all that is shown."""
        self._filling = True
        for item in self._tops():
            item.setCheckState(TEXT, Qt.CheckState.Checked if state else Qt.CheckState.Unchecked)
            group = self.groups[item.data(KIND, GOAL)]
            self._ticked[group.kind, group.text] = state
        self._filling = False
        self.chosen.emit()

    def open_current(self) -> None:
        """Show the place of the current line in its transcript."""
        item = self.currentItem()
        if item is not None and item.data(TEXT, GOAL):
            self.ctx.go_to_passage(*item.data(TEXT, GOAL))

    def _tops(self) -> Iterator[QTreeWidgetItem]:
        for number in range(self.topLevelItemCount()):
            item = self.topLevelItem(number)
            if item is not None:
                yield item

    def _on_item(self, item: QTreeWidgetItem, column: int) -> None:
        if self._filling or item.parent() is not None:
            return
        group = self.groups[item.data(KIND, GOAL)]
        if column == TEXT:
            self._ticked[group.kind, group.text] = item.checkState(TEXT) == Qt.CheckState.Checked
            self.chosen.emit()
        elif column == INSTEAD:
            written = item.text(INSTEAD).strip() or group.suggestion
            if tells(group.kind, group.text, written):
                self.ctx.say_error(CodingError("mask_names", original=group.text, replacement=written))
                written = group.suggestion
                self._filling = True
                item.setText(INSTEAD, written)
                self._filling = False
            self._instead[group.kind, group.text] = written

    def _fill_places(self, item: QTreeWidgetItem) -> None:
        if item.parent() is not None or item.childCount():
            return
        group = self.groups[item.data(KIND, GOAL)]
        self._filling = True
        for place in group.places[:SHOWN]:
            said = f"… {place.before}{' '.join(group.text.split())}{place.after} …"
            child = QTreeWidgetItem([f"{place.name}:  {said}"])
            child.setData(TEXT, GOAL, (place.source, place.start, place.end))
            child.setToolTip(TEXT, said)
            item.addChild(child)
            child.setFirstColumnSpanned(True)
        if len(group.places) > SHOWN:
            more = len(group.places) - SHOWN
            child = QTreeWidgetItem([self.ctx.n("{count} more place", "{count} more places", count=more)])
            item.addChild(child)
        self._filling = False

    def _on_double(self, item: QTreeWidgetItem, column: int) -> None:
        if column == INSTEAD and item.parent() is None:
            self.editItem(item, INSTEAD)
        else:
            self.open_current()
