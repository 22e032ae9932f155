"""The window with its real workspaces on the sample project."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from app.context import Context
from app.main_window import MainWindow, present_places
from coding.segments.editing import remove
from coding.segments.queries import segments

Idle = Callable[[Context], None]
KEYS = {"transcripts": Qt.Key.Key_1, "matrices": Qt.Key.Key_3, "report": Qt.Key.Key_5}


@pytest.fixture
def full(window: MainWindow, sample_file: Path, tmp_path: Path, idle: Idle, qtbot: QtBot) -> MainWindow:
    """The window on a copy of the sample project."""
    path = tmp_path / "sample.telaah"
    shutil.copyfile(sample_file, path)
    window.activateWindow()
    window.ctx.open_project(path)
    idle(window.ctx)
    qtbot.waitUntil(lambda: window.front is not None)
    idle(window.ctx)
    return window


def test_the_workspaces_are_those_of_the_bar() -> None:
    assert set(KEYS) <= {place.key for place in present_places()}


def test_every_workspace_comes_up_in_both_languages_and_appearances(
    full: MainWindow, qtbot: QtBot, idle: Idle, notices: list[tuple[str, str, str]]
) -> None:
    for key, keyboard_key in KEYS.items():
        qtbot.keyClick(full, keyboard_key, Qt.KeyboardModifier.ControlModifier)
        idle(full.ctx)
        assert full.front is not None
        assert full.front.key == key
        for language, appearance in (("id", "dark"), ("en", "light")):
            full.ctx.set_language(language)
            full.ctx.set_appearance(appearance)
            idle(full.ctx)
            assert not full.grab().isNull()
    assert notices == []


def test_every_button_in_sight_has_a_name(full: MainWindow, idle: Idle) -> None:
    for key in KEYS:
        full.show_workspace(key)
        idle(full.ctx)
        for control in full.findChildren(QAbstractButton):
            if control.isVisible():
                assert control.text() or control.accessibleName(), f"{key}: {control.objectName()} {control}"
        for field in full.findChildren(QLineEdit):
            if field.isVisible() and not isinstance(field.parent(), QAbstractSpinBox):
                assert field.accessibleName() or field.placeholderText(), f"{key}: {field.objectName()}"


def test_no_keys_mean_two_things_in_one_workspace(full: MainWindow, idle: Idle) -> None:
    for key in KEYS:
        full.show_workspace(key)
        idle(full.ctx)
    for key in KEYS:
        seen: dict[str, str] = {}
        for action in full.ctx.actions.all():
            if action.sheet in ("", key):
                for keys in action.shortcuts:
                    assert keys not in seen, f"{keys}: {action.id} and {seen[keys]}"
                    seen[keys] = action.id


def test_undo_brings_back_what_every_workspace_shows(full: MainWindow, qtbot: QtBot, idle: Idle) -> None:
    ctx = full.ctx
    counts: list[int] = []

    def count() -> int:
        ctx.read(segments, lambda rows: counts.append(len(rows)))
        idle(ctx)
        return counts[-1]

    guids: list[str] = []
    ctx.read(segments, lambda rows: guids.extend(row.guid for row in rows[:5]))
    idle(ctx)
    before = count()
    ctx.operate("Remove {count} coded segments", lambda op: remove(op, guids), count=5)
    idle(ctx)
    assert count() == before - 5
    assert full.status.counts.text().startswith(f"{before - 5} ")
    qtbot.keyClick(full, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    idle(ctx)
    assert count() == before
    assert full.status.counts.text().startswith(f"{before} ")


def test_projects_can_be_closed_and_opened_again_and_again(full: MainWindow, idle: Idle, qtbot: QtBot) -> None:
    assert full.ctx.project is not None
    path = full.ctx.project.path
    for key in KEYS:
        full.show_workspace(key)
        idle(full.ctx)
        full.ctx.close_project()
        idle(full.ctx)
        assert full.pages.currentWidget() is full.start_page
        full.ctx.open_project(path)
        idle(full.ctx)
        qtbot.waitUntil(lambda k=key: full.front is not None and full.front.key == k)
    idle(full.ctx)


def test_the_window_fits_a_small_screen_at_one_and_a_half_times(full: MainWindow, idle: Idle, qtbot: QtBot) -> None:
    for key in KEYS:
        full.show_workspace(key)
        idle(full.ctx)
        full.resize(911, 512)
        idle(full.ctx)
        assert (full.width(), full.height()) == (911, 512), key


def test_no_menu_is_higher_than_a_small_screen(window: MainWindow, sample_ctx: Context, idle: Idle) -> None:
    for key in ("transcripts", "evidence", "matrices", "review", "report"):
        sample_ctx.show_workspace(key)
        idle(sample_ctx)
        window.menus.make()
        for entry in window.menuBar().actions():
            menu = entry.menu()
            assert isinstance(menu, QMenu)
            assert menu.sizeHint().height() < 720, (key, entry.text())
            lines = menu.actions()
            assert all(line.text() or line.isSeparator() or line.menu() for line in lines)
            assert not any(a.isSeparator() and b.isSeparator() for a, b in pairwise(lines))
    # a key that the text takes itself stands there, too
    assert sample_ctx.actions.qaction("segment.star").text().endswith("\t*")
