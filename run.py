"""Sets Telaah up where something is missing, then starts it. Standard library only.

This file stands before every start: nothing heavy is imported until something has to be set up, and what was set up is
remembered in `.venv/ready-*`, each a stamp of all it was made from. `.venv/setup.log` has every word of the last
set-up. Words for people go to standard error, so that a command's own output stays clean.
"""

import os
import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Telaah memerlukan Python 3.11 atau lebih baru."
        if os.environ.get("LANG", "").startswith("id")
        else "Telaah needs Python 3.11 or newer."
    )

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOG = VENV / "setup.log"
LOCK = VENV / "setup.lock"
UNFINISHED = VENV / "unfinished"
LINUX = sys.platform.startswith("linux")
if sys.platform == "win32":
    PYTHON, SITE = VENV / "Scripts" / "python.exe", VENV / "Lib" / "site-packages"
else:
    PYTHON = VENV / "bin" / "python"
    SITE = VENV / "lib" / "python{}.{}".format(*sys.version_info) / "site-packages"

LOCKS = {"packages": "requirements.lock", "tests": "tests/requirements.lock"}
OWN = ("app", "coding", "frameworks", "resources")


class SetUpError(Exception):
    """What the world did wrong, in one sentence."""


def language() -> str:
    """'id' where the system speaks Indonesian, else 'en'."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "id" if value.lower() == "id" or value.lower().startswith(("id_", "id-", "id.")) else "en"
    if sys.platform == "win32":
        import ctypes

        indonesian = 0x21  # the primary language is in the low ten bits
        return "id" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == indonesian else "en"
    return "en"


def table(name: str) -> dict[str, Any]:
    """The table `name` of resources/launcher.toml."""
    import tomllib

    found: dict[str, Any] = tomllib.loads((ROOT / "resources" / "launcher.toml").read_text("utf-8"))[name]
    return found


def words(key: str, **params: object) -> str:
    """The message `key` in the system's language."""
    return str(table(language())[key]).format(**params)


def say(sentence: object) -> None:
    """Print `sentence` on standard error."""
    print(f"Telaah: {sentence}", file=sys.stderr, flush=True)


def tell(key: str, **params: object) -> None:
    """Print the message `key` on standard error."""
    say(words(key, **params))


def stamp(part: str) -> str:
    """A hash of all that `part` of the set-up is made from."""
    import hashlib

    made_from = hashlib.sha256(repr((sys.version, sys.base_prefix, str(ROOT))).encode())
    for name in ("pyproject.toml", *(LOCKS.values() if part == "tests" else [LOCKS["packages"]])):
        made_from.update((ROOT / name).read_bytes())
    return made_from.hexdigest()


def is_ready(part: str) -> bool:
    """Whether `part` was set up from just what is here now, and nothing that was installed then has gone since."""
    try:
        recorded, *installed = (VENV / f"ready-{part}").read_text("utf-8").split("\n")
        there = os.listdir(SITE)  # noqa: PTH208 - names alone
    except (OSError, UnicodeDecodeError):
        return False
    return recorded == stamp(part) and PYTHON.exists() and not UNFINISHED.exists() and set(installed) <= set(there)


def mark_ready(part: str) -> None:
    """Remember that `part` is set up; never half-written."""
    installed = sorted(path.name for path in SITE.iterdir() if path.name != "__pycache__")
    path = VENV / f"ready-{part}"
    new = path.with_suffix(".new")
    new.write_text("\n".join([stamp(part), *installed]), "utf-8", newline="\n")
    new.replace(path)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold the set-up lock, which the system frees when its holder dies; SetUpError where nothing can be written."""
    import time

    try:
        VENV.mkdir(exist_ok=True)
        file = LOCK.open("a+b")
    except OSError as error:
        raise SetUpError(words("cannot_write", path=ROOT, reason=error.strerror)) from error
    with file:
        told = False
        while not locked(file.fileno()):
            if not told:
                tell("waiting")
            told = True
            time.sleep(0.2)
        yield


def locked(file: int) -> bool:
    """Try once to lock the open `file`."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(file, 0, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def which(name: str) -> str | None:
    """Where the program `name` is, if it is on the path."""
    import shutil

    return shutil.which(name)


