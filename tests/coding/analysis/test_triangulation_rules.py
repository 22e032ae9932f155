"""Each rule of DOMAIN.md §3 and §4 in a small case worked by hand."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from coding.analysis.columns import column_choices
from coding.analysis.counting import voice_stance
from coding.analysis.evidence import comparable
from coding.analysis.factors import summarise
from coding.analysis.results import Matrix
from coding.analysis.triangulation import cell_stance, row_status, triangulate
from coding.errors import CodingError
from coding.informants.editing import change_informant, set_attribute
from coding.informants.queries import informants
from coding.project import Project
from coding.segments.done import set_done
from coding.transcripts.queries import source_guid
from coding.words import Words

Add = Callable[..., str]
STAFF = "edward3.resources.staff"
RESOURCES = "edward3.resources"


def cells(matrix: Matrix, code: str, part: str | None = None) -> dict[str | None, Any]:
    row = next(r for r in matrix.rows if r.code == code and (part is None or r.part == part))
    return {cell.column: cell for cell in row.cells}


def row_of(matrix: Matrix, code: str) -> Any:
    return next(r for r in matrix.rows if r.code == code)


def leave_out(project: Project, table: str, column: str, name: str, field: str) -> None:
    with project.operation("Leave out") as op:
        op.raw().execute(f"UPDATE {table} SET {field} = 1 WHERE {column} = ?", (name,))


@pytest.mark.parametrize(
    ("stances", "status"),
    [
        (["silent", "silent"], "absent"),
        (["silent", "mixed"], "single"),
        (["neutral", "neutral"], "covered"),
        (["supporting", "supporting", "silent"], "convergent"),
        (["inhibiting", "inhibiting"], "convergent"),
        (["supporting", "inhibiting", "mixed"], "divergent"),
        (["supporting", "neutral"], "partial"),
        (["supporting", "mixed"], "partial"),
        (["mixed", "mixed"], "partial"),
        ([], "absent"),
    ],
)
def test_the_six_statuses(stances: list[Any], status: str) -> None:
    assert row_status(stances) == status


def test_a_voice_needs_the_threshold_and_ties_are_mixed() -> None:
    assert voice_stance(0, 0, Fraction(1)) == "neutral"
    assert voice_stance(2, 1, Fraction(1)) == "mixed"
    assert voice_stance(2, 1, Fraction(2, 3)) == "supporting"
    assert voice_stance(2, 1, Fraction(67, 100)) == "mixed"
    assert voice_stance(1, 1, Fraction(51, 100)) == "mixed"
    assert cell_stance([]) == "silent"


def test_equal_words_are_told_by_words_alone() -> None:
    assert comparable("“Antre  dari jam lima pagi.”") == comparable("antre dari\njam LIMA pagi!") is not None
    assert comparable("antre dari jam lima") is None
    assert comparable("ﬁle yang sama itu juga") == comparable("file yang sama itu juga")


def test_one_informant_is_one_voice_however_often_quoted(project: Project, add: Add, code_words: Add) -> None:
    add("W1", [("P", "Cukup?"), ("AS", "petugas kurang sekali. orangnya cuma dua saja"), ("BP", "cukup kok")])
    code_words("W1", "petugas kurang sekali", STAFF, "inhibiting")
    code_words("W1", "cuma dua", STAFF, "inhibiting")
    code_words("W1", "Cukup?", STAFF, "inhibiting")
    matrix = triangulate(project, "edward3")
    found = cells(matrix, RESOURCES)
    assert (found["AS"].segments, found["AS"].passages, found["AS"].voices) == (2, 2, 1)
    assert found["AS"].stance == "inhibiting"
    assert found["BP"].stance == "silent"
    assert row_of(matrix, RESOURCES).status == "single"
    assert row_of(matrix, RESOURCES).coverage == (1, 2)


def test_overlapping_segments_are_one_passage_and_touching_ones_are_two(
    project: Project, add: Add, code_words: Add
) -> None:
    add("W1", [("AS", "abcdefghij")])
    code_words("W1", "abcd", STAFF, "supporting")
    code_words("W1", "defg", RESOURCES, "inhibiting", coder="Budi")
    code_words("W1", "hij", STAFF)
    cell = cells(triangulate(project, "edward3"), RESOURCES)["AS"]
    assert (cell.segments, cell.passages, cell.stance) == (3, 2, "mixed")


def test_the_same_quotation_twice_is_counted_once(project: Project, add: Add, code_words: Add) -> None:
    quote = "petugas loket kami cuma dua orang"
    add("W1", [("AS", quote)])
    add("W2", [("AS", f"Iya, “{quote}.”")])
    code_words("W1", quote, STAFF, "inhibiting")
    code_words("W2", f"“{quote}.”", STAFF, "inhibiting")
    cell = cells(triangulate(project, "edward3"), RESOURCES)["AS"]
    assert (cell.segments, cell.passages) == (2, 1)


def test_a_segment_over_two_speakers_belongs_to_both(project: Project, add: Add, code_words: Add) -> None:
    add("W1", [("AS", "satu"), ("P", "lalu?"), ("BP", "dua")])
    code_words("W1", "satu\nP: lalu?\nBP: dua", STAFF, "supporting")
    matrix = triangulate(project, "edward3")
    found = cells(matrix, RESOURCES)
    assert [found[c].passages for c in ("AS", "BP")] == [1, 1]
    assert found["AS"].segment_ids == found["BP"].segment_ids
    by_method = cells(triangulate(project, "edward3", "method"), RESOURCES)["interview"]
    assert (by_method.segments, by_method.passages, by_method.voices) == (1, 2, 2)


def test_observation_and_document_speak_outside_turns_and_unknown_speakers_have_no_column(
    project: Project, add: Add, code_words: Add
) -> None:
    add("Loket", [("", "Antrean panjang di loket."), ("AS", "sudah biasa begini")], "observation")
    add("Perbup", [("", "Petugas paling sedikit dua orang.")], "document")
    add("W1", [("P", "?"), ("?", "orang lewat bilang lama")])
    code_words("Loket", "Antrean panjang", STAFF, "inhibiting")
    code_words("Loket", "sudah biasa", STAFF, "neutral")
    code_words("Perbup", "dua orang", STAFF, "neutral")
    code_words("W1", "orang lewat bilang lama", STAFF, "inhibiting")
    matrix = triangulate(project, "edward3")
    assert [column.key for column in matrix.columns] == ["AS", "observation", "document", None]
    found = cells(matrix, RESOURCES)
    stances = [found[c].stance for c in ("AS", "observation", "document", None)]
    assert stances == ["neutral", "inhibiting", "neutral", "inhibiting"]
    assert row_of(matrix, RESOURCES).coverage == (3, 3)
    assert row_of(matrix, RESOURCES).status == "partial"
    methods = triangulate(project, "edward3", "method")
    assert [c.key for c in methods.columns] == ["interview", "observation", "document"]
    assert cells(methods, RESOURCES)["observation"].voices == 2


def test_what_is_left_out_never_counts(project: Project, add: Add, code_words: Add) -> None:
    for name, who in (("W1", "AS"), ("W2", "BP"), ("W3", "CK")):
        add(name, [(who, f"petugas kurang kata {who}")])
        code_words(name, "kurang", STAFF, "inhibiting")
    leave_out(project, "source", "name", "W2", "left_out")
    leave_out(project, "informant", "code", "CK", "left_out")
    matrix = triangulate(project, "edward3")
    assert [c.key for c in matrix.columns] == ["AS"]
    leave_out(project, "source", "name", "W1", "own_statements")
    assert triangulate(project, "edward3").columns == ()
    assert row_of(triangulate(project, "edward3"), RESOURCES).status == "absent"


def test_at_level_indicator_nothing_drops_out(project: Project, add: Add, code_words: Add) -> None:
    add("W1", [("AS", "orang kurang, uang kurang")])
    code_words("W1", "orang", STAFF, "inhibiting")
    code_words("W1", "kurang", RESOURCES, "inhibiting")
    matrix = triangulate(project, "edward3", level="indicator")
    own = row_of(matrix, RESOURCES)
    assert (own.part, own.label.id, own.label.en) == ("no_indicator", "tanpa indikator", "no indicator")
    order = [row.code for row in matrix.rows]
    assert order.index(RESOURCES) == order.index("edward3.resources.budget") + 1
    assert "edward3.communication" not in order
    assert cells(matrix, STAFF)["AS"].segments == 1


def test_columns_by_attribute_show_who_has_no_value(project: Project, add: Add, code_words: Add) -> None:
    add("W1", [("AS", "lama benar"), ("BP", "cepat kok"), ("CK", "biasa saja")])
    code_words("W1", "lama", STAFF, "inhibiting")
    code_words("W1", "cepat", STAFF, "supporting")
    code_words("W1", "biasa", STAFF, "supporting")
    guids = {row.code: row.guid for row in informants(project)}
    with project.operation("Attributes") as op:
        set_attribute(op, guids["BP"], "Dusun", "Timur")
        set_attribute(op, guids["AS"], "Dusun", "Timur")
    matrix = triangulate(project, "edward3", columns="Dusun")
    assert [(c.key, c.members) for c in matrix.columns] == [("Timur", 2), (None, 1)]
    group = cells(matrix, RESOURCES)["Timur"]
    assert group.stance == "mixed"
    assert [(v.voice, v.stance) for v in group.split] == [("AS", "inhibiting"), ("BP", "supporting")]
    assert row_of(matrix, RESOURCES).coverage == (1, 1)
    assert any("CK" in notice.say(Words("en")) for notice in matrix.notices)
    assert ("Dusun", "Dusun") in [(key, label.id) for key, label in column_choices(project)]
    with pytest.raises(CodingError, match="no informant has the attribute"):
        triangulate(project, "edward3", columns="Kota")


def test_columns_are_one_view_whatever_the_case_they_are_asked_for_in(
    project: Project, add: Add, code_words: Add
) -> None:
    add("W1", [("AS", "lama benar"), ("BP", "cepat kok")])
    code_words("W1", "lama", STAFF, "inhibiting")
    with project.operation("Attributes") as op:
        for row in informants(project):
            set_attribute(op, row.guid, "Dusun", "Timur")
            change_informant(op, row.guid, {"role": "Kader"})
    for asked, meant in (("DUSUN", "Dusun"), ("Role", "role"), ("Informant", "informant")):
        matrix = triangulate(project, "edward3", columns=asked)
        assert matrix == triangulate(project, "edward3", columns=meant)
        assert matrix.columns_by == meant


def test_time_place_and_sources_without_either(project: Project, add: Add, code_words: Add) -> None:
    add("W1", [("AS", "lama benar")], date="2026-08-16", place="Desa A")
    add("W2", [("AS", "makin cepat")], date="2026-05-02", place="Desa B")
    add("W3", [("AS", "entahlah")])
    code_words("W1", "lama", STAFF, "inhibiting")
    code_words("W2", "cepat", STAFF, "supporting")
    code_words("W3", "entahlah", STAFF, "supporting")
    time = triangulate(project, "edward3", "time")
    assert [c.key for c in time.columns] == ["2026-08", "2026-05", None]
    assert time.columns[0].label.id == "Agustus 2026"
    assert row_of(time, RESOURCES).status == "divergent"
    assert [c.key for c in triangulate(project, "edward3", "place").columns] == ["Desa A", "Desa B", None]


def test_coders_are_compared_over_sources_that_both_have_done(project: Project, add: Add, code_words: Add) -> None:
    add("W1", [("AS", "lama benar")])
    add("W2", [("AS", "makin cepat")])
    code_words("W1", "lama", STAFF, "inhibiting")
    code_words("W1", "lama", STAFF, "supporting", coder="Budi")
    code_words("W2", "cepat", STAFF, "supporting")
    for coder in ("Ani", "Budi"):
        with project.operation("Done", coder=coder) as op:
            set_done(op, source_guid(op.session, "W1"), True)
    matrix = triangulate(project, "edward3", "investigator")
    assert [c.key for c in matrix.columns] == ["Ani", "Budi"]
    assert [c.segments for c in row_of(matrix, RESOURCES).cells] == [1, 1]
    assert row_of(matrix, RESOURCES).status == "divergent"


def test_theory_counts_the_rows_passages_and_lets_an_opposite_direction_in(
    project: Project, add: Add, code_words: Add
) -> None:
    add("W1", [("AS", "petugas kurang tapi mau lembur"), ("BP", "petugas cukup")])
    code_words("W1", "petugas kurang", STAFF, "inhibiting")
    code_words("W1", "kurang tapi mau lembur", "jones.organization.actors", "supporting")
    code_words("W1", "petugas cukup", STAFF, "supporting")
    code_words("W1", "cukup", "jones.application.routine", "neutral")
    matrix = triangulate(project, "edward3", "theory", against="jones")
    assert [c.key for c in matrix.columns] == ["organization", "interpretation", "application"]
    found = cells(matrix, RESOURCES)
    assert (found["organization"].passages, found["organization"].stance) == (1, "mixed")
    assert (found["application"].passages, found["application"].stance) == (1, "supporting")
    assert found["interpretation"].stance == "silent"
    with pytest.raises(CodingError, match="second framework"):
        triangulate(project, "edward3", "theory")


def test_exemplars_are_starred_or_nearest_twenty_five_words(project: Project, add: Add, code_words: Add) -> None:
    near, far = " ".join(f"a{i}" for i in range(24)), " ".join(f"b{i}" for i in range(40))
    add("W1", [("AS", f"{far}. {near}. pendek")])
    code_words("W1", far, STAFF)
    middle = code_words("W1", near, STAFF)
    short = code_words("W1", "pendek", STAFF)
    assert cells(triangulate(project, "edward3"), RESOURCES)["AS"].exemplars == (middle,)
    with project.operation("Star") as op:
        op.raw().execute("UPDATE segment SET exemplar = 1 WHERE guid = ?", (short,))
    assert cells(triangulate(project, "edward3"), RESOURCES)["AS"].exemplars == (short,)


def test_unmarked_segments_are_said_and_thresholds_bounded(project: Project, add: Add, code_words: Add) -> None:
    add("W1", [("AS", "lama benar")])
    code_words("W1", "lama", STAFF)
    assert [n.say(Words("en")) for n in triangulate(project, "edward3").notices] == ["1 segment has no direction"]
    for wrong in (Fraction(1, 2), Fraction(101, 100), 0):
        with pytest.raises(CodingError, match="threshold"):
            triangulate(project, "edward3", threshold=wrong)


def test_factors_count_both_sides_and_put_the_widest_first(project: Project, add: Add, code_words: Add) -> None:
    money, people = "factors.internal.finance", "factors.internal.human_resources"
    add("W1", [("AS", "dana ada tapi telat turun. orang kurang"), ("BP", "orangnya rajin")])
    code_words("W1", "dana ada tapi telat", money, "supporting")
    code_words("W1", "telat turun", money, "inhibiting")
    code_words("W1", "orang kurang", people, "inhibiting")
    code_words("W1", "orangnya rajin", people, "supporting")
    code_words("W1", "rajin", people)
    found = summarise(project)
    first, second, *rest = found.rows
    assert (first.code, first.informants, first.contested, first.unmarked) == (people, 2, True, 1)
    assert (second.code, second.contested) == (money, True)
    assert (second.supporting.passages, second.inhibiting.passages, second.supporting.who) == (1, 1, ("AS",))
    assert all(not r.supporting.segments and not r.inhibiting.segments for r in rest)
    assert len(found.rows) == 15
