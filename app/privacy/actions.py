"""The actions of the window of personal data, and the notice of informants whose data should no longer be kept."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from app.actions.registry import Action
from coding.errors import mark

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.context import Context
    from coding.project import Reader

MOST = 5
"""Informants named in the notice on opening."""


def privacy_actions(ctx: Context, window: QWidget) -> list[Action]:
    """What stands in the menu Project."""

    def show() -> None:
        from app.privacy.window import show_privacy

        show_privacy(ctx, window)

    def tell_past(codes: list[str]) -> None:
        if codes:
            named = ", ".join(codes[:MOST]) + (" …" if len(codes) > MOST else "")
            said = ctx.n(
                "The date until which data may be kept has passed for {count} informant: {codes}",
                "The date until which data may be kept has passed for {count} informants: {codes}",
                count=len(codes), codes=named,
            )  # fmt: skip
            ctx.say(said, "warning")

    def look_for_past() -> None:
        today = datetime.now().astimezone().date().isoformat()

        def work(reader: Reader) -> list[str]:
            from coding.privacy.retention import past_their_date

            return past_their_date(reader, today)

        ctx.read(work, tell_past, key="privacy.past")

    ctx.project_opened.connect(look_for_past)
    return [
        Action(
            "project.show_privacy", mark("Personal data…"), show, ("Ctrl+Shift+D",), "project", "sources",
            lambda: ctx.project is not None,
        )
    ]  # fmt: skip
