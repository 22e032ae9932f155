"""The triangulation matrix in the real window on the sample study: its numbers, doors, keys, words and memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QTableWidgetItem
from pytestqt.qtbot import QtBot

from app.context import Context
from app.main_window import MainWindow
from app.models.matrix_choice import MatrixChoice
from app.theme import Theme
from app.widgets.evidence_card import EvidenceCard
from app.widgets.matrix_cells import Fonts
from app.widgets.matrix_view import MatrixView
from app.workspaces.matrices import MatricesWorkspace
from app.workspaces.matrices.columns import PeriodsDialog
from app.workspaces.matrices.triangulation import TriangulationTab
from coding.analysis.results import Kind, Matrix, Row
from coding.analysis.triangulation import triangulate
from coding.analysis.wording import GLYPHS, status_word
from coding.project import Operation, Project
from coding.segments.editing import remove, tag
from coding.segments.queries import segments

Idle = Callable[[Context], None]

FRONT = "matrices"


@pytest.fixture
def matrices(window: MainWindow, sample_ctx: Context, qtbot: QtBot, idle: Idle) -> MatricesWorkspace:
    """Matrices in front, on the sample study."""
    qtbot.waitUntil(lambda: window.front is not None)
    idle(sample_ctx)
    window.show_workspace("matrices")
    idle(sample_ctx)
    made = window.workspaces["matrices"]
    assert isinstance(made, MatricesWorkspace)
    return made


@pytest.fixture
def tab(matrices: MatricesWorkspace) -> TriangulationTab:
    return matrices.triangulation


def engine(ctx: Context, choice: MatrixChoice, level: str = "dimension") -> Matrix:
    """The matrix as it is counted anew, on a connection of its own."""
    assert ctx.project is not None
    with Project.open(ctx.project.path, read_only=True) as project:
        against = choice.against if choice.kind == "theory" else None
        return triangulate(project, choice.framework, choice.kind, choice.columns, against, level, choice.threshold)  # type: ignore[arg-type]


def choose(tab: TriangulationTab, idle: Idle, **changes: object) -> None:
    tab.choose(replace(tab.choice, **changes))  # type: ignore[arg-type]
    idle(tab.ctx)


def click(qtbot: QtBot, view: MatrixView, row: int, column: int) -> None:
    index = view.rows.index(row, column)
    view.scrollTo(index)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())


def place_of(view: MatrixView, status: str, part: str = "indicator") -> int:
    """The first row shown with this status."""
    return next(i for i, line in enumerate(view.rows.lines) if line.row.status == status and line.row.part == part)


@pytest.mark.parametrize(
    ("kind", "columns"),
    [
        ("source", "informant"),
        ("source", "group"),
        ("source", "Pendidikan"),
        ("method", "informant"),
        ("time", "informant"),
        ("place", "informant"),
        ("investigator", "informant"),
        ("theory", "informant"),
    ],
)
def test_cells_show_the_numbers_of_the_engine(tab: TriangulationTab, idle: Idle, kind: Kind, columns: str) -> None:
    choose(tab, idle, kind=kind, columns=columns, percent=60)
    rows = tab.view.rows
    rows.expand_all(True)
    expected: dict[tuple[str, str], Row] = {}
    for level in ("dimension", "indicator"):
        counted = engine(tab.ctx, tab.choice, level).rows
        expected |= {row.place: row for top in counted for row in (top, *top.topics)}
    assert tab.choice.threshold == Fraction(3, 5)
    assert {line.key for line in rows.lines} == set(expected)
    for at, line in enumerate(rows.lines):
        for column, cell in enumerate(expected[line.key].cells, 1):
            shown = rows.index(at, column).data()
            if cell.stance == "silent":
                assert shown == GLYPHS["silent"]
            else:
                assert shown.split()[:2] == [GLYPHS[cell.stance], str(cell.passages)]
        k, n = expected[line.key].coverage
        status = status_word(expected[line.key].status, tab.ctx.words)
        assert rows.index(at, rows.status_column).data() == f"{status}  {k} / {n}"


def test_expanding_shows_indicators_and_what_has_none(tab: TriangulationTab) -> None:
    rows = tab.view.rows
    rows.expand_all(False)
    assert [line.row.part for line in rows.lines] == ["dimension"] * len(rows.lines)
    rows.set_expanded(0, True)
    below = [line.row for line in rows.lines if line.row.parent == rows.lines[0].row.code]
    assert [row.part for row in below][-1] == "no_indicator"
    assert all(row.part == "indicator" for row in below[:-1])
    assert rows.lines[0].expanded


def test_a_group_shows_how_its_voices_are_divided(tab: TriangulationTab, idle: Idle) -> None:
    choose(tab, idle, columns="group")
    cells = [cell for row in engine(tab.ctx, tab.choice).rows for cell in row.cells if len(cell.split) > 1]
    assert cells
    shown = [tab.view.rows.index(r, c).data() for r in range(4) for c in range(1, len(tab.view.rows.columns) + 1)]
    assert sum("(" in text for text in shown) >= 4


def test_a_click_opens_exactly_the_segments_of_the_cell(
    matrices: MatricesWorkspace, tab: TriangulationTab, qtbot: QtBot, idle: Idle
) -> None:
    choose(tab, idle, columns="group")
    view = tab.view
    for row, column in ((0, 5), (1, 4), (2, 6)):
        cell = view.rows.cell_at(row, column)
        assert cell is not None
        click(qtbot, view, row, column)
        idle(tab.ctx)
        assert sorted(matrices.panel.guids()) == sorted(cell.segment_ids)
        shown = [segment.guid for card in matrices.panel.cards() for segment in card.stretch.segments]
        assert sorted(shown) == sorted(cell.segment_ids)
        assert str(cell.passages) in matrices.panel.number.text()
        assert str(cell.segments) in matrices.panel.number.text()


def test_the_voices_of_a_group_part_its_passages(
    matrices: MatricesWorkspace, tab: TriangulationTab, qtbot: QtBot, idle: Idle
) -> None:
    choose(tab, idle, columns="group")
    row, column = next(
        (r, c)
        for r in range(len(tab.view.rows.lines))
        for c in range(1, len(tab.view.rows.columns) + 1)
        if len(tab.view.rows.lines[r].row.cells[c - 1].split) > 1
    )
    click(qtbot, tab.view, row, column)
    idle(tab.ctx)
    voices = matrices.panel.findChildren(QPushButton, "voice")
    cell = tab.view.rows.cell_at(row, column)
    assert cell is not None
    assert len(voices) == len(cell.split)
    qtbot.mouseClick(voices[0], Qt.MouseButton.LeftButton)
    first = cell.split[0].voice
    assert matrices.panel.cards()
    assert all(first in card.stretch.informants for card in matrices.panel.cards())


def place_of_several(view: MatrixView) -> tuple[int, int]:
    """The first cell in which more than one voice speaks."""
    return next(
        (r, c)
        for r in range(len(view.rows.lines))
        for c in range(1, len(view.rows.columns) + 1)
        if view.rows.parts(r, c)
    )


def test_a_cell_of_a_group_is_split_into_its_voices_on_the_spot(
    matrices: MatricesWorkspace, tab: TriangulationTab, qtbot: QtBot, idle: Idle
) -> None:
    choose(tab, idle, columns="group")
    view, rows = tab.view, tab.view.rows
    row, column = place_of_several(view)
    cell, low = rows.cell_at(row, column), view.rowHeight(row)
    assert cell is not None
    view.setFocus()
    view.setCurrentIndex(rows.index(row, column))
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert rows.parted_at(row, column) == cell.split
    assert view.rowHeight(row) > low
    spoken = rows.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole)
    assert all(voice.voice in spoken for voice in cell.split)
    # each voice is a door to its own passages
    last = cell.split[-1].voice
    line = view.look.voice_line(view.visualRect(rows.index(row, column)), len(cell.split) - 1)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=line.center())
    idle(tab.ctx)
    cards = matrices.panel.cards()
    assert cards
    assert all(last in (*card.stretch.informants, card.stretch.first.source) for card in cards)
    # what is seen is what is copied, and what is there at the next start
    tab.copy_table()
    assert f"{last} {GLYPHS[cell.split[-1].stance]} {cell.split[-1].passages}" in QGuiApplication.clipboard().text()
    kept = matrices.state()
    view.setCurrentIndex(rows.index(row, column))
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert not rows.parted
    matrices.restore(kept)
    assert rows.parted_at(row, column) == cell.split


def test_a_press_on_its_sign_splits_the_cell_and_opens_nothing(tab: TriangulationTab, qtbot: QtBot, idle: Idle) -> None:
    choose(tab, idle, columns="group")
    view = tab.view
    row, column = place_of_several(view)
    cell, rect = view.rows.cell_at(row, column), view.visualRect(view.rows.index(row, column))
    assert cell is not None
    at = view.look.fold(rect, cell).center()
    before = tab.opened
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert view.rows.parted_at(row, column) == cell.split
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert not view.rows.parted
    assert tab.opened is before
    tab.ctx.actions.run("matrix.part_all")
    assert len(view.rows.parted) > 1
    choose(tab, idle, columns="informant")
    # an informant is one voice; only observations and documents together are several
    several = {c for r in range(view.rows.rowCount()) for c in range(view.rows.columnCount()) if view.rows.parts(r, c)}
    heads = [view.rows.column_at(c) for c in sorted(several)]
    assert {head.of for head in heads if head is not None} == {"sources"}


def test_a_status_says_who_supports_and_who_inhibits(
    matrices: MatricesWorkspace, tab: TriangulationTab, qtbot: QtBot, idle: Idle
) -> None:
    choose(tab, idle, columns="group")
    tab.view.rows.expand_all(True)
    at = place_of(tab.view, "divergent")
    click(qtbot, tab.view, at, tab.view.rows.status_column)
    idle(tab.ctx)
    row = tab.view.rows.lines[at].row
    said = matrices.panel.why.text()
    assert "divergent" in said
    for column, cell in zip(tab.view.rows.columns, row.cells, strict=True):
        assert column.label.in_("en") in said
        if cell.stance == "supporting":
            assert said.index("support") > said.index(column.label.in_("en"))
    guids = {guid for cell in row.cells for guid in cell.segment_ids}
    assert set(matrices.panel.guids()) == guids


def test_a_head_opens_its_column(matrices: MatricesWorkspace, tab: TriangulationTab, qtbot: QtBot, idle: Idle) -> None:
    head = tab.view.head
    at = QPoint(head.sectionViewportPosition(2) + 10, head.height() // 2)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
    idle(tab.ctx)
    expected = {guid for row in engine(tab.ctx, tab.choice).rows for guid in row.cells[1].segment_ids}
    assert set(matrices.panel.guids()) == expected


def test_a_passage_opens_its_transcript(
    window: MainWindow, matrices: MatricesWorkspace, tab: TriangulationTab, qtbot: QtBot, idle: Idle
) -> None:
    click(qtbot, tab.view, 0, 1)
    idle(tab.ctx)
    card = matrices.panel.cards()[0]
    way = card.findChild(QPushButton, "open_transcript")
    assert way is not None
    with qtbot.waitSignal(tab.ctx.segment_requested) as asked:
        qtbot.mouseClick(way, Qt.MouseButton.LeftButton)
    idle(tab.ctx)
    assert asked.args == [card.stretch.first.guid]
    assert window.front is not None
    assert window.front.key == "transcripts"


def test_the_keyboard_does_it_all(
    window: MainWindow, matrices: MatricesWorkspace, tab: TriangulationTab, qtbot: QtBot, idle: Idle
) -> None:
    view, rows = tab.view, tab.view.rows
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    rows.expand_all(False)
    view.setCurrentIndex(rows.index(0, 0))
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert rows.lines[0].expanded
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert rows.lines[view.currentIndex().row()].row.part == "indicator"
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.currentIndex().row() == 0
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.currentIndex().column() == 1
    qtbot.keyClick(view, Qt.Key.Key_Return)
    idle(tab.ctx)
    cards = matrices.panel.cards()
    assert len(cards) > 1
    qtbot.waitUntil(cards[0].hasFocus)
    qtbot.keyClick(cards[0], Qt.Key.Key_Down)
    assert cards[1].hasFocus()
    qtbot.keyClick(cards[1], Qt.Key.Key_Escape)
    assert view.hasFocus()
    # what is open follows the cell
    qtbot.keyClick(view, Qt.Key.Key_Right)
    idle(tab.ctx)
    cell = rows.cell_at(0, 2)
    assert cell is not None
    assert matrices.panel.guids() == cell.segment_ids
    qtbot.keyClick(view, Qt.Key.Key_Left)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.currentIndex().column() == 0
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert rows.lines[0].expanded is False
    view.setCurrentIndex(rows.index(0, 1))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    idle(tab.ctx)
    with qtbot.waitSignal(tab.ctx.segment_requested):
        qtbot.keyClick(matrices.panel.cards()[0], Qt.Key.Key_Return)
    idle(tab.ctx)
    assert window.front is not None
    assert window.front.key == "transcripts"


def test_every_cell_can_be_heard(tab: TriangulationTab) -> None:
    rows = tab.view.rows
    rows.expand_all(True)
    role = Qt.ItemDataRole.AccessibleTextRole
    spoken = {rows.index(r, c).data(role) for r in range(rows.rowCount()) for c in range(1, rows.columnCount() - 1)}
    cell = rows.lines[1].row.cells[0]
    assert cell.stance == "mixed"
    first = rows.index(1, 1).data(role)
    assert first.startswith(f"Transmission, RS: {cell.passages} passages, mixed")
    assert any(text.endswith(": silent") for text in spoken)
    heard = rows.index(0, 0).data(role)
    assert heard.startswith("Communication")
    assert heard.endswith(": expanded")
    assert "columns speak" in rows.index(0, rows.status_column).data(role)


def test_segments_without_direction_are_a_door(matrices: MatricesWorkspace, tab: TriangulationTab, idle: Idle) -> None:
    for kind in ("source", "theory"):
        choose(tab, idle, kind=kind)
        notice = next(n for n in engine(tab.ctx, tab.choice).notices if "no direction" in n.msgid)
        assert 'href="undirected"' in tab.notices.text()
        tab.notices.linkActivated.emit("undirected")
        idle(tab.ctx)
        found = matrices.panel._data.segments
        assert len(found) == dict(notice.params)["count"]
        assert all(row.valence is None for row in found)
        assert all(row.framework == tab.choice.framework for row in found)


def test_copying_gives_rich_and_plain_text_with_the_same_numbers(
    tab: TriangulationTab, notices: list[tuple[str, str, str]]
) -> None:
    tab.view.rows.expand_all(True)
    tab.copy_button.click()
    mime = QGuiApplication.clipboard().mimeData()
    html, lines = mime.html(), mime.text().rstrip("\n").split("\n")
    rows = tab.view.rows
    assert len(lines) == len(rows.lines) + 1
    assert html.count("<tr>") == len(lines)
    head = lines[0].split("\t")
    assert [text.split(" (")[0] for text in head[1:-2]] == [column.label.in_("en") for column in rows.columns]
    for line, text in zip(rows.lines, lines[1:], strict=True):
        fields = text.split("\t")
        assert len(fields) == len(rows.columns) + 3
        for cell, field in zip(line.row.cells, fields[1:], strict=False):
            assert field.startswith(f"{GLYPHS[cell.stance]} {cell.passages}" if cell.passages else GLYPHS["silent"])
        assert fields[-1] == "{} / {}".format(*line.row.coverage)
    quoted = next(rows.snippet(r, c) for r in range(len(rows.lines)) for c in range(1, 9) if rows.snippet(r, c))
    assert f"<i>{quoted}</i>" in html
    assert notices


def test_the_language_changes_at_once(matrices: MatricesWorkspace, tab: TriangulationTab, idle: Idle) -> None:
    rows = tab.view.rows
    assert rows.index(0, 0).data() == "Communication"
    tab._on_cell(0, 1, False)
    idle(tab.ctx)
    place = tab.view.currentIndex()
    tab.ctx.set_language("id")
    idle(tab.ctx)
    assert rows.index(0, 0).data() == "Komunikasi"
    assert rows.index(0, rows.status_column).data().split()[0] in ("sebagian", "berlawanan", "searah")
    assert matrices.panel.heading._label.text() == "KOMUNIKASI · RS"
    assert tab.view.currentIndex() == place


def _tag_more(tab: TriangulationTab, count: int) -> Callable[[Operation], str]:
    """Tags a long stretch of the first informant's text with “Clarity”, `count` characters further on."""
    assert tab.ctx.project is not None
    with Project.open(tab.ctx.project.path, read_only=True) as project:
        known = [row for row in segments(project) if row.code == "edward3.communication.clarity"]
        one = next(row for row in known if row.informants == ("RS",))
    return lambda op: tag(op, one.source_guid, one.end + count, one.end + count + 60, one.code_guid, "inhibiting")


