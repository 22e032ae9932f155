"""Whatever is done in whatever order, undo leads back through every state, and redo forth again, also days later.

2,000 sequences have their own run: `python -m pytest -m slow tests/coding/store/test_everything_undone.py`.
"""

from __future__ import annotations

import contextlib
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from history_machine import OPERATIONS, Dump, do_bulk, dump, fresh
from sqlalchemy import select

from coding.codes.counts import segment_counts
from coding.codes.editing import new_code
from coding.codes.merging import merge
from coding.codes.moving import move, shift
from coding.codes.removing import delete_codes
from coding.codes.splitting import split
from coding.codes.topics import add_topic, set_topic
from coding.errors import CodingError
from coding.informants.merging import merge_informants, split_informant
from coding.memos.editing import add_page, set_memo
from coding.project import Operation, Project
from coding.search.find import find
from coding.search.query import SearchQuery
from coding.search.tagging import tag_hits
from coding.segments import bulk
from coding.segments.queries import segments
from coding.store.checking import check
from coding.store.models import Code, Informant, ProjectRow, Segment, Source, SourceText, Turn
from coding.transcripts.editing_text import apply_edit
from coding.transcripts.queries import source_text, sources
from coding.transcripts.turn_editing import Voice, join_with_next, reassign_turns, split_turn

STEPS = 14
Work = Callable[[Operation, random.Random], None]


def any_of(op: Operation, rng: random.Random, column: object, count: int = 1) -> list[str]:
    """Some of what the table has, in an order of its own."""
    found = list(op.session.scalars(select(column).order_by(column)))  # type: ignore[call-overload]
    return rng.sample(found, min(count, len(found)))


def edit_text(op: Operation, rng: random.Random) -> None:
    for guid in any_of(op, rng, Source.guid):
        sql = select(SourceText.body).join(Source, Source.text_id == SourceText.id).where(Source.guid == guid)
        body = op.session.scalars(sql).one()
        at = rng.randrange(len(body) + 1)
        gone = rng.choice([0, 0, 1, 3, 9])
        new = rng.choice(["", "x", " kata 😀 baru", "é", "\n"])
        apply_edit(op, guid, body[:at] + new + body[at + gone :])


def merge_codes(op: Operation, rng: random.Random) -> None:
    chosen = any_of(op, rng, Code.guid, 3)
    if len(chosen) > 1:
        merge(op, chosen[1:], chosen[0], as_topics=rng.random() < 0.5)


def split_code(op: Operation, rng: random.Random) -> None:
    for code in any_of(op, rng, Code.guid):
        split(op, code, f"pecahan {rng.randrange(99)}", "", any_of(op, rng, Segment.guid, 3))


