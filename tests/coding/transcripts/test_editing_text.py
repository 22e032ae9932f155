"""Editing a text: what is coded stays on its words, everything comes back with undo."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from coding.codes.queries import code_guid
from coding.errors import CodingError
from coding.language.sentences import find_sentences
from coding.project import Project
from coding.search.find import find
from coding.search.query import SearchQuery
from coding.segments.editing import remove, set_span, tag
from coding.segments.evidence import evidence_ids
from coding.segments.evidence_filter import EvidenceFilter
from coding.segments.queries import segments
from coding.store.journal import journal_tables
from coding.store.models import Heading, Source
from coding.text import Shift, Span, normalise
from coding.transcripts.drafts import Draft, DraftTurn, Speaker
from coding.transcripts.editing_text import (
    EditPlan,
    apply_edit,
    plan_edit,
    sentence_request,
    sentences_from,
)
from coding.transcripts.intake import store_draft
from coding.transcripts.queries import source_text
from coding.transcripts.reanchor import hunks_between
from coding.transcripts.turn_editing import join_with_next, split_turn

CODES = ("edward3.communication", "edward3.resources.staff")
TEXT = (
    "Informan: AS\n\nP: Bagaimana sosialisasinya?\nAS: Kalau infromasi, kami sampaikan lewat rapat. Brosur juga ada.\n"
    "P: Lalu petugasnya?\nAS: Petugasnya kurang 😀 sekali. Kami berdua saja.\n"
)


def draft() -> Draft:
    turns, sentences = [], []
    for label in ("P: Bag", "AS: Kal", "P: Lalu", "AS: Pet"):
        start = TEXT.index(label)
        body = start + label.index(" ") + 1
        end = TEXT.index("\n", body)
        turns.append(DraftTurn(body, end, start, body - 1, 0 if label[0] == "P" else 1))
        cuts = [body, *(i + 1 for i in range(body, end - 1) if TEXT[i] == "."), end]
        sentences += [(a + (TEXT[a] == " "), b) for a, b in pairwise(cuts)]
    people = (Speaker("P", "researcher"), Speaker("AS", "informant", code="AS"))
    return Draft("Wawancara AS", TEXT, "interview", header_end=14, speakers=people, turns=tuple(turns),
                 sentences=tuple(sentences), segmenter="x", file_name="as.txt")  # fmt: skip


@pytest.fixture(scope="session")
def edited_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("edit") / "study.telaah"
    project = Project.create(path, "Studi", frameworks=["edward3"], coder="Ani")
    with project.operation("Import {source}") as op:
        store_draft(op, draft())
    project.close()
    return path


@pytest.fixture
def study(edited_template: Path, tmp_path: Path) -> Any:
    path = tmp_path / "study.telaah"
    shutil.copyfile(edited_template, path)
    with Project.open(path, coder="Ani") as project:
        yield project


def the_source(project: Project) -> str:
    with project.read() as session:
        return session.query(Source.guid).scalar()  # type: ignore[no-any-return]


def code(project: Project, words: str, number: int = 0, coder: str | None = None) -> str:
    source = the_source(project)
    start = source_text(project, source).text.index(words)
    with project.operation("Tag a passage", coder=coder) as op:
        return tag(op, source, start, start + len(words), code_guid(op.session, CODES[number]))


def edit(project: Project, change: Callable[[str], str], coder: str | None = None) -> EditPlan:
    source = the_source(project)
    new = change(source_text(project, source).text)
    with project.operation("Edit the text of “{source}”", coder=coder, source="x") as op:
        return apply_edit(op, source, new)


def words(project: Project, guid: str) -> str | None:
    return next((row.text for row in segments(project) if row.guid == guid), None)


def turns(project: Project) -> list[tuple[str, str]]:
    shown = source_text(project, the_source(project))
    return [(shown.text[t.label_start : t.label_end], shown.text[t.start : t.end]) for t in shown.turns]


def dump(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        return {
            table.name: connection.execute(f'SELECT * FROM "{table.name}" ORDER BY id').fetchall()
            for table in journal_tables()
        }


def sentences(project: Project) -> list[str]:
    shown = source_text(project, the_source(project))
    return [shown.text[a:b] for a, b in shown.sentences]


def test_a_typing_error_mended_leaves_every_passage_on_its_words(study: Project) -> None:
    inside = code(study, "infromasi, kami sampaikan")
    before = code(study, "Bagaimana sosialisasinya?")
    after = code(study, "Petugasnya kurang 😀 sekali.", 1)
    plan = edit(study, lambda text: text.replace("infromasi", "informasi yang ada"))
    assert (plan.kept, [c.guid for c in plan.changed], plan.vanishing) == (2, [inside], ())
    assert words(study, inside) == "informasi yang ada, kami sampaikan"
    assert words(study, before) == "Bagaimana sosialisasinya?"
    assert words(study, after) == "Petugasnya kurang 😀 sekali."
    assert turns(study)[3] == ("AS:", "Petugasnya kurang 😀 sekali. Kami berdua saja.")
    assert sentences(study)[1:3] == ["Kalau informasi yang ada, kami sampaikan lewat rapat.", "Brosur juga ada."]
    assert sentences(study)[4:] == ["Petugasnya kurang 😀 sekali.", "Kami berdua saja."]


def test_the_plan_says_beforehand_what_the_edit_then_does(study: Project) -> None:
    code(study, "infromasi")
    gone = code(study, "Brosur juga ada.", 1)
    source = the_source(study)
    new = TEXT.replace("infromasi", "informasi").replace(" Brosur juga ada.", "")
    plan = plan_edit(study, source, new)
    assert [(c.before, c.after, c.code) for c in plan.changed] == [("infromasi", "informasi", CODES[0])]
    assert [(c.guid, c.before, c.after) for c in plan.vanishing] == [(gone, "Brosur juga ada.", "")]
    with study.operation("Edit") as op:
        done = apply_edit(op, source, new, based_on=plan.based_on)
    assert (done.changed, done.vanishing, done.kept) == (plan.changed, plan.vanishing, plan.kept)
    assert words(study, gone) is None
    study.undo()
    assert words(study, gone) == "Brosur juga ada."


@pytest.mark.parametrize(
    ("passage", "old", "new", "becomes"),
    [
        ("lewat rapat", "lewat rapat.", "lewat rapatnya dulu.", "lewat rapatnya"),  # the last word goes on
        ("Brosur", "Brosur juga", "Brosur, poster juga", "Brosur"),  # what follows is outside
        ("Brosur", ". Brosur", ". Ada Brosur", "Brosur"),
        ("rosur", "Brosur", "BBrosur", "rosur"),  # it began inside a word: that word's letters are not its own
        ("Petugasnya kurang", "Petugasnya kurang", "Petugas kurang", "Petugas kurang"),
        ("Kami berdua", "Kami berdua saja", "Kita bertiga saja", "Kita bertiga"),
        ("kurang 😀 sekali", "😀 sekali", "sekali", "kurang sekali"),
        ("sekali. Kami", " Kami berdua saja.", "", "sekali."),
    ],
)
def test_what_happens_at_the_edges_of_a_passage(study: Project, passage: str, old: str, new: str, becomes: str) -> None:
    guid = code(study, passage)
    edit(study, lambda text: text.replace(old, new))
    assert words(study, guid) == becomes
    study.undo()
    assert words(study, guid) == passage


def test_what_is_written_at_the_end_of_a_turn_is_the_turns(study: Project) -> None:
    edit(study, lambda text: text.replace("juga ada.\n", "juga ada.\n\nSatu lagi: spanduk.\n"))
    assert turns(study)[1][1].endswith("juga ada.\n\nSatu lagi: spanduk.")
    assert turns(study)[2] == ("P:", "Lalu petugasnya?")
    assert "Satu lagi: spanduk." in sentences(study)
    edit(study, lambda text: text.replace("AS: Petugasnya kurang", "AS: Ya, petugasnya kurang"))
    assert turns(study)[3][1].startswith("Ya, petugasnya")


def test_a_turn_goes_with_its_words_and_a_label_can_be_mended(study: Project) -> None:
    plan = edit(study, lambda text: text.replace("P: Lalu petugasnya?\n", "").replace("P: Bag", "Peneliti: Bag"))
    assert plan.turns_gone == ("P",)
    assert [label for label, _ in turns(study)] == ["Peneliti:", "AS:", "AS:"]
    shown = source_text(study, the_source(study))
    assert shown.turns[0].label == "Peneliti"
    study.undo()
    assert [label for label, _ in turns(study)] == ["P:", "AS:", "P:", "AS:"]


def speakers(project: Project) -> list[tuple[str, str | None]]:
    return [(turn.kind, turn.informant) for turn in source_text(project, the_source(project)).turns]


ASKED, AS = ("researcher", None), ("informant", "AS")


def said(project: Project) -> list[tuple[str, str]]:
    return [(label.rstrip(" :"), words) for label, words in turns(project)]


def test_lines_written_with_a_speakers_label_are_turns(study: Project) -> None:
    coded = code(study, "Brosur juga")
    before = dump(study.path)
    plan = edit(study, lambda text: text.replace(" Brosur", "\nPeneliti: Selain itu?\nA.S. : Brosur"))
    assert [(read.new, read.spans.label, read.speaking.kind) for read in plan.turns_read] == [
        (True, "Peneliti", "researcher"), (True, "A.S.", "informant"),
    ]  # fmt: skip
    assert said(study)[1:4] == [
        ("AS", "Kalau infromasi, kami sampaikan lewat rapat."), ("Peneliti", "Selain itu?"),
        ("A.S.", "Brosur juga ada."),
    ]  # fmt: skip
    assert speakers(study) == [ASKED, AS, ASKED, AS, ASKED, AS]
    assert words(study, coded) == "Brosur juga"
    shown = source_text(study, the_source(study))
    spoken = [shown.text[a:b] for a, b in shown.sentences]
    assert spoken[1:4] == ["Kalau infromasi, kami sampaikan lewat rapat.", "Selain itu?", "Brosur juga ada."]
    study.undo()
    assert dump(study.path) == before
    study.redo()
    assert speakers(study) == [ASKED, AS, ASKED, AS, ASKED, AS]


def test_a_label_before_the_first_turn_and_after_the_last_is_read(study: Project) -> None:
    edit(study, lambda text: text.replace("\n\nP:", "\n\nAS: Silakan.\nP:") + "P: Terima kasih.\n")
    assert said(study)[0] == ("AS", "Silakan.")
    assert said(study)[-1] == ("P", "Terima kasih.")
    assert speakers(study) == [AS, ASKED, AS, ASKED, AS, ASKED]


def test_words_that_nobody_said_have_sentences_once_a_label_stands_before_them(study: Project) -> None:
    edit(study, lambda text: text.replace("\n\nP:", "\n\nPembukaan tadi. Baik.\nP:"))
    assert len(turns(study)) == 4
    edit(study, lambda text: text.replace("Pembukaan", "AS: Pembukaan"))
    assert said(study)[0] == ("AS", "Pembukaan tadi. Baik.")
    check_places(source_text(study, the_source(study)))


def test_a_mended_label_is_of_who_speaks_under_it(study: Project) -> None:
    plan = edit(study, lambda text: text.replace("P: Lalu", "AS: Lalu"))
    assert [read.new for read in plan.turns_read] == [False]
    assert speakers(study) == [ASKED, AS, AS, AS]
    assert said(study)[2] == ("AS", "Lalu petugasnya?")


def test_a_label_written_over_another_and_one_without_a_change_of_speaker(study: Project) -> None:
    plan = edit(study, lambda text: text.replace("AS: Petugasnya", "P: Petugasnya cukup?\nAS: Tidak,"))
    assert said(study)[3:] == [("P", "Petugasnya cukup?"), ("AS", "Tidak, kurang 😀 sekali. Kami berdua saja.")]
    assert speakers(study) == [ASKED, AS, ASKED, ASKED, AS]
    assert plan.turns_gone == ()
    assert edit(study, lambda text: text.replace("AS: Tidak", "AS : Tidak")).turns_read == ()
    edit(study, lambda text: text.replace("AS : Tidak", "Tidak"))
    assert edit(study, lambda text: text.replace("\nTidak", "\nPeneliti: Tidak")).turns_read[0].new is False
    assert said(study)[3:] == [("P", "Petugasnya cukup?"), ("Peneliti", "Tidak, kurang 😀 sekali. Kami berdua saja.")]


def test_a_turn_without_a_label_is_given_one(study: Project) -> None:
    with study.operation("Split") as op:
        split_turn(op, source_text(study, the_source(study)).turns[1].guid, TEXT.index("Brosur"))
    plan = edit(study, lambda text: text.replace(" Brosur", "\nPeneliti: Brosur"))
    assert [(read.new, read.spans.label) for read in plan.turns_read] == [(False, "Peneliti")]
    assert said(study)[1:3] == [
        ("AS", "Kalau infromasi, kami sampaikan lewat rapat."),
        ("Peneliti", "Brosur juga ada."),
    ]
    assert speakers(study)[1:3] == [AS, ASKED]
    study.undo()
    assert speakers(study)[1:3] == [AS, AS]


def test_words_before_a_colon_are_no_speaker(study: Project) -> None:
    before = said(study)
    for change in (
        lambda text: text.replace("Informan: AS", "Informan: AS\nPewawancara: Rina"),
        lambda text: text.replace("Kami berdua", "\nCatatan: kami berdua"),
        lambda text: text.replace("kami sampaikan", "kata P: kami sampaikan"),
        lambda text: text.replace("saja.", "saja.\nP:"),
        lambda text: text.replace("kurang", "sedikit"),
    ):
        assert edit(study, change).turns_read == ()
    assert [label for label, _ in said(study)] == [label for label, _ in before]


def test_words_that_were_joined_to_a_turn_stay_in_it(study: Project) -> None:
    source = the_source(study)
    with study.operation("Join") as op:
        join_with_next(op, source_text(study, source).turns[1].guid)
    for old, new in (("juga ada.", "juga ada, Bu.\nItu saja."), ("Lalu", "Terus"), ("petugasnya?", "petugasnya?\n")):
        assert edit(study, lambda text, old=old, new=new: text.replace(old, new)).turns_read == ()  # type: ignore[misc]
    assert len(said(study)) == 3
    assert [read.new for read in edit(study, lambda text: text.replace("P: Terus", "P : Terus")).turns_read] == [True]


def test_headings_anchors_and_the_header_move_along(study: Project) -> None:
    source = the_source(study)
    at = TEXT.index("P: Lalu")
    with study.operation("x") as op:
        row = op.session.query(Source).one()
        row.anchors = f'[[{at},"page",2]]'
        op.session.add(Heading(source_id=row.id, start=0, end=12, level=1))
    edit(study, lambda text: text.replace("Informan: AS\n", "Informan: AS (36)\n").replace("Kalau", "Bahwa kalau"))
    shown = source_text(study, source)
    assert shown.text[: shown.header_end] == "Informan: AS (36)\n\n"
    with study.read() as session:
        row = session.query(Source).one()
        heading = session.query(Heading).one()
        assert row.anchors == f'[[{shown.text.index("P: Lalu")},"page",2]]'
        assert shown.text[heading.start : heading.end] == "Informan: AS (36)"


def test_a_word_replaced_everywhere_leaves_the_rest_coded(study: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coding.store.shifts._FEW", 5)
    whole, between = code(study, "Kami berdua saja."), code(study, "urang 😀 sek", 1)
    before = dump(study.path)
    plan = edit(study, lambda text: text.replace("a", "oo"))
    assert len(plan.hunks) > 5
    assert (words(study, whole), words(study, between)) == ("Koomi berduoo soojoo.", "uroong 😀 sek")
    study.undo()
    assert dump(study.path) == before
    study.redo()
    assert words(study, whole) == "Koomi berduoo soojoo."


def test_nothing_is_stored_for_an_equal_text_and_a_blank_one_is_refused(study: Project) -> None:
    before = dump(study.path)
    assert edit(study, lambda text: text.replace("\n", "\r\n")).hunks == ()
    assert dump(study.path) == before
    with pytest.raises(CodingError) as refused:
        edit(study, lambda text: " \n")
    assert refused.value.code == "text_emptied"
    with study.operation("x") as op, pytest.raises(CodingError) as late:
        apply_edit(op, the_source(study), TEXT + "!", based_on="0" * 64)
    assert late.value.code == "text_changed_since"


def test_the_new_text_is_found_and_the_old_one_no_longer(study: Project) -> None:
    def hits(query: str) -> list[str]:
        return [hit.text for hit in find(study, SearchQuery(query))]

    edit(study, lambda text: text.replace("infromasi", "informasi"))
    assert hits("informasi") == ["informasi"]
    assert hits("infromasi") == []
    study.undo()
    assert hits("infromasi") == ["infromasi"]
    assert hits("informasi") == []


def test_sentences_of_what_was_touched_are_found_by_the_segmenter(study: Project) -> None:
    source = the_source(study)
    new = TEXT.replace("lewat rapat.", "lewat rapat. Bpk. Ir. Sutomo hadir. Ramai.")
    plan = plan_edit(study, source, new)
    assert sum(len(piece) for piece in plan.pieces) < 120
    found = sentences_from(plan, find_sentences(sentence_request(plan)))
    with study.operation("Edit") as op:
        apply_edit(op, source, new, based_on=plan.based_on, sentences=found)
    assert sentences(study)[1:5] == [
        "Kalau infromasi, kami sampaikan lewat rapat.", "Bpk. Ir. Sutomo hadir.", "Ramai.", "Brosur juga ada.",
    ]  # fmt: skip


def test_other_coders_passages_follow_the_edit_and_its_undo(study: Project) -> None:
    theirs = code(study, "Petugasnya", coder="Budi")
    edit(study, lambda text: text.replace("infromasi", "informasi ini"))
    later = code(study, "berdua saja", 1, coder="Budi")
    study.undo()
    assert (words(study, theirs), words(study, later)) == ("Petugasnya", "berdua saja")
    study.redo()
    assert (words(study, theirs), words(study, later)) == ("Petugasnya", "berdua saja")


def test_what_another_coder_coded_in_new_words_keeps_the_edit_from_being_undone(study: Project) -> None:
    edit(study, lambda text: text.replace("Brosur", "Spanduk, brosur"))
    theirs = code(study, "panduk", coder="Budi")
    before = dump(study.path)
    with pytest.raises(CodingError) as refused:
        study.undo()
    assert refused.value.code == "undo_conflict"
    assert dump(study.path) == before
    assert words(study, theirs) == "panduk"


def test_an_older_step_is_undone_in_the_text_of_now(study: Project) -> None:
    moved, gone = code(study, "berdua saja"), code(study, "Petugasnya", 1)
    source = the_source(study)
    with study.operation("Move") as op:
        at = TEXT.index("Kami berdua")
        set_span(op, moved, at, at + 11)
    with study.operation("Remove") as op:
        remove(op, [gone])
    edit(study, lambda text: text.replace("infromasi", "informasi yang ada"), coder="Budi")
    study.undo()
    study.undo()
    assert (words(study, moved), words(study, gone)) == ("berdua saja", "Petugasnya")
    assert source_text(study, source).text == TEXT.replace("infromasi", "informasi yang ada")


def test_an_older_step_in_words_that_another_rewrote_is_not_undone(study: Project) -> None:
    moved = code(study, "berdua saja")
    with study.operation("Move") as op:
        at = TEXT.index("Petugasnya")
        set_span(op, moved, at, at + 10)
    edit(study, lambda text: text.replace("erdua saja", ""), coder="Budi")
    with pytest.raises(CodingError) as refused:
        study.undo()
    assert refused.value.code == "undo_conflict"
    assert words(study, moved) == "Petugasnya"


# any edit

LETTERS = st.one_of(
    st.text(alphabet="ab .\n😀é̈:", max_size=6), st.sampled_from(["\nP: ", "\nAS: ya.\n", "Peneliti: ", "\nA.S. :"])
)
SPLICE = st.tuples(st.integers(0, 200), st.integers(0, 12), LETTERS)
SPANS = st.lists(st.tuples(st.integers(0, 180), st.integers(1, 40)), min_size=1, max_size=8, unique=True)


def spliced(text: str, splices: list[tuple[int, int, str]]) -> str:
    for at, length, letters in splices:
        at %= len(text) + 1
        text = text[:at] + letters + text[at + length :]
    return text


@contextmanager
def suppress_twice() -> Iterator[None]:
    try:
        yield
    except CodingError as error:
        if error.code != "segment_twice":
            raise


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(st.lists(SPLICE, min_size=1, max_size=3), min_size=1, max_size=3), spans=SPANS)
@example(edits=[[(0, 0, "")]], spans=[(153, 26), (153, 27)])
def test_any_edits_keep_untouched_passages_and_are_undone_exactly(
    edited_template: Path, tmp_path_factory: pytest.TempPathFactory, edits: list[Any], spans: list[tuple[int, int]]
) -> None:
    path = tmp_path_factory.mktemp("any") / "study.telaah"
    shutil.copyfile(edited_template, path)
    project = Project.open(path, coder="Ani")
    source = the_source(project)
    with project.operation("Tag") as op:
        code_of = code_guid(op.session, CODES[0])
        for start, length in spans:
            if TEXT[start : start + length].strip():
                # Two spans may widen to the same whole letters, or cut the same words: that passage is coded once.
                with suppress_twice():
                    tag(op, source, start, min(start + length, len(TEXT)), code_of)
    states = [dump(path)]
    for splices in edits:
        old = source_text(project, source).text
        new = normalise(spliced(old, splices))
        before = {row.guid: row for row in segments(project)}
        if not new.strip() or new == old:
            continue
        edit(project, lambda _, new=new: new)
        shown = source_text(project, source)
        assert shown.text == new
        check_places(shown)
        after = {row.guid: row for row in segments(project)}
        check_segments(old, new, before, after)
        states.append(dump(path))
    project.close()
    project = Project.open(path, coder="Ani")
    for state in reversed(states[:-1]):
        assert project.undo() is not None
        assert dump(path) == state
    for state in states[1:]:
        assert project.redo() is not None
        assert dump(path) == state
    project.close()


def check_segments(old: str, new: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    hunks = hunks_between(old, new)
    shift = Shift(hunks)
    for guid, row in before.items():
        if all(hunk.end < row.start or hunk.start > row.end for hunk in hunks):
            assert after[guid].text == row.text
            assert after[guid].start == shift.start(row.start)
        if guid not in after:
            left = set(range(row.start, row.end))
            for hunk in hunks:
                left -= set(range(hunk.start, hunk.end))
            assert not "".join(old[i] for i in left).strip()
    for row in after.values():
        assert new[row.start : row.end] == row.text
        assert row.text.strip()


def check_places(shown: Any) -> None:
    edge = 0
    for turn in shown.turns:
        assert edge <= turn.label_start <= turn.label_end <= turn.start < turn.end <= len(shown.text)
        edge = turn.end
    edge = 0
    for start, end in shown.sentences:
        assert edge <= start < end <= len(shown.text)
        assert shown.text[start:end] == shown.text[start:end].strip()
        edge = end
    spoken = {i for turn in shown.turns for i in range(turn.start, turn.end) if not shown.text[i].isspace()}
    told = {i for start, end in shown.sentences for i in range(start, end) if not shown.text[i].isspace()}
    assert told == spoken or not shown.turns


@given(old=st.text(alphabet="ab \nc", max_size=80), new=st.text(alphabet="ab \nc", max_size=80))
def test_hunks_make_the_new_text_of_the_old_and_positions_go_there_and_back(old: str, new: str) -> None:
    hunks = hunks_between(old, new)
    made, at = "", 0
    for hunk in hunks:
        assert hunk.start >= at
        assert hunk.new_start == len(made) + hunk.start - at
        made += old[at : hunk.start] + new[hunk.new_start : hunk.new_end]
        at = hunk.end
    assert made + old[at:] == new
    there = Shift(hunks)
    back = there.back()
    for place in range(len(old) + 1):
        if not there.loses_start(place):
            assert back.start(there.start(place)) == place
        if not there.loses_end(place):
            assert back.end(there.end(place)) == place
    assert Span(0, len(new)).of(made + old[at:]) == new


def test_lines_that_moved_and_words_that_changed_far_apart_are_separate_hunks() -> None:
    lines = [f"Baris nomor {number} tentang sesuatu.\n" for number in range(3000)]
    old = "".join(lines)
    lines[10] = lines[10].replace("sesuatu", "hal lain")
    lines[2900] = lines[2900].replace("Baris", "Garis")
    del lines[1500]
    hunks = hunks_between(old, "".join(lines))
    assert len(hunks) == 3
    assert old[hunks[1].start : hunks[1].end].count("\n") == 1


def test_evidence_kept_warm_follows_an_edit(study: Project) -> None:
    def found() -> int:
        return len(evidence_ids(reader, EvidenceFilter(text="berdua saja")).ids)

    code(study, "berdua saja")
    reader = study.reader()
    assert found() == 1
    edit(study, lambda text: text.replace("infromasi", "informasi yang ada"))
    assert found() == 1
    study.undo()
    assert found() == 1
    reader.close()
