"""What the project itself knows: its informants and places, what was replaced already, what is never personal data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from coding.privacy.patterns import HONORIFICS, MONTHS_AND_DAYS, ROLES, TITLES, place_name
from coding.privacy.placed import placed, surnames
from coding.privacy.rows import Kind
from coding.project import Operation, Reader
from coding.store.models import Informant, MaskKey, ProjectRow, Source, SourceText
from coding.views import remove_view, save_view, views

NEVER = "privacy_never"
"""The kind of saved view that says what is never personal data."""
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
AGAIN = "\u200c"
"""Stands, as often as needed, behind a replacement that several originals share: unseen, it tells them apart, so that
each can be put back as it was. (The zero-width non-joiner: fonts have it, and no word of these languages does.)"""
_NEUTRAL = "I-{number:02}"
_NO_NAMES = frozenset([*HONORIFICS, *TITLES, "bin", "binti", "van", "von", "der", "den", "de", "el", "al", "gusti"])


@dataclass(slots=True)
class Known:
    """`full` and `parts` are names in small letters with the informant's code, None where several share it, without the
    words in `placed`, which name a place; `initials`
    as written; `places` as written; `shown` what an informant is called instead, which is never the name; `own` the
    words of each informant's name in small letters; `masked` originals of the key by
    their replacement; `never` what is no personal data."""

    full: dict[str, str | None] = field(default_factory=dict)
    parts: dict[str, str | None] = field(default_factory=dict)
    initials: dict[str, str | None] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)
    shown: dict[str, str] = field(default_factory=dict)
    own: dict[str, frozenset[str]] = field(default_factory=dict)
    masked: dict[str, tuple[str, str]] = field(default_factory=dict)
    never: set[tuple[str, str]] = field(default_factory=set)
    placed: frozenset[str] = frozenset()

    def learn(self, code: str, name: str | None, initials: str | None, pseudonym: str | None) -> None:
        """Take in one informant; all of them before `settle`."""
        words = name_words(name or (code if is_name(code) else ""))
        self.own[code] = frozenset(word.casefold() for word in words if len(word) > 2)
        wanted = (pseudonym, code, initials, "".join(word[0] for word in words).upper())
        self.shown[code] = next((one for one in wanted if one and len(one) > 1 and not self.bears(code, one)), "")
        if len(words) > 1:
            _put(self.full, " ".join(words).casefold(), code)
        for number, word in enumerate(words):
            if len(word) > 2 and not (number and word.casefold() in self.placed):
                _put(self.parts, word.casefold(), code)
        if initials and len(initials) > 1:
            _put(self.initials, initials, code)

    def settle(self) -> None:
        """Give a neutral code to whoever has nothing but a name, or would be called as somebody else is."""
        taken: set[str] = set()
        numbered = [(code, shown, number) for number, (code, shown) in enumerate(self.shown.items(), 1)]
        for code, shown, number in sorted(numbered, key=lambda one: one[0] != one[1]):
            others = {other.casefold() for other in self.shown if other != code}
            while not shown or shown.casefold() in taken or shown.casefold() in others:
                shown, number = _NEUTRAL.format(number=number), number + 1
            taken.add(shown.casefold())
            self.shown[code] = shown

    def bears(self, code: str, text: str) -> bool:
        """Whether a word of the informant's own name stands in `text`."""
        return any(word.casefold() in self.own[code] for word in _WORD.findall(text))

    def stand_ins(self) -> dict[str, str]:
        """What is put for each informant who has a name: what stands in the texts already, else a new one."""
        made = {code: f"[{self.shown[code]}]" for code, own in self.own.items() if own}
        for replacement, (original, kind) in reversed(self.masked.items()):
            if kind == "name" and (code := self.whose(original)) in made:
                made[code] = replacement.rstrip(AGAIN)
        return made

    def whose(self, name: str) -> str | None:
        """The code of the informant whom all words of `name` fit that are known; None when there is none, or two."""
        folded = " ".join(name.split()).casefold()
        if folded in self.full:
            return self.full[folded]
        if name in self.initials:
            return self.initials[name]
        codes = {self.parts[word] for word in folded.split() if word in self.parts}
        return codes.pop() if len(codes) == 1 else None


def name_words(name: str) -> list[str]:
    """The words of a name, without titles before and behind it."""
    return [word for word in _WORD.findall(name.split(",", maxsplit=1)[0]) if word.casefold() not in _NO_NAMES]


def is_name(code: str) -> bool:
    """Whether an informant's code is written as a name is: no initials, number, office or part in the programme."""
    words = code.split()
    ordinary = ROLES | MONTHS_AND_DAYS
    return (
        bool(words)
        and len(code) > 2
        and all(
            _WORD.fullmatch(word.rstrip(".")) and word[:1].isupper() and word.casefold() not in ordinary
            for word in words
        )
        and not code.replace(" ", "").isupper()
    )


def _put(into: dict[str, str | None], name: str, code: str) -> None:
    into[name] = code if into.get(name, code) == code else None


def known_in(session: Session) -> Known:
    """What the project knows of its informants, and what is masked already."""
    made = Known()
    columns = (Informant.code, Informant.name, Informant.initials, Informant.pseudonym)
    rows = session.execute(select(*columns).order_by(Informant.position, Informant.id)).all()
    masked = session.execute(select(MaskKey.replacement, MaskKey.original, MaskKey.kind).order_by(MaskKey.id)).all()
    made.placed = _placed(session, [" ".join(name_words(row.name or row.code)) for row in rows])
    for row in rows:
        made.learn(row.code, row.name, row.initials, row.pseudonym)
    made.settle()
    codes = {row.code for row in rows}
    made.initials = {initials: code for initials, code in made.initials.items() if initials not in codes}
    made.masked = {row.replacement: (row.original, row.kind) for row in masked}
    return made


def _placed(session: Session, names: Iterable[str]) -> frozenset[str]:
    """The words of these names that the study's texts and tables show to be places."""
    if not (candidates := surnames(names)):
        return frozenset()
    written = (SourceText.body, ProjectRow.title, Source.name)
    texts = [text for column in written for text in session.scalars(select(column))]
    places = [*session.scalars(select(Informant.place)), *session.scalars(select(Source.place))]
    return placed(candidates, texts, [place for place in places if place])


def known(reader: Reader) -> Known:
    """What the project knows."""
    with reader.read() as session:
        made = known_in(session)
        places = [*session.scalars(select(Informant.place)), *session.scalars(select(Source.place))]
    for place in places:
        made.places.update(name for name in place_name(place or "") if name.casefold() not in MONTHS_AND_DAYS)
    made.never = {(view.params["kind"], view.params["text"]) for view in views(reader, NEVER)}
    return made


def set_never(op: Operation, kind: Kind, texts: Iterable[str]) -> None:
    """These texts are never personal data of that kind: they are found no more."""
    for text in texts:
        save_view(op, NEVER, f"{kind}: {text}", {"kind": kind, "text": text})


def forget_never(op: Operation, reader_views: Iterable[str]) -> None:
    """Find again what was said to be no personal data, by the guids of `never_list`."""
    for guid in reader_views:
        remove_view(op, guid)


def never_list(reader: Reader) -> list[tuple[str, str, str]]:
    """(guid, kind, text) of what was said to be no personal data."""
    return [(view.guid, view.params["kind"], view.params["text"]) for view in views(reader, NEVER)]
