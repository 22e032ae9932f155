"""The commands that count codes: `frequencies`, `crosstab`, `cooccurrence`, `saturation` and `framework-matrix`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from coding import cli_output as out
from coding.text import normalise
from coding.words import Words

if TYPE_CHECKING:
    from coding.analysis.framework_matrix import FrameworkCell, FrameworkMatrix
    from coding.analysis.results_counts import CodeLine, CoOccurrence, Crosstab, Frequencies, Saturation
    from coding.project import Project

_NOTHING = "–"


def add(command: Any) -> None:
    """Add the commands to the command line; `command` makes one, as in `coding.cli`."""
    _chosen(command("frequencies", _frequencies, "count how often each code was put", "csv"))
    crossed = command("crosstab", _crosstab, "count codes by what informants and sources have in common", "csv")
    crossed.add_argument("--columns", metavar="informant|ATTRIBUTE", default="informant", type=normalise)
    crossed.add_argument("--unit", choices=("segments", "informants", "words"), default="segments")
    _chosen(crossed, "dimension")
    _chosen(command("cooccurrence", _cooccurrence, "count which codes stand on the same words"), "indicator")
    _chosen(command("saturation", _saturation, "count the codes that each interview adds"), "indicator")
    text = "show what each informant says on each dimension, and what is written on it"
    _chosen(command("framework-matrix", _framework_matrix, text), "dimension", needed=True)


def _chosen(sub: Any, level: str = "", *, needed: bool = False) -> None:
    sub.add_argument("--framework", metavar="KEY", type=normalise, required=needed)
    if level:
        sub.add_argument("--level", choices=("dimension", "indicator"), default=level)


def _reading(arguments: argparse.Namespace) -> Project:
    from coding.project import Project

    return Project.open(arguments.project, read_only=True)


def _code(line: CodeLine, words: Words) -> dict[str, Any]:
    return {"code": line.path, "label": line.label.in_(words.language), "part": line.part}


def _name(line: CodeLine, words: Words) -> str:
    return ("" if line.part in ("dimension", "open") else "  ") + line.label.in_(words.language)


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _notices(found: Any, words: Words) -> list[str]:
    return [notice.say(words) for notice in found.notices]


def _printed(heads: Sequence[str], lines: Sequence[Sequence[str]], notices: Sequence[str]) -> int:
    out.table(heads, lines, range(1, len(heads)))
    for notice in notices:
        print(notice)
    return 0


def frequencies_object(found: Frequencies, words: Words) -> dict[str, Any]:
    """How often each code was put, for JSON; a share is a fraction of all segments, null where there are none."""
    rows = [
        {
            **_code(row.code, words), "segments": row.segments, "share": _float(row.share), "passages": row.passages,
            "informants": row.informants, "voices": row.voices, "words": row.words,
        }
        for row in found.rows
    ]  # fmt: skip
    return {
        "framework": found.framework, "segments": found.segments, "informants": found.informants,
        "words": found.words, "rows": rows, "notices": _notices(found, words),
    }  # fmt: skip


def _frequencies(arguments: argparse.Namespace, _words: Words) -> int:
    from coding.analysis.frequencies import frequencies

    with _reading(arguments) as project:
        words, found = Words(project.language), frequencies(project, arguments.framework)
    made = frequencies_object(found, words)
    if arguments.format == "json":
        return _document(made)
    names = ("segments", "share", "passages", "informants", "voices", "words")
    if arguments.format == "csv":
        out.to_csv(("code", "label", *names), ([row[key] for key in ("code", "label", *names)] for row in made["rows"]))
        return 0
    heads = [words.t(head) for head in ("Code", "Segments", "Share", "Passages", "Informants", "Voices", "Words")]
    lines = [
        [_name(row.code, words), _count(row.segments, words),
         words.percent(row.share, 1) if row.share else _NOTHING,
         *(_count(n, words) for n in (row.passages, row.informants, row.voices, row.words))]
        for row in found.rows
    ]  # fmt: skip
    return _printed(heads, lines, made["notices"])


def _count(value: int, words: Words) -> str:
    return words.number(value) if value else _NOTHING


def _document(data: Any) -> int:
    out.to_json(data)
    return 0


def crosstab_object(found: Crosstab, words: Words) -> dict[str, Any]:
    """Codes against columns, for JSON; a row has its counts in the order of `columns`, null stands for “no value”."""
    rows = [
        {**_code(line, words), "counts": list(counts), "total": total}
        for line, counts, total in zip(found.rows, found.counts, found.row_totals, strict=True)
    ]
    return {
        "by": found.by, "framework": found.framework, "level": found.level, "unit": found.unit,
        "columns": [column.key for column in found.columns], "rows": rows,
        "totals": list(found.column_totals), "total": found.total, "notices": _notices(found, words),
    }  # fmt: skip


def _crosstab(arguments: argparse.Namespace, _words: Words) -> int:
    from coding.analysis.crosstab import crosstab

    with _reading(arguments) as project:
        words = Words(project.language)
        found = crosstab(project, arguments.columns, arguments.framework, arguments.level, arguments.unit)
    made = crosstab_object(found, words)
    if arguments.format == "json":
        return _document(made)
    if arguments.format == "csv":
        keys = ["" if key is None else key for key in made["columns"]]
        out.to_csv(("code", "label", *keys, "total"),
                   ((row["code"], row["label"], *row["counts"], row["total"]) for row in made["rows"]))  # fmt: skip
        return 0
    names = [column.label.in_(words.language) for column in found.columns]
    total = words.t("Total")
    lines = [
        [_name(line, words), *(_count(n, words) for n in (*counts, sum_))]
        for line, counts, sum_ in zip(found.rows, found.counts, found.row_totals, strict=True)
    ]
    lines.append([total, *(_count(n, words) for n in (*found.column_totals, found.total))])
    return _printed([words.t("Code"), *names, total], lines, made["notices"])


def cooccurrence_object(found: CoOccurrence, words: Words) -> dict[str, Any]:
    """Which codes go together, for JSON: a row of pairs for each code, in the order of `codes`; Jaccard is a fraction,
    null where neither code covers anything; `characters` are the code points that a code covers."""
    codes = [
        {**_code(line, words), "passages": passages, "characters": length}
        for line, passages, length in zip(found.codes, found.passages, found.lengths, strict=True)
    ]
    places = range(len(found.codes))
    jaccard = [[_float(found.jaccard(one, other)) for other in places] for one in places]
    tables = {"overlap": found.overlap, "inclusion": found.inclusion, "turn": found.turn}
    return {
        "codes": codes, **{name: [list(row) for row in table] for name, table in tables.items()}, "jaccard": jaccard,
        "notices": _notices(found, words),
    }  # fmt: skip


def _cooccurrence(arguments: argparse.Namespace, _words: Words) -> int:
    from coding.analysis.cooccurrence import cooccurrence

    with _reading(arguments) as project:
        words, found = Words(project.language), cooccurrence(project, arguments.framework, arguments.level)
    if arguments.format == "json":
        return _document(cooccurrence_object(found, words))
    used = [at for at, count in enumerate(found.passages) if count]
    lines = [
        [f"{number} {found.codes[one].label.in_(words.language)}",
         *("·" if one == other else _count(found.overlap[one][other], words) for other in used),
         _count(found.passages[one], words)]
        for number, one in enumerate(used, 1)
    ]  # fmt: skip
    heads = [words.t("Code"), *(str(number) for number in range(1, len(used) + 1)), words.t("Passages")]
    return _printed(heads, lines, _notices(found, words))


def saturation_object(found: Saturation, words: Words) -> dict[str, Any]:
    """What each interview adds, for JSON; `total` are the codes up to and with it."""
    rows = [
        {
            "source": step.source, "date": step.date, "segments": step.segments, "codes": step.codes,
            "new": [line.path for line in step.new], "total": step.total,
        }
        for step in found.steps
    ]  # fmt: skip
    return {"framework": found.framework, "rows": rows, "codes": found.codes, "notices": _notices(found, words)}


def _saturation(arguments: argparse.Namespace, _words: Words) -> int:
    from coding.analysis.saturation import saturation

    with _reading(arguments) as project:
        words, found = Words(project.language), saturation(project, arguments.framework, arguments.level)
    if arguments.format == "json":
        return _document(saturation_object(found, words))
    heads = [words.t(head) for head in ("Interview", "Segments", "Codes", "New codes", "Codes so far")]
    lines = [
        [step.source, *(_count(n, words) for n in (step.segments, step.codes, len(step.new), step.total))]
        for step in found.steps
    ]
    return _printed(heads, lines, _notices(found, words))


def framework_matrix_object(found: FrameworkMatrix, words: Words) -> dict[str, Any]:
    """Informants and dimensions, for JSON: in the order of `columns` how many passages each cell has, and what the
    analyst wrote in it."""

    def cell(one: FrameworkCell) -> dict[str, Any]:
        written = None if one.summary is None else {"text": one.summary.text, "stale": one.summary.stale}
        return {"passages": one.passages, "segments": len(one.segment_ids), "finding": written}

    columns = [
        {"code": column.code, "label": column.label.in_(words.language), "part": column.part}
        for column in found.columns
    ]
    rows = [{"informant": row.informant, "cells": [cell(one) for one in row.cells]} for row in found.rows]
    return {
        "framework": found.framework, "level": found.level, "columns": columns, "rows": rows,
        "notices": _notices(found, words),
    }  # fmt: skip


def _framework_matrix(arguments: argparse.Namespace, _words: Words) -> int:
    from coding.analysis.framework_matrix import framework_matrix

    with _reading(arguments) as project:
        words, found = Words(project.language), framework_matrix(project, arguments.framework, arguments.level)
    if arguments.format == "json":
        return _document(framework_matrix_object(found, words))
    lines = [[row.informant, *(_count(one.passages, words) for one in row.cells)] for row in found.rows]
    heads = [column.label.in_(words.language) for column in found.columns]
    return _printed([words.t("Informant"), *heads], lines, _notices(found, words))
