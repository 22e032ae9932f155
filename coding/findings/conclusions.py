"""The study's answer in ordered sentences, each linked to the findings it rests on, and what is wrong with them.

Writing is inside `project.operation(...)`; sentences are named by guid.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import func, select

from coding.errors import CodingError
from coding.findings.lines import Direction, FindingLine, finding_lines
from coding.findings.sides import VIEW as FACTORS
from coding.project import Operation, Reader
from coding.store.models import Conclusion, ConclusionFinding, Finding, now
from coding.text import normalise

Trouble = Literal["one_sided", "opposed"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the conclusion. `number` counts from 1; `findings` are the guids of those it rests on."""

    guid: str
    number: int
    text: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A sentence (by guid) against the verdict on a row, or against another sentence, on the code of `line`.

    `said` is what the findings of the sentence say of that code; `against` what the row says as a whole, or what the
    `other` sentence (its number) says.
    """

    trouble: Trouble
    sentence: str
    line: FindingLine
    said: Direction
    against: Direction
    other: int | None = None


@dataclass(frozen=True, slots=True)
class Conclusions:
    """The sentences in order, every finding of the study, and what is to be looked at again: sentences that rest on
    nothing, sentences that rest on a finding whose evidence changed, contradictions, findings no sentence uses."""

    sentences: tuple[Sentence, ...]
    findings: tuple[FindingLine, ...]
    without_evidence: tuple[Sentence, ...]
    outdated: tuple[Sentence, ...]
    contradictions: tuple[Contradiction, ...]
    unused: tuple[FindingLine, ...]

    def sentence(self, guid: str) -> Sentence | None:
        return next((one for one in self.sentences if one.guid == guid), None)

    def finding(self, guid: str) -> FindingLine | None:
        return next((one for one in self.findings if one.guid == guid), None)


def conclusions(project: Reader) -> Conclusions:
    """The conclusion as it stands, with everything that is checked in it."""
    sentences, lines = _sentences(project), finding_lines(project)
    by_guid = {line.guid: line for line in lines}
    used = {guid for sentence in sentences for guid in sentence.findings}
    return Conclusions(
        sentences=tuple(sentences),
        findings=tuple(lines),
        without_evidence=tuple(one for one in sentences if not _evidence(one, by_guid)),
        outdated=tuple(one for one in sentences if any(line.stale for line in _evidence(one, by_guid))),
        contradictions=tuple(contradictions(sentences, by_guid)),
        unused=tuple(line for line in lines if line.guid not in used),
    )


def _evidence(sentence: Sentence, lines: Mapping[str, FindingLine]) -> list[FindingLine]:
    """The findings of a sentence that have a passage behind them; a finding without any is no evidence."""
    return [lines[guid] for guid in sentence.findings if guid in lines and lines[guid].segments]


def contradictions(sentences: Iterable[Sentence], lines: Mapping[str, FindingLine]) -> list[Contradiction]:
    """Where a sentence says of a code something else than the row says, or than another sentence.

    A sentence has no direction of its own: it says of a code what the findings on that code say that it rests on, each
    by the direction of the cell or row it was written on. What is compared:

    - `one_sided`: all findings of the sentence on a code point one way, while the row of that code as a whole points
      the other way or both ways. A finding on the whole row speaks for the row and so is never one-sided.
    - `opposed`: one sentence rests on findings of a code that point only one way, another on findings that point only
      the other way; said of both. A factor may well do both: its two sides are not held against each other.

    Where the analyst judged the row convergent or covered, with a reason, its cells are not held against a sentence.
    """
    found: list[Contradiction] = []
    said: dict[str, list[tuple[Sentence, FindingLine, Direction]]] = {}
    for sentence in sentences:
        by_code: dict[str, list[FindingLine]] = {}
        for guid in sentence.findings:
            if guid in lines:
                by_code.setdefault(lines[guid].code_guid, []).append(lines[guid])
        for code, those in by_code.items():
            those = [line for line in those if line.view != FACTORS]
            says = together(line.says for line in those)
            if says not in ("supporting", "inhibiting"):
                continue
            said.setdefault(code, []).append((sentence, those[0], says))
            for line in those:
                settled = line.judged and line.status in ("convergent", "covered")
                if line.row_says not in (says, "none") and not settled:
                    found.append(Contradiction("one_sided", sentence.guid, line, says, line.row_says))
                    break
    for those_said in said.values():
        for sentence, line, says in those_said:
            other = next((s for s, _, way in those_said if way != says), None)
            if other is not None:
                way: Direction = "inhibiting" if says == "supporting" else "supporting"
                found.append(Contradiction("opposed", sentence.guid, line, says, way, other.number))
    places = {sentence.guid: sentence.number for sentence in sentences}
    return sorted(found, key=lambda one: places[one.sentence])


def together(directions: Iterable[Direction]) -> Direction:
    """One direction of several: theirs when those that have one agree, else `mixed`."""
    known = set(directions) - {"none"}
    return "none" if not known else known.pop() if len(known) == 1 else "mixed"


def _sentences(project: Reader) -> list[Sentence]:
    with project.read() as session:
        links: dict[int, list[str]] = {}
        query = select(ConclusionFinding.conclusion_id, Finding.guid)
        query = query.join(Finding, Finding.id == ConclusionFinding.finding_id).order_by(ConclusionFinding.id)
        for number, guid in session.execute(query).all():
            links.setdefault(number, []).append(guid)
        rows = session.scalars(select(Conclusion).order_by(Conclusion.position, Conclusion.id))
        return [Sentence(row.guid, i, row.text, tuple(links.get(row.id, ()))) for i, row in enumerate(rows, 1)]


# writing


def write_sentence(op: Operation, guid: str | None, text: str, *, new_guid: str | None = None) -> str | None:
    """Write the sentence `guid`, or with None a new one, last (with `new_guid` if given); an empty text removes it.

    Returns its guid, None when it is gone. Raises CodingError("conclusion_gone").
    """
    text = " ".join(normalise(text).split())
    row = _row(op, guid) if guid is not None else None
    if not text:
        if row is not None:
            op.session.delete(row)
            op.session.flush()
        return None
    if row is None:
        last = op.session.scalar(select(func.max(Conclusion.position)))
        row = Conclusion(text=text, position=0 if last is None else last + 1, coder_id=op.coder_id)
        if new_guid is not None:
            row.guid = new_guid
        op.session.add(row)
    row.text, row.modified_at = text, now()
    op.session.flush()
    return row.guid


def rest_on(op: Operation, guid: str, findings: Sequence[str]) -> None:
    """Let the sentence rest on exactly these findings. Raises CodingError("conclusion_gone"), "finding_gone"."""
    row = _row(op, guid)
    ids = dict(op.session.execute(select(Finding.guid, Finding.id).where(Finding.guid.in_(findings))).all())
    if set(findings) - set(ids):
        raise CodingError("finding_gone")
    linked = op.session.scalars(select(ConclusionFinding).where(ConclusionFinding.conclusion_id == row.id))
    there = {one.finding_id: one for one in linked}
    for number, one in there.items():
        if number not in ids.values():
            op.session.delete(one)
    for finding in dict.fromkeys(findings):
        if ids[finding] not in there:
            op.session.add(ConclusionFinding(conclusion_id=row.id, finding_id=ids[finding]))
    row.modified_at = now()
    op.session.flush()


def order_sentences(op: Operation, guids: Sequence[str]) -> None:
    """Put the sentences in this order. Raises CodingError("conclusion_gone")."""
    for place, guid in enumerate(guids):
        _row(op, guid).position = place
    op.session.flush()


def _row(op: Operation, guid: str) -> Conclusion:
    row = op.session.scalars(select(Conclusion).where(Conclusion.guid == guid)).first()
    if row is None:
        raise CodingError("conclusion_gone")
    return row
