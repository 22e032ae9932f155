"""How long work says how far it is, and how it is told to stop."""

from __future__ import annotations

from typing import Protocol

from coding.errors import CodingError


class Progress(Protocol):
    """Handed to anything that may last; the window shows it, the command line prints it to a terminal."""

    def step(self, done: int, total: int, text: str = "") -> None:
        """`done` of `total` units are finished; `text` names the one at hand. Raises `CodingError("cancelled")`."""


class Silent:
    """Progress that nobody watches; it can still be cancelled from another thread."""

    def __init__(self) -> None:
        self.cancelled = False

    def step(self, done: int, total: int, text: str = "") -> None:
        if self.cancelled:
            raise CodingError("cancelled")
