"""The text of a rich text file (.rtf), in the order in which it is read: as `reader_word` reads a Word document."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from coding.errors import CodingError
from coding.transcripts.flow import Flow, Flowed
from coding.transcripts.numerals import roman

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_SIGNS = {
    "par": "\n", "line": "\n", "sect": "\n", "softline": "\n", "tab": "\t", "emdash": "—", "endash": "–",
    "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ",
    "qmspace": " ", "zwj": "\u200d", "zwnj": "\u200c",
}  # fmt: skip
_SKIPPED = frozenset(
    "fonttbl colortbl stylesheet info pict header headerl headerr headerf footer footerl footerr footerf ftnsep "
    "ftnsepc ftncn aftnsep aftnsepc aftncn nonshppict objdata xe tc tcn private sn sv upr listtable "
    "listoverridetable revtbl filetbl rsidtbl generator fldinst template datafield ud formfield atnicn "
    "atntime atnparent".split()
)
_KEPT = frozenset("footnote annotation atnid atnauthor atnref atndate atrfstart atrfend shpinst shptxt do dptxbxtext "
                  "listtext pntext fldrslt".split())  # fmt: skip
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 255: "cp437",
}  # fmt: skip
_STYLE_NAME = re.compile(rb"\{\\s(\d{1,5})\b[^{}]*?[ ](?:heading|judul) ([1-9])\s*;", re.IGNORECASE)


def rtf_text(file_name: str, data: bytes) -> Flowed:
    """What the file says: a line for each paragraph, table cells parted by tabs. Raises CodingError("source_not_rtf").

    What is not shown is left out; a file that ends too early gives what it has.
    """
    if not data.lstrip().startswith(b"{\\rtf"):
        raise CodingError("source_not_rtf", file=file_name)
    return _Reader(data).read()


@dataclass(slots=True)
class _Group:
    """What holds up to the end of a group. `to` takes its text, `skip` says that nobody does."""

    skip: bool = False
    hidden: bool = False
    deleted: bool = False
    codec: str = "cp1252"
    blind: int = 1
    starred: bool = False
    end: Callable[[], None] | None = None


@dataclass(slots=True)
class _Note:
    mark: str
    flow: Flow = field(default_factory=Flow)


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._group = _Group()
        self._stack: list[_Group] = []
        self._main = self._flow = Flow()
        self._fonts = _fonts(data)
        self._styles = {int(found[1]): int(found[2]) for found in _STYLE_NAME.finditer(data)}
        self._pending = b""
        self._high = 0
        self._passed = 0
        self._notes: dict[str, list[_Note]] = {"footnote": [], "endnote": []}
        self._author = self._range = self._date = ""
        self._comments = 0
        self._ranges: dict[str, tuple[int, int]] = {}
        self._line = self._level = 0

    def read(self) -> Flowed:
        """Read to the end."""
        at, data = 0, self._data
        while (match := _TOKEN.match(data, at)) is not None:
            at = match.end()
            word, number, byte, sign, brace, text = match.groups()
            if byte is not None:
                if not self._pass():
                    self._pending += bytes([int(byte, 16)])
                continue
            self._flush()
            if text is not None:
                self._plain(text)
            elif word is not None:
                value = int(number) if number is not None else None
                if word == b"bin":
                    at += max(0, value or 0)
                else:
                    self._word(word.decode("ascii"), value)
            elif brace == b"{":
                self._stack.append(self._group)
                self._group = replace(self._group, end=None, starred=False)
            elif brace == b"}":
                self._close()
            elif sign is not None:
                self._sign(sign)
        self._flush()
        while self._stack:
            self._close()
        return self._finished()

    def _finished(self) -> Flowed:
        flow = self._main
        self._end_line()
        while flow.pieces and flow.pieces[-1] in ("\n", "\t"):
            flow.at -= len(flow.pieces.pop())
        for key, (start, end) in self._ranges.items():
            flow.begins(key, start)
            flow.ends(key, end)
        for note in (*self._notes["footnote"], *self._notes["endnote"]):
            said = "".join(note.flow.pieces).strip()
            flow.write("\n\n" if flow.notes_at is None else "\n")
            flow.notes_at = flow.at if flow.notes_at is None else flow.notes_at
            flow.write(f"[{note.mark}] {said}")
            flow.notes += 1
        return flow.flowed()

    # text

    def _pass(self) -> bool:
        """Whether this character only stands in for one that was given by its number."""
        if self._passed:
            self._passed -= 1
            return True
        return False

    def _flush(self) -> None:
        if self._pending:
            pending, self._pending = self._pending, b""
            self._write(pending.decode(self._group.codec, "replace"))

    def _plain(self, text: bytes) -> None:
        passed = min(self._passed, len(text))
        self._passed -= passed
        if text[passed:]:
            self._write(text[passed:].decode(self._group.codec if text.isascii() else "cp1252", "replace"))

    def _write(self, text: str) -> None:
        group = self._group
        if group.skip or group.deleted or not text:
            return
        if group.hidden:
            self._main.hidden += bool(text.strip())
            return
        self._flow.write(text)

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._group.starred = True
        elif not self._pass():
            known = {b"~": "\u00a0", b"_": "-", b"-": "", b"\n": "\n", b"\r": "\n"}
            self._write(known.get(sign, sign.decode("latin-1") if sign in (b"\\", b"{", b"}") else ""))

    def _unicode(self, number: int) -> None:
        self._passed = self._group.blind
        code = number + 0x10000 if number < 0 else number
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code < 0xE000:
            if self._high:
                self._write(chr(0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00))
            self._high = 0
        elif 0 <= code < 0x110000 and code != 0xAD:
            # Word's symbol fonts have their signs in the private area
            self._write("-" if code == 0x2011 else "•" if 0xF000 <= code < 0xF100 else chr(code))

    # words

    def _word(self, word: str, number: int | None) -> None:
        group = self._group
        if word == "u" and number is not None:
            self._unicode(number)
            return
        self._passed = 0
        if group.starred and word not in _KEPT and word not in _SIGNS:
            group.skip = True
        group.starred = False
        if word in _SKIPPED:
            group.skip = True
        elif word in ("footnote", "annotation", "atnauthor", "atndate", "atrfstart", "atrfend", "atnid", "atnref",
                      "listtext", "pntext"):  # fmt: skip
            if not group.skip:
                self._destination(word)
        elif word in _SIGNS:
            if word == "par" and not group.skip and not group.deleted:
                self._end_line()
            self._write(_SIGNS[word])
        elif word in ("cell", "nestcell", "row", "nestrow"):
            self._table(word.endswith("row"))
        elif word == "page" and not group.skip:
            self._page()
        else:
            self._look(word, number)

    def _look(self, word: str, number: int | None) -> None:
        """What changes how text is taken."""
        group = self._group
        on = number != 0
        if word == "uc":
            group.blind = min(8, max(0, number or 0))
        elif word == "f":
            group.codec = self._fonts.get(number or 0, self._fonts.get(-1, "cp1252"))
        elif word == "plain":
            group.hidden = group.deleted = False
            group.codec = self._fonts.get(-1, "cp1252")
        elif word == "v":
            group.hidden = on
        elif word == "deleted":
            if on and not group.deleted and not group.skip:
                self._main.changes += 1
            group.deleted = on
        elif word == "revised" and on and not group.skip:
            self._main.changes += 1
        elif word == "pard" and self._flow is self._main:
            self._level = 0
        elif word == "outlinelevel" and number is not None and 0 <= number < 9:
            self._level = number + 1
        elif word == "s" and number in self._styles:
            self._level = self._styles[number]
        elif word == "ftnalt" and self._flow is not self._main and self._notes["footnote"]:
            self._to_endnotes()

    def _page(self) -> None:
        # a page ends between two words as a line does
        if self._flow.pieces and not self._flow.pieces[-1].endswith("\n"):
            self._write("\n")

    def _table(self, row: bool) -> None:
        if self._group.skip or self._group.deleted:
            return
        pieces = self._flow.pieces
        if row and pieces and pieces[-1] == "\t":
            self._flow.at -= 1
            pieces.pop()
        self._flow.write("\n" if row else "\t")
        if row:
            self._line = self._flow.at

    def _end_line(self) -> None:
        """A paragraph of the text itself is over: was it a heading?"""
        if self._flow is self._main:
            if self._level and self._main.at > self._line:
                self._main.headings.append((self._line, self._main.at, self._level))
            self._line = self._main.at + 1

    # groups with a purpose of their own

    def _close(self) -> None:
        if self._group.end is not None:
            self._group.end()
        if self._stack:
            self._group = self._stack.pop()

    def _destination(self, word: str) -> None:
        outer = self._flow
        if word == "footnote":
            note = _Note(str(len(self._notes["footnote"]) + 1))
            self._notes["footnote"].append(note)
            self._flow = note.flow

            def noted() -> None:
                self._flow = outer
                outer.write(f"[{note.mark}]")

            self._group.end = noted
            return
        taken = self._flow = Flow()

        def over() -> None:
            self._flow = outer
            self._take(word, "".join(taken.pieces))

        self._group.end = over

    def _to_endnotes(self) -> None:
        note = self._notes["footnote"][-1]
        if note.flow is self._flow:
            self._notes["footnote"].pop()
            self._notes["endnote"].append(note)
            note.mark = roman(len(self._notes["endnote"]))

    def _take(self, word: str, text: str) -> None:
        """What such a group said."""
        if word in ("listtext", "pntext"):
            number = text.strip()
            self._flow.write(f"{number} " if number else "")
            if self._flow is self._main:
                self._line = self._main.at
        elif word == "atnauthor":
            self._author = text.strip()
        elif word == "atndate":
            self._date = _date(text.strip())
        elif word == "atnref":
            self._range = text.strip()
        elif word in ("atrfstart", "atrfend"):
            key = text.strip()
            first = self._ranges.get(key, (self._flow.at, 0))[0]
            self._ranges[key] = (first, self._flow.at)
        elif word == "annotation":
            self._comments += 1
            key = self._range or f"#{self._comments}"
            self._ranges.setdefault(key, (self._flow.at, self._flow.at))
            self._main.comment(key, self._author, self._date, text)
            self._author = self._range = self._date = ""


def _date(packed: str) -> str:
    """A day as Word packs it into bits: minute 6, hour 5, day 5, month 4, year since 1900 9."""
    if not re.fullmatch(r"-?\d{1,10}", packed):
        return ""
    bits = int(packed) & 0xFFFFFFFF
    return f"{1900 + (bits >> 20 & 0x1FF):04d}-{bits >> 16 & 0xF:02d}-{bits >> 11 & 0x1F:02d}"


def _fonts(data: bytes) -> dict[int, str]:
    """The encoding of each font by its number; that of the file itself under -1."""
    page = re.search(rb"\\ansicpg(\d{1,5})", data[:4096])
    usual = _codec(f"cp{int(page[1])}") if page else "mac_roman" if data[:200].find(b"\\mac") >= 0 else "cp1252"
    found = {-1: usual}
    table = data[: data.find(b"\\colortbl") if b"\\colortbl" in data else 200_000]
    for match in re.finditer(rb"\\f(\d{1,5})(?:\\[a-z]+-?\d*|[ ]){0,40}?\\fcharset(\d{1,3})", table):
        charset = int(match[2])
        found[int(match[1])] = usual if charset in (0, 1, 2) else _codec(_CHARSETS.get(charset, usual))
    return found


def _codec(name: str) -> str:
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name
