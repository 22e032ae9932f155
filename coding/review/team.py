"""Who codes what: sources given to coders, a shared sample, and coding blind.

Each function that writes is called inside `project.operation(...)`, but for `set_blind`: how one looks at a study is
no step of its history.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select

from coding.analysis.agreed import agreed_version
from coding.coders import CoderRow, coders
from coding.errors import CodingError
from coding.project import Operation, Project, Reader
from coding.store.models import Assignment, Coder, DoneMark, Preference, Source, SourceText

BLIND = "blind"
"""The name of the preference."""


@dataclass(frozen=True, slots=True)
class Share:
    """One source and what became of it: the names of the coders it was given to, and of those who are done."""

    guid: str
    name: str
    words: int
    assigned: frozenset[str]
    done: frozenset[str]


def shares(reader: Reader) -> list[Share]:
    """All sources in their order."""
    with reader.read() as session:
        given: dict[int, set[str]] = {}
        done: dict[int, set[str]] = {}
        for table, found in ((Assignment, given), (DoneMark, done)):
            for source, name in session.execute(select(table.source_id, Coder.name).join(Coder)):
                found.setdefault(source, set()).add(name)
        query = select(Source.id, Source.guid, Source.name, SourceText.words).join(SourceText).order_by(Source.position)
        return [
            Share(guid, name, words, frozenset(given.get(number, ())), frozenset(done.get(number, ())))
            for number, guid, name, words in session.execute(query)
        ]


def who_codes(reader: Reader) -> list[CoderRow]:
    """Everybody who ever worked on the project; the agreed version is kept as a coder and is none."""
    with reader.read() as session:
        version = agreed_version(session)
    return [row for row in coders(reader) if version is None or row.name != version.coder]


def assign(op: Operation, source: str, coder: str, given: bool) -> None:
    """Give the source (guid) to the coder (name), or take it from them. Raises CodingError when either is gone."""
    source_id = op.session.scalar(select(Source.id).where(Source.guid == source))
    if source_id is None:
        raise CodingError("source_unknown_none", source=source)
    coder_id = op.session.scalar(select(Coder.id).where(Coder.name == coder))
    if coder_id is None:
        raise CodingError("coder_unknown", coder=coder)
    mine = (Assignment.source_id == source_id, Assignment.coder_id == coder_id)
    if not given:
        op.session.execute(delete(Assignment).where(*mine))
    elif op.session.scalar(select(Assignment.id).where(*mine)) is None:
        op.session.add(Assignment(source_id=source_id, coder_id=coder_id))
    op.session.flush()


def distribute(op: Operation, coders: Sequence[str], together: int) -> int:
    """Give every source to one of the coders, so that each has about the same number of words to read, and `together`
    of the sources to all of them, evenly spread over the study: the shared sample. What was given before is forgotten.

    Returns how many sources all of them have. Raises CodingError("coder_unknown"), ValueError without coders.
    """
    if not coders:
        raise ValueError("nobody to give sources to")
    ids = {}
    for name in coders:
        found = op.session.scalar(select(Coder.id).where(Coder.name == name))
        if found is None:
            raise CodingError("coder_unknown", coder=name)
        ids[name] = found
    op.session.execute(delete(Assignment))
    rows = op.session.execute(select(Source.id, SourceText.words).join(SourceText).order_by(Source.position)).all()
    together = max(0, min(together, len(rows)))
    everybody = {rows[(2 * n + 1) * len(rows) // (2 * together)].id for n in range(together)} if together else set()
    load = dict.fromkeys(coders, 0)
    for source, words in sorted(rows, key=lambda row: (-row.words, row.id)):
        if source in everybody:
            takers = list(coders)
        else:
            takers = [min(coders, key=lambda name: (load[name], coders.index(name)))]
        for name in takers:
            load[name] += words
            op.session.add(Assignment(source_id=source, coder_id=ids[name]))
    op.session.flush()
    return len(everybody)


def is_blind(reader: Reader) -> bool:
    """Whether coders are not to see each other's codings."""
    with reader.read() as session:
        value = session.scalar(select(Preference.value).where(Preference.key == BLIND))
        return bool(value) and bool(json.loads(value or "false"))


def set_blind(project: Project, blind: bool) -> None:
    """Have coders see only their own codings, or all."""
    project.prefer(BLIND, blind)
