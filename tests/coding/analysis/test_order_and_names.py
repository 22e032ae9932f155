"""What must not matter to a matrix: the order of the work, the names of things, and having undone something."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coding.analysis.factors import summarise
from coding.analysis.results import Factors, Label, Matrix, Row
from coding.analysis.triangulation import triangulate
from coding.codes.editing import set_label
from coding.codes.queries import code_guid
from coding.codes.topics import add_topic, rename_topic, set_topic
from coding.project import Project
from coding.segments.editing import remove, set_exemplar, set_reported, set_valence, tag
from coding.transcripts.drafts import Draft, DraftTurn, Speaker
from coding.transcripts.intake import store_draft

CODES = ("edward3.resources.staff", "edward3.resources", "edward3.communication.clarity")
TEXT = "AS: antre lama sekali hari itu\nBP: petugas kurang, kartu sudah jadi\nAS: syarat jelas sekali bagi kami"
QUICK = settings(max_examples=14, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("order") / "t.telaah"
    with Project.create(path, "Uji", frameworks=["edward3"], coder="A") as project, project.operation("Import") as op:
        starts = [at for at in range(len(TEXT)) if TEXT[at : at + 4] in ("AS: ", "BP: ")]
        ends = [*(start - 1 for start in starts[1:]), len(TEXT)]
        turns = tuple(
            DraftTurn(start + 4, end, start, start + 3, ("AS", "BP").index(TEXT[start : start + 2]))
            for start, end in zip(starts, ends, strict=True)
        )
        speakers = tuple(Speaker(name, "informant", code=name) for name in ("AS", "BP"))
        store_draft(op, Draft("S", TEXT, "interview", "2026-05-12", turns=turns, speakers=speakers))
    return path


@st.composite
def tags(draw: st.DrawFn) -> list[tuple[int, int, str, str | None]]:
    found: dict[tuple[int, int, str], str | None] = {}
    for _ in range(draw(st.integers(1, 7))):
        start = draw(st.integers(4, len(TEXT) - 12))
        span = (start, start + draw(st.integers(5, 12)), draw(st.sampled_from(CODES)))
        found[span] = draw(st.sampled_from(["supporting", "inhibiting", "neutral", None]))
    return [(*span, valence) for span, valence in found.items()]


def everything(project: Project) -> tuple[Any, ...]:
    levels: tuple[Any, ...] = ("dimension", "indicator")
    matrices = [triangulate(project, "edward3", kind, level=level) for kind in ("source", "method") for level in levels]  # type: ignore[arg-type]
    return (*matrices, summarise(project, "edward3"))


def source_of(project: Project) -> str:
    with project.read() as session:
        guid: str = session.connection().exec_driver_sql("SELECT guid FROM source").fetchall()[0][0]
    return guid


def coded(template: Path, path: Path, made: list[tuple[int, int, str, str | None]]) -> tuple[Any, ...]:
    shutil.copy(template, path)
    with Project.open(path, coder="A") as project:
        source = source_of(project)
        for start, end, code, valence in made:
            with project.operation("Tag") as op:
                guid = f"00000000-0000-4000-8000-{start:06d}{end:04d}{CODES.index(code):02d}"
                tag(op, source, start, end, code_guid(op.session, code), valence, guid=guid)  # type: ignore[arg-type]
        return everything(project)


def without_order(result: Any) -> Any:
    """Segments at one place stand in the order in which they were made; that order alone may differ."""
    if isinstance(result, Matrix):
        return replace(result, rows=tuple(_sorted(row) for row in result.rows))
    assert isinstance(result, Factors)
    sides = ("supporting", "inhibiting", "neutral")
    return [
        (replace(row, **dict.fromkeys(sides)), [sorted(getattr(row, s).segment_ids) for s in sides])
        for row in result.rows
    ]


def _sorted(row: Row) -> Row:
    cells = [replace(c, segment_ids=tuple(sorted(c.segment_ids)), exemplars=()) for c in row.cells]
    return replace(row, cells=tuple(cells), topics=tuple(_sorted(one) for one in row.topics))


@QUICK
@given(made=tags(), data=st.data())
def test_order_of_coding(
    made: list[tuple[int, int, str, str | None]], data: st.DataObject, template: Path, tmp_path_factory: Any
) -> None:
    folder = tmp_path_factory.mktemp("coded")
    other = data.draw(st.permutations(made))
    first, second = coded(template, folder / "a.telaah", made), coded(template, folder / "b.telaah", list(other))
    assert [without_order(one) for one in first] == [without_order(one) for one in second]


@QUICK
@given(made=tags(), data=st.data())
def test_undo_and_redo(
    made: list[tuple[int, int, str, str | None]], data: st.DataObject, template: Path, tmp_path_factory: Any
) -> None:
    path = tmp_path_factory.mktemp("undone") / "a.telaah"
    coded(template, path, made)
    with Project.open(path, coder="A") as project:
        states = [everything(project)]
        with project.operation("Topic") as op:
            topic = add_topic(op, code_guid(op.session, CODES[0]), "antrean")
        for number in range(data.draw(st.integers(1, 5))):
            states.append(everything(project))
            change(project, data, topic, number)
        states.append(everything(project))
        steps = len(states) - 1
        for at in range(steps - 1, -1, -1):
            project.undo()
            assert everything(project) == states[at]
        for at in range(1, steps + 1):
            project.redo()
            assert everything(project) == states[at]


def change(project: Project, data: st.DataObject, topic: str, number: int) -> None:
    """One change that is one step to undo."""
    with project.read() as session:
        lines = session.connection().exec_driver_sql("SELECT guid, valence, exemplar, reported FROM segment").fetchall()
    guid, valence, star, reported = data.draw(st.sampled_from(sorted(tuple(line) for line in lines))) if lines else (
        "", None, 0, 0,
    )  # fmt: skip
    what = data.draw(st.sampled_from(["valence", "star", "reported", "topic", "remove"])) if guid else "topic name"
    with project.operation("Change") as op:
        if what == "valence":
            set_valence(op, [guid], "inhibiting" if valence != "inhibiting" else "supporting")
        elif what == "star":
            set_exemplar(op, guid, not star)
        elif what == "reported":
            set_reported(op, guid, not reported)
        elif what == "remove":
            remove(op, [guid])
        else:
            label = data.draw(st.text("abcdef", min_size=3, max_size=9))
            if what == "topic":
                set_topic(op, [guid], topic)
            rename_topic(op, topic, f"antrean {label} {number}")


def unnamed(result: Any) -> Any:
    """A matrix or a summary without the names of its rows."""
    blank = Label("", "")

    def bare(row: Row) -> Row:
        return replace(row, label=blank, topics=tuple(bare(one) for one in row.topics))

    if isinstance(result, Matrix):
        return replace(result, rows=tuple(bare(row) for row in result.rows))
    return replace(result, rows=tuple(replace(row, label=blank, parent_label=None) for row in result.rows))


@QUICK
@given(made=tags())
def test_renaming(made: list[tuple[int, int, str, str | None]], template: Path, tmp_path_factory: Any) -> None:
    path = tmp_path_factory.mktemp("renamed") / "a.telaah"
    before = coded(template, path, made)
    with Project.open(path, coder="A") as project, project.operation("Rename") as op:
        for code in CODES:
            set_label(op, code_guid(op.session, code), "id", f"Nama lain {CODES.index(code)}")
    with Project.open(path, coder="A") as project:
        after = everything(project)
    assert after != before
    assert [unnamed(one) for one in after] == [unnamed(one) for one in before]
