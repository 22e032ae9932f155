"""The workspace Review: what is to be looked at, the conversation about it, and what came of it."""

from __future__ import annotations

from app.workspaces.review.workspace import ReviewWorkspace

__all__ = ["ReviewWorkspace"]
