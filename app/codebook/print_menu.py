"""What the codebook's Print button offers: the framework or one code, through the preview or into a PDF file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu

from app.context import Context
from app.dialogs.files import keep_folder, start_folder
from coding.errors import CodingError

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

    from app.codebook.paper import Paper
    from app.codebook.window import CodebookWindow


class PrintMenu(QObject):
    """Prints what the window shows. Everything about paper is imported when it is first wanted."""

    def __init__(self, ctx: Context, window: CodebookWindow) -> None:
        super().__init__(window)
        self._ctx, self._window = ctx, window
        self.preview: QPrintPreviewDialog | None = None
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
        self._preview(self._paper(whole=True))

    def print_page(self) -> None:
        """Preview the code that is shown."""
        self._preview(self._paper(whole=False))

    def save_framework(self) -> None:
        """Ask where to, and write the whole framework as PDF."""
        self._ask(self._paper(whole=True))

    def save_page(self) -> None:
        """Ask where to, and write the code that is shown as PDF."""
        self._ask(self._paper(whole=False))

    def save(self, paper: Paper, path: Path) -> None:
        """Write `paper` as PDF and say where it is."""
        try:
            paper.save(path, landscape=self.landscape)
        except CodingError as error:
            self._ctx.say_error(error)
        else:
            self._ctx.say(self._ctx.t("The codebook was saved as {file}", file=str(path)))

    def _paper(self, *, whole: bool) -> Paper | None:
        from app.codebook.paper import Paper

        found = self._window.library.place(self._window.place.code)
        if found is None:
            return None
        book, entry = found
        return Paper(self._window.library, self._ctx.words, book, None if whole else entry)

    def _ask(self, paper: Paper | None) -> None:
        if paper is None:
            return
        t = self._ctx.t
        first = start_folder(self._ctx) / f"{_file_name(paper.title)}.pdf"
        chosen, _ = QFileDialog.getSaveFileName(self._window, t("Save as PDF"), str(first), "PDF (*.pdf)")
        if chosen:
            path = Path(chosen)
            path = path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf")
            keep_folder(self._ctx, path)
            self.save(paper, path)

    def _preview(self, paper: Paper | None) -> None:
        if paper is None:
            return
        from PySide6.QtCore import Qt
        from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

        from app.codebook.paper import page_layout

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(paper.title)
        printer.setPageLayout(page_layout(landscape=self.landscape))
        dialog = QPrintPreviewDialog(printer, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(paper.title)
        dialog.resize(self._ctx.theme.px(900), self._ctx.theme.px(640))

        def draw(on: QPrinter) -> None:
            paper.draw(on)

        dialog.paintRequested.connect(draw)
        # the printer must live as long as its preview
        dialog.finished.connect(lambda _: self._forget(printer))
        self.preview = dialog
        dialog.open()

    def _forget(self, _: QPrinter) -> None:
        self.preview = None

    def retranslate(self) -> None:
        """Say everything in the language of the interface."""
        t = self._ctx.t
        self._framework.setText(f"{t('Print the framework…')}\tCtrl+P")
        self._page.setText(f"{t('Print this page…')}\tCtrl+Shift+P")
        self._save_framework.setText(t("Save the framework as PDF…"))
        self._save_page.setText(t("Save this page as PDF…"))
        self._landscape.setText(t("Landscape pages"))


def _file_name(title: str) -> str:
    return "".join(" " if sign in '<>:"/\\|?*' else sign for sign in title).replace("  ", " ").strip()
