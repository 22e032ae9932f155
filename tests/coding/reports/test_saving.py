"""Putting a report in its place: whole or not at all."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from coding.errors import CodingError
from coding.reports.saving import save


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "bab 4.docx"
    save(path, b"one")
    save(path, b"two")
    assert path.read_bytes() == b"two"
    assert [entry.name for entry in tmp_path.iterdir()] == ["bab 4.docx"]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(CodingError) as raised:
        save(tmp_path / "gone" / "bab4.docx", b"x")
    assert raised.value.code == "folder_missing"


def test_a_folder_of_that_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bab4.docx").mkdir()
    with pytest.raises(CodingError) as raised:
        save(tmp_path / "bab4.docx", b"x")
    assert raised.value.code == "file_unwritable"
    assert [entry.name for entry in tmp_path.iterdir()] == ["bab4.docx"]


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, "disk_full"), (errno.EIO, "file_unwritable")])
def test_a_failing_disk_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    path = tmp_path / "bab4.docx"
    save(path, b"old")

    def fail(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(CodingError) as raised:
        save(path, b"new")
    assert raised.value.code == code
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["bab4.docx"]


@pytest.mark.skipif(sys.platform == "win32", reason="limits of this kind are POSIX")
def test_a_file_that_may_not_grow_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "bab4.docx"
    save(path, b"old")
    program = textwrap.dedent("""
        import resource, sys
        from pathlib import Path
        from coding.errors import CodingError
        from coding.reports.saving import save
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        try:
            save(Path(sys.argv[1]), b"x" * 100_000)
        except CodingError as error:
            print(error.code)
    """)
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "file_unwritable"
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["bab4.docx"]


def test_a_held_file_on_windows_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from coding.reports import saving

    path = tmp_path / "bab4.docx"
    save(path, b"old")
    real, refusals = Path.replace, [PermissionError(errno.EACCES, "held"), PermissionError(errno.EACCES, "held")]

    def replace(self: Path, target: Path) -> Path:
        if refusals:
            raise refusals.pop()
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(saving, "_WINDOWS", True)
    monkeypatch.setattr(saving, "_PAUSE", 0.0)
    save(path, b"new")
    assert path.read_bytes() == b"new"


def test_a_file_that_a_program_holds_is_said_and_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from coding.reports import saving

    path = tmp_path / "bab4.pdf"
    save(path, b"old")

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, "held")

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(saving, "_WINDOWS", True)
    monkeypatch.setattr(saving, "_PAUSE", 0.0)
    with pytest.raises(CodingError) as raised:
        save(path, b"new")
    assert raised.value.code == "file_held"
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["bab4.pdf"]
