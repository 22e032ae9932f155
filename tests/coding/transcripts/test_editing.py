"""Sources renamed, described anew, removed; and all of it taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coding.changes import Changes
from coding.errors import CodingError
from coding.informants.queries import informants
from coding.project import Project
from coding.segments.editing import set_memo
from coding.segments.queries import segments
from coding.transcripts.editing import remove_source, rename_source, set_details
from coding.transcripts.queries import source_text, sources

Add = Callable[..., str]


def rename(project: Project, guid: str, name: str) -> str:
    with project.operation("Rename a source") as op:
        return rename_source(op, guid, name)


def test_a_source_gets_its_new_name_and_undo_gives_the_old_one_back(project: Project, add: Add) -> None:
    guid = add("Wawancara RS", [("P", "Apa kabar?"), ("RS", "Baik.")])
    assert rename(project, guid, "  Wawancara \n RS, kedua ") == "Wawancara RS, kedua"
    assert [row.name for row in sources(project)] == ["Wawancara RS, kedua"]
    project.undo()
    assert [row.name for row in sources(project)] == ["Wawancara RS"]


def test_a_name_that_is_taken_is_numbered_whatever_its_case(project: Project, add: Add) -> None:
    add("Satu", [("RS", "Baik.")])
    add("Satu (2)", [("RS", "Baik juga.")])
    third = add("Tiga", [("RS", "Cukup.")])
    assert rename(project, third, "SATU") == "SATU (3)"


def test_a_source_may_keep_its_name_in_another_case(project: Project, add: Add) -> None:
    guid = add("satu", [("RS", "Baik.")])
    assert rename(project, guid, "Satu") == "Satu"
    assert project.next_undo is not None
    assert project.next_undo.title == "Rename a source"


def test_the_same_name_again_is_no_step(project: Project, add: Add) -> None:
    guid = add("Satu", [("RS", "Baik.")])
    before = project.next_undo
    rename(project, guid, "Satu")
    assert project.next_undo == before


def test_a_blank_name_is_refused(project: Project, add: Add) -> None:
    guid = add("Satu", [("RS", "Baik.")])
    with pytest.raises(ValueError, match="needs a name"):
        rename(project, guid, " \t")


def test_details_are_set_and_taken_back(project: Project, add: Add) -> None:
    guid = add("Satu", [("RS", "Baik.")], date="2025-05-06", place="Kantor")
    with project.operation("Change details") as op:
        set_details(op, guid, {"method": "focus_group", "date": "2025-06", "place": "", "left_out": True})
        assert op.changes == Changes.NONE
    assert op.changes == Changes.SOURCES
    row = sources(project)[0]
    assert (row.method, row.date, row.place, row.left_out) == ("focus_group", "2025-06", None, True)
    project.undo()
    row = sources(project)[0]
    assert (row.method, row.date, row.place, row.left_out) == ("interview", "2025-05-06", "Kantor", False)


@pytest.mark.parametrize("details", [{"method": "gossip"}, {"date": "6 Mei 2025"}, {"date": "2025-5"}, {"name": "Dua"}])
def test_details_that_make_no_sense_are_refused(project: Project, add: Add, details: dict[str, str]) -> None:
    guid = add("Satu", [("RS", "Baik.")])
    with pytest.raises(ValueError), project.operation("Change details") as op:
        set_details(op, guid, details)
    assert sources(project)[0].method == "interview"


def test_a_removed_source_takes_its_segments_and_memos_and_comes_back_whole(
    project: Project, add: Add, code_words: Add
) -> None:
    guid = add("Satu", [("P", "Bagaimana?"), ("RS", "Syaratnya berubah dua kali.")])
    add("Dua", [("RS", "Petugas kami cuma dua."), ("MD", "Cukup.")])
    first = code_words("Satu", "berubah dua kali", "edward3.communication.consistency", "inhibiting", memo="bandingkan")
    code_words("Dua", "cuma dua", "edward3.resources.staff")
    with project.operation("Write a memo") as op:
        set_memo(op, first, "bandingkan dengan MD")
    before, text = segments(project), source_text(project, guid)
    with project.operation("Remove a source") as op:
        assert remove_source(op, guid) == 1
    assert [row.name for row in sources(project)] == ["Dua"]
    assert [row.text for row in segments(project)] == ["cuma dua"]
    assert [row.code for row in informants(project)] == ["RS", "MD"]
    project.undo()
    assert segments(project) == before
    assert source_text(project, guid) == text
    project.redo()
    assert [row.name for row in sources(project)] == ["Dua"]


def test_those_who_speak_in_it_alone_go_only_when_asked(project: Project, add: Add) -> None:
    guid = add("Satu", [("RS", "Baik."), ("WT", "Belum."), ("MD", "Cukup.")])
    add("Dua", [("RS", "Petugas kami cuma dua.")])
    with project.operation("Remove a source") as op:
        remove_source(op, guid, informants=True)
    assert [row.code for row in informants(project)] == ["RS"]
    project.undo()
    assert [(row.code, row.sources) for row in informants(project)] == [
        ("RS", ("Satu", "Dua")), ("WT", ("Satu",)), ("MD", ("Satu",)),
    ]  # fmt: skip


def test_a_source_that_is_gone_is_said_so(project: Project, add: Add) -> None:
    guid = add("Satu", [("RS", "Baik.")])
    with project.operation("Remove a source") as op:
        remove_source(op, guid)
    for change in (
        lambda op: remove_source(op, guid),
        lambda op: rename_source(op, guid, "Dua"),
        lambda op: set_details(op, guid, {"place": "Kantor"}),
    ):
        with pytest.raises(CodingError) as caught, project.operation("Change") as op:
            change(op)
        assert caught.value.code == "source_unknown_none"
