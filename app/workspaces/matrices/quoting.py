"""Whether the cells of the triangulation matrix show a quotation: the person's choice, kept in the settings."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.context import Context
from app.models.matrix_model import MatrixModel

SETTING = "matrix_quotations"


class Quoting:
    """Switches the quotations of a matrix."""

    def __init__(self, ctx: Context, rows: MatrixModel) -> None:
        self._ctx, self._rows = ctx, rows
        rows.quoting = bool(ctx.settings.get(SETTING))

    @property
    def on(self) -> bool:
        """Whether cells show quotations."""
        return self._rows.quoting

    def toggle(self) -> None:
        """Show quotations, or numbers alone."""
        on = not self.on
        self._ctx.settings.set(SETTING, on)
        self._rows.set_quoting(on)
        self._ctx.actions.refresh()

    def add_to(self, menu: QMenu) -> QAction:
        """Put the switch into a menu."""
        action = menu.addAction(self._ctx.t("Quotations in cells"))
        action.setCheckable(True)
        action.setChecked(self.on)
        action.triggered.connect(self.toggle)
        return action
