"""The start page, the dialog of a new project, and the projects opened before."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app import main_window as main_window_module
from app.context import Context
from app.dialogs.new_project import NewProjectDialog, file_stem
from app.jobs.threads import Job
from app.main_window import MainWindow
from app.start_page import STEPS, StartPage
from coding.codes.queries import frameworks
from coding.project import Project
from coding.words import Words

Idle = Callable[[Context], None]


@pytest.fixture(autouse=True)
def no_workspaces(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes after opening is not looked at here."""
    monkeypatch.setattr(main_window_module, "present_places", lambda: ())


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> NewProjectDialog:
    """The dialog of a new project, opened from the start page."""
    qtbot.mouseClick(window.start_page.new_button, Qt.MouseButton.LeftButton)
    shown = window.findChild(NewProjectDialog)
    assert shown is not None
    return shown


def words_on(page: StartPage) -> str:
    return " ".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def test_an_empty_start_page_says_what_to_do(window: MainWindow) -> None:
    shown = words_on(window.start_page)
    assert "No project yet" in shown
    for step in STEPS:
        assert step in shown
    assert not window.start_page.remove_button.isVisible()


def test_projects_opened_before_are_listed_last_first(
    window: MainWindow, idle: Idle, tmp_path: Path, qtbot: QtBot
) -> None:
    for name in ("one", "two"):
        Project.create(tmp_path / f"{name}.telaah", name, "id", ["jones"], "Ani").close()
        window.ctx.open_project(tmp_path / f"{name}.telaah")
        idle(window.ctx)
    window.ctx.close_project()
    idle(window.ctx)
    page = window.start_page
    assert page.recent.count() == 2
    assert "two" in page.recent.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    qtbot.keyClick(page.recent, Qt.Key.Key_Down)
    qtbot.keyClick(page.recent, Qt.Key.Key_Return)
    idle(window.ctx)
    assert window.ctx.project is not None
    assert window.ctx.project.title == "one"


def test_a_missing_file_is_marked_and_can_be_taken_off(
    window: MainWindow, idle: Idle, tmp_path: Path, qtbot: QtBot
) -> None:
    there = tmp_path / "there.telaah"
    Project.create(there, "There", "id", ["jones"], "Ani").close()
    settings, page = window.ctx.settings, window.start_page
    settings.add_recent(tmp_path / "gone.telaah", "Gone", "2026-05-12T10:00+07:00")
    settings.add_recent(there, "There", "2026-05-13T10:00+07:00")
    page.refresh()
    idle(window.ctx)
    assert [page.recent.is_missing(row) for row in (0, 1)] == [False, True]
    assert "file missing" in page.recent.item(1).data(Qt.ItemDataRole.AccessibleTextRole)
    page.recent.setCurrentRow(1)
    qtbot.keyClick(page.recent, Qt.Key.Key_Delete)
    assert [one.title for one in settings.recent()] == ["There"]
    page.remove_button.click()
    assert settings.recent() == []
    assert there.is_file()
    assert "No project yet" in words_on(page)


def test_a_missing_file_that_is_opened_all_the_same_is_said_on_the_page(
    window: MainWindow, idle: Idle, tmp_path: Path, notices: list[tuple[str, str, str]]
) -> None:
    window.start_page.recent.opened.emit(tmp_path / "gone.telaah")
    idle(window.ctx)
    assert [kind for _, kind, _ in notices] == ["error"]
    assert window.pages.currentWidget() is window.start_page
    assert window.notices.isVisible()


def test_the_start_page_changes_its_language(indonesian: Words, window: MainWindow) -> None:
    window.ctx.set_language("id")
    assert window.start_page.new_button.text() == "Proyek baru…"
    window.ctx.set_language("en")
    assert window.start_page.new_button.text() == "New project…"


def test_the_sample_opens_from_the_start_page(
    window: MainWindow, idle: Idle, home: Path, qtbot: QtBot, notices: list[tuple[str, str, str]]
) -> None:
    for number in (1, 2):
        qtbot.mouseClick(window.start_page.sample_button, Qt.MouseButton.LeftButton)
        idle(window.ctx)
        assert window.ctx.project is not None
        assert window.ctx.project.path.parent == home / "Documents" / "Telaah"
        assert len(list(window.ctx.project.path.parent.glob("*.telaah"))) == number
        assert str(home / "Documents" / "Telaah") in notices[-1][0]
        window.ctx.close_project()
        idle(window.ctx)


def test_the_file_follows_the_title(dialog: NewProjectDialog, home: Path) -> None:
    dialog.title.setText("Implementasi: program/kartu?")
    assert dialog.path() == home / "Documents" / "Implementasi program kartu.telaah"
    (home / "Documents" / "Taken.telaah").touch()
    dialog.title.setText("Taken")
    assert dialog.path().name == "Taken (2).telaah"


