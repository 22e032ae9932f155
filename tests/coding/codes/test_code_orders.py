"""Changes of codes in any order: paths stay unique, levels fit their place, and undo gives back every value."""

from __future__ import annotations

import contextlib
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from coding.codes.editing import new_code, new_open_code, set_color, set_label
from coding.codes.links import link
from coding.codes.merging import merge
from coding.codes.moving import move, shift
from coding.codes.own_frameworks import copy_framework
from coding.codes.queries import frameworks, open_codes
from coding.codes.removing import delete_codes, remove_framework
from coding.codes.splitting import split
from coding.codes.topics import add_topic, remove_topic, set_topic
from coding.errors import CodingError
from coding.project import Operation, Project
from coding.segments.editing import set_code, tag
from coding.store.models import Code, Framework, Memo, Segment, Source, Topic
from coding.transcripts.drafts import Draft, DraftTurn, Speaker
from coding.transcripts.intake import store_draft

TEXT = "RS: satu dua tiga empat lima enam tujuh delapan"
Numbers = st.integers(0, 40)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("codes") / "t.telaah"
    with Project.create(path, "Uji", frameworks=["edward3", "factors"], coder="Ani") as project:
        with project.operation("Import") as op:
            speakers = (Speaker("RS", "informant", code="RS"),)
            store_draft(op, Draft("W", TEXT, "interview", turns=(DraftTurn(4, len(TEXT), 0, 3, 0),), speakers=speakers))
        with project.operation("Make") as op:
            group = new_open_code(op, "grup")
            new_code(op, "anak", parent=group)
            new_open_code(op, "lepas")
    return path


def pick(op: Operation, column: Any, number: int) -> str:
    found = list(op.session.scalars(column))
    return str(found[number % len(found)]) if found else "gone"


def code(op: Operation, n: int) -> str:
    # open codes and the study's own come up as often as those of the theories
    own = (
        select(Code.guid).where((Code.framework_id.is_(None)) | (Code.guid.like("________-____-4%"))).order_by(Code.id)
    )
    return pick(op, own if n % 3 else select(Code.guid).order_by(Code.id), n)


def do_tag(op: Operation, n: int, m: int) -> None:
    start = 4 + n % 8
    tag(op, pick(op, select(Source.guid), 0), start, start + 4 + n % 2, code(op, m),
        ("supporting", "inhibiting", None)[m % 3], memo="m" * (n % 3))  # type: ignore[arg-type]  # fmt: skip


def do_move(op: Operation, n: int, m: int) -> None:
    place = ({"parent": code(op, m)}, {"framework": pick(op, select(Framework.key), m)}, {})[n % 3]
    move(op, code(op, n), index=m % 4, **place)  # type: ignore[arg-type]


def do_merge(op: Operation, n: int, m: int) -> None:
    merge(op, [code(op, n), code(op, n + m)], code(op, m), as_topics=bool(n % 2))


def do_split(op: Operation, n: int, m: int) -> None:
    guid = code(op, n)
    below = select(Segment.guid).join(Code).where(Code.guid == guid)
    split(op, guid, f"pecahan {m}", "", list(op.session.scalars(below))[m % 2 :])


def do_topic(op: Operation, n: int, m: int) -> None:
    topic = add_topic(op, code(op, n), f"topik {m % 3}")
    set_topic(op, list(op.session.scalars(select(Segment.guid))), topic)


def do_link(op: Operation, n: int, m: int) -> None:
    one, two = code(op, n), code(op, m)
    if one != two:
        link(op, one, two)


def do_recode(op: Operation, n: int, m: int) -> None:
    set_code(op, pick(op, select(Segment.guid).order_by(Segment.id), n), code(op, m))


OPERATIONS: tuple[Callable[[Operation, int, int], object], ...] = (
    do_tag, do_tag, do_tag, do_move, do_move, do_merge, do_split, do_topic,
    lambda op, n, m: new_open_code(op, f"kode {m % 5}"),
    lambda op, n, m: new_code(op, f"sendiri {m % 5}", parent=code(op, n)),
    lambda op, n, m: new_code(op, f"dimensi {m % 5}", framework=pick(op, select(Framework.key), n)),
    lambda op, n, m: set_label(op, code(op, n), ("id", "en")[m % 2], f"nama {m % 6}"),
    lambda op, n, m: set_color(op, code(op, n), m % 8),
    lambda op, n, m: shift(op, code(op, n), (-2, -1, 1, 2)[m % 4]),
    lambda op, n, m: delete_codes(op, [code(op, n), code(op, m)]),
    do_link,
    do_recode,
    lambda op, n, m: remove_topic(op, pick(op, select(Topic.guid), n)),
    lambda op, n, m: copy_framework(op, "edward3") if m % 5 == 0 else None,
    lambda op, n, m: remove_framework(op, "edward3_copy"),
)  # fmt: skip


def sound(project: Project) -> None:
    """What must hold of the codes after anything."""
    every = [c for framework in frameworks(project) for c in framework.codes] + open_codes(project)
    with project.read() as session:
        assert len(every) == len(list(session.scalars(select(Code.id))))
        strays = select(Segment.id).join(Topic, Topic.id == Segment.topic_id).where(Topic.code_id != Segment.code_id)
        assert list(session.scalars(strays)) == []
        spans = session.execute(
            select(Segment.source_id, Segment.start, Segment.end, Segment.code_id, Segment.coder_id)
        ).all()
    assert max(Counter(map(tuple, spans)).values(), default=1) == 1
    by_guid = {c.guid: c for c in every}
    assert len({c.path.casefold() for c in every}) == len(every)
    for c in every:
        above = by_guid[c.parent] if c.parent else None
        assert above is None or (above.parent is None and above.framework == c.framework)
        assert c.level == ("open" if c.framework is None else "indicator" if above else "dimension")
        start = above.path if above else c.framework
        assert c.path.startswith(f"{start}.") if start else c.path == c.label_id
    with project.read() as session:
        targets = {*session.scalars(select(Segment.guid)), *session.scalars(select(Code.guid))}
        assert set(session.scalars(select(Memo.target_guid))) <= targets


@settings(
    max_examples=14, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.tuples(st.sampled_from(OPERATIONS), Numbers, Numbers), min_size=4, max_size=14))
def test_any_changes_in_any_order_can_all_be_undone(
    template: Path, tmp_path_factory: pytest.TempPathFactory, dump: Callable[[Path], Any], steps: list[Any]
) -> None:
    path = tmp_path_factory.mktemp("order") / "s.telaah"
    shutil.copy(template, path)
    with Project.open(path, coder="Ani") as project:
        states = [dump(path)]
        for work, n, m in steps:
            done: Operation | None = None
            with contextlib.suppress(CodingError), project.operation("Change") as op:
                work(op, n, m)
                done = op
            if done is not None and done.changes:
                states.append(dump(path))
                sound(project)
            assert dump(path) == states[-1]
        for state in reversed(states[:-1]):
            assert project.undo() is not None
            assert dump(path) == state
        for state in states[1:]:
            assert project.redo() is not None
            assert dump(path) == state
