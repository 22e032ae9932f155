"""Bringing sources in: a draft becomes a source with its turns, sentences and informants in one operation."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from coding.errors import CodingError
from coding.informants.editing import add_informant, fill_informant
from coding.memos.editing import set_memo
from coding.progress import Progress, Silent
from coding.project import Operation, Project
from coding.store import search_index
from coding.store.models import Heading, Informant, ProjectRow, Source, SourceText, Turn, new_guid, text_hash
from coding.text import normalise
from coding.transcripts import originals
from coding.transcripts.comments import memo_of
from coding.transcripts.drafts import Draft, Method, Speaker
from coding.transcripts.folders import clutter_in, files_in
from coding.transcripts.heading_codes import code_named
from coding.transcripts.identity import KnownInformant, resolve
from coding.words import Notice, Words

IMPORT_TITLE = "Import {source}"
COMMENTS = "{count} comment of the file is in the memo of the source"
COMMENTS_MANY = "{count} comments of the file are in the memo of the source"


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that did not come in, and why."""

    path: Path
    error: CodingError


@dataclass(slots=True)
class Imported:
    """What a batch brought: names of the new sources, refused files, and remarks by source name; `passed_over` are
    files in folders that systems and editors leave lying about."""

    imported: list[str] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    notices: list[tuple[str, Notice]] = field(default_factory=list)
    passed_over: list[Path] = field(default_factory=list)


def known_informants(op: Operation) -> list[KnownInformant]:
    """The project's informants as a draft's speakers are matched with them."""
    return known_in(op.session)


def known_in(session: Session) -> list[KnownInformant]:
    """As `known_informants`, for reading alone."""
    columns = (Informant.guid, Informant.code, Informant.age, Informant.name)
    return [KnownInformant(*row) for row in session.execute(select(*columns).order_by(Informant.position)).all()]


def store_draft(op: Operation, draft: Draft, remarks: list[Notice] | None = None) -> str:
    """Store a draft as a source; returns its guid. Informants who speak are matched or made, and what the draft says
    of a known one fills only what is still empty. The file's comments become the source's memo. `remarks` takes what
    is to be said of it all.

    Raises CodingError: "source_duplicate" when a source of the project has the very same text, "source_there" when one
    was made of the very same file, whatever became of its text since.
    """
    session = op.session
    if draft.file_hash:
        there = session.scalars(select(Source.name).where(Source.file_hash == draft.file_hash)).first()
        if there is not None and not _has_text(session, draft):
            raise CodingError("source_there", file=draft.file_name or draft.name, source=there)
    text_id = _text(op, draft)
    twin = session.scalars(select(Source.name).where(Source.text_id == text_id)).first()
    if twin is not None:
        raise CodingError("source_duplicate", file=draft.file_name or draft.name, source=twin)
    position = session.scalar(select(func.coalesce(func.max(Source.position), 0))) or 0
    source = Source(
        guid=new_guid(),
        name=free_name(op, draft.name),
        method=draft.method,
        text_id=text_id,
        position=position + 1,
        date=draft.date,
        place=draft.place,
        header_end=draft.header_end,
        sentences=json.dumps([edge for sentence in draft.sentences for edge in sentence], separators=(",", ":")),
        segmenter=draft.segmenter,
        anchors=json.dumps([list(anchor) for anchor in draft.anchors], separators=(",", ":")),
        file_name=normalise(draft.file_name),
        file_hash=draft.file_hash,
    )
    session.add(source)
    session.flush()
    people = _people(op, draft)
    turns = [
        {
            "source_id": source.id,
            "start": turn.start,
            "end": turn.end,
            "label_start": turn.label_start,
            "label_end": turn.label_end,
            "label": draft.speakers[turn.speaker].label,
            "kind": draft.speakers[turn.speaker].kind,
            "informant_id": people.get(turn.speaker),
        }
        for turn in draft.turns
    ]
    if turns:  # in one statement: a turn has nothing that needs an object of its own
        session.execute(insert(Turn).execution_options(render_nulls=True), turns)
    session.add_all(
        Heading(
            source_id=source.id, start=start, end=end, level=level, code_id=code_named(session, draft.text[start:end])
        )
        for start, end, level in draft.headings
    )
    session.flush()
    said = [] if remarks is None else remarks
    if draft.comments:
        _store_comments(op, source.guid, draft)
        said.append(Notice(COMMENTS, (("count", len(draft.comments)),), COMMENTS_MANY))
    if draft.original and (unkept := originals.keep(op, Path(draft.original), draft.file_hash)) is not None:
        said.append(unkept)
    return source.guid


