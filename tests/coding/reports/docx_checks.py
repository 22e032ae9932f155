"""What a Word file has to be for Word to open it without repairing it: the order of elements, what refers to what."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# The sequences of ECMA-376, first edition, as far as a report or a template uses them.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
    " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd"
    " snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
    " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid"
    " vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em"
    " lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing"
    " tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType"
    " pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked"
    " personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
}  # fmt: skip


def local(element: Any) -> str:
    return etree.QName(element).localname


def problems(content: bytes) -> list[str]:
    """Everything that is wrong with a Word file; nothing for one that is well made."""
    found: list[str] = []
    with zipfile.ZipFile(BytesIO(content)) as archive:
        found += [f"the archive is broken at {archive.testzip()}"] if archive.testzip() else []
        parts = {name: archive.read(name) for name in archive.namelist()}
    trees = {name: etree.fromstring(data) for name, data in parts.items() if name.endswith((".xml", ".rels"))}
    document, styles = trees["word/document.xml"], trees["word/styles.xml"]
    for name, tree in trees.items():
        found += [f"{name}: {problem}" for problem in _order(tree)]
    found += _relations(trees, parts)
    found += _references(document, styles, trees)
    found += _tables(document)
    return found + _content_types(trees, parts)


def _order(tree: Any) -> list[str]:
    found = []
    for element in tree.iter():
        if not isinstance(element.tag, str) or not element.tag.startswith(W) or local(element) not in ORDER:
            continue
        order = ORDER[local(element)].split()
        children = [local(child) for child in element if isinstance(child.tag, str) and child.tag.startswith(W)]
        unknown = [child for child in children if child not in order]
        places = [order.index(child) for child in children if child in order]
        if unknown:
            found.append(f"{local(element)} has {unknown}")
        if local(element) == "sectPr":  # heads and feet may stand in any order among themselves
            places = [max(place, 1) for place in places]
        if places != sorted(places):
            found.append(f"{local(element)} in the wrong order: {children}")
    return found


def _relations(trees: dict[str, Any], parts: dict[str, bytes]) -> list[str]:
    found = []
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        folder = name.replace("_rels/", "").rpartition("/")[0]
        known = {relation.get("Id"): relation for relation in tree}
        for relation in tree:
            target = relation.get("Target")
            if relation.get("TargetMode") == "External":
                continue
            path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
            pieces: list[str] = []
            for piece in path.split("/"):
                pieces = pieces[:-1] if piece == ".." else [*pieces, piece]
            if "/".join(pieces) not in parts:
                found.append(f"{name} leads to {target}, which is not there")
        owner = name.replace("_rels/", "").removesuffix(".rels")
        if owner in trees:
            used = {v for e in trees[owner].iter() for k, v in e.attrib.items() if k.startswith(R)}
            found += [f"{owner} uses {identifier}, which is no relation" for identifier in used - set(known)]
    return found


def _references(document: Any, styles: Any, trees: dict[str, Any]) -> list[str]:
    found = []
    known = {style.get(f"{W}styleId"): style.get(f"{W}type") for style in styles.iter(f"{W}style")}
    found += ["two styles have one identifier"] if len(known) != len(list(styles.iter(f"{W}style"))) else []
    for tree in (document, trees.get("word/footnotes.xml")):
        for tag, kind in (("pStyle", "paragraph"), ("rStyle", "character"), ("tblStyle", "table")):
            for element in tree.iter(f"{W}{tag}") if tree is not None else ():
                if known.get(element.get(f"{W}val")) != kind:
                    found.append(f"no {kind} style {element.get(f'{W}val')}")
    starts = [mark.get(f"{W}id") for mark in document.iter(f"{W}bookmarkStart")]
    ends = [mark.get(f"{W}id") for mark in document.iter(f"{W}bookmarkEnd")]
    names = [mark.get(f"{W}name") for mark in document.iter(f"{W}bookmarkStart")]
    found += ["bookmarks are not closed"] if sorted(starts) != sorted(ends) else []
    found += ["bookmarks share a name or number"] if len(set(starts)) + len(set(names)) != 2 * len(starts) else []
    for link in document.iter(f"{W}hyperlink"):
        if link.get(f"{W}anchor") not in names:
            found.append(f"a link leads to {link.get(f'{W}anchor')}")
    for code in document.iter(f"{W}instrText"):
        words = (code.text or "").split()
        if words[0] in ("REF", "PAGEREF") and words[1] not in names:
            found.append(f"a reference leads to {words[1]}")
    kinds = [mark.get(f"{W}fldCharType") for mark in document.iter(f"{W}fldChar")]
    depth = 0
    for kind in kinds:
        depth += {"begin": 1, "end": -1}.get(str(kind), 0)
        if depth < 0:
            found.append("a field ends that did not begin")
    found += ["a field does not end"] if depth else []
    notes = trees.get("word/footnotes.xml")
    written = {note.get(f"{W}id") for note in notes} if notes is not None else set()
    asked = [note.get(f"{W}id") for note in document.iter(f"{W}footnoteReference")]
    found += [f"no footnote {number}" for number in asked if number not in written]
    return found


def _tables(document: Any) -> list[str]:
    found = []
    for number, table in enumerate(document.iter(f"{W}tbl"), 1):
        columns = len(table.find(f"{W}tblGrid"))
        if columns > 63:
            found.append(f"table {number} has {columns} columns; Word takes 63")
        for row in table.iter(f"{W}tr"):
            width = 0
            for one in row.iter(f"{W}tc"):
                span = one.find(f"{W}tcPr/{W}gridSpan")
                width += int(span.get(f"{W}val")) if span is not None else 1
                if local(one[-1]) != "p":
                    found.append(f"a cell of table {number} does not end with a paragraph")
            if width != columns:
                found.append(f"a row of table {number} has {width} columns of {columns}")
    return found


def _content_types(trees: dict[str, Any], parts: dict[str, bytes]) -> list[str]:
    types = trees["[Content_Types].xml"]
    ends = {one.get("Extension").lower() for one in types if local(one) == "Default"}
    names = {one.get("PartName").lstrip("/") for one in types if local(one) == "Override"}
    untyped = [
        name
        for name in parts
        if name != "[Content_Types].xml" and name not in names and name.rpartition(".")[2].lower() not in ends
    ]
    lost = [name for name in names if name not in parts]
    return [f"no type for {name}" for name in untyped] + [f"a type for {name}, which is not there" for name in lost]
