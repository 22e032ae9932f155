"""The sheet of all keys, made from the same records as the menus."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.actions.registry import MENUS, Action, shown_keys
from app.context import Context
from app.dialogs.base import Dialog
from app.widgets.parts import KeyBadge, SectionHeader, clear_layout, label
from coding.errors import mark

_PLACES = {
    "transcripts": mark("Transcripts"),
    "evidence": mark("Evidence"),
    "matrices": mark("Matrices"),
    "review": mark("Review"),
    "report": mark("Report"),
}


class ShortcutSheet(Dialog):
    """Every action that has a key, by where it works; typing narrows the list."""

    def __init__(self, ctx: Context, parent: QWidget | None) -> None:
        super().__init__(ctx, parent, ctx.t("Keyboard shortcuts"))
        self.setObjectName("shortcut_sheet")
        self.resize(ctx.theme.px(760), ctx.theme.px(560))
        self.filter = QLineEdit()
        self.filter.setObjectName("shortcut_filter")
        self.filter.setPlaceholderText(ctx.t("Find a key or an action"))
        self.filter.setAccessibleName(ctx.t("Find a key or an action"))
        self.filter.textChanged.connect(self._fill)
        self.content.addWidget(self.filter)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(0, 8, 12, 8)
        self._column.setSpacing(6)
        scroll.setWidget(page)
        self.content.addWidget(scroll, 1)
        close = self.add_button(ctx.t("Close"))
        close.clicked.connect(self.accept)
        self._fill("")

    def shown(self) -> list[str]:
        """The ids of the actions listed now."""
        return [action.id for actions in self._groups(self.filter.text()).values() for action in actions]

    def _groups(self, wanted: str) -> dict[str, list[Action]]:
        groups: dict[str, list[Action]] = {}
        for action in self.ctx.actions.all():
            words = f"{self.ctx.actions.text(action)} {' '.join(shown_keys(action))}".lower()
            if action.shortcuts and wanted.lower() in words:
                groups.setdefault(self._group(action), []).append(action)
        return groups

    def _group(self, action: Action) -> str:
        return _PLACES.get(action.sheet) or MENUS.get(action.menu, MENUS["view"])

    def _fill(self, wanted: str) -> None:
        clear_layout(self._column)
        groups = self._groups(wanted)
        for title, actions in groups.items():
            self._column.addWidget(SectionHeader(self.ctx.t(title)))
            block = QWidget()
            grid = QGridLayout(block)
            grid.setContentsMargins(0, 0, 0, 12)
            grid.setHorizontalSpacing(24)
            grid.setVerticalSpacing(6)
            grid.setColumnStretch(0, 1)
            for row, action in enumerate(actions):
                grid.addWidget(label(self.ctx.actions.text(action)), row, 0)
                keys = QHBoxLayout()
                keys.setSpacing(6)
                keys.addStretch(1)
                for one in shown_keys(action):
                    keys.addWidget(KeyBadge(self.ctx, one))
                grid.addLayout(keys, row, 1)
            self._column.addWidget(block)
        if not groups:
            self._column.addWidget(label(self.ctx.t("Nothing has this key or name."), "dim"))
        self._column.addStretch(1)


def show_shortcuts(ctx: Context, parent: QWidget) -> ShortcutSheet:
    """Show the sheet."""
    sheet = ShortcutSheet(ctx, parent)
    sheet.open()
    return sheet
