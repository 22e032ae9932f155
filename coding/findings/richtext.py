"""The little markup that a summary is written in: bold, italic and lists, and nothing else.

A summary is stored as text with `**bold**`, `*italic*`, and lines that begin with `- ` or `1. `; a backslash takes the
meaning from the sign after it. Unlike HTML this needs no sanitising, since whatever it says is text; it stays readable
wherever it is shown as it is; words in it are found by searching; and two versions of it can be compared line by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

Kind = Literal["plain", "bullet", "number"]
_LIST = re.compile(r"(?:(- )|(\d{1,3}\. ))")
_SIGNS = re.compile(r"\\(.)|(\*\*\*|\*\*|\*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a line in one look."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or an item of a list."""

    spans: tuple[Span, ...]
    kind: Kind = "plain"

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


def parse(markup: str) -> list[Line]:
    """The lines of `markup`; any text is valid, a sign without its partner holds to the end of its line."""
    return [_line(text) for text in markup.split("\n")] if markup else []


def _line(text: str) -> Line:
    found = _LIST.match(text)
    kind: Kind = "plain" if found is None else "bullet" if found[1] else "number"
    rest = text if found is None else text[found.end() :]
    spans: list[Span] = []
    bold = italic = False
    at = 0
    for sign in _SIGNS.finditer(rest):
        spans.append(Span(rest[at : sign.start()], bold, italic))
        at = sign.end()
        if sign[2] is None:
            spans.append(Span(sign[1], bold, italic))
            continue
        bold ^= len(sign[2]) >= 2
        italic ^= len(sign[2]) != 2
    spans.append(Span(rest[at:], bold, italic))
    return Line(_joined(spans), kind)


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same without empty spans and without neighbours that look alike."""
    made: list[Span] = []
    for span in spans:
        if not span.text:
            continue
        if made and (made[-1].bold, made[-1].italic) == (span.bold, span.italic):
            made[-1] = Span(made[-1].text + span.text, span.bold, span.italic)
        else:
            made.append(span)
    return tuple(made)


def compose(lines: Sequence[Line]) -> str:
    """Lines as markup: `parse(compose(lines))` gives them back."""
    made, number = [], 0
    for line in lines:
        number = number + 1 if line.kind == "number" else 0
        made.append(_composed(line, number))
    return "\n".join(made)


def _composed(line: Line, number: int) -> str:
    parts: list[str] = []
    bold = italic = False
    for span in _joined(line.spans):
        turns = ("**" if bold != span.bold else "") + ("*" if italic != span.italic else "")
        parts.append(turns)
        bold, italic = span.bold, span.italic
        parts.append(re.sub(r"([\\*])", r"\\\1", span.text.replace("\n", " ")))
    parts.append(("**" if bold else "") + ("*" if italic else ""))
    body = "".join(parts)
    if line.kind != "plain":
        return f"{'- ' if line.kind == 'bullet' else f'{number}. '}{body}"
    listed = _LIST.match(body)
    if listed is None:
        return body
    # what only looks like an item of a list
    return f"\\{body}" if listed[1] else body.replace(".", "\\.", 1)


def plain(markup: str) -> str:
    """The words of `markup` alone, items of lists with `• ` or their number before them."""
    made, number = [], 0
    for line in parse(markup):
        number = number + 1 if line.kind == "number" else 0
        lead = {"plain": "", "bullet": "• ", "number": f"{number}. "}[line.kind]
        made.append(lead + line.text)
    return "\n".join(made)


def to_html(markup: str) -> str:
    """`markup` as HTML of paragraphs and lists, everything else escaped."""
    made: list[str] = []
    open_list = ""
    for line in parse(markup):
        wanted = {"plain": "", "bullet": "ul", "number": "ol"}[line.kind]
        if wanted != open_list:
            made += [f"</{open_list}>"] * bool(open_list) + [f"<{wanted}>"] * bool(wanted)
            open_list = wanted
        body = "".join(_span_html(span) for span in line.spans)
        made.append(f"<li>{body}</li>" if wanted else f"<p>{body or '&nbsp;'}</p>")
    return "".join([*made, *[f"</{open_list}>"] * bool(open_list)])


def _span_html(span: Span) -> str:
    text = escape(span.text, quote=False)
    text = f"<i>{text}</i>" if span.italic else text
    return f"<b>{text}</b>" if span.bold else text
