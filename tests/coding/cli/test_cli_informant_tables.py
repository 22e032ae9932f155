"""Informants from tables as spreadsheets save them, and what is said of those that can't be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., str]


@pytest.fixture
def study(tmp_path: Path, run: Run) -> Path:
    path = tmp_path / "studi.telaah"
    run("new", path, "--title", "Studi")
    return path


def listed(run: Run, study: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("informants", study, "--format", "json"))
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_of_every_spreadsheet(encoding: str, delimiter: str, study: Path, run: Run, tmp_path: Path) -> None:
    lines = ["kode|Role|AGE|category|Pendidikan", "AS|Kepala “Loket” é|45 tahun|informan kunci|SMA", "", "BP|-|||"]
    text = "\r\n".join(lines).replace("|", delimiter) + "\r\n"
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    said = json.loads(run("informants", study, tmp_path / "a.csv", "--format", "json"))
    assert said == {"added": 2, "changed": 0}
    first, second = listed(run, study)
    assert (first["code"], first["role"], first["age"], first["category"]) == ("AS", "Kepala “Loket” é", 45, "key")
    assert (first["attributes"], second["role"], second["attributes"]) == ({"Pendidikan": "SMA"}, None, {})


def test_excel_with_numbers_blank_rows_and_cells_of_two_lines(study: Path, run: Run, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for row in (["code", "name", "age", "Lama\nkerja"], [None], [7, "Ani\nSuryani", 45.0, 3], ["BP", None, 50, None]):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    run("informants", study, tmp_path / "a.xlsx")
    first, second = listed(run, study)
    assert (first["code"], first["name"], first["age"]) == ("7", "Ani Suryani", 45)
    assert first["attributes"] == {"Lama kerja": "3"}
    assert (second["code"], second["age"]) == ("BP", 50)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,category\n\nAni,penting\n", "row 3 “penting” is no category"),
        ("code,age\nAni,-5\n", "row 2 the age “-5”"),
        ("code,role\nAni,a\nani,b\n", "row 3 has the code “ani” once more"),
        ("code,role\n,a\n", "row 2 has no code"),
        ("code,role,Role\nAni,a,b\n", "two columns called “role”"),
        ('code,role\nAni,"Kader\nBudi,Camat\n', "can't be read as a table"),
        ("nama,role\nAni,a\n", "first column must be"),
        ("", "is empty"),
    ],
)
def test_a_table_that_is_wrong_is_said_with_file_and_row(
    text: str, said: str, study: Path, run: Run, tmp_path: Path
) -> None:
    table = tmp_path / "informan.csv"
    table.write_text(text, encoding="utf-8")
    before = study.read_bytes()
    line = run("informants", study, table, status=1)
    assert said in line
    assert "informan.csv" in line
    assert line.count("\n") == 1
    assert study.read_bytes() == before


def test_a_file_that_is_no_workbook(study: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"no workbook")
    line = run("informants", study, tmp_path / "a.xlsx", status=1)
    assert "can't be read as a table" in line
    assert "first column" not in line
