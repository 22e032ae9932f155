"""The plain rules as a module, and studies written the same way into a real project."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

_PLAIN = Path(__file__).with_name("plain_rules.py")
_spec = importlib.util.spec_from_file_location("plain_rules", _PLAIN)
assert _spec is not None
assert _spec.loader is not None
sys.modules["plain_rules"] = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(sys.modules["plain_rules"])
