"""Who speaks in which turns, mended and undone; former texts compared and brought back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from coding.errors import CodingError
from coding.informants.queries import informants
from coding.project import Project
from coding.store.journal import journal_tables
from coding.transcripts.editing_text import apply_edit
from coding.transcripts.queries import source_text
from coding.transcripts.turn_editing import (
    Voice,
    give_words,
    join_with_next,
    part_out,
    place_to_split,
    reassign_turns,
    split_turn,
)
from coding.transcripts.versions import Part, bring_back, compared, former_text, former_texts, plan_return
from coding.transcripts.voices_shown import speakers_shown

LINES = [("P", "Siapa saja?"), ("AS", "Kami berdua. Lalu Budi."), ("P", "Budi?"), ("AS", "Ya."), ("P", "Baik.")]


@pytest.fixture
def source(add: Any) -> str:
    edges = []
    text = "".join(f"{who}: {words}\n" for who, words in LINES)
    for _, words in LINES:
        start = text.index(words)
        edges.append((start, start + len(words)))
    return str(add("W1", LINES, sentences=tuple(edges), segmenter="x"))


def speakers(project: Project, source: str) -> list[tuple[str, str | None]]:
    return [(turn.kind, turn.informant) for turn in source_text(project, source).turns]


def said(project: Project, source: str) -> list[str]:
    shown = source_text(project, source)
    return [shown.text[turn.start : turn.end] for turn in shown.turns]


def dump(path: Path) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return [connection.execute(f'SELECT * FROM "{t.name}" ORDER BY id').fetchall() for t in journal_tables()]


def turn(project: Project, source: str, number: int) -> str:
    return source_text(project, source).turns[number].guid


AS = ("informant", "AS")
P = ("researcher", None)


def test_one_turn_all_of_its_label_or_those_from_here_on_are_given_to_another(project: Project, source: str) -> None:
    with project.operation("Reassign") as op:
        assert reassign_turns(op, turn(project, source, 1), Voice("informant", new="BD")) == 1
    assert speakers(project, source) == [P, ("informant", "BD"), P, AS, P]
    project.undo()
    with project.operation("Reassign") as op:
        assert reassign_turns(op, turn(project, source, 0), Voice("unknown"), "label") == 3
    assert speakers(project, source) == [("unknown", None), AS, ("unknown", None), AS, ("unknown", None)]
    project.undo()
    with project.operation("Reassign") as op:
        assert reassign_turns(op, turn(project, source, 2), Voice("informant", new="as"), "onward") == 2
    assert speakers(project, source) == [P, AS, AS, AS, AS]
    assert [person.code for person in informants(project)] == ["AS"]
    project.undo()
    assert speakers(project, source) == [P, AS, P, AS, P]


def test_two_turns_are_joined_and_parted_again(project: Project, source: str) -> None:
    before = dump(project.path)
    with project.operation("Join") as op:
        join_with_next(op, turn(project, source, 2))
    assert said(project, source) == ["Siapa saja?", "Kami berdua. Lalu Budi.", "Budi?\nAS: Ya.", "Baik."]
    shown = source_text(project, source)
    assert [shown.text[a:b] for a, b in shown.sentences][2:4] == ["Budi?", "AS:"]
    at = shown.text.index("AS: Ya.")
    with project.operation("Split") as op:
        split_turn(op, turn(project, source, 2), at)
    assert speakers(project, source) == [P, AS, P, AS, P]
    assert said(project, source) == [words for _, words in LINES]
    shown = source_text(project, source)
    assert [shown.text[a:b] for a, b in shown.sentences] == [words for _, words in LINES]
    project.undo()
    project.undo()
    assert dump(project.path) == before


def test_a_turn_is_parted_at_the_caret(project: Project, source: str) -> None:
    at = source_text(project, source).text.index(" Lalu Budi")
    with project.operation("Split") as op:
        made = split_turn(op, turn(project, source, 1), at)
    assert said(project, source)[1:3] == ["Kami berdua.", "Lalu Budi."]
    shown = source_text(project, source)
    assert shown.turns[2].guid == made
    assert shown.turns[2].informant == "AS"
    assert [shown.text[a:b] for a, b in shown.sentences][1:3] == ["Kami berdua.", "Lalu Budi."]
    project.undo()
    assert said(project, source) == [words for _, words in LINES]


def test_a_turn_is_never_parted_inside_a_word(project: Project, source: str) -> None:
    shown = source_text(project, source)
    text, inside = shown.text, shown.text.index("Lalu") + 2
    with project.operation("Split") as op:
        split_turn(op, shown.turns[1].guid, inside)
    assert said(project, source)[1:3] == ["Kami berdua.", "Lalu Budi."]
    start, end = shown.turns[1].start, shown.turns[1].end
    assert place_to_split(text, start, end, inside) == text.index("Lalu")
    assert place_to_split(text, start, end, text.index(" Lalu")) == text.index(" Lalu")
    assert place_to_split(text, start, end, start + 2) is None
    assert place_to_split(text, start, end, end) is None


def test_just_the_selected_words_become_a_turn(project: Project, source: str) -> None:
    before = dump(project.path)
    shown = source_text(project, source)
    at = shown.text.index("erdua. La")
    with project.operation("Part") as op:
        made = part_out(op, shown.turns[1].guid, at, at + 3)
    assert said(project, source)[1:4] == ["Kami", "berdua.", "Lalu Budi."]
    assert source_text(project, source).turns[2].guid == made
    with project.operation("Part") as op:
        assert part_out(op, made, shown.turns[1].start, shown.turns[1].end) == made
    with pytest.raises(CodingError) as refused, project.operation("Part") as op:
        part_out(op, made, 0, 1)
    assert refused.value.code == "turn_split"
    project.undo()
    assert dump(project.path) == before


def test_the_selected_words_alone_are_given_to_another(project: Project, source: str) -> None:
    text = source_text(project, source).text
    with project.operation("Give") as op:
        assert give_words(op, source, text.index("Lalu Budi."), text.index("Budi?") + 5, Voice("unknown")) == 2
    nobody = ("unknown", None)
    assert said(project, source) == ["Siapa saja?", "Kami berdua.", "Lalu Budi.", "Budi?", "Ya.", "Baik."]
    assert speakers(project, source) == [P, AS, nobody, nobody, AS, P]
    project.undo()
    assert said(project, source) == [words for _, words in LINES]
    with pytest.raises(CodingError) as refused, project.operation("Give") as op:
        give_words(op, source, 0, 2, Voice("unknown"))
    assert refused.value.code == "turn_gone"


def test_a_turn_is_not_named_by_the_label_of_somebody_else(project: Project, source: str) -> None:
    def names() -> tuple[str, ...]:
        return speakers_shown(source_text(project, source).turns)

    assert names() == ("P", "AS", "P", "AS", "P")
    with project.operation("Reassign") as op:
        reassign_turns(op, turn(project, source, 1), Voice("researcher"))
        reassign_turns(op, turn(project, source, 2), Voice("informant", new="BD"))
    assert names() == ("", "", "BD", "AS", "")
    with project.operation("Reassign") as op:
        reassign_turns(op, turn(project, source, 3), Voice("researcher"))
        reassign_turns(op, turn(project, source, 2), Voice("researcher"))
    assert names() == ("P", "", "P", "", "P")
    with project.operation("Reassign") as op:
        reassign_turns(op, turn(project, source, 1), Voice("unknown"), "label")
    assert names() == ("P", "AS", "P", "AS", "P")


def test_what_can_not_be_joined_or_parted_is_said(project: Project, source: str) -> None:
    shown = source_text(project, source)
    first = shown.turns[0]
    for work, code in (
        (lambda op: join_with_next(op, shown.turns[-1].guid), "turn_last"),
        (lambda op: join_with_next(op, "gone"), "turn_gone"),
        (lambda op: split_turn(op, first.guid, first.start), "turn_split"),
        (lambda op: split_turn(op, first.guid, first.end + 5), "turn_split"),
        (lambda op: reassign_turns(op, first.guid, Voice("informant", new=" ")), "informant_unknown"),
    ):
        with pytest.raises(CodingError) as refused, project.operation("x") as op:
            work(op)
        assert refused.value.code == code


def test_former_texts_are_listed_compared_and_brought_back(project: Project, source: str) -> None:
    first = source_text(project, source).text
    for old, new in (("berdua", "bertiga"), ("Ya.", "Ya, betul.")):
        text = source_text(project, source).text.replace(old, new)
        with project.operation("Edit") as op:
            apply_edit(op, source, text)
    last = source_text(project, source).text
    versions = former_texts(project, source)
    assert [former_text(project, v.guid) for v in versions] == [first.replace("berdua", "bertiga"), first]
    assert [(v.coder, v.current) for v in versions] == [("Ani", False), ("Ani", False)]
    assert [p for p in compared(first, last) if p.kind in ("removed", "added")] == [
        Part("removed", "berdua"), Part("added", "bertiga"), Part("added", ", betul"),
    ]  # fmt: skip
    assert plan_return(project, source, versions[1].guid).text == first
    with project.operation("Back") as op:
        bring_back(op, source, versions[1].guid)
    assert source_text(project, source).text == first
    assert [v.current for v in former_texts(project, source)] == [False, False, True]
    assert said(project, source) == [words for _, words in LINES]
    for _ in range(3):
        project.undo()
    assert former_texts(project, source) == []
    with pytest.raises(CodingError) as gone:
        former_text(project, versions[0].guid)
    assert gone.value.code == "former_text_gone"


def test_a_comparison_leaves_out_what_did_not_change(project: Project) -> None:
    old = "awal " + "sama " * 100 + "lama " + "sama " * 100 + "akhir"
    parts = compared(old, old.replace("lama", "baru").replace("awal", "mula"))
    assert [p.kind for p in parts] == [
        "removed", "added", "same", "skipped", "same", "removed", "added", "same", "skipped",
    ]  # fmt: skip
    assert all(len(p.text) < 70 for p in parts)
    assert compared(old, old) == []
