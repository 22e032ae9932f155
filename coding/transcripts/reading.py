"""From a file to a draft, and from a draft to a better one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coding.errors import mark
from coding.text import normalise, trim
from coding.transcripts.anchors import times_in_labels
from coding.transcripts.columns import ASKING, Known
from coding.transcripts.dates import find_date, is_ambiguous
from coding.transcripts.drafts import Choices, Draft, DraftTurn, LabelChoice, Method, Speaker
from coding.transcripts.header import Header
from coding.transcripts.labels import chat_day
from coding.transcripts.names import Person, without_titles
from coding.transcripts.readers import RawText, read_file
from coding.transcripts.speakers import speaker_of
from coding.transcripts.turns import Reading, choices_by_label, is_answered, read_turns
from coding.transcripts.wording import METHOD_WORDS
from coding.transcripts.wraps import hard_wraps
from coding.words import Notice

UNSURE = mark("whether {labels} are speakers, and who asks, is a guess; check it in the list of speakers")
ONE_TURN = mark("no speaker labels were found; the whole text is one turn of {code}")
NO_SPEAKERS = mark("no speaker labels were found and no informant is named; nobody's turns were marked")
NAMELESS = mark("neither header nor label names the informant; {code} was taken from the name of the file")
OVERRULED = mark("several informants speak; {code} was given to {label}, who says most")
LABEL_MISSING = mark("no turn has the label “{label}”")
SILENT = mark("the header names {names}, who says nothing in the text; nobody is made an informant who does not speak")
DATE_AMBIGUOUS = mark("{value} was read as day, month, year")
_LEADERS = ("moderator", "fasilitator", "facilitator")
# A text longer than this in front of the first label is no header.
_LONGEST_HEADER = 3000
_SURROUNDINGS = re.compile(
    r"(?i)\b(?:transkrip|transkripsi|transcript|verbatim|wawancara|interview|hasil|fgd|dengan|with|final|revisi|rev|file)\b"
)


def read_draft(
    path: Path,
    *,
    method: Method | None = None,
    informant: str | None = None,
    researcher_labels: Sequence[str] = (),
    known_labels: Mapping[str, LabelChoice] | None = None,
    columns: Known | None = None,
) -> Draft:
    """The file at `path` read and understood; its name is the file's stem.

    `informant` is the code of the one informant, `researcher_labels` are labels of who asks, `known_labels` what the
    user once said of labels, `columns` of the columns of tables. Without `method`: what the header says, else the
    file's name, else its title lines, else interview or focus group (three or more informants) where there are turns
    or an informant is known, else document.
    Raises what `read_file` raises.
    """
    raw = read_file(path, columns=columns or {})
    choices = Choices(
        method=method,
        informant=(informant or "").strip() or None,
        researcher_labels=tuple(researcher_labels),
        labels=(*_said_by_columns(raw), *(known_labels or {}).items()),
    )
    return draft_text(raw, choices)


def _said_by_columns(raw: RawText) -> list[tuple[str, LabelChoice]]:
    """Who asks and who answers, where the columns of a table say so."""
    if raw.table is None or not raw.table.answering:
        return []
    said = [(name, LabelChoice("informant")) for name in raw.table.answering if name.casefold() != ASKING.casefold()]
    return [(ASKING, LabelChoice("researcher")), *said] if "question" in dict(raw.table.columns) else said


def draft_text(raw: RawText, choices: Choices) -> Draft:
    """A text that was read already, understood under the user's choices."""
    stem = Path(raw.file_name).stem
    name = " ".join(normalise(unicodedata.normalize("NFC", stem)).split()) or raw.file_name
    empty = Draft(name, raw.text, "document", file_name=raw.file_name, file_hash=raw.hash, encoding=raw.encoding,
                  notices=raw.notices, headings=raw.headings, anchors=raw.anchors,
                  comments=raw.comments, notes_at=raw.notes_at, table=raw.table)  # fmt: skip
    return _understood(empty, choices)


def redraft(draft: Draft, overrides: Choices) -> Draft:
    """The same text under what the user chose before and now chooses too; what changes nothing costs nothing.

    Sentences are computed anew only when turns moved.
    """
    return _understood(draft, draft.choices.with_(overrides))


