"""All coded segments of a project as columns of numbers, kept warm with the reader and brought up to date from the
journal, so that any filter and any order over a million of them costs milliseconds.

Ids are the rows' numbers in this file; they are handed out to ask for rows again and never leave it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from coding.project import Reader
from coding.segments.evidence_words import fold

if TYPE_CHECKING:
    import numpy as np
    from sqlalchemy.orm import Session

    Numbers = np.ndarray[Any, np.dtype[Any]]

SUPPORTING, INHIBITING, NEUTRAL = 1, 2, 3
"""What stands in the column `valence`; 0 is unmarked."""
PIECE = 20_000
"""Segments read at a time: a piece holds up neither a commit nor the window."""
TEXTS = 40
_NAMES = ("id", "source", "start", "end", "code", "coder", "valence", "exemplar", "reported")
_TYPES = ("i8", "i4", "i4", "i4", "i4", "i4", "i1", "?", "?")
_SEGMENTS = (
    "SELECT g.id, g.source_id, g.start, g.\"end\", g.code_id, g.coder_id, CASE g.valence WHEN 'supporting' THEN 1 "
    "WHEN 'inhibiting' THEN 2 WHEN 'neutral' THEN 3 ELSE 0 END, g.exemplar, g.reported, g.modified_at FROM segment g"
)
_MOMENT = 24
"""Letters of a moment as `store.models.now` writes it."""


@dataclass(slots=True)
class EvidenceTable:
    """The columns, one entry per segment, in the order of the study: source, start, end, id.

    `rank` gives a source's place in the study by its id, `text_of` the id of its text. `texts` are the folded texts by
    id. `known` is the last operation that the columns have seen. `extra` is what is computed from them when it is asked
    for, and forgotten when it no longer holds.
    """

    known: int
    columns: dict[str, Numbers] = field(default_factory=dict)
    rank: Numbers | None = None
    text_of: dict[int, int] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.columns["id"])

    def __getitem__(self, name: str) -> Numbers:
        return self.columns[name]

    def sources(self) -> list[int]:
        """The ids of the sources in the order of the study."""
        return list(self.text_of)

    def text(self, session: Session, source: int) -> str:
        """The folded text of the source."""
        number = self.text_of[source]
        if number not in self.texts:
            ((body,),) = _all(session, "SELECT body FROM source_text WHERE id = ?", number)
            self.texts[number] = fold(body)
        return self.texts[number]


def prepare(reader: Reader) -> Iterator[float]:
    """Make the table in small reads; gives the share (0–1) that is done. Afterwards `table` is quick."""
    if isinstance(reader.cache.get("evidence_table"), EvidenceTable):
        return
    with reader.read() as session:
        known = _last_operation(session)
        ((total,),) = _all(session, "SELECT count(*) FROM segment")
    made, parts, last = EvidenceTable(known), [], 0
    while True:
        with reader.read() as session:
            rows = _all(session, f"{_SEGMENTS} WHERE g.id > ? ORDER BY g.id LIMIT ?", last, PIECE)
        if rows:
            parts.append(_columns(rows))
            last = rows[-1][0]
        yield min(len(parts) * PIECE / max(total, 1), 1.0) * 0.9
        if len(rows) < PIECE:
            break
    with reader.read() as session:
        made.columns = _joined(parts)
        _read_sources(session, made)
        _read_memos(session, made)
    _sort(made)
    reader.cache["evidence_table"] = made
    yield 1.0


def prepare_texts(reader: Reader) -> Iterator[float]:
    """Read and fold the texts of the table in small reads; gives the share (0–1) that is done."""
    while True:
        with reader.read() as session:
            made = table(reader, session)
            sources = made.sources()
            wanted = [source for source in sources if made.text_of[source] not in made.texts]
            for source in wanted[:TEXTS]:
                made.text(session, source)
        if len(wanted) <= TEXTS:
            return
        yield 1 - len(wanted) / len(sources)


def table(reader: Reader, session: Session) -> EvidenceTable:
    """The table as of this session."""
    made = reader.cache.get("evidence_table")
    last = _last_operation(session)
    if not isinstance(made, EvidenceTable) or last < made.known or _text_was_edited(session, made.known):
        reader.cache.pop("evidence_table", None)
        for _ in prepare(reader):
            pass
        made = reader.cache["evidence_table"]
        assert isinstance(made, EvidenceTable)
    if last != made.known:
        _bring_up_to_date(session, made, last)
    return made


def _text_was_edited(session: Session, known: int) -> bool:
    """Such a step moves every segment of a source with one line of the journal."""
    return bool(_all(session, "SELECT 1 FROM change WHERE operation_id > ? AND action = 'S' LIMIT 1", known))


def _all(session: Session, sql: str, *params: Any) -> list[Any]:
    return list(session.connection().exec_driver_sql(sql, params).fetchall())


def _last_operation(session: Session) -> int:
    return int(_all(session, "SELECT coalesce(max(id), 0) FROM operation")[0][0])


# making columns


def _columns(rows: list[Any]) -> dict[str, Numbers]:
    import numpy as np

    if not rows:
        return {**{n: np.empty(0, t) for n, t in zip(_NAMES, _TYPES, strict=True)}, "modified": np.empty(0, "i8")}
    *plain, moments = zip(*rows, strict=True)
    made: dict[str, Numbers] = {
        name: np.array(values, kind) for name, kind, values in zip(_NAMES, _TYPES, plain, strict=True)
    }
    made["modified"] = _moments(moments)
    return made


def _moments(moments: tuple[str, ...]) -> Numbers:
    """ISO moments in UTC as whole numbers that are in the same order: 2026-05-12T08:15:30.123Z as 20260512081530123."""
    import numpy as np

    joined = "".join(moments).encode()
    if len(joined) != _MOMENT * len(moments):
        return np.array([int("".join(filter(str.isdigit, text)).ljust(17, "0")[:17] or 0) for text in moments], "i8")
    letters = np.frombuffer(joined, np.uint8).reshape(-1, _MOMENT)
    digits = [i for i in range(_MOMENT) if i not in (4, 7, 10, 13, 16, 19, 23)]
    powers = 10 ** np.arange(len(digits) - 1, -1, -1, dtype=np.int64)
    return (letters[:, digits].astype(np.int64) - ord("0")) @ powers


def _joined(parts: list[dict[str, Numbers]]) -> dict[str, Numbers]:
    import numpy as np

    parts = parts or [_columns([])]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _read_sources(session: Session, made: EvidenceTable) -> None:
    import numpy as np

    rows = _all(session, "SELECT id, text_id FROM source ORDER BY position, id")
    made.text_of = dict(rows)
    made.rank = np.zeros(max(made.text_of, default=0) + 1, np.int64)
    made.rank[[source for source, _ in rows]] = np.arange(len(rows))
    wanted = set(made.text_of.values())
    made.texts = {number: text for number, text in made.texts.items() if number in wanted}


def _read_memos(session: Session, made: EvidenceTable) -> None:
    import numpy as np

    sql = "SELECT g.id FROM memo m JOIN segment g ON g.guid = m.target_guid WHERE m.target_table = 'segment'"
    made.columns["memo"] = np.isin(made["id"], [row[0] for row in _all(session, sql)])


def _sort(made: EvidenceTable) -> None:
    import numpy as np

    assert made.rank is not None
    order = np.lexsort((made["id"], made["end"], made["start"], made.rank[made["source"]]))
    made.columns = {name: values[order] for name, values in made.columns.items()}
    made.extra.clear()


# bringing it up to date

_STRUCTURE = {"source", "turn", "informant", "code", "framework", "attribute", "attribute_value"}


def _bring_up_to_date(session: Session, made: EvidenceTable, last: int) -> None:
    changed = {
        row[0] for row in _all(session, "SELECT DISTINCT table_name FROM change WHERE operation_id > ?", made.known)
    }
    if changed & _STRUCTURE:
        made.extra.clear()
    if "source" in changed:
        _read_sources(session, made)
    moved = "segment" in changed and _patch(session, made)
    if moved or "source" in changed:
        _sort(made)
    if changed & {"memo", "segment"}:
        _read_memos(session, made)
    made.known = last


def _patch(session: Session, made: EvidenceTable) -> bool:
    """Take over the segments that were changed since; True when some came, went or moved."""
    import numpy as np

    sql = "SELECT DISTINCT row_id FROM change WHERE operation_id > ? AND table_name = 'segment'"
    touched = np.array([row[0] for row in _all(session, sql, made.known)], np.int64)
    fresh = _columns(_all(session, f"{_SEGMENTS} WHERE g.id IN ({sql}) ORDER BY g.id", made.known))
    marked = np.zeros(max(int(made["id"].max(initial=0)), int(touched.max(initial=0))) + 1, bool)
    marked[touched] = True
    here = np.flatnonzero(marked[made["id"]])
    here = here[np.argsort(made["id"][here])]
    if all(np.array_equal(made[name][here], fresh[name]) for name in ("id", "source", "start", "end")):
        for name, values in fresh.items():
            made.columns[name][here] = values
        return False
    kept = ~marked[made["id"]]
    made.columns.pop("memo", None)
    made.columns = {name: np.concatenate([made[name][kept], values]) for name, values in fresh.items()}
    made.columns["memo"] = np.zeros(len(made), bool)
    return True
