"""The import: every file is read and shown as it was understood; nothing is stored before the user says so, and then
all of it in one step, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QProgressBar, QSplitter, QVBoxLayout, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.dialogs.import_doubts import SINGLE_QUESTIONS, DoubtStrip
from app.dialogs.import_entries import EntriesModel, Entry, EntryDelegate
from app.dialogs.import_originals import OriginalsBox
from app.dialogs.import_pane import DraftPane
from app.dialogs.import_reading import ImportReader, context_of
from app.jobs.tasks import Task
from app.widgets.parts import label
from app.widgets.row_view import RowView
from coding.errors import CodingError
from coding.transcripts.drafts import Choices, Draft
from coding.transcripts.import_summary import Line
from coding.transcripts.preview import Known

_SOON = 100
"""Milliseconds between two looks at how far it is."""
_MANY = 40


class ImportDialog(Dialog):
    """Files at the left, what was understood at the right. `confirmed` carries the drafts that are to be stored and the
    task that shows how far that is; `stored` or `not_stored` follows."""

    confirmed = Signal(list, object)

    def __init__(
        self, ctx: Context, parent: QWidget | None, known: Known, answers: dict[str, str], paths: Iterable[Path]
    ) -> None:
        super().__init__(ctx, parent, ctx.t("Add transcripts"))
        self.setObjectName("import_dialog")
        self.setAcceptDrops(True)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(0)
        self.reader = ImportReader(ctx, known, answers, self)
        self.entries = EntriesModel(ctx, self)
        self._wanted = False
        self._answered = 0
        self.storing: Task | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self._refresh)
        self._watch = QTimer(self)
        self._watch.setInterval(_SOON)
        self._watch.timeout.connect(self._show_storing)
        self._build(known)
        self.reader.changed.connect(self._on_entry)
        self.reader.listed.connect(self._on_listed)
        self.reader.progressed.connect(self._refresh_soon)
        self.add_files(paths)
        room = parent.window().size() if parent is not None else self.size()
        self.resize(min(ctx.theme.px(1160), room.width() - 60), min(ctx.theme.px(760), room.height() - 40))
        self.finished.connect(self.reader.stop)

    def _build(self, known: Known) -> None:
        ctx, t = self.ctx, self.ctx.t
        self.doubt = DoubtStrip(ctx)
        self.doubt.answered.connect(self._on_answer)
        self.doubt.kept.connect(self._on_kept)
        self.doubt.singly.connect(self._on_singly)
        self.doubt.taken_back.connect(self._on_taken_back)
        self.list = RowView(enter_goes=False)
        self.list.setObjectName("import_files")
        self.list.setModel(self.entries)
        self.list.setItemDelegate(EntryDelegate(ctx, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(t("Files"))
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.pane = DraftPane(ctx, known)
        self.pane.named.connect(lambda name: self._change(name=name))
        self.pane.chosen.connect(self._on_choices)
        self.pane.edited.connect(self._on_edits)
        self.pane.mapped.connect(self._on_columns)
        self.pane.comments_wanted.connect(lambda wanted: self._change(comments_out=not wanted))
        left = QFrame()
        left.setProperty("surface", "panel")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        hint = label(t("Del leaves a file out, and takes it in again."), "small", wrap=True)
        hint.setContentsMargins(14, 4, 14, 4)
        column.addWidget(hint)
        self.originals = OriginalsBox(ctx)
        column.addWidget(self.originals)
        splitter = self._body = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        # below the text, where nobody is about to click when it comes
        right = QWidget()
        below = QVBoxLayout(right)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self.pane, 1)
        below.addWidget(self.doubt)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([ctx.theme.px(290), ctx.theme.px(870)])
        self.content.addWidget(splitter, 1)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(ctx.theme.px(140))
        self.summary = label("", "dim")
        self.buttons.insertWidget(0, self.progress)
        self.buttons.insertWidget(1, self.summary)
        self.add_button(t("Cancel"), name="import_cancel").clicked.connect(self.reject)
        self.go = self.add_button("", "primary", name="import_go", default=True)
        self.go.clicked.connect(self._on_go)

    # files

    def add_files(self, paths: Iterable[Path]) -> None:
        """Have more files, or all files of folders, looked at."""
        if self.storing is None:
            self.reader.add(paths)

    def _on_listed(self) -> None:
        self.entries.set_rows(list(self.reader.entries.values()))
        if not self.list.currentIndex().isValid() and self.entries.rows:
            self.list.setCurrentIndex(self.entries.index(0))
        self._refresh()

    def current(self) -> Entry | None:
        """The file that is shown."""
        index = self.list.currentIndex()
        return self.entries.rows[index.row()] if index.isValid() else None

    def _on_entry(self, path: Path) -> None:
        self.entries.replace_row(self.reader.entries[path])
        entry = self.current()
        if entry is not None and entry.path == path:
            self.pane.show_entry(entry)

    def _on_current(self, index: QModelIndex, _: QModelIndex) -> None:
        self.pane.show_entry(self.current())

    def _change(self, **values: Any) -> None:
        entry = self.current()
        if entry is not None:
            self.reader.change(entry.path, **values)

    def _on_choices(self, choices: Choices) -> None:
        entry = self.current()
        if entry is not None:
            self.reader.choose(entry.path, choices)

    def _on_columns(self, columns: dict[str, int]) -> None:
        entry = self.current()
        if entry is not None:
            self.reader.map_columns(entry.path, columns)

    def _on_edits(self, name: str, values: dict[str, Any]) -> None:
        entry = self.current()
        if entry is not None:
            self._change(edits={**entry.edits, name: {**entry.edits.get(name, {}), **values}})

    def toggle_left_out(self) -> None:
        """Leave the chosen file out, or take it in again."""
        entry = self.current()
        if entry is not None and entry.state in ("ok", "unsure"):
            self._change(left_out=not entry.left_out)

    # labels in doubt

    def _ask(self) -> None:
        self.doubt.back.setVisible(self.reader.answered)
        if self.reader.reading:
            self.doubt.wait()
            return
        doubts = self.reader.doubts()
        if not doubts and self.reader.answered:
            self.doubt.say_answered()
        elif not doubts:
            self.doubt.hide()
        elif self._answered >= SINGLE_QUESTIONS and len(doubts) > 1:
            self.doubt.ask_all([(name, self.reader.guess(name, paths[0])) for name, paths in doubts.items()])
        else:
            name, paths = next(iter(doubts.items()))
            draft = self.reader.entries[paths[0]].draft
            example = context_of(draft, name) if draft is not None else ""
            self.doubt.ask(name, self.reader.guess(name, paths[0]), len(paths), example, len(doubts) - 1)

    def _on_answer(self, name: str, kind: str) -> None:
        self._answered += 1
        self.reader.answer(name, kind, self.reader.doubts().get(name, []))
        self._refresh()

    def _on_kept(self) -> None:
        self.reader.keep_guesses()
        self._refresh()

    def _on_taken_back(self) -> None:
        self._answered = min(self._answered, SINGLE_QUESTIONS) - 1
        self.reader.take_back()
        self._refresh()

    def _on_singly(self) -> None:
        self._answered = -len(self.reader.doubts())
        self._refresh()

    # the foot

    def drafts(self) -> list[Draft]:
        """What would be stored now."""
        return [
            self.originals.of(entry.path, entry.finished()) for entry in self.reader.entries.values() if entry.comes_in
        ]

    def _refresh_soon(self) -> None:
        """Refresh, but with many files not for each of them."""
        if self.reader.reading and len(self.reader.entries) > _MANY:
            if not self._soon.isActive():
                self._soon.start()
        else:
            self._refresh()

    def _refresh(self) -> None:
        if self.storing is not None:
            return
        ctx, t = self.ctx, self.ctx.t
        entries = list(self.reader.entries.values())
        waiting = sum(entry.state == "waiting" for entry in entries)
        self.progress.setVisible(self.reader.reading > 0)
        self.progress.setRange(0, max(len(entries), 1))
        self.progress.setValue(len(entries) - waiting)
        if waiting:
            self.summary.setText(t("read {number} of {total}", number=len(entries) - waiting, total=len(entries)))
        elif self.reader.reading and not entries:
            self.summary.setText(t("looking for files…"))
        else:
            self.summary.setText(self._counts(entries))
        count = sum(entry.comes_in for entry in entries)
        self.go.setText(ctx.n("Import {count} source", "Import {count} sources", count=count) if count else t("Import"))
        self.go.setEnabled(count > 0 and not self.reader.reading)
        if not self.reader.reading:
            self.originals.show_size([entry.path for entry in entries if entry.comes_in])
        self._ask()
        if self._wanted and not self.reader.reading:
            self._store()

    def _counts(self, entries: list[Entry]) -> str:
        n = self.ctx.n
        states = [entry.state for entry in entries]
        parts = []
        if count := states.count("unsure"):
            parts.append(n("{count} to check", "{count} to check", count=count))
        if count := states.count("refused"):
            parts.append(n("{count} can't come in", "{count} can't come in", count=count))
        if count := states.count("duplicate"):
            parts.append(n("{count} already there", "{count} already there", count=count))
        return " · ".join(parts)

    def _on_go(self) -> None:
        # what is being written in a field counts, too, and may have to be read again
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)
        self._wanted = True
        self._refresh()

    def _store(self) -> None:
        self._wanted = False
        drafts = self.drafts()
        self.storing = Task(self.ctx.t("Importing…"), cancellable=True)
        self.doubt.hide()
        self._body.setEnabled(False)
        self.go.setEnabled(False)
        self._show_storing()
        self._watch.start()
        self.confirmed.emit(drafts, self.storing)

    def _show_storing(self) -> None:
        if self.storing is None:
            return
        t, task = self.ctx.t, self.storing
        self.progress.setVisible(True)
        self.progress.setRange(0, task.total)
        self.progress.setValue(task.done)
        if task.cancelled:
            self.summary.setText(t("stopping; nothing will be kept"))
        elif task.total:
            said = t("stored {number} of {total}; Cancel keeps nothing of it", number=task.done, total=task.total)
            self.summary.setText(said)

    def stored(self) -> None:
        """All of it is in the project."""
        self._end_storing()
        self.accept()

    def not_stored(self) -> None:
        """Nothing of it is in the project: it was cancelled, or could not be written."""
        self._end_storing()
        self._refresh()
        self.summary.setText(self.ctx.t("nothing was stored"))

    def _end_storing(self) -> None:
        self.storing = None
        self._watch.stop()
        self._body.setEnabled(True)

    def reject(self) -> None:
        if self.storing is None:
            super().reject()
        else:
            self.storing.stop()
            self._show_storing()

    def other_lines(self) -> list[Line]:
        """What became of the files that do not come in."""
        lines = []
        for entry in self.reader.entries.values():
            if entry.error is not None:
                lines.append(Line("refused", str(entry.path), entry.error))
            elif entry.twin:
                code = "source_there" if entry.changed else "source_duplicate_in_batch"
                why = CodingError(code, file=entry.path.name, source=entry.twin)
                lines.append(Line("duplicate", str(entry.path), why))
            elif not entry.comes_in:
                lines.append(Line("left_out", str(entry.path)))
        return lines + [Line("passed_over", str(path)) for path in self.reader.passed_over]

    # keys and drops

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.list.hasFocus():
            self.toggle_left_out()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(self.focusWidget(), QLineEdit):
            # Enter ends what is written in a field; only then does it import
            self.focusNextChild()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.add_files(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
