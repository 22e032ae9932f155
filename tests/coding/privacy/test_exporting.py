"""What would leave is looked at, and made without it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from coding.cli import main
from coding.codes.editing import new_open_code
from coding.privacy.exporting import Outgoing, personal_data, summary
from coding.project import Project
from coding.words import Words
from tests.samples import open_sample, sample_copy


def test_what_an_output_holds_and_the_same_without_it(project: Project, add: Any) -> None:
    add("Satu", [("RS", "Pak Karto menelepon dari 0812-3456-7890.")])
    texts = ["“Karto yang mengantar” (RS)", "Hubungi 0812-3456-7890 atau Karto.", "Tidak ada apa-apa, Rp 1.500.000."]
    held = {(one.kind, one.text): one.count for one in personal_data(project, texts) if one.certain}
    assert held == {("name", "Karto"): 2, ("phone", "0812-3456-7890"): 1}
    looked = Outgoing(project)
    made = looked.masked(texts, "id")
    assert made == ["“[nama 1] yang mengantar” (RS)", "Hubungi [telepon 1] atau [nama 1].", texts[2]]
    assert looked.masked(texts, "en", only=[one for one in looked.held(texts) if one.kind == "phone"]) == [
        texts[0], "Hubungi [phone 1] atau Karto.", texts[2],
    ]  # fmt: skip
    assert summary(looked.held(texts), Words("en"))[0] == "name (1): Karto"


def test_informants_become_their_codes(tmp_path: Path) -> None:
    with open_sample(tmp_path / "s.telaah") as project:
        (made,) = Outgoing(project).masked(["Mas Bagus dan Bagus Prasetyo, bersama Bu Siti."], "id")
    assert made == "Mas [BP] dan [BP], bersama Bu [SM]."


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = sample_copy(tmp_path / "s.telaah", "en")
    assert main(["privacy", str(path), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"kind": "name", "text": "Olsen"}.items() <= next(g for g in found if g["text"] == "Olsen").items()
    assert main(["privacy", str(path)]) == 0
    assert "Olsen\t" in capsys.readouterr().out
    key = tmp_path / "k.telaah-key"
    assert main(["mask", str(path), "--key", str(key), "--format", "json"]) == 0
    done = json.loads(capsys.readouterr().out)
    assert done["places"] > 5
    assert b"Olsen" not in path.read_bytes().replace(b"Olsen's", b"")
    assert main(["unmask", str(path)]) == 1
    assert "key file" in capsys.readouterr().err
    assert main(["unmask", str(path), "--key", str(key), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["places"] == done["places"]


def test_each_command_that_writes_says_what_would_be_in_it(
    project: Project, add: Any, code_words: Any, tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    add("Satu", [("RS", "Pak Karto menelepon dari 0812-3456-7890.")])
    with project.operation("Code") as op:
        new_open_code(op, "telepon")
    code_words("Satu", "Karto menelepon dari 0812-3456-7890", "telepon")
    project.close()
    path = project.path
    for words in (
        ["report", str(path), str(tmp_path / "a.md"), "--tables", "segments"],
        ["export", str(path), str(tmp_path / "a.csv")],
        ["package", str(path), str(tmp_path / "a.telaah-review")],
    ):
        assert main([*words, "--check", "--format", "json"]) == 0
        held = {one["text"]: one["count"] for one in json.loads(capsys.readouterr().out)}
        assert "Karto" in held
        assert not Path(words[2]).exists()
        assert main(words) == 0
        said = capsys.readouterr().err
        assert said.startswith("telaah: Personal data in it: name (1)")
        assert said.count("\n") == 1
        assert Path(words[2]).exists()
