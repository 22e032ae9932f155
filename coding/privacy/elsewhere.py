"""Names outside the texts: in names of sources and files, labels of turns, codes of informants, and in what people
wrote themselves; and what is left where nothing is replaced."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, select

from coding.informants.editing import rename_informant
from coding.privacy.known import AGAIN, Known, known_in
from coding.project import Operation, Reader
from coding.store.models import Informant, MaskKey, SavedView, Source, SourceText
from coding.store.sql import rows
from coding.views import save_view

WRITTEN: Mapping[str, tuple[str, ...]] = {
    "source": ("name", "file_name"), "turn": ("label",),
    "memo": ("text",), "journal_entry": ("text", "title"), "finding": ("text",), "judgement": ("reason",),
    "conclusion": ("text",), "recommendation": ("text",), "comment": ("text", "about"), "topic": ("label",),
    "proposal": ("reason", "answer"), "settlement": ("reason",), "project": ("memo",),
}  # fmt: skip
"""What is replaced along with the texts when that is asked for."""
_STAYS: Mapping[str, tuple[str, ...]] = {
    "code": ("label_id", "label_en"), "attribute_value": ("value",), "informant": ("role", "group", "place"),
    "project": ("title",), "saved_view": ("name",),
}  # fmt: skip
"""Where a name may stand that nothing replaces: it is counted and said."""
CODES = "privacy_codes"
"""The kind of saved view that remembers the code of an informant whose code was the name."""
_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Names:
    """Finds the names of some informants, and whatever is in the key, in texts outside the sources. `stand_ins` is what
    is shown for each informant, by code; a word in `ordinary` is no name by itself."""

    op: Operation
    about: Known
    stand_ins: Mapping[str, str]
    ordinary: Collection[str]
    pairs: dict[str, str] = field(init=False)
    _pattern: re.Pattern[str] | None = field(init=False)

    def __post_init__(self) -> None:
        self.pairs = {original: replacement for replacement, (original, _) in self.about.masked.items()}
        forms = {re.escape(original): len(original) for original in self.pairs}
        for name in forms_of(self.about, self.stand_ins, self.ordinary):
            forms[rf"(?i:{_spaced(name)})"] = len(name)
        parts = "|".join(sorted(forms, key=lambda form: (-forms[form], form)))
        self._pattern = re.compile(rf"(?<![^\W_])(?:{parts})(?![^\W_])") if forms else None

    def apply(self, text: str) -> str:
        """`text` with the names replaced; a way of writing one that is new gets an entry of the key."""
        return text if self._pattern is None else self._pattern.sub(lambda match: self._instead(match.group()), text)

    def apply_json(self, text: str) -> str:
        """A JSON text with each string in it replaced; the same text where nothing is found."""
        value = json.loads(text)
        made = self._walk(value)
        return text if made == value else json.dumps(made, ensure_ascii=False)

    def _walk(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._walk(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self._walk(one) for one in value]
        return self.apply(value) if isinstance(value, str) else value

    def _instead(self, written: str) -> str:
        if written not in self.pairs:
            code = self.about.whose(written)
            if code is None or code not in self.stand_ins or not written[0].isupper():
                return written
            made, taken = self.stand_ins[code], set(self.pairs.values())
            while made in taken:
                made += AGAIN
            self.pairs[written] = made
            self.op.session.add(MaskKey(replacement=made, original=written, kind="name"))
        return self.pairs[written]


def forms_of(about: Known, codes: Collection[str], ordinary: Collection[str]) -> list[str]:
    """The full names of these informants and what of them is nobody else's and no ordinary word, in small letters."""
    full = [name for name, code in about.full.items() if code in codes]
    return [*full, *(part for part, code in about.parts.items() if code in codes and part not in ordinary)]


def _spaced(name: str) -> str:
    return r"[\s_]+".join(map(re.escape, name.split()))


def ordinary_words(bodies: Iterable[str], names: Iterable[str]) -> set[str]:
    """Which of these words also stand in small letters in a text."""
    words = set(names)
    return {word for body in bodies for word in _WORD.findall(body) if word in words}


def pattern_of(texts: Collection[str], *, whole: bool = True) -> re.Pattern[str]:
    """Finds any of these replacements or originals, the longest first; those that begin or end with a letter only as
    `whole` words. A replacement is not found in one that looks the same."""
    parts = []
    for text in sorted(texts, key=lambda text: (-len(text), text)):
        head = r"(?<!\w)" if whole and text[:1].isalnum() else ""
        tail = r"(?!\w)" if whole and text[-1:].isalnum() else ""
        parts.append(f"{head}{re.escape(text)}{tail}(?!{AGAIN})")
    return re.compile("|".join(parts))


def mask_elsewhere(op: Operation, stand_ins: Mapping[str, str], bodies: Collection[str]) -> Names:
    """Replace what the key holds, and the names of these informants, in everything of `WRITTEN`; codes that are names
    become what stands for them. `bodies` are texts that tell which words are ordinary."""
    op.session.flush()
    about = known_in(op.session)
    names = Names(op, about, stand_ins, ordinary_words(bodies, about.parts))
    _rename(op, about, stand_ins)
    for table, columns in WRITTEN.items():
        for column in columns:
            _column(op, table, column, names.apply)
    op.session.flush()
    op.session.expire_all()
    return names


