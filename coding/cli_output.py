"""How the command line prints: JSON as CLI.md has it, CSV, and text for people."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from coding.analysis.results import Cell, Factors, Matrix, Row, Side
from coding.analysis.wording import stance_glyph, status_word
from coding.segments.rows import SegmentRow
from coding.transcripts.rows import InformantRow, SourceRow
from coding.words import Words

if TYPE_CHECKING:
    from fractions import Fraction

    from coding.analysis.agreement import Agreement, CodeAgreement
    from coding.language.cue_report import CueReport
    from coding.search.find import Hit
    from coding.store.checking import Check


class TerminalProgress:
    """Progress on standard error, and only when that is a terminal."""

    def step(self, done: int, total: int, text: str = "") -> None:
        if sys.stderr.isatty() and total > 1:
            print(f"\r\x1b[K{done}/{total} {text[:60]}", end="" if done < total else "\r\x1b[K", file=sys.stderr)


def said(form: str, line: str, data: dict[str, Any]) -> int:
    """What a writing command did, in one line or one object."""
    _json(data) if form == "json" else print(line)
    return 0


def _json(data: Any) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=1))


def _csv(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows(rows)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> None:
    """Columns as wide as what they hold; the columns in `numbers` stand right."""
    widths = [max(len(line[i]) for line in (heads, *rows)) for i in range(len(heads))]
    for line in (heads, ["-" * width for width in widths], *rows):
        cells = [c.rjust(w) if i in numbers else c.ljust(w) for i, (c, w) in enumerate(zip(line, widths, strict=True))]
        print("  ".join(cells).rstrip())


def informants(form: str, rows: Sequence[InformantRow], words: Words) -> int:
    if form == "json":
        _json(
            [
                {
                    "code": r.code, "initials": r.initials, "name": r.name, "role": r.role, "group": r.group,
                    "category": r.category, "age": r.age, "gender": r.gender, "place": r.place,
                    "attributes": dict(r.attributes), "sources": list(r.sources),
                }
                for r in rows
            ]
        )  # fmt: skip
        return 0
    heads = [words.t(head) for head in ("Code", "Name", "Role", "Group", "Category", "Age", "Sources")]
    lines = [
        [r.code, r.name or "", r.role or "", r.group or "", r.category or "", str(r.age or ""), str(len(r.sources))]
        for r in rows
    ]
    _table(heads, lines, (5, 6))
    return 0


def sources(form: str, rows: Sequence[SourceRow], words: Words) -> int:
    if form == "json":
        _json(
            [
                {
                    "name": r.name, "method": r.method, "date": r.date, "place": r.place, "characters": r.characters,
                    "words": r.words, "turns": r.turns, "informants": list(r.informants), "segments": r.segments,
                }
                for r in rows
            ]
        )  # fmt: skip
        return 0
    heads = [words.t(h) for h in ("Name", "Method", "Date", "Words", "Turns", "Informants", "Coded segments")]
    lines = [
        [r.name, r.method, r.date or "", words.number(r.words), str(r.turns), ", ".join(r.informants), str(r.segments)]
        for r in rows
    ]
    _table(heads, lines, (3, 4, 6))
    return 0


SEGMENT_KEYS = (
    "id", "source", "start", "end", "text", "framework", "code", "label", "valence", "coder", "informants", "memo",
    "exemplar",
)  # fmt: skip


def segment_object(row: SegmentRow, language: str) -> dict[str, Any]:
    """One coded segment as CLI.md has it."""
    values = (
        row.guid, row.source, row.start, row.end, row.text, row.framework, row.code, row.label(language), row.valence,
        row.coder, list(row.informants), row.memo, row.exemplar,
    )  # fmt: skip
    return dict(zip(SEGMENT_KEYS, values, strict=True))


def segments(form: str, rows: Sequence[SegmentRow], words: Words) -> int:
    objects = [segment_object(row, words.language) for row in rows]
    if form == "json":
        _json(objects)
    elif form == "csv":
        _csv(SEGMENT_KEYS, ([_flat(o[key]) for key in SEGMENT_KEYS] for o in objects))
    else:
        for row in rows:
            glyph = stance_glyph(row.valence) if row.valence else " "
            print(
                f"{row.source} [{row.start}–{row.end}] {row.label(words.language)} {glyph} {', '.join(row.informants)}"
            )
            print(f"    {' '.join(row.text.split())}")
    return 0


def _flat(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def hits(form: str, found: Sequence[Hit], words: Words) -> int:
    if form == "json":
        keys = ("source", "start", "end", "text", "before", "after")
        _json([{key: getattr(hit, key) for key in keys} for hit in found])
        return 0
    for hit in found:
        line = f"{hit.before[-30:]}[{hit.text}]{hit.after[:30]}"
        print(f"{hit.source} {hit.start}–{hit.end}: …{' '.join(line.split())}…")
    print(words.n("{count} hit", "{count} hits", count=len(found)))
    return 0


def _cell_object(cell: Cell) -> dict[str, Any]:
    return {
        "column": cell.column, "segments": cell.segments, "passages": cell.passages, "informants": cell.informants,
        "voices": cell.voices, "stance": cell.stance, "exemplar": cell.exemplars[0] if cell.exemplars else None,
    }  # fmt: skip


def _row_object(row: Row, words: Words, *, topics: bool) -> dict[str, Any]:
    judged = row.judgement
    made: dict[str, Any] = {
        "code": row.code,
        "label": row.label.in_(words.language),
        "status": row.status,
        "coverage": list(row.coverage),
        "judgement": None
        if judged is None
        else {"status": judged.status, "reason": judged.reason, "stale": judged.stale},
        "cells": [_cell_object(cell) for cell in row.cells],
    }
    if topics:
        made["topics"] = [_row_object(one, words, topics=False) for one in row.topics]
    return made


def matrix_object(matrix: Matrix, words: Words, *, topics: bool = False) -> dict[str, Any]:
    """A matrix as CLI.md has it; with `topics` each row has those inside it."""
    rows = [_row_object(row, words, topics=topics) for row in matrix.rows]
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


def matrix(
    form: str, found: Matrix, words: Words, *, topics: bool = False, filters: Mapping[str, Any] | None = None
) -> int:
    if form == "json":
        _json(_filtered(matrix_object(found, words, topics=topics), filters))
        return 0
    rows = [one for row in found.rows for one in (row, *(row.topics if topics else ()))]
    names = [column.label.in_(words.language) for column in found.columns]
    if form == "csv":
        heads = ["code", "label", "status", "speaking", "columns"]
        for column in found.columns:
            key = "" if column.key is None else column.key
            heads += [f"{key}:passages", f"{key}:stance"]
        _csv(heads, ([r.code, r.label.in_(words.language), r.status, *r.coverage,
                      *(v for c in r.cells for v in (c.passages, c.stance))] for r in rows))  # fmt: skip
        return 0
    lines = []
    for row in rows:
        cells = [f"{stance_glyph(c.stance)} {c.passages}" if c.voices else "–" for c in row.cells]
        coverage = words.t("{k} of {n}", k=row.coverage[0], n=row.coverage[1])
        inside = "  " if row.part == "topic" else ""
        lines.append([inside + row.label.in_(words.language), *cells, status_word(row.status, words), coverage])
    print(found.framework_label.in_(words.language))
    _table(["", *names, words.t("Status"), words.t("Coverage")], lines)
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
        _json(agreement_object(found, words))
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
        _table(["", words.t("Agreement"), "kappa"], [*lines, [words.t("All codes"), total, shown(pair.kappa)]], (1, 2))
        print(
            words.t("Direction: kappa {kappa} over {units} units", kappa=shown(pair.valence), units=pair.valence_units)
        )
    print(f"alpha {shown(found.alpha)}")
    for notice in found.notices:
        print(notice.say(words))
    return 0


def _side_object(side: Side) -> dict[str, Any]:
    return {
        "segments": side.segments, "passages": side.passages, "informants": side.informants, "who": list(side.who),
        "exemplars": list(side.exemplars),
    }  # fmt: skip


def factors_object(found: Factors, words: Words) -> dict[str, Any]:
    """A factor summary as CLI.md has it."""
    rows = [
        {
            "code": row.code, "label": row.label.in_(words.language), "contested": row.contested,
            "supporting": _side_object(row.supporting), "inhibiting": _side_object(row.inhibiting),
            "neutral": _side_object(row.neutral),
        }
        for row in found.rows
    ]  # fmt: skip
    return {"rows": rows, "notices": [notice.say(words) for notice in found.notices]}


def analyses(form: str, objects: Sequence[dict[str, Any]], lines: Sequence[Sequence[str]], words: Words) -> int:
    """Pinned analyses, as objects or as lines of name, kind and framework."""
    if form == "json":
        _json(objects)
        return 0
    _table([words.t("Name"), words.t("Kind"), words.t("Framework")], lines)
    return 0


def factors(form: str, found: Factors, words: Words, *, filters: Mapping[str, Any] | None = None) -> int:
    if form == "json":
        _json(_filtered(factors_object(found, words), filters))
        return 0
    if form == "csv":
        sides = ("supporting", "inhibiting", "neutral")
        counts = ("segments", "passages", "informants")
        heads = ["code", "label", "contested", *(f"{side}:{count}" for side in sides for count in counts)]
        _csv(heads, ([r.code, r.label.in_(words.language), _flat(r.contested),
                      *(getattr(getattr(r, side), count) for side in sides for count in counts)]
                     for r in found.rows))  # fmt: skip
        return 0
    heads = [words.t(h) for h in ("Factor", "Supporting", "Inhibiting", "Informants", "Contested")]
    lines = [
        [r.label.in_(words.language), str(r.supporting.passages or "–"), str(r.inhibiting.passages or "–"),
         str(r.informants or "–"), words.t("yes") if r.contested else ""]
        for r in found.rows
    ]  # fmt: skip
    print(found.framework_label.in_(words.language))
    _table(heads, lines, (1, 2, 3))
    for notice in found.notices:
        print(notice.say(words))
    return 0


def cues_object(found: CueReport, language: str) -> dict[str, Any]:
    """How the cues of one framework fire, for JSON: shares as fractions, null where nothing fired or was tagged."""
    rows = [
        {
            "code": c.code, "label": c.label_id if language == "id" else c.label_en,
            "fired": c.fired, "fired_tagged": c.fired_tagged, "tagged": c.tagged,
            "segments": c.segments, "segments_fired": c.segments_fired,
            "precision": None if c.precision is None else float(c.precision),
            "recall": None if c.recall is None else float(c.recall),
            "cues": [{"cue": p.text, "fired": p.fired, "fired_tagged": p.fired_tagged} for p in c.phrases],
        }
        for c in found.codes
    ]  # fmt: skip
    return {"framework": found.framework, "sentences": found.sentences, "rows": rows}


def cues(form: str, reports: Sequence[CueReport], words: Words) -> int:
    objects = [cues_object(report, words.language) for report in reports]
    if form == "json":
        _json(objects)
        return 0
    keys = ("code", "label", "fired", "fired_tagged", "tagged", "segments", "segments_fired")
    if form == "csv":
        _csv((*keys, "precision", "recall"), ([row[key] for key in (*keys, "precision", "recall")]
                                              for found in objects for row in found["rows"]))  # fmt: skip
        return 0
    heads = [words.t(h) for h in ("Code", "Sentences", "With code", "Coded segments", "Heard", "Most often")]
    for report, found in zip(reports, objects, strict=True):
        label = report.label_id if words.language == "id" else report.label_en
        print(words.n("{framework}: cues in {count} sentence", "{framework}: cues in {count} sentences",
                      count=report.sentences, framework=label))  # fmt: skip
        lines = [
            [("  " if row["code"].count(".") == 2 else "") + row["label"], str(row["fired"] or "–"),
             str(row["fired_tagged"] or "–"), str(row["segments"] or "–"), str(row["segments_fired"] or "–"),
             ", ".join(f"{cue['cue']} {cue['fired']}" for cue in row["cues"][:3])]
            for row in found["rows"]
        ]  # fmt: skip
        _table(heads, lines, (1, 2, 3, 4))
    return 0


def checked(form: str, found: Check, words: Words) -> None:
    if form == "json":
        _json(
            {
                "ok": not found.problems, "schema": found.schema, "sources": found.sources,
                "segments": found.segments, "problems": list(found.problems),
            }
        )  # fmt: skip
        return
    for problem in found.problems:
        print(problem)
    if not found.problems:
        print(words.t("in order: {sources} sources, {segments} coded segments", sources=found.sources,
                      segments=found.segments))  # fmt: skip
