"""Which regular expressions are trusted to come to an end."""

from __future__ import annotations

import re

import pytest

from coding.errors import CodingError
from coding.search.patience import may_never_end
from coding.search.query import SearchQuery, pattern


@pytest.mark.parametrize(
    "written",
    [
        "(a+)+b", "(a*)*b", "(a|a)*b", r"(\w+\s*)+x", "(.*)*x", "(a|aa)+$", ".*.*x", r"(\w+){10,}x",
        "(?:a?){30}a{30}", r"([a-z]+)*\d", "(x+x+)+y", "(?=(a+)+b)c", "(?i)(?:ab|Ab)*c",
    ],
)  # fmt: skip
def test_a_repeat_that_can_be_read_in_two_ways_is_refused(written: str) -> None:
    assert may_never_end(re.compile(written))
    with pytest.raises(CodingError) as refused:
        pattern(SearchQuery(written, regex=True))
    assert refused.value.code == "pattern_endless"


@pytest.mark.parametrize(
    "written",
    [
        r"layan\w*", r"\bguru\W+(?:\w+\W+){0,6}murid\b", r"(?:\w+\s+)*x", "tidak.*paham", "(saya|kami) (tidak|belum)",
        r"\d{1,3}(\.\d{3})*", r"^Informan .*:$", r"(\w+) \1", r"[^.]*kartu[^.]*\.", r"(\w+,\s)+dan", r"\s*-\s*",
        "((?:ya|oh),? )*itu", r".*\w+ ada", "(?:ab|ac)*d", "(a|a)b",
    ],
)  # fmt: skip
def test_what_people_search_for_is_let_through(written: str) -> None:
    assert not may_never_end(re.compile(written))


def test_an_expression_too_long_to_look_into_is_let_through() -> None:
    assert not may_never_end(re.compile("a" * 400))
