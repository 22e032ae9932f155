"""Changing many coded segments in one step: what changes, what is passed over, and that undo brings all of it back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coding.codes.queries import code_guid
from coding.errors import CodingError
from coding.project import Operation, Project
from coding.segments import bulk
from coding.segments.bulk import Recoded
from coding.segments.editing import tag
from coding.segments.evidence import evidence_ids
from coding.segments.queries import segments
from coding.segments.rows import SegmentRow
from coding.store.models import Code, Segment, Topic

Add = Callable[..., str]
CLARITY, STAFF, BUDGET = "edward3.communication.clarity", "edward3.resources.staff", "edward3.resources.budget"
LINES = [("P", "Bagaimana?"), ("RS", "Syaratnya berubah dua kali."), ("WT", "Kami menunggu lama di sana.")]
SPANS = ((0, 9), (14, 23), (14, 30), (45, 60))


@pytest.fixture
def source(add: Add) -> str:
    return add("Wawancara", LINES)


@pytest.fixture
def tagged(project: Project, source: str) -> list[str]:
    """Four passages, each with two codes by Ani; the first also by Budi."""
    guids = []
    for start, end in SPANS:
        for code in (CLARITY, STAFF):
            with project.operation("Tag") as op:
                guids.append(tag(op, source, start, end, code_guid(op.session, code), "supporting"))
    with project.operation("Tag", coder="Budi") as op:
        guids.append(tag(op, source, *SPANS[0], code_guid(op.session, STAFF)))
    return guids


def path_guid(project: Project, path: str) -> str:
    with project.read() as session:
        return code_guid(session, path)


def ids_of(project: Project, guids: list[str]) -> list[int]:
    with project.read() as session:
        known = {row.guid: row.id for row in session.query(Segment)}
    return [known[guid] for guid in guids]


def content(row: SegmentRow) -> tuple[object, ...]:
    return row.guid, row.code, row.valence, row.exemplar, row.memo


def step(project: Project, change: Callable[[Operation], object]) -> object:
    """Make the change as one step, undo it, find everything as before, and redo it; gives what the change gave."""
    before = [content(row) for row in segments(project)]
    with project.operation("Change {count} segments", count=2) as op:
        given = change(op)
    after = [content(row) for row in segments(project)]
    if after != before:
        project.undo()
        assert [content(row) for row in segments(project)] == before
        project.redo()
        assert [content(row) for row in segments(project)] == after
    return given


def test_directions_of_many(project: Project, tagged: list[str]) -> None:
    ids = ids_of(project, tagged[:5])
    assert step(project, lambda op: bulk.set_valence(op, ids, "inhibiting")) == 5
    assert [row.valence for row in segments(project) if row.guid in tagged[:5]] == ["inhibiting"] * 5
    assert step(project, lambda op: bulk.set_valence(op, [*ids, 999], None)) == 5
    assert step(project, lambda op: bulk.set_valence(op, ids, None)) == 0
    with pytest.raises(CodingError) as error, project.operation("Try") as op:
        bulk.set_valence(op, ids, "up")  # type: ignore[arg-type]
    assert error.value.code == "valence_unknown"


def test_what_did_not_change_keeps_its_moment(project: Project, tagged: list[str]) -> None:
    before = {row.guid: row.modified_at for row in segments(project)}
    step(project, lambda op: bulk.set_valence(op, ids_of(project, tagged), "supporting"))
    after = {row.guid: row.modified_at for row in segments(project)}
    assert [guid for guid in tagged if after[guid] != before[guid]] == tagged[-1:]


def test_recoding_many_to_a_new_code(project: Project, tagged: list[str]) -> None:
    ids, budget = ids_of(project, tagged[::2][:4]), path_guid(project, BUDGET)
    assert step(project, lambda op: bulk.recode(op, ids, budget)) == Recoded(4, 0)
    assert [row.code for row in segments(project) if row.guid in tagged[::2][:4]] == [BUDGET] * 4
    assert step(project, lambda op: bulk.recode(op, ids, budget)) == Recoded(0, 0)


def test_a_code_that_is_there_already_is_not_put_twice(project: Project, tagged: list[str]) -> None:
    clarity = path_guid(project, CLARITY)
    given = step(project, lambda op: bulk.recode(op, ids_of(project, tagged), clarity))
    # Ani has it on all four passages; Budi does not
    assert given == Recoded(1, 4)
    keys = [(row.start, row.end, row.code, row.coder) for row in segments(project)]
    assert len(keys) == len(set(keys)) == 9


def test_two_of_the_chosen_do_not_become_the_same(project: Project, tagged: list[str]) -> None:
    budget = path_guid(project, BUDGET)
    given = step(project, lambda op: bulk.recode(op, ids_of(project, tagged), budget))
    assert given == Recoded(5, 4)
    kept = [row.guid for row in segments(project) if row.code != BUDGET]
    assert kept == [tagged[i] for i in (1, 3, 5, 7)]


def test_a_topic_goes_with_its_code(project: Project, tagged: list[str]) -> None:
    ids = ids_of(project, tagged)
    with project.operation("Topic") as op:
        code = op.session.query(Code).filter(Code.path == CLARITY).one()
        op.session.add(Topic(guid="topic", code_id=code.id, label="internal", position=1))
        op.session.flush()
    assert step(project, lambda op: bulk.set_topic(op, ids, "topic")) == 4
    with project.read() as session:
        assert session.query(Segment).filter(Segment.topic_id.is_not(None)).count() == 4
    assert step(project, lambda op: bulk.recode(op, ids[:1], path_guid(project, BUDGET))) == Recoded(1, 0)
    assert step(project, lambda op: bulk.set_topic(op, ids, None)) == 3
    with pytest.raises(CodingError) as error, project.operation("Try") as op:
        bulk.set_topic(op, ids, "gone")
    assert error.value.code == "topic_gone"


def test_a_code_that_is_gone_is_named(project: Project, tagged: list[str]) -> None:
    with pytest.raises(CodingError) as error, project.operation("Try") as op:
        bulk.recode(op, ids_of(project, tagged), "gone")
    assert error.value.code == "code_unknown"


def test_stars_and_reported_speech(project: Project, tagged: list[str]) -> None:
    ids = ids_of(project, tagged)
    assert step(project, lambda op: bulk.set_exemplar(op, ids[:3], True)) == 3
    assert step(project, lambda op: bulk.set_exemplar(op, ids, False)) == 3
    assert step(project, lambda op: bulk.set_reported(op, ids[2:4], True)) == 2
    with project.read() as session:
        assert session.query(Segment).filter(Segment.reported == 1).count() == 2


def test_memos_grow(project: Project, tagged: list[str]) -> None:
    ids = ids_of(project, tagged)
    assert step(project, lambda op: bulk.append_memo(op, ids[:2], " satu\r\n")) == 2
    assert step(project, lambda op: bulk.append_memo(op, ids[1:3], "dua")) == 2
    memos = {row.guid: row.memo for row in segments(project)}
    assert [memos[guid] for guid in tagged[:4]] == ["satu", "satu\n\ndua", "dua", ""]
    assert step(project, lambda op: bulk.append_memo(op, ids, " \n")) == 0


def test_removing_many_takes_their_memos(project: Project, tagged: list[str]) -> None:
    step(project, lambda op: bulk.append_memo(op, ids_of(project, tagged[:2]), "catatan"))
    assert step(project, lambda op: bulk.remove(op, [*ids_of(project, tagged[:3]), 12345])) == 3
    assert [row.guid for row in segments(project) if row.guid in tagged[:3]] == []
    assert len(evidence_ids(project).ids) == 6
    project.undo()
    assert {row.memo for row in segments(project) if row.guid in tagged[:2]} == {"catatan"}


def test_thousands_are_one_step(project: Project, source: str) -> None:
    with project.operation("Tag") as op:
        code, source_id = op.session.query(Code.id).first(), op.session.query(Segment.source_id).first() or (1,)
        raw = op.raw()
        raw.executemany(
            'INSERT INTO segment (guid, source_id, code_id, coder_id, start, "end", valence, exemplar, created_at, '
            "modified_at) VALUES (?, ?, ?, ?, ?, ?, NULL, 0, '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z')",
            [(f"s{i}", source_id[0], code[0], op.coder_id, i % 60, i % 60 + 1 + i // 60 % 8) for i in range(3000)],
        )
    ids = evidence_ids(project).ids
    assert step(project, lambda op: bulk.set_valence(op, ids, "neutral")) == 3000
    assert step(project, lambda op: bulk.remove(op, ids)) == 3000
    assert evidence_ids(project).total == 0
