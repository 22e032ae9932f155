"""What the project itself knows: its informants and places, what was replaced already, what is never personal data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select

from coding.privacy.patterns import HONORIFICS, MONTHS_AND_DAYS, TITLES, place_name
from coding.privacy.rows import Kind
from coding.project import Operation, Reader
from coding.store.models import Informant, MaskKey, Source
from coding.views import remove_view, save_view, views

NEVER = "privacy_never"
"""The kind of saved view that says what is never personal data."""
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_NO_NAMES = frozenset([*HONORIFICS, *TITLES, "bin", "binti", "van", "von", "der", "den", "de", "el", "al", "gusti"])


@dataclass(slots=True)
class Known:
    """`full` and `parts` are names in small letters with the informant's code, None where several share it; `initials`
    as written; `places` as written; `shown` what an informant is called instead; `masked` originals of the key by
    their replacement; `never` what is no personal data."""

    full: dict[str, str | None] = field(default_factory=dict)
    parts: dict[str, str | None] = field(default_factory=dict)
    initials: dict[str, str | None] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)
    shown: dict[str, str] = field(default_factory=dict)
    masked: dict[str, tuple[str, str]] = field(default_factory=dict)
    never: set[tuple[str, str]] = field(default_factory=set)

    def learn(self, code: str, name: str | None, initials: str | None, pseudonym: str | None) -> None:
        """Take in one informant."""
        self.shown[code] = pseudonym or code
        words = [word for word in _WORD.findall((name or "").split(",")[0]) if word.casefold() not in _NO_NAMES]
        if len(words) > 1:
            _put(self.full, " ".join(words).casefold(), code)
        for word in words:
            if len(word) > 2:
                _put(self.parts, word.casefold(), code)
        if initials and len(initials) > 1:
            _put(self.initials, initials, code)

    def whose(self, name: str) -> str | None:
        """The code of the informant whom all words of `name` fit that are known; None when there is none, or two."""
        folded = " ".join(name.split()).casefold()
        if folded in self.full:
            return self.full[folded]
        codes = {self.parts[word] for word in folded.split() if word in self.parts}
        return codes.pop() if len(codes) == 1 else None


def _put(into: dict[str, str | None], name: str, code: str) -> None:
    into[name] = code if into.get(name, code) == code else None


def known(reader: Reader) -> Known:
    """What the project knows."""
    made = Known()
    with reader.read() as session:
        columns = (Informant.code, Informant.name, Informant.initials, Informant.pseudonym, Informant.place)
        rows = session.execute(select(*columns).order_by(Informant.position)).all()
        places = [row.place for row in rows] + list(session.scalars(select(Source.place)))
        masked = session.execute(select(MaskKey.replacement, MaskKey.original, MaskKey.kind)).all()
    for row in rows:
        made.learn(row.code, row.name, row.initials, row.pseudonym)
    codes = {row.code for row in rows}
    made.initials = {initials: code for initials, code in made.initials.items() if initials not in codes}
    for place in places:
        made.places.update(name for name in place_name(place or "") if name.casefold() not in MONTHS_AND_DAYS)
    made.masked = {row.replacement: (row.original, row.kind) for row in masked}
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