def logged(*command: str | Path) -> tuple[int, str]:
    """Run `command` in the project folder: its exit status and output. The log gets all, a terminal its latest line."""
    import subprocess

    mine = {"PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PIP_USER": "0"}
    # What would turn a private Python into another one stays outside.
    theirs = {k: v for k, v in os.environ.items() if k not in ("PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__")}
    pipes: Any = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    live = sys.stderr.isatty()
    output = []
    with LOG.open("a", encoding="utf-8", errors="replace") as log:
        print("\n$", *command, file=log, flush=True)
        try:
            process = subprocess.Popen(
                command, cwd=ROOT, env={**theirs, **mine}, **pipes, encoding="utf-8", errors="replace"
            )
        except OSError as error:
            print(error, file=log)
            return 127, str(error)
        with process:
            for line in process.stdout or ():
                print(line, end="", file=log, flush=True)
                output.append(line)
                if live:
                    print(f"\r  {line.strip():<76.76}", end="", file=sys.stderr, flush=True)
        if live:
            print(f"\r{'':<78}\r", end="", file=sys.stderr, flush=True)
        print("->", process.returncode, file=log)
    return process.returncode, "".join(output)


def call(command: list[str], **options: Any) -> int:
    """Run `command` to its end: its exit status. An interruption is the child's to answer."""
    import subprocess

    with subprocess.Popen(command, **options) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue


def is_there(library: str) -> bool:
    """Whether the system's loader finds `library`; of a path, whether it exists."""
    if library.startswith("/"):
        return Path(library).exists()
    import ctypes

    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def require(wanted: dict[str, str]) -> None:
    """Have the libraries and files `wanted`, each with its package, in the system; installed where that may be done.

    Raises SetUpError, naming the one command that helps, where it may not.
    """
    missing = [library for library in wanted if not is_there(library)]
    if not missing:
        return
    if not which("apt-get"):
        raise SetUpError(words("libraries_missing", names=" ".join(missing)))
    as_root = root_prefix()
    if as_root is not None:
        logged(*as_root, "apt-get", "update", "-q")
    packages = [wanted[library] for library in missing]
    if as_root is None:
        raise SetUpError(words("system_missing", command=" ".join(["sudo apt-get install", *packages])))
    apt_install(as_root, packages)
    if not all(is_there(library) for library in missing):
        raise SetUpError(words("libraries_missing", names=" ".join(missing)))


def root_prefix() -> list[str] | None:
    """What to put before a command to run it as root without being asked for a password; None where that cannot be."""
    if sys.platform == "win32" or not which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if which("sudo") and logged("sudo", "-n", "true")[0] == 0 else None


def apt_install(as_root: list[str], packages: list[str]) -> None:
    """Install `packages`; raises SetUpError."""
    tell("system", names=" ".join(packages))
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-q", "--no-install-recommends"]
    if logged(*as_root, *quiet, *packages)[0] != 0:
        raise SetUpError(words("system_failed", command=" ".join(["sudo apt-get install", *packages]), log=LOG))


def set_up_packages(part: str) -> None:
    """The environment with what the lock of `part` pins, and the project itself, editable."""
    prepare_environment()
    tell(part)
    install("--require-hashes", "-r", LOCKS[part])
    install("--no-deps", "--no-build-isolation", "-e", ".")
    logged(PYTHON, "-m", "compileall", "-q", *OWN)
    UNFINISHED.unlink()
    if part == "tests":
        mark_ready("packages")


