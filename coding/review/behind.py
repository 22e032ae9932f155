"""What a claim under review stands on: the coded segments behind a finding, a judgement or a sentence."""

from __future__ import annotations

from sqlalchemy import select

from coding.analysis.results import Level, Row
from coding.analysis.triangulation import triangulate
from coding.errors import CodingError
from coding.findings.lines import finding_lines
from coding.project import Reader
from coding.review.rows import Target
from coding.store.models import Code, Conclusion, ConclusionFinding, Finding, Framework, JudgementRow


def behind(reader: Reader, target: Target) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The findings that a sentence of the conclusion rests on, as their texts, and the guids of the coded segments
    behind the claim, each once; both empty for a coded segment, and where what it was compared by has gone."""
    if target.kind == "judgement":
        row = judged_row(reader, target.guid)
        return (), tuple(dict.fromkeys(guid for cell in row.cells for guid in cell.segment_ids)) if row else ()
    if target.kind == "finding":
        wanted = {target.guid}
    elif target.kind == "conclusion":
        with reader.read() as session:
            wanted = set(
                session.scalars(
                    select(Finding.guid)
                    .join(ConclusionFinding, ConclusionFinding.finding_id == Finding.id)
                    .join(Conclusion, Conclusion.id == ConclusionFinding.conclusion_id)
                    .where(Conclusion.guid == target.guid)
                )
            )
    else:
        return (), ()
    lines = finding_lines(reader, wanted) if wanted else []
    texts = tuple(line.text for line in lines) if target.kind == "conclusion" else ()
    return texts, tuple(dict.fromkeys(guid for line in lines for guid in line.segments))


def judged_row(reader: Reader, guid: str) -> Row | None:
    """The row that a judgement is on, as it is counted now; None when it, or what it was compared by, is gone."""
    with reader.read() as session:
        query = (
            select(JudgementRow, Code.path, Code.level, Framework.key)
            .join(Code, Code.id == JudgementRow.code_id)
            .outerjoin(Framework, Framework.id == Code.framework_id)
            .where(JudgementRow.guid == guid)
        )
        found = session.execute(query).first()
        if found is None:
            return None
        row, path, code_level, framework = found
        view, by, against, part = row.view, row.columns_by, row.against, row.part
    level: Level = "dimension" if part == "dimension" and code_level == "dimension" else "indicator"
    try:
        matrix = triangulate(reader, framework or "", view, by or "informant", against or None, level)  # type: ignore[arg-type]
    except CodingError as error:
        if error.code in ("columns_unknown", "framework_not_adopted"):
            return None
        raise
    return next((one for one in matrix.rows if (one.code, one.part) == (path, part)), None)
