"""Former texts of a source: listed, compared with another, brought back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select

from coding.errors import CodingError, mark
from coding.project import Operation, Reader
from coding.store.models import Coder, FormerText, Source, SourceText
from coding.text import Hunk
from coding.transcripts.editing_text import EditPlan, Sentences, apply_edit, plan_edit
from coding.transcripts.reanchor import hunks_between

BRING_BACK_TITLE = mark("Bring back a former text of “{source}”")
AROUND = 60
"""Characters of unchanged text shown on either side of a change."""


@dataclass(frozen=True, slots=True)
class FormerVersion:
    """A text that was replaced at `replaced_at` (UTC, ISO) by `coder`."""

    guid: str
    replaced_at: str
    coder: str
    characters: int
    words: int
    current: bool
    """Whether it is again the text of now."""


def former_texts(project: Reader, source: str) -> list[FormerVersion]:
    """The texts that the source with guid `source` had before, the last one first."""
    with project.read() as session:
        query = (
            select(FormerText.guid, FormerText.replaced_at, Coder.name, SourceText.characters, SourceText.words,
                   FormerText.text_id == Source.text_id)
            .select_from(FormerText)
            .join(Source, Source.id == FormerText.source_id)
            .join(SourceText, SourceText.id == FormerText.text_id)
            .join(Coder, Coder.id == FormerText.coder_id)
            .where(Source.guid == source)
            .order_by(FormerText.id.desc())
        )  # fmt: skip
        return [
            FormerVersion(guid, at, coder, characters, words, bool(current))
            for guid, at, coder, characters, words, current in session.execute(query).all()
        ]


def former_text(project: Reader, guid: str) -> str:
    """The former text with this guid. Raises CodingError("former_text_gone")."""
    with project.read() as session:
        found = session.scalar(select(SourceText.body).join(FormerText).where(FormerText.guid == guid))
    if found is None:
        raise CodingError("former_text_gone")
    return found


def plan_return(project: Reader, source: str, guid: str) -> EditPlan:
    """What bringing back the former text would do to what is coded. Raises as `former_text` and `plan_edit`."""
    return plan_edit(project, source, former_text(project, guid))


def bring_back(op: Operation, source: str, guid: str, *, sentences: Sentences | None = None) -> EditPlan:
    """Make a former text the text of the source again; passages move with it as in any edit. The text until now
    becomes a former one. Raises as `former_text` and `apply_edit`."""
    found = op.session.scalar(select(SourceText.body).join(FormerText).where(FormerText.guid == guid))
    if found is None:
        raise CodingError("former_text_gone")
    return apply_edit(op, source, found, sentences=sentences)


Kind = Literal["same", "removed", "added", "skipped"]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a comparison: what both have, what only the old or only the new text has; `skipped` stands for
    unchanged text that is not shown."""

    kind: Kind
    text: str


def compared(old: str, new: str, around: int = AROUND) -> list[Part]:
    """The two texts as one, to be read from the beginning: what changed with `around` characters on either side."""
    hunks = _of_words(old, new, hunks_between(old, new))
    parts: list[Part] = []
    at = 0
    for hunk in hunks:
        parts += _between(old[at : hunk.start], around, first=at == 0 and hunk is hunks[0], last=False)
        if hunk.end > hunk.start:
            parts.append(Part("removed", old[hunk.start : hunk.end]))
        if hunk.new_end > hunk.new_start:
            parts.append(Part("added", new[hunk.new_start : hunk.new_end]))
        at = hunk.end
    if hunks:
        parts += _between(old[at:], around, first=False, last=True)
    return parts


def _of_words(old: str, new: str, hunks: Sequence[Hunk]) -> list[Hunk]:
    """The hunks grown to whole words, as one reads them."""
    grown: list[Hunk] = []
    for hunk in hunks:
        left = right = 0
        parts = (old[hunk.start : hunk.end], new[hunk.new_start : hunk.new_end])
        if any(part[:1].isalnum() for part in parts):
            while hunk.start - left > 0 and old[hunk.start - left - 1].isalnum():
                left += 1
        if any(part[-1:].isalnum() for part in parts):
            while hunk.end + right < len(old) and old[hunk.end + right].isalnum():
                right += 1
        wide = Hunk(hunk.start - left, hunk.end + right, hunk.new_start - left, hunk.new_end + right)
        if grown and wide.start <= grown[-1].end:
            wide = Hunk(grown[-1].start, wide.end, grown.pop().new_start, wide.new_end)
        grown.append(wide)
    return grown


def _between(text: str, around: int, *, first: bool, last: bool) -> Sequence[Part]:
    head = 0 if first else around
    tail = 0 if last else around
    if len(text) <= head + tail + around:
        return [Part("same", text)] if text else []
    before = Part("same", _whole_words(text[:head], end=True))
    after = Part("same", _whole_words(text[len(text) - tail :], end=False))
    return [part for part in (before, Part("skipped", ""), after) if part.text or part.kind == "skipped"]


def _whole_words(text: str, *, end: bool) -> str:
    """`text` cut at white space, at its end or its beginning."""
    cut = text.rpartition(" ")[0] if end else text.partition(" ")[2]
    return cut or text
