"""Sources given to coders, coding blind, and settling what coders disagree on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from coding.analysis.agreed import set_agreed_counts, standing
from coding.analysis.agreement import agree
from coding.analysis.factors import summarise
from coding.analysis.filters import EVERYTHING, EvidenceChoice
from coding.analysis.triangulation import triangulate
from coding.codes.adopt import adopt_builtin
from coding.codes.queries import code_guid
from coding.errors import CodingError
from coding.project import Project
from coding.reports.build import report_tables
from coding.reports.makers import Results
from coding.reports.method_section import read_coding
from coding.reports.options import ReportOptions
from coding.reports.tables import Narrative, Table
from coding.review.glance import glance
from coding.review.settling import make_agreed_version, settle, settlements, unsettle, unsettled
from coding.review.team import assign, distribute, is_blind, set_blind, shares, who_codes
from coding.segments.done import set_done
from coding.segments.editing import tag
from coding.segments.queries import segments
from coding.store.models import Segment
from coding.transcripts.drafts import Draft, DraftTurn, Speaker
from coding.transcripts.editing_text import apply_edit
from coding.transcripts.intake import store_draft
from coding.transcripts.queries import source_text, sources
from coding.words import Words

EN = Words("en")
WORDS = ["Petugasnya ramah.", "Syaratnya berubah-ubah 😀.", "Kami antre lama.", "Uangnya cair."]
CLARITY, STAFF = "edward3.communication.clarity", "edward3.resources.staff"


def talk(name: str, times: int = 1) -> Draft:
    body = " ".join(WORDS * times)
    text = f"AS: {body}\n"
    cuts, at = [], 4
    for words in WORDS * times:
        cuts.append((at, at + len(words)))
        at += len(words) + 1
    return Draft(
        name, text, "interview", speakers=(Speaker("AS", "informant", code="AS"),),
        turns=(DraftTurn(4, 4 + len(body), 0, 3, 0),), sentences=tuple(cuts), segmenter="x",
    )  # fmt: skip


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("team") / "study.telaah"
    with Project.create(path, "Studi", frameworks=["edward3"], coder="Ani") as project:
        for number in range(6):
            with project.operation("Import") as op:
                store_draft(op, talk(f"W{number}", number + 1))
        for name in ("Budi", "Citra"):
            project.add_coder(name)
    return path


@pytest.fixture
def study(template: Path, tmp_path: Path) -> Iterator[Project]:
    path = tmp_path / "study.telaah"
    shutil.copy(template, path)
    with Project.open(path, coder="Ani") as project:
        yield project


def code_by(project: Project, coder: str, marks: dict[int, tuple[str, str | None]], source: int = 0) -> None:
    """The coder tags sentences of a source by their number, and is done with it."""
    row = sources(project)[source]
    cuts = source_text(project, row.guid).sentences
    with project.operation("Tag", coder) as op:
        for number, (path, valence) in marks.items():
            tag(op, row.guid, *cuts[number], code_guid(op.session, path), valence)  # type: ignore[arg-type]
        set_done(op, row.guid, True)


class TestShares:
    def test_a_source_is_given_and_taken_back(self, study: Project) -> None:
        guid = sources(study)[1].guid
        with study.operation("Assign") as op:
            assign(op, guid, "Budi", True)
            assign(op, guid, "Citra", True)
            assign(op, guid, "Citra", True)
        assert [set(row.assigned) for row in shares(study)][:2] == [set(), {"Budi", "Citra"}]
        with study.operation("Take back") as op:
            assign(op, guid, "Budi", False)
        assert shares(study)[1].assigned == {"Citra"}
        study.undo()
        assert shares(study)[1].assigned == {"Budi", "Citra"}
        with pytest.raises(CodingError), study.operation("Assign") as op:
            assign(op, guid, "Nobody", True)

    @settings(max_examples=20, deadline=None)
    @given(together=st.integers(0, 8), coders=st.sets(st.sampled_from(["Ani", "Budi", "Citra"]), min_size=1))
    def test_all_is_given_once_but_for_the_shared_sample(
        self, template: Path, tmp_path_factory: pytest.TempPathFactory, together: int, coders: set[str]
    ) -> None:
        path = tmp_path_factory.mktemp("d") / "study.telaah"
        shutil.copy(template, path)
        with Project.open(path, coder="Ani") as project:
            with project.operation("Distribute") as op:
                common = distribute(op, sorted(coders), together)
            rows = shares(project)
            assert common == min(together, len(rows))
            assert sum(row.assigned == coders for row in rows) == (len(rows) if len(coders) == 1 else common)
            assert all(len(row.assigned) == 1 for row in rows if row.assigned != coders)
            load = [sum(row.words for row in rows if name in row.assigned) for name in sorted(coders)]
            assert max(load) - min(load) <= max(row.words for row in rows)

    def test_blind_is_kept_and_no_step(self, study: Project) -> None:
        assert not is_blind(study)
        before = study.next_undo
        set_blind(study, True)
        assert is_blind(study)
        assert study.next_undo == before
        set_blind(study, False)
        assert not is_blind(study)


class TestSettling:
    def test_decisions_make_the_agreed_version(self, study: Project) -> None:
        code_by(study, "Ani", {0: (STAFF, "supporting"), 1: (CLARITY, "inhibiting"), 2: (STAFF, None)})
        code_by(study, "Budi", {0: (STAFF, "neutral"), 1: (CLARITY, "inhibiting"), 3: (CLARITY, "supporting")})
        open_ones = unsettled(study, "edward3")
        assert [(one.text, one.code) for one in open_ones] == [
            ("Petugasnya ramah.", STAFF), ("Kami antre lama.", STAFF), ("Uangnya cair.", CLARITY),
        ]  # fmt: skip
        way, first, second = open_ones
        assert way.said == (("Ani", True, "supporting"), ("Budi", True, "neutral"))
        assert second.said == (("Ani", False, None), ("Budi", True, "supporting"))
        with study.operation("Settle") as op:
            settle(op, first.source_guid, first.start, first.end, STAFF, put=True, valence="inhibiting", reason="antre")
        with study.operation("Settle") as op:
            guid = settle(op, second.source_guid, second.start, second.end, CLARITY, put=False, reason="soal uang")
        assert unsettled(study, "edward3") == [way]
        assert [(row.put, row.reason, row.coder) for row in settlements(study)] == [
            (True, "antre", "Ani"), (False, "soal uang", "Ani"),
        ]  # fmt: skip
        with study.operation("Agreed version") as op:
            assert make_agreed_version(op, study, "Kesepakatan", "edward3") == 3
        made = [(row.text, row.code, row.valence) for row in segments(study) if row.coder == "Kesepakatan"]
        assert made == [
            ("Petugasnya ramah.", STAFF, None),
            ("Syaratnya berubah-ubah 😀.", CLARITY, "inhibiting"),
            ("Kami antre lama.", STAFF, "inhibiting"),
        ]
        assert len([row for row in segments(study) if row.coder != "Kesepakatan"]) == 6
        with study.operation("Reopen") as op:
            unsettle(op, guid)
        assert [one.code for one in unsettled(study, "edward3")] == [STAFF, CLARITY]

    def test_making_it_again_replaces_it_and_undo_brings_the_former_back(self, study: Project) -> None:
        code_by(study, "Ani", {0: (STAFF, "supporting"), 1: (STAFF, "supporting")})
        code_by(study, "Budi", {0: (STAFF, "supporting"), 1: (STAFF, "supporting")})
        for _ in range(2):
            with study.operation("Agreed version") as op:
                assert make_agreed_version(op, study, "Kesepakatan") == 1
        (one,) = (row for row in segments(study) if row.coder == "Kesepakatan")
        assert one.text == "Petugasnya ramah. Syaratnya berubah-ubah 😀."
        study.undo()
        study.undo()
        assert "Kesepakatan" not in {row.coder for row in segments(study)}

    def test_a_decision_follows_its_words_and_the_agreed_version_is_no_coder_compared(self, study: Project) -> None:
        code_by(study, "Ani", {2: (STAFF, None)})
        code_by(study, "Budi", {})
        (one,) = unsettled(study)
        with study.operation("Settle") as op:
            settle(op, one.source_guid, one.start, one.end, STAFF, put=True)
        with study.operation("Edit") as op:
            text = source_text(study, one.source_guid).text
            apply_edit(op, one.source_guid, text.replace("Petugasnya ramah.", "Petugas di loket ramah 👍."))
        (row,) = settlements(study)
        assert source_text(study, one.source_guid).text[row.start : row.end] == "Kami antre lama."
        assert unsettled(study) == []
        with pytest.raises(CodingError) as refused, study.operation("Agreed version") as op:
            make_agreed_version(op, study, "Budi")
        assert refused.value.code == "agreed_version_coder"
        assert agree(study).coders == ("Ani", "Budi")


class TestCountingOnce:
    def test_the_agreed_version_counts_in_the_place_of_what_it_settles(self, study: Project) -> None:
        code_by(study, "Ani", {0: (STAFF, "supporting"), 1: (CLARITY, "inhibiting"), 2: (STAFF, None)})
        code_by(study, "Budi", {0: (STAFF, "supporting"), 1: (CLARITY, "inhibiting"), 3: (CLARITY, "supporting")})
        code_by(study, "Citra", {0: (CLARITY, "supporting")}, source=1)
        codings = {row.guid: row for row in segments(study)}
        assert counted(study) == 7
        for one in unsettled(study):
            with study.operation("Settle") as op:
                settle(op, one.source_guid, one.start, one.end, one.code, put=False)
        with study.operation("Agreed version") as op:
            assert make_agreed_version(op, study, "Kesepakatan") == 2
        agreed = {row.guid for row in segments(study)} - codings.keys()
        citra = {guid for guid, row in codings.items() if row.coder == "Citra"}
        with study.read() as session:
            assert set(session.scalars(select(Segment.guid).where(standing(session)))) == agreed | citra
        assert counted(study) == 3
        matrix = triangulate(study, "edward3")
        assert any("agreed version" in notice.say(EN) for notice in matrix.notices)
        budi = EvidenceChoice(coders=("Budi",))
        assert counted(study, budi) == 3
        for shown in (triangulate(study, "edward3", choice=budi), summarise(study, "edward3", "dimension", budi)):
            said = " ".join(notice.say(EN) for notice in shown.notices)
            assert "3 of 9 segments count" in said
            assert "agreed version" not in said
        with study.operation("Off") as op:
            set_agreed_counts(op, False)
        assert counted(study) == 7
        coding = read_coding(Results(study, ReportOptions()))
        assert (coding.segments, len(coding.coders)) == (7, 3)
        study.undo()
        assert counted(study) == 3
        by_coder = triangulate(study, "edward3", "investigator")
        assert [column.key for column in by_coder.columns] == ["Ani", "Budi", "Citra"]

    def test_it_stands_for_the_codes_it_was_made_for_alone(self, study: Project) -> None:
        with study.operation("Adopt") as op:
            adopt_builtin(op, "jones")
        other = "jones.organization"
        for coder in ("Ani", "Budi"):
            code_by(study, coder, {0: (STAFF, "supporting"), 1: (other, "supporting")})
        with study.operation("Agreed version") as op:
            assert make_agreed_version(op, study, "Kesepakatan", "edward3") == 1
        assert counted(study) == 1
        assert sum(row.cells[0].segments for row in triangulate(study, "jones").rows) == 2
        with study.read() as session:
            standing_ones = select(func.count()).select_from(Segment).where(standing(session))
            assert session.scalar(standing_ones) == 3


def counted(project: Project, choice: EvidenceChoice = EVERYTHING) -> int:
    """Coded segments in the first column of the rows."""
    return sum(row.cells[0].segments for row in triangulate(project, "edward3", choice=choice).rows)


def test_a_study_is_whose_who_was_there_first_of_those_who_code(tmp_path: Path) -> None:
    path = tmp_path / "study.telaah"
    with Project.create(path, "Studi", frameworks=["edward3"], coder="Ani") as project:
        with project.operation("Import") as op:
            source = store_draft(op, Draft("Catatan", "Satu. Dua. Tiga.", "document"))
        for coder, places in (("Budi", (0, 6)), ("Ani", (11,))):
            for start in places:
                with project.operation("Tag", coder) as op:
                    tag(op, source, start, start + 4, code_guid(op.session, STAFF))
            found = glance(path)
            assert found is not None
            assert found.researcher == coder


def test_the_section_on_method_counts_as_its_table_does(study: Project) -> None:
    for coder in ("Ani", "Budi"):
        code_by(study, coder, {0: (STAFF, "supporting"), 1: (CLARITY, "inhibiting")})
    with study.operation("Agreed version") as op:
        make_agreed_version(op, study, "Kesepakatan")
    assert [row.name for row in who_codes(study)] == ["Ani", "Budi", "Citra"]
    section, table = report_tables(study, EN, ReportOptions(tables=("method_section",)))[1:]
    assert isinstance(section, Narrative)
    assert isinstance(table, Table)
    assert "In all, 2 segments were coded" in section.paragraphs[-1].text
    assert table.rows[-1][3].text == "2"
