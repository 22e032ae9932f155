"""The look of a report in Word: real styles, so that the whole can be restyled in a minute."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from coding.reports.word_parts import legal
from coding.words import Words

# The languages as Word knows them; English in its British form.
LOCALES = {"id": "id-ID", "en": "en-GB"}
FONT = "Times New Roman"
# Style identifiers stay in every language; their names are worded.
BODY, QUOTE, CAPTION = "BodyText", "Quote", "Caption"
SOURCE, NOTE, FIGURE = "TelaahSource", "TelaahNote", "TelaahFigure"
TABLE_TEXT, TABLE_HEAD, TABLE_QUOTE = "TelaahTableText", "TelaahTableHead", "TelaahTableQuote"

_APPLICATION = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Telaah</Application></Properties>"
)


def prepare(document: Any, words: Words, title: str) -> None:
    """Set styles, language, properties and page of a new document of python-docx."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Cm, Pt

    normal = document.styles["Normal"]
    normal.font.size = Pt(12)
    normal.paragraph_format.space_after = Pt(0)
    _heading(document, "Title", 14, ALIGN.CENTER, after=18)
    _heading(document, "Heading 1", 13, ALIGN.LEFT, before=18, after=6)
    _heading(document, "Heading 2", 12, ALIGN.LEFT, before=12, after=4)

    body = document.styles["Body Text"].paragraph_format
    body.alignment, body.line_spacing, body.space_after = ALIGN.JUSTIFY, 1.5, Pt(6)
    body.first_line_indent = Cm(1.25)

    quote = document.styles["Quote"]
    quote.font.italic = False  # the quotation is italic itself, its attribution is not
    quote.paragraph_format.left_indent = quote.paragraph_format.right_indent = Cm(1.25)
    quote.paragraph_format.space_after = Pt(8)
    quote.paragraph_format.alignment = ALIGN.JUSTIFY

    caption = document.styles["Caption"]
    caption.font.size, caption.font.bold = Pt(12), True
    caption.paragraph_format.alignment = ALIGN.CENTER
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(12), Pt(4)
    for hidden in caption.element.findall(_w("semiHidden")):
        caption.element.remove(hidden)
    _own_styles(document, words)
    for style in ("Normal", "Title", "Heading 1", "Heading 2", "Body Text", "Quote", "Caption", "Footer"):
        _plain_type(document.styles[style])
    _set_language(document, LOCALES[words.language])
    _set_properties(document, LOCALES[words.language], title)


def _heading(document: Any, name: str, size: int, alignment: Any, before: int = 0, after: int = 0) -> None:
    from docx.shared import Pt

    style = document.styles[name]
    style.font.size, style.font.bold, style.font.italic = Pt(size), True, False
    style.paragraph_format.alignment = alignment
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.keep_with_next = True


def _own_styles(document: Any, words: Words) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Pt

    source = _add(document, SOURCE, words.t("Source line"), 10)
    source.paragraph_format.space_before, source.paragraph_format.space_after = Pt(4), Pt(4)
    note = _add(document, NOTE, words.t("Table note"), 10)
    note.paragraph_format.space_after = Pt(2)
    figure = _add(document, FIGURE, words.t("Figure"), 12)
    figure.paragraph_format.alignment = ALIGN.CENTER
    figure.paragraph_format.space_before = Pt(12)
    figure.paragraph_format.keep_with_next = True
    text = _add(document, TABLE_TEXT, words.t("Table text"), 10)
    text.paragraph_format.space_before = text.paragraph_format.space_after = Pt(1)
    head = _add(document, TABLE_HEAD, words.t("Table head"), 10)
    head.base_style = text
    head.font.bold = True
    quote = _add(document, TABLE_QUOTE, words.t("Table quote"), 9)
    quote.base_style = text


def _add(document: Any, identifier: str, name: str, size: int) -> Any:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(_w("styleId"), identifier)
    style.base_style = document.styles["Normal"]
    style.font.size = Pt(size)
    style.quick_style = True
    return style


def _plain_type(style: Any) -> None:
    """One typeface, black, without the borders and theme fonts of the template."""
    properties = style.element.get_or_add_rPr()
    for name in ("rFonts", "color", "spacing", "kern"):
        for found in properties.findall(_w(name)):
            properties.remove(found)
    fonts = properties.makeelement(_w("rFonts"), {_w(a): FONT for a in ("ascii", "hAnsi", "eastAsia", "cs")})
    properties.insert(0, fonts)
    paragraph = style.element.find(_w("pPr"))
    if paragraph is not None:
        for found in [*paragraph.findall(_w("pBdr")), *paragraph.findall(_w("contextualSpacing"))]:
            paragraph.remove(found)


def _set_language(document: Any, locale: str) -> None:
    """The language of all text, no space that a style did not ask for, and the decimal sign of the language."""
    defaults = document.styles.element.find(_w("docDefaults"))
    spacing = defaults.find(f"{_w('pPrDefault')}/{_w('pPr')}/{_w('spacing')}")
    spacing.set(_w("after"), "0")
    spacing.set(_w("line"), "240")
    normal = document.styles["Normal"].element.get_or_add_rPr()
    for properties in (defaults.find(f"{_w('rPrDefault')}/{_w('rPr')}"), normal):
        for found in properties.findall(_w("lang")):
            properties.remove(found)
        properties.append(properties.makeelement(_w("lang"), {_w("val"): locale, _w("eastAsia"): "en-US"}))
    settings = document.settings.element
    settings.find(_w("themeFontLang")).set(_w("val"), locale)
    settings.find(_w("decimalSymbol")).set(_w("val"), "," if locale == LOCALES["id"] else ".")
    settings.find(_w("listSeparator")).set(_w("val"), ";" if locale == LOCALES["id"] else ",")


def _set_properties(document: Any, locale: str, title: str) -> None:
    """Title and language; no name of a person, of the machine or of the library that wrote the file."""
    core = document.core_properties
    core.title, core.language = legal(title)[:255], locale
    core.author = core.last_modified_by = core.comments = core.keywords = core.subject = core.category = ""
    core.created = core.modified = datetime.now(UTC).replace(microsecond=0, tzinfo=None)
    core.revision = 1
    package = document.part.package
    for identifier, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[identifier]
        elif relation.reltype.endswith("/extended-properties"):
            relation.target_part._blob = _APPLICATION
    settings = document.settings.element
    for name in ("proofState", "savePreviewPicture", "rsids"):
        for found in settings.findall(_w(name)):
            settings.remove(found)
    for mode in settings.iter(_w("compatSetting")):
        if mode.get(_w("name")) == "compatibilityMode":
            mode.set(_w("val"), "15")  # else Word opens the file in compatibility mode


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))
