"""What a reviewer sends back: verdicts, comments and proposals, and which were taken back, as one small JSON document,
bare or in a package.

The page for a supervisor without the program writes the same document. It is read as strictly as a stranger's file, and
then merged like any other copy that knows a few rows: by guid, so that twice changes nothing.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coding.errors import CodingError
from coding.project import Project, Reader
from coding.review import clocks, manifest
from coding.review.clocks import Knowledge, Version
from coding.review.copies import Copy, Person, Values, load
from coding.review.packages import SUFFIX, PackageSummary, put, read_package
from coding.review.rows import TARGET_KINDS, Target
from coding.review.tables import specs
from coding.review.targets import describe
from coding.store.models import Package, Segment, Source, SourceText, now
from coding.store.sql import rows
from coding.text import normalise

FORMAT = 1
BARE_SUFFIX = ".telaah-answers.json"
LARGEST = manifest.LARGEST_PART[manifest.ANSWERS]
TABLES = ("verdict", "comment", "proposal")
_LONGEST = 200_000
_MOST_ROWS = 200_000
_CHOICES = {
    ("verdict", "verdict"): ("agreed", "question", "revise", None),
    ("proposal", "kind"): ("code", "valence", "span", "remove"),
    ("proposal", "state"): ("open", "accepted", "declined"),
    ("proposal", "valence"): ("supporting", "inhibiting", "neutral", None),
    ("comment", "closed"): (0, 1),
}


@dataclass(slots=True)
class Answers:
    """Answers that were read: what they are merged from, and what each was about."""

    copy: Copy
    package: str
    about: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By the guid of the row: `of`, the version of the thing then, and `quotation`, the words of a proposed passage."""


# writing


def write_answers(project: Reader, path: Path, *, coder: str = "", language: str = "id") -> PackageSummary:
    """Write what was said in a package's working copy since it was opened; `coder` says who sends it, without it the
    one who works in the project.

    Raises CodingError as `write_package`, and "package_no_answers" when nothing was said.
    """
    if path.suffix != SUFFIX:
        raise CodingError("package_suffix", file=path.name)
    if isinstance(project, Project):
        coder, language = coder or project.coder, project.language
    document = collect(project)
    if not document["rows"] and not document["removed"]:
        raise CodingError("package_no_answers")
    with tempfile.TemporaryDirectory(prefix="telaah-", ignore_cleanup_errors=True) as folder:
        body = Path(folder) / manifest.ANSWERS
        body.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8", newline="\n")
        counts = {table: sum(row["table"] == table for row in document["rows"]) for table in TABLES}
        counts["removed"] = len(document["removed"])
        about = {
            "kind": "answers",
            "project": {**document["project"], "language": language},
            "coder": {"name": coder},
            "made_at": now(),
            "counts": counts,
        }
        put(path, about, manifest.ANSWERS, body)
    return read_package(path)


def collect(project: Reader) -> dict[str, Any]:
    """The answers as a document: every verdict, comment and proposal changed or taken back since the package was
    opened."""
    with project.read() as session:
        connection = session.connection().connection.driver_connection
        assert isinstance(connection, sqlite3.Connection)
        copy = load(connection)
        said = {g for (g,) in rows(
            connection, "SELECT DISTINCT c.row_guid FROM change c JOIN operation o ON o.id = c.operation_id "
            "WHERE o.kind <> 'start' AND c.table_name IN ('verdict', 'comment', 'proposal')")}  # fmt: skip
        package = session.scalar(select(Package.hash).where(Package.kind == "received").order_by(Package.id)) or ""
        found = [_row(session, copy, table, guid) for table in TABLES for guid in copy.tables[table] if guid in said]
        removed = [
            {"table": table, "guid": guid, "known": sorted(copy.knowledge.known(guid))}
            for guid, table in copy.knowledge.removed.items() if guid in said and table in TABLES
        ]  # fmt: skip
    people = {row["values"]["coder_id"] for row in found}
    return {
        "telaah-answers": FORMAT,
        "project": {"guid": copy.guid, "title": copy.title},
        "package": package,
        "people": [
            {"guid": p.guid, "name": p.name, "role": p.role, "initials": p.initials, "color": p.color}
            for p in copy.people.values() if p.guid in people
        ],
        "rows": found,
        "removed": removed,
    }  # fmt: skip


