"""A study as plain tables that any program reads: its coded segments, its sources, its informants, its codes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coding.errors import CodingError
from coding.exchange.tables import SUFFIXES, Cell, write_table, write_workbook
from coding.words import Words

if TYPE_CHECKING:
    from coding.project import Reader

Sheet = tuple[str, Sequence[str], list[list[Cell]]]


def export_tables(project: Reader, path: Path, words: Words) -> int:
    """Write the coded segments of `project` as .csv, or all its tables as the sheets of an .xlsx; gives the number of
    segments.

    Nothing is masked, left out or rounded. Raises CodingError("table_suffix") for another suffix, else what
    `saving.save` raises.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise CodingError("table_suffix", file=path.name)
    made = sheets(project, words, path.suffix)
    title, heads, rows = made[0]
    if path.suffix.lower() == ".csv":
        return write_table(path, title, heads, rows)
    write_workbook(path, made)
    return len(rows)


def sheets(project: Reader, words: Words, suffix: str) -> list[Sheet]:
    """The tables that a file of that format holds, as they are written: the coded segments come first."""
    if suffix.lower() == ".csv":
        return [_segments(project, words)]
    return [make(project, words) for make in (_segments, _sources, _informants, _codes)]


def _segments(project: Reader, words: Words) -> Sheet:
    from coding.analysis.wording import VALENCE_LABELS
    from coding.segments.queries import segments

    t, language = words.t, words.language
    heads = [
        t("Source"), t("Start"), t("End"), t("Text"), t("Framework"), t("Code"), t("Label"), t("Topic"), t("Direction"),
        t("Coder"), t("Informants"), t("Date"), t("Memo"), t("Exemplar"), "id",
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            row.source, row.start, row.end, row.text, row.framework or "", row.code, row.label(language), row.topic,
            VALENCE_LABELS[row.valence].in_(language) if row.valence else "", row.coder, ", ".join(row.informants),
            row.source_date or "", row.memo, 1 if row.exemplar else 0, row.guid,
        ]
        for row in segments(project)
    ]  # fmt: skip
    return t("Coded segments"), heads, rows


def _sources(project: Reader, words: Words) -> Sheet:
    from coding.analysis.columns import METHOD_LABELS
    from coding.transcripts.queries import sources

    t = words.t
    heads = [
        t("Name"), t("Method"), t("Date"), t("Place"), t("Characters"), t("Words"), t("Turns"), t("Informants"),
        t("Coded segments"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            row.name, METHOD_LABELS[row.method].in_(words.language), row.date or "", row.place or "", row.characters,
            row.words, row.turns, ", ".join(row.informants), row.segments,
        ]
        for row in sources(project)
    ]  # fmt: skip
    return t("Sources"), heads, rows


def _informants(project: Reader, words: Words) -> Sheet:
    from coding.analysis.columns import CATEGORY_LABELS
    from coding.informants.queries import informants

    t, found = words.t, list(informants(project))
    own = list(dict.fromkeys(name for row in found for name, _ in row.attributes))
    heads = [
        t("Code"), t("Initials"), t("Name"), t("Role"), t("Group"), t("Category"), t("Age"), t("Gender"), t("Place"),
        t("Sources"), *own,
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            row.code, row.initials or "", row.name or "", row.role or "", row.group or "",
            CATEGORY_LABELS[row.category].in_(words.language) if row.category else "", row.age, row.gender or "",
            row.place or "", ", ".join(row.sources), *(dict(row.attributes).get(name, "") for name in own),
        ]
        for row in found
    ]  # fmt: skip
    return t("Informants"), heads, rows


def _codes(project: Reader, words: Words) -> Sheet:
    from coding.codes.queries import frameworks, open_codes

    t, language = words.t, words.language
    known = frameworks(project)
    codes = [(row.label_id if language == "id" else row.label_en, code) for row in known for code in row.codes]
    codes += [("", code) for code in open_codes(project)]
    rows: list[list[Cell]] = [
        [framework, code.path, code.label(language), code.definition(language), code.segments]
        for framework, code in codes
    ]
    return t("Codes"), [t("Framework"), t("Code"), t("Label"), t("Definition"), t("Coded segments")], rows
