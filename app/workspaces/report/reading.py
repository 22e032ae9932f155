"""What the workspace Report reads of a project, in the reader's thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coding.analysis.results import Label

if TYPE_CHECKING:
    from coding.analysis.pinned import Pinned
    from coding.codes.rows import FrameworkRow
    from coding.project import Reader
    from coding.segments.rows import SegmentRow
    from coding.transcripts.rows import InformantRow, SourceRow


@dataclass(frozen=True, slots=True)
class Facts:
    """What can be chosen from, and a coded segment whose attribution serves as the example (None without any)."""

    language: str
    frameworks: tuple[FrameworkRow, ...]
    columns: tuple[tuple[str, Label], ...]
    informants: tuple[InformantRow, ...]
    sources: tuple[SourceRow, ...]
    example: SegmentRow | None
    pinned: tuple[Pinned, ...] = ()


def read_facts(reader: Reader) -> Facts:
    """What can be chosen from."""
    from coding.analysis.columns import column_choices
    from coding.analysis.pinned import pinned
    from coding.codes.queries import frameworks
    from coding.informants.queries import informants
    from coding.reports.build import project_language
    from coding.transcripts.queries import sources

    return Facts(
        project_language(reader),
        tuple(frameworks(reader)),
        tuple(column_choices(reader)),
        tuple(informants(reader)),
        tuple(sources(reader)),
        _example(reader),
        tuple(pinned(reader)),
    )


def _example(reader: Reader) -> SegmentRow | None:
    """A coded segment of an informant, a starred one rather than another."""
    from coding.segments.queries import segments

    spoken = [row for row in segments(reader) if row.informants]
    return next((row for row in spoken if row.exemplar), spoken[0] if spoken else None)
