"""The plain rules as a module, and studies written the same way into a real project."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

HERE = Path(__file__).parent


def _load(name: str) -> None:
    """Make the module beside this one importable by its plain name."""
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)


_load("plain_rules")
_load("test_engine_against_plain_rules")
_load("test_order_and_names")
