"""The right side of the import: what was understood of one file."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.context import Context
from app.dialogs.import_columns import ColumnChooser
from app.dialogs.import_entries import Entry
from app.dialogs.import_speakers import SpeakerTable
from app.models.sources import METHOD_NAMES
from app.transcript.view import TranscriptView
from app.widgets.fields import ComboBox
from app.widgets.parts import EmptyState, SectionHeader, label, set_look
from coding.transcripts.dates import parse_date
from coding.transcripts.drafts import METHODS, Choices, Draft, LabelChoice
from coding.transcripts.preview import Known
from coding.transcripts.rows import SourceText, TurnRow
from coding.transcripts.wraps import hard_wraps


class DraftPane(QWidget):
    """`named` carries the user's name for the source, `chosen` choices, `edited` what was written of a speaker,
    `comments_wanted` whether the file's comments become a memo."""

    named = Signal(str)
    chosen = Signal(object)
    edited = Signal(str, dict)
    mapped = Signal(dict)
    comments_wanted = Signal(bool)

    def __init__(self, ctx: Context, known: Known) -> None:
        super().__init__()
        self._ctx, self._known = ctx, known
        self._entry: Entry | None = None
        self._shown: tuple[object, ...] = ()
        t = ctx.t
        self.problem = EmptyState(ctx, "document")
        self._page = QWidget()
        column = QVBoxLayout(self._page)
        column.setContentsMargins(20, 14, 20, 0)
        column.setSpacing(8)
        column.addLayout(self._form())
        self.notices = label("", "warning", wrap=True)
        column.addWidget(self.notices)
        self.comments = QCheckBox()
        self.comments.setObjectName("import_comments")
        self.comments.toggled.connect(self.comments_wanted)
        column.addWidget(self.comments)
        self.columns = ColumnChooser(ctx)
        self._columns_head = SectionHeader(t("Columns of the table"))
        column.addWidget(self._columns_head)
        column.addWidget(self.columns)
        self.columns.chosen.connect(self.mapped)
        self.speakers = SpeakerTable(ctx)
        self._speakers_head = SectionHeader(t("Who speaks"))
        column.addWidget(self._speakers_head)
        column.addWidget(self.speakers)
        column.addWidget(SectionHeader(t("As it will be read")))
        self.text = TranscriptView(ctx)
        self.text.hide_segments()
        column.addWidget(self.text, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.problem)
        self._stack.addWidget(self._page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.speakers.chosen.connect(self._on_label)
        self.speakers.edited.connect(self.edited)

    def _form(self) -> QGridLayout:
        t = self._ctx.t
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        self.name, self.date, self.place = QLineEdit(), QLineEdit(), QLineEdit()
        self.method = ComboBox()
        for method in METHODS:
            self.method.addItem(t(METHOD_NAMES[method]), method)
        model = self.method.model()
        if isinstance(model, QStandardItemModel):
            model.item(METHODS.index("questionnaire")).setEnabled(False)
        fields: tuple[tuple[str, str, QWidget], ...] = (
            ("import_name", t("Name of the source"), self.name),
            ("import_method", t("Method"), self.method),
            ("import_date", t("Date"), self.date),
            ("import_place", t("Place"), self.place),
        )
        for name, caption, widget in fields:
            widget.setObjectName(name)
            widget.setAccessibleName(caption)
        grid.addWidget(label(fields[0][1], "small"), 0, 0, 1, 3)
        grid.addWidget(self.name, 1, 0, 1, 3)
        for number, (_, caption, widget) in enumerate(fields[1:]):
            grid.addWidget(label(caption, "small"), 2, number)
            grid.addWidget(widget, 3, number)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 3)
        self.name.editingFinished.connect(self._on_name)
        self.method.activated.connect(lambda _: self.chosen.emit(Choices(method=self.method.currentData())))
        self.date.editingFinished.connect(self._on_date)
        self.date.textChanged.connect(self._check_date)
        self.place.editingFinished.connect(self._on_place)
        return grid

    def show_entry(self, entry: Entry | None) -> None:
        """Show what was understood of the file."""
        other = self._entry is None or entry is None or self._entry.path != entry.path
        self._entry = entry
        t = self._ctx.t
        if entry is None:
            self._stack.setCurrentWidget(self.problem)
            self.problem.set(t("Nothing to import"), t("Drop transcripts here or press Ctrl+I"))
        elif entry.error is not None:
            self._stack.setCurrentWidget(self.problem)
            self.problem.set(t("This file can't come in"), entry.error.say(self._ctx.words))
        elif entry.draft is None:
            self._stack.setCurrentWidget(self.problem)
            self.problem.set(t("Reading…"), entry.path.name)
        else:
            self._stack.setCurrentWidget(self._page)
            self._show_draft(entry, other)

    def _show_draft(self, entry: Entry, other: bool) -> None:
        draft, ctx = entry.finished(), self._ctx
        for field, text in (
            (self.name, draft.name),
            (self.date, ctx.words.date(draft.date)),
            (self.place, draft.place or ""),
        ):
            if other or not (field.hasFocus() and field.isModified()):
                field.setText(text)
                field.setCursorPosition(0)
                field.setModified(False)
        self.method.setCurrentIndex(METHODS.index(draft.method))
        remarks = [notice.say(ctx.words) for notice in draft.notices]
        if entry.changed:
            said = ctx.t("this file is in the project as “{name}”; it is not imported again", name=entry.twin)
            remarks.insert(0, said)
        elif entry.twin:
            remarks.insert(0, ctx.t("the text is the same as “{name}”; it is not imported again", name=entry.twin))
        self.notices.setText("\n".join(words[:1].upper() + words[1:] for words in remarks))
        self.notices.setVisible(bool(remarks))
        self._show_comments(entry)
        self.columns.show_table(draft.table)
        self._columns_head.setVisible(draft.table is not None)
        self.speakers.show_draft(draft, self._known)
        lines = len(self.speakers.labels())
        self.speakers.setVisible(bool(lines))
        self._speakers_head.setVisible(bool(lines))
        self.speakers.setFixedHeight(min(ctx.theme.px(36) * lines + 4, ctx.theme.px(150)))
        shown = (draft.text, draft.turns, draft.speakers, draft.header_end, draft.method)
        if shown != self._shown:
            self._shown = shown
            place = None if other else self.text.place()
            self.text.set_source(as_source(draft), hard_wraps(draft.text, draft.turns, draft.header_end))
            if place is not None:
                self.text.restore_place(place)

    def _show_comments(self, entry: Entry) -> None:
        comments = entry.draft.comments if entry.draft is not None else ()
        n, box = self._ctx.n, self.comments
        box.setText(
            n(
                "Keep the {count} comment in the file as a memo of the source",
                "Keep the {count} comments in the file as a memo of the source",
                count=len(comments),
            )
        )
        box.blockSignals(True)
        box.setChecked(not entry.comments_out)
        box.blockSignals(False)
        authors = dict.fromkeys(comment.author for comment in comments if comment.author)
        box.setToolTip(self._ctx.t("written by {names}", names=", ".join(authors)) if authors else "")
        box.setVisible(bool(comments))

    def _on_name(self) -> None:
        name = " ".join(self.name.text().split())
        if self.name.isModified() and name:
            self.name.setModified(False)
            self.named.emit(name)

    def _on_date(self) -> None:
        written = self.date.text().strip()
        found = parse_date(written) if written else ""
        if self.date.isModified() and found is not None:
            self.date.setModified(False)
            self.chosen.emit(Choices(date=found))

    def _check_date(self, text: str) -> None:
        wrong = bool(text.strip()) and parse_date(text) is None
        set_look(self.date, "invalid", wrong)
        self.date.setToolTip(self._ctx.t("This is no date that is understood.") if wrong else "")

    def _on_place(self) -> None:
        if self.place.isModified():
            self.place.setModified(False)
            self.chosen.emit(Choices(place=" ".join(self.place.text().split())))

    def _on_label(self, name: str, choice: LabelChoice) -> None:
        self.chosen.emit(Choices(labels=((name, choice),)))


def as_source(draft: Draft) -> SourceText:
    """The draft as the text view shows sources."""
    turns = []
    for turn in draft.turns:
        speaker = draft.speakers[turn.speaker]
        informant = speaker.code if speaker.kind == "informant" else None
        turns.append(
            TurnRow(
                "", turn.start, turn.end, turn.label_start, turn.label_end, speaker.kind, speaker.label, informant, None
            )
        )
    return SourceText(
        "",
        draft.name,
        draft.method,
        draft.date,
        draft.place,
        draft.text,
        draft.header_end,
        tuple(turns),
        draft.sentences,
    )
