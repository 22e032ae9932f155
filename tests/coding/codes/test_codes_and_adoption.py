"""Frameworks as a project adopts them, open codes, and finding either by what somebody types."""

from __future__ import annotations

import json
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from coding.codes.adopt import adopt, check_keys, node_guid, read_framework
from coding.codes.editing import new_open_code
from coding.codes.queries import code_guid, framework_by_key, frameworks, known_code, open_codes
from coding.errors import CodingError
from coding.project import Project
from coding.segments.editing import tag
from coding.store.models import Code
from coding.words import Words
from frameworks.loader import builtin_keys, load_builtin

BUILTIN = Path(__file__).resolve().parents[3] / "frameworks" / "data"
Add = Callable[..., str]


def test_every_built_in_framework_is_adopted_whole(project: Project) -> None:
    rows = frameworks(project)
    assert [row.key for row in rows] == list(builtin_keys())
    for row in rows:
        theory = load_builtin(row.key)
        expected = [
            (node.key, node.label.in_("id"), node.label.in_("en"), number)
            for top, dimension in enumerate(theory.dimensions, 1)
            for node, number in [(dimension, top), *((i, n) for n, i in enumerate(dimension.indicators, 1))]
        ]
        assert [(c.path.rpartition(".")[2], c.label_id, c.label_en, c.number) for c in row.codes] == expected
        assert all(code.definition("id") and code.definition("en") for code in row.codes)
        assert all(code.framework == row.key for code in row.codes)


def test_two_projects_share_the_guids_of_a_theory(project: Project, tmp_path: Path) -> None:
    with Project.create(tmp_path / "other.telaah", "x", frameworks=["jones", "edward3"]) as other:
        assert [row.key for row in frameworks(other)] == ["jones", "edward3"]
        mine = {code.guid: code.path for row in frameworks(project) for code in row.codes}
        theirs = {code.guid: code.path for row in frameworks(other) for code in row.codes}
    assert theirs.items() <= mine.items()
    assert node_guid("edward3", 1, "communication") in theirs
    assert len(set(mine)) == len(mine)


def test_counts_are_of_the_code_and_of_what_is_below_it(project: Project, add: Add) -> None:
    source = add("Wawancara", [("RS", "Syaratnya berubah dua kali.")])
    with project.operation("Tag") as op:
        for start, path in (
            (4, "edward3.communication"),
            (5, "edward3.communication.clarity"),
            (6, "edward3.communication.clarity"),
        ):
            tag(op, source, start, 12, code_guid(op.session, path))
        tag(op, source, 4, 12, new_open_code(op, "pasar"))
    counts = {code.path: (code.segments, code.segments_below) for row in frameworks(project) for code in row.codes}
    assert counts["edward3.communication"] == (1, 3)
    assert counts["edward3.communication.clarity"] == (2, 2)
    assert counts["edward3.resources"] == (0, 0)
    assert {row.key: row.segments for row in frameworks(project)}["edward3"] == 3
    assert [(code.path, code.segments) for code in open_codes(project)] == [("pasar", 1)]


def test_an_open_code_is_made_once_whatever_its_case(project: Project) -> None:
    with project.operation("New code") as op:
        guid = new_open_code(op, "  Pasar\n pagi ")
        assert new_open_code(op, "pasar PAGI") == guid
        assert new_open_code(op, unicodedata.normalize("NFD", "Pasar pagi")) == guid
        other = new_open_code(op, "Café")
        assert new_open_code(op, unicodedata.normalize("NFD", "café")) == other
        # a path that a framework has is that code
        assert new_open_code(op, "Edward3.Communication") == code_guid(op.session, "edward3.communication")
    assert [(code.path, code.number, code.color) for code in open_codes(project)] == [
        ("Pasar pagi", 1, 0),
        ("Café", 2, 1),
    ]


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("edward3.comunication.clarity", "edward3.communication.clarity"),
        ("EDWARD3.COMMUNICATION.CLARTY", "edward3.communication.clarity"),
        ("clarity", "edward3.communication.clarity"),
        ("Kabar Pasra", "Kabar Pasar"),
        ("kabar pasr", "Kabar Pasar"),
    ],
)
def test_a_code_that_is_not_known_names_the_nearest(project: Project, typed: str, nearest: str) -> None:
    with project.operation("New code") as op:
        new_open_code(op, "Kabar Pasar")
        assert known_code(op.session, "kabar PASAR") == known_code(op.session, "Kabar Pasar") is not None
    with project.read() as session, pytest.raises(CodingError) as refused:
        code_guid(session, typed)
    assert refused.value.params == {"code": typed, "nearest": nearest}


