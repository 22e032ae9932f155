"""What can be done in the Transcripts workspace, as records for menus, tooltips and the shortcut sheet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from app.actions.registry import Action
from app.transcript_editor.opening import editing_actions
from coding.errors import mark
from coding.segments.rows import Valence

if TYPE_CHECKING:
    from app.workspaces.transcripts.workspace import TranscriptsWorkspace

When = Callable[[], bool]


def transcript_actions(workspace: TranscriptsWorkspace) -> list[Action]:
    """The records; keys that only mean something in the text are shown but not bound."""

    def is_open() -> bool:
        return workspace.desk.source is not None

    def has_current() -> bool:
        return workspace.tagging.current is not None

    return [
        *_source_actions(workspace, is_open),
        *_tag_actions(workspace, is_open),
        *_change_actions(workspace, is_open, has_current),
        *_step_actions(workspace, is_open),
        *_code_actions(workspace),
        *editing_actions(workspace),
    ]


def _source_actions(workspace: TranscriptsWorkspace, is_open: When) -> list[Action]:
    def remove() -> None:
        if workspace.desk.source is not None:
            workspace.library.remove(workspace.desk.source.guid)

    in_project = partial(Action, menu="project", group="sources")
    of_open = partial(Action, menu="project", group="source", when=is_open)
    in_view = partial(Action, menu="view", group="sources", when=is_open)
    step = workspace.steps.to_source
    return [
        in_project("source.add", mark("Add transcripts…"), workspace.importing.ask, ("Ctrl+I",)),
        of_open("source.edit_details", mark("Details of the source…"), workspace.library.edit_open),
        of_open("source.remove", mark("Remove the source…"), remove),
        of_open("source.print", mark("Print the source…"), partial(_print, workspace), ("Ctrl+P",)),
        of_open("source.save_pdf", mark("Save the source as PDF…"), partial(_print, workspace, True)),
        of_open("source.write_memo", mark("Memo on the source…"), partial(_write_memo, workspace)),
        in_view("source.show_next", mark("Next source"), lambda: step(1), ("Ctrl+PgDown",)),
        in_view("source.show_previous", mark("Previous source"), lambda: step(-1), ("Ctrl+PgUp",)),
        Action(
            "source.find",
            mark("Find in this transcript"),
            workspace.view.open_find,
            ("Ctrl+F",),
            "edit",
            "find",
            is_open,
        ),
    ]


def _tag_actions(workspace: TranscriptsWorkspace, is_open: When) -> list[Action]:
    def has_selection() -> bool:
        return is_open() and workspace.view.selection() is not None

    def has_recent() -> bool:
        return is_open() and bool(tagging.recent)

    commands, tagging = workspace.commands, workspace.tagging
    tag = partial(Action, menu="code", group="tag")
    own: dict[str, Any] = {"own_keys": True}
    own_codes: dict[str, Any] = {
        "own_keys": True,
        "when": lambda: bool(tagging.numbers.given),
        "checked": lambda: tagging.numbers.own,
    }
    by_own = mark("In the list of codes: give the code a number key")
    by_number = mark("Tag with a dimension, then its indicator")
    return [
        tag("segment.tag", mark("Tag…"), workspace.help.open_palette, ("Return",), when=is_open, own_keys=True),
        tag("segment.tag_in_vivo", mark("Code in vivo"), commands.in_vivo, ("Ctrl+Shift+V",), when=has_selection),
        tag("segment.tag_again", mark("Tag with the last code again"), tagging.repeat, ("R",), when=has_recent, **own),
        Action("segment.tag_by_number", by_number, _nothing, ("1 … 9",), own_keys=True, when=is_open),
        tag("code.switch_number_keys", mark("Number keys: my own codes"), tagging.switch_keys, ("K",), **own_codes),
        Action("code.give_number_key", by_own, _nothing, ("Alt+1 … 9",), own_keys=True, when=is_open),
    ]


def _change_actions(workspace: TranscriptsWorkspace, is_open: When, has_current: When) -> list[Action]:
    def direction(name: str, title: str, key: str, valence: Valence | None) -> Action:
        run = partial(workspace.tagging.set_valence, valence)
        return Action(f"segment.{name}", title, run, (key,), "code", "direction", has_current, own_keys=True)

    def current_is(name: str) -> Callable[[], bool]:
        return lambda: bool(getattr(workspace.tagging.current, name, False))

    change = partial(Action, menu="code", group="segment", when=has_current)
    mark_as = partial(change, own_keys=True)
    commands = workspace.commands
    edges = partial(Action, run=_nothing, own_keys=True, when=is_open)
    remove = workspace.remove_segment
    return [
        direction("set_supporting", mark("Supporting"), "+", "supporting"),
        direction("set_inhibiting", mark("Inhibiting"), "-", "inhibiting"),
        direction("set_neutral", mark("Neutral"), "0", "neutral"),
        direction("clear_valence", mark("No direction"), ".", None),
        change("segment.write_memo", mark("Memo on the segment"), workspace.memos.write, ("Ctrl+M",)),
        mark_as("segment.star", mark("Exemplar"), commands.star, ("*",), checked=current_is("exemplar")),
        mark_as(
            "segment.mark_reported",
            mark("Reported speech"),
            commands.mark_reported,
            ("P",),
            checked=current_is("reported"),
        ),
        mark_as("segment.change_code", mark("Change the code…"), commands.recode, ("C",)),
        mark_as("segment.set_topic", mark("Topic of the segment…"), workspace.topics.ask, ("T",)),
        change("segment.remove", mark("Remove the coded segment"), remove, ("Del",), own_keys=True),
        edges("segment.move_edges", mark("Move its edges by a word"), shortcuts=("[", "]")),
        edges("segment.move_edges_near", mark("Move its edges by a character"), shortcuts=("<", ">")),
        edges("segment.move_edges_far", mark("Move its edges by a sentence"), shortcuts=("{", "}")),
        edges("segment.move_edges_in", mark("Move its edges inward"), shortcuts=("Ctrl+[", "Ctrl+]")),
    ]


def _step_actions(workspace: TranscriptsWorkspace, is_open: When) -> list[Action]:
    go = partial(Action, menu="code", group="steps", when=is_open)
    step, view = workspace.steps.to_segment, workspace.view
    return [
        go("segment.show_next", mark("Next segment"), lambda: step(1), ("F4",)),
        go("segment.show_previous", mark("Previous segment"), lambda: step(-1), ("Shift+F4",)),
        go("segment.walk", mark("Next segment at the same place"), view.walk, ("O",), own_keys=True),
        go("segment.select_turn", mark("Select the turn"), view.grow, ("S",), own_keys=True),
    ]


def _code_actions(workspace: TranscriptsWorkspace) -> list[Action]:
    go = partial(Action, menu="code", group="framework", when=lambda: workspace.ctx.project is not None)
    step = workspace.codes.tabs.step
    return [
        go("code.show_next_framework", mark("Next framework"), lambda: step(1), ("Ctrl+Tab",)),
        go("code.show_previous_framework", mark("Previous framework"), lambda: step(-1), ("Ctrl+Shift+Tab",)),
        go("code.show_card", mark("What the code means"), workspace.help.toggle_card, ("F2",)),
        go("code.show_codebook", mark("Codebook…"), partial(_open_codebook, workspace), ("Shift+F2",)),
    ]


def _open_codebook(workspace: TranscriptsWorkspace) -> None:
    from app.codebook.opening import open_codebook

    open_codebook(workspace)


def _print(workspace: TranscriptsWorkspace, as_pdf: bool = False) -> None:
    from app.printing.transcript import print_source

    if workspace.desk.source is not None:
        print_source(workspace.ctx, workspace, workspace.desk.source.guid, as_pdf=as_pdf)


def _write_memo(workspace: TranscriptsWorkspace) -> None:
    if workspace.desk.source is not None:
        workspace.ctx.go_to_memo("source", workspace.desk.source.guid)


def _nothing() -> None:
    """What the text does by itself when its key is pressed."""
