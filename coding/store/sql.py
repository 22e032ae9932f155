"""Reading through the driver itself."""

from __future__ import annotations

import sqlite3
from typing import Any


def rows(connection: sqlite3.Connection, sql: str, *params: Any) -> list[Any]:
    """All rows at once. A cursor that is not read to its end keeps the file locked for as long as anything, a traceback
    for one, still holds it; so nothing reads lazily."""
    return connection.execute(sql, params).fetchall()
