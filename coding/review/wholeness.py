"""Making what comes out of a merge a whole: nothing refers to what is gone, nobody has another's name, nothing that was
written is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from coding.review import clocks
from coding.review.clocks import Heads
from coding.review.copies import Values
from coding.review.shown import shown
from coding.review.tables import Spec, specs

if TYPE_CHECKING:
    from coding.review.merging import Merging, Outcome


def lost(merging: Merging, outcome: Outcome) -> Outcome:
    """A coded segment whose passage is gone from the text: it goes, its words are kept with the source."""
    if outcome.values is not None and outcome.values["source_id"] in merging.erased.texts:
        merging.erased.rows.setdefault(outcome.guid, merging.erased.texts[outcome.values["source_id"]])
        return merging.erased.leave_out(outcome)
    merging.lost[outcome.guid] = outcome
    return replace(outcome, kind="lost", values=None)


def keep_words_of_lost(merging: Merging) -> None:
    """A comment on the source for every lost segment: the passage, the code, and what its memo said."""
    from coding.review.merging import Outcome

    memos: dict[str, tuple[str, Values]] = {}
    if merging.lost:
        memos = {values["target_guid"]: (guid, values) for guid, values in _present(merging, specs()["memo"])}
    for guid, outcome in merging.lost.items():
        values = outcome.values
        assert values is not None
        said = _in_words(merging, values)
        if memo := memos.get(guid):
            said += f"\n{memo[1]['text']}"
            _remove(merging, specs()["memo"], memo[0])
        name = clocks.derived("lost", guid)
        if name in merging.ours.tables["comment"] or merging.ours.knowledge.known(name):
            continue
        comment: Values = {
            "target_table": "source", "target_guid": values["source_id"], "reply_to": None,
            "about": merging.places.quotation(values), "text": said, "closed": 0, "coder_id": values["coder_id"],
            "created_at": values["created_at"], "modified_at": values["modified_at"],
        }  # fmt: skip
        why = clocks.follows(clocks.latest(outcome.known), "comment", guid)
        merging.rows["comment", name] = Outcome(
            "comment", name, "quiet", frozenset({why}), {why: comment}, comment, None, comment
        )


_SIGNS = {"supporting": " +", "inhibiting": " −", "neutral": " 0"}


def _in_words(merging: Merging, values: Values) -> str:
    found = merging.outcome(specs()["code"], values["code_id"])
    code = found.values or found.ours or found.theirs or {}
    return f"“{merging.places.quotation(values)}”\n{code.get('path', '?')}{_SIGNS.get(values['valence'], '')}"


def keep_former_text(merging: Merging, source: str, heads: Heads, final: str) -> None:
    """Where two people edited a text, the one that does not stand is kept as a former text of the source."""
    from coding.review.merging import Outcome

    imported = (merging.ours.values(specs()["source"], source) or {}).get("imported_at", "")
    for version, values in heads.items():
        digest = str((values or {}).get("hash", ""))
        name = clocks.derived("former", source, digest)
        if digest == final or merging.ours.knowledge.known(name):
            continue
        row: Values = {
            "source_id": source, "text_id": digest, "coder_id": merging.person(version), "replaced_at": imported,
        }  # fmt: skip
        why = clocks.follows(version, "former", source)
        merging.rows["former_text", name] = Outcome(
            "former_text", name, "quiet", frozenset({why}), {why: row}, row, None, row
        )


# what is referred to stays


def keep_what_is_needed(merging: Merging) -> None:
    """What a row refers to can't be gone: a code on which somebody else has coded since comes back, and so on up."""
    again = True
    while again:
        again = False
        gone = _gone(merging)
        for spec in reversed(specs().values()):
            for guid, values in list(_to_check(merging, spec, gone)):
                again |= _check(merging, spec, guid, values)


def _gone(merging: Merging) -> set[str]:
    """Tables from which something of ours goes."""
    return {table for (table, _), outcome in merging.rows.items() if outcome.values is None and outcome.ours}


def _targets(spec: Spec, values: Values) -> Iterator[tuple[str, str, str]]:
    """(column, table, guid) of what the row refers to and can't be without."""
    for column, table in spec.refs.items():
        if table in specs() and values[column] is not None:
            yield column, table, values[column]
    if spec.name == "memo" and values["target_table"] in specs():
        yield "target_guid", values["target_table"], values["target_guid"]
    if spec.name == "comment" and values["reply_to"] is not None:
        yield "reply_to", "comment", values["reply_to"]


