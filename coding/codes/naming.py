"""Names, keys and paths of codes: what is unique where, and who a code belongs to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from coding.codes.adopt import node_guid
from coding.errors import CodingError
from coding.store.models import (
    Code,
    CodeLink,
    Finding,
    Framework,
    Heading,
    JudgementRow,
    ProjectRow,
    RecommendationFactor,
    Segment,
    Topic,
)
from coding.text import normalise

_NO_KEY = re.compile(r"[^a-z0-9]+")
_LONGEST_KEY = 40


def one_line(text: str) -> str:
    """`text` as a name is stored: normalised, single spaces, none at the ends."""
    return " ".join(normalise(text).split())


def both(label_id: str, label_en: str, missing: str) -> tuple[str, str]:
    """Both labels, the one standing for the other where that is empty. Raises CodingError(missing) without any."""
    label_id, label_en = one_line(label_id), one_line(label_en)
    if not (label_id or label_en):
        raise CodingError(missing)
    return label_id or label_en, label_en or label_id


def key_from(label: str, taken: Collection[str]) -> str:
    """A key made of a label, as framework files allow them, that is not `taken`: `Kerja sama` → `kerja_sama`."""
    plain = unicodedata.normalize("NFKD", label.casefold()).encode("ascii", "ignore").decode("ascii")
    stem = _NO_KEY.sub("_", plain).strip("_")[:_LONGEST_KEY].rstrip("_")
    if not stem or not stem[0].isalpha():
        stem = f"k_{stem}".rstrip("_")
    key, number = stem, 2
    while key in taken:
        key, number = f"{stem}_{number}", number + 1
    return key


def code_row(session: Session, guid: str) -> Code:
    """The code with this guid. Raises CodingError("code_gone")."""
    row = session.scalars(select(Code).where(Code.guid == guid)).first()
    if row is None:
        raise CodingError("code_gone")
    return row


def siblings(session: Session, framework: int | None, parent: int | None) -> list[Code]:
    """The codes that stand at one place, in order: under a code, else at the top of a framework or the open codes."""
    query = select(Code).where(Code.framework_id.is_(framework), Code.parent_id.is_(parent))
    return list(session.scalars(query.order_by(Code.position, Code.id)))


def is_own(code_guid: str, path: str, framework: Framework | None) -> bool:
    """Whether a code is the study's own: open, or put beside what the edition of its framework came with."""
    if framework is None:
        return True
    return code_guid != node_guid(framework.key, framework.edition, path.removeprefix(f"{framework.key}."))


def referred(session: Session, code: Code) -> bool:
    """Whether anything in the project refers to the code or to one below it: coded segments, topics, mappings,
    headings, findings, judgements, recommendations, or the column of a finding."""
    codes = [code, *siblings(session, code.framework_id, code.id)] if code.framework_id else [code]
    ids, paths = [one.id for one in codes], [one.path for one in codes]
    columns = (
        Segment.code_id, Topic.code_id, CodeLink.code_id, CodeLink.other_id, Heading.code_id, Finding.code_id,
        JudgementRow.code_id, RecommendationFactor.code_id,
    )  # fmt: skip
    if any(session.scalar(select(column).where(column.in_(ids)).limit(1)) is not None for column in columns):
        return True
    return session.scalar(select(Finding.id).where(Finding.column.in_(paths)).limit(1)) is not None


def own_framework(framework: Framework) -> bool:
    """Whether a framework was made in a project, and is no edition of a theory."""
    return framework.guid != node_guid(framework.key, framework.edition)


def study_language(session: Session) -> str:
    """The language whose labels name open codes."""
    return session.scalars(select(ProjectRow.language)).one()


def refuse_twin(label_id: str, label_en: str, others: Sequence[Code]) -> None:
    """Raises CodingError("code_name_taken") when a code at the same place is called so in both languages."""
    wanted = (label_id.casefold(), label_en.casefold())
    for other in others:
        if (other.label_id.casefold(), other.label_en.casefold()) == wanted:
            raise CodingError("code_name_taken", code=other.label_id)


def renew_paths(session: Session, code: Code) -> None:
    """Give the code, and what is below it, the path of its place. Raises CodingError("code_name_taken") when an open
    code would be called as another one is."""
    language = study_language(session)
    session.flush()
    framework = session.get(Framework, code.framework_id) if code.framework_id else None
    parent = session.get(Code, code.parent_id) if code.parent_id else None
    _renew(session, code, parent, framework, language)
    for below in siblings(session, code.framework_id, code.id):
        _renew(session, below, code, framework, language)
    session.flush()


def _renew(session: Session, code: Code, parent: Code | None, framework: Framework | None, language: str) -> None:
    above = parent.path if parent else framework.key if framework else ""
    if framework is None:
        code.key = code.label_id if language == "id" else code.label_en
    path = f"{above}.{code.key}" if above else code.key
    if path == code.path:
        return
    folded = path.casefold()
    if any(other.casefold() == folded for other in session.scalars(select(Code.path).where(Code.id != code.id))):
        raise CodingError("code_name_taken", code=path)
    code.path = path
