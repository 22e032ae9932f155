"""Counting over a very large study: `python tests/benchmarks/analysis.py [--quick]` prints CPU seconds.

Made of 2,000 sources × 50,000 characters and 1,000,000 segments on 500 codes; `--quick` of 20 × 20,000 and 5,000.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from coding.analysis.cooccurrence import cooccurrence
from coding.analysis.crosstab import crosstab
from coding.analysis.frequencies import frequencies
from coding.analysis.saturation import saturation
from coding.analysis.wordcount import word_counts
from coding.codes.editing import new_open_code
from coding.project import Project
from coding.store.sql import rows
from tests.benchmarks.generate import generate

CODES = 500


def sizes(quick: bool) -> dict[str, int]:
    if quick:
        return {"sources": 20, "characters": 20_000, "segments": 5_000, "informants": 20}
    return {"sources": 2_000, "characters": 50_000, "segments": 1_000_000, "informants": 1_000}


def study(path: Path, quick: bool) -> Project:
    """The project of a benchmark, its segments spread over 500 codes."""
    project = generate(path, **sizes(quick))
    with project.operation("Code") as op:
        known = rows(op.raw(), "SELECT count(*) FROM code")[0][0]
        for number in range(known, CODES):
            new_open_code(op, f"Kode {number}")
        first = rows(op.raw(), "SELECT min(id) FROM code")[0][0]
        op.raw().execute("UPDATE segment SET code_id = ? + (id * 7919) % ?", (first, CODES))
    return project


def timed(what: str, aim: str, work: Callable[[], Any]) -> None:
    """Print the CPU time of `work`."""
    began = time.process_time()
    work()
    print(f"{what:44s} {time.process_time() - began:7.2f} s  {aim}", flush=True)


def main() -> int:
    quick = "--quick" in sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="telaah-bench-") as folder:
        study(Path(folder) / "analysis.telaah", quick).close()
        with Project.open(Path(folder) / "analysis.telaah", read_only=True) as project:
            timed("evidence read for the first time", "", lambda: crosstab(project))
            timed("co-occurrence of all codes", "≤ 2", lambda: cooccurrence(project))
            for by in ("informant", "category", "source.month"):
                timed(f"crosstab by {by}", "≤ 1", lambda by=by: crosstab(project, by, level="indicator"))  # type: ignore[misc]
            timed("crosstab by category, words", "≤ 1", lambda: crosstab(project, "category", unit="words"))
            timed("frequencies", "", lambda: frequencies(project))
            timed("saturation", "", lambda: saturation(project))
            timed("words", "", lambda: word_counts(project))
    return 0


if __name__ == "__main__":
    sys.exit(main())
