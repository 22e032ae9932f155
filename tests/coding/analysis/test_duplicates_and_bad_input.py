"""Duplicates change no matrix, and what a study lacks gives an empty state or a sentence, never a fault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_order_and_names import QUICK, coded, everything, source_of, tags, template

from coding.analysis.agreement import NO_COMMON, agree
from coding.analysis.cooccurrence import cooccurrence
from coding.analysis.crosstab import crosstab
from coding.analysis.factors import summarise
from coding.analysis.filters import EvidenceChoice, filter_choices
from coding.analysis.frequencies import frequencies
from coding.analysis.results import KINDS, Matrix
from coding.analysis.saturation import saturation
from coding.analysis.triangulation import triangulate
from coding.analysis.wordcount import word_counts
from coding.codes.editing import new_open_code
from coding.codes.merging import merge
from coding.codes.queries import code_guid
from coding.codes.removing import delete_codes
from coding.informants.merging import merge_informants
from coding.informants.queries import informants
from coding.project import Project
from coding.segments.done import set_done
from coding.segments.editing import tag
from coding.transcripts.queries import source_guid

assert template
Add = Callable[..., str]
STAFF, RESOURCES = "edward3.resources.staff", "edward3.resources"


def without_segments(result: Any) -> Any:
    """What does not count segments: passages, voices, stances, statuses."""
    if not isinstance(result, Matrix):
        sides = ("supporting", "inhibiting", "neutral")
        return [
            (row.code, row.informants, [(getattr(row, s).passages, getattr(row, s).who) for s in sides])
            for row in result.rows
        ]
    return [
        (row.place, row.status, row.coverage, [(c.passages, c.informants, c.stance, c.split) for c in row.cells])
        for row in result.rows
    ]


@QUICK
@given(made=tags())
def test_a_second_coder_with_the_same_segments_adds_no_passage(
    made: list[tuple[int, int, str, str | None]], template: Path, tmp_path_factory: Any
) -> None:
    path = tmp_path_factory.mktemp("twice") / "a.telaah"
    before = coded(template, path, made)
    with Project.open(path, coder="B") as project:
        source = source_of(project)
        with project.operation("Tag again") as op:
            for start, end, code, valence in made:
                tag(op, source, start, end, code_guid(op.session, code), valence)  # type: ignore[arg-type]
        after = everything(project)
    assert [without_segments(one) for one in after] == [without_segments(one) for one in before]


@QUICK
@given(made=tags(), data=st.data())
def test_a_duplicate_code_that_is_merged_leaves_the_matrix_as_if_it_had_never_been(
    made: list[tuple[int, int, str, str | None]], data: st.DataObject, template: Path, tmp_path_factory: Any
) -> None:
    folder = tmp_path_factory.mktemp("merged")
    expected = coded(template, folder / "a.telaah", made)
    strayed = data.draw(st.lists(st.booleans(), min_size=len(made), max_size=len(made)))
    rest = [one for one, away in zip(made, strayed, strict=True) if not away]
    coded(template, folder / "b.telaah", rest)
    with Project.open(folder / "b.telaah", coder="A") as project:
        source = source_of(project)
        doubles: dict[str, str] = {}
        with project.operation("Tag with a double") as op:
            for (start, end, code, valence), away in zip(made, strayed, strict=True):
                if away:
                    if code not in doubles:
                        doubles[code] = new_open_code(op, f"Kembaran {code[-4:]} {len(doubles)}")
                    tag(op, source, start, end, doubles[code], valence)  # type: ignore[arg-type]
        for code, double in doubles.items():
            with project.operation("Merge") as op:
                merge(op, [double], code_guid(op.session, code))
        found = everything(project)
    assert [without_segments(one) for one in found] == [without_segments(one) for one in expected]


def test_two_records_of_one_person_that_are_merged_count_once(project: Project, add: Add, code_words: Add) -> None:
    add("W1", [("AS", "petugas kurang di loket depan itu")])
    add("W2", [("ASN", "petugas memang kurang sekali hari ini")])
    code_words("W1", "petugas kurang", STAFF, "inhibiting")
    code_words("W2", "petugas memang kurang", STAFF, "inhibiting")
    row = next(row for row in triangulate(project, "edward3").rows if row.code == RESOURCES)
    assert (row.status, row.coverage) == ("convergent", (2, 2))
    people = {one.code: one.guid for one in informants(project)}
    with project.operation("Merge") as op:
        merge_informants(op, people["AS"], people["ASN"])
    row = next(row for row in triangulate(project, "edward3").rows if row.code == RESOURCES)
    assert (row.status, row.coverage, row.cells[0].informants) == ("single", (1, 1), 1)
    assert row.cells[0].passages == 2


def everything_counted(project: Project) -> list[Any]:
    """Every count of the engine, over everything."""
    found: list[Any] = [
        triangulate(project, "edward3", kind, against="jones" if kind == "theory" else None, level=level)
        for kind in KINDS
        for level in ("dimension", "indicator")
    ]  # fmt: skip
    found += [summarise(project), frequencies(project), cooccurrence(project), saturation(project)]
    found += [crosstab(project, by) for by in ("informant", "role", "source.month", "segment.coder", "source.name")]
    found += [agree(project), agree(project, unit="turn"), agree(project, unit="character"), word_counts(project)]
    filter_choices(project)
    triangulate(project, "edward3", choice=EvidenceChoice(since="2026", places=("X",), coders=("Y",), exemplars=True))
    return found


def test_an_empty_study_counts_nothing_and_says_so(project: Project) -> None:
    found = everything_counted(project)
    matrix = found[0]
    assert {row.status for row in matrix.rows} == {"absent"}
    assert matrix.columns == ()
    assert agree(project).pairs == ()
    assert [notice.msgid for notice in agree(project).notices] == [NO_COMMON]
    assert frequencies(project).segments == 0
    assert all(row.share is None for row in frequencies(project).rows)


def test_sources_without_segments_informants_or_date(project: Project, add: Add) -> None:
    add("W1", [("AS", "petugas kurang"), ("P", "lalu?")])
    add("Catatan", [("", "tidak ada yang berbicara di sini")], "observation")
    add("Tanpa orang", [("?", "siapa ini")])
    found = everything_counted(project)
    assert {row.status for row in found[0].rows} == {"absent"}
    assert {cell.stance for row in found[0].rows for cell in row.cells} == {"silent"}
    by_time = triangulate(project, "edward3", "time")
    assert by_time.columns[-1].key is None
    assert "3" in by_time.notices[0].say(_english())


def test_informants_without_a_group_stand_last_and_outside_the_status(
    project: Project, add: Add, code_words: Add
) -> None:
    add("W1", [("AS", "petugas kurang sekali")])
    code_words("W1", "petugas kurang", STAFF, "inhibiting")
    matrix = triangulate(project, "edward3", columns="group")
    row = next(row for row in matrix.rows if row.code == RESOURCES)
    assert [column.key for column in matrix.columns] == [None]
    assert (row.status, row.coverage, row.cells[0].passages) == ("absent", (0, 0), 1)
    assert matrix.notices[0].say(_english()) == "1 informant has no value for the columns: AS"
    everything_counted(project)


def test_one_informant_alone_is_not_triangulated(project: Project, add: Add, code_words: Add) -> None:
    add("W1", [("AS", "petugas kurang sekali")])
    code_words("W1", "petugas kurang", STAFF, "inhibiting")
    row = next(row for row in triangulate(project, "edward3").rows if row.code == RESOURCES)
    assert (row.status, row.coverage) == ("single", (1, 1))
    assert len(saturation(project).steps) == 1
    everything_counted(project)


def test_a_framework_that_changes_after_coding(project: Project, add: Add, code_words: Add) -> None:
    add("W1", [("AS", "petugas kurang sekali"), ("BP", "syarat jelas")])
    code_words("W1", "petugas kurang", STAFF, "inhibiting")
    code_words("W1", "syarat jelas", "edward3.communication.clarity", "supporting")
    with project.operation("Merge") as op:
        merge(op, [code_guid(op.session, STAFF)], code_guid(op.session, RESOURCES))
    row = next(row for row in triangulate(project, "edward3").rows if row.code == RESOURCES)
    assert row.cells[0].passages == 1
    fine = triangulate(project, "edward3", level="indicator").rows
    assert [(one.code, one.part) for one in fine if one.code == RESOURCES] == [(RESOURCES, "no_indicator")]
    with project.operation("Delete") as op:
        delete_codes(op, [code_guid(op.session, "edward3.communication")])
    found = everything_counted(project)
    assert "edward3.communication" not in {row.code for row in found[0].rows}
    assert {guid for row in found[0].rows for cell in row.cells for guid in cell.segment_ids} == set(
        row.cells[0].segment_ids
    )


def test_coders_with_nothing_in_common(project: Project, add: Add, code_words: Add) -> None:
    add("W1", [("AS", "petugas kurang sekali")])
    add("W2", [("BP", "petugas cukup")])
    code_words("W1", "petugas kurang", STAFF, coder="Ani")
    code_words("W2", "petugas cukup", STAFF, coder="Budi")
    path = project.path
    project.close()
    for coder, name in (("Ani", "W1"), ("Budi", "W2")):
        with Project.open(path, coder=coder) as opened, opened.operation("Done") as op:
            set_done(op, source_guid(op.session, name), True)
    with Project.open(path, read_only=True) as opened:
        found = agree(opened)
        assert (found.pairs, found.alpha, found.units) == ((), None, 0)
        matrix = triangulate(opened, "edward3", "investigator")
        assert [column.members for column in matrix.columns] == [0, 0]
        assert {row.status for row in matrix.rows} == {"absent"}
        everything_counted(opened)


def test_overlapping_duplicates_are_one_passage(project: Project, add: Add, code_words: Add) -> None:
    add("W1", [("AS", "petugas kurang sekali di loket depan")])
    for words in ("petugas kurang", "kurang sekali", "sekali di loket", "petugas kurang sekali di loket depan"):
        code_words("W1", words, STAFF, "inhibiting")
    row = next(row for row in triangulate(project, "edward3").rows if row.code == RESOURCES)
    assert (row.cells[0].segments, row.cells[0].passages) == (4, 1)
    lines = cooccurrence(project, "edward3").passages
    assert sum(lines) == 1


@pytest.mark.parametrize("asked", [("edward", "source"), ("edward3", "theory")])
def test_what_is_not_there_is_refused_in_a_sentence(project: Project, asked: tuple[str, Any]) -> None:
    from coding.errors import CodingError

    with pytest.raises(CodingError) as refused:
        triangulate(project, *asked)
    assert refused.value.code in ("framework_not_adopted", "against_missing")


def _english() -> Any:
    from coding.words import Words

    return Words("en")
