"""A small editor for text with bold, italic and lists, and nothing else: its text is `coding.findings.richtext`."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QKeySequence, QTextCharFormat, QTextCursor, QTextListFormat
from PySide6.QtWidgets import QTextEdit, QWidget

from coding.findings.richtext import Kind, Line, Span, compose, parse

STYLES = {"bullet": QTextListFormat.Style.ListDisc, "number": QTextListFormat.Style.ListDecimal}


class RichEdit(QTextEdit):
    """Ctrl+B and Ctrl+I make bold and italic, Ctrl+Shift+8 and Ctrl+Shift+7 lists. Whatever is pasted is plain text.

    `finished` when the person turns to something else; `left` when that was Esc.
    """

    finished = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAcceptRichText(False)

    # the text

    def markup(self) -> str:
        """What is written."""
        lines, block = [], self.document().begin()
        while block.isValid():
            listed = block.textList()
            kind: Kind = "plain"
            if listed is not None:
                kind = "number" if listed.format().style() == STYLES["number"] else "bullet"
            spans: list[Span] = []
            at = block.begin()
            while not at.atEnd():
                piece = at.fragment()
                style = piece.charFormat()
                bold = style.fontWeight() >= QFont.Weight.Bold
                for number, part in enumerate(piece.text().split("\u2028")):
                    if number:
                        lines.append(Line(tuple(spans), kind))
                        spans = []
                    spans.append(Span(part, bold, style.fontItalic()))
                at += 1
            lines.append(Line(tuple(spans), kind))
            block = block.next()
        return compose(lines).strip()

    def set_markup(self, markup: str) -> None:
        """Show `markup`, without telling anybody; nothing is left to be taken back."""
        blocked = self.blockSignals(True)
        self.clear()
        cursor = self.textCursor()
        kind: Kind = "plain"
        for number, line in enumerate(parse(markup)):
            if number:
                cursor.insertBlock()
            if line.kind == "plain":
                self._unlist(cursor)
            elif line.kind != kind or not number:
                cursor.createList(STYLES[line.kind])
            kind = line.kind
            for span in line.spans:
                cursor.insertText(span.text, _format(span.bold, span.italic))
        self.document().clearUndoRedoStacks()
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.blockSignals(blocked)

    # its looks

    def toggle_bold(self) -> None:
        """Make what is selected, or what is written next, bold or not."""
        bold = self.fontWeight() >= QFont.Weight.Bold
        self.setFontWeight(QFont.Weight.Normal if bold else QFont.Weight.Bold)

    def toggle_italic(self) -> None:
        """Make what is selected, or what is written next, italic or not."""
        self.setFontItalic(not self.fontItalic())

    def toggle_list(self, kind: Kind) -> None:
        """Make the lines that are selected items of a list, or of none."""
        cursor = self.textCursor()
        listed = cursor.currentList()
        cursor.beginEditBlock()
        if listed is None:
            cursor.createList(STYLES[kind])
        elif listed.format().style() != STYLES[kind]:
            style = listed.format()
            style.setStyle(STYLES[kind])
            listed.setFormat(style)
        else:
            start, end = cursor.selectionStart(), cursor.selectionEnd()
            block = self.document().findBlock(start)
            while block.isValid() and block.position() <= end:
                self._unlist(QTextCursor(block))
                block = block.next()
        cursor.endEditBlock()

    def _unlist(self, cursor: QTextCursor) -> None:
        if (listed := cursor.currentList()) is not None:
            listed.remove(cursor.block())
            style = cursor.blockFormat()
            style.setIndent(0)
            cursor.setBlockFormat(style)

    # what Qt asks

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText():
            self.textCursor().insertText(source.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.finished.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_Escape:
            self.finished.emit()
            self.left.emit()
        elif event.matches(QKeySequence.StandardKey.Bold):
            self.toggle_bold()
        elif event.matches(QKeySequence.StandardKey.Italic):
            self.toggle_italic()
        elif event.modifiers() == both and event.key() in (Qt.Key.Key_8, Qt.Key.Key_Asterisk, Qt.Key.Key_ParenLeft):
            self.toggle_list("bullet")
        elif event.modifiers() == both and event.key() in (Qt.Key.Key_7, Qt.Key.Key_Ampersand):
            self.toggle_list("number")
        else:
            super().keyPressEvent(event)


def _format(bold: bool, italic: bool) -> QTextCharFormat:
    style = QTextCharFormat()
    style.setFontWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    style.setFontItalic(italic)
    return style
