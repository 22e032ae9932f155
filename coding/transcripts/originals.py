"""The files that sources were read from, kept in the project as they were."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coding.errors import CodingError, mark
from coding.project import Operation, Reader
from coding.store.models import Original, Source
from coding.text import normalise
from coding.words import Notice, Words

LARGEST = 32 * 2**20
"""Bytes of a file that is kept; a project is saved and backed up whole."""
TOO_LARGE = mark("the original file was not kept: it has {size} MB, and {limit} MB is the most")
CHANGED = mark("the original file was not kept: it has been changed since it was read")
GONE = mark("the original file was not kept: it can't be read any more ({reason})")


@dataclass(frozen=True, slots=True)
class OriginalFile:
    """A kept file: its name and its size in bytes."""

    name: str
    size: int


def shown_size(size: int, words: Words) -> str:
    """`size` in bytes as people read it: `340 KB`, `1.2 MB`."""
    if size < 1_000_000:
        return f"{words.number(-(-size // 1000))} KB"
    return f"{words.number(size / 1_000_000, 1)} MB"


def keep(op: Operation, path: Path, digest: str) -> Notice | None:
    """Keep the file at `path` whose SHA-256 is `digest`, once however many sources came from it. Returns why it could
    not be kept; None when it is."""
    if op.session.scalar(select(Original.id).where(Original.hash == digest)) is not None:
        return None
    try:
        size = path.stat().st_size
        if size > LARGEST:
            return Notice(TOO_LARGE, (("size", -(-size // 2**20)), ("limit", LARGEST // 2**20)))
        body = path.read_bytes()
    except OSError as error:  # it was read a moment ago: it was taken away since, as a memory stick is
        return Notice(GONE, (("reason", error.strerror or type(error).__name__),))
    if hashlib.sha256(body).hexdigest() != digest:
        return Notice(CHANGED)
    op.session.add(Original(hash=digest, name=normalise(path.name), body=body))
    op.session.flush()
    return None


def original_of(project: Reader, source: str) -> OriginalFile | None:
    """The kept file of the source with this guid; None when none was kept."""
    with project.read() as session:
        row = session.execute(
            select(Original.name, func.length(Original.body))
            .join(Source, Source.file_hash == Original.hash)
            .where(Source.guid == source)
        ).first()
    return None if row is None else OriginalFile(row[0], row[1])


def kept_size(project: Reader) -> int:
    """How many bytes of the project are kept files."""
    with project.read() as session:
        return session.scalar(select(func.coalesce(func.sum(func.length(Original.body)), 0))) or 0


def original_bytes(session: Session, digest: str) -> bytes | None:
    """The kept file with this SHA-256; None when there is none."""
    return session.scalar(select(Original.body).where(Original.hash == digest))


def save_original(project: Reader, source: str, path: Path) -> int:
    """Write the kept file of a source to `path`; returns its size in bytes.

    Raises CodingError: "original_missing" when none was kept, "original_damaged" when it is no longer what was kept,
    "file_unwritable".
    """
    with project.read() as session:
        row = session.execute(
            select(Original.hash, Original.body)
            .join(Source, Source.file_hash == Original.hash)
            .where(Source.guid == source)
        ).first()
    if row is None:
        raise CodingError("original_missing")
    if hashlib.sha256(row.body).hexdigest() != row.hash:
        raise CodingError("original_damaged")
    try:
        path.write_bytes(row.body)
    except OSError as error:
        raise CodingError("file_unwritable", file=str(path), reason=error.strerror or type(error).__name__) from error
    return len(row.body)


def drop_unused(op: Operation, *, undoable: bool = True) -> int:
    """Drop the kept files that no source has any more, and none will have by undo; returns how many.

    Without `undoable` also those of sources that undo could bring back: they come back without their files.
    """
    sql = "DELETE FROM original WHERE hash NOT IN (SELECT file_hash FROM source)"
    if undoable:
        sql += (
            " AND hash NOT IN (SELECT json_extract(image, '$.file_hash') FROM change WHERE table_name = 'source' "
            "AND image IS NOT NULL AND json_extract(image, '$.file_hash') IS NOT NULL)"
        )
    op.session.flush()
    return op.raw().execute(sql).rowcount
