"""Merging another copy, a package or answers: what would be done, what both sides changed side by side."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QHeaderView,
    QRadioButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from app.context import Context
from app.dialogs.base import Dialog
from app.widgets.parts import label
from coding.errors import mark
from coding.review.clocks import MERGE
from coding.review.preview import KINDS, Conflict, Preview, digest_at, incoming, merge_file, preview

if TYPE_CHECKING:
    from coding.project import Operation, Reader
    from coding.review.merging import Choices, Side

_CONFLICT = Qt.ItemDataRole.UserRole
_MOST = 300
"""Lines of one kind that are listed; the rest is counted."""
SETTLED = {"ours": mark("keep ours"), "theirs": mark("take theirs"), "both": mark("keep both")}


@dataclass(frozen=True, slots=True)
class _Looked:
    """What was seen, and the content it was seen in."""

    preview: Preview
    digest: str


class MergeDialog(Dialog):
    """The preview of a merge. Nothing is changed before the button is pressed; undo takes all of it back."""

    def __init__(self, ctx: Context, parent: QWidget | None, path: Path) -> None:
        super().__init__(ctx, parent, ctx.t("Merge {file}", file=path.name))
        self.setObjectName("merge_dialog")
        self.resize(ctx.theme.px(860), ctx.theme.px(600))
        self.path = path
        self._looked: _Looked | None = None
        self._settled: dict[str, Side] = {}
        self._same_people: set[str] = set()
        self.head = label(ctx.t("Looking at {file}…", file=path.name), wrap=True)
        self.head.setObjectName("merge_head")
        self.content.addWidget(self.head)
        self.people: list[QCheckBox] = []
        self._people_row = QGridLayout()
        self.content.addLayout(self._people_row)
        self.tree = self._tree()
        self.content.addWidget(self.tree, 1)
        self.sides = self._sides()
        self.content.addWidget(self.sides)
        self.add_button(ctx.t("Cancel"), name="merge_cancel").clicked.connect(self.reject)
        self.merge = self.add_button(ctx.t("Merge"), "primary", name="merge_do", default=True)
        self.merge.setEnabled(False)
        self.merge.clicked.connect(self._on_merge)
        self._look()

    def _tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setObjectName("merge_tree")
        tree.setAccessibleName(self.ctx.t("What the merge would do"))
        tree.setColumnCount(2)
        tree.setHeaderLabels([self.ctx.t("What"), self.ctx.t("Settled")])
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        tree.setUniformRowHeights(True)
        tree.currentItemChanged.connect(self._on_current)
        return tree

    def _sides(self) -> QWidget:
        """Ours and theirs beside each other, and which is to stand."""
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        self.ours, self.theirs = label("", wrap=True, select=True), label("", wrap=True, select=True)
        self.ours.setObjectName("merge_ours")
        self.theirs.setObjectName("merge_theirs")
        self.choices: dict[str, QRadioButton] = {}
        self.group = QButtonGroup(box)
        for column, (key, text) in enumerate(SETTLED.items()):
            radio = QRadioButton(self.ctx.t(text).capitalize())
            radio.setObjectName(f"merge_{key}_choice")
            self.choices[key] = radio
            self.group.addButton(radio)
            radio.clicked.connect(lambda _=False, chosen=key: self._on_chosen(chosen))
            grid.addWidget(radio, 2, column)
        for column, (title, side) in enumerate(((self.ctx.t("Ours"), self.ours), (self.ctx.t("Theirs"), self.theirs))):
            grid.addWidget(label(title, "dim"), 0, column)
            grid.addWidget(side, 1, column)
            grid.setColumnStretch(column, 1)
        box.hide()
        return box

    # looking

    def _look(self) -> None:
        path, words, choices = self.path, self.ctx.words, self._choices()

        def work(reader: Reader) -> _Looked:
            with incoming(path, reader) as found:
                return _Looked(preview(reader, found, words, choices), digest_at(path))

        self.ctx.read(work, self._show, key="merge.look", failed=lambda _: self.reject())

    def _choices(self) -> Choices:
        from coding.review.merging import Choices

        return Choices(dict(self._settled), frozenset(self._same_people))

    def _show(self, looked: _Looked) -> None:
        self._looked = looked
        shown, t = looked.preview, self.ctx.t
        if shown.empty:
            text = t("Nothing to merge: everything in {file} is here already.", file=shown.name)
        else:
            text = t("{file}, from “{title}”: this is what merging would do. Undo takes it back in one step.",
                     file=shown.name, title=shown.title)  # fmt: skip
        self.head.setText(text)
        self._ask_people(shown)
        self._fill(shown)
        self.merge.setEnabled(not shown.empty)
        (self.merge if not shown.conflicts else self.tree).setFocus()

    def _ask_people(self, shown: Preview) -> None:
        known = {box.property("coder") for box in self.people}
        for name in shown.namesakes:
            if name not in known:
                box = QCheckBox(self.ctx.t("“{name}” there is the same person as “{name}” here", name=name))
                box.setProperty("coder", name)
                box.toggled.connect(lambda on, who=name: self._on_same(who, on))
                self.people.append(box)
                self._people_row.addWidget(box, len(self.people), 0)

    def _on_same(self, name: str, on: bool) -> None:
        (self._same_people.add if on else self._same_people.discard)(name)
        self.merge.setEnabled(False)
        self._look()

    def _fill(self, shown: Preview) -> None:
        t = self.ctx.t
        self.tree.clear()
        conflicts = self._group(t("Changed on both sides"), len(shown.conflicts), expanded=True)
        for conflict in shown.conflicts[:_MOST]:
            item = QTreeWidgetItem(conflicts, [conflict.what, self._settled_word(conflict)])
            item.setData(0, _CONFLICT, conflict)
            item.setToolTip(0, conflict.what)
        self._more(conflicts, len(shown.conflicts))
        new = self._group(t("New"), sum(shown.new.values()), expanded=True)
        for table, count in shown.new.items():
            QTreeWidgetItem(new, [f"{t(KINDS[table])}: {self.ctx.words.number(count)}", ""])
        self._lines(t("Changed there"), shown.changed)
        self._lines(t("Removed there"), shown.removed)
        self._lines(t("Kept, although removed on one side"), shown.kept)
        self._lines(t("Passage is gone from the text: kept as a comment on the source"), shown.lost)
        self._lines(t("Left out: a person was erased"), shown.erased)
        self._lines(t("New coders"), shown.coders)
        meanwhile = [f"{m.said}: {m.then} → {m.now or t('removed')}" for m in shown.meanwhile]
        self._lines(t("Changed since it was reviewed"), meanwhile)
        QTreeWidgetItem(self.tree, [t("The same in both: {count}", count=self.ctx.words.number(shown.same)), ""])
        if (first := conflicts.child(0)) is not None:
            self.tree.setCurrentItem(first)
        else:
            self.sides.hide()

    def _group(self, title: str, count: int, *, expanded: bool = False) -> QTreeWidgetItem:
        item = QTreeWidgetItem([f"{title} ({self.ctx.words.number(count)})", ""])
        if count:
            self.tree.addTopLevelItem(item)
            item.setExpanded(expanded)
        return item

    def _lines(self, title: str, lines: tuple[str, ...] | list[str]) -> None:
        group = self._group(title, len(lines))
        for text in lines[:_MOST]:
            QTreeWidgetItem(group, [text, ""]).setToolTip(0, text)
        self._more(group, len(lines))

    def _more(self, group: QTreeWidgetItem, count: int) -> None:
        if count > _MOST:
            rest = self.ctx.words.number(count - _MOST)
            QTreeWidgetItem(group, [self.ctx.t("… and {count} more", count=rest), ""])

    # settling

    def _settled_word(self, conflict: Conflict) -> str:
        return self.ctx.t(SETTLED[self._settled.get(conflict.key, conflict.settled)])

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        conflict = item.data(0, _CONFLICT) if item is not None else None
        self.sides.setVisible(conflict is not None)
        if conflict is None:
            return
        self.ours.setText(conflict.ours)
        self.theirs.setText(conflict.theirs)
        self.choices["both"].setVisible(conflict.settled == "both")
        self.choices[self._settled.get(conflict.key, conflict.settled)].setChecked(True)

    def _on_chosen(self, chosen: str) -> None:
        item = self.tree.currentItem()
        conflict: Conflict = item.data(0, _CONFLICT)
        if chosen == conflict.settled:
            self._settled.pop(conflict.key, None)
        else:
            self._settled[conflict.key] = "ours" if chosen == "ours" else "theirs"
        item.setText(1, self._settled_word(conflict))

    # doing

    def _on_merge(self) -> None:
        assert self._looked is not None
        assert self.ctx.project is not None
        path, here, digest, choices = self.path, self.ctx.project.path, self._looked.digest, self._choices()

        def work(op: Operation) -> None:
            merge_file(op, path, here, choices, digest)

        ctx, shown = self.ctx, self._looked.preview

        def done(_: None) -> None:
            count = ctx.words.number(sum(shown.new.values()))
            ctx.say(ctx.t("{file} is merged ({count} new); Undo takes it back", file=path.name, count=count))

        self.merge.setEnabled(False)
        ctx.operate(MERGE, work, done, name=path.name)
        self.accept()
