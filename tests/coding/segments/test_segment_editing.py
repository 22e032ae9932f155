"""Tagging and changing coded segments."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coding.changes import Changes
from coding.codes.editing import new_open_code
from coding.codes.queries import code_guid
from coding.errors import CodingError
from coding.project import Project
from coding.segments.done import set_done
from coding.segments.editing import remove, set_code, set_exemplar, set_memo, set_reported, set_span, set_valence, tag
from coding.segments.queries import segments
from coding.store.models import new_guid
from coding.transcripts.queries import source_text

Add = Callable[..., str]
CLARITY, STAFF = "edward3.communication.clarity", "edward3.resources.staff"
LINES = [("P", "Bagaimana? 😀"), ("RS", "Syaratnya 𝔸 berubah dua kali."), ("WT", "Kami   menunggu 📢 lama.")]


@pytest.fixture
def source(add: Add) -> str:
    return add("Wawancara", LINES)


@pytest.fixture
def put(project: Project, source: str) -> Callable[..., str]:
    """`put(start, end, code=CLARITY, valence=None, coder=None)` tags in an operation of its own."""

    def tag_one(
        start: int, end: int, code: str = CLARITY, valence: str | None = None, coder: str | None = None, **more: object
    ) -> str:
        with project.operation("Tag a passage", coder=coder) as op:
            return tag(op, source, start, end, code_guid(op.session, code), valence, **more)  # type: ignore[arg-type]

    return tag_one


def refused(project: Project, code: str, act: Callable[..., object], *arguments: object, coder: str = "Ani") -> str:
    """The sentence with which `act(op, *arguments)` is refused; nothing may have changed."""
    before, step = segments(project), project.next_undo
    with pytest.raises(CodingError) as error, project.operation("Try", coder=coder) as op:
        act(op, *arguments)
    assert error.value.code == code
    assert (segments(project), project.next_undo) == (before, step)
    return str(error.value)


def path_guid(project: Project, path: str) -> str:
    with project.read() as session:
        return code_guid(session, path)


def test_a_segment_is_stored_as_given(project: Project, source: str, put: Callable[..., str]) -> None:
    guid = new_guid()
    assert put(10, 20, valence="inhibiting", guid=guid, memo="é\r\nbaris", exemplar=True) == guid
    (row,) = segments(project)
    text = source_text(project, source).text
    assert (row.guid, row.start, row.end, row.text) == (guid, 10, 20, text[10:20])
    assert (row.valence, row.exemplar, row.coder, row.memo) == ("inhibiting", True, "Ani", "é\nbaris")
    assert (row.framework, row.code, row.source) == ("edward3", CLARITY, "Wawancara")
    assert row.created_at == row.modified_at


@given(edges=st.tuples(st.integers(-5, 120), st.integers(-5, 120)))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_span_is_its_slice_or_refused(project: Project, source: str, edges: tuple[int, int]) -> None:
    start, end = edges
    text = source_text(project, source).text
    inside = 0 <= start < end <= len(text)
    try:
        with project.operation("Tag a passage") as op:
            guid = tag(op, source, start, end, code_guid(op.session, CLARITY))
    except CodingError as error:
        code = error.code
    else:
        (row,) = segments(project, guids=[guid])
        assert row.text == text[start:end]
        assert inside
        assert row.informants == tuple(name for name, said in heard(text) if overlap(text, said, (start, end)))
        project.undo()
        return
    assert code == ("span_blank" if inside else "span_outside")
    assert not inside or not text[start:end].strip()


def heard(text: str) -> list[tuple[str, tuple[int, int]]]:
    return [(who, (at := text.index(words), at + len(words))) for who, words in LINES if who != "P"]  # type: ignore[misc]


def overlap(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    return bool(text[max(one[0], other[0]) : min(one[1], other[1])].strip())


def test_the_same_code_by_the_same_coder_goes_on_a_span_once(
    project: Project, source: str, put: Callable[..., str]
) -> None:
    put(10, 20)
    put(10, 20, coder="Budi")
    put(10, 20, STAFF)
    put(10, 21)
    assert len(segments(project)) == 4
    said = refused(project, "segment_twice", tag, source, 10, 20, path_guid(project, CLARITY))
    assert CLARITY in said
    assert "Ani" in said


def test_edges_and_code_move_within_the_owners_segments(project: Project, source: str, put: Callable[..., str]) -> None:
    mine, theirs, other = put(10, 20), put(12, 22, coder="Budi"), put(12, 22)
    assert "by Ani" in refused(project, "segment_twice", set_span, mine, 12, 22)
    # whoever moves it: what counts is whose segment it is
    assert "by Budi" in refused(
        project, "segment_twice", set_code, put(12, 22, STAFF, coder="Budi"), path_guid(project, CLARITY)
    )
    with project.operation("Move", coder="Ani") as op:
        set_span(op, theirs, 10, 20)
    spans = {row.guid: (row.start, row.end, row.coder) for row in segments(project)}
    assert spans[theirs] == (10, 20, "Budi")
    assert spans[other] == (12, 22, "Ani")
    assert "does not lie inside" in refused(project, "span_outside", set_span, mine, 10, 2000)


def test_changes_that_change_nothing_are_no_step(project: Project, put: Callable[..., str]) -> None:
    guid = put(10, 20, valence="neutral", memo="m")
    step = project.next_undo
    with project.operation("Change nothing") as op:
        set_span(op, guid, 10, 20)
        set_code(op, guid, path_guid(project, CLARITY))
        set_valence(op, [guid], "neutral")
        set_memo(op, guid, "m")
        set_exemplar(op, guid, False)
        remove(op, [])
        remove(op, ["gone"])
        set_valence(op, ["gone"], "neutral")
    assert op.changes == Changes.NONE
    assert project.next_undo == step


def test_reported_speech_is_marked_beside_verbatim(project: Project, source: str, put: Callable[..., str]) -> None:
    guid, other = put(18, 27), put(28, 35)
    with project.operation("Mark as reported speech") as op:
        set_reported(op, guid, True)
    for found in (segments(project), segments(project, source=source), segments(project, guids=[guid, other])):
        assert {row.guid: row.reported for row in found} == {guid: True, other: False}
    step = project.next_undo
    with project.operation("Mark as reported speech") as op:
        set_reported(op, guid, True)
    assert project.next_undo == step
    project.undo()
    assert not any(row.reported for row in segments(project))
    refused(project, "segment_gone", set_reported, "no such guid", True)


def test_changes_are_dated(project: Project, put: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    guid = put(10, 20)
    monkeypatch.setattr("coding.segments.editing.now", lambda: "2030-01-01T00:00:00.000Z")
    with project.operation("Mark") as op:
        set_valence(op, [guid], "supporting")
    row = segments(project)[0]
    assert row.modified_at == "2030-01-01T00:00:00.000Z" != row.created_at


def test_what_is_gone_is_said(project: Project, source: str, put: Callable[..., str]) -> None:
    guid, code = put(10, 20), path_guid(project, CLARITY)
    with project.operation("Remove") as op:
        assert remove(op, [guid]) == 1
    for act, more in (
        (set_span, (11, 20)), (set_code, (code,)), (set_memo, ("x",)), (set_exemplar, (True,)),
    ):  # fmt: skip
        assert refused(project, "segment_gone", act, guid, *more) == "this coded segment no longer exists"
    refused(project, "source_unknown_none", tag, "gone", 1, 5, code)
    refused(project, "source_unknown_none", set_done, "gone", True)
    refused(project, "code_unknown", tag, source, 1, 5, "gone")
    refused(project, "valence_unknown", tag, source, 1, 5, code, "good")
    refused(project, "valence_unknown", set_valence, [guid], "good")


def test_a_memo_goes_with_its_segment_and_comes_back_with_it(project: Project, put: Callable[..., str]) -> None:
    guid = put(10, 20, memo="catatan")
    with project.operation("Remove") as op:
        remove(op, [guid])
    assert op.changes == Changes.SEGMENTS | Changes.MEMOS
    project.undo()
    assert segments(project)[0].memo == "catatan"
    with project.operation("Memo") as op:
        set_memo(op, guid, "")
    assert op.changes == Changes.MEMOS
    assert segments(project)[0].memo == ""


def test_thousands_are_changed_and_removed_at_once(project: Project, add: Add) -> None:
    long = add("Panjang", [("RS", "kata" * 700)])
    with project.operation("Tag all") as op:
        code = code_guid(op.session, CLARITY)
        guids = [tag(op, long, start, start + 2, code) for start in range(4, 1504)]
    with project.operation("Mark all") as op:
        set_valence(op, guids, "neutral")
    assert {row.valence for row in segments(project, guids=guids)} == {"neutral"}
    with project.operation("Remove all") as op:
        assert remove(op, guids) == 1500
    project.undo()
    assert [row.guid for row in segments(project)] == guids


def test_segments_are_asked_for_by_source_code_and_guid(project: Project, add: Add, put: Callable[..., str]) -> None:
    second = add("Lain", [("BP", "Sudah lancar sekarang.")])
    late, early = put(30, 40), put(14, 20, "edward3.communication")
    with project.operation("Tag a passage") as op:
        there = tag(op, second, 4, 9, code_guid(op.session, STAFF))
        mine = tag(op, second, 4, 9, new_open_code(op, "pasar"))
    order = [early, late, there, mine]
    assert [row.guid for row in segments(project)] == order
    assert [row.guid for row in segments(project, source=second)] == [there, mine]
    assert [row.guid for row in segments(project, code=path_guid(project, "edward3.communication"))] == [early, late]
    assert [row.guid for row in segments(project, code=path_guid(project, "edward3.communication"), below=False)] == [
        early
    ]
    assert [row.guid for row in segments(project, guids=[mine, "gone", late, early])] == [early, late, mine]
    assert segments(project, guids=[]) == []
    assert segments(project, source="gone") == []
    assert segments(project)[3].framework is None


def test_done_is_a_mark_of_each_coder(project: Project, source: str) -> None:
    for coder, done, changes in (
        ("Ani", True, Changes.SOURCES), ("Ani", True, Changes.NONE), ("Budi", True, Changes.SOURCES),
        ("Ani", False, Changes.SOURCES), ("Ani", False, Changes.NONE),
    ):  # fmt: skip
        with project.operation("Mark a source as done", coder=coder) as op:
            set_done(op, source, done)
        assert op.changes == changes
