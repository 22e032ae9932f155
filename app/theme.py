"""Colours, fonts and the style sheet of the window, light and dark."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from app.stylesheet import stylesheet

PALETTES: dict[str, tuple[str, str]] = {
    # name: (light, dark)
    "window": ("#F7F6F3", "#17191C"),
    "panel": ("#FFFFFF", "#1D2024"),
    "side": ("#F1EFEA", "#14161A"),
    "line": ("#E2DFD8", "#2C3036"),
    "ink": ("#1E2227", "#E4E6E8"),
    "dim": ("#656A71", "#A0A6AE"),
    "accent": ("#2F5D8A", "#7FB0E0"),
    "accent_soft": ("#E4ECF4", "#22344A"),
    "supporting": ("#2E7D4F", "#6CC495"),
    "inhibiting": ("#B5413B", "#EE8079"),
    "neutral": ("#656A71", "#A0A6AE"),
    "mixed": ("#B7791F", "#E0B050"),
    "warning": ("#B7791F", "#E0B050"),
    # the border of a field or button one can use: 3 : 1 against what is behind it when focused, quieter otherwise
    "border": ("#CFCBC2", "#3A4048"),
    "hover": ("#ECEAE4", "#252A30"),
    "on_accent": ("#FFFFFF", "#101418"),
}

CONTRAST: dict[str, tuple[str, str]] = {
    "window": ("#FFFFFF", "#000000"),
    "panel": ("#FFFFFF", "#000000"),
    "side": ("#FFFFFF", "#000000"),
    "line": ("#55585C", "#A8ACB2"),
    "ink": ("#000000", "#FFFFFF"),
    "dim": ("#33373B", "#DADDE1"),
    "accent": ("#0B3B6E", "#9CCBFF"),
    "accent_soft": ("#D3E4F7", "#0F2C4C"),
    "supporting": ("#0B4226", "#8FE3B5"),
    "inhibiting": ("#7A1410", "#FFA9A2"),
    "neutral": ("#33373B", "#DADDE1"),
    "mixed": ("#593800", "#FFD27A"),
    "warning": ("#593800", "#FFD27A"),
    "border": ("#33373B", "#DADDE1"),
    "hover": ("#E6E6E6", "#2A2A2A"),
    "on_accent": ("#FFFFFF", "#000000"),
}
"""The same with high contrast: text 7 : 1 against every surface, lines and borders that are seen."""
CONTRAST_RATIO = 7.0

CODE_COLORS: tuple[tuple[str, str], ...] = (
    ("#3B6FB6", "#6FA3E8"),  # blue
    ("#2E8B57", "#5DBB86"),  # green
    ("#C2556B", "#E5869A"),  # rose
    ("#A97B12", "#D9AE4B"),  # ochre
    ("#7A58B0", "#B093E0"),  # purple
    ("#1E8490", "#54B8C2"),  # teal
    ("#8A6244", "#C59C7C"),  # brown
    ("#6B7280", "#A3AAB5"),  # grey
)
"""Colours of codes, light and dark, in the order in which codes get them."""

GLYPHS: dict[str | None, str] = {
    "supporting": "+",
    "inhibiting": "−",
    "neutral": "○",
    "mixed": "±",
    "silent": "–",
    None: "",
}
"""The glyph of each valence and stance; never colour alone."""

TINT, TINT_SELECTED, UNDERLINE = 0.17, 0.30, 0.55
"""Opacity of a code's colour behind a passage, behind the selected one, and in the line under it."""

SERIFS = ("Noto Serif", "Source Serif 4", "Source Serif Pro", "Georgia", "Cambria", "Charter", "DejaVu Serif")
"""Families for transcripts, the best first; the system's own serif when it has none of them."""

READING_FACES = (
    *("Noto Serif", "Source Serif 4", "Georgia", "Cambria", "Charter", "Palatino Linotype", "Times New Roman"),
    *("Liberation Serif", "DejaVu Serif", "Noto Sans", "Segoe UI", "Arial", "Verdana", "Helvetica Neue"),
    *("Liberation Sans", "DejaVu Sans", "Atkinson Hyperlegible", "OpenDyslexic"),
)
"""Families that are offered for transcripts, where this computer has them."""

UI_SIZE = 13
RADIUS = 6
GRID = 8


