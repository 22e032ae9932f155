"""How the command line prints what was counted: matrices, factors and agreement, as JSON, CSV and text for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from coding import cli_output as out
from coding.analysis.results import Cell, FactorRow, Factors, Matrix, Row, Side
from coding.analysis.wording import stance_glyph, status_word
from coding.reports.wording import voices_shown
from coding.words import Words

if TYPE_CHECKING:
    from fractions import Fraction

    from coding.analysis.agreement import Agreement, CodeAgreement
    from coding.analysis.judging import Finding

Written = Mapping[tuple[str, str, bool, str | None], "Finding"]
"""What the analyst wrote, by code and part of the row, whether it is on a cell, and the cell's column."""
Sides = Mapping[tuple[str, str, str], "Finding"]
"""What the analyst wrote on the sides of factors, by code, part and side."""


def written(found: Sequence[Finding]) -> Written:
    """The findings of a matrix by where they stand."""
    return {(one.code, one.part, one.cell, one.column): one for one in found}


def _finding_object(found: Finding | None) -> dict[str, Any] | None:
    return None if found is None else {"text": found.text, "stale": found.stale}


def _cell_object(cell: Cell, finding: Finding | None) -> dict[str, Any]:
    split = [
        {
            "voice": one.voice, "stance": one.stance, "passages": one.passages, "supporting": one.supporting,
            "inhibiting": one.inhibiting,
        }
        for one in cell.split
    ]  # fmt: skip
    return {
        "column": cell.column, "segments": cell.segments, "passages": cell.passages, "informants": cell.informants,
        "voices": cell.voices, "stance": cell.stance, "exemplar": cell.exemplars[0] if cell.exemplars else None,
        "split": split, "finding": _finding_object(finding),
    }  # fmt: skip


def _row_object(row: Row, words: Words, findings: Written, *, topics: bool) -> dict[str, Any]:
    judged = row.judgement
    cells = [(cell, findings.get((row.code, row.part, True, cell.column))) for cell in row.cells]
    made: dict[str, Any] = {
        "code": row.code,
        "label": row.label.in_(words.language),
        "status": row.status,
        "coverage": list(row.coverage),
        "judgement": None
        if judged is None
        else {"status": judged.status, "reason": judged.reason, "stale": judged.stale},
        "finding": _finding_object(findings.get((row.code, row.part, False, None))),
        "cells": [_cell_object(cell, finding) for cell, finding in cells],
    }
    if topics:
        made["topics"] = [_row_object(one, words, {}, topics=False) for one in row.topics]
    return made


def matrix_object(
    matrix: Matrix, words: Words, findings: Sequence[Finding] = (), *, topics: bool = False
) -> dict[str, Any]:
    """A matrix as CLI.md has it, each cell with its voices and what the analyst wrote on it (`findings`), each row
    too; with `topics` each row has those inside it."""
    rows = [_row_object(row, words, written(findings), topics=topics) for row in matrix.rows]
    return {
        "kind": matrix.kind, "framework": matrix.framework, "level": matrix.level,
        "columns": [column.key for column in matrix.columns], "rows": rows,
        "notices": [notice.say(words) for notice in matrix.notices],
    }  # fmt: skip


def _filtered(found: dict[str, Any], filters: Mapping[str, Any] | None) -> dict[str, Any]:
    """With what was left out, under the names of the options; nothing where nothing was."""
    names = {"since": "from", "until": "to", "places": "place", "coders": "coder", "verdicts": "verdict"}
    kept = {names.get(name, name): value for name, value in (filters or {}).items() if value}
    return {**found, "filters": kept} if kept else found


def _cell(cell: Cell, words: Words) -> str:
    """A cell as on screen: its sign, its passages, and how its voices are divided."""
    if not cell.voices:
        return stance_glyph("silent")
    divided = voices_shown(words, cell)
    shown = f"{stance_glyph(cell.stance)} {words.number(cell.passages)}"
    return f"{shown} ({divided})" if divided else shown


def matrix(
    form: str, found: Matrix, findings: Sequence[Finding], words: Words, *, topics: bool = False,
    filters: Mapping[str, Any] | None = None,
) -> int:  # fmt: skip
    if form == "json":
        out.to_json(_filtered(matrix_object(found, words, findings, topics=topics), filters))
        return 0
    rows = [one for row in found.rows for one in (row, *(row.topics if topics else ()))]
    names = [column.label.in_(words.language) for column in found.columns]
    if form == "csv":
        heads = ["code", "label", "status", "speaking", "columns"]
        for column in found.columns:
            key = "" if column.key is None else column.key
            heads += [f"{key}:passages", f"{key}:stance"]
        out.to_csv(heads, ([r.code, r.label.in_(words.language), r.status, *r.coverage,
                      *(v for c in r.cells for v in (c.passages, c.stance))] for r in rows))  # fmt: skip
        return 0
    lines = []
    for row in rows:
        cells = [_cell(c, words) for c in row.cells]
        coverage = words.t("{k} of {n}", k=row.coverage[0], n=row.coverage[1])
        inside = "  " if row.part == "topic" else ""
        lines.append([inside + row.label.in_(words.language), *cells, status_word(row.status, words), coverage])
    print(found.framework_label.in_(words.language))
    out.table(["", *names, words.t("Status"), words.t("Coverage")], lines)
    for notice in found.notices:
        print(notice.say(words))
    return 0


