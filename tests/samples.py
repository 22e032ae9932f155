"""Copies of the sample studies, each built once in a process however many tests ask for it."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from coding.project import Project
from coding.sample import FOLDERS, build


def sample_copy(path: Path, language: str = "id", *, reviewed: bool = True) -> Path:
    """A copy at `path` of the sample project in this language; without the supervisor's review where not `reviewed`."""
    path.write_bytes(_built(language, reviewed))
    return path


def open_sample(path: Path, language: str = "id", *, reviewed: bool = True) -> Project:
    """The same, opened as the one who built it."""
    return Project.open(sample_copy(path, language, reviewed=reviewed))


@cache
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
