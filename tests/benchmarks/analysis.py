"""Counting over studies of four sizes, up to 2,000 sources and 1,000,000 coded segments, in processor time.

Each study is made once. Half of the segments are put on the theory and the factors that are counted, the rest on all
codes; coders take turns, and each has marked every source as done.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coding.codes.editing import new_open_code
from coding.project import Project, Reader
from coding.store.models import new_guid, now
from coding.store.sql import rows
from tests.benchmarks.generate import generate

Work = Callable[[Reader], Any]
Taken = tuple[str, str, list[float], str]


@dataclass(frozen=True)
class Size:
    """How large a study is; `characters` are of each source."""

    sources: int
    characters: int
    segments: int
    codes: int
    informants: int
    coders: int

    def __str__(self) -> str:
        return f"{self.sources:,} sources, {self.segments:,} segments, {self.codes} codes"


SIZES = (
    Size(20, 20_000, 1_000, 120, 20, 2),
    Size(60, 30_000, 10_000, 150, 60, 3),
    Size(200, 50_000, 100_000, 250, 200, 5),
    Size(2_000, 50_000, 1_000_000, 500, 1_000, 10),
)
QUICK = (Size(10, 10_000, 500, 120, 10, 2), Size(20, 20_000, 2_000, 130, 20, 3))
AGREEING, AGREEING_QUICK = Size(200, 50_000, 100_000, 120, 60, 2), Size(10, 20_000, 1_000, 120, 10, 2)
LARGEST = SIZES[-1]


def study(path: Path, size: Size) -> None:
    """Make the project of a benchmark at `path`."""
    with (
        generate(
            path, sources=size.sources, characters=size.characters, segments=size.segments, informants=size.informants
        ) as project,
        project.operation("Code") as op,
    ):
        raw = op.raw()
        for number in range(rows(raw, "SELECT count(*) FROM code")[0][0], size.codes):
            new_open_code(op, f"Kode {number}")
        for number in range(1, size.coders):
            raw.execute(
                "INSERT INTO coder (guid, name, role, initials, color) VALUES (?, ?, 'researcher', '', 0)",
                (new_guid(), f"Pengode {number}"),
            )
        codes = [row[0] for row in rows(raw, "SELECT id FROM code ORDER BY id")]
        theory = [
            row[0]
            for row in rows(
                raw,
                "SELECT c.id FROM code c JOIN framework f ON f.id = c.framework_id "
                "WHERE f.key IN ('edward3', 'factors')",
            )
        ]
        coders = [row[0] for row in rows(raw, "SELECT id FROM coder ORDER BY id")]
        raw.executemany(
            "UPDATE segment SET code_id = ?, coder_id = ? WHERE id = ?",
            [
                (
                    theory[number * 7919 % len(theory)] if number % 2 else codes[number * 7919 % len(codes)],
                    coders[number // 2 % len(coders)],
                    number,
                )
                for (number,) in rows(raw, "SELECT id FROM segment")
            ],
        )
        raw.executemany(
            "INSERT INTO done_mark (guid, source_id, coder_id, at) VALUES (?, ?, ?, ?)",
            [(new_guid(), one, who, now()) for (one,) in rows(raw, "SELECT id FROM source") for who in coders],
        )


def counted() -> dict[str, tuple[Work, str]]:
    """What is timed, each with its aim for the largest study in milliseconds."""
    from coding.analysis.agreement import agree
    from coding.analysis.cooccurrence import cooccurrence
    from coding.analysis.crosstab import crosstab
    from coding.analysis.factors import summarise
    from coding.analysis.frequencies import frequencies
    from coding.analysis.saturation import saturation
    from coding.analysis.triangulation import triangulate

    return {
        "triangulation by group": (lambda reader: triangulate(reader, "edward3", columns="group"), "≤ 300"),
        "triangulation by group, by indicator": (
            lambda reader: triangulate(reader, "edward3", columns="group", level="indicator"), "≤ 300",
        ),
        "triangulation by informant": (lambda reader: triangulate(reader, "edward3"), "≤ 1000"),
        "triangulation by informant, by indicator": (
            lambda reader: triangulate(reader, "edward3", level="indicator"), "≤ 1000",
        ),
        "triangulation against a second theory": (
            lambda reader: triangulate(reader, "edward3", kind="theory", against="factors"), "",
        ),
        "factor summary": (summarise, "≤ 300"),
        "co-occurrence of all codes": (cooccurrence, "≤ 2000"),
        "frequencies": (frequencies, ""),
        "crosstab by category": (lambda reader: crosstab(reader, "category", level="indicator"), ""),
        "saturation": (saturation, ""),
        "agreement of all coders by sentence": (agree, ""),
        "agreement of all coders by turn": (lambda reader: agree(reader, None, "turn"), ""),
        "agreement of all coders by character": (lambda reader: agree(reader, None, "character"), "≤ 3000"),
    }  # fmt: skip


def taken_by(work: Work, reader: Reader, runs: int) -> list[float]:
    """Processor seconds of `work`, each of `runs` times, after once more that nobody counts."""
    work(reader)
    found = []
    for _ in range(runs):
        began = time.process_time()
        work(reader)
        found.append(time.process_time() - began)
    return found


def measured(folder: Path, quick: bool) -> list[Taken]:
    """Name, study, processor seconds and aim of each piece of counting; what grows is said at the end."""
    found: list[Taken] = []
    medians: dict[str, list[tuple[int, float]]] = {}
    for number, size in enumerate(QUICK if quick else SIZES):
        print(f"… {size}", file=sys.stderr, flush=True)
        path = folder / f"analysis {number}.telaah"
        study(path, size)
        with Project.open(path, read_only=True) as project:
            began = time.process_time()
            counted()["triangulation by group"][0](project)
            found.append(("first count after opening", str(size), [time.process_time() - began], ""))
            for what, (work, aim) in counted().items():
                seconds = taken_by(work, project, 3 if quick or size == LARGEST else 7)
                found.append((what, str(size), seconds, aim if size == LARGEST else ""))
                medians.setdefault(what, []).append((size.segments, sorted(seconds)[len(seconds) // 2]))
        path.unlink()
    found += agreement(folder, quick)
    show_growth(medians)
    return found


def show_growth(medians: dict[str, list[tuple[int, float]]]) -> None:
    """A line for each count: its median in milliseconds by the number of segments, and how it grows at the end."""
    sizes = [segments for segments, _ in next(iter(medians.values()))]
    heads = "".join(f"{segments:>13,}" for segments in sizes)
    print(f"\nmedian ms by coded segments{'':<14}{heads}   between the last two (n log n: n^1.08)")
    for what, by_size in medians.items():
        taken = "".join(f"{seconds * 1000:>13,.1f}" for _, seconds in by_size)
        print(f"{what:<41}{taken}   n^{growth(by_size):.2f}")
    print(flush=True)


def growth(by_size: list[tuple[int, float]]) -> float:
    """The exponent between the two largest studies; that of n log n from 100,000 to a million is 1.08."""
    (few, short), (many, long) = by_size[-2:]
    return math.log(long / short) / math.log(many / few)


def agreement(folder: Path, quick: bool) -> list[Taken]:
    """Two coders who have marked everything as done."""
    from coding.analysis.agreement import agree

    size = AGREEING_QUICK if quick else AGREEING
    path = folder / "agreement.telaah"
    study(path, size)
    found: list[Taken] = []
    with Project.open(path, read_only=True) as project:
        for unit in ("sentence", "turn", "character"):
            seconds = taken_by(lambda reader, unit=unit: agree(reader, None, unit), project, 1 if quick else 3)  # type: ignore[misc]
            found.append((f"agreement of two coders by {unit}", str(size), seconds, "" if quick else "≤ 3000"))
    path.unlink()
    return found
