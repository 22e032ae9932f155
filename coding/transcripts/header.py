"""The lines above an interview that say who was asked, when and where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from coding.transcripts.dates import parse_date
from coding.transcripts.drafts import HeaderField, SpeakerKind
from coding.transcripts.lines import Line
from coding.transcripts.names import (
    Person,
    has_honorific,
    is_code,
    is_degree,
    is_initials,
    is_role,
    looks_like_name,
    parse_person,
    without_titles,
)
from coding.transcripts.people import People, split_people
from coding.transcripts.wording import (
    GREETINGS,
    INFORMANT_WORDS,
    LABEL_KEYS,
    RESEARCHER_WORDS,
    SPOKEN_FIRST,
    SPOKEN_INSIDE,
    count_of,
    header_key,
)

_KEY_LINE = re.compile(
    r"[ \t]*(?:\d{1,2}[.)][ \t]*|[-*•▪][ \t]+|#{1,6}[ \t]*)?(?:\*\*|__)?"
    r"(?P<key>[^\W\d_][^:：=\t\n]{0,48}?)(?:\*\*|__)?[ \t]*(?:[:：=]|\t)[ \t:：]*(?:\*\*|__)?[ \t]*"
    r"(?P<value>.*?)[ \t]*(?:\*\*|__)?[ \t]*"
)
_LIST_ITEM = re.compile(r"[ \t]*(?:\d{1,2}[.)]|[-*•▪])[ \t]*(?P<value>\S.*?)[ \t]*")
_TITLE = re.compile(r"(?i)\b(?:wawancara|interview|diskusi|percakapan)\s+(?:dengan|bersama|with)\s+(?P<value>.+)")
_TITLE_END = re.compile(
    r"(?i)\s+(?:pada|di|hari|tanggal|tentang|mengenai|selaku|sebagai|on|at|about)\b|,?\s+\d{1,2}\s+[a-z]+\s+\d{4}|"
    r",?\s*\b(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu)\b"
)
_RULE = re.compile(r"[\W_]+")
_EMPTY = frozenset({"", "-", "–", "—", "−", "--"})
_TABLE_KEYS = frozenset({"informant", "name", "initials", "role", "group", "category", "age", "gender", "residence"})
_LOOKED_AT = 200
_LONGEST_LINE = 500
_STRANGERS_BEFORE = 8
_STRANGERS_BETWEEN = 3


@dataclass(frozen=True, slots=True)
class Header:
    """What the top of a text says. `end` is where the first line after it begins; `strangers` are its title lines."""

    fields: tuple[HeaderField, ...] = ()
    end: int = 0
    people: tuple[Person, ...] = ()
    researchers: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    last_line: int = -1
    legend: tuple[tuple[str, SpeakerKind], ...] = ()

    def value(self, key: str) -> str | None:
        """The first value of `key` that is not empty."""
        return next((f.value for f in self.fields if f.key == key and f.value), None)

    @property
    def date(self) -> str | None:
        """The date as ISO, wherever in the header it stands: under its own key, with the place, or in a title."""
        values = [f.value for key in ("date", "place") for f in self.fields if f.key == key]
        found = (parse_date(v) for v in [*values, *self.titles])
        return next((d for d in found if d), None)

    @property
    def place(self) -> str | None:
        """The place, without a date written behind it."""
        value = self.value("place")
        if value is None or parse_date(value) is None:
            return value
        kept = [p.strip() for p in re.split(r"[,;/]", value) if p.strip() and not re.search(r"\d", p)]
        days = {"senin", "selasa", "rabu", "kamis", "jumat", "jum'at", "sabtu", "minggu", "ahad"}
        return ", ".join(p for p in kept if p.casefold() not in days) or None


def read_header(lines: list[Line], spoken: Mapping[int, int]) -> Header:
    """The header of a text, empty when there is none.

    `spoken` says for each line that may begin a turn how often its label stands in the whole text: a line like
    `Informan: AS` is a header line or a turn, and the rest of the text decides.
    """
    reader = _Reader(lines, spoken)
    reader.run()
    return reader.result()


class _Reader:
    def __init__(self, lines: list[Line], spoken: Mapping[int, int]) -> None:
        self.lines = lines
        self.spoken = spoken
        self.fields: list[HeaderField] = []
        self.people = People()
        self.researchers: list[str] = []
        self.titles: list[str] = []
        self.waiting: list[HeaderField] = []
        self.waiting_titles: list[str] = []
        self.legend: list[tuple[str, SpeakerKind]] = []
        self.last = -1
        self.in_title: Person | None = None

    def run(self) -> None:
        i, strangers = 0, 0
        while i < min(len(self.lines), _LOOKED_AT):
            line = self.lines[i]
            if line.blank or _RULE.fullmatch(line.text):
                i += 1
                continue
            used = self._table(i) or self._pairs(i) or self._field(i) or self._legend(i)
            if used:
                strangers = 0
                i += used
                continue
            strangers += 1
            if self.in_title is None and (person := _person_in_title(line.text)) is not None:
                self.in_title = person
                self.titles.append(line.text.strip())
                i += 1
                continue
            if self._ends_at(i) or strangers > (_STRANGERS_BETWEEN if self.fields else _STRANGERS_BEFORE):
                break
            i += 1

    def result(self) -> Header:
        if not self.fields:
            return Header(people=(self.in_title,), titles=tuple(self.titles)) if self.in_title else Header()
        after = self.last + 1
        while after < len(self.lines) and (self.lines[after].blank or _RULE.fullmatch(self.lines[after].text)):
            after += 1
        end = self.lines[after].start if after < len(self.lines) else self.lines[-1].end
        fields = tuple(sorted(self.fields, key=lambda f: f.start))
        return Header(
            fields,
            end,
            self.people.result() or ((self.in_title,) if self.in_title else ()),
            tuple(self.researchers),
            tuple(self.titles),
            max(self.last, after - 1),
            tuple(self.legend),
        )

    def _ends_at(self, i: int) -> bool:
        """Whether line `i`, no field that is known, is speech or prose; if not it is kept as a title or odd field."""
        line = self.lines[i]
        text = line.text.strip()
        match = _key_line(line)
        if match and ":" in line.text:
            value, count = match["value"], self.spoken.get(i, 0)
            if count > 1 or (count == 1 and _is_speech(value)) or len(value) > 160:
                return True
            self.waiting.append(HeaderField("other", _value(value), *_inner(line)))
            return False
        words = len(text.split())
        prose = text[-1] in ".?!…" and words > (2 if self.fields else 8)
        if len(text) > 120 or prose or i in self.spoken:
            return True
        self.waiting_titles.append(text)
        return False

    def _field(self, i: int) -> int:
        """Take line `i` as a field; how many lines were used, 0 when it is none."""
        line = self.lines[i]
        match = _key_line(line)
        found = header_key(match["key"]) if match else None
        if not match or not found:
            return 0
        (key, number), value = found, match["value"]
        items = self._items(i) if key == "informant" and value in _EMPTY else []
        if key in LABEL_KEYS and not items and self._is_turn(i, value):
            return 0
        self._accept(key, match["key"], number, _value(value), _inner(line), i)
        for at, item in items:
            self._accept("informant", match["key"], None, item, _inner(self.lines[at]), at)
        return 1 + (items[-1][0] - i if items else 0)

    def _is_turn(self, i: int, value: str) -> bool:
        count = self.spoken.get(i, 0)
        if value in _EMPTY:
            return count > 1
        if _is_speech(value):
            return True
        named = value[0].isupper() and not _has_spoken_words(value) and (_is_people(value) or is_role(value))
        if named and count > 1 and is_role(without_titles(value)) and any(word.islower() for word in value.split()):
            return self._is_amid_talk(i)
        return count > 1 and not (named or is_code(value) or value.isdigit())

    def _is_amid_talk(self, i: int) -> bool:
        """Whether line `i`, which begins like an office (`Warga antusias`), stands apart from the header's lines and
        takes turns with what follows."""
        if self.fields and self.last == i - 1:
            return False
        if i + 1 < len(self.lines) and not self.lines[i + 1].blank:
            labels = []
            for at in range(i, min(len(self.lines), i + _LOOKED_AT)):
                if self.lines[at].blank:
                    break
                if at in self.spoken and (match := _key_line(self.lines[at])):
                    labels.append(match["key"].casefold())
            return labels[0] in labels[2:] and labels[1] != labels[0]
        # Where a blank line follows every turn, a header of adjoining lines tells that it is over.
        return bool(self.fields) and self.last > 0 and not self.lines[self.last - 1].blank

    def _items(self, i: int) -> list[tuple[int, str]]:
        """The people listed, one on a line, under an empty key on line `i`."""
        found: list[tuple[int, str]] = []
        for at in range(i + 1, min(len(self.lines), i + 40)):
            line = self.lines[at]
            if line.blank:
                if found:
                    break
                continue
            match = _LIST_ITEM.fullmatch(line.text) if len(line.text) <= _LONGEST_LINE else None
            key = _key_line(line)
            if not match or (key and ":" in line.text and header_key(key["key"])) or len(match["value"]) > 120:
                break
            found.append((at, match["value"]))
        return found

    def _legend(self, i: int) -> int:
        """Take a line that explains a label (`P = Peneliti`, `I : Informan`); how many lines were used."""
        match = _key_line(self.lines[i])
        words = re.findall(r"[^\W\d_]+", match["value"].casefold()) if match else []
        if not match or not 1 <= len(words) <= 4 or len(match["key"].split()) > 1 or len(match["key"]) > 5:
            return 0
        if words[0] in RESEARCHER_WORDS:
            self.legend.append((match["key"], "researcher"))
        elif words[0] in INFORMANT_WORDS:
            self.legend.append((match["key"], "informant"))
        else:
            return 0
        self._accept("other", match["key"], None, match["value"], _inner(self.lines[i]), i)
        return 1

    def _accept(self, key: str, label: str, number: int | None, value: str, place: tuple[int, int], i: int) -> None:
        self.fields += self.waiting
        self.titles += self.waiting_titles
        self.waiting, self.waiting_titles = [], []
        shown = "informant" if key in ("name", "initials") else "other" if key == "residence" else key
        self.fields.append(HeaderField(shown, value, *place))
        self.last = max(self.last, i)
        if key == "researcher":
            self.researchers += split_people(value)
        else:
            self.people.add(key, label, number, value)

    def _table(self, i: int) -> int:
        """Take a table of people with a row of headings on line `i`; how many lines were used."""
        heads = self._cells(i)
        keys = [header_key(h) for h in heads]
        known = [k[0] for k in keys if k and k[0] in _TABLE_KEYS]
        if len(known) < 2 or not all(keys) or len(set(known)) != len(known):
            return 0
        rows: list[tuple[int, list[str]]] = []
        for at in range(i + 1, len(self.lines)):
            cells = self._cells(at)
            if self.lines[at].blank or len(cells) != len(heads) or max(map(len, cells)) > 120 or header_key(cells[0]):
                break
            rows.append((at, cells))
        if not rows:
            return 0
        self.fields.append(HeaderField("other", self.lines[i].text.strip(), *_inner(self.lines[i])))
        for at, cells in rows:
            self.people.next_person()
            start = self.lines[at].start
            for found, label, cell in zip(keys, heads, cells, strict=True):
                if found and found[0] in _TABLE_KEYS and cell.strip():
                    self._accept(found[0], label, None, _value(cell.strip()), (start, start + len(cell)), at)
                start += len(cell) + 1
        return rows[-1][0] - i + 1

    def _pairs(self, i: int) -> int:
        """Take a line of several keys and values side by side (`Nama⇥AS⇥Umur⇥36`)."""
        cells = [c for c in self._cells(i) if c.strip() not in {":", ""}]
        if len(cells) < 4 or len(cells) % 2:
            return 0
        keys = [header_key(c.strip().rstrip(":：")) for c in cells[::2]]
        if not all(keys):
            return 0
        line, at = self.lines[i], 0
        for found, label, value in zip(keys, cells[::2], cells[1::2], strict=True):
            at = line.text.index(label, at)
            end = line.text.index(value, at + len(label)) + len(value)
            if found:
                place = (line.start + at, line.start + end)
                self._accept(found[0], label.strip(), found[1], _value(value.strip(" \t:：")), place, i)
            at = end
        return 1

    def _cells(self, i: int) -> list[str]:
        text = self.lines[i].text
        return text.split("\t") if "\t" in text else [text]


def _person_in_title(text: str) -> Person | None:
    """Whom a title like `Wawancara dengan Ibu Sari` or `Informan 3` names; None for an office or anything unclear."""
    words = text.strip(" \t*_#").split()
    if len(words) == 2 and words[0].casefold() in INFORMANT_WORDS and count_of(words[1]) is not None:
        return Person(code=" ".join(words))
    match = _TITLE.search(text)
    if match is None:
        return None
    value = _TITLE_END.split(match["value"])[0].strip(" ,.:;*_")
    person = parse_person(value)
    name = re.sub(r"\s*\(.*", "", value.split(",")[0])
    certain = is_initials(name) or is_initials(person.code or "") or is_code(name) or has_honorific(name)
    return person if certain and person.code and len(person.code) < 40 else None


def _key_line(line: Line) -> re.Match[str] | None:
    """The parts of a line `key: value`; a line too long for a header's is none."""
    return _KEY_LINE.fullmatch(line.text) if len(line.text) <= _LONGEST_LINE else None


