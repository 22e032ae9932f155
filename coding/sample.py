"""The sample projects, built by the importer from the raw files in `resources/sample` (in Indonesian) and
`resources/sample_en` (in English), as a researcher would."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from sqlalchemy import select

from coding.analysis.factors import summarise
from coding.analysis.framework_matrix import VIEW, FrameworkMatrix, framework_matrix
from coding.analysis.judging import judge, row_named, write_finding
from coding.analysis.pinned import MATRIX, Analysis, pin
from coding.analysis.results import Kind, Level, Matrix
from coding.analysis.triangulation import triangulate
from coding.codes.links import link
from coding.codes.queries import code_guid
from coding.codes.topics import add_topic, set_topic
from coding.findings.conclusions import rest_on, write_sentence
from coding.findings.recommendations import write_recommendation
from coding.findings.sides import write_side
from coding.findings.summaries import write_summary
from coding.informants.tables import read_table, store_table
from coding.project import Operation, Project
from coding.review.proposals import propose_code
from coding.review.remarks import add_comment, close_thread, set_verdict
from coding.review.rows import Target
from coding.segments.done import set_done
from coding.segments.editing import tag
from coding.store.models import Code, Coder, Finding, Segment, Source, SourceText, Topic
from coding.transcripts.editing import set_details
from coding.transcripts.intake import store_draft
from coding.transcripts.queries import source_guid
from coding.transcripts.reading import read_draft

_RESOURCES = Path(__file__).resolve().parent.parent / "resources"
FOLDERS = {"id": _RESOURCES / "sample", "en": _RESOURCES / "sample_en"}
"""The sample studies by the language they are in. The Indonesian one is of full size, the English one small."""
FOLDER = FOLDERS["id"]


def build(path: Path | str, folder: Path = FOLDER) -> Project:
    """Make the sample project of `folder` at `path` and return it open. Raises CodingError as `Project.create` does."""
    study = _read(folder / "study.toml")
    coders = [coder["name"] for coder in study["coder"]]
    project = Project.create(path, study["title"], study["language"], study["frameworks"], coders[0])
    try:
        for source in study["source"]:
            draft = read_draft(folder / source["file"], method=source["method"], researcher_labels=source["researcher"])
            with project.operation("Import {source}", undoable=False, source=draft.name) as op:
                guid = store_draft(op, draft)
                set_details(op, guid, {key: source[key] for key in ("place", "own_statements") if key in source})
        with project.operation("Read informants from a table", undoable=False) as op:
            store_table(op, read_table(folder / study["informants"]))
        codings = _read(folder / study["codings"])["segment"]
        for coder in study["coder"]:
            project.add_coder(coder["name"], coder["role"])
            with project.operation("Code the sample", coder["name"], undoable=False) as op:
                _code(op, [c for c in codings if c.get("coder", coders[0]) == coder["name"]])
                for name in coder["done"]:
                    set_done(op, source_guid(op.session, name), True)
        if "findings" in study:
            with project.operation("Write the findings of the sample", undoable=False) as op:
                written = _read(folder / study["findings"])
                _write(project, op, written)
                _conclude(project, op, written)
                for one in written.get("pinned", []):
                    analysis = Analysis.from_params(MATRIX, one["matrix"])
                    assert analysis is not None
                    pin(op, one["name"], analysis)
        if "review" in study:
            for part in _read(folder / study["review"])["review"]:
                _review(project, part, coders[0])
    except BaseException:
        project.close()
        Path(path).unlink(missing_ok=True)
        raise
    return project


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _code(op: Operation, codings: list[dict[str, Any]]) -> None:
    texts = {
        name: (guid, body)
        for name, guid, body in op.session.execute(select(Source.name, Source.guid, SourceText.body).join(SourceText))
    }
    for coding in codings:
        guid, body = texts[coding["source"]]
        start, end = find_quote(body, coding["quote"], coding.get("occurrence", 1))
        code = code_guid(op.session, coding["code"])
        made = tag(
            op, guid, start, end, code, coding.get("valence"), memo=coding.get("memo", ""),
            exemplar=coding.get("exemplar", False),
        )  # fmt: skip
        if "topic" in coding:
            set_topic(op, [made], _topic(op, code, coding["topic"]))


def _topic(op: Operation, code: str, label: str) -> str:
    """The topic of the code with this label, made where there is none."""
    query = select(Topic.guid).join(Code, Code.id == Topic.code_id).where(Code.guid == code, Topic.label == label)
    return op.session.scalars(query).first() or add_topic(op, code, label)


def _write(project: Project, op: Operation, written: dict[str, Any]) -> None:
    """Findings and judgements, each on a row of a matrix (by informant where it names no kind), found by the path of
    its code; findings on a side of a factor."""
    matrices: dict[tuple[str, Kind, Level], Matrix] = {}

    def matrix_of(row: str, kind: Kind = "source") -> Matrix:
        framework, level = row.partition(".")[0], "indicator" if row.count(".") == 2 else "dimension"
        key: tuple[str, Kind, Level] = (framework, kind, level)  # type: ignore[assignment]
        if key not in matrices:
            matrices[key] = triangulate(project, framework, kind, level=key[2])
        return matrices[key]

    factors = summarise(project) if written.get("side") else None
    for side in written.get("side", []):
        assert factors is not None
        write_side(op, factors, side["row"], "indicator", side["direction"], side["text"])
    for finding in written.get("finding", []):
        matrix = matrix_of(finding["row"], finding.get("kind", "source"))
        row = row_named(matrix, finding["row"])
        cell = next((c for c in row.cells if c.column == finding["column"]), None) if "column" in finding else None
        write_finding(op, matrix, row, finding["text"], cell)
    for judgement in written.get("judgement", []):
        matrix = matrix_of(judgement["row"])
        judge(op, matrix, row_named(matrix, judgement["row"]), judgement["status"], judgement["reason"])


def _conclude(project: Project, op: Operation, written: dict[str, Any]) -> None:
    """Summaries of the framework matrix by dimension, the sentences of the conclusion, what factors are mapped onto,
    recommendations."""
    matrices: dict[str, FrameworkMatrix] = {}
    for summary in written.get("summary", []):
        framework = summary["row"].partition(".")[0]
        if framework not in matrices:
            matrices[framework] = framework_matrix(project, framework)
        matrix, key = matrices[framework], f"dimension {summary['row']}"
        row, at = matrix.row(summary["informant"]), matrix.column(key)
        if row is None or at is None:
            raise LookupError(f"{summary['row']} {summary['informant']}")
        cell = row.cells[at]
        exemplar = [cell.exemplar] if cell.exemplar is not None else []
        rests_on = list(cell.segment_ids) if summary.get("rests_on") == "all" else exemplar
        write_summary(op, matrix, summary["informant"], key, summary["text"], rests_on)
    places = select(Finding.guid, Finding.view, Code.path, Finding.column).join(Code, Code.id == Finding.code_id)
    known = {(view == VIEW, path, column): guid for guid, view, path, column in op.session.execute(places).all()}
    for sentence in written.get("conclusion", []):
        guid = write_sentence(op, None, sentence["text"])
        assert guid is not None
        named = [(one.get("summary", False), one["row"], one.get("column")) for one in sentence.get("rests_on", [])]
        rest_on(op, guid, [known[place] for place in named])
    for mapping in written.get("mapping", []):
        for path in mapping["onto"]:
            link(op, code_guid(op.session, mapping["factor"]), code_guid(op.session, path))
    for recommendation in written.get("recommendation", []):
        factors = [code_guid(op.session, path) for path in recommendation["factors"]]
        write_recommendation(op, None, recommendation["text"], factors)


def _review(project: Project, part: dict[str, Any], author: str) -> None:
    """What one coder said of one segment or finding, and what the author of it answered."""
    with project.operation("Review the sample", part["coder"], undoable=False) as op:
        target = (
            Target("segment", _segment(op, part, author)) if "quote" in part else Target("finding", _finding(op, part))
        )
        set_verdict(op, target, part["verdict"])
        thread = add_comment(op, target, part["comment"]) if "comment" in part else ""
        if part.get("closed"):
            close_thread(op, thread)
        if "propose" in part:
            propose_code(op, target.guid, code_guid(op.session, part["propose"]), part["reason"])
    if "reply" in part:
        with project.operation("Answer in the sample", author, undoable=False) as op:
            add_comment(op, target, part["reply"], thread)


def _segment(op: Operation, part: dict[str, Any], author: str) -> str:
    place = select(Source.id, SourceText.body).join(SourceText).where(Source.name == part["source"])
    source, body = op.session.execute(place).one()
    start, end = find_quote(body, part["quote"], part.get("occurrence", 1))
    query = (
        select(Segment.guid)
        .join(Code, Code.id == Segment.code_id)
        .join(Coder, Coder.id == Segment.coder_id)
        .where(Segment.source_id == source, Segment.start == start, Segment.end == end)
        .where(Code.path == part["code"], Coder.name == part.get("of", author))
    )
    return op.session.execute(query).scalar_one()


def _finding(op: Operation, part: dict[str, Any]) -> str:
    query = select(Finding.guid).join(Code, Code.id == Finding.code_id)
    query = query.where(Code.path == part["row"], Finding.column == part.get("column"), Finding.view != VIEW)
    return op.session.execute(query).scalar_one()


def find_quote(body: str, quote: str, occurrence: int = 1) -> tuple[int, int]:
    """Where `quote` stands for the `occurrence`-th time in `body`, any white space matching any.

    Raises LookupError when it does not.
    """
    pattern = re.compile(r"\s+".join(re.escape(word) for word in quote.split()))
    for number, match in enumerate(pattern.finditer(body), 1):
        if number == occurrence:
            return match.span()
    raise LookupError(quote)
