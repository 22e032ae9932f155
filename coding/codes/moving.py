"""Putting codes elsewhere and in another order. Each function is called inside `project.operation(...)`.

An open code put under a dimension becomes an indicator of the study's own, at the top of a framework a dimension; its
coded segments, memo and topics go with it. What an edition of a theory came with keeps its place and changes its order
alone: who wants more copies the framework.
"""

from __future__ import annotations

from sqlalchemy import select, text

from coding.codes.editing import level_at
from coding.codes.naming import code_row, is_own, key_from, refuse_twin, renew_paths, siblings
from coding.codes.queries import framework_by_key
from coding.errors import CodingError
from coding.project import Operation
from coding.store.models import Code, Framework


def move(
    op: Operation, guid: str, *, parent: str | None = None, framework: str | None = None, index: int | None = None
) -> None:
    """Put the code under the code `parent`, else at the top of the framework with the key `framework`, else among the
    open codes; as the `index`-th (from 0) of those that stand there without it, or last.

    Raises CodingError when the code belongs to a theory and would leave its place ("code_of_theory"), when there would
    be three levels ("code_no_deeper", "code_has_below"), and when its name is taken there.
    """
    session = op.session
    code = code_row(session, guid)
    above = code_row(session, parent) if parent else None
    if above is not None:
        home = session.get(Framework, above.framework_id) if above.framework_id else None
    else:
        home = framework_by_key(session, framework) if framework else None
    there = (home.id if home else None, above.id if above else None)
    beside = [other for other in siblings(session, *there) if other is not code]
    if there != (code.framework_id, code.parent_id):
        _check(op, code, above)
        refuse_twin(code.label_id, code.label_en, beside)
        _take_place(op, code, home, above, {other.key for other in beside})
    beside.insert(len(beside) if index is None else max(0, min(index, len(beside))), code)
    _number(beside)
    session.flush()


def shift(op: Operation, guid: str, by: int) -> bool:
    """Move the code up (negative) or down among its siblings by so many places; False when it can't go further."""
    code = code_row(op.session, guid)
    beside = siblings(op.session, code.framework_id, code.parent_id)
    at = beside.index(code)
    to = max(0, min(at + by, len(beside) - 1))
    if to == at:
        return False
    beside.insert(to, beside.pop(at))
    _number(beside)
    op.session.flush()
    return True


def move_framework(op: Operation, key: str, by: int) -> bool:
    """Move the framework up or down among the project's; False when it can't go further."""
    row = framework_by_key(op.session, key)
    every = list(op.session.scalars(select(Framework).order_by(Framework.position, Framework.id)))
    at = every.index(row)
    to = max(0, min(at + by, len(every) - 1))
    if to == at:
        return False
    every.insert(to, every.pop(at))
    for place, one in enumerate(every, 1):
        one.position = place
    op.session.flush()
    return True


def _check(op: Operation, code: Code, above: Code | None) -> None:
    home = op.session.get(Framework, code.framework_id) if code.framework_id else None
    if home is not None and not is_own(code.guid, code.path, home):
        raise CodingError("code_of_theory", code=code.label_id, framework=home.label_id)
    if above is not None:
        if above.parent_id is not None or above is code:
            raise CodingError("code_no_deeper", code=above.label_id)
        below = siblings(op.session, code.framework_id, code.id)
        if below:
            raise CodingError("code_has_below", code=code.label_id)


def _take_place(op: Operation, code: Code, home: Framework | None, above: Code | None, taken: set[str]) -> None:
    below = siblings(op.session, code.framework_id, code.id)
    for inner in below:
        if home is not None and inner.framework_id is None:
            inner.key = key_from(inner.label_id, {other.key for other in below if other is not inner})
        inner.framework_id = home.id if home else None
        inner.level = "open" if home is None else "indicator"
        _rename_part(op, inner)
    if home is not None:
        code.key = key_from(code.label_id, taken) if code.framework_id is None or code.key in taken else code.key
    code.framework_id = home.id if home else None
    code.parent_id = above.id if above else None
    code.level = level_at(home, above)
    if above is not None:
        code.color = above.color
    _rename_part(op, code)
    renew_paths(op.session, code)


def _rename_part(op: Operation, code: Code) -> None:
    """Findings and judgements on the code name the level they were written at."""
    if code.level == "open":
        return
    op.session.flush()
    for table in ("finding", "judgement"):
        op.session.execute(
            text(f"UPDATE {table} SET part = :part WHERE code_id = :id AND part IN ('dimension', 'indicator')"),
            {"part": code.level, "id": code.id},
        )


def _number(beside: list[Code]) -> None:
    for place, code in enumerate(beside):
        code.position = place
