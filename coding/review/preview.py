"""What a merge would do, in words: how much is new, what changed, what both changed and how each is settled."""

from __future__ import annotations

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy.orm import Session

from coding.errors import CodingError, mark
from coding.project import Operation, Project, Reader
from coding.review import clocks, settle
from coding.review.answers import Answers, is_answers, landed, read_answers
from coding.review.copies import Copy, Values, load
from coding.review.manifest import digest_of
from coding.review.merging import Choices, Merging, Outcome, Plan, alike
from coding.review.shown import said_more
from coding.review.tables import Spec, specs
from coding.store.models import Package
from coding.text import snippet
from coding.words import Words

Settled = Literal["ours", "theirs", "both"]
KINDS = {
    "source": mark("sources"), "informant": mark("informants"), "segment": mark("coded segments"),
    "memo": mark("memos"), "framework": mark("frameworks"), "code": mark("codes"), "topic": mark("topics"),
    "finding": mark("findings"), "judgement": mark("judgements"), "conclusion": mark("conclusions"),
    "recommendation": mark("recommendations"), "journal_entry": mark("pages of the research journal"),
    "verdict": mark("verdicts"), "comment": mark("comments"), "proposal": mark("proposals"),
    "settlement": mark("settlements"), "done_mark": mark("done marks"), "assignment": mark("assignments"),
    "attribute": mark("attributes"), "saved_view": mark("saved views"),
}  # fmt: skip
"""What a person counts; turns, headings and links come with these."""
_WIDTH = 90
_SHOWN = {
    "valence": mark("direction"), "code_id": mark("code"), "start": mark("from"), "end": mark("to"),
    "exemplar": mark("exemplar"), "text": mark("text"), "name": mark("name"), "reason": mark("reason"),
    "verdict": mark("verdict"), "state": mark("state"), "answer": mark("answer"), "label_id": mark("label"),
    "label_en": mark("label (English)"), "details": mark("description"), "code": mark("code"), "role": mark("role"),
    "group": mark("group"), "category": mark("category"), "age": mark("age"), "gender": mark("gender"),
    "place": mark("place"), "date": mark("date"), "method": mark("method"), "status": mark("status"),
    "reported": mark("reported speech"), "topic_id": mark("topic"), "left_out": mark("left out of analysis"),
    "kind": mark("kind"), "informant_id": mark("informant"), "label": mark("label"), "title": mark("title"),
    "closed": mark("closed"), "text_id": mark("text"),
}  # fmt: skip
_VALUES = {
    "supporting": mark("supporting"), "inhibiting": mark("inhibiting"), "neutral": mark("neutral"),
    "agreed": mark("agreed"), "question": mark("question"), "revise": mark("revise"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something both sides changed. `key` is what `Choices.settled` names it by; `both` only where words are joined."""

    key: str
    kind: str
    what: str
    ours: str
    theirs: str
    settled: Settled


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What a reviewer spoke of and what it is now (None: gone), where the two differ."""

    then: str
    now: str | None
    said: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do. `new` counts by table, the others say each in words; `erased` what stays out, or goes,
    because a person was erased in one of the copies."""

    name: str
    title: str
    new: dict[str, int]
    same: int
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    lost: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    coders: tuple[str, ...]
    namesakes: tuple[str, ...]
    meanwhile: tuple[Meanwhile, ...]
    erased: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to merge."""
        return not (self.new or self.changed or self.removed or self.kept or self.lost or self.conflicts or self.erased)


@dataclass(slots=True)
class Incoming:
    """A file that can be merged, opened: a project, a package, or answers to one."""

    name: str
    copy: Copy
    answers: Answers | None = None
    package: str = ""

    def landed(self, op: Operation | None, reader: Reader | None) -> Copy:
        """The copy as it is to be merged into this project. Raises CodingError("package_other")."""
        if self.answers is None:
            return self.copy
        with contextlib.ExitStack() as stack:
            session = op.session if op is not None else stack.enter_context(reader.read()) if reader else None
            assert session is not None
            connection = session.connection().connection.driver_connection
            assert isinstance(connection, sqlite3.Connection)
            return landed(self.answers, session, clocks.read(connection))


@contextlib.contextmanager
def incoming(path: Path, project: Reader) -> Iterator[Incoming]:
    """Open whatever can be merged into the project, by what it holds. Raises CodingError when it can't be."""
    with project.read() as session:
        guid = _guid(session)
    with incoming_at(path, project.path, guid) as found:
        yield found


def _guid(session: Session) -> str:
    return str(session.connection().exec_driver_sql("SELECT guid FROM project").fetchall()[0][0])


@contextlib.contextmanager
def incoming_at(path: Path, here: Path, project: str) -> Iterator[Incoming]:
    """The same for the project in the file `here` with the guid `project`."""
    from coding.review import packages

    if path.is_file() and path.resolve() == here.resolve():
        raise CodingError("merge_itself", file=path.name)
    if is_answers(path):
        yield _checked(path, read_answers(path), project)
    elif packages.is_package(path):
        summary = packages.read_package(path)
        if summary.kind == "answers":
            yield _checked(path, read_answers(path), project)
            return
        if summary.anonymised:
            # its words stand for others, but go by the same versions: they would pass for what was written
            raise CodingError("package_anonymised", file=path.name)
        with packages.inside(path) as (connection, _):
            yield Incoming(path.name, _same_project(path, load(connection), project), None, summary.hash)
    else:
        with contextlib.ExitStack() as stack:
            try:
                copy = stack.enter_context(settle.other_copy(path))
            except CodingError as error:
                if error.code != "not_a_project":
                    raise
                raise CodingError("merge_not", file=path.name) from error
            yield Incoming(path.name, copy)


def _checked(path: Path, answers: Answers, project: str) -> Incoming:
    return Incoming(path.name, _same_project(path, answers.copy, project), answers, answers.package)


def _same_project(path: Path, copy: Copy, project: str) -> Copy:
    """A package goes back to the project it came from, or to a copy of that."""
    if project != copy.guid:
        raise CodingError("package_other", file=path.name, project=copy.title)
    return copy


def preview(reader: Reader, found: Incoming, words: Words, choices: Choices | None = None) -> Preview:
    """What merging would do, in the words of a language; nothing is changed."""
    choices = choices or Choices()
    with reader.read() as session:
        connection = session.connection().connection.driver_connection
        assert isinstance(connection, sqlite3.Connection)
        ours, theirs = load(connection), found.landed(None, reader)
        moment = (1 + max(ours.knowledge.clock, theirs.knowledge.clock), "", "")
        work = Merging(ours, theirs, choices, moment)
        return _Writer(work, work.plan(), words, choices).preview(found)


def merge(project: Project, found: Incoming, choices: Choices | None = None) -> Plan:
    """Merge, in one step that undo takes back. Raises CodingError."""
    with project.operation(clocks.MERGE, of_others=True, name=found.name) as op:
        return merge_in(op, found, choices)


def merge_in(op: Operation, found: Incoming, choices: Choices | None = None) -> Plan:
    """The same inside a step with the title `clocks.MERGE` that is open already."""
    plan = settle.merge_into(op, found.landed(op, None), choices)
    if found.package and not op.session.query(Package).filter_by(hash=found.package, kind="received").first():
        op.session.add(Package(kind="received", name=found.name, hash=found.package, coder_id=op.coder_id))
        op.session.flush()
    return plan


def merge_file(op: Operation, path: Path, here: Path, choices: Choices | None = None, digest: str = "") -> Plan:
    """Merge the file into the project in the file `here`, inside a step with the title `clocks.MERGE`.

    Raises CodingError, "package_changed" when the file is no longer the one with this digest, which was looked at.
    """
    if digest and digest != digest_at(path):
        raise CodingError("package_changed", file=path.name, part=path.name)
    with incoming_at(path, here, _guid(op.session)) as found:
        return merge_in(op, found, choices)


def digest_at(path: Path) -> str:
    """What names the content of the file. Raises CodingError when it can't be read."""
    try:
        with path.open("rb") as file:
            return digest_of(file)
    except OSError as error:
        raise CodingError("file_unreadable", file=str(path), reason=error.strerror or str(error)) from error


class _Writer:
    """Puts a plan into words."""

    def __init__(self, work: Merging, plan: Plan, words: Words, choices: Choices) -> None:
        self.work, self.plan, self.words, self.choices = work, plan, words, choices

    def preview(self, found: Incoming) -> Preview:
        by_kind: dict[str, list[Outcome]] = {}
        for outcome in self.plan.rows.values():
            by_kind.setdefault(outcome.kind, []).append(outcome)
        new = Counter(o.table for o in by_kind.get("new", ()) if o.table in KINDS and o.values is not None)
        conflicts = [self._conflict(o) for o in by_kind.get("conflict", ())]
        conflicts += [self._text_conflict(s, *hashes) for s, hashes in self.plan.text_conflicts.items()]
        texts = [self.words.t("text of the source “{source}”", source=self._source(s))
                 for s in self.plan.texts if s not in self.plan.text_conflicts]  # fmt: skip
        return Preview(
            name=found.name,
            title=self.work.theirs.title,
            new={table: new[table] for table in KINDS if new[table]},
            same=self.plan.same,
            changed=(*texts, *self._lines(by_kind, "changed")),
            removed=self._lines(by_kind, "removed"),
            kept=self._lines(by_kind, "kept"),
            lost=self._lines(by_kind, "lost"),
            conflicts=tuple(conflicts),
            coders=tuple(person.name for person in self.plan.identity.newcomers),
            namesakes=tuple(self.plan.identity.namesakes),
            meanwhile=tuple(self._meanwhile()) if found.answers is not None else (),
            erased=self._erased(),
        )

    def _erased(self) -> tuple[str, ...]:
        """What is left out, counted: to quote it would bring it back."""
        found, t = self.plan.erased, self.words.t
        lines = [t("text of the source “{source}”", source=self._source(guid)) for guid in found.sources]
        lines += [
            t("{kind}: {number}", kind=t(KINDS[table]), number=self.words.number(found.left_out[table]))
            for table in KINDS
            if found.left_out[table]
        ]
        if found.new:
            lines.append(t("the history and the backups of this copy hold the words of the person until they are "
                           "erased here, too"))  # fmt: skip
        return tuple(lines)

    def _lines(self, by_kind: dict[str, list[Outcome]], kind: str) -> tuple[str, ...]:
        return tuple(self._what(o) for o in by_kind.get(kind, ()) if o.table in KINDS)

    def _conflict(self, outcome: Outcome) -> Conflict:
        spec = specs()[outcome.table]
        settled: Settled = "both"
        if chosen := self.choices.settled.get(outcome.guid):
            settled = chosen
        elif _same(spec, outcome.values, outcome.ours, outcome.both):
            settled = "ours"
        elif _same(spec, outcome.values, outcome.theirs, outcome.both):
            settled = "theirs"
        return Conflict(
            outcome.guid, outcome.table, self._what(outcome),
            self._state(spec, outcome.ours, outcome.theirs, outcome.both),
            self._state(spec, outcome.theirs, outcome.ours, outcome.both), settled,
        )  # fmt: skip

    def _text_conflict(self, source: str, ours: str, theirs: str) -> Conflict:
        key = clocks.text_of(source)
        mine, other = self.work.places.body(ours) or "", self.work.places.body(theirs) or ""
        settled: Settled = "ours" if self.work.final_text(source) == ours else "theirs"
        at = next((n for n, (a, b) in enumerate(zip(mine, other, strict=False)) if a != b), 0)
        near = max(0, at - 20)
        what = self.words.t("text of the source “{source}”", source=self._source(source))
        return Conflict(key, "text", what, _short(mine[near:]), _short(other[near:]), settled)

    def _source(self, guid: str) -> str:
        return str((self.work.values_here(specs()["source"], guid) or {}).get("name", "?"))

    def _what(self, outcome: Outcome) -> str:
        values = outcome.ours or outcome.theirs or outcome.values or {}
        label = self.words.t(KINDS.get(outcome.table, outcome.table))
        return f"{label}: {self._name(outcome.table, values)}"

    def _name(self, table: str, values: Values) -> str:
        if table == "segment":
            code = self.work.values_here(specs()["code"], values["code_id"]) or {}
            quotation = _short(self.work.places.quotation(values))
            return f"“{quotation}” · {self._label(code)} · {self._source(values['source_id'])}"
        if table == "memo" and values["target_table"] in specs():
            target = self.work.values_here(specs()[values["target_table"]], values["target_guid"])
            return self._name(values["target_table"], target) if target else _short(values["text"])
        if table in ("done_mark", "assignment"):
            return self._source(values["source_id"])
        if table == "code":
            return self._label(values)
        for column in ("name", "code", "label", "label_id", "title", "about", "text", "reason", "kind"):
            if values.get(column):
                return _short(str(values[column]))
        return table

    def _label(self, code: Values) -> str:
        first, second = ("label_id", "label_en") if self.words.language == "id" else ("label_en", "label_id")
        return str(code.get(first) or code.get(second) or code.get("path", "?"))

    def _state(self, spec: Spec, values: Values | None, other: Values | None, both: Collection[str]) -> str:
        """What this side says where the other says something else, of what both changed."""
        if values is None:
            return self.words.t("removed")
        if other is None:
            return _short(str(values.get("text") or self._name(spec.name, values)))
        parts = []
        for column in spec.columns:
            if column not in _SHOWN or values[column] == other[column] or (both and column not in both):
                continue
            if column in spec.positions and values.get("@") != other.get("@"):
                continue
            if column in spec.details:
                said = _short("; ".join(said_more(values["path"], values[column], other[column])) or "–")
            else:
                said = self._value(spec, column, values[column])
            parts.append(f"{self.words.t(_SHOWN[column])}: {said}")
        return "; ".join(parts) or self.words.t("changed")

    def _value(self, spec: Spec, column: str, value: object) -> str:
        if value is None or value == "":
            return "–"
        if column in spec.refs and spec.refs[column] in specs():
            target = specs()[spec.refs[column]]
            row = self.work.values_here(target, str(value))
            return self._name(target.name, row) if row else "–"
        return self.words.t(_VALUES[str(value)]) if str(value) in _VALUES else _short(str(value))

    def _meanwhile(self) -> Iterator[Meanwhile]:
        """What answers speak of that is gone or another thing by now."""
        from coding.review.rows import TARGET_KINDS

        seen: set[str] = set()
        for (table, _), outcome in self.plan.rows.items():
            values = outcome.values
            if values is None or table not in ("verdict", "comment"):
                continue
            kind, target = values["target_table"], values["target_guid"]
            if kind not in TARGET_KINDS or target in seen:
                continue
            about = next((o.values["about"] for (t, _), o in self.plan.rows.items()
                          if t == "comment" and o.values and o.values["target_guid"] == target), "")  # fmt: skip
            row = self.work.values_here(specs()[kind], target)
            said = str(values.get("text") or self.words.t(_VALUES.get(str(values.get("verdict")), "looked at")))
            if row is None:
                seen.add(target)
                yield Meanwhile(about or "?", None, _short(said))
            elif table == "verdict" and values["basis"] != self._basis(kind, row):
                seen.add(target)
                yield Meanwhile(about or "…", self._name(kind, row), _short(said))

    def _basis(self, kind: str, row: Values) -> str:
        from coding.review.targets import basis_of, segment_basis

        if kind == "segment":
            return segment_basis(row["code_id"], row["valence"], self.work.places.quotation(row))
        return basis_of(row["status"], row["reason"]) if kind == "judgement" else basis_of(row["text"])


def _same(spec: Spec, one: Values | None, other: Values | None, both: Collection[str]) -> bool:
    if one is None or other is None:
        return one is other
    if both:
        other = {**one, **{column: other[column] for column in both}}
    return alike(spec, one, other)


def _short(text: str) -> str:
    return snippet(text, 0, len(text), _WIDTH)
