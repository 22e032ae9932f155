"""The markup of summaries keeps what was written, whatever it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.findings.richtext import Line, Span, compose, parse, plain, to_html

texts = st.text(st.sampled_from("ab *\\-1.<&é"), min_size=1, max_size=8)
spans = st.builds(Span, texts, st.booleans(), st.booleans())
lines = st.builds(Line, st.lists(spans, max_size=4).map(tuple), st.sampled_from(["plain", "bullet", "number"]))


@given(st.lists(lines, min_size=1, max_size=5))
def test_lines_come_back_as_they_were_written(written: list[Line]) -> None:
    read = parse(compose(written)) or [Line(())]
    assert [(line.text, line.kind) for line in read] == [(line.text, line.kind) for line in written]
    looks = [[(c, s.bold, s.italic) for s in line.spans for c in s.text] for line in written]
    assert [[(c, s.bold, s.italic) for s in line.spans for c in s.text] for line in read] == looks


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert compose(parse(compose(parse(text)))) == compose(parse(text))


@pytest.mark.parametrize(
    ("markup", "html"),
    [
        ("a **b** *c*", "<p>a <b>b</b> <i>c</i></p>"),
        ("- one\n- two\nthen", "<ul><li>one</li><li>two</li></ul><p>then</p>"),
        ("1. one\n- two", "<ol><li>one</li></ol><ul><li>two</li></ul>"),
        ("<script>", "<p>&lt;script&gt;</p>"),
    ],
)
def test_as_html(markup: str, html: str) -> None:
    assert to_html(markup) == html


def test_words_alone() -> None:
    assert plain("**a**\n- b\n1. c\n1. d") == "a\n• b\n1. c\n2. d"
