"""The factor summary in the real window on the sample study: table, chart, doors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.context import Context
from app.main_window import MainWindow
from app.models.factor_model import SIDES, has_evidence, side_of
from app.models.matrix_choice import FactorChoice
from app.widgets.factor_view import INHIBITING, SUPPORTING
from app.workspaces.matrices import MatricesWorkspace
from app.workspaces.matrices.factors import FactorsTab
from app.workspaces.report_draft import ReportDraft
from coding.analysis.factors import summarise
from coding.analysis.results import Factors, Level
from coding.analysis.wording import GLYPHS
from coding.project import Project
from coding.reports.options import ReportItem
from coding.segments.editing import remove, set_valence
from coding.segments.queries import segments

Idle = Callable[[Context], None]

FRONT = "matrices"


@pytest.fixture
def matrices(window: MainWindow, sample_ctx: Context, qtbot: QtBot, idle: Idle) -> MatricesWorkspace:
    """Matrices in front, with the tab of factors."""
    qtbot.waitUntil(lambda: window.front is not None)
    idle(sample_ctx)
    window.show_workspace("matrices")
    made = window.workspaces["matrices"]
    assert isinstance(made, MatricesWorkspace)
    made.tabs.choose("factors")
    idle(sample_ctx)
    return made


@pytest.fixture
def tab(matrices: MatricesWorkspace) -> FactorsTab:
    return matrices.factors


def engine(ctx: Context, framework: str = "factors", level: Level = "indicator") -> Factors:
    """The summary as it is counted anew, on a connection of its own."""
    assert ctx.project is not None
    with Project.open(ctx.project.path, read_only=True) as project:
        return summarise(project, framework, level)


def pixels(image: QImage, name: str) -> int:
    """How many pixels of `image` have just this colour."""
    return sum(
        image.pixelColor(x, y).name() == name for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)
    )


@pytest.mark.parametrize(("framework", "level"), [("factors", "indicator"), ("edward3", "dimension")])
def test_sides_show_the_numbers_of_the_engine_in_its_order(
    tab: FactorsTab, idle: Idle, framework: str, level: Level
) -> None:
    tab.choose(replace(tab.choice, framework=framework, level=level))
    idle(tab.ctx)
    expected = engine(tab.ctx, framework, level)
    assert tab.model.rows == expected.rows
    for at, row in enumerate(expected.rows):
        assert tab.model.index(at, 0).data() == row.label.in_("en")
        for column, name in enumerate(SIDES, 1):
            side = side_of(row, column)
            assert side is not None
            shown = f"{GLYPHS[name]} {side.passages}" if side.segments else GLYPHS["silent"]
            assert tab.model.index(at, column).data() == shown


def test_a_factor_that_loses_its_evidence_goes_last_and_low(tab: FactorsTab, idle: Idle) -> None:
    first = tab.model.rows[0]
    assert tab.ctx.project is not None
    with Project.open(tab.ctx.project.path, read_only=True) as project:
        gone = [row.guid for row in segments(project, code=first.code_guid)]
    tab.ctx.operate("Remove", lambda op: remove(op, gone))
    idle(tab.ctx)
    last = len(tab.model.rows) - 1
    assert (tab.model.rows[last].code, has_evidence(tab.model.rows[last])) == (first.code, False)
    assert tab.table.rowHeight(last) < min(tab.table.rowHeight(at) for at in range(last))
    assert tab.model.index(last, SUPPORTING).data() == GLYPHS["silent"]


def test_a_click_on_a_side_opens_exactly_its_segments(
    matrices: MatricesWorkspace, tab: FactorsTab, qtbot: QtBot, idle: Idle
) -> None:
    at = next(i for i, row in enumerate(tab.model.rows) if row.contested)
    row = tab.model.rows[at]
    for column in (SUPPORTING, INHIBITING):
        rect = tab.table.visualRect(tab.model.index(at, column))
        qtbot.mouseClick(tab.table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
        idle(tab.ctx)
        side = side_of(row, column)
        assert side is not None
        assert sorted(matrices.panel.guids()) == sorted(side.segment_ids)
        for count in (side.passages, side.segments, side.informants):
            assert str(count) in matrices.panel.number.text()
        assert "contested" in matrices.panel.why.text()
        for name in row.supporting.who + row.inhibiting.who:
            assert name in matrices.panel.why.text()


def test_bars_are_as_long_as_they_have_passages(tab: FactorsTab, qtbot: QtBot) -> None:
    tab.looks.choose("chart")
    chart = tab.chart
    qtbot.waitUntil(chart.isVisible)
    shown = [i for i in range(len(tab.model.rows)) if not chart.isRowHidden(i)]
    assert shown == [i for i, r in enumerate(tab.model.rows) if r.supporting.passages or r.inhibiting.passages]
    for at in shown[:6]:
        lengths = {}
        for column in (SUPPORTING, INHIBITING):
            rect = chart.visualRect(tab.model.index(at, column))
            image = chart.viewport().grab(rect).toImage()
            color = tab.ctx.theme.hex(SIDES[column - 1]).lower()
            y = rect.height() // 2 + 4
            lengths[column] = sum(image.pixelColor(x, y).name() == color for x in range(image.width()))
        s, i = tab.model.rows[at].supporting.passages, tab.model.rows[at].inhibiting.passages
        if s and i:
            assert lengths[SUPPORTING] / lengths[INHIBITING] == pytest.approx(s / i, rel=0.1)
        assert bool(lengths[SUPPORTING]) == bool(s)
        assert bool(lengths[INHIBITING]) == bool(i)


def test_in_the_chart_inhibiting_stands_at_the_left(tab: FactorsTab, qtbot: QtBot) -> None:
    tab.looks.choose("chart")
    qtbot.waitUntil(tab.chart.isVisible)
    left, right = (tab.chart.visualRect(tab.model.index(0, c)) for c in (INHIBITING, SUPPORTING))
    assert left.right() < right.left() + 1
    tab.chart.setFocus()
    tab.chart.setCurrentIndex(tab.model.index(0, INHIBITING))
    qtbot.keyClick(tab.chart, Qt.Key.Key_Right)
    assert tab.chart.currentIndex().column() == SUPPORTING


def test_the_chart_is_drawn_in_the_colours_of_the_appearance(tab: FactorsTab, qtbot: QtBot) -> None:
    tab.looks.choose("chart")
    qtbot.waitUntil(tab.chart.isVisible)
    for appearance in ("light", "dark"):
        tab.ctx.set_appearance(appearance)
        image = tab.chart.viewport().grab().toImage()
        for stance in ("supporting", "inhibiting"):
            assert pixels(image, tab.ctx.theme.hex(stance).lower()) > 200
        assert image.pixelColor(2, image.height() - 2).name() == tab.ctx.theme.hex("panel").lower()


def test_enter_opens_a_side(matrices: MatricesWorkspace, tab: FactorsTab, qtbot: QtBot, idle: Idle) -> None:
    tab.table.setFocus()
    tab.table.setCurrentIndex(tab.model.index(0, SUPPORTING))
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    idle(tab.ctx)
    qtbot.waitUntil(matrices.panel.cards()[0].hasFocus)
    assert matrices.panel.guids() == tab.model.rows[0].supporting.segment_ids


def test_every_side_can_be_heard(tab: FactorsTab) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    row = tab.model.rows[0]
    said = tab.model.index(0, INHIBITING).data(role)
    assert said.startswith(f"{row.label.in_('en')}, inhibiting: {row.inhibiting.passages} passages")
    alone = next(i for i, one in enumerate(tab.model.rows) if not one.supporting.segments)
    assert tab.model.index(alone, SUPPORTING).data(role).endswith("supporting: no evidence")
    assert "contested" in tab.model.index(0, 0).data(role)


def test_a_valence_given_in_the_background_moves_to_its_side(tab: FactorsTab, idle: Idle) -> None:
    row = tab.model.rows[0]
    guid = row.supporting.segment_ids[0]
    tab.ctx.operate("Set direction", lambda op: set_valence(op, [guid], "inhibiting"))
    idle(tab.ctx)
    at = tab.model.find((row.code, row.part))
    assert at is not None
    assert guid in tab.model.rows[at].inhibiting.segment_ids
    assert tab.model.rows == engine(tab.ctx).rows


def test_copying_gives_every_number(tab: FactorsTab) -> None:
    tab.copy_button.click()
    lines = QGuiApplication.clipboard().mimeData().text().rstrip("\n").split("\n")
    assert len(lines) == len(tab.model.rows) + 1
    for row, line in zip(tab.model.rows, lines[1:], strict=True):
        fields = line.split("\t")
        counts = [
            str(n) if n else GLYPHS["silent"]
            for side in (row.supporting, row.inhibiting)
            for n in (side.passages, side.segments, side.informants)
        ]
        assert fields[2:5] + fields[6:9] == counts
        assert fields[0].startswith(row.label.in_("en"))


def test_the_factors_shown_go_into_the_report(tab: FactorsTab, idle: Idle) -> None:
    draft = ReportDraft.of(tab.ctx)
    draft.take(replace(draft.choice, tables=("findings",)))
    tab.choose(replace(tab.choice, framework="dwiyanto"))
    idle(tab.ctx)
    tab.report_button.click()
    assert draft.choice.options().factor_framework == "dwiyanto"
    assert draft.choice.tables == ("findings", "factors")
    tab.choose(replace(tab.choice, level="dimension"))
    idle(tab.ctx)
    tab.report_button.click()
    assert draft.choice.extra == (ReportItem("factors", {"framework": "dwiyanto", "level": "dimension"}),)


def test_the_theory_that_has_evidence_is_shown_until_one_is_chosen(tab: FactorsTab, idle: Idle) -> None:
    assert (tab.choice.framework, tab.choice.level, tab.choice.automatic) == ("factors", "indicator", True)
    assert tab.ctx.project is not None
    with Project.open(tab.ctx.project.path, read_only=True) as project:
        guids = [one.guid for one in segments(project) if one.framework == "factors"]
    tab.ctx.operate("Remove", lambda op: remove(op, guids))
    idle(tab.ctx)
    assert (tab.framework.box.currentData(), tab.level.box.currentData()) == ("edward3", "dimension")
    assert [row.code for row in tab.model.rows] == [row.code for row in engine(tab.ctx, "edward3", "dimension").rows]
    said = "Nothing is coded with a factor yet; the factors here are the dimensions of Edward III"
    assert said in tab.notices.text()
    tab.report_button.click()
    assert ReportDraft.of(tab.ctx).choice.factor_framework == ""
    assert FactorChoice.from_json(tab.state()["choice"]).automatic
    tab.framework.chosen.emit("factors")
    idle(tab.ctx)
    assert (tab.choice.framework, tab.choice.automatic) == ("factors", False)
    assert "Edward III" not in tab.notices.text()
    tab.ctx.undo()
    idle(tab.ctx)
    assert tab.choice.framework == "factors"


def test_each_tab_keeps_what_is_open(matrices: MatricesWorkspace, tab: FactorsTab, idle: Idle) -> None:
    tab._on_side(0, SUPPORTING, False)
    idle(tab.ctx)
    ours = matrices.panel.guids()
    matrices.tabs.choose("triangulation")
    idle(tab.ctx)
    assert matrices.panel.opened is None
    matrices.tabs.choose("factors")
    idle(tab.ctx)
    assert matrices.panel.guids() == ours


def test_a_sentence_on_a_side_is_kept_shown_and_undone(
    matrices: MatricesWorkspace, tab: FactorsTab, qtbot: QtBot, idle: Idle
) -> None:
    at = next(i for i, row in enumerate(tab.model.rows) if row.code == "factors.internal.technology")
    tab.open_door(tab._door_at(at, INHIBITING), focus=True)
    idle(tab.ctx)
    edit = matrices.panel.finding.edit
    assert edit.isVisible()
    assert tab.model.finding(at, INHIBITING) is None
    edit.setFocus()
    qtbot.keyClicks(edit, "Sinyal hilang tiap siang.")
    matrices.panel.finding.flush()
    idle(tab.ctx)
    kept = tab.model.finding(at, INHIBITING)
    assert kept is not None
    assert (kept.text, kept.stale, tab.model.finding(at, SUPPORTING)) == ("Sinyal hilang tiap siang.", False, None)
    assert "Sinyal hilang" in tab.model.index(at, INHIBITING).data(Qt.ItemDataRole.AccessibleTextRole)
    tab.copy_table()
    assert "Sinyal hilang tiap siang." in QGuiApplication.clipboard().text()
    # neither the factor as a whole nor its neutral side has one
    for column in (0, len(SIDES)):
        tab.open_door(tab._door_at(at, column))
        idle(tab.ctx)
        assert not matrices.panel.finding.isVisible()
    tab.ctx.undo()
    idle(tab.ctx)
    assert tab.model.finding(at, INHIBITING) is None


def test_without_any_evidence_the_view_by_dimension_says_so(
    window: MainWindow, project_ctx: Context, qtbot: QtBot, idle: Idle
) -> None:
    qtbot.waitUntil(lambda: window.front is not None)
    window.show_workspace("matrices")
    matrices = window.workspaces["matrices"]
    assert isinstance(matrices, MatricesWorkspace)
    matrices.tabs.choose("factors")
    idle(project_ctx)
    tab = matrices.factors
    tab.looks.choose("dimensions")
    tab._say_empty()
    assert tab.pages.currentWidget() is tab.empty
    assert "No factor has evidence yet" in [label.text() for label in tab.empty.findChildren(QLabel)]
