"""Who speaks in each turn, in the word that stands beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coding.transcripts.labels import label_key
from coding.transcripts.rows import TurnRow
from coding.transcripts.wording import LETTERS_RESEARCHER, RESEARCHER_WORDS

_NUMBERED = re.compile(r"[ .-]*\d{1,3}[a-z]?\Z")


def speakers_shown(turns: Sequence[TurnRow]) -> tuple[str, ...]:
    """For each turn of one source what `names_shown` says of it."""
    return names_shown([(turn.kind, turn.label, turn.informant) for turn in turns])


def names_shown(turns: Sequence[tuple[str, str, str | None]]) -> tuple[str, ...]:
    """For each turn (kind, label, informant's code) of one source the code, or the label that stands in the text.

    Empty where that label would name somebody else than the one who speaks: an informant's label before the words of
    the researcher, or a label that others speak under as well. Whoever shows it then says “Researcher” or “Unknown”.
    """
    keys = {label: label_key(label) for label in {label for _, label, _ in turns}}
    holders: dict[str, set[tuple[str, str | None]]] = {}
    for kind, label, code in turns:
        holders.setdefault(keys[label], set()).add((kind, code))
    return tuple(_shown(kind, label, code, keys[label], len(holders[keys[label]]) > 1) for kind, label, code in turns)


def is_researchers(key: str) -> bool:
    """Whether a label, as `label_key` gives it, is one by which researchers call themselves (`peneliti`, `p 2`)."""
    bare = _NUMBERED.sub("", key)
    return bare in LETTERS_RESEARCHER if len(bare) == 1 else bool(bare) and bare.split()[0] in RESEARCHER_WORDS


def _shown(kind: str, label: str, code: str | None, key: str, shared: bool) -> str:
    if kind == "informant":
        return code or label
    if shared or (kind == "researcher" and not is_researchers(key)):
        return ""
    return label
