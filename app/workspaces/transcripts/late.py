"""What is stored of keys pressed quickly: one may come too late for what the one before it did."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coding.errors import CodingError
from coding.project import Operation
from coding.segments import editing
from coding.segments.rows import Valence
from coding.text import Span

TOO_LATE = ("segment_gone", "segment_twice")
"""Errors of a key that was pressed before the one before it was stored, as after a quick undo."""


def tag_span(op: Operation, source: str, span: Span, code: str, valence: Valence | None, guid: str) -> None:
    """Put the code on the span, for good."""
    editing.tag(op, source, span.start, span.end, code, valence, guid=guid)


def recode_segment(op: Operation, guid: str, code: str, valence: Valence | None) -> None:
    """Give the segment the code, and the direction if one is given."""
    editing.set_code(op, guid, code)
    if valence is not None:
        editing.set_valence(op, [guid], valence)


def unless_late(codes: tuple[str, ...], change: Callable[[], Any]) -> bool:
    """Make the change; False when one of these errors says that it came too late, after another one just made."""
    try:
        change()
    except CodingError as error:
        if error.code not in codes:
            raise
        return False
    return True
