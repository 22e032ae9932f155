"""The key that puts originals back: taken out of the project into a file, brought back, and the traces forgotten."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select, update

from coding.errors import CodingError, mark
from coding.privacy.elsewhere import CODES, mask_elsewhere, mask_history, mask_versions
from coding.privacy.known import known_in
from coding.privacy.masking import EDGES
from coding.project import Operation, Reader
from coding.store.backup import replace
from coding.store.engine import worded
from coding.store.models import FormerText, Informant, MaskKey, Original, ProjectRow, SavedView, Source, SourceText, now
from coding.text import normalise
from coding.views import save_view

SUFFIX = ".telaah-key"
TAKE_OUT_TITLE = mark("Take the key of personal data out of the project")
BRING_BACK_TITLE = mark("Bring back the key of personal data")
FORGET_TITLE = mark("Forget former texts")
FORGOTTEN = "privacy_forgotten"
"""The kind of saved view that says when former texts were forgotten last, and when the key was taken out."""
_KEY = "key"
_FORMAT = "telaah-key"
_NAMES = ("name", "honorific", "remark")


@dataclass(frozen=True, slots=True)
class KeyState:
    """What the project still holds: entries of the key, former texts, kept files; `out` is when (ISO, UTC) the key was
    taken out last, empty when it never was."""

    entries: int
    former: int
    originals: int
    out: str = ""


def key_state(reader: Reader) -> KeyState:
    """How much of the originals the project still holds, history aside; kept files are those of sources it has."""
    kept = Original.hash.in_(select(Source.file_hash))
    with reader.read() as session:
        entries, former = (len(session.scalars(select(table.id)).all()) for table in (MaskKey, FormerText))
        gone = select(SavedView.params).where(SavedView.kind == FORGOTTEN, SavedView.name == _KEY)
        out = json.loads(session.scalar(gone) or "{}").get("at", "")
        return KeyState(entries, former, len(session.scalars(select(Original.id).where(kept)).all()), out)


def key_entries(reader: Reader) -> list[tuple[str, str, str]]:
    """(replacement, original, kind) of the key."""
    with reader.read() as session:
        rows = session.scalars(select(MaskKey).order_by(MaskKey.kind, MaskKey.id)).all()
        return [(row.replacement, row.original, row.kind) for row in rows]


def take_out(op: Operation, path: Path, *, names: bool = True) -> int:
    """Write the key to `path`, then drop it from the project with all former texts, kept files and the images of the
    history; returns how many entries it had. With `names` the informants' names and remarks go along, and their names
    are replaced wherever `elsewhere` knows them, in what the history says of its steps, too. The step can't be undone;
    call `wipe` after it.

    Raises CodingError: "mask_none", "file_unwritable".
    """
    stand_ins = known_in(op.session).stand_ins() if names else {}
    if names:
        masked = mask_elsewhere(op, stand_ins, op.session.scalars(select(SourceText.body)).all())
        mask_history(op, masked)
    mask_versions(op, stand_ins)
    rows = op.session.scalars(select(MaskKey).order_by(MaskKey.id)).all()
    informants = [
        {"guid": row.guid, **{column: getattr(row, column) for column in _NAMES if getattr(row, column)}}
        for row in (op.session.scalars(select(Informant)).all() if names else ())
    ]
    codes = [{"guid": view.name, **json.loads(view.params)} for view in _kept(op, CODES)]
    if not rows and not any(len(informant) > 1 for informant in informants):
        raise CodingError("mask_none")
    project = op.session.scalars(select(ProjectRow)).one()
    document = {
        "format": _FORMAT, "version": 1, "project": project.guid, "title": project.title, "made": now(),
        "key": [{"replacement": r.replacement, "original": r.original, "kind": r.kind} for r in rows],
        "informants": [informant for informant in informants if len(informant) > 1], "codes": codes,
    }  # fmt: skip
    _write(path, document)
    op.session.execute(delete(MaskKey))
    op.session.execute(delete(SavedView).where(SavedView.kind == CODES))
    for view in _kept(op, EDGES):  # where passages began stays, what stood there does not
        view.params = json.dumps({**json.loads(view.params), "from": "", "to": ""})
    if names:
        op.session.execute(update(Informant).values(dict.fromkeys(_NAMES)))
    save_view(op, FORGOTTEN, _KEY, {"at": now()})
    forget(op)
    return len(rows)


def _kept(op: Operation, kind: str) -> Sequence[SavedView]:
    return op.session.scalars(select(SavedView).where(SavedView.kind == kind).order_by(SavedView.id)).all()


def forget(op: Operation) -> tuple[int, int]:
    """Forget former texts, kept files and what the history keeps to undo steps; returns how many texts and files. The
    step can't be undone, nor any before it; call `wipe` after it."""
    session = op.session
    texts = len(session.scalars(select(FormerText.id)).all())
    files = len(session.scalars(select(Original.id)).all())
    session.execute(delete(FormerText))
    session.execute(delete(Original))
    session.flush()
    connection = op.raw()
    connection.execute("DELETE FROM source_text WHERE id NOT IN (SELECT text_id FROM source)")
    connection.execute("INSERT INTO text_index (text_index) VALUES ('rebuild')")
    save_view(op, FORGOTTEN, "last", {"at": now()})  # a step that changes nothing would not be kept
    op.forgets = True
    return texts, files