def _inner(line: Line) -> tuple[int, int]:
    text = line.text
    return line.start + len(text) - len(text.lstrip()), line.start + len(text.rstrip())


def _value(value: str) -> str:
    return "" if value in _EMPTY else value


def _is_speech(value: str) -> bool:
    """Whether a value is something said rather than a name, an office or a number."""
    words = value.split()
    if not words:
        return False
    if re.search(r"[?!…]", value) or len(words) > 14:
        return True
    if words[0].strip(",.!").casefold() in GREETINGS:
        return True
    last = words[-1]
    ends = last.endswith(".") and len(words) > 1 and not is_degree(last) and not is_initials(last)
    return ends and not re.search(r"\b(?:th|thn|S|M)\.$", value)


def _has_spoken_words(value: str) -> bool:
    """Whether a value has words that stand in no name and no office (`Sudah lama`, `Petugas itu baik`)."""
    words = [word.strip(",.!:;'’\"“”()") for word in value.split()]
    return words[0].casefold() in SPOKEN_FIRST or any(word in SPOKEN_INSIDE for word in words[1:])


def _is_people(value: str) -> bool:
    people = [p for p in (parse_person(v) for v in split_people(value)) if p != Person()]
    return bool(people) and all(
        looks_like_name(called) or is_code(called) or is_role(p.role or "")
        for p in people
        if (called := p.name or p.code)
    )
