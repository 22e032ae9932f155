"""The machine that makes random histories, as a module; and commits that do not wait for the disk."""

from __future__ import annotations

import importlib.util
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

from coding.store import engine

if "history_machine" not in sys.modules:
    _place = Path(__file__).resolve().parents[1] / "store" / "history_machine.py"
    _spec = importlib.util.spec_from_file_location("history_machine", _place)
    assert _spec is not None
    assert _spec.loader is not None
    sys.modules["history_machine"] = importlib.util.module_from_spec(_spec)
    _spec.loader.exec_module(sys.modules["history_machine"])


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told here is not told by a computer that loses power: hundreds of commits need not wait for the disk."""
    connect = engine.connect

    def quickly(*words: Any, **more: Any) -> sqlite3.Connection:
        connection = connect(*words, **more)
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    monkeypatch.setattr(engine, "connect", quickly)
