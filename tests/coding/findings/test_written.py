"""What the analyst writes: summaries, conclusions and recommendations, in a real project."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coding.analysis.factors import summarise
from coding.analysis.filters import EVERYTHING, EvidenceChoice
from coding.analysis.framework_matrix import framework_matrix, snippets
from coding.analysis.judging import judge, row_named, write_finding
from coding.analysis.triangulation import triangulate
from coding.errors import CodingError
from coding.findings.conclusions import conclusions, order_sentences, rest_on, write_sentence
from coding.findings.recommendations import (
    order_recommendations,
    recommendations,
    unanswered,
    write_recommendation,
)
from coding.findings.sides import column_said, side_findings, write_side
from coding.findings.summaries import write_summary
from coding.informants.editing import rename_informant
from coding.informants.queries import informants
from coding.project import Project
from coding.words import Words

Add = Callable[..., str]
RESOURCES, KEY = "edward3.resources", "dimension edward3.resources"


@pytest.fixture
def coded(project: Project, add: Add, code_words: Add) -> Project:
    add("W1", [("AS", "lama benar menunggunya"), ("BP", "cepat kok sekarang"), ("CT", "tidak tahu")])
    code_words("W1", "lama benar", "edward3.resources.staff", "inhibiting")
    code_words("W1", "cepat kok", "edward3.resources.staff", "supporting")
    code_words("W1", "menunggunya", "factors.internal.leadership", "inhibiting")
    return project


def cell_of(project: Project, informant: str = "AS", key: str = KEY):  # type: ignore[no-untyped-def]
    matrix = framework_matrix(project, "edward3")
    row, at = matrix.row(informant), matrix.column(key)
    assert row is not None
    assert at is not None
    return row.cells[at]


def test_every_informant_has_a_row_and_every_dimension_a_column(coded: Project) -> None:
    matrix = framework_matrix(coded, "edward3")
    assert [row.informant for row in matrix.rows] == ["AS", "BP", "CT"]
    assert [column.code for column in matrix.columns][1] == RESOURCES
    assert [row.cells[1].passages for row in matrix.rows] == [1, 1, 0]
    source = triangulate(coded, "edward3")
    for at, column in enumerate(matrix.columns):
        cells = row_named(source, column.code).cells
        assert [row.cells[at].segment_ids for row in matrix.rows] == [cell.segment_ids for cell in cells[:3]]
    cell = cell_of(coded)
    assert snippets(coded, [cell.exemplar or ""]) == {cell.exemplar: "lama benar"}


def test_a_summary_rests_on_passages_and_goes_stale_with_its_cell_alone(coded: Project, code_words: Add) -> None:
    segment = cell_of(coded).segment_ids[0]
    matrix = framework_matrix(coded, "edward3")
    with coded.operation("Write a summary") as op:
        write_summary(op, matrix, "AS", KEY, " **lama** menunggu ", [segment])
        write_summary(op, matrix, "BP", KEY, "cepat")
    written = cell_of(coded).summary
    assert (written.text, written.rests_on, written.stale) == ("**lama** menunggu", (segment,), False)
    code_words("W1", "menunggunya", RESOURCES, "inhibiting")
    assert cell_of(coded).summary.stale
    assert not cell_of(coded, "BP").summary.stale
    with coded.operation("Write a summary") as op:
        write_summary(op, framework_matrix(coded, "edward3"), "AS", KEY, "**lama** menunggu")
    again = cell_of(coded).summary
    assert (again.guid, again.rests_on, again.stale) == (written.guid, (segment,), False)
    coded.undo()
    assert cell_of(coded).summary.stale


def test_an_empty_summary_goes_unless_passages_were_chosen_for_it(coded: Project) -> None:
    segment = cell_of(coded).segment_ids[0]
    matrix = framework_matrix(coded, "edward3")
    with coded.operation("Write a summary") as op:
        write_summary(op, matrix, "AS", KEY, "", [segment])
    assert cell_of(coded).summary.text == ""
    with coded.operation("Write a summary") as op:
        write_summary(op, matrix, "AS", KEY, "", [])
    assert cell_of(coded).summary is None
    with pytest.raises(CodingError) as refused, coded.operation("Write a summary") as op:
        write_summary(op, matrix, "AS", KEY, "x", ["gone"])
    assert refused.value.code == "finding_segment_gone"


def test_a_summary_stays_with_an_informant_who_is_called_otherwise(coded: Project) -> None:
    matrix = framework_matrix(coded, "edward3")
    with coded.operation("Write a summary") as op:
        write_summary(op, matrix, "AS", KEY, "lama")
    guid = next(row.guid for row in informants(coded) if row.code == "AS")
    with coded.operation("Rename") as op:
        rename_informant(op, guid, "AS-40")
    written = cell_of(coded, "AS-40").summary
    assert (written.text, written.stale) == ("lama", False)


def findings_on_resources(project: Project) -> dict[str | None, str]:
    """Findings on the row and on the cells of AS and BP; their guids by column."""
    matrix = triangulate(project, "edward3")
    row = row_named(matrix, RESOURCES)
    with project.operation("Write findings") as op:
        write_finding(op, matrix, row, "Dinilai berbeda.")
        for cell in row.cells[:2]:
            write_finding(op, matrix, row, f"{cell.column} bicara.", cell)
    return {line.column: line.guid for line in conclusions(project).findings}


def test_sentences_without_evidence_and_findings_left_out(coded: Project) -> None:
    found = findings_on_resources(coded)
    with coded.operation("Write sentences") as op:
        one = write_sentence(op, None, " Petugas  kurang. ")
        two = write_sentence(op, None, "Dana cukup.")
        assert one is not None
        assert two is not None
        rest_on(op, one, [found[None], found["AS"]])
    seen = conclusions(coded)
    assert [(s.number, s.text) for s in seen.sentences] == [(1, "Petugas kurang."), (2, "Dana cukup.")]
    assert [s.guid for s in seen.without_evidence] == [two]
    assert [line.guid for line in seen.unused] == [found["BP"]]
    assert not seen.contradictions
    with coded.operation("Order sentences") as op:
        order_sentences(op, [two, one])
    assert [s.guid for s in conclusions(coded).sentences] == [two, one]
    coded.undo()
    assert [s.guid for s in conclusions(coded).sentences] == [one, two]
    with coded.operation("Remove a sentence") as op:
        assert write_sentence(op, one, " ") is None
    assert [s.guid for s in conclusions(coded).sentences] == [two]
    with pytest.raises(CodingError) as refused, coded.operation("Write") as op:
        write_sentence(op, one, "x")
    assert refused.value.code == "conclusion_gone"


def test_a_sentence_that_hears_one_side_contradicts_its_row(coded: Project) -> None:
    found = findings_on_resources(coded)
    with coded.operation("Write sentences") as op:
        one, two = (write_sentence(op, None, text) for text in ("Lama.", "Cepat."))
        assert one is not None
        assert two is not None
        rest_on(op, one, [found["AS"]])
    (said,) = conclusions(coded).contradictions
    assert (said.trouble, said.sentence, said.said, said.against) == ("one_sided", one, "inhibiting", "mixed")
    assert said.line.status == "divergent"
    with coded.operation("Link") as op:
        rest_on(op, two, [found["BP"]])
    troubles = [(c.trouble, c.sentence, c.other) for c in conclusions(coded).contradictions]
    assert sorted(troubles, key=str) == sorted(
        [("one_sided", one, None), ("one_sided", two, None), ("opposed", one, 2), ("opposed", two, 1)], key=str
    )
    with coded.operation("Link") as op:
        rest_on(op, one, [found["AS"], found["BP"]])
        rest_on(op, two, [])
    assert not conclusions(coded).contradictions


def test_a_row_judged_convergent_is_not_held_against_a_sentence(coded: Project) -> None:
    found = findings_on_resources(coded)
    matrix = triangulate(coded, "edward3")
    with coded.operation("Judge") as op:
        judge(op, matrix, row_named(matrix, RESOURCES), "convergent", "BP bicara soal lain")
        one = write_sentence(op, None, "Lama.")
        assert one is not None
        rest_on(op, one, [found["AS"]])
    assert not conclusions(coded).contradictions


def test_a_sentence_says_when_what_it_rests_on_changed(coded: Project, code_words: Add) -> None:
    found = findings_on_resources(coded)
    with coded.operation("Write") as op:
        one = write_sentence(op, None, "Lama.")
        assert one is not None
        rest_on(op, one, [found["AS"]])
    assert not conclusions(coded).outdated
    code_words("W1", "menunggunya", RESOURCES, "inhibiting")
    assert [s.guid for s in conclusions(coded).outdated] == [one]


def test_recommendations_answer_inhibiting_factors(coded: Project) -> None:
    factors = summarise(coded)
    (open_one,) = unanswered(factors, recommendations(coded))
    assert open_one.code == "factors.internal.leadership"
    with coded.operation("Recommend") as op:
        one = write_recommendation(op, None, "Pimpinan turun langsung.", [open_one.code_guid])
        two = write_recommendation(op, None, "Tambah loket.")
        assert one is not None
        assert two is not None
    assert unanswered(factors, recommendations(coded)) == []
    with coded.operation("Order") as op:
        order_recommendations(op, [two, one])
    assert [(row.text, len(row.factors)) for row in recommendations(coded)] == [
        ("Tambah loket.", 0), ("Pimpinan turun langsung.", 1),
    ]  # fmt: skip
    with coded.operation("Recommend") as op:
        write_recommendation(op, one, "Pimpinan turun.", [])
        assert write_recommendation(op, two, "") is None
    assert [(row.text, row.factors) for row in recommendations(coded)] == [("Pimpinan turun.", ())]
    assert len(unanswered(factors, recommendations(coded))) == 1


LEADERSHIP = "factors.internal.leadership"


def on_side(project: Project, direction: str, text: str, choice: EvidenceChoice = EVERYTHING) -> str | None:
    with project.operation("Write") as op:
        return write_side(op, summarise(project, choice=choice), LEADERSHIP, "indicator", direction, text)


def written_on(project: Project, choice: EvidenceChoice = EVERYTHING) -> dict[str, tuple[str, bool]]:
    found = side_findings(project, summarise(project, choice=choice))
    assert all(place[:2] == (LEADERSHIP, "indicator") for place in found)
    return {place[2]: (finding.text, finding.stale) for place, finding in found.items()}


def test_each_side_of_a_factor_has_a_finding_of_its_own(coded: Project, code_words: Add) -> None:
    on_side(coded, "inhibiting", "Pimpinan lama menunggu.")
    on_side(coded, "supporting", "Belum ada yang memuji.")
    on_side(coded, "supporting", "")
    assert written_on(coded) == {"inhibiting": ("Pimpinan lama menunggu.", False)}
    code_words("W1", "cepat kok", LEADERSHIP, "supporting")
    assert written_on(coded) == {"inhibiting": ("Pimpinan lama menunggu.", False)}
    code_words("W1", "tidak tahu", LEADERSHIP, "inhibiting")
    assert written_on(coded) == {"inhibiting": ("Pimpinan lama menunggu.", True)}
    with pytest.raises(LookupError):
        on_side(coded, "neutral", "Tidak ke mana-mana.")


def test_a_side_rests_on_all_its_evidence_whatever_is_filtered(coded: Project) -> None:
    starred = EvidenceChoice(exemplars=True)
    assert not summarise(coded, choice=starred).rows[0].inhibiting.segments
    on_side(coded, "inhibiting", "Pimpinan lama menunggu.", starred)
    assert written_on(coded) == written_on(coded, starred) == {"inhibiting": ("Pimpinan lama menunggu.", False)}


def test_a_sentence_rests_on_a_side_and_the_other_side_is_no_contradiction(coded: Project, code_words: Add) -> None:
    code_words("W1", "cepat kok", LEADERSHIP, "supporting")
    inhibits, supports = on_side(coded, "inhibiting", "Lama."), on_side(coded, "supporting", "Cepat.")
    assert inhibits is not None
    assert supports is not None
    with coded.operation("Conclude") as op:
        for guid in (inhibits, supports):
            sentence = write_sentence(op, None, "Kalimat.")
            assert sentence is not None
            rest_on(op, sentence, [guid])
    found = conclusions(coded)
    assert (found.without_evidence, found.contradictions, found.outdated, found.unused) == ((), (), (), ())
    line = found.finding(inhibits)
    side = next(row for row in summarise(coded).rows if row.code == LEADERSHIP).inhibiting
    assert line is not None
    assert (line.says, line.segments) == ("inhibiting", side.segment_ids)
    assert [column_said(line.view, line.column, Words(language)) for language in ("id", "en")] == [
        "menghambat",
        "inhibiting",
    ]
