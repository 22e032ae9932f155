"""Evidence under the stopwatch: a million coded segments listed, filtered, ordered, scrolled and changed in the window.

`python3 -m tests.benchmarks.evidence [PROJECT]` measures a project that exists already, on a copy.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest

from app.workspaces.evidence import EvidenceWorkspace
from coding.project import Project
from coding.segments.evidence import Found
from coding.segments.evidence_filter import EvidenceFilter, EvidenceSort
from tests.benchmarks.generate import generate
from tests.benchmarks.window import Paints, WindowBench

BEAT = 5
"""Milliseconds between two beats of the event loop; what a pause is longer is a stall."""
MANY = 100_000


class Taken(NamedTuple):
    """What was measured, in seconds (or megabytes), and the aim."""

    what: str
    values: list[float]
    aim: str = ""


class Heart(QObject):
    """Beats in the event loop, and knows the longest pause."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def start(self) -> None:
        """Forget the pauses until now."""
        self.longest, self._last = 0.0, time.perf_counter()

    def _beat(self) -> None:
        moment = time.perf_counter()
        self.longest = max(self.longest, moment - self._last - BEAT / 1000)
        self._last = moment


class EvidenceBench(WindowBench):
    """One window on one project, Evidence in front."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.heart = Heart()
        self.stalls: list[float] = []
        with Project.open(path, read_only=True) as project:
            self.ctx.settings.keep_project_state(project.guid, {"front": "evidence"})
            with project.read() as session:
                rows = session.connection().exec_driver_sql
                self.people = [row[0] for row in rows("SELECT guid FROM informant LIMIT 5").fetchall()]
                self.codes = [
                    row[0] for row in rows("SELECT guid FROM code WHERE parent_id IS NULL LIMIT 3").fetchall()
                ]

    @property
    def evidence(self) -> EvidenceWorkspace:
        workspace = self.window.workspaces["evidence"]
        assert isinstance(workspace, EvidenceWorkspace)
        return workspace

    def open(self) -> list[float]:
        """From asking for the project to the first rows painted."""
        began = time.perf_counter()
        self.ctx.open_project(self.path)
        self.until(lambda: "evidence" in self.window.workspaces and self._known())
        self._painted()
        return [time.perf_counter() - began]

    def make_ready(self) -> list[float]:
        """From then on until every filter and order is quick."""
        began = time.perf_counter()
        self.heart.start()
        self.until(lambda: self.evidence.reading.ready)
        self.stalls.append(self.heart.longest)
        taken = [time.perf_counter() - began]
        self.settle()
        return taken

    def _known(self) -> bool:
        """Whether every row in sight is known."""
        table, model = self.evidence.table, self.evidence.model
        first, last = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
        last = last if last >= 0 else len(model.ids) - 1
        return first >= 0 and all(model.evidence(row) is not None for row in range(first, last + 1))

    def _painted(self) -> None:
        shown = self.evidence.table.viewport() if self.evidence.table.isVisible() else self.evidence.empty
        paints = Paints(shown)
        shown.update()
        self.until(lambda: paints.count)

    def _measure(self, act: Callable[[], object], done: Callable[[], object]) -> float:
        self.settle()
        self.heart.start()
        began = time.perf_counter()
        act()
        self.until(done)
        self._painted()
        taken = time.perf_counter() - began
        self.settle()
        self.stalls.append(self.heart.longest)
        return taken

    def show(self, chosen: EvidenceFilter, sort: EvidenceSort) -> float:
        """From a filter or an order to its first rows painted."""
        shown: list[Found] = []
        found = self.evidence.reading.found
        slot = found.connect(shown.append)

        def ready() -> bool:
            return bool(shown) and (not len(shown[0].ids) or self._known())

        taken = self._measure(lambda: self.evidence.show_filter(chosen, sort), ready)
        found.disconnect(slot)
        return taken

    def filters(self) -> list[EvidenceFilter]:
        return [
            EvidenceFilter(codes=tuple(self.codes)),
            EvidenceFilter(valences=("inhibiting", "unmarked")),
            EvidenceFilter(informants=tuple(self.people)),
            EvidenceFilter(attributes=(("category", "key"),)),
            EvidenceFilter(methods=("observation",), exemplar=True),
            EvidenceFilter(first_date="2026-03", last_date="2026-05", counted=True),
        ]

    def scroll(self, frames: int) -> list[float]:
        """A page further: from the turn of the wheel to the frame painted, rows known or not."""
        table = self.evidence.table
        bar, taken = table.verticalScrollBar(), []
        self.heart.start()
        for number in range(frames):
            began = time.perf_counter()
            bar.setValue((number * 7919 * 331) % max(bar.maximum(), 1) if number % 10 == 0 else bar.value() + 120)
            table.viewport().repaint()
            taken.append(time.perf_counter() - began)
            self.until(self._known)
        self.stalls.append(self.heart.longest)
        return taken

    def change(self, count: int, key: Qt.Key) -> tuple[list[float], list[float]]:
        """`count` segments given a direction by a key until the table shows it, and that undone."""
        self.show(EvidenceFilter(), EvidenceSort("modified"))
        table = self.evidence.table
        table.choose([(0, min(count, len(self.evidence.model.ids)) - 1)], 0)

        def quiet() -> bool:
            return not (self.ctx.jobs.writer.pending or self.ctx.jobs.reader.pending)

        done = self._measure(lambda: QTest.keyClick(table, key), quiet)
        undone = self._measure(self.ctx.undo, quiet)
        return [done], [undone]


def megabytes() -> list[float]:
    """The memory of this process, where the system says it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return []
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS"))
    return [int(line.split()[1]) / 1000]


