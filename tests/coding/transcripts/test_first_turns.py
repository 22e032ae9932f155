"""The first words of a talk are a turn, not one more line of the header, however little they look like a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from coding.transcripts.reading import read_draft

HEADER = "Nama Informan : Rina Sari\nUsia : 40 tahun\n\n"
REST = [("asks", "Lalu apa kendalanya di lapangan?"), ("answers", "Dana terlambat cair dari kabupaten, itu saja.")] * 4


def turns_of(tmp_path: Path, header: str, labels: dict[str, str], lines: list[tuple[str, str]]) -> list[str]:
    text = header + "".join(f"{labels[who]} : {words}\n" for who, words in [*lines, *REST])
    path = tmp_path / "Wawancara.txt"
    path.write_text(text, encoding="utf-8")
    draft = read_draft(path)
    return [draft.text[turn.start : turn.end] for turn in draft.turns]


@pytest.mark.parametrize("header", ["", HEADER])
@pytest.mark.parametrize("labels", [("Peneliti", "Informan"), ("Pewawancara", "Narasumber"), ("Peneliti", "RS")])
@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("Langsung saja, Bu", "Sudah lama"),
        ("Mulai dari sosialisasi, Pak", "Sejak Januari"),
        ("Pak Camat, boleh mulai", "Dari Pak RT"),
        ("Program Kartu Sehat itu apa", "Program ini dari pusat"),
        ("Tentang SOP", "Begini"),
        ("Siap", "Petugas kami belum pernah datang"),
    ],
)
def test_the_first_words_are_turns(
    header: str, labels: tuple[str, str], asked: str, answered: str, tmp_path: Path
) -> None:
    named = dict(zip(("asks", "answers"), labels, strict=True))
    assert turns_of(tmp_path, header, named, [("asks", asked), ("answers", answered)])[:2] == [asked, answered]
    assert turns_of(tmp_path, header, named, [("answers", answered), ("asks", asked)])[:2] == [answered, asked]


@pytest.mark.parametrize("gap", ["", "\n"])
@pytest.mark.parametrize("header", [HEADER, "Tanggal : 1 Mei 2026\nPeneliti : Dewi\nInforman : Rina\n\n", ""])
@pytest.mark.parametrize(
    "answered", ["Petugas datang tiap bulan", "Warga antusias", "Program jalan terus", "Ibu Camat yang menunjuk"]
)
def test_words_that_begin_like_an_office_are_a_turn_amid_the_talk(
    answered: str, header: str, gap: str, tmp_path: Path
) -> None:
    if not header and gap:
        pytest.skip("a line that stands alone above everything may well be the header")
    named = {"asks": "Peneliti", "answers": "Informan"}
    lines = [("answers", answered + gap), *((who, words + gap) for who, words in REST)]
    assert turns_of(tmp_path, header, named, lines)[0] == answered


@pytest.mark.parametrize(
    ("asks", "answers"),
    [
        ("Dewi Lestari", "Rina Sari"),
        ("Dewi", "Siti aminah, kader posyandu"),
        ("Dra. Dewi Lestari, M.Si", "Petugas kesehatan di desa"),
        ("DL", "Ibu Sari (RS), penerima kartu"),
        ("João do Carmo", "INF-03"),
    ],
)
def test_names_under_the_words_of_labels_stay_in_the_header(asks: str, answers: str, tmp_path: Path) -> None:
    named = {"asks": "Peneliti", "answers": "Informan"}
    header = f"Tanggal : 12 Mei 2026\nPeneliti : {asks}\nInforman : {answers}\n\n"
    assert turns_of(tmp_path, header, named, []) == [words for _, words in REST]
