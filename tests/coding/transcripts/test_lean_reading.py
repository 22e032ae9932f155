"""What a process that reads files has to load: there are two of them beside the window, on a laptop of 8 GB."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys
import coding.language.sentences, coding.transcripts.reading
from coding.worker import Worker
said = []
worker = Worker(said.append)
worker.answer('{"id": 1, "op": "files", "paths": []}')
assert said[-1]["ok"], said
print(*sys.modules)
"""


def test_a_reading_process_loads_no_database_and_no_window() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, encoding="utf-8", check=True)
    loaded = set(done.stdout.split())
    assert "coding.transcripts.reading" in loaded
    assert not loaded & {"sqlalchemy", "sqlite3", "PySide6", "coding.project", "openpyxl", "matplotlib"}
