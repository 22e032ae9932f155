"""Settings are typed, survive a restart, and a broken file is put aside, not lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.settings import SETTINGS, Settings, config_folder, documents_folder, system_language


def test_every_default_is_allowed() -> None:
    for name, setting in SETTINGS.items():
        assert setting.accepts(setting.default), name


def test_a_value_survives_a_restart(home: Path) -> None:
    Settings().set("appearance", "dark")
    assert Settings().get("appearance") == "dark"
    assert (home / "settings.json").is_file()


@pytest.mark.parametrize(
    ("name", "value"),
    [("appearance", "pink"), ("language", "fr"), ("text_scale", 7.0), ("text_size", True), ("text_size", "15")],
)
def test_a_value_that_is_not_allowed_is_refused(name: str, value: object) -> None:
    settings = Settings()
    with pytest.raises(ValueError, match=name):
        settings.set(name, value)
    assert settings.get(name) == SETTINGS[name].default


def test_a_name_that_is_not_declared_is_a_fault() -> None:
    with pytest.raises(KeyError):
        Settings().get("colour_of_socks")


def test_a_broken_file_is_put_aside(home: Path) -> None:
    (home / "settings.json").write_text("{ not json", encoding="utf-8")
    settings = Settings()
    assert settings.get("appearance") == "system"
    assert settings.broken is not None
    assert settings.broken.read_text(encoding="utf-8") == "{ not json"
    settings.set("appearance", "light")
    assert Settings().broken is None


def test_a_value_of_a_wrong_kind_in_the_file_is_passed_over(home: Path) -> None:
    data = {"settings": {"text_scale": "large", "appearance": "dark", "gone": 1}, "recent": [], "projects": {}}
    (home / "settings.json").write_text(json.dumps(data), encoding="utf-8")
    settings = Settings()
    assert settings.get("text_scale") == 1.0
    assert settings.get("appearance") == "dark"


def test_recent_projects_stand_last_first_and_once(tmp_path: Path) -> None:
    settings = Settings()
    for name in ("a", "b", "a"):
        settings.add_recent(tmp_path / f"{name}.telaah", name.upper(), "2026-05-12T10:00")
    assert [one.title for one in Settings().recent()] == ["A", "B"]
    settings.remove_recent(tmp_path / "a.telaah")
    assert [one.title for one in Settings().recent()] == ["B"]


def test_what_is_remembered_of_a_project_is_given_back() -> None:
    Settings().keep_project_state("guid", {"front": "matrices", "place": [1, 2]})
    assert Settings().project_state("guid") == {"front": "matrices", "place": [1, 2]}
    assert Settings().project_state("other") == {}


@pytest.mark.parametrize(
    ("locale_name", "language"),
    [("id_ID.UTF-8", "id"), ("id", "id"), ("en_GB.UTF-8", "en"), ("nl_NL.UTF-8", "en"), ("C", "en"), ("is_IS", "en")],
)
def test_the_first_language_is_the_systems(monkeypatch: pytest.MonkeyPatch, locale_name: str, language: str) -> None:
    monkeypatch.setenv("LC_ALL", locale_name)
    assert system_language() == language
    assert Settings().language == language


def test_a_chosen_language_stays_whatever_the_system_says(monkeypatch: pytest.MonkeyPatch) -> None:
    Settings().set("language", "en")
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")
    assert Settings().language == "en"


def test_folders_lie_where_the_variable_says(home: Path) -> None:
    assert config_folder() == home
    assert documents_folder() == home / "Documents"


def test_settings_that_cannot_be_kept_hold_until_the_end(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be", encoding="utf-8")
    settings = Settings(tmp_path / "taken")
    settings.set("appearance", "dark")
    settings.set("text_size", 18)
    assert settings.get("appearance") == "dark"
    assert isinstance(settings.problem, OSError)
    assert len(caplog.records) == 1
