"""The edges of the current segment, drawn with the mouse by the handles at its ends."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.transcript.edges import Edge
from app.transcript.view import TranscriptView
from coding.text import Span

LEFT = Qt.MouseButton.LeftButton
WORDS = "Warga cepat tahu, cuma persyaratannya"


@pytest.fixture
def coded(view: TranscriptView, make) -> TranscriptView:
    """The view with one coded segment, which is the current one."""
    row = make.segment(view.area.source, WORDS)
    view.set_segments([row])
    view.select_segment(row.guid)
    return view


def hold(view: TranscriptView, edge: Edge) -> QPoint:
    handle = view.edges.handles[edge]
    assert handle.isVisible()
    at = handle.rect().center()
    QTest.mousePress(handle, LEFT, pos=at)
    return at


def draw(view: TranscriptView, edge: Edge, to: QPoint) -> None:
    """Draw a handle to a point of the text's viewport and let it go."""
    handle, port = view.edges.handles[edge], view.area.viewport()
    hold(view, edge)
    for share in (0.5, 1.0):
        start = handle.geometry().center()
        step = start + (to - start) * share
        QTest.mouseMove(handle, handle.mapFrom(port, step))
    QTest.mouseRelease(handle, LEFT, pos=handle.mapFrom(port, to))


def left_of(view: TranscriptView, at: int) -> QPoint:
    """The left edge of the character at a code point, in the text's viewport."""
    area = view.area
    position = area.shown.display.to_qt(at, forward=True)
    rect = area.geometry_.rects(position, position + 1)[0]
    return QPoint(round(rect.left()), round(rect.center().y()) - area.offset)


def test_they_stand_at_the_ends_of_the_current_segment_alone(coded: TranscriptView) -> None:
    row = coded.selected_segment()
    for edge, at in (("start", row.start), ("end", row.end)):
        box = coded.edges.handles[edge].geometry()
        assert abs(box.center().x() - left_of(coded, at).x()) <= 2
        assert box.top() < left_of(coded, at).y() < box.bottom()
    coded.select_segment(None)
    assert not any(handle.isVisible() for handle in coded.edges.handles.values())


@pytest.mark.parametrize(
    ("edge", "to", "moved"),
    [
        ("start", "cepat tahu", "cepat tahu, cuma persyaratannya"),
        ("start", "rutin tiap", "rutin tiap awal bulan 🙂. Warga cepat tahu, cuma persyaratannya"),
        ("end", " cuma pers", "Warga cepat tahu,"),
        ("end", " berubah dua", "Warga cepat tahu, cuma persyaratannya sempat"),
    ],
)
def test_a_handle_moves_its_edge_once(coded: TranscriptView, qtbot: QtBot, edge: Edge, to: str, moved: str) -> None:
    heard: list[tuple[str, int, int]] = []
    coded.edge_moved.connect(lambda *args: heard.append(args))
    text = coded.area.source.text
    draw(coded, edge, left_of(coded, text.index(to)))
    row = coded.selected_segment()
    assert row.text == moved
    assert heard == [(row.guid, row.start, row.end)]
    assert coded.area.hasFocus()


def test_an_edge_stops_at_the_last_character_and_never_crosses_the_other(coded: TranscriptView) -> None:
    text = coded.area.source.text
    draw(coded, "start", left_of(coded, text.index("kantor")))
    assert coded.selected_segment().text == "a"
    draw(coded, "end", left_of(coded, text.index("Kalau informasinya")))
    assert coded.selected_segment().text == "a"


def test_an_edge_comes_to_rest_at_something_readable(coded: TranscriptView) -> None:
    text = coded.area.source.text
    draw(coded, "end", left_of(coded, text.index("tahu, cuma") + 1))
    assert coded.selected_segment().text == "Warga cepat t"
    # the blank before the word: the edge stays at the word before
    draw(coded, "end", left_of(coded, text.index("tahu, cuma")))
    assert coded.selected_segment().text == "Warga cepat"


def test_a_label_between_two_turns_is_no_place_for_an_edge(coded: TranscriptView) -> None:
    source = coded.area.source
    turn = source.turns[2]
    draw(coded, "end", left_of(coded, turn.start))
    row = coded.selected_segment()
    assert row.end <= source.turns[1].end
    assert row.text.strip() == row.text


def test_a_click_without_moving_goes_to_the_text(coded: TranscriptView, qtbot: QtBot) -> None:
    row = coded.selected_segment()
    with qtbot.assertNotEmitted(coded.edge_moved):
        at = hold(coded, "start")
        QTest.mouseRelease(coded.edges.handles["start"], LEFT, pos=at)
    assert abs(coded.area.caret() - row.start) <= 1
    assert coded.selected_segment() == row


def test_they_go_with_the_text(coded: TranscriptView, make, long_source) -> None:
    coded.set_source(long_source)
    row = make.segment(long_source, "Petugas loket cuma dua")
    coded.set_segments([row])
    coded.select_segment(row.guid, reveal=True)
    start = coded.edges.handles["start"]
    before = start.geometry().top()
    bar = coded.area.verticalScrollBar()
    bar.setValue(bar.value() + 30)
    assert start.geometry().top() == before - 30
    bar.setValue(bar.maximum())
    assert not start.isVisible()
    bar.setValue(0)
    coded.resize(700, 500)
    coded.select_segment(row.guid, reveal=True)
    assert abs(start.geometry().center().x() - left_of(coded, row.start).x()) <= 2


def test_in_arabic_the_start_is_at_the_right(view: TranscriptView, make) -> None:
    view.set_source(make.source((("RS", "السلام عليكم ورحمة الله"),)))
    row = make.segment(view.area.source, "عليكم ورحمة")
    view.set_segments([row])
    view.select_segment(row.guid)
    start, end = (view.edges.handles[edge].geometry().center().x() for edge in ("start", "end"))
    assert start > end


def test_while_a_handle_is_drawn_what_is_read_again_does_not_disturb(coded: TranscriptView) -> None:
    row, text = coded.selected_segment(), coded.area.source.text
    handle, port = coded.edges.handles["end"], coded.area.viewport()
    hold(coded, "end")
    QTest.mouseMove(handle, handle.mapFrom(port, left_of(coded, text.index(" berubah dua"))))
    coded.set_segments([row])
    to = left_of(coded, text.index(" dua kali"))
    QTest.mouseMove(handle, handle.mapFrom(port, to))
    QTest.mouseRelease(handle, LEFT, pos=handle.mapFrom(port, to))
    assert coded.selected_segment().text == f"{WORDS} sempat berubah"
    assert Span(row.start, row.end) != Span(coded.selected_segment().start, coded.selected_segment().end)


def test_esc_puts_an_edge_that_is_held_back(coded: TranscriptView, qtbot: QtBot) -> None:
    row, text = coded.selected_segment(), coded.area.source.text
    handle, port = coded.edges.handles["end"], coded.area.viewport()
    to = left_of(coded, text.index(" berubah dua"))
    with qtbot.assertNotEmitted(coded.edge_moved):
        hold(coded, "end")
        QTest.mouseMove(handle, handle.mapFrom(port, to))
        assert coded.selected_segment() != row
        qtbot.keyClick(coded.area, Qt.Key.Key_Escape)
        assert coded.selected_segment() == row
        QTest.mouseMove(handle, handle.mapFrom(port, to))
        QTest.mouseRelease(handle, LEFT, pos=handle.mapFrom(port, to))
    assert coded.selected_segment() == row
