"""Comments that readers put into a PDF: notes, remarks on highlighted passages, text written over the page."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from coding.text import normalise
from coding.transcripts.anchors import Anchor
from coding.transcripts.comments import FileComment

_MOST = 2000
"""Comments of a file at most, and parts of a highlighted passage."""
_LENGTH = 20_000
"""Bytes of a comment at most."""
_DAY = re.compile(r"D:(\d{4})(\d\d)(\d\d)")


@dataclass(frozen=True, slots=True)
class PageComment:
    """A comment on a page, numbered from 1; `passage` is the text it marks, empty where it marks none."""

    page: int
    passage: str
    author: str
    date: str
    text: str


def page_comments(page: Any, textpage: Any, number: int) -> list[PageComment]:
    """The comments on an open page, in the file's order; marks without a word say nothing."""
    import pypdfium2.raw as pdfium

    marks = (pdfium.FPDF_ANNOT_HIGHLIGHT, pdfium.FPDF_ANNOT_UNDERLINE, pdfium.FPDF_ANNOT_SQUIGGLY,
             pdfium.FPDF_ANNOT_STRIKEOUT)  # fmt: skip
    wanted = (pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_CARET, *marks)
    found = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MOST)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            text = _said(annotation, b"Contents") if kind in wanted else ""
            if text:
                passage = " ".join(_marked(annotation, textpage)) if kind in marks else ""
                day = _DAY.match(_said(annotation, b"M") or _said(annotation, b"CreationDate"))
                date = f"{day[1]}-{day[2]}-{day[3]}" if day else ""
                author = " ".join(_said(annotation, b"T").split())
                found.append(PageComment(number, " ".join(passage.split()), author, date, text))
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    return found


def _said(annotation: Any, key: bytes) -> str:
    import pypdfium2.raw as pdfium

    size = min(pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0), _LENGTH)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0))
    pdfium.FPDFAnnot_GetStringValue(
        annotation, key, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), len(buffer)
    )
    return normalise(buffer.raw[: size - size % 2].decode("utf-16-le", "ignore")).rstrip("\x00").strip()


def _marked(annotation: Any, textpage: Any) -> Iterator[str]:
    """The text under each line of the mark."""
    import pypdfium2.raw as pdfium

    for index in range(min(pdfium.FPDFAnnot_CountAttachmentPoints(annotation), _MOST)):
        corners = pdfium.FS_QUADPOINTSF()
        if pdfium.FPDFAnnot_GetAttachmentPoints(annotation, index, corners):
            across = (corners.x1, corners.x2, corners.x3, corners.x4)
            up = (corners.y1, corners.y2, corners.y3, corners.y4)
            yield normalise(textpage.get_text_bounded(min(across), min(up), max(across), max(up)))


def placed(comments: Sequence[PageComment], text: str, anchors: Sequence[Anchor]) -> tuple[FileComment, ...]:
    """The comments at their places in the text of the whole file; one whose passage is not found there as it stands
    belongs to the beginning of its page."""
    begins = {int(value): at for at, kind, value in anchors if kind == "page"}
    edges = [*sorted(begins.values()), len(text)]
    made = []
    for comment in comments[:_MOST]:
        start = begins.get(comment.page, min((at for page, at in begins.items() if page > comment.page), default=0))
        end = next(edge for edge in edges if edge > start or edge == len(text))
        words = r"\s+".join(map(re.escape, comment.passage.split()))
        match = re.compile(words).search(text, start, end) if words else None
        span = match.span() if match else (start, start)
        made.append(FileComment(*span, comment.author, comment.date, comment.text))
    return tuple(sorted(made, key=lambda comment: (comment.start, comment.end)))
