"""What the code editor can do, as records for menus and the shortcut sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.actions.registry import Action
from coding.errors import mark

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.context import Context


def code_editor_actions(ctx: Context, window: QWidget) -> list[Action]:
    """Opening the editor, and the keys that work in it."""

    def is_open() -> bool:
        return ctx.project is not None

    def inside(name: str, title: str, *keys: str) -> Action:
        return Action(name, title, _nothing, keys, own_keys=True, when=is_open, sheet="codes")

    return [
        Action(
            "code.edit_all",
            mark("Frameworks and codes…"),
            lambda: open_codes_window(ctx, window),
            ("Ctrl+Shift+K",),
            "project",
            "codes",
            is_open,
        ),
        inside("code.add", mark("New code here"), "Ctrl+N"),
        inside("code.add_top", mark("New dimension or open code"), "Ctrl+Shift+N"),
        inside("code.rename", mark("Rename the code"), "F2"),
        inside("code.move", mark("Move the code up or down"), "Alt+Up", "Alt+Down"),
        inside("code.delete", mark("Delete the code…"), "Del"),
    ]


def open_codes_window(ctx: Context, window: QWidget, key: str | None = None) -> None:
    """Show the editor, at a code (its guid) or framework (its key) if one is named."""
    from app.codes.window import codes_window

    codes_window(ctx, window).open_at(key)


def _nothing() -> None:
    """What the editor does by itself when its key is pressed."""
