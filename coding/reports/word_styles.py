"""The look of a report in Word: real styles, so that the whole can be restyled in a minute."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from coding.reports.word_parts import NAMESPACES, legal
from coding.words import Words

# The languages as Word knows them; English in its British form.
LOCALES = {"id": "id-ID", "en": "en-GB"}
FONT = "Times New Roman"
# The identifiers of the styles of a report without a template; they stay in every language, their names are worded.
USUAL: Mapping[str, str] = {
    "title": "Title",
    "heading1": "Heading1",
    "heading2": "Heading2",
    "heading3": "Heading3",
    "body": "BodyText",
    "quote": "Quote",
    "caption_table": "Caption",
    "caption_figure": "Caption",
    "source": "TelaahSource",
    "note": "TelaahNote",
    "figure": "TelaahFigure",
    "table": "TableGrid",
    "table_text": "TelaahTableText",
    "table_head": "TelaahTableHead",
    "table_quote": "TelaahTableQuote",
    "footnote": "FootnoteText",
    "footnote_mark": "FootnoteReference",
    "contents_heading": "TOCHeading",
    "contents1": "TOC1",
    "contents2": "TOC2",
    "contents3": "TOC3",
    "contents_captions": "TableofFigures",
}

_APPLICATION = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Telaah</Application></Properties>"
)
# What is not the report's own, may name people, or belonged to the text of a template.
_DROPPED = ("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people", "attachedTemplate")
_OF_TEXT = ("image", "hyperlink", "chart", "oleObject", "package", "diagramData", "diagramLayout", "diagramQuickStyle",
            "diagramColors", "diagramDrawing", "aFChunk", "subDocument", "video")  # fmt: skip
_FORGOTTEN = ("proofState", "savePreviewPicture", "rsids", "attachedTemplate", "mailMerge", "docVars", "trackRevisions",
              "documentProtection", "writeProtection", "updateFields")  # fmt: skip


def prepare(document: Any, words: Words, title: str) -> Mapping[str, str]:
    """Set styles, language and properties of a new document of python-docx; gives the style of each role."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Cm, Pt

    normal = document.styles["Normal"]
    normal.font.size = Pt(12)
    normal.paragraph_format.space_after = Pt(0)
    _heading(document, "Title", 14, ALIGN.CENTER, after=18)
    _heading(document, "Heading 1", 14, ALIGN.CENTER, after=18)
    document.styles["Heading 1"].font.all_caps = True
    _heading(document, "Heading 2", 13, ALIGN.LEFT, before=18, after=6)
    _heading(document, "Heading 3", 12, ALIGN.LEFT, before=12, after=4)
    _heading(document, "TOC Heading", 14, ALIGN.CENTER, before=18, after=6)
    outline = document.styles["TOC Heading"].element.find(f"{_w('pPr')}/{_w('outlineLvl')}")
    if outline is not None:
        outline.set(_w("val"), "9")  # not a heading that its own list would name

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
    shown = ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "TOC Heading", "Body Text", "Quote", "Caption",
             "Footer")  # fmt: skip
    for style in shown:
        _plain_type(document.styles[style])
    for role in USUAL:
        add_style(document, words, role)
    describe(document, words, title)
    return USUAL


def _heading(document: Any, name: str, size: int, alignment: Any, before: int = 0, after: int = 0) -> None:
    from docx.shared import Pt

    style = document.styles[name]
    style.font.size, style.font.bold, style.font.italic = Pt(size), True, False
    style.paragraph_format.alignment = alignment
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.keep_with_next = True


def add_style(document: Any, words: Words, role: str) -> str:
    """Give the document the style of a role, unless it has it; gives its identifier.

    Each says all that sets it apart, because the ground it stands on may be a template with any spacing and indent.
    """
    from docx.oxml import parse_xml

    identifier = USUAL[role]
    found = document.styles.element
    if any(style.get(_w("styleId")) == identifier for style in found.iter(_w("style"))):
        return identifier
    default = next(
        (s.get(_w("styleId")) for s in found.iter(_w("style"))
         if s.get(_w("default")) in ("1", "true", "on") and s.get(_w("type")) == "paragraph"),
        None,
    )  # fmt: skip
    made = parse_xml(_style(words, role, identifier, default))
    found.append(made)
    return identifier


