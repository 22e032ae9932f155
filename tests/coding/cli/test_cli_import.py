"""The command `import` on folders: what comes in, what does not, and what is remembered."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from coding.project import Project
from coding.transcripts.queries import source_text, sources

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
