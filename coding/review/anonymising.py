"""Taking names out of what is sent, for good: the file sent holds nothing they could be found again with.

What is known as a name or mark of an informant is replaced wherever it stands, in the texts, too, and every position
moves along. Other people whom a passage mentions can't be known.
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Callable, Sequence

from coding.reports.masking import Masks
from coding.store.models import text_hash
from coding.store.sql import rows
from coding.words import Words

_WRITTEN = {
    "memo": ("text",), "journal_entry": ("text", "title"), "finding": ("text",), "judgement": ("reason",),
    "conclusion": ("text",), "recommendation": ("text",), "comment": ("text", "about"), "topic": ("label",),
    "proposal": ("reason", "answer"), "settlement": ("reason",), "attribute_value": ("value",), "project": ("memo",),
    "code": ("label_id", "label_en", "details"),
}  # fmt: skip
_LEFT_OUT = ("initials", "name", "remark", "honorific", "pseudonym", "consent", "keep_until")


def anonymise(connection: sqlite3.Connection, words: Words) -> None:
    """Take the names out of the project file of `connection`."""
    run = connection.execute
    run("BEGIN")
    masks = _masks(connection, words)
    for number, body in rows(connection, "SELECT id, body FROM source_text"):
        if places := masks.places(body):
            _mask_text(connection, number, body, places)
    _mask_sources(connection, words)
    for table, columns in _WRITTEN.items():
        for column in columns:
            for number, text in rows(connection, f'SELECT id, "{column}" FROM "{table}" WHERE "{column}" <> \'\''):
                if (masked := masks.apply(text)) != text:
                    run(f'UPDATE "{table}" SET "{column}" = ? WHERE id = ?', (masked, number))
    for number, place, role, group in rows(connection, 'SELECT id, place, role, "group" FROM informant'):
        hidden = [None if value is None else masks.apply(value) for value in (place, role, group)]
        run('UPDATE informant SET place = ?, role = ?, "group" = ? WHERE id = ?', (*hidden, number))
    for number, label in rows(connection, "SELECT id, label FROM turn"):
        if (masked := masks.apply(label)) != label:
            run("UPDATE turn SET label = ? WHERE id = ?", (masked, number))
    run("UPDATE stamp SET heads = ''")
    run("UPDATE saved_view SET params = '{}'")
    run("DELETE FROM preference")
    run("COMMIT")


def _masks(connection: sqlite3.Connection, words: Words) -> Masks:
    """What is replaced by what; the informants themselves are renamed, too."""
    informants, shown = [], {}
    sql = "SELECT id, code, name, initials FROM informant ORDER BY left_out, position, id"
    for position, (number, code, name, initials) in enumerate(rows(connection, sql), 1):
        label = words.t("Informant {number}", number=position)
        informants.append(_Named(code, name, initials))
        shown[code] = label
        connection.execute(
            "UPDATE informant SET code = ?, code_folded = ?, "
            + ", ".join(f"{column} = NULL" for column in _LEFT_OUT) + " WHERE id = ?",
            (label, label.casefold(), number),
        )  # fmt: skip
    return Masks(informants, shown, words.t("Informant"))  # type: ignore[arg-type]


class _Named:
    """As much of an informant as masking looks at."""

    def __init__(self, code: str, name: str | None, initials: str | None) -> None:
        self.code, self.name, self.initials = code, name, initials


def _mask_sources(connection: sqlite3.Connection, words: Words) -> None:
    """Sources are called by what they are and a number; their files' names are forgotten."""
    heads = {
        "interview": words.t("Interview"), "focus_group": words.t("Focus group"),
        "observation": words.t("Observation"), "document": words.t("Document"),
        "questionnaire": words.t("Questionnaire"),
    }  # fmt: skip
    counts: dict[str, int] = {}
    connection.execute("UPDATE source SET name = guid, file_name = '', file_hash = ''")
    for number, method in rows(connection, "SELECT id, method FROM source ORDER BY position, id"):
        counts[method] = counts.get(method, 0) + 1
        connection.execute("UPDATE source SET name = ? WHERE id = ?", (f"{heads[method]} {counts[method]}", number))


