"""Former texts of a source: what was changed since, and the way back."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QSplitter, QTextEdit, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.widgets.parts import label
from coding.project import Operation, Reader
from coding.transcripts.editing_text import EditPlan, sentence_request, sentences_from
from coding.transcripts.queries import source_text
from coding.transcripts.versions import (
    BRING_BACK_TITLE,
    FormerVersion,
    Part,
    bring_back,
    compared,
    former_text,
    former_texts,
    plan_return,
)

GUID = Qt.ItemDataRole.UserRole


class _Compared(NamedTuple):
    parts: list[Part]
    plan: EditPlan


class FormerDialog(Dialog):
    """The texts a source had, each compared with the one of now."""

    def __init__(self, ctx: Context, parent: QWidget, source: str, name: str, versions: list[FormerVersion]) -> None:
        super().__init__(ctx, parent, ctx.t("Former texts of “{source}”", source=name))
        self.setObjectName("former_dialog")
        self.resize(ctx.theme.px(860), ctx.theme.px(520))
        self._source, self._name = source, name
        self._plan: EditPlan | None = None
        t = ctx.t
        self.list = QListWidget()
        self.list.setObjectName("former_list")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName(t("Former texts"))
        for version in versions:
            item = QListWidgetItem(self._words(version))
            item.setData(GUID, version.guid)
            self.list.addItem(item)
        self.view = QTextEdit()
        self.view.setObjectName("former_view")
        self.view.setReadOnly(True)
        self.view.setProperty("frame", "none")
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setFont(ctx.theme.text_font(14))
        self.view.setAccessibleName(t("What changed since"))
        self.view.setTabChangesFocus(True)
        self.view.document().setDocumentMargin(12)
        splitter = QSplitter()
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.list)
        splitter.addWidget(self.view)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([ctx.theme.px(250), ctx.theme.px(610)])
        legend = QHBoxLayout()
        legend.addWidget(
            label(t("Struck through: only in the former text. Underlined: only in the text of now."), "dim")
        )
        legend.addStretch(1)
        self.effect = label("", "dim", wrap=True)
        if versions:
            self.content.addLayout(legend)
            self.content.addWidget(splitter, 1)
            self.content.addWidget(self.effect)
        else:
            splitter.setParent(self)
            splitter.hide()
            self.content.addWidget(label(t("The text of this source was never edited."), "dim", wrap=True))
        self.add_button(t("Close"), name="former_close").clicked.connect(self.reject)
        self.back = self.add_button(t("Bring back this text"), "primary", name="former_back")
        self.back.setEnabled(False)
        self.back.setVisible(bool(versions))
        self.back.clicked.connect(self._on_back)
        self.list.currentItemChanged.connect(lambda item, _: self._on_chosen(item))
        if versions:
            self.list.setCurrentRow(0)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _words(self, version: FormerVersion) -> str:
        moment = datetime.fromisoformat(version.replaced_at).astimezone()
        when = f"{self.ctx.words.date(moment.date().isoformat())}, {moment:%H:%M}"
        until = self.ctx.t("until {moment}", moment=when)
        size = self.ctx.n("{count} word", "{count} words", count=version.words)
        return f"{until}\n{version.coder} · {size}"

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        self.back.setEnabled(False)
        if item is None:
            return
        guid, source = item.data(GUID), self._source

        def read(reader: Reader) -> _Compared:
            now = source_text(reader, source).text
            return _Compared(compared(former_text(reader, guid), now), plan_return(reader, source, guid))

        self.ctx.read(read, partial(self._show, guid), key="former.compare")

    def _show(self, guid: str, found: _Compared) -> None:
        item = self.list.currentItem()
        if item is None or item.data(GUID) != guid:
            return
        self._plan = found.plan
        theme, t, n = self.ctx.theme, self.ctx.t, self.ctx.n
        plain, removed, added, skipped = (QTextCharFormat() for _ in range(4))
        removed.setFontStrikeOut(True)
        removed.setForeground(theme.color("inhibiting"))
        added.setFontUnderline(True)
        added.setForeground(theme.color("supporting"))
        skipped.setForeground(theme.color("dim"))
        formats = {"same": plain, "removed": removed, "added": added, "skipped": skipped}
        self.view.clear()
        cursor = QTextCursor(self.view.document())
        if not found.parts:
            cursor.insertText(t("This is the text of now."), skipped)
        for part in found.parts:
            skip = "[…]\n" if cursor.atStart() else "\n[…]\n"
            cursor.insertText(skip if part.kind == "skipped" else part.text, formats[part.kind])
        self.view.moveCursor(QTextCursor.MoveOperation.Start)
        plan = found.plan
        words = [n("{count} coded segment keeps its words", "{count} coded segments keep their words", count=plan.kept)]
        if plan.changed:
            words.append(n("{count} has other words", "{count} have other words", count=len(plan.changed)))
        if plan.vanishing:
            words.append(n("{count} goes", "{count} go", count=len(plan.vanishing)))
        self.effect.setText(t("If it is brought back: {what}", what=", ".join(words)) if plan.hunks else "")
        project = self.ctx.project
        self.back.setEnabled(bool(plan.hunks) and project is not None and not project.read_only)

    def _on_back(self) -> None:
        item, plan, source, ctx = self.list.currentItem(), self._plan, self._source, self.ctx
        if item is None or plan is None:
            return
        guid, name = item.data(GUID), self._name

        def store(sentences: object) -> None:
            if ctx.project is None:
                return

            def work(op: Operation) -> None:
                bring_back(op, source, guid, sentences=sentences)  # type: ignore[arg-type]

            ctx.operate(BRING_BACK_TITLE, work, source=name)

        ctx.jobs.helper.request(
            "sentences", lambda found: store(sentences_from(plan, found)), lambda _: store({}),
            file=name, timeout=20.0, pieces=sentence_request(plan),
        )  # fmt: skip
        self.accept()


def show_former(ctx: Context, parent: QWidget, source: str, name: str) -> None:
    """Read the former texts of a source and show them."""
    ctx.read(
        lambda reader: former_texts(reader, source),
        lambda versions: FormerDialog(ctx, parent, source, name, versions).open(),
        key="former.list",
    )