def test_a_tag_in_the_background_changes_the_matrix_and_nothing_else(
    matrices: MatricesWorkspace, tab: TriangulationTab, qtbot: QtBot, idle: Idle
) -> None:
    view, rows = tab.view, tab.view.rows
    rows.expand_all(True)
    row = rows.find(("edward3.communication.clarity", "indicator"))
    assert row is not None
    click(qtbot, view, row, 1)
    idle(tab.ctx)
    view.verticalScrollBar().setValue(40)
    before, scrolled = rows.cell_at(row, 1), view.verticalScrollBar().value()
    assert before is not None
    tab.ctx.operate("Tag passage", _tag_more(tab, 40))
    idle(tab.ctx)
    after = rows.cell_at(row, 1)
    assert after is not None
    assert after.passages == before.passages + 1
    assert after == engine(tab.ctx, tab.choice, "indicator").rows[1].cells[0]
    assert (view.currentIndex().row(), view.currentIndex().column()) == (row, 1)
    assert view.verticalScrollBar().value() == scrolled
    # what is open is counted again too
    assert matrices.panel.guids() == after.segment_ids


def test_an_undo_takes_the_new_number_back(tab: TriangulationTab, idle: Idle) -> None:
    before = tab.data.matrix if tab.data else None
    tab.ctx.operate("Tag passage", _tag_more(tab, 40))
    idle(tab.ctx)
    assert tab.data is not None
    assert tab.data.matrix != before
    tab.ctx.undo()
    idle(tab.ctx)
    assert tab.data.matrix == before


