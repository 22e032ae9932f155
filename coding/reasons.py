"""Why a file can't be read or written, in words of ours: what SQLite and the system say is English, and technical.

A reason is the English sentence that `CodingError` puts into the user's language; the message it stands for stays the
error's cause, which the window shows under “Details”.
"""

from __future__ import annotations

import json
import sqlite3

from coding.errors import mark

UNFIT = mark("its parts do not fit together")
UNREADABLE_PARTS = mark("parts of it can't be read")
NO_TABLE = mark("a part of it is missing")
NO_FORMAT = mark("it says no format")
BAD_STAMPS = mark("its record of changes can't be read")

_NAMED = (
    ("SQLITE_CORRUPT", UNREADABLE_PARTS),
    ("SQLITE_NOTADB", mark("what is in it is no project")),
    ("SQLITE_READONLY", mark("it may not be changed")),
    ("SQLITE_PERM", mark("it may not be changed")),
    ("SQLITE_CANTOPEN", mark("it can't be opened")),
    ("SQLITE_IOERR", mark("the disk, or the way to it, fails")),
    ("SQLITE_FULL", mark("the disk is full")),
    ("SQLITE_BUSY", mark("another program uses it")),
    ("SQLITE_LOCKED", mark("another program uses it")),
    ("SQLITE_TOOBIG", mark("a text in it is too long")),
    ("SQLITE_NOMEM", mark("there is not enough memory")),
    ("SQLITE_CONSTRAINT", UNFIT),
)
SYSTEM = (
    mark("Permission denied"),
    mark("Operation not permitted"),
    mark("No such file or directory"),
    mark("No such device or address"),
    mark("Is a directory"),
    mark("Not a directory"),
    mark("File exists"),
    mark("File name too long"),
    mark("No space left on device"),
    mark("Disk quota exceeded"),
    mark("Read-only file system"),
    mark("Input/output error"),
    mark("Device or resource busy"),
    mark("Invalid argument"),
    mark("Too many open files"),
)
"""What systems say most often (`OSError.strerror`)."""


def reason_of(error: BaseException) -> str:
    """What `error` means for the file it is about."""
    name = getattr(error, "sqlite_errorname", "") or ""
    for known, words in _NAMED:
        if name.startswith(known):
            return words
    if isinstance(error, json.JSONDecodeError):
        return UNREADABLE_PARTS
    if isinstance(error, LookupError):
        return UNFIT
    if isinstance(error, sqlite3.Error):
        return UNREADABLE_PARTS if isinstance(error, sqlite3.DatabaseError) and not name else UNFIT
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
