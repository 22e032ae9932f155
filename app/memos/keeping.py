"""Memos on their way to the project: stored as steps of the history, drafts kept against a crash."""

from __future__ import annotations

from app.context import Context
from coding.errors import mark
from coding.memos.editing import change_page, set_memo
from coding.memos.rows import MemoKind
from coding.project import Operation

DRAFT = "memo_draft"


def store_memo(ctx: Context, kind: MemoKind, target: str, text: str) -> None:
    """Store the text of the memo on `target`, or of the journal page that it is."""

    def work(op: Operation) -> None:
        if kind == "journal":
            change_page(op, target, text=text)
        else:
            set_memo(op, kind, target, text)

    ctx.operate(mark("Write in the journal") if kind == "journal" else mark("Write a memo"), work)


def keep_draft(ctx: Context, kind: MemoKind, target: str, text: str) -> None:
    """Remember what is being written; an empty text forgets it."""
    if ctx.project is None:
        return
    state = ctx.settings.project_state(ctx.project.guid)
    draft = {"kind": kind, "target": target, "text": text} if text else {}
    if state.get(DRAFT, {}) != draft:
        ctx.settings.keep_project_state(ctx.project.guid, {**state, DRAFT: draft})


def recover_draft(ctx: Context) -> None:
    """Store what was being written when the program ended without a word, and say so."""
    if ctx.project is None or ctx.project.read_only:
        return
    draft = ctx.settings.project_state(ctx.project.guid).get(DRAFT) or {}
    if draft:
        keep_draft(ctx, draft["kind"], draft["target"], "")
        store_memo(ctx, draft["kind"], draft["target"], draft["text"])
        ctx.say(ctx.t("What was being written when Telaah ended last time is stored as a memo"))
