"""Reading through the driver itself."""

from __future__ import annotations

import sqlite3
from typing import Any

UNDECODABLE = "Could not decode to UTF-8"
"""How the driver begins what it says of bytes that are no text."""


def rows(connection: sqlite3.Connection, sql: str, *params: Any) -> list[Any]:
    """All rows at once. A cursor that is not read to its end keeps the file locked for as long as anything, a traceback
    for one, still holds it; so nothing reads lazily."""
    try:
        return connection.execute(sql, params).fetchall()
    except UnicodeDecodeError as error:  # of a damaged file even the message about it may be no text
        raise sqlite3.DatabaseError(f"{UNDECODABLE}: {error}") from error
