"""The open project as the window shows it, and a free name for the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


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
