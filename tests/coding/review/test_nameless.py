"""An anonymised package or page holds no name that the study knows, wherever the study wrote it."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import String, select

from coding.analysis.pinned import Analysis, pin, pinned
from coding.codes.editing import new_open_code
from coding.codes.own_frameworks import new_framework
from coding.codes.queries import code_guid, frameworks
from coding.codes.topics import add_topic
from coding.errors import CodingError
from coding.findings.conclusions import write_sentence
from coding.findings.recommendations import write_recommendation
from coding.informants.editing import set_attribute
from coding.informants.tables import TableRow, store_table
from coding.memos.editing import add_page, set_memo
from coding.privacy.known import known, set_never
from coding.project import Project
from coding.reports.options import ReportOptions
from coding.reports.saved import save_report, saved_reports
from coding.review import anonymising, extract
from coding.review.answers import write_answers
from coding.review.extract import Chosen
from coding.review.names import Names
from coding.review.packages import open_package, write_package
from coding.review.page import write_page
from coding.review.preview import incoming
from coding.review.proposals import propose_removal
from coding.review.remarks import add_comment, set_verdict, verdicts
from coding.review.rows import Target
from coding.review.settling import settle
from coding.review.team import is_blind, set_blind
from coding.segments.editing import set_memo as set_segment_memo
from coding.segments.editing import tag
from coding.segments.queries import segments
from coding.store.checking import check
from coding.store.models import Base, Finding, Informant, JudgementRow, MaskKey, Segment, Source
from coding.transcripts.drafts import Draft, DraftTurn, Speaker
from coding.transcripts.editing_text import apply_edit
from coding.transcripts.intake import store_draft
from coding.transcripts.queries import source_text, sources
from coding.words import Words

ID = Words("id")
NAMES = ("sulastri", "wahyuni", "hartono", "kuncoro", "0812-5550-1234", "slw", "rahasia bu lastri")
"""In small letters: people in the study, what its key masks, the initials of one."""
SAID = "Bu Sulastri Wahyuni bilang: sulastri menunggu. Kata Sulastrinya lama, SULASTRI! Pak Hartono (SLW) pergi."
STRUCTURE = {
    "attribute": {"kind"},
    "code": {"level"},
    "coder": {"role", "name", "initials"},
    "comment": {"target_table", "target_guid", "reply_to", "created_at", "modified_at"},
    "conclusion": {"created_at", "modified_at"},
    "done_mark": {"at"},
    "finding": {"view", "part", "scope", "basis", "created_at", "modified_at"},
    "informant": {"code", "code_folded", "category", *anonymising.LEFT_OUT},
    "journal_entry": {"date", "created_at", "modified_at"},
    "judgement": {"view", "part", "status", "basis", "created_at", "modified_at"},
    "memo": {"target_table", "target_guid", "created_at", "modified_at"},
    "preference": {"key", "value"},
    "project": {"language", "created_at"},
    "proposal": {"segment_guid", "kind", "code_guid", "valence", "text_hash", "state", "answered_by", "created_at",
                 "modified_at"},
    "saved_view": {"kind"},
    "segment": {"valence", "created_at", "modified_at"},
    "settlement": {"text_hash", "valence", "created_at", "modified_at"},
    "source": {"name", "method", "date", "sentences", "segmenter", "file_name", "file_hash", "imported_at", "anchors"},
    "turn": {"kind"},
    "verdict": {"target_table", "target_guid", "verdict", "basis", "at"},
}  # fmt: skip
"""Columns that nobody writes words into, and those that `anonymise` renames or empties one by one."""


def test_every_column_with_words_is_looked_through() -> None:
    for table in Base.metadata.sorted_tables:
        if table.name in extract._NEVER:
            continue
        written = {c.name for c in table.columns if isinstance(c.type, String)} - {"guid"}
        masked = (anonymising.WRITTEN, anonymising.JSON, anonymising.KEYS)
        looked = {column for columns in masked for column in columns.get(table.name, ())}
        assert written == looked | STRUCTURE.get(table.name, set()), table.name


def plant(project: Project) -> None:
    """Write names wherever a study can."""
    with project.operation("Import", source="Wawancara Sulastri") as op:
        text = f"A: {SAID}\nHartono Kuncoro: Ya."
        turns = (
            DraftTurn(3, 3 + len(SAID), 0, 2, 0),
            DraftTurn(len(text) - 3, len(text), len(SAID) + 4, len(text) - 4, 1),
        )
        people = (Speaker("A", "informant", code="A"), Speaker("Hartono Kuncoro", "informant", code="Hartono Kuncoro"))
        draft = Draft("Wawancara Sulastri", text, "interview", speakers=people, turns=turns, file_name="Sulastri.docx",
                      place="Rumah Sulastri")  # fmt: skip
        source = store_draft(op, draft)
        store_draft(op, Draft("Kunjungan", "Sulastri di rumah Pak Kuncoro.", "document"))
    with project.operation("Edit") as op:
        apply_edit(op, source, text.replace("pergi.", "pulang."))
    with project.operation("Informants") as op:
        store_table(op, [TableRow("A", {"name": "Sulastri Wahyuni", "initials": "SLW", "role": "Istri Hartono",
                                        "pseudonym": "Melati", "group": "Kelompok Bu Sulastri"}, {})])  # fmt: skip
        guid = op.session.scalars(select(Informant.guid).where(Informant.code == "A")).one()
        set_attribute(op, guid, "Tetangga Hartono", "Sulastri")
        set_memo(op, "informant", guid, "Sulastri ramah")
        set_memo(op, "source", source, "rumah SULASTRI")
        op.session.scalars(select(Informant)).first().remark = "istri Kuncoro"  # type: ignore[union-attr]
        op.session.add(MaskKey(replacement="[telepon 1]", original="0812-5550-1234", kind="phone"))
        add_page(op, "Sulastri", "Menelepon 0812-5550-1234, tetangga Wahyuni")
        set_memo(op, "project", project.guid, "Sulastri menolong")
    with project.operation("Codes") as op:
        code = new_open_code(op, "kasus Sulastri")
        new_framework(op, "Teori Sulastri", "")
        topic = add_topic(op, code, "soal Hartono")
        staff = code_guid(op.session, "edward3.resources.staff")
        first = tag(op, source, 3, 40, staff, "supporting", memo="kata Sulastri")
        tag(op, source, 40, 60, code)
        op.session.scalars(select(Segment).where(Segment.code_id != 0)).first().topic_id = None  # type: ignore[union-attr]
        assert topic
        set_segment_memo(op, first, "bukan Wahyuni")
        row = op.session.scalars(select(Segment).where(Segment.guid == first)).one()
        finding = Finding(view="source", code_id=row.code_id, part="indicator", columns_by="Tetangga Hartono",
                          scope="cell", column="Hartono Kuncoro", text="Sulastri sabar", basis="",
                          coder_id=op.coder_id)  # fmt: skip
        other = Finding(view="source", code_id=row.code_id, part="indicator", columns_by="informant", scope="cell",
                        column="A", text="x", basis="", coder_id=op.coder_id)  # fmt: skip
        op.session.add_all([finding, other])
        op.session.add(JudgementRow(view="source", code_id=row.code_id, part="indicator", status="single",
                                    columns_by="Tetangga Hartono", reason="hanya Sulastri", basis="",
                                    coder_id=op.coder_id))  # fmt: skip
        op.session.flush()
        write_sentence(op, None, "Sulastri puas.")
        write_recommendation(op, None, "Dengarkan Sulastri", [])
        settle(op, source, 3, 14, "edward3.resources.staff", put=True, reason="kata Hartono")
        pin(op, "Menurut Sulastri", Analysis("matrix", "edward3"))
        save_report(op, "Laporan Sulastri", ReportOptions(language="id"), Path("/home/x/Sulastri Wahyuni/bab4.docx"))
        set_never(op, "name", ["Rahasia Bu Lastri"])  # type: ignore[arg-type]
    project.add_coder("Sulastri", "supervisor")
    with project.operation("Review", "Sulastri") as op:
        target = Target("segment", first)
        set_verdict(op, target, "question")
        add_comment(op, target, "Benarkah Wahyuni?")
        set_verdict(op, Target("finding", finding.guid), "agreed")
        propose_removal(op, first, "Hartono saja")
    with project.operation("Rename") as op:
        row = op.session.scalars(select(Source).where(Source.guid == source)).one()
        row.name = "Hartono dan Sulastri"
    project.prefer("order", ["Hartono", "Sulastri"])
    set_blind(project, True)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    made = Project.create(tmp_path / "study.telaah", "Studi Sulastri", frameworks=["edward3"], coder="Hartono Kuncoro")
    with made as project:
        plant(project)
        yield project


LEAST = 5
"""Shorter names stand by chance in what is compressed."""


def named_in(package: Path) -> list[str]:
    """The names that stand in what is in the package, and in the package itself, upper and lower case alike."""
    with zipfile.ZipFile(package) as file:
        parts = b"\n".join(file.read(name) + name.encode() for name in file.namelist())
    inside, packed = parts.decode("utf-8", "replace").lower().encode(), package.read_bytes().lower()
    return [one for one in NAMES if one.encode() in inside or (len(one) >= LEAST and one.encode() in packed)]


def test_not_one_name_is_in_the_bytes_of_a_package(study: Project, tmp_path: Path) -> None:
    package = tmp_path / "a.telaah-review"
    write_package(study, package, Chosen(anonymised=True), coder=study.coder)
    assert named_in(package) == []
    with open_package(package, tmp_path / "work", coder="Dr. Rini") as opened:
        assert check(opened.path).problems == ()
        said = source_text(opened, sources(opened)[0].guid).text
        assert said == (
            "Informan 1: Bu Informan 1 bilang: Informan 1 menunggu. Kata Informan 1nya lama, Informan 1! "
            "Pak Informan 2 (Informan 1) pulang.\nInforman 2: Ya."
        )
        assert [s.code for s in segments(opened)] == ["edward3.resources.staff", "kasus Informan 1"]
        assert (pinned(opened)[0].name, saved_reports(opened)[0].file) == ("Menurut Informan 1", None)
        assert known(opened).never == set()
        assert is_blind(opened)
        assert [f.key for f in frameworks(opened)] == ["edward3", "teori_informan_1"]
        with opened.read() as session:
            assert sorted(map(str, session.scalars(select(Finding.column)))) == ["Informan 1", "Informan 2"]
        for found in verdicts(opened, [Target("segment", segments(opened)[0].guid)]).values():
            assert [(row.coder, row.changed) for row in found] == [("Pengode 2", False)]


def test_who_stays_at_home_is_not_named_either(study: Project, tmp_path: Path) -> None:
    other = next(row.guid for row in sources(study) if row.name == "Kunjungan")
    package = tmp_path / "a.telaah-review"
    write_package(study, package, Chosen(sources=(other,), anonymised=True))
    assert named_in(package) == []
    with open_package(package, tmp_path / "work") as opened:
        assert source_text(opened, sources(opened)[0].guid).text == "Informan 1 di rumah Pak Informan 2."


def test_no_name_is_on_a_page(study: Project, tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    write_page(study, page, Chosen(anonymised=True), ID)
    body = page.read_bytes().lower()
    assert [name for name in NAMES if name.encode() in body] == []


def test_what_a_masked_package_says_is_never_taken_for_what_was_written(study: Project, tmp_path: Path) -> None:
    package, out = tmp_path / "a.telaah-review", tmp_path / "b.telaah-review"
    write_package(study, package, Chosen(anonymised=True))
    with pytest.raises(CodingError) as error, incoming(package, study):
        pass
    assert error.value.code == "package_anonymised"
    with open_package(package, tmp_path / "work", coder="Dr. Rini") as opened:
        with opened.operation("Review") as op:
            add_comment(op, Target("segment", segments(opened)[0].guid), "Mengapa?")
        write_answers(opened, out)
    with incoming(out, study) as found:
        assert found.answers is not None


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Indah sekali; kata Bu indah, bukan Indah.", "X sekali; kata Bu X, bukan X."),
        ("Li dan lima Lili", "X dan lima Lili"),
        ("pemandangan indah", "pemandangan indah"),
        ("wawancara_sumarni2.docx, sumarnilah, sumarnian", "wawancara_X2.docx, Xlah, sumarnian"),
        ("KD menulis KD-1, kd, B: ya", "X menulis X-1, kd, B: ya"),
        ("B: ya, B saja", "X: ya, B saja"),
        ("B", "X"),
    ],
)
def test_what_is_a_name_and_what_is_not(text: str, masked: str) -> None:
    names = Names("?")
    for code, name in (("KD", "Indah"), ("B", "Sumarni"), ("L1", "Li")):
        names.learn(code, name, None, None, "X")
    assert names.apply(text) == masked
    assert json.loads(names.in_json(json.dumps({text: [text, 1]}))) == {masked: [masked, 1]}
