"""The whole program as a person has it: a window on a screen in memory, worked with mouse and keys alone."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import docx
import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from app.context import Context
from app.main_window import MainWindow
from app.settings import HOME_VARIABLE
from app.startup import let_go, make_application, make_window
from coding.cli import main
from tests.samples import sample_copy

# Said by the screen in memory whenever a window has a least size; it is not ours to mend.
SCREEN_TALK = "This plugin does not support"
HERE = Path(__file__).parent
# these say what differs, as tests do
pytest.register_assert_rewrite("tests.end_to_end.report_numbers", "tests.end_to_end.count_numbers")
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
PATIENCE = 30_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.qt_log_ignore(SCREEN_TALK))


@pytest.fixture(scope="session")
def qapp() -> Iterator[QApplication]:
    # the system's own file dialogs hear no keys of a test
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    made = make_application()
    yield made
    # what was copied would be let go by the screen in memory after Python has ended, which crashes
    made.clipboard().clear()


@pytest.fixture
def home(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of settings, log and documents: this test's own, on an Indonesian system."""
    folder = tmp_path / "home"
    (folder / "Documents").mkdir(parents=True)
    monkeypatch.setenv(HOME_VARIABLE, str(folder))
    # one place for the pictures of the style sheet, which is then the same for all tests and is not applied to each
    monkeypatch.setattr("app.icons.cache_folder", tmp_path_factory.getbasetemp)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "id_ID.UTF-8")
    return folder


# what is studied


@dataclass(frozen=True)
class Coding:
    """A passage that is tagged, and the keys that do it. `words` are a whole sentence unless they are `selected`."""

    source: str
    words: str
    keys: str
    code: str
    valence: str | None
    selected: bool = False

    @property
    def framework(self) -> str:
        return self.code.split(".")[0]


OFFICER, CADRE = "Wawancara RS", "Wawancara MD"
OFFICER_TEXT = """TRANSKRIP WAWANCARA

Informan     : RS
Jabatan      : Kepala Seksi Pelayanan
Umur         : 45 tahun
Kelompok     : Pelaksana
Tanggal      : 12 Mei 2026
Tempat       : Kantor Kecamatan Wonolestari

Peneliti: Bagaimana informasi tentang bantuan ini sampai ke warga?
Informan: Kami sampaikan lewat rapat dusun setiap awal bulan. Syaratnya sempat berubah dua kali 😀. Akibatnya \
warga bingung dan tanya lagi ke kantor.
Peneliti: Apakah petugasnya cukup?
Informan: Petugas loket kami cuma dua. Teman-teman tetap mau lembur walau tidak dibayar. Alurnya sudah tertulis \
di papan pengumuman.
"""
CADRE_LINES = (
    "WAWANCARA KADER",
    "Narasumber: MD",
    "Jabatan: Kader Desa",
    "Usia: 38 tahun",
    "Kelompok: Warga",
    "Tanggal: 14 Mei 2026",
    "Tempat: Balai Desa Sidomaju",
    "",
    "P: Dari mana Ibu tahu soal bantuan ini?",
    "MD: Saya baru tahu dari tetangga. Sosialisasinya lewat grup WhatsApp sudah lumayan 👍🏽.",
    "P: Bagaimana pelayanan di kantor?",
    "MD: Petugasnya ramah sekali. Tetapi jalannya jauh dan rusak kalau hujan. Kerja sama dengan bidan desa lancar.",
)
CODINGS = (
    Coding(OFFICER, "Kami sampaikan lewat rapat dusun setiap awal bulan.", "11+",
           "edward3.communication.transmission", "supporting"),
    Coding(OFFICER, "Syaratnya sempat berubah dua kali 😀.", "13-", "edward3.communication.consistency", "inhibiting"),
    Coding(OFFICER, "warga bingung", "12-", "edward3.communication.clarity", "inhibiting", selected=True),
    Coding(OFFICER, "Petugas loket kami cuma dua.", "21-", "edward3.resources.staff", "inhibiting"),
    Coding(OFFICER, "Teman-teman tetap mau lembur walau tidak dibayar.", "31+",
           "edward3.disposition.attitude", "supporting"),
    Coding(OFFICER, "Alurnya sudah tertulis di papan pengumuman.", "40", "edward3.bureaucracy", "neutral"),
    Coding(CADRE, "Saya baru tahu dari tetangga.", "11-", "edward3.communication.transmission", "inhibiting"),
    Coding(CADRE, "Petugasnya ramah sekali.", "31+", "edward3.disposition.attitude", "supporting"),
    Coding(CADRE, "lewat grup WhatsApp sudah lumayan 👍🏽", "19+", "factors.internal.socialisation", "supporting",
           selected=True),
    Coding(CADRE, "Tetapi jalannya jauh dan rusak kalau hujan.", "25-", "factors.external.geography", "inhibiting"),
    Coding(CADRE, "Kerja sama dengan bidan desa lancar.", "24", "factors.external.cooperation", None),
    Coding(OFFICER, "Kami sampaikan lewat rapat dusun setiap awal bulan.", "19-",
           "factors.internal.socialisation", "inhibiting"),
)  # fmt: skip


