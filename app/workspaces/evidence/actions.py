"""What can be done in Evidence, as records for menus, buttons and the shortcut sheet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.actions.registry import Action
from coding.errors import mark
from coding.segments.rows import Valence

if TYPE_CHECKING:
    from app.workspaces.evidence.workspace import EvidenceWorkspace


def evidence_actions(workspace: EvidenceWorkspace) -> list[Action]:
    """The records; single letters work in the table and are shown but not bound."""
    edits = workspace.edits

    def has_chosen() -> bool:
        return workspace.table.selectionModel().hasSelection()

    def can_change() -> bool:
        return workspace.writable and has_chosen()

    def direction(name: str, title: str, key: str, valence: Valence | None) -> Action:
        run = partial(edits.set_valence, valence)
        return Action(f"evidence.{name}", title, run, (key,), "code", "direction", can_change, own_keys=True)

    change = partial(Action, menu="code", group="segment", when=can_change)
    view = partial(Action, menu="view", group="evidence")
    filter_bar = workspace.filter_bar
    return [
        Action(
            "evidence.open", mark("Show in its transcript"), workspace.go_to_transcript, ("Return",), "code", "go",
            has_chosen, own_keys=True,
        ),
        change("evidence.recode", mark("Change the code…"), workspace.asking.ask_code, ("Ctrl+K",)),
        change("evidence.star", mark("Exemplar"), edits.toggle_star, ("*",), own_keys=True),
        change("evidence.append_memo", mark("Memo…"), workspace.asking.ask_note, ("Ctrl+M",)),
        change("evidence.mark_reported", mark("Reported speech"), edits.toggle_reported, ("P",), own_keys=True),
        change("evidence.mark_verbatim", mark("Verbatim"), partial(edits.set_reported, False)),
        change("evidence.remove", mark("Remove the coded segments"), edits.remove, ("Del",), own_keys=True),
        direction("set_supporting", mark("Supporting"), "+", "supporting"),
        direction("set_inhibiting", mark("Inhibiting"), "-", "inhibiting"),
        direction("set_neutral", mark("Neutral"), "0", "neutral"),
        direction("clear_valence", mark("No direction"), ".", None),
        Action(
            "evidence.copy", mark("Copy with attribution"), edits.copy, ("Ctrl+C",), "edit", "tables",
            lambda: has_chosen() and workspace.table.hasFocus(),
        ),
        Action("evidence.find", mark("Filter the coded segments"), workspace.focus_search, ("Ctrl+F",), "edit", "find"),
        Action(
            "evidence.clear_filter", mark("Clear the filter"), filter_bar.clear, ("Ctrl+Shift+Backspace",), "edit",
            "find", lambda: bool(filter_bar.chosen),
        ),
        view(
            "evidence.show_context", mark("Sentences around the passages"), workspace.toggle_context, ("Ctrl+Shift+X",),
            checked=lambda: workspace.table.delegate.context,
        ),
        view(
            "evidence.show_preview", mark("Passage beside the table"), workspace.toggle_preview, ("F3",),
            checked=lambda: workspace.preview_wanted,
        ),
    ]  # fmt: skip


def back_action(workspace: EvidenceWorkspace) -> Action:
    """The way back from a transcript; it works outside the workspace alone."""
    return Action(
        "view.back_to_evidence", mark("Back to Evidence"), workspace.come_back, ("Alt+Left",), "view", "places",
        workspace.can_come_back,
    )  # fmt: skip
