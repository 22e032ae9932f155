"""What the code editor asks before it does something: the questions are opened with what they have to say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog

from app.codes.extras import TOPIC
from app.codes.questions import DeleteQuestion, MergeDialog, SplitDialog, TopicDialog, deletion_words
from app.context import Context
from app.dialogs.files import keep_folder, start_folder
from coding.codes.removing import what_goes, what_goes_with
from coding.codes.rows import CodeRow, FrameworkRow, Going
from coding.segments.queries import segments
from coding.segments.rows import SegmentRow

if TYPE_CHECKING:
    from app.codes.window import CodesWindow


class Asking:
    """Questions about what is chosen in the tree."""

    def __init__(self, ctx: Context, window: CodesWindow) -> None:
        self.ctx, self._window = ctx, window

    def delete(self) -> None:
        """Ask before codes, or a framework, are deleted."""
        node, codes = self._window.tree.node(), self._window.tree.codes()
        if not self._window.more.isEnabled() or node is None:
            return
        if node.framework is not None and len(self._window.tree.keys()) < 2:
            row = node.framework
            self.ctx.read(lambda reader: what_goes_with(reader, row.key), lambda going: self._ask_framework(row, going))
        elif codes:
            guids = [code.guid for code in codes]
            self.ctx.read(lambda reader: what_goes(reader, guids), lambda going: self._ask_codes(codes, going))

    def _ask_codes(self, codes: list[CodeRow], going: Going) -> None:
        after = self._window.tree.neighbour()

        def run() -> None:
            self._window.go_to(after)
            self._window.changes.delete(codes)

        DeleteQuestion(self.ctx, self._window, deletion_words(self.ctx, codes, going), going, run).open()

    def _ask_framework(self, row: FrameworkRow, going: Going) -> None:
        ctx, name = self.ctx, row.label(self.ctx.language)
        if going.segments:
            question = ctx.n(
                "Remove {framework} with its {codes} codes and {count} coded segment?",
                "Remove {framework} with its {codes} codes and {count} coded segments?",
                count=going.segments,
                codes=going.codes,
                framework=name,
            )
        else:
            question = ctx.t("Remove {framework}? Nothing is coded with it.", framework=name)
        DeleteQuestion(
            ctx, self._window, question, going, lambda: self._window.changes.remove_framework(row.key, name)
        ).open()

    def merge(self) -> None:
        """Ask which of the selected codes stays."""
        codes = self._window.tree.codes()
        if len(codes) < 2:
            return
        dialog = MergeDialog(self.ctx, self._window, codes, self._window.book)

        def merging(guids: list[str], stays: str, as_topics: bool) -> None:
            code = self._window.book.get(stays)
            if code is not None:
                self._window.changes.merge(guids, code, as_topics)

        dialog.merging_asked.connect(merging)
        dialog.open()

    def split(self) -> None:
        """Ask which segments of the code go to a new one."""
        codes = self._window.tree.codes()
        if len(codes) == 1 and codes[0].segments:
            code = codes[0]
            self._read_segments(code, lambda rows: self._open_split(code, rows))

    def _open_split(self, code: CodeRow, rows: list[SegmentRow]) -> None:
        dialog = SplitDialog(self.ctx, self._window, code, rows)
        dialog.splitting_asked.connect(lambda id_, en, guids: self._window.changes.split(code, id_, en, guids))
        dialog.open()

    def topic(self) -> None:
        """Ask which segments of the code stand under a topic."""
        shown, item = self._window.code_form.shown, self._window.code_form.topics.list.currentItem()
        if shown is None or not shown.topics:
            return
        chosen = item.data(TOPIC).guid if item is not None else None

        def opened(rows: list[SegmentRow]) -> None:
            dialog = TopicDialog(self.ctx, self._window, shown.topics, chosen, rows)
            dialog.assigning_asked.connect(self._window.changes.assign)
            dialog.open()

        self._read_segments(shown.code, opened)

    def _read_segments(self, code: CodeRow, done: Any) -> None:
        guid = code.guid
        self.ctx.read(lambda reader: segments(reader, code=guid, below=False), done, key="codes.segments")

    def import_file(self) -> None:
        """Ask for a framework file and adopt it."""
        title, kinds = self.ctx.t("Framework from a file"), f"{self.ctx.t('Framework')} (*.toml)"
        chosen, _ = QFileDialog.getOpenFileName(self._window, title, str(start_folder(self.ctx)), kinds)
        if chosen:
            keep_folder(self.ctx, Path(chosen))
            self._window.changes.bring_in(Path(chosen))

    def export(self) -> None:
        """Ask where to write the framework."""
        framework = self._window.framework_of(self._window.tree.node())
        if framework is None:
            return
        first = start_folder(self.ctx) / f"{framework.key}.toml"
        kinds = f"{self.ctx.t('Framework')} (*.toml)"
        chosen, _ = QFileDialog.getSaveFileName(self._window, self.ctx.t("Export the framework"), str(first), kinds)
        if chosen:
            keep_folder(self.ctx, Path(chosen))
            self._window.changes.export(framework.key, Path(chosen))
