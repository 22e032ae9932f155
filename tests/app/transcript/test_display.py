"""What is shown of a stored text, and the way between both."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.transcript.display import Display
from app.transcript.finding import find
from coding.text import Span
from coding.transcripts.rows import SourceText, TurnRow


def bare(text: str, turns: tuple[TurnRow, ...] = (), header_end: int = 0) -> SourceText:
    return SourceText("g", "n", "interview", None, None, text, header_end, turns, ())


def turn(text: str, label: str, words: str, kind: str = "informant") -> TurnRow:
    start = text.index(words)
    begin = text.rindex(label, 0, start)
    return TurnRow(words, start, start + len(words), begin, begin + len(label), kind, label, None, None)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_labels_and_blank_lines_are_left_out() -> None:
    text = "Judul\n\nP: Apa kabar?\n\n\nAS:\tBaik 🙂.\nSekali.\n"
    turns = (turn(text, "P", "Apa kabar?", "researcher"), turn(text, "AS", "Baik 🙂.\nSekali."))
    display = Display(bare(text, turns, len("Judul")))
    assert display.text == "Judul\nApa kabar?\nBaik 🙂.\nSekali."
    assert [(b.header, b.turn, b.first, b.quiet, b.loose) for b in display.blocks] == [
        (True, None, False, False, False),
        (False, 0, True, True, True),
        (False, 1, True, False, True),
        (False, 1, False, False, False),
    ]
    assert display.length == units(display.text)


def test_hard_wraps_are_one_space_with_their_indent() -> None:
    text = "NA:  datang ke  \n     balai\n     desa. Lalu\npulang"
    wraps = [i for i, c in enumerate(text) if c == "\n"][:2]
    display = Display(bare(text, (turn(text, "NA", text[5:]),)), wraps)
    assert display.text == "datang ke balai desa. Lalu\npulang"
    start, end = text.index("ke"), text.index("desa") + 4
    first, last = display.qt_range(start, end)
    assert display.text[first:last] == "ke balai desa"
    assert display.span(first, last) == Span(start, end)


def test_columns_of_blanks_in_a_header_are_one_space() -> None:
    text = "Nama     :  RS  \nUsia\t\t: 51\n\nDua  spasi"
    display = Display(bare(text, (), text.index("\n\n")))
    assert display.text == "Nama : RS\nUsia : 51\nDua  spasi"
    assert display.span(*display.qt_range(0, text.index("51"))).of(text) == "Nama     :  RS  \nUsia\t\t: "


def test_a_label_in_the_middle_of_a_line_begins_a_paragraph() -> None:
    text = "[00:12] NA: Lanjut.\nLagi."
    display = Display(bare(text, (turn(text, "NA", "Lanjut.\nLagi."),)))
    assert display.text == "[00:12] \nLanjut.\nLagi."
    assert [b.quiet for b in display.blocks] == [True, False, False]


def test_turns_parted_in_the_middle_of_a_line_begin_a_paragraph_each() -> None:
    text = "NA: Harganya gimana? Ya turun\n terus."
    turns = tuple(
        TurnRow(words, at, at + len(words), *edges, "informant", "NA", None, None)
        for words, edges in (("Harganya gimana?", (0, 3)), ("Ya", (21, 21)), ("turun\n terus.", (24, 24)))
        if (at := text.index(words)) >= 0
    )
    display = Display(bare(text, turns), [text.index("\n")])
    assert display.text == "Harganya gimana?\nYa\nturun terus."
    assert [(b.turn, b.first) for b in display.blocks] == [(0, True), (1, True), (2, True)]
    for at in range(turns[0].start, len(text)):
        if not text[at].isspace():
            assert display.to_cp(display.to_qt(at)) == at
    assert display.span(*display.qt_range(turns[1].start, turns[2].end)) == Span(turns[1].start, turns[2].end)


def test_words_between_label_and_speech_stay() -> None:
    text = "NA [tertawa]: Begitu."
    display = Display(bare(text, (TurnRow("t", text.index("Begitu"), len(text), 0, 2, "informant", "NA", None, None),)))
    assert display.text == "[tertawa]: Begitu."


def test_the_end_of_a_selection_at_a_paragraph_is_the_end_of_the_one_before() -> None:
    text = "P: Satu.\n\nAS: Dua."
    display = Display(bare(text, (turn(text, "P", "Satu."), turn(text, "AS", "Dua."))))
    assert display.span(0, display.text.index("Dua")).of(text) == "Satu."
    assert display.span(0, display.length).of(text) == "Satu.\n\nAS: Dua."


def test_nothing_and_only_blanks() -> None:
    for text in ("", "\n\n", "  \n "):
        display = Display(bare(text))
        assert display.text == ""
        assert len(display.blocks) == 1
        assert display.span(0, 0) == Span(0, 0)


def test_object_replacement_characters_are_shown_as_something() -> None:
    assert Display(bare("a\ufffcb")).text == "a\ufffdb"


LINES = st.lists(st.text(st.sampled_from("ab 🙂é\t"), max_size=8), max_size=8)


@given(LINES, st.data())
def test_every_shown_character_stands_for_one_stored_character(lines: list[str], data: st.DataObject) -> None:
    text = "\n".join(lines)
    ends = [i for i, c in enumerate(text) if c == "\n"]
    wraps = data.draw(st.sets(st.sampled_from(ends))) if ends else set()
    display = Display(bare(text), wraps)
    seen = -1
    for index, character in enumerate(display.text):
        position = units(display.text[:index])
        at = display.to_cp(position)
        assert at > seen
        seen = at
        if character not in "\n ":
            assert text[at] == character
            assert display.to_qt(at) == position
            assert display.to_qt(at, forward=True) == position
    shown = "".join(display.text.split())
    assert shown == "".join(text.split())


@given(LINES, st.data())
def test_a_stored_span_is_shown_and_read_back_but_for_what_is_left_out(lines: list[str], data: st.DataObject) -> None:
    text = "\n".join(lines)
    display = Display(bare(text))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = display.qt_range(start, end)
    if first < last:
        assert display.span(first, last).of(text).split() == text[start:end].split()
    assert "".join(s.of(text) for s in display.visible(start, end)).split() == text[start:end].split() or "\n" in text


def test_finding_ignores_case_wraps_and_what_is_left_out() -> None:
    text = "AS: Kader 🙂 datang\nke balai.\n\nAS: kader DATANG  ke mana? Kata AS."
    turns = (turn(text, "AS", "Kader 🙂 datang\nke balai."), turn(text, "AS", "kader DATANG  ke mana? Kata AS."))
    display = Display(bare(text, turns), [text.index("\n")])
    assert [s.of(text) for s in find(display, "datang ke")] == ["datang\nke", "DATANG  ke"]
    assert [s.of(text) for s in find(display, "KADER")] == ["Kader", "kader"]
    assert [s.start for s in find(display, "as.")] == [text.rindex("AS")]
    assert find(display, "balai. kader") == []
    assert find(display, "  ") == []
    assert find(display, "(.*") == []
