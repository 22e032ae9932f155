"""What merging does to single things: names, coders, edited texts, removed rows, settlements, hostile files."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import history_machine as machine  # type: ignore[import-not-found]
import pytest
from sqlalchemy import delete, select

from coding.codes.details import code_details
from coding.codes.editing import new_open_code, set_list, set_text
from coding.codes.queries import code_guid
from coding.errors import CodingError
from coding.memos.queries import memos
from coding.project import Operation, Project
from coding.review.clocks import text_of
from coding.review.merging import Choices, Plan
from coding.review.packages import write_package
from coding.review.preview import Preview, incoming, merge, preview
from coding.segments.editing import remove, set_exemplar, set_memo, set_span, set_valence, tag
from coding.segments.queries import segments
from coding.store.checking import check
from coding.store.models import Code, Coder, Comment, FormerText, Informant, Memo, Segment, SourceText
from coding.transcripts.drafts import Draft
from coding.transcripts.editing import rename_source, set_details
from coding.transcripts.editing_text import apply_edit
from coding.transcripts.intake import store_draft
from coding.transcripts.queries import source_text, sources
from coding.words import Words

TEXT = "Syaratnya berubah dua kali. Petugasnya ramah sekali. Kami menunggu lama 📢 di loket."
EN = Words("en")


def make(path: Path, coder: str = "Ani", name: str = "Wawancara", text: str = TEXT) -> Path:
    project = Project.create(path, "Studi", frameworks=["edward3"], coder=coder)
    with project, project.operation("Import") as op:
        store_draft(op, Draft(name, text, "document"))
    return path


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Two copies of one study, in which Ani coded one passage."""
    one = make(tmp_path / "one.telaah")
    do(one, "Ani", lambda op, p: tag(op, sources(p)[0].guid, 0, 27, code_guid(op.session, "edward3.disposition")))
    return one, Path(shutil.copy(one, tmp_path / "two.telaah"))


def do(path: Path, coder: str, work: Callable[[Operation, Project], object]) -> None:
    with Project.open(path, coder=coder) as project, project.operation("Work") as op:
        work(op, project)


def look(path: Path, other: Path, choices: Choices | None = None) -> Preview:
    with Project.open(path, read_only=True) as project, incoming(other, project) as found:
        return preview(project, found, EN, choices)


def take_in(path: Path, other: Path, choices: Choices | None = None, coder: str = "Ani") -> Plan:
    with Project.open(path, coder=coder) as project, incoming(other, project) as found:
        plan = merge(project, found, choices)
    assert check(path).problems == ()
    return plan


def coded(path: Path) -> list[tuple[str, str, str | None, str]]:
    with Project.open(path, read_only=True) as project:
        return sorted((s.text, s.code, s.valence, s.coder) for s in segments(project))


def test_each_keeps_what_both_coded_with_who_did_it(pair: tuple[Path, Path]) -> None:
    one, two = pair
    do(two, "Budi", lambda op, p: tag(op, sources(p)[0].guid, 0, 27, code_guid(op.session, "edward3.disposition")))
    shown = look(one, two)
    assert (shown.new, shown.coders, shown.conflicts) == ({"segment": 1}, ("Budi",), ())
    take_in(one, two)
    assert [row[3] for row in coded(one)] == ["Ani", "Budi"]
    assert look(one, two).empty


def test_two_studies_with_one_text_become_one_source(tmp_path: Path) -> None:
    one, two = make(tmp_path / "one.telaah", "Ani"), make(tmp_path / "two.telaah", "Budi", "Nama lain")
    do(two, "Budi", lambda op, p: tag(op, sources(p)[0].guid, 53, 71, new_open_code(op, "antre"), memo="lama"))
    take_in(one, two)
    with Project.open(one, read_only=True) as project:
        (source,) = sources(project)
        assert source.name in ("Wawancara", "Nama lain")  # both changed it: the later by logical time, then by coder
        (found,) = segments(project)
        assert (found.text, found.code, found.coder, found.memo) == ("Kami menunggu lama", "antre", "Budi", "lama")
    assert look(one, two).empty


def test_another_text_of_the_same_name_is_another_source(tmp_path: Path) -> None:
    one, two = make(tmp_path / "one.telaah"), make(tmp_path / "two.telaah", "Budi", text="Teks lain sama sekali.")
    take_in(one, two)
    with Project.open(one, read_only=True) as project:
        assert sorted(row.name for row in sources(project)) == ["Wawancara", "Wawancara (2)"]


