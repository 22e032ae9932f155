"""One writer per project file: an operating-system lock on a small file beside it that also names its owner.

The system frees the lock when its owner dies, so on one computer a dead owner is taken over at once. A lock file left
by another computer (a shared or synchronised folder) is respected: nothing here can tell whether that one still runs.
"""

from __future__ import annotations

import json
import os
import platform
from pathlib import Path
from typing import Any

from coding.errors import CodingError


def lock_path(project: Path) -> Path:
    return project.with_name(f".{project.name}.lock")


class ProjectLock:
    """Held from `acquire` to `release`. Raises CodingError("project_locked") when another holds it."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._owner_file = lock_path(project)
        self._lock: Any = None

    def acquire(self) -> None:
        from filelock import FileLock, Timeout

        owner = _owner(self._owner_file)
        if owner and owner.get("host") not in ("", platform.node()):
            raise self._taken(owner)
        lock = FileLock(self._owner_file.with_name(self._owner_file.name + "-os"), timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise self._taken(_owner(self._owner_file)) from None
        except OSError as error:
            reason = error.strerror or str(error)
            raise CodingError("folder_unwritable", folder=str(self._project.parent), reason=reason) from error
        self._lock = lock
        mine = {"host": platform.node(), "process": os.getpid()}
        self._owner_file.write_text(json.dumps(mine), encoding="utf-8")

    def release(self) -> None:
        if self._lock is None:
            return
        self._owner_file.unlink(missing_ok=True)
        os_file = Path(self._lock.lock_file)
        self._lock.release(force=True)
        self._lock = None
        try:
            os_file.unlink(missing_ok=True)
        except PermissionError:
            return  # on Windows somebody else has just opened it to lock it, and will remove it

    def _taken(self, owner: dict[str, Any]) -> CodingError:
        who = f"{owner.get('host', '?')}, {owner.get('process', '?')}"
        return CodingError("project_locked", file=self._project.name, owner=who)


def _owner(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
