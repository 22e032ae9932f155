"""Making one code of several. Called inside `project.operation(...)`; the preview says beforehand what will happen.

Segments of one coder on the same span become one, since a coder puts a code on a span once. The segment of the code
that stays is kept, else that of the code named first. It has a star if one of them has, is verbatim if one of them is,
takes direction and topic from the others where it has none, and all memos, in order. Where directions differ its own
stays and the others are written into its memo, so that nothing a coder decided is lost.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from coding.codes.merging_findings import join_findings
from coding.codes.moving import move
from coding.codes.naming import code_row, siblings, study_language
from coding.codes.removing import delete_codes
from coding.codes.rows import LIST_FIELDS, TEXT_FIELDS, Merging
from coding.errors import mark
from coding.project import Operation, Reader
from coding.store.models import Code, new_guid, now
from coding.store.sql import rows
from coding.words import Words

DIRECTIONS = {"supporting": mark("supporting"), "inhibiting": mark("inhibiting"), "neutral": mark("neutral")}
_OTHERS = "SELECT id FROM temp.merged_code WHERE rank > 0"
_GROUPS = (
    "SELECT count(*) AS n, count(DISTINCT g.valence) AS directions FROM segment g JOIN code c ON c.id = g.code_id "
    'WHERE c.guid IN ({marks}) GROUP BY g.source_id, g.start, g."end", g.coder_id HAVING count(*) > 1'
)


def what_merging_does(project: Reader, codes: Sequence[str], into: str) -> Merging:
    """What `merge(op, codes, into)` would do."""
    others = [guid for guid in dict.fromkeys(codes) if guid != into]
    every, marks = (into, *others), ", ".join("?" * len(others))
    of_others = f"(SELECT id FROM code WHERE guid IN ({marks}))"
    with project.read() as session:
        connection = session.connection()

        def one(sql: str, params: Sequence[str]) -> Any:
            return connection.exec_driver_sql(sql, tuple(params)).fetchall()[0]

        groups = _GROUPS.format(marks=", ".join("?" * len(every)))
        joined, contrary = one(
            f"SELECT coalesce(sum(n - 1), 0), coalesce(sum(directions > 1), 0) FROM ({groups})", every
        )
        counts = [
            one(f"SELECT count(*) FROM {table} WHERE {column} IN {of_others}", others)[0]
            for table, column in (("segment", "code_id"), ("topic", "code_id"))
        ]
        memos = one(f"SELECT count(*) FROM memo WHERE target_guid IN ({marks})", others)[0]
        findings = sum(
            one(f"SELECT count(*) FROM {table} WHERE code_id IN {of_others}", others)[0]
            for table in ("finding", "judgement")
        )
    return Merging(counts[0], joined, contrary, len(others), counts[1], memos, findings)


def merge(op: Operation, codes: Sequence[str], into: str, *, as_topics: bool = False) -> int:
    """Make one code of `codes` and `into`, which stays with its name and place; returns how many coded segments it has
    then. With `as_topics` each of the others becomes a topic of it, under which its segments stand.

    Topics, mappings, headings, findings and recommendations go along; texts that the code lacks and cues are taken
    over. Raises CodingError when a code is gone, or has codes below that can't stand under the one that stays.
    """
    kept = code_row(op.session, into)
    others = [code_row(op.session, guid) for guid in dict.fromkeys(codes) if guid != into]
    for other in others:
        for below in siblings(op.session, other.framework_id, other.id):
            move(op, below.guid, parent=into)
        _take_texts(kept, other)
    op.session.flush()
    raw = op.raw()
    raw.execute("CREATE TEMP TABLE IF NOT EXISTS merged_code (id INTEGER PRIMARY KEY, rank INTEGER)")
    raw.execute("DELETE FROM temp.merged_code")
    raw.executemany("INSERT INTO temp.merged_code VALUES (?, ?)", [(c.id, i) for i, c in enumerate((kept, *others))])
    words = Words(study_language(op.session))
    _take_topics(op, raw, kept, others, as_topics)
    _join_segments(op, raw, kept, words)
    join_findings(raw, kept)
    _take_references(raw, kept)
    _join_memo(op, raw, "code", kept.guid, [("", other.guid) for other in others])
    op.session.expire_all()
    delete_codes(op, [other.guid for other in others])
    return int(rows(raw, "SELECT count(*) FROM segment WHERE code_id = ?", kept.id)[0][0])


def _take_texts(kept: Code, other: Code) -> None:
    """What is said about a code that goes fills what the one that stays lacks; lists are joined."""
    mine, theirs = json.loads(kept.details), json.loads(other.details)
    for name in TEXT_FIELDS:
        mine[name] = {**theirs.get(name, {}), **mine.get(name, {})}
    for name in LIST_FIELDS:
        mine[name] = {
            language: list(
                dict.fromkeys([*mine.get(name, {}).get(language, []), *theirs.get(name, {}).get(language, [])])
            )
            for language in ("id", "en")
            if mine.get(name, {}).get(language) or theirs.get(name, {}).get(language)
        }
    mine["literature"] = list(dict.fromkeys([*mine.get("literature", []), *theirs.get("literature", [])]))
    kept.details = json.dumps({key: value for key, value in mine.items() if value}, ensure_ascii=False)


def _take_topics(op: Operation, raw: sqlite3.Connection, kept: Code, others: Sequence[Code], as_topics: bool) -> None:
    """Topics of the codes that go become the kept code's; those with the same label become one."""
    known = {label.casefold(): number for number, label in rows(
        raw, "SELECT id, label FROM topic WHERE code_id = ? ORDER BY id DESC", kept.id)}  # fmt: skip
    place = len(known)
    theirs = rows(raw, f"SELECT t.id, t.label FROM topic t JOIN temp.merged_code m ON m.id = t.code_id WHERE m.id IN "
                       f"({_OTHERS}) ORDER BY m.rank, t.position, t.id")  # fmt: skip
    for number, label in theirs:
        if label.casefold() in known:
            raw.execute("UPDATE segment SET topic_id = ? WHERE topic_id = ?", (known[label.casefold()], number))
            raw.execute("DELETE FROM topic WHERE id = ?", (number,))
        else:
            raw.execute("UPDATE topic SET code_id = ?, position = ? WHERE id = ?", (kept.id, place, number))
            known[label.casefold()], place = number, place + 1
    if not as_topics:
        return
    language = study_language(op.session)
    for other in others:
        label = other.label_id if language == "id" else other.label_en
        if label.casefold() not in known:
            made = raw.execute("INSERT INTO topic (guid, code_id, label, position) VALUES (?, ?, ?, ?)",
                               (new_guid(), kept.id, label, place))  # fmt: skip
            assert made.lastrowid is not None
            known[label.casefold()], place = made.lastrowid, place + 1
        raw.execute("UPDATE segment SET topic_id = ? WHERE code_id = ? AND topic_id IS NULL",
                    (known[label.casefold()], other.id))  # fmt: skip


