"""Sentences of Indonesian and English speech."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding.language.pipeline import pipeline
from coding.language.sentences import SEGMENTER, sentences


def split(text: str, wraps: tuple[int, ...] = ()) -> list[str]:
    return [text[start:end] for start, end in sentences(text, [(0, len(text))], wraps)]


@pytest.mark.parametrize(
    "parts",
    [
        ["Bpk. Agus dan Ir. Budi datang.", "Mereka membawa brosur."],
        ["Dra. Rina Sulastri, S.K.M., M.Kes., hadir juga.", "Beliau kepala bidang."],
        ["Yang hadir Rina Sulastri, M.Kes.", "Beliau kepala bidang."],
        ["Biayanya Rp. 5.000 per orang.", "Itu murah."],
        ["Ada beras, gula, dll.", "Semuanya dibagi."],
        ["Ada beras, gula, dll. yang dibagi."],
        ["Menurut UU No. 5 Tahun 2020, hlm. 12, itu boleh.", "Kec. Mekarsari ikut."],
        ["Kata A.S. kepada saya, itu benar.", "Saya percaya."],
        ["Anggarannya 1.234,5 juta rupiah.", "Kurang!"],
        ["Naik 2.5 persen.", "Lumayan."],
        ["Ya... begitu.", "Lalu…", "Sudah."],
        ["“Kapan?” tanyanya.", "“Besok.”", "Lalu dia pergi."],
        ['Dia bilang "Sudah selesai."', "Kemudian pulang."],
        ["Bagaimana ya?", "Sulit!", "Betul?!", "Iya."],
        ["Mulai pukul 08.30.", "Selesai pukul 10.00."],
        ["Ya begitu.", "terus dia pergi."],
        ["1. Sosialisasi kurang.", "2. Petugas kurang."],
        ["a. petugas kurang.", "b. dana kurang."],
        ["(Tertawa.)", "Iya."],
        ["Mr. Smith went to St. Mary's Hospital, e.g. on Monday.", "He left at 5 p.m.", "Then he slept."],
        ["Lihat www.mekarsari.example.", "Di sana ada."],
        ["Tanpa tanda baca di akhir"],
        ["Pada tgl. 16 Agu. 2022 kami rapat.", "Semua datang."],
        ["Kabarnya dari grup WhatsApp RT.", "Hampir semua ikut."],
        ["Saya warga RT. 03 RW. 02 Dusun Krajan.", "Tinggal di Jl. Melati No. 5."],
        ["Diundang lewat RW.", "“Kami tahu semua.”"],
        ["Tolong catat No. Rekening dan No. HP saya.", "Lalu rt. sebelah."],
        ["Lihat Pasal. IV dan hal. 12.", "Sudah jelas, lewat telp.", "Tidak lama."],
        ["Anak-anak dan ibu-ibu datang.", "Mereka senang-senang saja."],
    ],
)
def test_where_sentences_end(parts: list[str]) -> None:
    assert split(" ".join(parts)) == parts


def test_a_missing_space_still_ends_a_sentence() -> None:
    assert split("Sudah selesai.Lalu kami pulang.") == ["Sudah selesai.", "Lalu kami pulang."]


def test_paragraphs_end_sentences_and_wraps_do_not() -> None:
    text = "Kami datang ke\nDesa Mekar pagi\nhari\n\nLalu pulang\n- satu\n- dua\nSelesai"
    assert split(text, (text.index("\n"),)) == [
        "Kami datang ke\nDesa Mekar pagi\nhari",
        "Lalu pulang",
        "- satu",
        "- dua",
        "Selesai",
    ]
    assert split("Kami datang ke\nDesa Mekar.") == ["Kami datang ke", "Desa Mekar."]


def test_a_soft_break_inside_a_sentence_does_not_end_it() -> None:
    assert split("Kami datang\nke desa. Lalu\npulang.") == ["Kami datang\nke desa.", "Lalu\npulang."]
    assert split("Alasannya:\ndana kurang") == ["Alasannya:", "dana kurang"]


def test_sentences_stay_inside_their_spans() -> None:
    text = "P: Apa kabar? Baik? I: Baik. Sekali."
    spans = [(3, 19), (23, len(text))]
    assert [text[a:b] for a, b in sentences(text, spans)] == ["Apa kabar?", "Baik?", "Baik.", "Sekali."]
    assert sentences(text, []) == []
    assert sentences("   \n ", [(0, 5)]) == []


def test_the_rules_have_a_version() -> None:
    assert SEGMENTER.startswith("telaah-")


def test_the_pipeline_is_made_without_the_exceptions_for_hyphens() -> None:
    nlp = pipeline()
    assert nlp is pipeline()
    assert len(nlp.tokenizer.rules) < 1500
    assert [t.text for t in nlp("Ibu-ibu datang ke rumah sakit.")][-1] == "."
    assert nlp.lang == "id"


PIECES = st.sampled_from(
    ["Kami datang", "ke desa", "Bpk.", "S.K.M.,", "dll.", "...", "…", ".", "?", "!", '"', "”", "“", "(", ")", "1.",
     "A.S.", "Rp. 5.000", "\n", "\n\n", " ", "\t", "-", "🙂", "é", "kata", "\u00a0", "Lalu", ":", ","]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.lists(PIECES, max_size=50).map("".join), st.lists(PIECES, max_size=50).map(" ".join), st.text(max_size=200)
    ),
    st.lists(st.integers(0, 400), max_size=6),
    st.sets(st.integers(0, 400)),
    st.sampled_from([7, 30, 400_000]),
)
def test_sentences_cover_what_they_are_asked_for(text: str, cuts: list[int], wraps: set[int], longest: int) -> None:
    edges = sorted({min(c, len(text)) for c in cuts})
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    found = sentences(text, spans, sorted(wraps), longest=longest)
    held: list[int] = []
    for start, end in found:
        assert text[start:end] == text[start:end].strip() != ""
        assert sum(a <= start and end <= b for a, b in spans) == 1
        held += range(start, end)
    assert held == sorted(set(held))
    assert {i for a, b in spans for i in range(a, b) if not text[i].isspace()} <= set(held)


def test_a_word_without_end_is_cut() -> None:
    text = "Kami " + ":" * 100_000 + " datang. Lalu " + "a" * 1200
    found = sentences(text, [(0, len(text))])
    assert "".join(text[a:b] for a, b in found).replace(" ", "") == text.replace(" ", "")
    assert text[found[0][0] :].startswith("Kami :")


@pytest.mark.slow
def test_a_text_of_more_than_a_million_characters_in_one_paragraph() -> None:
    text = "Petugas di lapangan sudah bekerja dengan baik. Namun anggaran kurang. " * 20_000
    found = sentences(text, [(0, len(text))])
    assert len(text) > 1_000_000
    assert 40_000 <= len(found) <= 40_010
    assert sum(end - start for start, end in found) >= len(text) - 2 * len(found)
