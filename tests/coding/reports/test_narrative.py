"""Running text claims nothing that the matrix does not hold, and is written as the user words it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from coding.analysis.results import Cell, Label
from coding.analysis.results_counts import CodeLine, Saturation, SaturationStep
from coding.analysis.triangulation import triangulate
from coding.errors import CodingError
from coding.informants.queries import informants
from coding.project import Project
from coding.reports import ReportOptions
from coding.reports.build import report_tables
from coding.reports.checklist import checklist_blocks
from coding.reports.desk import written_at
from coding.reports.method_section import Coding
from coding.reports.narrative import narrative_blocks
from coding.reports.tables import Narrative, Table
from coding.sample import build
from coding.segments.queries import segments
from coding.words import Words

OPTIONS = ReportOptions(tables=("narrative",), frameworks=("edward3",))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    project = build(tmp_path_factory.mktemp("sample") / "sample.telaah")
    yield project
    project.close()


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_number_name_and_quotation_is_in_the_matrix(sample: Project, language: str) -> None:
    words = Words(language)
    matrix = triangulate(sample, "edward3")
    texts = {row.guid: " ".join(row.text.split()) for row in segments(sample)}
    people = {row.code for row in informants(sample)}
    own = {row.code: [] for row in matrix.rows}  # type: ignore[var-annotated]
    blocks = {b.heading: b for b in report_tables(sample, words, OPTIONS) if isinstance(b, Narrative) and b.level == 2}
    assert len(blocks) == len(matrix.rows) == len(own)
    for row in matrix.rows:
        block = blocks[row.label.in_(language)]
        quotable = {re.sub('["“”‘’]', "", texts[guid]) for c in row.cells for guid in c.segment_ids}
        sides = {
            side: sum(getattr(voice, side) for c in row.cells for voice in c.split)
            for side in ("supporting", "inhibiting")
        }
        speaking = {c.column for c in row.cells if c.stance != "silent"} & people
        known = {words.number(number) for number in (*sides.values(), *row.coverage)}
        known |= {words.number(n) for n in range(len(row.cells) + 1)}
        told = [one.text for one in block.paragraphs if one.style != "quote"]
        # the first paragraph is the researcher's own finding
        for text in told[1:] if len(told) > 2 else told:
            bare = re.sub(r"[A-Z]{2}-\d+", "", text)
            assert set(re.findall(r"\d[\d.,]*\d|\d", bare)) <= known
        named = [set(re.findall(r"\b[A-Z]{2}(?:-\d+)?\b", text)) & people for text in told]
        for side in sides:
            saying = {c.column for c in row.cells if any(getattr(voice, side) for voice in c.split)} & people
            assert not saying or saying in named
            assert saying <= speaking
        assert sum(one.style == "quote" for one in block.paragraphs) >= sum(map(bool, sides.values()))
        for quoted in (one.runs[0].text for one in block.paragraphs if one.style == "quote"):
            assert re.sub('["“”‘’]', "", " ".join(quoted.split())) in quotable


def test_each_side_names_those_who_have_a_passage_of_it(study: Any, english: Words) -> None:
    (opening, communication, resources, disposition) = narrative_blocks(study.desk(english), study.triangulation)
    assert opening.paragraphs[0].text.endswith("Compared here are four sources: three informants and the observation.")
    told = [paragraph.text for paragraph in communication.paragraphs]
    assert told[0].startswith(
        "Evidence that supports Communication comes from AS, MS, and the observation (8 passages). It concerns Clarity."
    )
    assert any("Obstacles to Communication show in the evidence from DT and MS (3 passages)." in text for text in told)
    assert "The sources oppose each other" in told[-1]
    assert "The researcher's judgement on Communication is “partial”" in told[-1]
    assert "Nothing that inhibits Resources was found." in resources.paragraphs[-1].text
    (absent,) = disposition.paragraphs
    assert absent.text == "On the dimension Disposition there is no evidence yet from any source."


def test_the_users_own_sentences_are_used_and_wrong_ones_refused(study: Any, english: Words) -> None:
    wording = {"supports": "{who} praise {dimension}.", "agreement": "{speaking}/{total}: {status}"}
    options = ReportOptions(wording=wording)
    blocks = narrative_blocks(study.desk(english, options), study.triangulation)
    assert blocks[1].paragraphs[0].text.startswith("AS, MS, and the observation praise Communication.")
    assert "4/4: divergent" in blocks[1].paragraphs[-1].text
    several = replace(options, wording={"supports": "{who} praise it. | By {who} it is praised."})
    told = [block.paragraphs[0].text for block in narrative_blocks(study.desk(english, several), study.triangulation)]
    assert told[1].startswith("AS, MS, and the observation praise it.")
    assert told[2].startswith("By AS and the observation it is praised.")
    wrong = replace(options, wording={"supports": "{name} praises it."})
    with pytest.raises(CodingError) as raised:
        narrative_blocks(study.desk(english, wrong), study.triangulation)
    assert raised.value.code == "wording_placeholder"


def test_quotations_are_cut_where_a_length_is_chosen(study: Any, english: Words) -> None:
    options = ReportOptions(quote_length=60)
    blocks = narrative_blocks(study.desk(english, options), study.triangulation)
    quotes = [one.runs[0].text for b in blocks for one in b.paragraphs if one.style == "quote"]
    assert quotes
    assert all(len(quote) <= 66 for quote in quotes)
    assert any("…" in quote for quote in quotes)


def test_a_checklist_answers_what_the_project_holds_and_says_what_is_left(study: Any, english: Words) -> None:
    coding = Coding(7, (("edward3", 5, 2), (None, 2, 1)), (("Ani", 7),))
    material = replace(study.material, frameworks={"edward3": study.matrix.framework_label})
    desk = replace(study, material=material).desk(english)
    line = CodeLine(
        "c", "edward3.communication", Label("Komunikasi", "Communication"), "dimension", 0, "edward3", None, None
    )
    first = SaturationStep("Wawancara AS", "s-Wawancara AS", None, 5, 3, (line,) * 3, 3)
    found = Saturation(None, (first, replace(first, source="Wawancara DT", new=())), ())
    (table,) = [block for block in checklist_blocks(desk, coding, found) if isinstance(block, Table)]
    answers = {row[1].text: row[3].text for row in table.rows}
    told = "3 codes after 2 interviews and focus groups; the last to add one: Wawancara AS"
    assert answers["COREQ 22"] == told
    assert answers["COREQ 25"] == "Edward III: 2 codes in use; open codes: 1 code in use"
    assert answers["COREQ 24"] == "1 coder"
    assert "COREQ 13" not in answers, "nobody was planned"
    coreq = sum(number.startswith("COREQ") for number in answers)
    assert table.notes[0].text.startswith(f"Left to the authors: {32 - coreq} items of COREQ")


def test_indicators_of_the_first_informant_are_named(study: Any, english: Words) -> None:
    found = study.triangulation
    fine = found.indicators
    alone = tuple(
        c if at == 0 else Cell(c.column, 0, 0, 0, 0, "silent", (), (), ()) for at, c in enumerate(fine.rows[0].cells)
    )
    found = replace(found, indicators=replace(fine, rows=(replace(fine.rows[0], cells=alone),)))
    told = narrative_blocks(study.desk(english), found)[1].paragraphs
    assert "It concerns Clarity." in told[0].text


def test_a_finding_told_before_is_not_told_again(study: Any, english: Words) -> None:
    own = {written_at(study.matrix, "edward3.communication", "dimension", False, None): "Pesan berganti."}
    alone, beside = (replace(study.material, findings=own, parts=frozenset(parts)) for parts in ((), ("findings",)))
    told = [
        narrative_blocks(replace(study, material=one).desk(english), study.triangulation)[1].paragraphs[0].text
        for one in (alone, beside)
    ]
    assert told[0] == "Pesan berganti."
    assert told[1].startswith("Evidence that supports Communication")