def prepare_environment() -> None:
    """A sound environment of this very Python in .venv, emptied and made anew where a set-up was broken off."""
    import importlib.util

    if UNFINISHED.exists():
        tell("again")
    elif environment_is_sound():
        UNFINISHED.touch()
        return
    clear_environment()
    UNFINISHED.touch()
    if not importlib.util.find_spec("ensurepip") and not which("uv"):
        # Debian and Ubuntu keep this part of Python in a package of its own.
        package = "python{}.{}-venv".format(*sys.version_info)
        as_root = root_prefix()
        if as_root is None:
            raise SetUpError(words("no_venv", command="sudo apt-get install " + package))
        logged(*as_root, "apt-get", "update", "-q")
        apt_install(as_root, [package])
        importlib.invalidate_caches()
    tell("venv")
    bare = [] if importlib.util.find_spec("ensurepip") else ["--without-pip"]
    python = getattr(sys, "_base_executable", None) or sys.executable
    if logged(python, "-m", "venv", *bare, VENV)[0] != 0:
        raise SetUpError(words("venv_failed", log=LOG))


def environment_is_sound() -> bool:
    """Whether .venv has a Python of this version, from the same place, that can install packages."""
    code = "import sys; print(sys.version, sys.base_prefix)" + ("" if which("uv") else "; import pip")
    status, output = logged(PYTHON, "-c", code)
    return status == 0 and output.strip() == f"{sys.version} {sys.base_prefix}"


def clear_environment() -> None:
    """Empty .venv but for the lock and the log of the set-up going on; raises SetUpError where it is in use."""
    import shutil

    try:
        for path in VENV.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path not in (LOCK, LOG, UNFINISHED):
                path.unlink()
    except OSError as error:
        raise SetUpError(words("in_use", path=VENV, reason=error.strerror)) from error


def install(*what: str) -> None:
    """Install `what` into the environment, with uv where there is one, else with pip; raises SetUpError."""
    status, output = 1, ""
    uv = which("uv")
    if uv:
        status, output = logged(uv, "pip", "install", "--python", PYTHON, "--compile-bytecode", *what)
    if status != 0 and (SITE / "pip").exists():
        if uv:
            tell("uv_failed")
        status, output = logged(PYTHON, "-m", "pip", "install", *what)
    if status != 0:
        raise SetUpError(why_not_installed(output))


def why_not_installed(output: str) -> str:
    """What an installer's `output` says went wrong, in one sentence."""
    import platform

    signs = {
        "no_space": ("no space left", "not enough space", "errno 28"),
        "wrong_hash": ("do not match the hashes", "hash mismatch"),
        "no_network": (
            "connection",
            "timed out",
            "resolve",
            "resolution",
            "dns error",
            "getaddrinfo",
            "failed to fetch",
        ),
        "no_wheel": ("no matching distribution", "matching platform tag", "no solution found"),
    }
    said = output.lower()
    key = next((key for key, texts in signs.items() if any(text in said for text in texts)), "install_failed")
    return words(key, log=LOG, system=platform.platform(), version=platform.python_version())


def set_up_system(part: str) -> None:
    """What `part` needs of the system, and a trial of it; raises SetUpError with the trial's last line."""
    require(table(part))
    plugin = SITE / "PySide6" / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    trials = {
        "qt": "from PySide6 import QtWidgets",
        "window": f"from PySide6 import QtGui; import ctypes; ctypes.CDLL({str(plugin)!r})",
    }
    status, output = logged(PYTHON, "-c", trials.get(part, ""))
    if status != 0:
        raise SetUpError(words("qt_broken", reason=(output.strip() or "?").splitlines()[-1], log=LOG))


