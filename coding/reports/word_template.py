"""A Word file of the user's own whose pages and styles a report takes over: a faculty's, a journal's, a thesis's."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coding.errors import CodingError, mark
from coding.reports.template_files import SUFFIXES, as_document
from coding.reports.word_styles import add_style
from coding.transcripts.archives import check_archive
from coding.words import Words

ROLES: Mapping[str, str] = {
    "heading1": mark("Heading of the chapter"),
    "heading2": mark("Heading"),
    "heading3": mark("Subheading"),
    "body": mark("Body text"),
    "quote": mark("Quotation"),
    "caption_table": mark("Caption of a table"),
    "caption_figure": mark("Caption of a figure"),
    "source": mark("Source line"),
    "table": mark("Table"),
    "table_text": mark("Text in a table"),
    "table_head": mark("Head of a table"),
}
"""What a style of the template can be chosen for, as it is called."""
# Names by which styles go, without spaces and marks, in English and in Indonesian Word and in the files of faculties;
# the first that a template has is taken. Word stores built-in names in English, and identifiers in its own language.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "judul"),
    "heading1": ("heading1", "judul1", "judulbab", "bab", "chaptertitle"),
    "heading2": ("heading2", "judul2", "judulsubbab", "subbab", "subjudul", "sectiontitle"),
    "heading3": (
        "heading3", "judul3", "judulanaksubbab", "judulsubsubbab", "anaksubbab", "subsubbab", "anakjudul",
        "subsectiontitle",
    ),
    "body": (
        "isiparagraf", "paragrafisi", "isi", "paragraf", "isitesis", "isiskripsi", "naskah", "bodytext", "teksisi",
        "tubuhteks", "normal",
    ),
    "quote": (
        "kutipanlangsung", "kutipanpanjang", "kutipanblok", "kutipan", "blockquote", "blocktext", "quote",
        "kutipanwawancara", "intensequote",
    ),
    "caption_table": ("judultabel", "keterangantabel", "captiontabel", "tablecaption", "tabletitle", "caption",
                      "keterangan"),
    "caption_figure": ("judulgambar", "keterangangambar", "captiongambar", "figurecaption", "caption", "keterangan"),
    "source": ("sumbertabel", "sumber", "tablesource", "source", "sourceline"),
    "table": ("tabelskripsi", "tabeltesis", "tabelpenelitian", "tabelku", "tablegrid", "kisitabel", "gridtabel"),
    "table_text": ("isitabel", "tekstabel", "tabelisi", "tabletext", "tablecontents", "tablebody", "teksdalamtabel"),
    "table_head": ("kepalatabel", "judulkolom", "tablehead", "tableheading", "tableheader"),
    "footnote": ("footnotetext", "tekscatatankaki"),
    "footnote_mark": ("footnotereference", "referensicatatankaki"),
    "contents_heading": ("tocheading", "judultoc"),
    "contents1": ("toc1",),
    "contents2": ("toc2",),
    "contents3": ("toc3",),
    "contents_captions": ("tableoffigures", "tabelgambar"),
}  # fmt: skip
_SURE = ("heading1", "heading2", "body", "quote", "caption_table", "caption_figure")
"""Roles that a template is asked about when none of its styles has a name for them."""
_KINDS = {"table": "table", "footnote_mark": "character"}
_MOST = 64 * 2**20


@dataclass(frozen=True, slots=True)
class StyleFact:
    """A style of a template: its identifier, the name people see, its kind, and whether it is none of Word's."""

    id: str
    name: str
    kind: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class TemplateFacts:
    """What a template has: its styles, the one taken for each role by itself, and roles nothing was found for."""

    path: Path
    styles: tuple[StyleFact, ...]
    chosen: Mapping[str, str]
    unsure: tuple[str, ...]

    def of_kind(self, role: str) -> tuple[StyleFact, ...]:
        """The styles that can be chosen for a role."""
        kind = _KINDS.get(role, "paragraph")
        return tuple(style for style in self.styles if style.kind == kind)


def read_template(path: Path) -> TemplateFacts:
    """What the template at `path` has. Raises as `open_template`."""
    document = open_template(path)
    styles = tuple(_styles(document))
    chosen = matched(styles)
    return TemplateFacts(path, styles, chosen, tuple(role for role in _SURE if role not in chosen))


def open_template(path: Path) -> Any:
    """The template as a document of python-docx.

    Raises `CodingError`: `file_missing`, `file_unreadable`, `template_format` for what is no document and no template
    of Word, `template_damaged`.
    """
    from docx import Document

    if path.suffix.lower() not in SUFFIXES:
        raise CodingError("template_format", file=path.name)
    try:
        if path.stat().st_size > _MOST:
            raise CodingError("template_damaged", file=path.name)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise CodingError("template_missing", file=str(path)) from error
    except OSError as error:
        raise CodingError("file_unreadable", file=path.name, reason=error.strerror or str(error)) from error
    _check(path.name, data)
    try:
        document = Document(io.BytesIO(as_document(data)))
        for needed in (document.element.body, document.styles.element, document.settings.element):
            if needed is None:
                raise ValueError("a part is missing")
        if not len(document.sections):
            document.add_section()
    except Exception as error:  # whatever a damaged file makes the library stumble over
        raise CodingError("template_damaged", file=path.name) from error
    return document


def _check(name: str, data: bytes) -> None:
    """Refuse what is no archive or unpacks to more than any template has. Raises CodingError("template_damaged")."""
    from coding.transcripts.readers import Limits

    try:
        check_archive(name, data, Limits(), "template_damaged")
    except CodingError as error:
        raise CodingError("template_damaged", file=name) from error


def matched(styles: Sequence[StyleFact]) -> dict[str, str]:
    """The style for each role that a name of these styles speaks for. Whoever made one of their own meant it to be used
    in the place of Word's."""
    chosen: dict[str, str] = {}
    for role, names in _NAMES.items():
        kind = _KINDS.get(role, "paragraph")
        fitting = [s for s in styles if s.kind == kind and {_bare(s.name), _bare(s.id)} & {*names}]
        if fitting:
            chosen[role] = min(fitting, key=lambda s: (not s.own, _place(s, names))).id
    return chosen


def _place(style: StyleFact, names: Sequence[str]) -> int:
    return min(at for at, name in enumerate(names) if name in (_bare(style.name), _bare(style.id)))


def settle_styles(document: Any, words: Words, by_hand: Mapping[str, str]) -> dict[str, str]:
    """The style of every role in a template: chosen by hand, found by its name, else a style of ours that is added."""
    styles = tuple(_styles(document))
    known = {style.id for style in styles}
    chosen = matched(styles)
    chosen |= {role: style for role, style in by_hand.items() if role in ROLES and style in known}
    every = (*_NAMES, "note", "figure", "table_quote")
    return {role: chosen.get(role) or add_style(document, words, role) for role in every}


def _styles(document: Any) -> list[StyleFact]:
    from docx.oxml.ns import qn

    found = []
    for style in document.styles.element.iter(qn("w:style")):
        identifier, kind = style.get(qn("w:styleId")), style.get(qn("w:type")) or "paragraph"
        name = style.find(qn("w:name"))
        if identifier:
            shown = (name.get(qn("w:val")) if name is not None else "") or identifier
            own = style.get(qn("w:customStyle")) in ("1", "true", "on")
            found.append(StyleFact(identifier, shown, kind, own))
    return found


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()
