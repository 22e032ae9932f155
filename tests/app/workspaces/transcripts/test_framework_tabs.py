"""The row of frameworks over the codes: those without room are in a menu that stays inside the window."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.context import Context
from app.workspaces.transcripts.framework_tabs import FrameworkTabs


def test_frameworks_without_room_are_in_a_menu_under_its_button(ctx: Context, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(500, 200)
    tabs = FrameworkTabs(ctx)
    tabs.setParent(window)
    tabs.setGeometry(300, 10, 200, 30)
    names = ("Edward III", "Jones", "Dwiyanto", "Ripley dan Franklin", "Kode terbuka yang panjang namanya")
    tabs.set_items([(str(number), name) for number, name in enumerate(names)])
    tabs.show_current("0")
    tabs.retranslate()
    window.show()
    qtbot.waitExposed(window)
    assert tabs.more.isVisible()
    tabs.more.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    right = tabs.more.mapToGlobal(QPoint(tabs.more.width() - 1, 0)).x()
    assert menu.geometry().right() == right <= window.mapToGlobal(QPoint(window.width(), 0)).x()
    assert menu.geometry().top() >= tabs.more.mapToGlobal(QPoint(0, tabs.more.height() - 1)).y()
    with qtbot.waitSignal(tabs.chosen) as chosen:
        menu.actions()[-1].trigger()
    menu.close()
    assert chosen.args == ["4"]
    assert tabs.current() == "4"
