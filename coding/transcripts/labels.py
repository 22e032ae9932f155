"""Places in a text where a speaker label may stand, and how each reads. Which of them are labels: turns.py."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace

from coding.transcripts.lines import Line
from coding.transcripts.names import (
    has_honorific,
    is_initials,
    is_role,
    letters,
    looks_like_name,
    parse_age,
    without_titles,
)
from coding.transcripts.wording import (
    INFORMANT_WORDS,
    LETTERS_INFORMANT,
    LETTERS_RESEARCHER,
    NO_LABELS,
    RESEARCHER_WORDS,
    UNKNOWN_WORDS,
    count_of,
)

_TIME = r"[\[(<{]?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d{1,3})?[\])>}]?"
_LABEL_LINE = re.compile(
    rf"[ \t]*(?:(?:[-•▪]|\#{{1,6}}|>|\d{{1,4}}[.)])[ \t]*)?(?:{_TIME}[ \t]*[-–—|:]?[ \t]*)?(?P<open>[*_\[<(]{{0,4}})"
    r"(?P<label>[^\W\d_][\w.'’`/\- ]{0,44}?)"
    r"(?P<inner>[ \t]*\((?P<detail>[^()\n]{1,60})\))?"
    rf"(?P<close>[*_\]>)]{{0,4}})(?:[ \t]*{_TIME})?"
    r"(?P<separator>[ \t]*[:：](?!//)|[ \t]+[-–—](?=[ \t]|$)|(?<=[\d.)])[-–—](?=[ \t])"
    r"|\t(?=[ \t]*\S)|(?<=[\])>])(?=[ \t]*\S))"
    r"[*_]{0,3}"
)
# A line of an exported chat: day and time, then a name or a telephone number. Marks of direction stand before it.
_CHAT = re.compile(
    r"[\u200e\u200f]?\[?(?P<day>\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}),?[ \u00a0]+\d{1,2}[.:]\d{2}(?:[.:]\d{2})?"
    r"(?:[ \u00a0\u202f]?[AaPp]\.?[Mm]\.?)?\]?[ \u00a0]*(?:[-–][ \u00a0]*)?~?[ \u00a0]*"
    r"(?P<label>[^:\n\[\]]{1,60}?)[ \t]*:[ \t]*[\u200e\u200f]?"
)
_TIMED_NAME = re.compile(rf"[ \t]*(?P<label>[^\W\d_][\w.'’` -]{{0,44}}?)[ \t]{{1,4}}{_TIME}[ \t]*")
_NUMBER = re.compile(r"(?P<word>[^\W\d_]+(?:[ -]+[^\W\d_]+)?)[ .-]*(?:ke-?)?[ ]?(?P<number>\d{1,3})[a-z]?")
# The remarks that are written in capitals; other capitals are initials whatever the word they spell (RP, NO).
_CAPITAL_REMARKS = frozenset({"nb", "fyi", "cc"})
_FOLLOWERS = RESEARCHER_WORDS | INFORMANT_WORDS | frozenset({"ke", "utama", "kunci", "pendukung", "lain", ""})
_LONG_WORDS = RESEARCHER_WORDS | INFORMANT_WORDS | UNKNOWN_WORDS
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place where a turn may begin: `[start, end)` is all that belongs to the label (time code, brackets, colon).

    `label` is the label as it stands, with a bracket behind it that says age or initials; `base` is what identifies
    it within the file; `word` and `number` split `Informan 3`. `sure`: the line's form alone says that it is one.
    """

    line: int
    start: int
    end: int
    label: str
    base: str
    name: str
    word: str
    number: int | None
    age: int | None
    detail: str | None
    separator: str
    rest: str
    sure: bool = False

    @property
    def key(self) -> tuple[str, int | None]:
        return self.base, self.age


def label_key(label: str) -> str:
    """How labels are compared: case, full stops in initials, and repeated spaces make no difference."""
    label = " ".join(label.strip(" \t*_[]<>:").split())
    bare = re.sub(r"\s*\([^()]*\)$", "", label)
    return letters(bare) if is_initials(bare) else bare.casefold().rstrip(".")


def chat_day(line: str) -> str | None:
    """The day as it stands before a line of an exported chat; None for any other line."""
    match = _CHAT.match(line)
    return match["day"] if match is not None else None


def find_marks(lines: list[Line], forced: Collection[str] = ()) -> list[Mark]:
    """All places in reading order; most of a text's lines have none.

    `forced` are labels (as `label_key` gives them) that the user named: they count whatever they look like.
    """
    marks: list[Mark] = []
    for number, line in enumerate(lines):
        mark = _mark(number, line, forced)
        if mark is not None:
            marks.append(mark)
    return marks


def _mark(number: int, line: Line, forced: Collection[str]) -> Mark | None:
    chat = _CHAT.match(line.text)
    if chat is not None:
        label, rest = chat["label"].strip(), line.text[chat.end() :]
        made = _made(number, line.start, line.start + chat.end(), label, label, None, None, ":", rest)
        return replace(made, sure=True)
    match = _LABEL_LINE.match(line.text)
    if match is None:
        return _timed_mark(number, line)
    label, separator = match["label"].strip(), match["separator"].strip() or match["separator"][:1]
    separator = {"：": ":", "–": "-", "—": "-"}.get(separator, separator or "]")
    rest = line.text[match.end() :]
    if label_key(label) not in forced and not _is_possible(label, separator, rest, match["open"]):
        return _timed_mark(number, line)
    detail = (match["detail"] or "").strip() or None
    age = None
    for piece in re.split(r"\s*[,;/]\s*", detail or ""):
        age = age if age is not None else parse_age(piece)
    shown = f"{label}{match['inner']}" if age is not None and match["inner"] else label
    indent = len(line.text) - len(line.text.lstrip())
    return _made(number, line.start + indent, line.start + match.end(), label, shown, age, detail, separator, rest)


