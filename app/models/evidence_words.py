"""What stands in the table of coded segments, in words: heads, cells, and the parts of a filter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.context import Context
from app.models.code_book import CodeBook
from app.theme import GLYPHS
from coding.analysis.columns import FIELDS, METHOD_LABELS
from coding.analysis.wording import VALENCE_LABELS
from coding.codes.rows import TopicRow
from coding.segments.evidence_filter import OPEN, UNMARKED, EvidenceFilter, SortKey
from coding.segments.evidence_rows import EvidenceRow
from coding.transcripts.rows import InformantRow

COLUMNS = (
    "exemplar", "code", "valence", "text", "informant", "source", "date", "coder", "memo", "length", "modified",
)  # fmt: skip
HIDDEN = ("length", "modified")
"""Columns that are shown only when the person asks for them."""
SORTS: Mapping[str, SortKey] = {"text": "place"}
"""The order that a column's head stands for, where it is not called like the column."""
NAMED = 3
"""Names that a chip shows before it counts the rest."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a filter can choose from: codes, informants, sources (guid, name, method), coders, and the values of
    attributes of informants (name, values in order of first appearance). Not `known` before they were read."""

    book: CodeBook = field(default_factory=CodeBook)
    informants: tuple[InformantRow, ...] = ()
    sources: tuple[tuple[str, str, str], ...] = ()
    coders: tuple[str, ...] = ()
    attributes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    topics: tuple[TopicRow, ...] = ()
    known: bool = False


def head_text(ctx: Context, column: str, *, whole: bool = False) -> str:
    """The head of a column; where it is too narrow for a word, a sign unless `whole`."""
    t = ctx.t
    if not whole and column in ("exemplar", "valence", "memo"):
        return {"exemplar": "★", "valence": "±", "memo": ""}[column]
    return {
        "exemplar": t("Exemplar"),
        "code": t("Code"),
        "valence": t("Direction"),
        "text": t("Passage"),
        "informant": t("Informant"),
        "source": t("Source"),
        "date": t("Date"),
        "coder": t("Coder"),
        "memo": t("Memo"),
        "length": t("Length"),
        "modified": t("Changed"),
    }[column]


def valence_word(ctx: Context, valence: str | None) -> str:
    """The direction in words, also where there is none."""
    return VALENCE_LABELS[valence].in_(ctx.language) if valence in VALENCE_LABELS else ctx.t("No direction")


def cell_text(ctx: Context, row: EvidenceRow, column: str) -> str:
    """What a cell shows."""
    segment = row.segment
    match column:
        case "exemplar":
            return "★" if segment.exemplar else ""
        case "code":
            label = segment.label(ctx.language)
            return f"{label} · {row.segment.topic}" if row.segment.topic else label
        case "valence":
            return GLYPHS[segment.valence]
        case "text":
            return one_line(segment.text)
        case "informant":
            return ", ".join(segment.informants)
        case "source":
            return segment.source
        case "date":
            return ctx.words.short_date(segment.source_date)
        case "coder":
            return segment.coder
        case "memo":
            return one_line(segment.memo)
        case "length":
            return ctx.words.number(segment.end - segment.start)
        case "modified":
            return ctx.words.short_date(segment.modified_at[:10])
    raise KeyError(column)


def cell_spoken(ctx: Context, row: EvidenceRow, column: str) -> str:
    """What a screen reader says of a cell, and its tooltip."""
    segment = row.segment
    if column == "exemplar":
        return ctx.t("Exemplar") if segment.exemplar else ctx.t("No exemplar")
    if column == "valence":
        return valence_word(ctx, segment.valence)
    if column == "memo":
        return segment.memo or ctx.t("No memo")
    if column == "text" and row.segment.reported:
        return ctx.t("Reported speech: {text}", text=cell_text(ctx, row, column))
    return cell_text(ctx, row, column)


def one_line(text: str) -> str:
    """`text` with its white space collapsed."""
    return " ".join(text.split())


