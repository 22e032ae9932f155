"""The wheel scrolls a panel, whatever stands under the pointer; a field changes only for somebody who works with it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import app
from app.widgets.fields import ComboBox, DateEdit, SpinBox

PLAIN = {"QComboBox", "QSpinBox", "QDoubleSpinBox", "QDateEdit", "QTimeEdit", "QDateTimeEdit", "QSlider", "QDial"}


class Panel(QScrollArea):
    """A panel higher than its window, with a field of each kind at its head."""

    def __init__(self) -> None:
        super().__init__()
        self.combo, self.number, self.day = ComboBox(), SpinBox(), DateEdit()
        self.combo.addItems(["a", "b", "c"])
        self.combo.setCurrentIndex(1)
        self.number.setRange(0, 9)
        self.number.setValue(4)
        self.day.setDate(QDate(2026, 5, 12))
        inner = QWidget()
        column = QVBoxLayout(inner)
        for field in self.fields:
            column.addWidget(field)
        column.addStretch(1)
        inner.setFixedHeight(3000)
        self.setWidget(inner)
        self.resize(300, 200)

    @property
    def fields(self) -> tuple[QWidget, ...]:
        return self.combo, self.number, self.day

    @property
    def values(self) -> tuple[int, int, QDate]:
        return self.combo.currentIndex(), self.number.value(), self.day.date()


@pytest.fixture
def panel(qtbot: QtBot) -> Panel:
    made = Panel()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def turn(panel: Panel, field: QWidget) -> None:
    """The wheel turned as the window system tells of it, with the pointer over a field."""
    place = field.mapTo(panel, field.rect().center())
    QTest.wheelEvent(panel.windowHandle(), QPointF(place), QPoint(0, -120))


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_wheel_scrolls_the_panel_and_changes_nothing(place: int, panel: Panel) -> None:
    field, before = panel.fields[place], panel.values
    panel.setFocus()
    turn(panel, field)
    assert panel.values == before
    assert panel.verticalScrollBar().value() > 0
    assert not field.hasFocus()


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_field_that_has_the_keyboard_follows_the_wheel(place: int, panel: Panel, qtbot: QtBot) -> None:
    field, before = panel.fields[place], panel.values
    panel.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    turn(panel, field)
    assert panel.values != before


def test_every_field_of_the_program_is_of_this_kind() -> None:
    found = [
        f"{path.name}:{node.lineno}"
        for path in Path(app.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PLAIN
    ]
    assert found == []
