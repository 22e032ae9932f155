"""The open project as the window shows it, and a free name for the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.jobs.project_worker import Snapshot
    from coding.words import Words


@dataclass(frozen=True, slots=True)
class ProjectInfo:
    """The open project as the window shows it. `next_undo` and `next_redo` are worded for the person, or None."""

    path: Path
    title: str
    guid: str
    coder: str
    language: str
    next_undo: str | None
    next_redo: str | None
    backup: datetime | None
    read_only: bool = False
    role: str = "researcher"
    blind: bool = False

    @classmethod
    def of(cls, snapshot: Snapshot, words: Words) -> ProjectInfo:
        """What the writer's thread tells of its project, in these words."""
        s = snapshot
        undo, redo = (step.say(words) if step is not None else None for step in (s.undo, s.redo))
        return cls(s.path, s.title, s.guid, s.coder, s.language, undo, redo, s.backup, s.read_only, s.role, s.blind)

    @property
    def only_coder(self) -> str | None:
        """Whose codings alone are shown, where coders code blind; None where all are."""
        return self.coder if self.blind and self.role == "researcher" else None


def free_path(folder: Path, stem: str) -> Path:
    """`stem`.telaah in `folder`, numbered ` (2)`, ` (3)` … when that is taken."""
    path, number = folder / f"{stem}.telaah", 2
    while path.exists():
        path = folder / f"{stem} ({number}).telaah"
        number += 1
    return path