def _join_segments(op: Operation, raw: sqlite3.Connection, kept: Code, words: Words) -> None:
    raw.execute("DROP TABLE IF EXISTS temp.joined_segment")
    # typed columns: without, the comparison with an id could use no index
    raw.execute(
        "CREATE TEMP TABLE joined_segment (id INTEGER PRIMARY KEY, kept INTEGER, rank INTEGER, valence TEXT, "
        "topic_id INTEGER)"
    )
    raw.execute(
        "INSERT INTO temp.joined_segment SELECT * FROM (SELECT g.id, first_value(g.id) OVER "
        '(PARTITION BY g.source_id, g.start, g."end", g.coder_id ORDER BY m.rank, g.id) AS kept, m.rank, g.valence, '
        "g.topic_id FROM segment g JOIN temp.merged_code m ON m.id = g.code_id) WHERE id <> kept"
    )
    raw.execute("CREATE INDEX temp.joined_segment_kept ON joined_segment (kept)")
    first = (
        "(SELECT j.{0} FROM temp.joined_segment j WHERE j.kept = segment.id AND j.{0} IS NOT NULL "
        "ORDER BY j.rank, j.id LIMIT 1)"
    )
    joined = "SELECT j.kept FROM temp.joined_segment j JOIN segment o ON o.id = j.id"
    raw.execute(f"UPDATE segment SET exemplar = 1 WHERE exemplar = 0 AND id IN ({joined} WHERE o.exemplar = 1)")
    raw.execute(f"UPDATE segment SET reported = 0 WHERE reported = 1 AND id IN ({joined} WHERE o.reported = 0)")
    for column in ("valence", "topic_id"):
        raw.execute(
            f"UPDATE segment SET {column} = {first.format(column)} WHERE {column} IS NULL AND id IN "
            f"(SELECT kept FROM temp.joined_segment WHERE {column} IS NOT NULL)"
        )
    _join_segment_memos(op, raw, words)
    raw.execute(
        "UPDATE OR IGNORE finding_segment SET segment_id = (SELECT kept FROM temp.joined_segment j "
        "WHERE j.id = segment_id) WHERE segment_id IN (SELECT id FROM temp.joined_segment)"
    )
    gone = "SELECT id FROM temp.joined_segment"
    raw.execute(f"DELETE FROM memo WHERE target_guid IN (SELECT guid FROM segment WHERE id IN ({gone}))")
    raw.execute(f"DELETE FROM segment WHERE id IN ({gone})")
    raw.execute(
        f"UPDATE segment SET code_id = ?, modified_at = ? WHERE code_id IN ({_OTHERS})",
        (kept.id, now()),
    )


