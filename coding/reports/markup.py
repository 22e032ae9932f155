"""A report as Markdown or LaTeX: prose and tables to go on writing with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from coding.reports.document import ReportDocument
from coding.reports.grid import grid
from coding.reports.numbering import Number, entries, numbers
from coding.reports.saving import save
from coding.reports.tables import PORTRAIT_TEXT, Block, Contents, Figure, Narrative, Paragraph, Table, TableCell
from coding.reports.word_parts import laid_out, legal

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~$^@])")
_LINE_START = re.compile(r"^(\s*)(\d*)([-+=]|(?<=\d)[.)](?=\s|$))", re.MULTILINE)
_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", '"': r"\textquotedbl{}", "−": r"$-$", "±": r"$\pm$", "○": r"$\circ$",
    "→": r"$\rightarrow$", "≤": r"$\leq$", "≥": r"$\geq$", "≠": r"$\neq$", "≈": r"$\approx$",
}  # fmt: skip
_LATEX_SIGN = re.compile("[" + re.escape("".join(_LATEX)) + "]")
_KNOWN = "‘’‚“”„†‡•…‰‹›€™–—"
"""What pdfTeX can set beyond Latin letters; of anything else (other scripts, emoji) it prints the number."""
_LATIN = 0x17F
_SET = {"left": r"\raggedright", "center": r"\centering", "right": r"\raggedleft"}
_LEVELS = ("section", "section", "subsection", "subsubsection")
_TURNED = 22.7
"""Centimetres of a line on a turned page, which has the margins of the others."""
_BETWEEN = 0.28
"""Centimetres between two columns at the `\\tabcolsep` of 4 points."""

Escape = Callable[[str], str]


def write_markdown(document: ReportDocument, path: Path) -> tuple[Path, ...]:
    """Write `document` as Markdown with pipe tables; its pictures beside it. Raises what `saving.save` raises."""
    return _write(document, path, "\n\n".join(markdown(document, _pictures(document, path))) + "\n")


def write_latex(document: ReportDocument, path: Path) -> tuple[Path, ...]:
    """Write `document` as LaTeX that runs as it is; its pictures beside it. Raises what `saving.save` raises."""
    return _write(document, path, "\n".join(latex(document, _pictures(document, path))) + "\n")


def _write(document: ReportDocument, path: Path, text: str) -> tuple[Path, ...]:
    named = _pictures(document, path)
    figures = [block for block in document.blocks if isinstance(block, Figure)]
    for figure in figures:
        save(path.with_name(named[figure.key]), figure.png)
    save(path, text.encode("utf-8"))
    return (path, *(path.with_name(named[figure.key]) for figure in figures))


def _pictures(document: ReportDocument, path: Path) -> dict[str, str]:
    """The name of each figure's file; LaTeX takes no spaces and few signs."""
    stem = re.sub(r"[^A-Za-z0-9-]+", "-", path.stem).strip("-") or "report"
    keys = [block.key for block in document.blocks if isinstance(block, Figure)]
    return {key: f"{stem}-{number}.png" for number, key in enumerate(keys, 1)}


def markdown(document: ReportDocument, pictures: Mapping[str, str]) -> Iterator[str]:
    """The paragraphs of the Markdown."""
    counted = numbers(document.blocks, document.words, document.options.chapter)
    for block in document.blocks:
        if isinstance(block, Narrative):
            if block.heading:
                yield "#" * (block.level + 1) + " " + _md(block.heading).replace("\n", " ")
            for paragraph in block.paragraphs:
                lead = "> " if paragraph.style == "quote" else ""
                yield lead + _md_runs(paragraph, counted).replace("\n", f"\\\n{lead}")
        elif isinstance(block, Contents):
            yield f"**{_md(block.heading)}**"
            lines = entries(document.blocks, counted, block.of)
            yield "\n".join("  " * (level - 1) + "- " + _md(line) for level, line in lines)
        elif isinstance(block, Figure):
            yield f"![{_md(block.alt)}]({pictures[block.key]})"
            yield f"**{_md(f'{counted[block.key]} {block.caption}')}**"
            yield _md(block.source_line)
        else:
            yield f"**{_md(f'{counted[block.key]} {block.caption}')}**"
            yield "\n".join(_md_table(block, document, counted))
            yield _md(block.source_line)
            yield from (_md_runs(note, counted) for note in block.notes)


