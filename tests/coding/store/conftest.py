"""What the tests of the history share, as a module."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

_spec = importlib.util.spec_from_file_location("history_machine", Path(__file__).with_name("history_machine.py"))
assert _spec is not None
assert _spec.loader is not None
sys.modules["history_machine"] = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(sys.modules["history_machine"])