# filters


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a filter in words, and the filter without it."""

    key: str
    text: str
    without: EvidenceFilter


def parts(ctx: Context, chosen: EvidenceFilter, choices: Choices) -> list[Part]:
    """What the filter asks for, part by part, in the order in which it is shown."""
    t = ctx.t
    made: list[Part] = []

    def add(key: str, said: str, /, **empty: Any) -> None:
        made.append(Part(key, said, replace(chosen, **empty)))

    if chosen.text:
        add("text", f"“{chosen.text}”", text="")
    if chosen.segments:
        count = len(chosen.segments)
        add("segments", ctx.n("{count} chosen elsewhere", "{count} chosen elsewhere", count=count), segments=())
    if chosen.frameworks:
        names = [framework_name(ctx, choices.book, key) for key in chosen.frameworks]
        add("frameworks", t("Framework: {names}", names=_names(ctx, names)), frameworks=())
    if chosen.codes:
        book = choices.book
        codes = [code.label(ctx.language) if (code := book.get(guid)) else t("gone") for guid in chosen.codes]
        text = _names(ctx, codes)
        only = chosen.below or not any(_has_below(book, guid) for guid in chosen.codes)
        add("codes", t("Code: {names}", names=text) if only else t("Only code: {names}", names=text), codes=())
    if chosen.valences:
        words = [t("unmarked") if v == UNMARKED else valence_word(ctx, v).lower() for v in chosen.valences]
        add("valences", t("Direction: {names}", names=_names(ctx, words)), valences=())
    if chosen.informants:
        people = {row.guid: row.code for row in choices.informants}
        names = [people.get(guid, t("gone")) for guid in chosen.informants]
        add("informants", t("Informant: {names}", names=_names(ctx, names)), informants=())
    for name in dict.fromkeys(name for name, _ in chosen.attributes):
        values = [attribute_value(ctx, name, value) for own, value in chosen.attributes if own == name]
        rest = tuple(pair for pair in chosen.attributes if pair[0] != name)
        add(f"attribute {name}", f"{attribute_name(ctx, name)}: {_names(ctx, values)}", attributes=rest)
    if chosen.methods:
        methods = [METHOD_LABELS[m].in_(ctx.language) for m in chosen.methods if m in METHOD_LABELS]
        add("methods", t("Method: {names}", names=_names(ctx, methods)), methods=())
    if chosen.sources:
        known = {guid: name for guid, name, _ in choices.sources}
        names = [known.get(guid, t("gone")) for guid in chosen.sources]
        add("sources", t("Source: {names}", names=_names(ctx, names)), sources=())
    if chosen.coders:
        add("coders", t("Coder: {names}", names=_names(ctx, chosen.coders)), coders=())
    if chosen.first_date or chosen.last_date:
        add("date", _dates(ctx, chosen), first_date="", last_date="")
    for key, (yes, no) in switches(ctx).items():
        value = getattr(chosen, key)
        if value is not None:
            add(key, yes if value else no, **{key: None})
    return made


def switches(ctx: Context) -> dict[str, tuple[str, str]]:
    """The parts of a filter that are yes, no or either: words for yes and for no."""
    t = ctx.t
    return {
        "exemplar": (t("Exemplars"), t("No exemplars")),
        "memo": (t("With memo"), t("Without memo")),
        "reported": (t("Reported speech"), t("Verbatim")),
        "counted": (t("Counted in the analysis"), t("Left out of the analysis")),
    }


def framework_name(ctx: Context, book: CodeBook, key: str) -> str:
    """The label of a framework, or what the codes under none are called."""
    if key == OPEN:
        return ctx.t("Open codes")
    framework = book.framework(key)
    return framework.label(ctx.language) if framework else key


def attribute_name(ctx: Context, name: str) -> str:
    """What an attribute of informants is called."""
    return FIELDS[name].in_(ctx.language) if name in FIELDS else name


def attribute_value(ctx: Context, name: str, value: str) -> str:
    """A value of an attribute in words."""
    from coding.analysis.columns import CATEGORY_LABELS, NO_VALUE

    if not value:
        return NO_VALUE.in_(ctx.language)
    if name == "category" and value in CATEGORY_LABELS:
        return CATEGORY_LABELS[value].in_(ctx.language)
    return value


def _dates(ctx: Context, chosen: EvidenceFilter) -> str:
    first, last = ctx.words.short_date(chosen.first_date), ctx.words.short_date(chosen.last_date)
    if not last:
        return ctx.t("From {date}", date=first)
    return ctx.t("Until {date}", date=last) if not first else f"{first} – {last}"


def _has_below(book: CodeBook, guid: str) -> bool:
    code = book.get(guid)
    return code is not None and any(row.parent == guid for row in book.codes_of(code.framework or "open"))


def _names(ctx: Context, names: list[str] | tuple[str, ...]) -> str:
    shown = ", ".join(names[:NAMED])
    rest = len(names) - NAMED
    return ctx.n("{names} and {count} more", "{names} and {count} more", count=rest, names=shown) if rest > 0 else shown
