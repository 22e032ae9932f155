"""Edits of texts that are not stored yet, kept beside the settings, so that a crash takes two seconds at most."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from app.settings import Settings

FOLDER = "text_drafts"


@dataclass(frozen=True, slots=True)
class TextDraft:
    """The text as it was being written over the stored one with the hash `based_on`; `at` is an ISO moment."""

    project: str
    source: str
    name: str
    based_on: str
    text: str
    at: str


class TextDrafts:
    """One file a source; a file that can't be read is no draft."""

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.folder / FOLDER

    def _path(self, project: str, source: str) -> Path:
        return self._folder / f"{project}.{source}.json"

    def keep(self, draft: TextDraft) -> bool:
        """Keep a draft in the place of an earlier one; False when the disk does not let it be kept."""
        path = self._path(draft.project, draft.source)
        part = path.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(asdict(draft), ensure_ascii=False), encoding="utf-8")
            part.replace(path)
        except OSError:
            return False
        return True

    def of(self, project: str, source: str) -> TextDraft | None:
        """The draft of a source (both by guid), if there is one."""
        return self._read(self._path(project, source))

    def of_project(self, project: str) -> list[TextDraft]:
        """All drafts of the project with this guid, the oldest first."""
        found = [self._read(path) for path in self._folder.glob(f"{project}.*.json")]
        return sorted((draft for draft in found if draft is not None), key=lambda draft: draft.at)

    def forget(self, project: str, source: str) -> None:
        """The draft is stored or not wanted."""
        self._path(project, source).unlink(missing_ok=True)

    @staticmethod
    def _read(path: Path) -> TextDraft | None:
        try:
            return TextDraft(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