def _join_segment_memos(op: Operation, raw: sqlite3.Connection, words: Words) -> None:
    """Join the memos of segments that become one; a direction that differs from the kept one is noted there."""
    language = words.language
    found = rows(
        raw,
        "SELECT k.guid, o.guid, o.valence, o.valence IS NOT NULL AND o.valence IS NOT k.valence, "
        f"c.label_{language} FROM temp.joined_segment j JOIN segment o ON o.id = j.id JOIN segment k ON k.id = j.kept "
        "JOIN code c ON c.id = o.code_id WHERE (o.valence IS NOT NULL AND o.valence IS NOT k.valence) "
        "OR EXISTS (SELECT 1 FROM memo m WHERE m.target_guid = o.guid) ORDER BY j.kept, j.rank, j.id",
    )
    by_kept: dict[str, list[tuple[str, str]]] = {}
    for kept, other, valence, contrary, label in found:
        note = ""
        if contrary:
            note = words.t("Under “{code}” this was {direction}.", code=label, direction=words.t(DIRECTIONS[valence]))
        by_kept.setdefault(kept, []).append((note, other))
    for kept, others in by_kept.items():
        _join_memo(op, raw, "segment", kept, others)


def _join_memo(
    op: Operation, raw: sqlite3.Connection, table: str, kept: str, others: Sequence[tuple[str, str]]
) -> None:
    """Give what stays its own memo and those of the others (a note, the guid), a blank line between."""
    texts = {guid: text for guid in (kept, *(guid for _, guid in others))
             for (text,) in rows(raw, "SELECT text FROM memo WHERE target_guid = ?", guid)}  # fmt: skip
    parts = [texts.get(kept, ""), *(part for note, guid in others for part in (note, texts.get(guid, "")))]
    whole, moment = "\n\n".join(part for part in parts if part), now()
    if whole == texts.get(kept, ""):
        return
    if kept in texts:
        raw.execute("UPDATE memo SET text = ?, modified_at = ? WHERE target_guid = ?", (whole, moment, kept))
        return
    raw.execute(
        "INSERT INTO memo (guid, target_table, target_guid, text, coder_id, created_at, modified_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (new_guid(), table, kept, whole, op.coder_id, moment, moment),
    )


def _take_references(raw: sqlite3.Connection, kept: Code) -> None:
    """Headings, recommendations and mappings of the codes that go name the kept one, each once."""
    raw.execute(f"UPDATE heading SET code_id = ? WHERE code_id IN ({_OTHERS})", (kept.id,))
    raw.execute(f"UPDATE OR IGNORE recommendation_factor SET code_id = ? WHERE code_id IN ({_OTHERS})", (kept.id,))
    for column in ("code_id", "other_id"):
        raw.execute(f"UPDATE OR IGNORE code_link SET {column} = ? WHERE {column} IN ({_OTHERS})", (kept.id,))
    raw.execute(
        "DELETE FROM code_link WHERE code_id = other_id OR EXISTS (SELECT 1 FROM code_link o "
        "WHERE o.code_id = code_link.other_id AND o.other_id = code_link.code_id AND o.id < code_link.id)"
    )
