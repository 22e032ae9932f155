"""Filters with a name, and what the table looks like: the menus at the right above it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QPushButton

from app.context import Context
from app.models.evidence_words import COLUMNS, SORTS, head_text
from app.workspaces.evidence.dialogs import NameDialog
from coding.errors import mark
from coding.segments.evidence_filter import VIEW_KIND, EvidenceSort, from_params, to_params
from coding.views import View, remove_view, save_view, views

if TYPE_CHECKING:
    from app.workspaces.evidence.workspace import EvidenceWorkspace


class SavedFilters(QObject):
    """The saved filters of the project, and the menu of them."""

    def __init__(self, ctx: Context, workspace: EvidenceWorkspace) -> None:
        super().__init__(workspace)
        self._ctx, self._workspace = ctx, workspace
        self.views: list[View] = []

    def read(self) -> None:
        """Read them again."""
        self._ctx.read(lambda reader: views(reader, VIEW_KIND), self._take, key="evidence.views")

    def _take(self, found: list[View]) -> None:
        self.views = found

    def save(self, name: str) -> None:
        """Keep the filter and the order at hand under `name`."""
        params = to_params(self._workspace.reading.chosen, self._workspace.reading.sort)
        self._ctx.operate(
            mark("Save the filter “{name}”"), lambda op: save_view(op, VIEW_KIND, name, params), name=name
        )

    def remove(self, view: View) -> None:
        """Forget a filter."""
        self._ctx.operate(mark("Remove the filter “{name}”"), lambda op: remove_view(op, view.guid), name=view.name)

    def open(self, view: View) -> None:
        """Show what a saved filter asks for."""
        self._workspace.show_filter(*from_params(view.params))

    def show_menu(self, below: QPushButton) -> QMenu:
        """The menu of saved filters under a button."""
        t, workspace = self._ctx.t, self._workspace
        menu = _menu(below, "saved_filters")
        for view in self.views:
            menu.addAction(view.name.replace("&", "&&")).triggered.connect(partial(self.open, view))
        if self.views:
            menu.addSeparator()
        save = menu.addAction(t("Save the filter…"))
        save.setEnabled(workspace.writable and bool(workspace.reading.chosen))
        save.triggered.connect(self.ask_name)
        if self.views and workspace.writable:
            rest = menu.addMenu(t("Remove"))
            for view in self.views:
                rest.addAction(view.name.replace("&", "&&")).triggered.connect(partial(self.remove, view))
        menu.popup(below.mapToGlobal(below.rect().bottomLeft()))
        return menu

    def ask_name(self) -> None:
        """Ask under which name to save."""
        NameDialog(self._ctx, self._workspace, [view.name for view in self.views], self.save).open()


def show_look_menu(ctx: Context, workspace: EvidenceWorkspace, below: QPushButton) -> QMenu:
    """The menu of orders and columns under a button."""
    menu, table, sort = _menu(below, "evidence_look"), workspace.table, workspace.reading.sort
    order = menu.addMenu(ctx.t("Order"))
    names = ("text", *(name for name in COLUMNS if name != "text"))
    for name in names:
        key = SORTS.get(name, name)
        words = ctx.t("Source and place") if name == "text" else head_text(ctx, name, whole=True)
        action = order.addAction(words)
        action.setCheckable(True)
        action.setChecked(key == sort.key)
        action.triggered.connect(partial(workspace.sort_by, name))
    order.addSeparator()
    turned = order.addAction(ctx.t("Descending"))
    turned.setCheckable(True)
    turned.setChecked(sort.descending)
    turned.triggered.connect(lambda on: workspace.show_filter(workspace.reading.chosen, EvidenceSort(sort.key, on)))
    columns = menu.addMenu(ctx.t("Columns"))
    for name in COLUMNS:
        if name == "text":
            continue
        action = columns.addAction(head_text(ctx, name, whole=True))
        action.setCheckable(True)
        action.setChecked(name not in table.hidden)
        action.triggered.connect(lambda on, name=name: workspace.show_column(name, on))
    menu.addSeparator()
    for name in ("evidence.show_context", "evidence.show_preview"):
        menu.addAction(ctx.actions.qaction(name))
    menu.popup(below.mapToGlobal(below.rect().bottomLeft()))
    return menu


def _menu(parent: QPushButton, name: str) -> QMenu:
    menu = QMenu(parent)
    menu.setObjectName(name)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu
