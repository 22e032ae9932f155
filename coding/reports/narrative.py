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
from coding.reports.verdicts import compared, judgement, threshold, verdict
from coding.reports.wording import capital, listed, varied
from coding.segments.rows import SegmentRow, Valence

SENTENCES: Mapping[str, tuple[str, ...]] = {
    "supports": (
        mark("Evidence that supports {dimension} comes from {who} ({passages})."),
        mark("Support for {dimension} shows in the evidence from {who} ({passages})."),
        mark("What supports {dimension} is reported by {who} ({passages})."),
    ),
    "inhibits": (
        mark("Evidence that inhibits {dimension} comes from {who} ({passages})."),
        mark("Obstacles to {dimension} show in the evidence from {who} ({passages})."),
        mark("What inhibits {dimension} is reported by {who} ({passages})."),
    ),
    "indicators": (
        mark("It concerns {indicators}."),
        mark("It is about {indicators}."),
        mark("It bears on {indicators}."),
    ),
    "no_support": (mark("No evidence supports {dimension}."), mark("Nothing that supports {dimension} was found.")),
    "no_obstacle": (mark("No evidence inhibits {dimension}."), mark("Nothing that inhibits {dimension} was found.")),
    "neutral": (
        mark("Evidence without a direction comes from {who} ({passages})."),
        mark("The evidence from {who} has no direction ({passages})."),
    ),
    "quotation": (
        mark("This accords with the following statement:"),
        mark("The following quotation shows it:"),
        mark("This is what it rests on:"),
    ),
    "quotations": (
        mark("This accords with the following statements:"),
        mark("The following quotations show it:"),
        mark("These are what it rests on:"),
    ),
    "agreement": (),
}
"""The sentences by their key, as they are unless the user writes others: the dimensions have them in turn. Without any,
it is the verdict of the rules."""
TURNS = "|"
"""Stands between sentences of the user's own that are to be used in turn."""
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
    words, matrix = desk.words, found.matrix
    framework = matrix.framework_label.in_(words.language)
    title = words.t("What supports and what inhibits, by {framework}", framework=framework)
    introduction = words.t(
        "What supports and what inhibits is set out here for each dimension of {framework}, with who says so and how"
        " far the sources agree.",
        framework=framework,
    )
    said = " ".join(one for one in (introduction, compared(desk, matrix), threshold(words, matrix)) if one)
    return [
        Narrative(title, (plain(said),)),
        *(
            Narrative(row.label.in_(words.language), tuple(_dimension(desk, found, row, turn)), level=2)
            for turn, row in enumerate(matrix.rows)
        ),
    ]


def _dimension(desk: Desk, found: Triangulation, row: Row, turn: int) -> Iterator[Paragraph]:
    # the findings, where the report has them, have said it
    if (own := desk.finding(found.matrix, row)) and "findings" not in desk.material.parts:
        yield plain(own)
    if row.status == "absent":
        yield plain(verdict(desk, found.matrix, row))
        return
    sides = {side: list(_speaking(row, side)) for side in ("supporting", "inhibiting")}
    used: set[str] = set()
    directions: tuple[tuple[Valence, str], ...] = (("supporting", "supports"), ("inhibiting", "inhibits"))
    for number, (side, key) in enumerate(directions):
        if sides[side]:
            yield from _side(desk, found, row, side, key, used, turn + number)
    lacking = [key for key, side in (("no_support", "supporting"), ("no_obstacle", "inhibiting")) if not sides[side]]
    closing = [_said(desk, key, turn, dimension=_label(desk, row)) for key in lacking] if len(lacking) == 1 else []
    if neutral := [index for index, c in enumerate(row.cells) if c.stance == "neutral"]:
        count = sum(row.cells[index].passages for index in neutral)
        closing.append(_said(desk, "neutral", turn, **_who(desk, found, neutral, count), dimension=_label(desk, row)))
    closing.append(_agreement(desk, found, row, turn))
    closing.append(judgement(desk, row))
    yield plain(" ".join(sentence for sentence in closing if sentence))


def _speaking(row: Row, side: str) -> Iterator[int]:
    """The columns with a passage of this direction."""
    for index, c in enumerate(row.cells):
        if any(getattr(voice, side) for voice in c.split):
            yield index


def _side(
    desk: Desk, found: Triangulation, row: Row, side: Valence, key: str, used: set[str], turn: int
) -> Iterator[Paragraph]:
    columns = list(_speaking(row, side))
    count = sum(getattr(voice, side) for index in columns for voice in row.cells[index].split)
    sentences = [_said(desk, key, turn, dimension=_label(desk, row), **_who(desk, found, columns, count))]
    indicators = [
        below.label.in_(desk.words.language)
        for below in found.below(row)
        if below.part == "indicator" and next(_speaking(below, side), None) is not None
    ]
    if indicators:
        sentences.append(_said(desk, "indicators", turn, indicators=listed(desk.words, indicators)))
    quotes: list[Paragraph] = []
    recorded = False
    loudest = sorted(columns, key=lambda index: -sum(getattr(v, side) for v in row.cells[index].split))
    for most, choose in ((QUOTES, _quoted), (1, _unstarred)):
        for index in loudest:
            chosen = choose(desk, row, index, side, used) if len(quotes) < most else None
            if chosen is not None:
                used.add(chosen.guid)
                recorded = recorded or found.matrix.columns[index].of == "sources"
                quotes += desk.quotes([chosen.guid], row.cells[index].column, width=desk.options.quote_length)
    if quotes:
        lead = "quotation" if len(quotes) == 1 else "quotations"
        # a record is no statement
        at = turn if turn % 3 or not recorded else turn + 1
        sentences.append(_said(desk, lead, at, dimension=_label(desk, row)))
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
        "who": listed(words, desk.naming.together([desk.who(found.matrix, index) for index in columns])),
        "passages": words.n("{count} passage", "{count} passages", count=count),
    }


def _agreement(desk: Desk, found: Triangulation, row: Row, turn: int) -> str:
    if not desk.options.wording.get("agreement"):
        # the findings, where the report has them, say it in another way
        return verdict(desk, found.matrix, row, turn=1)
    words = desk.words
    return _said(
        desk,
        "agreement",
        turn,
        dimension=_label(desk, row),
        status=status_word(row.status, words),
        speaking=words.number(row.coverage[0]),
        total=words.number(row.coverage[1]),
    )


def _label(desk: Desk, row: Row) -> str:
    return row.label.in_(desk.words.language)


def _said(desk: Desk, key: str, turn: int, **params: str) -> str:
    """A sentence, the user's own or ours, with its placeholders filled; of several the one whose `turn` it is."""
    own = [text.strip() for text in desk.options.wording.get(key, "").split(TURNS) if text.strip()]
    if not own:
        return capital(varied(desk.words, SENTENCES[key], turn, **params))
    return _TOKEN.sub(lambda match: params.get(match[1], ""), own[turn % len(own)])


def _gather(results: Results, item: ReportItem) -> list[Triangulation]:
    return [both_levels(results, item, key, "source", "informant") for key in results.frameworks(item)]


MAKER = Maker("narrative", _gather, narrative_blocks, _quotable, lambda part: part.matrices)
