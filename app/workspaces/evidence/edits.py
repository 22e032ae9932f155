"""What is done to the segments that are chosen in the table, each as one step of the history."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication

from app.context import Context
from app.models.evidence_copy import MOST, quotations
from app.workspaces.report_draft import ReportDraft
from coding.codes.editing import new_open_code
from coding.errors import mark
from coding.project import Operation, Reader
from coding.segments import bulk
from coding.segments.bulk import Recoded
from coding.segments.evidence_rows import evidence_rows
from coding.segments.rows import Valence

if TYPE_CHECKING:
    from app.workspaces.evidence.workspace import EvidenceWorkspace


class EvidenceEdits(QObject):
    """Changes the chosen segments of the workspace."""

    def __init__(self, ctx: Context, workspace: EvidenceWorkspace) -> None:
        super().__init__(workspace)
        self._ctx, self._workspace = ctx, workspace

    def set_valence(self, valence: Valence | None) -> None:
        """Give them this direction, or none."""
        one, many = mark("Set direction"), mark("Set the direction of {count} segments")
        if valence is None:
            one, many = mark("Clear direction"), mark("Clear the direction of {count} segments")
        self._operate(one, many, lambda op, ids: bulk.set_valence(op, ids, valence))

    def toggle_star(self) -> None:
        """Star them; when all that are known have the star, take it away."""
        rows = self._workspace.model.known(self._workspace.chosen_ids()[:MOST])
        if rows and all(row.segment.exemplar for row in rows):
            one, many = mark("Remove the star"), mark("Remove the star of {count} segments")
            self._operate(one, many, lambda op, ids: bulk.set_exemplar(op, ids, False))
        else:
            one, many = mark("Star as exemplar"), mark("Star {count} segments as exemplars")
            self._operate(one, many, lambda op, ids: bulk.set_exemplar(op, ids, True))

    def toggle_reported(self) -> None:
        """Mark them as reported speech; when all that are known are, as verbatim."""
        rows = self._workspace.model.known(self._workspace.chosen_ids()[:MOST])
        self.set_reported(not (rows and all(row.segment.reported for row in rows)))

    def set_reported(self, reported: bool) -> None:
        """Mark them as reported speech, or as verbatim."""
        one, many = mark("Mark as verbatim"), mark("Mark {count} segments as verbatim")
        if reported:
            one, many = mark("Mark as reported speech"), mark("Mark {count} segments as reported speech")
        self._operate(one, many, lambda op, ids: bulk.set_reported(op, ids, reported))

    def set_topic(self, topic: str | None, label: str) -> None:
        """Put them under a topic of their code, or under none."""
        one, many = mark("Take out of the topic"), mark("Take {count} segments out of their topic")
        if topic is not None:
            one, many = mark("Put under the topic “{topic}”"), mark("Put {count} segments under the topic “{topic}”")
        named: dict[str, Any] = {} if topic is None else {"topic": label}
        self._operate(one, many, lambda op, ids: bulk.set_topic(op, ids, topic), **named)

    def recode(self, code: str, label: str, valence: Valence | None) -> None:
        """Give them the code, and the direction if one is given."""

        def work(op: Operation, ids: Iterable[int]) -> Recoded:
            if valence is not None:
                bulk.set_valence(op, ids, valence)
            return bulk.recode(op, ids, code)

        self._recode(work, label)

    def recode_new(self, name: str, valence: Valence | None) -> None:
        """Give them an open code called `name`, made if there is none."""

        def work(op: Operation, ids: Iterable[int]) -> Recoded:
            if valence is not None:
                bulk.set_valence(op, ids, valence)
            return bulk.recode(op, ids, new_open_code(op, name))

        self._recode(work, name)

    def _recode(self, work: Callable[[Operation, Iterable[int]], Recoded], label: str) -> None:
        def done(result: Recoded) -> None:
            if not result.kept:
                return
            said = self._ctx.n(
                "{count} segment keeps its code: its coder has put “{code}” on the same passage already",
                "{count} segments keep their code: their coder has put “{code}” on the same passage already",
                count=result.kept,
                code=label,
            )
            self._ctx.say(said, "warning")

        one, many = mark("Change the code to “{code}”"), mark("Change the code of {count} segments to “{code}”")
        self._operate(one, many, work, done, code=label)

    def append_memo(self, text: str) -> None:
        """Add `text` to their memos."""
        one, many = mark("Write a memo"), mark("Write a memo on {count} segments")
        self._operate(one, many, lambda op, ids: bulk.append_memo(op, ids, text))

    def remove(self) -> None:
        """Remove them, and say how they come back."""

        def done(count: int) -> None:
            if count:
                said = self._ctx.n(
                    "{count} coded segment removed; Ctrl+Z brings it back",
                    "{count} coded segments removed; Ctrl+Z brings them back",
                    count=count,
                )
                self._ctx.say(said)

        one, many = mark("Remove a coded segment"), mark("Remove {count} coded segments")
        self._operate(one, many, bulk.remove, done)

    def copy(self) -> None:
        """Put the passages with their attribution on the clipboard, as rich and as plain text."""
        ctx, ids = self._ctx, self._workspace.chosen_ids()[:MOST].tolist()
        if not ids:
            return
        choice = ReportDraft.of(ctx).choice
        words, template, anonymise = ctx.words, choice.attribution, choice.anonymise
        more = self._workspace.table.chosen_count() - len(ids)

        def read(reader: Reader) -> tuple[str, str]:
            from coding.informants.queries import informants
            from coding.transcripts.queries import sources

            rows = evidence_rows(reader, ids, 0)
            return quotations(rows, informants(reader), words, template, sources(reader) if anonymise else None)

        def done(made: tuple[str, str]) -> None:
            mime = QMimeData()
            mime.setHtml(made[0])
            mime.setText(made[1])
            QGuiApplication.clipboard().setMimeData(mime)
            said = ctx.n(
                "{count} passage with its attribution is on the clipboard",
                "{count} passages with their attribution are on the clipboard",
                count=len(ids),
            )
            ctx.say(ctx.t("{said}; no more are copied at once", said=said) if more > 0 else said)

        ctx.read(read, done, key="evidence.copy")

    def _operate(
        self,
        one: str,
        many: str,
        work: Callable[[Operation, Iterable[int]], Any],
        done: Callable[[Any], None] | None = None,
        **params: Any,
    ) -> None:
        ids = self._workspace.chosen_ids()
        if not len(ids) or not self._workspace.writable:
            return
        if len(ids) > 1:
            params["count"] = len(ids)
        self._ctx.operate(one if len(ids) == 1 else many, lambda op: work(op, ids), done, **params)
