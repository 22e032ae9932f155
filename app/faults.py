"""Faults of the program: into the log file, and before the person's eyes with a copy button."""

from __future__ import annotations

import logging
import logging.handlers
import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler

from app.settings import log_folder
from coding.errors import CodingError

if TYPE_CHECKING:
    from app.context import Context
    from app.dialogs.crash import CrashDialog
    from app.main_window import MainWindow

_LOG = logging.getLogger("telaah")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def start_log() -> None:
    """Write what is logged into `telaah.log`; three files of half a megabyte are kept."""
    folder = log_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            folder / "telaah.log", maxBytes=500_000, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError as error:
        # a log that can't be written is no reason not to work
        handler = logging.StreamHandler(sys.stderr) if sys.stderr is not None else logging.NullHandler()
        _LOG.warning("no log file: %s", error)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _LOG.addHandler(handler)
    _LOG.setLevel(logging.INFO)
    _LOG.propagate = False
    _LOG.disabled = False  # a library that sets up logging of its own switches all others off


class FaultCatcher(QObject):
    """Takes exceptions nobody caught, from any thread, to the log and to a dialog in the window's thread."""

    _caught = Signal(object, str)

    def __init__(self, ctx: Context, window: MainWindow) -> None:
        super().__init__(ctx)
        self._ctx, self._window = ctx, window
        self.dialog: CrashDialog | None = None
        self._caught.connect(self._on_caught, Qt.ConnectionType.QueuedConnection)

    def catch(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """What `sys.excepthook` calls."""
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        from app.dialogs.crash import fault_report

        report = fault_report(kind, error, trace)
        if not isinstance(error, CodingError):
            _LOG.error("%s", report)
            if sys.stderr is not None:
                print(report, file=sys.stderr)
        self._caught.emit(error, report)

    def uninstall(self) -> None:
        """Leave faults to Python, and what Qt says to Qt, again: who would show them goes."""
        sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
        qInstallMessageHandler(None)

    def catch_in_thread(self, args: threading.ExceptHookArgs) -> None:
        """What `threading.excepthook` calls."""
        if args.exc_value is not None:
            self.catch(args.exc_type, args.exc_value, args.exc_traceback)

    def _on_caught(self, error: BaseException, report: str) -> None:
        if isinstance(error, CodingError):
            self._ctx.say_error(error)
            return
        from app.dialogs.crash import CrashDialog

        if self.dialog is None:
            self.dialog = CrashDialog(self._ctx, self._window)
            self.dialog.finished.connect(self._on_finished)
        self.dialog.add(report)
        self.dialog.open()

    def _on_finished(self) -> None:
        self.dialog = None


def _log_qt(kind: QtMsgType, where: QMessageLogContext, text: str) -> None:
    _LOG.log(_LEVELS.get(kind, logging.INFO), "Qt: %s", text)


def install(ctx: Context, window: MainWindow) -> FaultCatcher:
    """From now on log faults and show them."""
    start_log()
    qInstallMessageHandler(_log_qt)
    catcher = FaultCatcher(ctx, window)
    sys.excepthook = catcher.catch
    threading.excepthook = catcher.catch_in_thread
    return catcher
