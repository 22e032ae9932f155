"""Report: choose what goes to Word, see it as it will be, and write it."""

from __future__ import annotations

from app.workspaces.report.workspace import ReportWorkspace

__all__ = ["ReportWorkspace"]
