"""Putting a finished file in its place, so that a failure leaves the old one as it was."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path
from uuid import uuid4

from coding.errors import CodingError

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
# A virus scanner or an indexer on Windows holds a file for a moment after it was written.
_WINDOWS, _TRIES, _PAUSE = os.name == "nt", 6, 0.25


def save(path: Path, content: bytes) -> None:
    """Write `content` to `path` through a temporary file beside it.

    Raises `CodingError` (`folder_missing`, `disk_full`, `file_held`, `file_unwritable`); what was at `path` is then
    still there.
    """
    if not path.parent.is_dir():
        raise CodingError("folder_missing", folder=str(path.parent))
    try:
        _write_and_replace(path, content)
    except OSError as error:
        if error.errno in _FULL:
            raise CodingError("disk_full", file=str(path)) from error
        if _WINDOWS and isinstance(error, PermissionError) and path.is_file():
            # there a program that shows a file holds it
            raise CodingError("file_held", file=str(path), reason=error.strerror or str(error)) from error
        raise CodingError("file_unwritable", file=str(path), reason=error.strerror or str(error)) from error


def _write_and_replace(path: Path, content: bytes) -> None:
    target = Path(os.path.realpath(path))
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    beside = target.with_name(f".{target.stem[:40]}-{uuid4().hex[:12]}.tmp")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            beside.chmod(target.stat().st_mode & 0o777)
        _replace(beside, target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _replace(beside: Path, target: Path) -> None:
    for left in range(_TRIES - 1, -1, -1):
        try:
            beside.replace(target)
        except PermissionError:
            if not left or not _WINDOWS:
                raise
            time.sleep(_PAUSE)
        else:
            return