def test_somebody_with_the_same_name_is_somebody_else_unless_told_otherwise(tmp_path: Path) -> None:
    one, two = make(tmp_path / "one.telaah"), make(tmp_path / "two.telaah")
    do(two, "Ani", lambda op, p: tag(op, sources(p)[0].guid, 0, 9, code_guid(op.session, "edward3.disposition")))
    kept = shutil.copy(one, tmp_path / "kept.telaah")
    shown = look(one, two)
    assert (shown.coders, shown.namesakes) == (("Ani (2)",), ("Ani",))
    take_in(one, two)
    assert coded(one)[0][3] == "Ani (2)"
    take_in(Path(kept), two, Choices(same_people=frozenset({"Ani"})))
    assert coded(Path(kept))[0][3] == "Ani"
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT name FROM coder").fetchall() == [("Ani",)]


def test_two_memos_on_one_passage_become_one_that_says_who_wrote_what(pair: tuple[Path, Path]) -> None:
    one, two = pair
    with Project.open(one, read_only=True) as project:
        (guid,) = [s.guid for s in segments(project)]
    do(two, "Budi", lambda op, p: set_memo(op, guid, "kata Budi"))
    do(one, "Ani", lambda op, p: set_memo(op, guid, "kata Ani"))
    take_in(one, two)
    with Project.open(one, read_only=True) as project:
        (memo,) = [s.memo for s in segments(project)]
    assert "Ani:\nkata Ani" in memo
    assert "Budi:\nkata Budi" in memo
    take_in(two, one, coder="Budi")
    with Project.open(two, read_only=True) as project:
        assert [s.memo for s in segments(project)] == [memo]


def test_what_the_person_settles_stands_and_goes_back_to_the_others(pair: tuple[Path, Path]) -> None:
    one, two = pair
    with Project.open(one, read_only=True) as project:
        (guid,) = [s.guid for s in segments(project)]
    do(two, "Budi", lambda op, p: set_valence(op, [guid], "supporting"))
    do(one, "Ani", lambda op, p: set_valence(op, [guid], "inhibiting"))
    (conflict,) = look(one, two).conflicts
    other = "ours" if conflict.settled == "theirs" else "theirs"
    take_in(one, two, Choices({conflict.key: other}))  # type: ignore[dict-item]
    expected = {"ours": "inhibiting", "theirs": "supporting"}[other]
    assert coded(one)[0][2] == expected
    assert look(one, two).empty
    shown = look(two, one)
    assert shown.conflicts == ()
    take_in(two, one, coder="Budi")
    assert coded(two)[0][2] == expected


def both_ways(one: Path, two: Path) -> Preview:
    """Merge each into the other; returns what the first was told."""
    kept = Path(shutil.copy(one, one.with_name("kept.telaah")))
    shown = look(one, two)
    take_in(one, two)
    take_in(two, kept, coder="Budi")
    return shown


def test_what_one_changed_stands_beside_what_the_other_changed_of_the_same(pair: tuple[Path, Path]) -> None:
    one, two = pair
    with Project.open(one, read_only=True) as project:
        (guid,) = [s.guid for s in segments(project)]
        source = sources(project)[0].guid
    do(one, "Ani", lambda op, p: set_valence(op, [guid], "supporting"))
    do(one, "Ani", lambda op, p: set_details(op, source, {"place": "Karangsari"}))
    do(two, "Budi", lambda op, p: set_exemplar(op, guid, True))
    do(two, "Budi", lambda op, p: set_span(op, guid, 0, 9))
    do(two, "Budi", lambda op, p: rename_source(op, source, "Nama baru"))
    shown = both_ways(one, two)
    assert shown.conflicts == ()
    assert len(shown.changed) == 2
    for path in pair:
        with Project.open(path, read_only=True) as project:
            (row,) = segments(project)
            assert (row.text, row.valence, row.exemplar) == ("Syaratnya", "supporting", True)
            assert [(s.name, s.place) for s in sources(project)] == [("Nama baru", "Karangsari")]
    assert look(one, two).empty


