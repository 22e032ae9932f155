"""The benchmarks: `python3 run.py bench [--quick] [--only SECTION …] [--out FILE.json]`.

Measured in the real window on the sample and on generated projects: `window` with 200 sources × 50,000 characters and
50,000 coded segments, `text-view` with one text of four sizes, up to a million characters in a project of a million
segments. Printed and written as medians and 95th percentiles; nothing here passes or fails.
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
from collections.abc import Callable, Sequence
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
    most: float = 0.0


def figure(what: str, data: str, seconds: list[float], aim: str = "") -> Figure:
    """Median and 95th percentile (nearest rank) of `seconds`."""
    ordered = sorted(seconds)
    p95 = ordered[max(0, math.ceil(0.95 * len(ordered)) - 1)]
    return Figure(what, data, len(ordered), statistics.median(ordered) * 1000, p95 * 1000, aim, ordered[-1] * 1000)


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
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=list(SECTIONS), help="just these sections")
    parser.add_argument("--out", type=Path, default=Path("benchmarks.json"))
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="telaah-bench-") as folder:
        os.environ["TELAAH_HOME"] = folder
        chosen = [section for section in SECTIONS if section in arguments.only]
        figures = [made for section in chosen for made in SECTIONS[section](Path(folder), arguments.quick)]
    show(figures)
    show_peers(figures)
    machine = {"system": platform.platform(), "python": platform.python_version(), "cores": os.cpu_count()}
    result = {"machine": machine, "unit": "ms", "figures": [asdict(f) for f in figures]}
    arguments.out.write_text(json.dumps(result, indent=1), encoding="utf-8")
    print(f"\n{arguments.out}")
    return 0


def starting(folder: Path, quick: bool) -> list[Figure]:
    """The start of the program."""
    return [figure("start to usable start page", "", start(3 if quick else 9), "≤ 1000")]


def window(folder: Path, quick: bool) -> list[Figure]:
    """The main ways through the window, and what its reader does without it."""
    from coding.sample import build
    from tests.benchmarks.generate import generate
    from tests.benchmarks.window import WindowBench

    sources, characters, segments = sizes(quick)
    figures: list[Figure] = []
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
    return figures


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


def searching(folder: Path, quick: bool) -> list[Figure]:
    """Words in all sources."""
    from tests.benchmarks.searching import measured

    data, taken = measured(folder, quick)
    return [figure(what, data, values, aim) for what, values, aim in taken]


def analysis(folder: Path, quick: bool) -> list[Figure]:
    """Counting in studies of four sizes; processor time."""
    from tests.benchmarks.analysis import measured

    return [figure(what, data, values, aim) for what, data, values, aim in measured(folder, quick)]


def reports(folder: Path, quick: bool) -> list[Figure]:
    """Writing to Word; processor time. Lines that say MB are megabytes, not milliseconds."""
    from tests.benchmarks.reports import AIMS, SEGMENTS, measured

    found = measured(folder, 500 if quick else SEGMENTS)
    return [figure(what, data, values, AIMS[what]) for what, data, values in found]


def report_files(folder: Path, quick: bool) -> list[Figure]:
    """A report in every format; processor time."""
    from tests.benchmarks.report_files import run

    data, taken = run(folder, quick)
    return [figure(what, data, values, aim) for what, values, aim in taken]


def importing(folder: Path, quick: bool) -> list[Figure]:
    """A long PDF and a thousand Word documents; documents a second and megabytes stand in the first column."""
    from tests.benchmarks.importing import measured

    return [figure(what, data, values, aim) for what, data, values, aim in measured(folder, quick)]


def review(folder: Path, quick: bool) -> list[Figure]:
    """A reviewer's queue, packages, merges; processor time. The line that says MB is megabytes."""
    from tests.benchmarks.review import measured

    return [figure(what, data, values, aim) for what, data, values, aim in measured(folder, quick)]


