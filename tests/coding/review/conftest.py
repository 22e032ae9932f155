"""The machine that makes random histories, as a module."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

if "history_machine" not in sys.modules:
    _place = Path(__file__).resolve().parents[1] / "store" / "history_machine.py"
    _spec = importlib.util.spec_from_file_location("history_machine", _place)
    assert _spec is not None
    assert _spec.loader is not None
    sys.modules["history_machine"] = importlib.util.module_from_spec(_spec)
    _spec.loader.exec_module(sys.modules["history_machine"])
