"""The actions of the window of personal data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.actions.registry import Action
from coding.errors import mark

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.context import Context


def privacy_actions(ctx: Context, window: QWidget) -> list[Action]:
    """What stands in the menu Project."""

    def show() -> None:
        from app.privacy.window import show_privacy

        show_privacy(ctx, window)

    return [
        Action(
            "project.show_privacy", mark("Personal data…"), show, ("Ctrl+Shift+D",), "project", "sources",
            lambda: ctx.project is not None,
        )
    ]  # fmt: skip
