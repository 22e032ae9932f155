"""The engine's numbers against the rules written plainly, over studies made up by the hundred."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import plain_rules as plain
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coding.analysis.factors import summarise
from coding.analysis.filters import EvidenceChoice
from coding.analysis.triangulation import triangulate
from coding.codes.queries import code_guid
from coding.codes.topics import add_topic, set_topic
from coding.errors import CodingError
from coding.project import Project
from coding.segments.editing import remove, set_reported, set_valence, tag
from coding.transcripts.drafts import Draft, DraftTurn, Speaker
from coding.transcripts.intake import store_draft

DIMENSIONS = {
    "organization": "jones.organization",
    "actors": "jones.organization.actors",
    "methods": "jones.organization.methods",
    "interpretation": "jones.interpretation",
    "directives": "jones.interpretation.directives",
}
AT_DIMENSION = {
    "organization": "organization",
    "actors": "organization",
    "methods": "organization",
    "interpretation": "interpretation",
    "directives": "interpretation",
}
INFORMANTS = ("AS", "BP", "CK")
TOPICS = ("actors", "interpretation")
"""An indicator and a dimension that have topics inside."""
WORDS = ("antre", "lama", "“kartu”", "sudah", "jadi.", "😀", "syarat")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "t.telaah"
    Project.create(path, "Uji", frameworks=["jones", "edward3"], coder="A").close()
    return path


@st.composite
def sources(draw: st.DrawFn, name: str) -> plain.PlainSource:
    method = draw(st.sampled_from(["interview", "focus_group", "observation", "document"]))
    text, turns = "", []
    for who in draw(st.lists(st.sampled_from([*INFORMANTS, "researcher", None, "gap"]), max_size=5)):
        words = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7)))
        if who != "gap":
            text += "X: "
            turns.append(plain.PlainTurn(len(text), len(text) + len(words), who))
        text += words + "\n \n"
    text += name + " akhir"  # no two sources may have the same text
    date = draw(st.sampled_from([None, "2026-05-12", "2026-06-01"]))
    counted = draw(st.booleans()) or draw(st.booleans())
    place = draw(st.sampled_from([None, "Melati", "Kenanga"]))
    return plain.PlainSource(name, method, text, tuple(turns), date, counted, place)


@st.composite
def studies(draw: st.DrawFn) -> plain.PlainStudy:
    study = plain.PlainStudy()
    for name in ("S1", "S2")[: draw(st.integers(1, 2))]:
        study.sources[name] = draw(sources(name))
    seen: set[tuple[Any, ...]] = set()
    for number in range(draw(st.integers(0, 9))):
        source = study.sources[draw(st.sampled_from(sorted(study.sources)))]
        start = draw(st.integers(0, len(source.text) - 1))
        end = draw(st.integers(start + 1, min(len(source.text), start + 40)))
        code = draw(st.sampled_from(sorted(DIMENSIONS)))
        coder = draw(st.sampled_from("AB"))
        if not source.text[start:end].strip() or (source.name, start, end, code, coder) in seen:
            continue
        seen.add((source.name, start, end, code, coder))
        valence = draw(st.sampled_from(["supporting", "inhibiting", "neutral", None]))
        guid = f"00000000-0000-4000-8000-{number:012d}"
        star = draw(st.integers(0, 4)) == 0
        reported = draw(st.integers(0, 3)) == 0
        topic = draw(st.sampled_from([None, "t1", "t2"])) if code in TOPICS else None
        study.segments.append(
            plain.PlainSegment(guid, source.name, start, end, code, valence, coder, star, reported, topic)
        )
    for source in study.sources.values():
        for turn in source.turns:
            if turn.who in INFORMANTS and turn.who not in study.informants:
                study.informants.append(turn.who)
    return study


def store(study: plain.PlainStudy, project: Project) -> None:
    guids = {}
    for source in study.sources.values():
        people = list(dict.fromkeys(turn.who for turn in source.turns))
        kinds = {None: "unknown", "researcher": "researcher"}
        speakers = tuple(
            Speaker(str(who), kinds.get(who, "informant"), code=who if who in INFORMANTS else None)  # type: ignore[arg-type]
            for who in people
        )
        turns = tuple(DraftTurn(t.start, t.end, t.start - 3, t.start - 1, people.index(t.who)) for t in source.turns)
        draft = Draft(source.name, source.text, source.method, source.date, turns=turns, speakers=speakers)  # type: ignore[arg-type]
        draft = replace(draft, place=source.place)
        with project.operation("Import") as op:
            guids[source.name] = store_draft(op, draft)
    with project.operation("Leave out") as op:
        for source in study.sources.values():
            if not source.counted:
                op.raw().execute("UPDATE source SET left_out = 1 WHERE name = ?", (source.name,))
    topics = {}
    with project.operation("Topics") as op:
        for name in TOPICS:
            code = code_guid(op.session, DIMENSIONS[name])
            topics |= {(name, topic): add_topic(op, code, topic) for topic in ("t1", "t2")}
    for coder in "AB":
        with project.operation("Tag", coder=coder) as op:
            for s in study.segments:
                if s.coder == coder:
                    code = code_guid(op.session, DIMENSIONS[s.row])
                    tag(op, guids[s.source], s.start, s.end, code, s.valence, guid=s.guid, exemplar=s.star)  # type: ignore[arg-type]
                    set_reported(op, s.guid, s.reported)
                    if s.topic is not None:
                        assert set_topic(op, [s.guid], topics[s.row, s.topic]) == 1


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("studies")


@contextmanager
def opened(study: plain.PlainStudy, template: Path, folder: Path) -> Iterator[Project]:
    path = folder / "study.telaah"
    shutil.copy(template, path)
    with Project.open(path, coder="A") as project:
        store(study, project)
        yield project


EVERYTHING = plain.PlainFilter()


def claims(
    study: plain.PlainStudy, rows: dict[str, str], choice: plain.PlainFilter = EVERYTHING
) -> list[tuple[str, plain.PlainSegment, str]]:
    counted = [s for s in study.segments if choice.leaves(study, s)]
    return [(rows[s.row], s, voice) for s in counted for voice in study.voices(s)]


def column_of(study: plain.PlainStudy, kind: str, segment: plain.PlainSegment, voice: str) -> str | None:
    source = study.sources[segment.source]
    if kind == "method":
        return source.method
    if kind == "time":
        return source.date[:7] if source.date else None
    if not voice.startswith("source:"):
        return voice
    return source.method if source.method in ("observation", "document") else None


def expect_matrix(
    study: plain.PlainStudy,
    matrix: Any,
    kind: str,
    rows: dict[str, str],
    threshold: Fraction,
    choice: plain.PlainFilter = EVERYTHING,
) -> None:
    evidence = claims(study, rows, choice)
    codes = {DIMENSIONS[name]: name for name in rows.values()}
    for row in matrix.rows:
        stances = []
        for cell in row.cells:
            name = codes.get(row.code)
            if name is not None and row.part == "dimension" and matrix.level == "indicator":
                name = None
            pairs = [(s, v) for r, s, v in evidence if r == name and column_of(study, kind, s, v) == cell.column]
            wanted = plain.cell(study, pairs, threshold)
            got = (set(cell.segment_ids), cell.passages, cell.informants, cell.voices, cell.stance)
            assert got == (wanted.segments, wanted.passages, wanted.informants, wanted.voices, wanted.stance)
            assert cell.segments == len(cell.segment_ids) == len(set(cell.segment_ids))
            assert cell.passages == sum(voice.passages for voice in cell.split)
            stars = [s.guid for s in study.segments if s.star and s.guid in wanted.segments]
            assert set(cell.exemplars) <= wanted.segments
            assert not stars or set(cell.exemplars) == set(stars)
            assert bool(cell.exemplars) == bool(wanted.segments)
            if cell.column is not None:
                stances.append(cell.stance)
        assert row.status == plain.status(stances)
        assert row.coverage == (sum(s != "silent" for s in stances), len(stances))
    shown = {guid for row in matrix.rows for cell in row.cells for guid in cell.segment_ids}
    assert shown == {s.guid for _, s, _ in evidence}


QUICK = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@QUICK
@given(study=studies(), kind=st.sampled_from(["source", "method", "time"]), percent=st.integers(51, 100))
def test_cells_statuses_and_coverage(
    study: plain.PlainStudy, kind: Any, percent: int, template: Path, folder: Path
) -> None:
    threshold = Fraction(percent, 100)
    with opened(study, template, folder) as project:
        matrix = triangulate(project, "jones", kind, threshold=threshold)
        expect_matrix(study, matrix, kind, AT_DIMENSION, threshold)
        fine = triangulate(project, "jones", kind, level="indicator", threshold=threshold)
        expect_matrix(study, fine, kind, {name: name for name in DIMENSIONS}, threshold)


@QUICK
@given(study=studies())
def test_factor_sides(study: plain.PlainStudy, template: Path, folder: Path) -> None:
    with opened(study, template, folder) as project:
        found = summarise(project, "jones", "dimension")
    for row in found.rows:
        name = row.code.removeprefix("jones.")
        pairs = [(s, v) for r, s, v in claims(study, AT_DIMENSION) if r == name]
        formed = [p for v in {v for _, v in pairs} for p in plain.passages(study, [s for s, w in pairs if w == v])]
        for side, valence in ((row.supporting, "supporting"), (row.inhibiting, "inhibiting"), (row.neutral, "neutral")):
            mine = [(s, v) for s, v in pairs if s.valence == valence]
            assert side.segments == len({s.guid for s, _ in mine})
            assert side.passages == sum(any(s.valence == valence for s in p) for p in formed)
            assert side.informants == len({v for _, v in mine if not v.startswith("source:")})
        assert row.contested == bool(row.supporting.segments and row.inhibiting.segments)
        assert row.unmarked == len({s.guid for s, _ in pairs if s.valence is None})
    order = [
        (not (r.supporting.segments + r.inhibiting.segments + r.neutral.segments + r.unmarked), -r.informants)
        for r in found.rows
    ]
    assert order == sorted(order)


@QUICK
@given(study=studies(), data=st.data())
def test_warm_evidence_is_what_a_fresh_look_gives(
    study: plain.PlainStudy, data: st.DataObject, template: Path, folder: Path
) -> None:
    with opened(study, template, folder) as project:
        triangulate(project, "jones")
        for _ in range(data.draw(st.integers(0, 4))):
            guids = [s.guid for s in study.segments]
            what = data.draw(st.sampled_from(["remove", "valence", "undo", "redo"]))
            if what in ("remove", "valence") and guids:
                guid = data.draw(st.sampled_from(guids))
                with project.operation("Change") as op:
                    remove(op, [guid]) if what == "remove" else set_valence(op, [guid], "neutral")
            elif what == "undo":
                with suppress(CodingError):  # an import whose text others have coded stays
                    project.undo()
            else:
                project.redo()
            warm = triangulate(project, "jones", level="indicator")
            with closing(project.reader()) as reader:
                fresh = triangulate(reader, "jones", level="indicator")
            assert fresh == warm


@st.composite
def filters(draw: st.DrawFn) -> plain.PlainFilter:
    days = st.sampled_from([None, "2026-05-12", "2026-05-13", "2026-06-01"])
    since, until = draw(days), draw(days)
    places = draw(st.sampled_from([(), ("Melati",), ("Melati", "Kenanga"), ("Seroja",)]))
    coders = draw(st.sampled_from([(), ("A",), ("B",), ("A", "B"), ("Z",)]))
    return plain.PlainFilter(since, until, places, coders, draw(st.booleans()), draw(st.integers(0, 3)) == 0)


@QUICK
@given(study=studies(), kind=st.sampled_from(["source", "method", "time"]), choice=filters())
def test_what_a_filter_leaves(
    study: plain.PlainStudy, kind: Any, choice: plain.PlainFilter, template: Path, folder: Path
) -> None:
    asked = EvidenceChoice(**asdict(choice))
    with opened(study, template, folder) as project:
        whole = triangulate(project, "jones", kind)
        matrix = triangulate(project, "jones", kind, choice=asked)
        expect_matrix(study, matrix, kind, AT_DIMENSION, Fraction(1), choice)
        fine = triangulate(project, "jones", kind, level="indicator", choice=asked)
        expect_matrix(study, fine, kind, {name: name for name in DIMENSIONS}, Fraction(1), choice)
        factors = summarise(project, "jones", "dimension", asked)
    if asked.everything:
        assert matrix == whole
    else:
        assert matrix.whole == whole
        assert [row.place for row in matrix.rows] == [row.place for row in whole.rows]
        assert "filtered" in matrix.notices[0].msgid
        assert dict(matrix.notices[0].params) == {
            "count": len({s.guid for _, s, _ in claims(study, AT_DIMENSION, choice)}),
            "total": len({s.guid for _, s, _ in claims(study, AT_DIMENSION)}),
        }
    for factor in factors.rows:
        mine = [s for r, s, _ in claims(study, AT_DIMENSION, choice) if factor.code == DIMENSIONS[r]]
        for side, valence in ((factor.supporting, "supporting"), (factor.inhibiting, "inhibiting")):
            assert set(side.segment_ids) == {s.guid for s in mine if s.valence == valence}


@QUICK
@given(study=studies(), kind=st.sampled_from(["source", "method", "time"]), choice=filters())
def test_rows_of_topics(
    study: plain.PlainStudy, kind: Any, choice: plain.PlainFilter, template: Path, folder: Path
) -> None:
    with opened(study, template, folder) as project:
        matrix = triangulate(project, "jones", kind, level="indicator", choice=EvidenceChoice(**asdict(choice)))
        coarse = triangulate(project, "jones", kind)
    assert all(row.topics == () for row in coarse.rows)
    evidence = claims(study, {name: name for name in DIMENSIONS}, choice)
    spoken = claims(study, {name: name for name in DIMENSIONS})
    for row in matrix.rows:
        name = next((n for n in DIMENSIONS if DIMENSIONS[n] == row.code), None)
        used = {s.topic for r, s, _ in spoken if r == name}
        wanted = [t for t in ("t1", "t2") if t in used]
        wanted += ["no topic"] if wanted and None in used else []
        assert [one.label.en for one in row.topics] == wanted
        for one in row.topics:
            topic = None if one.topic == "" else one.label.en
            assert (one.part, one.code, one.parent) == ("topic", row.code, row.code)
            for cell in one.cells:
                pairs = [
                    (s, v)
                    for r, s, v in evidence
                    if r == name and s.topic == topic and column_of(study, kind, s, v) == cell.column
                ]
                expected = plain.cell(study, pairs, Fraction(1))
                got = (set(cell.segment_ids), cell.passages, cell.informants, cell.voices, cell.stance)
                assert got == (
                    expected.segments, expected.passages, expected.informants, expected.voices, expected.stance
                )  # fmt: skip
            assert one.status == plain.status([c.stance for c in one.cells if c.column is not None])
        if row.topics:
            for i, cell in enumerate(row.cells):
                inside = [guid for one in row.topics for guid in one.cells[i].segment_ids]
                assert sorted(inside) == sorted(cell.segment_ids)