def test_what_is_out_of_sight_is_counted_when_it_is_seen(window: MainWindow, tab: TriangulationTab, idle: Idle) -> None:
    window.show_workspace("transcripts")
    idle(tab.ctx)
    before = tab.data
    tab.ctx.operate("Tag passage", _tag_more(tab, 40))
    idle(tab.ctx)
    assert tab.data is before
    window.show_workspace("matrices")
    idle(tab.ctx)
    assert tab.data is not before
    assert tab.data is not None
    assert tab.data.matrix == engine(tab.ctx, tab.choice)


def test_a_row_that_goes_away_takes_its_passages_along(
    matrices: MatricesWorkspace, tab: TriangulationTab, qtbot: QtBot, idle: Idle
) -> None:
    rows = tab.view.rows
    rows.expand_all(True)
    row = rows.find(("edward3.communication", "no_indicator"))
    assert row is not None
    click(qtbot, tab.view, row, 0)
    idle(tab.ctx)
    guids = matrices.panel.guids()
    assert guids
    tab.ctx.operate("Remove", lambda op: remove(op, guids))
    idle(tab.ctx)
    assert rows.find(("edward3.communication", "no_indicator")) is None
    assert matrices.panel.opened is None
    assert matrices.panel.cards() == []


def test_of_two_choices_in_a_row_the_last_one_is_shown(tab: TriangulationTab, idle: Idle) -> None:
    tab.choose(replace(tab.choice, columns="group"))
    tab.choose(replace(tab.choice, columns="role"))
    tab.choose(replace(tab.choice, kind="method"))
    idle(tab.ctx)
    assert tab.data is not None
    assert tab.data.matrix == engine(tab.ctx, MatrixChoice("edward3", "method"))
    assert [column.key for column in tab.view.rows.columns] == ["interview", "focus_group", "observation", "document"]