def _row(session: Session, copy: Copy, table: str, guid: str) -> dict[str, Any]:
    values = copy.values(specs()[table], guid)
    assert values is not None
    row: dict[str, Any] = {"table": table, "guid": guid, "known": sorted(copy.knowledge.known(guid)), "values": values}
    target = values["segment_guid"] if table == "proposal" else values["target_guid"]
    if table == "verdict" and values["target_table"] in TARGET_KINDS:
        if _basis(session, Target(values["target_table"], target)) == values["basis"]:
            row["of"] = clocks.latest(copy.knowledge.known(target))
    elif table == "proposal" and values["kind"] == "span" and values["text_hash"]:
        row["quotation"] = (copy.body(values["text_hash"]) or "")[values["start"] : values["end"]]
    return row


def _basis(session: Session, target: Target) -> str | None:
    try:
        return describe(session, target)[0]
    except CodingError:
        return None


# reading


def read_answers(path: Path) -> Answers:
    """The answers in a package or a bare document. Raises CodingError when they can't be read."""
    if path.is_file() and path.read_bytes()[:2] == b"PK":
        with manifest.opened(path) as (package, found), tempfile.TemporaryDirectory(prefix="telaah-") as folder:
            part = Path(folder) / "part"
            manifest.extract(package, found, path, part)
            return _read(part, path)
    return _read(path, path)


def is_answers(path: Path) -> bool:
    """Whether the file begins as a bare document of answers does."""
    try:
        with path.open("rb") as file:
            return b'"telaah-answers"' in file.read(400)
    except OSError:
        return False


