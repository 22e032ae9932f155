"""Bringing sources in: a long PDF, and a thousand Word documents as the command line brings them.

Besides milliseconds a part of the figures is told in the description: documents a second and the most memory held,
which no aim in milliseconds can say.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from coding.project import Project
from tests.benchmarks.bulk import make_files
from tests.benchmarks.texts import SYLLABLES

Taken = tuple[str, str, list[float], str]
"""What was measured, on what data, the seconds of each run, and the aim."""
PAGES, LINES = 300, 42
DOCUMENTS, WORDS = 1_000, 5_000


def measured(folder: Path, quick: bool) -> list[Taken]:
    """Make the files and read them."""
    from coding.transcripts.queries import sources
    from coding.transcripts.readers import read_file
    from coding.transcripts.reading import read_draft

    found: list[Taken] = []
    pages = 30 if quick else PAGES
    book = folder / "buku.pdf"
    make_pdf(book, pages)
    name = f"{pages} pages of PDF"
    runs = 1 if quick else 3
    found.append(("text of a PDF", name, timed(runs, lambda: read_file(book)), ""))
    found.append(("PDF understood, with sentences", name, timed(runs, lambda: read_draft(book)), "≤ 10000"))
    count, words = (20, 1_000) if quick else (DOCUMENTS, WORDS)
    documents = folder / "dokumen"
    make_files(documents, count, words)
    first = next(documents.rglob("*.docx"))
    name = f"a Word document of {words:,} words"
    found.append(("text of a document", name, timed(3 if quick else 15, lambda: read_file(first)), ""))
    found.append(("document understood", name, timed(3 if quick else 15, lambda: read_draft(first)), ""))
    seconds, worked, memory = bring_in(folder / "banyak.telaah", documents)
    aim = "" if quick else f"≤ {count / 40 * 1000:.0f}, ≤ 500 MB"
    with Project.open(folder / "banyak.telaah", read_only=True) as project:
        came_in = len(sources(project))
        listing = timed(3, lambda: len(sources(project)))
    if came_in != count:
        raise RuntimeError(f"{came_in} of {count} documents came in")
    what = f"telaah import, {count / seconds:.1f} a second, {memory:,.0f} MB at most, processors {worked:.0f} s"
    found.append((what, f"{count:,} Word documents of {words:,} words", [seconds], aim))
    found.append(("list of sources", f"{count:,} sources", listing, ""))
    return found


def timed(runs: int, act: Callable[[], object]) -> list[float]:
    """Seconds of each run; one before them warms everything up."""
    taken = []
    for _ in range(runs + 1):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return taken[1:]


def bring_in(project: Path, documents: Path) -> tuple[float, float, float]:
    """Seconds that `telaah import` takes for a folder, from the start of the program to its end; seconds that
    processors worked for it; and the most megabytes that it and its own processes held together."""
    Project.create(project, "Many documents", coder="Ani").close()
    program = "import sys; from coding.cli import main; raise SystemExit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", program, "import", str(project), str(documents)]
    began, worked = time.perf_counter(), children_seconds()
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert running.stderr is not None
    most = 0.0
    while running.poll() is None:
        most = max(most, family_memory(running.pid))
        time.sleep(0.1)
    seconds = time.perf_counter() - began
    said = running.stderr.read()
    running.stderr.close()
    if running.returncode:
        raise RuntimeError(said.decode("utf-8", "replace"))
    return seconds, children_seconds() - worked, most


def children_seconds() -> float:
    """Processor seconds of the processes that were started here and have ended, and of theirs."""
    times = os.times()
    return times.children_user + times.children_system


def family_memory(pid: int) -> float:
    """Megabytes held by a process and all its descendants, what they share counted once for each of them by its share;
    0 where the system does not tell."""
    total, waiting = 0, [pid]
    while waiting:
        number = waiting.pop()
        here = Path("/proc", str(number))
        try:
            lines = (here / "smaps_rollup").read_text(encoding="ascii").splitlines()
            for task in (here / "task").iterdir():
                waiting += [int(child) for child in (task / "children").read_text(encoding="ascii").split()]
        except (OSError, ValueError):  # it is over, or the system has no such files
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def make_pdf(path: Path, pages: int, seed: int = 5) -> None:
    """A PDF of `pages` full pages with a running head and numbers."""
    chance = random.Random(seed)
    words = " ".join(chance.choices(sentences(chance), k=pages * LINES)).split()
    streams, at = [], 0
    for page in range(1, pages + 1):
        lines = ["Laporan pelayanan desa"]
        for _ in range(LINES):
            line: list[str] = []
            while at < len(words) and sum(map(len, line)) + len(line) + len(words[at]) <= 84:
                line.append(words[at])
                at += 1
            lines.append(" ".join(line))
        drawn = "".join(f"({line}) Tj T*\n" for line in [*lines, str(page)])
        streams.append(f"BT /F1 10 Tf 60 790 Td 17 TL\n{drawn}ET")
    path.write_bytes(_assembled(streams))


def _assembled(streams: list[str]) -> bytes:
    """The file: a catalogue, its pages, a font, and for each page itself and its stream."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(streams)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, stream in enumerate(streams):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>"
    return data + f"{tail}\nstartxref\n{len(data)}\n%%EOF\n".encode("latin-1")


def sentences(chance: random.Random) -> list[str]:
    """Sentences of invented words."""
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(4_000)]
    chosen = [chance.choices(words, k=chance.randint(5, 22)) for _ in range(5_000)]
    return [f"{first.capitalize()} {' '.join(rest)}." for first, *rest in chosen]
