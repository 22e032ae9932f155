"""What the codebook's Print button offers: the framework or one code, through the preview or into a PDF file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.context import Context
from app.printing.offer import PrintOffer

if TYPE_CHECKING:
    from app.codebook.paper import CodebookPaper
    from app.codebook.window import CodebookWindow
    from app.printing.paper import Paper


class PrintMenu(PrintOffer):
    """Prints what the window shows."""

    def __init__(self, ctx: Context, window: CodebookWindow) -> None:
        super().__init__(ctx, window)
        self._codebook = window
        self.menu = QMenu(window)
        self._framework = self.menu.addAction("", self.print_framework)
        self._page = self.menu.addAction("", self.print_page)
        self.menu.addSeparator()
        self._save_framework = self.menu.addAction("", self.save_framework)
        self._save_page = self.menu.addAction("", self.save_page)
        self.menu.addSeparator()
        self._landscape: QAction = self.menu.addAction("")
        self._landscape.setCheckable(True)

    @property
    def landscape(self) -> bool:
        """Whether pages lie."""
        return self._landscape.isChecked()

    @landscape.setter
    def landscape(self, lies: bool) -> None:
        self._landscape.setChecked(lies)

    def print_framework(self) -> None:
        """Preview the whole framework."""
        if paper := self._paper(whole=True):
            self.show(paper, landscape=self.landscape)

    def print_page(self) -> None:
        """Preview the code that is shown."""
        if paper := self._paper(whole=False):
            self.show(paper, landscape=self.landscape)

    def save_framework(self) -> None:
        """Ask where to, and write the whole framework as PDF."""
        if paper := self._paper(whole=True):
            self.ask(paper, landscape=self.landscape)

    def save_page(self) -> None:
        """Ask where to, and write the code that is shown as PDF."""
        if paper := self._paper(whole=False):
            self.ask(paper, landscape=self.landscape)

    def save(self, paper: Paper, path: Path, *, landscape: bool | None = None) -> None:
        """Write `paper` as PDF, its pages as the menu says, and say where it is."""
        super().save(paper, path, landscape=self.landscape if landscape is None else landscape)

    def _paper(self, *, whole: bool) -> CodebookPaper | None:
        from app.codebook.paper import CodebookPaper

        found = self._codebook.library.place(self._codebook.place.code)
        if found is None:
            return None
        book, entry = found
        return CodebookPaper(self._codebook.library, self._ctx.words, book, None if whole else entry)

    def retranslate(self) -> None:
        """Say everything in the language of the interface."""
        t = self._ctx.t
        self._framework.setText(f"{t('Print the framework…')}\tCtrl+P")
        self._page.setText(f"{t('Print this page…')}\tCtrl+Shift+P")
        self._save_framework.setText(t("Save the framework as PDF…"))
        self._save_page.setText(t("Save this page as PDF…"))
        self._landscape.setText(t("Landscape pages"))