def _timed_mark(number: int, line: Line) -> Mark | None:
    """A line with a name and a time alone, as recorders write them, or with a known word alone (`Peneliti`); what is
    said follows below."""
    match = _TIMED_NAME.fullmatch(line.text)
    alone = line.text.strip(" \t*_[]#")
    worded = 2 < len(alone) < 40 and alone[0].isupper() and alone[-1] not in ".,;?!…"
    if match is None and worded and _begins_with_known_word(alone):
        indent = len(line.text) - len(line.text.lstrip())
        return _made(number, line.start + indent, line.end, alone, alone, None, None, "line", "")
    if match is None or len(match["label"].split()) > 4 or not match["label"][0].isupper():
        return None
    label = match["label"].strip()
    if _is_remark(label):
        return None
    indent = len(line.text) - len(line.text.lstrip())
    return _made(number, line.start + indent, line.end, label, label, None, None, "time", "")


def _made(
    line: int,
    start: int,
    end: int,
    label: str,
    shown: str,
    age: int | None,
    detail: str | None,
    separator: str,
    rest: str,
) -> Mark:
    base = label_key(label)
    numbered = _NUMBER.fullmatch(label)
    word, number = (numbered["word"].casefold().strip(" -"), int(numbered["number"])) if numbered else (base, None)
    if numbered is None and _begins_with_known_word(label) and len(label.split()) == 2:
        number = count_of(label.split()[1])
        word = base.split()[0] if number is not None else base
    return Mark(line, start, end, shown, base, label, word, number, age, detail, separator, rest)


def _is_possible(label: str, separator: str, rest: str, opened: str) -> bool:
    """Whether a label may look like this at all: not a time of day, an address, a long phrase, a list of notes."""
    words = label.split()
    if not words or len(words) > 5 or label[-1] in "/-" or _is_remark(label):
        return False
    if separator == ":" and label[-1].isdigit() and rest[:2].isdigit():
        return False
    known = _begins_with_known_word(label) or len(label) == 1
    known = known or (label[0].isupper() and (is_short(label) or looks_like_name(label) or is_role(label)))
    if separator == "]" and opened[:1] not in ("[", "<", "(", "*", "_"):
        return False
    if separator == "]" and opened[:1] in ("*", "_", "(") and not known:
        return False
    return known


def _is_remark(label: str) -> bool:
    """Whether the label is one of the words people put before a colon when nobody speaks (`Catatan`, `Pasal 5`)."""
    if is_initials(label) and len(label) > 1:
        return letters(label) in _CAPITAL_REMARKS
    numbered = _NUMBER.fullmatch(label)
    return label_key(label) in NO_LABELS or (numbered is not None and numbered["word"].casefold() in NO_LABELS)


def is_short(label: str) -> bool:
    """Whether a label is initials or a code: one to four letters, a number allowed (`AS`, `P1`, `A.S.`)."""
    return is_initials(label) or bool(re.fullmatch(r"[^\W\d_]{1,4}[ .-]?\d{1,3}[a-z]?", label))


def is_long_word(mark: Mark) -> bool:
    """Whether the label begins with a word that says who speaks (`Peneliti`, `Informan 3`, `Informan AS`)."""
    return _begins_with_known_word(mark.name)


def _begins_with_known_word(label: str) -> bool:
    first, *others = label.split()
    if re.split(r"\d", first.casefold())[0].rstrip("-") not in _LONG_WORDS or len(first) == 1:
        return False
    # “Peserta kegiatan: 25 orang” is none, “Peserta Sari”, “Informan ke-2” and “Semua peserta” are.
    return all(w[0].isupper() or w[0].isdigit() or re.split(r"[\d-]", w.casefold())[0] in _FOLLOWERS for w in others)


def is_letter(mark: Mark) -> bool:
    """Whether the label is one of the usual letters, with or without a number (`P`, `I`, `T1`)."""
    return len(mark.word) == 1 and mark.word in (LETTERS_RESEARCHER | LETTERS_INFORMANT)


def is_personal(mark: Mark) -> bool:
    """Whether the label says by itself that it is a person: a form of address, or initials with an age."""
    return has_honorific(mark.name) or (mark.age is not None and is_initials(mark.name))


def common_words(text: str) -> Counter[str]:
    """How often each word stands in `text` with a small first letter: what is often so is no name."""
    return Counter(w for w in _WORD.findall(text) if w[0].islower())


def capital_words(text: str) -> Counter[str]:
    """How often each word of capitals alone stands in `text` (initials, and abbreviations like SOP)."""
    return Counter(re.findall(r"(?<![\w.])[A-Z]{2,5}(?![\w])", text))


def is_name_here(mark: Mark, small: Counter[str], capitals: Counter[str], count: int) -> bool:
    """Whether the rest of the text lets `mark` be a name or initials: its words are used for nothing else."""
    bare = without_titles(mark.name)
    if len(letters(bare)) == 1:
        return count > 1
    if is_initials(bare):
        return capitals[letters(bare).upper()] <= count + max(1, count // 4)
    if is_short(mark.name):
        return True
    if is_role(bare):
        return count > 1
    if not looks_like_name(bare):
        return False
    return not any(small[w.casefold()] for w in _WORD.findall(bare) if len(w) > 2)
