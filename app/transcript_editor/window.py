"""The editor of a source's text, beside the main window."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.context import Context
from app.transcript_editor.drafts import TextDraft, TextDrafts
from app.transcript_editor.plan_list import PlanList
from app.transcript_editor.text_edit import PassageEdit
from app.widgets.parts import ElidedLabel, button, label, line
from app.widgets.side_window import SideWindow
from coding.changes import Changes
from coding.errors import CodingError
from coding.project import Operation, Reader
from coding.segments.queries import segments
from coding.segments.rows import SegmentRow
from coding.store.models import text_hash
from coding.text import Shift
from coding.transcripts.editing_text import (
    EDIT_TITLE,
    EditPlan,
    Sentences,
    TouchedSegment,
    apply_edit,
    plan_edit,
    sentence_request,
    sentences_from,
)
from coding.transcripts.queries import source_text

PLAN_PAUSE = 400
DRAFT_PAUSE = 2000
SEGMENTER_SECONDS = 20.0


class _Opened(NamedTuple):
    guid: str
    name: str
    text: str
    rows: list[SegmentRow]


def rows_after(rows: list[SegmentRow], plan: EditPlan) -> list[SegmentRow]:
    """The coded segments where they will be, but for those that vanish."""
    shift = Shift(plan.hunks)
    gone = {row.guid for row in plan.vanishing}
    changed = {row.guid: (row.start, row.end) for row in plan.changed}
    moved = ((row, changed.get(row.guid, (shift.start(row.start), shift.end(row.end)))) for row in rows)
    return [replace(row, start=start, end=end) for row, (start, end) in moved if row.guid not in gone and start < end]


class TextEditor(SideWindow):
    """One source's text, to be written in. Nothing is stored before Save; what is written is kept as a draft."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(ctx, parent, "text_editor", 1180, 680)
        self.drafts = TextDrafts(ctx.settings)
        self._opened: _Opened | None = None
        self._based_on = ""
        self._project = ""
        self._busy = False
        self._confirmed: EditPlan | None = None
        self._save_when_planned = False
        self._plan_later = QTimer(self, singleShot=True, interval=PLAN_PAUSE)
        self._draft_later = QTimer(self, singleShot=True, interval=DRAFT_PAUSE)
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self.name = ElidedLabel("", "heading")
        self.state = label("", "dim")
        self.discard = button("", "", name="edit_discard")
        self.save = button("", "primary", name="edit_save")
        top = QHBoxLayout()
        top.setContentsMargins(20, 10, 20, 10)
        top.setSpacing(8)
        top.addWidget(self.name, 1)
        top.addWidget(self.state)
        top.addSpacing(8)
        top.addWidget(self.discard)
        top.addWidget(self.save)
        self.note = QFrame()
        self.note.setProperty("surface", "side")
        self.note_text = label("", wrap=True)
        self.take_draft = button("", "link", name="draft_take")
        self.drop_draft = button("", "link", name="draft_drop")
        row = QHBoxLayout(self.note)
        row.setContentsMargins(20, 6, 20, 6)
        row.addWidget(self.note_text, 1)
        row.addWidget(self.take_draft)
        row.addWidget(self.drop_draft)
        self.note.hide()
        self.edit = PassageEdit(self.ctx)
        self.edit.setObjectName("edit_text")
        self.plan = PlanList(self.ctx)
        side = QFrame()
        side.setProperty("surface", "side")
        inner = QVBoxLayout(side)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.plan)
        side.setMinimumWidth(self.ctx.theme.px(220))
        middle = QFrame()
        middle.setProperty("surface", "panel")
        inner = QVBoxLayout(middle)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.edit)
        splitter = QSplitter()
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(middle)
        splitter.addWidget(side)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([self.width() - self.ctx.theme.px(310), self.ctx.theme.px(310)])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(line())
        column.addWidget(self.note)
        column.addWidget(splitter, 1)

    def _connect(self) -> None:
        ctx = self.ctx
        self.edit.textChanged.connect(self._on_text)
        self._plan_later.timeout.connect(self.renew_plan)
        self._draft_later.timeout.connect(self.keep_draft)
        self.save.clicked.connect(self.store)
        self.discard.clicked.connect(self.discard_edit)
        self.take_draft.clicked.connect(self._on_take_draft)
        self.drop_draft.clicked.connect(self._on_drop_draft)
        self.plan.chosen.connect(self._on_chosen)
        ctx.changed.connect(self._on_changed)
        ctx.leaving.connect(self.keep_draft)
        ctx.project_closed.connect(self._on_closed)
        ctx.language_changed.connect(self.retranslate)
        ctx.theme_changed.connect(self.edit.recolor)
        for keys in ("Ctrl+S", "Ctrl+Return"):
            QShortcut(QKeySequence(keys), self, self.store)

    # opening

    def open_source(self, guid: str, start: int | None = None, end: int | None = None) -> None:
        """Show the text of the source, with the caret at `start` or `[start, end)` selected (code points)."""
        if self._opened is not None and self._opened.guid == guid and self.changed:
            self.bring_up()
            return
        self.keep_draft()

        def read(reader: Reader) -> _Opened:
            found = source_text(reader, guid)
            return _Opened(guid, found.name, found.text, segments(reader, source=guid))

        self.ctx.read(read, lambda found: self._show(found, start, end), key="editor.source")

    def _show(self, found: _Opened, start: int | None, end: int | None) -> None:
        same = self._opened is not None and self._opened.guid == found.guid
        self._opened = found
        self._project = self.ctx.project.guid if self.ctx.project else ""
        self._based_on = text_hash(found.text)
        self.edit.setReadOnly(self.ctx.project is None or self.ctx.project.read_only)
        self.edit.set_text(found.text, found.rows)
        self.plan.show_plan(None)
        self._confirmed = None
        self.name.setText(found.name)
        if start is not None:
            from app.transcript.offsets import Offsets

            offsets = Offsets(found.text)
            self.edit.set_place(offsets.to_qt(start), offsets.to_qt(end) if end is not None else None)
        elif not same:
            self.edit.set_place(0)
        self._offer_draft()
        self._refresh()
        self.bring_up()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def source(self) -> str | None:
        """The guid of the source that is shown."""
        return self._opened.guid if self._opened else None

    @property
    def changed(self) -> bool:
        """Whether something is written that is not stored."""
        return self._opened is not None and self.edit.document().isModified()

    # what is written

    def _on_text(self) -> None:
        if self._opened is None:
            return
        self._confirmed = None
        self._plan_later.start()
        if not self._draft_later.isActive():
            self._draft_later.start()
        self._refresh()

    def renew_plan(self) -> None:
        """Ask what storing the text would do."""
        self._plan_later.stop()
        if self._opened is None or self.ctx.project is None:
            return
        guid, text = self._opened.guid, self.edit.text()
        self.ctx.read(
            lambda reader: plan_edit(reader, guid, text), lambda plan: self._take_plan(plan, text), key="editor.plan",
            failed=self._on_failed,
        )  # fmt: skip

    def _take_plan(self, plan: EditPlan, text: str) -> None:
        if self._opened is None or plan.source != self._opened.guid:
            return
        self.plan.show_plan(plan)
        if self.edit.text() == text == plan.text:
            self.edit.set_segments(text, rows_after(self._opened.rows, plan))
        self._refresh()
        if self._save_when_planned:
            self._save_when_planned = False
            self._store_planned(plan, text)

    def _on_failed(self, _: Exception) -> None:
        self._save_when_planned = self._busy = False
        self._refresh()

    def _on_chosen(self, row: TouchedSegment) -> None:
        self.edit.show_passage(row.guid)

    # storing

    def store(self) -> None:
        """Store the text, once it is known what that does. Where coded segments would go, it takes a second word."""
        if not self.changed or self._busy:
            return
        self._save_when_planned = True
        self.renew_plan()

    def _store_planned(self, plan: EditPlan, text: str) -> None:
        if text != self.edit.text():
            self._save_when_planned = True
            self.renew_plan()
            return
        if not plan.hunks:
            self._stored(plan)
            return
        if plan.vanishing and (self._confirmed is None or self._confirmed.vanishing != plan.vanishing):
            self._confirmed = plan
            self._refresh()
            self.save.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._busy = True
        self._refresh()
        self.ctx.jobs.helper.request(
            "sentences", lambda found: self._apply(plan, sentences_from(plan, found)),
            lambda error: self._without_sentences(plan, error),
            file=plan.name, timeout=SEGMENTER_SECONDS, pieces=sentence_request(plan),
        )  # fmt: skip

    def _without_sentences(self, plan: EditPlan, error: Exception) -> None:
        """The text is stored all the same; its sentences end where they did."""
        if not isinstance(error, CodingError):
            self.ctx.say_error(error)
        self._apply(plan, {})

    def _apply(self, plan: EditPlan, sentences: Sentences) -> None:
        if self.ctx.project is None:
            return
        based_on = self._based_on

        def work(op: Operation) -> EditPlan:
            return apply_edit(op, plan.source, plan.text, based_on=based_on, sentences=sentences)

        self.ctx.operate(EDIT_TITLE, work, self._stored, self._on_failed, source=plan.name)

    def _stored(self, plan: EditPlan) -> None:
        self._busy = False
        self._confirmed = None
        self._draft_later.stop()
        self.drafts.forget(self._project, plan.source)
        if self._opened is None or self._opened.guid != plan.source:
            return
        self._opened = self._opened._replace(text=plan.text)
        self._based_on = text_hash(plan.text)
        if self.edit.text() == plan.text:
            self.edit.document().setModified(False)
            self.plan.show_stored(plan)
        self._refresh()

    def discard_edit(self) -> None:
        """Go back to the stored text; the document's own undo brings the edit back."""
        if self._opened is not None and self.changed:
            self.edit.replace_all(self._opened.text)
            self.edit.set_segments(self._opened.text, self._opened.rows)
            self.edit.document().setModified(False)
            self._plan_later.stop()
            self._draft_later.stop()
            self.drafts.forget(self._project, self._opened.guid)
            self.plan.show_plan(None)
            self._refresh()

    # drafts

    def keep_draft(self) -> None:
        """Keep what is written and not stored."""
        self._draft_later.stop()
        if self._opened is None or not self.changed:
            return
        moment = datetime.now().astimezone().isoformat(timespec="seconds")
        draft = TextDraft(self._project, self._opened.guid, self._opened.name, self._based_on, self.edit.text(), moment)
        if not self.drafts.keep(draft):
            self.state.setText(self.ctx.t("The draft can't be kept: the disk does not let it be written"))

    def _offer_draft(self) -> None:
        assert self._opened is not None
        draft = self.drafts.of(self._project, self._opened.guid)
        if draft is not None and draft.text == self._opened.text:
            self.drafts.forget(self._project, self._opened.guid)
            draft = None
        self.note.setVisible(draft is not None)
        if draft is None:
            return
        t, when = self.ctx.t, f"{self.ctx.words.date(draft.at[:10])}, {draft.at[11:16]}"
        text = t("An edit of {moment} was not stored.", moment=when)
        if draft.based_on != self._based_on:
            text += " " + t("The text was changed since; taking the edit puts those changes back.")
        self.note_text.setText(text)

    def _on_take_draft(self) -> None:
        draft = self.drafts.of(self._project, self._opened.guid) if self._opened else None
        self.note.hide()
        if draft is not None:
            self.edit.replace_all(draft.text)
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_drop_draft(self) -> None:
        self.note.hide()
        if self._opened is not None:
            self.drafts.forget(self._project, self._opened.guid)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    # what happens elsewhere

    def _on_changed(self, changes: Changes) -> None:
        if self._opened is None or not self.isVisible() or self._busy:
            return
        if changes & (Changes.SOURCES | Changes.SEGMENTS | Changes.CODES):
            guid = self._opened.guid

            def read(reader: Reader) -> _Opened | None:
                try:
                    found = source_text(reader, guid)
                except CodingError:
                    return None
                return _Opened(guid, found.name, found.text, segments(reader, source=guid))

            self.ctx.read(read, self._take_again, key="editor.again")

    def _take_again(self, found: _Opened | None) -> None:
        if found is None:
            self._opened = None
            self.hide()
        elif self._opened is None or self._opened.guid != found.guid:
            return
        elif not self.changed:
            same = found.text == self._opened.text
            self._opened, self._based_on = found, text_hash(found.text)
            self.edit.set_segments(found.text, found.rows) if same else self.edit.set_text(found.text, found.rows)
            if not (same and self.plan.stored):
                self.plan.show_plan(None)
            self.name.setText(found.name)
            self._refresh()
        elif found.text != self._opened.text:
            self.state.setText(self.ctx.t("The stored text was changed meanwhile"))
        else:
            self._opened = found
            self.renew_plan()

    def _on_closed(self) -> None:
        for timer in (self._plan_later, self._draft_later):
            timer.stop()
        self._opened = None
        self._busy = False
        self.edit.set_text("")
        self.plan.show_plan(None)

    def hideEvent(self, event: QHideEvent) -> None:
        self.keep_draft()
        super().hideEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.changed:
            self.keep_draft()
            self.ctx.say(self.ctx.t("The edit is kept as a draft; it is offered when the text is edited again"))
            self.edit.document().setModified(False)
        self._opened = None
        super().closeEvent(event)

    # words

    def _refresh(self) -> None:
        t, changed = self.ctx.t, self.changed
        gone = len(self._confirmed.vanishing) if self._confirmed is not None else 0
        self.save.setText(
            self.ctx.n("Save, and remove {count} coded segment", "Save, and remove {count} coded segments", count=gone)
            if gone
            else t("Save")
        )
        self.save.setProperty("kind", "danger" if gone else "primary")
        self.save.style().unpolish(self.save)
        self.save.style().polish(self.save)
        self.save.setEnabled(changed and not self._busy)
        self.discard.setEnabled(changed and not self._busy)
        self.edit.setReadOnly(self._busy or self.ctx.project is None or self.ctx.project.read_only)
        self.state.setText(t("Saving…") if self._busy else t("not saved yet") if changed else "")

    def retranslate(self) -> None:
        t = self.ctx.t
        self.setWindowTitle(t("Edit text"))
        self.discard.setText(t("Discard"))
        self.save.setToolTip(t("Save") + "  Ctrl+S")
        self.take_draft.setText(t("Take it up again"))
        self.drop_draft.setText(t("Forget it"))
        self.edit.setAccessibleName(t("Text of the source"))
        self.plan.retranslate()
        self._refresh()
