"""Line ends that only keep lines short."""

from __future__ import annotations

import textwrap
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from coding.transcripts.drafts import DraftTurn
from coding.transcripts.reading import read_draft
from coding.transcripts.wraps import hard_wraps

FILES = Path(__file__).parents[2] / "data" / "transcripts"


def joined(text: str, wraps: tuple[int, ...]) -> str:
    letters = list(text)
    for at in wraps:
        assert letters[at] == "\n"
        letters[at] = " "
    return "".join(letters)


def test_a_wrapped_file_is_joined_within_paragraphs() -> None:
    draft = read_draft(FILES / "baris_terpotong.txt")
    shown = joined(draft.text, hard_wraps(draft.text, draft.turns, draft.header_end))
    assert shown.splitlines()[3:] == [
        "Peneliti: Bagaimana sosialisasi dilakukan kepada warga desa yang jauh dari kantor kecamatan?",
        "AS: Kami datang langsung ke desa, biasanya bersama kader. Kalau desanya jauh, kami menginap. Warga "
        "dikumpulkan di balai desa dan diberi penjelasan tentang syarat dan cara mendaftar. Setelah itu ada tanya "
        "jawab sampai selesai.",
        "",
        "Yang sulit itu musim hujan, karena jalannya putus dan kami harus menunggu dua sampai tiga hari.",
        "Peneliti: Lalu bagaimana dengan desa yang tidak terjangkau pada musim seperti itu?",
        "AS: Kami titip brosur.",
    ]


def test_sentences_run_over_wraps_and_not_over_paragraphs() -> None:
    draft = read_draft(FILES / "baris_terpotong.txt")
    said = [draft.text[a:b].replace("\n", " ") for a, b in draft.sentences]
    assert "Kalau desanya jauh, kami menginap." in said
    assert said[-1] == "Kami titip brosur."
    assert not any("\n\n" in draft.text[a:b] for a, b in draft.sentences)


def test_a_file_with_one_paragraph_a_line_is_not_wrapped() -> None:
    for name in ("peneliti_inisial.txt", "p_i.txt", "diskusi.md"):
        draft = read_draft(FILES / name)
        assert hard_wraps(draft.text, draft.turns, draft.header_end) == ()


def test_lists_and_long_lines_are_left_alone() -> None:
    listed = "\n".join(f"- hal nomor {i} yang sama panjangnya dengan hal yang lain" for i in range(10))
    assert hard_wraps(listed, (), 0) == ()
    long = "\n".join("kata " * 60 for _ in range(5))
    assert hard_wraps(long, (), 0) == ()


WORDS = st.lists(
    st.sampled_from("dan yang petugas masyarakat di desa anggaran kurang sosialisasi".split()), min_size=60
)


@given(st.lists(WORDS, min_size=2, max_size=4), st.integers(60, 90))
def test_what_was_wrapped_is_found_again(paragraphs: list[list[str]], width: int) -> None:
    wrapped = ["\n".join(textwrap.wrap(" ".join(words), width)) for words in paragraphs]
    text = "Informan: AS\n\n" + "\n\n".join(wrapped)
    found = hard_wraps(text, (), 14)
    inside = [i for i in range(14, len(text)) if text[i] == "\n" and text[i - 1] != "\n" and text[i + 1] != "\n"]
    assert list(found) == inside


@given(st.text(alphabet="ab .\n\t:-", max_size=400), st.integers(0, 400))
def test_wraps_are_line_ends_between_filled_lines(text: str, header: int) -> None:
    wraps = hard_wraps(text, (DraftTurn(0, 0, 0, 0, 0),), min(header, len(text)))
    assert list(wraps) == sorted(set(wraps))
    for at in wraps:
        assert text[at] == "\n"
        assert at >= min(header, len(text))
        assert text[:at].rsplit("\n", maxsplit=1)[-1].strip()
        assert text[at + 1 :].split("\n", maxsplit=1)[0].strip()
