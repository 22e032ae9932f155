"""Names, numbers and files as systems really give them: decomposed letters, bytes that are no text, nonsense."""

from __future__ import annotations

import json
import shutil
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from coding.cli import main

Run = Callable[..., str]

INTERVIEW = "Peneliti: Apa yang berubah?\nAni: Café warga kini buka\nsampai malam.\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("studi")
    path, text = folder / "studi.telaah", folder / "Wawancará é.txt"
    text.write_text(INTERVIEW, encoding="utf-8")
    assert main(["new", str(path), "--title", "Studi"]) == main(["import", str(path), str(text)]) == 0
    return path


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(made, tmp_path / "studi saya é.telaah"))


def decomposed(text: str) -> str:
    other = unicodedata.normalize("NFD", text)
    assert other != text
    return other


def test_names_are_known_in_decomposed_letters_too(study: Path, run: Run) -> None:
    start = INTERVIEW.index("Café")
    name = decomposed("wawancará é")
    words = ("tag", study, name, start, start + 4, decomposed("Jam buka kafé"), "--new", "--coder", decomposed("José"))
    made = json.loads(run(*words, "--format", "json"))
    assert (made["source"], made["code"]) == ("Wawancará é", "Jam buka kafé")
    (segment,) = json.loads(run("segments", study, "--code", decomposed("jam buka kafé"), "--format", "json"))
    assert (segment["id"], segment["text"], segment["coder"]) == (made["id"], "Café", "José")
    done = json.loads(run("done", study, name, "--coder", decomposed("José"), "--format", "json"))
    assert done == {"source": "Wawancará é", "coder": "José", "done": True}
    assert len(json.loads(run("search", study, decomposed("CAFÉ warga"), "--format", "json"))) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only there can an argument be bytes that are no text")
@pytest.mark.parametrize(
    "words",
    [
        ("matrix", "--framework", "\udcff"),
        ("matrix", "--framework", "edward3", "--kind", "theory", "--against", "\udcff"),
        ("matrix", "--framework", "edward3", "--columns", "\udcff"),
        ("factors", "--framework", "\udcff"),
        ("segments", "--code", "\udcff"),
        ("tag", "\udcff", "0", "4", "edward3.resources"),
        ("done", "\udcff", "--coder", "Ani"),
        ("search", "\udcff"),
    ],
)
def test_words_that_are_no_text_are_refused_in_a_sentence(words: tuple[str, ...], study: Path, run: Run) -> None:
    assert run(words[0], study, *words[1:], status=1).count("\n") == 1


@pytest.mark.parametrize("threshold", ["1/0", "many", "nan", "1e999999999", "9" * 30, ""])
def test_a_threshold_that_is_no_number_is_wrong_words(threshold: str, study: Path, run: Run) -> None:
    run("matrix", study, "--framework", "edward3", "--threshold", threshold, status=2)


def test_a_threshold_out_of_range_is_named_as_it_was_given(study: Path, run: Run) -> None:
    assert "0.5 " in run("matrix", study, "--framework", "edward3", "--threshold", "0,5", status=1)
    run("matrix", study, "--framework", "edward3", "--threshold", "2/3")


def test_white_space_is_a_pattern_but_no_phrase(study: Path, run: Run) -> None:
    assert len(json.loads(run("search", study, " ", "--regex", "--format", "json"))) == INTERVIEW.count(" ")
    run("search", study, " ", status=1)
    run("search", study, "", "--regex", status=1)


def test_no_code_is_not_every_code(study: Path, run: Run) -> None:
    run("segments", study, "--code", "", status=1)


def test_a_folder_is_no_project(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "studi.telaah"
    folder.mkdir()
    run("new", folder, "--title", "T", status=1)
    run("sources", folder, status=1)
    run("check", folder, status=1)


def test_a_comma_too_many_names_no_table(study: Path, run: Run, tmp_path: Path) -> None:
    made = json.loads(run("report", study, tmp_path / "a.docx", "--tables", "informants,", "--format", "json"))
    assert made["tables"] == ["informants"]


@pytest.mark.skipif(sys.platform == "win32", reason="no file there has a name of two lines")
def test_a_complaint_is_one_line_whatever_the_name(study: Path, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "dua\nbaris.txt"
    file.write_text("Loket dibuka pukul delapan pagi.", encoding="utf-8")
    assert json.loads(run("import", study, file, "--format", "json"))["imported"] == ["dua baris"]
    assert run("import", study, file, status=1).count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_behind_the_output_is_said(study: Path) -> None:
    import subprocess

    command = [sys.executable, "-c", "import sys; from coding.cli import main; sys.exit(main())", "sources", str(study)]
    root = Path(__file__).parents[3]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, encoding="utf-8", cwd=root, check=False)
    assert ended.returncode == 1
    assert ended.stderr.startswith("telaah: ")
    assert ended.stderr.count("\n") == 1
