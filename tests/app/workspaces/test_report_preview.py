"""Sheets of paper on screen: cut where nothing breaks, as large as asked, still legible in the dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.context import Context
from app.workspaces.report.preview import INCH, LEAST, MOST, SCREEN_DOTS, PreviewPane, pieces_of
from coding.project import Project
from coding.reports.build import report_tables
from coding.reports.options import ReportOptions
from coding.reports.preview import Sheet, sheets
from coding.words import Words

FRONT = "report"


@pytest.fixture(scope="module")
def made(sample_file: Path) -> list[Sheet]:
    """Sheets upright and turned of the sample study's report."""
    options, words = ReportOptions(tables=("informants", "findings", "triangulation", "factors")), Words("id")
    with Project.open(sample_file, read_only=True) as project:
        return sheets(report_tables(project, words, options), words, options)


@pytest.fixture
def pane(ctx: Context, qtbot: QtBot, made: list[Sheet]) -> PreviewPane:
    shown = PreviewPane(ctx)
    qtbot.addWidget(shown)
    shown.resize(1000, 700)
    shown.show()
    shown.show_sheets(made)
    qtbot.waitUntil(lambda: shown.done)
    return shown


def body(html: str) -> str:
    return html[html.index("<body>") + 6 : html.rindex("</body>")]


def test_pieces_are_the_sheet_and_cut_no_table(made: list[Sheet]) -> None:
    for sheet in made:
        pieces = pieces_of(sheet.html)
        assert "".join(body(piece).split()[0] for piece in pieces)
        assert "".join("".join(body(piece) for piece in pieces).split()) == "".join(body(sheet.html).split())
        for piece in pieces:
            assert piece.count("<table") == piece.count("</table>")
            assert piece.startswith(sheet.html[: sheet.html.index("<body>")])
    assert max(len(pieces_of(sheet.html)) for sheet in made) > 3


def test_a_paper_is_as_wide_as_a4(pane: PreviewPane, made: list[Sheet], qtbot: QtBot) -> None:
    pane.set_zoom(1.0)
    qtbot.waitUntil(lambda: pane.done)
    assert {sheet.landscape for sheet in made} == {True, False}
    for paper in pane._papers:
        expected = (29.7 if paper.sheet.landscape else 21.0) * SCREEN_DOTS / INCH
        assert paper.width() == pytest.approx(expected, abs=4)


def test_text_grows_with_the_paper(pane: PreviewPane, qtbot: QtBot) -> None:
    def heights() -> list[int]:
        qtbot.waitUntil(lambda: pane.done)
        return [paper.sizeHint().height() for paper in pane._papers]

    pane.set_zoom(1.0)
    whole = heights()
    pane.set_zoom(0.5)
    for half, full in zip(heights(), whole, strict=True):
        assert half == pytest.approx(full / 2, rel=0.2)


def test_by_itself_the_widest_paper_has_room(pane: PreviewPane, qtbot: QtBot) -> None:
    pane.set_zoom(None)
    for width in (1000, 760, 1600):
        pane.resize(width, 700)
        qtbot.waitUntil(lambda: pane.done and pane.horizontalScrollBar().maximum() == 0)
        assert pane.fits
        assert LEAST <= pane.zoom <= 1.0
    qtbot.waitUntil(lambda: pane.zoom == 1.0)


def test_ctrl_and_the_wheel_zoom(pane: PreviewPane, qtbot: QtBot) -> None:
    pane.set_zoom(1.0)
    qtbot.waitUntil(lambda: pane.done)

    def turn(delta: int, keys: Qt.KeyboardModifier) -> None:
        at = pane._papers[0].pieces[0].mapTo(pane, QPoint(100, 20))
        QTest.wheelEvent(pane.windowHandle(), QPointF(at), QPoint(0, delta), QPoint(), keys)
        qtbot.waitUntil(lambda: pane.done)

    turn(120, Qt.KeyboardModifier.ControlModifier)
    assert pane.zoom == pytest.approx(1.1)
    for _ in range(7):
        turn(-120, Qt.KeyboardModifier.ControlModifier)
    assert pane.zoom == LEAST
    pane.set_zoom(9)
    assert pane.zoom == MOST
    qtbot.waitUntil(lambda: pane.done)
    before = pane.verticalScrollBar().value()
    turn(-120, Qt.KeyboardModifier.NoModifier)
    assert pane.verticalScrollBar().value() > before


def test_the_place_stays_when_the_sheets_are_made_again(pane: PreviewPane, made: list[Sheet], qtbot: QtBot) -> None:
    pane.set_zoom(0.8)
    qtbot.waitUntil(lambda: pane.done)
    pane.verticalScrollBar().setValue(3000)
    changed = [Sheet(one.landscape, one.width, one.html.replace("Komunikasi", "Komunikasi!")) for one in made]
    pane.show_sheets(changed)
    assert pane.sheets() == changed
    qtbot.waitUntil(lambda: pane.done)
    qtbot.waitUntil(lambda: pane.verticalScrollBar().value() == 3000)
    assert "Komunikasi!" in pane.plain_text()


def test_paper_is_white_and_its_text_black_in_the_dark(pane: PreviewPane, qtbot: QtBot) -> None:
    pane._ctx.set_appearance("dark")
    qtbot.waitUntil(lambda: pane.done)
    piece = pane._papers[0].pieces[0]
    image = piece.grab().toImage()
    names = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(min(image.height(), 200))}
    assert "#ffffff" in names
    assert min(int(name[1:3], 16) for name in names) < 60
    assert image.pixelColor(0, image.height() - 1).name() == "#ffffff"
    ground = pane.grab().toImage().pixelColor(8, pane.height() - 8)
    assert ground.lightness() < 60
