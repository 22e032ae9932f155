"""Ways to paper: the system's preview, or a PDF file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.context import Context
from app.dialogs.files import keep_folder, start_folder
from coding.errors import CodingError

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

    from app.printing.paper import Paper


class PrintOffer(QObject):
    """Previews and saves what a window has to print. Everything about paper is imported when it is first wanted."""

    def __init__(self, ctx: Context, window: QWidget) -> None:
        super().__init__(window)
        self._ctx, self._window = ctx, window
        self.preview: QPrintPreviewDialog | None = None

    def save(self, paper: Paper, path: Path, *, landscape: bool = False) -> None:
        """Write `paper` as PDF and say where it is."""
        try:
            paper.save(path, landscape=landscape)
        except CodingError as error:
            self._ctx.say_error(error)
        else:
            self._ctx.say(self._ctx.t("{title} was saved as {file}", title=paper.title, file=str(path)))

    def ask(self, paper: Paper, *, landscape: bool = False) -> None:
        """Ask where to, and write `paper` as PDF."""
        first = start_folder(self._ctx) / f"{_file_name(paper.title)}.pdf"
        title = self._ctx.t("Save as PDF")
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, str(first), "PDF (*.pdf)")
        if chosen:
            path = Path(chosen)
            path = path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf")
            keep_folder(self._ctx, path)
            self.save(paper, path, landscape=landscape)

    def show(self, paper: Paper, *, landscape: bool = False) -> None:
        """Preview `paper` as the printer would print it."""
        from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

        from app.printing.paper import page_layout

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(paper.title)
        printer.setPageLayout(page_layout(landscape=landscape))
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


def _file_name(title: str) -> str:
    return "".join(" " if sign in '<>:"/\\|?*' else sign for sign in title).replace("  ", " ").strip()
