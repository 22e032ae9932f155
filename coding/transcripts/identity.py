"""Who is who: a draft's informants matched with those a project knows (DOMAIN.md §1 "Identity")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coding.transcripts.drafts import Draft, Speaker
from coding.transcripts.names import different_names, same_name, without_titles

_NUMBERED = re.compile(r"(?P<base>.+?)(?:-(?P<age>\d{1,3}))?(?: \((?P<number>\d+)\))?")


@dataclass(frozen=True, slots=True)
class KnownInformant:
    """An informant a project has already, as far as identity asks."""

    guid: str
    code: str
    age: int | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """The informant that a speaker is: a known one by `guid`, or a new one with `code`, which nobody has yet.

    Speakers of one draft who are the same new person have the same code.
    """

    guid: str | None
    code: str


def informant_code(name_or_initials: str) -> str:
    """The code of somebody called so: without honorifics, academic titles and what stands in brackets."""
    return without_titles(re.sub(r"\s*[(\[][^()\[\]]*[)\]]", "", name_or_initials)) or name_or_initials.strip()


def resolve(draft: Draft, known: Sequence[KnownInformant]) -> tuple[Resolved | None, ...]:
    """For each speaker of `draft` the informant, None for those who are none.

    The same code, case folded, or the same full name, titles aside, and no contradicting age is the same person; so is
    not who has the code and quite another full name. Then the age (`RP-28`), or ` (2)`, makes the new code unique. A
    code that the user chose names its informant whatever the age and the name.
    """
    people = [_Person(k.guid, k.code, k.age, k.name) for k in known]
    found: list[Resolved | None] = []
    for speaker in draft.speakers:
        if speaker.kind != "informant" or not speaker.code:
            found.append(None)
            continue
        person = _match(speaker, people)
        if person is None:
            person = _Person(None, _free(speaker, people), speaker.age, speaker.name)
            people.append(person)
        else:
            person.age = speaker.age if person.age is None else person.age
            person.name = person.name or speaker.name
        found.append(Resolved(person.guid, person.code))
    return tuple(found)


@dataclass(slots=True)
class _Person:
    guid: str | None
    code: str
    age: int | None
    name: str | None


def _match(speaker: Speaker, people: list[_Person]) -> _Person | None:
    code = (speaker.code or "").casefold()
    exact = next((p for p in people if p.code.casefold() == code), None)
    if exact is not None and speaker.chosen:
        return exact
    fitting = [p for p in people if not different_names(p.name, speaker.name)]
    if exact not in fitting:
        exact = None
    if exact is not None and (speaker.age is None or exact.age == speaker.age):
        return exact
    if speaker.age is not None:
        # Somebody whose code was made unique is still called by the code that stands in the text.
        for person in fitting:
            if person.age == speaker.age and _base(person).casefold() == code:
                return person
    if exact is not None and exact.age is None:
        return exact
    return None if speaker.chosen else _of_name(speaker, people)


def _of_name(speaker: Speaker, people: list[_Person]) -> _Person | None:
    """The one person who has the speaker's full name, as a name or as a code; None when there is none, or two."""
    found = [
        person
        for person in people
        if (speaker.age is None or person.age is None or speaker.age == person.age)
        and any(
            same_name(mine, theirs) for mine in (person.name, person.code) for theirs in (speaker.name, speaker.code)
        )
    ]
    return found[0] if len(found) == 1 else None


def _base(person: _Person) -> str:
    match = _NUMBERED.fullmatch(person.code)
    if match is None:
        return person.code
    if match["age"] is not None and int(match["age"]) != person.age:
        # The number belongs to the code itself (`INF-03`).
        return person.code.removesuffix(f" ({match['number']})")
    return match["base"]


def _free(speaker: Speaker, people: list[_Person]) -> str:
    taken = {p.code.casefold() for p in people}
    code = speaker.code or ""
    if code.casefold() not in taken:
        return code
    if speaker.age is not None:
        code = f"{code}-{speaker.age}"
    free, number = code, 1
    while free.casefold() in taken:
        number += 1
        free = f"{code} ({number})"
    return free
