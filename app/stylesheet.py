"""The style sheet made from a theme.

Widgets ask for a look through dynamic properties:
buttons by `kind`: primary, quiet, link, small, danger, tab;
labels by `tone`: dim, small, heading, section, title, warning, error, supporting, inhibiting;
frames by `surface` (panel, side, window, card) or `line` (h, v).
"""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.theme import Theme

_SHEET = Template("""
QWidget { color: $ink; }
QMainWindow, QDialog { background: $window; }
QToolTip { background: $panel; color: $ink; border: 1px solid $border; padding: 4px 6px; }
QFrame[surface="panel"], QWidget[surface="panel"] { background: $panel; }
QFrame[surface="side"], QWidget[surface="side"] { background: $side; }
QFrame[surface="window"], QWidget[surface="window"] { background: $window; }
QFrame[surface="card"] { background: $panel; border: 1px solid $line; border-radius: 6px; }
QFrame[line="h"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[line="v"] { background: $line; border: none; max-width: 1px; min-width: 1px; }

QLabel { background: transparent; }
QLabel[tone="dim"] { color: $dim; }
QLabel[tone="small"] { color: $dim; font-size: ${s11}px; }
QLabel[tone="section"] { color: $dim; font-size: ${s11}px; font-weight: 600; }
QLabel[tone="heading"] { font-size: ${s15}px; font-weight: 600; }
QLabel[tone="title"] { font-size: ${s26}px; font-weight: 600; }
QLabel[tone="warning"] { color: $warning_text; }
QLabel[tone="error"] { color: $error_text; }
QLabel[tone="supporting"] { color: $supporting; font-weight: 600; }
QLabel[tone="inhibiting"] { color: $inhibiting; font-weight: 600; }

QPushButton {
  background: $panel; border: 1px solid $border; border-radius: 6px; padding: 5px 12px; min-height: ${s18}px;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border: 2px solid $accent; padding: 4px 11px; }
QPushButton:checked { background: $accent_soft; border-color: $accent; color: $accent; }
QPushButton:disabled { color: $disabled; border-color: $line; background: $window; }
QPushButton[kind="primary"] { background: $accent; border-color: $accent; color: $on_accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $ink; }
QPushButton[kind="primary"]:disabled { background: $line; border-color: $line; color: $disabled; }
QPushButton[kind="quiet"], QPushButton[kind="link"] {
  background: transparent; border: 2px solid transparent; padding: 4px 8px;
}
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="link"] { color: $accent; font-weight: 600; text-align: left; }
QPushButton[kind="link"]:hover { background: $accent_soft; }
QPushButton[kind="quiet"]:focus, QPushButton[kind="link"]:focus { border: 2px solid $accent; }
QPushButton[kind="small"] {
  background: transparent; border: 2px solid transparent; border-radius: 4px; padding: 0 6px; color: $dim;
  min-height: ${s18}px;
}
QPushButton[kind="small"]:hover { background: $hover; color: $ink; }
QPushButton[kind="small"]:checked { color: $accent; font-weight: 600; background: transparent; }
QPushButton[kind="small"]:focus { border-color: $accent; }
QPushButton[kind="danger"] { color: $inhibiting; border-color: $inhibiting; }
QPushButton[kind="tab"] {
  background: transparent; border: 2px solid transparent; border-radius: ${r14}px; padding: 3px 10px;
  color: $dim; min-height: ${s16}px;
}
QPushButton[kind="tab"]:hover { background: $hover; color: $ink; }
QPushButton[kind="tab"]:checked { background: $accent_soft; color: $accent; font-weight: 600; }
QPushButton[kind="tab"]:focus { border: 2px solid $accent; }

QToolButton { background: transparent; border: 2px solid transparent; border-radius: 6px; padding: 3px 5px; }
QToolButton:hover { background: $hover; }
QToolButton:checked { background: $accent_soft; color: $accent; }
QToolButton:focus { border: 2px solid $accent; }
QToolButton:disabled { color: $disabled; }
QToolButton::menu-indicator { image: none; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateEdit {
  background: $panel; border: 1px solid $border; border-radius: 6px; padding: 4px 8px;
  selection-background-color: $selection; selection-color: $ink;
}
QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateEdit { min-height: ${s18}px; }
QLineEdit:focus,
QPlainTextEdit:focus,
QTextEdit:focus,
QComboBox:focus,
QSpinBox:focus,
QDoubleSpinBox:focus,
QDateEdit:focus {
  border: 2px solid $accent; padding: 3px 7px;
}
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled { color: $disabled; background: $window; }
QLineEdit#run_box { min-height: ${s15}px; padding: 2px 6px; }
QLineEdit#run_box:focus { padding: 1px 5px; }
QLineEdit[invalid="true"] { border-color: $inhibiting; }
QPlainTextEdit[frame="none"], QTextEdit[frame="none"] {
  border: none; border-radius: 0; padding: 0; background: transparent;
}
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("$chevron"); width: 12px; height: 12px; }
QComboBox QAbstractItemView {
  background: $panel; border: 1px solid $border; selection-background-color: $accent_soft; outline: none;
}
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {
  border: none; width: 18px;
}
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url("$chevron_up"); width: 10px; height: 10px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url("$chevron"); width: 10px; height: 10px; }

QCheckBox, QRadioButton {
  spacing: 8px; background: transparent; border: 2px solid transparent; border-radius: 4px; padding: 1px;
}
QCheckBox:focus, QRadioButton:focus { border: 2px solid $accent; }
QCheckBox::indicator, QRadioButton::indicator, QListView::indicator, QTreeView::indicator, QTableView::indicator {
  width: 15px; height: 15px; border: 1px solid $strong_border; background: $panel;
}
QCheckBox::indicator, QListView::indicator, QTreeView::indicator, QTableView::indicator { border-radius: 3px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked, QListView::indicator:checked, QTreeView::indicator:checked,
QTableView::indicator:checked {
  background: $accent; border-color: $accent; image: url("$check");
}
QTreeView::indicator:indeterminate { background: $accent_soft; border-color: $accent; }
QRadioButton::indicator:checked { border-color: $accent; image: url("$dot"); }

QMenuBar { background: $side; border: none; padding: 2px 6px; }
QMenuBar::item { background: transparent; padding: 5px 10px; border-radius: 6px; }
QMenuBar::item:selected { background: $accent_soft; color: $accent; }
QMenu { background: $panel; border: 1px solid $border; border-radius: 6px; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; background: transparent; }
QMenu::item:selected { background: $accent_soft; color: $ink; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::indicator { width: 14px; height: 14px; margin-left: 6px; }
QMenu::indicator:checked { image: url("$check_ink"); }

QAbstractItemView {
  background: $panel; border: none; outline: none; selection-background-color: $accent_soft;
  selection-color: $ink;
}
QTreeView::item, QListView::item { padding: 3px 4px; border: 1px solid transparent; border-radius: 4px; }
QTreeView::item:hover, QListView::item:hover { background: $hover; }
QTreeView::item:selected, QListView::item:selected { background: $accent_soft; color: $ink; }
QTreeView::item:focus, QListView::item:focus { border: 1px solid $accent; }
QTreeView::branch { background: transparent; }
QTreeView::branch:has-children:closed { image: url("$chevron_right"); }
QTreeView::branch:has-children:open { image: url("$chevron"); }
QTableView { gridline-color: $line; }
QTableView::item:focus { border: 2px solid $accent; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section {
  background: $panel; color: $dim; border: none; border-bottom: 1px solid $line; padding: 6px 8px;
  font-weight: 600;
}
QTableCornerButton::section { background: $panel; border: none; }

QScrollArea, QStackedWidget { border: none; background: transparent; }
QScrollArea > QWidget > QWidget[transparent="true"] { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $scroll; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $dim; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover, QSplitter::handle:focus { background: $accent; }
QProgressBar { background: $line; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QTabBar::tab {
  background: transparent; color: $dim; padding: 6px 12px; border: none; border-bottom: 2px solid transparent;
}
QTabBar::tab:selected { color: $accent; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $ink; border-bottom-color: $ink; }
QTabWidget::pane { border: none; }
QGroupBox { border: none; margin-top: ${s18}px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }
""")


