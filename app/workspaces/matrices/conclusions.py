"""The tab Conclusions: the study's answer in ordered sentences, what each rests on, and what is to be looked at."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QSplitter, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from app.context import Context
from app.models import matrix_words as words
from app.models.matrix_copy import Place
from app.models.matrix_evidence import Door, Opened
from app.widgets.draft_edit import DraftEdit
from app.widgets.finding_list import FindingList, finding_words, place_words
from app.widgets.parts import SectionHeader, button, label
from app.widgets.sentence_list import SentenceList
from app.workspaces.matrices.tab import MatrixTab
from app.workspaces.report_draft import ReportDraft
from coding.analysis.results import Matrix
from coding.analysis.wording import status_word
from coding.errors import mark
from coding.findings.conclusions import (
    Conclusions,
    Contradiction,
    Sentence,
    conclusions,
    order_sentences,
    rest_on,
    write_sentence,
)
from coding.findings.lines import Direction
from coding.findings.richtext import plain
from coding.store.models import new_guid

TARGET = Qt.ItemDataRole.UserRole
Door2 = tuple[str, str]
"""What a line of the checks leads to: "sentence" or "finding", and its guid."""
DIRECTIONS: dict[Direction, str] = {
    "supporting": mark("supporting"),
    "inhibiting": mark("inhibiting"),
    "mixed": mark("both ways"),
    "none": mark("no direction"),
}


class ConclusionsTab(MatrixTab):
    """Sentences at the left with the one that is written below them; findings and checks at the right."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.data: Conclusions | None = None
        self._chosen = ""
        self._new = False
        self._begun = ""
        self.add_button = button(name="add_sentence")
        self.add_button.clicked.connect(self.add)
        self.choices.addWidget(self.add_button)
        self.add_buttons()
        self.list = SentenceList(ctx, "sentences")
        self.edit = DraftEdit()
        self.edit.setObjectName("sentence_text")
        self.edit_head, self.rests_head = SectionHeader(), SectionHeader()
        self.keys = label("", "dim", wrap=True)
        self.search = QLineEdit()
        self.search.setObjectName("search_findings")
        self.search.setClearButtonEnabled(True)
        self.findings = FindingList(ctx, "sentence_findings")
        self.checks_head = SectionHeader()
        self.checks = QTreeWidget()
        self.checks.setObjectName("conclusion_checks")
        self.checks.setHeaderHidden(True)
        self.checks.setWordWrap(True)
        self.checks.setIndentation(ctx.theme.px(14))
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(_column((self.list, 1), self.edit_head, self.edit, self.keys, right=10))
        right = QSplitter(Qt.Orientation.Vertical)
        right.setChildrenCollapsible(False)
        right.addWidget(_column(self.rests_head, self.search, (self.findings, 1), left=10))
        right.addWidget(_column(self.checks_head, (self.checks, 1), left=10))
        self.splitter.addWidget(right)
        self.splitter.setSizes([520, 420])
        self.body.addWidget(self.splitter)

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.ordered.connect(self._on_ordered)
        self.list.removed.connect(self.remove)
        self.list.writing_asked.connect(lambda: self.edit.setFocus(Qt.FocusReason.OtherFocusReason))
        self.edit.written.connect(self._on_written)
        self.edit.left.connect(self.focus_table)
        self.edit.next_asked.connect(self.add)
        self.search.textChanged.connect(self.findings.narrow)
        self.findings.checked_changed.connect(self._on_checked)
        self.findings.opened.connect(self._open_finding)
        self.findings.left.connect(self.focus_table)
        self.checks.itemActivated.connect(lambda item, _: self._on_check(item))
        self.checks.itemClicked.connect(lambda item, _: self._on_check(item))
        self.ctx.leaving.connect(self.edit.flush)

    # showing

    def recompute(self) -> None:
        self.ctx.read(conclusions, self.show_data, key="matrices.conclusions")

    def show_data(self, data: Conclusions) -> None:
        """Show what was read; the current sentence and what is being written stay."""
        self.data = data
        if data.sentence(self._chosen) is not None:
            self._new = False
        elif not self._new:
            self._chosen = data.sentences[0].guid if data.sentences else ""
        self.list.show_sentences([(one.guid, one.text, self._remark(one)) for one in data.sentences], self._chosen)
        self._show_sentence()
        self._show_checks()
        self.copy_button.setEnabled(bool(data.sentences))
        self.report_button.setEnabled(bool(data.sentences))
        self.ctx.actions.refresh()
        self.show_notices(())
        self.reopen()

    def _remark(self, sentence: Sentence) -> str:
        """What stands under a sentence: how many findings, and what is wrong."""
        t, data = self.ctx.t, self.data
        assert data is not None
        said = [self.ctx.n("{count} finding", "{count} findings", count=len(sentence.findings))]
        if sentence in data.without_evidence:
            said = [t("no evidence")]
        if any(one.sentence == sentence.guid for one in data.contradictions):
            said.append(t("contradiction"))
        if sentence in data.outdated:
            said.append(t("evidence changed"))
        return "      " + " · ".join(said)

    def _show_sentence(self) -> None:
        """The sentence that is written, and the findings it can rest on."""
        t, data = self.ctx.t, self.data
        sentence = data.sentence(self._chosen) if data is not None else None
        read_only = self.ctx.project is None or self.ctx.project.read_only
        if not self._new:
            self.edit.show_text(self._chosen, sentence.text if sentence is not None else "")
        self.edit.setReadOnly(read_only or not (self._new or sentence))
        number = sentence.number if sentence is not None else len(data.sentences) + 1 if data is not None else 1
        self.edit_head.set_text(t("Sentence {number}", number=number) if self._new or sentence else t("Sentence"))
        found = data.findings if data is not None else ()
        rests = sentence.findings if sentence is not None else ()
        self.findings.show_findings(found, rests, enabled=sentence is not None and not read_only)
        self.findings.narrow(self.search.text())
        self.rests_head.set_text(t("Rests on {count} of {total} findings", count=len(rests), total=len(found)))
        self.add_button.setEnabled(not read_only)

    def _show_checks(self) -> None:
        data, t = self.data, self.ctx.t
        self.checks.clear()
        if data is None:
            return
        sentences = {one.guid: one for one in data.sentences}
        groups: list[tuple[str, list[tuple[str, Door2]]]] = [
            (t("Sentences without evidence"), [self._sentence_line(one) for one in data.without_evidence]),
            (t("Contradictions"), [(self._contradiction(one), ("sentence", one.sentence))
                                   for one in data.contradictions]),
            (t("Rests on evidence that changed"), [self._sentence_line(one) for one in data.outdated]),
            (t("Findings no sentence uses"), [(finding_words(self.ctx, line), ("finding", line.guid))
                                              for line in data.unused]),
        ]  # fmt: skip
        assert all(one.sentence in sentences for one in data.contradictions)
        for title, lines in groups:
            top = QTreeWidgetItem([f"{title} ({self.ctx.words.number(len(lines))})"])
            font = top.font(0)
            font.setBold(bool(lines))
            top.setFont(0, font)
            for said, target in lines:
                item = QTreeWidgetItem([said])
                item.setData(0, TARGET, target)
                item.setToolTip(0, said)
                top.addChild(item)
            self.checks.addTopLevelItem(top)
            top.setExpanded(bool(lines))

    def _sentence_line(self, sentence: Sentence) -> tuple[str, Door2]:
        return f"{sentence.number}. {sentence.text}", ("sentence", sentence.guid)

    def _contradiction(self, found: Contradiction) -> str:
        """What is compared with what."""
        t, data = self.ctx.t, self.data
        assert data is not None
        sentence = data.sentence(found.sentence)
        number = sentence.number if sentence is not None else 0
        said = t(DIRECTIONS[found.said])
        name = words.in_words(self.ctx, found.line.label)
        if found.trouble == "opposed":
            return t(
                "{number}. On {row} this sentence rests on what is {said}, sentence {other} on what is {against}.",
                number=number, row=name, said=said, other=found.other, against=t(DIRECTIONS[found.against]),
            )  # fmt: skip
        verdict = status_word(found.line.status, self.ctx.words) if found.line.status else t(DIRECTIONS[found.against])
        return t(
            "{number}. On {row} this sentence rests only on what is {said}; the row as a whole is {verdict}.",
            number=number, row=name, said=said, verdict=verdict,
        )  # fmt: skip

    def clear(self) -> None:
        """Forget the project that was open."""
        self.data, self.opened, self._chosen, self._new, self._stale = None, None, "", False, True
        self.edit.show_text("", "")
        self.list.show_sentences((), "")
        self._show_sentence()
        self._show_checks()

    def state(self) -> dict[str, Any]:
        """What to remember of the project's place here."""
        return {"sentence": self._chosen, "room": self.splitter.sizes()}

    def restore(self, state: dict[str, Any]) -> None:
        """Go back to what `state` gave."""
        if isinstance(state.get("sentence"), str):
            self._chosen = state["sentence"]
        match state.get("room"):
            case [int(left), int(right)] if left > 0 and right > 0:
                self.splitter.setSizes([left, right])

    # writing

    def add(self) -> None:
        """Begin a new sentence; it is there as soon as something is written."""
        if not self.add_button.isEnabled():
            return
        self.edit.flush()
        self.list.setCurrentRow(-1)
        self._chosen, self._new = new_guid(), True
        self.edit.show_text(self._chosen, "")
        self._show_sentence()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self, guid: str) -> None:
        """Take a sentence out."""
        if self.add_button.isEnabled():
            self.ctx.operate(mark("Remove a sentence of the conclusion"), lambda op: write_sentence(op, guid, ""))

    def _on_written(self, guid: str, text: str) -> None:
        if not guid:
            return
        gesture = f"sentence {guid}"
        if self._new and guid == self._chosen and guid != self._begun:
            if text:
                self._begun = guid
                title = mark("Add a sentence to the conclusion")
                self.ctx.operate(title, lambda op: write_sentence(op, None, text, new_guid=guid), gesture=gesture)
            return
        title = mark("A sentence of the conclusion")
        self.ctx.operate(title, lambda op: write_sentence(op, guid, text), gesture=gesture)

    def _on_ordered(self, guids: list[str]) -> None:
        self.ctx.operate(mark("Order of the conclusion"), lambda op: order_sentences(op, guids))

    def _on_checked(self, guids: list[str]) -> None:
        guid = self._chosen
        self.edit.flush()
        if guid:
            self.ctx.operate(mark("Findings of a sentence"), lambda op: rest_on(op, guid, guids))

    # doors

    def _on_chosen(self, guid: str) -> None:
        if not guid or guid == self._chosen or (self._new and self._begun == self._chosen):
            # a list without a current line takes its first one when it gets the keyboard
            return
        self.edit.flush()
        self._chosen, self._new = guid, False
        self._show_sentence()
        self.open_door(Door("row", guid, "sentence"))

    def _open_finding(self, guid: str) -> None:
        self.open_door(Door("cell", guid, "finding"), focus=True)

    def _on_check(self, item: QTreeWidgetItem) -> None:
        target = item.data(0, TARGET)
        if target is None:
            return
        kind, guid = target
        if kind == "sentence":
            self.list.go_to(guid)
            self.focus_table()
        else:
            self.open_door(Door("cell", guid, "finding"))

    def door(self, opened: Door) -> Opened | None:
        data, ctx = self.data, self.ctx
        if data is None:
            return None
        if opened.part == "finding":
            line = data.finding(opened.code)
            if line is None:
                return None
            said = words.segments_explained(ctx, len(line.segments))
            return Opened(opened, place_words(ctx, line), f"{plain(line.text)}\n{said}", None, line.segments)
        sentence = data.sentence(opened.code)
        if sentence is None:
            return None
        lines = [line for guid in sentence.findings if (line := data.finding(guid)) is not None]
        guids = tuple(dict.fromkeys(guid for line in lines for guid in line.segments))
        heading = ctx.t("Sentence {number}", number=sentence.number)
        troubles = [self._contradiction(one) for one in data.contradictions if one.sentence == sentence.guid]
        why = (ctx.t("Contradictions"), " ".join(troubles)) if troubles else None
        return Opened(opened, heading, words.segments_explained(ctx, len(guids)), why, guids)

    def undirected_of(self) -> tuple[str, Matrix | None]:
        return "", None

    # words and looks

    def retranslate(self) -> None:
        """Say everything in the language of the interface."""
        t = self.ctx.t
        self.add_button.setText(t("Add a sentence"))
        self.list.setAccessibleName(t("Sentences of the conclusion"))
        self.edit.setAccessibleName(t("Sentence"))
        self.edit.setPlaceholderText(t("One sentence of the study's answer. Check beside it what it rests on."))
        self.edit.setFixedHeight(self.ctx.theme.px(84))
        self.keys.setText(t("Enter writes, Alt+↑ and Alt+↓ move, Ctrl+Enter begins the next one, Delete removes."))
        self.search.setPlaceholderText(t("Search the findings"))
        self.search.setAccessibleName(t("Search the findings"))
        self.findings.setAccessibleName(t("Findings the sentence rests on"))
        self.checks_head.set_text(t("To look at"))
        self.checks.setAccessibleName(t("To look at"))
        self.say_buttons()
        self.report_button.setToolTip(t("Show the conclusion in the report"))
        if self.data is not None:
            self.show_data(self.data)
        else:
            self._show_sentence()

    def take_theme(self) -> None:
        """Take on colours and sizes."""
        self.take_icons()
        self.edit.setFixedHeight(self.ctx.theme.px(84))
        if self.data is not None:
            self.show_data(self.data)

    def focus_table(self) -> None:
        self.list.setFocus()

    # out

    def places(self) -> tuple[list[Place], list[list[Place]]]:
        data, t = self.data, self.ctx.t
        heads = [Place(t("No")), Place(t("Sentence")), Place(t("Rests on"))]
        if data is None:
            return heads, []
        rows = []
        for one in data.sentences:
            found = [line for guid in one.findings if (line := data.finding(guid)) is not None]
            said = "; ".join(place_words(self.ctx, line) for line in found)
            rows.append([Place(self.ctx.words.number(one.number)), Place(one.text), Place(said or t("no evidence"))])
        return heads, rows

    def add_to_report(self) -> None:
        draft = ReportDraft.of(self.ctx)
        draft.take(draft.choice.with_tables("conclusions"))
        self.ctx.say(self.ctx.t("The conclusion is in the report now (Ctrl+5)"))


def _column(*parts: QWidget | tuple[QWidget, int], left: int = 0, right: int = 0) -> QWidget:
    """Widgets under one another; a tuple says how much of the room one takes."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(left, 4, right, 4)
    column.setSpacing(6)
    for part in parts:
        widget, share = part if isinstance(part, tuple) else (part, 0)
        column.addWidget(widget, share)
    return made