def with_remembered(draft: Draft, remembered: Mapping[str, LabelChoice]) -> Draft:
    """The draft under what is remembered of the labels in doubt in it (by label, case folded); what the user has
    said of a label goes before."""
    said = {label.casefold() for label, _ in draft.choices.labels}
    found = tuple(
        (label, remembered[label.casefold()])
        for label in draft.unsure_labels
        if label.casefold() in remembered and label.casefold() not in said
    )
    return redraft(draft, Choices(labels=found)) if found else draft


@dataclass(frozen=True, slots=True)
class _Shape:
    """Turns and speakers as they are stored, and where the header ends."""

    turns: tuple[DraftTurn, ...]
    speakers: tuple[Speaker, ...]
    header_end: int


def _understood(old: Draft, choices: Choices) -> Draft:
    text = old.text[: old.notes_at]
    header, find = read_turns(text, choices, _code_from(old.name))
    hint = choices.method or _hinted(header, old.name)
    reading = find(hint in ("observation", "document"))
    method = hint or _method_of(reading, choices)
    if hint == "document" and choices.method is None and {"researcher", "informant"} <= _kinds(reading):
        method = "interview"
    notices = [n for n in old.notices if n.msgid not in _OWN]
    shape = _shape(text, reading, method, choices, notices)
    notices += _remarks(reading, header, shape)
    chosen = choices_by_label(choices)
    doubted = [label for label in reading.nameless if not is_answered(label, chosen)]
    new = replace(
        old,
        method=method,
        date=(choices.date or None) if choices.date is not None else _date_of(header, old, shape),
        place=(choices.place or None) if choices.place is not None else header.place,
        header_end=shape.header_end,
        header=header.fields,
        speakers=shape.speakers,
        turns=shape.turns,
        anchors=old.anchors or times_in_labels(text, shape.turns),
        confident=not doubted and not any(n.msgid in (UNSURE, OVERRULED) for n in notices),
        notices=tuple(notices),
        unsure_labels=tuple(reading.unsure),
        choices=choices,
    )
    if old.segmenter and sentence_spans(old) == sentence_spans(new):
        return new
    return _with_sentences(new)


def _date_of(header: Header, old: Draft, shape: _Shape) -> str | None:
    """The date in the header, in the file's name, or of the first line of a chat."""
    if (found := header.date or find_date(_spaced(old.name))) is not None or not shape.turns:
        return found
    first = shape.turns[0]
    return find_date(chat_day(old.text[first.label_start : first.end]) or "")


_OWN = frozenset({UNSURE, ONE_TURN, NO_SPEAKERS, NAMELESS, OVERRULED, LABEL_MISSING, SILENT, DATE_AMBIGUOUS})


def sentence_spans(draft: Draft) -> list[tuple[int, int]]:
    """Where sentences are looked for: in turns; in an observation or document also between them; in a text without
    turns everywhere after the header."""
    if not draft.turns:
        return [(draft.header_end, len(draft.text))]
    spans = [(t.start, t.end) for t in draft.turns]
    if draft.method in ("interview", "focus_group"):
        return spans
    at = draft.header_end
    for turn in draft.turns:
        if turn.label_start > at:
            spans.append((at, turn.label_start))
        at = max(at, turn.end)
    if at < len(draft.text):
        spans.append((at, len(draft.text)))
    return sorted(spans)


def _with_sentences(draft: Draft) -> Draft:
    from coding.language.sentences import SEGMENTER, sentences

    wraps = hard_wraps(draft.text, draft.turns, draft.header_end)
    found = sentences(draft.text, sentence_spans(draft), wraps)
    return replace(draft, sentences=tuple(found), segmenter=SEGMENTER)


def _shape(text: str, reading: Reading, method: Method, choices: Choices, notices: list[Notice]) -> _Shape:
    header, talk = reading.header, method in ("interview", "focus_group")
    speakers = list(reading.speakers)
    if not reading.turns:
        return _without_labels(text, header, method, choices, notices)
    if choices.informant:
        _name(speakers, reading, choices.informant, notices)
    first = reading.turns[0].label_start
    header_end = first if talk and first - header.end <= _LONGEST_HEADER else min(header.end, first)
    if talk:
        silent = [p for p in header.people if p.code and not any(_is_speaker(p, s) for s in speakers)]
        # With the informant named by the user, the header's one person is that informant.
        if silent and not (choices.informant and len(header.people) == 1):
            notices.append(Notice(SILENT, (("names", ", ".join(p.code or "" for p in silent)),)))
            speakers += map(speaker_of, silent)
    return _Shape(tuple(reading.turns), tuple(speakers), header_end)


