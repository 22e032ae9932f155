"""Who stands behind the labels of a text: researcher or informant, and which person of the header."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from coding.transcripts.deciding import Key, choice_for
from coding.transcripts.drafts import LabelChoice, Speaker, SpeakerKind
from coding.transcripts.header import Header
from coding.transcripts.labels import Mark, is_letter, is_long_word, label_key
from coding.transcripts.matching import person_of, researcher_of
from coding.transcripts.names import (
    Person,
    has_honorific,
    initials_of,
    is_code,
    is_initials,
    is_role,
    letters,
    looks_like_name,
    same_name,
    with_detail,
    without_titles,
)
from coding.transcripts.wording import INFORMANT_WORDS, LETTERS_INFORMANT, RESEARCHER_WORDS, UNKNOWN_WORDS


@dataclass(slots=True)
class Cast:
    """The speakers in order of appearance, and which of them each label is."""

    speakers: list[Speaker] = field(default_factory=list)
    of: dict[Key, int] = field(default_factory=dict)
    unsure: list[str] = field(default_factory=list)
    nameless: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Voice:
    """One label's turns taken together."""

    mark: Mark
    turns: int = 0
    questions: int = 0

    @property
    def asks(self) -> float:
        return self.questions / self.turns if self.turns else 0.0

    @property
    def word(self) -> str:
        return re.split(r"[\s\d-]", self.mark.word)[0] if self.mark.word else ""


def cast(
    turns: Sequence[tuple[Mark, str]], header: Header, choices: Mapping[str, LabelChoice], fallback_code: str
) -> Cast:
    """The cast of a text from its labels and what is said after each.

    `fallback_code` names an informant for whom neither label nor header has a name or initials.
    """
    voices: dict[Key, _Voice] = {}
    for mark, said in turns:
        voice = voices.setdefault(mark.key, _Voice(mark))
        voice.turns += 1
        voice.questions += "?" in said
    result = Cast()
    kinds = _kinds(voices, header, choices, result)
    people = _people(voices, kinds, header, result)
    for key, voice in voices.items():
        same = _same_speaker(key, voices, result)
        if same is not None:
            result.of[key] = same
            continue
        speaker = _speaker(voice, kinds[key], people.get(key), header, choices, fallback_code, result)
        twin = next(
            (
                i
                for i, s in enumerate(result.speakers)
                if s.kind == speaker.kind == "informant" and _is_twin(s, speaker)
            ),
            None,
        )
        if twin is None:
            result.of[key] = len(result.speakers)
            result.speakers.append(speaker)
        else:
            result.of[key] = twin
            result.speakers[twin] = _filled(result.speakers[twin], speaker)
    return result


def speaker_of(person: Person, label: str = "") -> Speaker:
    """A person of a header as an informant."""
    return Speaker(
        label=label,
        kind="informant",
        code=person.code or person.role,
        name=person.name,
        initials=person.initials,
        role=person.role,
        group=person.group,
        category=person.category,
        age=person.age,
        gender=person.gender,
        place=person.place,
    )


def _kinds(
    voices: dict[Key, _Voice], header: Header, choices: Mapping[str, LabelChoice], result: Cast
) -> dict[Key, SpeakerKind]:
    kinds: dict[Key, SpeakerKind] = {}
    legend = {label_key(label): kind for label, kind in header.legend}
    for key, voice in voices.items():
        choice = choice_for(voice.mark, choices)
        if choice is not None and choice.kind != "none":
            kinds[key] = choice.kind
        elif key[0] in legend:
            kinds[key] = legend[key[0]]
        elif (kind := _known_kind(voice, header)) is not None:
            kinds[key] = kind
    _letters(voices, kinds, result)
    _by_questions(voices, kinds, result)
    return kinds


def _known_kind(voice: _Voice, header: Header) -> SpeakerKind | None:
    mark = voice.mark
    if is_long_word(mark):
        if voice.word in RESEARCHER_WORDS:
            return "researcher"
        if voice.word in INFORMANT_WORDS:
            return "informant"
        # “Speaker 1” is somebody whom the questions tell, “Semua” nobody.
        return None if mark.number is not None and voice.word in UNKNOWN_WORDS else "unknown"
    if is_letter(mark):
        return None
    if person_of(mark, header.people) is not None:
        return "informant"
    return "researcher" if researcher_of(mark, header.researchers) else None


