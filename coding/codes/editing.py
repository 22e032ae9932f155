"""Making and changing codes. Each function is called inside `project.operation(...)`; codes are named by guid."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from coding.codes.adopt import COLORS
from coding.codes.naming import (
    both,
    code_row,
    is_own,
    key_from,
    one_line,
    referred,
    refuse_twin,
    renew_paths,
    siblings,
    study_language,
)
from coding.codes.queries import framework_by_key, unknown_code
from coding.codes.rows import LIST_FIELDS, TEXT_FIELDS
from coding.errors import CodingError
from coding.project import Operation
from coding.store.models import Code, Framework, new_guid
from coding.text import normalise


def new_open_code(op: Operation, name: str) -> str:
    """Make an open code called `name` (or find the one that is, whatever its case); returns its guid.

    Raises CodingError("code_unknown") for a name of nothing but spaces.
    """
    name = one_line(name)
    if not name:
        raise unknown_code(op.session, name)
    for guid, path in op.session.execute(select(Code.guid, Code.path)).all():
        if path.casefold() == name.casefold():
            return str(guid)
    return _add(op, None, None, name, name, None)


def new_code(
    op: Operation,
    label_id: str,
    label_en: str = "",
    *,
    framework: str | None = None,
    parent: str | None = None,
    guid: str | None = None,
) -> str:
    """Make a code of the study's own, last at its place; returns its guid, which the caller may choose beforehand.

    Under the code `parent` it is an indicator (an open code under an open code); at the top of the framework with the
    key `framework` a dimension; else an open code. Raises CodingError for a missing name, for one that is taken at
    that place, and when `parent` can't have codes below it.
    """
    label_id, label_en = both(label_id, label_en, "code_no_name")
    above = code_row(op.session, parent) if parent else None
    if above is not None and above.parent_id is not None:
        raise CodingError("code_no_deeper", code=above.label_id)
    if above is not None:
        home = op.session.get(Framework, above.framework_id) if above.framework_id else None
    else:
        home = framework_by_key(op.session, framework) if framework else None
    return _add(op, home, above, label_id, label_en, guid)


def _add(
    op: Operation, home: Framework | None, above: Code | None, label_id: str, label_en: str, guid: str | None
) -> str:
    session = op.session
    beside = siblings(session, home.id if home else None, above.id if above else None)
    refuse_twin(label_id, label_en, beside)
    key = key_from(label_id, {code.key for code in beside}) if home else label_id
    code = Code(
        guid=guid or new_guid(),
        framework_id=home.id if home else None,
        parent_id=above.id if above else None,
        level=level_at(home, above),
        key=key,
        path=guid or new_guid(),
        label_id=label_id,
        label_en=label_en,
        color=above.color if above else len(beside) % COLORS,
        position=beside[-1].position + 1 if beside else 0,
    )
    session.add(code)
    renew_paths(session, code)
    return code.guid


def level_at(framework: Framework | None, parent: Code | None) -> str:
    """What a code is at this place."""
    if framework is None:
        return "open"
    return "dimension" if parent is None else "indicator"


def set_label(op: Operation, guid: str, language: str, text: str) -> None:
    """Rename the code in `language`; an empty name is taken from the other language. An open code is found by its name
    in the study's language. The key of a framework's code, and with it its path, stays once something refers to it;
    until then the key of a code of the study's own follows the name it was made from, so that a new one does not go by
    its placeholder for ever.

    A code of the study's own that has one name in both languages gets a new one in both, when it is renamed in the
    study's language. Raises CodingError when the name is taken at this place.
    """
    code = code_row(op.session, guid)
    given = {"id": code.label_id, "en": code.label_en, language: one_line(text)}
    label_id, label_en = both(given["id"], given["en"], "code_no_name")
    if (label_id, label_en) == (code.label_id, code.label_en):
        return
    home = op.session.get(Framework, code.framework_id) if code.framework_id else None
    own = is_own(code.guid, code.path, home)
    if own and code.label_id == code.label_en and language == study_language(op.session):
        # what the study made has one name in both languages until somebody tells them apart
        label_id = label_en = label_id if language == "id" else label_en
    beside = [other for other in siblings(op.session, code.framework_id, code.parent_id) if other is not code]
    refuse_twin(label_id, label_en, beside)
    taken = {other.key for other in beside}
    if own and home is not None and not referred(op.session, code):
        before, after = (code.label_id, label_id) if language == "id" else (code.label_en, label_en)
        if code.key == key_from(before, taken):
            code.key = key_from(after, taken)
    code.label_id, code.label_en = label_id, label_en
    renew_paths(op.session, code)


def set_text(op: Operation, guid: str, name: str, language: str, text: str) -> None:
    """Set the `definition`, `look_for` or `not_this` of the code in `language`; an empty text removes it."""
    if name not in TEXT_FIELDS:
        raise ValueError(name)
    _set_detail(op, code_row(op.session, guid), name, language, normalise(text).strip())


def set_list(op: Operation, guid: str, name: str, language: str, items: Sequence[str]) -> None:
    """Set the `questions`, `cues`, `cues_supporting` or `cues_inhibiting` in `language`: empty items and those that
    stand there already are dropped."""
    if name not in LIST_FIELDS:
        raise ValueError(name)
    _set_detail(op, code_row(op.session, guid), name, language, _tidy(items))


def set_literature(op: Operation, guid: str, items: Sequence[str]) -> None:
    """Set what is to be read about the code."""
    code = code_row(op.session, guid)
    details = json.loads(code.details)
    _store(op, code, {**details, "literature": _tidy(items)})


def set_color(op: Operation, guid: str, color: int) -> None:
    """Give the code a colour of the palette, and with it the codes below that had its colour."""
    if not 0 <= color < COLORS:
        raise ValueError(color)
    code = code_row(op.session, guid)
    for below in siblings(op.session, code.framework_id, code.id):
        if below.color == code.color:
            below.color = color
    code.color = color
    op.session.flush()


def _set_detail(op: Operation, code: Code, name: str, language: str, value: str | list[str]) -> None:
    if language not in ("id", "en"):
        raise ValueError(language)
    details: dict[str, Any] = json.loads(code.details)
    part = {**details.get(name, {}), language: value}
    _store(op, code, {**details, name: {key: part[key] for key in ("id", "en") if part.get(key)}})


def _store(op: Operation, code: Code, details: dict[str, Any]) -> None:
    kept = {key: value for key, value in details.items() if value}
    if kept != json.loads(code.details):
        code.details = json.dumps(kept, ensure_ascii=False)
        op.session.flush()


def _tidy(items: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(line for item in items if (line := one_line(item))))
