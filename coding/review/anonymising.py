"""Taking names out of what is sent, for good: the file sent holds nothing they could be found again with.

What is known as a name or mark of an informant is replaced wherever it stands, in the texts, too, and every position
moves along. Other people whom a passage mentions can't be known.
"""

from __future__ import annotations

import json
import re
import sqlite3
from bisect import bisect_right
from collections.abc import Callable, Sequence

from coding.privacy.known import NEVER, name_words
from coding.privacy.placed import placed, surnames
from coding.review.names import Names
from coding.review.targets import basis_of, segment_basis
from coding.store.models import text_hash
from coding.store.sql import rows
from coding.words import Words

WRITTEN = {
    "attribute": ("name",), "attribute_value": ("value",), "code": ("label_id", "label_en"),
    "comment": ("text", "about"), "conclusion": ("text",), "finding": ("text", "column", "columns_by", "against"),
    "framework": ("label_id", "label_en"), "informant": ("role", "group", "gender", "place"),
    "journal_entry": ("text", "title"), "judgement": ("reason", "columns_by", "against"), "memo": ("text",),
    "project": ("title", "memo"), "proposal": ("reason", "answer"), "recommendation": ("text",),
    "saved_view": ("name",), "settlement": ("reason",), "source": ("place",), "topic": ("label",), "turn": ("label",),
}  # fmt: skip
"""What somebody wrote; names in it are replaced."""
JSON = {"attribute": ("choices",), "code": ("details",), "framework": ("literature",), "saved_view": ("params",)}
KEYS = {"framework": ("key", "based_on"), "code": ("key", "path")}
LEFT_OUT = ("initials", "name", "remark", "honorific", "pseudonym", "consent", "keep_until")
"""Columns of informants that do not go along."""
_UNIQUE = frozenset({("attribute", "name"), ("topic", "label"), ("saved_view", "name"), ("code", "path"),
                     ("framework", "key")})  # fmt: skip
_NO_KEY = re.compile(r"[^a-z0-9]+")


def anonymise(connection: sqlite3.Connection, words: Words) -> Names:
    """Take the names out of the project file of `connection`, as `extract.made` gives it; returns what they were, and
    what is said instead."""
    run = connection.execute
    run("BEGIN")
    fresh = _fresh(connection)
    names = _names(connection, words)
    for number, body in rows(connection, "SELECT id, body FROM source_text"):
        if places := names.places(body, _borders(connection, number)):
            names.note(body, places)
            _mask_text(connection, number, body, places)
    run("DELETE FROM saved_view WHERE kind = ?", (NEVER,))
    for table, columns in WRITTEN.items():
        for column in columns:
            # a turn's label stands in its text, too, and counts once
            _mask(connection, table, column, names.apply if (table, column) == ("turn", "label") else names.replaced)
    for table, columns in JSON.items():
        for column in columns:
            _mask(connection, table, column, names.in_json)
    for table, columns in KEYS.items():
        for column in columns:
            _mask(connection, table, column, lambda key: _key(names, key))
    _coders(connection, names, words)
    # a report knows where it was written to
    run("UPDATE saved_view SET params = json_remove(params, '$.file')")
    run("UPDATE stamp SET heads = ''")
    run("DELETE FROM preference WHERE key <> 'blind'")
    _still_fresh(connection, fresh)
    run("COMMIT")
    return names


def _borders(connection: sqlite3.Connection, text: int) -> list[int]:
    """The edges of sentences, turns, labels and headings of the text: a name that lies across one would join them."""
    edges: set[int] = set()
    sql = "SELECT sentences, header_end, anchors FROM source WHERE text_id = ?"
    for sentences, header_end, anchors in rows(connection, sql, text):
        edges.update(json.loads(sentences), (header_end,), (anchor[0] for anchor in json.loads(anchors)))
    within = "FROM {} WHERE source_id IN (SELECT id FROM source WHERE text_id = ?)"
    for sql in (
        'SELECT label_start, label_end, start, "end" ' + within.format("turn"),
        'SELECT start, "end" ' + within.format("heading"),
    ):
        edges.update(edge for row in rows(connection, sql, text) for edge in row)
    return sorted(edges)


def _mask(connection: sqlite3.Connection, table: str, column: str, masked: Callable[[str], str]) -> None:
    found = rows(connection, f'SELECT id, "{column}" FROM "{table}" WHERE "{column}" <> \'\'')
    taken = {text for _, text in found} if (table, column) in _UNIQUE else set()
    for number, text in found:
        new = masked(text)
        if new == text:
            continue
        if (table, column) in _UNIQUE:
            new = _free(new, taken)
            taken.add(new)
        connection.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE id = ?', (new, number))


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free


def _key(names: Names, key: str) -> str:
    """A key, or keys with points between, in which a name stands; an open code goes by its label."""
    masked = ".".join(map(names.apply, key.split(".")))
    if masked == key or not re.fullmatch(r"[a-z0-9_.@-]+", key):
        return masked
    return ".".join(_NO_KEY.sub("_", part.casefold()).strip("_") for part in masked.split("."))


