"""What is written in the code editor, on its way to the project; drafts are kept against a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.context import Context
from coding.errors import mark

if TYPE_CHECKING:
    from coding.project import Operation

DRAFT = "code_draft"
FRAMEWORK = "framework:"
"""Stands before a framework's key where a field belongs to a framework, not to a code."""


def store_field(ctx: Context, owner: str, name: str, language: str, text: str, label: str = "") -> None:
    """Store what was written in a field of the code (or framework) `owner`, as one step; `label` names it there."""

    def work(op: Operation) -> None:
        from coding.codes.editing import set_label, set_list, set_literature, set_text
        from coding.codes.own_frameworks import set_framework_label, set_framework_literature
        from coding.codes.rows import TEXT_FIELDS

        key = owner.removeprefix(FRAMEWORK)
        if owner.startswith(FRAMEWORK):
            if name == "label":
                set_framework_label(op, key, language, text)
            else:
                set_framework_literature(op, key, text.splitlines())
        elif name == "label":
            set_label(op, owner, language, text)
        elif name == "literature":
            set_literature(op, owner, text.splitlines())
        elif name in TEXT_FIELDS:
            set_text(op, owner, name, language, text)
        else:
            set_list(op, owner, name, language, text.splitlines())

    ctx.operate(mark("Rename “{code}”") if name == "label" else mark("Describe “{code}”"), work, code=label)


def keep_draft(ctx: Context, owner: str, name: str, language: str, text: str, label: str) -> None:
    """Remember what is being written; without an owner forget it."""
    if ctx.project is None:
        return
    state = ctx.settings.project_state(ctx.project.guid)
    draft = {"owner": owner, "name": name, "language": language, "text": text, "label": label} if owner else {}
    if state.get(DRAFT, {}) != draft:
        ctx.settings.keep_project_state(ctx.project.guid, {**state, DRAFT: draft})


def recover_draft(ctx: Context) -> None:
    """Store what was being written about a code when the program ended without a word, and say so."""
    if ctx.project is None or ctx.project.read_only:
        return
    draft = ctx.settings.project_state(ctx.project.guid).get(DRAFT) or {}
    if draft:
        keep_draft(ctx, "", "", "", "", "")
        store_field(ctx, draft["owner"], draft["name"], draft["language"], draft["text"], draft["label"])
        ctx.say(
            ctx.t("What was being written about “{code}” when Telaah ended last time is stored", code=draft["label"])
        )
