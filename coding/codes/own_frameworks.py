"""Frameworks of the study's own: empty ones, copies of a theory to be adapted, those read from and written to files.

Each function that changes something is called inside `project.operation(...)`; frameworks are named by key.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coding.codes.adopt import adopt, worded
from coding.codes.naming import both, key_from, one_line
from coding.codes.queries import framework_by_key
from coding.errors import CodingError
from coding.project import Operation, Reader
from coding.reports.saving import save
from coding.store.models import Code, Framework, new_guid
from frameworks.loader import builtin_keys, from_dict, load_builtin
from frameworks.model import Bilingual
from frameworks.model import Framework as Theory
from frameworks.writer import to_toml

COPY = Bilingual("(salinan)", "(copy)")
"""Stands behind the label of a copy."""


def new_framework(op: Operation, label_id: str, label_en: str = "", key: str | None = None) -> str:
    """An empty framework of the study's own; returns its key. Raises CodingError("framework_no_name")."""
    label_id, label_en = both(label_id, label_en, "framework_no_name")
    last = op.session.scalar(select(func.max(Framework.position))) or 0
    row = Framework(
        guid=new_guid(), key=key or free_key(op.session, label_id), edition=1, label_id=label_id, label_en=label_en,
        position=last + 1,
    )  # fmt: skip
    op.session.add(row)
    op.session.flush()
    return row.key


def free_key(session: Session, label: str) -> str:
    """A key for a framework called `label` that neither the project nor a built-in framework has."""
    return key_from(label, {*session.scalars(select(Framework.key)), *builtin_keys()})


def import_framework(op: Operation, theory: Theory) -> str:
    """Adopt a framework that was read from a file; returns its key. Raises CodingError("framework_twice")."""
    if op.session.scalar(select(Framework.id).where(Framework.key == theory.key)) is not None:
        raise CodingError("framework_twice", key=theory.key)
    adopt(op, theory)
    return theory.key


def copy_framework(op: Operation, key: str) -> str:
    """Copy an adopted or built-in framework under a key of its own, to be adapted; returns that key. Codes keep their
    keys and colours; coded segments stay where they are. Raises CodingError("framework_not_adopted")."""
    session = op.session
    adopted = session.scalars(select(Framework).where(Framework.key == key)).first()
    if adopted is None and key not in builtin_keys():
        framework_by_key(session, key)
    with worded():
        theory = load_builtin(key) if adopted is None else _theory(session, adopted)
    labels = [_copied_label(session, theory.label.in_(language), language) for language in ("id", "en")]
    colors: dict[str, int] = {}
    if adopted is not None:
        pairs = session.execute(select(Code.path, Code.color).where(Code.framework_id == adopted.id)).all()
        colors = {path.removeprefix(f"{key}."): color for path, color in pairs}
    copied = new_framework(op, labels[0], labels[1], free_key(session, f"{key}_{COPY.en.strip('()')}"))
    row = framework_by_key(session, copied)
    row.based_on, row.literature = f"{key}/{theory.edition}", json.dumps(list(theory.literature), ensure_ascii=False)
    adopt(op, replace(theory, key=copied), into=row)
    for code in session.scalars(select(Code).where(Code.framework_id == row.id)):
        code.color = colors.get(code.path.removeprefix(f"{copied}."), code.color)
    session.flush()
    return copied


def _copied_label(session: Session, label: str, language: str) -> str:
    column = Framework.label_id if language == "id" else Framework.label_en
    taken = {known.casefold() for known in session.scalars(select(column))}
    copied, number = f"{label} {COPY.in_(language)}", 2
    while copied.casefold() in taken:
        copied, number = f"{label} {COPY.in_(language)[:-1]} {number})", number + 1
    return copied


def set_framework_label(op: Operation, key: str, language: str, text: str) -> None:
    """Rename the framework in `language`; its key stays. Raises CodingError("framework_no_name")."""
    row = framework_by_key(op.session, key)
    given = {"id": row.label_id, "en": row.label_en, language: one_line(text)}
    row.label_id, row.label_en = both(given["id"], given["en"], "framework_no_name")
    op.session.flush()


def set_framework_literature(op: Operation, key: str, items: Sequence[str]) -> None:
    """Set what is to be read about the framework."""
    row = framework_by_key(op.session, key)
    row.literature = json.dumps([line for item in items if (line := one_line(item))], ensure_ascii=False)
    op.session.flush()


def theory_of(project: Reader, key: str) -> Theory:
    """An adopted framework as a value, with everything the study changed in it.

    Raises CodingError("framework_not_adopted"), "framework_empty" when it has no dimension.
    """
    with project.read() as session:
        return _theory(session, framework_by_key(session, key))


def export_framework(project: Reader, key: str, path: Path) -> int:
    """Write an adopted framework as a framework file that can be imported again; returns how many codes it has.

    Raises CodingError as `theory_of` does, and when the file can't be written.
    """
    theory = theory_of(project, key)
    save(path, to_toml(theory).encode("utf-8"))
    return len(theory.code_keys())


def _theory(session: Session, row: Framework) -> Theory:
    query = select(Code).where(Code.framework_id == row.id).order_by(Code.position, Code.id)
    below: dict[int | None, list[Code]] = {}
    for code in session.scalars(query):
        below.setdefault(code.parent_id, []).append(code)
    if not below:
        raise CodingError("framework_empty", framework=row.label_id)
    data: dict[str, Any] = {
        "key": row.key,
        "edition": row.edition,
        "label": {"id": row.label_id, "en": row.label_en},
        "literature": json.loads(row.literature),
        "dimension": [
            {**_node(top), "indicator": [_node(code) for code in below.get(top.id, [])]} for top in below[None]
        ],
    }
    description = _description(row)
    return from_dict({**data, "description": description} if description else data, f"{row.key}.toml")


def _node(code: Code) -> Mapping[str, Any]:
    return {"key": code.key, "label": {"id": code.label_id, "en": code.label_en}, **json.loads(code.details)}


def _description(row: Framework) -> dict[str, str]:
    """What the built-in edition says of itself; the project keeps no description of its own."""
    origin = row.based_on or f"{row.key}/{row.edition}"
    key, _, edition = origin.partition("/")
    if key not in builtin_keys():
        return {}
    theory = load_builtin(key)
    return theory.description.to_dict() if str(theory.edition) == edition else {}
