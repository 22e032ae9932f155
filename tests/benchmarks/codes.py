"""Changing codes that many segments have: merging two, taking it back, splitting one."""

from __future__ import annotations

from pathlib import Path

from coding.codes.editing import new_open_code
from coding.codes.merging import merge, what_merging_does
from coding.codes.splitting import split
from coding.project import Project
from coding.store.models import new_guid, now
from coding.store.sql import rows
from coding.transcripts.drafts import Draft
from coding.transcripts.intake import store_draft
from tests.benchmarks.timing import Taken, cpu

WORDS = 60_000
VALENCES = ("supporting", "inhibiting", None)


def study(project: Project, segments: int) -> list[str]:
    """Two open codes with `segments` coded segments between them, two fifths of these on the same spans."""
    with project.operation("Import") as op:
        store_draft(op, Draft("Text", "kata " * WORDS, "document"))
    with project.operation("Code") as op:
        guids = [new_open_code(op, name) for name in ("one", "two")]
        raw, moment = op.raw(), now()
        codes = [number for (number,) in rows(raw, "SELECT id FROM code WHERE framework_id IS NULL ORDER BY id")]
        spans = ((n // 2 if n % 10 < 4 else n) for n in range(segments))
        raw.executemany(
            'INSERT INTO segment (guid, source_id, code_id, coder_id, start, "end", valence, exemplar, created_at, '
            "modified_at) VALUES (?, 1, ?, 1, ?, ?, ?, 0, ?, ?)",
            ((new_guid(), codes[n % 2], at, at + 4, VALENCES[n % 3], moment, moment) for n, at in enumerate(spans)),
        )
    return guids


def measured(folder: Path, quick: bool) -> list[Taken]:
    """What was done, on which data, CPU seconds of each run, and the aim."""
    segments = 5_000 if quick else 50_000
    with Project.create(folder / "codes.telaah", "Benchmark", frameworks=[], coder="A") as project:
        one, two = study(project, segments)

        def merging() -> None:
            with project.operation("Merge") as op:
                merge(op, [two], one)

        def splitting() -> None:
            with project.read() as session:
                chosen = list(session.connection().exec_driver_sql("SELECT guid FROM segment WHERE id % 2").scalars())
            with project.operation("Split") as op:
                split(op, one, "three", "", chosen)

        steps = (
            ("what merging two codes does", lambda: what_merging_does(project, [one, two], one)),
            ("two codes merged", merging),
            ("that undone", project.undo),
            ("a code split in halves", splitting),
        )
        return [(what, f"{segments:,} segments", cpu(1, work), "") for what, work in steps]
