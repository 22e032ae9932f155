"""Whatever is wrong with a file, a place or a word: one clear sentence, status 1, and the project as it was."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from coding.cli import main
from coding.project import Project
from coding.segments.queries import segments
from coding.store.models import SCHEMA_VERSION
from coding.transcripts.queries import sources

ROOT = Path(__file__).resolve().parents[2]
STORED = ROOT / "tests" / "data" / "schemas" / f"schema-{SCHEMA_VERSION}.telaah"
PLAIN_USER = Path(__file__).with_name("plain_user.py")
posix = pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX systems")

Said = Callable[..., str]


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    path = folder / "study.telaah"
    shutil.copy(STORED, path)
    return path


@pytest.fixture
def said(study: Path, capsys: pytest.CaptureFixture[str]) -> Said:
    """`said(*words)` runs a command that can't be done and gives its one sentence; the project must stay as it is."""

    def run(*words: object) -> str:
        before = study.read_bytes() if study.is_file() else None
        assert main([str(word) for word in words]) == 1
        printed = capsys.readouterr()
        assert (study.read_bytes() if study.is_file() else None) == before
        assert printed.out == ""
        return sentence(printed.err)

    return run


def sentence(printed: str) -> str:
    """The one line of standard error, without its beginning."""
    assert printed.startswith("telaah: "), printed
    assert printed.count("\n") == 1, printed
    assert "{" not in printed
    assert "Traceback" not in printed
    return printed.removeprefix("telaah: ").strip()


def source(study: Path, name: str, content: bytes) -> Path:
    path = study.parent / name
    path.write_bytes(content)
    return path


def zipped(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("kosong.txt", b"", "kosong.txt is empty; there is nothing to import"),
        ("kosong.docx", b"", "kosong.docx is empty; there is nothing to import"),
        ("spasi.txt", b" \n\t\n", "spasi.txt contains no text; there is nothing to import"),
        ("bukan.docx", b"Kami menunggu lama.", "bukan.docx is not a Word document; open it in a word processor"),
        ("lain.docx", zipped(a="b"), "lain.docx is not a Word document"),
        ("gambar.txt", bytes(range(256)) * 40, "the encoding of gambar.txt can't be recognised; save it as UTF-8 text"),
        ("rusak.txt", b"\xff\xfeK\x00a\xd8", "the encoding of rusak.txt can't be recognised"),
        ("foto.txt", b"\x89PNG\r\n\x1a\n" + bytes(500), "foto.txt has a format Telaah can't import"),
        ("data.xyz", b"Kami menunggu.", "data.xyz has a format Telaah can't import"),
    ],
)
def test_a_file_that_is_no_text_is_named(study: Path, said: Said, name: str, content: bytes, words: str) -> None:
    assert said("import", study, source(study, name, content)).startswith(words)


def test_a_missing_file_and_an_empty_folder_are_named(study: Path, said: Said) -> None:
    assert "gone.txt does not exist" in said("import", study, study.parent / "gone.txt")
    (study.parent / "empty").mkdir()
    assert "no file was imported from" in said("import", study, study.parent / "empty")


def test_the_same_file_comes_in_once(study: Path, said: Said, capsys: pytest.CaptureFixture[str]) -> None:
    first = source(study, "wawancara.txt", b"P: Bagaimana?\nBP: Sudah lancar.\n")
    again = source(study, "salinan.txt", "\ufeffP: Bagaimana?\r\nBP: Sudah lancar.\r\n".encode())
    assert main(["import", str(study), str(first)]) == 0
    capsys.readouterr()
    assert "same text as “wawancara”" in said("import", study, first)
    assert "same text as “wawancara”" in said("import", study, again)


