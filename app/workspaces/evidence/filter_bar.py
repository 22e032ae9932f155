"""The line above the table: what is searched for, what is asked for, each part with a way to drop it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.context import Context
from app.icons import icon
from app.models.evidence_words import (
    Choices,
    attribute_name,
    attribute_value,
    framework_name,
    parts,
    switches,
    valence_word,
)
from app.theme import GLYPHS
from app.widgets.flow import FlowLayout
from app.widgets.parts import button, clear_layout
from app.workspaces.evidence.dialogs import DatesDialog
from app.workspaces.evidence.pick_list import Pick, PickList
from coding.analysis.columns import METHOD_LABELS
from coding.segments.evidence_filter import OPEN, UNMARKED, EvidenceFilter
from coding.segments.rows import VALENCES

PAUSE = 180
"""Milliseconds without a key before what was typed is searched for."""
FIELD = 300
DROPPED = ("codes", "valences", "informants", "sources", "coders")


class FilterBar(QWidget):
    """Shows a filter and changes it. `filter_changed` carries the new one."""

    filter_changed = Signal(object)
    left = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.chosen = EvidenceFilter()
        self.choices = Choices()
        self.popup: PickList | None = None
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(PAUSE)
        self._typed.timeout.connect(self._on_typed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        holder = QWidget()
        row = FlowLayout(holder, spacing=6, line_spacing=6)
        column.addWidget(holder)
        self.field = QLineEdit()
        self.field.setObjectName("evidence_search")
        self.field.setClearButtonEnabled(True)
        self.field.textEdited.connect(lambda _: self._typed.start())
        self.field.textChanged.connect(lambda text: None if text else self._on_typed())
        self.field.returnPressed.connect(self._on_return)
        row.addWidget(self.field)
        self.buttons: dict[str, QPushButton] = {}
        for name in (*DROPPED, "more"):
            made = button(name=f"filter_{name}")
            made.clicked.connect(partial(self.drop, name))
            made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the word
            self.buttons[name] = made
            row.addWidget(made)
        self._chips = QWidget()
        self._chips_row = FlowLayout(self._chips, spacing=6, line_spacing=4)
        column.addWidget(self._chips)
        self.retranslate()

    # what is shown

    def show_filter(self, chosen: EvidenceFilter) -> None:
        """Show `chosen`. Emits nothing."""
        self.chosen = chosen
        if " ".join(self.field.text().split()) != chosen.text:
            self.field.blockSignals(True)
            self.field.setText(chosen.text)
            self.field.blockSignals(False)
        self._fill_chips()

    def show_choices(self, choices: Choices) -> None:
        """Offer `choices`."""
        self.choices = choices
        self.buttons["coders"].setVisible(len(choices.coders) > 1 or bool(self.chosen.coders))
        self._fill_chips()

    def chips(self) -> list[QPushButton]:
        """The buttons that drop a part of the filter."""
        return self._chips.findChildren(QPushButton)

    def retranslate(self) -> None:
        """Say everything in the language of the interface."""
        t = self._ctx.t
        self.field.setPlaceholderText(t("Words in the passage"))
        self.field.setAccessibleName(t("Words in the passage"))
        words = {
            "codes": t("Code"),
            "valences": t("Direction"),
            "informants": t("Informant"),
            "sources": t("Source"),
            "coders": t("Coder"),
            "more": t("More"),
        }
        for name, made in self.buttons.items():
            made.setText(words[name])
            made.setAccessibleName(t("Filter by: {name}", name=words[name]))
        self.take_theme()
        self._fill_chips()

    def take_theme(self) -> None:
        """Colours or sizes are new."""
        theme = self._ctx.theme
        self.field.setFixedWidth(theme.px(FIELD))
        for made in self.buttons.values():
            made.setIcon(icon("chevron_down", theme.color("dim"), theme.color("accent"), QColor(theme.hex("line"))))
            made.setIconSize(QSize(theme.px(12), theme.px(12)))
            made.setStyleSheet(f"QPushButton {{ padding: 4px 9px; min-height: {theme.px(18)}px; }}")
        self._fill_chips()

    def _fill_chips(self) -> None:
        focused = QApplication.focusWidget()
        held = focused is not None and self._chips.isAncestorOf(focused)
        clear_layout(self._chips_row)
        t, theme = self._ctx.t, self._ctx.theme
        # names are not known before the choices were read
        found = (
            []
            if not self.choices.known
            else [part for part in parts(self._ctx, self.chosen, self.choices) if part.key != "text"]
        )
        for part in found:
            made = button(part.text, "tab", name=f"chip_{part.key}")
            made.setIcon(icon("close", theme.color("accent"), theme.color("accent"), theme.color("line")))
            made.setIconSize(QSize(theme.px(11), theme.px(11)))
            made.setStyleSheet(
                f"QPushButton {{ background: {theme.hex('accent_soft')}; color: {theme.hex('ink')};"
                f" font-weight: 400; padding: 1px 9px; font-size: {theme.px(12)}px; border-radius: {theme.px(9)}px; }}"
                f" QPushButton:focus {{ border: 2px solid {theme.hex('accent')}; }}"
            )
            made.setToolTip(t("Drop this part of the filter"))
            made.setAccessibleName(t("Drop from the filter: {name}", name=part.text))
            made.clicked.connect(partial(self._take, part.without))
            self._chips_row.addWidget(made)
        if found:
            clear = button(t("Clear the filter"), "link", name="clear_filter")
            clear.setStyleSheet(f"QPushButton {{ padding: 1px 6px; font-size: {theme.px(12)}px; font-weight: 400; }}")
            clear.clicked.connect(self.clear)
            self._chips_row.addWidget(clear)
            if held:
                clear.setFocus()
        self._chips.setVisible(bool(found))
        self._chips.updateGeometry()

    # changing it

    def clear(self) -> None:
        """Ask for everything."""
        self.field.clear()
        self._take(EvidenceFilter())

    def _take(self, chosen: EvidenceFilter, *_: object) -> None:
        self._typed.stop()
        if chosen != self.chosen:
            self.show_filter(chosen)
            self.filter_changed.emit(chosen)

    def _on_typed(self) -> None:
        self._take(replace(self.chosen, text=" ".join(self.field.text().split())))

    def _on_return(self) -> None:
        self._on_typed()
        self.left.emit()

    def drop(self, name: str, *_: object) -> None:
        """Open the list of `name`."""
        if name == "more":
            self._menu()
        elif name == "codes":
            self._pick(name, self._codes(), self.chosen.codes)
        elif name == "valences":
            self._pick(name, self._valences(), self.chosen.valences)
        elif name == "informants":
            people = [Pick(row.guid, row.code, row.role or row.name or "") for row in self.choices.informants]
            self._pick(name, people, self.chosen.informants)
        elif name == "sources":
            language = self._ctx.language
            found = [
                Pick(guid, source, METHOD_LABELS[method].in_(language)) for guid, source, method in self.choices.sources
            ]
            self._pick(name, found, self.chosen.sources)
        else:
            self._pick(name, [Pick(coder, coder) for coder in self.choices.coders], self.chosen.coders)

    def _codes(self) -> list[Pick]:
        language, made = self._ctx.language, list[Pick]()
        for key in self.choices.book.tabs():
            label = framework_name(self._ctx, self.choices.book, OPEN if key == "open" else key)
            made += [
                Pick(code.guid, code.label(language), label, code.color, int(code.parent is not None))
                for code in self.choices.book.codes_of(key)
            ]
        return made

    def _valences(self) -> list[Pick]:
        made = [Pick(v, f"{GLYPHS[v]}  {valence_word(self._ctx, v)}") for v in VALENCES]
        return [*made, Pick(UNMARKED, f"·  {valence_word(self._ctx, None)}")]

    def _pick(self, name: str, picks: Sequence[Pick], ticked: Sequence[str], button_name: str = "") -> None:
        """Let the part `name` of the filter be ticked."""
        self._open(picks, ticked, lambda keys: self._change(name, keys), button_name or name)

    def _change(self, name: str, value: Any) -> None:
        self._take(replace(self.chosen, **{name: value}))

    def _open(
        self, picks: Sequence[Pick], ticked: Sequence[str], take: Callable[[tuple[str, ...]], object], name: str
    ) -> None:
        below = self.buttons[name]
        popup = PickList(self._ctx, self, below.accessibleName(), picks, ticked)
        popup.ticked_changed.connect(take)
        popup.closed.connect(self._on_closed)
        self.popup = popup
        popup.open_below(below)

    def _on_closed(self) -> None:
        self.popup = None

    def _menu(self) -> None:
        """Everything that has no button of its own."""
        t, menu = self._ctx.t, QMenu(self)
        menu.setObjectName("filter_menu")
        menu.aboutToHide.connect(menu.deleteLater)
        book = self.choices.book
        if book.frameworks:
            menu.addAction(t("Framework…")).triggered.connect(self._pick_frameworks)
        menu.addAction(t("Method…")).triggered.connect(self._pick_methods)
        for name, values in self.choices.attributes:
            words = t("{name}…", name=attribute_name(self._ctx, name))
            menu.addAction(words).triggered.connect(partial(self._pick_attribute, name, values))
        menu.addAction(t("Date…")).triggered.connect(self._ask_dates)
        menu.addSeparator()
        for key, both in switches(self._ctx).items():
            for value, text in zip((True, False), both, strict=True):
                action = menu.addAction(text)
                action.setCheckable(True)
                action.setChecked(getattr(self.chosen, key) is value)
                action.triggered.connect(lambda on, key=key, value=value: self._switch(key, value, on))
            menu.addSeparator()
        below = menu.addAction(t("With a code, those below it"))
        below.setCheckable(True)
        below.setChecked(self.chosen.below)
        below.triggered.connect(lambda on: self._take(replace(self.chosen, below=on)))
        made = self.buttons["more"]
        menu.popup(made.mapToGlobal(made.rect().bottomLeft()))

    def _switch(self, key: str, value: bool, on: bool) -> None:
        self._change(key, value if on else None)

    def _pick_frameworks(self) -> None:
        keys = [*(row.key for row in self.choices.book.frameworks), OPEN]
        picks = [Pick(key, framework_name(self._ctx, self.choices.book, key)) for key in keys]
        self._pick("frameworks", picks, self.chosen.frameworks, "more")

    def _pick_methods(self) -> None:
        picks = [Pick(key, label.in_(self._ctx.language)) for key, label in METHOD_LABELS.items()]
        self._pick("methods", picks, self.chosen.methods, "more")

    def _pick_attribute(self, name: str, values: Sequence[str], *_: object) -> None:
        rest = tuple(pair for pair in self.chosen.attributes if pair[0] != name)

        def take(keys: Sequence[str]) -> None:
            self._take(replace(self.chosen, attributes=(*rest, *((name, key) for key in keys))))

        picks = [Pick(value, attribute_value(self._ctx, name, value)) for value in (*values, "")]
        self._open(picks, [value for own, value in self.chosen.attributes if own == name], take, "more")

    def _ask_dates(self) -> None:
        def take(first: str, last: str) -> None:
            self._take(replace(self.chosen, first_date=first, last_date=last))

        DatesDialog(self._ctx, self, self.chosen.first_date, self.chosen.last_date, take).open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)
