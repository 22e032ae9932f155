"""Which chapter of the thesis a report is, and how it is headed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.context import Context
from app.widgets.fields import SpinBox
from app.widgets.parts import label
from coding.reports.saved import FIRST_CHAPTER, LAST_CHAPTER
from coding.words import Words


class ChapterFields(QWidget):
    """A number and a heading; `number_chosen` and `heading_typed` tell of either."""

    number_chosen = Signal(int)
    heading_typed = Signal(str)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.number = SpinBox()
        self.number.setObjectName("report_chapter")
        self.number.setRange(FIRST_CHAPTER, LAST_CHAPTER)
        self.number.setFixedWidth(72)
        self.number.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.heading = QLineEdit()
        self.heading.setObjectName("report_heading")
        self._caption, self._above = label("", "dim"), label("", "dim")
        self._caption.setBuddy(self.number)
        self._above.setBuddy(self.heading)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._caption)
        row.addWidget(self.number)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._above)
        column.addWidget(self.heading)
        self.number.valueChanged.connect(self.number_chosen)
        self.heading.textEdited.connect(self.heading_typed)

    def show_choice(self, number: int, heading: str, language: str) -> None:
        """Show what is chosen; an empty heading is the usual one of `language`."""
        self.number.blockSignals(True)
        self.number.setValue(number)
        self.number.blockSignals(False)
        if self.heading.text() != heading:
            self.heading.setText(heading)
        self.heading.setPlaceholderText(Words(language).t("Results and discussion"))

    def retranslate(self) -> None:
        t = self._ctx.t
        self._caption.setText(t("Chapter"))
        self.number.setAccessibleName(t("Chapter"))
        self._above.setText(t("Heading of the chapter"))
        self.heading.setAccessibleName(t("Heading of the chapter"))
