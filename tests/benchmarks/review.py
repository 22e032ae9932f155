"""Working as a team on a large study: the queue of a reviewer, writing a package, looking at it and merging it back,
and merging a copy in which all was coded once more."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from coding.project import Project
from coding.review.details import lines
from coding.review.extract import Chosen
from coding.review.packages import write_package
from coding.review.preview import incoming, merge, preview
from coding.review.queue import QueueFilter, queue
from coding.words import Words
from tests.benchmarks.generate import generate
from tests.benchmarks.timing import Taken, cpu


def code_once_more(path: Path) -> None:
    """Another coder puts every code where it stands already."""
    with Project.open(path, coder="Budi") as project, project.operation("Code") as op:
        op.raw().execute(
            'INSERT INTO segment (guid, source_id, code_id, coder_id, start, "end", valence, exemplar, created_at, '
            "modified_at) SELECT 'again-' || guid, source_id, code_id, ?, start, \"end\", valence, 0, created_at, "
            "modified_at FROM segment",
            (op.coder_id,),
        )


def measured(folder: Path, quick: bool) -> list[Taken]:
    """What was done, on which data, CPU seconds of each run, and the aim."""
    sources, segments, runs = (20, 5_000, 2) if quick else (200, 50_000, 5)
    data = f"{sources} sources, {segments:,} segments"
    path, other, package = (folder / name for name in ("a.telaah", "b.telaah", "a.telaah-review"))
    generate(path, sources=sources, segments=segments).close()
    shutil.copy(path, other)
    code_once_more(other)
    found: list[Taken] = []

    def take(what: str, work: Callable[[], object], aim: str = "", times: int = runs, on: str = data) -> None:
        found.append((what, on, cpu(times, work), aim))

    def take_in(project: Project) -> None:
        with incoming(package, project) as coming:
            preview(project, coming, Words("en"))
            merge(project, coming)

    with Project.open(path) as project:
        first = queue(project, "Prof.", QueueFilter("new"))
        take("queue of all codings, new", lambda: queue(project, "Prof.", QueueFilter("new")), "≤ 100")
        take("its first sixty lines", lambda: lines(project, first.targets[:60], "Prof."))
        take("package written", lambda: write_package(project, package), "≤ 5,000", 2)
        found.append(("package, MB", data, [package.stat().st_size / 1e9], "≤ 30"))
        take("package looked at and merged back", lambda: take_in(project), "≤ 10,000", 1)
        named = folder / "c.telaah-review"
        take("package without names", lambda: write_package(project, named, Chosen(anonymised=True)), "≤ 5,000", 2)
    with Project.open(other) as project:
        write_package(project, package)
    with Project.open(path) as project:
        take(f"{segments:,} segments of another coder merged", lambda: take_in(project), "≤ 10,000", 1)
        take("that taken back", project.undo, times=1)
    return found
