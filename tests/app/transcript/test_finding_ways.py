"""Finding by whole words, by case, by expression; F3 after the bar was closed; times in the gutter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.transcript.finding import BadExpression, FindOptions, find
from app.transcript.view import TranscriptView
from coding.transcripts.rows import SourceText, TurnRow

if TYPE_CHECKING:
    from .conftest import Maker


def found(view: TranscriptView, words: str, **options: bool) -> list[str]:
    text = view.area.source.text
    return [span.of(text) for span in find(view.area.shown.display, words, FindOptions(**options))]


def test_whole_words_case_and_expressions(view: TranscriptView) -> None:
    assert found(view, "war") == ["war", "War", "war"]
    assert found(view, "war", whole_words=True) == []
    assert found(view, "Warga", case=True) == ["Warga"]
    assert found(view, r"\b[Ww]arga\b", regular=True, case=True) == ["warga", "Warga", "warga"]
    assert found(view, r"petugas (loket|kantor)", regular=True) == ["Petugas loket"]
    assert found(view, "x*", regular=True) == []
    with pytest.raises(BadExpression):
        found(view, "(", regular=True)


def test_the_switches_search_again_and_say_what_is_no_expression(view: TranscriptView) -> None:
    bar = view.find_bar
    view.open_find()
    QTest.keyClicks(bar.field, "warga")
    assert bar.count.text().endswith("of 3")
    QTest.mouseClick(bar.case, Qt.MouseButton.LeftButton)
    assert bar.count.text() == "1 of 2"
    QTest.mouseClick(bar.case, Qt.MouseButton.LeftButton)
    QTest.mouseClick(bar.regular, Qt.MouseButton.LeftButton)
    bar.field.setText("[")
    assert bar.count.text() == "not a regular expression"
    assert view.area.shown.hits == []
    bar.field.setText(r"(\w+\s*)+!")
    assert bar.count.text() == "could take for ever"
    assert r"(\w+\s*)+!" in bar.count.toolTip()
    bar.field.setText("warga")
    assert not bar.count.toolTip()


def test_an_expression_looks_through_a_very_long_paragraph(view: TranscriptView) -> None:
    text = "kata lain " * 5000 + "antre panjang."
    view.set_source(SourceText("s", "RS", "document", None, None, text, 0, (), ()))
    assert found(view, r"antre\s\w+", regular=True) == ["antre panjang"]
    assert len(found(view, r"\blain\b", regular=True)) == 5000


def test_esc_stays_at_the_hit_and_the_next_is_found_from_there(view: TranscriptView) -> None:
    text = view.area.source.text
    view.area.set_caret(0)
    view.open_find()
    view.find_bar.field.setText("warga")
    first = view.selection()
    assert first is not None
    QTest.keyClick(view.find_bar.field, Qt.Key.Key_Escape)
    assert view.find_bar.isHidden()
    assert view.selection() == first
    view.search.step(1)
    second = view.selection()
    assert second is not None
    assert second.start == text.lower().index("warga", first.end)
    view.search.step(-1)
    assert view.selection() == first


def test_the_time_in_a_label_stands_under_the_speaker(view: TranscriptView) -> None:
    text = "[00:01:23] RS: Antre dari subuh.\nRS: Sampai siang pukul 12.30.\n"
    start, second = text.index("Antre"), text.index("Sampai")
    turns = (
        TurnRow("t0", start, text.index("\n"), 0, start - 1, "informant", "RS", "RS", "RS"),
        TurnRow("t1", second, len(text) - 1, second - 4, second - 1, "informant", "RS", "RS", "RS"),
    )
    view.set_source(SourceText("s", "RS", "interview", None, None, text, 0, turns, ()))
    times = view.gutter.times()
    assert [time for time, _ in times] == ["00:01:23"]
    assert times[0][1] > view.gutter.names()[0][1]


def test_twelve_overlapping_passages_can_all_be_reached_and_read(view: TranscriptView, make: Maker) -> None:
    from app.theme import contrast

    source = view.area.source
    start = source.text.index("Kalau informasinya")
    rows = [make.segment(source, (start + n, start + 90 - n), f"K{n}", color=n, guid=f"g{n}") for n in range(12)]
    view.set_segments(rows)
    view.area.set_caret(start + 40)
    view.area.setFocus()
    seen = []
    for _ in rows:
        QTest.keyClicks(view.area, "o")
        chosen = view.selected_segment()
        assert chosen is not None
        seen.append(chosen.guid)
    assert sorted(seen) == sorted(row.guid for row in rows)
    view.margin.repaint()
    lanes = {round(box.left()) for row in rows if (box := view.margin.stripe_box(row.guid)) is not None}
    assert len(lanes) == 12
    theme = view.area.theme
    for line in view.area.tints._ready.values():
        for _, color in line.tints:
            assert contrast(theme.color("ink"), color) >= 4.5
