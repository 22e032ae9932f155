"""Positions of one text in another: where a passage of a source is, when its text was edited in one of two copies."""

from __future__ import annotations

from typing import Any

from coding.review.copies import Copy
from coding.text import Shift
from coding.transcripts.editing_spans import Edited
from coding.transcripts.reanchor import hunks_between


class Places:
    """Finds passages again; a pair of texts is compared once."""

    def __init__(self, *copies: Copy) -> None:
        self._copies = copies
        self._edits: dict[tuple[str, str], Edited | None] = {}

    def body(self, digest: str) -> str | None:
        """The text with this hash, None when neither copy has it."""
        return next((body for copy in self._copies if (body := copy.body(digest)) is not None), None)

    def passage(self, start: int, end: int, was: str | None, now: str | None) -> tuple[int, int] | None:
        """Where `[start, end)` of the text with the hash `was` is in the text `now`; None when nothing of it is left,
        or one of the texts is not known."""
        if was == now:
            return start, end
        if was is None or now is None:
            return None
        edited = self._edited(was, now)
        fate = edited.passage(start, end) if edited is not None and end <= len(edited.old) else None
        return None if fate is None else (fate.new.start, fate.new.end)

    def quotation(self, values: dict[str, Any]) -> str:
        """The words of a passage in the text it was put on; empty when that is not known."""
        body = self.body(values["@"]) if values.get("@") else None
        return "" if body is None else body[values["start"] : values["end"]]

    def _edited(self, was: str, now: str) -> Edited | None:
        if (was, now) not in self._edits:
            old, new = self.body(was), self.body(now)
            known = old is not None and new is not None
            self._edits[was, now] = Edited(old, new, Shift(hunks_between(old, new))) if known else None  # type: ignore[arg-type]
        return self._edits[was, now]
