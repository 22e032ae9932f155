"""Settings of the person at this computer: declared, typed, kept in one readable JSON file.

What belongs to a study is in the project; what belongs to a person (language, window, recent projects) is here.
"""

from __future__ import annotations

import json
import locale
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coding.words import LANGUAGES

HOME_VARIABLE = "TELAAH_HOME"
"""The environment variable that names one folder for settings, logs and samples instead of the system's."""

_RECENT_LIMIT = 20
_STATES_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its default, which also says its type, what it may be, and how far it may go."""

    default: Any
    choices: tuple[Any, ...] = ()
    least: float | None = None
    most: float | None = None

    def accepts(self, value: Any) -> bool:
        """Whether `value` has the right type and lies within what is allowed."""
        kind: Any = (int, float) if isinstance(self.default, float) else type(self.default)
        if not isinstance(value, kind) or (isinstance(value, bool) and not isinstance(self.default, bool)):
            return False
        if self.choices and value not in self.choices:
            return False
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)


SETTINGS: Mapping[str, Setting] = {
    # "" means: not chosen yet, follow the system
    "language": Setting("", ("", *LANGUAGES)),
    "appearance": Setting("system", ("system", "light", "dark")),
    "text_scale": Setting(1.0, least=0.75, most=2.0),
    "text_family": Setting(""),
    "text_size": Setting(15, least=10, most=32),
    # characters of a full line of a transcript
    "text_width": Setting(75, least=45, most=120),
    "turn_numbers": Setting(False),
    "line_numbers": Setting(False),
    "time_codes": Setting(True),
    "stripes": Setting("all", ("all", "code", "recent", "coder", "framework")),
    # "system" follows the system where it tells
    "contrast": Setting("system", ("system", "more", "normal")),
    "single_letter_keys": Setting(True),
    "coder": Setting(""),
    "last_folder": Setting(""),
    "window": Setting({}),
    "codebook": Setting({}),
    "side_windows": Setting({}),
    # by action: the keys that the person gave it
    "keys": Setting({}),
    # whether an import keeps the files themselves, beside their texts
    "keep_originals": Setting(True),
    # by the heads of a table: the number of the column that holds each role, as the person said
    "table_columns": Setting({}),
    # whether the cells of a matrix show an exemplar each
    "matrix_quotations": Setting(True),
    "first_project_made": Setting(False),
}


def config_folder() -> Path:
    """Where settings live on this system."""
    if home := os.environ.get(HOME_VARIABLE):
        return Path(home)
    import platformdirs

    return Path(platformdirs.user_config_dir("Telaah", appauthor=False))


def log_folder() -> Path:
    """Where the log file lives on this system."""
    if home := os.environ.get(HOME_VARIABLE):
        return Path(home) / "log"
    import platformdirs

    return Path(platformdirs.user_log_dir("Telaah", appauthor=False))


def documents_folder() -> Path:
    """Where a person looks for their own files."""
    if home := os.environ.get(HOME_VARIABLE):
        return Path(home) / "Documents"
    import platformdirs

    return Path(platformdirs.user_documents_dir())


def system_language() -> str:
    """`"id"` on an Indonesian system, else `"en"`."""
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    chosen = next((name for name in names if name), "")
    if not chosen:
        chosen = locale.getlocale()[0] or ""
    lowered = chosen.lower()
    return "id" if lowered.startswith(("id_", "id-", "id.", "indonesia")) or lowered == "id" else "en"


@dataclass(frozen=True, slots=True)
class Recent:
    """A project opened before; the file may have gone since."""

    path: Path
    title: str
    opened: str


class Settings:
    """The settings file, read once and written whenever something changes.

    A file that can't be understood is kept beside the new one as `settings.broken.json` (`broken`); the defaults apply.
    Where the file can't be read or written at all, `problem` says why, and settings hold until the program ends.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or config_folder()
        self.path = self.folder / "settings.json"
        self.broken: Path | None = None
        self.problem: OSError | None = None
        self._values, self._recent, self._states = self._read()

    def _read(self) -> tuple[dict[str, Any], list[Recent], dict[str, Any]]:
        try:
            data = json.loads(self.path.read_text(encoding="utf-8"))
            values = {k: v for k, v in data["settings"].items() if k in SETTINGS and SETTINGS[k].accepts(v)}
            recent = [Recent(Path(r["path"]), str(r["title"]), str(r["opened"])) for r in data["recent"]]
            return values, recent, dict(data["projects"])
        except FileNotFoundError:
            return {}, [], {}
        except OSError as error:
            self._not_kept(error)
            return {}, [], {}
        except (ValueError, KeyError, TypeError, AttributeError):
            self.broken = self.path.with_suffix(".broken.json")
            self.path.replace(self.broken)
            return {}, [], {}

    def _write(self) -> None:
        recent = [{"path": str(r.path), "title": r.title, "opened": r.opened} for r in self._recent]
        data = {"settings": self._values, "recent": recent, "projects": self._states}
        draft = self.path.with_suffix(".part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
            draft.replace(self.path)
        except OSError as error:
            self._not_kept(error)

    def _not_kept(self, error: OSError) -> None:
        # settings that can't be kept are no reason not to work; they hold until the program ends
        if self.problem is None:
            logging.getLogger("telaah").warning("settings: %s", error)
        self.problem = error

    def get(self, name: str) -> Any:
        """The value of the declared setting `name`; its default when it was never set."""
        return self._values.get(name, SETTINGS[name].default)

    def set(self, name: str, value: Any) -> None:
        """Keep `value` under the declared setting `name`. Raises ValueError when the setting does not allow it."""
        if not SETTINGS[name].accepts(value):
            raise ValueError(f"{name} can't be {value!r}")
        if self.get(name) != value:
            self._values[name] = value
            self._write()

    @property
    def language(self) -> str:
        """The language of the interface: the chosen one, else the system's."""
        return self.get("language") or system_language()

    def recent(self) -> list[Recent]:
        """Projects opened before, the last one first."""
        return list(self._recent)

    def add_recent(self, path: Path, title: str, opened: str) -> None:
        """Put a project at the head of the recent ones; `opened` is an ISO date with time."""
        self._recent = [r for r in self._recent if r.path != path]
        self._recent.insert(0, Recent(path, title, opened))
        del self._recent[_RECENT_LIMIT:]
        self._write()

    def remove_recent(self, path: Path) -> None:
        """Take a project off the recent ones; its file is not touched."""
        self._recent = [r for r in self._recent if r.path != path]
        self._write()

    def project_state(self, guid: str) -> dict[str, Any]:
        """What the window remembered about the project `guid`: the open source, places, splitters."""
        return dict(self._states.get(guid, {}))

    def keep_project_state(self, guid: str, state: dict[str, Any]) -> None:
        """Remember `state` (plain JSON values) for the project `guid`."""
        self._states.pop(guid, None)
        self._states[guid] = state
        while len(self._states) > _STATES_LIMIT:
            del self._states[next(iter(self._states))]
        self._write()
