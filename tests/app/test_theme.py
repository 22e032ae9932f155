"""Colours that can be read, told apart, and follow appearance and text size."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from app.context import Context
from app.theme import CODE_COLORS, GLYPHS, PALETTES, Theme, contrast

SURFACES = ("panel", "window", "side", "hover", "accent_soft")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("text", ["ink", "dim", "accent"])
def test_text_can_be_read_on_every_surface(qapp: QApplication, dark: bool, surface: str, text: str) -> None:
    theme = Theme(dark)
    assert contrast(theme.color(text), theme.color(surface)) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
def test_readable_moves_a_colour_until_it_can_be_read(qapp: QApplication, dark: bool) -> None:
    theme = Theme(dark)
    for name in ("warning", "mixed", "supporting", "inhibiting"):
        ground = theme.tint(theme.color(name), 0.14)
        assert contrast(theme.readable(theme.color(name), ground), ground) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("valence", ["supporting", "inhibiting", "neutral", "mixed", "silent", None])
def test_a_glyph_can_be_read_on_a_panel(qapp: QApplication, dark: bool, valence: str | None) -> None:
    theme = Theme(dark)
    assert contrast(theme.valence_color(valence), theme.color("panel")) >= 4.5


def test_a_colour_that_can_be_read_stays_as_it_is(qapp: QApplication) -> None:
    theme = Theme()
    assert theme.readable(theme.color("ink"), theme.color("panel")) == theme.color("ink")


@pytest.mark.parametrize("dark", [False, True])
def test_codes_have_colours_of_their_own(qapp: QApplication, dark: bool) -> None:
    theme = Theme(dark)
    colors = [theme.code_color(index) for index in range(len(CODE_COLORS))]
    for one, other in itertools.combinations(colors, 2):
        apart = sum(abs(a - b) for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True))
        assert apart > 60
    assert theme.code_color(len(CODE_COLORS)) == colors[0]


def test_the_palette_is_the_one_that_was_agreed(qapp: QApplication) -> None:
    light, dark = Theme(False), Theme(True)
    assert (light.hex("window"), dark.hex("window")) == ("#F7F6F3", "#17191C")
    assert (light.hex("accent"), dark.hex("accent")) == ("#2F5D8A", "#7FB0E0")
    assert light.code_color(0) == QColor("#3B6FB6")
    assert dark.code_color(3) == QColor("#D9AE4B")


def test_every_valence_has_a_glyph_of_its_own() -> None:
    glyphs = [GLYPHS[name] for name in ("supporting", "inhibiting", "neutral", "mixed", "silent")]
    assert len(set(glyphs)) == 5
    assert all(glyphs)


def test_the_style_sheet_has_no_gap(qapp: QApplication) -> None:
    for dark in (False, True):
        sheet = Theme(dark).stylesheet()
        assert "$" not in sheet
        assert PALETTES["accent"][dark] in sheet


def test_appearance_switches_the_whole_window(ctx: Context, qapp: QApplication) -> None:
    seen: list[bool] = []
    ctx.theme_changed.connect(lambda: seen.append(ctx.theme.dark))
    ctx.set_appearance("dark")
    assert seen == [True]
    assert qapp.palette().window().color() == QColor("#17191C")
    ctx.set_appearance("light")
    assert qapp.palette().window().color() == QColor("#F7F6F3")
    assert ctx.settings.get("appearance") == "light"


def test_text_grows_and_shrinks_within_bounds(ctx: Context, qapp: QApplication) -> None:
    ctx.set_text_scale(1.5)
    assert qapp.font().pixelSize() == round(13 * 1.5)
    assert ctx.theme.text_font().pixelSize() == round(15 * 1.5)
    ctx.set_text_scale(9)
    assert ctx.theme.scale == 2.0
    ctx.set_text_scale(0.1)
    assert ctx.theme.scale == 0.75