def test_only_what_both_changed_is_to_be_settled(pair: tuple[Path, Path]) -> None:
    one, two = pair
    with Project.open(one, read_only=True) as project:
        (guid,) = [s.guid for s in segments(project)]
    do(one, "Ani", lambda op, p: set_valence(op, [guid], "supporting"))
    do(two, "Budi", lambda op, p: set_valence(op, [guid], "inhibiting"))
    do(two, "Budi", lambda op, p: set_exemplar(op, guid, True))
    take_in(one, two, Choices({guid: "ours"}))
    with Project.open(one, read_only=True) as project:
        (row,) = segments(project)
        assert (row.valence, row.exemplar) == ("supporting", True)


def test_which_columns_changed_is_known_long_after_and_from_a_package(
    pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coding.store.journal.UNDOABLE", 1)
    one, two = pair
    with Project.open(one, read_only=True) as project:
        (guid,) = [s.guid for s in segments(project)]
    do(two, "Budi", lambda op, p: set_exemplar(op, guid, True))
    do(one, "Ani", lambda op, p: set_valence(op, [guid], "supporting"))
    for path, coder in ((two, "Budi"), (one, "Ani")):
        for number in range(3):
            do(path, coder, lambda op, p, n=number: new_open_code(op, f"{op.coder} {n}"))  # type: ignore[misc]
    package = two.with_name("two.telaah-review")
    with Project.open(two, read_only=True) as project:
        write_package(project, package)
    take_in(one, package)
    with Project.open(one, read_only=True) as project:
        (row,) = segments(project)
        assert (row.valence, row.exemplar) == ("supporting", True)


def test_descriptions_of_a_code_that_both_wrote_both_stay(pair: tuple[Path, Path]) -> None:
    one, two = pair
    with Project.open(one, read_only=True) as project, project.read() as session:
        code = code_guid(session, "edward3.resources.staff")
    do(one, "Ani", lambda op, p: set_text(op, code, "definition", "id", "Jumlah petugas di loket."))
    do(one, "Ani", lambda op, p: set_text(op, code, "look_for", "id", "Kurang orang"))
    do(two, "Budi", lambda op, p: set_text(op, code, "look_for", "id", "Mutu orang"))
    do(two, "Budi", lambda op, p: set_list(op, code, "questions", "id", ["Berapa petugas?"]))
    (conflict,) = both_ways(one, two).conflicts
    assert "description: Jumlah petugas di loket.; Kurang orang" in conflict.ours
    assert "description: Mutu orang" in conflict.theirs
    found = []
    for path in pair:
        with Project.open(path, read_only=True) as project:
            details = code_details(project, code)
            assert details is not None
            assert details.texts["definition"]["id"] == "Jumlah petugas di loket."  # the framework's own words went
            assert "Kurang orang" in details.texts["look_for"]["id"]
            assert "Mutu orang" in details.texts["look_for"]["id"]
            assert "Berapa petugas?" in details.lists["questions"]["id"]
            found.append(details)
    assert found[0] == found[1]


def test_a_settlement_that_changes_nothing_here_is_remembered(pair: tuple[Path, Path]) -> None:
    one, two = pair
    with Project.open(one, read_only=True) as project:
        (guid,) = [s.guid for s in segments(project)]
    do(two, "Budi", lambda op, p: set_valence(op, [guid], "supporting"))
    do(one, "Ani", lambda op, p: set_valence(op, [guid], "inhibiting"))
    take_in(one, two, Choices({guid: "ours"}))
    assert coded(one)[0][2] == "inhibiting"
    assert look(one, two).empty


def test_an_edit_later_than_the_removal_keeps_the_row_and_an_earlier_one_does_not(pair: tuple[Path, Path]) -> None:
    one, two = pair
    three = Path(shutil.copy(one, one.with_name("three.telaah")))
    with Project.open(one, read_only=True) as project:
        (guid,) = [s.guid for s in segments(project)]
    do(one, "Ani", lambda op, p: remove(op, [guid]))
    do(two, "Budi", lambda op, p: set_valence(op, [guid], "supporting"))
    do(two, "Budi", lambda op, p: set_valence(op, [guid], "neutral"))
    assert look(one, two).conflicts[0].ours == "removed"
    take_in(one, two)
    assert coded(one) == [("Syaratnya berubah dua kali.", "edward3.disposition", "neutral", "Ani")]
    four = Path(shutil.copy(three, one.with_name("four.telaah")))
    do(three, "Cici", lambda op, p: set_valence(op, [guid], "supporting"))
    do(four, "Ani", lambda op, p: new_open_code(op, "lain"))
    do(four, "Ani", lambda op, p: remove(op, [guid]))
    take_in(three, four)
    assert coded(three) == []


def test_a_code_removed_here_comes_back_when_somebody_coded_with_it_since(pair: tuple[Path, Path]) -> None:
    one, two = pair

    def drop(op: Operation, project: Project) -> None:
        code = op.session.scalars(select(Code).where(Code.path == "edward3.resources.staff")).one()
        op.session.delete(code)

    do(one, "Ani", drop)
    do(two, "Budi", lambda op, p: tag(op, sources(p)[0].guid, 28, 52, code_guid(op.session, "edward3.resources.staff")))
    take_in(one, two)
    assert ("Petugasnya ramah sekali.", "edward3.resources.staff", None, "Budi") in coded(one)


def test_a_removal_there_takes_what_nobody_touched_here(pair: tuple[Path, Path]) -> None:
    one, two = pair
    do(two, "Budi", lambda op, p: remove(op, list(op.session.scalars(select(Segment.guid)))))
    assert len(look(one, two).removed) == 1
    take_in(one, two)
    assert coded(one) == []
    with Project.open(one, coder="Ani") as project:
        project.undo()
    assert len(coded(one)) == 1


def test_passages_follow_a_text_that_was_edited_in_the_other_copy(pair: tuple[Path, Path]) -> None:
    one, two = pair
    do(one, "Ani", lambda op, p: tag(op, sources(p)[0].guid, 28, 52, code_guid(op.session, "edward3.resources")))
    do(two, "Budi", lambda op, p: apply_edit(op, sources(p)[0].guid, "Baru! " + TEXT.replace("dua", "tiga")))
    for here, there, coder in ((one, two, "Ani"), (two, one, "Budi")):
        take_in(here, there, coder=coder)
        assert [row[0] for row in coded(here)] == ["Petugasnya ramah sekali.", "Syaratnya berubah tiga kali."]
        with Project.open(here, read_only=True) as project:
            assert source_text(project, sources(project)[0].guid).text.startswith("Baru! Syarat")


def test_a_passage_cut_out_of_the_text_stays_as_a_comment_on_the_source(pair: tuple[Path, Path]) -> None:
    one, two = pair
    do(one, "Ani", lambda op, p: tag(op, sources(p)[0].guid, 28, 52, code_guid(op.session, "edward3.resources"),
                                     "supporting", memo="penting"))  # fmt: skip
    do(two, "Budi", lambda op, p: apply_edit(op, sources(p)[0].guid, TEXT.replace("Petugasnya ramah sekali. ", "")))
    (line,) = look(one, two).lost
    assert "Petugasnya ramah sekali." in line
    take_in(one, two)
    take_in(two, one, coder="Budi")
    for path in (one, two):
        with Project.open(path, read_only=True) as project, project.read() as session:
            (comment,) = session.scalars(select(Comment)).all()
            assert comment.target_table == "source"
            assert "Petugasnya ramah sekali." in comment.text
            assert "edward3.resources +" in comment.text
            assert "penting" in comment.text
            assert memos(project) == []
        assert len(coded(path)) == 1


def test_a_name_changed_together_with_the_text_outlives_a_date_changed_elsewhere(pair: tuple[Path, Path]) -> None:
    one, two = pair

    def mask(op: Operation, project: Project) -> None:
        source = sources(project)[0].guid
        apply_edit(op, source, TEXT.replace("Petugasnya", "[Orang]"))
        rename_source(op, source, "Wawancara [Orang]")

    do(one, "Ani", mask)
    do(two, "Budi", lambda op, p: set_details(op, sources(p)[0].guid, {"date": "2025-05-06"}))
    for here, there in ((one, two), (two, one)):
        take_in(here, there)
        with Project.open(here, read_only=True) as project:
            (source,) = sources(project)
            assert (source.name, str(source.date)) == ("Wawancara [Orang]", "2025-05-06")


def test_where_both_edited_one_text_the_other_is_kept_as_a_former_one(pair: tuple[Path, Path]) -> None:
    one, two = pair
    do(one, "Ani", lambda op, p: apply_edit(op, sources(p)[0].guid, TEXT.replace("dua", "tiga")))
    do(two, "Budi", lambda op, p: apply_edit(op, sources(p)[0].guid, TEXT.replace("lama", "sebentar")))
    (conflict,) = look(one, two).conflicts
    assert conflict.key == text_of(conflict.key.removeprefix("text:"))
    take_in(one, two, Choices({conflict.key: "theirs"}))
    with Project.open(one, read_only=True) as project, project.read() as session:
        assert "sebentar" in source_text(project, sources(project)[0].guid).text
        former = session.scalars(select(SourceText.body).join(FormerText, FormerText.text_id == SourceText.id)).all()
        assert TEXT.replace("dua", "tiga") in former
    assert look(one, two).empty


def test_who_did_not_edit_a_text_has_no_part_in_the_quarrel_over_it(pair: tuple[Path, Path]) -> None:
    one, two = pair
    three = Path(shutil.copy(one, one.with_name("three.telaah")))
    do(one, "Ani", lambda op, p: apply_edit(op, sources(p)[0].guid, TEXT.replace("dua", "tiga")))
    do(two, "Budi", lambda op, p: apply_edit(op, sources(p)[0].guid, TEXT.replace("lama", "sebentar")))
    do(three, "Cici", lambda op, p: new_open_code(op, "antre"))
    take_in(one, two)
    assert look(one, two).empty
    assert (look(one, three).conflicts, look(one, three).new) == ((), {"code": 1})
    assert look(three, one).conflicts == ()  # there it is settled


def test_two_people_give_different_things_one_name(pair: tuple[Path, Path]) -> None:
    one, two = pair
    rows = [Informant(code=c, code_folded=c.casefold(), position=1) for c in ("A", "B")]
    guids = [("a" * 36), ("b" * 36)]
    for row, guid in zip(rows, guids, strict=True):
        row.guid = guid

    def both(op: Operation, project: Project) -> None:
        op.session.add_all([Informant(guid=r.guid, code=r.code, code_folded=r.code_folded, position=1) for r in rows])

    do(one, "Ani", both)
    shutil.copy(one, two)

    def call(guid: str) -> Callable[[Operation, Project], None]:
        def work(op: Operation, project: Project) -> None:
            row = op.session.scalars(select(Informant).where(Informant.guid == guid)).one()
            row.code, row.code_folded = "RS", "rs"

        return work

    do(one, "Ani", call(guids[0]))
    do(two, "Budi", call(guids[1]))
    take_in(one, two)
    take_in(two, one, coder="Budi")
    for path in (one, two):
        with Project.open(path, read_only=True) as project, project.read() as session:
            assert sorted(session.scalars(select(Informant.code))) == ["RS", "RS (2)"]


def test_undo_of_a_merge_and_merging_again_brings_all_of_it_again(pair: tuple[Path, Path]) -> None:
    one, two = pair
    do(two, "Budi", lambda op, p: tag(op, sources(p)[0].guid, 28, 52, code_guid(op.session, "edward3.resources")))
    before = machine.dump(one)
    take_in(one, two)
    with Project.open(one, coder="Ani") as project:
        step = project.undo()
        assert step is not None
        assert step.title == "Merge {name}"
    assert machine.changed(before, machine.dump(one)) == {}
    assert look(one, two).new == {"segment": 1}
    take_in(one, two)
    assert len(coded(one)) == 2


def test_the_preview_changes_nothing(pair: tuple[Path, Path]) -> None:
    one, two = pair
    do(two, "Budi", lambda op, p: tag(op, sources(p)[0].guid, 28, 52, code_guid(op.session, "edward3.resources")))
    before = one.read_bytes(), two.read_bytes()
    look(one, two)
    assert (one.read_bytes(), two.read_bytes()) == before


def test_the_clock_goes_on_behind_the_later_of_both(pair: tuple[Path, Path]) -> None:
    one, two = pair
    for number in range(9):
        do(two, "Budi", lambda op, p, n=number: new_open_code(op, f"kode {n}"))  # type: ignore[misc]
    take_in(one, two)
    with closing(sqlite3.connect(one)) as a, closing(sqlite3.connect(two)) as b:
        last = [c.execute("SELECT max(clock) FROM operation").fetchone()[0] for c in (a, b)]
    assert last[0] == last[1] + 1


def test_a_file_of_an_earlier_schema_is_merged_and_left_as_it_is(tmp_path: Path) -> None:
    one = make(tmp_path / "one.telaah")
    old = tmp_path / "old.telaah"
    shutil.copy(Path(__file__).resolve().parents[2] / "data" / "schemas" / "schema-1.telaah", old)
    before = old.read_bytes()
    take_in(one, old)
    assert old.read_bytes() == before
    assert len(coded(one)) == 2


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        ("CREATE TABLE strange (a)", "project_foreign_parts"),
        ("CREATE VIEW strange AS SELECT 1", "project_foreign_parts"),
        ("CREATE TRIGGER strange AFTER INSERT ON segment BEGIN DELETE FROM code; END", "project_foreign_parts"),
        ('UPDATE segment SET "end" = 99999', "project_damaged"),
        ("UPDATE segment SET code_id = 99999", "project_damaged"),
        ("UPDATE source_text SET body = 'lain'", "project_damaged"),
        ("PRAGMA user_version = 99", "project_newer"),
        ("UPDATE operation SET clock = 9223372036854775807", "project_damaged"),
        ("UPDATE operation SET clock = -5", "project_damaged"),
        ("ALTER TABLE saved_view RENAME TO saved_views", "project_foreign_parts"),
        (
            "INSERT INTO stamp (guid, table_name, row_guid, clock, coder_guid, operation_guid, known, heads) "
            "VALUES ('s', 'segment', 'r', 1, 'c', 'o', '', '[[1, \"c\", \"o\", 7]]')",
            "merge_unfit",
        ),
        (
            "INSERT INTO stamp (guid, table_name, row_guid, clock, coder_guid, operation_guid, known, heads) "
            "VALUES ('s', 'segment', 'r', 1, 'c', 'o', '[[1, 2]]', '')",
            "merge_unfit",
        ),
        (
            "INSERT INTO stamp (guid, table_name, row_guid, clock, coder_guid, operation_guid, known, heads) "
            "VALUES ('s', 'memo', 'r', 1, 'c', 'o', '', '[[1, \"c\", \"o\", {\"text\": 7}], [2, \"c\", \"o\", null]]')",
            "merge_unfit",
        ),
        (
            "INSERT INTO stamp (guid, table_name, row_guid, clock, coder_guid, operation_guid, known, heads) "
            "VALUES ('s', 'memo', 'r', 1, 'c', 'o', '[[1, \"c\", \"o\", 5]]', '')",
            "merge_unfit",
        ),
        (
            "INSERT INTO stamp (guid, table_name, row_guid, clock, coder_guid, operation_guid, known, heads) "
            "VALUES ('s', 'memo', 'r', 1, 'c', 'o', '[[1, \"c\", \"o\"]]', "
            '\'[[1, "c", "o", {"text": "x"}, [9]]]\')',
            "merge_unfit",
        ),
    ],
)
def test_a_hostile_copy_is_refused_and_the_project_unchanged(pair: tuple[Path, Path], harm: str, code: str) -> None:
    one, two = pair
    with closing(sqlite3.connect(two)) as connection:
        connection.execute(harm)
        connection.commit()
    before = one.read_bytes()
    with pytest.raises(CodingError) as error:
        look(one, two)
    assert error.value.code == code
    assert one.read_bytes() == before


