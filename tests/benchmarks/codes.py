"""Changing codes that many segments have: `python tests/benchmarks/codes.py [SEGMENTS]` prints CPU seconds of a merge
of two codes, of taking it back, and of a split."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from coding.codes.editing import new_open_code
from coding.codes.merging import merge, what_merging_does
from coding.codes.splitting import split
from coding.project import Project
from coding.store.models import new_guid, now
from coding.store.sql import rows
from coding.transcripts.drafts import Draft
from coding.transcripts.intake import store_draft

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


def timed(what: str, work: Callable[[], Any]) -> Any:
    began = time.process_time()
    result = work()
    print(f"{what}: {time.process_time() - began:.2f} s")
    return result


def main() -> int:
    segments = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "study.telaah"
        with Project.create(path, "Benchmark", frameworks=[], coder="A") as project:
            one, two = study(project, segments)
            print(timed("what merging does", lambda: what_merging_does(project, [one, two], one)))

            def merging() -> None:
                with project.operation("Merge") as op:
                    merge(op, [two], one)

            def splitting() -> None:
                with project.read() as session:
                    chosen = list(
                        session.connection().exec_driver_sql("SELECT guid FROM segment WHERE id % 2").scalars()
                    )
                with project.operation("Split") as op:
                    split(op, one, "three", "", chosen)

            timed(f"merge, {segments:,} segments", merging)
            timed("undo", project.undo)
            timed("split in halves", splitting)
    return 0


if __name__ == "__main__":
    sys.exit(main())