def _letters(voices: dict[Key, _Voice], kinds: dict[Key, SpeakerKind], result: Cast) -> None:
    """Settle single letters, whose meaning hangs on which others there are: P with I asks, P1 beside P2 answers."""
    open_ = {k: v for k, v in voices.items() if k not in kinds and is_letter(v.mark)}
    if not open_:
        return
    present = {v.word for v in voices.values() if is_letter(v.mark)}
    asked = any(kinds.get(k) == "researcher" for k in voices)
    answered = any(kinds.get(k) == "informant" for k in voices) or any(
        k not in kinds and not is_letter(v.mark) for k, v in voices.items()
    )
    numbers = {v.mark.number for v in open_.values() if v.word == "p" and v.mark.number is not None}
    participants = len(numbers) > 1 and (asked or bool(present & set("mftqi")))
    asking = set("ptqmf")
    answering = set(LETTERS_INFORMANT)
    if participants or ("p" in present and asked and not answered and not present & set("ijanrs")):
        asking -= {"p"}
        answering |= {"p"}
    if not (present & asking) and not asked and "i" in present and len(present) > 1:
        asking |= {"i"}
        answering -= {"i"}
    if not (present & asking) and not asked:
        # An A that answers nobody's Q, an S beside a B: who asks tells.
        open_ = {k: v for k, v in open_.items() if v.word not in "asnrmf"}
    for key, voice in open_.items():
        kinds[key] = "researcher" if voice.word in asking else "informant"
    if len(numbers) > 1 and all(kinds.get(k) == "researcher" for k in voices):
        # several who ask and nobody who answers: these are participants, unless one of them plainly asks
        if any(voice.asks >= 0.4 for voice in open_.values()):
            for key in open_:
                del kinds[key]
        else:
            kinds.update(dict.fromkeys(open_, "informant"))
            result.unsure += [voice.mark.label for voice in open_.values()]
        return
    pair = [voices[k] for k in open_]
    if len(pair) == 2 and len({kinds[k] for k in open_}) == 2 and not asked and not answered:
        _check_questions(list(open_), voices, kinds, result)


def _check_questions(keys: list[Key], voices: dict[Key, _Voice], kinds: dict[Key, SpeakerKind], result: Cast) -> None:
    """Exchange the sides of two letters when it is plainly the other one who asks (I interviewer, P participant)."""
    asks = next(k for k in keys if kinds[k] == "researcher")
    answers = next(k for k in keys if kinds[k] == "informant")
    if voices[asks].word in "tq" or voices[answers].word in "ja":
        return
    if min(voices[asks].turns, voices[answers].turns) < 3:
        return
    if voices[answers].asks >= 0.6 and voices[asks].asks <= 0.2:
        kinds[asks], kinds[answers] = "informant", "researcher"
        result.unsure += [voices[asks].mark.label, voices[answers].mark.label]


def _by_questions(voices: dict[Key, _Voice], kinds: dict[Key, SpeakerKind], result: Cast) -> None:
    """Settle who is left: beside a researcher everybody answers; without one, who asks most is taken for it."""
    open_ = [k for k in voices if k not in kinds]
    if not open_:
        return
    if "researcher" not in kinds.values():
        ranked = sorted(open_, key=lambda k: -voices[k].asks)
        best, rest = voices[ranked[0]], [voices[k].asks for k in voices if k != ranked[0]]
        if best.asks >= 0.4 and best.asks >= 2 * max(rest, default=0.0):
            kinds[ranked[0]] = "researcher"
        elif "informant" in kinds.values():
            first = min(open_, key=lambda k: voices[k].mark.start)
            kinds[first] = "researcher"
        else:
            kinds.update(dict.fromkeys(open_, "unknown"))
        result.unsure += [voices[k].mark.label for k in open_]
    for key in open_:
        kinds.setdefault(key, "informant")


def _people(voices: dict[Key, _Voice], kinds: dict[Key, SpeakerKind], header: Header, result: Cast) -> dict[Key, int]:
    """Which of the header's people each informant's label is."""
    informants = [k for k in voices if kinds[k] == "informant"]
    found: dict[Key, int] = {}
    for key in informants:
        if (index := person_of(voices[key].mark, header.people)) is not None:
            found[key] = index
    for key in informants:
        mark = voices[key].mark
        if key in found or not _is_generic(mark):
            continue
        named = _named_in(mark)
        if mark.number is not None and len(header.people) > 1 and mark.number <= len(header.people):
            found[key] = mark.number - 1
        elif named is None and len(header.people) == 1 and not _rivals(key, informants, voices):
            found[key] = 0
        elif named is None and mark.number is None and len(header.people) > 1:
            left = [i for i in range(len(header.people)) if i not in found.values()]
            found[key] = left[0] if left else 0
            if len(left) != 1:
                result.unsure.append(mark.label)
    if len(header.people) == 1 and len(informants) == 1 and informants[0] not in found:
        mark, person = voices[informants[0]].mark, header.people[0]
        if person.code is None:
            found[informants[0]] = 0
        elif not (is_long_word(mark) and _named_in(mark)):
            found[informants[0]] = 0
            result.unsure.append(mark.label)
    return found


