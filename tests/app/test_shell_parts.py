"""Icons, actions, Qt's own words, and the small widgets all panels share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app import icons
from app.actions.registry import Action, ActionRegistry, shown_keys
from app.context import Context
from app.messages import QtWords
from app.widgets.parts import Chip, ElidedLabel, EmptyState, SegmentedTabs
from app.widgets.valence_buttons import ValenceButtons
from coding.words import Words

SVG = "{http://www.w3.org/2000/svg}svg"


@pytest.mark.parametrize("name", icons.names())
def test_every_icon_is_drawn_in_its_colour_with_the_same_stroke(qapp: QApplication, name: str) -> None:
    root = ET.fromstring((icons.FOLDER / f"{name}.svg").read_text(encoding="utf-8"))
    assert root.tag == SVG
    assert (root.get("viewBox"), root.get("stroke-width"), root.get("stroke")) == ("0 0 24 24", "1.7", "currentColor")
    image = icons.pixmap(name, QColor("#ff0000"), 24, 2.0).toImage()
    inked = [image.pixelColor(x, y) for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() > 250]
    assert len(inked) > 20
    assert all(color.red() > 240 and color.green() < 10 for color in inked)
    for edge in range(48):
        for x, y in ((0, edge), (47, edge), (edge, 0), (edge, 47)):
            assert image.pixelColor(x, y).alpha() == 0, "drawn over its edge"


def test_an_icon_for_the_style_sheet_is_a_file_in_its_colour(qapp: QApplication, home: object) -> None:
    path = icons.icon_file("check", QColor("#123456"))
    assert path.endswith("check-123456.svg")
    assert "\\" not in path
    assert "#123456" in Path(path).read_text(encoding="utf-8")


@pytest.fixture
def registry(ctx: Context) -> ActionRegistry:
    return ctx.actions


def test_an_action_runs_only_where_it_works(registry: ActionRegistry) -> None:
    works = False
    ran: list[str] = []
    registry.add([Action("room.do_it", "Undo", lambda: ran.append("x"), ("Ctrl+J",), when=lambda: works)])
    assert not registry.qaction("room.do_it").isEnabled()
    registry.run("room.do_it")
    assert ran == []
    works = True
    registry.refresh()
    assert registry.qaction("room.do_it").isEnabled()
    registry.qaction("room.do_it").trigger()
    assert ran == ["x"]


def test_an_action_is_registered_once(registry: ActionRegistry) -> None:
    action = Action("room.do_it", "Undo", lambda: None)
    registry.add([action])
    with pytest.raises(ValueError, match=r"room\.do_it"):
        registry.add([action])
    registry.remove(["room.do_it"])
    registry.add([action])


def test_a_switch_shows_how_it_stands(registry: ActionRegistry) -> None:
    on = True

    def turn() -> None:
        nonlocal on
        on = not on

    registry.add([Action("room.turn", "Undo", turn, checked=lambda: on)])
    assert registry.qaction("room.turn").isChecked()
    registry.run("room.turn")
    assert not registry.qaction("room.turn").isChecked()


def test_words_of_an_action_follow_the_language(indonesian: Words, ctx: Context) -> None:
    ctx.actions.add([Action("room.undo", "Undo", lambda: None, ("Ctrl+J",))])
    ctx.set_language("id")
    ctx.actions.refresh()
    assert ctx.actions.qaction("room.undo").text() == "Urung"
    assert ctx.actions.tooltip("room.undo") == "Urung  Ctrl+J"


def test_keys_of_a_view_are_shown_but_not_bound(registry: ActionRegistry) -> None:
    action = Action("room.grow", "Undo", lambda: None, ("S",), own_keys=True)
    registry.add([action])
    assert registry.qaction("room.grow").shortcuts() == []
    assert shown_keys(action) == ["S"]


def test_qt_speaks_our_indonesian(indonesian: Words, qapp: QApplication, qtbot: QtBot) -> None:
    current = indonesian
    translator = QtWords(lambda: current)
    QCoreApplication.installTranslator(translator)
    try:
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Batal"
        edit = QLineEdit("text")
        qtbot.addWidget(edit)
        menu = edit.createStandardContextMenu()
        assert any(action.text().startswith("Urung") for action in menu.actions())
        menu.deleteLater()
        current = Words("en")
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
        assert QCoreApplication.translate("Nowhere", "words of nobody") == "words of nobody"
    finally:
        QCoreApplication.removeTranslator(translator)


Press = Callable[[str], None]


def test_valence_is_set_and_cleared(ctx: Context, qtbot: QtBot) -> None:
    buttons = ValenceButtons(ctx)
    qtbot.addWidget(buttons)
    chosen: list[object] = []
    buttons.valence_chosen.connect(chosen.append)
    for valence in ("supporting", "inhibiting", "inhibiting"):
        buttons._buttons[valence].click()
    assert chosen == ["supporting", "inhibiting", None]
    buttons.set_valence("neutral")
    assert chosen == ["supporting", "inhibiting", None]
    assert [name for name, made in buttons._buttons.items() if made.isChecked()] == ["neutral"]
    assert buttons._buttons["inhibiting"].text().startswith("−")


def test_tabs_keep_what_was_chosen(qtbot: QtBot) -> None:
    tabs = SegmentedTabs()
    qtbot.addWidget(tabs)
    chosen: list[str] = []
    tabs.chosen.connect(chosen.append)
    tabs.set_items([("a", "A"), ("b", "B")], "b")
    assert tabs.current() == "b"
    tabs.button("a").click()
    tabs.set_items([("b", "B"), ("a", "A"), ("c", "C")])
    assert tabs.current() == "a"
    tabs.set_items([("b", "B")])
    assert tabs.current() == "b"
    assert chosen == ["a"]
    tabs.set_items([])
    assert tabs.current() is None


def test_a_chosen_tab_has_room_for_its_bold_words(ctx: Context, qtbot: QtBot) -> None:
    tabs = SegmentedTabs()
    qtbot.addWidget(tabs)
    tabs.set_items([("a", "Triangulasi menurut metode"), ("b", "Faktor")])
    tabs.show()
    qtbot.waitExposed(tabs)
    tab = tabs.button("a")
    assert tab.isChecked()
    bold = tab.font()
    bold.setWeight(QFont.Weight.DemiBold)
    # the padding of the style sheet and the border stand at both sides
    assert tab.width() >= QFontMetrics(bold).horizontalAdvance(tab.text()) + 2 * (10 + 2)


def test_a_long_word_ends_in_dots_and_is_whole_in_the_tooltip(ctx: Context, qtbot: QtBot) -> None:
    label = ElidedLabel("a very long name of a source that does not fit")
    qtbot.addWidget(label)
    label.resize(90, 20)
    label.show()
    qtbot.waitExposed(label)
    assert label.text().endswith("…")
    assert label.toolTip() == label.full_text()
    label.resize(900, 20)
    assert label.text() == label.full_text()
    assert label.toolTip() == ""


def test_an_empty_place_has_one_button_that_does_one_thing(ctx: Context, qtbot: QtBot) -> None:
    place = EmptyState(ctx, "project")
    qtbot.addWidget(place)
    ran: list[int] = []
    place.set("Nothing", "Do this", "Do it", lambda: ran.append(1))
    place.set("Nothing", "Do that", "Do it", lambda: ran.append(2))
    qtbot.mouseClick(place.button, Qt.MouseButton.LeftButton)
    assert ran == [2]


def test_markup_in_a_name_stays_text(ctx: Context, qtbot: QtBot) -> None:
    chip = Chip(ctx, "<b>bold</b>")
    qtbot.addWidget(chip)
    assert chip.textFormat() == Qt.TextFormat.PlainText
