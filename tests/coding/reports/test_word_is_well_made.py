"""Word files of every part, language and template hold to the format, and a word processor opens them."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from coding.errors import CodingError
from coding.project import Project
from coding.reports import ReportOptions, report
from coding.reports.options import TABLES, Template
from coding.reports.paging import paged
from coding.reports.preview import sheets
from coding.reports.tables import Chapter, Contents, Figure, Narrative, Paragraph, Run, Table, cell, head, plain
from coding.reports.word import word_bytes
from coding.reports.word_template import open_template, read_template
from coding.sample import build
from coding.words import Words


def beside(name: str) -> Any:
    """The module `name` in this folder."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


W, problems = beside("docx_checks").W, beside("docx_checks").problems
faculty_template = beside("faculty").faculty_template


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    project = build(tmp_path_factory.mktemp("sample") / "sample.telaah")
    yield project
    project.close()


def table(columns: int, rows: int = 3, **more: object) -> Table:
    heads = ((head("No", deep=2), head("Kode", deep=2), head("Semua", span=columns)),
             tuple(head(f"K{n}") for n in range(columns)))  # fmt: skip
    body = tuple((cell(str(r)), cell(f"Baris {r}"), *(cell(f"{r}.{n}") for n in range(columns))) for r in range(rows))
    return Table("crosstab", "t", "Tabel", heads, body, (1.0, 3.0, *(1.5 for _ in range(columns))), "Sumber", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", TABLES)
def test_each_part_holds_to_the_format(sample: Project, tmp_path: Path, name: str, language: str) -> None:
    path = tmp_path / "part.docx"
    report(sample, path, ReportOptions(language=language, tables=(name,), contents=True, footnotes=True))
    assert problems(path.read_bytes()) == []


@pytest.mark.parametrize("captions", [True, False])
def test_a_report_in_a_template_holds_to_the_format_and_has_its_look(
    sample: Project, tmp_path: Path, captions: bool
) -> None:
    template = faculty_template(tmp_path / "pedoman.docx", captions=captions)
    path = tmp_path / "bab4.docx"
    report(sample, path, ReportOptions(language="id", template=Template(template), contents=True, footnotes=True))
    assert problems(path.read_bytes()) == []
    document = Document(str(path))
    used = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Isi Paragraf", "Kutipan Langsung", "Sumber Tabel", "Heading 1"} <= used
    assert ("Judul Tabel" in used) is captions
    assert not any("harus hilang" in paragraph.text for paragraph in document.paragraphs)
    first = document.sections[0]
    assert first.header.paragraphs[0].text.startswith("Fakultas Ilmu Administrasi")
    assert {round(section.page_width.cm, 1) for section in document.sections} == {21.5, 33.0}
    assert "Budi" not in etree.tostring(document.core_properties._element, encoding="unicode")


def test_what_is_not_found_in_a_template_is_asked_and_can_be_chosen(tmp_path: Path, indonesian: Words) -> None:
    path = faculty_template(tmp_path / "pedoman.docx", captions=False)
    facts = read_template(path)
    assert facts.unsure == ("caption_table", "caption_figure")
    assert facts.chosen["body"] == "IsiParagraf"
    options = ReportOptions(template=Template(path, {"caption_table": "SumberTabel"}))
    document = Document(BytesIO(word_bytes([table(2)], indonesian, options)))
    assert document.paragraphs[0].text == "Tabel 4.1 Tabel"
    assert document.paragraphs[0].style.name == "Sumber Tabel"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("pedoman.docx", b"no archive", "template_damaged"),
        ("pedoman.docx", b"PK\x05\x06" + 18 * b"\x00", "template_damaged"),
        ("pedoman.odt", b"", "template_format"),
        ("gone.docx", None, "template_missing"),
    ],
)
def test_a_template_that_is_none_is_said_and_the_former_file_stays(
    sample: Project, tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    path = tmp_path / "bab4.docx"
    path.write_bytes(b"former")
    with pytest.raises(CodingError) as raised:
        report(sample, path, ReportOptions(tables=("informants",), template=Template(tmp_path / name)))
    assert raised.value.code == code
    assert path.read_bytes() == b"former"


def test_a_template_of_word_itself_is_read(tmp_path: Path) -> None:
    import zipfile

    made = faculty_template(tmp_path / "pedoman.docx")
    other = tmp_path / "pedoman.dotx"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(other, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "[Content_Types].xml":
                data = data.replace(b"wordprocessingml.document.main", b"wordprocessingml.template.main")
            new.writestr(entry, data)
    assert open_template(other).styles["Isi Paragraf"] is not None


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        ("docm", b"application/vnd.ms-word.document.macroEnabled.main+xml"),
        ("dotm", b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
    ],
)
def test_a_template_with_macros_leaves_them_out(sample: Project, tmp_path: Path, ending: str, kind: bytes) -> None:
    import zipfile

    made, other = faculty_template(tmp_path / "pedoman.docx"), tmp_path / f"pedoman.{ending}"
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macros = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    points = (
        b'<Relationship Id="rId991" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"'
        b' Target="vbaProject.bin"/>'
    )
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(other, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "[Content_Types].xml":
                data = data.replace(plain, kind).replace(b"<Override", macros + b"<Override", 1)
            if entry.filename == "word/_rels/document.xml.rels":
                data = data.replace(b"</Relationships>", points + b"</Relationships>")
            new.writestr(entry, data)
        new.writestr("word/vbaProject.bin", b"macros")
    out = tmp_path / "bab4.docx"
    report(sample, out, ReportOptions(tables=("informants",), template=Template(other)))
    assert problems(out.read_bytes()) == []
    with zipfile.ZipFile(out) as package:
        assert plain in package.read("[Content_Types].xml")
        assert not [name for name in package.namelist() if "vba" in name.casefold()]
        assert b"vba" not in package.read("word/_rels/document.xml.rels")


def test_two_hundred_columns_go_on_over_pages_and_none_is_lost(indonesian: Words) -> None:
    parts = [part for part in paged([table(200)]) if isinstance(part, Table)]
    assert len(parts) > 10
    assert [one.text for part in parts for one in part.rows[1][2:]] == [f"1.{n}" for n in range(200)]
    assert all(part.heads[0][0].text == "No" and part.rows[0][1].text == "Baris 0" for part in parts)
    assert all(sum(part.widths) < 23.8 for part in parts)
    content = word_bytes([table(200)], indonesian, ReportOptions())
    assert problems(content) == []
    assert "Tabel 4.1 (lanjutan)" in "".join(p.text for p in Document(BytesIO(content)).paragraphs)


def test_odd_texts_make_a_file_that_holds_to_the_format(indonesian: Words) -> None:
    odd = "a\x00\x08b \ufffe\U0001f600 & <c> ]]> \u202e " + "שלום עולם, مرحبا بالعالم 12"
    blocks = [
        Narrative(odd, (Paragraph((Run(odd, italic=True), Run(" (AS)", note=True)), "quote"),)),
        Table("segments", "t", odd, ((head("No"),),), ((cell("panjang " * 8000),), (cell(()),)), (14.0,), odd),
    ]
    content = word_bytes(blocks, indonesian, ReportOptions(footnotes=True))
    assert problems(content) == []
    rows = Document(BytesIO(content)).element.body.findall(f".//{W}tr")
    assert rows[1].find(f".//{W}cantSplit") is None, "a row longer than a page goes on over the next"
    stretches = Document(BytesIO(content)).element.body.findall(f".//{W}rtl")
    assert stretches


def test_lists_at_the_front_name_what_follows(indonesian: Words) -> None:
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
    )
    blocks = [
        Narrative("Judul", level=0),
        Contents("Daftar isi", "headings"),
        Contents("Daftar tabel", "tables"),
        Contents("Daftar gambar", "figures"),
        Narrative("Bagian", (plain("Isi"),)),
        table(2),
        Figure("factors", "f", "Grafik", png, 4, 4, "Grafik kecil", "Sumber"),
    ]
    content = word_bytes(blocks, indonesian, ReportOptions())
    assert problems(content) == []
    codes = [
        " ".join((code.text or "").split()) for code in Document(BytesIO(content)).element.body.iter(qn("w:instrText"))
    ]
    assert [code for code in codes if code.startswith("TOC")] == [
        'TOC \\o "1-3" \\h \\z \\u',
        'TOC \\h \\z \\c "Tabel"',
        'TOC \\h \\z \\c "Gambar"',
    ]
    # a leader, and the page that the word processor puts behind it
    texts = [paragraph.text for paragraph in Document(BytesIO(content)).paragraphs]
    assert texts[:7] == [
        "Judul", "Daftar isi", "Bagian\t", "Daftar tabel", "Tabel 4.1 Tabel\t", "Daftar gambar", "Gambar 4.1 Grafik\t",
    ]  # fmt: skip
    marks = {mark.get(qn("w:name")) for mark in Document(BytesIO(content)).element.body.iter(qn("w:bookmarkStart"))}
    pages = [code.split()[1] for code in codes if code.startswith("PAGEREF")]
    assert len(pages) == 3
    assert set(pages) <= marks


def test_attributions_stand_in_footnotes_where_they_are_asked_for(indonesian: Words) -> None:
    quote = Paragraph((Run("“Ya.”", italic=True), Run(" (AS, 36)", note=True)), "quote")
    content = word_bytes([Narrative("Bagian", (quote,))], indonesian, ReportOptions(footnotes=True))
    assert problems(content) == []
    package = Document(BytesIO(content)).part.package
    (notes,) = [part.blob for part in package.iter_parts() if str(part.partname) == "/word/footnotes.xml"]
    assert "".join(etree.fromstring(notes).itertext()).strip() == "AS, 36."
    assert Document(BytesIO(content)).paragraphs[1].text == "“Ya.”"


def test_the_checks_see_what_is_wrong(indonesian: Words) -> None:
    document = Document(BytesIO(word_bytes([table(2)], indonesian, ReportOptions())))
    body = document.element.body
    body.find(f".//{W}tcPr").append(body.find(f".//{W}tcW"))
    row = body.findall(f".//{W}tr")[-1]
    row.remove(row[-1])
    body.find(f".//{W}pStyle").set(f"{W}val", "Nowhere")
    content = BytesIO()
    document.save(content)
    found = "\n".join(problems(content.getvalue()))
    assert "wrong order" in found
    assert "has 3 columns of 4" in found
    assert "no paragraph style Nowhere" in found


@pytest.mark.slow
def test_libreoffice_opens_a_report(sample: Project, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    template = faculty_template(tmp_path / "pedoman.docx")
    path = tmp_path / "bab4.docx"
    options = ReportOptions(language="id", template=Template(template), contents=True, footnotes=True)
    report(sample, path, options)
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "txt:Text", "--outdir",
         str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    shown = (tmp_path / "bab4.txt").read_text(encoding="utf-8-sig")
    for paragraph in Document(str(path)).paragraphs:
        if paragraph.style.name == "Judul Tabel" and "lanjutan" not in paragraph.text:
            assert paragraph.text in shown


class TestTheChapter:
    """On pages a report is a chapter: its heading and the numbers of all below it are counted by Word."""

    BLOCKS = (
        Narrative("Judul", level=0, chapter=Chapter("Hasil penelitian")),
        Contents("Daftar isi", "headings"),
        Narrative("Bagian", (plain("Isi"),)),
        Narrative("Di dalamnya", (plain("Isi"),), level=2),
    )

    def test_the_list_comes_first_and_has_no_number(self, indonesian: Words) -> None:
        content = word_bytes(self.BLOCKS, indonesian, ReportOptions(chapter=5))
        assert problems(content) == []
        shown = [p for p in Document(BytesIO(content)).paragraphs if p.style.style_id.startswith(("TOC", "Heading"))]
        texts = [(p.style.style_id, p.text.strip()) for p in shown]
        assert texts == [
            ("TOCHeading", "Daftar isi"),
            ("TOC1", "BAB V HASIL PENELITIAN"), ("TOC2", "5.1 Bagian"), ("TOC3", "5.1.1 Di dalamnya"),
            ("Heading1", "Hasil penelitian"), ("Heading2", "Bagian"), ("Heading3", "Di dalamnya"),
        ]  # fmt: skip
        assert shown[0]._p.pPr.numPr.numId.val == 0
        levels = Document(BytesIO(content)).part.numbering_part.element.findall(qn("w:abstractNum"))[-1]
        said = [level.find(qn("w:lvlText")).get(qn("w:val")) for level in levels.findall(qn("w:lvl"))]
        assert said == ["BAB %1", "5.%2", "5.%2.%3"]

    def test_a_template_counts_from_the_chapter(self, indonesian: Words, tmp_path: Path) -> None:
        faculty = tmp_path / "fakultas.docx"
        document = Document(BytesIO(word_bytes(self.BLOCKS, indonesian, ReportOptions(chapter=1))))
        for style, name in (("Heading 1", "Judul Bab"), ("Heading 2", "Judul Subbab")):
            made = document.styles.add_style(name, 1)
            made.base_style = document.styles[style]
        document.save(str(faculty))
        content = word_bytes(self.BLOCKS, indonesian, ReportOptions(chapter=4, template=Template(faculty)))
        assert problems(content) == []
        written = Document(BytesIO(content))
        named = [(p.style.name, p.text.strip()) for p in written.paragraphs if "Judul" in p.style.name]
        assert named == [("Judul Bab", "Hasil penelitian"), ("Judul Subbab", "Bagian")]
        starts = written.part.numbering_part.element.findall(f".//{qn('w:startOverride')}")
        assert [one.get(qn("w:val")) for one in starts] == ["4"]

    def test_appendices_have_no_numbers(self, indonesian: Words) -> None:
        blocks = (Narrative("Judul", level=0, chapter=Chapter("Lampiran", numbered=False)), *self.BLOCKS[1:])
        content = word_bytes(blocks, indonesian, ReportOptions())
        headings = [p for p in Document(BytesIO(content)).paragraphs if p.style.style_id.startswith("Heading")]
        assert [p._p.pPr.numPr.numId.val for p in headings] == [0, 0, 0]
        (page,) = sheets(blocks, indonesian, ReportOptions())
        assert "Lampiran" in page.html
        assert "BAB" not in page.html

    def test_the_pages_on_screen_have_the_same_numbers(self, indonesian: Words) -> None:
        (page,) = sheets(self.BLOCKS, indonesian, ReportOptions(chapter=5))
        for shown in ("BAB V<br>HASIL PENELITIAN", "5.1 Bagian", "5.1.1 Di dalamnya"):
            assert shown in page.html
