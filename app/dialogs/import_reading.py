"""Having files read and understood in the reading process, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.context import Context
from app.dialogs.import_entries import Entry
from app.dialogs.import_speakers import open_doubts
from app.jobs.helper_process import Request
from coding.errors import CodingError
from coding.store.models import text_hash
from coding.transcripts.drafts import Choices, Draft, LabelChoice
from coding.transcripts.drafts_json import choices_to_json, draft_from_json, draft_to_json, labels_to_json
from coding.transcripts.preview import Known


class ImportReader(QObject):
    """Keeps the entries of one import. `changed` names the path of an entry that has become another."""

    changed = Signal(object)
    progressed = Signal()

    def __init__(self, ctx: Context, known: Known, answers: dict[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx, self._known = ctx, known
        self._answers = answers
        self.entries: dict[Path, Entry] = {}
        self._requests: dict[Path, Request] = {}

    # reading

    def add(self, paths: Iterable[Path]) -> None:
        """Have these files read; those that are there already are not read twice."""
        for path in paths:
            if path not in self.entries:
                self.entries[path] = Entry(path)
                self._request(path, "draft", {"known_labels": self._known_labels()})

    @property
    def reading(self) -> int:
        """How many files are not read yet, or are being understood again."""
        return len(self._requests)

    def stop(self) -> None:
        """Read no further."""
        for request in self._requests.values():
            self._ctx.jobs.helper.cancel(request)
        self._requests.clear()

    def _known_labels(self) -> list[list[Any]]:
        pairs = [(label, LabelChoice(kind)) for label, kind in self._answers.items()]  # type: ignore[arg-type]
        return labels_to_json(pairs)

    def _request(self, path: Path, what: str, fields: dict[str, Any]) -> None:
        def failed(error: Exception) -> None:
            self._requests.pop(path, None)
            if isinstance(error, CodingError):
                self._put(replace(self.entries[path], draft=None, error=error))
            else:
                self._put(replace(self.entries[path], error=CodingError("file_unreadable", file=path.name, reason="?")))
                self._ctx.say_error(error)

        self._requests[path] = self._ctx.jobs.helper.request(
            what, partial(self._on_draft, path), failed, file=path.name, path=str(path), **fields
        )

    def _on_draft(self, path: Path, result: dict[str, Any]) -> None:
        self._requests.pop(path, None)
        draft = draft_from_json(result)
        self._put(replace(self.entries[path], draft=draft, error=None, twin=self._twin(path, draft)))
        remembered = [
            (label, self._known.labels[label.casefold()])
            for label in draft.unsure_labels
            if label.casefold() in self._known.labels
        ]
        asked = {label.casefold() for label, _ in draft.choices.labels}
        overrides = tuple((label, choice) for label, choice in remembered if label.casefold() not in asked)
        if overrides:
            self.choose(path, Choices(labels=overrides))

    def _twin(self, path: Path, draft: Draft) -> str:
        known = self._known.twin(draft)
        if known is not None:
            return known
        digest = text_hash(draft.text)
        for other, entry in self.entries.items():
            if other == path:
                break
            if entry.draft is not None and text_hash(entry.draft.text) == digest:
                return other.name
        return ""

    def _put(self, entry: Entry) -> None:
        self.entries[entry.path] = entry
        self.changed.emit(entry.path)
        self.progressed.emit()

    # what the user says

    def choose(self, path: Path, overrides: Choices) -> None:
        """Have a draft understood again under what the user chose."""
        entry = self.entries[path]
        if entry.draft is None:
            return
        if (request := self._requests.pop(path, None)) is not None:
            self._ctx.jobs.helper.cancel(request)
        # kept at once, so that a second choice made meanwhile does not lose the first
        draft = replace(entry.draft, choices=entry.draft.choices.with_(overrides))
        self.entries[path] = replace(entry, draft=draft)
        self._request(path, "redraft", {"draft": draft_to_json(draft), "overrides": choices_to_json(Choices())})
        self.progressed.emit()

    def change(self, path: Path, **values: Any) -> None:
        """Keep the user's name, what was written of a speaker, or whether the file is left out."""
        self._put(replace(self.entries[path], **values))

    # labels in doubt

    def doubts(self) -> dict[str, list[Path]]:
        """Labels that nobody has answered for yet, each with the files in which it is in doubt."""
        found: dict[str, list[Path]] = {}
        for path, entry in self.entries.items():
            if entry.draft is None or not entry.comes_in:
                continue
            for label in open_doubts(entry.draft):
                found.setdefault(label, []).append(path)
        return found

    def answer(self, label: str, kind: str, paths: Sequence[Path]) -> None:
        """Say once, for these files and those to come, who stands behind a label."""
        self._answers[label.casefold()] = kind
        for path in paths:
            self.choose(path, Choices(labels=((label, LabelChoice(kind)),)))  # type: ignore[arg-type]


def context_of(draft: Draft, label: str, width: int = 70) -> str:
    """A line of the text in which the label stands."""
    at = draft.text.find(label)
    if at < 0:
        return ""
    start = draft.text.rfind("\n", 0, at) + 1
    end = draft.text.find("\n", at)
    words = " ".join(draft.text[start : len(draft.text) if end < 0 else end].split())
    return words if len(words) <= width else words[: width - 1].rstrip() + "…"
