"""How many pages the preview says the report has."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.workspaces.report.page_count import HEIGHT, Stretch, page_count
from app.workspaces.report.preview import Piece, pixels

PAGE = 100.0


@pytest.mark.parametrize(
    ("stretches", "pages"),
    [
        ([], 1),
        ([Stretch(50), Stretch(50)], 1),
        ([Stretch(50), Stretch(51)], 2),
        # a heading goes with what it heads
        ([Stretch(85), Stretch(10, with_next=True), Stretch(10), Stretch(81)], 3),
        # a long paragraph is broken where a row of a table is not
        ([Stretch(60), Stretch(90, broken=True), Stretch(50)], 2),
        ([Stretch(60), Stretch(90), Stretch(50)], 3),
        # one that is longer than a page goes on
        ([Stretch(250)], 3),
        # the head is repeated on every page of a table
        ([Stretch(20, with_next=True, head=20), *[Stretch(40, head=20)] * 6], 3),
    ],
)
def test_pages_are_filled_as_word_fills_them(stretches: list[Stretch], pages: int) -> None:
    assert page_count(stretches, PAGE) == pages


def test_a_piece_is_measured_in_paragraphs_and_rows_whatever_the_zoom(qtbot: QtBot) -> None:
    html = (
        "<html><body><h2>Temuan</h2><p>Satu dua.</p><table border='1'><thead><tr><th>No</th><th>Isi</th></tr></thead>"
        "<tr><td rowspan='2'>1</td><td>a<br>b</td></tr><tr><td>c</td></tr></table><p>Sumber</p></body></html>"
    )
    measured = []
    for zoom in (0.5, 1.0):
        piece = Piece(html)
        qtbot.addWidget(piece)
        piece.measure(14.0)
        piece.lay_out(14.0, zoom)
        measured.append(piece.stretches)
    assert measured[0] == measured[1]
    heading, text, head, first, second, last = measured[0]
    assert (heading.with_next, text.with_next, head.with_next, first.with_next) == (True, False, True, False)
    assert head.height == head.head == first.head
    assert first.height > second.height > 0
    # Word adds the spaces of paragraphs that follow one another, of which Qt takes the larger one
    whole = piece.document().size().height()
    assert whole <= sum(one.height for one in measured[0]) < 1.5 * whole
    assert page_count(measured[0], pixels(HEIGHT[False], 1.0)) == 1
    assert last.head == 0
