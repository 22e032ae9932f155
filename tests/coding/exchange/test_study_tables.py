"""A study as plain tables: what is in them is what is in the project."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from coding.codes.queries import frameworks, open_codes
from coding.errors import CodingError
from coding.exchange.study import export_tables
from coding.exchange.tables import csv_bytes, sheet_name
from coding.informants.queries import informants
from coding.project import Project
from coding.segments.queries import segments
from coding.transcripts.queries import sources
from coding.words import Words
from tests.samples import open_sample


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with open_sample(tmp_path_factory.mktemp("sample") / "sample.telaah") as project:
        yield project


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_workbook_has_every_table(sample: Project, tmp_path: Path, language: str) -> None:
    known = segments(sample)
    assert export_tables(sample, tmp_path / "studi.xlsx", Words(language)) == len(known)
    book = load_workbook(tmp_path / "studi.xlsx")
    own = [list(sheet.iter_rows(min_row=2, values_only=True)) for sheet in book]
    assert [(row[0], row[1], row[2], row[3], row[-1]) for row in own[0]] == [
        (row.source, row.start, row.end, row.text, row.guid) for row in known
    ]
    assert [(row[0], row[5]) for row in own[1]] == [(row.name, row.words) for row in sources(sample)]
    assert [(row[0], row[6]) for row in own[2]] == [(row.code, row.age) for row in informants(sample)]
    codes = [code for row in frameworks(sample) for code in row.codes] + list(open_codes(sample))
    assert [(row[1], row[-1]) for row in own[3]] == [(code.path, code.segments) for code in codes]
    assert book.properties.creator == "Telaah"


def test_a_csv_has_the_segments(sample: Project, tmp_path: Path) -> None:
    export_tables(sample, tmp_path / "studi.csv", Words("id"))
    raw = (tmp_path / "studi.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    _, *rows = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    assert [(row[1], row[3]) for row in rows] == [(str(row.start), row.text) for row in segments(sample)]


def test_an_ending_that_is_no_table(sample: Project, tmp_path: Path) -> None:
    with pytest.raises(CodingError) as raised:
        export_tables(sample, tmp_path / "studi.txt", Words("id"))
    assert raised.value.code == "table_suffix"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("=1+1", "'=1+1"), ("@cmd", "'@cmd"), ("+62 811", "'+62 811"), ("-2+3", "'-2+3"), ("\t=1", "'\t=1"),
        ("+", "+"), ("-4,5", "-4,5"), ("Ya, = itu", "Ya, = itu"), ("– 3", "– 3"), ("", ""),
    ],
)  # fmt: skip
def test_no_text_is_a_formula(text: str, kept: str) -> None:
    (row,) = csv.reader(io.StringIO(csv_bytes([text], []).decode("utf-8-sig"), newline=""))
    assert row == [kept] or (text == "" and row in ([], [""]))


@pytest.mark.parametrize(
    ("title", "taken", "name"),
    [
        ("4.1 Triangulasi [sumber]: a/b?*", set(), "4.1 Triangulasi sumber a b"),
        ("x" * 40, {"x" * 31}, "x" * 29 + " 2"),
        ("'kutip'", set(), "kutip"),
        ("History", set(), "History 1"),
        ("\x07", set(), "1"),
        ("SAMA", {"sama"}, "SAMA 2"),
    ],
)
def test_names_of_sheets(title: str, taken: set[str], name: str) -> None:
    assert sheet_name(title, taken) == name
    assert len(name) <= 31


def test_the_command_line(tmp_path: Path) -> None:
    Project.create(tmp_path / "x.telaah", "Studi Kosong", frameworks=["edward3"]).close()
    words = [sys.executable, "-m", "app", "export", str(tmp_path / "x.telaah"), str(tmp_path / "x.xlsx")]
    done = subprocess.run(words, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert load_workbook(tmp_path / "x.xlsx").worksheets[3].max_row > 1
