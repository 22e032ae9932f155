"""What can be done to read: places, stripes, the text alone, panels, how the text looks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.actions.registry import Action
from app.transcript.stripe_choice import MODE_NAMES, StripeMode
from coding.errors import mark

if TYPE_CHECKING:
    from app.workspaces.transcripts.workspace import TranscriptsWorkspace


def reading_actions(workspace: TranscriptsWorkspace) -> list[Action]:
    """The records."""

    def is_open() -> bool:
        return workspace.desk.source is not None

    steps, view, reading = workspace.steps, workspace.view, workspace.reading
    go = partial(Action, menu="edit", group="find", when=is_open)
    uncoded = partial(Action, menu="code", group="uncoded", when=is_open)
    look = partial(Action, menu="view", group="reading", when=is_open)
    panel = partial(Action, menu="view", group="panels")
    return [
        go("source.find_next", mark("Next hit"), lambda: view.search.step(1), ("F3",)),
        go("source.find_previous", mark("Previous hit"), lambda: view.search.step(-1), ("Shift+F3",)),
        *_places(workspace),
        uncoded("source.next_uncoded", mark("Next turn without a code"), lambda: steps.to_uncoded(1), ("F8",)),
        uncoded(
            "source.previous_uncoded", mark("Previous turn without a code"), lambda: steps.to_uncoded(-1), ("Shift+F8",)
        ),
        *_stripes(workspace),
        look(
            "view.show_text_alone", mark("The text alone"), reading.toggle_focus, ("F11",),
            checked=lambda: reading.undisturbed,
        ),
        look("view.widen_text", mark("Wider text"), lambda: reading.step_width(1), ("Alt+Shift+Right",)),
        look("view.narrow_text", mark("Narrower text"), lambda: reading.step_width(-1), ("Alt+Shift+Left",)),
        *_switches(workspace),
        panel("view.next_panel", mark("Next panel"), lambda: reading.step_panel(1), ("F6",)),
        panel("view.previous_panel", mark("Previous panel"), lambda: reading.step_panel(-1), ("Shift+F6",)),
    ]  # fmt: skip


def _places(workspace: TranscriptsWorkspace) -> list[Action]:
    desk = workspace.desk

    def can_go_back() -> bool:
        # who came from Evidence goes back there with the same key
        other = next((a for a in workspace.ctx.actions.all() if a.id == "view.back_to_evidence"), None)
        return desk.history.can_step(-1) and not (other is not None and other.works())

    place = partial(Action, menu="view", group="history")
    return [
        place(
            "source.go_back", mark("Back to the place before"), lambda: desk.step_back(-1), ("Alt+Left",),
            when=can_go_back,
        ),
        place(
            "source.go_forward", mark("Forward again"), lambda: desk.step_back(1), ("Alt+Right",),
            when=lambda: desk.history.can_step(1),
        ),
    ]  # fmt: skip


def _stripes(workspace: TranscriptsWorkspace) -> list[Action]:
    control = workspace.stripes

    def is_open() -> bool:
        return workspace.desk.source is not None

    def way(mode: StripeMode) -> Action:
        return Action(
            f"view.stripes_{mode}", MODE_NAMES[mode], lambda: control.choose(mode), menu="view", group="stripes",
            when=is_open, checked=lambda: control.mode == mode,
        )  # fmt: skip

    made = partial(Action, menu="view", group="stripes", when=is_open)
    return [
        *(way(mode) for mode in MODE_NAMES),
        made("view.next_stripes", mark("Other stripes"), control.choose_next, ("F9",)),
        made("view.stripes_menu", mark("Menu of the stripes"), workspace.view.open_stripes_menu, ("Shift+F9",)),
        made(
            "view.show_only_code", mark("Show only this code"), control.toggle_only, ("Ctrl+Shift+O",),
            checked=lambda: control.only,
        ),
    ]  # fmt: skip


def _switches(workspace: TranscriptsWorkspace) -> list[Action]:
    ctx, reading = workspace.ctx, workspace.reading
    titles = {
        "turn_numbers": mark("Turn numbers"),
        "line_numbers": mark("Line numbers"),
        "time_codes": mark("Times"),
    }
    return [
        Action(
            f"view.{name}", title, partial(reading.toggle, name), menu="view", group="reading",
            checked=partial(lambda name: bool(ctx.settings.get(name)), name),
        )
        for name, title in titles.items()
    ]  # fmt: skip
