"""An interview of 6,000 words is coded with 120 segments by the keyboard alone; the keystrokes are counted.

python3 run.py test -m slow tests/app/workspaces/transcripts/test_tagging_a_long_interview.py
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.context import Context
from coding.project import Project
from coding.segments.rows import SegmentRow, Valence
from coding.text import Span
from coding.transcripts.intake import store_draft

from .conftest import make_room, talk
from .hands import steps

if TYPE_CHECKING:
    from app.main_window import MainWindow

    from .conftest import Room

Idle = Callable[[Context], None]
WORDS, SEGMENTS, MOST_KEYS = 6_000, 120, 6.0
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SIGNS: dict[Valence | None, str] = {"supporting": "+", "inhibiting": "-", "neutral": "0", None: ""}

OPENINGS = ("Kalau di desa kami", "Menurut saya", "Sejak tahun lalu", "Untuk urusan itu", "Terus terang", "Biasanya")
MIDDLES = (
    "petugas loket melayani warga satu per satu", "syarat berkas sering berubah tanpa pemberitahuan",
    "kepala dusun ikut menjelaskan di rapat", "anggaran datang lambat dari kabupaten",
    "warga bertanya lagi lewat grup pesan", "kader posyandu membantu mendata keluarga",
)  # fmt: skip
ENDINGS = ("dan itu memudahkan", "sehingga banyak yang bingung", "walau belum merata", "seperti yang kami harapkan")
CODES = {
    # digits in the first framework, and what one types for the same code
    "edward3.communication.transmission": ("11", "trans"),
    "edward3.communication.clarity": ("12", "kejel"),
    "edward3.communication.consistency": ("13", "kons"),
    "edward3.resources.staff": ("21", "staf"),
    "edward3.resources.facilities": ("24", "fasil"),
    "edward3.disposition.attitude": ("31", "sikap"),
    "edward3.disposition": ("3", "dispo"),
}


def lines(chance: random.Random) -> list[tuple[str, str]]:
    """Questions and answers of `WORDS` words and a few more."""
    made: list[tuple[str, str]] = []
    words = 0
    while words < WORDS:
        number = len(made)
        if number % 2 == 0:
            made.append(("P", f"Bagaimana dengan hal nomor {number}?"))
        else:
            said = [
                f"{chance.choice(OPENINGS)} {chance.choice(MIDDLES)} {chance.choice(ENDINGS)} {number} {n}."
                for n in range(chance.randint(3, 7))
            ]
            made.append(("RS", " ".join(said)))
        words += len(made[-1][1].split())
    return made


@dataclass
class Typist:
    """Ten fingers on the keyboard: each press goes to whatever has the focus and is counted."""

    room: Room
    moves: int = 0
    keys: Counter[str] = field(default_factory=Counter)
    way: str = ""

    def press(self, key: Qt.Key | str, held: Qt.KeyboardModifier = NONE) -> None:
        self.keys[self.way] += 1
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, held)

    def type(self, text: str) -> None:
        for character in text:
            self.press(character)

    def move(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        area = self.room.view.area
        assert QApplication.focusWidget() is area
        before = area.textCursor()
        QTest.keyClick(area, key, held)
        self.moves += 1
        assert (area.textCursor().position(), area.textCursor().anchor()) != (before.position(), before.anchor())

    def go_to(self, span: Span) -> None:
        """Move the caret forward into a passage, by lines and then by words."""
        area = self.room.view.area
        display = area.shown.display
        block = display.block_index(span.start)
        while display.block_index(area.caret()) < block:
            self.move(Qt.Key.Key_Down)
        while area.caret() <= span.start:
            self.move(Qt.Key.Key_Right, CTRL)
        assert area.caret() < span.end


@dataclass(frozen=True)
class Wanted:
    """A coded segment as it shall be in the end, and the way to it."""

    span: Span
    code: str
    valence: Valence | None
    way: str


def plan(room: Room, chance: random.Random) -> list[Wanted]:
    """120 passages in the order of the text, one in each of as many answers' sentences."""
    source = room.workspace.desk.source
    assert source is not None
    sentences = [
        Span(start, end)
        for turn in source.turns
        if turn.kind == "informant"
        for start, end in source.sentences
        if turn.start <= start < turn.end
    ]
    # not two neighbours, so that an edge can be moved over the next sentence
    places = sorted(chance.sample(range(0, len(sentences) - 1, 2), SEGMENTS))
    ways = ["digits"] * 66 + ["palette"] * 24 + ["again"] * 18 + ["wider"] * 12
    chance.shuffle(ways)
    ways[0] = "digits"
    found: list[Wanted] = []
    for place, way in zip(places, ways, strict=True):
        span, code = sentences[place], chance.choice(list(CODES))
        if way == "again":
            code = found[-1].code
        if way == "wider" and source.text[span.end : sentences[place + 1].start].strip():
            way = "digits"  # the next sentence is somebody else's
        if way == "wider":
            span = Span(span.start, sentences[place + 1].end)
        found.append(Wanted(span, code, chance.choice(list(SIGNS)), way))
    return found


