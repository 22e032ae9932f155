"""The questions of the code editor: each says beforehand, in numbers, what will happen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.context import Context
from app.dialogs.base import Dialog
from app.models.code_book import CodeBook
from app.theme import GLYPHS
from app.widgets.fields import ComboBox
from app.widgets.parts import button, label
from coding.codes.merging import what_merging_does
from coding.codes.rows import CodeRow, Going, Merging, TopicRow
from coding.segments.rows import SegmentRow
from coding.text import snippet

ROW = int(Qt.ItemDataRole.UserRole)
SNIPPET = 130


class DeleteQuestion(Dialog):
    """Names what goes with codes or a framework."""

    def __init__(self, ctx: Context, parent: QWidget, question: str, going: Going, run: Callable[[], None]) -> None:
        super().__init__(ctx, parent, ctx.t("Delete"))
        self.setObjectName("delete_question")
        self.setMinimumWidth(ctx.theme.px(440))
        self.content.addWidget(label(question, "heading", wrap=True))
        lost = [
            ctx.n("{count} memo", "{count} memos", count=going.memos) if going.memos else "",
            ctx.n("{count} topic", "{count} topics", count=going.topics) if going.topics else "",
            ctx.n("{count} finding or judgement", "{count} findings and judgements", count=going.findings)
            if going.findings
            else "",
            ctx.n("{count} mapping", "{count} mappings", count=going.links) if going.links else "",
        ]
        if any(lost):
            said = ctx.t("With it goes: {things}.", things=", ".join(part for part in lost if part))
            self.content.addWidget(label(said, wrap=True))
        self.content.addWidget(label(ctx.t("Undo brings everything back."), "dim", wrap=True))
        self.content.addStretch(1)
        self.add_button(ctx.t("Cancel"), name="delete_cancel").clicked.connect(self.reject)
        self.delete = self.add_button(ctx.t("Delete"), "danger", name="delete_confirm", default=True)
        self.delete.clicked.connect(self.accept)
        self.accepted.connect(run)
        self.delete.setFocus(Qt.FocusReason.OtherFocusReason)


def deletion_words(ctx: Context, codes: Sequence[CodeRow], going: Going) -> str:
    """The question for codes: `Delete code “Kejelasan” and its 5 coded segments?`"""
    if len(codes) > 1:
        said = ctx.n(
            "Delete {codes} codes and their {count} coded segment?",
            "Delete {codes} codes and their {count} coded segments?",
            count=going.segments,
            codes=going.codes,
        )
        return said if going.segments else ctx.t("Delete {codes} codes? Nothing is coded with them.", codes=going.codes)
    name, below = codes[0].label(ctx.language), going.codes - 1
    if not going.segments and not below:
        return ctx.t("Delete code “{code}”? Nothing is coded with it.", code=name)
    if not below:
        return ctx.n(
            "Delete code “{code}” and its {count} coded segment?",
            "Delete code “{code}” and its {count} coded segments?",
            count=going.segments,
            code=name,
        )
    return ctx.n(
        "Delete code “{code}”, the {below} codes below it, and their {count} coded segment?",
        "Delete code “{code}”, the {below} codes below it, and their {count} coded segments?",
        count=going.segments,
        code=name,
        below=below,
    )


class MergeDialog(Dialog):
    """Which code stays, and what becomes of the others. `merging_asked` carries the guids, the one that stays, and
    whether the others become topics of it."""

    merging_asked = Signal(list, str, bool)

    def __init__(self, ctx: Context, parent: QWidget, codes: Sequence[CodeRow], book: CodeBook) -> None:
        super().__init__(ctx, parent, ctx.t("Merge codes"))
        self.setObjectName("merge_dialog")
        self.setMinimumWidth(ctx.theme.px(480))
        self._guids = [code.guid for code in codes]
        t = ctx.t
        self.content.addWidget(label(t("Which of them stays?"), "heading", wrap=True))
        self.group = QButtonGroup(self)
        self.choices: list[QRadioButton] = []
        for number, code in enumerate(codes):
            segments = ctx.n("{count} segment", "{count} segments", count=code.segments)
            framework = book.framework(code.framework)
            home = framework.label(ctx.language) if framework else t("Open codes")
            choice = QRadioButton(f"{book.full_label(code, ctx.language)}   ({home}, {segments})")
            choice.setObjectName(f"stay_{number}")
            self.group.addButton(choice, number)
            self.choices.append(choice)
            self.content.addWidget(choice)
        self.topics = QCheckBox(t("Keep the others as topics of it"))
        self.topics.setObjectName("merge_topics")
        self.content.addSpacing(6)
        self.content.addWidget(self.topics)
        self.preview = label("", "dim", wrap=True)
        self.preview.setObjectName("merge_preview")
        self.preview.setMinimumHeight(ctx.theme.px(96))
        self.preview.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.content.addWidget(self.preview, 1)
        self.add_button(t("Cancel"), name="merge_cancel").clicked.connect(self.reject)
        self.merge = self.add_button(t("Merge"), "primary", name="merge_confirm", default=True)
        self.merge.clicked.connect(self._on_merge)
        biggest = max(range(len(codes)), key=lambda n: (codes[n].framework is not None, codes[n].segments, -n))
        self.choices[biggest].setChecked(True)
        self.group.idToggled.connect(lambda _, on: self._read() if on else None)
        self.choices[biggest].setFocus(Qt.FocusReason.OtherFocusReason)
        self._read()

    def _stays(self) -> str:
        return self._guids[self.group.checkedId()]

    def _read(self) -> None:
        guids, stays = self._guids, self._stays()
        self.ctx.read(lambda reader: what_merging_does(reader, guids, stays), self._show, key="codes.merging")

    def _show(self, does: Merging) -> None:
        self.preview.setText("\n".join(merging_words(self.ctx, does)))

    def _on_merge(self) -> None:
        self.merging_asked.emit(self._guids, self._stays(), self.topics.isChecked())
        self.accept()


def merging_words(ctx: Context, does: Merging) -> list[str]:
    """What merging does, sentence by sentence."""
    n, t = ctx.n, ctx.t
    said = [n("{count} coded segment gets this code.", "{count} coded segments get this code.", count=does.segments)]
    if does.joined:
        said.append(
            n(
                "{count} lies where its coder has the other code too: the two become one, with both memos.",
                "{count} lie where their coder has the other code too: these become one, with all memos.",
                count=does.joined,
            )
        )
    if does.contrary:
        said.append(
            n(
                "In {count} of these places the directions differ: that of the code that stays is kept, the other one "
                "is written into the memo.",
                "In {count} of these places the directions differ: that of the code that stays is kept, the other ones "
                "are written into the memos.",
                count=does.contrary,
            )
        )
    if does.topics or does.findings or does.memos:
        said.append(t("Memos, topics, mappings and findings go along."))
    said.append(t("Undo takes it back."))
    return said


class SegmentChooser(QWidget):
    """The coded segments of one code, each with a box to tick; a field narrows the list. `changed` comes with each."""

    changed = Signal()

    def __init__(self, ctx: Context, rows: Sequence[SegmentRow]) -> None:
        super().__init__()
        self._ctx = ctx
        self.search = QLineEdit()
        self.search.setObjectName("segment_search")
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(ctx.t("Narrow by words, source or topic"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.all = button(ctx.t("Tick these"), "small", name="tick_these")
        self.none = button(ctx.t("Untick these"), "small", name="untick_these")
        self.list = QListWidget()
        self.list.setObjectName("segments")
        self.list.setAccessibleName(ctx.t("Coded segments"))
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSpacing(1)
        for row in rows:
            item = QListWidgetItem(self._said(row))
            item.setToolTip(snippet(row.text, 0, len(row.text), 600))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setData(ROW, row)
            self.list.addItem(item)
        self.said = label("", "dim")
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.search, 1)
        head.addWidget(self.all)
        head.addWidget(self.none)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(self.said)
        self.search.textChanged.connect(self._on_search)
        self.all.clicked.connect(lambda: self._tick(Qt.CheckState.Checked))
        self.none.clicked.connect(lambda: self._tick(Qt.CheckState.Unchecked))
        self.list.itemChanged.connect(lambda _: self._say())
        self._say()

    def _said(self, row: SegmentRow) -> str:
        glyph = GLYPHS[row.valence] or "·"
        topic = f"  [{row.topic}]" if row.topic else ""
        return f"{glyph}  {row.source}: {snippet(row.text, 0, len(row.text), SNIPPET)}{topic}"

    def ticked(self) -> list[str]:
        """The guids of the segments that are ticked."""
        return [row.guid for row, on in self._rows() if on]

    def unticked(self) -> list[str]:
        return [row.guid for row, on in self._rows() if not on]

    def tick(self, wanted: Callable[[SegmentRow], bool]) -> None:
        """Tick just those that are `wanted`."""
        with QSignalBlocker(self.list):
            for number in range(self.list.count()):
                item = self.list.item(number)
                item.setCheckState(Qt.CheckState.Checked if wanted(item.data(ROW)) else Qt.CheckState.Unchecked)
        self._say()

    def _rows(self) -> list[tuple[SegmentRow, bool]]:
        items = [self.list.item(number) for number in range(self.list.count())]
        return [(item.data(ROW), item.checkState() == Qt.CheckState.Checked) for item in items]

    def _on_search(self) -> None:
        words = self.search.text().casefold().split()
        for number in range(self.list.count()):
            item = self.list.item(number)
            row: SegmentRow = item.data(ROW)
            where = f"{row.text} {row.source} {row.topic} {row.coder}".casefold()
            item.setHidden(not all(word in where for word in words))

    def _tick(self, state: Qt.CheckState) -> None:
        with QSignalBlocker(self.list):
            for number in range(self.list.count()):
                if not self.list.item(number).isHidden():
                    self.list.item(number).setCheckState(state)
        self._say()

    def _say(self) -> None:
        text = self._ctx.n(
            "{chosen} of {count} segment chosen",
            "{chosen} of {count} segments chosen",
            count=self.list.count(),
            chosen=len(self.ticked()),
        )
        self.said.setText(text)
        self.changed.emit()


class SplitDialog(Dialog):
    """Takes a new code out of one. `splitting_asked` carries the labels in both languages and the segments' guids."""

    splitting_asked = Signal(str, str, list)

    def __init__(self, ctx: Context, parent: QWidget, code: CodeRow, rows: Sequence[SegmentRow]) -> None:
        super().__init__(ctx, parent, ctx.t("Split a code"))
        self.setObjectName("split_dialog")
        self.resize(ctx.theme.px(720), ctx.theme.px(520))
        t = ctx.t
        said = t("A new code beside “{code}”, with the segments that are ticked:", code=code.label(ctx.language))
        self.content.addWidget(label(said, "heading", wrap=True))
        names = QHBoxLayout()
        names.setSpacing(8)
        self.label_id, self.label_en = QLineEdit(), QLineEdit()
        for field, name, hint in (
            (self.label_id, "split_id", t("Name in Indonesian")),
            (self.label_en, "split_en", t("Name in English")),
        ):
            field.setObjectName(name)
            field.setPlaceholderText(hint)
            field.setAccessibleName(hint)
            field.textChanged.connect(self._enable)
            names.addWidget(field)
        self.content.addLayout(names)
        self.chooser = SegmentChooser(ctx, rows)
        self.content.addWidget(self.chooser, 1)
        self.add_button(t("Cancel"), name="split_cancel").clicked.connect(self.reject)
        self.split = self.add_button(t("Split"), "primary", name="split_confirm", default=True)
        self.split.clicked.connect(self._on_split)
        self.chooser.changed.connect(self._enable)
        self.label_id.setFocus(Qt.FocusReason.OtherFocusReason)
        self._enable()

    def _enable(self) -> None:
        named = bool(self.label_id.text().strip() or self.label_en.text().strip())
        self.split.setEnabled(named and bool(self.chooser.ticked()))

    def _on_split(self) -> None:
        self.splitting_asked.emit(self.label_id.text(), self.label_en.text(), self.chooser.ticked())
        self.accept()


