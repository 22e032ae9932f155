"""What goes into a review package: a new project file with what was chosen, and nothing else of the old one.

Every table and column that goes along is named by the schema of today, so that what was removed, what stood in free
pages, former texts, images of the history and the key to masked words can't slip in.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coding.review import clocks
from coding.store import files
from coding.store.journal import COLUMNS
from coding.store.models import Base
from coding.store.sql import rows


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be reviewed: sources and codes (with all below them; whole frameworks too) by guid, None for all."""

    sources: tuple[str, ...] | None = None
    codes: tuple[str, ...] | None = None
    originals: bool = False
    anonymised: bool = False

    @property
    def whole(self) -> bool:
        """Whether nothing is left out of the study."""
        return self.sources is None and self.codes is None


_WHERE = {
    "source": "guid IN (SELECT guid FROM temp.chosen_source)",
    "heading": "source_id IN (SELECT id FROM source)",
    "turn": "source_id IN (SELECT id FROM source)",
    "informant": "id IN (SELECT informant_id FROM turn) OR (SELECT whole FROM temp.scope)",
    "attribute_value": "informant_id IN (SELECT id FROM informant)",
    "segment": "source_id IN (SELECT id FROM source) AND code_id IN (SELECT id FROM temp.chosen_code)",
    "finding": "code_id IN (SELECT id FROM temp.chosen_code)",
    "judgement": "code_id IN (SELECT id FROM temp.chosen_code)",
    "finding_segment": "finding_id IN (SELECT id FROM finding) AND segment_id IN (SELECT id FROM segment)",
    "assignment": "source_id IN (SELECT id FROM source)",
    "done_mark": "source_id IN (SELECT id FROM source)",
    "settlement": "source_id IN (SELECT id FROM source) AND code_id IN (SELECT id FROM temp.chosen_code)",
    "memo": "target_guid IN (SELECT guid FROM temp.gone_along)",
    "verdict": "target_guid IN (SELECT guid FROM temp.gone_along)",
    "comment": "target_guid IN (SELECT guid FROM temp.gone_along)",
    "proposal": "segment_guid IN (SELECT guid FROM temp.gone_along)",
    "preference": "key = 'blind' OR (SELECT whole FROM temp.scope)",
}
_ONLY_WHOLE = ("recommendation", "recommendation_factor", "conclusion", "conclusion_finding", "journal_entry",
               "saved_view")  # fmt: skip
_NEVER = ("former_text", "mask_key", "package", "stamp", "operation", "change", "source_text", "original")
_FIRST = ("source", "turn", "informant")
"""Who goes along depends on whose turns do."""
_AFTER = ("memo", "verdict", "comment", "proposal")


