"""Replacing and putting back: exactly what was there, whatever the text and the passages."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from coding.codes.queries import code_guid
from coding.errors import CodingError
from coding.privacy import keys
from coding.privacy.finding import find_personal
from coding.privacy.masking import mask, unmask
from coding.privacy.rows import Choice
from coding.progress import Silent
from coding.project import Project
from coding.segments.editing import tag
from coding.segments.queries import segments
from coding.store.models import MaskKey, Source
from coding.text import normalise
from coding.transcripts.drafts import Draft, DraftTurn, Speaker
from coding.transcripts.intake import store_draft
from coding.transcripts.queries import source_guid, source_text

LINES = [
    ("P", "Siapa yang mengantar kartu, Bu Tini?"),
    ("RS", "Pak Karto. Rumahnya di Jl. Melati No. 4, teleponnya 0812-3456-7890 🙏."),
    ("P", "Pak Karto sendiri?"),
    ("RS", "Ya, Karto sendiri, bukan orang lain."),
]


def state(project: Project) -> Any:
    """Texts, passages, turns, sentences: all that must be the same afterwards."""
    with project.read() as session:
        sources = [
            (row.name, row.header_end, row.anchors, json.loads(row.sentences))
            for row in session.scalars(select(Source).order_by(Source.position))
        ]
        guids = session.scalars(select(Source.guid).order_by(Source.position)).all()
    coded = sorted((row.guid, row.start, row.end, row.text) for row in segments(project))
    return sources, [source_text(project, guid) for guid in guids], coded


def choices_of(project: Project) -> list[Choice]:
    return [
        Choice(g.kind, g.text, g.suggestion, tuple((p.source, p.start, p.end) for p in g.places))
        for g in find_personal(project)
    ]


def test_what_is_found_is_replaced_in_one_step_and_put_back(project: Project, add: Any, code_words: Any) -> None:
    add("Wawancara", LINES)
    code_words("Wawancara", "Karto. Rumahnya di Jl. Melati No. 4", "edward3.resources.staff")
    code_words("Wawancara", "bukan orang lain", "edward3.resources.staff")
    before = state(project)
    choices = choices_of(project)
    with project.operation("Mask") as op:
        done = mask(op, choices, Silent())
    masked = state(project)[1][0].text
    for gone in ("Tini", "Karto", "Melati", "0812"):
        assert gone not in masked
    assert "Pak [nama 1]" in masked
    assert done.places == 6
    assert done.left == 0
    quotes = {row.text for row in segments(project)}
    assert "bukan orang lain" in quotes
    assert any(q.startswith("[nama 1]. Rumahnya di [alamat 1]") for q in quotes)
    assert project.undo() is not None
    assert state(project) == before
    assert project.redo() is not None
    with project.operation("Unmask") as op:
        unmask(op, Silent())
    assert state(project) == before
    assert keys.key_entries(project) == []


def test_passages_inside_a_name_come_back(project: Project, add: Any, code_words: Any) -> None:
    add("Wawancara", [("RS", "Kata Siti Rahayu dari Wonosari begitu.")])
    code_words("Wawancara", "Rahayu dari", "edward3.resources.staff")
    code_words("Wawancara", "iti", "edward3.resources.staff")
    before = state(project)
    guid = before[1][0].guid
    at = before[1][0].text.index("Siti")
    with project.operation("Mask") as op:
        mask(op, [Choice("name", "Siti Rahayu", "[nama 1]", ((guid, at, at + 11),))], Silent())
    assert sorted(row.text for row in segments(project)) == ["[nama 1]", "[nama 1] dari"]
    with project.operation("Unmask") as op:
        unmask(op, Silent())
    assert state(project) == before


def test_speaker_labels_are_replaced_and_come_back(project: Project, add: Any) -> None:
    add("Wawancara", [("Ratih", "Saya Ratih."), ("P", "Terima kasih.")])
    before = state(project)
    guid, text = before[1][0].guid, before[1][0].text
    spots = tuple((guid, i, i + 5) for i in range(len(text)) if text.startswith("Ratih", i))
    with project.operation("Mask") as op:
        mask(op, [Choice("name", "Ratih", "[nama 1]", spots)], Silent())
    masked = source_text(project, guid)
    assert masked.text.startswith("[nama 1]: Saya [nama 1].")
    assert masked.turns[0].label == "[nama 1]"
    with project.operation("Unmask") as op:
        unmask(op, Silent())
    assert state(project) == before


def test_what_people_wrote_is_replaced_when_asked(project: Project, add: Any, code_words: Any) -> None:
    from coding.memos.queries import memos

    add("Wawancara", LINES)
    code_words("Wawancara", "Ya, Karto", "edward3.resources.staff", memo="Karto tetangga Bu Tini, bukan Kartono")
    choices = choices_of(project)
    with project.operation("Mask") as op:
        done = mask(op, choices, Silent(), everywhere=True)
    names = {choice.text: choice.replacement for choice in choices}
    (memo,) = [row.text for row in memos(project)]
    assert done.elsewhere == 1
    assert memo == f"{names['Karto']} tetangga Bu {names['Tini']}, bukan Kartono"
    with project.operation("Unmask") as op:
        unmask(op, Silent())
    assert [row.text for row in memos(project)] == ["Karto tetangga Bu Tini, bukan Kartono"]


@pytest.mark.parametrize("replacement", ["kartu", "RS", "[nama 1]"])
def test_a_replacement_that_stands_in_a_text_is_refused(project: Project, add: Any, replacement: str) -> None:
    guid = add("Wawancara", [*LINES, ("P", "Di sini tertulis [nama 1].")])
    at = source_text(project, guid).text.index("Karto")
    before = state(project)
    with pytest.raises(CodingError) as error, project.operation("Mask") as op:
        mask(op, [Choice("name", "Karto", replacement, ((guid, at, at + 5),))], Silent())
    assert error.value.code == "mask_taken"
    assert state(project) == before


def test_two_originals_never_share_a_replacement(project: Project, add: Any) -> None:
    guid = add("Wawancara", LINES)
    text = source_text(project, guid).text
    choices = [Choice("name", name, "[X]", ((guid, text.index(name), text.index(name) + len(name)),))
               for name in ("Karto", "Tini")]  # fmt: skip
    with pytest.raises(CodingError, match="another replacement"), project.operation("Mask") as op:
        mask(op, choices, Silent())


def test_a_text_that_changed_meanwhile_is_left_alone(project: Project, add: Any) -> None:
    guid = add("Wawancara", LINES)
    with pytest.raises(CodingError) as error, project.operation("Mask") as op:
        mask(op, [Choice("name", "Karto", "[nama 1]", ((guid, 0, 5),))], Silent())
    assert error.value.code == "text_changed_since"


def test_cancelling_keeps_nothing(project: Project, add: Any) -> None:
    add("Wawancara", LINES)
    choices, before, progress = choices_of(project), state(project), Silent()
    progress.cancelled = True
    with pytest.raises(CodingError), project.operation("Mask") as op:
        mask(op, choices, progress)
    assert state(project) == before
    assert keys.key_entries(project) == []


def test_the_key_taken_out_leaves_no_original_in_the_file(project: Project, add: Any, tmp_path: Path) -> None:
    add("Wawancara", LINES)
    choices, before = choices_of(project), state(project)
    with project.operation("Mask") as op:
        mask(op, choices, Silent())
    path = tmp_path / "studi.telaah-key"
    with project.operation(keys.TAKE_OUT_TITLE) as op:
        assert keys.take_out(op, path) == len(choices)
    keys.wipe(project.path)
    content = b"".join(found.read_bytes() for found in tmp_path.glob("study.telaah*") if found.is_file())
    for secret in (b"Karto", b"Tini", b"Melati", b"0812-3456"):
        assert secret not in content
        assert secret in path.read_bytes()
    assert project.next_undo is None
    assert project.next_redo is None
    with Project.open(project.path, read_only=True) as again:
        assert again.next_undo is None
    with pytest.raises(CodingError) as error, project.operation("Unmask") as op:
        unmask(op, Silent())
    assert error.value.code == "mask_none"
    with project.operation(keys.BRING_BACK_TITLE) as op:
        assert keys.bring_back(op, path) == len(choices)
    with project.operation("Unmask") as op:
        unmask(op, Silent())
    assert state(project) == before


def test_the_key_of_another_project_is_refused(project: Project, add: Any, tmp_path: Path) -> None:
    add("Wawancara", LINES)
    choices = choices_of(project)
    with project.operation("Mask") as op:
        mask(op, choices, Silent())
    path = tmp_path / "a.telaah-key"
    with project.operation(keys.TAKE_OUT_TITLE) as op:
        keys.take_out(op, path)
    with Project.create(tmp_path / "other.telaah", "Lain", coder="Ani") as other:
        with pytest.raises(CodingError) as error, other.operation("x") as op:
            keys.bring_back(op, path)
        assert error.value.code == "key_foreign"
        for content in ("{}", "not json", '{"format": "telaah-key", "project": 3, "key": [], "informants": []}', "[1]"):
            path.write_text(content, encoding="utf-8")
            with pytest.raises(CodingError) as error, other.operation("x") as op:
                keys.bring_back(op, path)
            assert error.value.code == "key_not_a_key"


def test_the_search_index_knows_the_new_texts_alone(project: Project, add: Any) -> None:
    add("Wawancara", LINES)
    choices = choices_of(project)
    with project.operation("Mask") as op:
        mask(op, choices, Silent())
    with project.operation(keys.FORGET_TITLE) as op:
        assert keys.forget(op) == (1, 0)
    with closing(sqlite3.connect(project.path)) as connection:
        found = connection.execute("SELECT count(*) FROM text_index WHERE text_index MATCH 'karto'").fetchone()
        connection.execute("INSERT INTO text_index (text_index, rank) VALUES ('integrity-check', 1)")
    assert found == (0,)


LETTERS = st.sampled_from([*"abS é.,:\n[]1(", "🙏", "e\u0301", "\u0301", "ka", "Siti", "한", "\u1161"])
TEXTS = st.lists(LETTERS, min_size=3, max_size=40).map("".join)
SPOTS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 6)), max_size=6)
REPLACEMENTS = ["[nama 1]", "[nama 2]", "[n]", "[telepon 10]", "[RS]", "[RS 2]"]


@settings(
    max_examples=20,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.lists(TEXTS, min_size=1, max_size=4), SPOTS, SPOTS)
def test_mask_then_unmask_is_the_identity(said: list[str], spots: Any, coded: Any) -> None:
    text, turns = "", []
    for number, words in enumerate(said):
        words = normalise(words).strip() or "ya"
        start = len(text)
        label = f"P{number}:"
        text += f"{label} {words}\n"
        turns.append(DraftTurn(start + len(label) + 1, len(text) - 1, start, start + len(label), 0))
    if normalise(text) != text:
        return
    draft = Draft("W", text, "interview", turns=tuple(turns), speakers=(Speaker("P", "unknown"),), file_name="W")
    with (
        tempfile.TemporaryDirectory() as folder,
        Project.create(Path(folder) / "p.telaah", "P", frameworks=["edward3"], coder="Ani") as project,
    ):
        with project.operation("Import {source}", source="W") as op:
            guid = store_draft(op, draft)
            code = code_guid(op.session, "edward3.resources.staff")
            for at, end in {(at % len(text), at % len(text) + length) for at, length in coded}:
                if end <= len(text) and text[at:end].strip():
                    tag(op, guid, at, end, code)
        before = state(project)
        choices = chosen(text, guid, spots)
        whole = {row.guid: row.text for row in segments(project)
                 if not any(row.start < b and a < row.end for c in choices for _, a, b in c.places)}  # fmt: skip
        refused = ""
        try:
            with project.operation("Mask") as op:
                mask(op, choices, Silent())
        except CodingError as error:
            refused = error.code
        if refused:
            assert refused in ("mask_taken", "mask_empty")
            assert state(project) == before
            return
        after = {row.guid: row.text for row in segments(project)}
        assert {guid: after[guid] for guid in whole} == whole
        if keys.key_entries(project):
            with project.operation("Unmask") as op:
                unmask(op, Silent())
        sources, texts, passages = state(project)
        assert texts[0].text == before[1][0].text
        assert texts[0].turns == before[1][0].turns
        assert passages == before[2]
        assert [row[:3] for row in sources] == [row[:3] for row in before[0]]


def chosen(text: str, guid: str, spots: Any) -> list[Choice]:
    by_text: dict[str, list[tuple[str, int, int]]] = {}
    taken: set[int] = set()
    for at, length in spots:
        start = at % len(text)
        end = min(len(text), start + length)
        if text[start:end].strip() and not taken & set(range(start, end)):
            taken |= set(range(start, end))
            by_text.setdefault(text[start:end], []).append((guid, start, end))
    pairs = zip(by_text.items(), REPLACEMENTS, strict=False)
    return [Choice("name", original, replacement, tuple(places)) for (original, places), replacement in pairs]


def test_a_key_row_for_each_original(project: Project, add: Any) -> None:
    add("Wawancara", LINES)
    choices = choices_of(project)
    with project.operation("Mask") as op:
        mask(op, choices, Silent())
    with project.read() as session:
        rows = {(row.replacement, row.original, row.kind) for row in session.scalars(select(MaskKey))}
    assert rows == {(choice.replacement, choice.text, choice.kind) for choice in choices}


def test_a_new_source_gets_the_replacements_of_before(project: Project, add: Any) -> None:
    add("Wawancara", LINES)
    first = choices_of(project)
    with project.operation("Mask") as op:
        mask(op, first, Silent())
    add("Kedua", [("RS", "Pak Karto lagi, dan Pak Wiryo.")])
    again = {choice.text: choice.replacement for choice in choices_of(project)}
    names = {choice.text: choice.replacement for choice in first}
    assert again["Karto"] == names["Karto"]
    assert again["Wiryo"] not in names.values()
    second = choices_of(project)
    with project.operation("Mask") as op:
        mask(op, second, Silent())
    with project.operation("Unmask") as op:
        unmask(op, Silent())
    with project.read() as session:
        guid = source_guid(session, "Kedua")
    assert "Pak Karto lagi, dan Pak Wiryo." in source_text(project, guid).text