def stylesheet(theme: Theme) -> str:
    """The style sheet of the whole window in the colours and text size of `theme`."""
    from app.icons import icon_file

    values = {name: theme.hex(name) for name in theme.names()}
    panel = theme.color("panel")
    values |= {
        "warning_text": theme.readable(theme.color("warning"), theme.color("side")).name(),
        "error_text": theme.readable(theme.color("inhibiting"), theme.color("side")).name(),
        "accent_hover": theme.readable(theme.color("accent"), panel, 7.5).name(),
        "disabled": theme.tint(theme.color("dim"), 0.65, "window").name(),
        "selection": theme.tint(theme.color("accent"), 0.28).name(),
        "strong_border": theme.color("dim").name(),
        "scroll": theme.tint(theme.color("dim"), 0.4).name(),
        "chevron": icon_file("chevron_down", theme.color("dim")),
        "chevron_up": icon_file("chevron_up", theme.color("dim")),
        "chevron_right": icon_file("chevron_right", theme.color("dim")),
        "check": icon_file("check", theme.color("on_accent")),
        "dot": icon_file("dot", theme.color("accent")),
        "check_ink": icon_file("check", theme.color("ink")),
    }
    sizes = {f"s{n}": theme.px(n) for n in (11, 15, 16, 18, 26)}
    return _SHEET.substitute(values, r14=theme.px(14), **sizes)
