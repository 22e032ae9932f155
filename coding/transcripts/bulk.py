"""A whole batch of drafts stored in one step: all of it is there, and can be taken back at once, or nothing is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from coding.errors import CodingError, mark
from coding.progress import Progress
from coding.project import Operation
from coding.store.models import Source
from coding.transcripts.drafts import Draft
from coding.transcripts.intake import IMPORT_TITLE, store_draft
from coding.words import Notice

BATCH_TITLE = mark("Import {count} sources")


@dataclass(slots=True)
class Stored:
    """What a batch brought: the new sources with the drafts they were made of, and the drafts that were refused."""

    sources: list[tuple[str, str, Draft]] = field(default_factory=list)
    """Guid, name and draft."""
    refused: list[tuple[Draft, CodingError]] = field(default_factory=list)

    @property
    def first(self) -> str | None:
        """The guid of the first interview or focus group, else of the first source; None when nothing came in."""
        spoken = (guid for guid, _, draft in self.sources if draft.method in ("interview", "focus_group"))
        return next(spoken, self.sources[0][0] if self.sources else None)


def batch_title(drafts: Sequence[Draft]) -> tuple[str, dict[str, Any]]:
    """What the step is called that stores these drafts, with what fills its placeholders."""
    if len(drafts) == 1:
        return IMPORT_TITLE, {"source": drafts[0].name}
    return BATCH_TITLE, {"count": len(drafts)}


def store_drafts(op: Operation, drafts: Sequence[Draft], progress: Progress) -> Stored:
    """Store all drafts in the order given; one that is refused leaves nothing behind and stops none of the others.

    Raises CodingError("cancelled") from `progress`; then the step keeps nothing.
    """
    done = Stored()
    for number, draft in enumerate(drafts):
        progress.step(number, len(drafts), draft.name)
        remarks: list[Notice] = []
        try:
            with op.session.begin_nested():
                guid = store_draft(op, draft, remarks)
        except CodingError as error:
            done.refused.append((draft, error))
            continue
        name = op.session.scalars(select(Source.name).where(Source.guid == guid)).one()
        done.sources.append((guid, name, replace(draft, notices=(*draft.notices, *remarks))))
    progress.step(len(drafts), len(drafts))
    return done