@pytest.mark.parametrize(
    ("title", "stem"),
    [("A/B", "A B"), ("  x.  ", "x"), ("???", ""), ("Nilai “baik”", "Nilai “baik”"), ("y" * 300, "y" * 80)],
)
def test_a_title_becomes_a_name_that_every_system_allows(title: str, stem: str) -> None:
    assert file_stem(title) == stem


def test_what_is_missing_is_said_under_its_field(dialog: NewProjectDialog, tmp_path: Path) -> None:
    dialog.coder.clear()
    dialog.create_button.click()
    assert dialog.isVisible()
    assert dialog.title.accessibleDescription() == "Give the study a title."
    assert dialog.coder.accessibleDescription() == "Give the name that your coded segments carry."
    dialog.title.setText("Study")
    assert dialog.title.accessibleDescription() == ""
    dialog.coder.setText("Ani")
    dialog.file.setText(str(tmp_path / "nowhere" / "study.telaah"))
    dialog.create_button.click()
    assert "nowhere" in dialog.file.accessibleDescription()
    (tmp_path / "taken.telaah").touch()
    dialog.file.setText(str(tmp_path / "taken"))
    dialog.create_button.click()
    assert "taken.telaah exists already" in dialog.file.accessibleDescription()


def test_a_project_is_made_as_asked(dialog: NewProjectDialog, window: MainWindow, idle: Idle, tmp_path: Path) -> None:
    dialog.title.setText("Studi kartu")
    dialog.file.setText(str(tmp_path / "kartu"))
    dialog.coder.setText("Ani")
    for key, box in dialog.frameworks.items():
        box.setChecked(key in ("edward3", "factors"))
    dialog.languages.button(0).setChecked(True)
    dialog.create_button.click()
    idle(window.ctx)
    project = window.ctx.project
    assert project is not None
    assert (project.title, project.coder, project.language) == ("Studi kartu", "Ani", "id")
    assert project.path == tmp_path / "kartu.telaah"
    keys: list[str] = []
    window.ctx.read(frameworks, lambda rows: keys.extend(row.key for row in rows))
    idle(window.ctx)
    assert keys == ["edward3", "factors"]
    assert window.ctx.settings.get("coder") == "Ani"
    assert window.windowTitle() == "Studi kartu – Telaah"


def test_what_the_disk_refuses_is_said_in_the_dialog(
    dialog: NewProjectDialog, window: MainWindow, idle: Idle, tmp_path: Path, notices: list[tuple[str, str, str]]
) -> None:
    dialog.title.setText("Study")
    dialog.coder.setText("Ani")
    path, pressed = tmp_path / "study.telaah", threading.Event()
    dialog.file.setText(str(path))
    # somebody else makes the file between the question and the answer
    window.ctx.jobs.writer.queue(Job(lambda: (pressed.wait(), path.touch()), None, window.ctx.say_error))
    dialog.create_button.click()
    pressed.set()
    idle(window.ctx)
    assert dialog.isVisible()
    assert dialog._problem.isVisible()
    assert "study.telaah already exists" in dialog._problem.text()
    assert dialog.create_button.isEnabled()
    assert window.ctx.project is None


def test_enter_makes_and_escape_leaves(dialog: NewProjectDialog, qtbot: QtBot) -> None:
    assert QApplication.focusWidget() in (dialog.title, None)
    qtbot.keyClick(dialog.title, Qt.Key.Key_Return)
    assert dialog.title.accessibleDescription() != ""
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_sample_is_in_the_language_of_the_window_and_the_other_is_one_click_away(
    window: MainWindow, idle: Idle, home: Path, qtbot: QtBot
) -> None:
    page = window.start_page
    found = []
    for language in ("en", "id"):
        window.ctx.set_language(language)
        for button in (page.sample_button, page.other_sample_button):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
            idle(window.ctx)
            assert window.ctx.project is not None
            found.append((language, window.ctx.project.language))
            window.ctx.close_project()
            idle(window.ctx)
    assert found == [("en", "en"), ("en", "id"), ("id", "id"), ("id", "en")]


def test_a_project_says_whose_it_is_and_what_is_open(
    window: MainWindow, sample_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    from coding.review.remarks import set_verdict
    from coding.review.rows import Target
    from coding.segments.queries import segments

    path = tmp_path / "thesis.telaah"
    shutil.copyfile(sample_file, path)
    with Project.open(path) as project:
        project.add_coder("Prof. Wira", "supervisor")
        one, two, *_ = segments(project)
        with project.operation("Review", "Prof. Wira") as op:
            set_verdict(op, Target("segment", one.guid), "question")
            set_verdict(op, Target("segment", two.guid), "agreed")
    window.ctx.settings.add_recent(path, "Thesis", "2026-11-20T08:00")
    window.start_page.refresh()

    def said() -> str:
        return str(window.start_page.recent.item(0).data(Qt.ItemDataRole.AccessibleTextRole))

    qtbot.waitUntil(lambda: "1 open point" in said(), timeout=10_000)
    assert said().startswith("Thesis, Dinar Anggraini, 1 open point, ")
