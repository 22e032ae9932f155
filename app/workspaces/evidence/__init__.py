"""The workspace Evidence: all coded segments in a table, filtered, sorted and changed together."""

from __future__ import annotations

from app.workspaces.evidence.workspace import EvidenceWorkspace

__all__ = ["EvidenceWorkspace"]