def test_a_project_is_not_merged_with_itself(pair: tuple[Path, Path]) -> None:
    with pytest.raises(CodingError) as error:
        look(pair[0], pair[0])
    assert error.value.code == "merge_itself"


def test_a_missing_or_truncated_file_is_said(pair: tuple[Path, Path], tmp_path: Path) -> None:
    one, two = pair
    with pytest.raises(CodingError) as error:
        look(one, tmp_path / "none.telaah")
    assert error.value.code == "file_missing"
    two.write_bytes(two.read_bytes()[:9000])
    with pytest.raises(CodingError) as error:
        look(one, two)
    assert error.value.code in ("project_damaged", "file_unreadable")


def test_rows_that_a_merge_only_kept_do_not_lose_their_memo_owner(pair: tuple[Path, Path]) -> None:
    """A memo on a passage removed elsewhere keeps the passage."""
    one, two = pair
    with Project.open(one, read_only=True) as project:
        (guid,) = [s.guid for s in segments(project)]
    do(two, "Budi", lambda op, p: op.session.execute(delete(Segment)))
    do(one, "Ani", lambda op, p: set_memo(op, guid, "catatan"))
    take_in(one, two)
    with Project.open(one, read_only=True) as project, project.read() as session:
        assert [s.memo for s in segments(project)] == ["catatan"]
        assert session.scalars(select(Memo.target_guid)).all() == [guid]
        assert set(session.scalars(select(Coder.name))) == {"Ani", "Budi"}