def sizes(quick: bool) -> dict[str, int]:
    if quick:
        return {"sources": 20, "characters": 20_000, "segments": 5_000, "informants": 20}
    return {"sources": 2_000, "characters": 50_000, "segments": 1_000_000, "informants": 1_000}


def measure(path: Path, quick: bool) -> list[Taken]:
    """Everything about Evidence, on the project at `path`."""
    with EvidenceBench(path) as bench:
        before = megabytes()
        figures = [
            Taken("evidence: open project, first rows", bench.open()),
            Taken("evidence: ready for any filter", bench.make_ready()),
        ]
        rounds = 1 if quick else 5
        keys = ("code", "valence", "informant", "coder", "date", "length", "modified", "exemplar", "source")
        orders = [bench.show(EvidenceFilter(), EvidenceSort(key, turn)) for key in keys for turn in (False, True)]  # type: ignore[arg-type]
        figures.append(Taken("evidence: order changed, first rows", orders, "≤ 100"))
        kept = [bench.show(one, EvidenceSort()) for _ in range(rounds) for one in bench.filters()]
        figures.append(Taken("evidence: filter changed, first rows", kept, "≤ 100"))
        both = [bench.show(one, EvidenceSort("modified", True)) for one in bench.filters()]
        figures.append(Taken("evidence: filter and order, first rows", both, "≤ 100"))
        words = [bench.show(EvidenceFilter(text=word), EvidenceSort()) for word in ("sanu", "ka ri", "mela", "zzq")]
        figures.append(Taken("evidence: words searched for, first rows", words, "≤ 100"))
        bench.show(EvidenceFilter(), EvidenceSort())
        figures.append(Taken("evidence: frame while scrolling", bench.scroll(20 if quick else 300), "≤ 16"))
        done, undone = bench.change(500 if quick else MANY, Qt.Key.Key_Plus)
        many = 500 if quick else MANY
        figures.append(Taken(f"evidence: direction of {many:,} segments", done, "≤ 3000"))
        figures.append(Taken(f"evidence: that undone, {many:,} segments", undone, "≤ 3000"))
        figures.append(Taken("evidence: longest stall of the window", bench.stalls, "≤ 50"))
        after = megabytes()
        if after:
            figures.append(Taken("evidence: memory above the start page, MB", [(after[0] - before[0]) / 1000], "≤ 400"))
    return figures


def run(folder: Path, quick: bool) -> tuple[str, list[Taken]]:
    """Generate the project in `folder` and measure; gives what the data are, too."""
    size, path = sizes(quick), folder / "evidence.telaah"
    generate(path, **size).close()
    data = f"{size['sources']:,} × {size['characters']:,} characters, {size['segments']:,} segments"
    return data, measure(path, quick)


def main() -> int:
    import shutil
    import statistics
    import tempfile

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="telaah-bench-") as folder:
        os.environ["TELAAH_HOME"] = folder
        if len(sys.argv) > 1:
            copied = Path(folder) / "evidence.telaah"
            shutil.copyfile(sys.argv[1], copied)
            figures = measure(copied, quick=False)
        else:
            _, figures = run(Path(folder), quick=True)
        for what, values, aim in figures:
            shown = f"{statistics.median(values) * 1000:9.1f} {max(values) * 1000:9.1f}"
            print(f"{what:48s} median, longest {shown}  {aim}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
