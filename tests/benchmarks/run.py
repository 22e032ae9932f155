"""The benchmarks: `python3 run.py bench [--quick] [--out FILE.json]`.

Measured in the real window on the sample and on a generated project of 200 sources × 50,000 characters with 50,000
coded segments. Printed and written as medians and 95th percentiles; nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))


@dataclass(frozen=True)
class Figure:
    """One line of the table; milliseconds."""

    what: str
    data: str
    runs: int
    median: float
    p95: float
    aim: str = ""


def figure(what: str, data: str, seconds: list[float], aim: str = "") -> Figure:
    """Median and 95th percentile (nearest rank) of `seconds`."""
    ordered = sorted(seconds)
    p95 = ordered[max(0, math.ceil(0.95 * len(ordered)) - 1)]
    return Figure(what, data, len(ordered), statistics.median(ordered) * 1000, p95 * 1000, aim)


def repeated(runs: int, work: Callable[[], object]) -> list[float]:
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return taken


def start(runs: int) -> list[float]:
    """From the start of the process to a start page that takes input; the first run, which warms the disk, left out."""

    def once() -> None:
        with subprocess.Popen(
            [sys.executable, str(ROOT / "tests/benchmarks/start.py")], stdout=subprocess.PIPE
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline().strip() == b"ready"
            began_end.append(time.perf_counter())

    began_end: list[float] = []
    taken = []
    for _ in range(runs + 1):
        began = time.perf_counter()
        once()
        taken.append(began_end.pop() - began)
    return taken[1:]


def sizes(quick: bool) -> tuple[int, int, int]:
    return (20, 20_000, 2_000) if quick else (200, 50_000, 50_000)


def main() -> int:
    parser = argparse.ArgumentParser(prog="run.py bench")
    parser.add_argument("--quick", action="store_true", help="a small generated project, few runs")
    parser.add_argument("--out", type=Path, default=Path("benchmarks.json"))
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="telaah-bench-") as folder:
        os.environ["TELAAH_HOME"] = folder
        figures = measure(Path(folder), arguments.quick)
    show(figures)
    machine = {"system": platform.platform(), "python": platform.python_version(), "cores": os.cpu_count()}
    result = {"machine": machine, "unit": "ms", "figures": [asdict(f) for f in figures]}
    arguments.out.write_text(json.dumps(result, indent=1), encoding="utf-8")
    print(f"\n{arguments.out}")
    return 0


def measure(folder: Path, quick: bool) -> list[Figure]:
    from coding.sample import build
    from tests.benchmarks.generate import generate
    from tests.benchmarks.window import WindowBench

    sources, characters, segments = sizes(quick)
    figures = [figure("start to usable start page", "", start(3 if quick else 9), "≤ 1000")]
    build(folder / "sample.telaah").close()
    generate(folder / "big.telaah", sources=sources, characters=characters, segments=segments).close()
    big = f"{sources} × {characters:,} characters, {segments:,} segments"
    for data, path in (("sample", folder / "sample.telaah"), (big, folder / "big.telaah")):
        print(f"… {data}", file=sys.stderr, flush=True)
        with WindowBench(path) as bench:
            figures.append(figure("open project, first transcript shown", data, bench.open_project(2 if quick else 5)))
            figures.append(figure("open transcript", data, bench.open_transcripts(3 if quick else 12)))
            figures.append(figure("tag to repaint", data, bench.tag(5 if quick else 60), "≤ 16 median"))
            figures.append(figure("matrix after a tag, shown", data, bench.matrix(3 if quick else 12)))
        figures += engine(path, data, folder, quick)
    return figures + editing(folder, quick) + evidence(folder, quick)


def evidence(folder: Path, quick: bool) -> list[Figure]:
    """A million coded segments in a table."""
    from tests.benchmarks.evidence import run

    data, taken = run(folder, quick)
    return [figure(what, data, values, aim) for what, values, aim in taken if values]


def editing(folder: Path, quick: bool) -> list[Figure]:
    """Mending one letter of a long text."""
    from tests.benchmarks.editing import measured

    data, edits, undos, megabytes = measured(folder, quick)
    return [
        figure(f"one letter mended, file + {megabytes:.2f} MB", data, edits, "≤ 200, ≤ 1.2 MB"),
        figure("one letter mended, undone", data, undos),
    ]


def engine(path: Path, data: str, folder: Path, quick: bool) -> list[Figure]:
    """What the window's reader does, without the window."""
    from coding.analysis.factors import summarise
    from coding.analysis.triangulation import triangulate
    from coding.project import Project
    from coding.reports import report

    runs = 3 if quick else 15
    with Project.open(path, read_only=True) as project:
        figures = [figure("matrix, first after opening", data, repeated(1, lambda: triangulate(project, "edward3")))]
        figures.append(figure("matrix", data, repeated(runs, lambda: triangulate(project, "edward3")), "≤ 100"))
        fine = repeated(runs, lambda: triangulate(project, "edward3", level="indicator"))
        figures.append(figure("matrix by indicator", data, fine, "≤ 100"))
        figures.append(figure("factor summary", data, repeated(runs, lambda: summarise(project))))
        report(project, folder / "warm.docx")
        written = repeated(1 if quick else 3, lambda: report(project, folder / "report.docx"))
        figures.append(figure("report to Word", data, written))
    return figures


def show(figures: list[Figure]) -> None:
    heads = ("what", "data", "runs", "median ms", "p95 ms", "aim")
    lines = [(f.what, f.data, str(f.runs), f"{f.median:,.1f}", f"{f.p95:,.1f}", f.aim) for f in figures]
    widths = [max(len(line[i]) for line in (heads, *lines)) for i in range(len(heads))]
    for line in (heads, tuple("-" * w for w in widths), *lines):
        cells = [c.rjust(w) if 2 <= i <= 4 else c.ljust(w) for i, (c, w) in enumerate(zip(line, widths, strict=True))]
        print("  ".join(cells).rstrip())


if __name__ == "__main__":
    raise SystemExit(main())
