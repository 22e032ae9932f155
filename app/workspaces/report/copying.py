"""Tables and charts of the preview on the clipboard: rich text, plain text with tabs, and a picture."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable
from math import ceil

from PySide6.QtCore import QMimeData, QPoint
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QGuiApplication,
    QImage,
    QPainter,
    QPalette,
    QTextCursor,
    QTextDocument,
    QTextTable,
)
from PySide6.QtWidgets import QMenu, QTextBrowser

from app.context import Context

_SHARPER = 2
"""Dots of a picture for each dot of the screen."""
_MARGIN = 8
_HIGHEST = 12_000
"""Dots of the highest picture; nobody looks at a longer one, and it would fill the memory."""
_TABLE = re.compile(
    r'(<p class="caption"[^>]*>(?:(?!</p>).)*</p>\s*)?((?:<table\b.*?</table>\s*)+)'
    r'((?:<p class="below"[^>]*>.*?</p>\s*)*)',
    re.DOTALL,
)
_WIDTH = re.compile(r'<table\b[^>]*\bwidth="(\d+)"')
_SEAM = re.compile(r"</table>\s*<table\b[^>]*>")


def show_menu(ctx: Context, text: QTextBrowser, place: QPoint, whole: Callable[[QTextTable], str]) -> QMenu:
    """The menu at a place of the preview: what can be copied there. `whole` gives a page of HTML of the whole table,
    which is shown there in parts."""
    cursor = text.cursorForPosition(place)
    menu = QMenu(text)
    menu.setObjectName("preview_menu")
    menu.aboutToHide.connect(menu.deleteLater)
    copy = menu.addAction(ctx.t("Copy"))
    copy.setEnabled(text.textCursor().hasSelection())
    copy.triggered.connect(text.copy)
    if (table := cursor.currentTable()) is not None:
        html = whole(table)
        menu.addAction(ctx.t("Copy the table")).triggered.connect(lambda: copy_table(html))
    if (picture := picture_at(cursor)) is not None:
        menu.addAction(ctx.t("Copy the picture")).triggered.connect(
            lambda: QGuiApplication.clipboard().setImage(picture)
        )
    menu.popup(text.viewport().mapToGlobal(place))
    return menu


def tables_in(document: QTextDocument) -> list[QTextTable]:
    """The tables of a document, in order."""
    found = [frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)]
    return sorted(found, key=lambda table: table.firstPosition())


def whole_table(pages: Iterable[str], number: int) -> str:
    """A page of the table that has the part `number`, counted over all tables of these pages of HTML: in one piece,
    with its caption and what stands below it."""
    before = 0
    for page in pages:
        head = page[: page.index("<body>") + len("<body>")]
        for found in _TABLE.finditer(page):
            caption, parts, below = found.groups()
            before += parts.count("<table")
            if number < before:
                return f"{head}{caption or ''}{_SEAM.sub('', parts)}{below}</body></html>"
    raise IndexError(number)


def copy_table(html: str) -> None:
    """Put the table of a page of HTML on the clipboard as rich text, as lines with tabs, and as a picture."""
    document = QTextDocument()
    document.setHtml(html)
    document.setDocumentMargin(_MARGIN)
    if (width := _WIDTH.search(html)) is not None:
        document.setTextWidth(int(width[1]) + 2 * _MARGIN)
    data = QMimeData()
    data.setHtml(html)
    (table,) = tables_in(document)
    data.setText(as_lines(table))
    if (picture := picture_of(document)) is not None:
        data.setImageData(picture)
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


def picture_of(document: QTextDocument) -> QImage | None:
    """A document in black on white; None when it is too long for a picture."""
    size = document.documentLayout().documentSize() * _SHARPER
    if size.height() > _HIGHEST:
        return None
    image = QImage(ceil(size.width()), ceil(size.height()), QImage.Format.Format_RGB32)
    image.fill("white")
    painter = QPainter(image)
    painter.scale(_SHARPER, _SHARPER)
    context = QAbstractTextDocumentLayout.PaintContext()
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, "black")
    context.palette = palette  # type: ignore[attr-defined]
    document.documentLayout().draw(painter, context)
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