def _to_check(merging: Merging, spec: Spec, gone: set[str]) -> Iterator[tuple[str, Values]]:
    for (table, guid), outcome in merging.rows.items():
        if table == spec.name and outcome.values is not None:
            yield guid, outcome.values
    if gone & {*spec.refs.values()} or (gone and spec.name == "memo") or (spec.name == "comment" and spec.name in gone):
        for guid, row in merging.ours.tables[spec.name].items():
            if (spec.name, guid) not in merging.rows:
                yield guid, dict(zip(spec.columns, row, strict=True))


def _check(merging: Merging, spec: Spec, guid: str, values: Values) -> bool:
    again = False
    for column, table, target in _targets(spec, values):
        if merging.is_here(table, target):
            continue
        if target in merging.erased.rows:  # removed like any other, it would be remembered with its words
            merging.rows[spec.name, guid] = merging.erased.leave_out(merging.outcome(spec, guid))
            return True
        if target not in merging.lost and _bring_back(merging, specs()[table], target):
            again = True
        elif column in spec.optional or column == "reply_to":
            outcome = merging.outcome(spec, guid)
            assert outcome.values is not None
            merging.rows[spec.name, guid] = replace(outcome, values={**outcome.values, column: None})
        else:
            _remove(merging, spec, guid)
            return True
    return again


def _bring_back(merging: Merging, spec: Spec, guid: str) -> bool:
    """The row as it was last, where either copy still has it."""
    if guid in merging.erased.rows:
        return False
    outcome = merging.outcome(spec, guid)
    values = shown(spec, guid, {v: was for v, was in outcome.heads.items() if was is not None}, merging)
    if values is None:
        values = max((was for was in (outcome.ours, outcome.theirs) if was), key=_in_order, default=None)
    if values is None:
        return False
    again = outcome.kind == "quiet" and outcome.ours is not None  # an earlier merge said so
    merging.put(replace(outcome, kind="quiet" if again else "kept", values=dict(values)))
    return True


def _in_order(values: Values) -> str:
    return json.dumps(values, sort_keys=True)


def _remove(merging: Merging, spec: Spec, guid: str) -> None:
    """It can't be shown; what it was stays known, and comes back with what it belongs to."""
    merging.rows[spec.name, guid] = replace(merging.outcome(spec, guid), kind="quiet", values=None)


# names


def keep_apart(merging: Merging) -> None:
    """What two rows may not share: a name gets ` (2)`, other rows become one."""
    for spec in specs().values():
        touched = any(table == spec.name and o.values is not None for (table, _), o in merging.rows.items())
        if not spec.unique or not touched:
            continue
        groups: dict[tuple[Any, ...], list[str]] = {}
        for guid, values in _present(merging, spec):
            groups.setdefault(tuple(values[c] for c in spec.unique), []).append(guid)
        for guids in [*groups.values()]:
            if len(guids) < 2:
                continue
            guids.sort(key=lambda g: (min(merging.outcome(spec, g).known, default=clocks.NEVER), g))
            for guid in guids[1:]:
                if spec.rename:
                    groups[_rename(merging, spec, guid, set(groups))] = [guid]
                else:
                    _unite(merging, spec, guids[0], guid)


def _rename(merging: Merging, spec: Spec, guid: str, taken: set[tuple[Any, ...]]) -> tuple[Any, ...]:
    outcome = merging.outcome(spec, guid)
    assert outcome.values is not None
    number = 1
    while True:
        number += 1
        named = {**outcome.values, **{c: f"{outcome.values[c]} ({number})" for c in spec.rename}}
        key = tuple(named[c] for c in spec.unique)
        if key not in taken:
            merging.rows[spec.name, guid] = replace(outcome, values=named)
            return key


def _unite(merging: Merging, spec: Spec, kept: str, other: str) -> None:
    one, two = merging.outcome(spec, kept), merging.outcome(spec, other)
    known, heads = clocks.join((one.known, one.heads), (two.known, two.heads))
    merging.united.setdefault(kept, set()).update((other, merging.there.get(other, other)))
    values = shown(spec, kept, heads, merging)
    merging.rows[spec.name, kept] = replace(one, known=known, heads=heads, values=values)
    merging.rows[spec.name, other] = replace(two, kind="quiet", values=None)
    merging.identity.names[other] = kept


def _present(merging: Merging, spec: Spec) -> Iterator[tuple[str, Values]]:
    """Every row of the table as it will be."""
    for guid, row in merging.ours.tables[spec.name].items():
        if (spec.name, guid) not in merging.rows:
            yield guid, dict(zip(spec.columns, row, strict=True))
    for (table, guid), outcome in list(merging.rows.items()):
        if table == spec.name and outcome.values is not None:
            yield guid, outcome.values
