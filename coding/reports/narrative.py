"""Findings as running text: per dimension what supports, what inhibits, who says so, how far the sources agree.

Every number and name comes from the cells of the matrix. The sentences are templates that the user can replace.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from coding.analysis.counting import IDEAL_WORDS
from coding.analysis.results import Cell, Row
from coding.analysis.wording import status_word
from coding.errors import CodingError, mark
from coding.reports.desk import Desk
from coding.reports.makers import Maker, Results
from coding.reports.matrix_table import Triangulation, both_levels, exemplars
from coding.reports.options import ReportItem
from coding.reports.tables import Block, Narrative, Paragraph, plain
from coding.reports.verdicts import judgement, verdict
from coding.reports.wording import listed
from coding.segments.rows import SegmentRow, Valence

SENTENCES: Mapping[str, str] = {
    "supports": mark("Evidence that supports {dimension} comes from {who} ({passages})."),
    "inhibits": mark("Evidence that inhibits {dimension} comes from {who} ({passages})."),
    "indicators": mark("It concerns {indicators}."),
    "no_support": mark("No evidence supports it."),
    "no_obstacle": mark("No evidence inhibits it."),
    "neutral": mark("Evidence without a direction comes from {who} ({passages})."),
    "quotation": mark("This accords with the following statement:"),
    "quotations": mark("This accords with the following statements:"),
    "agreement": "",
}
"""The sentences by their key, as they are unless the user writes others; an empty one is the verdict of the rules."""
PLACEHOLDERS: Mapping[str, tuple[str, ...]] = {
    "supports": ("dimension", "who", "passages"),
    "inhibits": ("dimension", "who", "passages"),
    "indicators": ("indicators",),
    "no_support": ("dimension",),
    "no_obstacle": ("dimension",),
    "neutral": ("dimension", "who", "passages"),
    "quotation": ("dimension",),
    "quotations": ("dimension",),
    "agreement": ("dimension", "status", "speaking", "total"),
}
_LOOKED_AT = 200
"""So many segments of a cell are looked at for one to quote."""
QUOTES = 2
"""Quotations for each direction, of different voices as far as there are."""
_TOKEN = re.compile(r"\{([^{}]*)\}")


def check_wording(wording: Mapping[str, str]) -> None:
    """Raises `CodingError("wording_placeholder")` when a sentence asks for what it can't have."""
    for key, text in wording.items():
        for asked in _TOKEN.findall(text):
            known = PLACEHOLDERS.get(key, ())
            if asked not in known:
                raise CodingError(
                    "wording_placeholder",
                    placeholder="{" + asked + "}",
                    sentence=text,
                    known=", ".join("{" + name + "}" for name in known),
                )


def narrative_blocks(desk: Desk, found: Triangulation) -> list[Block]:
    """Running text on each dimension of a framework, from its source matrix by informant."""
    check_wording(desk.options.wording)
    framework = found.matrix.framework_label.in_(desk.words.language)
    title = desk.words.t("What supports and what inhibits, by {framework}", framework=framework)
    return [
        Narrative(title),
        *(
            Narrative(row.label.in_(desk.words.language), tuple(_dimension(desk, found, row)), level=2)
            for row in found.matrix.rows
        ),
    ]


def _dimension(desk: Desk, found: Triangulation, row: Row) -> Iterator[Paragraph]:
    if own := desk.finding(found.matrix, row):
        yield plain(own)
    if row.status == "absent":
        yield plain(verdict(desk, found.matrix, row))
        return
    sides = {side: list(_speaking(row, side)) for side in ("supporting", "inhibiting")}
    used: set[str] = set()
    directions: tuple[tuple[Valence, str], ...] = (("supporting", "supports"), ("inhibiting", "inhibits"))
    for side, key in directions:
        if sides[side]:
            yield from _side(desk, found, row, side, key, used)
    lacking = [key for key, side in (("no_support", "supporting"), ("no_obstacle", "inhibiting")) if not sides[side]]
    closing = [_said(desk, key, dimension=_label(desk, row)) for key in lacking] if len(lacking) == 1 else []
    if neutral := [index for index, c in enumerate(row.cells) if c.stance == "neutral"]:
        count = sum(row.cells[index].passages for index in neutral)
        closing.append(_said(desk, "neutral", **_who(desk, found, neutral, count), dimension=_label(desk, row)))
    closing.append(_agreement(desk, found, row))
    closing.append(judgement(desk, row))
    yield plain(" ".join(sentence for sentence in closing if sentence))


