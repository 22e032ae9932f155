"""What the nine number keys stand for: the dimensions of the framework at hand, or codes of one's own choice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.models.code_book import OPEN_CODES, CodeBook
from coding.codes.rows import CodeRow


class NumberKeys:
    """While `own` is on, keys that were given to codes go before the framework's; the others stay the framework's."""

    def __init__(self) -> None:
        self.given: dict[int, str] = {}
        self.own = False

    def give(self, number: int, guid: str | None) -> None:
        """Let a number key stand for a code, and the code for no other; None gives the key back to the framework."""
        self.given = {key: code for key, code in self.given.items() if key != number and code != guid}
        if guid is not None:
            self.given[number] = guid
        self.own = bool(self.given) if guid is None else True

    def switch(self) -> bool:
        """Change between one's own codes and the framework's; False, and nothing is changed, where none was given."""
        if not self.given:
            return False
        self.own = not self.own
        return True

    def at_hand(self) -> dict[int, str]:
        """The keys that stand for codes of one's own choice now, by their guids."""
        return dict(self.given) if self.own else {}

    def number_of(self, guid: str) -> int | None:
        """The key that was given to a code, whether it is at hand or not."""
        return next((number for number, code in self.given.items() if code == guid), None)

    def code(self, book: CodeBook, framework: str, number: int) -> CodeRow | None:
        """The code that a number key tags with now."""
        return book.get(self.at_hand().get(number)) or book.numbered(framework, number)

    def digits(self, book: CodeBook, framework: str, code: CodeRow) -> str:
        """The digits that tag with the code now (`"1 3"`, or a key of its own); empty when there are none."""
        at_hand = self.at_hand()
        own = next((number for number, guid in at_hand.items() if guid == code.guid), None)
        if own is not None:
            return str(own)
        digits = book.digits(code) if (code.framework or OPEN_CODES) == framework else ""
        taken = bool(digits) and book.get(at_hand.get(int(digits[0]))) is not None
        return "" if taken else digits

    # what is kept with the project's other habits

    def state(self) -> dict[str, Any]:
        """Plain values for the settings."""
        return {"keys": {str(number): guid for number, guid in self.given.items()}, "own_keys": self.own}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take over what `state` gave; anything else is left out."""
        kept = state.get("keys")
        pairs = kept.items() if isinstance(kept, dict) else ()
        self.given = {int(n): guid for n, guid in pairs if n in "123456789" and isinstance(guid, str) and n}
        self.own = bool(self.given) and state.get("own_keys", True) is True
