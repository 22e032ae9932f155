"""The folder of a real study dropped on the window: all that should come in is in, after a handful of questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.dialogs.import_preview import ImportDialog
from app.dialogs.import_summary import SummaryDialog
from coding.project import Project
from coding.transcripts.queries import source_text, sources
from tests.data.messy.make import ANSWERS, EXPECTED, Fate, Kept, write

if TYPE_CHECKING:
    from .conftest import Room

MOST_QUESTIONS = 5


def answered(dialog: ImportDialog, qtbot: QtBot) -> list[str]:
    """Answer as the researcher would; gives the labels asked about."""
    asked = []
    while dialog.doubt.asking:
        label = dialog.doubt.label
        asked.append(label)
        kind = ANSWERS[label.casefold()] if label else "keep"
        button = dialog.doubt.keep if kind == "keep" else dialog.doubt.buttons[kind]
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: dialog.reader.reading == 0, timeout=60_000)
    return asked


def fates(dialog: ImportDialog, folder: Path) -> dict[str, Fate]:
    """What became of each file, as the list of the import has it."""
    found: dict[str, Fate] = {path.name: "clutter" for path in dialog.reader.passed_over}
    for path, entry in dialog.reader.entries.items():
        name = path.relative_to(folder).as_posix()
        if entry.error is not None:
            found[name] = entry.error.code
        elif entry.twin:
            found[name] = "duplicate"
    return found


def test_a_folder_as_people_have_it_comes_in_after_five_questions_at_most(
    empty_room: Room, qtbot: QtBot, tmp_path: Path
) -> None:
    room, folder = empty_room, tmp_path / "Skripsi"
    write(folder)
    room.workspace.importing.preview([folder])
    qtbot.waitUntil(lambda: room.workspace.importing.dialog is not None, timeout=20_000)
    dialog = room.workspace.importing.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.reader.reading == 0, timeout=120_000)
    asked = answered(dialog, qtbot)
    assert len(asked) <= MOST_QUESTIONS, asked
    assert len(set(asked)) == len(asked)
    assert fates(dialog, folder) == {name: fate for name, fate in EXPECTED.items() if isinstance(fate, str)}
    kept = {entry.finished().name: path for path, entry in dialog.reader.entries.items() if entry.comes_in}
    dialog.go.click()
    room.idle()
    assert room.window.findChild(SummaryDialog) is not None
    assert room.ctx.project is not None
    with Project.open(room.ctx.project.path, read_only=True) as project:
        found: dict[str, Fate] = {}
        for row in sources(project):
            opened = source_text(project, row.guid)
            turns = len(opened.turns) if row.turns else 0
            found[kept[row.name].relative_to(folder).as_posix()] = Kept(row.method, row.informants, turns, row.date)
    expected = {name: fate for name, fate in EXPECTED.items() if isinstance(fate, Kept)}
    assert set(found) == set(expected)
    for name, fate in expected.items():
        got = found[name]
        assert isinstance(got, Kept)
        assert (got.method, got.informants, got.date) == (fate.method, fate.informants, fate.date), name
        assert fate.turns in (None, got.turns), name
