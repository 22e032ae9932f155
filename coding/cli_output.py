"""How the command line prints: JSON as CLI.md has it, CSV, and text for people."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from coding.analysis.wording import stance_glyph
from coding.segments.rows import SegmentRow
from coding.transcripts.rows import InformantRow, SourceRow
from coding.words import Words

if TYPE_CHECKING:
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
    to_json(data) if form == "json" else print(line)
    return 0


def to_json(data: Any) -> None:
    """Print a JSON document."""
    print(json.dumps(data, ensure_ascii=False, indent=1))


def to_csv(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print a CSV table."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows(rows)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> None:
    """Columns as wide as what they hold; the columns in `numbers` stand right."""
    widths = [max(len(line[i]) for line in (heads, *rows)) for i in range(len(heads))]
    for line in (heads, ["-" * width for width in widths], *rows):
        cells = [c.rjust(w) if i in numbers else c.ljust(w) for i, (c, w) in enumerate(zip(line, widths, strict=True))]
        print("  ".join(cells).rstrip())


def informants(form: str, rows: Sequence[InformantRow], words: Words) -> int:
    if form == "json":
        to_json(
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
    from coding.analysis.columns import CATEGORY_LABELS

    heads = [words.t(head) for head in ("Code", "Name", "Role", "Group", "Category", "Age", "Sources")]
    lines = [
        [
            r.code, r.name or "", r.role or "", r.group or "",
            CATEGORY_LABELS[r.category].in_(words.language) if r.category else "",
            str(r.age or ""), str(len(r.sources)),
        ]
        for r in rows
    ]  # fmt: skip
    table(heads, lines, (5, 6))
    return 0


def sources(form: str, rows: Sequence[SourceRow], words: Words) -> int:
    if form == "json":
        to_json(
            [
                {
                    "name": r.name, "method": r.method, "date": r.date, "place": r.place, "characters": r.characters,
                    "words": r.words, "turns": r.turns, "informants": list(r.informants), "segments": r.segments,
                }
                for r in rows
            ]
        )  # fmt: skip
        return 0
    from coding.analysis.columns import METHOD_LABELS

    heads = [words.t(h) for h in ("Name", "Method", "Date", "Words", "Turns", "Informants", "Coded segments")]
    lines = [
        [
            r.name, METHOD_LABELS[r.method].in_(words.language), r.date or "", words.number(r.words), str(r.turns),
            ", ".join(r.informants), str(r.segments),
        ]
        for r in rows
    ]  # fmt: skip
    table(heads, lines, (3, 4, 6))
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
        to_json(objects)
    elif form == "csv":
        to_csv(SEGMENT_KEYS, ([flat(o[key]) for key in SEGMENT_KEYS] for o in objects))
    else:
        for row in rows:
            glyph = stance_glyph(row.valence) if row.valence else " "
            print(
                f"{row.source} [{row.start}–{row.end}] {row.label(words.language)} {glyph} {', '.join(row.informants)}"
            )
            print(f"    {' '.join(row.text.split())}")
    return 0


def flat(value: Any) -> Any:
    """A value as it stands in a CSV file."""
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def hits(form: str, found: Sequence[Hit], words: Words) -> int:
    if form == "json":
        keys = ("source", "start", "end", "text", "before", "after")
        to_json([{key: getattr(hit, key) for key in keys} for hit in found])
        return 0
    for hit in found:
        line = f"{hit.before[-30:]}[{hit.text}]{hit.after[:30]}"
        print(f"{hit.source} {hit.start}–{hit.end}: …{' '.join(line.split())}…")
    print(words.n("{count} hit", "{count} hits", count=len(found)))
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
        to_json(objects)
        return 0
    keys = ("code", "label", "fired", "fired_tagged", "tagged", "segments", "segments_fired")
    if form == "csv":
        to_csv((*keys, "precision", "recall"), ([row[key] for key in (*keys, "precision", "recall")]
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
        table(heads, lines, (1, 2, 3, 4))
    return 0


def checked(form: str, found: Check, words: Words) -> None:
    if form == "json":
        to_json(
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
