"""The import: every file is read and shown as it was understood; nothing is stored before the user says so."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QProgressBar, QSplitter, QVBoxLayout, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.dialogs.import_entries import EntriesModel, Entry, EntryDelegate
from app.dialogs.import_pane import DraftPane
from app.dialogs.import_reading import ImportReader, context_of
from app.dialogs.import_speakers import KINDS
from app.widgets.parts import ElidedLabel, button, label
from app.widgets.row_view import RowView
from coding.transcripts.drafts import Choices, Draft
from coding.transcripts.intake import files_in
from coding.transcripts.preview import Known


class DoubtStrip(QFrame):
    """Asks once for the whole batch who stands behind a label. `answered` carries the label and the kind."""

    answered = Signal(str, str)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.label = ""
        self.setObjectName("doubt_strip")
        self.setProperty("surface", "side")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 10, 20, 10)
        column.setSpacing(6)
        self._question = label("", wrap=True)
        font = self._question.font()
        font.setBold(True)
        self._question.setFont(font)
        self._example = ElidedLabel("", "dim")
        row = QHBoxLayout()
        row.setSpacing(8)
        self.buttons = {}
        for kind, words in KINDS.items():
            made = button(ctx.t(words), name=f"doubt_{kind}")
            made.clicked.connect(lambda _=False, k=kind: self.answered.emit(self.label, k))
            row.addWidget(made)
            self.buttons[kind] = made
        row.addStretch(1)
        column.addWidget(self._question)
        column.addWidget(self._example)
        column.addLayout(row)
        self.hide()

    def ask(self, name: str, files: int, example: str, more: int) -> None:
        """Ask about a label that is in doubt in so many files; `more` others follow."""
        self.label = name
        words = self._ctx.n(
            "Who is “{label}”? It is in doubt in {count} file.",
            "Who is “{label}”? It is in doubt in {count} files.",
            count=files,
            label=name,
        )
        if more:
            words += " " + self._ctx.n("{count} more label follows.", "{count} more labels follow.", count=more)
        self._question.setText(words)
        self._example.setText(example)
        self.show()


class ImportDialog(Dialog):
    """Files at the left, what was understood at the right. `confirmed` carries the drafts that are to be stored."""

    confirmed = Signal(list)

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
        self._build(known)
        self.reader.changed.connect(self._on_entry)
        self.reader.progressed.connect(self._refresh)
        self.add_files(paths)
        room = parent.window().size() if parent is not None else self.size()
        self.resize(min(ctx.theme.px(1160), room.width() - 60), min(ctx.theme.px(760), room.height() - 40))
        self.finished.connect(self.reader.stop)

    def _build(self, known: Known) -> None:
        ctx, t = self.ctx, self.ctx.t
        self.doubt = DoubtStrip(ctx)
        self.doubt.answered.connect(self._on_answer)
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
        left = QFrame()
        left.setProperty("surface", "panel")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        hint = label(t("Del leaves a file out, and takes it in again."), "small", wrap=True)
        hint.setContentsMargins(14, 4, 14, 4)
        column.addWidget(hint)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(self.pane)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([ctx.theme.px(290), ctx.theme.px(870)])
        self.content.addWidget(self.doubt)
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
        self.reader.add(files_in(list(paths)))
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
        doubts = self.reader.doubts()
        if not doubts or self.reader.reading:
            self.doubt.setVisible(False)
            return
        name, paths = next(iter(doubts.items()))
        draft = self.reader.entries[paths[0]].draft
        example = context_of(draft, name) if draft is not None else ""
        self.doubt.ask(name, len(paths), example, len(doubts) - 1)

    def _on_answer(self, name: str, kind: str) -> None:
        self.reader.answer(name, kind, self.reader.doubts().get(name, []))
        self._refresh()

    # the foot

    def drafts(self) -> list[Draft]:
        """What would be stored now."""
        return [entry.finished() for entry in self.reader.entries.values() if entry.comes_in]

    def _refresh(self) -> None:
        ctx, t = self.ctx, self.ctx.t
        entries = list(self.reader.entries.values())
        waiting = sum(entry.state == "waiting" for entry in entries)
        self.progress.setVisible(bool(waiting))
        self.progress.setRange(0, max(len(entries), 1))
        self.progress.setValue(len(entries) - waiting)
        if waiting:
            self.summary.setText(t("read {number} of {total}", number=len(entries) - waiting, total=len(entries)))
        else:
            self.summary.setText(self._counts(entries))
        count = sum(entry.comes_in for entry in entries)
        self.go.setText(ctx.n("Import {count} source", "Import {count} sources", count=count) if count else t("Import"))
        self.go.setEnabled(count > 0 and not self.reader.reading)
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
        self.confirmed.emit(self.drafts())
        self.accept()

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
