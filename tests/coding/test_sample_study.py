"""Every analysis over the sample studies has something worth seeing, and the studies agree with themselves."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from sqlalchemy import select

from coding import sample
from coding.analysis.factors import summarise
from coding.analysis.framework_matrix import framework_matrix
from coding.analysis.judging import row_named
from coding.analysis.pinned import counted, pinned
from coding.analysis.results import Matrix
from coding.analysis.triangulation import triangulate
from coding.findings.conclusions import conclusions
from coding.findings.recommendations import recommendations, unanswered
from coding.findings.sides import side_findings
from coding.informants.queries import informants
from coding.project import Project
from coding.segments.queries import segments
from coding.segments.rows import SegmentRow
from coding.store.checking import check
from coding.store.models import DoneMark, Source
from coding.transcripts.queries import source_text, sources

THEORIES = ("edward3", "jones", "dwiyanto", "factors")
LANGUAGES = tuple(sample.FOLDERS)
STATUSES = {"absent", "single", "covered", "convergent", "divergent", "partial"}
MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
ENGLISH = "January February March April May June July August September October November December".split()
DAYS = ("Senin Selasa Rabu Kamis Jumat Sabtu Minggu".split(),
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())  # fmt: skip


@pytest.fixture(scope="module")
def studies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Project]]:
    """Both studies, by language."""
    folder = tmp_path_factory.mktemp("studies")
    made = {language: sample.build(folder / f"{language}.telaah", sample.FOLDERS[language]) for language in LANGUAGES}
    yield made
    for project in made.values():
        project.close()


@pytest.fixture(scope="module", params=LANGUAGES)
def study(request: pytest.FixtureRequest, studies: dict[str, Project]) -> Project:
    return studies[request.param]


@pytest.fixture(scope="module")
def large(studies: dict[str, Project]) -> Project:
    """The study of full size, in Indonesian."""
    return studies["id"]


def matrices(study: Project, kind: str) -> list[Matrix]:
    levels = ("dimension", "indicator")
    return [triangulate(study, theory, kind=kind, level=level) for theory in THEORIES for level in levels]  # type: ignore[arg-type]


def texts(study: Project) -> dict[str, str]:
    return {row.name: source_text(study, row.guid).text for row in sources(study)}


def full_size(study: Project) -> bool:
    return study.language == "id"


def test_nothing_is_wrong_with_the_file(study: Project) -> None:
    assert check(study.path).problems == ()


def test_all_six_statuses_are_to_be_seen(study: Project) -> None:
    assert {row.status for matrix in matrices(study, "source") for row in matrix.rows} == STATUSES


def test_a_dimension_has_no_evidence_and_its_row_is_there_all_the_same(study: Project) -> None:
    rows = {row.code: row for row in triangulate(study, "dwiyanto").rows}
    assert len(rows) == 5
    assert rows["dwiyanto.accountability"].status == "absent"
    assert not [row for row in segments(study) if row.code.startswith("dwiyanto.accountability")]


def test_some_factors_are_contested_and_some_not(study: Project) -> None:
    rows = [row for row in summarise(study).rows if row.informants]
    contested = [row for row in rows if row.contested]
    assert len(contested) >= 4
    assert len(contested) < len(rows)
    assert any(row.supporting.informants and row.inhibiting.informants for row in contested)


@pytest.mark.parametrize("kind", ["method", "time", "place", "investigator"])
def test_each_kind_of_matrix_has_columns_and_more_than_one_status(study: Project, kind: str) -> None:
    for matrix in matrices(study, kind):
        named = [column for column in matrix.columns if column.key is not None]
        assert len(named) >= (4 if full_size(study) and kind not in ("investigator",) else 2), matrix.framework
    assert len({row.status for matrix in matrices(study, kind) for row in matrix.rows}) >= 3


def test_sources_of_one_place_stand_together(study: Project) -> None:
    places = Counter(row.place for row in sources(study) if row.place)
    assert len(places) >= (6 if full_size(study) else 2)
    assert any(count > 1 for count in places.values())
    assert len({row.date for row in sources(study)}) >= len(sources(study)) - 1


def test_columns_by_attribute_have_something_to_show(study: Project) -> None:
    for attribute in ("category", "group"):
        matrix = triangulate(study, "edward3", columns=attribute)
        assert len([column for column in matrix.columns if column.key is not None]) >= 2


def test_a_person_has_two_sessions_and_two_have_the_same_initials(large: Project) -> None:
    people = informants(large)
    assert [row.code for row in people if len(row.sources) > 1] == ["RS", "RP"]
    initials = Counter(row.initials for row in people)
    assert [row.age for row in people if initials[row.initials] > 1] == [28, 52]


def same_words(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def test_a_quotation_occurs_more_than_once(large: Project) -> None:
    spoken = {
        (row.source, row.start): same_words(row.text) for row in segments(large) if row.informants == ("RS",)
    }  # fmt: skip
    repeated = [words for words, count in Counter(spoken.values()).items() if count > 1 and len(words.split()) >= 5]
    assert len(repeated) == 1
    cells = {row.code: row for row in triangulate(large, "dwiyanto", level="indicator").rows}
    cell = next(c for c in cells["dwiyanto.service_quality.standard"].cells if c.column == "RS")
    assert cell.passages < cell.segments


def doubly_done(study: Project) -> set[str]:
    """Names of the sources that two coders have marked as done."""
    with study.read() as session:
        marks = Counter(session.scalars(select(DoneMark.source_id)).all())
        names = dict(session.execute(select(Source.id, Source.name)).all())
    return {names[source] for source, count in marks.items() if count > 1}


def test_two_coders_agree_and_disagree_about_the_same_sources(study: Project) -> None:
    done = doubly_done(study)
    assert len(done) >= (3 if full_size(study) else 1)
    by_coder: dict[str, list[SegmentRow]] = {}
    for row in segments(study):
        if row.source in done:
            by_coder.setdefault(row.coder, []).append(row)
    one, other = by_coder.values()
    both = [(a, b) for a in one for b in other if a.source == b.source and a.start < b.end and b.start < a.end]
    assert any(a.code == b.code and a.valence == b.valence for a, b in both)
    assert any(a.code == b.code and (a.start, a.end) != (b.start, b.end) for a, b in both)
    for left, right in ((one, other), (other, one)):
        alone = [
            a
            for a in left
            if not any(a.source == b.source and a.code == b.code and a.start < b.end and b.start < a.end for b in right)
        ]
        assert alone
    if full_size(study):
        assert any(a.code == b.code and a.valence != b.valence for a, b in both)


def test_each_direction_and_none_is_used(study: Project) -> None:
    assert {row.valence for row in segments(study)} == {"supporting", "inhibiting", "neutral", None}
    assert any(row.exemplar for row in segments(study))
    assert any(row.memo for row in segments(study))


def test_a_judgement_says_something_else_than_the_rules(study: Project) -> None:
    rows = [row for matrix in matrices(study, "source") for row in matrix.rows if row.judgement is not None]
    assert rows
    for row in rows:
        assert row.judgement is not None
        assert row.judgement.status != row.status
        assert not row.judgement.stale


def test_a_text_of_the_author_counts_nowhere(study: Project) -> None:
    own = [row for row in sources(study) if row.own_statements]
    assert len(own) == (1 if full_size(study) else 0)
    voices = {column.key for matrix in matrices(study, "source") for column in matrix.columns}
    assert not voices & {row.name for row in own}


def test_weekdays_in_the_texts_are_those_of_their_dates(study: Project) -> None:
    days, months = (DAYS[0], MONTHS) if full_size(study) else (DAYS[1], ENGLISH)
    told = rf"\b({'|'.join(days)}),? (\d\d?) ({'|'.join(months)}) (\d{{4}})"
    found = [match.groups() for text in texts(study).values() for match in re.finditer(told, text)]
    assert len(found) >= (10 if full_size(study) else 2)
    for day, number, month, year in found:
        assert days[date(int(year), months.index(month) + 1, int(number)).weekday()] == day, (day, number, month)


def test_the_table_of_districts_adds_up(large: Project) -> None:
    text = next(text for name, text in texts(large).items() if "Rekapitulasi" in name)
    rows = re.findall(r"^ ?\d+  \S.*?  +([\d.]+) +([\d.]+) +([\d.]+) +([\d.]+) +([\d.]+) +([\d,]+)  (\S+)", text, re.M)
    (total,) = re.findall(r"^ +Jumlah +([\d.]+) +([\d.]+) +([\d.]+) +([\d.]+) +([\d.]+) +([\d,]+)", text, re.M)
    numbers = [[int(value.replace(".", "")) for value in row[:5]] for row in rows]
    assert len(rows) == 14
    assert [sum(column) for column in zip(*numbers, strict=True)] == [
        int(value.replace(".", "")) for value in total[:5]
    ]
    for row, values in zip((*rows, total), (*numbers, [int(v.replace(".", "")) for v in total[:5]]), strict=True):
        assert float(row[5].replace(",", ".")) == pytest.approx(100 * values[4] / values[1], abs=0.051), row
    assert sum(row[6] == "1" for row in rows) == 9


def test_nobody_of_another_study_is_named(study: Project) -> None:
    strangers = {"id": ("Skerrin", "Merrow", "Olsen"), "en": ("Wonolestari", "Guyub", "Sumberlumbu")}[study.language]
    assert not [word for text in texts(study).values() for word in strangers if word in text]


def test_ages_in_the_texts_are_those_of_the_people(study: Project) -> None:
    ages = {row.code: row.age for row in informants(study)}
    told = re.compile(r"^([A-Z]{2}) \((\d\d)\):", re.M)
    found = {(code, int(age)) for text in texts(study).values() for code, age in told.findall(text)}
    assert found
    assert {(code, ages[code]) for code, _ in found} == found


def test_sentences_and_turns_lie_in_order(study: Project) -> None:
    for row in sources(study):
        body = source_text(study, row.guid)
        assert all(first[1] <= second[0] for first, second in pairwise(body.sentences))
        assert all(not (a.start < b.end and b.start < a.end) for a, b in combinations(body.turns, 2))


def test_licence_and_authors_stand_beside_the_texts() -> None:
    for folder in sample.FOLDERS.values():
        said = (folder / "README.txt").read_text(encoding="utf-8")
        assert "Licence: MIT" in said
        assert "Authors:" in said
        assert "invented" in said
    assert (Path(sample.FOLDER).parents[1] / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")


def test_the_conclusion_has_something_to_look_at(study: Project) -> None:
    made = conclusions(study)
    assert len(made.sentences) >= 3
    assert len(made.without_evidence) == 1
    assert {one.trouble for one in made.contradictions} == {"one_sided"}
    assert len({one.sentence for one in made.contradictions}) == 1
    assert made.unused
    assert not made.outdated


def test_the_framework_matrix_is_begun(study: Project) -> None:
    matrix = framework_matrix(study, "edward3")
    assert matrix.written >= 6
    assert matrix.stale == 0
    assert all(cell.summary.rests_on for row in matrix.rows for cell in row.cells if cell.summary is not None)


def test_two_recommendations_answer_factors_and_others_are_open(study: Project) -> None:
    written = recommendations(study)
    assert len(written) == 2
    assert all(row.factors for row in written)
    assert unanswered(summarise(study), written)


def test_sides_of_factors_are_summed_up_and_matrices_pinned(study: Project) -> None:
    written = side_findings(study, summarise(study))
    assert len(written) >= 2
    assert not any(finding.stale for finding in written.values())
    assert pinned(study)
    assert all(counted(study, one.analysis).rows for one in pinned(study))


def test_topics_tell_what_a_mixed_indicator_is_made_of(large: Project) -> None:
    row = row_named(triangulate(large, "edward3", "method", level="indicator"), "edward3.resources.facilities")
    assert [topic.status for topic in row.topics] == ["convergent", "partial", "partial", "convergent"]
    assert {guid for topic in row.topics for cell in topic.cells for guid in cell.segment_ids} == {
        guid for cell in row.cells for guid in cell.segment_ids
    }