def _is_speaker(person: Person, speaker: Speaker) -> bool:
    codes = {(speaker.code or "").casefold(), without_titles(speaker.name or "").casefold()}
    return (person.code or "").casefold() in codes or (person.name is not None and person.name == speaker.name)


def _without_labels(text: str, header: Header, method: Method, choices: Choices, notices: list[Notice]) -> _Shape:
    if method not in ("interview", "focus_group"):
        return _Shape((), (), header.end)
    people = [speaker_of(p) for p in header.people if p.code or p.role]
    if choices.informant:
        person = people[0] if len(people) == 1 else Speaker("", "informant")
        people = [replace(person, code=choices.informant, chosen=True)]
    body = trim(text, header.end, len(text))
    if len(people) == 1 and body:
        notices.append(Notice(ONE_TURN, (("code", people[0].code),)))
        turn = DraftTurn(body.start, body.end, body.start, body.start, 0)
        return _Shape((turn,), tuple(people), header.end)
    notices.append(Notice(NO_SPEAKERS))
    return _Shape((), tuple(people), header.end)


def _name(speakers: list[Speaker], reading: Reading, code: str, notices: list[Notice]) -> None:
    """Give `code` to the one informant; of several to who has it, else to who says most."""
    said = [0] * len(speakers)
    for turn in reading.turns:
        said[turn.speaker] += turn.end - turn.start
    kind = "informant" if any(s.kind == "informant" for s in speakers) else "unknown"
    asked = [i for i, s in enumerate(speakers) if s.kind == kind]
    if not asked:
        return
    own = [i for i in asked if code.casefold() in ((speakers[i].code or "").casefold(), speakers[i].label.casefold())]
    best = own[0] if own else max(asked, key=lambda i: said[i])
    if len(asked) > 1 and not own:
        notices.append(Notice(OVERRULED, (("code", code), ("label", speakers[best].label))))
    speakers[best] = replace(speakers[best], kind="informant", code=code, chosen=True)
    reading.nameless = [label for label in reading.nameless if label != speakers[best].label]


def _remarks(reading: Reading, header: Header, shape: _Shape) -> list[Notice]:
    found: list[Notice] = []
    if reading.unsure:
        found.append(Notice(UNSURE, (("labels", ", ".join(f"“{label}”" for label in reading.unsure)),)))
    for label in reading.nameless:
        code = next((s.code for s in shape.speakers if s.label == label), None)
        found.append(Notice(NAMELESS, (("code", code),)))
    found += [Notice(LABEL_MISSING, (("label", label),)) for label in reading.missing]
    value = header.value("date")
    if value and is_ambiguous(value):
        found.append(Notice(DATE_AMBIGUOUS, (("value", value),)))
    return found


def _hinted(header: Header, name: str) -> Method | None:
    value = header.value("method")
    for said in (value or "", _spaced(name), "\n".join(header.titles)):
        for method, pattern in METHOD_WORDS:
            if re.search(pattern, said, re.IGNORECASE):
                return method
    return None


def _method_of(reading: Reading, choices: Choices) -> Method:
    informants = {s.code for s in reading.speakers if s.kind == "informant"}
    led = any(s.label.casefold().startswith(_LEADERS) for s in reading.speakers)
    if len(informants) > (1 if led else 2):
        return "focus_group"
    known = bool(choices.informant) or any(p.code or p.role for p in reading.header.people)
    return "interview" if reading.turns or known else "document"


def _kinds(reading: Reading) -> set[str]:
    return {s.kind for s in reading.speakers}


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _code_from(name: str) -> str:
    """A code for an informant whom nothing names, from the file's name without what is no name in it."""
    bare = re.sub(r"(?:^|[\W_]+)\d[\d\W_]*\d[\W_]*$", "", _SURROUNDINGS.sub(" ", _spaced(name)))
    return without_titles(" ".join(re.sub(r"^[\W_]+|[\W_]+$", "", bare).split())) or name
