"""What the view needs to know of a text before it can show it; made away from the window's thread."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from app.transcript.display import Display
from app.transcript.edges import Passages
from coding.transcripts.rows import SourceText


@dataclass(frozen=True, slots=True)
class Prepared:
    """What of a source is shown and where, and the passages it consists of."""

    display: Display
    passages: Passages

    @classmethod
    def of(cls, source: SourceText, wraps: Collection[int] = ()) -> Prepared:
        """`wraps` are line ends that are shown as spaces."""
        display = Display(source, wraps)
        return cls(display, Passages(source, display))
