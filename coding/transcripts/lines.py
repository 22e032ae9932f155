"""Lines of a text with their places."""

from __future__ import annotations

from typing import NamedTuple


class Line(NamedTuple):
    """A line `[start, end)` of a text, in code points, without its line end. `text` is its content."""

    start: int
    end: int
    text: str

    @property
    def blank(self) -> bool:
        return not self.text or self.text.isspace()


def lines_of(text: str) -> list[Line]:
    """All lines of `text` in order; a text that ends with a line end has an empty last line."""
    lines: list[Line] = []
    start = 0
    for piece in text.split("\n"):
        lines.append(Line(start, start + len(piece), piece))
        start += len(piece) + 1
    return lines
