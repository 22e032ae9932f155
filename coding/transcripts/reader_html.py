"""The text of a web page saved as a file."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody tfoot thead tr ul".split()
)
_SILENT = frozenset("script style noscript template head title svg math object iframe select textarea button".split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)


def html_encoding(data: bytes) -> str | None:
    """What the page itself says it is encoded in."""
    match = _META.search(data[:4096])
    return match[1].decode("ascii") if match else None


def html_text(source: str) -> tuple[str, tuple[tuple[str, int], ...]]:
    """The page's text, a line for each block, table cells parted by tabs; and its headings with their levels.

    Scripts, styles and what a page hides are left out. Text after an error of the page's own is kept.
    """
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return reader.text(), tuple(reader.headings)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = [""]
        self._silent: list[str] = []
        self._pre = 0
        self._level = 0
        self._cells = 0
        self.headings: list[tuple[str, int]] = []

    def text(self) -> str:
        """All lines; never two blank ones in a row."""
        lines = [line.strip(" ") if not line.strip() else line.rstrip(" ") for line in self._lines]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
        if self._silent:
            return
        if tag == "br":
            self._lines.append("")
        elif tag in ("td", "th"):
            if self._cells:
                self._lines[-1] = self._lines[-1].rstrip(" ") + "\t"
            self._cells += 1
        elif tag in _BLOCKS:
            if tag == "tr":
                self._cells = 0
            self._break()
            if tag == "p" and self._lines[-1:] == [""] and any(self._lines[:-1]) and not self._cells:
                self._lines.append("")
            if tag == "li":
                self._lines[-1] += "- "
        self._pre += tag == "pre"
        self._level = _HEADINGS.get(tag, self._level)

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag in self._silent:
                while self._silent.pop() != tag:
                    pass
            return
        if tag in _HEADINGS and self._level:
            if self._lines[-1].strip():
                self.headings.append((self._lines[-1], self._level))
            self._level = 0
        if tag in _BLOCKS:
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
        if self._pre and not self._cells:
            first, *rest = data.split("\n")
            self._lines[-1] += first
            self._lines += rest
            return
        words = re.sub(r"[ \t\r\n\f]+", " ", data)
        if not self._lines[-1] or self._lines[-1].endswith((" ", "\t")):
            words = words.lstrip(" ")
        self._lines[-1] += words
