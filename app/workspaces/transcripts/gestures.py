"""Keys that belong together: `1 3 +` tags, narrows and gives a direction, and is one step of the history."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from coding.codes.rows import CodeRow
from coding.text import Span

GESTURE = 1.0
"""Seconds in which a second digit narrows what the first one tagged."""
LATE = 10.0
"""Seconds in which a digit that came too late for that is said to be a code of its own."""
AMENDED = frozenset({"valence", "exemplar", "reported"})
"""What may be said of a segment in the gesture that makes it."""


@dataclass(frozen=True, slots=True)
class LateDigit:
    """A digit that put a second code, the segment `second`, on `span`, where it may have been meant for the `indicator`
    of the dimension that the segment `first` was tagged with before."""

    digit: int
    first: str
    second: str
    span: Span
    indicator: CodeRow


@dataclass(slots=True)
class Gesture:
    """What the last key did, which the next one may be part of: to which segment (empty where the passage had it
    before), what may be changed further, when, and as which step. `dimension` waits for the digit of an indicator."""

    guid: str
    fields: frozenset[str]
    at: float
    title: str
    params: dict[str, Any]
    span: Span | None = None
    dimension: CodeRow | None = None
    name: str = field(default_factory=lambda: str(uuid4()))
