"""Reading and selecting with mouse and keys: spans, segments, places, copying, searching."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.context import Context
from app.transcript.text_area import CODE_MIME, SELECTION_MIME
from app.transcript.view import TranscriptView
from coding.text import Span

LEFT = Qt.MouseButton.LeftButton
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def drag(view: TranscriptView, start: QPoint, end: QPoint) -> None:
    port = view.area.viewport()
    QTest.mousePress(port, LEFT, pos=start)
    QTest.mouseMove(port, (start + end) / 2)
    QTest.mouseMove(port, end)
    QTest.mouseRelease(port, LEFT, pos=end)


def left_of(view: TranscriptView, at: int) -> QPoint:
    position = view.area.shown.display.to_qt(at, forward=True)
    rect = view.area.geometry_.rects(position, position + 1)[0]
    return QPoint(round(rect.left()) + 1, round(rect.center().y()) - view.area.offset)


def test_dragging_over_words_selects_them_in_code_points(view: TranscriptView) -> None:
    text = view.area.source.text
    start, end = text.index("tiap awal"), text.index(". Warga")
    drag(view, left_of(view, start), left_of(view, end))
    assert view.selection() == Span(start, end)
    assert view.selection().of(text) == "tiap awal bulan 🙂"
    assert view.target() == Span(start, end)


def test_an_emoji_of_several_code_points_is_never_split(view: TranscriptView, qtbot: QtBot) -> None:
    text = view.area.source.text
    at = text.index("👩🏽‍🌾")
    view.area.set_caret(at)
    cursor = view.area.textCursor()
    position = cursor.position()
    for unit in range(1, 7):
        view.area.set_cursor(position, position + unit)
        assert view.selection().of(text) == "👩🏽‍🌾"
    view.area.set_caret(at)
    qtbot.keyClick(view.area, Qt.Key.Key_Right, SHIFT)
    assert view.selection().of(text) == "👩🏽‍🌾"


def test_keys_select_words_lines_and_everything(view: TranscriptView, qtbot: QtBot) -> None:
    text = view.area.source.text
    view.area.set_caret(text.index("Warga cepat"))
    qtbot.keyClick(view.area, Qt.Key.Key_Right, CTRL | SHIFT)
    qtbot.keyClick(view.area, Qt.Key.Key_Right, CTRL | SHIFT)
    assert view.target().of(text) == "Warga cepat"
    qtbot.keyClick(view.area, Qt.Key.Key_A, CTRL)
    assert view.selection() == Span(0, len(text))
    qtbot.keyClick(view.area, Qt.Key.Key_Home, CTRL)
    assert view.selection() is None
    qtbot.keyClick(view.area, Qt.Key.Key_Down, SHIFT)
    assert view.selection().of(text) == text[: text.index("\n")]


def test_the_caret_is_seen_and_moves(view: TranscriptView, qtbot: QtBot) -> None:
    assert view.area.cursorWidth() == 2
    view.area.set_caret(0)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_PageDown):
        before = view.area.caret()
        qtbot.keyClick(view.area, key)
        assert view.area.caret() > before


def test_page_down_turns_the_page(view: TranscriptView, qtbot: QtBot, long_source) -> None:
    view.set_source(long_source)
    qtbot.keyClick(view.area, Qt.Key.Key_PageDown)
    first = view.area.offset
    assert first > 300
    qtbot.keyClick(view.area, Qt.Key.Key_PageUp)
    assert view.area.offset < first


def test_without_a_selection_the_sentence_is_the_target(view: TranscriptView) -> None:
    text = view.area.source.text
    view.area.set_caret(text.index("cepat tahu"))
    assert view.target().of(text).startswith("Warga cepat tahu")
    assert view.target() == view.sentence_at_caret()
    assert view.turn_at_caret() == Span(view.area.source.turns[1].start, view.area.source.turns[1].end)
    assert view.turn_number() == 1
    view.area.set_caret(text.index("Informan"))
    assert view.target().of(text) == "Informan: RS"
    assert view.turn_number() is None


def test_blanks_at_the_ends_are_no_part_of_the_target(view: TranscriptView) -> None:
    text = view.area.source.text
    start = text.index(" lewat rapat ")
    view.select_span(Span(start, start + len(" lewat rapat ")))
    assert view.selection().of(text) == " lewat rapat "
    assert view.target().of(text) == "lewat rapat"
    # blanks alone were selected by accident: nothing is tagged, and not the sentence around them either
    view.select_span(Span(start, start + 1))
    assert not view.target()


def test_a_click_on_a_passage_selects_the_smallest_segment(view: TranscriptView, make, qtbot: QtBot, point_of) -> None:
    source = view.area.source
    wide = make.segment(source, "Petugas loket cuma dua, padahal desanya sembilan.")
    narrow = make.segment(source, "cuma dua")
    view.set_segments([wide, narrow])
    clicked: list[str] = []
    view.segment_selected.connect(clicked.append)
    for words in ("cuma dua", "Petugas", "Bagaimana informasi", "dua,", "sembilan."):
        QTest.qWait(QApplication.doubleClickInterval() + 20)
        qtbot.mouseClick(view.area.viewport(), LEFT, pos=point_of(view, source.text.index(words)))
    assert clicked == [narrow.guid, wide.guid, "", narrow.guid, wide.guid]
    assert view.selected_segment() == wide


def test_a_click_right_of_a_line_is_on_no_passage(view: TranscriptView, make, qtbot: QtBot, point_of) -> None:
    source = view.area.source
    row = make.segment(source, source.turns[0].start and source.text[source.turns[0].start : source.turns[0].end])
    view.set_segments([row])
    view.select_segment(row.guid)
    end = point_of(view, row.end - 1)
    with qtbot.waitSignal(view.segment_selected) as caught:
        qtbot.mouseClick(view.area.viewport(), LEFT, pos=QPoint(end.x() + 60, end.y()))
    assert caught.args == [""]


def test_a_click_on_a_stripe_selects_exactly_that_segment(view: TranscriptView, make, qtbot: QtBot) -> None:
    source = view.area.source
    rows = [
        make.segment(source, "Petugas loket cuma dua", "Staf"),
        make.segment(source, "Petugas loket cuma dua", "SOP"),
        make.segment(source, "loket cuma", "Anggaran"),
    ]
    view.set_segments(rows)
    for row in rows:
        view.margin.grab()
        with qtbot.waitSignal(view.segment_selected) as caught:
            qtbot.mouseClick(view.margin, LEFT, pos=view.margin.stripe_box(row.guid).center().toPoint())
        assert caught.args == [row.guid]
        assert view.selected_segment() == row
        assert "Ani" in view.margin.accessibleDescription()
        assert view.area.offset == 0


def test_hovering_names_code_valence_and_coder(view: TranscriptView, make, qtbot: QtBot) -> None:
    row = make.segment(view.area.source, "Petugas loket", "A & B", "inhibiting", coder="Dr. <X>")
    view.set_segments([row])
    view.margin.grab()
    at = view.margin.stripe_box(row.guid).center()
    assert view.margin.row_at(at) == row
    text = view.margin.tooltip(row)
    assert "A &amp; B (en)" in text
    assert "−" in text
    assert "inhibiting" in text
    assert "Dr. &lt;X&gt;" in text
    qtbot.mouseMove(view.margin, at.toPoint())
    assert view.area.shown.hovered == row.guid
    qtbot.mouseMove(view.margin, QPoint(view.margin.width() - 2, view.margin.height() - 2))
    assert view.area.shown.hovered is None


def test_copying_gives_the_stored_text(view: TranscriptView, make, qtbot: QtBot) -> None:
    text = "NA: datang\n    ke balai 🙂.\n\nP: Lalu\u00a0apa?"
    source = make.source((("", text),), header="")
    view.set_source(source, [text.index("\n")])
    qtbot.keyClick(view.area, Qt.Key.Key_A, CTRL)
    qtbot.keyClick(view.area, Qt.Key.Key_C, CTRL)
    data = QApplication.clipboard().mimeData()
    assert data.text() == text
    assert json.loads(bytes(data.data(SELECTION_MIME).data())) == {"source": source.guid, "start": 0, "end": len(text)}
    assert not data.hasHtml()


def test_the_program_ends_well_with_something_copied() -> None:
    code = (
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        "from app.theme import Theme\n"
        "from app.transcript.text_area import TextArea\n"
        "from app.transcript.prepared import Prepared\n"
        "from coding.transcripts.rows import SourceText\n"
        "source = SourceText('g', 'n', 'interview', None, None, 'Kata.', 0, (), ())\n"
        "area = TextArea(Theme())\n"
        "area.fill(source, Prepared.of(source))\n"
        "area.selectAll()\n"
        "area.copy()\n"
        "print(app.clipboard().text())\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (0, "Kata.\n"), done.stderr


def test_new_segments_move_nothing(view: TranscriptView, make, long_source) -> None:
    view.set_source(long_source)
    at = long_source.text.index("Giliran 80.")
    view.select_span(Span(at, at + 11), reveal=True)
    place, selection = view.place(), view.selection()
    rows = [make.segment(long_source, (n * 50, n * 50 + 40), guid=str(n)) for n in range(100)]
    view.set_segments(rows)
    view.select_segment("3")
    view.set_segments(rows[10:])
    assert view.place() == place
    assert view.selection() == selection
    assert view.selected_segment() is None


def test_a_jump_puts_its_target_in_the_middle(view: TranscriptView, make, long_source, qtbot: QtBot) -> None:
    view.set_source(long_source)
    row = make.segment(long_source, "Giliran 120.")
    view.set_segments([row])
    view.select_segment(row.guid, reveal=True)

    def middle() -> float:
        rect = view.area.tints.rects(view.area.shown, row)[0]
        return (rect.center().y() - view.area.offset) / view.area.viewport().height()

    assert middle() == pytest.approx(0.5, abs=0.05)
    assert view.area.caret() == row.start
    view.resize(640, 500)
    qtbot.waitUntil(lambda: view.area.width() < 700)
    assert middle() == pytest.approx(0.5, abs=0.08)


def test_a_jump_before_the_window_is_shown_ends_in_the_middle(ctx: Context, make, long_source, qtbot: QtBot) -> None:
    view = TranscriptView(ctx)
    qtbot.addWidget(view)
    view.set_source(long_source)
    row = make.segment(long_source, "Giliran 120.")
    view.set_segments([row])
    view.select_segment(row.guid, reveal=True)
    view.resize(1000, 700)
    view.show()
    qtbot.waitExposed(view)
    rect = view.area.tints.rects(view.area.shown, row)[0]
    assert (rect.center().y() - view.area.offset) / view.area.viewport().height() == pytest.approx(0.5, abs=0.08)


def test_the_place_comes_back_in_another_window(view: TranscriptView, ctx: Context, long_source, qtbot: QtBot) -> None:
    view.set_source(long_source)
    view.area.show_height(5003)
    at = long_source.text.index("Giliran 90.")
    view.select_span(Span(at, at + 11))
    place = json.loads(json.dumps(view.place()))
    assert place["top"] > 0
    other = TranscriptView(ctx)
    qtbot.addWidget(other)
    other.set_source(long_source)
    other.restore_place(place)
    other.resize(view.size())
    other.show()
    qtbot.waitExposed(other)
    assert other.place() == place
    assert other.selection() == view.selection()
    other.resize(700, 480)
    qtbot.waitUntil(lambda: other.area.width() < 720)
    block_top = other.place()["top"]
    assert abs(block_top - place["top"]) < 80


def test_a_place_beyond_the_end_is_the_end(view: TranscriptView, source) -> None:
    view.restore_place({"top": 10**6, "below": 0, "anchor": 10**6, "caret": 10**6})
    assert view.area.caret() == len(source.text)


def test_tab_leaves_the_text(ctx: Context, source, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    before, view, after = QLineEdit(), TranscriptView(ctx), QLineEdit()
    for part in (before, view, after):
        layout.addWidget(part)
    view.set_source(source)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.area.hasFocus)
    qtbot.keyClick(view.area, Qt.Key.Key_Tab)
    assert after.hasFocus()
    qtbot.keyClick(after, Qt.Key.Key_Tab, SHIFT)
    assert view.area.hasFocus()
    qtbot.keyClick(view.area, Qt.Key.Key_Tab, SHIFT)
    assert before.hasFocus()


def drop(view: TranscriptView, at: QPoint, guid: str) -> None:
    data = QMimeData()
    data.setData(CODE_MIME, guid.encode())
    actions, buttons, keys = Qt.DropAction.CopyAction, LEFT, Qt.KeyboardModifier.NoModifier
    port = view.area.viewport()
    enter = QDragEnterEvent(at, actions, data, buttons, keys)
    QApplication.sendEvent(port, enter)
    assert enter.isAccepted()
    move = QDragMoveEvent(at, actions, data, buttons, keys)
    QApplication.sendEvent(port, move)
    assert view.area.drop_at is not None
    QApplication.sendEvent(port, QDropEvent(QPointF(at), actions, data, buttons, keys))
    assert view.area.drop_at is None


def test_a_code_dropped_on_the_selection_is_for_the_selection(view: TranscriptView, qtbot: QtBot, point_of) -> None:
    text = view.area.source.text
    start = text.index("lewat rapat")
    view.select_span(Span(start, start + 11))
    with qtbot.waitSignal(view.dropped_code) as caught:
        drop(view, point_of(view, start + 4), "code-é")
    assert caught.args == ["code-é"]
    assert view.target() == Span(start, start + 11)


def test_a_code_dropped_elsewhere_is_for_the_sentence_there(view: TranscriptView, qtbot: QtBot, point_of) -> None:
    text = view.area.source.text
    view.select_span(Span(text.index("lewat"), text.index("lewat") + 5))
    with qtbot.waitSignal(view.dropped_code):
        drop(view, point_of(view, text.index("desanya")), "c")
    assert view.target().of(text) == "Petugas loket cuma dua, padahal desanya sembilan."


def test_files_dropped_are_left_to_the_window(view: TranscriptView) -> None:
    data = QMimeData()
    data.setText("kata")
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view.area.viewport(), enter)
    assert not enter.isAccepted()


def test_find_counts_steps_and_returns(view: TranscriptView, qtbot: QtBot, long_source) -> None:
    view.set_source(long_source)
    qtbot.keyClick(view.area, Qt.Key.Key_F, CTRL)
    qtbot.waitUntil(view.find_bar.field.hasFocus)
    qtbot.keyClicks(view.find_bar.field, "GILIRAN 4")
    total = len(view.area.shown.hits)
    assert total == 11
    assert view.find_bar.count.text() == "1 of 11"
    assert view.selection().of(long_source.text) == "Giliran 4"
    for _ in range(3):
        qtbot.keyClick(view.find_bar.field, Qt.Key.Key_Return)
    assert view.find_bar.count.text() == "4 of 11"
    hit = view.area.geometry_.rects(*view.area.shown.display.qt_range(*span_of(view.selection())))[0]
    assert view.area.seen().contains(hit)
    qtbot.keyClick(view.find_bar.field, Qt.Key.Key_Return, SHIFT)
    qtbot.keyClick(view.find_bar.field, Qt.Key.Key_Enter)
    assert view.find_bar.count.text() == "4 of 11"
    found = view.selection()
    qtbot.keyClick(view.find_bar.field, Qt.Key.Key_Escape)
    assert not view.find_bar.isVisible()
    qtbot.waitUntil(view.area.hasFocus)
    assert view.selection() == found


def span_of(span: Span) -> tuple[int, int]:
    return span.start, span.end


def test_find_that_finds_nothing_moves_nothing(view: TranscriptView, qtbot: QtBot) -> None:
    text = view.area.source.text
    view.area.set_caret(text.index("Petugas"))
    place = view.place()
    view.open_find()
    qtbot.keyClicks(view.find_bar.field, "zzz")
    assert view.find_bar.count.text() == "not found"
    qtbot.keyClick(view.find_bar.field, Qt.Key.Key_Return)
    qtbot.keyClick(view.find_bar.field, Qt.Key.Key_Escape)
    assert view.place() == place


def test_find_takes_over_the_selected_words(view: TranscriptView, qtbot: QtBot) -> None:
    text = view.area.source.text
    at = text.rindex("Kalau")
    view.select_span(Span(at, at + 5))
    view.open_find()
    assert view.find_bar.field.text() == "Kalau"
    assert view.find_bar.count.text() == "3 of 3"
    assert view.selection() == Span(at, at + 5)


def test_words_follow_the_language(view: TranscriptView, make, ctx: Context) -> None:
    row = make.segment(view.area.source, "Petugas loket", "Staf")
    view.set_segments([row])
    assert "Staf (en)" in view.margin.tooltip(row)
    ctx.set_language("id")
    assert "Staf (en)" not in view.margin.tooltip(row)
    assert "Staf" in view.margin.tooltip(row)


def test_every_part_has_a_name(view: TranscriptView) -> None:
    assert view.area.accessibleName() == "Transcript"
    assert view.area.accessibleDescription() == "RS: Peneliti, turn 1 of 4"
    view.area.set_caret(view.area.source.turns[1].start)
    assert view.area.accessibleDescription() == "RS: RS, turn 2 of 4"
    view.area.set_caret(0)
    assert view.area.accessibleDescription() == "RS"
    unnamed = [
        part
        for part in [view.margin, view.gutter, view.find_bar, view.bar, view.find_bar.field, *view.bar._buttons()]
        if part.isVisibleTo(part.parentWidget()) and not (part.accessibleName() or getattr(part, "text", str)())
    ]
    assert unnamed == []


def test_the_wheel_over_the_margin_scrolls_and_with_ctrl_sizes_the_text(
    view: TranscriptView, ctx: Context, long_source
) -> None:
    from PySide6.QtGui import QWheelEvent

    view.set_source(long_source)

    def wheel(widget: QWidget, keys: Qt.KeyboardModifier, turn: int) -> None:
        at = QPointF(widget.rect().center())
        event = QWheelEvent(
            at, widget.mapToGlobal(at), QPoint(0, 0), QPoint(0, turn), Qt.MouseButton.NoButton, keys,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)

    wheel(view.margin, Qt.KeyboardModifier.NoModifier, -240)
    assert view.area.offset > 0
    before = view.area.offset
    wheel(view.area.viewport(), CTRL, 120)
    assert ctx.settings.get("text_size") == 16
    assert view.area.document().defaultFont().pixelSize() == ctx.theme.text_font().pixelSize()
    assert view.area.offset != before or view.area.top()[0] >= 0


def test_segments_on_what_is_not_shown_do_no_harm(view: TranscriptView, make) -> None:
    source = view.area.source
    label = source.turns[1]
    hidden = [
        make.segment(source, (label.label_start, label.start), "Label"),
        make.segment(source, (label.label_start - 2, label.label_start), "Blanks"),
        make.segment(source, (0, len(source.text)), "Everything"),
    ]
    view.set_segments(hidden)
    view.grab()
    assert view.area.tints.rects(view.area.shown, hidden[0]) == []
    for row in hidden:
        view.select_segment(row.guid, reveal=True)
        assert view.margin.stripe_box(row.guid) is not None


def test_an_empty_view_takes_every_key(ctx: Context, qtbot: QtBot) -> None:
    view = TranscriptView(ctx)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitExposed(view)
    for text in "so[]{}1+0.":
        qtbot.keyClicks(view.area, text)
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_F4, Qt.Key.Key_Escape, Qt.Key.Key_A):
        qtbot.keyClick(view.area, key)
    view.open_find()
    qtbot.keyClicks(view.find_bar.field, "x")
    view.restore_place(view.place())
    assert view.target() == Span(0, 0)
    assert view.selection() is None
    view.grab()
