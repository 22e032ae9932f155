"""Erasing a person for good: their words, their name, what is known of them and what was coded in what they said.

In the texts a mark takes the place of each of their turns and of their name, also where others say it. The informant
stays as an anonymous one who is left out, so that turns keep their order. Nothing is kept to undo it with: former texts
and kept files of the sources concerned go, and so do all images of the history and the backups that hold any of it.
"""

from __future__ import annotations

import contextlib
import mmap
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from coding.errors import CodingError, mark
from coding.privacy.erasing_rows import scrub_tables
from coding.privacy.finding import Finder, finder_of
from coding.privacy.keys import wipe
from coding.privacy.masking import Edit, SourceWork
from coding.privacy.patterns import HONORIFICS, TITLES
from coding.privacy.scrubbing import Scrubber, merged
from coding.progress import Progress, Silent
from coding.project import Operation, Reader
from coding.review.erased import remember
from coding.segments.editing import remove
from coding.store.backup import backup_now, backups
from coding.store.models import (
    AttributeValue,
    Comment,
    Finding,
    FormerText,
    Heading,
    Informant,
    MaskKey,
    Memo,
    Original,
    ProjectRow,
    Proposal,
    Segment,
    Settlement,
    Source,
    SourceText,
    Stamp,
    Turn,
    VerdictRow,
)
from coding.transcripts.originals import drop_unused
from coding.words import Words