class TopicDialog(Dialog):
    """Which segments of a code stand under a topic. `assigning_asked` carries the topic, those that are to stand under
    it, and those that no longer do."""

    assigning_asked = Signal(str, list, list)

    def __init__(
        self, ctx: Context, parent: QWidget, topics: Sequence[TopicRow], chosen: str | None, rows: Sequence[SegmentRow]
    ) -> None:
        super().__init__(ctx, parent, ctx.t("Segments of a topic"))
        self.setObjectName("topic_dialog")
        self.resize(ctx.theme.px(720), ctx.theme.px(500))
        t = ctx.t
        self._rows = {row.guid: row for row in rows}
        self.content.addWidget(label(t("Which segments stand under the topic?"), "heading", wrap=True))
        self.topic = ComboBox()
        self.topic.setObjectName("topic_choice")
        self.topic.setAccessibleName(t("Topic"))
        for one in topics:
            self.topic.addItem(one.label, one.guid)
        self.topic.setCurrentIndex(max(0, self.topic.findData(chosen)))
        self.content.addWidget(self.topic)
        self.chooser = SegmentChooser(ctx, rows)
        self.content.addWidget(self.chooser, 1)
        self.add_button(t("Cancel"), name="topic_cancel").clicked.connect(self.reject)
        self.put = self.add_button(t("Put them there"), "primary", name="topic_confirm", default=True)
        self.put.clicked.connect(self._on_put)
        self.topic.currentIndexChanged.connect(self._on_topic)
        self._on_topic()

    def _on_topic(self) -> None:
        topic = self.topic.currentData()
        self.chooser.tick(lambda row: row.topic_guid == topic)

    def _on_put(self) -> None:
        topic = self.topic.currentData()
        there = [guid for guid in self.chooser.ticked() if self._rows[guid].topic_guid != topic]
        gone = [guid for guid in self.chooser.unticked() if self._rows[guid].topic_guid == topic]
        self.assigning_asked.emit(topic, there, gone)
        self.accept()
