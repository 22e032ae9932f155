"""The document of the view: paragraphs with their fonts, colours and spacing."""

from __future__ import annotations

from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from app.theme import TINT_SELECTED, Theme
from app.transcript.display import Block, Display
from coding.transcripts.rows import SourceText

NOTHING = SourceText("", "", "interview", None, None, "", 0, (), ())
"""The source of an empty view."""

SIDE, TOP, BOTTOM = 4, 18, 96
"""Pixels around the text: beside it, before its first and after its last line."""

LINE_HEIGHT = 1.7
HEADER_SIZE = 13
CODE_COLORS_TRIED = 8


def fill(document: QTextDocument, display: Display, paragraphs: list[str], theme: Theme) -> None:
    """Make `document` hold `display`, whose text is given paragraph by paragraph, in the looks of `theme`."""
    formats = _Formats(theme)
    document.clear()
    document.setDefaultFont(theme.text_font())
    frame = document.rootFrame().frameFormat()
    frame.setLeftMargin(SIDE)
    frame.setRightMargin(SIDE)
    frame.setTopMargin(theme.px(TOP))
    frame.setBottomMargin(theme.px(BOTTOM))
    document.rootFrame().setFrameFormat(frame)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    before: Block | None = None
    for block, text in zip(display.blocks, paragraphs, strict=True):
        paragraph, characters = formats.of(block, before)
        if before is None:
            cursor.setBlockFormat(paragraph)
            cursor.setBlockCharFormat(characters)
        else:
            cursor.insertBlock(paragraph, characters)
        cursor.insertText(text, characters)
        before = block
    cursor.endEditBlock()
    shaped = document.begin()
    while shaped.isValid():
        # Otherwise Qt forgets the glyphs after each painting and shapes the paragraph again to say where they stand.
        shaped.layout().setCacheEnabled(True)
        shaped = shaped.next()


def quiet_color(theme: Theme) -> QColor:
    """The colour of a researcher's words: dim, but readable on every tint."""
    color = theme.color("dim")
    for index in range(CODE_COLORS_TRIED):
        color = theme.readable(color, theme.tint(theme.code_color(index), TINT_SELECTED))
    return color


class _Formats:
    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._text = QTextCharFormat()
        self._text.setFont(theme.text_font())
        self._text.setForeground(theme.color("ink"))
        self._quiet = QTextCharFormat(self._text)
        self._quiet.setForeground(quiet_color(theme))
        self._header = QTextCharFormat(self._quiet)
        self._header.setFont(theme.text_font(HEADER_SIZE))

    def of(self, block: Block, before: Block | None) -> tuple[QTextBlockFormat, QTextCharFormat]:
        """Paragraph and character format of `block`, which stands after `before`."""
        theme = self._theme
        size = theme.text_font(HEADER_SIZE if block.header else None).pixelSize()
        paragraph = QTextBlockFormat()
        height = round(size * (1.45 if block.header else LINE_HEIGHT))
        paragraph.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        paragraph.setTopMargin(theme.px(_space(block, before)))
        characters = self._header if block.header else self._quiet if block.quiet else self._text
        return paragraph, characters


def _space(block: Block, before: Block | None) -> int:
    if before is None:
        return 0
    if before.header != block.header:
        return 20
    if block.header:
        return 6 if block.loose else 0
    if block.first or block.turn != before.turn:
        return 12
    return 10 if block.loose else 4