def test_an_unknown_code_in_a_project_without_any(tmp_path: Path) -> None:
    with Project.create(tmp_path / "study.telaah", "x", frameworks=[]) as project:
        with project.read() as session, pytest.raises(CodingError, match="did you mean “-”"):
            code_guid(session, "clarity")
        with project.read() as session, pytest.raises(CodingError, match="it has -"):
            framework_by_key(session, "edward3")


def test_frameworks_are_named_by_their_keys() -> None:
    assert check_keys(None) == builtin_keys()
    assert check_keys(["jones", "edward3", "jones"]) == ("jones", "edward3")
    for typed, nearest in (("Edward", "edward3"), ("faktor", "factors"), ("", builtin_keys()[0])):
        with pytest.raises(CodingError) as refused:
            check_keys([typed])
        assert refused.value.code == "framework_unknown"
        assert refused.value.params["nearest"] == nearest or typed == ""


def test_a_framework_of_the_users_own_is_adopted_as_the_built_in_ones_are(tmp_path: Path) -> None:
    path = tmp_path / "sendiri.toml"
    shutil.copy(BUILTIN / "jones.toml", path)
    with Project.create(tmp_path / "study.telaah", "x", frameworks=[]) as project:
        with project.operation("Adopt {framework}", framework="jones") as op:
            adopt(op, read_framework(path))
        assert [row.key for row in frameworks(project)] == ["jones"]
        assert project.undo() is not None
        assert frameworks(project) == []


@pytest.mark.parametrize(
    ("content", "code", "english", "indonesian"),
    [
        (b"key = ", "file_unreadable", "line 1, column 6 is not valid TOML", "bukan TOML yang benar"),
        (b"\xff", "file_unreadable", "line 1 is not UTF-8 text", "baris 1 bukan teks UTF-8"),
        (b"key = 'x'\nedition = 0\n", "framework_broken", "sendiri.toml is broken at ", "sendiri.toml"),
    ],
)
def test_a_broken_framework_file_is_said_in_either_language(
    content: bytes, code: str, english: str, indonesian: str, tmp_path: Path
) -> None:
    path = tmp_path / "sendiri.toml"
    path.write_bytes(content)
    with pytest.raises(CodingError) as refused:
        read_framework(path)
    assert refused.value.code == code
    assert english in str(refused.value)
    assert indonesian in refused.value.say(Words("id"))
    assert "\n" not in str(refused.value)
    with pytest.raises(CodingError, match="can't be read"):
        read_framework(tmp_path / "gone.toml")


def test_a_damaged_installation_is_said_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coding.codes.adopt.load_builtin", lambda key: read_framework(tmp_path / f"{key}.toml"))
    with pytest.raises(CodingError, match=r"jones\.toml can't be read"):
        Project.create(tmp_path / "study.telaah", "x", frameworks=["jones"])
    assert not (tmp_path / "study.telaah").exists()


def test_the_edition_adopted_is_kept_in_full(project: Project) -> None:
    with project.read() as session:
        clarity = session.scalars(select(Code).where(Code.path == "edward3.communication.clarity")).one()
        details = json.loads(clarity.details)
    node = next(i for d in load_builtin("edward3").dimensions for i in d.indicators if i.key == "clarity")
    assert details == {k: v for k, v in node.to_dict().items() if k not in ("key", "label", "indicator")}
