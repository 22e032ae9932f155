"""The text of a web page saved as a file, also of one that a word processor saved."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from coding.transcripts.flow import Flow, Flowed
from coding.transcripts.numerals import numeral

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody tfoot thead tr ul".split()
)
_SILENT = frozenset(
    "script style noscript template head title svg math object iframe select textarea button del".split()
)
_ALONE = frozenset("area base br col embed hr img input link meta source track wbr".split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_NOTE = re.compile(r"(?:sd(?:foot|end)note|ftn|edn)\d{1,5}")
_REFERENCE = re.compile(r"sd(?:foot|end)note(?:anc|sym)")
_KINDS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_PLAIN = str.maketrans({"\u00ad": None, "\u2011": "-"})


def html_encoding(data: bytes) -> str | None:
    """What the page itself says it is encoded in."""
    match = _META.search(data[:4096])
    return match[1].decode("ascii") if match else None


def html_text(source: str) -> tuple[Flowed, tuple[tuple[str, int], ...]]:
    """The page's text, a line for each block, table cells parted by tabs; and its headings with their levels.

    Scripts, styles, deletions and what a page hides are left out, and a word processor's head and foot of pages; items
    of lists have their numbers. Text after an error of the page's own is kept.
    """
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return reader.flowed(), tuple(reader.headings)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = [""]
        self._silent: list[str] = []
        self._pre = 0
        self._level = 0
        self._cells = 0
        self._lists: list[tuple[str, int]] = []
        self._item = False
        self._bracket = False
        self._notes_line: int | None = None
        self._notes = self._changes = self._hidden = 0
        self.headings: list[tuple[str, int]] = []

    def flowed(self) -> Flowed:
        """All lines; never two blank ones in a row."""
        lines = [line.strip(" ") if not line.strip() else line.rstrip(" ") for line in self._lines]
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
        flow = Flow([text], len(text), changes=self._changes, hidden=self._hidden, notes=self._notes)
        if self._notes_line is not None:
            after = re.sub(r"\n{3,}", "\n\n", "\n".join(lines[self._notes_line :])).strip("\n")
            flow.notes_at = len(text) - len(after) if after and text.endswith(after) else None
        return flow.flowed()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self._silent:
            if tag == self._silent[-1]:
                self._silent.append(tag)
            return
        if self._is_silent(tag, given):
            if tag in _BLOCKS:
                self._break()
            self._silent.append(tag)
            return
        if tag == "br":
            self._lines.append("")
        elif tag in ("td", "th"):
            if self._cells:
                self._lines[-1] = self._lines[-1].rstrip(" ") + "\t"
            self._cells += 1
        elif tag in _BLOCKS:
            self._block(tag, given)
        elif tag == "a" and _REFERENCE.fullmatch(given.get("class", "")):
            self._bracket = True
            self._lines[-1] += "["
        self._changes += tag == "ins"
        self._pre += tag == "pre"
        self._level = _HEADINGS.get(tag, self._level)

    def _is_silent(self, tag: str, given: dict[str, str]) -> bool:
        if tag in _ALONE:
            return False
        self._changes += tag == "del"
        if tag in _SILENT or (tag == "div" and given.get("title") in ("header", "footer")):
            return True
        hidden = "hidden" in given or bool(re.search(r"display\s*:\s*none", given.get("style", ""), re.IGNORECASE))
        self._hidden += hidden
        return hidden

    def _block(self, tag: str, given: dict[str, str]) -> None:
        if tag == "tr":
            self._cells = 0
        if self._item and tag in ("p", "div"):
            return
        self._break()
        if tag == "p" and self._lines[-1:] == [""] and any(self._lines[:-1]) and not self._cells:
            self._lines.append("")
        if tag in ("ol", "ul"):
            start = given.get("start", "")
            kind = _KINDS.get(given.get("type", "1"), "decimal") if tag == "ol" else ""
            self._lists.append((kind, int(start) if re.fullmatch(r"\d{1,6}", start) else 1))
        elif tag == "li":
            self._lines[-1] += self._next_number(given.get("value", ""))
            self._item = True
        if _NOTE.fullmatch(given.get("id", "")):
            self._notes += 1
            if self._notes_line is None:
                self._lines += [""] if any(self._lines) else []
                self._notes_line = len(self._lines) - 1

    def _next_number(self, value: str) -> str:
        kind, count = self._lists[-1] if self._lists else ("", 1)
        if not kind:
            return "- "
        count = int(value) if re.fullmatch(r"\d{1,6}", value) else count
        self._lists[-1] = kind, count + 1
        return f"{numeral(count, kind)}. "

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag == self._silent[-1]:
                self._silent.pop()
            return
        if tag in _HEADINGS and self._level:
            if self._lines[-1].strip():
                self.headings.append((self._lines[-1], self._level))
            self._level = 0
        if tag == "a" and self._bracket:
            self._bracket = False
            self._lines[-1] += "] " if self._notes_line is not None else "]"
        if tag in ("ol", "ul") and self._lists:
            self._lists.pop()
        if tag in _BLOCKS and not (self._item and tag in ("p", "div")):
            self._item = False
            self._break()
        if tag == "pre" and self._pre:
            self._pre -= 1
        if tag == "table":
            self._cells = 0

    def _break(self) -> None:
        """Begin a line, unless one is begun; a table's cell is one line whatever blocks it has."""
        if self._lines[-1].strip() and not self._cells:
            self._lines.append("")
        elif self._cells and self._lines[-1] and not self._lines[-1].endswith(("\t", " ")):
            self._lines[-1] += " "

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        data = data.translate(_PLAIN)
        if self._pre and not self._cells:
            first, *rest = data.split("\n")
            self._lines[-1] += first
            self._lines += rest
            return
        words = re.sub(r"[ \t\r\n\f]+", " ", data)
        if not self._lines[-1] or self._lines[-1].endswith((" ", "\t")):
            words = words.lstrip(" ")
        self._item = self._item and not words.strip()
        self._lines[-1] += words
