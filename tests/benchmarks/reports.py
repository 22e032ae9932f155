"""Reports: `python tests/benchmarks/reports.py [SEGMENTS]` prints processor time and memory of writing them to Word.

An appendix of all coded segments at two sizes (what grows in proportion takes twice as long), and a matrix of 30 × 40
cells.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from coding.analysis.results import Cell, Column, Label, Matrix, Row, VoiceCell
from coding.reports import ReportOptions
from coding.reports.desk import Desk, Material
from coding.reports.matrix_table import Triangulation, matrix_blocks
from coding.reports.word import write_word
from coding.words import Words
from tests.benchmarks.generate import generate

SEGMENTS, ROWS, COLUMNS = 5_000, 30, 40
APPENDIX, MATRIX, MEMORY = "appendix of coded segments", "matrix of 30 × 40 cells", "most memory in MB"
AIMS = {APPENDIX: "≤ 10000", MATRIX: "≤ 2000", MEMORY: "≤ 400"}


def matrix() -> Triangulation:
    """A matrix in which everybody speaks on everything."""
    columns = tuple(Column(f"I{n}", Label(f"I{n}", f"I{n}"), 1, "informants") for n in range(COLUMNS))

    def cells(row: int) -> tuple[Cell, ...]:
        return tuple(
            Cell(c.key, 3, 2, 1, 1, "supporting", (), (), (VoiceCell(str(c.key), "supporting", 2, 2, 0),))
            for c in columns
        )

    rows = tuple(
        Row(f"f.d{n}", f"g{n}", Label(f"Dimensi {n}", f"Dimension {n}"), "dimension", 0, None, "convergent",
            (COLUMNS, COLUMNS), None, cells(n))
        for n in range(ROWS)
    )  # fmt: skip
    label = Label("Teori", "Theory")
    return Triangulation(Matrix("source", "informant", "f", label, None, "dimension", 1, columns, rows, ()))  # type: ignore[arg-type]


def write_matrix(path: Path) -> None:
    """The matrix as a Word file."""
    words, options = Words("id"), ReportOptions()
    desk = Desk(Material("Studi", (), (), {}), words, options)
    write_word(matrix_blocks(desk, matrix(), "triangulation"), path, words, options)


def appendix(project: Path, out: Path) -> tuple[float, float]:
    """Processor seconds and most memory (MB) of writing the appendix in a process of its own."""
    code = (
        "import sys, time, resource\nfrom pathlib import Path\nfrom coding.project import Project\n"
        "from coding.reports import ReportOptions, report\n"
        "began = time.process_time()\n"
        "with Project.open(Path(sys.argv[1]), read_only=True) as project:\n"
        "    report(project, Path(sys.argv[2]), ReportOptions(tables=('segments',)))\n"
        "print(time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)\n"
    )
    root = Path(__file__).resolve().parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", code, str(project), str(out)], cwd=root, env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    seconds, memory = map(float, ran.stdout.split())
    return seconds, memory


def measured(folder: Path, segments: int) -> Iterator[tuple[str, str, list[float]]]:
    """What was measured, on what data, in seconds (memory as thousandths of a MB, which the table shows as MB)."""
    for count in (segments // 2, segments):
        path = folder / f"study {count}.telaah"
        generate(path, sources=20, characters=50_000, segments=count, informants=40).close()
        seconds, memory = appendix(path, folder / f"appendix {count}.docx")
        yield APPENDIX, f"{count:,} segments", [seconds]
        yield MEMORY, f"{count:,} segments", [memory / 1000]
    taken = []
    for number in range(4):
        began = time.process_time()
        write_matrix(folder / "matrix.docx")
        taken.append(time.process_time() - began)
        if not number:
            taken.clear()  # the first loads what the others find loaded
    yield MATRIX, f"{ROWS} × {COLUMNS}", taken


def main() -> int:
    segments = int(sys.argv[1]) if len(sys.argv) > 1 else SEGMENTS
    with tempfile.TemporaryDirectory() as folder:
        for what, data, seconds in measured(Path(folder), segments):
            print(f"{what} ({data}): {max(seconds) * 1000:.0f} ({AIMS[what]})")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
