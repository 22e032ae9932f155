"""One start of the program: says `ready` when the start page has been painted and takes input, then ends."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer


class FirstPaint(QObject):
    """Waits for the first paint of a widget, and for the event loop to come round once more after it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._ready)
        return False

    def _ready(self) -> None:
        from PySide6.QtWidgets import QApplication

        print("ready", flush=True)
        QApplication.exit(0)


def main() -> None:
    from app.startup import make_application, make_window

    application = make_application()
    ctx, window = make_window()
    first = FirstPaint()
    window.start_page.installEventFilter(first)
    window.show()
    application.exec()
    ctx.shutdown()


if __name__ == "__main__":
    main()
