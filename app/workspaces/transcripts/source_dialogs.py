"""Questions about one source: its name and details, and whether it is to go."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.models.sources import METHOD_NAMES
from app.widgets.fields import ComboBox
from app.widgets.parts import label, set_look
from coding.errors import mark
from coding.project import Operation
from coding.transcripts.dates import parse_date
from coding.transcripts.drafts import METHODS
from coding.transcripts.editing import remove_source, rename_source, set_details
from coding.transcripts.rows import SourceRow


class SourceDialog(Dialog):
    """Name, method, date and place; a date may be written as people do."""

    def __init__(self, ctx: Context, parent: QWidget | None, row: SourceRow, taken: set[str], what: str) -> None:
        super().__init__(ctx, parent, ctx.t("Details of the source"))
        self.setObjectName("source_dialog")
        self.setMinimumWidth(ctx.theme.px(460))
        self._row, self._taken = row, taken
        t = ctx.t
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self.name = self._field(t("Name"), "source_name", row.name)
        self.method = ComboBox()
        self.method.setObjectName("source_method")
        for method in METHODS:
            self.method.addItem(t(METHOD_NAMES[method]), method)
        items = self.method.model()
        if isinstance(items, QStandardItemModel):
            # answers to a questionnaire are no text that could become one
            items.item(METHODS.index("questionnaire")).setEnabled(row.method == "questionnaire")
        self.method.setCurrentIndex(METHODS.index(row.method))
        self._add(t("Method"), self.method)
        self.date = self._field(t("Date"), "source_date", ctx.words.date(row.date))
        self.date.setPlaceholderText(t("for example {date}", date=ctx.words.date("2026-05-12")))
        self.place = self._field(t("Place"), "source_place", row.place or "")
        self.content.addLayout(self._grid)
        self.left_out = self._switch(t("Leave out of the analysis"), "source_left_out", row.left_out)
        self.own = self._switch(t("The author's own statements"), "source_own_statements", row.own_statements)
        self.own.setToolTip(t("Kept and coded, but never counted as a source"))
        self._problem = label("", "error", wrap=True)
        self._problem.hide()
        self.content.addWidget(self._problem)
        self.content.addStretch(1)
        self.add_button(t("Cancel"), name="source_cancel").clicked.connect(self.reject)
        self.save = self.add_button(t("Save"), "primary", name="source_save", default=True)
        self.save.clicked.connect(self._on_save)
        for field in (self.name, self.date):
            field.textChanged.connect(self._check)
        self._check()
        first = self.name if what == "name" else self.method
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def _field(self, caption: str, name: str, text: str) -> QLineEdit:
        edit = QLineEdit(text)
        edit.setObjectName(name)
        edit.setCursorPosition(0)
        self._add(caption, edit)
        return edit

    def _switch(self, caption: str, name: str, on: bool) -> QCheckBox:
        box = QCheckBox(caption)
        box.setObjectName(name)
        box.setChecked(on)
        self.content.addWidget(box)
        return box

    def _add(self, caption: str, widget: QWidget) -> None:
        shown = label(caption)
        shown.setBuddy(widget)
        widget.setAccessibleName(caption)
        number = self._grid.rowCount()
        self._grid.addWidget(shown, number, 0)
        self._grid.addWidget(widget, number, 1)
        self._grid.setColumnStretch(1, 1)

    def chosen_date(self) -> str | None:
        """The date that was written, ISO; None for none. Raises ValueError for what is no date."""
        written = self.date.text().strip()
        if not written:
            return None
        found = parse_date(written)
        if found is None:
            raise ValueError(written)
        return found

    def _check(self) -> None:
        t, name = self.ctx.t, " ".join(self.name.text().split())
        problem = ""
        if not name:
            problem = t("Give the source a name.")
        elif name.casefold() in self._taken:
            problem = t("Another source has this name.")
        set_look(self.name, "invalid", bool(problem))
        try:
            self.chosen_date()
        except ValueError:
            problem = problem or t("“{text}” is no date that is understood.", text=self.date.text().strip())
            set_look(self.date, "invalid", True)
        else:
            set_look(self.date, "invalid", False)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self.save.setEnabled(not problem)

    def _on_save(self) -> None:
        row, guid = self._row, self._row.guid
        name = " ".join(self.name.text().split())
        place = " ".join(self.place.text().split()) or None
        details = {
            "method": self.method.currentData(),
            "date": self.chosen_date(),
            "place": place,
            "left_out": self.left_out.isChecked(),
            "own_statements": self.own.isChecked(),
        }

        def work(op: Operation) -> None:
            rename_source(op, guid, name)
            set_details(op, guid, details)

        title = mark("Rename “{source}”") if name != row.name else mark("Change details of “{source}”")
        self.ctx.operate(title, work, source=row.name)
        self.accept()


class RemovalDialog(Dialog):
    """Says what goes with a source."""

    def __init__(self, ctx: Context, parent: QWidget | None, row: SourceRow, alone: list[str]) -> None:
        super().__init__(ctx, parent, ctx.t("Remove a source"))
        self.setObjectName("removal_dialog")
        self.setMinimumWidth(ctx.theme.px(440))
        self._row = row
        t = ctx.t
        if row.segments:
            words = ctx.n(
                "Remove “{source}” and its {count} coded segment, with memos?",
                "Remove “{source}” and its {count} coded segments, with memos?",
                count=row.segments,
                source=row.name,
            )
        else:
            words = t("Remove “{source}”? Nothing is coded in it.", source=row.name)
        question = label(words, "heading", wrap=True)
        self.content.addWidget(question)
        self.content.addWidget(label(t("Undo brings everything back."), "dim", wrap=True))
        self.people = QCheckBox(t("Also remove who speaks in it alone: {codes}", codes=", ".join(alone)))
        self.people.setObjectName("remove_informants")
        self.people.setVisible(bool(alone))
        self.content.addWidget(self.people)
        self.content.addStretch(1)
        self.add_button(t("Cancel"), name="removal_cancel").clicked.connect(self.reject)
        self.remove = self.add_button(t("Remove"), "danger", name="removal_remove", default=True)
        self.remove.clicked.connect(self._on_remove)
        self.remove.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_remove(self) -> None:
        guid, people = self._row.guid, self.people.isChecked()

        def work(op: Operation) -> None:
            remove_source(op, guid, informants=people)

        self.ctx.operate(mark("Remove “{source}”"), work, source=self._row.name)
        self.accept()


def edit_source(ctx: Context, parent: QWidget, row: SourceRow, taken: set[str], what: str) -> SourceDialog:
    """Show the dialog of name and details; `what` (`"name"` or `"details"`) has the focus."""
    dialog = SourceDialog(ctx, parent, row, taken, what)
    dialog.open()
    return dialog


def ask_removal(ctx: Context, parent: QWidget, row: SourceRow, alone: list[str]) -> RemovalDialog:
    """Show the question; `alone` are the codes of those who speak in this source and nowhere else."""
    dialog = RemovalDialog(ctx, parent, row, alone)
    dialog.open()
    return dialog
