"""The columns of a triangulation matrix, and which column each piece of evidence falls in (DOMAIN.md §3, "Columns")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import func, select

from coding.analysis.agreed import agreed_version
from coding.analysis.column_plan import AS_IMPORTED, ColumnPlan, Period
from coding.analysis.evidence import CODER, SOURCE, VOICE, Evidence, SourceInfo
from coding.analysis.filters import within
from coding.analysis.results import Column, Kind, Label
from coding.errors import CodingError, mark
from coding.project import Reader
from coding.store.models import Attribute, AttributeValue, Code, Coder, DoneMark, Framework, Informant, Segment
from coding.transcripts.drafts import METHODS
from coding.words import Notice

if TYPE_CHECKING:
    import numpy as np
    from sqlalchemy.orm import Session

    Ints = np.ndarray[Any, np.dtype[np.int64]]

INFORMANT = "informant"
FIELDS: dict[str, Label] = {
    "role": Label("Jabatan", "Role"),
    "category": Label("Kategori", "Category"),
    "group": Label("Kelompok", "Group"),
    "gender": Label("Jenis kelamin", "Gender"),
    "age": Label("Usia", "Age"),
    "place": Label("Tempat", "Place"),
}
"""Attributes that every informant has a field for; the study's own come after them."""
METHOD_LABELS: dict[str, Label] = {
    "interview": Label("Wawancara", "Interview"),
    "focus_group": Label("Diskusi kelompok", "Focus group"),
    "observation": Label("Observasi", "Observation"),
    "document": Label("Dokumen", "Document"),
    "questionnaire": Label("Kuesioner", "Questionnaire"),
}
CATEGORY_LABELS: dict[str, Label] = {
    "key": Label("Informan kunci", "Key informant"),
    "main": Label("Informan utama", "Main informant"),
    "supporting": Label("Informan pendukung", "Supporting informant"),
}
NO_VALUE = Label("tanpa nilai", "no value")
NO_INFORMANT_VALUE = "{count} informant has no value for the columns: {names}"
"""The notice of informants who stand in the column “no value”."""
_LEFT_OUT: dict[str, tuple[str]] = {
    "observation": (mark("observation is left out of this matrix"),),
    "document": (mark("documents are left out of this matrix"),),
}


@dataclass(frozen=True, slots=True)
class Assigned:
    """Columns in order, without “no value”; `of_claim` gives each claim its column, -1 for no value; `counts` is False
    for claims that this kind leaves out altogether."""

    columns: tuple[Column, ...]
    of_claim: Ints
    counts: np.ndarray[Any, np.dtype[np.bool_]]
    without_value: int
    notices: tuple[Notice, ...]


def column_choices(project: Reader) -> list[tuple[str, Label]]:
    """What source triangulation can take as columns: informants, then each attribute that somebody has a value for."""
    choices = [(INFORMANT, Label("Informan", "Informant"))]
    with project.read() as session:
        for key, label in FIELDS.items():
            if session.scalar(select(func.count()).where(getattr(Informant, key).is_not(None))):
                choices.append((key, label))
        named = select(Attribute.name).join(AttributeValue).distinct().order_by(Attribute.position)
        choices += [(name, Label(name, name)) for name in session.scalars(named)]
    return choices


def assign(
    session: Session, found: Evidence, claims: Ints, kind: Kind, by: str, framework: Framework,
    plan: ColumnPlan = AS_IMPORTED,
) -> Assigned:  # fmt: skip
    """Columns of one kind for these claims; `by` is as `columns_named` gives it. Raises CodingError("kind_unknown").

    Of the `plan`, the periods and what is left out count here; the order is nobody's yet.
    """
    if kind == "source":
        return _by_informant(session, found, claims, by, plan.without)
    if kind == "investigator":
        return _by_coder(session, found, claims, framework)
    if kind == "method":
        return _by_source(found, claims, [s.method for s in found.sources], kind)
    if kind == "time":
        return _by_source(found, claims, [_time(s, plan.periods) for s in found.sources], kind, plan.periods)
    if kind == "place":
        return _by_source(found, claims, [s.place or None for s in found.sources], kind)
    raise CodingError("kind_unknown", kind=kind)


def _time(source: SourceInfo, periods: Sequence[Period]) -> str | None:
    """The month of a source, or the first of the study's periods that it lies in."""
    if not periods:
        return source.date[:7] if source.date else None
    return next((one.name for one in periods if source.date and within(source.date, one.since, one.until)), None)


def _by_informant(session: Session, found: Evidence, claims: Ints, by: str, without: frozenset[str]) -> Assigned:
    import numpy as np

    informants = [i for i, v in enumerate(found.voices) if v.informant is not None and i in found.speaking]
    values = _values(session, by)
    of_voice, counts = np.full(len(found.voices), -1), np.ones(len(found.voices), bool)
    left_out: list[Notice] = []
    columns: list[Column] = []
    if by == INFORMANT:
        for i in informants:
            of_voice[i] = len(columns)
            name = found.voices[i].name
            columns.append(Column(name, Label(name, name), 1, "informants"))
        missing: list[str] = []
    else:
        value_of = {i: values.get(found.voices[i].informant or 0) for i in informants}
        order = list(dict.fromkeys(v for v in value_of.values() if v is not None))
        for number, value in enumerate(order):
            members = [i for i in informants if value_of[i] == value]
            of_voice[members] = number
            columns.append(Column(value, _value_label(by, value), len(members), "informants"))
        missing = [found.voices[i].name for i in informants if value_of[i] is None]
    for method in ("observation", "document"):
        here = [source for source in found.sources if source.counted and source.method == method]
        if here:
            ids = {source.id for source in here}
            voices = [i for i, voice in enumerate(found.voices) if voice.source in ids]
            if method in without:
                counts[voices] = False
                left_out.append(Notice(*_LEFT_OUT[method]))
                continue
            of_voice[voices] = len(columns)
            columns.append(Column(method, METHOD_LABELS[method], len(here), "sources"))
    notices = (*_missing_notice(missing), *left_out)
    return Assigned(tuple(columns), of_voice[claims[:, VOICE]], counts[claims[:, VOICE]], len(missing), notices)