def test_refused_files_do_not_keep_the_others_out(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = source(study, "kosong.txt", b"")
    good = source(study, "baik.txt", b"P: Bagaimana?\nBP: Sudah lancar.\n")
    assert main(["import", str(study), str(bad), str(good), "--format", "json"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["imported"] == ["baik"]
    assert "kosong.txt is empty" in printed.err


READING = [
    ("sources",),
    ("segments",),
    ("informants",),
    ("search", "pasar"),
    ("matrix", "--framework", "edward3"),
    ("check",),
]
WRITING = [("tag", "Wawancara WT", "0", "5", "pasar pagi"), ("done", "Wawancara WT", "--coder", "Ani")]


def spoil(study: Path, how: str) -> str:
    """Make the project unusable; returns what must be said of it."""
    raw = bytearray(study.read_bytes())
    if how == "text":
        raw = bytearray(b"P: Bagaimana?\n" * 100)
    elif how == "empty":
        raw = bytearray()
    elif how == "cut":
        raw = raw[: len(raw) // 2]
    elif how == "overwritten":
        raw[8192:60_000] = os.urandom(60_000 - 8192)
    elif how == "newer":
        raw[60:64] = (SCHEMA_VERSION + 1).to_bytes(4, "big")
    study.write_bytes(raw)
    if how in ("trigger", "view"):
        with closing(sqlite3.connect(study)) as connection:
            thing = "VIEW v AS SELECT 1" if how == "view" else "TRIGGER t AFTER INSERT ON segment BEGIN SELECT 1; END"
            connection.execute(f"CREATE {thing}")
    return {
        "text": "study.telaah is not a Telaah project, though its name ends so; open one of its backups",
        "empty": "study.telaah is not a Telaah project, though its name ends so; open one of its backups",
        "cut": "study.telaah is damaged",
        "overwritten": "study.telaah is damaged",
        "newer": f"study.telaah was made by a newer Telaah (format {SCHEMA_VERSION + 1}",
        "trigger": "study.telaah contains database triggers or views that Telaah did not make; it is not opened",
        "view": "study.telaah contains database triggers or views that Telaah did not make; it is not opened",
    }[how]


@pytest.mark.parametrize("how", ["text", "empty", "cut", "overwritten", "newer", "trigger", "view"])
def test_a_project_that_can_not_be_used_is_said_by_every_command(study: Path, said: Said, how: str) -> None:
    expected = spoil(study, how)
    for command, *words in READING + WRITING:
        assert said(command, study, *words).startswith(expected)
    text = source(study, "baik.txt", b"P: Bagaimana?\nBP: Sudah lancar.\n")
    assert said("import", study, text).startswith(expected)
    if how not in ("trigger", "view"):  # a copy is a copy
        assert said("backup", study).startswith(expected)
        assert said("restore", study, study.with_name("made.telaah")).startswith(expected)
    assert {path.name for path in study.parent.rglob("*")} - {"study backups"} == {study.name, text.name}


def test_a_missing_project_is_said_by_every_command(study: Path, said: Said) -> None:
    gone = study.with_name("gone.telaah")
    for command, *words in READING + WRITING:
        assert "gone.telaah does not exist" in said(command, gone, *words)
    assert not gone.exists()


def test_a_place_that_can_not_take_a_project_is_named(study: Path, said: Said) -> None:
    assert "study.telaah already exists" in said("new", study, "--title", "T")
    assert "study.telaah already exists" in said("demo", study)
    missing = study.parent / "no folder" / "a.telaah"
    assert "no folder does not exist; create it" in said("new", missing, "--title", "T")
    assert "did you mean “dwiyanto”?" in said("new", study.with_name("b"), "--title", "T", "--framework", "dwianto")
    assert not study.with_name("b").exists()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("Wawancara WT", "0", "5", "edward3.comunication.clarity"), "did you mean “edward3.communication.clarity”?"),
        (("Wawancara WT", "0", "5", "CLARTY"), "did you mean “edward3.communication.clarity”?"),
        (("Wawancara WT", "0", "5", "Pasar page"), "did you mean “pasar pagi”?"),
        (("Wawancara WT", "0", "5", ""), "there is no code “”"),
        (("Wawancara WT", "0", "5", " ", "--new"), "there is no code"),
        (("Wawancara WT", "0", "9999", "pasar pagi"), "does not lie inside “Wawancara WT”, which has 96 characters"),
        (("Wawancara WT", "-3", "4", "pasar pagi"), "the passage -3–4 does not lie inside"),
        (("Wawancara WT", "5", "5", "pasar pagi"), "the passage 5–5 does not lie inside"),
        (("Wawancara WT", "9", "4", "pasar pagi"), "the passage 9–4 does not lie inside"),
        (("Wawancara WT", "0", "9" * 30, "pasar pagi"), "does not lie inside"),
        (("Wawancara WT", "28", "29", "pasar pagi"), "has no text to tag"),
        (("Wawancara TW", "0", "5", "pasar pagi"), "there is no source “Wawancara TW”; did you mean “Wawancara WT”?"),
        (("Wawancara WT", "51", "56", "pasar pagi", "--coder", "Ani"), "already has the code “pasar pagi” by Ani"),
    ],
)
def test_a_tag_that_can_not_be_put_says_why(study: Path, said: Said, words: tuple[str, ...], expected: str) -> None:
    assert expected in said("tag", study, *words)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"", "a.csv is empty"),
        ("a.csv", b"nama;usia\nRS;4\n", "the first column must be “code”"),
        ("a.csv", b"code,age\nRS,empat\n", "in row 2 the age “empat” is no number of years"),
        ("a.csv", b"code,age\nRS,4\nrs,5\n", "row 3 has the code “rs” once more"),
        ("a.csv", b"code,age\n-,4\n", "a.csv: row 2 has no code"),
        ("a.csv", b"code,category\nRS,penting\n", "“penting” is no category of informants"),
        ("a.csv", b'code,age\n"' + b"x" * 200_000 + b'",4\n', "a.csv can't be read as a table (field larger"),
        ("a.csv", bytes(range(256)) * 20, "the encoding of a.csv can't be recognised"),
        ("a.xlsx", b"", "a.xlsx is empty"),
        ("a.xlsx", b"code,age\n", "a.xlsx can't be read as a table (File is not a zip file)"),
        ("a.xlsx", zipped(a="b"), "a.xlsx can't be read as a table"),
        (
            "a.xlsx",
            zipped(**{"[Content_Types].xml": "<a>", "xl/workbook.xml": "<b"}),
            "a.xlsx can't be read as a table",
        ),
    ],
)
def test_a_table_of_informants_that_can_not_be_read_says_where(
    study: Path, said: Said, name: str, content: bytes, words: str
) -> None:
    assert words in said("informants", study, source(study, name, content))