def _rivals(key: Key, informants: list[Key], voices: dict[Key, _Voice]) -> bool:
    """Whether several numbered informants speak, so that one name in the header cannot be all of them."""
    return voices[key].mark.number is not None and sum(voices[k].mark.number is not None for k in informants) > 1


def _is_generic(mark: Mark) -> bool:
    return is_long_word(mark) or is_letter(mark)


def _named_in(mark: Mark) -> str | None:
    """The name or initials behind a word like `Informan AS` or `Informan (AS)`."""
    parts = [] if mark.number is not None else mark.name.split()[1:]
    behind = " ".join(p for p in parts if p.casefold() not in {"kunci", "utama", "pendukung", "lain", "ke"})
    if behind and (is_initials(behind) or looks_like_name(behind)) and not behind.isdigit():
        return behind
    for piece in re.split(r"\s*[,;/]\s*", mark.detail or ""):
        if piece and not is_role(piece) and (is_initials(piece) or is_code(piece) or looks_like_name(piece)):
            return piece
    return None


def _same_speaker(key: Key, voices: dict[Key, _Voice], result: Cast) -> int | None:
    """A label without an age is the one of the same letters with an age, when there is only one such."""
    base, age = key
    aged = [k for k in voices if k[0] == base and k[1] is not None]
    if age is None and len(aged) == 1:
        return result.of.get(aged[0])
    if age is not None and len(aged) == 1 and (index := result.of.get((base, None))) is not None:
        result.speakers[index] = replace(
            result.speakers[index], label=voices[key].mark.label, age=result.speakers[index].age or age
        )
        return index
    return None


def _speaker(
    voice: _Voice,
    kind: SpeakerKind,
    person: int | None,
    header: Header,
    choices: Mapping[str, LabelChoice],
    fallback_code: str,
    result: Cast,
) -> Speaker:
    mark = voice.mark
    if kind != "informant":
        return Speaker(label=mark.label, kind=kind)
    own = _from_label(mark)
    known = header.people[person] if person is not None else Person()
    both = known.merged(own)
    choice = choice_for(mark, choices)
    code = both.code or (known.role if person is not None else None)
    if _is_own_name(known) and _are_initials(own.code):
        code = own.code  # the text calls the person so; the header has the name
    if choice is not None and choice.code:
        return replace(speaker_of(both, mark.label), code=choice.code, chosen=True)
    if code is None:
        code = fallback_code
        result.nameless.append(mark.label)
    return replace(speaker_of(both, mark.label), code=code)


def _from_label(mark: Mark) -> Person:
    """What a label says of the person: `AS (36)`, `Ibu Sari`, `Informan 3`, `Bidan Rina`."""
    person = Person(age=mark.age)
    if is_letter(mark) and mark.number is None:
        return person
    if is_letter(mark) or (is_long_word(mark) and mark.number is not None):
        person = replace(person, code=mark.name)
    elif is_long_word(mark) and not has_honorific(mark.name):
        named = _named_in(mark)
        if named is None:
            return person
        person = _with_name(person, named)
    else:
        person = _with_name(person, mark.name)
    for piece in re.split(r"\s*[,;]\s*", mark.detail or ""):
        if piece and piece != (_named_in(mark) or "") and person.age is None:
            person = with_detail(person, piece)
        elif is_initials(piece) and person.initials is None:
            person = replace(person, initials=piece)
    return person


def _with_name(person: Person, name: str) -> Person:
    bare = without_titles(name)
    if is_initials(bare):
        return replace(person, code=bare, initials=bare, name=name if has_honorific(name) else None)
    if is_code(bare):
        return replace(person, code=bare)
    if is_role(bare):
        return replace(person, code=bare, role=bare)
    return replace(person, code=bare, name=name, initials=initials_of(bare) if len(bare.split()) > 1 else None)


def _is_own_name(person: Person) -> bool:
    """Whether the person's code is nothing but the name."""
    return person.name is not None and (person.code or "").casefold() == without_titles(person.name).casefold()


def _are_initials(code: str | None) -> bool:
    return code is not None and is_initials(code) and len(letters(code)) > 1


def _is_twin(one: Speaker, other: Speaker) -> bool:
    """Whether two labels of one text are one person: the same code or full name and no contradicting age (DOMAIN.md
    §1)."""
    if (one.code or "").casefold() != (other.code or "").casefold() and not same_name(one.name, other.name):
        return False
    return one.age is None or other.age is None or one.age == other.age


def _filled(one: Speaker, other: Speaker) -> Speaker:
    initials = not one.chosen and _are_initials(other.code) and same_name(one.code, one.name)
    return replace(
        one,
        code=other.code if initials else one.code,
        age=one.age if one.age is not None else other.age,
        role=one.role or other.role,
        name=one.name or other.name,
        initials=one.initials or other.initials,
    )