def _speaking(row: Row, side: str) -> Iterator[int]:
    """The columns with a passage of this direction."""
    for index, c in enumerate(row.cells):
        if any(getattr(voice, side) for voice in c.split):
            yield index


def _side(desk: Desk, found: Triangulation, row: Row, side: Valence, key: str, used: set[str]) -> Iterator[Paragraph]:
    columns = list(_speaking(row, side))
    count = sum(getattr(voice, side) for index in columns for voice in row.cells[index].split)
    sentences = [_said(desk, key, dimension=_label(desk, row), **_who(desk, found, columns, count))]
    indicators = [
        below.label.in_(desk.words.language)
        for below in found.below(row)
        if below.part == "indicator" and any(_speaking(below, side))
    ]
    if indicators:
        sentences.append(_said(desk, "indicators", indicators=listed(desk.words, indicators)))
    quotes: list[Paragraph] = []
    loudest = sorted(columns, key=lambda index: -sum(getattr(v, side) for v in row.cells[index].split))
    for most, choose in ((QUOTES, _quoted), (1, _unstarred)):
        for index in loudest:
            chosen = choose(desk, row, index, side, used) if len(quotes) < most else None
            if chosen is not None:
                used.add(chosen.guid)
                quotes += desk.quotes([chosen.guid], row.cells[index].column, width=desk.options.quote_length)
    if quotes:
        sentences.append(_said(desk, "quotation" if len(quotes) == 1 else "quotations", dimension=_label(desk, row)))
    yield plain(" ".join(sentences))
    yield from quotes


def _quoted(desk: Desk, row: Row, index: int, side: Valence, used: set[str]) -> SegmentRow | None:
    """The first exemplar of a cell that points this way and has not been quoted."""
    return next(iter(_fitting(desk, row.cells[index].exemplars, side, used)), None)


def _unstarred(desk: Desk, row: Row, index: int, side: Valence, used: set[str]) -> SegmentRow | None:
    """Of a divided cell whose exemplar points the other way, what would be its exemplar on this side: the segment
    nearest 25 words."""
    others = _fitting(desk, row.cells[index].segment_ids[:_LOOKED_AT], side, used)
    return min(others, key=lambda segment: abs(len(segment.text.split()) - IDEAL_WORDS), default=None)


def _fitting(desk: Desk, guids: Iterable[str], side: Valence, used: set[str]) -> list[SegmentRow]:
    found = (desk.material.segments.get(guid) for guid in guids if guid not in used)
    return [segment for segment in found if segment is not None and segment.valence == side]


def _divided(cell: Cell) -> bool:
    return any(voice.supporting for voice in cell.split) and any(voice.inhibiting for voice in cell.split)


def _quotable(found: Triangulation) -> list[str]:
    """The exemplars, and of divided cells what may have to be quoted on the side that has none."""
    guids = list(exemplars(found))
    for matrix in found.matrices:
        guids += [guid for row in matrix.rows for c in row.cells if _divided(c) for guid in c.segment_ids[:_LOOKED_AT]]
    return guids


def _who(desk: Desk, found: Triangulation, columns: list[int], count: int) -> dict[str, str]:
    words = desk.words
    return {
        "who": listed(words, [desk.column(found.matrix, index) for index in columns]),
        "passages": words.n("{count} passage", "{count} passages", count=count),
    }


def _agreement(desk: Desk, found: Triangulation, row: Row) -> str:
    if not desk.options.wording.get("agreement"):
        return verdict(desk, found.matrix, row)
    words = desk.words
    return _said(
        desk,
        "agreement",
        dimension=_label(desk, row),
        status=status_word(row.status, words),
        speaking=words.number(row.coverage[0]),
        total=words.number(row.coverage[1]),
    )


def _label(desk: Desk, row: Row) -> str:
    return row.label.in_(desk.words.language)


def _said(desk: Desk, key: str, **params: str) -> str:
    """A sentence, the user's own or ours, with its placeholders filled."""
    own = desk.options.wording.get(key, "").strip()
    if not own:
        return desk.words.t(SENTENCES[key], **params)
    return _TOKEN.sub(lambda match: params.get(match[1], ""), own)


def _gather(results: Results, item: ReportItem) -> list[Triangulation]:
    return [both_levels(results, item, key, "source", "informant") for key in results.frameworks(item)]


MAKER = Maker("narrative", _gather, narrative_blocks, _quotable, lambda part: part.matrices)