@dataclass(frozen=True)
class Study:
    """Two transcripts to bring in, and what is tagged in them."""

    files: tuple[Path, Path]
    codings: tuple[Coding, ...] = CODINGS
    title: str = "Bantuan Pangan Dusun"
    coder: str = "Ani"

    def of(self, source: str) -> list[Coding]:
        """The codings of one source, in the order in which they are made."""
        return [one for one in self.codings if one.source == source]


@pytest.fixture
def study(tmp_path: Path) -> Study:
    folder = tmp_path / "berkas"
    folder.mkdir()
    officer, cadre = folder / f"{OFFICER}.txt", folder / f"{CADRE}.docx"
    officer.write_text(OFFICER_TEXT, encoding="utf-8")
    document = docx.Document()
    for line in CADRE_LINES:
        document.add_paragraph(line)
    document.save(str(cadre))
    return Study((officer, cadre))


# who works


class Person:
    """Somebody at the window. Keys go where the focus is, the mouse to the middle of what is seen."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self._started = False
        self.ctx: Context
        self.window: MainWindow
        self.start()

    def start(self) -> None:
        """Start the program anew."""
        self.end()
        self.ctx, self.window = make_window()
        self._started = True
        self.said: list[tuple[str, str]] = []
        self.ctx.notice.connect(lambda text, kind, _: self.said.append((text, kind)))
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        self.qtbot.waitExposed(self.window)
        self.settle()

    def end(self) -> None:
        """What a process leaves when it ends: nothing."""
        if self._started:
            self.window.close()
            let_go(self.ctx, self.window)
        self._started = False

    def settle(self, quiet: float = 0.03) -> None:
        """Wait until everything that was asked for is done and shown."""
        jobs, since = self.ctx.jobs, time.monotonic()
        deadline = since + PATIENCE / 1000

        def busy() -> bool:
            return bool(jobs.writer.pending or jobs.reader.pending or jobs.helper.pending)

        while time.monotonic() - since < quiet:
            # what ends in this very moment still has to be shown in the next
            before = busy()
            QTest.qWait(2)
            if before or busy():
                since = time.monotonic()
                assert since < deadline, "the window does not come to rest"

    def wait(self, condition: Callable[[], Any]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)

    # keys and mouse

    @property
    def hands(self) -> QWidget:
        """Where keys go now."""
        popup = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        return QApplication.focusWidget() or (popup or self.window).focusWidget() or popup or self.window

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self.hands, key, modifiers)

    def type(self, text: str) -> None:
        for letter in text:
            QTest.keyClicks(self.hands, letter)

    def replace(self, text: str) -> None:
        """Type over what stands in the field."""
        self.press(Qt.Key.Key_A, CONTROL)
        self.type(text)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        assert widget.isVisible()
        assert widget.isEnabled()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, PLAIN, at if at is not None else widget.rect().center())

    def click_name(self, name: str) -> None:
        """Click what is called `name` in the window in front."""
        self.click(self.find(QWidget, name))

    def find(self, kind: type, name: str) -> Any:
        """The visible widget called `name` in the window in front."""
        front = QApplication.activeModalWidget() or self.window
        return next(one for one in front.findChildren(kind, name) if one.isVisible())

    def click_cell(self, table: QTableView, index: QModelIndex) -> None:
        table.scrollTo(index)
        self.click(table.viewport(), table.visualRect(index).center())

    def choose(self, name: str, key: str) -> None:
        """Choose `key` in the list called `name` with the arrows."""
        box = self.find(QComboBox, name)
        box.setFocus(Qt.FocusReason.TabFocusReason)
        by = box.findData(key) - box.currentIndex()
        assert box.findData(key) >= 0
        self.press(Qt.Key.Key_Down if by > 0 else Qt.Key.Key_Up, times=abs(by))
        assert box.currentData() == key
        self.settle()

    def drop(self, paths: Sequence[Path]) -> None:
        """Drop files on the middle of the window, on whatever lies there."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        at = self.window.rect().center()
        under = self.window.childAt(at) or self.window
        at = under.mapFrom(self.window, at)
        how = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, PLAIN
        enter = QDragEnterEvent(at, *how)
        QApplication.sendEvent(under, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(under, QDropEvent(at, *how))

    def dialog(self, name: str) -> Any:
        """The dialog `name` once it is in front."""

        def shown() -> bool:
            front = QApplication.activeModalWidget()
            return front is not None and front.objectName() == name and front.isActiveWindow()

        self.wait(shown)
        return QApplication.activeModalWidget()

    def return_to_window(self) -> None:
        """Wait for a dialog to go. That the window has the keys again then is a window manager's work."""
        self.wait(lambda: QApplication.activeModalWidget() is None)
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)
        self.settle()

    def answer_file_dialog(self, path: Path) -> None:
        """Type `path` into the file dialog that opens next, and press Enter."""
        timer = QTimer(self.window)
        timer.setInterval(20)

        def look() -> None:
            front, edit = QApplication.activeModalWidget(), QApplication.focusWidget()
            if isinstance(front, QFileDialog) and isinstance(edit, QLineEdit) and front.isAncestorOf(edit):
                timer.stop()
                edit.selectAll()
                QTest.keyClicks(edit, str(path))
                QTest.keyClick(edit, Qt.Key.Key_Return)

        timer.timeout.connect(look)
        timer.start()

    # the way through the program

    def open_project(self, path: Path) -> None:
        """Ctrl+O, the name of the file, Enter."""
        self.answer_file_dialog(path)
        self.press(Qt.Key.Key_O, CONTROL)
        self.return_to_window()

    def open_and_read(self, path: Path) -> None:
        """Open a project and wait until its first workspace is there."""
        self.open_project(path)
        self.wait(lambda: self.window.front is not None)
        self.settle()

    def find_and_do(self, words: str) -> None:
        """Do what is called `words`, by the box that finds anything."""
        self.press(Qt.Key.Key_P, CONTROL | SHIFT)
        self.type(words)
        self.settle()
        self.press(Qt.Key.Key_Return)
        self.settle()

    @property
    def room(self) -> Any:
        """The workspace in front."""
        return self.window.front

    def new_project(self, study: Study, folder: Path) -> Path:
        """Make a project through the dialog."""
        self.press(Qt.Key.Key_N, CONTROL)
        dialog = self.dialog("new_project_dialog")
        self.type(study.title)
        path = folder / f"{study.title}.telaah"
        self.click(dialog.file)
        self.replace(str(path))
        self.click(dialog.coder)
        self.replace(study.coder)
        self.press(Qt.Key.Key_Return)
        self.wait(lambda: self.window.front is not None)
        self.return_to_window()
        return path

    def bring_in(self, study: Study) -> None:
        """Drop the transcripts on the window and press Enter in the preview."""
        self.drop(study.files)
        dialog = self.dialog("import_dialog")
        self.wait(dialog.go.isEnabled)
        self.press(Qt.Key.Key_Return)
        self.return_to_window()

    @property
    def text(self) -> str:
        """The text that is open."""
        return str(self.room.desk.source.text)

    def go_to(self, words: str) -> None:
        """Move the caret with the arrow keys to where `words` begin."""
        area, at = self.room.view.area, self.text.index(words)
        assert self.hands is area
        self.press(Qt.Key.Key_Home, CONTROL)
        while area.caret() < at:
            before = area.caret()
            self.press(Qt.Key.Key_Down)
            if area.caret() == before:
                self.press(Qt.Key.Key_End)
                break
        while area.caret() > at:
            self.press(Qt.Key.Key_Left)
        assert area.caret() == at

    def mark(self, coding: Coding) -> None:
        """Put the caret into the sentence of `coding`, or select its words with Shift and the arrows."""
        self.go_to(coding.words)
        if not coding.selected:
            self.press(Qt.Key.Key_Right, times=3)
            return
        end = self.text.index(coding.words) + len(coding.words)
        while (selected := self.room.view.selection()) is None or selected.end < end:
            self.press(Qt.Key.Key_Right, SHIFT)
        assert selected.of(self.text) == coding.words

    def tag(self, coding: Coding) -> None:
        """Tag a passage of the open source by keys alone, in the framework at hand."""
        while self.room.codes.framework != coding.framework:
            self.press(Qt.Key.Key_Tab, CONTROL)
        self.mark(coding)
        self.type(coding.keys)

    def open_source(self, name: str) -> None:
        """Open a source with the keys for the next and the previous one."""
        names = [row.name for row in self.room.sources.sources.sources()]
        by = names.index(name) - names.index(self.room.desk.source.name)
        for _ in range(abs(by)):
            self.press(Qt.Key.Key_PageDown if by > 0 else Qt.Key.Key_PageUp, CONTROL)
            self.settle()
        assert self.room.desk.source.name == name

    def go(self, number: int) -> None:
        """Go to a workspace by its key, and wait until it is there."""
        self.press(Qt.Key(Qt.Key.Key_0.value + number), CONTROL)
        self.settle()

    def close(self) -> None:
        """Close the window and see it go."""
        self.window.close()
        self.wait(lambda: not self.window.isVisible())


