"""A file such as a faculty gives to its students: its own pages, head, foot and styles, some with Indonesian names."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt, RGBColor


def faculty_template(path: Path, *, captions: bool = True) -> Path:
    """Write such a file; without `captions` it has no style for captions by any known name."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.5), Cm(33.0)
    section.top_margin, section.left_margin, section.right_margin, section.bottom_margin = (
        Cm(4), Cm(4), Cm(3), Cm(3),
    )  # fmt: skip
    section.header.paragraphs[0].text = "Fakultas Ilmu Administrasi Universitas Wanamarta"
    section.footer.paragraphs[0].text = "Pedoman penulisan"
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Cambria", Pt(12)
    normal.paragraph_format.line_spacing = 2.0
    normal.paragraph_format.first_line_indent = Cm(1)
    for name, color in (("Isi Paragraf", None), ("Kutipan Langsung", "7F0000"), ("Sumber Tabel", "005500")):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        if color:
            style.font.color.rgb = RGBColor.from_string(color)
    quote = document.styles["Kutipan Langsung"].paragraph_format
    quote.left_indent, quote.first_line_indent, quote.line_spacing = Cm(2), Cm(0), 1.0
    if captions:
        for name in ("Judul Tabel", "Judul Gambar"):
            style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.font.bold = True
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
            style.paragraph_format.first_line_indent = Cm(0)
    else:
        style = document.styles["Caption"].element
        style.getparent().remove(style)
    document.add_heading("BAB I PENDAHULUAN", 1)
    document.add_paragraph("Contoh isi yang harus hilang.", style="Isi Paragraf")
    document.core_properties.author = "Budi Penulis"
    content = BytesIO()
    document.save(content)
    path.write_bytes(content.getvalue())
    return path
