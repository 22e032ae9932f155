"""What can be done in Review, as records for menus and the shortcut sheet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.actions.registry import Action
from coding.errors import mark

if TYPE_CHECKING:
    from app.workspaces.review.workspace import ReviewWorkspace


def review_actions(workspace: ReviewWorkspace) -> list[Action]:
    """The records; single letters work in the queue and are shown but not bound."""

    def shown() -> bool:
        return workspace.detail.detail is not None

    def reviews() -> bool:
        return workspace.writable and workspace.reviews and shown()

    def answers() -> bool:
        return workspace.writable and not workspace.reviews and shown()

    def single(name: str, title: str, key: str, meaning: str, when: object = reviews) -> Action:
        run = partial(workspace.do, meaning)
        return Action(f"review.{name}", title, run, (key,), "code", "review", when, own_keys=True)  # type: ignore[arg-type]

    propose = partial(Action, menu="code", group="propose", when=reviews, own_keys=True)
    return [
        single("agree", mark("Agreed, and on to the next"), "A", "agree"),
        single("question", mark("Question"), "Q", "question"),
        single("revise", mark("Revise"), "R", "revise"),
        single("look", mark("Looked at, and on to the next"), "L", "look"),
        single("comment", mark("Comment"), "C", "comment", lambda: workspace.writable and shown()),
        single("close_conversation", mark("Close the conversation"), "D", "close",
               lambda: workspace.writable and shown()),
        propose("review.propose_code", mark("Propose another code…"), partial(workspace.do, "propose_code"), ("K",)),
        propose("review.propose_edges", mark("Propose other edges…"), partial(workspace.do, "edges"), ("E",)),
        propose("review.propose_supporting", mark("Propose: supporting"), partial(workspace.do, "supporting"), ("+",)),
        propose("review.propose_inhibiting", mark("Propose: inhibiting"), partial(workspace.do, "inhibiting"), ("-",)),
        propose("review.propose_neutral", mark("Propose: neutral"), partial(workspace.do, "neutral"), ("0",)),
        propose("review.propose_unmarked", mark("Propose: no direction"), partial(workspace.do, "unmarked"), (".",)),
        propose("review.propose_removal", mark("Propose to remove it"), partial(workspace.do, "remove"), ("X",)),
        single("accept", mark("Accept the proposal"), "Y", "accept", answers),
        single("decline", mark("Decline the proposal"), "N", "decline", answers),
        Action("review.next_list", mark("Next list"), partial(workspace.bar.choose_wanted, 1), ("Ctrl+Tab",), "view",
               "review"),
        Action("review.refresh", mark("List anew"), workspace.ask, ("F5",), "view", "review"),
    ]  # fmt: skip
