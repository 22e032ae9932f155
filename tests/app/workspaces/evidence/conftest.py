"""The Evidence workspace in its window, on the sample and on a small study."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.context import Context
from app.main_window import MainWindow
from app.models.evidence_words import COLUMNS
from app.workspaces.evidence import EvidenceWorkspace
from coding.codes.queries import code_guid
from coding.project import Project
from coding.segments.editing import tag
from coding.segments.evidence_rows import EvidenceRow
from coding.segments.queries import segments
from coding.segments.rows import SegmentRow
from coding.transcripts.drafts import Draft, DraftTurn, Speaker
from coding.transcripts.intake import store_draft

Idle = Callable[[Context], None]

TALK = (
    ("RS", "Kami sampaikan lewat rapat dusun."),
    ("WT", "Syaratnya sempat berubah dua kali."),
    ("RS", "Petugas loket kami cuma dua orang."),
    ("WT", "Antre sampai ke halaman, tapi ramah."),
)
CLARITY, STAFF, BUDGET = "edward3.communication.clarity", "edward3.resources.staff", "edward3.resources.budget"


def small_talk(name: str, date: str) -> Draft:
    """A short interview with RS and WT."""
    text, turns, sentences = "", [], []
    for who, words in TALK:
        start = len(text) + len(who) + 2
        turns.append(DraftTurn(start, start + len(words), len(text), start - 1, ("RS", "WT").index(who)))
        sentences.append((start, start + len(words)))
        text += f"{who}: {words}\n"
    text += f"Selesai: {name}.\n"
    speakers = (Speaker("RS", "informant", code="RS"), Speaker("WT", "informant", code="WT"))
    return Draft(
        name, text, "interview", date=date, place="Balai desa", speakers=speakers, turns=tuple(turns),
        sentences=tuple(sentences), file_name=f"{name}.txt",
    )  # fmt: skip


@pytest.fixture
def small_file(small_study: Path, tmp_path: Path) -> Path:
    """A copy of the small study."""
    return Path(shutil.copyfile(small_study, tmp_path / "small.telaah"))


@pytest.fixture(scope="session")
def small_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two interviews, eight coded segments by Ani and one by Budi."""
    path = tmp_path_factory.mktemp("small") / "small.telaah"
    with Project.create(path, "Studi kecil", "id", coder="Ani", frameworks=["edward3"]) as project:
        for name, date in (("Wawancara 1", "2026-05-12"), ("Wawancara 2", "2026-06-03")):
            with project.operation("Import {source}", source=name) as op:
                draft = small_talk(name, date)
                guid = store_draft(op, draft)
                for number, turn in enumerate(draft.turns):
                    code = code_guid(op.session, (CLARITY, CLARITY, STAFF, STAFF)[number])
                    valence = ("supporting", "inhibiting", None, "inhibiting")[number]
                    tag(op, guid, turn.start, turn.end, code, valence, exemplar=number == 1)  # type: ignore[arg-type]
        with project.operation("Tag", coder="Budi") as op:
            tag(op, guid, draft.turns[0].start, draft.turns[0].end, code_guid(op.session, STAFF), "neutral", memo="cek")
    return path


def pauses(widget: QWidget) -> bool:
    """Whether something in `widget` goes on after a short pause."""
    return any(one.isActive() and one.isSingleShot() and one.interval() < 1000 for one in widget.findChildren(QTimer))


class Desk:
    """The workspace with hands: what a person does, and what is in the project afterwards."""

    def __init__(self, window: MainWindow, idle: Callable[[], None]) -> None:
        self.window, self.ctx, self._idle = window, window.ctx, idle
        workspace = window.workspaces["evidence"]
        assert isinstance(workspace, EvidenceWorkspace)
        self.workspace = workspace
        self.table, self.model, self.bar = workspace.table, workspace.model, workspace.filter_bar

    def idle(self) -> None:
        """Wait until all is read and shown: nothing waits for a pause in typing, and nothing asks for more."""
        while True:
            self._idle()
            QTest.qWait(2)
            jobs = self.ctx.jobs
            if not (pauses(self.workspace) or jobs.reader.pending or jobs.writer.pending):
                break

    def rows(self) -> list[EvidenceRow]:
        """What is shown, in order."""
        self.idle()
        rows = [self.model.evidence(number) for number in range(len(self.model.ids))]
        assert None not in rows
        return [row for row in rows if row is not None]

    def texts(self) -> list[str]:
        """First word, code and direction of each row."""
        return [
            f"{row.segment.text.split()[0]} {row.segment.label_en} {row.segment.valence or '-'}" for row in self.rows()
        ]

    def press(self, key: Qt.Key | str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key in the table."""
        if isinstance(key, str):
            QTest.keyClicks(self.table, key)
        else:
            QTest.keyClick(self.table, key, modifiers)

    def cell(self, row: int, column: str) -> QModelIndex:
        return self.model.index(row, COLUMNS.index(column))

    def click(self, row: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Click on a row."""
        at = self.table.visualRect(self.cell(row, "text")).center()
        QTest.mouseClick(self.table.viewport(), Qt.MouseButton.LeftButton, modifiers, at)

    def click_head(self, column: str) -> None:
        """Click on a column's head."""
        heads, number = self.table.horizontalHeader(), COLUMNS.index(column)
        at = QPoint(heads.sectionViewportPosition(number) + heads.sectionSize(number) // 2, heads.height() // 2)
        QTest.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)

    def stored(self) -> list[SegmentRow]:
        """The coded segments as another connection reads them."""
        self.idle()
        assert self.ctx.project is not None
        with Project.open(self.ctx.project.path, read_only=True) as project:
            return segments(project)

    def chosen(self) -> list[str]:
        """First word of each chosen row."""
        ids = self.workspace.chosen_ids().tolist()
        return [row.segment.text.split()[0] for row in self.rows() if row.id in ids]


def make_desk(ctx: Context, window: MainWindow, qtbot: QtBot, idle: Idle) -> Desk:
    qtbot.waitUntil(lambda: window.front is not None, timeout=10_000)
    idle(ctx)
    window.show_workspace("evidence")
    made = Desk(window, lambda: idle(ctx))
    made.idle()
    return made


@pytest.fixture
def desk(ctx: Context, window: MainWindow, qtbot: QtBot, idle: Idle, small_file: Path) -> Desk:
    """Evidence on the small study."""
    with qtbot.waitSignal(ctx.project_opened, timeout=20_000):
        ctx.open_project(small_file)
    return make_desk(ctx, window, qtbot, idle)


@pytest.fixture
def sample_desk(window: MainWindow, sample_ctx: Context, qtbot: QtBot, idle: Idle) -> Desk:
    """Evidence on the sample."""
    return make_desk(sample_ctx, window, qtbot, idle)


@pytest.fixture
def empty_desk(window: MainWindow, project_ctx: Context, qtbot: QtBot, idle: Idle) -> Desk:
    """Evidence on a project without anything."""
    return make_desk(project_ctx, window, qtbot, idle)
