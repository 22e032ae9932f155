"""Having files read and understood in the reading processes, and what is known of all of them together."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.context import Context
from app.dialogs.import_entries import Entry
from app.dialogs.import_speakers import open_doubts, rows_of
from app.jobs.helper_process import Request
from coding.errors import CodingError
from coding.store.models import text_hash
from coding.transcripts.drafts import Choices, Draft, LabelChoice
from coding.transcripts.drafts_json import choices_to_json, draft_from_json, draft_to_json, labels_to_json
from coding.transcripts.preview import Known

Doubts = dict[str, list[Path]]
_COPY = re.compile(r"(?i)\(\d+\)$|\b(?:copy|copy of|salinan|kopi)\b")
_FROZEN_AFTER = 100
_TABLES = 100
"""So many kinds of tables are remembered."""


class ImportReader(QObject):
    """Keeps the entries of one import. `changed` names the path of an entry that has become another, `listed` comes
    when there are more of them."""

    changed = Signal(object)
    listed = Signal()
    progressed = Signal()

    def __init__(self, ctx: Context, known: Known, answers: dict[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx, self._known = ctx, known
        self._answers = answers
        self.entries: dict[Path, Entry] = {}
        self.passed_over: list[Path] = []
        self._requests: dict[Path, Request] = {}
        self._listings: list[Request] = []
        self._owners: dict[str, Path] = {}
        self._read = 0
        self._before: list[tuple[dict[str, str], set[Path], dict[Path, Draft]]] = []

    # reading

    def add(self, paths: Iterable[Path]) -> None:
        """Have these files, and all files of these folders, read; those that are there already are not read twice."""
        named = list(paths)
        folders = [str(path) for path in named if path.is_dir()]
        self._add_files(path for path in named if not path.is_dir())
        if folders:
            self._list(folders)

    def _add_files(self, paths: Iterable[Path]) -> None:
        for path in paths:
            if path not in self.entries:
                self.entries[path] = Entry(path, number=len(self.entries))
                self._request(path, "draft", self._what_is_known)
        self.listed.emit()

    def _list(self, folders: list[str]) -> None:
        request: Request

        def found(result: dict[str, list[str]]) -> None:
            self._listings.remove(request)
            self.passed_over += [Path(path) for path in result["passed_over"]]
            self._add_files(Path(path) for path in result["files"])
            self.progressed.emit()

        def failed(error: Exception) -> None:
            self._listings.remove(request)
            self._ctx.say_error(error)
            self.progressed.emit()

        request = self._ctx.jobs.helper.request("files", found, failed, file=folders[0], paths=folders)
        self._listings.append(request)

    @property
    def reading(self) -> int:
        """How many files and folders are not read yet, or are being understood again."""
        return len(self._requests) + len(self._listings)

    def stop(self) -> None:
        """Read no further."""
        self._ctx.jobs.helper.cancel(*self._requests.values(), *self._listings)
        self._requests.clear()
        self._listings.clear()
        if self._read >= _FROZEN_AFTER:
            gc.unfreeze()

    def _what_is_known(self) -> dict[str, Any]:
        pairs = [(label, LabelChoice(kind)) for label, kind in self._answers.items()]  # type: ignore[arg-type]
        return {
            "known_labels": labels_to_json(pairs),
            "remembered_labels": labels_to_json(self._known.labels.items()),
            "columns": self._ctx.settings.get("table_columns"),
        }

    def _request(self, path: Path, what: str, lazy: Any, *, urgent: bool = False) -> None:
        def failed(error: Exception) -> None:
            self._requests.pop(path, None)
            if isinstance(error, CodingError):
                self._put(replace(self.entries[path], draft=None, error=error))
            else:
                self._put(replace(self.entries[path], error=CodingError("file_unreadable", file=path.name, reason="?")))
                self._ctx.say_error(error)

        done = partial(self._on_draft, path)
        self._requests[path] = self._ctx.jobs.helper.request(
            what, done, failed, file=path.name, urgent=urgent, lazy=lazy, path=str(path)
        )

    def _on_draft(self, path: Path, result: dict[str, Any]) -> None:
        self._requests.pop(path, None)
        draft = draft_from_json(result)
        self._read += 1
        if self._read % _FROZEN_AFTER == 0:
            # else the collector goes through all drafts again and again, and the window answers nothing meanwhile
            gc.freeze()
        twin, changed = self._twin(path, draft), self._known.changed(draft)
        self._put(replace(self.entries[path], draft=draft, error=None, twin=twin, changed=changed))

    def _twin(self, path: Path, draft: Draft) -> str:
        """What has the draft's very text already: a source, or of the files the one that was named first; a file
        called a copy comes last."""
        known = self._known.twin(draft)
        if known is not None:
            return known
        digest = text_hash(draft.text)
        owner = self._owners.setdefault(digest, path)
        if owner == path:
            return ""
        if self._rank(owner) < self._rank(path):
            return owner.name
        self._owners[digest] = path
        self._put(replace(self.entries[owner], twin=path.name))
        return ""

    def _rank(self, path: Path) -> tuple[bool, int]:
        return _COPY.search(path.stem) is not None, self.entries[path].number

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

        def fields() -> dict[str, Any]:
            return {"draft": draft_to_json(draft), "overrides": choices_to_json(Choices())}

        self._request(path, "redraft", fields, urgent=True)
        self.progressed.emit()

    def change(self, path: Path, **values: Any) -> None:
        """Keep the user's name, what was written of a speaker, or whether the file is left out."""
        self._put(replace(self.entries[path], **values))

    def map_columns(self, path: Path, columns: dict[str, int]) -> None:
        """Say what the columns of a table hold; kept for all tables with the same heads, those of this import too."""
        draft = self.entries[path].draft
        if draft is None or draft.table is None:
            return
        key = draft.table.key
        kept = {heads: said for heads, said in self._ctx.settings.get("table_columns").items() if heads != key}
        kept[key] = columns
        self._ctx.settings.set("table_columns", dict(list(kept.items())[-_TABLES:]))
        for other, entry in list(self.entries.items()):
            if entry.draft is not None and entry.draft.table is not None and entry.draft.table.key == key:
                self._read_again(other, entry.draft)

    def _read_again(self, path: Path, draft: Draft) -> None:
        if (request := self._requests.pop(path, None)) is not None:
            self._ctx.jobs.helper.cancel(request)
        self._owners = {digest: owner for digest, owner in self._owners.items() if owner != path}
        choices = choices_to_json(draft.choices)
        self._request(path, "draft", lambda: {**self._what_is_known(), "choices": choices}, urgent=True)
        self.progressed.emit()

    # labels in doubt

    def doubts(self) -> Doubts:
        """Labels that nobody has answered for yet, each with the files in which it is in doubt; what is in most
        files first."""
        found: Doubts = {}
        shown: dict[str, str] = {}
        for path, entry in self.entries.items():
            if entry.draft is None or not entry.comes_in:
                continue
            for label in open_doubts(entry.draft):
                found.setdefault(shown.setdefault(label.casefold(), label), []).append(path)
        return dict(sorted(found.items(), key=lambda item: -len(item[1])))

    def guess(self, label: str, path: Path) -> str:
        """What a label was taken for in a file: researcher, informant, unknown or none."""
        draft = self.entries[path].draft
        rows = rows_of(draft) if draft is not None else []
        return next((kind for speaker, kind in rows if speaker.label.casefold() == label.casefold()), "none")

    def answer(self, label: str, kind: str, paths: Sequence[Path]) -> None:
        """Say once, for these files and those to come, who stands behind a label."""
        self._remember(paths)
        self._answers[label.casefold()] = kind
        for path in paths:
            self.choose(path, Choices(labels=((label, LabelChoice(kind)),)))  # type: ignore[arg-type]

    def keep_guesses(self) -> None:
        """Say of every label still in doubt that it is what it was taken for, in these files alone."""
        by_path: dict[Path, list[tuple[str, LabelChoice]]] = {}
        for label, paths in self.doubts().items():
            for path in paths:
                choice = LabelChoice(self.guess(label, path))  # type: ignore[arg-type]
                by_path.setdefault(path, []).append((label, choice))
        self._remember(by_path)
        for path, labels in by_path.items():
            self.choose(path, Choices(labels=tuple(labels)))

    def _remember(self, paths: Iterable[Path]) -> None:
        drafts = {path: draft for path in paths if (draft := self.entries[path].draft) is not None}
        self._before.append((dict(self._answers), set(self.entries), drafts))

    @property
    def answered(self) -> bool:
        """Whether there is an answer to take back."""
        return bool(self._before)

    def take_back(self) -> None:
        """Ask again what was answered last, as if it had not been."""
        answers, there, drafts = self._before.pop()
        self._answers.clear()
        self._answers.update(answers)
        for path, entry in list(self.entries.items()):
            if entry.draft is None:
                continue
            if path in drafts:
                # what else was said of the file meanwhile stays
                choices = replace(entry.draft.choices, labels=drafts[path].choices.labels)
                self.entries[path] = replace(entry, draft=replace(entry.draft, choices=choices))
                self.choose(path, Choices())
            elif path not in there:
                self._read_again(path, entry.draft)


def context_of(draft: Draft, label: str, width: int = 70) -> str:
    """A line of the text in which the label stands."""
    at = draft.text.find(label)
    if at < 0:
        return ""
    start = draft.text.rfind("\n", 0, at) + 1
    end = draft.text.find("\n", at)
    words = " ".join(draft.text[start : len(draft.text) if end < 0 else end].split())
    return words if len(words) <= width else words[: width - 1].rstrip() + "…"