def _md_table(table: Table, document: ReportDocument, counted: Mapping[str, Number]) -> Iterator[str]:
    shown = grid(table, document.words)
    yield "| " + " | ".join(_md(head) for head in shown.heads) + " |"
    first: Sequence[TableCell] = shown.rows[0] if shown.rows else ()
    aligns = [one.align for one in first] or ["left"] * len(shown.heads)
    rules = {"left": "---", "center": ":-:", "right": "--:"}
    yield "|" + "|".join(rules[align] for align in aligns) + "|"
    for row in shown.rows:
        cells = ("<br>".join(_md_runs(p, counted).replace("\n", "<br>") for p in one.paragraphs) for one in row)
        yield "| " + " | ".join(cells) + " |"


def _md_runs(paragraph: Paragraph, counted: Mapping[str, Number]) -> str:
    return _LINE_START.sub(r"\1\2\\\3", _runs(paragraph, counted, _md_bare, ("*", "*"), ("**", "**")))


def _md(text: str) -> str:
    return _LINE_START.sub(r"\1\2\\\3", _md_bare(text))


def _md_bare(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", legal(text).replace("&", "&amp;"))


def latex(document: ReportDocument, pictures: Mapping[str, str]) -> Iterator[str]:
    """The lines of the LaTeX: a document of its own, so that it can be run, looked at and copied from."""
    body = list(_tex_body(document, pictures))
    label, figure = document.words.t("Table"), document.words.t("Figure")
    yield r"\documentclass[12pt,a4paper]{article}"
    yield r"\usepackage{iftex}"
    yield r"\ifPDFTeX\usepackage[utf8]{inputenc}\usepackage[T1]{fontenc}\else\usepackage{fontspec}\fi"
    if unknown := sorted({sign for line in body for sign in line if ord(sign) > _LATIN and sign not in _KNOWN}):
        declared = "".join(rf"\DeclareUnicodeCharacter{{{ord(s):04X}}}{{[U+{ord(s):04X}]}}" for s in unknown)
        yield rf"\ifPDFTeX{declared}\fi % XeLaTeX and LuaLaTeX print these, in a font that has them"
    yield r"\usepackage{textcomp,array,booktabs,longtable,multirow,pdflscape,graphicx,caption}"
    yield r"\usepackage[a4paper,top=4cm,left=4cm,bottom=3cm,right=3cm]{geometry}"
    yield rf"\renewcommand{{\tablename}}{{{_tex(label)}}}\renewcommand{{\figurename}}{{{_tex(figure)}}}"
    chapter = document.options.chapter
    yield rf"\renewcommand{{\thetable}}{{{chapter}.\arabic{{table}}}}"
    yield rf"\renewcommand{{\thefigure}}{{{chapter}.\arabic{{figure}}}}"
    yield r"\captionsetup{justification=centering,labelsep=space}\setlength{\tabcolsep}{4pt}"
    yield r"\begin{document}"
    yield from body
    yield r"\end{document}"


def _tex_body(document: ReportDocument, pictures: Mapping[str, str]) -> Iterator[str]:
    """What stands between the beginning and the end of the document; wide tables and what leads to them on turned
    pages."""
    counted = numbers(document.blocks, document.words, document.options.chapter)
    for turned, run in groupby(document.blocks, key=lambda block: block.landscape):
        if turned:
            yield r"\begin{landscape}"
        for block in run:
            yield from _tex_block(block, pictures, counted)
        if turned:
            yield r"\end{landscape}"


def _tex_block(block: Block, pictures: Mapping[str, str], counted: Mapping[str, Number]) -> Iterator[str]:
    if isinstance(block, Narrative):
        if block.heading:
            yield rf"\{_LEVELS[min(block.level, 3)]}*{{{_tex(block.heading)}}}"
        for paragraph in block.paragraphs:
            text = _tex_runs(paragraph, counted)
            yield rf"\begin{{quote}}{text}\end{{quote}}" if paragraph.style == "quote" else f"{text}\n"
    elif isinstance(block, Contents):
        if block.of != "headings":
            yield r"\listoftables" if block.of == "tables" else r"\listoffigures"
    elif isinstance(block, Figure):
        yield r"\begin{figure}[htbp]\centering"
        yield rf"\includegraphics[width=\linewidth,height=0.8\textheight,keepaspectratio]{{{pictures[block.key]}}}"
        yield rf"\caption{{{_tex(block.caption)}}}\label{{{_label(block.key)}}}"
        yield rf"{{\footnotesize {_tex(block.source_line)}\par}}\end{{figure}}"
    else:
        yield from _tex_table(block, counted)


def _tex_table(table: Table, counted: Mapping[str, Number]) -> Iterator[str]:
    """A table over as many pages as it needs, its heads on each, made smaller to fit."""
    room = _TURNED if table.landscape else PORTRAIT_TEXT
    columns = len(table.widths)
    left = max(room - _BETWEEN * columns, room / 3)
    share = min(1.0, left / sum(table.widths))
    size = r"\tiny" if columns > 14 else r"\scriptsize" if columns > 6 else r"\footnotesize"
    widths = [width * share for width in table.widths]
    spec = "".join(rf">{{\raggedright\arraybackslash}}p{{{width:.2f}cm}}" for width in widths)
    yield rf"\begingroup{size}\begin{{longtable}}{{{spec}}}"
    yield rf"\caption{{{_tex(table.caption)}}}\label{{{_label(table.key)}}}\\"
    laid = list(laid_out(table))
    heads = [_tex_row(cells, above, counted, widths) for cells, above in laid[: len(table.heads)]]
    yield r"\toprule" + "\n" + "\n".join(heads) + "\n" + r"\midrule\endfirsthead"
    yield r"\toprule" + "\n" + "\n".join(heads) + "\n" + r"\midrule\endhead"
    yield r"\bottomrule\endfoot"
    yield from (_tex_row(cells, above, counted, widths) for cells, above in laid[len(table.heads) :])
    yield r"\end{longtable}\endgroup"
    below = [_tex(table.source_line), *(_tex_runs(note, counted) for note in table.notes)]
    yield "{\\footnotesize\\noindent " + "\\par\\noindent ".join(below) + "\\par}"


def _tex_row(
    cells: Sequence[TableCell], above: Sequence[bool], counted: Mapping[str, Number], widths: Sequence[float]
) -> str:
    shown: list[str] = []
    column = 0
    for one, continued in zip(cells, above, strict=True):
        room = sum(widths[column : column + one.span]) + _BETWEEN * (one.span - 1)
        column += one.span
        text = "" if continued else r"\newline ".join(_tex_runs(paragraph, counted) for paragraph in one.paragraphs)
        look = _SET[one.align]
        text = rf"{look}\arraybackslash {text}" if text and one.span == 1 and one.align != "left" else text
        text = rf"\hspace*{{{0.3 * one.indent:.1f}cm}}{text}" if one.indent else text
        spec = rf">{{{look}\arraybackslash}}p{{{room:.2f}cm}}"
        shown.append(rf"\multicolumn{{{one.span}}}{{{spec}}}{{{text}}}" if one.span > 1 else text)
    return " & ".join(shown) + r" \\"


def _tex_runs(paragraph: Paragraph, counted: Mapping[str, Number]) -> str:
    text = _runs(paragraph, counted, _tex, (r"\textit{", "}"), (r"\textbf{", "}"), refer=_tex_reference)
    return text.replace("\n", r"\newline ")


def _tex_reference(key: str, number: Number) -> str:
    return rf"{_tex(number.label)}~\ref{{{_label(key)}}}"


def _tex(text: str) -> str:
    return _LATEX_SIGN.sub(lambda sign: _LATEX[sign[0]], legal(text).replace("\t", " "))


def _label(key: str) -> str:
    return re.sub(r"[^A-Za-z0-9.:-]", "-", key)


def _runs(
    paragraph: Paragraph,
    counted: Mapping[str, Number],
    escape: Escape,
    italic: tuple[str, str],
    bold: tuple[str, str],
    refer: Callable[[str, Number], str] | None = None,
) -> str:
    """The runs of a paragraph; marks stand close to the words, or they would not be marks in Markdown."""
    shown = []
    for run in paragraph.runs:
        if run.ref is not None:
            number = counted[run.ref]
            shown.append(refer(run.ref, number) if refer else escape(str(number)))
            continue
        lines = []
        for line in run.text.split("\n"):
            bare = line.strip()
            text = escape(bare)
            for wanted, (opening, closing) in ((run.italic, italic), (run.bold, bold)):
                text = f"{opening}{text}{closing}" if wanted and text else text
            start = line[: len(line) - len(line.lstrip())]
            lines.append(f"{start}{text}{line[len(start) + len(bare) :]}" if bare else line)
        shown.append("\n".join(lines))
    return "".join(shown)
