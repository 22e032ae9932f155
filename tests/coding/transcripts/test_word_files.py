"""Word documents: what is read of them, in which order, and which are refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from coding.errors import CodingError
from coding.transcripts.readers import LIMITS, Limits, read_file
from coding.transcripts.reading import read_draft


def saved(document: docx.document.Document, path: Path) -> Path:
    document.save(str(path))
    return path


def with_part(path: Path, name: str, data: bytes, stored: int = zipfile.ZIP_DEFLATED) -> Path:
    """A copy of the document with one part exchanged."""
    source = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w", stored) as target:
        for entry in source.infolist():
            target.writestr(entry.filename, data if entry.filename == name else source.read(entry.filename))
    return path


def body(inner: str) -> bytes:
    return f'<?xml version="1.0"?><w:document {nsdecls("w")}><w:body>{inner}</w:body></w:document>'.encode()


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return saved(docx.Document(), tmp_path / "a.docx")


def test_paragraphs_soft_breaks_and_tables_keep_their_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("TRANSKRIP WAWANCARA")
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, (("Informan", "AS"), ("Umur", "36 tahun")), strict=True):
        row.cells[0].text, row.cells[1].text = cells
    paragraph = document.add_paragraph("P: Apa\tkabar?")
    paragraph.add_run().add_break()
    paragraph.add_run("I: Baik.")
    document.add_paragraph("")
    document.add_paragraph("Sekali.")
    draft = read_draft(saved(document, tmp_path / "AS.docx"))
    assert draft.text == "TRANSKRIP WAWANCARA\nInforman\tAS\nUmur\t36 tahun\nP: Apa\tkabar?\nI: Baik.\n\nSekali."
    assert [(s.kind, s.code, s.age) for s in draft.speakers] == [("researcher", None, None), ("informant", "AS", 36)]
    assert [draft.text[t.start : t.end] for t in draft.turns] == ["Apa\tkabar?", "Baik.\n\nSekali."]
    assert draft.encoding == "docx"


def test_a_transcript_in_a_table_has_turns(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for cells in (("Peneliti", "Apa?"), ("RP", "Ini.\nItu."), ("Peneliti", "Lalu?"), ("RP", "Sudah.")):
        row = table.add_row()
        row.cells[0].text, row.cells[1].text = cells
    draft = read_draft(saved(document, tmp_path / "RP.docx"))
    assert [draft.text[t.start : t.end] for t in draft.turns] == ["Apa?", "Ini.\nItu.", "Lalu?", "Sudah."]
    assert [s.code for s in draft.speakers] == [None, "RP"]


def test_insertions_hyperlinks_and_boxes_are_read_and_deletions_are_not(plain: Path) -> None:
    inner = (
        "<w:p><w:r><w:t>Awal </w:t></w:r><w:ins><w:r><w:t>disisipkan </w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>dihapus </w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>pindah </w:t></w:r></w:moveFrom>"
        '<w:hyperlink w:anchor="x"><w:r><w:t>tautan</w:t></w:r></w:hyperlink>'
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> PAGE </w:instrText></w:r></w:p>'
        "<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>isian</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>kotak</w:t></w:r></w:p></w:txbxContent></w:pict>"
        "<w:t>akhir</w:t></w:r></w:p>"
        "<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>"
    )
    assert read_file(with_part(plain, "word/document.xml", body(inner))).text == (
        "Awal disisipkan tautan\nisian\nakhir\nkotak\na\tb"
    )


def test_a_text_box_given_twice_is_read_once(plain: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>kotak</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    inner = (
        f"<w:p><w:r><mc:AlternateContent {mc}><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert read_file(with_part(plain, "word/document.xml", body(inner))).text == "\nkotak"


def test_a_page_break_inside_a_paragraph_parts_words_and_adds_no_line_elsewhere(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("satu")
    paragraph.add_run().add_break(WD_BREAK.PAGE)
    paragraph.add_run("dua")
    document.add_page_break()
    document.add_paragraph("tiga")
    assert read_file(saved(document, tmp_path / "a.docx")).text == "satu\ndua\n\ntiga"


def test_symbols_and_special_hyphens(plain: Path) -> None:
    inner = (
        '<w:p><w:r><w:t>anak</w:t><w:noBreakHyphen/><w:t>anak</w:t><w:sym w:font="Wingdings" w:char="F0B7"/>'
        "<w:cr/><w:t xml:space='preserve'> baris\nsama</w:t></w:r></w:p>"
    )
    assert read_file(with_part(plain, "word/document.xml", body(inner))).text == "anak-anak•\n baris sama"


def test_an_empty_document_has_no_text(plain: Path) -> None:
    with pytest.raises(CodingError) as caught:
        read_file(plain)
    assert caught.value.code == "source_no_text"


def test_documents_that_unpack_to_too_much_are_refused_before_they_are_parsed(plain: Path) -> None:
    bomb = with_part(plain, "word/document.xml", body("<w:p/>" * 4_000_000))
    assert bomb.stat().st_size < 200_000
    with pytest.raises(CodingError) as caught:
        read_file(bomb)
    assert caught.value.code == "source_too_large"


@pytest.mark.parametrize(
    "limits",
    [
        Limits(word_tags=500),
        Limits(word_part=4000),
        Limits(word_total=10_000),
        Limits(word_entries=3),
        Limits(file=1000),
    ],
)
def test_each_limit_of_a_document_holds(plain: Path, limits: Limits) -> None:
    path = with_part(plain, "word/document.xml", body("<w:p><w:r><w:t>ya</w:t></w:r></w:p>" * 300))
    with pytest.raises(CodingError) as caught:
        read_file(path, limits)
    assert caught.value.code == "source_too_large"
    assert read_file(path, LIMITS).text.count("ya") == 300


def test_nesting_without_end_is_refused(plain: Path) -> None:
    inner = "<w:sdt>" * 220 + "<w:p><w:r><w:t>x</w:t></w:r></w:p>" + "</w:sdt>" * 220
    with pytest.raises(CodingError) as caught:
        read_file(with_part(plain, "word/document.xml", body(inner)))
    assert caught.value.code == "source_too_large"


@pytest.mark.parametrize(
    "part",
    [
        b"<not xml",
        b"",
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        b'<?xml version="1.0"?><other/>',
    ],
)
def test_a_broken_document_is_no_document(plain: Path, part: bytes) -> None:
    with pytest.raises(CodingError) as caught:
        read_file(with_part(plain, "word/document.xml", part))
    assert caught.value.code == "source_not_docx"


def test_an_archive_without_a_document_is_no_document(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x.txt", "y")
    with pytest.raises(CodingError) as caught:
        read_file(path)
    assert caught.value.code == "source_not_docx"


def test_an_archive_cut_off_is_no_document(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("P: Apa?")
    path = saved(document, tmp_path / "a.docx")
    data = path.read_bytes()
    for part in (len(data) // 3, len(data) - 30):
        path.write_bytes(data[:part])
        with pytest.raises(CodingError) as caught:
            read_file(path)
        assert caught.value.code == "source_not_docx"


def test_deleted_paragraph_text_in_a_library_document(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("tetap ")
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>baru</w:t></w:r></w:ins>"))
    assert read_file(saved(document, tmp_path / "a.docx")).text == "tetap baru"
