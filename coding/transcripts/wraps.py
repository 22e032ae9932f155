"""Line ends that only keep lines short, as in files written by a mail program or copied out of a PDF."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from coding.transcripts.lines import Line, lines_of

_WIDEST = 130
_NARROWEST = 40
_ITEM = re.compile(r"\s*(?:[-–—•*▪]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s|\t|.*\t")


class Labelled(Protocol):
    """What is asked of a turn: where its label begins and ends."""

    @property
    def label_start(self) -> int: ...
    @property
    def label_end(self) -> int: ...


def hard_wraps(text: str, turns: Sequence[Labelled], header_end: int) -> tuple[int, ...]:
    """The positions of the line ends in `text` that only wrap a line, in order; display joins the lines there.

    A line end wraps when the next line's first word would not have fitted into the width that the file keeps to. No
    line end in the header, before a label, beside a blank line or before a list item is one. A file whose lines keep
    to no width has none.
    """
    labelled = {t.label_start for t in turns if t.label_end > t.label_start}
    lines = lines_of(text)
    pairs: list[tuple[Line, Line]] = []
    for line, following in pairwise(lines):
        if line.blank or following.blank or line.start < header_end or _ITEM.match(following.text):
            continue
        indent = len(following.text) - len(following.text.lstrip())
        if following.start + indent not in labelled and "\t" not in line.text:
            pairs.append((line, following))
    lengths = sorted(len(line.text.rstrip()) for line, _ in pairs)
    if not lengths or lengths[-1] > 2 * _WIDEST or sum(n > _WIDEST for n in lengths) * 20 > len(lengths):
        return ()
    if any(len(line.text) > 2 * _WIDEST for line in lines):
        return ()
    width = lengths[min(len(lengths) - 1, len(lengths) * 9 // 10)]
    if width < _NARROWEST:
        return ()
    full = [pair for pair in pairs if _is_full(*pair, width)]
    if len(pairs) < 3:
        full = [pair for pair in full if _runs_on(*pair)]
    elif len(full) * 10 < len(pairs) * 7:
        return ()
    return tuple(line.end for line, _ in full)


def _is_full(line: Line, following: Line, width: int) -> bool:
    return len(line.text.rstrip()) + 1 + len(following.text.split(None, 1)[0]) >= width


def _runs_on(line: Line, following: Line) -> bool:
    """Whether a sentence goes on in the next line: asked where there are too few lines to know a width."""
    return (
        len(line.text.rstrip()) >= _NARROWEST + 15
        and line.text.rstrip()[-1] not in '.?!:;…"”'
        and following.text.lstrip()[0].islower()
    )
