"""The command line in the language of the terminal: help, heads and words of tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from coding.cli import main
from coding.segments.editing import remove
from coding.segments.queries import segments
from tests.samples import open_sample, sample_copy


def in_(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, language)


def test_help_is_in_the_language_of_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = {}
    for language in ("id_ID.UTF-8", "en_US.UTF-8"):
        in_(language, monkeypatch)
        assert main(["report", "--help"]) == 0
        said[language] = capsys.readouterr().out
    assert said["en_US.UTF-8"].startswith("usage: telaah report [-h]")
    assert said["id_ID.UTF-8"].startswith("pemakaian: telaah report [-h]")
    for heads in ("options:", "write the findings", "show this help message and exit"):
        assert heads in said["en_US.UTF-8"]
        assert heads not in said["id_ID.UTF-8"]
    for options in ("--preset {chapter,appendices,everything}", "--quote-length N"):
        assert options in said["id_ID.UTF-8"]
    in_("id_ID.UTF-8", monkeypatch)
    assert main(["report", "--preset", "verses"]) == 2
    assert "; lihat telaah report --help" in capsys.readouterr().err
    assert main(["nonsense"]) == 2
    assert capsys.readouterr().err.endswith("; lihat telaah --help\n")


def test_tables_for_people_have_no_keys_in_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    in_("id_ID.UTF-8", monkeypatch)
    path = sample_copy(tmp_path / "s.telaah", "id")
    for command, words, keys in (
        ("sources", ("Wawancara  ", "Diskusi kelompok  "), ("interview", "focus_group")),
        ("informants", ("Informan kunci", "Informan pendukung"), (" key ", "supporting")),
    ):
        assert main([command, str(path)]) == 0
        shown = capsys.readouterr().out
        assert all(word in shown for word in words)
        assert not any(key in shown for key in keys)
    target = tmp_path / "x.csv"
    assert main(["report", str(path), str(target), "--tables", "method_section,informants"]) == 0
    said = capsys.readouterr().out
    assert "Metode, dalam angka; Informan" in said
    assert "method_section" not in said


def test_factors_without_evidence_say_where_there_is_some(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    in_("en_US.UTF-8", monkeypatch)
    path = tmp_path / "s.telaah"
    with open_sample(path, "en") as project:
        assert main(["factors", str(path)]) == 0
        assert capsys.readouterr().err == ""
        with project.operation("Remove") as op:
            remove(op, [row.guid for row in segments(project) if row.framework == "factors"])
    assert main(["factors", str(path)]) == 0
    assert capsys.readouterr().err == "telaah: nothing is coded with factors; --framework edward3 has evidence\n"
    assert main(["factors", str(path), "--framework", "edward3"]) == 0
    assert capsys.readouterr().err == ""
