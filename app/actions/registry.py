"""Actions as data: one record feeds the menu, the shortcut, the tooltip and the shortcut sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from coding.errors import mark

if TYPE_CHECKING:
    from app.context import Context

MENUS = {
    "telaah": mark("Telaah"),
    "project": mark("Project"),
    "edit": mark("Edit"),
    "code": mark("Code"),
    "view": mark("View"),
    "help": mark("Help"),
}
"""The menus, in order; an action with the menu "" stands in the shortcut sheet alone."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person can do.

    `id` is `room.verb_noun`; `title` an English msgid (marked with `coding.errors.mark`), or a function that gives the
    finished words. `shortcuts` are portable key texts ("Ctrl+Z"), the first one is shown. With `own_keys` the widget
    in focus handles the keys itself (single letters in the transcript); they are then shown but not bound.
    `when` says whether it works now, `checked` makes it a switch. `group` puts lines between groups in a menu.
    """

    id: str
    title: str | Callable[[], str]
    run: Callable[[], object]
    shortcuts: tuple[str, ...] = ()
    menu: str = ""
    group: str = ""
    when: Callable[[], bool] | None = None
    checked: Callable[[], bool] | None = None
    own_keys: bool = False
    sheet: str = ""
    params: dict[str, str] = field(default_factory=dict)

    def works(self) -> bool:
        """Whether it can be done now."""
        return self.when is None or self.when()


class ActionRegistry(QObject):
    """All actions of the window, with a QAction for each."""

    refreshed = Signal()
    changed = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self._ctx = ctx
        self._actions: dict[str, Action] = {}
        self._first: dict[str, tuple[str, ...]] = {}
        self._qactions: dict[str, QAction] = {}
        self._lines: dict[tuple[str, tuple[str, ...]], str] = {}
        ctx.language_changed.connect(self._forget_words)

    def add(self, actions: Iterable[Action]) -> list[QAction]:
        """Register `actions`; the QActions still have to be added to the widget in which their shortcuts work."""
        made = []
        for action in actions:
            if action.id in self._actions:
                raise ValueError(f"the action {action.id} exists already")
            self._first[action.id] = action.shortcuts
            kept = None if action.own_keys else self._ctx.settings.get("keys").get(action.id)
            action = action if kept is None else replace(action, shortcuts=tuple(kept))
            self._actions[action.id] = action
            qaction = QAction(self)
            qaction.setObjectName(action.id)
            qaction.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            if not action.own_keys:
                qaction.setShortcuts([QKeySequence(keys) for keys in action.shortcuts])
            qaction.setCheckable(action.checked is not None)
            qaction.triggered.connect(lambda _=False, name=action.id: self.run(name))
            self._qactions[action.id] = qaction
            made.append(qaction)
        self.changed.emit()
        self.refresh()
        return made

    def set_keys(self, name: str, keys: Sequence[str] | None) -> None:
        """Give the action `name` these keys (portable texts, perhaps none); None gives it back its first ones.

        Whichever other action has one of them loses it. Keys that a widget takes itself can't be changed.
        """
        if self._actions[name].own_keys:
            raise ValueError(f"the keys of {name} are its widget's own")
        wanted = self._first[name] if keys is None else tuple(keys)
        for other in self.owners(wanted, name):
            self._bind(other, tuple(key for key in self._actions[other].shortcuts if key not in wanted))
        self._bind(name, wanted)
        self.refresh()

    def owners(self, keys: Iterable[str], name: str) -> list[str]:
        """The actions beside `name` that have one of these keys where `name` works, too."""
        wanted, sheet = set(keys), self._actions[name].sheet
        return [
            action.id
            for action in self._actions.values()
            if action.id != name and wanted & set(action.shortcuts) and (not sheet or action.sheet in ("", sheet))
        ]

    def first_keys(self, name: str) -> tuple[str, ...]:
        """The keys that the action `name` comes with."""
        return self._first[name]

    def _bind(self, name: str, keys: tuple[str, ...]) -> None:
        self._actions[name] = replace(self._actions[name], shortcuts=keys)
        if not self._actions[name].own_keys:
            self._qactions[name].setShortcuts([QKeySequence(key) for key in keys])
            kept = dict(self._ctx.settings.get("keys"))
            kept.pop(name, None)
            self._ctx.settings.set("keys", kept if keys == self._first[name] else {**kept, name: list(keys)})

    def remove(self, ids: Iterable[str]) -> None:
        """Forget actions that are no longer there."""
        for name in ids:
            del self._actions[name]
            self._qactions.pop(name).deleteLater()
        self.changed.emit()

    def run(self, name: str) -> None:
        """Do the action `name`, if it works now."""
        action = self._actions[name]
        if action.works():
            action.run()
        self.refresh()

    def refresh(self) -> None:
        """Ask every action again whether it works, and for its words. Cheap; call it when a selection changes."""
        for name, action in self._actions.items():
            qaction = self._qactions[name]
            qaction.setText(self._line(action))
            qaction.setEnabled(action.works())
            if action.checked is not None:
                qaction.setChecked(action.checked())
        self.refreshed.emit()

    def all(self) -> list[Action]:
        """Every action, in the order of registration."""
        return list(self._actions.values())

    def get(self, name: str) -> Action:
        """The action `name`."""
        return self._actions[name]

    def qaction(self, name: str) -> QAction:
        """The QAction of the action `name`, for buttons and context menus."""
        return self._qactions[name]

    def text(self, action: Action) -> str:
        """What stands in the menu for `action`."""
        return action.title() if callable(action.title) else self._ctx.t(action.title)

    def _line(self, action: Action) -> str:
        """The words with the key behind a tab, as menus write it, where the key is a widget's own and not bound.

        Words that never change are kept: every menu is asked again after each tag.
        """
        if callable(action.title):
            return self._worded(action)
        place = action.title, action.shortcuts if action.own_keys else ()
        if place not in self._lines:
            self._lines[place] = self._worded(action)
        return self._lines[place]

    def _worded(self, action: Action) -> str:
        keys = shown_keys(action) if action.own_keys else []
        return f"{self.text(action)}\t{keys[0]}" if keys else self.text(action)

    def _forget_words(self) -> None:
        self._lines.clear()

    def tooltip(self, name: str) -> str:
        """The title of the action `name` with its keys, for a button's tooltip."""
        action = self._actions[name]
        keys = shown_keys(action)
        return f"{self.text(action)}  {keys[0]}" if keys else self.text(action)


def shown_keys(action: Action) -> list[str]:
    """The keys of `action` as this system writes them."""
    return [QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) or keys for keys in action.shortcuts]
