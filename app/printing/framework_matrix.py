"""The framework matrix on paper: a table that repeats its heads, in as many parts as the page is wide."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPagedPaintDevice, QTextDocument

from app.context import Context
from app.models.framework_grid import FrameworkModel
from app.printing.paper import Paper
from app.theme import Theme
from coding.findings.richtext import to_html

POINTS = 8.5
ACROSS = {True: 5, False: 3}
"""How many dimensions stand side by side, on a wide page or an upright one."""


class FrameworkPaper(Paper):
    """Rows and columns as they are shown."""

    def __init__(self, ctx: Context, model: FrameworkModel) -> None:
        super().__init__(ctx.words)
        self._ctx, self._model = ctx, model

    @property
    def title(self) -> str:
        data = self._model.data_shown
        matrix = data.matrix if data is not None else None
        name = matrix.framework_label.in_(self._ctx.language) if matrix is not None else ""
        return f"{self._ctx.t('Framework matrix')} – {name}"

    def document(self, device: QPagedPaintDevice, body: QRectF, *, wide: bool) -> QTextDocument:
        document = QTextDocument()
        document.documentLayout().setPaintDevice(device)
        font = QFont(Theme(dark=False).ui_font())
        font.setPointSizeF(POINTS)
        document.setDefaultFont(font)
        document.setDefaultStyleSheet("p, ul, ol { margin: 0; } td, th { padding: 4px; }")
        document.setDocumentMargin(0)
        document.setHtml(self._html(ACROSS[wide]))
        document.setPageSize(body.size())
        return document

    def _html(self, across: int) -> str:
        model = self._model
        parts = [f"<h3>{escape(self.title)}</h3>"]
        columns = list(range(1, model.columnCount()))
        for first in range(0, len(columns), across):
            shown = columns[first : first + across]
            share = 85 // len(shown)
            heads = [f'<th width="15%" align="left">{escape(model.column_name(0))}</th>']
            heads += [f'<th width="{share}%" align="left">{escape(model.column_name(at))}</th>' for at in shown]
            rows = "".join(self._row(row, shown) for row in range(model.rowCount()))
            parts.append(
                '<table border="1" cellspacing="0" width="100%" style="border-collapse: collapse">'
                f"<thead><tr>{''.join(heads)}</tr></thead>{rows}</table><p>&nbsp;</p>"
            )
        return "".join(parts)

    def _row(self, row: int, columns: list[int]) -> str:
        model = self._model
        person = model.rows[row]
        cells = [f"<td><b>{escape(person.informant)}</b><br>{escape(model.below(person))}</td>"]
        for column in columns:
            cell = model.cell(row, column)
            written = cell.summary.text if cell.summary is not None else ""
            cells.append(f"<td>{to_html(written) if written else escape(model.passages(cell))}</td>")
        return f"<tr>{''.join(cells)}</tr>"
