"""Why a coded segment counts nowhere (DOMAIN.md §3), said where it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coding.transcripts.researcher import researcher_segments

if TYPE_CHECKING:
    from app.context import Context
    from app.workspaces.transcripts.workspace import TranscriptsWorkspace
    from coding.segments.rows import SegmentRow
    from coding.transcripts.rows import SourceRow, SourceText


def say_uncounted(workspace: TranscriptsWorkspace) -> None:
    """Say it of the current segment, beside the text."""
    row = workspace.tagging.current
    if row is not None:
        listed = workspace.sources.sources.source(row.source_guid)
        why = why_uncounted(workspace.ctx, workspace.desk.source, row, listed)
        workspace.segment.details.show_uncounted(why)


def why_uncounted(ctx: Context, source: SourceText | None, row: SegmentRow, listed: SourceRow | None) -> str:
    """One sentence for a segment of the open source that is in no count; nothing for the others. `listed` is the
    source's line in the list of sources."""
    t = ctx.t
    if source is None or source.guid != row.source_guid:
        return ""
    if listed is not None and listed.left_out:
        return t("This source is left out of analysis: the segment counts nowhere")
    if listed is not None and listed.own_statements:
        return t("This source is the author's own: the segment counts nowhere")
    if researcher_segments(source, [row]):
        return t("Only the researcher speaks here: the segment counts nowhere")
    return ""
