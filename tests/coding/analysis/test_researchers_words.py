"""Segments in the researcher's turns are told of where they do not count."""

from __future__ import annotations

from pathlib import Path

import pytest

from coding.analysis.triangulation import triangulate
from coding.analysis.unheard import RESEARCHER, researcher_segments
from coding.codes.queries import frameworks
from coding.project import Project
from coding.segments.editing import tag
from coding.transcripts.drafts import Draft, DraftTurn, Speaker
from coding.transcripts.editing import set_details
from coding.transcripts.intake import store_draft
from coding.words import Words

TEXT = "P: Apakah petugasnya cukup?\nRS: Cuma dua orang saja.\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    speakers = (Speaker("P", "researcher"), Speaker("RS", "informant", code="RS"))
    turns = (DraftTurn(3, 27, 0, 2, 0), DraftTurn(32, len(TEXT) - 1, 28, 31, 1))
    with Project.create(tmp_path / "s.telaah", "Studi", "id", coder="Ani") as made:
        with made.operation("Import {source}", source="RS") as op:
            store_draft(op, Draft("RS", TEXT, "interview", speakers=speakers, turns=turns))
        yield made  # type: ignore[misc]


def put(project: Project, words: str, code: str) -> str:
    from coding.transcripts.queries import find_source

    guid = next(c.guid for f in frameworks(project) for c in f.codes if c.path == code)
    start = TEXT.index(words)
    with project.operation("Tag") as op:
        made: str = tag(op, find_source(project, "RS"), start, start + len(words), guid, None)
    return made


def notices(project: Project) -> list[str]:
    matrix = triangulate(project, "edward3")
    return [notice.say(Words("en")) for notice in matrix.notices if notice.msgid == RESEARCHER]


def test_a_question_that_is_coded_is_told_of(project: Project) -> None:
    asked = put(project, "petugasnya cukup", "edward3.resources.staff")
    put(project, "Cuma dua", "edward3.resources.staff")
    put(project, "cukup?\nRS: Cuma", "edward3.resources.staff")
    assert researcher_segments(project, "edward3") == (asked,)
    assert notices(project) == ["1 coded segment lies in the researcher's turns and counts nowhere"]
    put(project, "Apakah", "edward3.resources.staff")
    assert notices(project) == ["2 coded segments lie in the researcher's turns and count nowhere"]


def test_another_framework_is_not_spoken_of(project: Project) -> None:
    put(project, "Apakah", "edward3.resources.staff")
    other = next(f.key for f in frameworks(project) if f.key != "edward3")
    assert researcher_segments(project, other) == ()


def test_nothing_is_said_where_everything_counts_or_the_source_is_left_out(project: Project) -> None:
    from coding.transcripts.queries import find_source

    put(project, "Cuma dua", "edward3.resources.staff")
    assert notices(project) == []
    put(project, "Apakah", "edward3.resources.staff")
    with project.operation("Leave out") as op:
        set_details(op, find_source(project, "RS"), {"left_out": True})
    assert notices(project) == []
