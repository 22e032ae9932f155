"""Where pages of paper, or stretches of a recording, begin in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coding.transcripts.drafts import DraftTurn

Anchor = tuple[int, str, float]
"""Position in the text (code points); `page` or `time`; the page's number, or the second of the recording."""
_CLOCK = re.compile(r"(?<![\d.:/-])(?:(\d{1,2}):)?([0-5]?\d):([0-5]\d)(?:[.,](\d{1,3}))?(?![\d:])")
_DAY = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}")


def times_in_labels(text: str, turns: Sequence[DraftTurn]) -> tuple[Anchor, ...]:
    """The time codes that stand in the labels of turns (`[00:12:03] Budi:`), as anchors; none unless most labels have
    one and they never go back. Beside a day it is the time of a message, and none of a recording."""
    found: list[Anchor] = []
    for turn in turns:
        label = text[turn.label_start : turn.label_end]
        match = _CLOCK.search(label)
        if match is not None and _DAY.search(label) is None:
            hours, minutes, seconds, fraction = match.groups()
            at = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int((fraction or "0").ljust(3, "0")) / 1000
            found.append((turn.label_start, "time", float(at)))
    onwards = all(a[2] <= b[2] and a[0] < b[0] for a, b in pairwise(found))
    return tuple(found) if len(found) > 1 and 2 * len(found) > len(turns) and onwards else ()
