"""The place a report is written to: whether what stands there is ours, and whether somebody works on it."""

from __future__ import annotations

import hashlib
import shutil
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from coding.errors import CodingError
from coding.words import Words

if TYPE_CHECKING:
    from coding.reports.options import ReportOptions

State = Literal["free", "ours", "changed", "unknown"]


def digest_of(path: Path) -> str:
    """What tells the content of a file from every other (SHA-256). Raises CodingError("file_unreadable")."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise CodingError("file_unreadable", file=str(path), reason=error.strerror or str(error)) from error


def state_of(path: Path, digest: str) -> State:
    """What stands at `path`: nothing, what was written there with this `digest`, something else, or (with the digest
    "" of reports written before it was kept) nobody knows. Raises CodingError("file_unreadable")."""
    if not path.is_file():
        return "free"
    if not digest:
        return "unknown"
    return "ours" if digest_of(path) == digest else "changed"


def check_place(path: Path, options: ReportOptions) -> None:
    """Refuse to write a report over its template, or over a file that another program has open.

    Raises `CodingError`: `report_over_template`, `document_open`.
    """
    if not path.exists():
        return
    template = options.template.path if options.template is not None else None
    if template is not None and template.exists() and path.samefile(template):
        raise CodingError("report_over_template", file=str(path))
    check_not_open(path)


def check_not_open(path: Path) -> None:
    """Raise `CodingError("document_open")` when Word or LibreOffice says that it has the file open."""
    name = path.name
    owners = [f"~${name[cut:]}" for cut in (2, 1, 0)]
    for lock in (f".~lock.{name}#", *owners):
        if path.with_name(lock).exists():
            raise CodingError("document_open", file=str(path), lock=lock)


def free_place(path: Path) -> Path:
    """A path beside `path`, of the same name with a number, where there is nothing yet."""
    number = 2
    while (target := path.with_name(f"{path.stem} ({number}){path.suffix}")).exists():
        number += 1
    return target


def keep_copy(path: Path, words: Words) -> Path:
    """A copy of the file beside it, named by the day and time. Raises CodingError("file_unwritable")."""
    moment = datetime.now().astimezone().strftime("%Y-%m-%d %H.%M")
    target = path.with_name(f"{path.stem} - {words.t('before the update of')} {moment}{path.suffix}")
    if target.exists():
        target = free_place(target)
    try:
        shutil.copy2(path, target)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise CodingError("file_unwritable", file=str(target), reason=error.strerror or str(error)) from error
    return target