def move_code(op: Operation, rng: random.Random) -> None:
    """The study's own codes: those of a theory keep their place."""
    above = new_code(op, f"atas {rng.randrange(999)}")
    made = new_code(op, f"bawah {rng.randrange(999)}")
    bulk.recode(op, rng.sample(ids := list(op.session.scalars(select(Segment.id))), len(ids) // 3), made)
    move(op, made, parent=rng.choice([above, None]), framework="edward3", index=rng.randrange(4))
    shift(op, made, rng.choice([-1, 1]))


def delete_code(op: Operation, rng: random.Random) -> None:
    delete_codes(op, any_of(op, rng, Code.guid))


def own_code(op: Operation, rng: random.Random) -> None:
    made = new_code(op, f"kode {rng.randrange(99)}", framework="edward3" if rng.random() < 0.5 else None)
    topic = add_topic(op, made, "dalam")
    set_topic(op, any_of(op, rng, Segment.guid, 2), topic)


def topics(op: Operation, rng: random.Random) -> None:
    for code in any_of(op, rng, Code.guid):
        topic = add_topic(op, code, f"topik {rng.randrange(9)}")
        set_topic(op, any_of(op, rng, Segment.guid, 3), topic)


def reassign(op: Operation, rng: random.Random) -> None:
    for turn in any_of(op, rng, Turn.guid):
        informant = (any_of(op, rng, Informant.guid) or [None])[0]
        voice = Voice("informant", informant) if informant and rng.random() < 0.6 else Voice("researcher")
        reassign_turns(op, turn, voice, rng.choice(["turn", "label", "onward"]))  # type: ignore[arg-type]


def turns(op: Operation, rng: random.Random) -> None:
    for guid in any_of(op, rng, Turn.guid):
        turn = op.session.scalars(select(Turn).where(Turn.guid == guid)).one()
        if rng.random() < 0.5:
            split_turn(op, guid, rng.randint(turn.start, turn.end))
        else:
            join_with_next(op, guid)


def people(op: Operation, rng: random.Random) -> None:
    chosen = any_of(op, rng, Informant.guid, 2)
    if len(chosen) == 2 and rng.random() < 0.6:
        merge_informants(op, chosen[0], chosen[1])
    elif chosen:
        split_informant(op, chosen[0], f"B{rng.randrange(9)}", turns=any_of(op, rng, Turn.guid, 2))


def many(op: Operation, rng: random.Random) -> None:
    ids = list(op.session.scalars(select(Segment.id)))
    some = rng.sample(ids, rng.randint(0, len(ids)))
    code = any_of(op, rng, Code.guid)
    rng.choice(
        [
            lambda: bulk.recode(op, some, code[0]) if code else None,
            lambda: bulk.set_valence(op, some, rng.choice(["supporting", None])),  # type: ignore[arg-type]
            lambda: bulk.set_exemplar(op, some, True),
            lambda: bulk.set_reported(op, some, True),
            lambda: bulk.remove(op, some),
            lambda: bulk.append_memo(op, some, "lagi"),
        ]
    )()


def memo(op: Operation, rng: random.Random) -> None:
    kind = rng.choice(["project", "source", "code", "informant", "segment"])
    table = {"project": ProjectRow, "source": Source, "code": Code, "informant": Informant, "segment": Segment}[kind]
    for guid in any_of(op, rng, table.guid):  # type: ignore[attr-defined]
        set_memo(op, kind, guid, rng.choice(["", "catatan 📌", "lain"]))  # type: ignore[arg-type]
    add_page(op, "Hari", "hujan", "2025-05-06")


WORKS: tuple[Work, ...] = (
    edit_text, edit_text, merge_codes, split_code, move_code, delete_code, own_code, topics, reassign, turns, people,
    many, many, memo,
    *(
        (lambda op, rng, work=work: work(op, rng.randrange(50), rng.randrange(50)))
        for work in OPERATIONS
        if work is not do_bulk  # it removes codes behind the back of what takes their memos along
    ),
)  # fmt: skip


def whole(project: Project) -> None:
    """Every segment's text is its slice, its edges hold something; counts and index agree with the rows."""
    texts = {row.guid: source_text(project, row.guid).text for row in sources(project)}
    rows = segments(project)
    for row in rows:
        assert 0 <= row.start < row.end <= len(texts[row.source_guid])
        assert row.text == texts[row.source_guid][row.start : row.end]
    with project.read() as session:
        counted = segment_counts(project, session)
        assert sum(counted.values()) == len(rows)


def play(seed: int, folder: Path) -> None:
    rng = random.Random(seed)
    path = fresh(folder)
    project = Project.open(path)
    states: list[Dump] = [dump(path)]
    try:
        for _ in range(STEPS):
            if rng.random() < 0.1:
                project.close()
                project = Project.open(path)
            work = rng.choice(WORKS)
            before = project.next_undo
            with contextlib.suppress(CodingError):
                if rng.random() < 0.05:
                    hits = find(project, SearchQuery(rng.choice(["kami", "a", "loket"])))
                    with project.operation("Tag hits") as op:
                        code = (any_of(op, rng, Code.guid) or [""])[0]
                        tag_hits(op, hits, code, None, rng.choice(["words", "turn"]))  # type: ignore[arg-type]
                else:
                    with project.operation("Do {what}", what=str(work)) as op:
                        work(op, rng)
            whole(project)
            after = dump(path)
            if project.next_undo != before:
                states.append(after)
            else:
                assert after == states[-1]
        for state in reversed(states[:-1]):
            if rng.random() < 0.05:
                project.close()
                project = Project.open(path)
            assert project.undo() is not None
            assert dump(path) == state
        whole(project)
        for state in states[1:]:
            assert project.redo() is not None
            assert dump(path) == state
        whole(project)
    finally:
        project.close()
    assert check(path).problems == ()


@pytest.mark.parametrize("work", range(len(WORKS)))
def test_every_kind_of_change_is_made(work: int, tmp_path: Path) -> None:
    """What is always refused would be undone without a fault, too."""
    with Project.open(fresh(tmp_path)) as project:
        for seed in range(20):
            with contextlib.suppress(CodingError), project.operation("Do") as op:
                WORKS[work](op, random.Random(seed))
            if op.changes:
                return
    raise AssertionError("nothing was changed")


@pytest.mark.parametrize("seed", range(36))
def test_undo_leads_back_through_every_state(seed: int, tmp_path: Path) -> None:
    play(seed, tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_undo_leads_back_through_every_state_two_thousand_times(tmp_path: Path) -> None:
    for seed in range(1000, 3000):
        folder = tmp_path / str(seed)
        folder.mkdir()
        try:
            play(seed, folder)
        except BaseException as error:
            error.add_note(f"seed {seed}")
            raise
        shutil.rmtree(folder)
