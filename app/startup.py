"""The way in: the window, or the command line.

Nothing heavy is imported here: `telaah --version` must not wait for Qt, nor the window for a database.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from app.context import Context
    from app.main_window import MainWindow
    from coding.reports.document import ReportDocument

OPENED = (".telaah", ".telaah-review")
"""How the names of files end that open the window: projects, and packages to be reviewed."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run what the words ask for: no word or a project file opens the window, anything else is a command.

    Returns the exit status.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    _utf8_streams()
    if not wants_window(words):
        from coding.cli import main as run_command

        return run_command(words, writers={".pdf": _pdf})
    return run_window(Path(words[0]) if words else None)


def _pdf(document: ReportDocument, path: Path) -> tuple[Path, ...]:
    """A report as PDF, for the command line; Qt is loaded for that alone."""
    from app.printing.report import write_pdf

    return write_pdf(document, path)


def wants_window(words: Sequence[str]) -> bool:
    """Whether `words` open the window: there are none, or one that names a project or a package."""
    return not words or (len(words) == 1 and not words[0].startswith("-") and words[0].lower().endswith(OPENED))


def _utf8_streams() -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def run_window(path: Path | None) -> int:
    """Open the window, on the project at `path` if one is given, and stay until it is closed."""
    from app.screen import missing

    problem = missing()
    if problem is not None:
        if sys.stderr is not None:
            print(f"telaah: {problem}", file=sys.stderr)
        return 1
    from app import faults

    application = make_application()
    ctx, window = make_window()
    catcher = faults.install(ctx, window)
    window.show()
    if path is not None:
        window.take_files([path])
    status = application.exec()
    catcher.uninstall()
    let_go(ctx, window)
    return status


def make_application() -> QApplication:
    """The one QApplication, named and styled."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication, QIcon
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    if sys.platform == "win32":
        import ctypes

        # without an id of its own the taskbar shows Python's icon
        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID("Telaah.Telaah")
    # the window's thread gets its turn soon when reader and writer are at work in Python
    sys.setswitchinterval(0.001)
    application = QApplication.instance() or QApplication([os.fspath(Path(sys.argv[0]))])
    assert isinstance(application, QApplication)
    application.setApplicationName("Telaah")
    application.setApplicationDisplayName("Telaah")
    application.setOrganizationName("Telaah")
    application.setDesktopFileName("telaah")
    application.setStyle("Fusion")
    icon = QIcon()
    from PySide6.QtGui import QColor

    from app.icons import pixmap

    for size in (16, 32, 48, 64, 128, 256):
        icon.addPixmap(pixmap("telaah", QColor("#2F5D8A"), size))
    application.setWindowIcon(icon)
    return application


def make_window() -> tuple[Context, MainWindow]:
    """Context and window, with Qt's own words in the language of the interface."""
    from PySide6.QtCore import QCoreApplication

    from app.context import Context
    from app.main_window import MainWindow
    from app.messages import QtWords

    ctx = Context()
    ctx.apply_theme()
    translator = QtWords(lambda: ctx.words)
    translator.setParent(ctx)
    QCoreApplication.installTranslator(translator)
    window = MainWindow(ctx)
    if (broken := ctx.settings.broken) is not None:
        words = ctx.t("The settings could not be read and start afresh; the old ones are in {file}", file=str(broken))
        ctx.say(words, "warning")
    return ctx, window


def let_go(ctx: Context, *windows: QWidget) -> None:
    """End the work of `ctx` and destroy `windows` that were closed, then `ctx` itself.

    Qt holds on to the functions that are connected to a signal for as long as the one who sends it is there, and Python
    does not see that it does: without an end said outright a context keeps itself and all that listens to it alive.
    Left to the end of the process, things would go in any order, which Qt answers with a crash.
    """
    from shiboken6 import delete, isValid

    ctx.shutdown()
    for thing in (*windows, ctx):
        if isValid(thing):
            delete(thing)