def test_the_threshold_is_the_analysts(tab: TriangulationTab, qtbot: QtBot, idle: Idle) -> None:
    def stances() -> list[str]:
        matrix = tab.data.matrix if tab.data else None
        return [cell.stance for row in (matrix.rows if matrix else ()) for cell in row.cells]

    strict = stances()
    tab.threshold.setValue(51)
    qtbot.waitUntil(lambda: tab.data is not None and tab.data.choice.percent == 51)
    idle(tab.ctx)
    assert stances() != strict
    assert stances() == [cell.stance for row in engine(tab.ctx, tab.choice).rows for cell in row.cells]


def test_choices_and_place_come_back_with_the_project(
    window: MainWindow, matrices: MatricesWorkspace, tab: TriangulationTab, qtbot: QtBot, idle: Idle
) -> None:
    ctx = tab.ctx
    assert ctx.project is not None
    path = ctx.project.path
    choose(tab, idle, framework="jones", columns="group", percent=75)
    tab.view.rows.expand_all(True)
    tab.view.setCurrentIndex(tab.view.rows.index(2, 1))
    key = tab.view.place()
    with qtbot.waitSignal(ctx.project_closed):
        ctx.close_project()
    idle(ctx)
    assert tab.view.rows.rowCount() == 0
    with qtbot.waitSignal(ctx.project_opened):
        ctx.open_project(path)
    qtbot.waitUntil(lambda: window.front is not None and window.front.key == "matrices")
    idle(ctx)
    assert tab.choice == MatrixChoice("jones", "source", "group", tab.choice.against, 75)
    assert tab.view.rows.all_expanded
    assert tab.view.place() == key


