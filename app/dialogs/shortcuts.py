"""The sheet of all keys, made from the same records as the menus; keys are changed and printed from here."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.actions.registry import MENUS, Action, shown_keys
from app.context import Context
from app.dialogs.base import Dialog
from app.dialogs.change_keys import ask_keys
from app.printing.offer import PrintOffer
from app.widgets.parts import KeyBadge, SectionHeader, clear_layout, icon_button, label
from coding.errors import mark

_PLACES = {
    "transcripts": mark("Transcripts"),
    "evidence": mark("Evidence"),
    "matrices": mark("Matrices"),
    "review": mark("Review"),
    "report": mark("Report"),
    "codes": mark("Frameworks and codes"),
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
        self.all = QCheckBox(ctx.t("Show actions without a key, too"))
        self.all.setObjectName("all_actions")
        self.all.toggled.connect(lambda _: self._fill(self.filter.text()))
        self.content.addWidget(self.all)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(0, 8, 12, 8)
        self._column.setSpacing(6)
        scroll.setWidget(page)
        self.content.addWidget(scroll, 1)
        self.offer = PrintOffer(ctx, self)
        self.add_button(ctx.t("Print…"), name="print_keys").clicked.connect(self._on_print)
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
            if (action.shortcuts or self.all.isChecked()) and wanted.lower() in words:
                groups.setdefault(self._group(action), []).append(action)
        return groups

    def groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """What the sheet shows: titles, under each the actions with their keys, all worded."""
        return [
            (self.ctx.t(title), [(self.ctx.actions.text(action), "   ".join(shown_keys(action))) for action in actions])
            for title, actions in self._groups(self.filter.text()).items()
        ]

    def _on_print(self) -> None:
        from app.printing.keys import KeysPaper

        self.offer.show(KeysPaper(self.ctx.words, self.groups()))

    def _on_change(self, action: Action) -> None:
        ask_keys(self.ctx, self, action).finished.connect(lambda _: self._fill(self.filter.text()))

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
                if not action.own_keys:
                    title = self.ctx.t("Change the keys of “{action}”", action=self.ctx.actions.text(action))
                    change = icon_button(self.ctx, "pencil", title, name=f"change_{action.id}")
                    change.clicked.connect(partial(self._on_change, action))
                    grid.addWidget(change, row, 2)
            self._column.addWidget(block)
        if not groups:
            self._column.addWidget(label(self.ctx.t("Nothing has this key or name."), "dim"))
        self._column.addStretch(1)


def show_shortcuts(ctx: Context, parent: QWidget) -> ShortcutSheet:
    """Show the sheet."""
    sheet = ShortcutSheet(ctx, parent)
    sheet.open()
    return sheet
