"""Why a file can't be read is said in the user's language, whatever SQLite and the system call it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from coding import reasons
from coding.errors import CodingError
from coding.project import Project
from coding.store import engine
from coding.words import Words

ID, EN = Words("id"), Words("en")
PATH = Path("skripsi.telaah")


@pytest.mark.parametrize("name", [name for name, _ in reasons._NAMED if name not in ("SQLITE_CONSTRAINT",)])
def test_what_sqlite_says_is_worded_in_both_languages(name: str) -> None:
    error = sqlite3.DatabaseError("database disk image is malformed")
    error.sqlite_errorname = name
    known = engine.wording(error, PATH) or CodingError("file_unreadable", file="a", reason=reasons.reason_of(error))
    assert "malformed" not in known.say(EN)
    assert known.say(ID) != known.say(EN)
    reason = known.params.get("reason")
    if reason is not None:
        assert reason in known.say(EN)
        assert reason not in known.say(ID)


@pytest.mark.parametrize("words", [*reasons.SYSTEM, reasons.UNFIT, reasons.NO_TABLE, reasons.NO_FORMAT])
def test_a_reason_is_translated(words: str) -> None:
    assert words not in CodingError("file_unreadable", file="a.docx", reason=words).say(ID)


def test_a_reason_nobody_knows_is_said_as_it_is() -> None:
    assert "(Strange)" in CodingError("file_unreadable", file="a.docx", reason="Strange").say(ID)
    assert "()" in CodingError("file_unreadable", file="a.docx", reason="").say(ID)
    assert reasons.reason_of(PermissionError(13, "Permission denied")) == "Permission denied"
    assert reasons.reason_of(KeyError("guid")) == reasons.UNFIT


def test_a_damaged_file_is_refused_without_a_word_of_english(tmp_path: Path) -> None:
    path = tmp_path / "rusak.telaah"
    Project.create(path, "Studi", frameworks=["edward3"], coder="Ani").close()
    path.write_bytes(path.read_bytes()[:40960] + b"\0" * 8192 + path.read_bytes()[49152:])
    with pytest.raises(CodingError) as refused:
        Project.open(path, coder="Ani")
    assert refused.value.code == "project_damaged"
    assert refused.value.params["reason"] in (reasons.UNFIT, reasons.UNREADABLE_PARTS)
    assert refused.value.__cause__ is not None


def test_a_sentence_begins_with_a_capital_but_a_file_keeps_its_name() -> None:
    assert CodingError("file_missing", file="untuk dosen.docx").sentence(EN).startswith("untuk dosen.docx does")
    assert CodingError("package_empty").sentence(EN).startswith("There is")
    assert CodingError("package_empty").sentence(ID)[0].isupper()