def test_first_and_last_column_stay_while_the_rest_scrolls(
    window: MainWindow, tab: TriangulationTab, qtbot: QtBot
) -> None:
    window.resize(960, 600)
    view = tab.view
    qtbot.waitUntil(lambda: view.overflows)
    last, row = view.rows.status_column, view.rows.index(0, 0)
    bar = view.horizontalScrollBar()
    for value in (0, bar.maximum() // 2, bar.maximum()):
        bar.setValue(value)
        y = view.visualRect(row).center().y()
        assert view.indexAt(QPoint(4, y)).column() == 0
        assert view.indexAt(QPoint(view.viewport().width() - 4, y)).column() == last
        assert view.head.column_at(QPoint(4, 4)) == 0
        assert view.head.column_at(QPoint(view.viewport().width() - 4, 4)) == last
    for column in range(1, last):
        view.setCurrentIndex(view.rows.index(0, column))
        shown = view.visualRect(view.rows.index(0, column))
        assert shown.left() >= view.columnWidth(0)
        assert shown.right() <= view.viewport().width() - view.columnWidth(last)


def test_quotations_can_be_read_in_the_cells_and_left_out_of_them(tab: TriangulationTab, idle: Idle) -> None:
    view, rows = tab.view, tab.view.rows
    view.setFixedWidth(900)
    rows.expand_all(True)
    rows.set_expanded(0, True)
    quoting = [c for c in range(1, len(rows.columns) + 1) if any(rows.quotes(r, c) for r in range(len(rows.lines)))]
    characters = view.look.fonts.quote.width("n" * 14)
    assert all(view.columnWidth(column) - 2 * view.look.sizes.pad >= characters for column in quoting)
    row = next(r for r in range(len(rows.lines)) if rows.quotes(r, quoting[-1]))
    shown = view.look.snippet_lines(rows.snippet(row, quoting[-1]), view.columnWidth(quoting[-1]))
    assert 1 <= len(shown) <= 3
    assert view.rowHeight(row) >= view.look.sizes.second + len(shown) * view.look.sizes.wrap
    # the column that stands first between the frozen ones stays it when the others get narrow
    front, bar = quoting[3], view.horizontalScrollBar()
    bar.setValue(sum(view.columnWidth(column) for column in range(1, front)))
    wide = sum(view.columnWidth(column) for column in quoting)
    tab.column_menu.fill()
    tab.column_menu.entries.actions()[0].trigger()
    assert bar.value() == sum(view.columnWidth(column) for column in range(1, front))
    assert not any(rows.snippet(row, column) for column in quoting)
    assert sum(view.columnWidth(column) for column in quoting) < wide
    assert tab.ctx.settings.get("matrix_quotations") is False
    tab.ctx.actions.run("matrix.quotations")
    assert rows.quotes(row, quoting[-1])
    assert tab.ctx.settings.get("matrix_quotations") is True


def test_words_are_broken_into_lines(qapp: QApplication) -> None:
    face = Fonts(Theme(dark=False)).plain
    room = max(face.width("selalu panjang"), face.width("keterangannya"))
    assert face.lines("", room) == [""]
    assert face.lines("selalu", room) == ["selalu"]
    assert face.lines("selalu panjang keterangannya", room, 3) == ["selalu panjang", "keterangannya"]
    first, second = face.lines("selalu panjang keterangannya panjang", room)
    assert (first, second[-1]) == ("selalu panjang", "…")
    (cut,) = face.lines("selalu panjang keterangannya", room, 1)
    assert cut.startswith("selalu")
    assert cut.endswith("…")
    alone, *rest = face.lines("dipertanggungjawabkannya selalu", room, 3)
    assert (alone[-1], rest) == ("…", ["selalu"])


def test_a_study_without_transcripts_says_what_to_do(
    window: MainWindow, project_ctx: Context, qtbot: QtBot, idle: Idle
) -> None:
    qtbot.waitUntil(lambda: window.front is not None)
    window.show_workspace("matrices")
    idle(project_ctx)
    made = window.workspaces["matrices"]
    assert isinstance(made, MatricesWorkspace)
    tab = made.triangulation
    assert tab.pages.currentWidget() is tab.empty
    assert not tab.copy_button.isEnabled()
    qtbot.mouseClick(tab.empty.button, Qt.MouseButton.LeftButton)
    assert window.front is not None
    assert window.front.key == "transcripts"


def test_cards_say_it_all_to_those_who_hear_them(
    matrices: MatricesWorkspace, tab: TriangulationTab, qtbot: QtBot, idle: Idle
) -> None:
    click(qtbot, tab.view, 0, 0)
    idle(tab.ctx)
    card = next(card for card in matrices.panel.cards() if card.stretch.exemplar and card.stretch.informants)
    assert isinstance(card, EvidenceCard)
    for part in (card.stretch.text, card.speakers(), "Exemplar"):
        assert part in card.accessibleName()


def test_the_current_cell_can_be_told_from_the_others(tab: TriangulationTab, qtbot: QtBot) -> None:
    view = tab.view
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    view.setCurrentIndex(view.rows.index(0, 2))
    rect = view.visualRect(view.rows.index(0, 2))
    edge = view.viewport().grab().toImage().pixelColor(rect.center().x(), rect.top() + 1)
    assert edge.name() == tab.ctx.theme.hex("accent").lower()


def test_a_changed_folder_of_settings_does_no_harm(tab: TriangulationTab, tmp_path: Path) -> None:
    tab.restore({"choice": {"framework": 3, "kind": "nonsense", "percent": 7}, "expanded": {}, "place": [1, 2]})
    assert tab.choice == MatrixChoice()


def columns(tab: TriangulationTab) -> list[str | None]:
    return [column.key for column in tab.view.rows.columns]


def test_a_column_is_moved_by_keys_and_the_order_is_the_studys(tab: TriangulationTab, qtbot: QtBot, idle: Idle) -> None:
    choose(tab, idle, columns="group")
    before = columns(tab)
    tab.view.setFocus()
    tab.view.setCurrentIndex(tab.view.rows.index(0, 1))
    qtbot.keyClick(tab.view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(tab.view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    idle(tab.ctx)
    assert columns(tab) == [before[1], before[0], *before[2:]]
    # the column stays the current one, so that it can be moved on
    assert tab.view.place() == (tab.view.rows.lines[0].key, before[0], 1)
    assert [column.key for column in engine(tab.ctx, tab.choice).columns] == columns(tab)
    tab.column_menu.fill()
    next(one for one in tab.column_menu.entries.actions() if one.text() == "Order as imported").trigger()
    idle(tab.ctx)
    assert columns(tab) == before
    tab.ctx.undo()
    idle(tab.ctx)
    assert columns(tab)[:2] == [before[1], before[0]]


def test_observation_is_switched_off_and_on(tab: TriangulationTab, idle: Idle) -> None:
    choose(tab, idle, columns="group")
    before = columns(tab)
    for shown in (False, True):
        tab.column_menu.fill()
        switched = next(one for one in tab.column_menu.entries.actions() if one.text() == "Observation")
        assert switched.isChecked() is not shown
        switched.setChecked(shown)
        idle(tab.ctx)
        assert columns(tab) == [key for key in before if shown or key != "observation"]
        assert ("observation is left out" in tab.notices.text().lower()) is not shown


def test_periods_are_asked_for_and_take_the_place_of_months(tab: TriangulationTab, idle: Idle) -> None:
    choose(tab, idle, kind="time")
    tab.column_menu.fill()
    next(one for one in tab.column_menu.entries.actions() if one.text() == "Order by date").trigger()
    idle(tab.ctx)
    months = [key for key in columns(tab) if key is not None]
    assert months == sorted(months)
    dialog = PeriodsDialog(tab.ctx, tab.window(), ())
    dialog.open()
    for row, texts in enumerate((("Sebelum", "", "2025-05"), ("Sesudah", "2025-06", "kemarin"))):
        for column, text in enumerate(texts):
            dialog.table.setItem(row, column, QTableWidgetItem(text))
    dialog.ok.click()
    assert dialog.isVisible()
    assert "Sesudah" in dialog.wrong.text()
    dialog.table.item(1, 2).setText("")
    dialog.ok.click()
    idle(tab.ctx)
    assert columns(tab)[:2] == ["Sebelum", "Sesudah"]