ERASE_TITLE = mark("Erase a person")
MARK = mark("[erased]")
CODE = mark("erased informant {number}")
_FIELDS = (
    "initials", "name", "role", "group", "category", "age", "gender", "place", "remark", "honorific", "pseudonym",
    "consent", "keep_until",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Erasing:
    """What erasing an informant takes away: turns, coded segments, findings on their cells, sources they speak in, and
    `backups` that hold any of it. `code` is what they are called until then, `files` how many kept files go."""

    guid: str
    code: str
    turns: int
    segments: int
    findings: int
    sources: tuple[str, ...]
    files: int
    backups: tuple[Path, ...]
    scrubber: Scrubber


def plan_erasing(reader: Reader, code: str, progress: Progress | None = None) -> Erasing:
    """What erasing the informant with this code (its case ignored) or guid would take away.

    Raises CodingError: "informant_unknown", "cancelled" from `progress`.
    """
    with reader.read() as session:
        wanted = (Informant.code_folded == code.casefold()) | (Informant.guid == code)
        person = session.scalars(select(Informant).where(wanted)).first()
        if person is None:
            raise CodingError("informant_unknown", code=code)
        language = session.scalars(select(ProjectRow.language)).one()
        finder = finder_of(reader, progress)
        words = Words(language)
        scrubber = _scrubber(session, finder, person, words)
        spoken = session.execute(
            select(Source.id, Source.guid, Source.name)
            .where(Source.id.in_(select(Turn.source_id).where(Turn.informant_id == person.id)))
            .order_by(Source.position)
        ).all()
        count = session.scalar(select(func.count()).select_from(Turn).where(Turn.informant_id == person.id)) or 0
        segments = sum(len(_segments(session, number, person.id)) for number, _, _ in spoken)
        findings = len(session.scalars(_findings(person.code)).all())
        hashes = select(Source.file_hash).where(Source.id.in_([number for number, _, _ in spoken]))
        files = session.scalar(select(func.count()).select_from(Original).where(Original.hash.in_(hashes))) or 0
        traces = [person.guid, *(guid for _, guid, _ in spoken), *([person.name] if person.name else [])]
        held = tuple(path for path in backups(reader.path) if _holds(path, traces))
        sources = tuple(name for _, _, name in spoken)
        return Erasing(person.guid, person.code, count, segments, findings, sources, files, held, scrubber)


def erase(op: Operation, plan: Erasing, progress: Progress | None = None) -> None:
    """Take the person out of the project. The step and all before it can't be undone; call `finish` after it.

    Raises CodingError: "informant_unknown" when the informant is gone, "cancelled" from `progress`.
    """
    session, progress = op.session, progress or Silent()
    person = session.scalars(select(Informant).where(Informant.guid == plan.guid)).first()
    if person is None or person.code != plan.code:
        raise CodingError("informant_unknown", code=plan.code)
    scrubber = plan.scrubber
    scrubber.new_code = _free_code(session, Words(session.scalars(select(ProjectRow.language)).one()))
    _listen(session, person.id, scrubber)
    gone: list[str] = [person.guid, *session.scalars(_findings(person.code)).all()]
    session.execute(delete(Finding).where(Finding.guid.in_(gone)))
    touched = []
    guids = session.scalars(select(Source.guid).order_by(Source.position)).all()
    for number, guid in enumerate(guids):
        work = SourceWork(op, guid)
        progress.step(number, len(guids))
        theirs = _segments(session, work.id, person.id)
        edits = _edits(session, work, person, scrubber)
        if not edits:
            continue
        touched.append(work.id)
        gone += theirs
        remove(op, theirs)
        work.replace(edits, remember=None)
    _detach(session, gone)
    turns = update(Turn).where(Turn.informant_id == person.id, Turn.label != "")
    session.execute(turns.values(label=scrubber.new_code))
    values: list[str] = list(
        session.scalars(select(AttributeValue.guid).where(AttributeValue.informant_id == person.id))
    )
    session.execute(delete(AttributeValue).where(AttributeValue.informant_id == person.id))
    _forget_versions(session, [*gone, *values])
    code = scrubber.new_code
    blank = dict.fromkeys(_FIELDS) | {"code": code, "code_folded": code.casefold(), "left_out": 1, "planned": 0}
    session.execute(update(Informant).where(Informant.id == person.id).values(blank))
    session.flush()
    remember(session, [*gone, *values], session.scalars(select(Source.guid).where(Source.id.in_(touched))))
    _forget_texts(op, touched, scrubber)
    scrub_tables(op, scrubber)
    _forget_key(op, scrubber)
    op.forgets = True


def finish(path: Path, plan: Erasing) -> list[Path]:
    """After the step: write the file anew, and remove the backups that hold any of it; a new one is made in their
    place. Returns those that could not be removed. Raises as `wipe` and `backup_now`."""
    wipe(path)
    for copy in plan.backups:
        with contextlib.suppress(OSError):  # told below: whoever holds it open has to let go
            copy.unlink(missing_ok=True)
    left = [copy for copy in plan.backups if copy.exists()]
    if plan.backups:
        backup_now(path)
    return left


def _plain(name: str | None) -> str:
    """A name without what stands before and behind it as a title."""
    titles = {*HONORIFICS, *TITLES}
    return " ".join(w for w in (name or "").split(",")[0].split() if w.rstrip(".").casefold() not in titles)


def _scrubber(session: Session, finder: Finder, person: Informant, words: Words) -> Scrubber:
    names = {name for name in (_plain(person.name), person.pseudonym or "") if len(name) > 2}
    scrubber = Scrubber(finder, person.code, tuple(names), words.t(MARK), "")
    key = session.execute(select(MaskKey.replacement, MaskKey.original)).all()
    masked = {replacement for replacement, original in key if scrubber.named(original)}
    return Scrubber(finder, person.code, (*names, *masked), words.t(MARK), "")


def _free_code(session: Session, words: Words) -> str:
    taken, number = set(session.scalars(select(Informant.code_folded)).all()), 1
    while words.t(CODE, number=number).casefold() in taken:
        number += 1
    return words.t(CODE, number=number)


def _findings(code: str) -> Select[str]:
    by_informant = (Finding.view == "framework_matrix") | (Finding.columns_by == "informant")
    return select(Finding.guid).where(Finding.scope == "cell", by_informant, Finding.column == code)


def _segments(session: Session, source: int, person: int) -> list[str]:
    """Coded segments of what the person said, unless other informants are heard in them, too."""
    turns = session.execute(
        select(Turn.start, Turn.end, Turn.informant_id).where(Turn.source_id == source, Turn.informant_id.is_not(None))
    ).all()
    if all(who != person for _, _, who in turns):
        return []
    found = []
    for guid, start, end in session.execute(
        select(Segment.guid, Segment.start, Segment.end).where(Segment.source_id == source)
    ).all():
        heard = {who for turn_start, turn_end, who in turns if turn_start < end and start < turn_end}
        if heard == {person}:
            found.append(guid)
    return found


def _listen(session: Session, person: int, scrubber: Scrubber) -> None:
    """Tell the scrubber what the person said, and what all others did."""
    mine, others = [], []
    texts = select(Source.id, SourceText.body).join(SourceText, SourceText.id == Source.text_id)
    for source, body in session.execute(texts).all():
        spans = session.execute(
            select(Turn.start, Turn.end).where(Turn.source_id == source, Turn.informant_id == person)
        ).all()
        at = 0
        for start, end in merged((start, end) for start, end in spans):
            others.append(body[at:start])
            mine.append(body[start:end])
            at = end
        others.append(body[at:])
    scrubber.quote(mine, others)


def _edits(session: Session, work: SourceWork, person: Informant, scrubber: Scrubber) -> list[Edit]:
    """What to put where in one source: its header, the labels and turns of the person, the name elsewhere."""
    body, edits = work.body, []
    turns = session.execute(
        select(Turn.label_start, Turn.label_end, Turn.start, Turn.end).where(
            Turn.source_id == work.id, Turn.informant_id == person.id
        )
    ).all()
    for label_start, label_end, start, end in turns:
        label = body[label_start:label_end].rstrip(" \t\n:.-–—")
        if label:
            edits.append((label_start, label_start + len(label), scrubber.new_code))
        said = body[start:end]
        lead = len(said) - len(said.lstrip())
        if said.strip():
            edits.append((start + lead, start + len(said.rstrip()), scrubber.instead))
        session.execute(delete(Heading).where(Heading.source_id == work.id, Heading.start >= start, Heading.end <= end))
    if turns:
        _forget_settled(session, work, [(start, end) for _, _, start, end in turns])
        edits += _header(session, work, person, scrubber)
    taken = [(start, end) for start, end, _ in edits]
    for start, end in scrubber.named(body, work.borders):
        if all(end <= a or b <= start for a, b in taken):
            edits.append((start, end, scrubber.instead))
    return sorted(edits)


def _header(session: Session, work: SourceWork, person: Informant, scrubber: Scrubber) -> list[Edit]:
    """The header says who was spoken to: all of it goes where that was one person, else the lines that name them."""
    header = work.body[: work.source.header_end]
    if not header.strip():
        return []
    heard = select(func.count(Turn.informant_id.distinct())).where(Turn.source_id == work.id)
    if (session.scalar(heard) or 0) <= 1:
        lead = len(header) - len(header.lstrip())
        return [(lead, len(header.rstrip()), scrubber.instead)]
    known = {one for one in (person.code, person.initials, person.role, person.remark) if one}
    edits, at = [], 0
    for line in header.splitlines(keepends=True):
        text = line.strip()
        words = {word.strip(".,:;()[]") for word in text.split()}
        if text and (scrubber.named(text) or words & known or any(len(one) > 3 and one in text for one in known)):
            start = at + line.index(text)
            edits.append((start, start + len(text), scrubber.instead))
        at += len(line)
    return edits


def _forget_settled(session: Session, work: SourceWork, spans: list[tuple[int, int]]) -> None:
    for row in session.scalars(select(Settlement).where(Settlement.source_id == work.id)).all():
        if any(row.start < end and start < row.end for start, end in spans):
            session.delete(row)
    session.flush()


def _detach(session: Session, gone: list[str]) -> None:
    """What was said about rows that are gone goes along."""
    for at in range(0, len(gone), 500):
        part = gone[at : at + 500]
        for table in (Memo, Comment, VerdictRow):
            session.execute(delete(table).where(table.target_guid.in_(part)))
        session.execute(delete(Proposal).where(Proposal.segment_guid.in_(part)))


def _forget_versions(session: Session, gone: list[str]) -> None:
    """What other coders made of rows that are gone is kept for a merge; it is not to come back by one."""
    for at in range(0, len(gone), 500):
        these = update(Stamp).where(Stamp.row_guid.in_(gone[at : at + 500]))
        session.execute(these.values(heads=""))


def _forget_texts(op: Operation, touched: list[int], scrubber: Scrubber) -> None:
    """Former texts and kept files that hold any of it, then the texts that nothing has any more."""
    session = op.session
    session.execute(delete(FormerText).where(FormerText.source_id.in_(touched)))
    former = select(FormerText.id, SourceText.body).join(SourceText, SourceText.id == FormerText.text_id)
    holding = [number for number, body in session.execute(former).all() if scrubber.scrub(body) != body]
    session.execute(delete(FormerText).where(FormerText.id.in_(holding)))
    hashes = session.scalars(select(Source.file_hash).where(Source.id.in_(touched))).all()
    session.execute(delete(Original).where(Original.hash.in_(hashes)))
    drop_unused(op, undoable=False)
    session.flush()
    connection = op.raw()
    connection.execute(
        "DELETE FROM source_text WHERE id NOT IN (SELECT text_id FROM source UNION SELECT text_id FROM former_text)"
    )
    connection.execute("INSERT INTO text_index (text_index) VALUES ('rebuild')")


def _forget_key(op: Operation, scrubber: Scrubber) -> None:
    """Entries of the key that name the person, or that stand nowhere any more."""
    session = op.session
    bodies = session.scalars(select(SourceText.body)).all()
    for row in session.scalars(select(MaskKey)).all():
        if scrubber.named(row.original) or not any(row.replacement in body for body in bodies):
            session.delete(row)
    session.flush()


def _holds(path: Path, traces: list[str]) -> bool:
    """Whether any of `traces` stands in the file, be it in a part of it that is not in use, or can't be ruled out."""
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as body:
            return any(body.find(trace.encode()) >= 0 for trace in traces)
    except (OSError, ValueError):  # not to be read, or empty
        return True
