"""One code made of several, and several of one: nothing a coder decided is lost, and all of it can be undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from coding.codes.details import code_details
from coding.codes.editing import new_code, new_open_code, set_list, set_text
from coding.codes.links import link, links
from coding.codes.merging import merge, what_merging_does
from coding.codes.queries import open_codes
from coding.codes.rows import CodeRow, Merging
from coding.codes.splitting import split
from coding.codes.topics import add_topic, set_topic, topics
from coding.errors import CodingError
from coding.memos.editing import set_memo
from coding.project import Project
from coding.segments.editing import set_exemplar, set_reported
from coding.segments.queries import segments
from coding.segments.rows import SegmentRow
from coding.store.models import Code, Finding, FindingSegment, JudgementRow, Segment

Add = Callable[..., str]
Guid = Callable[[str], str]
Dump = Callable[[Path], Any]
Rows = Callable[[], dict[str, CodeRow]]
WORDS = "Syaratnya berubah dua kali, petugas bingung."


@pytest.fixture
def codes(project: Project, add: Add) -> dict[str, str]:
    add("W", [("RS", WORDS)])
    with project.operation("Make") as op:
        return {name: new_open_code(op, name) for name in ("aturan", "prosedur", "syarat")}


def by_text(project: Project, code: str) -> dict[tuple[str, str], SegmentRow]:
    return {(row.text, row.coder): row for row in segments(project, code=code)}


def finding(project: Project, code: str, text: str, segment: str | None = None) -> None:
    with project.operation("Write") as op:
        number = op.session.scalars(select(Code.id).where(Code.guid == code)).one()
        row = Finding(view="source", code_id=number, part="indicator", columns_by="informant", scope="row",
                      column=None, text=text, basis="[]", coder_id=op.coder_id)  # fmt: skip
        op.session.add(row)
        op.session.flush()
        if segment is not None:
            which = op.session.scalars(select(Segment.id).where(Segment.guid == segment)).one()
            op.session.add(FindingSegment(finding_id=row.id, segment_id=which))


def test_codings_of_one_coder_on_one_span_become_one(
    project: Project, codes: dict[str, str], code_words: Add, dump: Dump
) -> None:
    keep = code_words("W", "berubah dua kali", "aturan", memo="satu")
    same = code_words("W", "berubah dua kali", "prosedur", "inhibiting", memo="dua")
    code_words("W", "berubah dua kali", "prosedur", "supporting", coder="Budi")
    code_words("W", "berubah dua", "prosedur")
    third = code_words("W", "berubah dua kali", "syarat", "inhibiting", memo="tiga")
    with project.operation("Mark") as op:
        set_exemplar(op, third, True)
        set_reported(op, keep, True)
    assert what_merging_does(project, list(codes.values()), codes["aturan"]) == Merging(4, 2, 0, 2, 0, 0, 0)
    before = dump(project.path)
    with project.operation("Merge") as op:
        assert merge(op, [codes["prosedur"], codes["aturan"], codes["syarat"]], codes["aturan"]) == 3
    found = by_text(project, codes["aturan"])
    assert set(found) == {("berubah dua kali", "Ani"), ("berubah dua kali", "Budi"), ("berubah dua", "Ani")}
    one = found["berubah dua kali", "Ani"]
    assert (one.guid, one.valence, one.exemplar, one.reported) == (keep, "inhibiting", True, False)
    assert one.memo == "satu\n\ndua\n\ntiga"
    assert found["berubah dua kali", "Budi"].valence == "supporting"
    assert [code.path for code in open_codes(project)] == ["aturan"]
    assert same not in {row.guid for row in segments(project)}
    after = dump(project.path)
    project.undo()
    assert dump(project.path) == before
    project.redo()
    assert dump(project.path) == after


def test_a_direction_that_differs_is_written_into_the_memo(
    project: Project, codes: dict[str, str], code_words: Add
) -> None:
    code_words("W", "petugas bingung", "aturan", "supporting")
    code_words("W", "petugas bingung", "prosedur", "inhibiting", memo="lama")
    code_words("W", "Syaratnya", "prosedur", "neutral")
    code_words("W", "Syaratnya", "syarat", "inhibiting")
    assert what_merging_does(project, list(codes.values()), codes["aturan"]).contrary == 2
    with project.operation("Merge") as op:
        merge(op, [codes["prosedur"], codes["syarat"]], codes["aturan"])
    found = by_text(project, codes["aturan"])
    one = found["petugas bingung", "Ani"]
    assert one.valence == "supporting"
    assert "prosedur" in one.memo.splitlines()[0]
    assert one.memo.endswith("\n\nlama")
    two = found["Syaratnya", "Ani"]
    assert two.valence == "neutral"
    assert "syarat" in two.memo


def test_what_hangs_on_the_codes_goes_along(
    project: Project, codes: dict[str, str], code_words: Add, guid: Guid, dump: Dump
) -> None:
    clarity, transmission = guid("edward3.communication.clarity"), guid("edward3.communication.transmission")
    goals, structure = guid("factors.internal.goals"), guid("factors.internal.structure")
    one = code_words("W", "berubah dua kali", "edward3.communication.clarity")
    two = code_words("W", "berubah dua kali", "edward3.communication.transmission")
    three = code_words("W", "petugas bingung", "edward3.communication.transmission")
    with project.operation("Make") as op:
        set_topic(op, [one], add_topic(op, clarity, "Loket"))
        set_topic(op, [two, three], add_topic(op, transmission, "loket"))
        add_topic(op, transmission, "surat")
        link(op, transmission, goals)
        link(op, clarity, goals)
        link(op, structure, transmission)
        set_memo(op, "code", transmission, "pakai bila sampai")
        set_text(op, clarity, "not_this", "id", "")
        set_list(op, clarity, "cues", "id", ["jelas"])
        set_list(op, transmission, "cues", "id", ["sampai", "jelas"])
    finding(project, clarity, "Tidak jelas.", one)
    finding(project, transmission, "Tidak sampai.", two)
    with project.operation("Judge") as op:
        number = op.session.scalars(select(Code.id).where(Code.guid == transmission)).one()
        op.session.add(JudgementRow(view="source", code_id=number, part="indicator", columns_by="informant",
                                    status="partial", reason="ya", basis="[]", coder_id=op.coder_id))  # fmt: skip
    before = dump(project.path)
    assert what_merging_does(project, [clarity, transmission], clarity) == Merging(2, 1, 0, 1, 2, 1, 2)
    with project.operation("Merge") as op:
        assert merge(op, [transmission], clarity) == 2
    assert [(t.label, t.segments) for t in topics(project, clarity)] == [("Loket", 2), ("surat", 0)]
    mapped = links(project)
    assert [other.guid for other in mapped[clarity]] == [goals, structure]
    assert [other.guid for other in mapped[goals]] == [clarity]
    details = code_details(project, clarity)
    assert details is not None
    assert details.memo == "pakai bila sampai"
    assert details.lists["cues"]["id"] == ("jelas", "sampai")
    assert details.texts["not_this"]["id"]
    after = dump(project.path)
    (text,) = [row["text"] for key, row in after.items() if key[0] == "finding"]
    assert text == "Tidak jelas.\n\nTidak sampai."
    assert len([key for key in after if key[0] == "finding_segment"]) == 1
    assert [row["reason"] for key, row in after.items() if key[0] == "judgement"] == ["ya"]
    project.undo()
    assert dump(project.path) == before


def test_merged_codes_can_stay_as_topics(project: Project, codes: dict[str, str], code_words: Add, guid: Guid) -> None:
    code_words("W", "berubah dua kali", "prosedur")
    code_words("W", "petugas bingung", "syarat")
    code_words("W", "Syaratnya", "edward3.communication.clarity")
    clarity = guid("edward3.communication.clarity")
    with project.operation("Merge") as op:
        merge(op, [codes["prosedur"], codes["syarat"]], clarity, as_topics=True)
    assert [(t.label, t.segments) for t in topics(project, clarity)] == [("prosedur", 1), ("syarat", 1)]
    assert {row.text: row.topic for row in segments(project, code=clarity)} == {
        "berubah dua kali": "prosedur", "petugas bingung": "syarat", "Syaratnya": "",
    }  # fmt: skip


def test_codes_below_a_merged_group_stand_below_the_one_that_stays(
    project: Project, codes: dict[str, str], rows: Rows, guid: Guid
) -> None:
    with project.operation("Make") as op:
        new_code(op, "surat", parent=codes["prosedur"])
        new_code(op, "loket", parent=codes["aturan"])
    with project.operation("Merge") as op:
        merge(op, [codes["prosedur"]], codes["aturan"])
    assert [path for path, code in rows().items() if code.framework is None] == [
        "aturan", "aturan.loket", "aturan.surat", "syarat",
    ]  # fmt: skip
    with pytest.raises(CodingError) as refused, project.operation("Merge") as op:
        merge(op, [guid("edward3.communication")], codes["aturan"])
    assert refused.value.code == "code_of_theory"
    with pytest.raises(CodingError) as refused, project.operation("Merge") as op:
        merge(op, [codes["aturan"]], guid("edward3.communication.clarity"))
    assert refused.value.code == "code_no_deeper"


def test_a_code_is_split_by_choosing_its_segments(
    project: Project, codes: dict[str, str], code_words: Add, guid: Guid, rows: Rows, dump: Dump
) -> None:
    clarity = guid("edward3.communication.clarity")
    one = code_words("W", "berubah dua kali", "edward3.communication.clarity", "inhibiting", memo="catatan")
    two = code_words("W", "petugas bingung", "edward3.communication.clarity")
    foreign = code_words("W", "Syaratnya", "syarat")
    with project.operation("Make") as op:
        set_topic(op, [one, two], add_topic(op, clarity, "loket"))
    before = dump(project.path)
    with project.operation("Split") as op:
        made = split(op, clarity, "Kejelasan syarat", "Clarity of terms", [one, foreign], guid="g-new")
    assert made == "g-new"
    found = rows()
    new = found["edward3.communication.kejelasan_syarat"]
    assert (new.segments, new.number, new.own, new.level) == (1, 3, True, "indicator")
    assert found["edward3.communication.clarity"].segments == 1
    (row,) = segments(project, code=made)
    assert (row.guid, row.valence, row.memo, row.topic) == (one, "inhibiting", "catatan", "loket")
    assert [row.guid for row in segments(project, code=codes["syarat"])] == [foreign]
    after = dump(project.path)
    project.undo()
    assert dump(project.path) == before
    project.redo()
    assert dump(project.path) == after
    with project.operation("Split") as op:
        top = split(op, guid("edward3.communication"), "Lain", "", [])
    assert rows()["edward3.lain"].number == 2
    assert rows()["edward3.lain"].guid == top
