"""Who said it: the user's template after a quotation, such as `({code}[, {age}])`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from coding.errors import CodingError

PLACEHOLDERS = ("code", "initials", "name", "age", "role", "group", "category", "date", "place", "source")
# One template serves both languages: code and age, as theses print them.
DEFAULT = "({code}[, {age}])"
_OPENING, _CLOSING, _SEPARATOR = re.compile(r"[\s(]+"), re.compile(r"[\s).]+$"), re.compile(r"(\s*[,;]\s*)")
_INTERVIEW = re.compile(r"\b(?:wawancara|interview(?:ed)?)\b\s*", re.IGNORECASE)
_TOKEN = re.compile(r"(\{[^{}]*\}|\[|\])")


@dataclass(frozen=True, slots=True)
class _Placeholder:
    name: str


@dataclass(slots=True)
class _Part:
    """A stretch of the template: the whole of it, or what stands in `[…]`."""

    pieces: list[str | _Placeholder | _Part] = field(default_factory=list)

    @property
    def asks(self) -> bool:
        return any(not isinstance(piece, str) for piece in self.pieces)

    def fill(self, fields: Mapping[str, str]) -> str:
        return "".join(
            piece
            if isinstance(piece, str)
            else fields.get(piece.name, "")
            if isinstance(piece, _Placeholder)
            else piece.fill_optional(fields)
            for piece in self.pieces
        )

    def fill_optional(self, fields: Mapping[str, str]) -> str:
        own = [piece for piece in self.pieces if isinstance(piece, _Placeholder)]
        inner = [piece for piece in self.pieces if isinstance(piece, _Part)]
        if own:
            complete = all(fields.get(piece.name) for piece in own)
        else:
            complete = any(piece.fill_optional(fields) for piece in inner)
        return self.fill(fields) if complete else ""


class Attribution:
    """A template ready to be filled. Raises `CodingError`: `placeholder_unknown` when it asks for what nobody has,
    `placeholder_open` for a brace without its other."""

    def __init__(self, template: str | None = None) -> None:
        self.template = DEFAULT if template is None else template
        self.placeholders: set[str] = set()
        self._whole = self._parse()

    def apply(self, fields: Mapping[str, str]) -> str:
        """The attribution with `fields` put in; a missing field is empty.

        A part in `[…]` is left out when a placeholder in it is empty; brackets without a placeholder are text.
        """
        return self._whole.fill(fields).strip()

    def of_source(self, fields: Mapping[str, str]) -> str:
        """The attribution of a source that nobody speaks in, such as a document: what it has nothing to say for is left
        out with the comma before it, what asks for a person has the name of the source once, and it is no interview.
        """
        named = {"code", "source"} & self.placeholders
        person = next((name for name in ("name", "initials", "role") if name in self.placeholders), None)
        if not named and person is not None:
            fields = {**fields, person: fields.get("source", "")}
        opening, parts, closing = self._in_parts()
        shown = ""
        for separator, pieces in parts:
            asked = [piece for piece in pieces if not isinstance(piece, str)]
            text = _INTERVIEW.sub("", _Part(pieces).fill(fields)).strip()
            if text and (not asked or any(_Part([piece]).fill(fields) for piece in asked)):
                shown += f"{separator if shown else ''}{text}"
        return f"{opening}{shown}{closing}".strip() if shown else ""

    def _in_parts(self) -> tuple[str, list[tuple[str, list[str | _Placeholder | _Part]]], str]:
        """What the template has between commas, with what stands before each part, and the brackets around them."""
        pieces = list(self._whole.pieces)
        opening, closing = "", ""
        if pieces and isinstance(pieces[0], str) and (found := _OPENING.match(pieces[0])):
            opening, pieces[0] = found[0], pieces[0][found.end() :]
        if pieces and isinstance(pieces[-1], str) and (found := _CLOSING.search(pieces[-1])):
            closing, pieces[-1] = found[0], pieces[-1][: found.start()]
        parts: list[tuple[str, list[str | _Placeholder | _Part]]] = [("", [])]
        for piece in pieces:
            if not isinstance(piece, str):
                parts[-1][1].append(piece)
                continue
            first, *rest = _SEPARATOR.split(piece)
            parts[-1][1].append(first)
            parts += [(sign, [text]) for sign, text in zip(rest[::2], rest[1::2], strict=True)]
        return opening, parts, closing

    def _parse(self) -> _Part:
        open_parts = [_Part()]
        for token in _TOKEN.split(self.template):
            if token == "[":
                open_parts.append(_Part())
            elif token == "]" and len(open_parts) > 1:
                part = open_parts.pop()
                open_parts[-1].pieces += [part] if part.asks else ["[", *part.pieces, "]"]
            elif token.startswith("{") and token.endswith("}"):
                open_parts[-1].pieces.append(self._placeholder(token))
            elif "{" in token or "}" in token:
                raise CodingError("placeholder_open", template=self.template, example="{code}")
            elif token:
                open_parts[-1].pieces.append(token)
        while len(open_parts) > 1:  # a bracket that nobody closed is text
            part = open_parts.pop()
            open_parts[-1].pieces += ["[", *part.pieces]
        return open_parts[0]

    def _placeholder(self, token: str) -> _Placeholder:
        name = token[1:-1].strip()
        if name not in PLACEHOLDERS:
            known = ", ".join("{" + key + "}" for key in PLACEHOLDERS)
            raise CodingError("placeholder_unknown", placeholder=token, known=known)
        self.placeholders.add(name)
        return _Placeholder(name)
