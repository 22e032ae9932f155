"""Copies of the sample studies, each built once in a run of the tests however many tests and processes ask for it."""

from __future__ import annotations

import shutil
import tempfile
import time
from functools import cache
from pathlib import Path

from coding.project import Project
from coding.sample import FOLDERS, build

PATIENCE = 120.0
"""Seconds another process may take to build one."""
shared: list[Path] = []
"""The folder that the processes of one run have in common, where there are several."""


def sample_copy(path: Path, language: str = "id", *, reviewed: bool = True) -> Path:
    """A copy at `path` of the sample project in this language; without the supervisor's review where not `reviewed`."""
    path.write_bytes(_kept(language, reviewed))
    return path


def open_sample(path: Path, language: str = "id", *, reviewed: bool = True) -> Project:
    """The same, opened as the one who built it."""
    return Project.open(sample_copy(path, language, reviewed=reviewed))


@cache
def _kept(language: str, reviewed: bool) -> bytes:
    """As it was built by whichever process was the first to want it."""
    if not shared:
        return _built(language, reviewed)
    path = shared[0] / f"sample-{language}{'-reviewed' * reviewed}.telaah"
    begun = path.with_suffix(".begun")
    try:
        begun.touch(exist_ok=False)
    except FileExistsError:
        end = time.monotonic() + PATIENCE
        while not path.exists() and time.monotonic() < end:
            time.sleep(0.05)
        return path.read_bytes() if path.exists() else _built(language, reviewed)
    made = _built(language, reviewed)
    aside = path.with_suffix(".part")
    aside.write_bytes(made)
    aside.replace(path)
    return made


def _built(language: str, reviewed: bool) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        study = FOLDERS[language]
        if not reviewed:
            study = Path(shutil.copytree(study, Path(folder, "study")))
            plan = study / "study.toml"
            kept = [line for line in plan.read_text("utf-8").splitlines() if not line.startswith("review =")]
            plan.write_text("\n".join(kept), "utf-8")
        path = Path(folder, "sample.telaah")
        build(path, study).close()
        return path.read_bytes()
