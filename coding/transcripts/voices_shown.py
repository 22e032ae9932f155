"""Who speaks in each turn, in the word that stands beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coding.transcripts.labels import label_key
from coding.transcripts.rows import TurnRow
from coding.transcripts.wording import LETTERS_RESEARCHER, RESEARCHER_WORDS

_NUMBERED = re.compile(r"[ .-]*\d{1,3}[a-z]?\Z")


def speakers_shown(turns: Sequence[TurnRow]) -> tuple[str, ...]:
    """For each turn of one source the informant's code, or the label that stands in the text.

    Empty where that label would name somebody else than the one who speaks: an informant's label before the words of
    the researcher, or a label that others speak under as well. Whoever shows it then says “Researcher” or “Unknown”.
    """
    keys = {label: label_key(label) for label in {turn.label for turn in turns}}
    holders: dict[str, set[tuple[str, str | None]]] = {}
    for turn in turns:
        holders.setdefault(keys[turn.label], set()).add((turn.kind, turn.informant_guid or turn.informant))
    return tuple(_shown(turn, keys[turn.label], len(holders[keys[turn.label]]) > 1) for turn in turns)


def is_researchers(key: str) -> bool:
    """Whether a label, as `label_key` gives it, is one by which researchers call themselves (`peneliti`, `p 2`)."""
    bare = _NUMBERED.sub("", key)
    return bare in LETTERS_RESEARCHER if len(bare) == 1 else bool(bare) and bare.split()[0] in RESEARCHER_WORDS


def _shown(turn: TurnRow, key: str, shared: bool) -> str:
    if turn.kind == "informant":
        return turn.informant or turn.label
    if shared or (turn.kind == "researcher" and not is_researchers(key)):
        return ""
    return turn.label
