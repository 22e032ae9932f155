"""Verdicts, comments, proposals and the queue, on a real project file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from coding.codes.queries import code_guid
from coding.errors import CodingError
from coding.project import Project
from coding.review.proposals import (
    accept,
    decline,
    proposals,
    propose_code,
    propose_removal,
    propose_span,
    propose_valence,
    withdraw,
)
from coding.review.queue import QueueFilter, open_points, queue, under_question
from coding.review.remarks import (
    add_comment,
    clear_verdict,
    close_thread,
    comments,
    edit_comment,
    remove_comment,
    set_verdict,
    verdicts,
)
from coding.review.rows import Target, worst
from coding.segments.editing import remove, set_exemplar, set_valence, tag
from coding.segments.queries import segments
from coding.transcripts.editing_text import apply_edit
from coding.transcripts.queries import source_text, sources

PAST = Path(__file__).resolve().parents[2] / "data" / "schemas" / "schema-4.telaah"
RESEARCHER, SUPERVISOR = "Ani", "Prof. Wira"


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    path = tmp_path / "study.telaah"
    shutil.copy(PAST, path)
    with Project.open(path, coder=RESEARCHER) as project:
        project.add_coder(SUPERVISOR, "supervisor")
        yield project


def passages(project: Project) -> list[Target]:
    return [Target("segment", row.guid) for row in segments(project)]


def say(project: Project, target: Target, verdict: str | None, coder: str = SUPERVISOR) -> None:
    with project.operation("Review", coder) as op:
        set_verdict(op, target, verdict)  # type: ignore[arg-type]


def seen(project: Project, wanted: str, reviewer: str = SUPERVISOR, **where: object) -> list[Target]:
    return list(queue(project, reviewer, QueueFilter(wanted, kinds=("segment",), **where)).targets)  # type: ignore[arg-type]


def edit(project: Project, old: str, new: str) -> None:
    source = next(row.guid for row in sources(project) if old in source_text(project, row.guid).text)
    with project.operation("Edit the text", RESEARCHER) as op:
        apply_edit(op, source, source_text(project, source).text.replace(old, new))


class TestVerdicts:
    def test_the_queue_moves_on_as_things_are_looked_at(self, study: Project) -> None:
        one, two = passages(study)
        assert seen(study, "new") == [one, two]
        say(study, one, "agreed")
        say(study, two, None)
        assert seen(study, "new") == []
        assert seen(study, "changed") == []
        assert seen(study, "new", "Dr. Lain") == [one, two]

    @pytest.mark.parametrize("change", ["valence", "words"])
    def test_what_changed_since_comes_back(self, study: Project, change: str) -> None:
        one, two = passages(study)
        say(study, one, "agreed")
        say(study, two, "agreed")
        if change == "valence":
            with study.operation("Set", RESEARCHER) as op:
                set_valence(op, [one.guid], "supporting")
        else:
            edit(study, "berubah dua", "berubah-ubah dua")
        assert seen(study, "changed") == [one]
        assert verdicts(study, [one, two])[one][0].changed
        assert not verdicts(study, [one, two])[two][0].changed
        study.undo()
        assert seen(study, "changed") == []

    def test_a_star_or_an_edit_elsewhere_is_no_change(self, study: Project) -> None:
        one, _ = passages(study)
        say(study, one, "agreed")
        with study.operation("Star", RESEARCHER) as op:
            set_exemplar(op, one.guid, True)
        edit(study, "Bagaimana persyaratannya?", "Bagaimana dengan persyaratannya?")
        assert seen(study, "changed") == []

    def test_of_two_supervisors_the_worst_word_shows(self, study: Project) -> None:
        one, _ = passages(study)
        say(study, one, "agreed")
        say(study, one, "revise", "Dr. Lain")
        assert worst(row.verdict for row in verdicts(study, [one])[one]) == "revise"
        assert seen(study, "questioned") == [one]
        assert under_question(study) == {one.guid}
        assert open_points(study) == 1
        with study.operation("Review", "Dr. Lain") as op:
            clear_verdict(op, one)
        assert (under_question(study), open_points(study)) == (set(), 0)

    def test_what_is_gone_is_refused(self, study: Project) -> None:
        with pytest.raises(CodingError) as refused:
            say(study, Target("finding", "no-such"), "agreed")
        assert refused.value.code == "review_target_gone"

    def test_places_and_samples(self, study: Project) -> None:
        one, two = passages(study)
        with study.read() as session:
            dimension, indicator = (code_guid(session, f"edward3.communication{part}") for part in ("", ".clarity"))
        assert seen(study, "all", code=dimension) == seen(study, "all", code=indicator) == [one]
        assert seen(study, "all", framework="edward3") == [one]
        assert seen(study, "all", source=segments(study)[1].source_guid) == [two]
        assert seen(study, "all", coder=SUPERVISOR) == []
        assert seen(study, "all", sample=0) == []
        part = [set(seen(study, "all", sample=percent)) for percent in (0, 20, 50, 80, 100)]
        assert all(less <= more for less, more in pairwise(part))


class TestSupervisor:
    def test_codings_are_not_theirs_to_change(self, study: Project) -> None:
        before = segments(study)
        source, code = before[0].source_guid, before[0].code_guid
        for change in (
            lambda op: tag(op, source, 0, 5, code),
            lambda op: set_valence(op, [before[0].guid], "neutral"),
            lambda op: remove(op, [before[0].guid]),
        ):
            with pytest.raises(CodingError) as refused, study.operation("Change", SUPERVISOR) as op:
                change(op)
            assert refused.value.code == "supervisor_codes"
        assert segments(study) == before
        with study.operation("Bring in", SUPERVISOR, of_others=True) as op:
            remove(op, [before[0].guid])
        assert segments(study) == before[1:]


class TestComments:
    def test_a_thread_is_answered_closed_and_opened_by_an_answer(self, study: Project) -> None:
        one, two = passages(study)
        with study.operation("Comment", SUPERVISOR) as op:
            first = add_comment(op, one, "Apakah ini kejelasan?")
            add_comment(op, two, "Bagus 👍")
        with study.operation("Answer", RESEARCHER) as op:
            answer = add_comment(op, one, "Ya, lihat kalimat sesudahnya.", first)
            close_thread(op, first)
        assert [(row.text, row.reply_to, row.closed) for row in comments(study, [one])] == [
            ("Apakah ini kejelasan?", None, True),
            ("Ya, lihat kalimat sesudahnya.", first, False),
        ]
        assert open_points(study) == 1
        with study.operation("Answer", SUPERVISOR) as op:
            add_comment(op, one, "Masih ragu.", answer)
        assert [row.reply_to for row in comments(study, [one])] == [None, first, first]
        assert not comments(study, [one])[0].closed

    def test_only_the_author_changes_what_was_written(self, study: Project) -> None:
        one, _ = passages(study)
        with study.operation("Comment", SUPERVISOR) as op:
            guid = add_comment(op, one, "Mengapa?")
        for act in (lambda op: edit_comment(op, guid, "x"), lambda op: remove_comment(op, guid)):
            with pytest.raises(CodingError) as refused, study.operation("Change", RESEARCHER) as op:
                act(op)
            assert refused.value.code == "comment_of_another"
        with study.operation("Answer", RESEARCHER) as op:
            add_comment(op, one, "Karena.", guid)
        with pytest.raises(CodingError) as refused, study.operation("Remove", SUPERVISOR) as op:
            remove_comment(op, guid)
        assert refused.value.code == "comment_answered"
        with pytest.raises(CodingError), study.operation("Comment", SUPERVISOR) as op:
            add_comment(op, one, "  \n ")

    def test_a_comment_outlives_what_it_was_about(self, study: Project) -> None:
        one, _ = passages(study)
        with study.operation("Comment", SUPERVISOR) as op:
            add_comment(op, one, "Pindahkan saja.")
        with study.operation("Remove", RESEARCHER) as op:
            remove(op, [one.guid])
        (row,) = comments(study)
        assert row.gone
        assert row.about == "“syaratnya berubah dua kali” · edward3.communication.clarity"
        study.undo()
        assert not comments(study)[0].gone


class TestProposals:
    def test_each_kind_is_done_when_accepted_and_undone_as_one_step(self, study: Project) -> None:
        row = segments(study)[0]
        before = segments(study)
        with study.operation("Propose", SUPERVISOR) as op:
            made = [
                propose_code(
                    op, row.guid, code_guid(op.session, "edward3.communication.consistency"), "Ini konsistensi"
                ),
                propose_valence(op, row.guid, None),
                propose_span(op, row.guid, row.start, row.end + 15),
            ]
        assert segments(study) == before
        assert [one.state for one in proposals(study)] == ["open"] * 3
        for guid in made:
            with study.operation("Accept", RESEARCHER) as op:
                accept(op, guid, "Setuju")
        (changed, _) = segments(study)
        assert (changed.code, changed.valence) == ("edward3.communication.consistency", None)
        assert changed.text == "syaratnya berubah dua kali dalam setahun."
        assert [(one.state, one.answered_by) for one in proposals(study)] == [("accepted", RESEARCHER)] * 3
        for _ in made:
            study.undo()
        assert segments(study) == before
        assert [one.state for one in proposals(study)] == ["open"] * 3

    def test_removal_and_refusal(self, study: Project) -> None:
        one, two = segments(study)
        with study.operation("Propose", SUPERVISOR) as op:
            first, second = propose_removal(op, one.guid), propose_removal(op, two.guid, "di luar tema")
        with study.operation("Answer", RESEARCHER) as op:
            accept(op, first)
            decline(op, second, "Masih tentang tempat")
        assert [row.guid for row in segments(study)] == [two.guid]
        assert [(row.state, row.gone) for row in proposals(study)] == [("accepted", True), ("declined", False)]
        with pytest.raises(CodingError) as refused, study.operation("Answer", RESEARCHER) as op:
            accept(op, second)
        assert refused.value.code == "proposal_answered"

    def test_edges_follow_the_text(self, study: Project) -> None:
        row = segments(study)[0]
        text = source_text(study, row.source_guid).text
        start = text.index("Terus terang")
        with study.operation("Propose", SUPERVISOR) as op:
            guid = propose_span(op, row.guid, start, row.end)
        edit(study, "Bagaimana persyaratannya?", "Bagaimana kira-kira dengan persyaratannya 😀?")
        assert proposals(study)[0].text == "Terus terang, syaratnya berubah dua kali"
        with study.operation("Accept", RESEARCHER) as op:
            accept(op, guid)
        assert segments(study)[0].text == "Terus terang, syaratnya berubah dua kali"

    def test_a_newer_one_takes_the_place_and_can_be_withdrawn(self, study: Project) -> None:
        row = segments(study)[0]
        with study.operation("Propose", SUPERVISOR) as op:
            propose_valence(op, row.guid, "neutral")
            guid = propose_valence(op, row.guid, "supporting", "nadanya senang")
        (one,) = proposals(study, [row.guid])
        assert (one.guid, one.valence, one.reason) == (guid, "supporting", "nadanya senang")
        with pytest.raises(CodingError), study.operation("Withdraw", RESEARCHER) as op:
            withdraw(op, guid)
        with study.operation("Withdraw", SUPERVISOR) as op:
            withdraw(op, guid)
        assert proposals(study) == []
        with pytest.raises(CodingError) as refused, study.operation("Propose", SUPERVISOR) as op:
            propose_valence(op, row.guid, "inhibiting")
        assert refused.value.code == "proposal_as_is"
