"""Adopting a framework: the project takes its own copy of the edition, so that a later one can't alter old findings."""

from __future__ import annotations

import contextlib
import difflib
import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from coding.errors import CodingError
from coding.project import Operation
from coding.store.models import Code, Framework, new_guid
from coding.words import Words
from frameworks.errors import FrameworkError
from frameworks.loader import builtin_keys, load_builtin, load_file
from frameworks.model import Framework as Theory
from frameworks.model import Node

NAMESPACE = uuid.UUID("6f0c2c1e-5f0b-4b57-9a57-7e1a5d3c9e21")
"""Under it lie the guids of framework nodes: the same node has the same guid in every project."""
COLORS = 8


def check_keys(keys: Sequence[str] | None) -> tuple[str, ...]:
    """The built-in frameworks named, each once, or all if None. Raises CodingError("framework_unknown")."""
    known = builtin_keys()
    if keys is None:
        return tuple(known)
    for key in keys:
        if key not in known:
            nearest = difflib.get_close_matches(key.casefold(), known, 1, 0) or [known[0]]
            raise CodingError("framework_unknown", key=key, nearest=nearest[0])
    return tuple(dict.fromkeys(keys))


def node_guid(framework: str, edition: int, path: str = "") -> str:
    """The guid of a node: uuid5 of framework, edition and key path; of the framework itself without a path."""
    return str(uuid.uuid5(NAMESPACE, f"{framework}/{edition}/{path}"))


def adopt_builtin(op: Operation, key: str) -> None:
    """Copy the built-in framework `key` into the project."""
    with worded():
        theory = load_builtin(key)
    adopt(op, theory)


def read_framework(path: Path) -> Theory:
    """The framework in a file of the user's own, not adopted yet. Raises CodingError that says where it is broken."""
    with worded():
        return load_file(path)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a framework file can't be used, worded only where it is shown."""

    error: FrameworkError

    def say(self, words: Words) -> str:
        return self.error.reason_in(words.language)


@contextlib.contextmanager
def worded() -> Iterator[None]:
    """Turn what is wrong with a framework file into a CodingError."""
    try:
        yield
    except FrameworkError as error:
        if error.key:
            raise CodingError("framework_broken", file=error.file, key=error.key, reason=Reason(error)) from error
        raise CodingError("file_unreadable", file=error.file, reason=Reason(error)) from error


def adopt(op: Operation, theory: Theory, into: Framework | None = None) -> None:
    """Copy `theory` into the project, its colours by dimension, in its own order.

    With `into`, a framework of the study's own that is empty yet, only the codes are copied, and they are the study's
    own too.
    """
    session = op.session
    row = into or _framework(op, theory)
    session.flush()
    for number, dimension in enumerate(theory.dimensions):
        parent = _code(theory, row.id, None, "dimension", dimension.key, dimension, number % COLORS, number)
        nodes = [
            _code(theory, row.id, None, "indicator", f"{dimension.key}.{node.key}", node, number % COLORS, i)
            for i, node in enumerate(dimension.indicators)
        ]
        if into is not None:
            for code in (parent, *nodes):
                code.guid = new_guid()
        session.add(parent)
        session.flush()
        for code in nodes:
            code.parent_id = parent.id
        session.add_all(nodes)
    session.flush()


def _framework(op: Operation, theory: Theory) -> Framework:
    position = op.session.scalar(select(func.coalesce(func.max(Framework.position), 0))) or 0
    row = Framework(
        guid=node_guid(theory.key, theory.edition),
        key=theory.key,
        edition=theory.edition,
        label_id=theory.label.in_("id"),
        label_en=theory.label.in_("en"),
        literature=json.dumps(list(theory.literature), ensure_ascii=False),
        position=position + 1,
    )
    op.session.add(row)
    return row


def details_of(node: Node) -> dict[str, Any]:
    """What a framework says of a dimension or indicator, as `Code.details` has it."""
    return {k: v for k, v in node.to_dict().items() if k not in ("key", "label", "indicator")}


@cache
def built_in(path: str) -> dict[str, Any]:
    """The same for the code with this path in the edition that comes with the program; empty when there is none."""
    key, *below = path.split(".")
    if key not in builtin_keys() or not below:
        return {}
    node = dict(load_builtin(key).nodes()).get(".".join(below))
    return {} if node is None else details_of(node)


def _code(
    theory: Theory, framework: int, parent: int | None, level: str, path: str, node: Node, color: int, position: int
) -> Code:
    return Code(
        guid=node_guid(theory.key, theory.edition, path),
        framework_id=framework,
        parent_id=parent,
        level=level,
        key=node.key,
        path=f"{theory.key}.{path}",
        label_id=node.label.in_("id"),
        label_en=node.label.in_("en"),
        details=json.dumps(details_of(node), ensure_ascii=False),
        color=color,
        position=position,
    )
