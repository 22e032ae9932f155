"""Other keys for an action."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QWidget

from app.actions.registry import Action
from app.context import Context
from app.dialogs.base import Dialog
from app.widgets.parts import label


class KeysDialog(Dialog):
    """Press the keys; what has them already is named before it loses them."""

    def __init__(self, ctx: Context, parent: QWidget | None, action: Action) -> None:
        title = ctx.actions.text(action)
        super().__init__(ctx, parent, title)
        self.setObjectName("keys_dialog")
        self.setMinimumWidth(ctx.theme.px(440))
        self._action = action
        t = ctx.t
        caption = label(t("Press the keys for “{action}”", action=title), wrap=True)
        self.keys = QKeySequenceEdit(QKeySequence(action.shortcuts[0] if action.shortcuts else ""))
        self.keys.setObjectName("new_keys")
        self.keys.setAccessibleName(t("Keys"))
        self.keys.setMaximumSequenceLength(1)
        self.keys.setClearButtonEnabled(True)
        caption.setBuddy(self.keys)
        self.said = label("", "warning", wrap=True)
        for widget in (caption, self.keys, self.said):
            self.content.addWidget(widget)
        self.content.addStretch(1)
        first = self.add_button(t("As it was at first"), name="first_keys")
        first.setEnabled(action.shortcuts != ctx.actions.first_keys(action.id))
        first.clicked.connect(self._on_first)
        self.add_button(t("Cancel")).clicked.connect(self.reject)
        self.save = self.add_button(t("Set"), "primary", name="set_keys")
        self.save.clicked.connect(self._on_save)
        self.keys.keySequenceChanged.connect(lambda _: self._check())
        self._check()
        self.keys.setFocus()

    def _wanted(self) -> tuple[str, ...]:
        text = self.keys.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        return (text,) if text else ()

    def _check(self) -> None:
        ctx, wanted = self.ctx, self._wanted()
        taken = ctx.actions.owners(wanted, self._action.id)
        letter = bool(wanted) and len(wanted[0]) == 1
        if letter:
            self.said.setText(ctx.t("A single letter is for the text: choose it with Ctrl, Alt or a function key"))
        elif taken:
            names = ", ".join(f"“{ctx.actions.text(ctx.actions.get(name))}”" for name in taken)
            self.said.setText(ctx.t("They are the keys of {action}, which will lose them", action=names))
        else:
            self.said.setText("" if wanted else ctx.t("It will have no keys"))
        self.save.setEnabled(not letter)

    def _on_first(self) -> None:
        self.ctx.actions.set_keys(self._action.id, None)
        self.accept()

    def _on_save(self) -> None:
        kept = self._action.shortcuts[1:] if self._wanted() else ()
        self.ctx.actions.set_keys(self._action.id, tuple(dict.fromkeys((*self._wanted(), *kept))))
        self.accept()


def ask_keys(ctx: Context, parent: QWidget, action: Action) -> KeysDialog:
    """Show the dialog."""
    dialog = KeysDialog(ctx, parent, ctx.actions.get(action.id))
    dialog.open()
    return dialog
