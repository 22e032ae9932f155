"""The Transcripts workspace in its window, on real projects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.context import Context
from app.main_window import MainWindow
from app.workspaces.transcripts import TranscriptsWorkspace
from coding.project import Project
from coding.segments.queries import segments
from coding.segments.rows import SegmentRow
from coding.text import Span
from coding.transcripts.drafts import Draft, DraftTurn, Speaker
from coding.transcripts.intake import store_draft

Idle = Callable[[Context], None]

LINES = (
    ("P", "Bagaimana informasi tentang program ini sampai ke warga?"),
    ("RS", "Kami sampaikan lewat rapat dusun. Syaratnya sempat berubah dua kali. Warga jadi bingung."),
    ("P", "Apakah petugasnya cukup?"),
    ("RS", "Petugas loket kami cuma dua. Kalau hari pasaran antre sampai ke halaman."),
)


def talk(name: str, lines: Sequence[tuple[str, str]] = LINES, code: str = "RS") -> Draft:
    """A small interview; `P` asks, everybody else is the informant `code`."""
    text, turns, sentences = "", [], []
    for who, words in lines:
        start = len(text) + len(who) + 2
        turns.append(DraftTurn(start, start + len(words), len(text), start - 1, 0 if who == "P" else 1))
        at = start
        for sentence in words.replace("? ", "?|").replace(". ", ".|").split("|"):
            sentences.append((at, at + len(sentence)))
            at += len(sentence) + 1
        text += f"{who}: {words}\n"
    speakers = (Speaker("P", "researcher"), Speaker("RS", "informant", code=code))
    return Draft(
        name, text, "interview", date="2026-05-12", place="Kantor kecamatan", speakers=speakers, turns=tuple(turns),
        sentences=tuple(sentences), file_name=f"{name}.txt",
    )  # fmt: skip


class Room:
    """The workspace with hands: what a person does, and what the project holds afterwards."""

    def __init__(self, workspace: TranscriptsWorkspace, window: MainWindow, idle: Callable[[], None]) -> None:
        self.workspace = workspace
        self.window = window
        self.ctx = workspace.ctx
        self.view = workspace.view
        self.tagging = workspace.tagging
        self.idle = idle
        self.now = 100.0
        self.tagging.clock = lambda: self.now

    def pause(self, seconds: float = 2.0) -> None:
        """Let time pass, as far as gestures of keys are concerned."""
        self.now += seconds

    @property
    def text(self) -> str:
        assert self.workspace.desk.source is not None
        return self.workspace.desk.source.text

    def select(self, words: str) -> Span:
        """Select words of the open text."""
        start = self.text.index(words)
        span = Span(start, start + len(words))
        self.view.select_span(span)
        self.workspace.focus_text()
        return span

    def put_caret(self, words: str) -> None:
        """Put the caret into words of the open text."""
        self.view.area.set_caret(self.text.index(words) + 1)
        self.workspace.focus_text()

    def press(self, keys: str | Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys in the text, one after the other, without waiting between them."""
        if isinstance(keys, str):
            QTest.keyClicks(self.view.area, keys)
        else:
            QTest.keyClick(self.view.area, keys, modifiers)

    def stored(self) -> list[SegmentRow]:
        """The coded segments as another connection reads them from the file."""
        self.idle()
        assert self.ctx.project is not None
        with Project.open(self.ctx.project.path, read_only=True) as project:
            return segments(project)

    def codings(self) -> list[tuple[str, str, str | None]]:
        """Passage, code and direction of every stored segment."""
        return [(row.text, row.code, row.valence) for row in self.stored()]

    def row(self, words: str) -> SegmentRow:
        """The shown segment that begins with these words."""
        return next(row for row in self.tagging.rows.values() if row.text.startswith(words))

    def open(self, name: str) -> None:
        """Open the source of this name."""
        found = next(row for row in self.workspace.sources.sources.sources() if row.name == name)
        self.workspace.desk.open(found.guid)
        self.idle()


def make_room(ctx: Context, window: MainWindow, qtbot: QtBot, idle: Idle) -> Room:
    idle(ctx)
    qtbot.waitUntil(lambda: "transcripts" in window.workspaces, timeout=10_000)
    idle(ctx)
    workspace = window.workspaces["transcripts"]
    assert isinstance(workspace, TranscriptsWorkspace)
    return Room(workspace, window, lambda: idle(ctx))


@pytest.fixture
def small_file(tmp_path: Path) -> Path:
    """A project with two small interviews; Ani codes."""
    path = tmp_path / "small.telaah"
    with Project.create(path, "Studi kecil", "id", coder="Ani") as project:
        more = (*LINES, ("P", "Ada lagi?"), ("RS", "Tidak."))
        for draft in (talk("Wawancara RS"), talk("Wawancara MD", more, "MD")):
            with project.operation("Import {source}", source=draft.name) as op:
                store_draft(op, draft)
    return path


@pytest.fixture
def room(ctx: Context, window: MainWindow, qtbot: QtBot, idle: Idle, small_file: Path) -> Room:
    """The workspace on the small project, its first interview open."""
    with qtbot.waitSignal(ctx.project_opened, timeout=20_000):
        ctx.open_project(small_file)
    return make_room(ctx, window, qtbot, idle)


@pytest.fixture
def empty_room(window: MainWindow, project_ctx: Context, qtbot: QtBot, idle: Idle) -> Room:
    """The workspace on a project without sources."""
    return make_room(project_ctx, window, qtbot, idle)


@pytest.fixture
def sample_room(window: MainWindow, sample_ctx: Context, qtbot: QtBot, idle: Idle) -> Room:
    """The workspace on the sample project."""
    return make_room(sample_ctx, window, qtbot, idle)
