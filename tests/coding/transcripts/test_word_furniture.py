"""What a Word document holds besides its paragraphs: tracked changes, notes, lists, comments, fields, hidden text."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from coding.transcripts.readers import RawText, read_file

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def p(inner: str, look: str = "") -> str:
    return f"<w:p><w:pPr>{look}</w:pPr>{inner}</w:p>"


def r(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def listed(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


@pytest.fixture
def read(tmp_path: Path):  # type: ignore[no-untyped-def]
    def reading(body: str, space: str = MAIN, **parts: str) -> RawText:
        def wrapped(root: str, inner: str) -> str:
            return f'<?xml version="1.0"?><w:{root} xmlns:w="{space}">{inner}</w:{root}>'

        names = {"comments": "comments", "footnotes": "footnotes", "endnotes": "endnotes", "numbering": "numbering",
                 "styles": "styles", "settings": "settings"}  # fmt: skip
        relations = "".join(
            f'<Relationship Id="r{n}" Type="{OFFICE}/{name}" Target="{name}.xml"/>' for n, name in enumerate(parts)
        )
        space_of_relations = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
        path = tmp_path / "a.docx"
        with zipfile.ZipFile(path, "w") as archive:
            root = f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
            archive.writestr("_rels/.rels", f"<Relationships {space_of_relations}>{root}</Relationships>")
            archive.writestr(
                "word/_rels/document.xml.rels", f"<Relationships {space_of_relations}>{relations}</Relationships>"
            )
            archive.writestr("word/document.xml", wrapped("document", f"<w:body>{body}</w:body>"))
            for name, inner in parts.items():
                archive.writestr(f"word/{name}.xml", wrapped(names[name], inner))
        return read_file(path)

    return reading


def counts(found: RawText) -> dict[str, int]:
    return {notice.msgid.split("} ")[1].split(" ")[0]: dict(notice.params)["count"] for notice in found.notices}


DELETED_END = "<w:rPr><w:del w:id='1' w:author='A'/></w:rPr>"


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(read) -> None:  # type: ignore[no-untyped-def]
    found = read(p(r("satu "), DELETED_END) + p(r("dua")) + p(f"<w:del>{r('x')}</w:del>", DELETED_END) + p(r("tiga")))
    assert found.text == "satu dua\ntiga"
    assert counts(found) == {"tracked": 3}


def test_what_was_moved_stands_once_where_it_went(read) -> None:  # type: ignore[no-untyped-def]
    moved = "<w:rPr><w:moveFrom w:id='1' w:author='A'/></w:rPr>"
    found = read(
        p(f"<w:moveFrom>{r('pindah')}</w:moveFrom>", moved) + p(r("tinggal")) + p(f"<w:moveTo>{r('pindah')}</w:moveTo>")
    )
    assert found.text == "tinggal\npindah"


def test_a_table_row_or_cell_that_was_deleted_is_gone(read) -> None:  # type: ignore[no-untyped-def]
    def cell(text: str, look: str = "") -> str:
        return f"<w:tc><w:tcPr>{look}</w:tcPr>{p(r(text))}</w:tc>"

    found = read(
        f"<w:tbl><w:tr><w:trPr><w:del w:id='1'/></w:trPr>{cell('a')}{cell('b')}</w:tr>"
        f"<w:tr>{cell('c')}{cell('d', '<w:cellDel/>')}{cell('e')}</w:tr></w:tbl>"
    )
    assert found.text == "c\te"


NUMBERING = """
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="(%3)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2">
 <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="3">
 <w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="BAB %1"/>
 <w:pStyle w:val="Bab"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="1"/>
 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
"""
STYLES = """
<w:style w:type="paragraph" w:styleId="Bab"><w:name w:val="heading 1"/>
 <w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Anak"><w:name w:val="anak"/><w:basedOn w:val="Bab"/></w:style>
