"""What the columns of a table of talk hold: guessed from their heads, or said by the user for all tables with those."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coding.errors import CodingError
from coding.transcripts.anchors import Anchor

ROLES = ("speaker", "text", "time", "informant", "question")
ANY_TABLE = "*"
"""Stands for the heads of every table."""
ASKING, NAMELESS = "P", "Informan"
"""The labels of questions, and of answers by somebody whom no column names."""
_MOST_ANSWERING = 1_000
_SHOWN_ROWS, _SHOWN_CELL, _SHOWN_COLUMNS = 4, 80, 40
_HEADS: dict[str, frozenset[str]] = {
    "speaker": frozenset(
        "speaker pembicara penutur nama name who siapa informan informant partisipan participant".split()
    ),
    "text": frozenset(
        "text teks ucapan tuturan ujaran isi transkrip transcript utterance content kalimat dialog pernyataan jawaban "
        "answer".split()
    ),
    "time": frozenset("time waktu jam start mulai timestamp timecode durasi".split()),
    "question": frozenset("question pertanyaan tanya".split()),
}
_ANSWERING = frozenset("responden respondent subjek subject peserta".split())
"""Heads of a column that says who answers, where another one has the questions."""
_CLOCK = re.compile(r"[\[(]?(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?[\])]?")

Columns = Mapping[str, int]
"""The number of the column that holds each role."""
Known = Mapping[str, Mapping[str, int | str]]
"""By `heads_key`, or `ANY_TABLE`: the columns of the roles, by number or by head."""


@dataclass(frozen=True, slots=True)
class TableView:
    """The beginning of a table, for a person to say what its columns hold. `key` names the tables with these heads;
    `answering` are those who answer in it, as far as a column says that they do."""

    key: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: tuple[tuple[str, int], ...]
    answering: tuple[str, ...] = ()


def heads_key(heads: Sequence[str]) -> str:
    """What tables with the same heads have in common: their heads, whatever their case."""
    return "|".join(" ".join(head.casefold().split()) for head in heads)


def guessed(heads: Sequence[str]) -> dict[str, int]:
    """The columns whose heads say what they hold; without a text, none."""
    plain = [head.casefold().strip(" :.") for head in heads]
    found = {role: column for role in _HEADS if (column := _column(plain, _HEADS[role])) is not None}
    taken = [found.get("speaker"), found.get("text")]
    if found.get("question") in taken:
        found.pop("question", None)
    if found.get("time") in taken:
        found.pop("time", None)
    if "text" not in found or found["text"] == found.get("speaker") or not {"speaker", "question"} & set(found):
        return {}
    if "question" in found and "speaker" not in found and (column := _column(plain, _ANSWERING)) is not None:
        found |= {} if column in found.values() else {"informant": column}
    return found


def _column(heads: Sequence[str], names: frozenset[str]) -> int | None:
    exact = next((i for i, head in enumerate(heads) if head in names), None)
    if exact is not None:
        return exact
    return next((i for i, head in enumerate(heads) if head and set(head.replace("_", " ").split()) & names), None)


def columns_of(file_name: str, heads: Sequence[str], known: Known) -> dict[str, int]:
    """What the user said of tables with these heads, else the guess. Raises CodingError("source_no_column") when a head
    was named that there is not."""
    said = known.get(heads_key(heads), known.get(ANY_TABLE))
    if said is None:
        return guessed(heads)
    found: dict[str, int] = {}
    folded = [head.casefold().strip() for head in heads]
    for role, column in said.items():
        if isinstance(column, str):
            if column.casefold().strip() not in folded:
                raise CodingError("source_no_column", file=file_name, column=column)
            column = folded.index(column.casefold().strip())
        if role in ROLES and 0 <= column < len(heads):
            found[role] = column
    return found


def view_of(rows: Sequence[Sequence[str]], columns: Columns) -> TableView:
    """The beginning of `rows`, heads first."""
    heads, *body = rows
    shown = tuple(tuple(cell[:_SHOWN_CELL] for cell in row[:_SHOWN_COLUMNS]) for row in body[:_SHOWN_ROWS])
    names: dict[str, None] = {}
    if "text" in columns and {"question", "informant"} & set(columns):
        names = dict.fromkeys(who for row in body if (who := _who(row, columns)))
    answering = tuple(names) if len(names) <= _MOST_ANSWERING else ()
    return TableView(heads_key(heads), tuple(heads[:_SHOWN_COLUMNS]), shown, tuple(columns.items()), answering)


def _cell(row: Sequence[str], columns: Columns, role: str) -> str:
    column = columns.get(role)
    return " ".join(row[column].split()) if column is not None and column < len(row) else ""


def _who(row: Sequence[str], columns: Columns) -> str:
    """Who says what is said in a row."""
    named = _cell(row, columns, "speaker") or _cell(row, columns, "informant")
    return named or (NAMELESS if "question" in columns else "")


def mapped_text(rows: Sequence[Sequence[str]], columns: Columns) -> tuple[str, tuple[Anchor, ...]]:
    """The rows as talk: a line `speaker: text` for each, one speaker's rows in a row being one; a question stands on a
    line before its answer. Where a column holds the time, each row's is an anchor, in seconds."""
    pieces: list[str] = []
    anchors: list[Anchor] = []
    at, before = 0, ""
    for row in rows:
        asked, said = _cell(row, columns, "question"), _cell(row, columns, "text")
        who = _who(row, columns)
        if asked and said:
            piece = f"{'' if not pieces else _NEW_LINE}{ASKING}: {asked}"
            pieces.append(piece)
            at += len(piece)
            before = ""
        if not said:
            continue
        fresh = bool(who) and who != before
        lead = "" if not pieces else _NEW_LINE if fresh or asked else " "
        label = f"{who}: " if fresh else ""
        seconds = _seconds(_cell(row, columns, "time"))
        if seconds is not None:
            anchors.append((at + len(lead) + len(label), "time", seconds))
        pieces.append(f"{lead}{label}{said}")
        at += len(pieces[-1])
        before = who or before
    return "".join(pieces), tuple(anchors)


_NEW_LINE = "\n"


def _seconds(clock: str) -> float | None:
    match = _CLOCK.fullmatch(clock)
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int((fraction or "0").ljust(3, "0")) / 1000
