"""The tabs of counts in the real window on the sample study: numbers, doors, keys, choices that are kept."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.context import Context
from app.main_window import MainWindow
from app.widgets.frozen_table import BETWEEN
from app.workspaces.matrices import MatricesWorkspace
from app.workspaces.matrices.agreement import AgreementTab
from app.workspaces.matrices.cooccurrence import CoOccurrenceTab
from app.workspaces.matrices.counts import TOTAL, CountTab
from app.workspaces.matrices.stop_words import StopWordsDialog
from app.workspaces.matrices.words import WordsTab
from app.workspaces.report_draft import ReportChoice, ReportDraft
from coding.analysis.agreement import agree
from coding.analysis.crosstab import crosstab
from coding.analysis.frequencies import frequencies
from coding.analysis.saturation import saturation
from coding.analysis.wordcount import WordFilter, contexts, word_counts
from coding.project import Project
from coding.reports.build import report_tables
from coding.reports.options import ReportOptions
from coding.reports.tables import Table

Idle = Callable[[Context], None]
COUNTS = ("frequencies", "crosstab", "cooccurrence", "saturation", "words", "agreement")

FRONT = "matrices"


@pytest.fixture
def matrices(window: MainWindow, sample_ctx: Context, qtbot: QtBot, idle: Idle) -> MatricesWorkspace:
    """Matrices in front."""
    qtbot.waitUntil(lambda: window.front is not None)
    idle(sample_ctx)
    window.show_workspace("matrices")
    made = window.workspaces["matrices"]
    assert isinstance(made, MatricesWorkspace)
    return made


def opened(matrices: MatricesWorkspace, name: str, idle: Idle) -> CountTab:
    matrices.tabs.choose(name)
    idle(matrices.ctx)
    return matrices.counts[name]


def fresh(ctx: Context) -> Project:
    assert ctx.project is not None
    return Project.open(ctx.project.path, read_only=True)


def column(tab: CountTab, key: str) -> int:
    return [one.key for one in tab.table.rows.grid.columns].index(key)


def click(qtbot: QtBot, tab: CountTab, row: int, place: int) -> None:
    rect = tab.table.visualRect(tab.table.rows.index(row, place))
    qtbot.mouseClick(tab.table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def test_no_number_is_cut_where_there_is_little_room(matrices: MatricesWorkspace, qtbot: QtBot, idle: Idle) -> None:
    tab = opened(matrices, "frequencies", idle)
    table = tab.table
    assert matrices.panel.isHidden()  # nothing is open: the table has all the room
    click(qtbot, tab, 1, 1)
    idle(tab.ctx)
    assert matrices.panel.isVisible()
    for wide in (620, 470, 360, 260):
        table.setFixedWidth(wide)
        qtbot.waitUntil(lambda wide=wide: table.width() == wide)
        frozen, last = table.frozen(), len(table.rows.grid.columns) - 1
        between = table.viewport().width() - table.columnWidth(0) - table.columnWidth(last)
        assert (last in frozen) is (table.overflows and between >= BETWEEN)
        assert table.columnWidth(1) >= 120
        for number in range(1, last):
            rect = table.visualRect(table.rows.index(0, number))
            seen = table.in_sight(rect, number)
            assert not seen.isValid() or seen.left() >= table.columnWidth(0)
            assert seen.right() <= min([at for place, at in frozen.items() if place] or [table.viewport().width()])
    matrices.tabs.choose("crosstab")
    assert matrices.panel.isHidden()
    matrices.tabs.choose("frequencies")
    assert matrices.panel.isVisible()


def test_frequencies_are_the_engines_and_open_their_segments(
    matrices: MatricesWorkspace, qtbot: QtBot, idle: Idle
) -> None:
    tab = opened(matrices, "frequencies", idle)
    with fresh(tab.ctx) as project:
        expected = frequencies(project)
    for at, row in enumerate(expected.rows):
        values = (row.segments, row.passages, row.informants, row.voices, row.words)
        for key, value in zip(("segments", "passages", "informants", "voices", "words"), values, strict=True):
            shown = tab.table.rows.cell(at, column(tab, key)).text
            assert shown == (tab.ctx.words.number(value) if value else "–")
    click(qtbot, tab, 1, column(tab, "segments"))
    idle(tab.ctx)
    assert len(matrices.panel.guids()) == expected.rows[1].segments


def test_a_head_sorts_and_the_total_stays_last(matrices: MatricesWorkspace, qtbot: QtBot, idle: Idle) -> None:
    tab = opened(matrices, "frequencies", idle)
    rows, place = tab.table.rows, column(tab, "segments")
    tab.table.setCurrentIndex(rows.index(0, place))
    qtbot.keyClick(tab.table, Qt.Key.Key_F8)
    values = [rows.cell(at, place).value for at in range(rows.rowCount() - 1)]
    assert values == sorted(values, reverse=True)
    assert rows.key(rows.rowCount() - 1) == TOTAL
    x = tab.table.head.sectionViewportPosition(place) + 20
    qtbot.mouseClick(tab.table.head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, 10))
    values = [rows.cell(at, place).value for at in range(rows.rowCount() - 1)]
    assert values == sorted(values)


def test_each_number_of_the_crosstab_opens_as_many_segments(
    matrices: MatricesWorkspace, qtbot: QtBot, idle: Idle
) -> None:
    tab = opened(matrices, "crosstab", idle)
    tab.choose("by", "category")
    tab.choose("framework", "edward3")
    idle(tab.ctx)
    with fresh(tab.ctx) as project:
        expected = crosstab(project, "category", "edward3")
    assert expected.counts
    rows = tab.table.rows
    for row in range(rows.rowCount()):
        for place in range(1, rows.columnCount()):
            cell = rows.cell(row, place)
            tab.open_door(tab.door_at(row, place))
            idle(tab.ctx)
            assert tab.opened is not None
            assert len(tab.opened.guids) == (cell.value or 0)
    tab.choose("shown", "rows")
    idle(tab.ctx)
    assert rows.cell(0, 1).text == tab.ctx.words.percent(expected.row_share(0, 0) or 0, 1)


@pytest.mark.parametrize("measure", ["overlap", "inclusion", "turn", "jaccard"])
def test_the_matrix_of_codes_is_symmetric_and_says_its_pairs(
    matrices: MatricesWorkspace, idle: Idle, measure: str
) -> None:
    tab = opened(matrices, "cooccurrence", idle)
    tab.choose("framework", "edward3")
    tab.choose("measure", measure)
    idle(tab.ctx)
    rows = tab.table.rows
    size = rows.rowCount()
    for i in range(size):
        for j in range(size):
            assert rows.cell(i, j + 1).text == rows.cell(j, i + 1).text
    tab.open_door(tab.door_at(1, 3))
    idle(tab.ctx)
    assert tab.counted is not None
    assert tab.opened is not None
    assert tab.opened.number.startswith(str(tab.counted.result.pairs(measure, 1, 2)))


def test_an_interview_moved_by_key_makes_the_order_the_users(
    matrices: MatricesWorkspace, qtbot: QtBot, idle: Idle
) -> None:
    tab = opened(matrices, "saturation", idle)
    with fresh(tab.ctx) as project:
        steps = saturation(project).steps
    rows = tab.table.rows
    assert [rows.key(at)[0] for at in range(rows.rowCount())] == [step.source_guid for step in steps]
    tab.table.setCurrentIndex(rows.index(0, 0))
    qtbot.keyClick(tab.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    idle(tab.ctx)
    assert [rows.key(0)[0], rows.key(1)[0]] == [steps[1].source_guid, steps[0].source_guid]
    assert "chosen order" in tab.notices.text()
    assert tab.table.place() == ((steps[0].source_guid, "step"), "source")
    matrices.counts["saturation"].choose("order", "")
    idle(tab.ctx)
    assert rows.key(0)[0] == steps[0].source_guid


def test_enter_on_a_word_shows_it_in_its_context(matrices: MatricesWorkspace, qtbot: QtBot, idle: Idle) -> None:
    tab = opened(matrices, "words", idle)
    assert isinstance(tab, WordsTab)
    with fresh(tab.ctx) as project:
        expected = word_counts(project)
        places = contexts(project, expected.rows[0].word, width=90)
    first = expected.rows[0]
    assert tab.table.rows.cell(0, 0).text == first.word
    assert not tab.places_table.isVisible()
    tab.table.setFocus()
    tab.table.setCurrentIndex(tab.table.rows.index(0, 1))
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    idle(tab.ctx)
    shown = tab.places_table.rows
    assert tab.places_table.hasFocus()
    assert shown.rowCount() == len(places) == first.count
    assert [shown.cell(0, at).text for at in (1, 2, 3)] == [
        " ".join(part.split()) for part in (places[0].before, places[0].text, places[0].after)
    ]
    asked: list[tuple[str, int, int]] = []
    tab.ctx.passage_requested.connect(lambda *place: asked.append(place))
    qtbot.keyClick(tab.places_table, Qt.Key.Key_Return)
    assert asked == [(places[0].source_guid, places[0].start, places[0].end)]


def test_the_words_of_several_informants(matrices: MatricesWorkspace, idle: Idle) -> None:
    tab = opened(matrices, "words", idle)
    assert isinstance(tab, WordsTab)
    assert tab.counted is not None
    people = [row.code for row in tab.counted.more["people"]][:2]
    tab.people.button.click()
    assert tab.people.popup is not None
    for number in range(2):
        tab.people.popup.toggle(number)
    idle(tab.ctx)
    tab.people.popup.close()
    with fresh(tab.ctx) as project:
        expected = word_counts(project, WordFilter(informants=tuple(people)))
    assert tab.counted.result == expected
    assert expected.informants == 2
    assert tab.people.button.text() == ", ".join(people)


def test_the_study_has_common_words_of_its_own(matrices: MatricesWorkspace, qtbot: QtBot, idle: Idle) -> None:
    tab = opened(matrices, "words", idle)
    assert tab.counted is not None
    first = tab.counted.result.rows[0].word
    tab.choose("stop", "edit")
    idle(tab.ctx)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, StopWordsDialog)
    dialog.added.setPlainText(f"{first.upper()}, lain")
    dialog.kept.setPlainText("yang")
    dialog.ok.click()
    idle(tab.ctx)
    listed = [row.word for row in tab.counted.result.rows]
    assert first not in listed
    assert "yang" in listed
    assert tab.choice["stop"] == "without"
    tab.ctx.undo()
    idle(tab.ctx)
    assert tab.counted.result.rows[0].word == first


def test_codes_that_are_ticked_stand_against_each_other(matrices: MatricesWorkspace, idle: Idle) -> None:
    tab = opened(matrices, "cooccurrence", idle)
    assert isinstance(tab, CoOccurrenceTab)
    tab.choose("framework", "@ticked")
    assert tab.codes.popup is not None
    for number in (0, 1, 5):
        tab.codes.popup.toggle(number)
    idle(tab.ctx)
    tab.codes.popup.close()
    assert tab.counted is not None
    assert tab.table.rows.rowCount() == 3
    assert not tab.choosers["level"].isEnabled()
    assert tab.counted.result.codes[0].path == "edward3.communication"
    assert tab.choosers["framework"].box.currentText() == "3 codes ticked…"
    tab.open_door(tab.door_at(0, 2))
    idle(tab.ctx)
    assert tab.opened is not None
    assert tab.opened.number.startswith(str(tab.counted.result.pairs("overlap", 0, 1)))
    tab.choose("framework", "jones")
    idle(tab.ctx)
    assert tab.choosers["level"].isEnabled()
    assert {line.framework for line in tab.counted.result.codes} == {"jones"}


def test_a_figure_of_agreement_lists_where_the_coders_differ(
    matrices: MatricesWorkspace, qtbot: QtBot, idle: Idle
) -> None:
    tab = opened(matrices, "agreement", idle)
    assert isinstance(tab, AgreementTab)
    pair = tab.pair()
    assert pair is not None
    every = len(tab.disagreements())
    at, code = next((at, one) for at, one in enumerate(pair.codes) if one.table.first and one.table.second)
    tab.table.setFocus()
    tab.table.setCurrentIndex(tab.table.rows.index(at, column(tab, "kappa")))
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    assert tab.differing.hasFocus()
    assert len(tab.disagreements()) == code.table.first + code.table.second
    assert tab.differing.rows.rowCount() == len(tab.units()) == code.table.first + code.table.second
    click(qtbot, tab, at, column(tab, "first"))
    assert len(tab.units()) == code.table.first
    assert all(unit.first and not unit.second for unit in tab.units())
    assert tab.listed.isVisible()
    tab.listed.click()
    assert len(tab.disagreements()) == every
    assert not tab.listed.isVisible()


def test_a_chart_is_saved_by_the_helper_process(
    matrices: MatricesWorkspace, qtbot: QtBot, idle: Idle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # what other tests imported before says nothing: drawing in this process must fail, whoever asks for it
    monkeypatch.setitem(sys.modules, "coding.reports.drawing_looks", None)
    for name, ending in (("frequencies", "svg"), ("cooccurrence", "pdf"), ("saturation", "png"), ("crosstab", "png")):
        tab = opened(matrices, name, idle)
        path = tmp_path / f"{name}.{ending}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=path: (str(path), ""))
        tab.chart_button.click()
        qtbot.waitUntil(path.exists, timeout=60_000)
        head = path.read_bytes()[:300]
        assert {"svg": b"<svg" in head, "pdf": head.startswith(b"%PDF"), "png": head.startswith(b"\x89PNG")}[ending]
    assert not matrices.counts["words"].chart_button.isVisible()


def test_agreement_shows_the_coefficients_and_a_way_to_where_coders_differ(
    matrices: MatricesWorkspace, qtbot: QtBot, idle: Idle
) -> None:
    tab = opened(matrices, "agreement", idle)
    assert isinstance(tab, AgreementTab)
    with fresh(tab.ctx) as project:
        expected = agree(project)
    pair = expected.pairs[0]
    assert tab.ctx.words.number(pair.kappa or 0, 2) in tab.figures.text()
    assert tab.ctx.words.number(pair.units) in tab.figures.text()
    assert tab.table.rows.rowCount() == len(pair.codes) + 1
    assert tab.table.isVisible()
    assert tab.differing.rows.rowCount() == len(tab.units())
    asked: list[tuple[str, int, int]] = []
    tab.ctx.passage_requested.connect(lambda *place: asked.append(place))
    tab.differing.setFocus()
    tab.differing.setCurrentIndex(tab.differing.rows.index(0, 0))
    qtbot.keyClick(tab.differing, Qt.Key.Key_Return)
    one = tab.units()[0]
    assert asked == [(one.guid, one.start, one.end)]


@pytest.mark.parametrize("name", COUNTS)
def test_each_tab_copies_its_table_and_keeps_its_choice(
    matrices: MatricesWorkspace, qtbot: QtBot, idle: Idle, name: str
) -> None:
    tab = opened(matrices, name, idle)
    tab.copy_button.click()
    mime = QGuiApplication.clipboard().mimeData()
    assert len(mime.text().rstrip("\n").split("\n")) == tab.table.rows.rowCount() + 1
    assert "<table" in mime.html()
    key = tab.fields[0]
    other = tab.choosers[key].box.itemData(1)
    tab.choose(key, other)
    idle(tab.ctx)
    kept = matrices.state()
    tab.clear()
    matrices.restore(kept)
    idle(tab.ctx)
    assert matrices.tab is tab
    assert tab.choice[key] == other
    assert tab.counted is not None


def test_tabs_without_room_stand_in_a_menu(matrices: MatricesWorkspace, qtbot: QtBot) -> None:
    matrices.tabs.setFixedWidth(1600)
    qtbot.waitUntil(lambda: matrices.tabs.hidden_keys() == [])
    matrices.tabs.setFixedWidth(400)
    qtbot.waitUntil(lambda: bool(matrices.tabs.hidden_keys()))
    hidden = matrices.tabs.hidden_keys()
    assert hidden
    assert not matrices.tabs.more.isHidden()
    matrices.tabs.choose(hidden[-1])
    assert hidden[-1] not in matrices.tabs.hidden_keys()
    matrices.tabs.setFixedWidth(1600)
    qtbot.waitUntil(lambda: matrices.tabs.hidden_keys() == [])
    before = matrices.tabs.current()
    matrices.ctx.actions.run("matrix.next_tab")
    assert matrices.tabs.current() != before


def test_a_tag_undone_leaves_the_numbers_as_they_were(matrices: MatricesWorkspace, idle: Idle) -> None:
    from coding.segments.editing import remove
    from coding.segments.queries import segments

    tab = opened(matrices, "frequencies", idle)
    before = tab.counted.result if tab.counted else None
    with fresh(tab.ctx) as project:
        guid = next(row.guid for row in segments(project) if row.informants)
    tab.ctx.operate("Remove", lambda op: remove(op, [guid]))
    idle(tab.ctx)
    assert tab.counted is not None
    assert tab.counted.result != before
    tab.ctx.undo()
    idle(tab.ctx)
    assert tab.counted.result == before


def test_what_is_shown_goes_to_the_report_with_its_choices(matrices: MatricesWorkspace, idle: Idle) -> None:
    draft = ReportDraft.of(matrices.ctx)
    tab = opened(matrices, "crosstab", idle)
    for key, value in (("framework", "edward3"), ("by", "category"), ("shown", "rows")):
        tab.choose(key, value)
    idle(tab.ctx)
    tab.report_button.click()
    tab.report_button.click()
    (item,) = draft.choice.extra
    assert dict(item.settings) == {
        "framework": "edward3", "columns": "category", "level": "dimension", "unit": "segments", "shown": "rows",
    }  # fmt: skip
    assert ReportChoice.from_json(draft.choice.to_json()).extra == (item,)
    with fresh(tab.ctx) as project:
        blocks = report_tables(project, tab.ctx.words, ReportOptions(items=(item,), language="en"))
    (table,) = [block for block in blocks if isinstance(block, Table)]
    printed = [[cell.text for cell in row[2:]] for row in table.rows]
    rows = tab.table.rows
    shown = [[rows.cell(at, c).text for c in range(1, rows.columnCount())] for at in range(rows.rowCount())]
    assert printed == shown
    assert "percentage of coded segments by row" in table.caption
    for name in ("frequencies", "cooccurrence", "saturation", "agreement"):
        opened(matrices, name, idle).report_button.click()
    assert [one.name for one in draft.choice.extra] == ["crosstab", "cooccurrence", "saturation", "agreement"]
    assert draft.choice.has("frequencies")
    assert not opened(matrices, "words", idle).report_button.isVisible()