<w:style w:type="character" w:styleId="Gaib"><w:name w:val="gaib"/><w:rPr><w:vanish/></w:rPr></w:style>
"""


def test_numbers_and_bullets_are_as_word_counts_them(read) -> None:  # type: ignore[no-untyped-def]
    lines = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 2), (1, 0), (1, 1), (2, 0), (1, 0), (4, 0), (4, 0), (0, 0), (99, 0)]
    found = read("".join(p(r("x"), listed(*line)) for line in lines), numbering=NUMBERING, styles=STYLES)
    assert [line.removesuffix("x").strip() for line in found.text.split("\n")] == [
        "1.", "1.a)", "1.b)", "(III)", "(IV)", "2.", "2.a)", "•", "3.", "7.", "8.", "", "",
    ]  # fmt: skip


def test_numbers_may_come_from_a_style_and_stay_out_of_the_heading(read) -> None:  # type: ignore[no-untyped-def]
    style, child = '<w:pStyle w:val="Bab"/>', '<w:pStyle w:val="Anak"/>'
    found = read(p(r("Hasil"), style) + p(r("Bahasan"), child), numbering=NUMBERING, styles=STYLES)
    assert found.text == "BAB D Hasil\nBAB E Bahasan"
    assert [(found.text[start:end], level) for start, end, level in found.headings] == [("Hasil", 1), ("Bahasan", 1)]


def test_of_a_field_the_result_alone_is_read(read) -> None:  # type: ignore[no-untyped-def]
    code = "<w:r><w:instrText> IF </w:instrText></w:r>"
    inner = field("begin") + code + field("begin") + code + field("separate") + r("dalam") + field("end")
    whole = inner + field("separate") + r("hasil") + field("end")
    assert read(p(r("a ") + whole + r(" b"))).text == "a hasil b"
    assert read(p(field("begin") + code) + p(r("sesudah"))).text == "\nsesudah"


def test_forms_show_what_was_ticked_and_chosen(read) -> None:  # type: ignore[no-untyped-def]
    def form(inner: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{inner}</w:ffData></w:fldChar></w:r>' + field("end")

    ticked, empty = "<w:checkBox><w:checked/></w:checkBox>", '<w:checkBox><w:default w:val="0"/></w:checkBox>'
    choice = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="Tidak"/><w:listEntry w:val="Ya"/></w:ddList>'
    assert read(p(form(ticked) + r(" a ") + form(empty) + r(" b ") + form(choice))).text == "☒ a ☐ b Ya"


def test_hidden_text_is_left_out_and_that_is_said(read) -> None:  # type: ignore[no-untyped-def]
    found = read(
        p(r("a") + r("b", "<w:vanish/>") + r("c", '<w:vanish w:val="0"/>') + r("d", '<w:rStyle w:val="Gaib"/>')),
        styles=STYLES,
    )
    assert found.text == "ac"
    assert counts(found) == {"stretch": 2}


def test_notes_stand_at_the_end_with_their_marks(read) -> None:  # type: ignore[no-untyped-def]
    def note(kind: str, number: int, text: str) -> str:
        return f'<w:{kind} w:id="{number}">{p(f"<w:r><w:{kind}Ref/></w:r>" + r(" " + text))}</w:{kind}>'

    own = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="3"/><w:t>*</w:t></w:r>'
    found = read(
        p(r("satu") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + r(" dua") + own)
        + p(r("tiga") + '<w:r><w:endnoteReference w:id="5"/></w:r>' + '<w:r><w:footnoteReference w:id="4"/></w:r>'),
        footnotes=note("footnote", 2, "kaki") + note("footnote", 3, "bintang") + note("footnote", 4, "lagi"),
        endnotes=note("endnote", 5, "akhir"),
    )
    assert found.text == "satu[1] dua*\ntiga[i][2]\n\n[1] kaki\n[*] bintang\n[2] lagi\n[i] akhir"
    assert found.notes_at == found.text.index("[1] kaki")
    assert counts(found) == {"note": 4}


COMMENTS = (
    f'<w:comment w:id="7" w:author=" Bima  P. " w:date="2025-05-20T10:15:00Z">{p(r("Sejak"))}{p(r("kapan?"))}'
    "</w:comment>"
    f'<w:comment w:id="8" w:author="">{p(r("di sini"))}</w:comment>'
    f'<w:comment w:id="9" w:author="C" w:date="2025-99-99">{p(r("tabel"))}</w:comment>'
    f'<w:comment w:id="10" w:author="D">{p("")}</w:comment>'
)


def mark(kind: str, number: int) -> str:
    return f'<w:comment{kind} w:id="{number}"/>'


def test_comments_have_their_passages_wherever_these_begin_and_end(read) -> None:  # type: ignore[no-untyped-def]
    body = (
        p(r("e\u0301 📮 ") + mark("RangeStart", 7) + r("dari sini"))
        + p(r("sampai situ") + mark("RangeEnd", 7) + f"<w:r>{mark('Reference', 7)}</w:r>" + r(" terus"))
        + p(r("titik") + f"<w:r>{mark('Reference', 8)}</w:r>")
        + mark("RangeStart", 9)
        + f"<w:tbl><w:tr><w:tc>{p(r('a'))}</w:tc><w:tc>{p(r('b') + mark('RangeEnd', 9))}</w:tc></w:tr></w:tbl>"
    )
    found = read(body, comments=COMMENTS)
    assert found.text == "é 📮 dari sini\nsampai situ terus\ntitik\na\tb"
    assert [(found.text[c.start : c.end], c.author, c.date, c.text) for c in found.comments] == [
        ("dari sini\nsampai situ", "Bima P.", "2025-05-20", "Sejak\nkapan?"),
        ("", "", "", "di sini"),
        ("a\tb", "C", "", "tabel"),
    ]
    assert found.comments[1].start == found.text.index("titik") + 5


def test_soft_hyphens_formulas_and_strict_documents(read) -> None:  # type: ignore[no-untyped-def]
    body = p("<w:r><w:t>pelak</w:t><w:softHyphen/><w:t>sa\u00adnaan</w:t></w:r>")
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    body += p(f"<m:oMath {math}><m:r><m:t>x=2</m:t></m:r></m:oMath>")
    assert read(body).text == "pelaksanaan\nx=2"
    assert read(p(r("ketat")), STRICT).text == "ketat"