@pytest.fixture
def person(qtbot: QtBot, home: Path) -> Iterator[Person]:
    """Somebody who has just started the program."""
    somebody = Person(qtbot)
    yield somebody
    somebody.end()


@pytest.fixture(scope="module")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample project, built once; open a copy of it."""
    return sample_copy(tmp_path_factory.mktemp("sample") / "sample.telaah")


@pytest.fixture
def sample(tmp_path: Path, sample_file: Path) -> Path:
    """A copy of the sample project."""
    return Path(shutil.copyfile(sample_file, tmp_path / "contoh.telaah"))


# the same on the command line

Run = Callable[..., Any]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """`run(*words)` runs a command that must succeed: its JSON, or its text where it has none."""

    def run_command(*words: object) -> Any:
        capsys.readouterr()
        status = main([str(word) for word in words])
        output = capsys.readouterr()
        assert status == 0, output.err
        return json.loads(output.out) if "json" in words else output.out

    return run_command


def word_tables(path: Path) -> dict[str, list[list[str]]]:
    """The tables of a Word file by caption: the texts of all cells, row by row."""
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    found: dict[str, list[list[str]]] = {}
    caption = ""
    for one in docx.Document(str(path)).iter_inner_content():
        if isinstance(one, Paragraph) and one.style is not None and one.style.style_id == "Caption":
            caption = one.text
        elif isinstance(one, Table):
            found[caption] = [[cell.text for cell in row.cells] for row in one.rows]
    return found


@pytest.fixture
def tables_of() -> Callable[[Path], dict[str, list[list[str]]]]:
    return word_tables