class Theme:
    """Colours and fonts for one appearance; a new one is made when appearance or text size changes."""

    def __init__(
        self,
        dark: bool = False,
        scale: float = 1.0,
        text_family: str = "",
        text_size: int = 15,
        contrast: bool = False,
    ) -> None:
        self.dark = dark
        self.contrast = contrast
        self._colors = CONTRAST if contrast else PALETTES
        self.scale = scale
        self._text_family = text_family or reading_family()
        self._text_size = text_size
        # a theme never changes, and lists ask for the same colour and font for every item they paint
        self._made: dict[tuple[object, ...], QColor] = {}
        self._fonts: dict[tuple[object, ...], QFont] = {}

    @staticmethod
    def names() -> list[str]:
        """The names of all colours but those of codes."""
        return list(PALETTES)

    def color(self, name: str) -> QColor:
        """The colour `name` of `PALETTES`."""
        return self._kept((name,), lambda: QColor(self._colors[name][self.dark]))

    def hex(self, name: str) -> str:
        """Like `color`, as `#rrggbb`."""
        return self._colors[name][self.dark]

    def code_color(self, index: int) -> QColor:
        """The colour of a code; `index` counts on through the palette."""
        color = QColor(CODE_COLORS[index % len(CODE_COLORS)][self.dark])
        return self.readable(color, self.color("panel"), CONTRAST_RATIO) if self.contrast else color

    def tint(self, color: QColor, opacity: float = TINT, on: str = "panel") -> QColor:
        """`color` laid over the surface `on` at `opacity` (0–1), opaque; a line is solid where contrast is high."""
        if self.contrast and opacity >= UNDERLINE:
            opacity = 1.0
        key = ("tint", color.rgba(), opacity, on)
        return self._kept(key, lambda: _mixed(self.color(on), color, opacity))

    def _kept(self, key: tuple[object, ...], make: Callable[[], QColor]) -> QColor:
        """A copy of the colour made once for `key`."""
        color = self._made.get(key)
        if color is None:
            color = self._made[key] = make()
        return QColor(color)

    def readable(self, color: QColor, on: QColor, ratio: float = 4.5) -> QColor:
        """`color`, moved towards ink just as far as its contrast with `on` needs to reach `ratio`."""
        key = ("readable", color.rgba(), on.rgba(), ratio)
        return self._kept(key, lambda: self._readable(color, on, ratio))

    def _readable(self, color: QColor, on: QColor, ratio: float) -> QColor:
        ink = self.color("ink")
        for part in range(21):
            candidate = _mixed(color, ink, part / 20)
            if contrast(candidate, on) >= ratio:
                return candidate
        return ink

    def valence_color(self, valence: str | None) -> QColor:
        """The colour of the glyph of a valence or stance, readable on a panel; dim for unmarked and silent."""
        name = valence if valence in PALETTES else "dim"
        return self._kept(("valence", name), lambda: self.readable(self.color(name), self.color("panel")))

    def px(self, size: float) -> int:
        """`size` pixels at normal text size, at this one."""
        return round(size * self.scale)

    def ui_font(self, size: float = UI_SIZE, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The system's interface font at `size` pixels, times the text scale."""
        font = self._fonts.get((size, weight))
        if font is None:
            font = self._fonts[size, weight] = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
            font.setPixelSize(self.px(size))
            font.setWeight(weight)
        return QFont(font)

    def text_font(self, size: float | None = None, italic: bool = False) -> QFont:
        """The serif of transcripts and quotations at `size` pixels (by default the reading size), times the scale."""
        font = QFont(self._text_family)
        font.setStyleHint(QFont.StyleHint.Serif)
        font.setPixelSize(self.px(size or self._text_size))
        font.setItalic(italic)
        return font

    def palette(self) -> QPalette:
        """Qt's own palette in these colours, for what the style sheet does not reach."""
        roles = {
            QPalette.ColorRole.Window: "window",
            QPalette.ColorRole.WindowText: "ink",
            QPalette.ColorRole.Base: "panel",
            QPalette.ColorRole.AlternateBase: "window",
            QPalette.ColorRole.Text: "ink",
            QPalette.ColorRole.Button: "panel",
            QPalette.ColorRole.ButtonText: "ink",
            QPalette.ColorRole.BrightText: "inhibiting",
            QPalette.ColorRole.ToolTipBase: "panel",
            QPalette.ColorRole.ToolTipText: "ink",
            QPalette.ColorRole.PlaceholderText: "dim",
            QPalette.ColorRole.Highlight: "accent_soft",
            QPalette.ColorRole.HighlightedText: "ink",
            QPalette.ColorRole.Link: "accent",
            QPalette.ColorRole.LinkVisited: "accent",
            QPalette.ColorRole.Mid: "line",
            QPalette.ColorRole.Midlight: "line",
            QPalette.ColorRole.Light: "panel",
            QPalette.ColorRole.Dark: "border",
            QPalette.ColorRole.Accent: "accent",
        }
        palette = QPalette()
        for role, name in roles.items():
            palette.setColor(role, self.color(name))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.tint(self.color("dim"), 0.7, "window"))
        palette.setColor(QPalette.ColorRole.Shadow, QColor(0, 0, 0, 120 if self.dark else 50))
        return palette

    def stylesheet(self) -> str:
        """The style sheet of the whole window."""
        return stylesheet(self)


def reading_family() -> str:
    """The first family of `SERIFS` that this computer has, else the system's serif."""
    present = set(QFontDatabase.families())
    for family in SERIFS:
        if family in present:
            return family
    fallback = QFont()
    fallback.setStyleHint(QFont.StyleHint.Serif)
    return fallback.defaultFamily()


def channels(color: QColor) -> tuple[int, int, int]:
    """Red, green and blue, 0–255 each."""
    return color.red(), color.green(), color.blue()


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio (1–21) of two colours, after WCAG 2.2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _mixed(below: QColor, above: QColor, share: float) -> QColor:
    """`share` (0–1) of `above`, the rest of `below`."""

    def mixed(b: int, a: int) -> int:
        return round(b + (a - b) * share)

    return QColor(
        mixed(below.red(), above.red()), mixed(below.green(), above.green()), mixed(below.blue(), above.blue())
    )


def _luminance(color: QColor) -> float:
    parts = [
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4
        for p in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
