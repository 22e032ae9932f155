"""The filters of a tab of Matrices: a quiet button, what can be chosen, and a chip for each filter that is set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import QDate, QLocale, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QDateEdit, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.context import Context
from app.icons import icon
from app.widgets.fields import DateEdit
from app.widgets.flow import FlowLayout
from app.widgets.parts import button, clear_layout, label
from coding.analysis.filters import EVERYTHING, VERDICTS, EvidenceChoice, FilterChoices, described
from coding.reports.wording import capital

PARTS: tuple[tuple[str, ...], ...] = (
    ("since", "until"),
    ("places",),
    ("coders",),
    ("verdicts",),
    ("verbatim",),
    ("exemplars",),
)
"""The fields of a choice that are one filter together, each with a chip of its own."""
ISO = Qt.DateFormat.ISODate
TALLEST = 540


def single_filters(choice: EvidenceChoice) -> Iterator[tuple[EvidenceChoice, EvidenceChoice]]:
    """Each filter that is set, alone, with what remains of the choice without it."""
    for names in PARTS:
        alone = EvidenceChoice(**{name: getattr(choice, name) for name in names})
        if not alone.everything:
            yield alone, replace(choice, **{name: getattr(EVERYTHING, name) for name in names})


class FilterBar(QWidget):
    """The button and the chips. `chosen` carries the `EvidenceChoice` that the person made."""

    chosen = Signal(object)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.choice = EVERYTHING
        self.choices: FilterChoices | None = None
        self.button = button(name="matrix_filter")
        self.button.clicked.connect(self.open)
        self._chips = QWidget()
        self._row = FlowLayout(self._chips, spacing=4, line_spacing=4)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.button)
        row.addWidget(self._chips)
        self.say()

    def show_choice(self, choice: EvidenceChoice, choices: FilterChoices | None) -> None:
        """Show what is filtered and what could be. Emits nothing."""
        self.choice, self.choices = choice, choices
        self.say()

    def say(self) -> None:
        """Say everything in the language and the looks of the interface."""
        t, theme = self._ctx.t, self._ctx.theme
        self.button.setText(t("Filters"))
        self.button.setIcon(icon("filter", theme.color("dim")))
        self.button.setToolTip(t("Count a part of the evidence: a period, places, coders, quotations, exemplars"))
        self.button.setEnabled(self.choices is not None)
        clear_layout(self._row)
        for alone, rest in single_filters(self.choice):
            text = capital(described(alone)[0].say(self._ctx.words))
            chip = button(text if len(text) < 48 else f"{text[:46]}…", name="filter_chip")
            chip.setIcon(icon("close", theme.color("dim")))
            chip.setIconSize(QSize(theme.px(11), theme.px(11)))
            chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            chip.setToolTip(t("{filter}: remove this filter", filter=text))
            chip.setAccessibleName(t("{filter}: remove this filter", filter=text))
            chip.setStyleSheet(
                f"QPushButton {{ padding: 1px 8px; min-height: 0; border-radius: {theme.px(10)}px;"
                f" font-size: {theme.px(12)}px; }}"
            )
            chip.clicked.connect(lambda _=False, rest=rest: self._remove(rest))
            self._row.addWidget(chip)
        self._chips.setVisible(not self.choice.everything)

    def _remove(self, rest: EvidenceChoice) -> None:
        self.button.setFocus()
        self.chosen.emit(rest)

    def open(self) -> None:
        """Show what can be filtered, under the button."""
        if self.choices is None:
            return
        popup = FilterPopup(self._ctx, self, self.choice, self.choices)
        popup.chosen.connect(self.chosen)
        popup.open_below(self.button)


class FilterPopup(QFrame):
    """What can be filtered; every change counts at once. Floats until Esc or a click beside it."""

    chosen = Signal(object)

    def __init__(self, ctx: Context, parent: QWidget, choice: EvidenceChoice, choices: FilterChoices) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("filter_popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("surface", "card")
        self.setAccessibleName(ctx.t("Filters"))
        self._ctx, self.choice = ctx, choice
        self._days: list[tuple[str, QCheckBox, QDateEdit]] = []
        self._ticks: dict[str, list[tuple[str, QCheckBox]]] = {"places": [], "coders": [], "verdicts": []}
        self._flags: dict[str, QCheckBox] = {}
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(14, 12, 14, 12)
        self._column.setSpacing(6)
        self._build(choices)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        around = QVBoxLayout(self)
        around.setContentsMargins(1, 1, 1, 1)
        around.addWidget(self._scroll)
        need = inside.sizeHint()
        self.resize(max(need.width() + 24, ctx.theme.px(250)), min(need.height() + 4, ctx.theme.px(TALLEST)))

    def _build(self, choices: FilterChoices) -> None:
        t = self._ctx.t
        if choices.dates is not None:
            self._heading(t("Period"))
            first, last = choices.dates
            self._day("since", t("From"), self.choice.since, first)
            self._day("until", t("Until"), self.choice.until, last)
        for name, heading, keys in (("places", t("Place"), choices.places), ("coders", t("Coder"), choices.coders)):
            if len(keys) > 1 or getattr(self.choice, name):
                self._heading(heading)
                for key in dict.fromkeys((*keys, *getattr(self.choice, name))):
                    box = self._box(key, key in getattr(self.choice, name))
                    self._ticks[name].append((key, box))
        if choices.verdicts or self.choice.verdicts:
            self._heading(t("Verdict"))
            for key in VERDICTS:
                if key in choices.verdicts or key in self.choice.verdicts:
                    box = self._box(capital(t(VERDICTS[key])), key in self.choice.verdicts)
                    self._ticks["verdicts"].append((key, box))
        self._heading(t("Passages"))
        self._flags["verbatim"] = self._box(t("Verbatim only"), self.choice.verbatim)
        self._flags["exemplars"] = self._box(t("Exemplars only"), self.choice.exemplars)
        self._flags["verbatim"].setEnabled(choices.reported or self.choice.verbatim)
        self._flags["exemplars"].setEnabled(choices.exemplars or self.choice.exemplars)
        self._column.addStretch(1)
        clear = button(t("Remove all filters"), "link", name="filter_clear")
        clear.setEnabled(not self.choice.everything)
        clear.clicked.connect(self._clear)
        self._column.addWidget(clear, 0, Qt.AlignmentFlag.AlignLeft)

    def _heading(self, text: str) -> None:
        self._column.addWidget(label(text, "section"))

    def _box(self, text: str, checked: bool, *, add: bool = True) -> QCheckBox:
        box = QCheckBox(text.replace("&", "&&"))
        box.setChecked(checked)
        box.toggled.connect(self._changed)
        if add:
            self._column.addWidget(box)
        return box

    def _day(self, name: str, text: str, day: str | None, otherwise: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        box = self._box(text, day is not None, add=False)
        edit = DateEdit()
        edit.setObjectName(f"filter_{name}")
        edit.setCalendarPopup(True)
        edit.setDisplayFormat("d MMMM yyyy")
        edit.setLocale(QLocale("id_ID" if self._ctx.language == "id" else "en_GB"))
        edit.setAccessibleName(text)
        edit.setDate(as_day(day or otherwise, last=name == "until"))
        edit.setEnabled(day is not None)
        edit.dateChanged.connect(self._changed)
        row.addWidget(box)
        row.addStretch(1)
        row.addWidget(edit)
        self._column.addLayout(row)
        self._days.append((name, box, edit))

    def _changed(self, *_: object) -> None:
        values: dict[str, object] = {name: box.isChecked() for name, box in self._flags.items()}
        for name, box, edit in self._days:
            edit.setEnabled(box.isChecked())
            values[name] = edit.date().toString(ISO) if box.isChecked() else None
        for name, ticks in self._ticks.items():
            values[name] = tuple(key for key, box in ticks if box.isChecked())
        self.choice = EvidenceChoice(**values)  # type: ignore[arg-type]
        self.chosen.emit(self.choice)

    def _clear(self) -> None:
        self.chosen.emit(EVERYTHING)
        self.close()

    def open_below(self, widget: QWidget) -> None:
        """Show it under `widget` and take the keys."""
        self.move(widget.mapToGlobal(QPoint(0, widget.height() + 2)))
        screen = widget.screen().availableGeometry()
        self.move(min(self.x(), screen.right() - self.width()), min(self.y(), screen.bottom() - self.height()))
        self.show()
        self.findChildren(QCheckBox)[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


def as_day(date: str, *, last: bool) -> QDate:
    """The day that an ISO date means; of a month or a year alone its first or its `last` day."""
    parts = [int(part) for part in date.split("-")]
    year, month, day = (*parts, 0, 0)[:3]
    if day:
        return QDate(year, month, day)
    if not last:
        return QDate(year, month or 1, 1)
    return QDate(year, month or 12, 1).addMonths(1).addDays(-1)
