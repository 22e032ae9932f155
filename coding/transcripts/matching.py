"""Which of the people a header names a label stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coding.transcripts.labels import Mark, label_key
from coding.transcripts.names import Person, initials_of, is_initials, letters, without_titles


def person_of(mark: Mark, people: Sequence[Person]) -> int | None:
    """The index of the one person whose code, initials, name or part of a name the label is; None without one.

    An age beside the label has to fit. Words that name nobody (`Informan`) are not looked at.
    """
    fitting = [i for i, p in enumerate(people) if mark.age is None or p.age is None or p.age == mark.age]
    for rule in (_same_code, _same_initials, _part_of_name, _some_initials):
        found = [i for i in fitting if rule(mark, people[i])]
        if len(found) > 1 and mark.age is not None:
            found = [i for i in found if people[i].age == mark.age] or found
        if len(found) == 1:
            return found[0]
    return None


def researcher_of(mark: Mark, researchers: Sequence[str]) -> bool:
    """Whether the label names one of the header's researchers."""
    people = [
        Person(name=r, code=without_titles(r), initials=r if is_initials(r) else initials_of(r))
        for r in researchers
        if r
    ]
    return any(rule(mark, p) for p in people for rule in (_same_code, _same_initials, _part_of_name))


def _same_code(mark: Mark, person: Person) -> bool:
    asked = {mark.base, label_key(without_titles(mark.name))}
    return any(label_key(known) in asked for known in (person.code, person.name) if known)


def _same_initials(mark: Mark, person: Person) -> bool:
    if not is_initials(mark.name) or len(letters(mark.name)) < 2:
        return False
    known = [person.initials] if person.initials else []
    if person.name:
        known.append(initials_of(person.name))
    return any(letters(k) == letters(mark.name) for k in known)


def _some_initials(mark: Mark, person: Person) -> bool:
    """Whether the label is the initials of some of the person's names, the first of them among these: `SN` for Siti
    Nurhaliza Rahmawati."""
    if not is_initials(mark.name) or not person.name:
        return False
    mine, theirs = letters(mark.name), iter(letters(initials_of(person.name)))
    return len(mine) > 1 and mine[0] == letters(initials_of(person.name))[:1] and all(one in theirs for one in mine)


def _part_of_name(mark: Mark, person: Person) -> bool:
    if not person.name:
        return False
    asked = _words(without_titles(mark.name))
    return bool(asked) and max(map(len, asked)) > 2 and asked <= _words(without_titles(person.name))


def _words(name: str) -> set[str]:
    return {w.casefold() for w in re.findall(r"[^\W\d_]+", name)}
