"""What can be done with others: sending, merging, changing who works, sharing out, settling."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.actions.registry import Action
from coding.errors import mark

if TYPE_CHECKING:
    from app.context import Context
    from app.main_window import MainWindow

# What these open reads the project, and with it comes the database: each is imported when it is asked for.


def sharing_actions(ctx: Context, window: MainWindow) -> list[Action]:
    """Copies that go to others, and that come back."""

    def send() -> None:
        from app.review.sending import ask_what_to_send

        ask_what_to_send(ctx, window)

    def send_answers() -> None:
        from app.review.sending import ask_answers

        ask_answers(ctx, window)

    def merge() -> None:
        from app.review.opening import ask_merge

        ask_merge(ctx, window)

    def is_open() -> bool:
        return ctx.project is not None

    def can_write() -> bool:
        return ctx.project is not None and not ctx.project.read_only

    def reviews() -> bool:
        return ctx.project is not None and ctx.project.role == "supervisor"

    copies = partial(Action, menu="project", group="copies")
    return [
        copies("project.send_for_review", mark("Send for review…"), send, when=is_open),
        copies("project.send_answers", mark("Send back what you said…"), send_answers, when=reviews),
        copies("project.merge", mark("Merge…"), merge, when=can_write),
    ]


def coder_actions(ctx: Context, window: MainWindow) -> list[Action]:
    """Who works, and on what."""

    def change_coder() -> None:
        from app.dialogs.coder import ask_coder

        ask_coder(ctx, window)

    def is_open() -> bool:
        return ctx.project is not None

    def share_out() -> None:
        _show_team(ctx, window, "shares")

    people = partial(Action, menu="project", group="coder", when=is_open)
    return [
        people("project.change_coder", mark("Change coder…"), change_coder),
        people("project.show_team", mark("Team: who codes what…"), share_out),
    ]


def settling_action(ctx: Context, window: MainWindow) -> Action:
    """Going through what coders disagree on."""
    return Action(
        "code.settle_disagreements", mark("Settle disagreements…"), lambda: _show_team(ctx, window, "settling"),
        menu="code", group="checks", when=lambda: ctx.project is not None,
    )  # fmt: skip


def _show_team(ctx: Context, window: MainWindow, part: str) -> None:
    from app.team.window import show_team

    show_team(ctx, window, part)
