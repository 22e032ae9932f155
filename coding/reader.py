"""Reading a study beside whoever writes it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from coding.store import engine as engines
from coding.store.models import Preference
from coding.store.sql import rows


class Reader:
    """Reads on a connection of its own, usable from one other thread; `interrupt` may be called from any.

    A commit has to wait until a read that has begun is over, so what takes long in Python is done after it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with engines.worded(path):
            self._reading = engines.connect(path, writable=False)
        self._read_engine: Engine = engines.engine_for(self._reading, writable=False)
        self._session: Session | None = None
        self.cache: dict[str, Any] = {}
        """What queries keep warm between two reads; each entry carries the stamp it was made at."""

    @contextlib.contextmanager
    def read(self) -> Iterator[Session]:
        """A session that can't write; everything read inside, also by a read within the read, belongs to one moment."""
        if self._session is not None:
            yield self._session
            return
        with engines.worded(self.path), Session(self._read_engine) as session:
            self._session = session
            try:
                yield session
            finally:
                self._session = None

    def preference(self, key: str) -> Any:
        """What `Project.prefer` kept under this key; None when there is nothing."""
        with self.read() as session:
            value = session.scalar(select(Preference.value).where(Preference.key == key))
        return json.loads(value) if value else None

    def data_version(self) -> int:
        """A number that changes whenever another connection has changed the file."""
        (row,) = rows(self._reading, "PRAGMA data_version")
        return int(row[0])

    def interrupt(self) -> None:
        """Stop the read under way; it raises OperationalError in its own thread."""
        self._reading.interrupt()

    def close(self) -> None:
        self._read_engine.dispose()
        self._reading.close()