def columns_named(session: Session, by: str) -> str:
    """`informant` or the attribute meant by `by`, whatever its case, as it is written in this project.

    Raises CodingError("columns_unknown").
    """
    own = list(session.scalars(select(Attribute.name).order_by(Attribute.position)))
    known = [INFORMANT, *FIELDS, *own]
    name = by if by in known else next((n for n in known if n.casefold() == by.casefold()), None)
    if name is None:
        raise CodingError("columns_unknown", columns=by, known=", ".join(known))
    return name


def _values(session: Session, by: str) -> dict[int, str]:
    """The value of attribute `by` of each informant who has one."""
    if by == INFORMANT:
        return {}
    if by in FIELDS:
        field = getattr(Informant, by)
        rows = session.execute(select(Informant.id, field).where(field.is_not(None))).all()
        return {informant: str(value) for informant, value in rows if str(value).strip()}
    own = select(AttributeValue.informant_id, AttributeValue.value).join(Attribute).where(Attribute.name == by)
    return dict(session.execute(own).all())


def _value_label(by: str, value: str) -> Label:
    if by == "category" and value in CATEGORY_LABELS:
        return CATEGORY_LABELS[value]
    return Label(value, value)


def _missing_notice(missing: Sequence[str]) -> tuple[Notice, ...]:
    if not missing:
        return ()
    names = (("count", len(missing)), ("names", ", ".join(missing)))
    return (Notice(NO_INFORMANT_VALUE, names, "{count} informants have no value for the columns: {names}"),)


def _by_source(
    found: Evidence, claims: Ints, values: list[str | None], kind: Kind, periods: Sequence[Period] = ()
) -> Assigned:
    import numpy as np

    counted = [(s, v) for s, v in zip(found.sources, values, strict=True) if s.counted]
    order = list(dict.fromkeys(v for _, v in counted if v is not None))
    if kind == "method":
        order.sort(key=METHODS.index)
    names = [period.name for period in periods]
    if names:
        order.sort(key=names.index)
    number = {value: i for i, value in enumerate(order)}
    of_source = np.array([number.get(v, -1) if v is not None else -1 for v in values], np.int64)
    columns = tuple(
        Column(
            value, Label(value, value) if names else _source_label(kind, value),
            sum(v == value for _, v in counted), "sources",
        )
        for value in order
    )  # fmt: skip
    missing = [source for source, value in counted if value is None]
    notices = _no_source_value(missing, "period" if names else kind)
    return Assigned(columns, of_source[claims[:, SOURCE]], np.ones(len(claims), bool), len(missing), notices)


def _source_label(kind: Kind, value: str) -> Label:
    if kind == "method":
        return METHOD_LABELS[value]
    if kind == "time":
        return month_label(value)
    return Label(value, value)


def month_label(month: str) -> Label:
    """`2022-08` as `Agustus 2022` and `August 2022`."""
    from coding.words import MONTHS

    year, _, number = month.partition("-")
    return Label(*(f"{MONTHS[language][int(number) - 1]} {year}" if number else year for language in ("id", "en")))


def _no_source_value(missing: Sequence[SourceInfo], kind: Kind | Literal["period"]) -> tuple[Notice, ...]:
    if not missing:
        return ()
    params = (("count", len(missing)), ("names", ", ".join(source.name for source in missing)))
    if kind == "period":
        return (
            Notice("{count} source lies in no period: {names}", params, "{count} sources lie in no period: {names}"),
        )
    if kind == "time":
        return (Notice("{count} source has no date: {names}", params, "{count} sources have no date: {names}"),)
    return (Notice("{count} source has no place: {names}", params, "{count} sources have no place: {names}"),)


def _by_coder(session: Session, found: Evidence, claims: Ints, framework: Framework) -> Assigned:
    import numpy as np

    tagged = select(Segment.coder_id).join(Code).where(Code.framework_id == framework.id).distinct()
    version = agreed_version(session)  # what several came to together is nobody's own view
    coders = [
        coder for coder in session.scalars(select(Coder).where(Coder.id.in_(tagged)).order_by(Coder.id))
        if version is None or coder.id != version.coder_id
    ]  # fmt: skip
    marks: dict[int, set[int]] = {}
    for source, coder in session.execute(select(DoneMark.source_id, DoneMark.coder_id)):
        marks.setdefault(source, set()).add(coder)
    wanted = {coder.id for coder in coders}
    done = np.array([bool(wanted) and wanted <= marks.get(s.id, set()) for s in found.sources], bool)
    number = {coder.id: i for i, coder in enumerate(coders)}
    of_claim = np.array([number.get(int(coder), -1) for coder in claims[:, CODER]], np.int64)
    together = int(sum(done))
    columns = tuple(Column(c.name, Label(c.name, c.name), together, "sources") for c in coders)
    notice = Notice(
        "compared over {count} source that all coders marked as done",
        (("count", together),),
        "compared over {count} sources that all coders marked as done",
    )
    return Assigned(columns, of_claim, done[claims[:, SOURCE]] if len(found.sources) else done[:0], 0, (notice,))