def privacy(folder: Path, quick: bool) -> list[Figure]:
    """Finding personal data and masking it; processor time."""
    from tests.benchmarks.privacy import measured

    return [figure(what, data, values, aim) for what, data, values, aim in measured(folder, quick)]


def codes(folder: Path, quick: bool) -> list[Figure]:
    """Codes merged and split; processor time."""
    from tests.benchmarks.codes import measured

    return [figure(what, data, values, aim) for what, data, values, aim in measured(folder, quick)]


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


def text_view(folder: Path, quick: bool) -> list[Figure]:
    """Opening, coding and reading one text, by its size."""
    from tests.benchmarks.text_view import AIMS, STALL, TextViewBench
    from tests.benchmarks.texts import QUICK, SIZES, make_project

    figures = []
    for number, size in enumerate(QUICK if quick else SIZES):
        print(f"… {size}", file=sys.stderr, flush=True)
        path = folder / f"text {number}.telaah"
        make_project(path, size)
        with TextViewBench(path) as bench:
            bench.begin()
            bench.open_text(2 if quick else 9)
            bench.code(3 if quick else 25)
            bench.scroll(10 if quick else 80)
        aims = {**AIMS, "open": "≤ 350"} if size.characters > 300_000 else AIMS
        for what, taken in bench.taken.items():
            figures.append(figure(what, str(size), taken.seconds, aims.get(what, "")))
            figures.append(figure(f"  longest stall: {what}", str(size), taken.stalls, STALL))
        path.unlink()
    return figures


SECTIONS: dict[str, Callable[[Path, bool], list[Figure]]] = {
    "start": starting,
    "window": window,
    "editing": editing,
    "evidence": evidence,
    "searching": searching,
    "analysis": analysis,
    "reports": reports,
    "report-files": report_files,
    "review": review,
    "privacy": privacy,
    "codes": codes,
    "importing": importing,
    "text-view": text_view,
}


PEERS = {
    "50,000 characters, 500 segments, 40 codes": (2_900, 44, 1_150, 729),
    "100,000 characters, 1,000 segments, 60 codes": (5_400, 28, 2_600, 1_400),
    "300,000 characters, 4,000 segments, 60 codes": (30_900, 46, None, 6_800),
}
"""Milliseconds that the best-known open desktop tool takes for the same on two cores, offscreen, as we measured it in
2026: open, tag by key, tag by click, remove."""
BESIDE = ("open", "tag by key", "tag by click in the tree", "remove")


def show_peers(figures: list[Figure]) -> None:
    """Medians beside those of the best-known open tool, where both were measured."""
    known = {(f.data, f.what): f.median for f in figures}
    lines = [
        (data, what, f"{known[data, what]:,.1f}", "–" if theirs is None else f"{theirs:,}")
        for data, peers in PEERS.items()
        for what, theirs in zip(BESIDE, peers, strict=True)
        if (data, what) in known
    ]
    if lines:
        print()
        print_table(("text", "what", "here, ms", "best-known open tool, ms"), lines, {2, 3})


def show(figures: list[Figure]) -> None:
    heads = ("what", "data", "runs", "median ms", "p95 ms", "most ms", "aim")
    lines = [
        (f.what, f.data, str(f.runs), f"{f.median:,.1f}", f"{f.p95:,.1f}", f"{f.most:,.1f}", f.aim) for f in figures
    ]
    print_table(heads, lines, {2, 3, 4, 5})


def print_table(heads: tuple[str, ...], lines: Sequence[tuple[str, ...]], right: set[int]) -> None:
    """Print columns as wide as they must be; those numbered in `right` are figures."""
    widths = [max(len(line[i]) for line in (heads, *lines)) for i in range(len(heads))]
    for line in (heads, tuple("-" * w for w in widths), *lines):
        cells = [c.rjust(w) if i in right else c.ljust(w) for i, (c, w) in enumerate(zip(line, widths, strict=True))]
        print("  ".join(cells).rstrip())


if __name__ == "__main__":
    raise SystemExit(main())