def _names(connection: sqlite3.Connection, words: Words) -> Names:
    """What is replaced by what, whoever goes along; those who do are renamed, and so are the sources."""
    names = Names(words.t("Informant"), _placed(connection))
    going = {guid for (guid,) in rows(connection, "SELECT guid FROM informant")}
    nothing = ", ".join(f"{column} = NULL" for column in LEFT_OUT)
    # first out of the way of those who are called by a number already
    connection.execute("UPDATE informant SET code_folded = guid")
    sql = "SELECT guid, code, name, initials, pseudonym FROM temp.everybody ORDER BY number"
    for position, (guid, code, name, initials, pseudonym) in enumerate(rows(connection, sql), 1):
        label = words.t("Informant {number}", number=position)
        names.learn(code, name, initials, pseudonym, label)
        if guid in going:
            connection.execute(
                f"UPDATE informant SET code = ?, code_folded = ?, {nothing} WHERE guid = ?",
                (label, label.casefold(), guid),
            )
    for original, replacement in rows(connection, "SELECT original, replacement FROM temp.masked"):
        names.learn_masked(original, replacement)
    _name_sources(connection, words, names)
    return names


def _placed(connection: sqlite3.Connection) -> frozenset[str]:
    """The words of people's names that what goes along shows to be places."""
    called = [
        name_words(one)
        for _, *names in rows(connection, "SELECT number, code, name, pseudonym FROM temp.everybody")
        for one in names
        if one
    ]
    if not (candidates := surnames(" ".join(words) for words in called)):
        return frozenset()
    written = "SELECT body FROM source_text UNION ALL SELECT title FROM project UNION ALL SELECT name FROM source"
    texts = [text for (text,) in rows(connection, written)]
    sql = "SELECT place FROM informant WHERE place <> '' UNION ALL SELECT place FROM source WHERE place <> ''"
    return placed(candidates, texts, [place for (place,) in rows(connection, sql)])


def _name_sources(connection: sqlite3.Connection, words: Words, names: Names) -> None:
    """Sources are called by what they are and a number; their files' names are forgotten."""
    heads = {
        "interview": words.t("Interview"), "focus_group": words.t("Focus group"),
        "observation": words.t("Observation"), "document": words.t("Document"),
        "questionnaire": words.t("Questionnaire"),
    }  # fmt: skip
    counts: dict[str, int] = {}
    found = rows(connection, "SELECT id, method, name FROM source ORDER BY position, id")
    connection.execute("UPDATE source SET name = guid, file_name = '', file_hash = ''")
    for number, method, name in found:
        counts[method] = counts.get(method, 0) + 1
        shown = f"{heads[method]} {counts[method]}"
        names.rename(name, shown)
        connection.execute("UPDATE source SET name = ? WHERE id = ?", (shown, number))


def _coders(connection: sqlite3.Connection, names: Names, words: Words) -> None:
    """Who codes is named, so that who reviews knows whom to answer; but not by what an informant is called."""
    for number, name in rows(connection, "SELECT id, name FROM coder ORDER BY id"):
        if names.apply(name) != name:
            taken = {text for (text,) in rows(connection, "SELECT name FROM coder")}
            shown = _free(words.t("Coder {number}", number=number), taken)
            names.rename(name, shown)
            connection.execute("UPDATE coder SET name = ?, initials = '' WHERE id = ?", (shown, number))


# verdicts are on words, which are others now


def _fresh(connection: sqlite3.Connection) -> list[tuple[int, str, str]]:
    """The verdicts that were given to what their things are now: (row, kind, guid)."""
    found = rows(connection, "SELECT id, target_table, target_guid, basis FROM verdict")
    return [(number, kind, guid) for number, kind, guid, basis in found if _basis(connection, kind, guid) == basis]


def _still_fresh(connection: sqlite3.Connection, fresh: Sequence[tuple[int, str, str]]) -> None:
    for number, kind, guid in fresh:
        basis = _basis(connection, kind, guid)
        connection.execute("UPDATE verdict SET basis = ? WHERE id = ? AND basis <> ?", (basis, number, basis))


_SEGMENT = (
    'SELECT c.guid, g.valence, substr(t.body, g.start + 1, g."end" - g.start) FROM segment g '
    "JOIN code c ON c.id = g.code_id JOIN source s ON s.id = g.source_id JOIN source_text t ON t.id = s.text_id "
    "WHERE g.guid = ?"
)


def _basis(connection: sqlite3.Connection, kind: str, guid: str) -> str | None:
    if kind == "segment":
        return next((segment_basis(*row) for row in rows(connection, _SEGMENT, guid)), None)
    columns = {"judgement": "status, reason", "finding": "text", "conclusion": "text"}.get(kind)
    if columns is None:
        return None
    return next(
        (basis_of(*row) for row in rows(connection, f"SELECT {columns} FROM {kind} WHERE guid = ?", guid)), None
    )


# texts


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
