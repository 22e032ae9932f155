"""High contrast: by choice, or because the system asks for it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from app.context import Context
from app.main_window import MainWindow
from app.theme import CODE_COLORS, CONTRAST, PALETTES, TINT_SELECTED, UNDERLINE, Theme, contrast

SURFACES = ("panel", "window", "side", "hover", "accent_soft")


@pytest.mark.parametrize("dark", [False, True])
def test_text_stands_out_from_every_surface(qapp: QApplication, dark: bool) -> None:
    theme = Theme(dark, contrast=True)
    for surface in SURFACES:
        for text in ("ink", "dim", "accent", "supporting", "inhibiting", "warning"):
            assert contrast(theme.color(text), theme.color(surface)) >= 7, (text, surface)


@pytest.mark.parametrize("dark", [False, True])
def test_codes_and_borders_are_seen(qapp: QApplication, dark: bool) -> None:
    theme = Theme(dark, contrast=True)
    panel = theme.color("panel")
    for index in range(len(CODE_COLORS)):
        color = theme.code_color(index)
        assert contrast(color, panel) >= 7
        assert theme.tint(color, UNDERLINE) == color
        assert contrast(theme.color("ink"), theme.tint(color, TINT_SELECTED)) >= 7
    assert contrast(theme.color("border"), panel) >= 4.5
    assert contrast(theme.color("line"), panel) >= 4.5


def test_every_colour_has_its_counterpart() -> None:
    assert CONTRAST.keys() == PALETTES.keys()


def test_it_is_switched_on_and_off_in_the_menu(window: MainWindow, ctx: Context) -> None:
    action = ctx.actions.qaction("view.high_contrast")
    assert not action.isChecked()
    action.trigger()
    assert ctx.theme.contrast
    assert action.isChecked()
    assert ctx.settings.get("contrast") == "more"
    action.trigger()
    assert not ctx.theme.contrast
    assert ctx.settings.get("contrast") == "system"


def test_the_system_is_followed_until_one_decides_otherwise(
    window: MainWindow, ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.interface._system_contrast", lambda: True)
    ctx._on_system_contrast()
    assert ctx.theme.contrast
    ctx.actions.run("view.high_contrast")
    assert not ctx.theme.contrast
    assert ctx.settings.get("contrast") == "normal"
