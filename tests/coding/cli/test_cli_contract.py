"""The command line as CLI.md promises it: names, options, JSON, exit status."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from coding.cli import main
from coding.store.models import SCHEMA_VERSION

Run = Any

INTERVIEW = """Informan: RS
Jabatan: Kepala seksi
Usia: 45 tahun
Tanggal: 12 Mei 2026
Tempat: Kantor kecamatan

Peneliti: Bagaimana informasinya sampai ke warga?
Informan: Kami sampaikan lewat rapat dusun 😀, itu rutin tiap awal
bulan. Tapi syaratnya berubah dua kali.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("studi")
    path, text = folder / "studi.telaah", folder / "Wawancara RS.txt"
    text.write_text(INTERVIEW, encoding="utf-8")
    assert main(["new", str(path), "--title", "Studi", "--framework", "edward3", "factors"]) == 0
    assert main(["import", str(path), str(text)]) == 0
    return path


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(made, tmp_path / "studi.telaah"))


def test_new_refuses_an_existing_file_and_unknown_frameworks(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "a.telaah"
    assert json.loads(run("new", path, "--title", "T", "--format", "json"))["title"] == "T"
    before = path.read_bytes()
    assert "already exists" in run("new", path, "--title", "T", status=1)
    assert path.read_bytes() == before
    assert "edward3" in run("new", tmp_path / "b.telaah", "--title", "T", "--framework", "edwards3", status=1)
    assert not (tmp_path / "b.telaah").exists()


def test_wrong_words_end_with_two(tmp_path: Path, run: Run) -> None:
    run("nonsense", status=2)
    run("new", tmp_path / "a.telaah", status=2)
    run("matrix", tmp_path / "a.telaah", "--framework", "edward3", "--kind", "moon", status=2)
    assert "telaah" in run("--version")
    assert "--threshold" in run("matrix", "--help")


def test_sources_and_informants(study: Path, run: Run) -> None:
    (source,) = json.loads(run("sources", study, "--format", "json"))
    assert source["name"] == "Wawancara RS"
    assert (source["method"], source["date"], source["place"]) == ("interview", "2026-05-12", "Kantor kecamatan")
    assert source["characters"] == len(INTERVIEW)
    assert source["words"] == len(INTERVIEW.split())
    assert (source["turns"], source["informants"], source["segments"]) == (2, ["RS"], 0)
    (informant,) = json.loads(run("informants", study, "--format", "json"))
    assert informant["code"] == "RS"
    assert (informant["role"], informant["age"], informant["sources"]) == ("Kepala seksi", 45, ["Wawancara RS"])
    assert informant["attributes"] == {}


def test_informants_from_a_table(study: Path, run: Run, tmp_path: Path) -> None:
    table = tmp_path / "informan.csv"
    table.write_text("code,group,category,Dusun\nrs,Pejabat,key,Timur\nWT,Peserta,main,\n", encoding="utf-8")
    run("informants", study, table)
    rs, wt = json.loads(run("informants", study, "--format", "json"))
    assert (rs["code"], rs["group"], rs["category"], rs["attributes"]) == ("RS", "Pejabat", "key", {"Dusun": "Timur"})
    assert (wt["code"], wt["sources"]) == ("WT", [])
    table.write_text("nama,group\nRS,x\n", encoding="utf-8")
    assert "first column" in run("informants", study, table, status=1)


def test_tag_segments_and_search_agree_on_code_points(study: Path, run: Run) -> None:
    (hit,) = json.loads(run("search", study, "AWAL bulan", "--format", "json"))
    assert hit["text"] == "awal\nbulan"
    assert INTERVIEW[hit["start"] : hit["end"]] == "awal\nbulan"
    assert hit["before"].endswith("tiap ")
    (other,) = json.loads(run("search", study, "syaratnya.*kali", "--regex", "--format", "json"))
    code = "edward3.communication.consistency"
    words = (study, "Wawancara RS", other["start"], other["end"], code)
    made = json.loads(
        run("tag", *words, "--valence", "inhibiting", "--coder", "Budi", "--memo", "Cek", "--format", "json")
    )
    run("tag", study, "Wawancara RS", hit["start"], hit["end"], "Pasar Pagi", status=1)
    run("tag", study, "Wawancara RS", hit["start"], hit["end"], "Pasar Pagi", "--new")
    first, second = json.loads(run("segments", study, "--format", "json"))
    assert (first["code"], first["framework"], first["valence"]) == ("Pasar Pagi", None, None)
    assert second["id"] == made["id"]
    assert second["text"] == INTERVIEW[other["start"] : other["end"]] == "syaratnya berubah dua kali"
    assert (second["code"], second["framework"], second["label"]) == (code, "edward3", "Konsistensi")
    assert (second["valence"], second["coder"], second["informants"]) == ("inhibiting", "Budi", ["RS"])
    assert (second["memo"], second["exemplar"]) == ("Cek", False)
    only = json.loads(run("segments", study, "--code", code, "--format", "json"))
    assert [s["id"] for s in only] == [made["id"]]
    rows = list(csv.DictReader(io.StringIO(run("segments", study, "--format", "csv"))))
    assert [row["code"] for row in rows] == ["Pasar Pagi", code]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("tag", "PROJECT", "Wawancara RS", 0, 9, "edward3.communication.clarty"), "edward3.communication.clarity"),
        (("tag", "PROJECT", "Wawancara RS", 5, 5, "edward3.resources"), "does not lie inside"),
        (("tag", "PROJECT", "Wawancara RS", 0, 99999, "edward3.resources"), "does not lie inside"),
        (("tag", "PROJECT", "Wawancara RX", 0, 9, "edward3.resources"), "Wawancara RS"),
        (("search", "PROJECT", "("), None),
        (("search", "PROJECT", "(", "--regex"), "not valid"),
        (("search", "PROJECT", "  "), "nothing to search"),
        (("matrix", "PROJECT", "--framework", "jones"), "edward3, factors"),
        (("matrix", "PROJECT", "--framework", "edward3", "--threshold", "0.5"), "threshold"),
        (("matrix", "PROJECT", "--framework", "edward3", "--columns", "shoe"), "attribute"),
        (("report", "PROJECT", "OUT.odt"), ".docx"),
        (("sources", "MISSING"), "does not exist"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    words: tuple[Any, ...], said: str | None, study: Path, run: Run, tmp_path: Path
) -> None:
    before = study.read_bytes()
    places = {"PROJECT": study, "MISSING": tmp_path / "no.telaah", "OUT.odt": tmp_path / "out.odt"}
    line = run(*(places.get(word, word) for word in words), status=0 if said is None else 1)
    if said is not None:
        assert said in line
        assert line.count("\n") == 1
    assert study.read_bytes() == before


