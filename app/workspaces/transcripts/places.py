"""Where the reader was before each jump, over all sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

KEPT = 100


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a source, as the text view tells and takes it."""

    source: str
    place: dict[str, int]


class Places:
    """The way back and, after going back, the way forward again."""

    def __init__(self) -> None:
        self._back: list[Spot] = []
        self._forward: list[Spot] = []

    def leave(self, spot: Spot) -> None:
        """The reader is about to be taken elsewhere from here."""
        if not self._back or self._back[-1] != spot:
            self._back = [*self._back[1 - KEPT :], spot]
        self._forward.clear()

    def step(self, by: int, here: Spot | None, exists: Callable[[str], bool]) -> Spot | None:
        """The place to go back (-1) or forward (1) to from `here`; None when there is none. Places in sources that no
        longer exist, and `here` itself, are passed over."""
        come, go = (self._back, self._forward) if by < 0 else (self._forward, self._back)
        while come:
            spot = come.pop()
            if spot != here and exists(spot.source):
                if here is not None:
                    go.append(here)
                return spot
        return None

    def can_step(self, by: int) -> bool:
        """Whether there is a way back (-1) or forward (1)."""
        return bool(self._back if by < 0 else self._forward)

    def clear(self) -> None:
        """Another project is opened."""
        self._back.clear()
        self._forward.clear()
