"""Counts: each rule in a small case worked by hand, and all of them against plain Python over made-up studies."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from pathlib import Path

import plain_rules as plain
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_engine_against_plain_rules import DIMENSIONS, folder, opened, studies, template

from coding.analysis.cooccurrence import cooccurrence, cooccurring
from coding.analysis.crosstab import crosstab, crosstab_choices, crosstab_segments
from coding.analysis.frequencies import frequencies, frequency_segments
from coding.analysis.results_counts import MEASURES
from coding.analysis.saturation import saturation, saturation_segments
from coding.analysis.wordcount import WordFilter, contexts, word_counts
from coding.informants.editing import change_informant
from coding.informants.queries import informants
from coding.project import Project
from coding.segments.editing import remove

Add = Callable[..., str]
STAFF, RESOURCES = "edward3.resources.staff", "edward3.resources"
CLARITY, CONSISTENCY = "edward3.communication.clarity", "edward3.communication.consistency"
assert folder
assert template


def test_a_dimension_has_its_indicators_segments_and_its_text_once(project: Project, add: Add, code_words: Add) -> None:
    add("W1", [("P", "Cukup?"), ("AS", "petugas kurang sekali di loket"), ("BP", "cukup kok")])
    code_words("W1", "petugas kurang", STAFF)
    code_words("W1", "kurang sekali", RESOURCES)
    code_words("W1", "cukup kok", STAFF)
    code_words("W1", "Cukup?", STAFF)
    found = {row.code.key: row for row in frequencies(project, "edward3").rows}
    top = found[RESOURCES, "dimension"]
    assert (top.segments, top.passages, top.informants, top.voices, top.words) == (3, 2, 2, 2, 5)
    assert found[STAFF, "indicator"].segments == 2
    assert found[RESOURCES, "no_indicator"].segments == 1
    assert top.share == 1


def test_who_has_no_value_stands_last_and_totals_count_once(project: Project, add: Add, code_words: Add) -> None:
    add("W1", [("AS", "petugas kurang"), ("BP", "sekali")])
    add("W2", [("CK", "petugas ada")])
    code_words("W1", "petugas kurang\nBP: sekali", STAFF)
    code_words("W2", "petugas", STAFF)
    with project.operation("Role") as op:
        for row in informants(project):
            if row.code != "CK":
                change_informant(op, row.guid, {"role": "Kader" if row.code == "AS" else "Warga"})
    table = crosstab(project, "role", "edward3")
    assert [column.key for column in table.columns] == ["Kader", "Warga", None]
    row = [line.path for line in table.rows].index(RESOURCES)
    assert (table.counts[row], table.row_totals[row], table.total) == ((1, 1, 1), 2, 2)
    assert table.row_share(row, 0) == Fraction(1, 2)
    assert any("several columns" in notice.msgid for notice in table.notices)
    assert crosstab(project, "role", "edward3", unit="informants").counts[row] == (1, 1, 1)


def test_touching_is_no_overlap_and_inclusion_includes_equality(project: Project, add: Add, code_words: Add) -> None:
    add("W1", [("AS", "abcdefghij"), ("BP", "klmno")])
    code_words("W1", "abcd", CLARITY)
    code_words("W1", "efgh", CONSISTENCY)
    code_words("W1", "klmno", CLARITY)
    code_words("W1", "klmno", CONSISTENCY)
    code_words("W1", "abc", STAFF)
    found = cooccurrence(project, "edward3")
    at = {line.path: i for i, line in enumerate(found.codes)}
    one, two, three = at[CLARITY], at[CONSISTENCY], at[STAFF]
    assert (found.overlap[one][two], found.inclusion[one][two], found.turn[one][two]) == (1, 1, 2)
    assert (found.overlap[one][three], found.inclusion[three][one], found.overlap[two][three]) == (1, 1, 0)
    assert found.turn[two][three] == 1
    assert found.jaccard(one, two) == Fraction(5, 13)
    assert found.jaccard(one, one) == 1


def test_two_coders_on_one_place_are_one_pair(project: Project, add: Add, code_words: Add) -> None:
    add("W1", [("AS", "abcdefghij")])
    for coder in ("Ani", "Budi"):
        code_words("W1", "abcd", CLARITY, coder=coder)
        code_words("W1", "cdef", CONSISTENCY, coder=coder)
    found = cooccurrence(project, "edward3")
    at = {line.path: i for i, line in enumerate(found.codes)}
    assert found.overlap[at[CLARITY]][at[CONSISTENCY]] == 1
    (pair,) = cooccurring(project, (CLARITY, "indicator"), (CONSISTENCY, "indicator"), framework="edward3")
    assert len(pair.segment_ids) == 4


def test_saturation_goes_by_date_then_by_import_or_as_chosen(project: Project, add: Add, code_words: Add) -> None:
    guids = [
        add("A", [("AS", "satu")]), add("B", [("AS", "dua tiga")], date="2026-05-02"),
        add("C", [("BP", "empat")], date="2026-05-01"), add("D", [("", "lima")], "document", date="2026-01-01"),
    ]  # fmt: skip
    for name, said, code in (
        ("A", "satu", STAFF),
        ("B", "dua", CLARITY),
        ("B", "tiga", STAFF),
        ("C", "empat", CLARITY),
    ):
        code_words(name, said, code)
    found = saturation(project, "edward3")
    assert [(s.source, len(s.new), s.total) for s in found.steps] == [("C", 1, 1), ("B", 1, 2), ("A", 0, 2)]
    chosen = saturation(project, "edward3", order=guids[:1])
    assert [(s.source, len(s.new)) for s in chosen.steps] == [("A", 1), ("C", 1), ("B", 0)]
    assert len(saturation_segments(project, "edward3", "indicator", guids[1])) == 2


def test_only_what_informants_say_is_counted(project: Project, add: Add, code_words: Add) -> None:
    add("W1", [("P", "Syarat apa?"), ("AS", "Syaratnya jelas, syarat-syarat jelas"), ("BP", "syarat itu tidak")])
    add("O1", [("", "syarat ditempel")], "observation")
    code_words("W1", "syarat itu", STAFF)
    found = word_counts(project)
    assert {row.word: row.count for row in found.rows} == {
        "jelas": 2, "syarat": 1, "syarat-syarat": 1, "syaratnya": 1
    }  # fmt: skip
    assert found.words == 7
    stems = word_counts(project, WordFilter(stems=True))
    assert {row.word: row.forms for row in stems.rows}["syarat"][:2] == (("syarat", 1), ("syaratnya", 1))
    with project.read() as session:
        from coding.codes.queries import code_guid

        code = code_guid(session, RESOURCES)
    assert [row.word for row in word_counts(project, WordFilter(code=code)).rows] == ["syarat"]
    assert [row.word for row in word_counts(project, WordFilter(informants=("BP",))).rows] == ["syarat"]
    (place,) = contexts(project, "syarat")
    assert (place.voice, place.before, place.after) == ("BP", "", " itu tidak")


QUICK = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


def covered(study: plain.PlainStudy, name: str) -> list[tuple[str, int, int]]:
    """The unbroken stretches under a code, by joining whatever overlaps until nothing does."""
    found = [(s.source, s.start, s.end) for s in study.segments if s.row == name and study.voices(s)]
    while True:
        for a, b in product(found, found):
            if a is not b and a[0] == b[0] and max(a[1], b[1]) < min(a[2], b[2]):
                found.remove(a)
                found.remove(b)
                found.append((a[0], min(a[1], b[1]), max(a[2], b[2])))
                break
        else:
            return found


@QUICK
@given(study=studies())
def test_pairs_of_passages(study: plain.PlainStudy, template: Path, folder: Path) -> None:
    with opened(study, template, folder) as project:
        found = cooccurrence(project, "jones")
        at = {line.path: i for i, line in enumerate(found.codes)}
        for one, other in product(DIMENSIONS, DIMENSIONS):
            if one == other or DIMENSIONS[one] not in at or DIMENSIONS[other] not in at:
                continue
            i, j = at[DIMENSIONS[one]], at[DIMENSIONS[other]]
            pairs = [
                (a, b)
                for a, b in product(covered(study, one), covered(study, other))
                if a[0] == b[0] and max(a[1], b[1]) < min(a[2], b[2])
            ]
            inside = [(a, b) for a, b in pairs if set(range(*a[1:])) <= set(range(*b[1:])) or
                      set(range(*b[1:])) <= set(range(*a[1:]))]  # fmt: skip
            points = [
                {(s, at) for s, start, end in covered(study, name) for at in range(start, end)} for name in (one, other)
            ]
            assert found.overlap[i][j] == len(pairs)
            assert found.inclusion[i][j] == len(inside)
            both = points[0] | points[1]
            assert found.jaccard(i, j) == (Fraction(len(points[0] & points[1]), len(both)) if both else None)
            for measure in MEASURES:
                listed = cooccurring(project, found.codes[i].key, found.codes[j].key, measure, "jones")
                assert len(listed) == found.pairs(measure, i, j)


@QUICK
@given(study=studies(), unit=st.sampled_from(["segments", "informants"]))
def test_cells_of_the_crosstab(study: plain.PlainStudy, unit: str, template: Path, folder: Path) -> None:
    with opened(study, template, folder) as project:
        table = crosstab(project, "source.method", "jones", "indicator", unit)  # type: ignore[arg-type]
        names = {path: name for name, path in DIMENSIONS.items()}
        for row, line in enumerate(table.rows):
            if line.part == "dimension" and line.path in names:
                continue
            for place, column in enumerate(table.columns):
                here = [s for s in study.segments if study.sources[s.source].method == column.key]
                mine = [s for s in here if s.row == names.get(line.path) and study.voices(s)]
                people = {v for s in mine for v in study.voices(s) if not v.startswith("source:")}
                assert table.counts[row][place] == (len(mine) if unit == "segments" else len(people))
                listed = crosstab_segments(project, "source.method", "jones", "indicator", line.key, column.key)
                assert len(listed) == len(mine)
        for key, _ in crosstab_choices(project):
            whole = crosstab(project, key, "jones")
            assert whole.total == len([s for s in study.segments if study.voices(s)])


@QUICK
@given(study=studies(), order=st.randoms())
def test_the_order_of_coding_and_undoing_change_nothing(
    study: plain.PlainStudy, order: object, template: Path, folder: Path
) -> None:
    with opened(study, template, folder) as project:
        found = frequencies(project), cooccurrence(project), crosstab(project), saturation(project)
        for row in found[0].rows:
            assert len(frequency_segments(project, None, row.code.key)) == row.segments
        if study.segments:
            with project.operation("Remove") as op:
                remove(op, [study.segments[0].guid])
            project.undo()
            assert (frequencies(project), cooccurrence(project), crosstab(project), saturation(project)) == found
    order.shuffle(study.segments)  # type: ignore[attr-defined]
    with opened(study, template, folder) as project:
        assert (frequencies(project), cooccurrence(project), crosstab(project), saturation(project))[:2] == found[:2]


def test_an_empty_study_has_nothing_to_count(project: Project) -> None:
    assert frequencies(project).segments == 0
    assert crosstab(project).total == 0
    assert not any(cooccurrence(project).passages)
    assert saturation(project).steps == ()
    assert word_counts(project).rows == ()


def test_what_counts_must_be_known(project: Project) -> None:
    from coding.errors import CodingError

    with pytest.raises(CodingError):
        crosstab(project, "shoe size")
    with pytest.raises(CodingError):
        frequencies(project, "nobody")
