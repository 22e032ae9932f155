"""Stretches of text behind a number: what overlaps is one, told when it was counted once; lines that wrap."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.models.matrix_evidence import Stretch, stretches
from coding.segments.rows import SegmentRow

TEXT = "Kalau ada perubahan, kami sampaikan lewat rapat dusun.  Warga\ncepat tahu; yang muda 😀 membaca di grup. " * 3


def segment(source: str, start: int, end: int, number: int = 0, informants: tuple[str, ...] = ("RS",)) -> SegmentRow:
    """A coded segment of `TEXT`."""
    return SegmentRow(
        guid=f"{source}-{start}-{end}-{number}", source=source, source_guid=source, start=start, end=end,
        text=TEXT[start:end], framework="edward3", code="edward3.communication", code_guid="c", label_id="Komunikasi",
        label_en="Communication", color=0, valence=None, coder="Ani", informants=informants, memo="", exemplar=False,
        created_at="", modified_at="",
    )  # fmt: skip


def spans(found: list[Stretch]) -> list[tuple[str, int, int]]:
    return [(s.first.source, min(r.start for r in s.segments), max(r.end for r in s.segments)) for s in found]


places = st.tuples(st.sampled_from("AB"), st.integers(0, len(TEXT) - 1), st.integers(1, 90)).map(
    lambda p: (p[0], p[1], min(p[1] + p[2], len(TEXT)))
)


@given(st.lists(places, max_size=25))
def test_stretches_cover_just_what_the_segments_cover(wanted: list[tuple[str, int, int]]) -> None:
    rows = [segment(*place, number) for number, place in enumerate(sorted(wanted))]
    found = stretches(rows)
    assert [row for stretch in found for row in stretch.segments] == rows
    covered = {(source, at) for source, start, end in wanted for at in range(start, end)}
    assert {(source, at) for source, start, end in spans(found) for at in range(start, end)} == covered
    for (source, _, end), (following, start, _) in zip(spans(found), spans(found)[1:], strict=False):
        assert source != following or end <= start
    for stretch, (_, start, end) in zip(found, spans(found), strict=True):
        assert stretch.text == " ".join(TEXT[start:end].split())


def test_touching_segments_are_two_stretches() -> None:
    assert len(stretches([segment("A", 0, 10), segment("A", 10, 20)])) == 2
    assert len(stretches([segment("A", 0, 11), segment("A", 10, 20)])) == 1
    assert len(stretches([segment("A", 0, 11), segment("B", 10, 20)])) == 2


def test_the_same_words_by_the_same_voice_are_told() -> None:
    third = len(TEXT) // 3
    rows = [segment("A", 0, 53), segment("A", third, third + 53), segment("B", 0, 53, informants=("WT",))]
    assert [stretch.again for stretch in stretches(rows)] == [False, True, False]


def test_short_words_may_be_said_again() -> None:
    third = len(TEXT) // 3
    rows = [segment("A", 0, 9), segment("A", third, third + 9)]
    assert [stretch.again for stretch in stretches(rows)] == [False, False]
