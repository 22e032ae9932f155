"""Random work on copies of a project: whoever merges whom, in whatever order, gets the same, and nothing is lost."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import permutations
from pathlib import Path
from typing import Any

import history_machine as machine  # type: ignore[import-not-found]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from coding.codes.editing import set_text
from coding.codes.queries import code_guid
from coding.project import Operation, Project
from coding.review.copies import load
from coding.review.packages import open_package, write_package
from coding.review.preview import incoming, preview
from coding.review.preview import merge as merge_incoming
from coding.review.settle import merge
from coding.review.tables import specs
from coding.review.team import distribute, shares
from coding.segments.done import set_done
from coding.segments.editing import set_memo, tag
from coding.segments.queries import segments
from coding.store.models import Code, Comment, Informant, Memo, Segment, Source, SourceText, new_guid
from coding.transcripts.editing_text import apply_edit
from coding.transcripts.intake import store_draft
from coding.words import Words

Work = Callable[[Operation, int, int], None]


def do_comment(op: Operation, n: int, m: int) -> None:
    guids = list(op.session.scalars(select(Segment.guid).order_by(Segment.id)))
    if guids:
        op.session.add(Comment(guid=new_guid(), target_table="segment", target_guid=guids[n % len(guids)],
                               text=f"catatan {m}", coder_id=op.coder_id))  # fmt: skip


def do_answer(op: Operation, n: int, m: int) -> None:
    firsts = list(op.session.scalars(select(Comment).where(Comment.reply_to.is_(None)).order_by(Comment.id)))
    if firsts:
        first = firsts[n % len(firsts)]
        op.session.add(Comment(guid=new_guid(), target_table="segment", target_guid=first.target_guid,
                               reply_to=first.guid, text=f"jawaban {m}", coder_id=op.coder_id))  # fmt: skip


def do_unsay(op: Operation, n: int, m: int) -> None:
    answered = select(Comment.reply_to).where(Comment.reply_to.is_not(None))
    rows = list(op.session.scalars(select(Comment).where(Comment.guid.not_in(answered)).order_by(Comment.id)))
    if rows:
        op.session.delete(rows[n % len(rows)])


def do_rename(op: Operation, n: int, m: int) -> None:
    """People give the same name to different things."""
    rows: list[Any] = list(op.session.scalars(select(Informant).order_by(Informant.id)))
    if rows:
        code = f"{rows[n % len(rows)].code[:2]}-{m % 2}"
        if not any(row.code_folded == code.casefold() for row in rows):
            rows[n % len(rows)].code, rows[n % len(rows)].code_folded = code, code.casefold()


def do_write(op: Operation, n: int, m: int) -> None:
    guids = list(op.session.scalars(select(Segment.guid).order_by(Segment.id)))
    if guids:
        set_memo(op, guids[n % len(guids)], f"{op.coder} menulis {m}")


def do_remove_code(op: Operation, n: int, m: int) -> None:
    codes = list(op.session.scalars(select(Code).where(Code.level != "dimension").order_by(Code.id)))[:5]
    if not codes:
        return
    code = codes[n % len(codes)]
    gone = select(Segment.guid).where(Segment.code_id == code.id)
    for memo in op.session.scalars(select(Memo).where(Memo.target_guid.in_(gone))):
        op.session.delete(memo)
    op.session.flush()
    op.session.delete(code)


def do_edit(op: Operation, n: int, m: int) -> None:
    found = list(op.session.execute(select(Source.guid, SourceText.body).join(SourceText).order_by(Source.id)))
    if found:
        guid, body = found[n % len(found)]
        at = m % len(body)
        apply_edit(op, guid, body[:at] + ("", "sungguh ", "\n", "ya")[n % 4] + body[at + m % 9 :])


WORK: tuple[Work, ...] = (*machine.OPERATIONS, do_comment, do_comment, do_rename, do_write, do_write, do_remove_code,
                           do_answer, do_unsay)  # fmt: skip
EDITING = len(WORK)
"""Only where a text is edited in one copy is the place of a passage the same by whatever way it gets there."""
STEP = st.tuples(st.integers(0, len(WORK) - 1), st.integers(0, 40), st.integers(0, 40))
STEPS = st.lists(STEP, min_size=1, max_size=7)
EDIT = st.tuples(st.just(EDITING), st.integers(0, 40), st.integers(0, 40))
STEPS_AND_EDITS = st.lists(st.one_of(STEP, STEP, STEP, EDIT), min_size=1, max_size=7)
COMMON = {"deadline": None, "suppress_health_check": list(HealthCheck)}


def few(examples: int) -> Any:
    return settings(max_examples=examples, **COMMON)  # type: ignore[arg-type]


def many(test: Callable[..., None]) -> Any:
    """A hundred examples, for the long run."""
    return pytest.mark.slow(settings(max_examples=100, **COMMON)(test))  # type: ignore[arg-type]


def work(path: Path, coder: str, steps: list[tuple[int, int, int]]) -> None:
    with Project.open(path, coder=coder) as project:
        for what, n, m in steps:
            do = WORK[what] if what < EDITING else do_edit
            try:
                with project.operation("Work") as op:
                    do(op, n, m)
            except Exception as error:  # what the program itself refuses is no work
                if type(error).__name__ not in ("CodingError", "IntegrityError"):
                    raise


def merge_files(path: Path, *others: Path, coder: str = "Siti") -> None:
    """Merge one after the other. They are files of ours, which nobody has to look through first."""
    with Project.open(path, coder=coder) as project:
        for other in others:
            with closing(sqlite3.connect(other)) as theirs:
                merge(project, load(theirs), other.name)


def touched(path: Path, other: Path, coder: str = "Siti") -> int:
    """How many values of content merging changes."""
    before = dump(path)
    merge_files(path, other, coder=coder)
    return len(machine.changed(before, dump(path)))


def dump(path: Path) -> Any:
    return machine.dump(path)


def content(*paths: Path) -> list[Any]:
    """What each file holds, rows by one name wherever they are known by several."""
    copies, same = [], {}
    for path in paths:
        with closing(sqlite3.connect(path)) as connection:
            copies.append(load(connection))
    for copy in copies:
        for guid, stamp in copy.knowledge.stamps.items():
            if stamp.same_as:
                same.setdefault(guid, set()).add(stamp.same_as)
                same.setdefault(stamp.same_as, set()).add(guid)

    def name(value: Any) -> Any:
        if value not in same:
            return value
        seen, left = {value}, [value]
        while left:
            for other in same.get(left.pop(), ()):
                if other not in seen:
                    seen.add(other)
                    left.append(other)
        return min(seen)

    found = []
    for copy in copies:
        rows = {
            (table, name(guid)): {c: name(v) for c, v in zip(specs()[table].columns, row, strict=True)}
            for table, held in copy.tables.items()
            for guid, row in held.items()
        }
        found.append(rows)
    return found


def differences(one: Any, other: Any) -> dict[Any, Any]:
    return {
        (key, column): (one.get(key, {}).get(column), other.get(key, {}).get(column))
        for key in one.keys() | other.keys()
        for column in (one.get(key) or other[key])
        if one.get(key, {}).get(column) != other.get(key, {}).get(column)
    }


def copies(folder: str, works: list[list[tuple[int, int, int]]]) -> Iterator[Path]:
    origin = machine.fresh(Path(folder))
    for number, steps in enumerate(works):
        path = Path(folder) / f"copy-{number}.telaah"
        shutil.copy(origin, path)
        work(path, ("Siti", "Budi", "Cici")[number], steps)
        yield path


def both_ways(works: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        one, two = copies(folder, works)
        other = Path(folder) / "two-before.telaah"
        shutil.copy(two, other)
        merge_files(two, one, coder="Budi")
        before = dump(one)
        merge_files(one, other)
        a, b = content(one, two)
        assert differences(a, b) == {}
        assert touched(one, other) == 0
        assert touched(one, two) == 0
        with Project.open(one, coder="Siti") as project:
            if project.next_undo is not None and project.next_undo.title.startswith("Merge"):
                project.undo()
                assert machine.changed(before, dump(one)) == {}
        merge_files(one, other)
        again, b = content(one, two)
        assert differences(again, b) == {}


TWO = given(st.lists(STEPS_AND_EDITS, min_size=2, max_size=2))


@TWO
@few(4)
def test_either_way_gives_the_same_and_twice_changes_nothing_and_undo_gives_all_back(works: Any) -> None:
    both_ways(works)


@many
@TWO
def test_either_way_gives_the_same_in_a_hundred_histories(works: Any) -> None:
    both_ways(works)


def any_order(works: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = list(copies(folder, works))
        results = []
        for number, (first, *others) in enumerate(permutations(made)):
            path = Path(folder) / f"result-{number}.telaah"
            shutil.copy(first, path)
            merge_files(path, *others)
            results.append(path)
        held, *rest = content(*results)
        for found in rest:
            assert differences(held, found) == {}


THREE = given(st.tuples(STEPS_AND_EDITS, STEPS, STEPS))


@THREE
@few(3)
def test_three_coders_in_any_order_get_the_same(works: Any) -> None:
    any_order(works)


@many
@THREE
def test_three_coders_in_any_order_get_the_same_in_a_hundred_histories(works: Any) -> None:
    any_order(works)


def written(path: Path) -> set[str]:
    """The guids and words of what nobody may lose: coded segments, memos, comments."""
    found = content(path)[0]
    return {
        str(values.get("text") or guid)
        for (table, guid), values in found.items()
        if table in ("segment", "memo", "comment")
    }


KEEPING = [number for number, do in enumerate(WORK)
           if do in (machine.do_tag, machine.do_span, machine.do_valence, machine.do_star, machine.do_open_code,
                     machine.do_informants, do_comment, do_write, do_rename, do_answer)]  # fmt: skip
KEEP_STEPS = st.lists(
    st.tuples(st.sampled_from(KEEPING), st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=7
)


def nothing_lost(works: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        one, two = copies(folder, works)
        wanted = (written(one) | written(two)) - written(machine.fresh(Path(folder)))
        merge_files(one, two)
        held = written(one)
        for text in wanted - held:
            assert any(text in other for other in held), text


KEPT = given(st.lists(KEEP_STEPS, min_size=2, max_size=2))


@KEPT
@few(4)
def test_where_nobody_removes_anything_every_coding_memo_and_comment_is_there_after(works: Any) -> None:
    nothing_lost(works)


@many
@KEPT
def test_nothing_is_lost_in_a_hundred_histories(works: Any) -> None:
    nothing_lost(works)


FIVE = ("Ani", "Budi", "Cici", "Dedi", "Euis")


def code_share(project: Project, coder: str, said: set[str]) -> None:
    """What one of five does: codings and memos in their share, a word on the codebook, a text mended."""
    mine = [share.guid for share in shares(project) if coder in share.assigned]
    with project.operation("Code") as op:
        for number, source in enumerate(mine):
            for at in range(3):
                said.add(f"{coder} {number} {at}")
                tag(op, source, 14 + at, 20 + at, code_guid(op.session, machine.CODES[at]), "neutral",
                    memo=f"{coder} {number} {at}")  # fmt: skip
            set_done(op, source, True)
        informant = op.session.scalars(select(Informant).order_by(Informant.id)).first()
        assert informant is not None
        if FIVE.index(coder) % 2:
            informant.place = f"Desa {coder}"
        else:
            informant.group = f"Kelompok {coder}"
        set_text(op, code_guid(op.session, machine.CODES[0]), "look_for", "id", f"lihat {coder}")
    if coder in ("Budi", "Dedi"):
        with project.operation("Edit") as op:
            body = op.session.scalars(select(SourceText.body).join(Source).where(Source.guid == mine[0])).one()
            apply_edit(op, mine[0], body.replace("begitulah", f"begitulah kata {coder}"))


def test_five_coders_with_packages_and_copies_in_any_order(tmp_path: Path) -> None:
    home, back, said = tmp_path / "home.telaah", [], set[str]()
    shutil.copy(machine.fresh(tmp_path), home)
    with Project.open(home, coder="Ani") as project:
        for coder in FIVE:
            project.add_coder(coder, "researcher")
        with project.operation("Import") as op:
            for number in range(2, 7):
                store_draft(op, machine.draft(number, "RS"))
        with project.operation("Share out") as op:
            distribute(op, FIVE, 1)
        for coder in FIVE[1:]:
            write_package(project, tmp_path / f"{coder}.telaah-review")
        code_share(project, "Ani", said)
    for coder in FIVE[1:]:
        with open_package(tmp_path / f"{coder}.telaah-review", tmp_path / coder, coder=coder) as opened:
            code_share(opened, coder, said)
            path = tmp_path / f"back-{coder}.telaah-review"
            if coder in ("Budi", "Cici"):  # some send a package back, some the file
                write_package(opened, path)
            back.append(path if path.exists() else opened.path)
    results = []
    for number, order in enumerate((back, back[::-1])):
        path = Path(shutil.copy(home, tmp_path / f"result-{number}.telaah"))
        with Project.open(path, coder="Ani") as project:
            for file in order:
                with incoming(file, project) as found:
                    merge_incoming(project, found)
            for file in order:
                with incoming(file, project) as found:
                    assert preview(project, found, Words("en")).empty
            assert said <= {row.memo for row in segments(project)}
        results.append(path)
    one, other = content(*results)
    assert differences(one, other) == {}
