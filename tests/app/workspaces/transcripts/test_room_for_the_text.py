"""The text keeps its room when sizes come from another window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from .conftest import Room


def test_sizes_of_a_wide_window_leave_the_text_its_room_in_a_narrow_one(room: Room) -> None:
    columns, window = room.workspace.columns, room.window
    window.resize(1920, 1000)
    QApplication.processEvents()
    columns.restore([400, 900, 540])
    assert columns.sizes()[0] == 400  # a person's choice stands where there is room for it
    window.resize(911, 512)
    QApplication.processEvents()
    left, text, right = columns.sizes()
    assert text >= columns.width() // 2
    assert left > 100
    assert right >= 220
    window.resize(1920, 1000)
    QApplication.processEvents()
    assert columns.sizes()[0] == 400
    assert room.workspace.state()["columns"] == [400, 900, 540]


def test_the_codes_keep_some_lines_in_a_low_window(room: Room) -> None:
    right = room.workspace.right
    right.setSizes([60, 600])
    room.window.resize(room.window.width(), 560)
    QApplication.processEvents()
    assert right.sizes()[0] >= min(room.ctx.theme.px(220), right.height() // 2) - 1


def test_the_turn_is_not_cut_in_a_narrow_header(room: Room) -> None:
    turn = room.workspace.header.turn
    room.put_caret("Petugas loket")
    for width in (911, 1000, 1150, 1366):
        room.window.resize(width, 560)
        for _ in range(3):
            QApplication.processEvents()
        assert turn.isHidden() or turn.width() >= turn.sizeHint().width(), width
    assert turn.isVisible()
