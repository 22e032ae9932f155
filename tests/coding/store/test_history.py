"""Operations, undo and redo one by one: what is kept, what is refused, how far back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from coding.changes import Changes
from coding.codes.editing import new_open_code
from coding.codes.queries import code_guid, open_codes
from coding.errors import CodingError
from coding.informants.queries import informants
from coding.project import Operation, Project
from coding.segments.editing import remove, set_exemplar, set_memo, set_valence, tag
from coding.segments.queries import segments
from coding.store.checking import check
from coding.store.journal import UNDOABLE, journal_tables
from coding.store.models import Code, Framework, Segment, Turn
from coding.transcripts.queries import sources

CLARITY = "edward3.communication.clarity"
LINES = [("P", "Bagaimana?"), ("RS", "Syaratnya berubah dua kali, kami bingung.")]
Add = Callable[..., str]


@pytest.fixture
def source(add: Add) -> str:
    return add("Wawancara RS", LINES)


def tagged(project: Project, source: str, start: int = 17, end: int = 27, coder: str | None = None) -> str:
    with project.operation("Tag a passage", coder=coder) as op:
        return tag(op, source, start, end, code_guid(op.session, CLARITY))


def rows(project: Project, sql: str) -> list[Any]:
    with closing(sqlite3.connect(project.path)) as connection:
        return connection.execute(sql).fetchall()


def content(project: Project) -> dict[str, list[Any]]:
    return {table.name: rows(project, f'SELECT * FROM "{table.name}" ORDER BY id') for table in journal_tables()}


def test_an_operation_is_one_step_with_a_name(project: Project, source: str) -> None:
    guid = tagged(project, source)
    step = project.next_undo
    assert step is not None
    assert (step.title, step.changes) == ("Tag a passage", Changes.SEGMENTS)
    assert project.undo() == step
    assert segments(project) == []
    assert project.next_redo is not None
    assert project.redo() is not None
    assert [row.guid for row in segments(project)] == [guid]


def test_an_operation_may_do_much_and_is_still_one_step(project: Project, add: Add) -> None:
    guid = add("Wawancara RS", LINES)
    with project.operation("Tag many", count=40) as op:
        code = code_guid(op.session, CLARITY)
        for start in range(14, 54):
            tag(op, guid, start, start + 3, code)
    before = content(project)
    with project.operation("Change many") as op:
        op.session.execute(update(Segment).values(valence="neutral"))
        op.session.execute(update(Segment).where(Segment.start > 30).values(exemplar=1))
        op.session.execute(delete(Segment).where(Segment.start < 20))
    assert op.changes == Changes.SEGMENTS
    after = content(project)
    project.undo()
    assert content(project) == before
    project.redo()
    assert content(project) == after


def test_the_journal_sees_what_a_cascade_takes(project: Project, source: str) -> None:
    tagged(project, source)
    before = content(project)
    with project.operation("Drop everything") as op:
        op.session.execute(delete(Framework))
        op.session.execute(delete(Turn))
    assert op.changes == Changes.CODES | Changes.SEGMENTS | Changes.SOURCES
    assert segments(project) == []
    assert rows(project, "SELECT count(*) FROM code") == [(0,)]
    project.undo()
    assert content(project) == before


def tag_twice(op: Operation, source: str) -> None:
    code = new_open_code(op, "kode")
    tag(op, source, 17, 27, code)
    tag(op, source, 17, 27, code)


def test_nothing_is_kept_of_an_operation_that_fails(project: Project, source: str) -> None:
    before, steps = content(project), rows(project, "SELECT * FROM operation")
    coders = rows(project, "SELECT * FROM coder")
    with pytest.raises(CodingError), project.operation("Fail", coder="Orang Baru") as op:
        tag_twice(op, source)
    assert content(project) == before
    assert rows(project, "SELECT * FROM operation") == steps
    assert rows(project, "SELECT * FROM coder") == coders
    assert tagged(project, source)


def test_nothing_is_kept_of_an_operation_that_does_nothing(project: Project, source: str) -> None:
    guid = tagged(project, source)
    step, steps = project.next_undo, rows(project, "SELECT * FROM operation")
    with project.operation("Change nothing", coder="Orang Baru") as op:
        set_valence(op, [guid], None)
        set_memo(op, guid, "")
        set_exemplar(op, guid, False)
        op.session.execute(update(Segment).values(start=Segment.start))
    assert op.changes == Changes.NONE
    assert rows(project, "SELECT * FROM operation") == steps
    assert project.next_undo == step


@pytest.mark.parametrize(
    "write",
    [
        "INSERT INTO attribute (name, position, guid) VALUES ('x', 1, 'x')",
        "UPDATE project SET title = 'x'",
        "DELETE FROM code",
    ],
)
def test_a_write_outside_an_operation_is_refused(project: Project, write: str) -> None:
    before = content(project)
    with pytest.raises(DBAPIError, match="write outside an operation"), project._write_engine.begin() as connection:
        connection.exec_driver_sql(write)
    with pytest.raises((DBAPIError, CodingError)), project.read() as session:
        session.connection().exec_driver_sql(write)
    assert content(project) == before


def test_an_operation_inside_a_read_is_a_fault_and_not_a_wait(project: Project) -> None:
    with project.read(), pytest.raises(RuntimeError, match="wait for itself"), project.operation("Tag"):
        pass


def test_an_operation_inside_another_is_a_fault_and_harms_neither(project: Project, source: str) -> None:
    with project.operation("Tag a passage") as op:
        tag(op, source, 17, 27, code_guid(op.session, CLARITY))
        with pytest.raises(RuntimeError, match="inside another"), project.operation("Tag"):
            pass
        with pytest.raises(RuntimeError, match="inside another"):
            project.add_coder("Budi")
    assert len(segments(project)) == 1


def test_reads_within_a_read_share_its_moment(project: Project, source: str) -> None:
    reader = project.reader()
    with reader.read():
        assert segments(reader) == []
        assert [row.segments for row in sources(reader)] == [0]
    tagged(project, source)
    with reader.read() as session:
        assert len(segments(reader)) == 1
        with reader.read() as inner:
            assert inner is session
        assert session.scalars(select(Segment.id)).all() == [1]
    reader.close()


def test_ids_and_guids_are_never_used_again(project: Project, source: str) -> None:
    first = tagged(project, source)
    project.undo()
    second = tagged(project, source, 18, 27)
    with project.operation("Remove") as op:
        remove(op, [second])
    third = tagged(project, source, 19, 27)
    assert rows(project, "SELECT id, guid FROM segment") == [(3, third)]
    assert rows(project, "SELECT count(*) FROM change WHERE table_name = 'segment' AND action = 'D'") == [(2,)]
    assert len({first, second, third}) == 3


@pytest.fixture
def few_undoable(monkeypatch: pytest.MonkeyPatch) -> int:
    """So that the edge is reached soon."""
    monkeypatch.setattr("coding.store.journal.UNDOABLE", 20)
    monkeypatch.setattr("coding.history.UNDOABLE", 20)
    return 20


def test_two_hundred_operations_can_be_undone() -> None:
    assert UNDOABLE == 200


def test_undo_reaches_as_far_as_images_are_kept_also_after_a_restart(
    project: Project, source: str, few_undoable: int
) -> None:
    guid = tagged(project, source)
    for number in range(few_undoable + 15):
        with project.operation("Set memo {number}", number=number) as op:
            set_memo(op, guid, f"memo {number}")
    forgotten = rows(project, "SELECT max(operation_id) FROM change WHERE json_type(image) = 'array'")[0][0]
    assert rows(project, "SELECT max(id) FROM operation")[0][0] - forgotten == few_undoable
    kept = rows(project, "SELECT min(operation_id) FROM change WHERE json_type(image) = 'object'")[0][0]
    assert kept == forgotten + 1
    steps, path = 0, project.path
    while (step := project.next_undo) is not None:
        assert project.undo() is not None
        steps += 1
        assert segments(project)[0].memo == f"memo {step.params['number'] - 1}"
        if steps % 3 == 0:
            known = offered(project)
            assert None not in known
            project.close()
            project = Project.open(path, coder="Ani")
            assert offered(project) == known
    assert steps == few_undoable // 2  # each undo is an operation too
    while project.redo() is not None:
        pass
    assert segments(project)[0].memo == f"memo {few_undoable + 14}"
    project.close()


def offered(project: Project) -> tuple[int | None, int | None]:
    undo, redo = project.next_undo, project.next_redo
    return undo and undo.id, redo and redo.id


def test_what_was_done_stays_known_when_it_can_no_longer_be_undone(
    project: Project, source: str, few_undoable: int
) -> None:
    guid = tagged(project, source)
    with project.operation("Remove") as op:
        remove(op, [guid])
    for number in range(few_undoable):
        with project.operation("New code") as op:
            new_open_code(op, f"kode {number}")
    tombstones = rows(project, "SELECT row_guid, action, image FROM change WHERE table_name = 'segment' ORDER BY id")
    assert tombstones == [(guid, "I", None), (guid, "D", None)]
    titles = [title for (title,) in rows(project, "SELECT title FROM operation ORDER BY id LIMIT 4")]
    assert titles == ["New project", "Import {source}", "Tag a passage", "Remove"]


def test_a_coder_undoes_only_what_is_theirs(project: Project, source: str) -> None:
    mine = tagged(project, source)
    theirs = tagged(project, source, coder="Budi")
    assert {row.guid for row in segments(project)} == {mine, theirs}
    project.undo()
    assert [row.guid for row in segments(project)] == [theirs]
    project.coder = "Budi"
    assert project.next_redo is None
    project.undo()
    assert segments(project) == []
    assert project.undo() is None
    project.coder = "Ani"
    project.redo()
    assert [row.guid for row in segments(project)] == [mine]


Change = Callable[[Operation, str], object]


@pytest.mark.parametrize(
    "theirs",
    [
        lambda op, guid: set_valence(op, [guid], "neutral"),
        lambda op, guid: set_memo(op, guid, "Benarkah?"),
        lambda op, guid: set_exemplar(op, guid, True),
    ],
)
def test_what_another_built_on_is_not_undone(project: Project, source: str, theirs: Change) -> None:
    guid = tagged(project, source)
    with project.operation("Look at it", coder="Budi") as op:
        theirs(op, guid)
    before, steps = content(project), rows(project, "SELECT count(*) FROM operation")
    with pytest.raises(CodingError) as refused:
        project.undo()
    assert refused.value.code == "undo_conflict"
    assert "Tag a passage" in str(refused.value)
    assert content(project) == before
    assert rows(project, "SELECT count(*) FROM operation") == steps
    # once they have taken it back nothing stands in the way
    project.coder = "Budi"
    project.undo()
    project.coder = "Ani"
    assert project.undo() is not None
    assert segments(project) == []


def test_a_value_another_has_set_since_is_not_undone(project: Project, source: str) -> None:
    guid = tagged(project, source)
    with project.operation("Mark") as op:
        set_valence(op, [guid], "supporting")
    with project.operation("Mark", coder="Budi") as op:
        set_valence(op, [guid], "inhibiting")
    with pytest.raises(CodingError, match="somebody else"):
        project.undo()
    assert segments(project)[0].valence == "inhibiting"


def test_another_value_of_the_same_row_does_not_stand_in_the_way(project: Project, source: str) -> None:
    guid = tagged(project, source)
    with project.operation("Mark") as op:
        set_valence(op, [guid], "supporting")
    with project.operation("Star", coder="Budi") as op:
        set_exemplar(op, guid, True)
    assert project.undo() is not None
    row = segments(project)[0]
    assert (row.valence, row.exemplar) == (None, True)


def test_what_another_removed_is_not_changed_back(project: Project, source: str) -> None:
    guid = tagged(project, source)
    with project.operation("Mark") as op:
        set_valence(op, [guid], "supporting")
    with project.operation("Remove", coder="Budi") as op:
        remove(op, [guid])
    with pytest.raises(CodingError, match="somebody else"):
        project.undo()
    assert segments(project) == []


def test_a_memo_does_not_come_back_to_what_another_removed(project: Project, source: str) -> None:
    guid = tagged(project, source)
    with project.operation("Memo") as op:
        set_memo(op, guid, "catatan")
    with project.operation("Memo") as op:
        set_memo(op, guid, "")
    with project.operation("Remove", coder="Budi") as op:
        remove(op, [guid])
    with pytest.raises(CodingError, match="somebody else"):
        project.undo()
    assert check(project.path).problems == ()


def test_a_segment_does_not_come_back_to_a_code_that_another_removed(project: Project, source: str) -> None:
    with project.operation("New code") as op:
        code = new_open_code(op, "pasar")
        tag(op, source, 17, 27, code)
    with project.operation("Remove segments") as op:
        op.session.execute(delete(Segment))
    with project.operation("Remove the code", coder="Budi") as op:
        op.session.execute(delete(Code).where(Code.guid == code))
    before = content(project)
    with pytest.raises(CodingError, match="somebody else"):
        project.undo()
    assert content(project) == before
    assert tagged(project, source)


def test_an_import_with_the_segments_of_others_stays(project: Project, source: str) -> None:
    tagged(project, source, coder="Budi")
    with pytest.raises(CodingError, match="somebody else"):
        project.undo()
    assert len(segments(project)) == 1


def test_an_informant_who_speaks_in_a_source_of_others_stays(project: Project, add: Add) -> None:
    add("Wawancara RS", LINES)
    project.coder = "Budi"
    add("Wawancara RS lagi", [("RS", "Setahun kemudian baru lancar.")])
    project.coder = "Ani"
    with pytest.raises(CodingError, match="somebody else"):
        project.undo()
    assert [row.code for row in informants(project)] == ["RS"]
    assert len(sources(project)) == 2


def test_a_name_that_another_took_since_is_not_taken_back(project: Project) -> None:
    with project.operation("New code") as op:
        new_open_code(op, "pasar")
    with project.operation("Remove") as op:
        op.session.execute(delete(Code).where(Code.path == "pasar"))
    with project.operation("New code", coder="Budi") as op:
        new_open_code(op, "pasar")
    with pytest.raises(CodingError, match="somebody else"):
        project.undo()
    assert [row.path for row in open_codes(project)] == ["pasar"]


def test_a_project_open_for_reading_changes_nothing(project: Project, source: str) -> None:
    tagged(project, source)
    with Project.open(project.path, read_only=True) as reading:
        assert len(segments(reading)) == 1
        for act in (reading.undo, reading.redo, lambda: reading.add_coder("Budi")):
            if act == reading.redo:
                assert act() is None
                continue
            with pytest.raises(CodingError, match="reading only"):
                act()
        with pytest.raises(CodingError, match="reading only"), reading.operation("Tag"):
            pass
    assert len(segments(project)) == 1


def test_images_that_a_stranger_wrote_are_never_run(project: Project, source: str) -> None:
    tagged(project, source)
    with project.operation("Mark") as op:
        op.session.execute(update(Segment).values(valence="neutral"))
    evil = '{"valence\\" = (SELECT \'supporting\'), \\"start": 1, "valence": null}'
    with closing(sqlite3.connect(project.path)) as connection:
        connection.execute("UPDATE change SET image = ? WHERE action = 'U'", (evil,))
        connection.commit()
    project.undo()
    row = segments(project)[0]
    assert (row.start, row.valence) == (17, None)


def test_tens_of_thousands_of_segments_are_one_step(project: Project, source: str) -> None:
    with project.operation("Tag all") as op:
        op.raw().executemany(
            'INSERT INTO segment (guid, source_id, code_id, coder_id, start, "end", exemplar, created_at, modified_at) '
            "VALUES (?, 1, 1, 1, 0, 5, 0, '', '')",
            ((f"g{number}",) for number in range(30_000)),
        )
    assert rows(project, "SELECT count(*) FROM segment") == [(30_000,)]
    project.undo()
    assert rows(project, "SELECT count(*) FROM segment") == [(0,)]
    project.redo()
    assert rows(project, "SELECT count(*), min(id), max(id) FROM segment") == [(30_000, 1, 30_000)]
