"""A folder of Word files brought in, on the command line and in the window: `python -m tests.benchmarks.bulk [FILES]`.

Prints files per second, processor time of all processes together, the most memory any of them held, and the longest
stretch in which the window answered nothing. Wall time means little beside other work; processor time does.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

WORDS = (
    "kalau di sini pelayanan itu sudah berjalan tetapi warga masih harus menunggu lama karena petugas hanya satu orang "
    "dan komputer sering mati apalagi hari Senin ketika banyak yang datang dari desa lain untuk mengurus surat"
).split()
LENGTH = 5_000
"""Words of a file."""


def make_files(folder: Path, count: int, length: int = LENGTH) -> None:
    """Write that many interviews as .docx, different and the same each time; every tenth in a folder of its own."""
    import docx

    empty = io.BytesIO()
    docx.Document().save(empty)
    with zipfile.ZipFile(empty) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    body = parts.pop("word/document.xml").decode()
    head, tail = body[: body.index("<w:body>") + 8], body[body.index("<w:sectPr") :]
    for number in range(count):
        inside = folder / f"Bagian {number // 100}" if number % 10 == 0 else folder
        inside.mkdir(parents=True, exist_ok=True)
        lines = "".join(
            f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in talk(number, length)
        )
        with zipfile.ZipFile(inside / f"Wawancara {number:04}.docx", "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
            archive.writestr("word/document.xml", head + lines + tail)


def talk(number: int, length: int) -> list[str]:
    """The paragraphs of an interview."""
    chance = random.Random(number)
    name = f"Ibu Nur{chr(97 + number % 26)}{chr(97 + number // 26 % 26)}a"
    lines = [f"Informan: {name}", "Jabatan: Kader", f"Tanggal: {1 + number % 28} Mei 2026", ""]
    words, asks = 0, True
    while words < length:
        left = chance.randint(8, 20) if asks else chance.randint(40, 120)
        words += left
        said = []
        while left > 0:
            count = min(left, chance.randint(6, 18))
            left -= count
            said.append(" ".join(chance.choice(WORDS) for _ in range(count)).capitalize() + ("?" if asks else "."))
        lines.append(f"{'P' if asks else name}: {' '.join(said)}")
        asks = not asks
    return lines


def processor_seconds() -> float:
    """Of this process and of those it started and that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def memory() -> str:
    """The most memory this process and any one of those it started held, where the system tells."""
    try:
        import resource
    except ImportError:
        return "not told here"
    unit = 2**20 if sys.platform == "darwin" else 2**10
    here, there = (
        resource.getrusage(who).ru_maxrss // unit for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return f"{here} MB, a reading process {there} MB"


def measured(what: str, count: int, work: Callable[[], str]) -> None:
    """Do `work` and print what it took, and what it says of itself."""
    wall, processor = time.perf_counter(), processor_seconds()
    said = work()
    wall, processor = time.perf_counter() - wall, processor_seconds() - processor
    print(
        f"{what}: {count} files, {count / wall:.0f} a second; processor {processor:.1f} s"
        f" ({2 * count / processor:.0f} files a second on two cores); memory {memory()}{said}"
    )


class Beats:
    """Wakes up often and notes how late it is: how long the window answered nothing, and how long its own thread worked
    in that time (the rest is waiting for a processor)."""

    def __init__(self) -> None:
        from PySide6.QtCore import QTimer

        self.longest = self.worked = 0.0
        self._timer = QTimer()
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._beat)

    def until(self, ready: Callable[[], object]) -> None:
        """Run the event loop, asleep between two events, until `ready()`."""
        from PySide6.QtCore import QEventLoop
        from PySide6.QtWidgets import QApplication

        self._last, self._work = time.perf_counter(), time.thread_time()
        self._timer.start()
        while not ready():
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self._timer.stop()

    def _beat(self) -> None:
        now, work = time.perf_counter(), time.thread_time()
        self.longest = max(self.longest, now - self._last)
        self.worked = max(self.worked, work - self._work)
        self._last, self._work = now, work

    def __str__(self) -> str:
        return f"{self.longest * 1000:.0f} ms ({self.worked * 1000:.0f} ms of work)"


def in_the_window(project: Path, folder: Path, count: int) -> str:
    """Drop the folder, wait, import; gives the longest stalls while it is read and while it is stored."""
    from tests.benchmarks.window import WindowBench

    reading, storing = Beats(), Beats()
    with WindowBench(project) as bench:
        bench.ctx.open_project(project)
        bench.settle()
        importing = bench.transcripts.importing
        importing.preview([folder])
        bench.until(lambda: importing.dialog is not None)
        dialog = importing.dialog
        assert dialog is not None
        dialog.originals.box.setChecked(False)
        reading.until(lambda: dialog.reader.reading == 0)
        read = time.perf_counter()
        assert len(dialog.drafts()) == count
        dialog.go.click()
        storing.until(lambda: importing.dialog is None)
        stored = time.perf_counter() - read
        bench.settle()
        bench.ctx.jobs.helper.close()
    return f"; stored in {stored:.1f} s; longest stall {reading} reading, {storing} storing"


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.benchmarks.bulk")
    parser.add_argument("files", nargs="?", type=int, default=1_000)
    count = parser.parse_args().files
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        os.environ["TELAAH_HOME"] = str(root / "home")
        folder = root / "berkas"
        make_files(folder, count)
        from coding.cli import main as command
        from coding.project import Project

        for project in ("perintah.telaah", "jendela.telaah"):
            Project.create(root / project, "Studi").close()

        def on_the_command_line() -> str:
            out, sys.stdout = sys.stdout, io.StringIO()
            try:
                command(["import", str(root / "perintah.telaah"), str(folder), "--no-originals"])
            finally:
                sys.stdout = out
            return ""

        measured("command line", count, on_the_command_line)
        measured("window", count, lambda: in_the_window(root / "jendela.telaah", folder, count))


if __name__ == "__main__":
    main()
