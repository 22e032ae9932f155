"""The menu bar, made from the records of what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMainWindow, QMenu

from app.actions.registry import MENUS, Action
from coding.errors import mark

if TYPE_CHECKING:
    from app.context import Context

SUBMENUS = {
    ("project", "source"): mark("The open source"),
    ("code", "direction"): mark("Direction"),
    ("code", "steps"): mark("Go to"),
    ("code", "uncoded"): mark("Go to"),
    ("view", "stripes"): mark("Stripes"),
    ("view", "reading"): mark("The text"),
}
"""Groups with a menu of their own within a menu, which with all of them would not fit on a small screen."""


class Menus(QObject):
    """Fills the menu bar of a window, and again whenever actions came or went. Of the workspaces' actions those of the
    one in front (`front`, empty for none) stand there; the keys of all are the window's, and each asks itself whether
    it works."""

    def __init__(self, ctx: Context, window: QMainWindow, front: Callable[[], str]) -> None:
        super().__init__(window)
        self._ctx, self._window, self._front = ctx, window, front
        self._shown: str | None = None
        self._menus: dict[str, QMenu] = {}
        self._inner: dict[tuple[str, str], QMenu] = {}
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.make)
        ctx.actions.changed.connect(self._on_changed)

    def _on_changed(self) -> None:
        self._shown = None
        self._later.start()

    def make(self) -> None:
        """Make them of the actions there are now, unless these stand there already."""
        self._later.stop()
        registry, front = self._ctx.actions, self._front()
        if front == self._shown:
            return
        self._shown = front
        actions = registry.all()
        for qaction in self._window.actions():
            self._window.removeAction(qaction)
        self._window.addActions([registry.qaction(action.id) for action in actions])
        self._window.menuBar().clear()
        for old in self._menus.values():
            old.deleteLater()
        self._menus, self._inner = {}, {}
        groups: dict[str, str] = {}
        for action in actions:
            if action.menu and action.sheet in ("", front):
                self._put(action, new_group=groups.get(action.menu) != action.group)
                groups[action.menu] = action.group
        for key in MENUS:
            if key in self._menus:
                self._window.menuBar().addMenu(self._menus[key])
        self.name()

    def _put(self, action: Action, *, new_group: bool) -> None:
        qaction, menu = self._ctx.actions.qaction(action.id), self._menu(action.menu)
        inner = self._inner_of(action.menu, action.group)
        if inner is not None and not inner.isEmpty():
            if new_group:
                inner.addSeparator()
            inner.addAction(qaction)
            return
        if new_group and not menu.isEmpty():
            menu.addSeparator()
        if inner is None:
            menu.addAction(qaction)
        else:
            menu.addMenu(inner)
            inner.addAction(qaction)

    def _menu(self, key: str) -> QMenu:
        if key not in self._menus:
            menu = QMenu(self._window)
            menu.setObjectName(f"menu_{key}")
            menu.aboutToShow.connect(self._ctx.actions.refresh)
            self._menus[key] = menu
        return self._menus[key]

    def _inner_of(self, menu: str, group: str) -> QMenu | None:
        title = SUBMENUS.get((menu, group))
        if title is None:
            return None
        if (menu, title) not in self._inner:
            self._inner[menu, title] = QMenu(self._menu(menu))
        return self._inner[menu, title]

    def name(self) -> None:
        """Say their titles in the language of the interface."""
        keys = [key for key in MENUS if key in self._menus]
        for key, title in zip(keys, with_letters([self._ctx.t(MENUS[key]) for key in keys]), strict=True):
            self._menus[key].setTitle(title)
        for (_, title), inner in self._inner.items():
            inner.setTitle(self._ctx.t(title))


def with_letters(titles: Sequence[str]) -> list[str]:
    """The titles with “&” before the letter that opens each together with Alt: its first that no other has before."""
    taken: set[str] = set()
    made = []
    for title in titles:
        at = next((n for n, letter in enumerate(title) if letter.isalpha() and letter.casefold() not in taken), None)
        if at is not None:
            taken.add(title[at].casefold())
            title = f"{title[:at]}&{title[at:]}"
        made.append(title)
    return made
