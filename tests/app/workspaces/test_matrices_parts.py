"""Filters, rows of topics, mapped factors and the way to the informants, in the real window on the sample study."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QPushButton
from pytestqt.qtbot import QtBot

from app.context import Context
from app.informants.window import InformantsWindow
from app.main_window import MainWindow
from app.models.matrix_choice import FactorChoice, MatrixChoice
from app.models.matrix_evidence import Door
from app.workspaces.matrices import MatricesWorkspace
from app.workspaces.matrices.filtering import FilterPopup, as_day, single_filters
from coding.analysis.filters import EvidenceChoice
from coding.analysis.triangulation import triangulate
from coding.codes.links import link
from coding.codes.topics import add_topic, set_topic
from coding.informants.editing import change_informant
from coding.informants.queries import informants
from coding.project import Operation, Project

Idle = Callable[[Context], None]

FRONT = "matrices"


@pytest.fixture
def matrices(window: MainWindow, sample_ctx: Context, qtbot: QtBot, idle: Idle) -> MatricesWorkspace:
    qtbot.waitUntil(lambda: window.front is not None)
    idle(sample_ctx)
    window.show_workspace("matrices")
    idle(sample_ctx)
    made = window.workspaces["matrices"]
    assert isinstance(made, MatricesWorkspace)
    return made


def segments_shown(matrices: MatricesWorkspace) -> set[str]:
    data = matrices.triangulation.data
    assert data is not None
    assert data.matrix is not None
    return {guid for row in data.matrix.rows for cell in row.cells for guid in cell.segment_ids}


def test_a_filter_is_chosen_shown_and_removed(matrices: MatricesWorkspace, qtbot: QtBot, idle: Idle) -> None:
    tab = matrices.triangulation
    everything = segments_shown(matrices)
    qtbot.mouseClick(tab.filter.button, Qt.MouseButton.LeftButton)
    popup = tab.filter.findChild(FilterPopup)
    assert isinstance(popup, FilterPopup)
    assert tab.data is not None
    assert tab.data.filters is not None
    assert tab.data.filters.exemplars
    box = next(b for b in popup.findChildren(QCheckBox) if b.text() == tab.ctx.t("Exemplars only"))
    box.click()
    idle(tab.ctx)
    assert tab.choice.evidence == EvidenceChoice(exemplars=True)
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    left = segments_shown(matrices)
    assert left < everything
    assert tab.data.matrix is not None
    assert tab.data.matrix.notices[0].say(tab.ctx.words)[:5].casefold() in tab.notices.text().casefold()
    assert MatrixChoice.from_json(tab.state()["choice"]) == tab.choice
    chips = tab.filter.findChildren(QPushButton, "filter_chip")
    assert len(chips) == 1
    chips[0].click()
    idle(tab.ctx)
    assert segments_shown(matrices) == everything


def test_what_is_written_under_a_filter_rests_on_everything(matrices: MatricesWorkspace, idle: Idle) -> None:
    tab = matrices.triangulation
    tab.choose(replace(tab.choice, evidence=EvidenceChoice(exemplars=True)))
    idle(tab.ctx)
    assert tab.data is not None
    assert tab.data.matrix is not None
    row = next(row for row in tab.data.matrix.rows if row.status != "absent")
    tab.write_finding(Door("row", *row.place), "Disimpulkan di bawah saringan.")
    idle(tab.ctx)
    written = tab.data.finding(row)
    assert written is not None
    assert not written.stale
    tab.choose(replace(tab.choice, evidence=EvidenceChoice()))
    idle(tab.ctx)
    written = tab.data.finding(row)
    assert written is not None
    assert not written.stale


def test_topics_stand_inside_their_indicator(matrices: MatricesWorkspace, qtbot: QtBot, idle: Idle) -> None:
    tab, ctx = matrices.triangulation, matrices.ctx
    assert tab.data is not None
    assert tab.data.indicators is not None
    row = next(r for r in tab.data.indicators.rows if r.part == "indicator" and sum(c.segments for c in r.cells) > 2)
    guids = list(dict.fromkeys(guid for cell in row.cells for guid in cell.segment_ids))

    def split(op: Operation) -> None:
        topic = add_topic(op, row.code_guid, "Antrean pagi")
        assert set_topic(op, guids[:1], topic) == 1

    ctx.operate("Topic", split)
    idle(ctx)
    rows = tab.view.rows
    rows.expand_all(True)
    at = rows.find(row.place)
    assert at is not None
    assert rows.lines[at].expanded is True
    assert [line.row.label.id for line in rows.lines[at + 1 : at + 3]] == ["Antrean pagi", "tanpa topik"]
    assert [line.depth for line in rows.lines[at : at + 3]] == [1, 2, 2]
    column = next(i for i, cell in enumerate(rows.lines[at + 1].row.cells, 1) if cell.segments)
    tab._on_cell(at + 1, column, True)
    idle(ctx)
    assert matrices.panel.guids() == (guids[0],)
    assert matrices.panel.opened is not None
    assert "Antrean pagi" in matrices.panel.opened.heading
    assert row.label.in_(ctx.language) in matrices.panel.opened.heading
    tab.copy_table()
    assert "    Antrean pagi" in QGuiApplication.clipboard().text()
    tab.view.setCurrentIndex(rows.index(at + 1, 0))
    qtbot.keyClick(tab.view, Qt.Key.Key_Left)
    assert tab.view.currentIndex().row() == at
    qtbot.keyClick(tab.view, Qt.Key.Key_Left)
    assert rows.lines[at].expanded is False
    assert rows.lines[at + 1].depth < 2


def test_mapped_factors_are_named_on_both_sides(matrices: MatricesWorkspace, idle: Idle) -> None:
    tab, factors, ctx = matrices.triangulation, matrices.factors, matrices.ctx
    assert tab.data is not None
    assert tab.data.matrix is not None
    matrices.tabs.choose("factors")
    matrices._on_tab("factors")
    idle(ctx)
    dimension, factor = tab.data.matrix.rows[0], factors.model.rows[0]
    ctx.operate("Map", lambda op: link(op, factor.code_guid, dimension.code_guid))
    idle(ctx)
    assert dimension.label.in_(ctx.language) in factors.model.below(factor)
    opened = factors.door(Door("row", factor.code, factor.part))
    assert opened is not None
    assert dimension.label.in_(ctx.language) in opened.number
    assert any(dimension.label.in_(ctx.language) in place.below for place in factors.places()[1][0])
    tab.recompute()
    idle(ctx)
    opened = tab.door(Door("row", *dimension.place))
    assert opened is not None
    assert factor.label.in_(ctx.language) in opened.number


def test_who_has_no_value_leads_to_the_informants(matrices: MatricesWorkspace, idle: Idle) -> None:
    tab, ctx = matrices.triangulation, matrices.ctx
    assert tab.data is not None
    tab.choose(replace(tab.choice, columns="role"))
    idle(ctx)
    assert ctx.project is not None
    with Project.open(ctx.project.path, read_only=True) as project:
        who = next(row for row in informants(project) if row.role)
    ctx.operate("Forget", lambda op: change_informant(op, who.guid, {"role": None}))
    idle(ctx)
    assert who.code in tab.notices.text()
    assert "informants" in tab.notices.text()
    tab.notices.linkActivated.emit("informants")
    assert isinstance(matrices.window().findChild(InformantsWindow), InformantsWindow)


def test_kept_filters_and_days() -> None:
    choice = EvidenceChoice("2026-05-12", None, ("Melati",), ("A", "B"), True, False)
    for kept in (MatrixChoice(evidence=choice), FactorChoice(evidence=choice)):
        assert type(kept).from_json(kept.to_json()) == kept
    assert MatrixChoice.from_json({"evidence": {"since": "soon", "places": 3, "verbatim": "yes"}}) == MatrixChoice()
    assert [rest.everything for _, rest in single_filters(choice)] == [False] * 4
    assert as_day("2026-02", last=True).toString(Qt.DateFormat.ISODate) == "2026-02-28"
    assert as_day("2026", last=False).toString(Qt.DateFormat.ISODate) == "2026-01-01"
    assert as_day("2026-05-12", last=True).toString(Qt.DateFormat.ISODate) == "2026-05-12"


def test_the_matrix_is_the_engines(matrices: MatricesWorkspace, idle: Idle) -> None:
    tab, ctx = matrices.triangulation, matrices.ctx
    assert tab.data is not None
    assert tab.data.filters is not None
    assert tab.data.filters.dates is not None
    choice = EvidenceChoice(until=tab.data.filters.dates[0])
    tab.choose(replace(tab.choice, evidence=choice))
    idle(ctx)
    assert ctx.project is not None
    with Project.open(ctx.project.path, read_only=True) as project:
        assert tab.data.matrix == triangulate(project, tab.choice.framework, choice=choice)
    assert tab.data.matrix is not None
    assert tab.data.matrix.whole is not None
    assert segments_shown(matrices) < {
        guid for row in tab.data.matrix.whole.rows for cell in row.cells for guid in cell.segment_ids
    }
