"""The document of the view: paragraphs with their fonts, colours and spacing."""

from __future__ import annotations

from collections.abc import Sequence

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


class Filling:
    """Makes a document hold a `Display` in the looks of a theme, part by part: a long text is seen before it is in."""

    def __init__(self, document: QTextDocument, display: Display, paragraphs: Sequence[str], theme: Theme) -> None:
        """Empty `document`; `paragraphs` is the text of `display`, paragraph by paragraph."""
        self._document = document
        self._blocks = display.blocks
        self._paragraphs = paragraphs
        self._formats = _Formats(theme)
        self._next = 0
        self.end = 0
        """The document's position up to which it is filled."""
        document.clear()
        document.setDefaultFont(theme.text_font())
        frame = document.rootFrame().frameFormat()
        frame.setLeftMargin(SIDE)
        frame.setRightMargin(SIDE)
        frame.setTopMargin(theme.px(TOP))
        frame.setBottomMargin(theme.px(BOTTOM))
        document.rootFrame().setFrameFormat(frame)

    @property
    def done(self) -> bool:
        """Whether all of the text is in."""
        return self._next == len(self._blocks)

    def go_on(self, characters: int) -> None:
        """Put in the paragraphs that follow, at least so many characters, or all that are left."""
        first, added = self._next, 0
        cursor = QTextCursor(self._document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        while self._next < len(self._blocks) and added < characters:
            block, text = self._blocks[self._next], self._paragraphs[self._next]
            if self._next == 0:
                paragraph, looks = self._formats.of(block, None)
                cursor.setBlockFormat(paragraph)
                cursor.setBlockCharFormat(looks)
            else:
                paragraph, looks = self._formats.of(block, self._blocks[self._next - 1])
                cursor.insertBlock(paragraph, looks)
            cursor.insertText(text, looks)
            self._next += 1
            added += len(text) + 1
        cursor.endEditBlock()
        self.end = self._document.characterCount() - 1
        shaped = self._document.findBlockByNumber(first)
        while shaped.isValid():
            # Else Qt forgets the glyphs after each painting and shapes the paragraph again to say where they stand.
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