def _read(body: Path, path: Path) -> Answers:
    try:
        if body.stat().st_size > LARGEST:
            raise CodingError("package_too_large", file=path.name, size="> 64 MB", limit="64 MB")
        document = json.loads(body.read_text(encoding="utf-8-sig"))
        if not isinstance(document, dict) or document.get("telaah-answers") != FORMAT:
            newer = isinstance(document, dict) and isinstance(document.get("telaah-answers"), int)
            raise CodingError("package_newer" if newer else "answers_not", file=path.name)
        return _answers(document)
    except FileNotFoundError as error:
        raise CodingError("file_missing", file=str(path)) from error
    except OSError as error:
        raise CodingError("file_unreadable", file=str(path), reason=error.strerror or str(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CodingError("answers_not", file=path.name) from error


def _answers(document: dict[str, Any]) -> Answers:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.execute("CREATE TABLE source_text (hash TEXT, body TEXT)")
    connection.execute("CREATE TABLE original (hash TEXT, name TEXT, body BLOB)")
    people = {str(p["guid"]): _person(p) for p in document["people"]}
    copy = Copy(
        connection=connection, guid=_text(document["project"]["guid"]), title=_text(document["project"]["title"]),
        knowledge=Knowledge(), tables={name: {} for name in specs()}, people=people,
    )  # fmt: skip
    found = Answers(copy, _text(document.get("package", "")))
    removed = document.get("removed", [])
    if len(document["rows"]) + len(removed) > _MOST_ROWS:
        raise ValueError("too many rows")
    for row in removed:
        if row["table"] not in TABLES:
            raise ValueError(row["table"])
        copy.knowledge.removed[_guid(row["guid"])] = row["table"]
        _know(copy, row)
    for row in document["rows"]:
        table, guid, values = row["table"], _guid(row["guid"]), row["values"]
        if table not in TABLES or values["coder_id"] not in people:
            raise ValueError(table)
        copy.tables[table][guid] = tuple(_value(table, c, values[c]) for c in specs()[table].columns)
        _know(copy, row)
        found.about[guid] = {
            "of": _version(row["of"]) if row.get("of") else None,
            "quotation": _text(row.get("quotation") or ""),
        }
    return found


def _know(copy: Copy, row: dict[str, Any]) -> None:
    """Take note of the versions of a row."""
    known = frozenset(_version(version) for version in row["known"])
    if not known:
        raise ValueError("no version")
    copy.knowledge.steps[_guid(row["guid"])] = known
    copy.knowledge.clock = max(copy.knowledge.clock, *(version[0] for version in known))


def _person(values: dict[str, Any]) -> Person:
    name = " ".join(normalise(_text(values["name"])).split())
    role = values.get("role", "supervisor")
    if not name or len(name) > 200 or role not in ("researcher", "supervisor"):
        raise ValueError("no name")
    color = values.get("color", 0)
    return Person(_guid(values["guid"]), name, role, _text(values.get("initials", ""))[:8], int(color) % 1000)


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise ValueError("no text")
    return normalise(value)


def _guid(value: Any) -> str:
    if not isinstance(value, str) or not 8 <= len(value) <= 64:
        raise ValueError("no guid")
    return value


def _version(value: Any) -> Version:
    clock, coder, step = value
    if not isinstance(clock, int) or isinstance(clock, bool) or not 0 <= clock < clocks.LATEST:
        raise ValueError("no logical time")
    return clock, _guid(coder), _guid(step)


_OPTIONAL = frozenset({"verdict", "reply_to", "code_guid", "valence", "start", "end", "text_hash", "answered_by"})
_NUMBERS = frozenset({"closed", "start", "end"})


def _value(table: str, column: str, value: Any) -> Any:
    if (table, column) in _CHOICES and value not in _CHOICES[table, column]:
        raise ValueError(column)
    if value is None and column in _OPTIONAL:
        return None
    if column in _NUMBERS:
        if not isinstance(value, int) or not 0 <= int(value) < clocks.LATEST:
            raise ValueError(column)
        return int(value)
    return _text(value)


# landing


def landed(answers: Answers, session: Session, knowledge: Knowledge) -> Copy:
    """The answers as they are in this project: a verdict on what is the same now as then is one on what it is called
    here, and a proposed passage is looked for by its words where the text it was in is not known."""
    copy = answers.copy
    for guid in copy.tables["verdict"]:
        values = copy.values(specs()["verdict"], guid) or {}
        of = answers.about[guid]["of"]
        as_it_was = of is not None and of == clocks.latest(knowledge.known(values["target_guid"]))
        if as_it_was and values["target_table"] in TARGET_KINDS:
            basis = _basis(session, Target(values["target_table"], values["target_guid"]))
            _set(copy, "verdict", guid, {**values, "basis": basis or values["basis"]})
    for guid in copy.tables["proposal"]:
        values = copy.values(specs()["proposal"], guid) or {}
        if values["kind"] == "span" and values["text_hash"]:
            _set(copy, "proposal", guid, _found_again(session, values, answers.about[guid]["quotation"]))
    return copy


def _set(copy: Copy, table: str, guid: str, values: Values) -> None:
    copy.tables[table][guid] = tuple(values[column] for column in specs()[table].columns)


def _found_again(session: Session, values: Values, quotation: str) -> Values:
    if session.scalar(select(SourceText.id).where(SourceText.hash == values["text_hash"])) is not None:
        return values
    text = session.execute(
        select(SourceText.body, SourceText.hash)
        .join(Source, Source.text_id == SourceText.id)
        .join(Segment, Segment.source_id == Source.id)
        .where(Segment.guid == values["segment_guid"])
    ).one_or_none()
    if text is None or not quotation or text.body.count(quotation) != 1:
        return values
    start = text.body.index(quotation)
    return {**values, "start": start, "end": start + len(quotation), "text_hash": text.hash}
