"""Merging for the window and the command line: look first, then do it in one step that undo takes back."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from coding.errors import CodingError
from coding.project import Operation, Project, Reader
from coding.reasons import reason_of
from coding.review import applying, clocks
from coding.review.copies import Copy, load
from coding.review.merging import Choices, Plan, plan_of
from coding.store.sql import rows


def look(reader: Reader, theirs: Copy, choices: Choices | None = None) -> Plan:
    """What merging `theirs` into the project would do; nothing is changed."""
    with reader.read() as session:
        connection = session.connection().connection.driver_connection
        assert isinstance(connection, sqlite3.Connection)
        ours = load(connection)
        moment = (1 + max(ours.knowledge.clock, theirs.knowledge.clock), "", "")
        return plan_of(ours, theirs, choices or Choices(), moment)


def merge_into(op: Operation, theirs: Copy, choices: Choices | None = None) -> Plan:
    """Merge `theirs` into the project, inside a step with the title `clocks.MERGE`; returns what was done.

    Raises CodingError("merge_unfit") when a row from there does not fit, which no copy made by the program has.
    """
    connection = op.raw()
    ours = load(connection)
    ((number, guid, coder),) = rows(
        connection,
        "SELECT o.id, o.guid, c.guid FROM operation o, coder c WHERE o.id = "
        "(SELECT id FROM temp.current_operation) AND c.id = ?",
        op.coder_id,
    )
    clock = 1 + max(ours.knowledge.clock, theirs.knowledge.clock)
    connection.execute("UPDATE operation SET clock = ? WHERE id = ?", (clock, number))
    plan = plan_of(ours, theirs, choices or Choices(), (clock, coder, guid))
    try:
        applying.apply(connection, plan, ours, theirs)
    except (sqlite3.IntegrityError, LookupError) as error:
        raise CodingError("merge_unfit", reason=reason_of(error)) from error
    return plan


def merge(project: Project, theirs: Copy, name: str, choices: Choices | None = None) -> Plan:
    """`merge_into` in a step of its own; `name` says what was merged."""
    with project.operation(clocks.MERGE, of_others=True, name=name) as op:
        return merge_into(op, theirs, choices)


@contextlib.contextmanager
def other_copy(path: Path) -> Iterator[Copy]:
    """The project file at `path` as a merge sees it, brought up to date in a copy of its own; the file is not touched.

    Raises CodingError when it is no sound project.
    """
    from coding.review.openings import working_copy

    with working_copy(path) as (connection, _):
        yield load(connection)
