"""Where what a report consists of comes to stand on pages: nothing parted that belongs together, nothing lost."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from app.printing.pages import Place, Slab, placed


def table(number: int, rows: int, *, height: float = 1.0, head: float = 1.0, kept: int = 0) -> list[Slab]:
    return [Slab(height, at < kept, table=number, head=head) for at in range(rows)]


def pages(places: list[Place], slabs: list[Slab]) -> list[int]:
    found = {at: place.page for place in places for at in range(place.first, place.last)}
    return [found[at] for at in range(len(slabs))]


def test_slabs_fill_a_page_with_the_wider_space_between_two() -> None:
    slabs = [Slab(2, below=1), Slab(2, above=3), Slab(2, above=1)]
    assert placed(slabs, 8) == [Place(0, 1, 0, 0), Place(1, 2, 0, 5), Place(2, 3, 1, 0)]


def test_a_caption_goes_over_with_the_first_rows() -> None:
    slabs = [Slab(7), Slab(1, stays=True), *table(1, 5, kept=1)]
    assert placed(slabs, 10) == [Place(0, 1, 0, 0), Place(1, 2, 1, 0), Place(2, 7, 1, 1)]


def test_rows_that_go_on_have_their_heads_again() -> None:
    slabs = table(1, 20)
    found = placed(slabs, 10)
    assert [(place.first, place.last, place.page) for place in found] == [(0, 9, 0), (9, 18, 1), (18, 20, 2)]


def test_the_last_rows_go_over_with_what_stands_below() -> None:
    slabs = [*table(1, 9), Slab(1)]
    slabs[7:9] = [replace(slab, stays=True) for slab in slabs[7:9]]
    assert pages(placed(slabs, 10), slabs) == [0] * 7 + [1] * 3


def test_what_no_page_holds_is_parted_and_the_rest_goes_on() -> None:
    slabs = [Slab(4, stays=True), Slab(4, stays=True), Slab(4), Slab(25), Slab(1)]
    assert pages(placed(slabs, 10), slabs) == [0, 0, 1, 2, 5]


def test_a_new_page_is_begun_where_it_is_asked_for() -> None:
    slabs = [Slab(1), Slab(1, new_page=True)]
    assert pages(placed(slabs, 10), slabs) == [0, 1]


SLAB = st.builds(
    Slab, st.integers(1, 14).map(float), st.booleans(), st.just(value=False), st.none(),
    above=st.integers(0, 2).map(float), below=st.integers(0, 2).map(float),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(SLAB, min_size=1, max_size=25), st.integers(0, 12))
def test_everything_stands_somewhere_in_order_and_within_its_page(slabs: list[Slab], rows: int) -> None:
    slabs = [*slabs, *table(1, rows, head=2.0)]
    found = placed(slabs, 10)
    assert [(place.first, place.last) for place in found] == list(
        pairwise([*(place.first for place in found), len(slabs)])
    )
    assert [place.page for place in found] == sorted(place.page for place in found)
    for place in found:
        high = sum(slab.height for slab in slabs[place.first : place.last]) + slabs[place.first].head
        assert place.top + high <= 10 or (place.top == 0 and place.last - place.first == 1)
