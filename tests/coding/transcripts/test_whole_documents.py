"""One document with notes, lists, tracked changes, a comment and hidden text, as real programs write it.

`tests/data/make_formats.py` made the files; what is expected stands here beside them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from coding.transcripts.comments import FileComment
from coding.transcripts.reader_doc import office
from coding.transcripts.readers import read_file
from coding.transcripts.reading import read_draft

FORMATS = Path(__file__).resolve().parents[2] / "data" / "formats"
TEXT = """Transkrip wawancara
Informan: SL (52 tahun)
Tanggal: 12 Mei 2025
Tempat: Dusun Kalisari

Peneliti: Bagaimana pelayanannya, Bu[1]?
SL: Antre dari subuh 📮, selalu loketnya cuma satu. Petugasnya ramah.
Peneliti: Apa syaratnya?
SL: Ini, satu-satu:
1. KTP[2]
a) asli
b) dua salinan
2. Kartu keluarga
• kadang surat RT
Anak-anak saya pelaksananya. Café téh tutup[i].
Peneliti: Terima kasih, Bu.

[1] Sapaan hormat.
[2] Kartu tanda penduduk.
Yang asli.
[i] Kunjungan 14 Mei."""
TURNS = [
    ("Peneliti", "Bagaimana pelayanannya, Bu[1]?"),
    ("SL", "Antre dari subuh 📮, selalu loketnya cuma satu. Petugasnya ramah."),
    ("Peneliti", "Apa syaratnya?"),
    (
        "SL",
        "Ini, satu-satu:\n1. KTP[2]\na) asli\nb) dua salinan\n2. Kartu keluarga\n• kadang surat RT\n"
        "Anak-anak saya pelaksananya. Café téh tutup[i].",
    ),
    ("Peneliti", "Terima kasih, Bu."),
]
WRITTEN = ("docx", "odt", "rtf", "doc")


def opened(suffix: str) -> Path:
    if suffix == "doc" and office() is None:
        pytest.skip("old Word documents are read with LibreOffice")
    return FORMATS / f"Catatan SL.{suffix}"


@pytest.mark.parametrize("suffix", WRITTEN)
def test_all_that_a_document_shows_is_in_its_text(suffix: str) -> None:
    read = read_file(opened(suffix))
    assert read.text == TEXT
    assert [(read.text[start:end], level) for start, end, level in read.headings] == [("Transkrip wawancara", 1)]
    said = {notice.msgid: dict(notice.params)["count"] for notice in read.notices}
    assert said == {
        "{count} tracked change was taken as accepted": 2,
        "{count} stretch of hidden text was left out": 1,
        "{count} note stands at the end of the text": 3,
    }


@pytest.mark.parametrize("suffix", WRITTEN)
def test_a_comment_has_its_passage_its_author_and_its_day(suffix: str) -> None:
    read = read_file(opened(suffix))
    (comment,) = read.comments
    assert read.text[comment.start : comment.end] == "Antre dari subuh 📮"
    assert comment == FileComment(
        comment.start, comment.end, "Bima Pembimbing", "2025-05-20", "Sejak kapan?\nTanyakan lagi."
    )


@pytest.mark.parametrize("suffix", WRITTEN)
def test_notes_belong_to_nobodys_turn(suffix: str) -> None:
    draft = read_draft(opened(suffix))
    assert [(draft.speakers[t.speaker].label, draft.text[t.start : t.end]) for t in draft.turns] == TURNS
    assert draft.notes_at is not None
    assert draft.text[draft.notes_at :].startswith("[1] Sapaan hormat.")
    assert (draft.date, draft.place) == ("2025-05-12", "Dusun Kalisari")
    assert [(s.code, s.age) for s in draft.speakers if s.kind == "informant"] == [("SL", 52)]


def test_a_page_of_a_word_processor_has_its_lists_and_notes() -> None:
    read = read_file(opened("html"))
    solid = [line for line in read.text.split("\n") if line]
    # the program writes neither tracked changes nor the numbers of footnotes into a page
    shown = TEXT.replace("[1]", "[0]").replace("[2]", "[0]").replace("selalu ", "selalu tidak pernah ")
    shown = shown.replace("a) ", "a. ").replace("b) ", "b. ").replace("• ", "- ")
    assert solid == [line for line in shown.split("\n") if line]
    assert read.notes_at is not None
    assert read.text[read.notes_at :].startswith("[0] Sapaan hormat.")
    draft = read_draft(opened("html"))
    assert draft.turns[-1].end <= read.notes_at


def test_paper_gives_the_same_talk() -> None:
    draft = read_draft(opened("pdf"))
    said = [(draft.speakers[t.speaker].label, draft.text[t.start : t.end].split("\n")[0]) for t in draft.turns]
    assert said[0] == ("Peneliti", "Bagaimana pelayanannya, Bu1?")
    assert said[1:3] == [
        ("SL", "Antre dari subuh 📮, selalu tidak pernah loketnya cuma satu. Petugasnya ramah."),
        ("Peneliti", "Apa syaratnya?"),
    ]
    assert "1. KTP2\na) asli\nb) dua salinan\n2. Kartu keluarga\n• kadang surat RT" in draft.text


def test_columns_that_a_browser_printed_lose_no_line() -> None:
    read = read_file(FORMATS / "Catatan lapangan.pdf")
    words = " ".join(read.text.split())
    at = [words.index(f"Butir {n}: warga ke-{n} datang") for n in range(1, 61)]
    assert at == sorted(at)
    assert words.count("Selesai butir") == 60
    assert [value for _, _, value in read.anchors] == [float(n + 1) for n in range(len(read.anchors))]
    assert len(read.anchors) >= 3
