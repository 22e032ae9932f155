"""One writer per project file: an operating-system lock on a small file beside it that also names its owner.

The system frees the lock when its owner dies, so on one computer a dead owner is taken over at once. A lock file left
by another computer (a shared or synchronised folder) is respected: nothing here can tell whether that one still runs.
A person can, and may take the project over.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import platform
from pathlib import Path
from typing import Any
from uuid import getnode

from coding.errors import CodingError


def lock_path(project: Path) -> Path:
    """Beside the file itself, so that it is the same by whatever link the project was reached."""
    real = project.resolve()
    return real.with_name(f".{real.name}.lock")


def locked(project: Path) -> CodingError:
    """What to say when another has the project; it names who, where that is known."""
    owner = _owner(lock_path(project))
    if _elsewhere(owner):
        return CodingError("project_locked_elsewhere", file=project.name, computer=str(owner.get("host", "?")))
    who = f"{owner.get('host', '?')}, {owner.get('process', '?')}" if owner else "?"
    return CodingError("project_locked", file=project.name, owner=who)


class ProjectLock:
    """Held from `acquire` to `release`."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._owner_file = lock_path(project)
        self._lock: Any = None

    def acquire(self, *, take_over: bool = False) -> None:
        """Hold the lock; with `take_over` also where a lock file says that another computer holds it.

        Raises CodingError: "project_locked" when another program of this computer holds it,
        "project_locked_elsewhere" when another computer does.
        """
        from filelock import FileLock, Timeout

        if not take_over and _elsewhere(_owner(self._owner_file)):
            raise locked(self._project)
        lock = FileLock(self._owner_file.with_name(self._owner_file.name + "-os"), timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise locked(self._project) from None
        except OSError as error:
            raise self._refused(error) from error
        self._lock = lock
        mine = {"host": platform.node(), "machine": getnode(), "process": os.getpid()}
        try:
            self._owner_file.write_text(json.dumps(mine), encoding="utf-8")
        except OSError as error:
            self.release()
            raise self._refused(error) from error

    def release(self) -> None:
        if self._lock is None:
            return
        lock, self._lock = self._lock, None
        os_file = Path(lock.lock_file)
        _remove(self._owner_file)
        if os.name == "nt":  # what is open can't be removed, and what another has just opened stays for that one
            lock.release(force=True)
            _remove(os_file)
        else:  # removed while still held: whoever opened it meanwhile finds it gone and makes a new one
            _remove(os_file)
            lock.release(force=True)

    def _refused(self, error: OSError) -> CodingError:
        if error.errno == errno.ENOSPC:
            return CodingError("disk_full", file=self._project.name)
        return CodingError("folder_unwritable", folder=str(self._project.parent))


def _remove(path: Path) -> None:
    # a lock file that stays behind is taken over by the next who opens the project
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _elsewhere(owner: dict[str, Any]) -> bool:
    """Whether the owner is another computer. One computer is known by its name or, since networks give laptops new
    names, by its network card."""
    return bool(owner) and owner.get("host") not in ("", platform.node()) and owner.get("machine") != getnode()


def _owner(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