def wipe(path: Path) -> None:
    """Write the project file anew, so that nothing deleted is left in it. No operation may be under way.

    Raises CodingError "project_locked", "disk_full".
    """
    with worded(path), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA busy_timeout = 5000")
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def bring_back(op: Operation, path: Path) -> int:
    """Take the key file into the project again; returns how many entries were new. Informants who have no name get
    theirs back.

    Raises CodingError: "file_missing", "key_not_a_key", "key_foreign", "mask_taken" when one of its replacements stands
    for something else by now.
    """
    document = _read(path)
    if document["project"] != op.session.scalars(select(ProjectRow.guid)).one():
        raise CodingError("key_foreign", file=path.name)
    known = {row.replacement: row.original for row in op.session.scalars(select(MaskKey))}
    count = 0
    for entry in document["key"]:
        replacement, original = normalise(entry["replacement"]), normalise(entry["original"])
        if known.setdefault(replacement, original) != original:
            raise CodingError("mask_taken", replacement=replacement)
        if not op.session.scalar(select(MaskKey.id).where(MaskKey.replacement == replacement)):
            op.session.add(MaskKey(replacement=replacement, original=original, kind=entry["kind"]))
            count += 1
    for kept in document.get("codes", ()):
        save_view(op, CODES, kept["guid"], {"was": normalise(kept["was"]), "now": normalise(kept["now"])})
    for kept in document["informants"]:
        row = op.session.scalar(select(Informant).where(Informant.guid == kept["guid"]))
        for column in _NAMES if row is not None else ():
            if getattr(row, column) is None and kept.get(column):
                setattr(row, column, normalise(kept[column]))
    op.session.flush()
    return count


def _write(path: Path, document: dict[str, Any]) -> None:
    temporary = path.with_name(path.name + ".part")
    try:
        temporary.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        replace(temporary, path)
        if _read(path) != document:
            raise CodingError("file_unwritable", file=str(path), reason="read back")
    except OSError as error:
        raise CodingError("file_unwritable", file=str(path), reason=error.strerror or type(error).__name__) from error


def _read(path: Path) -> dict[str, Any]:
    """The document of a key file, checked as far as it is used."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        fine = (
            document["format"] == _FORMAT and isinstance(document["project"], str)
            and all(isinstance(e[k], str) for e in document["key"] for k in ("replacement", "original", "kind"))
            and all(isinstance(value, str) for kept in document["informants"] for value in kept.values())
            and all("guid" in kept for kept in document["informants"])
            and all(isinstance(kept[k], str) for kept in document.get("codes", ()) for k in ("guid", "was", "now"))
        )  # fmt: skip
    except FileNotFoundError as error:
        raise CodingError("file_missing", file=str(path)) from error
    except OSError as error:
        raise CodingError("file_unreadable", file=str(path), reason=error.strerror or "?") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CodingError("key_not_a_key", file=path.name) from error
    if not fine:
        raise CodingError("key_not_a_key", file=path.name)
    return document  # type: ignore[no-any-return]
