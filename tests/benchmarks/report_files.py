"""Files of a report under the stopwatch: a page of HTML and a workbook of 20,000 coded segments, processor seconds.

`python3 -m tests.benchmarks.report_files` measures with the small study.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from coding.project import Project
from coding.reports import ReportOptions, report
from tests.benchmarks.generate import generate

OPTIONS = ReportOptions(
    language="id",
    tables=("method_section", "informants", "triangulation", "method", "factors", "frequencies", "crosstab",
            "cooccurrence", "saturation"),
)  # fmt: skip
"""What a supervisor is sent: everybody heard, every matrix, every factor, every count, each with all behind it."""


class Taken(NamedTuple):
    """What was measured, in seconds, and the aim."""

    what: str
    values: list[float]
    aim: str = ""


def sizes(quick: bool) -> dict[str, int]:
    if quick:
        return {"sources": 20, "characters": 20_000, "segments": 2_000, "informants": 20}
    return {"sources": 60, "characters": 50_000, "segments": 20_000, "informants": 60}


def measure(path: Path, folder: Path, quick: bool) -> list[Taken]:
    """Every format on the project at `path`."""
    runs = 1 if quick else 3
    found: list[Taken] = []
    with Project.open(path, read_only=True) as project:
        for suffix, aim in ((".html", "≤ 5000"), (".xlsx", ""), (".csv", ""), (".md", ""), (".tex", ""), (".docx", "")):
            target = folder / f"report{suffix}"
            taken = _taken(partial(report, project, target, OPTIONS), runs)
            found.append(Taken(f"report written as {suffix}", taken, aim))
            if suffix in (".html", ".xlsx"):
                print(f"  {suffix}: {target.stat().st_size / 1e6:.1f} MB", file=sys.stderr)
    return found


def _taken(work: Callable[[], object], runs: int) -> list[float]:
    found = []
    for _ in range(runs):
        began = time.process_time()
        work()
        found.append(time.process_time() - began)
    return found


def run(folder: Path, quick: bool) -> tuple[str, list[Taken]]:
    """Generate the project in `folder` and measure; gives what the data are, too."""
    size, path = sizes(quick), folder / "report files.telaah"
    generate(path, **size).close()
    data = f"{size['segments']:,} segments, {size['informants']} informants"
    return data, measure(path, folder, quick)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="telaah-bench-") as folder:
        data, figures = run(Path(folder), quick="--full" not in sys.argv)
        print(data)
        for what, values, aim in figures:
            print(f"{what:32s} median {sorted(values)[len(values) // 2] * 1000:9.1f} ms  {aim}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