def _mask_text(connection: sqlite3.Connection, number: int, body: str, places: Sequence[tuple[int, int, str]]) -> None:
    pieces, at = [], 0
    for start, end, name in places:
        pieces += [body[at:start], name]
        at = end
    masked = "".join([*pieces, body[at:]])
    first, last = _moves(places)
    for table, starts, ends in (
        ("segment", ("start",), ("end",)), ("heading", ("start",), ("end",)),
        ("turn", ("start", "label_start"), ("end", "label_end")),
    ):  # fmt: skip
        _move(connection, table, number, starts, ends, first, last)
    sql = "SELECT id, sentences, header_end, anchors FROM source WHERE text_id = ?"
    for source, sentences, header_end, anchors in rows(connection, sql, number):
        flat = json.loads(sentences)
        flat[::2], flat[1::2] = map(first, flat[::2]), map(last, flat[1::2])
        moved = [[first(anchor[0]), *anchor[1:]] for anchor in json.loads(anchors)]
        connection.execute(
            "UPDATE source SET sentences = ?, header_end = ?, anchors = ? WHERE id = ?",
            (json.dumps(flat, separators=(",", ":")), last(header_end), json.dumps(moved), source),
        )
    for proposal, start, end in rows(
        connection, "SELECT id, start, \"end\" FROM proposal WHERE text_hash = ? AND kind = 'span'", text_hash(body)
    ):
        connection.execute(
            'UPDATE proposal SET start = ?, "end" = ?, text_hash = ? WHERE id = ?',
            (first(start), last(end), text_hash(masked), proposal),
        )
    _settlements(connection, body, masked, first, last)
    connection.execute(
        "UPDATE source_text SET hash = ?, body = ?, characters = ?, words = ? WHERE id = ?",
        (text_hash(masked), masked, len(masked), len(masked.split()), number),
    )


def _settlements(
    connection: sqlite3.Connection, body: str, masked: str, first: Callable[[int], int], last: Callable[[int], int]
) -> None:
    sql = 'SELECT id, start, "end" FROM settlement WHERE text_hash = ?'
    for number, start, end in rows(connection, sql, text_hash(body)):
        connection.execute(
            'UPDATE settlement SET start = ?, "end" = ?, text_hash = ? WHERE id = ?',
            (first(start), last(end), text_hash(masked), number),
        )


def _moves(places: Sequence[tuple[int, int, str]]) -> tuple[Callable[[int], int], Callable[[int], int]]:
    """Where a passage begins and where it ends in the masked text; an edge inside a name moves to the name's edge."""
    starts = [start for start, _, _ in places]
    grown = [0]
    for start, end, name in places:
        grown.append(grown[-1] + len(name) - (end - start))

    def moved(at: int, edge: int) -> int:
        number = bisect_right(starts, at - 1)  # names that begin before
        if number and at < places[number - 1][1]:
            start, _, name = places[number - 1]
            return start + grown[number - 1] + edge * len(name)
        return at + grown[number]

    return (lambda at: moved(at, 0)), (lambda at: moved(at, 1))


def _move(
    connection: sqlite3.Connection, table: str, text: int, starts: Sequence[str], ends: Sequence[str],
    first: Callable[[int], int], last: Callable[[int], int],
) -> None:  # fmt: skip
    columns = (*starts, *ends)
    quoted = ", ".join(f'"{c}"' for c in columns)
    found = rows(
        connection,
        f"SELECT id, {quoted} FROM {table} WHERE source_id IN (SELECT id FROM source WHERE text_id = ?)",
        text,
    )
    moves = [*(first for _ in starts), *(last for _ in ends)]
    sets = ", ".join(f'"{c}" = ?' for c in columns)
    connection.executemany(
        f"UPDATE {table} SET {sets} WHERE id = ?",
        [(*(move(at) for move, at in zip(moves, places, strict=True)), number) for number, *places in found],
    )
