"""Changing one's mind in the import preview, without reading the file again."""

from __future__ import annotations

from pathlib import Path

import pytest

import coding.language.sentences
from coding.transcripts.drafts import Choices, Draft, LabelChoice
from coding.transcripts.readers import RawText
from coding.transcripts.reading import LABEL_MISSING, UNSURE, draft_text, read_draft, redraft

FILES = Path(__file__).parents[2] / "data" / "transcripts"


def understood(text: str, **choices: object) -> Draft:
    return draft_text(RawText(text, "berkas.txt", "h", "cp1252"), Choices(**choices))  # type: ignore[arg-type]


def said(draft: Draft) -> list[tuple[str, str]]:
    return [(draft.speakers[t.speaker].kind, draft.text[t.start : t.end]) for t in draft.turns]


def test_nothing_chosen_changes_nothing() -> None:
    for path in sorted(FILES.iterdir()):
        draft = read_draft(path)
        assert redraft(draft, Choices()) == draft


def test_method_date_and_place() -> None:
    draft = read_draft(FILES / "peneliti_inisial.txt")
    changed = redraft(draft, Choices(method="observation", date="2022-08-17", place=""))
    assert (changed.method, changed.date, changed.place) == ("observation", "2022-08-17", None)
    assert changed.turns == draft.turns
    again = redraft(changed, Choices(place="Balai desa"))
    assert (again.method, again.date, again.place) == ("observation", "2022-08-17", "Balai desa")
    assert redraft(draft, Choices(date="")).date is None


def test_kind_and_code_of_a_label() -> None:
    draft = understood("Dewi: Ceritakan.\nBudi: Dana?\nDewi: Lalu.\nBudi: Petugas?")
    assert [n.msgid for n in draft.notices] == [UNSURE]
    settled = redraft(
        draft, Choices(labels=(("Dewi", LabelChoice("researcher")), ("Budi", LabelChoice("informant", "BD"))))
    )
    assert said(settled) == [("researcher", "Ceritakan."), ("informant", "Dana?"), ("researcher", "Lalu."),
                             ("informant", "Petugas?")]  # fmt: skip
    assert [(s.code, s.chosen) for s in settled.speakers] == [(None, False), ("BD", True)]
    assert settled.confident
    assert settled.notices == ()


def test_an_answer_leaves_no_doubt() -> None:
    draft = understood("Nama: Wartini\n\nP: Apa?\nSN: Ini.\nP: Lalu?\nSN: Itu.")
    assert (draft.confident, draft.unsure_labels) == (False, ("SN",))
    answered = redraft(draft, Choices(labels=(("SN", LabelChoice("informant")),)))
    assert (answered.confident, answered.unsure_labels, answered.notices) == (True, (), ())
    nobody = understood("X: Apa?\nY: Ini.\nX: Lalu?\nY: Itu.")
    answered = redraft(nobody, Choices(labels=(("X", LabelChoice("researcher")), ("y", LabelChoice("informant")))))
    assert (nobody.confident, answered.confident) == (False, True)


def test_one_of_two_with_the_same_letters() -> None:
    draft = read_draft(FILES / "inisial_umur.txt")
    changed = redraft(draft, Choices(labels=(("RP (28)", LabelChoice("unknown")),)))
    assert [s.kind for s in changed.speakers] == ["researcher", "informant", "unknown"]


def test_a_label_that_is_none() -> None:
    draft = read_draft(FILES / "nama.txt")
    changed = redraft(draft, Choices(labels=(("Pak Joko Susilo", LabelChoice("none")),)))
    assert len(changed.turns) == len(draft.turns) - 2
    assert "Pak Joko Susilo: Saya datang pagi." in said(changed)[-1][1]
    assert changed.sentences != draft.sentences
    back = redraft(changed, Choices(labels=(("Pak Joko Susilo", LabelChoice("informant")),)))
    assert back.turns == draft.turns


def test_a_label_that_was_not_found() -> None:
    draft = understood("Peneliti: Apa?\nAS: Ini.\nketua kelompok: Itu.")
    assert len(draft.turns) == 2
    changed = redraft(draft, Choices(labels=(("ketua kelompok", LabelChoice("informant")),)))
    assert said(changed)[-1] == ("informant", "Itu.")


def test_the_informants_code() -> None:
    draft = understood("P: Apa?\nI: Ini.")
    changed = redraft(draft, Choices(informant="AS"))
    assert [(s.code, s.chosen) for s in changed.speakers if s.kind == "informant"] == [("AS", True)]
    assert changed.confident


def test_remarks_of_reading_the_file_stay_and_others_follow() -> None:
    draft = draft_text(
        RawText("P: Apa?\nI: Ini.", "a.txt", "", "cp1252", read_draft(FILES / "tanpa_label.txt").notices), Choices()
    )
    first = redraft(draft, Choices(researcher_labels=("Dewi",)))
    assert LABEL_MISSING in [n.msgid for n in first.notices]
    second = redraft(first, Choices(informant="AS"))
    assert [n.msgid for n in second.notices].count(LABEL_MISSING) == 1


def test_sentences_are_computed_anew_only_when_turns_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = understood("P: Apa?\nI: Ini.\n" * 50)
    calls: list[object] = []
    real = coding.language.sentences.sentences

    def counted(*args: object, **named: object) -> object:
        calls.append(args)
        return real(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(coding.language.sentences, "sentences", counted)
    redraft(draft, Choices(date="2022-01-01", labels=(("I", LabelChoice("informant", "AS")),)))
    assert not calls
    redraft(draft, Choices(labels=(("I", LabelChoice("none")),)))
    assert len(calls) == 1
