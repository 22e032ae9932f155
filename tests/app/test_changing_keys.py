"""Keys that a person gives to actions: set, taken from another, kept, given back, printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.actions.registry import ActionRegistry
from app.context import Context
from app.dialogs.change_keys import KeysDialog
from app.dialogs.shortcuts import ShortcutSheet
from app.main_window import MainWindow
from app.printing.keys import KeysPaper
from app.settings import Settings

CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@pytest.fixture
def sheet(window: MainWindow, qtbot: QtBot) -> Iterator[ShortcutSheet]:
    window.ctx.actions.run("help.show_shortcuts")
    shown = window.findChild(ShortcutSheet)
    assert isinstance(shown, ShortcutSheet)
    yield shown
    shown.accept()


def change(sheet: ShortcutSheet, qtbot: QtBot, name: str) -> KeysDialog:
    button = sheet.findChild(QAbstractButton, f"change_{name}")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = sheet.findChild(KeysDialog)
    assert isinstance(dialog, KeysDialog)
    return dialog


def test_keys_are_changed_work_and_are_kept(sheet: ShortcutSheet, window: MainWindow, qtbot: QtBot) -> None:
    actions = window.ctx.actions
    dialog = change(sheet, qtbot, "help.show_shortcuts")
    qtbot.keyClick(dialog.keys, Qt.Key.Key_K, CTRL_ALT)
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert actions.get("help.show_shortcuts").shortcuts == ("Ctrl+Alt+K",)
    assert actions.qaction("help.show_shortcuts").shortcut() == QKeySequence("Ctrl+Alt+K")
    assert Settings().get("keys") == {"help.show_shortcuts": ["Ctrl+Alt+K"]}


def test_keys_of_another_are_named_and_taken(sheet: ShortcutSheet, window: MainWindow, qtbot: QtBot) -> None:
    actions = window.ctx.actions
    dialog = change(sheet, qtbot, "help.show_shortcuts")
    qtbot.keyClick(dialog.keys, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert "Open…" in dialog.said.text()
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert actions.get("project.open").shortcuts == ()
    actions.set_keys("project.open", None)
    assert actions.get("project.open").shortcuts == ("Ctrl+O",)
    assert "Ctrl+O" not in actions.get("help.show_shortcuts").shortcuts


def test_a_letter_is_refused_and_the_first_keys_come_back(
    sheet: ShortcutSheet, window: MainWindow, qtbot: QtBot
) -> None:
    dialog = change(sheet, qtbot, "project.save_copy")
    qtbot.keyClick(dialog.keys, Qt.Key.Key_K)
    assert not dialog.save.isEnabled()
    dialog.reject()
    window.ctx.actions.set_keys("project.save_copy", ["F9"])
    dialog = KeysDialog(window.ctx, sheet, window.ctx.actions.get("project.save_copy"))
    dialog._on_first()
    assert window.ctx.actions.get("project.save_copy").shortcuts == ("Ctrl+Shift+S",)
    assert Settings().get("keys") == {}


def test_kept_keys_are_those_of_the_next_start(ctx: Context, home: Path) -> None:
    ctx.settings.set("keys", {"project.open": ["F9"], "gone.action": ["F8"]})
    from app.actions.registry import Action

    registry = ActionRegistry(ctx)
    registry.add([Action("project.open", "Open…", lambda: None, ("Ctrl+O",))])
    assert registry.get("project.open").shortcuts == ("F9",)
    assert registry.first_keys("project.open") == ("Ctrl+O",)


def test_every_action_is_listed_when_asked_for(sheet: ShortcutSheet, window: MainWindow) -> None:
    with_keys = set(sheet.shown())
    sheet.all.setChecked(True)
    assert set(sheet.shown()) == {action.id for action in window.ctx.actions.all()}
    assert with_keys < set(sheet.shown())


def test_the_sheet_is_printed(sheet: ShortcutSheet, window: MainWindow, tmp_path: Path) -> None:
    KeysPaper(window.ctx.words, sheet.groups()).save(tmp_path / "keys.pdf")
    document = pypdfium2.PdfDocument(str(tmp_path / "keys.pdf"))
    printed = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    for name, keys in (row for _, rows in sheet.groups() for row in rows):
        assert name in printed
        assert keys.split()[0] in printed
