"""The workspace Review: the queue at the left, one thing with its conversation beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout

from app.actions.registry import Action
from app.context import Context
from app.dialogs.palette import Palette
from app.models.code_book import CodeBook
from app.models.review_queue import QueueModel
from app.widgets.parts import EmptyState, line
from app.workspaces.base import Workspace
from app.workspaces.review.actions import review_actions
from app.workspaces.review.detail_panel import DetailPanel
from app.workspaces.review.edges import EdgesDialog
from app.workspaces.review.edits import ReviewEdits
from app.workspaces.review.queue_bar import QueueBar
from app.workspaces.review.queue_view import QueueView
from coding.changes import Changes
from coding.codes.queries import frameworks, open_codes
from coding.errors import mark
from coding.review.details import Detail, QueueLine, detail, lines
from coding.review.queue import Queue, QueueFilter, Wanted, queue
from coding.review.rows import TARGET_KINDS, Target

SIDE = 380
SHOWN = Changes.SEGMENTS | Changes.FINDINGS | Changes.SOURCES | Changes.CODES | Changes.MEMOS | Changes.REVIEW
"""What, when it changes, may change how things in the queue look."""
VERDICT_OF = {"agree": "agreed", "question": "question", "revise": "revise", "look": None}
VALENCE_OF = {"supporting": "supporting", "inhibiting": "inhibiting", "neutral": "neutral", "unmarked": None}


class ReviewWorkspace(Workspace):
    """What supervisors have to look at, and what researchers have to answer."""

    key = "review"
    title = mark("Review")
    icon = "review"

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.model = QueueModel(ctx, self)
        self.bar = QueueBar(ctx)
        self.view = QueueView(ctx, self.model)
        self.detail = DetailPanel(ctx)
        self.edits = ReviewEdits(ctx, self)
        self.book = CodeBook.of((), ())
        self._drafts: dict[str, str] = {}
        self._draft_of = ""
        self._wanted_target: Target | None = None
        self._asked_for = False
        self._stale = False
        self._role = ""
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        side = QFrame()
        side.setProperty("surface", "side")
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(line())
        self.empty = EmptyState(self.ctx, "review")
        self.pages = QStackedWidget()
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.empty)
        column.addWidget(self.pages, 1)
        side.setMinimumWidth(260)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(side)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setChildrenCollapsible(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.splitter)
        self.splitter.setSizes([self.ctx.theme.px(SIDE), 1000])

    def _connect(self) -> None:
        self.bar.chosen.connect(lambda _: self.ask())
        self.view.meant.connect(self.do)
        self.view.current_changed.connect(self._on_current)
        self.view.entered.connect(self._open)
        self.model.lines_wanted.connect(self._read_lines)
        panel = self.detail
        panel.meant.connect(self.do)
        panel.answered.connect(self.edits.answer)
        panel.withdrawn.connect(self.edits.withdraw)
        panel.opened.connect(self.ctx.go_to_segment)
        panel.matrix_asked.connect(lambda: self.ctx.show_workspace("matrices"))
        panel.conversation.written.connect(self._write)
        panel.conversation.closed.connect(self.edits.close)
        panel.conversation.removed.connect(self.edits.remove)
        panel.conversation.left.connect(self.focus_queue)
        panel.conversation.went_on.connect(self.go_on)
        self.ctx.history_changed.connect(self._on_history)
        self.ctx.review_requested.connect(lambda kind, guid: self.open_at(Target(kind, guid)))

    # the project

    @property
    def writable(self) -> bool:
        """Whether anything can be changed."""
        return self.ctx.project is not None and not self.ctx.project.read_only

    @property
    def reviews(self) -> bool:
        """Whether the person at work gives verdicts, and does not answer them."""
        return self.ctx.project is not None and self.ctx.project.role == "supervisor"

    def on_project_opened(self) -> None:
        self._drafts, self._wanted_target, self._asked_for, self._role = {}, None, False, self._my_role()
        self._draft_of = ""
        self.detail.conversation.set_draft("")
        self.model.clear()
        self.detail.show_detail(None, self._my_role(), writable=self.writable)
        self._read_codes()

    def on_project_closed(self) -> None:
        self.model.clear()
        self.detail.show_detail(None, "researcher", writable=False)

    def on_changed(self, changes: Any) -> None:
        if changes & Changes.CODES:
            self._read_codes()
        if changes & SHOWN:
            self.model.outdate()
            if self.isVisible():
                self._renew(listed=not changes & Changes.REVIEW)
            else:
                self._stale = True

    def _on_history(self) -> None:
        """Somebody else works now, in another role perhaps."""
        role = self._my_role()
        if role != self._role:
            self._role = role
            self.bar.set_filter(replace(self.bar.filter, wanted="new" if self.reviews else "open"))
            self.model.outdate()
            if self.isVisible():
                self.ask()
            else:
                self._stale = True

    def _my_role(self) -> str:
        return f"{self.ctx.project.role}\n{self.ctx.project.coder}" if self.ctx.project is not None else ""

    def on_shown(self) -> None:
        if self._stale or not self.model.targets:
            self._stale = False
            self.ask()
        QTimer.singleShot(0, self, self.focus_queue)

    def state(self) -> dict[str, Any]:
        self._keep_draft()
        chosen = self.bar.filter
        target = self.current_target()
        return {
            "wanted": chosen.wanted,
            "kinds": list(chosen.kinds),
            "framework": chosen.framework,
            "code": chosen.code,
            "sample": chosen.sample,
            "target": [target.kind, target.guid] if target else [],
            "drafts": {guid: text for guid, text in self._drafts.items() if text},
        }

    def restore(self, state: dict[str, Any]) -> None:
        wanted: Wanted = state.get("wanted") or ("new" if self.reviews else "open")
        kinds = tuple(kind for kind in TARGET_KINDS if kind in state.get("kinds", TARGET_KINDS)) or TARGET_KINDS
        self.bar.set_filter(
            QueueFilter(wanted, kinds, state.get("framework"), state.get("code"), sample=state.get("sample", 100))
        )
        if len(kept := state.get("target", [])) == 2:
            self._wanted_target = Target(*kept)
        self._drafts, self._draft_of = dict(state.get("drafts", {})), ""
        if self.isVisible():
            self.ask()

    # what is listed

    def ask(self) -> None:
        """List anew what the bar chooses."""
        if self.ctx.project is None:
            return
        chosen, me = self._narrowed(), self.ctx.project.coder
        self.ctx.read(lambda reader: queue(reader, me, chosen), self._take_queue, key="review.queue")

    def _narrowed(self) -> QueueFilter:
        """What the bar chooses, of one's own alone where coders code blind."""
        only = self.ctx.project.only_coder if self.ctx.project is not None else None
        return self.bar.filter if only is None else replace(self.bar.filter, coder=only)

    def _renew(self, *, listed: bool) -> None:
        """Read again what is shown; with `listed`, also what there is to list."""
        if self.ctx.project is None:
            return
        chosen, me = self._narrowed(), self.ctx.project.coder
        if listed:
            self.ask()
        else:
            self.ctx.read(lambda reader: queue(reader, me, chosen), self.bar.show_counts, key="review.counts")
        self.view.look()
        self._read_detail()

    def _take_queue(self, found: Queue) -> None:
        before = self._wanted_target or self.current_target()
        if self._asked_for:
            self._asked_for = False
            if before is not None and before not in found.targets:
                self.bar.set_filter(QueueFilter("all", (before.kind,)))
                self.ask()
                return
        at = self.view.currentIndex().row()
        self.bar.show_counts(found)
        self.model.set_targets(found.targets)
        self.pages.setCurrentIndex(0 if found.targets else 1)
        self._say_empty(found)
        place = self.model.place_of(before)
        if place < 0 and found.targets:
            place = max(0, min(at, len(found.targets) - 1))
        self._wanted_target = None
        self.view.choose(place)
        self.view.look()
        self._read_detail()
        self.ctx.actions.refresh()

    def _read_lines(self, targets: list[Target]) -> None:
        if self.ctx.project is None or not targets:
            return
        me = self.ctx.project.coder

        def done(found: list[QueueLine]) -> None:
            self.model.take(found, targets)

        self.ctx.read(lambda reader: lines(reader, targets, me), done, key="review.lines")

    def _read_codes(self) -> None:
        def done(book: CodeBook) -> None:
            self.book = book
            self.bar.show_codes(book)

        self.ctx.read(lambda reader: CodeBook.of(frameworks(reader), open_codes(reader)), done, key="review.codes")

    def _say_empty(self, found: Queue) -> None:
        t = self.ctx.t
        all_things = found.counts.get("all", 0)
        if not all_things:
            text = t("Coded segments and findings stand here as soon as there are any.")
            self.empty.set(t("Nothing to review yet"), text)
        elif self.bar.filter.wanted == "open":
            text = t("Questions, wishes for revision, proposals and open conversations stand here.")
            self.empty.set(t("No open points"), text, t("Show everything"), self._show_all)
        else:
            self.empty.set(t("Nothing left in this list"), t("All of it was looked at."), t("Show everything"),
                           self._show_all)  # fmt: skip
        self.detail.empty.set(
            t("Nothing chosen"), t("Choose a line: the passage and what was said about it stand here.")
        )

    def open_at(self, target: Target) -> None:
        """Show what was said about `target`, in the list that it is in."""
        self._wanted_target, self._asked_for = target, True
        self._stale = False
        self.ask()
        self.focus_queue()

    def _show_all(self) -> None:
        self.bar.set_filter(replace(self.bar.filter, wanted="all"))
        self.ask()
        self.focus_queue()

    # the current thing

    def current_target(self) -> Target | None:
        """What is current in the queue."""
        number = self.view.currentIndex().row()
        return self.model.targets[number] if 0 <= number < len(self.model.targets) else None

    def _on_current(self, _: int) -> None:
        self._change_draft()
        self._read_detail()
        self.ctx.actions.refresh()

    def _change_draft(self) -> None:
        """The field has what was being written about the thing that is current now: at once, so that nothing that is
        typed before the thing itself was read goes to another, or is lost."""
        target = self.current_target()
        guid = target.guid if target is not None else ""
        if guid != self._draft_of:
            self._keep_draft()
            self._draft_of = guid
            self.detail.conversation.set_draft(self._drafts.get(guid, ""))
            self.detail.conversation.stop_asking()

    def _keep_draft(self) -> None:
        if self._draft_of:
            self._drafts[self._draft_of] = self.detail.conversation.draft()

    def _read_detail(self) -> None:
        target = self.current_target()
        self._change_draft()
        if target is None or self.ctx.project is None:
            self.detail.show_detail(None, self._role_name(), writable=self.writable)
            return
        me, only = self.ctx.project.coder, self.ctx.project.only_coder
        self.ctx.read(lambda reader: detail(reader, target, me, only), self._show_detail, key="review.detail")

    def _show_detail(self, found: Detail | None) -> None:
        self.detail.show_detail(found, self._role_name(), writable=self.writable)
        self.ctx.actions.refresh()

    def _role_name(self) -> str:
        return self.ctx.project.role if self.ctx.project is not None else "researcher"

    def go_on(self) -> None:
        """Go to the next thing in the queue."""
        number = self.view.currentIndex().row() + 1
        if number < len(self.model.targets):
            self.view.choose(number)

    def focus_queue(self) -> None:
        """Give the keys to the queue."""
        if self.isVisible():
            (self.view if self.pages.currentIndex() == 0 else self.bar.wanted).setFocus()

    def _open(self) -> None:
        target = self.current_target()
        if target is not None and target.kind == "segment":
            self.ctx.go_to_segment(target.guid)

    # what is done

    def do(self, meaning: str) -> None:
        """Do what a key of the queue means."""
        panel = self.detail
        if meaning in VERDICT_OF:
            self._judge(meaning)
        elif meaning in VALENCE_OF:
            self.edits.propose_valence(VALENCE_OF[meaning])  # type: ignore[arg-type]
        elif meaning in ("accept", "decline"):
            self.edits.answer_first(meaning == "accept")
        elif meaning == "comment":
            panel.conversation.answer(None if self.reviews else panel.conversation.open_thread())
        elif meaning == "close":
            if (thread := panel.conversation.open_thread()) is not None:
                self.edits.close(thread, True)
        elif meaning == "propose_code":
            self._ask_code()
        elif meaning == "edges":
            self._ask_edges()
        elif meaning == "remove":
            self.edits.propose_removal()

    def _judge(self, meaning: str) -> None:
        """Give the verdict. What is agreed or was looked at is done with; what is not wants a word, so the field has
        the keys until it is sent or left."""
        if not self.edits.set_verdict(VERDICT_OF[meaning]):  # type: ignore[arg-type]
            return
        if meaning in ("question", "revise"):
            t = self.ctx.t
            ask = t("What is the question?") if meaning == "question" else t("What should be different?")
            self.detail.conversation.ask(ask)
        else:
            self.go_on()
            self.focus_queue()

    def _write(self, text: str, thread: str | None) -> None:
        target = self.current_target()
        if target is not None:
            self._drafts.pop(target.guid, None)
            self.detail.conversation.set_draft("")
        self.edits.write(text, thread)

    def _ask_code(self) -> None:
        shown = self.detail.detail
        if shown is None or shown.line.segment is None or not (self.reviews and self.writable):
            return
        segment = shown.line.segment
        palette = Palette(self.ctx, self, self.book, segment.framework or "open", segment.text)
        palette.code_chosen.connect(lambda guid, _: self.edits.propose_code(guid))
        palette.closed.connect(self.focus_queue)
        palette.hint.setText(self.ctx.t("Enter proposes · ↑ ↓ choose · Esc leaves"))
        palette.open_at(self.rect())

    def _ask_edges(self) -> None:
        shown = self.detail.detail
        if shown is None or shown.line.segment is None or not (self.reviews and self.writable):
            return
        dialog = EdgesDialog(self.ctx, self, shown)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.proposed.connect(self.edits.propose_span)
        dialog.open()

    # words and looks

    def actions(self) -> list[Action]:  # type: ignore[override]
        return review_actions(self)

    def retranslate(self) -> None:
        self.bar.retranslate()
        self.view.setAccessibleName(self.ctx.t("What is to be reviewed"))
        self._say_empty(Queue(self.model.targets, {}))
        self.model.refresh()
        self.detail.refresh()

    def on_theme_changed(self) -> None:
        self.empty.refresh()
        self.detail.empty.refresh()
        self.detail.refresh()
        self.view.scheduleDelayedItemsLayout()
        self.model.refresh()
