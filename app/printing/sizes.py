"""Sizes that Qt's text document makes of HTML otherwise than the page asks for, put right."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor, QTextDocument, QTextFormat


def keep_sizes(document: QTextDocument) -> None:
    """Let headings have the size they ask for, which Qt otherwise enlarges by their level."""
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel():
            cursor.setPosition(block.position())
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            look = cursor.charFormat()
            look.clearProperty(QTextFormat.Property.FontSizeAdjustment)
            cursor.setCharFormat(look)
        block = block.next()


def scale_indents(document: QTextDocument, share: float) -> None:
    """Make indents of paragraphs `share` times as large: Qt keeps them whatever the device, as it does no space."""
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        look = block.blockFormat()
        if any((look.textIndent(), look.leftMargin(), look.rightMargin())):
            look.setTextIndent(look.textIndent() * share)
            look.setLeftMargin(look.leftMargin() * share)
            look.setRightMargin(look.rightMargin() * share)
            cursor.setPosition(block.position())
            cursor.setBlockFormat(look)
        block = block.next()
