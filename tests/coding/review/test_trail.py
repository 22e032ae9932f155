"""The way back from every claim, on the sample."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from coding.findings.lines import finding_lines
from coding.project import Project
from coding.review.details import SHOWN, detail
from coding.review.remarks import set_verdict
from coding.review.rows import Target
from coding.review.trail import coded_by, reviewed_by, trail, write_trail
from coding.segments.editing import set_valence
from coding.store.models import JudgementRow
from coding.words import Words
from tests.samples import sample_copy


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_copy(tmp_path_factory.mktemp("trail") / "sample.telaah", reviewed=False)


@pytest.fixture
def study(sample: Path, tmp_path: Path) -> Iterator[Project]:
    path = tmp_path / "study.telaah"
    shutil.copy(sample, path)
    with Project.open(path) as project:
        yield project


def test_every_finding_leads_to_what_it_rests_on(study: Project) -> None:
    claims = {claim.guid: claim for claim in trail(study)}
    lines = finding_lines(study)
    assert lines
    for line in lines:
        claim = claims[line.guid]
        assert [one.segment.guid for one in claim.evidence] == list(dict.fromkeys(line.segments))
        assert claim.coder
        assert all(one.segment.text for one in claim.evidence)


def test_a_reviewer_sees_what_a_claim_stands_on(study: Project) -> None:
    claims = trail(study)
    finding = next(one for one in claims if one.kind == "finding" and 0 < len(one.evidence) <= SHOWN)
    sentence = next(one for one in claims if one.kind == "conclusion" and one.evidence)
    for claim in (finding, sentence):
        shown = detail(study, Target(claim.kind, claim.guid), "Prof. Wira")
        assert shown is not None
        assert [row.guid for row in shown.evidence] == [one.segment.guid for one in claim.evidence][:SHOWN]
        assert shown.behind == len(claim.evidence)
        assert bool(shown.findings) == (claim.kind == "conclusion")
    blind = detail(study, Target("finding", finding.guid), "Prof. Wira", finding.evidence[0].segment.coder)
    assert blind is not None
    assert {row.coder for row in blind.evidence} == {finding.evidence[0].segment.coder}
    nobody = detail(study, Target("finding", finding.guid), "Prof. Wira", "Somebody")
    assert nobody is not None
    assert (nobody.evidence, nobody.behind) == ((), 0)
    with study.read() as session:
        judged = session.scalars(select(JudgementRow.guid)).first()
    assert judged is not None
    shown = detail(study, Target("judgement", judged), "Prof. Wira")
    assert shown is not None
    assert shown.evidence


def test_a_change_and_a_verdict_are_told_and_a_change_taken_back_is_not(study: Project, tmp_path: Path) -> None:
    claim = next(claim for claim in trail(study) if claim.evidence)
    segment = claim.evidence[0].segment
    study.add_coder("Prof. Wira", "supervisor")
    other = "neutral" if segment.valence != "neutral" else "supporting"
    with study.operation("Set a direction", "Budi") as op:
        set_valence(op, [segment.guid], other)  # type: ignore[arg-type]
    with study.operation("Review", "Prof. Wira") as op:
        set_verdict(op, Target("segment", segment.guid), "question")
        set_verdict(op, Target("finding", claim.guid), "revise")
    words = Words("en")

    def now() -> tuple[str, str, str]:
        again = next(one for one in trail(study) if one.guid == claim.guid)
        one = next(one for one in again.evidence if one.segment.guid == segment.guid)
        return coded_by(words, one), reviewed_by(words, one.verdicts), reviewed_by(words, again.verdicts)

    coded, review, of_claim = now()
    assert coded.startswith(f"{segment.coder}, ")
    assert "changed by Budi" in coded
    assert review.startswith("Prof. Wira: question")
    assert of_claim.startswith("Prof. Wira: revise")
    out = tmp_path / "trail.csv"
    count = write_trail(out, trail(study), words)
    with out.open(encoding="utf-8-sig", newline="") as file:
        listed = list(csv.reader(file))
    assert len(listed) == count + 1
    assert not any("**" in row[1] for row in listed)
    assert any("changed by Budi" in row[13] and "question" in row[14] for row in listed if row[6])
    study.coder = "Budi"
    study.undo()
    assert "changed by" not in now()[0]