def code_one(typist: Typist, wanted: Wanted) -> None:
    typist.way = wanted.way
    digits, typed = CODES[wanted.code]
    sign = SIGNS[wanted.valence]
    if wanted.way == "palette":
        typist.press(Qt.Key.Key_Return)
        typist.type(typed + (f" {sign}" if sign else ""))
        typist.press(Qt.Key.Key_Return)
    elif wanted.way == "again":
        typist.type("r" + sign)
    else:
        typist.type(digits + sign)
        if wanted.way == "wider":
            typist.press("}")


@pytest.fixture
def long_room(ctx: Context, window: MainWindow, qtbot: QtBot, idle: Idle, tmp_path: Path) -> Room:
    """The workspace on a project with the interview alone."""
    path = tmp_path / "long.telaah"
    made = Project.create(path, "Studi panjang", "id", coder="Ani")
    with made as project, project.operation("Import {source}", source="Wawancara") as op:
        store_draft(op, talk("Wawancara", lines(random.Random(6))))
    with qtbot.waitSignal(ctx.project_opened, timeout=20_000):
        ctx.open_project(path)
    room = make_room(ctx, window, qtbot, idle)
    room.tagging.clock = time.monotonic
    return room


@pytest.mark.slow
def test_120_segments_by_keys_alone(long_room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    room = long_room
    assert len(room.text.split()) >= WORDS
    wanted = plan(room, random.Random(120))
    room.workspace.focus_text()
    typist = Typist(room)
    for one in wanted:
        typist.go_to(one.span)
        code_one(typist, one)
    stored = room.stored()
    assert [told(row) for row in stored] == [(w.span.start, w.span.end, w.code, w.valence) for w in wanted]
    ways = Counter(w.way for w in wanted)
    keys = sum(typist.keys.values())
    with capsys.disabled():
        print(f"\n{len(room.text.split())} words, {len(stored)} segments")
        for way, count in ways.most_common():
            print(f"  {way:<8} {count:>4} segments  {typist.keys[way] / count:.2f} keys each")
        print(f"  keystrokes per segment beyond moving: {keys / len(stored):.2f} (at most {MOST_KEYS:g})")
        print(f"  keystrokes to move there:             {typist.moves / len(stored):.2f}")
    assert keys / len(stored) <= MOST_KEYS
    # each passage is one step to take back, with its direction; a moved edge is one more
    assert len(steps(room)) == 1 + len(stored) + ways["wider"]
    for _ in range(10 + sum(one.way == "wider" for one in wanted[-10:])):
        room.ctx.undo()
    assert [told(row) for row in room.stored()] == [told(row) for row in stored[:-10]]


def told(row: SegmentRow) -> tuple[int, int, str, Valence | None]:
    return row.start, row.end, row.code, row.valence
