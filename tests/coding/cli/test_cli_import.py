"""The command `import` on folders: what comes in, what does not, and what is remembered."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from coding.project import Project
from coding.transcripts.queries import source_text, sources
from tests.data.messy.make import EXPECTED, Kept, write

DOUBTFUL = "X: Bagaimana layanan {0}?\nY: Antre lama.\nX: Berapa lama?\nY: Dua jam {0}.\nX: Lalu?\nY: Menunggu.\n"


def test_a_folder_on_the_command_line_comes_in_with_a_summary_that_is_kept(
    run: Callable[..., str], tmp_path: Path
) -> None:
    study = tmp_path / "studi.telaah"
    run("new", study, "--title", "Studi")
    folder = tmp_path / "berkas"
    (folder / "dalam").mkdir(parents=True)
    for number in range(6):
        inside = folder / ("dalam" if number % 3 == 0 else ".")
        (inside / f"Wawancara {number}.txt").write_text(f"P: Apa {number}?\nRS: Itu nomor {number}.", encoding="utf-8")
    (folder / "kosong.txt").write_text("", encoding="utf-8")
    (folder / "~$Wawancara.docx").write_text("x", encoding="utf-8")
    (folder / "salinan.txt").write_bytes((folder / "Wawancara 1.txt").read_bytes())
    kept = tmp_path / "ringkasan.txt"
    done = json.loads(run("import", study, folder, "--format", "json", "--summary", kept))
    assert len(done["imported"]) == 6
    assert {(Path(one["file"]).name, one["code"]) for one in done["refused"]} == {
        ("kosong.txt", "source_empty"), ("salinan.txt", "source_duplicate"),
    }  # fmt: skip
    assert [Path(path).name for path in done["passed_over"]] == ["~$Wawancara.docx"]
    text = kept.read_text(encoding="utf-8")
    for name in (*done["imported"], "kosong.txt", "salinan.txt", "~$Wawancara.docx"):
        assert name in text
    again = run("import", study, folder, status=1)
    assert again.count("already in the project") == 7
    with Project.open(study, read_only=True) as project:
        assert len(sources(project)) == 6


def test_what_the_project_remembers_of_labels_goes_for_the_next_files(run: Callable[..., str], tmp_path: Path) -> None:
    study = tmp_path / "studi.telaah"
    run("new", study, "--title", "Studi")
    for number in (1, 2):
        (tmp_path / f"{number}.txt").write_text(DOUBTFUL.format(number), encoding="utf-8")
    run("import", study, tmp_path / "1.txt", "--researcher", "Y")
    run("import", study, tmp_path / "2.txt")
    with Project.open(study, read_only=True) as project:
        kinds = [{(t.label, t.kind) for t in source_text(project, row.guid).turns} for row in sources(project)]
    assert kinds == [{("X", "informant"), ("Y", "researcher")}] * 2


def test_a_folder_as_people_have_it_comes_in_without_a_question(run: Callable[..., str], tmp_path: Path) -> None:
    study, folder = tmp_path / "studi.telaah", tmp_path / "berkas"
    write(folder)
    run("new", study, "--title", "Studi")
    done = json.loads(run("import", study, folder, "--format", "json"))
    kept = {name for name, fate in EXPECTED.items() if isinstance(fate, Kept)}
    assert len(done["imported"]) == len(kept)
    refused = {Path(one["file"]).relative_to(folder).as_posix(): one["code"] for one in done["refused"]}
    codes = {"duplicate": "source_duplicate"}
    expected = {n: codes.get(f, f) for n, f in EXPECTED.items() if isinstance(f, str) and f != "clutter"}
    # of two files with one text the first in the folder comes in
    assert expected.pop("Wawancara Kades (1).docx") == refused.pop("Wawancara Kades.docx")
    assert refused == expected
    assert len(done["passed_over"]) == sum(fate == "clutter" for fate in EXPECTED.values())


def test_columns_are_named_by_their_heads(run: Callable[..., str], tmp_path: Path) -> None:
    study, table = tmp_path / "studi.telaah", tmp_path / "tabel.csv"
    run("new", study, "--title", "Studi")
    table.write_text("Kode,Butir,Isi\nRS,Apa?,Antre lama.\nMD,Apa?,Cepat.\n", encoding="utf-8")
    assert "no column “Siapa”" in run("import", study, table, "--columns", "informant=Siapa", "text=Isi", status=1)
    run("import", study, table, "--columns", "informant=kode", "question=Butir", "text=ISI")
    with Project.open(study, read_only=True) as project:
        (row,) = sources(project)
        assert row.informants == ("RS", "MD")
        assert source_text(project, row.guid).text.startswith("P: Apa?\nRS: Antre lama.\nP: Apa?\nMD: Cepat.")
