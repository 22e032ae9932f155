"""Tables and charts of the preview on the clipboard: rich text, plain text with tabs, and a picture."""

from __future__ import annotations

import base64

from PySide6.QtCore import QMimeData, QPoint, QRectF
from PySide6.QtGui import QAbstractTextDocumentLayout, QGuiApplication, QImage, QPainter, QTextCursor, QTextTable
from PySide6.QtWidgets import QMenu, QTextBrowser

from app.context import Context

_SHARPER = 2
"""Dots of a picture for each dot of the screen."""


def show_menu(ctx: Context, text: QTextBrowser, place: QPoint) -> QMenu:
    """The menu at a place of the preview: what can be copied there."""
    cursor = text.cursorForPosition(place)
    menu = QMenu(text)
    menu.setObjectName("preview_menu")
    menu.aboutToHide.connect(menu.deleteLater)
    copy = menu.addAction(ctx.t("Copy"))
    copy.setEnabled(text.textCursor().hasSelection())
    copy.triggered.connect(text.copy)
    if (table := cursor.currentTable()) is not None:
        menu.addAction(ctx.t("Copy the table")).triggered.connect(lambda: copy_table(text, table))
    if (picture := picture_at(cursor)) is not None:
        menu.addAction(ctx.t("Copy the picture")).triggered.connect(
            lambda: QGuiApplication.clipboard().setImage(picture)
        )
    menu.popup(text.viewport().mapToGlobal(place))
    return menu


def copy_table(text: QTextBrowser, table: QTextTable) -> None:
    """Put a table on the clipboard as rich text, as lines with tabs, and as a picture."""
    cursor = QTextCursor(text.document())
    cursor.setPosition(max(0, table.firstPosition() - 1))
    cursor.setPosition(table.lastPosition() + 1, QTextCursor.MoveMode.KeepAnchor)
    data = QMimeData()
    data.setHtml(cursor.selection().toHtml())
    data.setText(as_lines(table))
    data.setImageData(picture_of(text, table))
    QGuiApplication.clipboard().setMimeData(data)


def as_lines(table: QTextTable) -> str:
    """A line for each row, its cells set apart by tabs; a cell over several columns or rows stands in its first."""
    lines = []
    for row in range(table.rows()):
        fields = []
        for column in range(table.columns()):
            cell = table.cellAt(row, column)
            own = cell.row() == row and cell.column() == column
            cursor = cell.firstCursorPosition()
            cursor.setPosition(cell.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
            fields.append(" ".join(cursor.selectedText().split()) if own else "")
        lines.append("\t".join(fields))
    return "\n".join(lines) + "\n"


def picture_of(text: QTextBrowser, table: QTextTable) -> QImage:
    """A table as it is shown, on white."""
    layout = text.document().documentLayout()
    frame = layout.frameBoundingRect(table)
    image = QImage(round(frame.width()) * _SHARPER, round(frame.height()) * _SHARPER, QImage.Format.Format_RGB32)
    image.fill("white")
    painter = QPainter(image)
    painter.scale(_SHARPER, _SHARPER)
    painter.translate(-frame.topLeft())
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = QRectF(frame)  # type: ignore[attr-defined]
    context.palette = text.palette()  # type: ignore[attr-defined]
    painter.setClipRect(frame)
    layout.draw(painter, context)
    painter.end()
    return image


def picture_at(cursor: QTextCursor) -> QImage | None:
    """The chart at or before a place, None where there is none."""
    for step in (0, 1):
        beside = QTextCursor(cursor)
        if step:
            beside.movePosition(QTextCursor.MoveOperation.Right)
        look = beside.charFormat()
        if look.isImageFormat():
            _, _, coded = look.toImageFormat().name().partition("base64,")
            image = QImage.fromData(base64.b64decode(coded))
            return None if image.isNull() else image
    return None
