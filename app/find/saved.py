"""Searches kept in the project, as a menu."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from app.dialogs.name import NameDialog
from coding.errors import mark
from coding.search.query import SearchQuery
from coding.views import View, remove_view, save_view, views

if TYPE_CHECKING:
    from app.find.window import FindWindow

KIND = "search"


class SavedSearches(QObject):
    """Saves what the window looks for, and looks for it again."""

    def __init__(self, window: FindWindow) -> None:
        super().__init__(window)
        self._ctx, self._window = window.ctx, window
        self.menu = QMenu(window)
        window.saved.setMenu(self.menu)
        self.menu.aboutToShow.connect(self._read)

    def _read(self) -> None:
        menu, t = self.menu, self._ctx.t
        menu.clear()
        menu.addAction(t("Save this search…"), self._ask_name).setEnabled(bool(self._window.field.text().strip()))
        menu.addSeparator()
        self._ctx.read(lambda reader: views(reader, KIND), self._fill, key="find.saved")

    def _fill(self, rows: list[View]) -> None:
        for row in rows:
            self.menu.addAction(row.name, partial(self._window.set_query, SearchQuery.from_params(row.params)))
        if rows:
            forget = self.menu.addMenu(self._ctx.t("Forget"))
            for row in rows:
                forget.addAction(row.name, partial(self._forget, row))

    def _ask_name(self) -> None:
        t, text = self._ctx.t, " ".join(self._window.field.text().split())
        NameDialog(self._ctx, self._window, t("Save this search"), t("Name"), self.save_as, text).open()

    def save_as(self, name: str) -> None:
        """Keep the search in the project under `name`."""
        if name.strip():
            params = self._window.query().as_params()
            self._ctx.operate(mark("Save the search {name}"), lambda op: save_view(op, KIND, name, params), name=name)

    def _forget(self, row: View) -> None:
        self._ctx.operate(mark("Forget the search {name}"), lambda op: remove_view(op, row.guid), name=row.name)
