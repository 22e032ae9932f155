"""Comments in a PDF come along with the passage they are about."""

from __future__ import annotations

import ctypes
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from coding.transcripts.reading import read_draft

FILE = Path(__file__).parents[2] / "data" / "formats" / "Wawancara SL.pdf"


def annotated(target: Path, *notes: tuple[int, str, str, str]) -> Path:
    """The file with notes: (kind, author, what it says, the passage it marks)."""
    document = pdfium.PdfDocument(FILE.read_bytes())
    page = document[0]
    textpage = page.get_textpage()
    for kind, author, text, passage in notes:
        made = raw.FPDFPage_CreateAnnot(page.raw, kind)
        for key, value in ((b"Contents", text), (b"T", author), (b"M", "D:20250812093000+07'00'")):
            _put(made, key, value)
        if passage:
            found = textpage.search(passage)
            index, count = found.get_next()
            for number in range(textpage.count_rects(index, count)):
                left, bottom, right, top = textpage.get_rect(number)
                corners = raw.FS_QUADPOINTSF(left, top, right, top, left, bottom, right, bottom)
                assert raw.FPDFAnnot_AppendAttachmentPoints(made, corners)
        raw.FPDFPage_CloseAnnot(made)
    document.save(target)
    document.close()
    return target


def _put(made: Any, key: bytes, value: str) -> None:
    body = ctypes.create_string_buffer(value.encode("utf-16-le") + b"\x00\x00")
    assert raw.FPDFAnnot_SetStringValue(made, key, ctypes.cast(body, ctypes.POINTER(raw.FPDF_WCHAR)))


def test_notes_and_remarks_come_with_author_day_and_passage(tmp_path: Path) -> None:
    plain = read_draft(FILE)
    turn = plain.turns[1]
    passage = " ".join(plain.text[turn.start : turn.end].split()[:3])
    path = annotated(
        tmp_path / "Wawancara.pdf",
        (raw.FPDF_ANNOT_HIGHLIGHT, "Bu Pembimbing", "Perjelas ini 🙏", passage),
        (raw.FPDF_ANNOT_TEXT, "", "Baca lagi seluruhnya", ""),
        (raw.FPDF_ANNOT_HIGHLIGHT, "Ani", "", passage),
        (raw.FPDF_ANNOT_SQUARE, "Ani", "Gambar", ""),
    )
    draft = read_draft(path)
    assert draft.text == plain.text
    note, remark = draft.comments
    assert (note.start, note.end, note.text, note.author) == (0, 0, "Baca lagi seluruhnya", "")
    assert (remark.author, remark.date, remark.text) == ("Bu Pembimbing", "2025-08-12", "Perjelas ini 🙏")
    assert draft.text[remark.start : remark.end] == passage


@pytest.mark.parametrize("text", ["a" * 60_000, "\ud83d", "\x00\x00", " "])
def test_odd_comments_do_no_harm(tmp_path: Path, text: str) -> None:
    odd = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    draft = read_draft(annotated(tmp_path / "a.pdf", (raw.FPDF_ANNOT_TEXT, "x", odd, "")))
    assert all(len(comment.text) <= 10_000 for comment in draft.comments)
