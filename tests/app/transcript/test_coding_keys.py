"""Coding from the keyboard: keys and what they mean, edges, growing, walking, the selection bar."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.context import Context
from app.transcript.offsets import round_out
from app.transcript.selection_bar import SHADOW, BarCode
from app.transcript.view import TranscriptView
from coding.text import Span

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
PAD = Qt.KeyboardModifier.KeypadModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.mark.parametrize(
    ("key", "keys", "signal", "args"),
    [
        (Qt.Key.Key_1, NONE, "key_digit", [1]),
        (Qt.Key.Key_9, PAD, "key_digit", [9]),
        (Qt.Key.Key_Plus, SHIFT, "key_valence", ["supporting"]),
        (Qt.Key.Key_Plus, PAD, "key_valence", ["supporting"]),
        (Qt.Key.Key_Minus, NONE, "key_valence", ["inhibiting"]),
        (Qt.Key.Key_0, NONE, "key_valence", ["neutral"]),
        (Qt.Key.Key_Period, NONE, "key_valence", [None]),
        (Qt.Key.Key_Return, NONE, "key_palette", []),
        (Qt.Key.Key_Enter, PAD, "key_palette", []),
        (Qt.Key.Key_Delete, NONE, "key_remove", []),
        (Qt.Key.Key_M, CTRL, "key_memo", []),
        (Qt.Key.Key_V, CTRL | SHIFT, "key_in_vivo", []),
        (Qt.Key.Key_F4, NONE, "step_segment", [1]),
        (Qt.Key.Key_F4, SHIFT, "step_segment", [-1]),
    ],
)
def test_keys_say_what_is_wanted(view: TranscriptView, qtbot: QtBot, key, keys, signal: str, args: list) -> None:
    with qtbot.waitSignal(getattr(view, signal), timeout=1000) as caught:
        qtbot.keyClick(view.area, key, keys)
    assert caught.args == args


@pytest.mark.parametrize("key", [Qt.Key.Key_1, Qt.Key.Key_0, Qt.Key.Key_Plus, Qt.Key.Key_S, Qt.Key.Key_O])
def test_single_characters_can_be_switched_off(view: TranscriptView, qtbot: QtBot, ctx: Context, key) -> None:
    ctx.settings.set("single_letter_keys", False)
    with qtbot.assertNotEmitted(view.key_digit), qtbot.assertNotEmitted(view.key_valence):
        qtbot.keyClick(view.area, key)
    assert view.selection() is None
    with qtbot.waitSignal(view.key_palette):
        qtbot.keyClick(view.area, Qt.Key.Key_Return)


def test_characters_with_ctrl_or_alt_are_left_alone(view: TranscriptView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.key_digit), qtbot.assertNotEmitted(view.key_valence):
        qtbot.keyClick(view.area, Qt.Key.Key_1, CTRL)
        qtbot.keyClick(view.area, Qt.Key.Key_Plus, CTRL)
        qtbot.keyClick(view.area, Qt.Key.Key_2, ALT)
        qtbot.keyClick(view.area, Qt.Key.Key_R, CTRL)


def test_typing_changes_nothing(view: TranscriptView, qtbot: QtBot) -> None:
    before = view.area.toPlainText()
    qtbot.keyClicks(view.area, "abc xyz")
    assert view.area.toPlainText() == before


WORDS = "Warga cepat tahu, cuma persyaratannya"


@pytest.mark.parametrize(
    ("key", "keys", "moved"),
    [
        ("[", NONE, "🙂. Warga cepat tahu, cuma persyaratannya"),
        ("]", NONE, "Warga cepat tahu, cuma persyaratannya sempat"),
        ("[", ALT, "cepat tahu, cuma persyaratannya"),
        ("]", ALT, "Warga cepat tahu, cuma"),
        ("{", NONE, "Itu rutin tiap awal bulan 🙂. Warga cepat tahu, cuma persyaratannya"),
        ("}", NONE, "Warga cepat tahu, cuma persyaratannya sempat berubah dua kali."),
    ],
)
def test_edges_move_by_word_and_sentence(view: TranscriptView, make, qtbot: QtBot, key: str, keys, moved: str) -> None:
    source = view.area.source
    row = make.segment(source, WORDS)
    view.set_segments([row])
    view.select_segment(row.guid)
    with qtbot.waitSignal(view.edge_moved) as caught:
        press(view, key, keys)
    guid, start, end = caught.args
    assert guid == row.guid
    shown = view.selected_segment()
    assert (shown.start, shown.end) == (start, end)
    # The emoji before is a word of its own, the full stop with it another.
    assert source.text[start:end].lstrip(". ") == moved.lstrip("🙂. ")
    assert shown.text == source.text[start:end]


def press(view: TranscriptView, key: str, keys: Qt.KeyboardModifier = NONE) -> None:
    codes = {
        "[": Qt.Key.Key_BracketLeft,
        "]": Qt.Key.Key_BracketRight,
        "{": Qt.Key.Key_BraceLeft,
        "}": Qt.Key.Key_BraceRight,
        "<": Qt.Key.Key_Less,
        ">": Qt.Key.Key_Greater,
    }
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    held = keys | SHIFT if key in "{}" else keys
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(view.area, QKeyEvent(kind, codes[key], held, key))


def test_edges_move_on_while_the_first_steps_are_being_stored(view: TranscriptView, make, qtbot: QtBot) -> None:
    source = view.area.source
    row = make.segment(source, "Petugas loket")
    view.set_segments([row])
    view.select_segment(row.guid)
    moved: list[tuple[int, int]] = []
    view.edge_moved.connect(lambda guid, start, end: moved.append((start, end)))
    press(view, "]")
    press(view, "]")
    view.set_segments([replace(row, start=moved[0][0], end=moved[0][1])])
    assert view.selected_segment().end == moved[1][1]
    press(view, "]")
    assert source.text[slice(*moved[2])] == "Petugas loket cuma dua, padahal"[: len(source.text[slice(*moved[2])])]
    view.set_segments([replace(row, start=moved[2][0], end=moved[2][1])])
    assert view.selected_segment().end == moved[2][1]
    # Taken back later: what is stored is shown.
    view.set_segments([row])
    assert view.selected_segment() == row


def test_a_refused_move_shows_what_is_stored(view: TranscriptView, make) -> None:
    row = make.segment(view.area.source, "Petugas loket")
    view.set_segments([row])
    view.select_segment(row.guid)
    press(view, "]")
    view.set_segments([row])
    assert view.selected_segment() == row


def test_an_edge_never_passes_the_other(view: TranscriptView, make, qtbot: QtBot) -> None:
    row = make.segment(view.area.source, "loket")
    view.set_segments([row])
    view.select_segment(row.guid)
    with qtbot.assertNotEmitted(view.edge_moved):
        press(view, "[", ALT)
        press(view, "]", ALT)


def test_edges_skip_labels(view: TranscriptView, make) -> None:
    source = view.area.source
    row = make.segment(source, "Petugas loket")
    view.set_segments([row])
    view.select_segment(row.guid)
    press(view, "[")
    assert view.selected_segment().text == "mencukupi?\n\nRS: Petugas loket"


def test_without_a_segment_the_selection_is_changed(view: TranscriptView) -> None:
    text = view.area.source.text
    start = text.index("Petugas loket")
    view.select_span(Span(start, start + 13))
    press(view, "]")
    assert view.selection().of(text) == "Petugas loket cuma"
    press(view, "}")
    assert view.selection().of(text) == "Petugas loket cuma dua, padahal desanya sembilan."


def test_s_grows_to_the_turn(view: TranscriptView, qtbot: QtBot) -> None:
    source = view.area.source
    first, second = source.turns[1], source.turns[3]
    view.area.set_caret(source.text.index("cepat tahu"))
    qtbot.keyClick(view.area, Qt.Key.Key_S)
    assert view.selection() == Span(first.start, first.end)
    view.select_span(Span(source.text.index("bingung"), source.text.index("loket")))
    qtbot.keyClick(view.area, Qt.Key.Key_S)
    assert view.selection() == Span(first.start, second.end)


def test_o_walks_through_the_segments_under_the_caret(view: TranscriptView, make, qtbot: QtBot) -> None:
    source = view.area.source
    rows = [
        make.segment(source, "Petugas loket cuma dua, padahal desanya sembilan.", "A"),
        make.segment(source, "loket cuma dua, padahal", "B"),
        make.segment(source, "cuma dua", "C"),
        make.segment(source, "Kalau hari", "D"),
    ]
    view.set_segments(rows)
    view.area.set_caret(source.text.index("cuma dua") + 1)
    seen = []
    for _ in range(4):
        with qtbot.waitSignal(view.segment_selected) as caught:
            qtbot.keyClick(view.area, Qt.Key.Key_O)
        seen.append(caught.args[0].split()[0])
    assert seen == ["C", "B", "A", "C"]


def test_esc_steps_back_out(view: TranscriptView, make, qtbot: QtBot) -> None:
    source = view.area.source
    row = make.segment(source, "Petugas loket")
    view.set_segments([row])
    view.select_segment(row.guid)
    view.select_span(Span(row.start, row.end))
    view.show_bar()
    assert view.bar.isVisible()
    qtbot.keyClick(view.area, Qt.Key.Key_Escape)
    assert not view.bar.isVisible()
    assert view.selection() is not None
    qtbot.keyClick(view.area, Qt.Key.Key_Escape)
    assert view.selection() is None
    assert view.selected_segment() == row
    with qtbot.waitSignal(view.segment_selected) as caught:
        qtbot.keyClick(view.area, Qt.Key.Key_Escape)
    assert caught.args == [""]


# the selection bar


def bar_body(view: TranscriptView) -> QRectF:
    return QRectF(view.bar.geometry()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)


def selected_rects(view: TranscriptView) -> list[QRectF]:
    cursor = view.area.textCursor()
    corner = view.area.viewport().mapTo(view, QPoint(0, 0))
    rects = view.area.geometry_.rects(cursor.selectionStart(), cursor.selectionEnd())
    return [r.translated(corner.x(), corner.y() - view.area.offset) for r in rects]


def select_by_mouse(view: TranscriptView, start: QPoint, end: QPoint) -> None:
    port = view.area.viewport()
    QTest.mousePress(port, LEFT, pos=start)
    QTest.mouseMove(port, end)
    QTest.mouseRelease(port, LEFT, pos=end)


def test_the_bar_comes_at_once_after_a_selection_by_mouse(view: TranscriptView, point_of) -> None:
    text = view.area.source.text
    select_by_mouse(view, point_of(view, text.index("lewat")), point_of(view, text.index("Warga cepat")))
    assert view.bar.isVisible()
    assert not any(bar_body(view).intersects(rect) for rect in selected_rects(view))
    assert view.rect().contains(view.bar.geometry())
    assert view.area.hasFocus()


def test_the_bar_comes_a_little_later_after_a_selection_by_keys(view: TranscriptView, qtbot: QtBot) -> None:
    view.area.set_caret(view.area.source.text.index("Petugas"))
    qtbot.keyClick(view.area, Qt.Key.Key_Right, CTRL | SHIFT)
    assert not view.bar.isVisible()
    qtbot.waitUntil(view.bar.isVisible, timeout=3000)
    qtbot.keyClick(view.area, Qt.Key.Key_Right)
    assert not view.bar.isVisible()


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.93, 1.0])
def test_the_bar_never_covers_the_selection(view: TranscriptView, long_source, share: float, point_of) -> None:
    view.set_source(long_source)
    view.area.show_height(3000)
    area = view.area
    y = area.offset + share * (area.viewport().height() - 4)
    line = next(ln for b in area.geometry_.blocks(y, y + 40) for ln in area.geometry_.lines(b, y - 20, y + 40))
    for length in (3, 200, 4000):
        at = area.shown.display.to_cp(line.start)
        view.select_span(Span(at, min(at + length, len(long_source.text))))
        view.show_bar()
        if view.bar.isVisible():
            assert not any(bar_body(view).intersects(rect) for rect in selected_rects(view))
            assert view.area.geometry().adjusted(-SHADOW, -SHADOW, SHADOW, SHADOW).contains(view.bar.geometry())
        else:
            assert length == 4000 or share in (0.0, 1.0)


def test_scrolling_hides_the_bar(view: TranscriptView, long_source) -> None:
    view.set_source(long_source)
    view.select_span(Span(200, 220))
    view.show_bar()
    assert view.bar.isVisible()
    view.area.verticalScrollBar().setValue(40)
    assert not view.bar.isVisible()


def test_the_bar_says_what_is_wanted(view: TranscriptView, qtbot: QtBot, make) -> None:
    source = view.area.source
    view.set_recent_codes([BarCode("code Staf", "Staf", 1, "2 1"), BarCode("code SOP", "SOP & lain-lain", 3)])
    start = source.text.index("Petugas loket")
    view.select_span(Span(start, start + 13))
    view.show_bar()
    buttons = {b.accessibleName() or b.text(): b for b in view.bar._buttons() if b.isVisible()}
    assert list(buttons) == ["Staf", "SOP & lain-lain", "supporting", "inhibiting", "neutral", "Memo", "Other code…"]
    for name, signal, args in (
        ("Staf", view.bar_code, ["code Staf"]),
        ("SOP & lain-lain", view.bar_code, ["code SOP"]),
        ("supporting", view.key_valence, ["supporting"]),
        ("inhibiting", view.key_valence, ["inhibiting"]),
        ("neutral", view.key_valence, ["neutral"]),
        ("Memo", view.key_memo, []),
        ("Other code…", view.key_palette, []),
    ):
        with qtbot.waitSignal(signal) as caught:
            qtbot.mouseClick(buttons[name], LEFT)
        assert caught.args == args
        assert view.area.hasFocus()
    assert not any(b.isChecked() for b in buttons.values())
    row = make.segment(source, "Petugas loket", "Staf", "inhibiting")
    view.set_segments([row])
    view.select_segment(row.guid)
    assert [name for name, b in buttons.items() if b.isChecked()] == ["Staf", "inhibiting"]
    assert view.selection() == Span(start, start + 13)


def test_in_a_narrow_window_the_bar_offers_less(view: TranscriptView, qtbot: QtBot) -> None:
    view.set_recent_codes([BarCode(f"c{n}", f"Kode yang panjang {n}", n) for n in range(3)])
    view.select_span(Span(0, 9))
    widths = []
    for width in (900, 560, 420):
        view.resize(width, 500)
        qtbot.waitUntil(lambda wide=width: view.area.width() == wide)
        view.show_bar()
        assert view.bar.isVisible()
        assert view.rect().contains(view.bar.geometry())
        widths.append(len([b for b in view.bar._buttons() if b.isVisible()]))
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > widths[-1] >= 4


def test_in_vivo_is_offered_where_somebody_listens(view: TranscriptView, qtbot: QtBot) -> None:
    heard: list[bool] = []
    view.key_in_vivo.connect(lambda: heard.append(True))
    view.select_span(Span(0, 9))
    view.show_bar()
    button = next(b for b in view.bar._buttons() if b.text() == "In vivo")
    assert button.isVisible()
    qtbot.mouseClick(button, LEFT)
    assert heard == [True]


# keys that came later: characters, other scripts, Alt where single characters are switched off


@pytest.mark.parametrize(
    ("key", "keys", "moved"),
    [
        ("<", SHIFT, ". Warga cepat tahu, cuma persyaratannya"),
        (">", SHIFT, "Warga cepat tahu, cuma persyaratannya s"),
        ("<", SHIFT | CTRL, "arga cepat tahu, cuma persyaratannya"),
        (">", SHIFT | CTRL, "Warga cepat tahu, cuma persyaratanny"),
        ("<", SHIFT | ALT, "arga cepat tahu, cuma persyaratannya"),
        ("[", CTRL, "cepat tahu, cuma persyaratannya"),
        ("]", CTRL, "Warga cepat tahu, cuma"),
    ],
)
def test_edges_move_by_character_and_inward_with_ctrl(view: TranscriptView, make, key: str, keys, moved: str) -> None:
    row = make.segment(view.area.source, WORDS)
    view.set_segments([row])
    view.select_segment(row.guid)
    press(view, key, keys)
    assert view.selected_segment().text == moved


SCRIPTS = {
    "emoji with modifiers": ("Petugas 👩🏽‍🌾👨‍👩‍👧 datang.", ["👩🏽‍🌾👨‍👩‍👧", "👨‍👩‍👧"]),
    "combining marks": ("Ia q\u0323\u0303ta\u0332 saja.", ["q\u0323\u0303ta\u0332", "ta\u0332"]),
    "Arabic with vowel signs": ("Kata السَّلامُ itu.", ["السَّلامُ", "لسَّلامُ"]),
    "Javanese": ("Aksara ꦲꦤꦕꦫꦏꦢꦺꦴ lama.", ["ꦲꦤꦕꦫꦏꦢꦺꦴ", "ꦤꦕꦫꦏꦢꦺꦴ"]),
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_edges_cut_no_character_of_any_script(view: TranscriptView, make, name: str) -> None:
    words, (whole, shorter) = SCRIPTS[name]
    view.set_source(make.source((("RS", words),)))
    source = view.area.source
    start = source.text.index(whole)
    row = make.segment(source, (start, start + len(whole)))
    view.set_segments([row])
    view.select_segment(row.guid)
    press(view, "<", SHIFT | CTRL)
    assert view.selected_segment().text == shorter
    press(view, "<", SHIFT)
    assert view.selected_segment().text == whole
    # to the last character, and never into emptiness
    for _ in range(len(whole) + 3):
        press(view, ">", SHIFT | CTRL)
    left = view.selected_segment()
    assert left.start == start
    assert Span(left.start, left.end) == round_out(source.text, left.start, left.start + 1)
    press(view, "]")
    assert view.selected_segment().text.strip() == view.selected_segment().text


def test_a_word_of_a_script_with_marks_is_one_step(view: TranscriptView, make) -> None:
    view.set_source(make.source((("RS", "Aksara ꦲꦤꦕꦫꦏꦢꦺꦴ dan السَّلامُ lama."),)))
    row = make.segment(view.area.source, "Aksara")
    view.set_segments([row])
    view.select_segment(row.guid)
    seen = []
    for _ in range(3):
        press(view, "]")
        seen.append(view.selected_segment().text.split()[-1])
    assert seen == ["ꦲꦤꦕꦫꦏꦢꦺꦴ", "dan", "السَّلامُ"]


@pytest.mark.parametrize(
    ("key", "signal", "args"),
    [
        (Qt.Key.Key_2, "key_digit", [2]),
        (Qt.Key.Key_Plus, "key_valence", ["supporting"]),
        (Qt.Key.Key_Minus, "key_valence", ["inhibiting"]),
        (Qt.Key.Key_0, "key_valence", ["neutral"]),
        (Qt.Key.Key_Asterisk, "key_other", ["star"]),
        (Qt.Key.Key_P, "key_other", ["reported"]),
        (Qt.Key.Key_R, "key_other", ["repeat"]),
        (Qt.Key.Key_C, "key_other", ["recode"]),
        (Qt.Key.Key_K, "key_other", ["number_keys"]),
    ],
)
def test_with_alt_they_work_where_single_characters_are_switched_off(
    view: TranscriptView, qtbot: QtBot, ctx: Context, key, signal: str, args: list
) -> None:
    with qtbot.waitSignal(getattr(view, signal)) as caught:
        qtbot.keyClick(view.area, key)
    assert caught.args == args
    ctx.settings.set("single_letter_keys", False)
    with qtbot.assertNotEmitted(getattr(view, signal)):
        qtbot.keyClick(view.area, key)
    with qtbot.waitSignal(getattr(view, signal)) as caught:
        qtbot.keyClick(view.area, key, ALT)
    assert caught.args == args


def test_with_alt_edges_go_outward_where_single_characters_are_switched_off(
    view: TranscriptView, make, ctx: Context
) -> None:
    ctx.settings.set("single_letter_keys", False)
    row = make.segment(view.area.source, "cepat tahu")
    view.set_segments([row])
    view.select_segment(row.guid)
    press(view, "[")
    assert view.selected_segment().text == "cepat tahu"
    press(view, "[", ALT)
    assert view.selected_segment().text == "Warga cepat tahu"
    press(view, "[", CTRL)
    assert view.selected_segment().text == "cepat tahu"
