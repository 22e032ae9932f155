"""Gathering the people that a header names, from fields that come in any order and number."""

from __future__ import annotations

import re
from dataclasses import replace

from coding.transcripts.names import (
    Person,
    initials_of,
    is_code,
    is_degree,
    is_initials,
    is_role,
    looks_like_name,
    parse_age,
    parse_category,
    parse_gender,
    parse_person,
)

_AND = re.compile(r"\s*[;\n]\s*|\s+(?:dan|and|&|serta)\s+")
_NUMBERING = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|[-*•])\s*")


def split_people(value: str) -> list[str]:
    """The people a value names, each with what stands behind the name.

    Semicolons and “dan” part people; a comma does when what follows is a name or initials, not a title or an office.
    """
    found: list[str] = []
    for part in _AND.split(value):
        pieces = [p.strip() for p in re.split(r",(?![^()]*\))", part)]
        current = ""
        for piece in pieces:
            if not piece:
                continue
            if current and not _begins_person(current, piece):
                current = f"{current}, {piece}"
                continue
            if current:
                found.append(current)
            current = _NUMBERING.sub("", piece)
        if current:
            found.append(current)
    return [f for f in found if f not in {"-", "–", "—"}]


def _begins_person(before: str, piece: str) -> bool:
    bare = re.sub(r"\([^()]*\)", "", _NUMBERING.sub("", piece)).strip()
    first = re.sub(r"\([^()]*\)", "", before).split(",")[0].strip()
    if not bare or is_role(bare) or parse_age(bare) is not None or parse_category(bare):
        return False
    if is_initials(first) or is_code(first):
        return is_initials(bare) or is_code(bare)
    return not is_degree(bare) and looks_like_name(bare) and looks_like_name(first) and len(bare) > 2


class People:
    """Collects people field by field; `result` gives them in the order of the header."""

    def __init__(self) -> None:
        self._done: list[Person] = []
        self._batch: list[Person] = []
        self._had: set[str] = set()

    def next_person(self) -> None:
        """What comes now is about somebody else (the next row of a table)."""
        self._done += self._batch
        self._batch, self._had = [], set()

    def add(self, key: str, label: str, number: int | None, value: str) -> None:
        """Take one field. `key` is one of the header's; others than a person's are ignored."""
        if key in ("informant", "name", "initials"):
            self._identity(key, label, number, value)
        elif key in ("role", "group", "category", "age", "gender", "residence") and value:
            if not self._batch:
                self._batch = [Person()]
            self._attribute(key, value)

    def result(self) -> tuple[Person, ...]:
        found: list[Person] = []
        for person in [*self._done, *self._batch]:
            twin = next((i for i, p in enumerate(found) if _is_same(p, person)), None)
            if twin is not None:
                found[twin] = found[twin].merged(person)
            elif person != Person():
                found.append(person)
        return tuple(found)

    def _identity(self, key: str, label: str, number: int | None, value: str) -> None:
        if key in self._had:
            self.next_person()
        self._had.add(key)
        category = parse_category(label) if key == "informant" else None
        if value.isdigit() and key == "informant":
            value = f"{label} {value}"
        bare_category = parse_category(value) if key == "informant" and len(value.split()) <= 2 else None
        if bare_category and not is_initials(value):
            new = [Person(category=bare_category)]
        elif key == "initials":
            new = [Person(code=value or None, initials=value if is_initials(value) else None)]
        else:
            new = [parse_person(v) for v in split_people(value)] or [Person()]
        if category:
            new = [replace(p, category=p.category or category) for p in new]
        if number is not None and len(new) == 1 and new[0].code is None and not value:
            new = [replace(new[0], code=f"{label}")]
        self._batch = self._joined(key, new)

    def _joined(self, key: str, new: list[Person]) -> list[Person]:
        """The people at hand with what `new` says of them: a code goes before a name, a name fills what is missing."""
        old = self._batch
        if not old:
            return new
        if len(old) != len(new):
            if len(old) == 1 and old[0].code is None:
                return [p.merged(old[0]) for p in new]
            return [*old, *new] if all(p.code for p in old) else new
        if key == "initials":
            return [replace(o.merged(n), code=n.code or o.code, initials=n.initials or o.initials)
                    for o, n in zip(old, new, strict=True)]  # fmt: skip
        joined = []
        for o, n in zip(old, new, strict=True):
            both = o.merged(n)
            if both.name and not both.initials:
                both = replace(both, initials=initials_of(both.name))
            joined.append(both)
        return joined

    def _attribute(self, key: str, value: str) -> None:
        parts = [p.strip() for p in re.split(r"[;,/]|\s+(?:dan|and)\s+", value) if p.strip()]
        each = parts if len(self._batch) > 1 and len(parts) == len(self._batch) else [value] * len(self._batch)
        shared = len(self._batch) > 1 and each != parts
        if shared and key == "age":
            return
        self._batch = [_with(p, key, v) for p, v in zip(self._batch, each, strict=True)]


def _is_same(one: Person, other: Person) -> bool:
    """Whether a header names somebody twice: the same code and no contradicting age."""
    if not one.code or not other.code or one.code.casefold() != other.code.casefold():
        return False
    return one.age is None or other.age is None or one.age == other.age


def _with(person: Person, key: str, value: str) -> Person:
    if key == "age":
        age = parse_age(value)
        return person if age is None or person.age is not None else replace(person, age=age)
    if key == "category":
        return replace(person, category=person.category or parse_category(value))
    if key == "gender":
        return replace(person, gender=person.gender or parse_gender(value))
    if key == "role":
        return replace(person, role=person.role or value)
    if key == "group":
        return replace(person, group=person.group or value)
    return replace(person, place=person.place or value)