def _style(words: Words, role: str, identifier: str, default: str | None) -> str:
    """The style of a role as XML, on the ground of the default paragraph style."""
    names = {
        "source": words.t("Source line"),
        "note": words.t("Table note"),
        "figure": words.t("Figure"),
        "table_text": words.t("Table text"),
        "table_head": words.t("Table head"),
        "table_quote": words.t("Table quote"),
        "title": "Title", "heading1": "heading 1", "heading2": "heading 2", "heading3": "heading 3",
        "body": "Body Text", "quote": "Quote", "caption_table": "caption", "caption_figure": "caption",
        "table": "Table Grid", "footnote": "footnote text", "footnote_mark": "footnote reference",
        "contents_heading": "TOC Heading", "contents1": "toc 1", "contents2": "toc 2", "contents3": "toc 3",
        "contents_captions": "table of figures",
    }  # fmt: skip
    own = ' w:customStyle="1"' if identifier.startswith("Telaah") else ""
    name = f'<w:name w:val="{names[role]}"/>'
    if role == "table":
        edges = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        return (
            f'<w:style {NAMESPACES} w:type="table" w:styleId="{identifier}">{name}<w:uiPriority w:val="39"/>'
            f"<w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr></w:style>"
        )
    if role == "footnote_mark":
        return (
            f'<w:style {NAMESPACES} w:type="character" w:styleId="{identifier}">{name}<w:uiPriority w:val="99"/>'
            '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        )
    ground = f'<w:basedOn w:val="{default}"/>' if default else ""
    return (
        f'<w:style {NAMESPACES} w:type="paragraph"{own} w:styleId="{identifier}">{name}{ground}<w:qFormat/>'
        f"<w:pPr>{_LOOKS[role][0]}</w:pPr>{_type(_LOOKS[role][1])}</w:style>"
    )


def _type(look: str) -> str:
    return f"<w:rPr>{look}</w:rPr>" if look else ""


def _space(before: int, after: int, line: int = 240) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


_FLUSH = '<w:ind w:left="0" w:right="0" w:firstLine="0"/>'
_BOLD = "<w:b/><w:bCs/>"
_TABULATED = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="7937"/></w:tabs>'


def _listed(left: int) -> str:
    """A line of a list at the front: what goes on in a second one keeps away from the numbers of the pages."""
    return f'<w:ind w:left="{left + 284}" w:right="567" w:hanging="284"/><w:jc w:val="left"/>'


def _size(points: int) -> str:
    return f'<w:sz w:val="{2 * points}"/><w:szCs w:val="{2 * points}"/>'


# For each role: properties of the paragraph and of the type, in the order of the schema.
_LOOKS: Mapping[str, tuple[str, str]] = {
    "title": (f'<w:keepNext/>{_space(0, 360)}{_FLUSH}<w:jc w:val="center"/>', _BOLD + _size(14)),
    "heading1": (
        f'<w:keepNext/>{_space(0, 360)}{_FLUSH}<w:jc w:val="center"/><w:outlineLvl w:val="0"/>',
        _BOLD + "<w:caps/>" + _size(14),
    ),
    "heading2": (f'<w:keepNext/>{_space(360, 120)}{_FLUSH}<w:jc w:val="left"/><w:outlineLvl w:val="1"/>', _BOLD),
    "heading3": (f'<w:keepNext/>{_space(240, 80)}{_FLUSH}<w:jc w:val="left"/><w:outlineLvl w:val="2"/>', _BOLD),
    "body": (f'{_space(0, 120, 360)}<w:ind w:left="0" w:firstLine="709"/><w:jc w:val="both"/>', ""),
    "quote": (f'{_space(0, 160)}<w:ind w:left="709" w:right="709" w:firstLine="0"/><w:jc w:val="both"/>', ""),
    "caption_table": (f'<w:keepNext/>{_space(240, 80)}{_FLUSH}<w:jc w:val="center"/>', _BOLD),
    "caption_figure": (f'{_space(240, 80)}{_FLUSH}<w:jc w:val="center"/>', _BOLD),
    "source": (f'{_space(80, 80)}{_FLUSH}<w:jc w:val="left"/>', _size(10)),
    "note": (f'{_space(0, 40)}{_FLUSH}<w:jc w:val="left"/>', _size(10)),
    "figure": (f'<w:keepNext/>{_space(240, 0)}{_FLUSH}<w:jc w:val="center"/>', ""),
    "table_text": (f'{_space(20, 20)}{_FLUSH}<w:jc w:val="left"/>', _size(10)),
    "table_head": (f'{_space(20, 20)}{_FLUSH}<w:jc w:val="center"/>', _BOLD + _size(10)),
    "table_quote": (f'{_space(20, 20)}{_FLUSH}<w:jc w:val="left"/>', _size(9)),
    "footnote": (f'{_space(0, 0)}{_FLUSH}<w:jc w:val="both"/>', _size(10)),
    "contents_heading": (f'<w:keepNext/>{_space(360, 120)}{_FLUSH}<w:jc w:val="left"/>', _BOLD),
    "contents1": (f"{_TABULATED}{_space(60, 20)}{_listed(0)}", ""),
    "contents2": (f"{_TABULATED}{_space(0, 20)}{_listed(284)}", ""),
    "contents3": (f"{_TABULATED}{_space(0, 20)}{_listed(567)}", ""),
    "contents_captions": (f"{_TABULATED}{_space(0, 40)}{_listed(0)}", ""),
}  # fmt: skip


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


def describe(document: Any, words: Words, title: str) -> None:
    """Set the language of all text and the properties of the file."""
    locale = LOCALES[words.language]
    _set_language(document, locale)
    _set_properties(document, locale, title)


def _set_language(document: Any, locale: str) -> None:
    """The language of all text, and the decimal sign and theme of the language."""
    from docx.oxml import parse_xml

    root = document.styles.element
    defaults = root.find(_w("docDefaults"))
    if defaults is None:
        defaults = parse_xml(f"<w:docDefaults {NAMESPACES}><w:rPrDefault><w:rPr/></w:rPrDefault></w:docDefaults>")
        root.insert(0, defaults)
    spacing = defaults.find(f"{_w('pPrDefault')}/{_w('pPr')}/{_w('spacing')}")
    if spacing is not None and root.find(f"{_w('style')}[@{_w('styleId')}='TelaahTableText']") is not None:
        spacing.set(_w("after"), "0")
        spacing.set(_w("line"), "240")
    usual = defaults.find(f"{_w('rPrDefault')}/{_w('rPr')}")
    normal = [style.find(_w("rPr")) for style in root.findall(_w("style")) if style.find(_w("rPr")) is not None]
    for properties in ([usual] if usual is not None else []) + normal:
        for found in properties.findall(_w("lang")):
            properties.remove(found)
    if usual is not None:
        usual.append(usual.makeelement(_w("lang"), {_w("val"): locale, _w("eastAsia"): "en-US"}))
    settings = document.settings.element
    for name, value in (
        ("themeFontLang", locale),
        ("decimalSymbol", "," if locale == LOCALES["id"] else "."),
        ("listSeparator", ";" if locale == LOCALES["id"] else ","),
    ):
        if (found := settings.find(_w(name))) is not None:
            found.set(_w("val"), value)


def _set_properties(document: Any, locale: str, title: str) -> None:
    """Title and language; no name of a person, of the machine or of the library that wrote the file."""
    core = document.core_properties
    core.title, core.language = legal(title)[:255], locale
    core.author = core.last_modified_by = core.comments = core.keywords = core.subject = core.category = ""
    core.created = core.modified = datetime.now(UTC).replace(microsecond=0, tzinfo=None)
    core.revision = 1
    package = document.part.package
    for identifier, relation in list(package.rels.items()):
        if relation.reltype.endswith(("/thumbnail", "/custom-properties")):
            del package.rels[identifier]
        elif relation.reltype.endswith("/extended-properties"):
            relation.target_part._blob = _APPLICATION
    settings = document.settings.element
    for name in _FORGOTTEN:
        for found in settings.findall(_w(name)):
            settings.remove(found)
    for identifier, relation in list(document.part._settings_part.rels.items()):
        if relation.reltype.endswith("/attachedTemplate"):
            del document.part._settings_part.rels[identifier]
    for mode in settings.iter(_w("compatSetting")):
        if mode.get(_w("name")) == "compatibilityMode":
            mode.set(_w("val"), "15")  # else Word opens the file in compatibility mode


def tidy(document: Any) -> None:
    """Drop from the package what only the text of a template used, and what speaks of people."""
    part = document.part
    used = {
        value
        for element in document.element.iter()
        for name, value in element.attrib.items()
        if name.startswith("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}")
    }
    for identifier, relation in list(part.rels.items()):
        kind = relation.reltype.rpartition("/")[2]
        if kind in _DROPPED or (kind in _OF_TEXT and identifier not in used):
            del part.rels[identifier]


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))
