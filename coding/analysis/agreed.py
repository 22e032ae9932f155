"""The agreed version of a team's codings counts once: in the place of the codings it settles, or not at all.

It is kept as the coded segments of a coder of its own, so that it can be read, filtered and compared like any other;
beside those of the coders it was made from, it would count everything twice that they agree on.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, not_, or_, select, true

from coding.store.models import Code, Coder, Framework, SavedView, Segment, Source
from coding.views import save_view
from coding.words import Notice

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from coding.analysis.evidence import Evidence
    from coding.project import Operation, Reader

KIND, NAME = "agreed_version", "agreed"
"""The saved view that says which coder the agreed version is, and what it covers."""


@dataclass(frozen=True, slots=True)
class AgreedVersion:
    """Whose segments it is made of (id and name), the sources it covers (ids), the framework it was made for (id, None
    for all codes), and whether it counts in the place of the coders' own codings there."""

    coder_id: int
    coder: str
    sources: frozenset[int]
    framework: int | None
    counts: bool


def keep_agreed_version(op: Operation, coder: str, sources: Collection[str], framework: str | None) -> None:
    """Take note that the segments of the coder named `coder` are the agreed version of these sources (guids), which
    counts from now on, unless it was switched off before."""
    session = op.session
    guid = session.scalars(select(Coder.guid).where(Coder.name == coder)).one()
    params = {
        "coder": guid,
        "sources": sorted(sources),
        "framework": framework,
        "counts": _params(session).get("counts", True),
    }
    save_view(op, KIND, NAME, params)


def set_agreed_counts(op: Operation, on: bool) -> None:
    """Let the agreed version count in the place of the codings it settles, or not at all."""
    params = _params(op.session)
    if params:
        save_view(op, KIND, NAME, {**params, "counts": on})


def agreed_version(session: Session) -> AgreedVersion | None:
    """The agreed version of the project; None when none was made, or its coder has no segments any more."""
    params = _params(session)
    if not params:
        return None
    coder = session.execute(
        select(Coder.id, Coder.name).where(
            Coder.guid == params.get("coder"), Coder.id.in_(select(Segment.coder_id).distinct())
        )
    ).one_or_none()
    if coder is None:
        return None
    framework = None
    if params.get("framework") is not None:
        framework = session.scalar(select(Framework.id).where(Framework.key == params["framework"]))
    sources = session.scalars(select(Source.id).where(Source.guid.in_(params.get("sources", ()))))
    return AgreedVersion(coder.id, coder.name, frozenset(sources), framework, params.get("counts") is True)


def agreed_counts(reader: Reader) -> bool | None:
    """Whether the agreed version counts in the place of what it settles; None when there is none."""
    with reader.read() as session:
        version = agreed_version(session)
    return None if version is None else version.counts


def _params(session: Session) -> dict[str, Any]:
    found = session.scalar(select(SavedView.params).where(SavedView.kind == KIND, SavedView.name == NAME))
    read = json.loads(found) if found else {}
    return read if isinstance(read, dict) else {}


def counted_once(session: Session, found: Evidence) -> Evidence:
    """`found` without what the agreed version stands for, or without the agreed version where it does not count."""
    import numpy as np

    from coding.analysis.evidence import CODE, CODER, SOURCE

    version = agreed_version(session)
    if version is None:
        return found
    claims = found.claims
    theirs = claims[:, CODER] == version.coder_id
    if not version.counts:
        return replace(found, claims=claims[~theirs])
    covered = np.array([source.id in version.sources for source in found.sources], bool)
    settled = covered[claims[:, SOURCE]] & ~theirs if len(covered) else theirs
    if version.framework is not None:
        codes = list(session.scalars(select(Code.id).where(Code.framework_id == version.framework)))
        settled &= np.isin(claims[:, CODE], codes)
    return replace(found, claims=claims[~settled])


def standing(session: Session) -> ColumnElement[bool]:
    """The same for statements on coded segments: which of them stand."""
    version = agreed_version(session)
    if version is None:
        return true()
    if not version.counts:
        return Segment.coder_id != version.coder_id
    settled = [Segment.source_id.in_(version.sources), Segment.coder_id != version.coder_id]
    if version.framework is not None:
        settled.append(Segment.code_id.in_(select(Code.id).where(Code.framework_id == version.framework)))
    return or_(Segment.coder_id == version.coder_id, not_(and_(*settled)))


def agreed_notice(session: Session) -> tuple[Notice, ...]:
    """That the agreed version counts in some sources; nothing where there is none, or it does not count."""
    version = agreed_version(session)
    if version is None or not version.counts or not version.sources:
        return ()
    return (
        Notice(
            "in {count} source the agreed version counts, not what each coder put",
            (("count", len(version.sources)),),
            "in {count} sources the agreed version counts, not what each coder put",
        ),
    )
