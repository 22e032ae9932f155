"""Files as real programs write them: each gives the same text, the same turns, the same places.

`tests/data/formats` was written by LibreOffice from one document; `Peraturan.pdf` has two columns, a running head and
page numbers; `terkunci.pdf` a password.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from PIL import Image

from coding.codes.queries import code_guid
from coding.errors import CodingError
from coding.project import Project
from coding.search.find import search
from coding.segments.editing import tag
from coding.segments.queries import segments
from coding.store.models import Source
from coding.transcripts.intake import import_paths
from coding.transcripts.reader_doc import office
from coding.transcripts.readers import SUFFIXES, read_file
from coding.transcripts.reading import read_draft

FORMATS = Path(__file__).resolve().parents[2] / "data" / "formats"
SPOKEN = [
    ("Peneliti", "Bagaimana pelayanannya, Bu?"),
    ("SL", "Antre dari subuh 📮, loketnya cuma satu.\nPetugasnya ramah, cuma sendirian."),
    ("Peneliti", "Syaratnya?"),
    ("SL", "Ganti-ganti terus, anak-anak saya sampai bolak-balik. Café desa tutup.\nNo\tSyarat\n1\tKTP\n2\tKK asli"),
    ("Peneliti", "Terima kasih, Bu."),
]


def spoken(path: Path) -> list[tuple[str, str]]:
    draft = read_draft(path)
    return [(draft.speakers[turn.speaker].label, draft.text[turn.start : turn.end]) for turn in draft.turns]


@pytest.mark.parametrize("suffix", ["docx", "odt", "rtf", "html", "doc", "pdf"])
def test_every_format_gives_the_same_talk(suffix: str) -> None:
    path = FORMATS / f"Wawancara SL.{suffix}"
    if suffix == "doc" and office() is None:
        assert refusal(path) == "source_doc"
        return
    said = spoken(path)
    if suffix == "pdf":  # paper knows no tabs
        assert [(who, " ".join(what.split())) for who, what in said] == [
            (who, " ".join(what.split())) for who, what in SPOKEN
        ]
    else:
        assert said == SPOKEN
    draft = read_draft(path)
    assert (draft.date, draft.place) == ("2025-05-12", "Dusun Kalisari")
    if suffix in ("docx", "odt", "html", "doc"):
        assert [(draft.text[start:end], level) for start, end, level in draft.headings] == [("Pelayanan", 1)]


def test_columns_are_read_one_after_the_other_without_head_and_foot() -> None:
    read = read_file(FORMATS / "Peraturan.pdf")
    at = [read.text.index(f"Pasal {number}\n") for number in range(1, 13)]
    assert at == sorted(at)
    assert "Peraturan Bupati" not in read.text
    assert "Halaman" not in read.text
    assert read.text.count("Demikian akhir pasal") + read.text.count("Demikian\nakhir pasal") == 12
    assert [(kind, value) for _, kind, value in read.anchors] == [("page", n) for n in (1.0, 2.0, 3.0, 4.0)]
    assert all(read.text[position - 1 : position] in ("", "\n") for position, _, _ in read.anchors)


def refusal(path: Path) -> str:
    with pytest.raises(CodingError) as refused:
        read_file(path)
    return refused.value.code


def test_what_a_pdf_may_be_without_text(tmp_path: Path) -> None:
    assert refusal(FORMATS / "terkunci.pdf") == "source_locked"
    Image.new("RGB", (200, 300), "white").save(tmp_path / "pindaian.pdf")
    assert refusal(tmp_path / "pindaian.pdf") == "source_scanned"
    (tmp_path / "rusak.pdf").write_bytes((FORMATS / "Peraturan.pdf").read_bytes()[:900])
    assert refusal(tmp_path / "rusak.pdf") == "source_not_pdf"


def test_words_parted_at_a_line_end_are_whole_again_and_doubled_words_keep_their_hyphen() -> None:
    from coding.transcripts.reader_pdf import _joined

    text, anchors = _joined(
        "pelak-\nsanaan anak-\nanak bolak-\nbalik Wono-\nSari\nakhir bolak-balik",
        [(0, "page", 1.0), (49, "page", 2.0)],
    )
    assert text == "pelaksanaan anak-anak bolak-balik Wono-Sari\nakhir bolak-balik"
    assert text[anchors[1][0] :] == "akhir bolak-balik"


SRT = "1\n00:00:01,250 --> 00:00:03,000\nBudi: Halo, Bu.\n\n2\n00:00:04,000 --> 00:00:06,500\nSiti: Iya <i>benar</i>.\n"
VTT = (
    "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Budi>Halo, Bu.\n\n00:03.000 --> 00:04.000\n<v Siti>Iya,\n\n"
    "00:05.500 --> 00:06.000\n<v Siti>benar 📮.\n"
)


def test_subtitles_keep_who_and_when(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_text(SRT, encoding="utf-8")
    (tmp_path / "a.vtt").write_text(VTT, encoding="utf-8-sig")
    read = read_file(tmp_path / "a.srt")
    assert read.text == "Budi: Halo, Bu.\nSiti: Iya benar."
    assert read.anchors == ((0, "time", 1.25), (16, "time", 4.0))
    read = read_file(tmp_path / "a.vtt")
    assert read.text == "Budi: Halo, Bu.\nSiti: Iya, benar 📮."
    assert [(read.text[at : at + 4], value) for at, _, value in read.anchors] == [
        ("Halo", 1.0), ("Iya,", 3.0), ("bena", 5.5),
    ]  # fmt: skip
    (tmp_path / "b.srt").write_text("no cues at all", encoding="utf-8")
    assert refusal(tmp_path / "b.srt") == "source_not_subtitles"


CHAT = (
    "12/05/25 08.14 - Pesan dan panggilan dienkripsi secara end-to-end.\n"
    "12/05/25 08.14 - Rani Peneliti: Boleh tanya soal kartu, Bu?\n"
    "12/05/25 08.15 - Bu Siti Kader: Boleh 🙏\nMonggo.\n"
    "12/05/25 08.16 - Rani Peneliti: Syaratnya apa saja?\n"
    "12/05/25 08.17 - +62 812-0000-7890: KTP sama KK\n"
)
CHAT_IN_BRACKETS = (
    "[12/05/2025, 08:14:33] Rani: Dari siapa tahunya?\n\u200e[12/05/2025, 08:15:01] ~ Siti: Dari grup\n"
    "[5/12/25, 8:16:40\u202fAM] Rani: Grup apa?\n[5/12/25, 8:17:40\u202fAM] Siti: Grup kader\n"
)


def test_an_exported_chat_has_its_speakers(tmp_path: Path) -> None:
    (tmp_path / "chat.txt").write_text(CHAT, encoding="utf-8")
    assert spoken(tmp_path / "chat.txt") == [
        ("Rani Peneliti", "Boleh tanya soal kartu, Bu?"), ("Bu Siti Kader", "Boleh 🙏\nMonggo."),
        ("Rani Peneliti", "Syaratnya apa saja?"), ("+62 812-0000-7890", "KTP sama KK"),
    ]  # fmt: skip
    assert read_file(tmp_path / "chat.txt").text == CHAT
    (tmp_path / "chat2.txt").write_text(CHAT_IN_BRACKETS, encoding="utf-8")
    assert [who for who, _ in spoken(tmp_path / "chat2.txt")] == ["Rani", "Siti", "Rani", "Siti"]


def test_tables_of_turns_and_of_answers(tmp_path: Path) -> None:
    rows = [["Waktu", "Pembicara", "Ucapan"], ["00:01", "Peneliti", "Sudah punya kartu?"], ["", "RS", "Sudah."],
            ["", "RS", "Tapi lama."], ["", "", ""]]  # fmt: skip
    (tmp_path / "giliran.csv").write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "giliran.xlsx")
    for name in ("giliran.csv", "giliran.xlsx"):
        assert spoken(tmp_path / name) == [("Peneliti", "Sudah punya kartu?"), ("RS", "Sudah. Tapi lama.")]
    (tmp_path / "jawaban.csv").write_text(
        'Responden,Usia,"Apa kendalanya?"\nR1,41,"Jauh, dan antre"\nR2,28,\n', encoding="utf-8"
    )
    assert read_file(tmp_path / "jawaban.csv").text == "R1\nUsia: 41\nApa kendalanya?: Jauh, dan antre\n\nR2\nUsia: 28"


def test_a_page_keeps_text_that_a_strict_reader_loses(tmp_path: Path) -> None:
    deep = "<div>" * 30_000 + "dalam" + "</div>" * 30_000
    (tmp_path / "a.html").write_text(
        f"<title>Judul</title><p>Satu &entah; dua<script>alert(1)</script><p>Tiga{deep}<style>x</style> akhir", "utf-8"
    )
    text = read_file(tmp_path / "a.html").text
    assert [line for line in text.split("\n") if line] == ["Satu &entah; dua", "Tiga", "dalam", "akhir"]
    (tmp_path / "b.html").write_bytes('<meta charset="windows-1252"><p>caf\xe9'.encode("cp1252"))
    assert read_file(tmp_path / "b.html").text == "café"


def test_a_wrong_ending_is_told(tmp_path: Path) -> None:
    for suffix, code in ((".odt", "source_not_odt"), (".rtf", "source_not_rtf"), (".pdf", "source_not_pdf"),
                         (".xlsx", "source_no_table"), (".docx", "source_not_docx")):  # fmt: skip
        (tmp_path / f"a{suffix}").write_bytes(b"plain text, nothing else " * 9)
        assert refusal(tmp_path / f"a{suffix}") == code


def test_an_odt_with_entities_or_lies_is_refused(tmp_path: Path) -> None:
    def odt(name: str, content: bytes) -> Path:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("content.xml", content)
        (tmp_path / name).write_bytes(buffer.getvalue())
        return tmp_path / name

    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    assert refusal(odt("bomb.odt", bomb)) == "source_not_odt"
    assert refusal(odt("zip.odt", b"<x>" + b" " * (60 * 2**20) + b"</x>")) in ("source_too_large", "source_not_odt")
    assert refusal(odt("empty.odt", b"<x/>")) == "source_not_odt"


HOSTILE = FORMATS.parent / "hostile"


@pytest.mark.parametrize("path", sorted(HOSTILE.iterdir()), ids=lambda path: path.name)
def test_what_once_broke_a_reader_is_read_or_refused_in_words(path: Path) -> None:
    try:
        said = read_file(path).text
    except CodingError as refused:
        said = refused.code.removeprefix("source_")
    assert said.strip()


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(set(SUFFIXES) - {".doc"})), st.binary(max_size=400), st.booleans())
def test_no_bytes_break_a_reader(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, data: bytes, real: bool
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    sample = FORMATS / f"Wawancara SL{suffix}"
    if real and sample.exists():
        whole = bytearray(sample.read_bytes())
        at = int.from_bytes(data[:3], "big") % len(whole)
        whole[at : at + len(data)] = data
        data = bytes(whole)
    path = folder / f"x{suffix}"
    path.write_bytes(data)
    try:
        read = read_file(path)
    except CodingError:
        return
    assert read.text.strip()
    assert all(0 <= at < len(read.text) for at, _, _ in read.anchors)


@pytest.mark.parametrize("suffix", ["docx", "odt", "rtf", "html", "pdf"])
def test_tagging_by_place_and_by_search_agree(project: Project, suffix: str) -> None:
    import_paths(project, [FORMATS / f"Wawancara SL.{suffix}"])
    (hit,) = search(project, "📮, loketnya cuma satu")
    with project.operation("Tag") as op:
        tag(op, hit.source_guid, hit.start, hit.end, code_guid(op.session, "edward3.resources.facilities"))
    (row,) = segments(project)
    assert row.text == "📮, loketnya cuma satu"
    assert len(row.informants) == 1
    with project.read() as session:
        assert session.query(Source.anchors).scalar().startswith("[")
