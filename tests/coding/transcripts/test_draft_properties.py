"""What holds of every draft, whatever the text."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from coding.text import normalise
from coding.transcripts.drafts import Choices, Draft, Method
from coding.transcripts.readers import RawText
from coding.transcripts.reading import draft_text, sentence_spans
from coding.transcripts.wraps import hard_wraps

PIECES = st.sampled_from(
    [
        "Peneliti: ", "P: ", "I: ", "AS: ", "AS (36): ", "RP (28) : ", "T1: ", "J1: ", "Ibu Sari: ", "[00:01] Budi: ",
        "**Dewi:** ", "Informan: ", "Informan: AS", "Umur: 36", "Tanggal: 16 Agustus 2022", "Tempat: -", "Nama\tUmur",
        "AS\t36", "Catatan: ", "Program: ", "\n", "\n\n", " ", "\t", "Bagaimana?", "Ya.", "dan kami", "Rp. 5.000",
        "e\u0301", "🙂", "“", "”", "...", "-", "(", ")", "*", "Semua: ", "P1 - ", "Peneliti", "Informan", "1. ",
        "\u00a0",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(PIECES, max_size=60).map("".join),
    st.lists(PIECES, max_size=60).map("\n".join),
    st.text(max_size=300),
)
METHODS: st.SearchStrategy[Method | None] = st.sampled_from(
    [None, "interview", "focus_group", "observation", "document"]
)


def understood(text: str, method: Method | None, informant: str | None) -> Draft:
    return draft_text(RawText(text, "a.txt", "", "utf-8"), Choices(method=method, informant=informant))


@settings(max_examples=400, deadline=None)
@given(TEXTS, METHODS, st.sampled_from([None, "AS", "KN"]))
def test_positions_of_every_draft_are_sound(raw: str, method: Method | None, informant: str | None) -> None:
    text = normalise(raw)
    draft = understood(text, method, informant)
    assert draft.text == text
    assert 0 <= draft.header_end <= len(text)
    at = 0
    for turn in draft.turns:
        assert at <= turn.label_start <= turn.label_end <= turn.start < turn.end <= len(text)
        assert text[turn.start : turn.end] == text[turn.start : turn.end].strip()
        assert not text[turn.label_end : turn.start].strip()
        assert 0 <= turn.speaker < len(draft.speakers)
        at = turn.end
    for field in draft.header:
        assert 0 <= field.start < field.end <= draft.header_end
    for one, other in itertools.pairwise(draft.speakers):
        assert one != other
    assert all(s.code for s in draft.speakers if s.kind == "informant" and s.label)


@settings(max_examples=300, deadline=None)
@given(TEXTS, METHODS)
def test_sentences_of_every_draft_are_sound(raw: str, method: Method | None) -> None:
    draft = understood(normalise(raw), method, None)
    text, spans = draft.text, sentence_spans(draft)
    held = set[int]()
    for start, end in draft.sentences:
        assert text[start:end] == text[start:end].strip() != ""
        assert "\n\n" not in text[start:end].replace(" ", "").replace("\t", "").replace("\u00a0", "")
        assert sum(a <= start and end <= b for a, b in spans) == 1
        assert not held & set(range(start, end))
        held.update(range(start, end))
    wanted = {i for a, b in spans for i in range(a, b) if not text[i].isspace()}
    assert wanted <= held
    assert list(draft.sentences) == sorted(draft.sentences)
    wraps = hard_wraps(text, draft.turns, draft.header_end)
    assert all(text[i] == "\n" for i in wraps)


SAID = st.lists(
    st.sampled_from("kami datang ke desa bersama kader dan petugas lapangan".split()), min_size=1, max_size=12
)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([("Peneliti", "AS"), ("P", "I"), ("T", "J"), ("Pewawancara", "Ibu Sari"), ("P", "RP (28)")]),
    st.lists(st.tuples(SAID, SAID), min_size=2, max_size=8),
    st.sampled_from([":", " :", ":  "]),
    st.sampled_from(["\n", "\n\n"]),
)
def test_a_talk_that_was_written_is_read_back(
    labels: tuple[str, str], talk: list[tuple[list[str], list[str]]], colon: str, gap: str
) -> None:
    lines = [(label, " ".join(words)) for pair in talk for label, words in zip(labels, pair, strict=True)]
    text = gap.join(f"{label}{colon} {words}" for label, words in lines)
    draft = understood(text, None, None)
    assert [(draft.speakers[t.speaker].label, draft.text[t.start : t.end]) for t in draft.turns] == lines
    assert [s.kind for s in draft.speakers] == ["researcher", "informant"]
