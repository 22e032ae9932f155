"""Keys pressed faster than operations are stored: what is shown and what is stored end up the same."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from .conftest import Room

KEYS = [
    *"111222345",
    *"++--0.",
    *"[]{}",
    "o",
    "del",
    "f4",
    "undo",
    "undo",
    "redo",
    "caret",
    "select",
    "pause",
    "wait",
    "memo",
    "star",
]


def step(room: Room, chance: random.Random, what: str) -> None:
    """One thing a person does."""
    if what == "del":
        room.press(Qt.Key.Key_Delete)
    elif what == "f4":
        room.press(Qt.Key.Key_F4)
    elif what in ("undo", "redo"):
        room.ctx.actions.run(f"edit.{what}")
    elif what == "caret":
        room.view.area.set_caret(chance.randrange(len(room.text)))
    elif what == "select":
        start = chance.randrange(len(room.text) - 20)
        room.select(room.text[start : start + chance.randint(5, 20)])
    elif what == "pause":
        room.pause()
    elif what == "wait":
        QApplication.processEvents()
    elif what == "memo":
        if room.tagging.current is not None:
            room.tagging.set_memo(room.tagging.current.guid, f"memo {chance.randrange(100)}")
    elif what == "star":
        if room.tagging.current is not None:
            room.tagging.set_exemplar(not room.tagging.current.exemplar)
    else:
        room.press(what)


@pytest.mark.parametrize("seed", range(6))
def test_shown_and_stored_are_the_same_in_the_end(room: Room, seed: int, notices: list[tuple[str, str, str]]) -> None:
    chance = random.Random(seed)
    room.workspace.focus_text()
    for _ in range(90):
        step(room, chance, chance.choice(KEYS))
    stored = room.stored()
    assert {row.guid: row for row in stored} == room.tagging.rows
    assert {row.guid: row for row in room.view.area.shown.index.rows} == room.tagging.rows
    assert room.workspace.sources.sources.sources()[0].segments == len(stored)
    assert sum(framework.segments for framework in room.tagging.book.frameworks) == len(stored)
    errors = [text for text, kind, _ in notices if kind == "error"]
    # edges may meet a twin, and a memo a segment that an undo takes away; nothing else may be complained of
    allowed = ("This passage already has the code", "This coded segment no longer exists")
    assert [text for text in errors if not text.startswith(allowed)] == []
