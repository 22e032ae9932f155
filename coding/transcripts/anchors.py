"""Where pages of paper, or stretches of a recording, begin in a text."""

from __future__ import annotations

Anchor = tuple[int, str, float]
"""Position in the text (code points); `page` or `time`; the page's number, or the second of the recording."""
