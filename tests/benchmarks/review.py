"""Working as a team on a large study: `python tests/benchmarks/review.py [SOURCES SEGMENTS]` prints seconds of CPU time
of writing a package, looking at it and merging it back, and of merging a copy in which all was coded once more."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from coding.project import Project
from coding.review.details import lines
from coding.review.extract import Chosen
from coding.review.packages import write_package
from coding.review.preview import incoming, merge, preview
from coding.review.queue import QueueFilter, queue
from coding.words import Words
from tests.benchmarks.generate import generate


def timed(what: str, work: Callable[[], Any]) -> Any:
    began = time.process_time()
    result = work()
    print(f"{what}: {time.process_time() - began:.2f} s")
    return result


def code_once_more(path: Path) -> None:
    """Another coder puts every code where it stands already."""
    with Project.open(path, coder="Budi") as project, project.operation("Code") as op:
        op.raw().execute(
            'INSERT INTO segment (guid, source_id, code_id, coder_id, start, "end", valence, exemplar, created_at, '
            "modified_at) SELECT 'again-' || guid, source_id, code_id, ?, start, \"end\", valence, 0, created_at, "
            "modified_at FROM segment",
            (op.coder_id,),
        )


def take_in(project: Project, path: Path, what: str) -> None:
    def look_and_merge() -> None:
        with incoming(path, project) as found:
            preview(project, found, Words("en"))
            merge(project, found)

    timed(what, look_and_merge)


def main() -> None:
    sources, segments = (int(argument) for argument in sys.argv[1:3]) if len(sys.argv) > 2 else (200, 50_000)
    with tempfile.TemporaryDirectory(prefix="telaah-bench-", ignore_cleanup_errors=True) as folder:
        path, other, package = (Path(folder) / name for name in ("a.telaah", "b.telaah", "a.telaah-review"))
        generate(path, sources=sources, segments=segments).close()
        shutil.copy(path, other)
        code_once_more(other)
        with Project.open(path) as project:
            first = timed(
                "the queue of all codings, new (≤ 0.1 s)", lambda: queue(project, "Prof.", QueueFilter("new"))
            )
            timed("its first sixty lines", lambda: lines(project, first.targets[:60], "Prof."))
            timed("write a package (≤ 5 s)", lambda: write_package(project, package))
            print(f"its size (≤ 30 MB): {package.stat().st_size / 1e6:.1f} MB")
            take_in(project, package, "open it, look and merge it back (≤ 10 s)")
            timed("write one without names (≤ 5 s)", lambda: write_package(project, package, Chosen(anonymised=True)))
        with Project.open(other) as project:
            timed("write a package of twice as many segments", lambda: write_package(project, package))
        with Project.open(path) as project:
            take_in(project, package, f"merge {segments:,} segments of another coder (≤ 10 s)")
            timed("take that back", project.undo)


if __name__ == "__main__":
    main()
