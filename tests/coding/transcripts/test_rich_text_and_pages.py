"""Rich text, OpenDocument texts, web pages and paper in their details."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from coding.transcripts.flow import Flowed
from coding.transcripts.reader_html import html_text
from coding.transcripts.reader_odt import odt_text
from coding.transcripts.reader_rtf import rtf_text
from coding.transcripts.readers import LIMITS, read_file

FORMATS = Path(__file__).resolve().parents[2] / "data" / "formats"


def rtf(inner: str) -> Flowed:
    return rtf_text("a.rtf", (r"{\rtf1\ansi\ansicpg1252" + inner + "}").encode("latin-1"))


class TestRichText:
    def test_letters_come_in_many_ways(self) -> None:
        fonts = r"{\fonttbl{\f0\fnil\fcharset0 A;}{\f1\fnil\fcharset204 B;}{\f2\fnil\fcharset128 C;}}"
        letters = r"\f0 caf\'e9 \u233? \u-10179?\u-8978? {\f1 \'cf\'f0} {\f2 \'82\'a0} \uc2\u8364 ab!\uc0\u8364 ."
        said = rtf(fonts + letters)
        assert said.text == "café é 📮 Пр あ €!€."

    def test_signs_breaks_and_braces(self) -> None:
        said = rtf(r"a\~b\_c\-d\emdash\lquote e\rquote\par f\line g\tab h\{\}\\" + "\n" + r"i\page j\page\par k")
        assert said.text == "a\u00a0b-cd—‘e’\nf\ng\th{}\\i\nj\n\nk"

    def test_tables_have_tabs_between_cells_and_a_line_for_each_row(self) -> None:
        row = r"\trowd\cellx1\cellx2\intbl {}a\cell b\par c\cell\row"
        assert rtf(row + row + r"\pard akhir").text == "a\tb\nc\na\tb\nc\nakhir"

    def test_deleted_and_hidden_text_is_gone_and_counted(self) -> None:
        said = rtf(r"a {\deleted b {\b c}} {\v d}{\v e\v0 f} {\revised g}\par {\*\unknown x}{\info{\title T}}h")
        assert said.text == "a  f g\nh"
        counts = {n.msgid.split(" ")[1]: dict(n.params)["count"] for n in said.notices}
        assert counts == {"tracked": 2, "stretch": 2}

    def test_notes_and_their_numbers(self) -> None:
        note = r"{\super\chftn}{\footnote {\super\chftn} kaki}"
        end = r"{\super\chftn}{\footnote\ftnalt {\super\chftn} akhir}"
        said = rtf(f"a{note} b{end} c{note}")
        assert said.text == "a[1] b[i] c[2]\n\n[1] kaki\n[2] kaki\n[i] akhir"
        assert said.notes_at == said.text.index("[1] kaki")

    def test_a_comment_with_and_without_a_range(self) -> None:
        day = (125 << 20) + (5 << 16) + (20 << 11)
        said = rtf(
            r"satu {\*\atrfstart 1}dua{\*\atrfend 1}{\*\atnid BP}{\*\atnauthor Bima}{\*\annotation{\*\atnref 1}"
            + r"{\*\atndate DAY}sebab?} tiga{\*\atnauthor C}{\*\annotation di sini}".replace("DAY", str(day))
        )
        assert said.text == "satu dua tiga"
        assert [(said.text[c.start : c.end], c.author, c.date, c.text) for c in said.comments] == [
            ("dua", "Bima", "2025-05-20", "sebab?"), ("", "C", "", "di sini"),
        ]  # fmt: skip

    @pytest.mark.parametrize("piece", [b"{", b"\\f1", b"{\\s1 a", b"{\\footnote x", b"\\cell", b"{\\*\\annotation x"])
    def test_what_has_no_end_comes_to_one(self, piece: bytes) -> None:
        # quadratic time would take hours here
        said = rtf_text("a.rtf", b"{\\rtf1" + piece * 100_000)
        assert len(said.text) < 20 * len(piece) * 100_000


def odt(body: str, styles: str = "") -> Flowed:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "style", "table")
    )
    content = (
        f'<office:document-content {spaces} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("content.xml", content)
    return odt_text("a.odt", data.getvalue(), LIMITS)


LEVELS = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1"'
    ' style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" text:display-levels="2"'
    ' style:num-suffix=")"/></text:list-style>'
)


class TestOpenDocument:
    def test_lists_count_go_on_and_begin_anew(self) -> None:
        def item(text: str, more: str = "", given: str = "") -> str:
            return f"<text:list-item {given}><text:p>{text}</text:p>{more}</text:list-item>"

        inner = f"<text:list>{item('b')}{item('c')}</text:list>"
        body = f'<text:list text:style-name="L">{item("a", inner)}{item("d")}</text:list><text:p>tengah</text:p>'
        body += f'<text:list text:style-name="L" text:continue-numbering="true">{item("e")}</text:list>'
        start = 'text:start-value="9"'
        body += f'<text:list text:style-name="L">{item("f")}{item("g", given=start)}{item("h")}</text:list>'
        assert odt(body, LEVELS).text.split("\n") == [
            "1. a", "1.a) b", "1.b) c", "2. d", "tengah", "3. e", "1. f", "9. g", "10. h",
        ]  # fmt: skip

    def test_notes_have_their_own_marks_or_are_counted(self) -> None:
        def note(text: str, label: str = "") -> str:
            given = f' text:label="{label}"' if label else ""
            return (
                f'<text:note text:note-class="footnote"><text:note-citation{given}>0</text:note-citation>'
                f"<text:note-body><text:p>{text}</text:p></text:note-body></text:note>"
            )

        said = odt(f"<text:p>a{note('x')} b{note('y', '*')} c{note('z')}</text:p>")
        assert said.text == "a[1] b[*] c[2]\n\n[1] x\n[*] y\n[2] z"

    def test_a_comment_at_a_place_and_hidden_text(self) -> None:
        look = '<style:text-properties text:display="none"/>'
        styles = f'<style:style style:name="H" style:family="text">{look}</style:style>'
        said = odt(
            "<text:p>satu<office:annotation><dc:creator>B</dc:creator><text:p>apa?</text:p></office:annotation> dua"
            '<text:span text:style-name="H"> gaib</text:span></text:p>',
            styles,
        )
        assert said.text == "satu dua"
        (comment,) = said.comments
        assert (comment.start, comment.end, comment.author, comment.text) == (4, 4, "B", "apa?")


class TestPages:
    def test_lists_have_their_numbers_and_hidden_and_deleted_text_is_gone(self) -> None:
        said, _ = html_text(
            "<ol start=3><li>a<li value=7><p>b</p></ol><ol type=A><li>c</ol><ul><li>d</ul><p>e <del>f</del><ins>g</ins>"
            '<span style="DISPLAY : none">h<span>i</span></span> j<p hidden>k</p>pe&shy;l<br>'
        )
        assert said.text == "3. a\n7. b\nA. c\n- d\n\ne g j\npel"
        assert {n.msgid.split("}")[1][:8] for n in said.notices} == {" tracked", " stretch"}

    def test_paper_with_pages_that_are_pictures_says_so(self, tmp_path: Path) -> None:
        with pdfium.PdfDocument(FORMATS / "Peraturan.pdf") as document:
            document.new_page(300, 400)
            document.new_page(300, 400)
            document.save(tmp_path / "a.pdf")
        read = read_file(tmp_path / "a.pdf")
        (said,) = read.notices
        assert dict(said.params) == {"count": 2}
        assert "Pasal 12" in read.text
