"""The Transcripts workspace: read and code."""

from app.workspaces.transcripts.workspace import TranscriptsWorkspace

__all__ = ["TranscriptsWorkspace"]