def test_import_names_what_it_refused_and_goes_on(study: Path, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "masuk"
    folder.mkdir()
    (folder / "Catatan observasi.txt").write_text("Loket penuh sejak pagi.", encoding="utf-8")
    (folder / "kosong.txt").write_bytes(b"")
    (folder / "rusak.docx").write_bytes(b"bukan zip")
    (folder / "Wawancara RS.txt").write_text(INTERVIEW, encoding="utf-8")
    done = json.loads(run("import", study, folder, "--method", "observation", "--format", "json"))
    assert done["imported"] == ["Catatan observasi"]
    assert sorted(Path(r["file"]).name for r in done["refused"]) == ["Wawancara RS.txt", "kosong.txt", "rusak.docx"]
    listed = json.loads(run("sources", study, "--format", "json"))
    assert [(row["name"], row["method"]) for row in listed][1:] == [("Catatan observasi", "observation")]
    assert "empty" in run("import", study, folder / "kosong.txt", status=1)


def test_matrix_and_factors_json(study: Path, run: Run) -> None:
    start = INTERVIEW.index("syaratnya")
    run("tag", study, "Wawancara RS", start, start + 26, "edward3.communication", "--valence", "inhibiting")
    run("tag", study, "Wawancara RS", start, start + 9, "factors.internal.finance")
    matrix = json.loads(run("matrix", study, "--framework", "edward3", "--format", "json"))
    assert (matrix["kind"], matrix["framework"], matrix["level"]) == ("source", "edward3", "dimension")
    assert matrix["columns"] == ["RS"]
    first = matrix["rows"][0]
    assert (first["code"], first["label"], first["status"]) == ("edward3.communication", "Komunikasi", "single")
    assert (first["coverage"], first["judgement"]) == ([1, 1], None)
    (cell,) = first["cells"]
    assert {k: v for k, v in cell.items() if k != "exemplar"} == {
        "column": "RS", "segments": 1, "passages": 1, "informants": 1, "voices": 1, "stance": "inhibiting",
        "split": [{"voice": "RS", "stance": "inhibiting", "passages": 1, "supporting": 0, "inhibiting": 1}],
        "finding": None,
    }  # fmt: skip
    assert matrix["rows"][1]["cells"][0]["exemplar"] is None
    assert matrix["rows"][1]["cells"][0]["stance"] == "silent"
    factors = json.loads(run("factors", study, "--format", "json"))
    assert factors["rows"][0]["code"] == "factors.internal.finance"
    assert factors["rows"][0]["supporting"]["segments"] == 0
    assert len(factors["notices"]) == 1
    assert run("matrix", study, "--framework", "edward3", "--format", "csv").startswith("code,label,status")


def test_check_finds_a_text_that_was_changed_behind_its_back(study: Path, run: Run) -> None:
    import sqlite3

    assert json.loads(run("check", study, "--format", "json")) == {
        "ok": True, "schema": SCHEMA_VERSION, "sources": 1, "segments": 0, "problems": [],
    }  # fmt: skip
    connection = sqlite3.connect(study)
    connection.execute("UPDATE source_text SET body = replace(body, 'dusun', 'dusin')")
    connection.commit()
    connection.close()
    assert main(["check", str(study)]) == 1


def test_demo_is_in_order_and_reports(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "contoh.telaah"
    made = json.loads(run("demo", path, "--format", "json"))
    assert made["sources"] >= 6
    assert made["segments"] >= 60
    assert json.loads(run("check", path, "--format", "json"))["ok"]
    out = tmp_path / "temuan.docx"
    run("report", path, out)
    assert out.stat().st_size > 10_000
