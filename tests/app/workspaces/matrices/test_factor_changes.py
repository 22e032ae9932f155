"""From the factors: merging variants, mapping onto dimensions, recommendations."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.context import Context
from app.main_window import MainWindow
from app.models.code_book import CodeBook
from app.workspaces.matrices import MatricesWorkspace
from app.workspaces.matrices.factor_changes import code_book
from app.workspaces.matrices.factors import FactorsTab
from coding.findings.recommendations import RecommendationRow, recommendations

Idle = Callable[[Context], None]

FRONT = "matrices"


@pytest.fixture
def tab(window: MainWindow, sample_ctx: Context, qtbot: QtBot, idle: Idle) -> FactorsTab:
    qtbot.waitUntil(lambda: window.front is not None)
    window.show_workspace("matrices")
    made = window.workspaces["matrices"]
    assert isinstance(made, MatricesWorkspace)
    made.tabs.choose("factors")
    made._on_tab("factors")
    idle(sample_ctx)
    return made.factors


def menu_of(tab: FactorsTab, row: int, idle: Idle) -> QMenu:
    books: list[CodeBook] = []
    tab.ctx.read(code_book, books.append)
    idle(tab.ctx)
    return tab.factor_menu(row, 0, books[0])


def entries(menu: QMenu, title: str) -> list[QAction]:
    inner = next(action.menu() for action in menu.actions() if action.text() == title)
    assert isinstance(inner, QMenu)
    return [action for action in inner.actions() if not action.isSeparator()]


def written(tab: FactorsTab, idle: Idle) -> list[RecommendationRow]:
    found: list[list[RecommendationRow]] = []
    tab.ctx.read(recommendations, found.append)
    idle(tab.ctx)
    return found[0]


def test_two_variants_become_one_after_a_preview(tab: FactorsTab, qtbot: QtBot, idle: Idle) -> None:
    first, count = tab.model.rows[0], len(tab.model.rows)
    tabled = entries(menu_of(tab, 0, idle), "Merge with")
    assert len(tabled) >= count - 1
    tabled[0].trigger()
    idle(tab.ctx)
    dialog = tab.changes.dialog
    assert dialog is not None
    assert "coded segment" in dialog.preview.text()
    dialog.merge.click()
    idle(tab.ctx)
    assert len(tab.model.rows) == count - 1
    assert tab.ctx.project is not None
    assert (tab.ctx.project.next_undo or "").startswith("Merge a code into")
    tab.ctx.undo()
    idle(tab.ctx)
    assert tab.model.rows[0].code == first.code
    assert len(tab.model.rows) == count


def test_a_factor_is_mapped_and_stands_under_the_dimension(tab: FactorsTab, idle: Idle) -> None:
    row = next(i for i, factor in enumerate(tab.model.rows) if not tab.model.links(factor))
    factor = tab.model.rows[row]
    theory = entries(menu_of(tab, row, idle), "Map onto")[0].menu()
    assert isinstance(theory, QMenu)
    theory.actions()[0].trigger()
    idle(tab.ctx)
    (linked,) = tab.model.links(factor)
    tab.looks.choose("dimensions")
    tab._say_empty()
    groups = [tab.tree.topLevelItem(i) for i in range(tab.tree.topLevelItemCount())]
    under = next(group for group in groups if group is not None and group.text(0).endswith(linked.label("en")))
    names = [under.child(i).text(0) for i in range(under.childCount())]
    assert factor.label.en in names
    tab.tree._open(under.child(names.index(factor.label.en)))
    assert tab.opened is not None
    assert tab.opened.door.code == factor.code
    tab.ctx.undo()
    idle(tab.ctx)
    assert not tab.model.links(factor)


def test_dimensions_stand_in_the_order_of_the_codebook(tab: FactorsTab, idle: Idle) -> None:
    tab.looks.choose("dimensions")
    tab._say_empty()
    groups = [tab.tree.topLevelItem(i) for i in range(tab.tree.topLevelItemCount())]
    titles = [group.text(0) for group in groups if group is not None]
    assert tab.data is not None
    order = [f"{row.label('en')}: {code.label('en')}" for row in tab.data.frameworks for code in row.codes]
    placed = [next(i for i, one in enumerate(order) if one.endswith(title.split(" › ")[-1])) for title in titles[:-1]]
    assert len(placed) > 5
    assert placed == sorted(placed)
    assert titles[-1] == "Mapped onto nothing yet"


def test_recommendations_are_written_ordered_and_answer_factors(tab: FactorsTab, qtbot: QtBot, idle: Idle) -> None:
    tab.looks.choose("advice")
    tab._say_empty()
    view = tab.advice
    before = written(tab, idle)
    assert len(before) == 2
    view.add()
    qtbot.keyClicks(view.edit, "Tambah loket.")
    qtbot.keyClick(view.edit, Qt.Key.Key_Escape)
    idle(tab.ctx)
    assert [row.text for row in written(tab, idle)][-1] == "Tambah loket."
    assert view.list.currentRow() == 2
    at = next(i for i in range(view.factors.count()) if "no recommendation" in view.factors.item(i).text())
    view.factors.setCurrentRow(at)
    qtbot.keyClick(view.factors, Qt.Key.Key_Space)
    idle(tab.ctx)
    assert len(written(tab, idle)[-1].factors) == 1
    assert "no recommendation" not in view.factors.item(at).text()
    view.list.move_current(-1)
    idle(tab.ctx)
    assert [row.text for row in written(tab, idle)][1] == "Tambah loket."
    view.remove(written(tab, idle)[1].guid)
    idle(tab.ctx)
    assert written(tab, idle) == before
