"""What the launcher understands and says."""

import ast
import os
import string
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest


class Handed(Exception):
    """The launcher would now be this command."""


@pytest.fixture
def handed(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that the launcher calls or turns into; nothing is set up or started."""
    commands: list[list[str]] = []

    def become(command: list[str]) -> None:
        commands.append(command)
        raise Handed

    def call(command: list[str], **_: object) -> int:
        commands.append(command)
        return 0

    monkeypatch.setattr(run, "become", become)
    monkeypatch.setattr(run, "call", call)
    monkeypatch.setattr(run, "set_up", lambda *parts, wished=(): None)
    return commands


def test_words_after_two_dashes_go_to_the_program_as_they_are(run: ModuleType, handed: list[list[str]]) -> None:
    arguments = ["matrix", "Studi kasus.telaah", "--framework", "edward3", "--", "--help", ""]
    with pytest.raises(Handed):
        run.main(["--", *arguments])
    assert handed == [[str(run.PYTHON), "-P", "-m", "app", *arguments]]


def test_without_words_the_window_opens_where_there_is_a_screen(
    run: ModuleType, handed: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        with monkeypatch.context() as context:
            context.setenv(name, "0")
            with pytest.raises(Handed):
                run.main([])
    assert handed == [[str(run.PYTHON), "-P", "-m", "app"]] * 2


def test_without_a_screen_the_main_job_is_done(
    run: ModuleType,
    handed: list[list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run.main([]) == 0
    folder = tmp_path / "telaah-sample"
    project, findings = str(folder / "sample.telaah"), str(folder / "findings.docx")
    assert [command[4:] for command in handed] == [
        ["demo", project],
        ["matrix", project, "--framework", "edward3"],
        ["factors", project],
        ["report", project, findings],
    ]
    said = capsys.readouterr().err
    assert "no screen" in said
    assert findings in said


def test_the_main_job_stops_at_what_fails(
    run: ModuleType, handed: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(run, "call", lambda command, **_: handed.append(command) or 7)
    assert run.main([]) == 7
    assert len(handed) == 1


def test_each_main_job_has_a_folder_of_its_own(
    run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert [run.fresh_folder().name for _ in range(3)] == ["telaah-sample", "telaah-sample-2", "telaah-sample-3"]


def test_a_place_that_cannot_be_written_to_is_left_for_the_temporary_files(
    run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    monkeypatch.setattr(run.Path, "cwd", lambda: gone)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = run.fresh_folder()
    assert folder.is_dir()
    assert folder.parent == tmp_path
    assert not gone.exists()


def test_further_words_go_to_pytest(run: ModuleType, handed: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert run.main(["test", "tests/coding", "-x"]) == 0
    assert handed == [[str(run.PYTHON), "-m", "pytest", "tests/coding", "-x"]]


def test_without_a_screen_the_tests_get_a_virtual_one_or_none(
    run: ModuleType, handed: list[list[str]], environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environments: list[dict[str, str] | None] = []
    call = run.call
    monkeypatch.setattr(run, "call", lambda command, **o: environments.append(o.get("env")) or call(command, **o))
    monkeypatch.setattr(run, "which", lambda name: None)
    run.main(["test"])
    run.mark_ready("window")
    monkeypatch.setattr(run, "which", lambda name: f"/usr/bin/{name}")
    run.main(["test"])
    assert environments[0]
    assert environments[0]["QT_QPA_PLATFORM"] == "offscreen"
    assert environments[1] is None
    spread = ["-n", str(os.cpu_count()), "--dist", "loadfile"]
    assert [Path(part).name for part in handed[1][1:]] == ["virtual_screen.py", "python", "-m", "pytest", *spread]


def test_a_few_tests_run_on_one_core(run: ModuleType, handed: list[list[str]]) -> None:
    run.main(["test", "tests/coding"])
    assert handed[0][-3:] == ["-m", "pytest", "tests/coding"]


def test_the_benchmarks_are_started_with_their_words(run: ModuleType, handed: list[list[str]]) -> None:
    assert run.main(["bench", "--quick"]) == 0
    assert handed == [[str(run.PYTHON), "-m", "tests.benchmarks.run", "--quick"]]


def test_an_unknown_word_is_named_and_nothing_started(
    run: ModuleType, handed: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main(["tset"]) == 2
    assert "'tset'" in capsys.readouterr().err
    assert handed == []


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"LANG": "id_ID.UTF-8"}, "id"),
        ({"LANG": "id"}, "id"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "is_IS.UTF-8"}, "en"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "id_ID.UTF-8"}, "en"),
        ({"LC_MESSAGES": "id_ID", "LANG": "en_US.UTF-8"}, "id"),
        ({"LC_ALL": "", "LANG": "id_ID.UTF-8"}, "id"),
    ],
)
def test_the_language_is_the_systems(
    settings: dict[str, str], expected: str, run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LANG")
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert run.language() == expected


def test_the_help_is_printed_in_both_languages(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main(["--help"]) == 0
    english = capsys.readouterr().out
    monkeypatch.setenv("LANG", "id_ID.UTF-8")
    assert run.main(["-h"]) == 0
    indonesian = capsys.readouterr().out
    for line in ("run.py test", "run.py bench", "run.py -- "):
        assert line in english
        assert line in indonesian
    assert english != indonesian


def test_both_languages_say_the_same_with_the_same_placeholders(run: ModuleType) -> None:
    def placeholders(text: str) -> set[str]:
        return {field for _, field, _, _ in string.Formatter().parse(text) if field}

    english, indonesian = run.table("en"), run.table("id")
    assert list(english) == list(indonesian)
    for key, text in english.items():
        assert placeholders(text) == placeholders(indonesian[key]), key
        assert (text + indonesian[key]).isascii(), key


def test_every_message_is_used_and_every_used_one_is_there(run: ModuleType, root: Path) -> None:
    strings = {
        node.value
        for node in ast.walk(ast.parse((root / "run.py").read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(run.table("en")) - strings == set()
    tree = ast.parse((root / "run.py").read_text("utf-8"))
    keys = {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") in ("words", "tell")
        and isinstance(node.args[0], ast.Constant)
    }
    assert keys
    assert keys - set(run.table("en")) == set()


def test_an_older_python_can_read_that_it_is_too_old(root: Path) -> None:
    source = (root / "run.py").read_text("utf-8")
    tree = ast.parse(source, feature_version=(3, 8))
    check = next(node for node in tree.body if isinstance(node, ast.If))
    before = [node for node in tree.body[: tree.body.index(check)] if not isinstance(node, ast.Expr)]
    assert [ast.unparse(node) for node in before] == ["import os", "import sys"]
    old = f"import os, sys\nsys.version_info = (3, 8, 0)\n{ast.unparse(check)}"
    done = subprocess.run(
        [sys.executable, "-c", old], env={**os.environ, "LANG": "C"}, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 1
    assert done.stderr == "Telaah needs Python 3.11 or newer.\n"


def test_what_goes_wrong_is_one_sentence_and_status_1(root: Path) -> None:
    (root / ".venv").write_text("a file where the folder should be", "utf-8")
    done = subprocess.run(
        [sys.executable, str(root / "run.py"), "--", "--version"],
        env={**os.environ, "LC_ALL": "C"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("Telaah: this folder cannot be written to")
    assert done.stderr.count("\n") == 1


def test_the_exit_status_is_the_programs(run: ModuleType) -> None:
    assert run.call([sys.executable, "-c", "raise SystemExit(5)"]) == 5
