"""Making, renaming, describing, moving and deleting codes; each can be undone to the last value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select

from coding.analysis.triangulation import triangulate
from coding.codes.codebook import codebook
from coding.codes.details import code_details
from coding.codes.editing import new_code, new_open_code, set_color, set_label, set_list, set_literature, set_text
from coding.codes.links import link
from coding.codes.moving import move, move_framework, shift
from coding.codes.queries import frameworks, open_codes
from coding.codes.removing import delete_codes, remove_framework, what_goes, what_goes_with
from coding.codes.rows import CodeRow, Going
from coding.codes.topics import add_topic, set_topic, topics
from coding.errors import CodingError
from coding.memos.editing import set_memo
from coding.project import Operation, Project
from coding.segments.queries import segments
from coding.store.models import Code, Heading, Source

Add = Callable[..., str]
Guid = Callable[[str], str]
Rows = Callable[[], dict[str, CodeRow]]
Dump = Callable[[Path], Any]
CLARITY = "edward3.communication.clarity"


def do(project: Project, work: Callable[[Operation], Any]) -> Any:
    with project.operation("Change") as op:
        return work(op)


def test_a_code_of_the_studys_own_stands_beside_the_theory(project: Project, guid: Guid, rows: Rows) -> None:
    with project.operation("Change") as op:
        dimension = new_code(op, "Dukungan Politik", "Political Support", framework="edward3")
        new_code(op, "Komitmen Kepala Daerah", parent=dimension)
        new_code(op, "Bahasa daerah", "Local language", parent=guid("edward3.communication"))
    found = rows()
    own = [code.path for code in found.values() if code.own]
    assert own == [
        "edward3.communication.bahasa_daerah",
        "edward3.dukungan_politik",
        "edward3.dukungan_politik.komitmen_kepala_daerah",
    ]
    dimension_row = found["edward3.dukungan_politik"]
    assert (dimension_row.level, dimension_row.number, dimension_row.color) == ("dimension", 5, 4)
    inner = found["edward3.dukungan_politik.komitmen_kepala_daerah"]
    assert (inner.level, inner.label_en, inner.color) == ("indicator", "Komitmen Kepala Daerah", 4)
    language = found["edward3.communication.bahasa_daerah"]
    assert (language.number, language.color) == (4, found["edward3.communication"].color)
    assert not next(row for row in frameworks(project) if row.key == "edward3").own
    assert [e.label_id for e in codebook(project, "edward3").entries][-2:] == ["Dukungan Politik", inner.label_id]


def test_names_are_refused_that_are_empty_or_taken_at_the_place(project: Project, guid: Guid) -> None:
    def refused(work: Callable[[Operation], Any]) -> str:
        with pytest.raises(CodingError) as error, project.operation("Change") as op:
            work(op)
        return error.value.code

    communication = guid("edward3.communication")
    assert refused(lambda op: new_code(op, " ", "\t")) == "code_no_name"
    assert refused(lambda op: new_code(op, "kejelasan", "CLARITY", parent=communication)) == "code_name_taken"
    assert refused(lambda op: new_code(op, "X", parent=guid(CLARITY))) == "code_no_deeper"
    do(project, lambda op: set_label(op, communication, "id", " "))
    communication_row = code_details(project, communication)
    assert communication_row is not None
    assert communication_row.code.label_id == "Communication"
    assert refused(lambda op: set_label(op, "gone", "id", "X")) == "code_gone"
    do(project, lambda op: new_open_code(op, "pasar"))
    assert refused(lambda op: new_code(op, "Pasar")) == "code_name_taken"
    # the same name under another parent is another code
    do(project, lambda op: new_code(op, "Kejelasan", "Clarity", parent=guid("edward3.resources")))


def test_renaming_keeps_the_path_in_a_framework_and_renews_it_among_open_codes(
    project: Project, guid: Guid, rows: Rows
) -> None:
    pasar = do(project, lambda op: new_open_code(op, "pasar"))
    do(project, lambda op: new_code(op, "pagi", parent=pasar))
    with project.operation("Change") as op:
        set_label(op, guid(CLARITY), "id", "  Kejelasan  pesan ")
        set_label(op, pasar, "id", "Pasar desa")
    found = rows()
    assert (found[CLARITY].label_id, found[CLARITY].label_en) == ("Kejelasan pesan", "Clarity")
    assert {path for path, code in found.items() if code.framework is None} == {"Pasar desa", "Pasar desa.pagi"}
    assert found["Pasar desa"].label_en == "Pasar desa"
    do(project, lambda op: set_label(op, pasar, "en", "Village market"))
    assert rows()["Pasar desa"].label_en == "Village market"
    do(project, lambda op: set_label(op, pasar, "id", "Pasar"))
    assert (rows()["Pasar"].label_id, rows()["Pasar"].label_en) == ("Pasar", "Village market")
    do(project, lambda op: set_label(op, pasar, "en", ""))
    assert rows()["Pasar"].label_en == "Pasar"


def test_what_is_said_of_a_code_is_stored_by_language(project: Project, guid: Guid) -> None:
    clarity = guid(CLARITY)
    before = code_details(project, clarity)
    assert before is not None
    assert before.texts["definition"]["id"]
    with project.operation("Change") as op:
        set_text(op, clarity, "definition", "id", "  Pesan dipahami.\n")
        set_text(op, clarity, "not_this", "en", "")
        set_list(op, clarity, "cues", "id", ["jelas", " ", "jelas", "  tidak   bingung "])
        set_list(op, clarity, "questions", "en", [])
        set_literature(op, clarity, ["Edwards (1980)", ""])
        set_color(op, guid("edward3.communication"), 6)
    after = code_details(project, clarity)
    assert after is not None
    assert after.texts["definition"] == {"id": "Pesan dipahami.", "en": before.texts["definition"]["en"]}
    assert "en" not in after.texts["not_this"]
    assert after.lists["cues"]["id"] == ("jelas", "tidak bingung")
    assert after.lists["cues"]["en"] == before.lists["cues"]["en"]
    assert "en" not in after.lists["questions"]
    assert after.literature == ("Edwards (1980)",)
    assert after.code.color == 6
    assert code_details(project, "gone") is None


def test_an_open_code_becomes_an_indicator_and_keeps_its_segments(
    project: Project, add: Add, code_words: Add, guid: Guid, rows: Rows
) -> None:
    add("W", [("RS", "Kami pakai bahasa daerah di loket.")])
    open_code = do(project, lambda op: new_open_code(op, "bahasa daerah"))
    segment = code_words("W", "bahasa daerah", "bahasa daerah", "supporting", memo="penting")
    with project.operation("Change") as op:
        topic = add_topic(op, open_code, "loket")
        set_topic(op, [segment], topic)
        move(op, open_code, parent=guid("edward3.communication"), index=1)
    moved = rows()["edward3.communication.bahasa_daerah"]
    assert (moved.level, moved.number, moved.segments, moved.own) == ("indicator", 2, 1, True)
    (row,) = segments(project, code=open_code)
    assert (row.framework, row.code, row.memo, row.topic) == ("edward3", moved.path, "penting", "loket")
    assert open_codes(project) == []
    matrix = triangulate(project, "edward3", level="indicator")
    assert [r.code for r in matrix.rows][1] == moved.path
    assert matrix.rows[1].cells[0].segments == 1
    do(project, lambda op: move(op, open_code))
    assert [(c.path, c.level) for c in open_codes(project)] == [("bahasa daerah", "open")]


def test_a_group_of_open_codes_becomes_a_dimension_with_indicators(project: Project, rows: Rows) -> None:
    with project.operation("Change") as op:
        group = new_open_code(op, "Kepercayaan")
        for name in ("Rasa takut", "Rasa aman"):
            move(op, new_open_code(op, name), parent=group)
    assert [c.path for c in open_codes(project)] == [
        "Kepercayaan", "Kepercayaan.Rasa takut", "Kepercayaan.Rasa aman",
    ]  # fmt: skip
    do(project, lambda op: move(op, group, framework="jones", index=0))
    found = [c for c in rows().values() if c.own]
    assert [(c.path, c.level, c.number) for c in found] == [
        ("jones.kepercayaan", "dimension", 1),
        ("jones.kepercayaan.rasa_takut", "indicator", 1),
        ("jones.kepercayaan.rasa_aman", "indicator", 2),
    ]
    do(project, lambda op: move(op, group))
    assert [c.path for c in open_codes(project)][2] == "Kepercayaan.Rasa aman"


def test_what_may_not_be_moved_is_refused_in_words(project: Project, guid: Guid) -> None:
    with project.operation("Change") as op:
        group, other = new_open_code(op, "A"), new_open_code(op, "B")
        inner = new_code(op, "C", parent=group)
    cases = (
        (guid(CLARITY), {"parent": guid("edward3.resources")}, "code_of_theory"),
        (guid(CLARITY), {}, "code_of_theory"),
        (other, {"parent": guid(CLARITY)}, "code_no_deeper"),
        (other, {"parent": inner}, "code_no_deeper"),
        (group, {"parent": group}, "code_no_deeper"),
        (group, {"parent": other}, "code_has_below"),
        (group, {"parent": guid("edward3.communication")}, "code_has_below"),
        (other, {"framework": "none"}, "framework_not_adopted"),
    )
    for code, place, expected in cases:
        with pytest.raises(CodingError) as error, project.operation("Change") as op:
            move(op, code, **place)  # type: ignore[arg-type]
        assert error.value.code == expected
    do(project, lambda op: new_code(op, "B", parent=group))
    with pytest.raises(CodingError, match="already"), project.operation("Change") as op:
        move(op, other, parent=group)


def test_order_changes_by_steps_and_by_places(project: Project, guid: Guid, rows: Rows) -> None:
    def below() -> list[str]:
        return [
            code.path.rpartition(".")[2] for code in rows().values() if code.parent == guid("edward3.communication")
        ]

    assert below() == ["transmission", "clarity", "consistency"]
    assert do(project, lambda op: shift(op, guid(CLARITY), -1))
    assert below() == ["clarity", "transmission", "consistency"]
    assert not do(project, lambda op: shift(op, guid(CLARITY), -1))
    do(project, lambda op: move(op, guid(CLARITY), parent=guid("edward3.communication"), index=2))
    assert below() == ["transmission", "consistency", "clarity"]
    do(project, lambda op: shift(op, guid("edward3.bureaucracy"), -3))
    labels = [row.code for row in triangulate(project, "edward3").rows]
    assert labels == ["edward3.bureaucracy", "edward3.communication", "edward3.resources", "edward3.disposition"]
    do(project, lambda op: move_framework(op, "factors", -3))
    assert [row.key for row in frameworks(project)] == ["factors", "edward3", "jones", "dwiyanto", "effectiveness"]


def test_deleting_says_and_takes_everything(
    project: Project, add: Add, code_words: Add, guid: Guid, dump: Dump, rows: Rows
) -> None:
    source = add("W", [("RS", "Syaratnya berubah dua kali, petugas bingung.")])
    clarity, communication = guid(CLARITY), guid("edward3.communication")
    code_words("W", "Syaratnya berubah", CLARITY, "inhibiting", memo="contoh")
    two = code_words("W", "petugas bingung", CLARITY)
    code_words("W", "dua kali", "edward3.communication")
    with project.operation("Change") as op:
        set_topic(op, [two], add_topic(op, clarity, "petugas"))
        set_memo(op, "code", clarity, "sering dipakai")
        number = op.session.scalars(select(Source.id).where(Source.guid == source)).one()
        code = op.session.scalars(select(Code.id).where(Code.guid == clarity)).one()
        op.session.add(Heading(source_id=number, start=0, end=2, level=1, code_id=code))
    assert what_goes(project, [clarity]) == Going(1, 2, 2, 1, 0, 0)
    assert what_goes(project, [communication]).segments == 3
    before = dump(project.path)
    assert do(project, lambda op: delete_codes(op, [clarity])) == 2
    after = dump(project.path)
    assert not [key for key in after if key[0] in ("topic", "memo")]
    assert [row["code_id"] for key, row in after.items() if key[0] == "heading"] == [None]
    assert [c.number for c in rows().values() if c.parent == communication] == [1, 2]
    project.undo()
    assert dump(project.path) == before
    assert do(project, lambda op: delete_codes(op, [communication, clarity])) == 3
    project.undo()
    assert dump(project.path) == before
    assert what_goes_with(project, "edward3") == Going(18, 3, 2, 1, 0, 0)
    assert do(project, lambda op: remove_framework(op, "edward3")) == 3
    assert "edward3" not in [row.key for row in frameworks(project)]
    project.undo()
    assert dump(project.path) == before
    assert topics(project)[0].segments == 1


def test_reading_codes_takes_as_many_queries_however_many_codes_there_are(project: Project) -> None:
    def asked() -> int:
        count = 0

        def on_query(*_: object) -> None:
            nonlocal count
            count += 1

        event.listen(project._read_engine, "before_cursor_execute", on_query)
        frameworks(project)
        open_codes(project)
        event.remove(project._read_engine, "before_cursor_execute", on_query)
        return count

    few = asked()
    with project.operation("Change") as op:
        for number in range(30):
            new_open_code(op, f"kode {number}")
    assert asked() == few <= 7


def test_the_key_of_a_new_code_follows_its_name_until_something_refers_to_it(project: Project, guid: Guid) -> None:
    with project.operation("Make codes") as op:
        made = new_code(op, "Dimensi baru", "New dimension", framework="edward3")
        below = new_code(op, "Indikator baru", parent=made)
        set_label(op, made, "id", "Iklim kerja")
        set_label(op, below, "id", "Saling percaya")
    assert path_of(project, below) == "edward3.iklim_kerja.saling_percaya"
    with project.operation("Map it") as op:
        link(op, below, guid("factors.internal.leadership"))
    with project.operation("Rename") as op:
        set_label(op, made, "id", "Suasana")
        set_label(op, below, "id", "Rasa percaya")
        set_label(op, guid("edward3.communication"), "id", "Komunikasi kebijakan")
    assert path_of(project, below) == "edward3.iklim_kerja.saling_percaya"
    assert guid("edward3.communication")


def path_of(project: Project, code: str) -> str:
    with project.read() as session:
        return str(session.scalars(select(Code.path).where(Code.guid == code)).one())