def changed_elsewhere(op: Operation, before: Mapping[tuple[str, int], tuple[str, ...]]) -> int:
    """How many rows of `WRITTEN`, and informants, are others than in `before`, as `snapshot` gave it."""
    now = snapshot(op)
    return sum(now.get(key) != texts for key, texts in before.items())


def snapshot(op: Operation) -> dict[tuple[str, int], tuple[str, ...]]:
    """What people wrote, by table and row."""
    op.session.flush()
    found: dict[tuple[str, int], tuple[str, ...]] = {}
    for table, columns in (*WRITTEN.items(), ("informant", ("code",))):
        listed = ", ".join(f'"{column}"' for column in columns)
        for number, *texts in rows(op.raw(), f'SELECT id, {listed} FROM "{table}"'):
            found[table, number] = tuple(texts)
    return found


def unmask_elsewhere(op: Operation, pairs: Mapping[str, str]) -> None:
    """Put the originals (by replacement) back in everything of `WRITTEN`, and codes that were names."""
    pattern = pattern_of(list(pairs), whole=False)
    op.session.flush()
    for table, columns in WRITTEN.items():
        for column in columns:
            _column(op, table, column, lambda text: pattern.sub(lambda match: pairs[match.group()], text))
    op.session.expire_all()
    for view in op.session.scalars(select(SavedView).where(SavedView.kind == CODES)).all():
        kept = json.loads(view.params)
        row = op.session.scalar(select(Informant).where(Informant.guid == view.name))
        taken = op.session.scalar(select(Informant.id).where(Informant.code_folded == kept["was"].casefold()))
        if row is not None and row.code == kept["now"] and taken is None:
            rename_informant(op, row.guid, kept["was"])
    op.session.execute(delete(SavedView).where(SavedView.kind == CODES))
    op.session.flush()


def mask_versions(op: Operation, stand_ins: Mapping[str, str]) -> None:
    """The same for what merges keep of versions beside the one that is shown, for good."""
    op.session.flush()
    about = known_in(op.session)
    bodies = op.session.scalars(select(SourceText.body)).all()
    names = Names(op, about, stand_ins, ordinary_words(bodies, about.parts))
    _column(op, "stamp", "heads", names.apply_json)
    op.session.expire_all()


def mask_history(op: Operation, names: Names) -> None:
    """What steps of the history were about, for good."""
    op.session.flush()
    _column(op, "operation", "params", names.apply_json)
    op.session.flush()
    op.session.expire_all()


def _rename(op: Operation, about: Known, stand_ins: Mapping[str, str]) -> None:
    for row in op.session.scalars(select(Informant).order_by(Informant.position)).all():
        if row.code not in stand_ins or not about.bears(row.code, row.code):
            continue
        was, stem = row.code, stand_ins[row.code].strip("[] " + AGAIN) or "I"
        now, number = stem, 1
        while op.session.scalar(select(Informant.id).where(Informant.code_folded == now.casefold())) is not None:
            number += 1
            now = f"{stem} {number}"
        rename_informant(op, row.guid, now)
        save_view(op, CODES, row.guid, {"was": was, "now": now})


def _column(op: Operation, table: str, column: str, work: Any) -> None:
    for number, text in rows(op.raw(), f'SELECT id, "{column}" FROM "{table}" WHERE "{column}" <> \'\''):
        made = work(text)
        if made != text:
            op.raw().execute(f'UPDATE "{table}" SET "{column}" = ? WHERE id = ?', (made, number))


@dataclass(frozen=True, slots=True)
class Found:
    """Names of informants: places in texts, and texts outside them that are replaced along (`elsewhere`) or never
    (`stays`)."""

    texts: int
    elsewhere: int
    stays: int


def names_found(reader: Reader) -> Found:
    """How often a name of an informant that is no ordinary word still stands where."""
    with reader.read() as session:
        about = known_in(session)
        bodies = list(session.scalars(select(SourceText.body).join(Source, Source.text_id == SourceText.id)))
        forms = forms_of(about, about.own, ordinary_words(bodies, about.parts))
        either = "|".join(map(_spaced, sorted(forms, key=len)[::-1]))
        pattern = re.compile(rf"(?<![^\W_])(?=[A-ZÀ-ÖØ-Þ])(?i:{either})(?![^\W_])")
        connection = session.connection().connection.driver_connection
        counts = []
        for tables in (WRITTEN, _STAYS):
            written = [
                text
                for table, columns in tables.items()
                for column in columns
                for (text,) in rows(connection, f'SELECT "{column}" FROM "{table}" WHERE "{column}" <> \'\'')  # type: ignore[arg-type]
            ]
            counts.append(sum(_named(pattern, text) > 0 for text in written) if forms else 0)
        codes = sum(about.bears(code, code) for code in about.own)
    return Found(sum(_named(pattern, body) for body in bodies) if forms else 0, counts[0] + codes, counts[1])


def _named(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))
