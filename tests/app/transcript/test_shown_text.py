"""Whatever is done to segments, what is shown is the text they stand on; and the index is as if made anew."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.transcript.display import Display
from app.transcript.segment_index import LEVELS, SegmentIndex, pack
from app.transcript.stripes import Stripes
from app.transcript.text_area import FIRST
from app.transcript.view import TranscriptView
from coding.segments.rows import SegmentRow
from coding.transcripts.rows import SourceText

MIXED = (
    ("Peneliti", "Bagaimana 👩🏽‍🌾 di dusun?"),
    ("RS", "Kami 🙂 sampaikan lewat rapat. بسم الله dibaca dulu. ꦱꦸꦒꦼꦁ ꦫꦮꦸꦃ, katanya."),
    ("RS", "Nomor\ttelepon\tdan 🇮🇩🇲🇾 bendera. Cafe\u0301 tutup. Selesai 𝒳."),
) * 4

# put or change a segment (which, where, how long) or take one away
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["put", "put", "put", "gone"]), st.integers(0, 14), st.integers(0, 400), st.integers(1, 90)
    ),
    max_size=25,
)


def shown_words(view: TranscriptView, row: SegmentRow) -> str:
    """The characters of the document between the positions at which the segment is painted."""
    display = view.area.shown.display
    start, end = display.qt_range(row.start, row.end)
    units = view.area.document().toPlainText().encode("utf-16-le")
    return units[2 * start : 2 * end].decode("utf-16-le")


def words(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_every_segment_is_painted_on_its_own_words(view: TranscriptView, make, steps) -> None:
    source = make.source(MIXED, header="")
    view.set_source(source)
    rows: dict[str, SegmentRow] = {}
    before: list[dict[str, SegmentRow]] = []
    for kind, which, at, length in steps:
        before.append(dict(rows))
        guid = f"s{which}"
        if kind == "gone":
            view.change_segments([], [guid] if rows.pop(guid, None) else [])
            continue
        start = min(at, len(source.text) - 2)
        rows[guid] = make.segment(source, (start, min(start + length, len(source.text))), guid=guid)
        view.change_segments([rows[guid]], [])
    # the last three steps are taken back, as undo does
    for earlier in before[:-4:-1]:
        put = [row for guid, row in earlier.items() if rows.get(guid) != row]
        view.change_segments(put, [guid for guid in rows if guid not in earlier])
        rows = dict(earlier)
    index = view.area.shown.index
    assert {row.guid: row for row in index.rows} == rows
    fresh = SegmentIndex(rows.values())
    assert [r.guid for r in index.rows] == [r.guid for r in fresh.rows]
    assert {r.guid: index.level(r) for r in index.rows} == {r.guid: fresh.level(r) for r in fresh.rows}
    for row in index.rows:
        assert row.text == source.text[row.start : row.end]
        visible = "".join(source.text[s.start : s.end] for s in view.area.shown.display.visible(row.start, row.end))
        assert words(shown_words(view, row)) == words(visible)


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 60)), min_size=1, max_size=40), st.data())
def test_levels_and_neighbours_are_those_of_the_whole_text(spans, data: st.DataObject) -> None:
    def row(number: int, start: int, length: int) -> SegmentRow:
        return SegmentRow(
            f"g{number:03}", "", "", start, start + length, "", None, "", "", "", "", 0, None, "", (), "", False, "", ""
        )

    rows = {f"g{n:03}": row(n, *span) for n, span in enumerate(spans)}
    index = SegmentIndex(rows.values())
    for _ in range(6):
        number = data.draw(st.integers(0, len(spans)))
        start, length = data.draw(st.tuples(st.integers(0, 300), st.integers(1, 60)))
        one = row(number, start, length)
        rows[one.guid] = one
        before, index = index, index.changed([one])
        assert index.made_of(before)
    levels = pack([(r.start, r.end) for r in index.rows], LEVELS)
    assert [index.level(r) for r in index.rows] == levels
    at = data.draw(st.integers(0, 360))
    wanted = [r.guid for r in index.rows if r.start < at + 5 and r.end > at]
    assert [r.guid for r in index.between(at, at + 5)] == wanted
    start, end = index.chain(at, at + 5)
    assert not any(r.start < edge < r.end for r in index.rows for edge in (start, end))


def long_source(make, turns: int) -> SourceText:
    return make.source(tuple(("RS", f"Kalimat nomor {n} 🙂 tentang hal yang sama. " * 6) for n in range(turns)))


def test_a_long_text_is_filled_when_it_is_needed_and_in_the_end_wholly(
    view: TranscriptView, make, qtbot: QtBot
) -> None:
    source = long_source(make, 400)
    assert len(source.text) > 2 * FIRST
    view.set_source(source)
    display = Display(source)
    assert view.area.document().characterCount() - 1 < display.length
    row = make.segment(source, (len(source.text) - 200, len(source.text) - 150))
    view.set_segments([row])
    view.select_segment(row.guid, reveal=True)
    assert view.area.caret() == row.start
    qtbot.waitUntil(lambda: view.area.document().characterCount() - 1 == display.length)
    assert view.area.document().toPlainText() == display.text
    assert words(shown_words(view, row)) == words(row.text)


@pytest.mark.parametrize("key", [Qt.Key.Key_End, Qt.Key.Key_A])
def test_keys_that_go_to_the_end_wait_for_it(view: TranscriptView, make, qtbot: QtBot, key: Qt.Key) -> None:
    source = long_source(make, 400)
    view.set_source(source)
    qtbot.keyClick(view.area, key, Qt.KeyboardModifier.ControlModifier)
    assert view.area.caret() == len(source.text)


def test_a_line_of_a_megabyte_is_shown(view: TranscriptView, make) -> None:
    text = "panjang sekali 🙂 " * 60_000
    source = SourceText("g", "n", "document", None, None, text, 0, (), ())
    assert len(text) > 1_000_000
    view.set_source(source)
    row = make.segment(source, (900_000, 900_040))
    view.set_segments([row])
    view.select_segment(row.guid, reveal=True)
    assert view.area.caret() == 900_000
    assert words(shown_words(view, row)) == words(row.text)


def test_lanes_taken_over_are_those_made_anew(view: TranscriptView, make) -> None:
    source = long_source(make, 60)
    view.set_source(source)
    chance = random.Random(4)

    def segment(number: int) -> SegmentRow:
        start = chance.randrange(len(source.text) - 900)
        return make.segment(source, (start, start + chance.randint(30, 800)), guid=f"s{number}")

    view.set_segments([segment(n) for n in range(150)])
    area = view.area
    known = Stripes(area.shown, area.geometry_)
    for step in range(40):
        known.seen(area.seen())
        view.change_segments([segment(chance.randrange(170))], [])
        area.show_height(chance.randrange(6_000))
        known = Stripes(area.shown, area.geometry_, known)
        anew = Stripes(area.shown, area.geometry_)
        assert known.seen(area.seen()) == anew.seen(area.seen()), step