@contextlib.contextmanager
def made(project: Path, target: Path, chosen: Chosen) -> Iterator[sqlite3.Connection]:
    """Make the project file `target` out of the project; it is open for changes in the block, and closed after it."""
    files.create_schema(target)
    connection = sqlite3.connect(target, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("ATTACH ? AS src", (str(project),))
        connection.execute("BEGIN")
        _choose(connection, chosen)
        for name in dict.fromkeys((*_FIRST, *(table.name for table in Base.metadata.sorted_tables))):
            if name not in (*_NEVER, *_AFTER) and (chosen.whole or name not in _ONLY_WHOLE):
                _copy(connection, name, _WHERE.get(name, "1"))
        _gone_along(connection)
        for name in _AFTER:
            _copy(connection, name, _WHERE[name])
        _gone_along(connection)
        _texts(connection, chosen)
        _history(connection)
        _known(connection)
        connection.execute("COMMIT")
        connection.execute("DETACH src")
        yield connection
    finally:
        connection.close()


def _columns(connection: sqlite3.Connection, name: str) -> str:
    return ", ".join(f'"{column.name}"' for column in Base.metadata.tables[name].columns)


def _copy(connection: sqlite3.Connection, name: str, where: str) -> None:
    columns = _columns(connection, name)
    connection.execute(f'INSERT INTO main."{name}" ({columns}) SELECT {columns} FROM src."{name}" WHERE {where}')


def _choose(connection: sqlite3.Connection, chosen: Chosen) -> None:
    run = connection.execute
    run("CREATE TEMP TABLE scope (whole INTEGER)")
    run("INSERT INTO temp.scope VALUES (?)", (int(chosen.whole),))
    run("CREATE TEMP TABLE chosen_code (id INTEGER PRIMARY KEY)")
    if chosen.codes is None:
        run("INSERT INTO temp.chosen_code SELECT id FROM src.code")
    else:
        run("CREATE TEMP TABLE asked (guid TEXT PRIMARY KEY)")
        connection.executemany("INSERT OR IGNORE INTO temp.asked VALUES (?)", [(guid,) for guid in chosen.codes])
        run(
            "INSERT INTO temp.chosen_code WITH RECURSIVE below(id) AS ("
            "SELECT id FROM src.code WHERE guid IN (SELECT guid FROM temp.asked) "
            "OR framework_id IN (SELECT id FROM src.framework WHERE guid IN (SELECT guid FROM temp.asked)) "
            "UNION SELECT c.id FROM src.code c JOIN below b ON c.parent_id = b.id) SELECT id FROM below"
        )
    run("CREATE TEMP TABLE chosen_source (guid TEXT PRIMARY KEY)")
    if chosen.sources is not None:
        connection.executemany(
            "INSERT OR IGNORE INTO temp.chosen_source VALUES (?)", [(guid,) for guid in chosen.sources]
        )
    elif chosen.codes is None:
        run("INSERT INTO temp.chosen_source SELECT guid FROM src.source")
    else:
        run(
            "INSERT INTO temp.chosen_source SELECT s.guid FROM src.source s WHERE EXISTS (SELECT 1 FROM src.segment g "
            "WHERE g.source_id = s.id AND g.code_id IN (SELECT id FROM temp.chosen_code))"
        )


def _gone_along(connection: sqlite3.Connection) -> None:
    """Every row that the package holds by now."""
    run = connection.execute
    run("CREATE TEMP TABLE IF NOT EXISTS gone_along (guid TEXT PRIMARY KEY, name TEXT)")
    for table in Base.metadata.sorted_tables:
        if table.info.get("journal"):
            run(f"INSERT OR IGNORE INTO temp.gone_along SELECT guid, '{table.name}' FROM main.\"{table.name}\"")


def _texts(connection: sqlite3.Connection, chosen: Chosen) -> None:
    columns = _columns(connection, "source_text")
    connection.execute(
        f"INSERT INTO main.source_text ({columns}) SELECT {columns} FROM src.source_text "
        "WHERE id IN (SELECT text_id FROM main.source)"
    )
    if chosen.originals and not chosen.anonymised:
        columns = _columns(connection, "original")
        connection.execute(
            f"INSERT INTO main.original ({columns}) SELECT {columns} FROM src.original "
            "WHERE hash IN (SELECT file_hash FROM main.source)"
        )
    else:
        connection.execute("UPDATE main.source SET file_hash = ''")


def _history(connection: sqlite3.Connection) -> None:
    """Which step made which row what it is, so that merging back knows; without what the row was before: only
    which columns changed. Nothing of it can be undone."""
    run = connection.execute
    run("CREATE TEMP TABLE merges (id INTEGER PRIMARY KEY)")
    run("INSERT INTO temp.merges SELECT id FROM src.operation WHERE title = ? AND kind = 'do'", (clocks.MERGE,))
    run(
        "INSERT OR IGNORE INTO temp.merges SELECT id FROM src.operation WHERE target_id IN (SELECT id FROM temp.merges)"
    )
    run(
        "INSERT INTO main.change (id, operation_id, table_name, row_id, row_guid, action, image) "
        f"SELECT c.id, c.operation_id, c.table_name, c.row_id, c.row_guid, c.action, {COLUMNS} FROM src.change c "
        "JOIN temp.gone_along g ON g.guid = c.row_guid WHERE c.operation_id NOT IN (SELECT id FROM temp.merges)"
    )
    # the last step goes along too: the clock goes on from it
    run(
        "INSERT INTO main.operation (id, guid, kind, title, params, coder_guid, at, clock) "
        "SELECT id, guid, 'start', title, '{}', coder_guid, at, clock FROM src.operation "
        "WHERE id IN (SELECT operation_id FROM main.change) OR id = (SELECT max(id) FROM src.operation)"
    )
    run("UPDATE main.operation SET title = 'New project' WHERE id NOT IN (SELECT operation_id FROM main.change)")
    columns = ", ".join(c.name for c in Base.metadata.tables["stamp"].columns)
    run(
        f"INSERT INTO main.stamp ({columns}) SELECT {columns} FROM src.stamp WHERE row_guid IN "
        "(SELECT guid FROM temp.gone_along UNION ALL SELECT 'text:' || guid FROM main.source) "
        "OR same_as IN (SELECT guid FROM temp.gone_along UNION ALL SELECT guid FROM main.coder)"
    )


def _known(connection: sqlite3.Connection) -> None:
    """Whoever the study knows, gone along or not, and what it masks: beside the file, for who takes names out of it."""
    run = connection.execute
    run("CREATE TEMP TABLE everybody (number INTEGER PRIMARY KEY, guid, code, name, initials, pseudonym)")
    run(
        "INSERT INTO temp.everybody (guid, code, name, initials, pseudonym) SELECT guid, code, name, initials, "
        "pseudonym FROM src.informant ORDER BY left_out, position, id"
    )
    run("CREATE TEMP TABLE masked AS SELECT original, replacement FROM src.mask_key")


def rebuild_index(connection: sqlite3.Connection) -> None:
    """The full-text index is left out of packages: it is made anew when one is opened."""
    connection.execute("INSERT INTO text_index (text_index) VALUES ('rebuild')")


def counted(connection: sqlite3.Connection) -> dict[str, int]:
    """How much the file holds."""
    tables = ("source", "informant", "segment", "finding", "judgement", "conclusion", "verdict", "comment", "proposal")
    return {name: int(rows(connection, f'SELECT count(*) FROM "{name}"')[0][0]) for name in tables}
