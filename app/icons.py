"""The icons: drawings with 1.7-pixel strokes, coloured by the theme."""

from __future__ import annotations

import functools
import os
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "icons"
_SIZES = (16, 20, 24, 32)
_DENSITIES = (1.0, 1.5, 2.0, 3.0)


def names() -> list[str]:
    """The names of all icons."""
    return sorted(path.stem for path in FOLDER.glob("*.svg"))


@functools.cache
def _drawing(name: str) -> str:
    return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")


def icon(name: str, color: QColor, selected: QColor | None = None, disabled: QColor | None = None) -> QIcon:
    """The icon `name` in `color`; in `selected` where it is switched on, in `disabled` where it can't be used."""
    return _icon(name, color.name(), (selected or color).name(), disabled.name() if disabled is not None else "")


@functools.lru_cache(maxsize=512)
def _icon(name: str, color: str, selected: str, disabled: str) -> QIcon:
    result = QIcon()
    states = [(color, QIcon.Mode.Normal, QIcon.State.Off), (selected, QIcon.Mode.Normal, QIcon.State.On)]
    if disabled:
        states.append((disabled, QIcon.Mode.Disabled, QIcon.State.Off))
    for state_color, mode, state in states:
        for size in _SIZES:
            for density in _DENSITIES:
                result.addPixmap(_pixmap(name, state_color, size, density), mode, state)
    return result


def pixmap(name: str, color: QColor, size: int = 20, density: float = 1.0) -> QPixmap:
    """The icon `name`, `size` logical pixels wide, for a screen of `density` device pixels to one."""
    return _pixmap(name, color.name(), size, density)


@functools.lru_cache(maxsize=4096)
def _pixmap(name: str, color: str, size: int, density: float) -> QPixmap:
    pixels = round(size * density)
    image = QImage(QSize(pixels, pixels), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", color).encode()))
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    result = QPixmap.fromImage(image)
    result.setDevicePixelRatio(density)
    return result


def icon_file(name: str, color: QColor) -> str:
    """A file with the icon `name` in `color`, for style sheets, which take pictures from files alone."""
    folder = cache_folder() / "icons"
    drawing = _drawing(name).replace("currentColor", color.name())
    path = folder / f"{name}-{color.name()[1:]}.svg"
    if not path.exists() or path.read_text(encoding="utf-8") != drawing:
        folder.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}.part")
        draft.write_text(drawing, encoding="utf-8")
        draft.replace(path)
    return path.as_posix()


def cache_folder() -> Path:
    """Where files live that can be made again at any time."""
    from app.settings import HOME_VARIABLE

    if home := os.environ.get(HOME_VARIABLE):
        return Path(home) / "cache"
    import platformdirs

    return Path(platformdirs.user_cache_dir("Telaah", appauthor=False))