def _has_text(session: Session, draft: Draft) -> bool:
    """Whether some source has the draft's very text."""
    same = select(Source.id).join(SourceText).where(SourceText.hash == text_hash(draft.text))
    return session.scalar(same.limit(1)) is not None


def _store_comments(op: Operation, source: str, draft: Draft) -> None:
    words = Words(op.session.scalars(select(ProjectRow.language)).one())
    set_memo(op, "source", source, memo_of(draft.comments, draft.text, draft.file_name or draft.name, words))


def _text(op: Operation, draft: Draft) -> int:
    """The id of the text, stored and indexed once however many sources have had it."""
    digest = text_hash(draft.text)
    known = op.session.scalar(select(SourceText.id).where(SourceText.hash == digest))
    if known is not None:
        return known
    row = SourceText(hash=digest, body=draft.text, characters=len(draft.text), words=len(draft.text.split()))
    op.session.add(row)
    op.session.flush()
    search_index.add(op.raw(), row.id, draft.text)
    return row.id


def free_name(op: Operation, name: str) -> str:
    """`name`, or with ` (2)`, ` (3)` … when it is taken."""
    taken = {known.casefold() for known in op.session.scalars(select(Source.name))}
    free, number = name, 1
    while free.casefold() in taken:
        number += 1
        free = f"{name} ({number})"
    return free


def _people(op: Operation, draft: Draft) -> dict[int, int]:
    """The informant's id for each speaker of the draft who is one and speaks; nobody else becomes one."""
    ids: dict[int, int] = {}
    spoken = {turn.speaker for turn in draft.turns}
    for i, found in enumerate(resolve(draft, known_informants(op))):
        if found is None or i not in spoken:
            continue
        speaker = draft.speakers[i]
        guid = found.guid
        if guid is None:
            taken = op.session.scalars(select(Informant.guid).where(Informant.code_folded == found.code.casefold()))
            guid = taken.first()  # made a moment ago for another label of the same person
        if guid is None:
            guid = add_informant(op, found.code, _values(speaker))
        else:
            fill_informant(op, guid, _values(speaker))
        ids[i] = op.session.scalars(select(Informant.id).where(Informant.guid == guid)).one()
    return ids


def _values(speaker: Speaker) -> dict[str, object]:
    names = ("name", "initials", "role", "group", "category", "age", "gender", "place")
    return {name: value for name in names if (value := getattr(speaker, name)) not in (None, "")}


Drafts = Callable[[Sequence[Path]], Iterable[tuple[Path, Draft | CodingError]]]
"""Gives for each of these files, in order, the draft or why there is none."""


def import_paths(
    project: Project,
    paths: Sequence[Path],
    *,
    method: Method | None = None,
    informant: str | None = None,
    researcher_labels: Sequence[str] = (),
    progress: Progress | None = None,
    drafts: Drafts | None = None,
    keep_files: bool = False,
) -> Imported:
    """Import files and folders, each file in its own operation; a refused one stops none of the others. `drafts` reads
    them elsewhere (`coding.reading_processes`); without it they are read here. `keep_files` keeps the files themselves
    in the project."""

    def read_here(files: Sequence[Path]) -> Iterator[tuple[Path, Draft | CodingError]]:
        from coding.transcripts.reading import read_draft

        for path in files:
            try:
                yield path, read_draft(path, method=method, informant=informant, researcher_labels=researcher_labels)
            except CodingError as error:
                yield path, error

    done = Imported(passed_over=clutter_in(paths))
    files = files_in(paths)
    watch = progress or Silent()
    for number, (path, draft) in enumerate((drafts or read_here)(files)):
        watch.step(number, len(files), path.name)
        if isinstance(draft, CodingError):
            done.refused.append(Refused(path, draft))
            continue
        remarks = list(draft.notices)
        try:
            with project.operation(IMPORT_TITLE, source=draft.name) as op:
                guid = store_draft(op, replace(draft, original=str(path) if keep_files else ""), remarks)
                name = op.session.scalars(select(Source.name).where(Source.guid == guid)).one()
        except CodingError as error:
            done.refused.append(Refused(path, error))
            continue
        done.imported.append(name)
        done.notices += [(name, notice) for notice in remarks]
    watch.step(len(files), len(files))
    return done