def set_up(*parts: str, wished: tuple[str, ...] = ()) -> None:
    """Set up what is missing of `parts`, in that order, and of those `wished` what can be had; raises SetUpError."""
    wanted = [part for part in (*parts, *wished) if LINUX or part in LOCKS]
    if all(is_ready(part) for part in wanted):
        return
    import time

    with one_at_a_time():
        began = time.monotonic()
        LOG.write_text(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {sys.platform} {sys.version}\n", "utf-8")
        # All at once and before anything is downloaded, so that who must install something by hand is told so at once.
        system = [part for part in wanted if part not in LOCKS and part not in wished and not is_ready(part)]
        require({library: package for part in system for library, package in table(part).items()})
        for part in wanted:
            if is_ready(part):  # the start that was waited for may have done it
                continue
            try:
                (set_up_packages if part in LOCKS else set_up_system)(part)
                mark_ready(part)
            except SetUpError as error:
                if part not in wished:
                    raise
                say(error)
        tell("ready", seconds=round(time.monotonic() - began))


def has_screen() -> bool:
    """Whether a window could be seen here."""
    return not LINUX or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def screen_is_chosen() -> bool:
    """Whether windows have a screen to open on, or were told to do without."""
    return has_screen() or bool(os.environ.get("QT_QPA_PLATFORM"))


def program(*arguments: str | Path) -> list[str]:
    """The command that starts Telaah; -P, so that a folder named app where one stands is not taken for it."""
    return [str(PYTHON), "-P", "-m", "app", *map(str, arguments)]


def become(command: list[str]) -> NoReturn:
    """Hand over to `command`; where a process cannot turn into another, end with its exit status."""
    os.environ.pop("__PYVENV_LAUNCHER__", None)
    sys.stdout.flush()
    if sys.platform == "win32":
        sys.exit(call(command))
    os.execv(command[0], command)


def open_program(arguments: list[str]) -> NoReturn:
    """Set up, then Telaah with `arguments`."""
    set_up("packages", *(["qt", "window"] if has_screen() else []))
    become(program(*arguments))


def main_job() -> int:
    """The main job without a window: matrix and factors of the sample project printed, its findings written to Word."""
    tell("no_screen")
    set_up("packages")
    folder = fresh_folder()
    project = folder / "sample.telaah"
    findings = folder / words("findings_file")
    steps: list[list[str | Path]] = [
        ["demo", project],
        ["matrix", project, "--framework", "edward3"],
        ["factors", project],
        ["report", project, findings],
    ]
    for step in steps:
        status = call(program(*step))
        if status != 0:
            return status
        print(flush=True)
    tell("findings", path=findings)
    return 0


def fresh_folder() -> Path:
    """A new folder here, or among the temporary files where here cannot be written to."""
    import tempfile

    for number in range(1, 1000):
        folder = Path.cwd() / ("telaah-sample" if number == 1 else f"telaah-sample-{number}")
        try:
            folder.mkdir()
            return folder
        except FileExistsError:
            continue
        except OSError:
            break
    return Path(tempfile.mkdtemp(prefix="telaah-sample-"))


def run_tests(arguments: list[str]) -> int:
    """The tests, on a virtual screen where there is no other, offscreen where that cannot be had either."""
    set_up("tests", "qt", wished=() if screen_is_chosen() else ("window", "screen"))
    command = [str(PYTHON), "-m", "pytest", *(arguments or ["-n", str(os.cpu_count() or 1), "--dist", "loadfile"])]
    if screen_is_chosen():
        return call(command, cwd=ROOT)
    if is_ready("window") and which("Xvfb"):
        return call([str(PYTHON), str(ROOT / "tests" / "launcher" / "virtual_screen.py"), *command], cwd=ROOT)
    return call_offscreen(command)


def call_offscreen(command: list[str]) -> int:
    """Run `command` with windows that nobody sees: its exit status."""
    tell("offscreen")
    return call(command, cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})


def run_benchmarks(arguments: list[str]) -> int:
    """The benchmarks, offscreen where there is no screen."""
    set_up("tests", "qt", *(["window"] if has_screen() else []))
    command = [str(PYTHON), "-m", "tests.benchmarks.run", *arguments]
    return call(command, cwd=ROOT) if screen_is_chosen() else call_offscreen(command)


def main(arguments: list[str]) -> int:
    """Do what `arguments` ask: the exit status."""
    if not arguments:
        return open_program([]) if has_screen() else main_job()
    word, *others = arguments
    if word == "--":
        open_program(others)
    if word == "test":
        return run_tests(others)
    if word == "bench":
        return run_benchmarks(others)
    if word in ("-h", "--help"):
        print(words("help").strip())
        return 0
    tell("unknown_word", word=word)
    return 2


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except SetUpError as error:
        say(error)
        sys.exit(1)
    except KeyboardInterrupt:
        tell("stopped")
        sys.exit(130)
