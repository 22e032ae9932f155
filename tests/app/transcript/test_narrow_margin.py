"""Where stripes have less room, those beyond it are counted and can still be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.transcript.view import TranscriptView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from .conftest import Maker


def test_what_has_no_lane_is_counted_and_a_click_walks_through_it(
    view: TranscriptView, make: Maker, qtbot: QtBot
) -> None:
    source = view.area.source
    start = source.text.index("Kalau informasinya")
    rows = [make.segment(source, (start, start + 90 - n), f"K{n}", color=n, guid=f"g{n}") for n in range(12)]
    view.set_segments(rows)
    assert view.margin.lanes() == 12
    view.resize(430, 620)
    qtbot.waitUntil(lambda: view.margin.lanes() < 12)
    view.margin.repaint()
    drawn = {row.guid for row in rows if view.margin.stripe_box(row.guid) is not None}
    assert len(drawn) == view.margin.lanes()
    count = next(box for box, row in view.margin._drawn if row().guid not in drawn)
    seen = set()
    for _ in range(12 - len(drawn)):
        QTest.mouseClick(view.margin, Qt.MouseButton.LeftButton, pos=count.center().toPoint())
        view.margin.repaint()
        chosen = view.selected_segment()
        assert chosen is not None
        seen.add(chosen.guid)
    assert seen == {row.guid for row in rows} - drawn
    for box in (view.margin.stripe_box(guid) for guid in drawn):
        assert box is not None
        assert box.right() <= view.margin.width()
