"""Filters by verdict, analyses kept under a name, and both on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.analysis.factors import summarise
from coding.analysis.filters import VERDICTS, EvidenceChoice, choice_from, filter_choices, is_day
from coding.analysis.pinned import FACTORS, MATRIX, Analysis, counted, pin, pinned, pinned_named, unpin
from coding.analysis.results import KINDS, Factors, Matrix
from coding.analysis.triangulation import triangulate
from coding.cli import main
from coding.codes.queries import code_guid
from coding.codes.topics import add_topic, set_topic
from coding.errors import CodingError
from coding.project import Project
from coding.store.models_review import VerdictRow
from coding.words import Words

Add = Callable[..., str]
STAFF, SOP = "edward3.resources.staff", "edward3.bureaucracy.sop"


@pytest.fixture
def four(project: Project, add: Add, code_words: Add) -> dict[str, str]:
    """Four segments of two informants."""
    add("W1", [("AS", "petugas kurang sekali di loket depan"), ("BP", "cukup kok menurut saya")])
    return {
        "short": code_words("W1", "petugas kurang", STAFF, "inhibiting"),
        "enough": code_words("W1", "cukup kok", STAFF, "supporting"),
        "desk": code_words("W1", "di loket depan", SOP, "inhibiting"),
        "said": code_words("W1", "menurut saya", SOP),
    }


def judge(project: Project, verdicts: dict[str, str | None], by: int = 0) -> None:
    with project.operation("Judge") as op:
        for guid, verdict in verdicts.items():
            op.session.add(
                VerdictRow(
                    target_table="segment", target_guid=guid, coder_id=op.coder_id + by, verdict=verdict, basis="x"
                )
            )


def heard(matrix: Matrix) -> set[str]:
    return {guid for row in matrix.rows for cell in row.cells for guid in cell.segment_ids}


def test_verdicts_narrow_what_is_counted(project: Project, four: dict[str, str]) -> None:
    assert filter_choices(project).verdicts == ()
    judge(project, {four["short"]: "agreed", four["enough"]: "question", four["said"]: None})
    assert filter_choices(project).verdicts == ("agreed", "question", "none")

    def by(*verdicts: str) -> set[str]:
        return heard(triangulate(project, "edward3", choice=EvidenceChoice(verdicts=verdicts)))

    assert by("agreed") == {four["short"]}
    assert by("agreed", "question") == {four["short"], four["enough"]}
    assert by("revise") == set()
    assert by("none") == {four["desk"], four["said"]}
    assert by(*VERDICTS) == set(four.values())


def test_what_is_under_question_is_said(project: Project, four: dict[str, str]) -> None:
    english = Words("en")
    said = [notice.say(english) for notice in triangulate(project, "edward3").notices]
    assert not any("under question" in one for one in said)
    judge(project, {four["short"]: "agreed", four["enough"]: "question", four["desk"]: "revise"})
    for result in (triangulate(project, "edward3"), summarise(project, "edward3")):
        assert "2 of 4 segments are under question" in [notice.say(english) for notice in result.notices]
    part = triangulate(project, "edward3", choice=EvidenceChoice(verdicts=("revise",)))
    assert "1 of 1 segments is under question" in [notice.say(english) for notice in part.notices]


ANALYSES = st.builds(
    Analysis,
    st.sampled_from([MATRIX, FACTORS]),
    st.sampled_from(["edward3", "jones"]),
    st.sampled_from(["dimension", "indicator"]),
    st.sampled_from(KINDS),
    st.text("abc", min_size=1, max_size=5),
    st.none() | st.just("jones"),
    st.fractions(Fraction(51, 100), 1, max_denominator=100),
    st.builds(
        EvidenceChoice,
        st.none() | st.dates().map(str),
        st.none() | st.just("2026-05"),
        st.lists(st.text(min_size=1, max_size=4), max_size=2).map(tuple),
        st.lists(st.text(min_size=1, max_size=4), max_size=2).map(tuple),
        st.booleans(),
        st.booleans(),
        st.lists(st.sampled_from(sorted(VERDICTS)), max_size=2).map(tuple),
    ),
)


@given(made=ANALYSES)
def test_an_analysis_survives_being_written(made: Analysis) -> None:
    written = json.loads(json.dumps(made.to_params()))
    assert Analysis.from_params(made.about, written) == made
    assert choice_from(json.loads(json.dumps(asdict(made.evidence)))) == made.evidence


@given(values=st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=9), st.lists))
def test_nonsense_gives_way_to_the_default(values: Any) -> None:
    params = dict.fromkeys(("level", "kind", "columns", "against", "threshold", "evidence"), values)
    made = Analysis.from_params("matrix", {**params, "framework": "edward3"})
    assert made is not None
    assert made.evidence == EvidenceChoice()
    assert made.level == "dimension"
    assert Analysis.from_params("matrix", params) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026", True), ("2026-05", True), ("2026-05-12", True), ("2026-13", False), ("2026-02-30", False),
        ("26-5-1", False), ("", False), ("2026-05-12T", False), ("٢٠٢٦", False), (None, False),
    ],
)  # fmt: skip
def test_days(text: object, day: bool) -> None:
    assert is_day(text) is day


def test_pinned_analyses_are_kept_and_replaced(project: Project, four: dict[str, str]) -> None:
    matrix = Analysis(MATRIX, "edward3", "indicator", columns="role", threshold=Fraction(3, 4))
    with project.operation("Pin") as op:
        pin(op, "  Sumber ", Analysis(MATRIX, "jones"))
        guid = pin(op, "Sumber", matrix)
        pin(op, "Faktor", Analysis(FACTORS, "edward3"))
        with pytest.raises(CodingError, match="needs a name"):
            pin(op, "  ", matrix)
    assert [(one.name, one.analysis.about) for one in pinned(project)] == [("Faktor", "factors"), ("Sumber", "matrix")]
    assert pinned_named(project, "SUMBER").analysis == matrix
    made = counted(project, matrix)
    assert made == triangulate(project, "edward3", "source", "role", None, "indicator", Fraction(3, 4))
    assert isinstance(counted(project, pinned_named(project, "Faktor").analysis), Factors)
    with pytest.raises(CodingError, match="Faktor, Sumber"):
        pinned_named(project, "Metode")
    with project.operation("Unpin") as op:
        unpin(op, guid)
    assert [one.name for one in pinned(project)] == ["Faktor"]
    project.undo()
    assert [one.name for one in pinned(project)] == ["Faktor", "Sumber"]


def told(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any, str]:
    status = main([str(word) for word in words])
    out, err = capsys.readouterr()
    return status, json.loads(out) if out.startswith(("{", "[")) else out, err


def test_the_command_line_filters_and_pins(
    project: Project, four: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    with project.operation("Topic") as op:
        topic = add_topic(op, code_guid(op.session, STAFF), "loket")
        set_topic(op, [four["short"]], topic)
    judge(project, {four["short"]: "agreed"})
    path = project.path
    project.close()
    asked = ("matrix", path, "--framework", "edward3", "--format", "json")
    status, found, _ = told(capsys, *asked, "--verdict", "agreed", "--topics", "--pin", "Disetujui")
    assert (status, found["level"], found["filters"]) == (0, "indicator", {"verdict": ["agreed"]})
    staff = next(row for row in found["rows"] if row["code"] == STAFF)
    assert [(topic["label"], topic["cells"][0]["segments"]) for topic in staff["topics"]][:1] == [("loket", 1)]
    assert sum(cell["segments"] for row in found["rows"] for cell in row["cells"]) == 1
    status, again, _ = told(capsys, "matrix", path, "--pinned", "disetujui", "--topics", "--format", "json")
    assert (status, again) == (0, found)
    status, listed, _ = told(capsys, "analyses", path, "--format", "json")
    assert [(one["name"], one["about"], one["evidence"]["verdicts"]) for one in listed] == [
        ("Disetujui", "matrix", ["agreed"])
    ]
    status, nothing, _ = told(capsys, *asked, "--from", "2031")
    assert (status, {row["status"] for row in nothing["rows"]}) == (0, {"absent"})
    status, out, error = told(capsys, *asked, "--coder", "Siapa")
    assert (status, out) == (1, "")
    assert "Siapa" in error
    assert told(capsys, "factors", path, "--pinned", "Tidak ada")[0] == 1
    for wrong in (["--to", "kemarin"], ["--verdict", "baik"]):
        assert told(capsys, *asked, *wrong)[0] == 2
    assert told(capsys, "matrix", path)[0] == 2