def test_a_search_without_words_or_with_a_broken_pattern(study: Path, said: Said) -> None:
    assert said("search", study, "  ") == "there is nothing to search for; give at least one word"
    for pattern in ("(pasar", "[z-a]", "*"):
        assert f"the search pattern “{pattern}” is not valid" in said("search", study, pattern, "--regex")


def test_the_sentence_comes_in_indonesian_too(
    study: Path, said: Said, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    english = said("sources", study.with_name("gone.telaah"))
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")
    indonesian = said("sources", study.with_name("gone.telaah"))
    assert indonesian != english
    assert "gone.telaah" in indonesian


def run(*words: object) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, by the installed program."""
    program = shutil.which("telaah", path=str(Path(sys.executable).parent))
    assert program is not None
    return launch(program, *map(str, words))


def launch(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", errors="surrogateescape", timeout=120, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
    )  # fmt: skip


def as_plain_user(*commands: tuple[object, ...], limit: int = 0) -> list[tuple[int, str, str]]:
    """What these commands say to somebody whom permissions stop, and whose files may have at most `limit` bytes."""
    words = json.dumps([[str(word) for word in command] for command in commands])
    done = launch(sys.executable, str(PLAIN_USER), str(limit), words)
    assert done.returncode == 0, done.stderr
    return [tuple(answer) for answer in json.loads(done.stdout)]


def sentences(answers: list[tuple[int, str, str]]) -> list[str]:
    assert [(status, out) for status, out, _ in answers] == [(1, "")] * len(answers), answers
    return [sentence(errors) for *_, errors in answers]


def test_the_installed_program_says_the_same(study: Path) -> None:
    before = study.read_bytes()
    done = run("tag", study, "Wawancara WT", 0, 5, "pasar pag")
    assert (done.returncode, done.stdout) == (1, "")
    assert "did you mean “pasar pagi”?" in sentence(done.stderr)
    assert study.read_bytes() == before


@posix
def test_a_folder_that_forbids_writing_still_lets_one_read(study: Path) -> None:
    before, folder = study.read_bytes(), study.parent
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        writing = [(command, study, *words) for command, *words in WRITING]
        writing += [("new", folder / "a.telaah", "--title", "T"), ("demo", folder / "a.telaah"), ("backup", study)]
        reading = [(command, study, *words) for command, *words in READING]
        answers = as_plain_user(*writing, *reading)
    finally:
        folder.chmod(stat.S_IRWXU)
    for words in sentences(answers[: len(writing)]):
        assert words == f"the folder {folder} does not allow writing; choose another folder"
    assert [(status, errors) for status, _, errors in answers[len(writing) :]] == [(0, "")] * len(reading)
    assert study.read_bytes() == before
    assert [path.name for path in folder.iterdir()] == [study.name]


@posix
def test_a_report_where_writing_is_forbidden_or_the_disk_full_leaves_the_old_one(study: Path, tmp_path: Path) -> None:
    folder = tmp_path / "laporan"
    folder.mkdir()
    old = folder / "bab4.docx"
    old.write_bytes(b"old")
    command = ("report", study, old, "--tables", "informants")
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        forbidden = sentences(as_plain_user(command))
    finally:
        folder.chmod(stat.S_IRWXU)
    full = sentences(as_plain_user(command, limit=8192))
    assert [("bab4.docx" in words, "written" in words) for words in forbidden + full] == [(True, True)] * 2
    assert old.read_bytes() == b"old"
    assert [path.name for path in folder.iterdir()] == ["bab4.docx"]


@posix
def test_a_file_that_forbids_writing_or_reading_is_named(study: Path) -> None:
    before = study.read_bytes()
    hidden = source(study, "rahasia.txt", b"P: Bagaimana?\nBP: Lancar.\n")
    hidden.chmod(0)
    study.chmod(stat.S_IRUSR)
    tag, done, segments_, check_ = as_plain_user(
        ("tag", study, *WRITING[0][1:]), ("done", study, *WRITING[1][1:]), ("segments", study), ("check", study)
    )
    for words in sentences([tag, done]):
        assert words.startswith("study.telaah can't be written")
    assert (segments_[0], check_[0], segments_[2], check_[2]) == (0, 0, "", "")
    study.chmod(stat.S_IRWXU)
    assert sentences(as_plain_user(("import", study, hidden)))[0].startswith("rahasia.txt can't be read")
    study.chmod(0)
    assert "study.telaah can't be read" in sentences(as_plain_user(("segments", study)))[0]
    study.chmod(stat.S_IRWXU)
    assert study.read_bytes() == before
    assert {path.name for path in study.parent.iterdir()} == {"study.telaah", "rahasia.txt"}


@pytest.mark.skipif(os.name != "nt", reason="the attribute of Windows")
def test_a_read_only_file_is_named_on_windows(study: Path, said: Said) -> None:
    study.chmod(stat.S_IREAD)
    assert "study.telaah can't be written" in said("tag", study, *WRITING[0][1:])
    study.chmod(stat.S_IWRITE)


@posix
def test_where_no_more_can_be_written_everything_stays_as_it_was(study: Path) -> None:
    large = source(study, "besar.txt", ("P: Bagaimana?\nBP: Kami menunggu lama sekali di loket.\n" * 1000).encode())
    size, before, fresh = study.stat().st_size, study.read_bytes(), study.parent / "baru.telaah"
    answers = as_plain_user(("import", study, large), limit=size + 4096)
    answers += as_plain_user(("new", fresh, "--title", "T"), ("backup", study), limit=30_000)
    for words, name in zip(sentences(answers), ("study.telaah", "baru.telaah", "study "), strict=True):
        assert name in words
        assert "can't be written" in words or "the disk is full" in words
    assert study.read_bytes() == before
    left = {path.name for path in study.parent.rglob("*")}
    assert left - {"study backups"} == {"study.telaah", "besar.txt"}
    with Project.open(study) as project:
        assert len(sources(project)) == len(segments(project)) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have names of Unicode only")
def test_names_that_are_no_text_do_no_harm(study: Path, tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(study.parent) + b"/wawa\xffncara.txt"))
    odd.write_bytes(b"P: Bagaimana?\nBP: Lancar.\n")
    project = Path(os.fsdecode(os.fsencode(study.parent) + b"/st\xffudy.telaah"))
    code, coder, title = (os.fsdecode(name) for name in (b"kode\xff", b"Ani\xff", b"Judul\xff"))
    answers = as_plain_user(
        ("tag", study, "Wawancara WT", 0, 5, code),
        ("import", study, odd),
        ("tag", study, "Wawancara WT", 0, 5, code, "--new", "--coder", coder),
        ("new", project, "--title", title),
        ("tag", project, title, 0, 5, code),
        ("check", project),
    )
    assert [status for status, *_ in answers] == [1, 0, 0, 0, 1, 0], answers
    assert "there is no code" in sentence(answers[0][2])
    assert "there is no source" in sentence(answers[4][2])
