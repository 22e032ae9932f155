"""Whether there is a screen to draw on, asked before Qt, which ends the program when there is none."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

from app.settings import Settings
from coding.errors import mark
from coding.words import Words

_NO_SCREEN = mark("there is no screen to show the window on; use a desktop session, or the commands (telaah --help)")
_NO_LIBRARY = mark("a part of the system that the window needs is missing ({library}); install it and try again")


def missing() -> str | None:
    """One sentence saying what is missing for a window on this computer, or None when nothing is."""
    wanted = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if sys.platform.startswith("linux"):
        if wanted in ("", "xcb", "wayland") and not _has_display():
            return _say(_NO_SCREEN)
        if wanted == "xcb" or (not wanted and not os.environ.get("WAYLAND_DISPLAY")):
            try:
                ctypes.CDLL("libxcb-cursor.so.0")
            except OSError:
                return _say(_NO_LIBRARY, library="libxcb-cursor0")
    try:
        import PySide6.QtWidgets  # noqa: F401
    except ImportError as error:
        return _say(_NO_LIBRARY, library=str(error).split(":")[0])
    return None


def _has_display() -> bool:
    if os.environ.get("WAYLAND_DISPLAY"):
        return True
    display = os.environ.get("DISPLAY", "")
    if not display:
        return False
    host, _, number = display.rpartition(":")
    if host not in ("", "unix"):
        return True
    return _answers(number.split(".")[0])


def _answers(number: str) -> bool:
    """Whether an X server listens as local display `number`."""
    if sys.platform == "win32":
        return True
    import socket

    name = f"/tmp/.X11-unix/X{number}"
    for address in (name, "\0" + name):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            try:
                probe.connect(address)
            except OSError:
                continue
            return True
    return Path(name).exists()


def _say(msgid: str, **params: str) -> str:
    return Words(Settings().language).t(msgid, **params)
