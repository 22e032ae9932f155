"""What the launcher needs of the system: found by loading it, installed where that may be done, named where not."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no apt-get on Windows")


class System:
    """A system with some libraries, some programs and a package manager, for the launcher to ask."""

    def __init__(self, run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
        self.there = set(run.table("qt")) | set(run.table("window"))
        self.programs = {"apt-get", "sudo"}
        self.sudo_asks = False
        self.apt_works = True
        self.commands: list[str] = []
        self.packages = {
            name: library for part in ("qt", "window", "screen") for library, name in run.table(part).items()
        }
        monkeypatch.setattr(run, "is_there", self.there.__contains__)
        monkeypatch.setattr(run, "which", lambda name: f"/usr/bin/{name}" if name in self.programs else None)
        monkeypatch.setattr(run, "logged", self.logged)
        self.user = 1000
        monkeypatch.setattr(run.os, "geteuid", lambda: self.user, raising=False)

    def logged(self, *command: object) -> tuple[int, str]:
        line = " ".join(map(str, command))
        self.commands.append(line)
        if line == "sudo -n true":
            return int(self.sudo_asks), ""
        if " install " in line:
            if not self.apt_works:
                return 100, "E: Unable to fetch some archives"
            self.there.update(self.packages[word] for word in line.split() if word in self.packages)
        return 0, ""


@pytest.fixture
def system(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> System:
    return System(run, monkeypatch)


def test_nothing_is_asked_for_where_everything_loads(run: ModuleType, system: System) -> None:
    run.require(run.table("qt"))
    run.require(run.table("window"))
    assert system.commands == []


def test_root_has_just_the_missing_packages_installed(run: ModuleType, system: System) -> None:
    system.user = 0
    system.there -= {"libGL.so.1", "libEGL.so.1"}
    run.require(run.table("qt"))
    update, install = system.commands
    assert update == "apt-get update -q"
    assert install.startswith("env DEBIAN_FRONTEND=noninteractive apt-get install -y ")
    assert install.endswith(" libegl1 libgl1")


def test_sudo_is_used_where_it_asks_for_no_password(run: ModuleType, system: System) -> None:
    system.there.remove("libGL.so.1")
    run.require(run.table("qt"))
    assert system.commands[0] == "sudo -n true"
    assert all(command.startswith("sudo -n ") for command in system.commands)


def test_the_one_command_is_named_where_a_password_is_needed(run: ModuleType, system: System) -> None:
    system.sudo_asks = True
    system.there -= {"libGL.so.1", "libglib-2.0.so.0"}
    with pytest.raises(run.SetUpError, match=r"sudo apt-get install libglib2\.0-0 libgl1$"):
        run.require(run.table("qt"))
    assert system.commands == ["sudo -n true"]


def test_the_libraries_are_named_where_there_is_no_apt(run: ModuleType, system: System) -> None:
    system.programs.clear()
    system.there.remove("libxcb-cursor.so.0")
    with pytest.raises(run.SetUpError, match=r"libxcb-cursor\.so\.0"):
        run.require(run.table("window"))
    assert system.commands == []


def test_a_failed_installation_names_the_command_and_the_log(run: ModuleType, system: System) -> None:
    system.user = 0
    system.apt_works = False
    system.there.remove("libGL.so.1")
    with pytest.raises(run.SetUpError) as caught:
        run.require(run.table("qt"))
    assert "sudo apt-get install libgl1" in str(caught.value)
    assert str(run.LOG) in str(caught.value)


def test_libraries_are_told_by_loading_and_files_by_looking(run: ModuleType, tmp_path: Path) -> None:
    assert not run.is_there("libsurely-not-on-any-system.so.9")
    assert run.is_there(str(tmp_path)) == (sys.platform != "win32")
    assert not run.is_there("/surely/not/here")


def test_the_window_library_that_does_not_load_is_said_with_its_reason(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "is_there", lambda library: True)
    monkeypatch.setattr(run, "logged", lambda *_: (1, "Traceback ...\nImportError: libzstd.so.1: no such file\n"))
    with pytest.raises(run.SetUpError, match=r"does not load: ImportError: libzstd\.so\.1"):
        run.set_up_system("qt")


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk is full"),
        ("NewConnectionError: Failed to establish a new connection: Name or service not known", "internet connection"),
        ("error: Failed to fetch: `simple/numpy`\n  Caused by: dns error", "internet connection"),
        ("ReadTimeoutError: Read timed out.", "internet connection"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "not the file that was locked"),
        ("ERROR: No matching distribution found for pyside6-essentials==6.11.3", "not published for this system"),
        ("something nobody has seen before", "could not be installed"),
    ],
)
def test_why_libraries_could_not_be_installed(output: str, sentence: str, run: ModuleType) -> None:
    said = run.why_not_installed(output)
    assert sentence in said
    assert str(run.LOG) in said


def test_pip_stands_in_where_uv_fails(
    run: ModuleType, environment: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands: list[tuple[object, ...]] = []

    def logged(*command: object) -> tuple[int, str]:
        commands.append(command)
        return (1, "uv is too old") if command[0] == "/usr/bin/uv" else (0, "")

    monkeypatch.setattr(run, "which", lambda name: "/usr/bin/uv" if name == "uv" else None)
    monkeypatch.setattr(run, "logged", logged)
    (environment / "pip").mkdir()
    run.install("--require-hashes", "-r", "requirements.lock")
    assert commands[0][:3] == ("/usr/bin/uv", "pip", "install")
    assert commands[1] == (run.PYTHON, "-m", "pip", "install", "--require-hashes", "-r", "requirements.lock")
    assert "trying pip" in capsys.readouterr().err


def test_a_python_without_ensurepip_gets_it_or_says_how(
    run: ModuleType, system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.VENV.mkdir()
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    system.sudo_asks = True
    with pytest.raises(run.SetUpError, match=f"sudo apt-get install {package}"):
        run.prepare_environment()
    system.user = 0
    run.prepare_environment()
    assert any(command.endswith(f" install -y -q --no-install-recommends {package}") for command in system.commands)
    assert "-m venv" in system.commands[-1]


def test_the_log_has_the_output_and_private_settings_stay_private(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.VENV.mkdir()
    monkeypatch.setenv("PYTHONPATH", "/somewhere/else")
    code = "import os; print('é', os.environ.get('PYTHONPATH'), os.environ['PYTHONUTF8']); raise SystemExit(3)"
    status, output = run.logged(sys.executable, "-c", code)
    assert (status, output) == (3, "é None 1\n")
    log = run.LOG.read_text("utf-8")
    assert "é None 1\n-> 3\n" in log
    assert run.logged("surely-not-a-program")[0] == 127
