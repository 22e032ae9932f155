"""Every kind of file, dropped on the window: preview, import, the kept file and the memo of comments."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.dialogs.import_preview import ImportDialog
from coding.memos.queries import memos
from coding.project import Project
from coding.transcripts.originals import kept_size
from coding.transcripts.queries import source_text, sources
from coding.transcripts.reader_doc import office
from coding.transcripts.readers import read_file

if TYPE_CHECKING:
    from .conftest import Room

FORMATS = Path(__file__).resolve().parents[3] / "data" / "formats"
TWINS = ("odt", "doc", "rtf")
"""Those that would otherwise give the very same text as another: the same text comes in once."""
TABLE = "Pembicara;Ucapan\nPeneliti;Apa?\nRS;Ini 📮.\nPeneliti;Lalu?\nRS;Sudah.\n"
SRT = "1\n00:00:01,250 --> 00:00:03,000\nBudi: Halo, Bu.\n\n2\n00:00:04,000 --> 00:00:06,500\nSiti: Iya.\n"


@contextlib.contextmanager
def project_of(room: Room) -> Iterator[Project]:
    room.idle()
    assert room.ctx.project is not None
    with Project.open(room.ctx.project.path, read_only=True) as project:
        yield project


def dropped(room: Room, qtbot: QtBot, *paths: Path) -> ImportDialog:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(QPoint(400, 300), copy, data, button, none),
        QDropEvent(QPointF(400, 300), copy, data, button, none),
    ):
        QApplication.sendEvent(room.window, event)
    qtbot.waitUntil(lambda: room.workspace.importing.dialog is not None, timeout=20_000)
    dialog = room.workspace.importing.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: len(dialog.reader.entries) == len(paths) and dialog.reader.reading == 0, timeout=120_000)
    while dialog.doubt.asking:
        kind = "researcher" if dialog.doubt.label in ("Budi", "Peneliti") else "informant"
        QTest.mouseClick(dialog.doubt.buttons[kind], Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: dialog.reader.reading == 0, timeout=60_000)
    return dialog


def names(room: Room) -> list[str]:
    with project_of(room) as project:
        return [row.name for row in sources(project)]


def test_every_reader_works_from_drop_to_import(empty_room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    room = empty_room
    suffixes = ["docx", "odt", "rtf", "html", "pdf"] + (["doc"] if office() is not None else [])
    files = [
        Path(shutil.copy(FORMATS / f"{kind} SL.{suffix}", tmp_path / f"{suffix}.{suffix}"))
        for suffix in suffixes
        for kind in ["Catatan" if suffix in TWINS else "Wawancara"]
    ]
    (tmp_path / "rekaman.srt").write_text(SRT, encoding="utf-8")
    (tmp_path / "giliran.csv").write_text(TABLE, encoding="utf-8")
    files += [tmp_path / "rekaman.srt", tmp_path / "giliran.csv"]
    dialog = dropped(room, qtbot, *files)
    assert [entry.error for entry in dialog.entries.rows] == [None] * len(files)
    expected = {entry.path.stem: read_file(entry.path).text for entry in dialog.entries.rows if entry.comes_in}
    assert {"docx", "odt", "html", "pdf", "rekaman", "giliran"} <= set(expected)
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    with project_of(room) as project:
        rows = sources(project)
        assert {row.name: source_text(project, row.guid).text for row in rows} == expected
        assert {row.name: row.original for row in rows} == {
            path.stem: path.stat().st_size for path in files if path.stem in expected
        }


@pytest.mark.parametrize("taken", [True, False])
def test_comments_of_a_file_are_counted_and_can_be_left(empty_room: Room, qtbot: QtBot, taken: bool) -> None:
    room = empty_room
    dialog = dropped(room, qtbot, FORMATS / "Catatan SL.docx")
    box = dialog.pane.comments
    assert box.isVisible()
    assert box.isChecked()
    assert "1 " in box.text()
    assert "Bima Pembimbing" in box.toolTip()
    if not taken:
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Space)
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert names(room) == ["Catatan SL"]
    with project_of(room) as project:
        assert len(memos(project)) == taken


def test_files_are_kept_unless_that_is_turned_off_and_it_is_remembered(empty_room: Room, qtbot: QtBot) -> None:
    room = empty_room
    dialog = dropped(room, qtbot, FORMATS / "Wawancara SL.odt")
    assert dialog.originals.box.isChecked()
    assert "18 KB" in dialog.originals.said.text()
    dialog.originals.box.setFocus()
    QTest.keyClick(dialog.originals.box, Qt.Key.Key_Space)
    assert not dialog.originals.said.isVisible()
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert names(room) == ["Wawancara SL"]
    with project_of(room) as project:
        assert kept_size(project) == 0
    qtbot.waitUntil(lambda: room.workspace.importing.dialog is None)
    again = dropped(room, qtbot, FORMATS / "Catatan SL.odt")
    assert not again.originals.box.isChecked()
    again.reject()


def test_the_file_is_saved_again_from_the_menu_of_its_source(
    empty_room: Room, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = empty_room
    original = FORMATS / "Catatan SL.rtf"
    dialog = dropped(room, qtbot, original)
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    listed = room.workspace.sources.sources
    qtbot.waitUntil(lambda: len(listed.sources()) == 1, timeout=60_000)
    menu = room.workspace.library.source_menu(listed.sources()[0])
    size = f"{-(-original.stat().st_size // 1000)} KB"
    (action,) = [action for action in menu.actions() if size in action.text()]
    asked: list[str] = []

    def answer(*arguments: object) -> tuple[str, str]:
        asked.append(str(arguments[2]))
        return str(tmp_path / "lagi.rtf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    action.trigger()
    qtbot.waitUntil((tmp_path / "lagi.rtf").exists, timeout=20_000)
    room.idle()
    assert (tmp_path / "lagi.rtf").read_bytes() == original.read_bytes()
    assert asked[0].endswith("Catatan SL.rtf")