def agreement_object(found: Agreement, words: Words) -> dict[str, Any]:
    """The agreement of coders as CLI.md has it; fractions are 0–1, null is undefined."""
    pairs = [
        {
            "coders": list(pair.coders), "sources": pair.sources, "units": pair.units,
            "percent": _number(pair.percent), "kappa": _number(pair.kappa), "codes": _agreed_codes(pair.codes),
            "valence": {
                "units": pair.valence_units, "percent": _number(pair.valence_percent), "kappa": _number(pair.valence),
            },
        }
        for pair in found.pairs
    ]  # fmt: skip
    return {
        "unit": found.unit, "units": found.units, "coders": list(found.coders),
        "codes": pairs[0]["codes"] if len(pairs) == 1 else [],
        "percent": _number(found.percent), "kappa": _number(found.kappa), "alpha": _number(found.alpha),
        "pairs": pairs, "notices": [notice.say(words) for notice in found.notices],
    }  # fmt: skip


def _agreed_codes(codes: Sequence[CodeAgreement]) -> list[dict[str, Any]]:
    return [{"code": c.code, "percent": _number(c.percent), "kappa": _number(c.kappa)} for c in codes]


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def agreement(form: str, found: Agreement, words: Words) -> int:
    if form == "json":
        out.to_json(agreement_object(found, words))
        return 0

    def shown(value: Fraction | None) -> str:
        return "–" if value is None else words.number(value, 2)

    def share(value: Fraction | None) -> str:
        return "–" if value is None else words.percent(value, 1)

    for pair in found.pairs:
        said = {
            "sentence": words.n("{count} sentence", "{count} sentences", count=pair.units),
            "turn": words.n("{count} turn", "{count} turns", count=pair.units),
            "character": words.n("{count} character", "{count} characters", count=pair.units),
        }
        units = said[found.unit]
        print(
            words.t(
                "{one} and {two}: over {units} of {sources} sources that both marked as done", one=pair.coders[0],
                two=pair.coders[1], units=units, sources=pair.sources,
            )
        )  # fmt: skip
        lines = [[c.label.in_(words.language), share(c.percent), shown(c.kappa)] for c in pair.codes]
        total = share(pair.percent)
        out.table(
            ["", words.t("Agreement"), "kappa"], [*lines, [words.t("All codes"), total, shown(pair.kappa)]], (1, 2)
        )
        print(
            words.t("Direction: kappa {kappa} over {units} units", kappa=shown(pair.valence), units=pair.valence_units)
        )
    print(f"alpha {shown(found.alpha)}")
    for notice in found.notices:
        print(notice.say(words))
    return 0


def _side_object(side: Side, finding: Finding | None) -> dict[str, Any]:
    return {
        "segments": side.segments, "passages": side.passages, "informants": side.informants, "who": list(side.who),
        "exemplars": list(side.exemplars), "finding": _finding_object(finding),
    }  # fmt: skip


def _factor_object(row: FactorRow, words: Words, findings: Sides) -> dict[str, Any]:
    sides = {"supporting": row.supporting, "inhibiting": row.inhibiting, "neutral": row.neutral}
    return {
        "code": row.code, "label": row.label.in_(words.language), "contested": row.contested,
        "informants": row.informants, "unmarked": row.unmarked,
        **{name: _side_object(side, findings.get((row.code, row.part, name))) for name, side in sides.items()},
    }  # fmt: skip


def factors_object(found: Factors, words: Words, findings: Sides | None = None) -> dict[str, Any]:
    """A factor summary as CLI.md has it, each side with what the analyst wrote on it (`findings`)."""
    rows = [_factor_object(row, words, findings or {}) for row in found.rows]
    return {"rows": rows, "notices": [notice.say(words) for notice in found.notices]}


def analyses(form: str, objects: Sequence[dict[str, Any]], lines: Sequence[Sequence[str]], words: Words) -> int:
    """Pinned analyses, as objects or as lines of name, kind and framework."""
    if form == "json":
        out.to_json(objects)
        return 0
    out.table([words.t("Name"), words.t("Kind"), words.t("Framework")], lines)
    return 0


def factors(
    form: str, found: Factors, findings: Sides, words: Words, *, filters: Mapping[str, Any] | None = None
) -> int:
    if form == "json":
        out.to_json(_filtered(factors_object(found, words, findings), filters))
        return 0
    if form == "csv":
        sides = ("supporting", "inhibiting", "neutral")
        counts = ("segments", "passages", "informants")
        heads = ["code", "label", "contested", *(f"{side}:{count}" for side in sides for count in counts)]
        out.to_csv(heads, ([r.code, r.label.in_(words.language), out.flat(r.contested),
                      *(getattr(getattr(r, side), count) for side in sides for count in counts)]
                     for r in found.rows))  # fmt: skip
        return 0
    heads = [words.t(h) for h in ("Factor", "Supporting", "Inhibiting", "Informants", "Contested")]
    lines = [
        [r.label.in_(words.language),
         *(words.number(n) if n else "–" for n in (r.supporting.passages, r.inhibiting.passages, r.informants)),
         words.t("yes") if r.contested else ""]
        for r in found.rows
    ]  # fmt: skip
    print(found.framework_label.in_(words.language))
    out.table(heads, lines, (1, 2, 3))
    for notice in found.notices:
        print(notice.say(words))
    return 0
