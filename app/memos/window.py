"""The window of memos and journal: the list at the left, what is written at the right."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDate, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.context import Context
from app.dialogs.files import keep_folder, start_folder
from app.memos.keeping import keep_draft, store_memo
from app.memos.listing import KIND_NAMES, MemoDelegate, MemosModel
from app.models.row_lists import ROW
from app.widgets.fields import ComboBox, DateEdit
from app.widgets.own_keys import own_key
from app.widgets.parts import button, label, line
from app.widgets.row_view import RowView
from app.widgets.side_window import SideWindow
from app.workspaces.transcripts.memo_editor import MemoEditor
from coding.changes import Changes
from coding.errors import mark
from coding.memos.editing import add_page, change_page, remove_page, set_memo
from coding.memos.export import write_memos
from coding.memos.queries import blank, memos
from coding.memos.rows import MEMO_KINDS, MemoFilter, MemoKind, MemoRow
from coding.project import Operation
from coding.store.models import new_guid

PAUSE = 150
LEFT = 320
KINDS_OF_FILE = ("docx", "md", "xlsx", "csv")


class MemosWindow(SideWindow):
    """Every memo of the project. What is written is stored after a pause, and when one turns to something else."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(ctx, parent, "memos", 960, 600)
        self.model = MemosModel(ctx, self)
        self.shown: MemoRow | None = None
        self._wanted: str | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.renew)
        self._build()
        self._connect()
        self.retranslate()
        self._show(None)

    # building

    def _build(self) -> None:
        splitter = QSplitter()
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._left())
        splitter.addWidget(self._right())
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([self.ctx.theme.px(LEFT), self.width() - self.ctx.theme.px(LEFT)])
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(splitter)

    def _left(self) -> QWidget:
        left = QFrame()
        left.setProperty("surface", "side")
        left.setMinimumWidth(240)
        self.search = QLineEdit()
        self.search.setObjectName("memo_search")
        self.search.setClearButtonEnabled(True)
        self.kind = ComboBox()
        self.kind.setObjectName("memo_kind")
        self.new_page = button("", "", name="new_page")
        self.list = RowView(enter_goes=False)
        self.list.setObjectName("memo_list")
        self.list.setModel(self.model)
        self.list.setItemDelegate(MemoDelegate(self.ctx, self.list))
        self.list.setUniformItemSizes(True)
        self.nothing = label("", "dim", wrap=True)
        self.nothing.setContentsMargins(14, 8, 14, 0)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.export = button("", "", name="export_memos")
        fields = QVBoxLayout()
        fields.setContentsMargins(14, 14, 14, 0)
        fields.setSpacing(8)
        fields.addWidget(self.search)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.kind, 1)
        row.addWidget(self.new_page)
        fields.addLayout(row)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 8, 14, 10)
        foot.addWidget(self.export)
        foot.addStretch(1)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(fields)
        column.addWidget(self.nothing, 1)
        column.addWidget(self.list, 1)
        column.addWidget(line())
        column.addLayout(foot)
        return left

    def _right(self) -> QWidget:
        right = QFrame()
        right.setProperty("surface", "panel")
        self.heading = label("", "heading", wrap=True, select=True)
        self.title = QLineEdit()
        self.title.setObjectName("page_title")
        self.day = DateEdit()
        self.day.setObjectName("page_day")
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("d MMMM yyyy")
        self.place = label("", "dim", wrap=True)
        self.quote = label("", wrap=True, select=True)
        self.quote.setFont(self.ctx.theme.text_font(14, italic=True))
        self.editor = MemoEditor(self.ctx)
        self.go = button("", "link", name="memo_go")
        self.remove = button("", "quiet", name="memo_remove")
        column = QVBoxLayout(right)
        column.setContentsMargins(24, 18, 24, 12)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.title, 1)
        row.addWidget(self.day)
        column.addWidget(self.heading)
        column.addLayout(row)
        column.addWidget(self.place)
        column.addWidget(self.quote)
        column.addWidget(self.editor, 1)
        row = QHBoxLayout()
        row.addWidget(self.go)
        row.addStretch(1)
        row.addWidget(self.remove)
        column.addLayout(row)
        return right

    def _connect(self) -> None:
        ctx = self.ctx
        self.search.textChanged.connect(self._pause.start)
        self.kind.activated.connect(self.renew)
        self.list.selectionModel().currentChanged.connect(self._on_chosen)
        self.new_page.clicked.connect(self.add_page)
        self.editor.stored.connect(self._on_stored)
        self.editor.draft_changed.connect(self._on_draft)
        self.editor.left.connect(self.list.setFocus)
        self.title.editingFinished.connect(self._on_title)
        self.day.dateChanged.connect(self._on_day)
        self.go.clicked.connect(self._on_go)
        self.list.entered.connect(self.editor.setFocus)
        self.remove.clicked.connect(self._on_remove)
        self.export.clicked.connect(self._on_export)
        ctx.changed.connect(self._on_changed)
        ctx.leaving.connect(self.editor.store)
        ctx.project_closed.connect(self._on_closed)
        ctx.language_changed.connect(self.retranslate)
        ctx.theme_changed.connect(self.list.scheduleDelayedItemsLayout)
        QShortcut(QKeySequence("Ctrl+F"), self, self.search.setFocus)
        QShortcut(QKeySequence("Ctrl+N"), self, self.add_page)
        own_key(self.list, "Ctrl+Z", ctx.undo)
        own_key(self.list, "Delete", self._on_remove)

    # opening and reading

    def open_list(self) -> None:
        """Show the list as it is."""
        self.bring_up()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.renew()

    def open_at(self, kind: MemoKind, target: str) -> None:
        """Show the memo on one thing, to be written when there is none yet."""
        self.bring_up()
        with QSignalBlocker(self.search), QSignalBlocker(self.kind):
            self.search.clear()
            self.kind.setCurrentIndex(0)
        self._wanted = target
        self.ctx.read(lambda reader: blank(reader, kind, target), self._take_blank, key="memos.blank")
        self.renew()

    def _take_blank(self, row: MemoRow | None) -> None:
        known = row is not None and self.model.index_of(row.target).isValid()
        if row is not None and row.target == self._wanted and not known:
            self._show(row)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _filter(self) -> MemoFilter:
        kind = self.kind.currentData()
        return MemoFilter(frozenset({kind}) if kind else frozenset(), None, self.search.text())

    def renew(self) -> None:
        """Read the list again."""
        self._pause.stop()
        if self.ctx.project is not None and self.isVisible():
            wanted = self._filter()
            self.ctx.read(lambda reader: memos(reader, wanted), self._take, key="memos")

    def _take(self, rows: list[MemoRow]) -> None:
        with QSignalBlocker(self.list.selectionModel()):
            self.model.set_rows(rows)
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self._say_nothing()
        self.export.setEnabled(bool(rows))
        target = self._wanted or (self.shown.target if self.shown else None)
        index = self.model.index_of(target)
        if index.isValid():
            self._wanted = None
            with QSignalBlocker(self.list.selectionModel()):
                self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
            self._show(index.data(ROW))
        elif self.shown is not None and self.shown.created_at and not self.editor.unstored:
            self._show(None)
        self.list.viewport().update()

    def _say_nothing(self) -> None:
        t = self.ctx.t
        filtered = bool(self.search.text().strip() or self.kind.currentData())
        self.nothing.setText(
            t("No memo has these words.")
            if filtered
            else t("No memos yet. Write on a coded segment with Ctrl+M, or begin a journal page here.")
        )

    def _on_changed(self, changes: Any) -> None:
        if changes & (Changes.MEMOS | Changes.SEGMENTS | Changes.CODES | Changes.SOURCES | Changes.INFORMANTS):
            self.renew()

    def _on_closed(self) -> None:
        self.model.set_rows([])
        self.editor.forget()
        self.shown = None
        self._show(None)

    # what is shown at the right

    def _on_chosen(self) -> None:
        row = self.list.currentIndex().data(ROW)
        if row is not None:
            self._wanted = None
            self._show(row)

    def _show(self, row: MemoRow | None) -> None:
        self.shown = row
        page = row is not None and row.kind == "journal"
        for widget in (self.title, self.day):
            widget.setVisible(page)
        self.heading.setVisible(row is not None and not page)
        for made in (self.editor, self.remove):
            made.setVisible(row is not None)
        self.go.setVisible(row is not None and row.kind in ("source", "segment"))
        if row is None:
            self.editor.store()
            self.editor.forget()
            self.place.setText("")
            self.quote.hide()
            return
        ctx = self.ctx
        self.heading.setText(row.title(ctx.language))
        if page:
            with QSignalBlocker(self.title), QSignalBlocker(self.day):
                if not self.title.hasFocus():
                    self.title.setText(row.title_id)
                self.day.setDate(QDate.fromString(row.date, Qt.DateFormat.ISODate))
        changed = ctx.words.date(row.modified_at[:10] or None)
        where = "" if row.kind == "source" else row.source
        self.place.setText(
            " · ".join(part for part in (ctx.t(KIND_NAMES[row.kind]), where, row.coder, changed) if part)
        )
        self.quote.setText(f"“{row.quote}”")
        self.quote.setVisible(bool(row.quote))
        self.editor.show_memo(row.target, row.text)

    def _kind_of(self, target: str) -> MemoKind | None:
        if self.shown is not None and self.shown.target == target:
            return self.shown.kind
        row = self.model.index_of(target).data(ROW)
        return row.kind if row is not None else None

    def _on_stored(self, target: str, text: str) -> None:
        kind = self._kind_of(target)
        if kind is not None and self.ctx.project is not None:
            store_memo(self.ctx, kind, target, text)

    def _on_draft(self, target: str, text: str) -> None:
        kind = self._kind_of(target)
        if kind is not None:
            keep_draft(self.ctx, kind, target, text)

    def _on_title(self) -> None:
        row, title = self.shown, self.title.text()
        if row is not None and row.kind == "journal" and " ".join(title.split()) != row.title_id:
            self.ctx.operate(mark("Write in the journal"), lambda op: change_page(op, row.target, title=title))

    def _on_day(self, day: QDate) -> None:
        row, iso = self.shown, str(day.toString(Qt.DateFormat.ISODate))
        if row is not None and row.kind == "journal" and iso != row.date:
            self.ctx.operate(mark("Write in the journal"), lambda op: change_page(op, row.target, day=iso))

    # what can be done

    def add_page(self) -> None:
        """Begin a page of the journal, dated today."""
        self.editor.store()
        guid = new_guid()
        title = self.ctx.t("Notes of {date}", date=self.ctx.words.today())
        with QSignalBlocker(self.search), QSignalBlocker(self.kind):
            self.search.clear()
            self.kind.setCurrentIndex(0)
        self._wanted = guid

        def made(_: Any) -> None:
            self.renew()
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

        today = date.today().isoformat()
        self.ctx.operate(mark("Begin a journal page"), lambda op: add_page(op, title, "", today, guid), made)

    def _on_go(self) -> None:
        if self.shown is not None and self.shown.kind == "segment":
            self.ctx.go_to_segment(self.shown.target)
        elif self.shown is not None:
            self.ctx.go_to_source(self.shown.target)

    def _on_remove(self) -> None:
        row = self.shown
        if row is None:
            return
        self.editor.forget()

        def work(op: Operation) -> None:
            if row.kind == "journal":
                remove_page(op, row.target)
            else:
                set_memo(op, row.kind, row.target, "")

        self._show(None)
        self.ctx.operate(mark("Remove a journal page") if row.kind == "journal" else mark("Remove a memo"), work)

    def _on_export(self) -> None:
        ctx = self.ctx
        names = (ctx.t("Word document"), "Markdown", ctx.t("Excel table"), ctx.t("CSV table"))
        kinds = ";;".join(f"{name} (*.{kind})" for name, kind in zip(names, KINDS_OF_FILE, strict=True))
        first = start_folder(ctx) / f"{ctx.t('Memos')}.docx"
        chosen, _ = QFileDialog.getSaveFileName(self, ctx.t("Export memos"), str(first), kinds)
        if chosen:
            self.export_to(Path(chosen))

    def export_to(self, path: Path) -> None:
        """Write the memos that the filter lets through to `path`."""
        ctx, wanted, words = self.ctx, self._filter(), self.ctx.words
        keep_folder(ctx, path)

        def wrote(count: int) -> None:
            said = ctx.n(
                "{count} memo written to {file}", "{count} memos written to {file}", count=count, file=path.name
            )
            ctx.say(said)

        self.editor.store()
        ctx.read(
            lambda reader: write_memos(path, memos(reader, wanted), words),
            wrote,
            task=ctx.task(mark("Exporting memos…")),
        )

    def retranslate(self) -> None:
        t = self.ctx.t
        self.setWindowTitle(t("Memos and journal"))
        self.search.setPlaceholderText(t("Search the memos"))
        self.new_page.setText(t("New page"))
        self.new_page.setToolTip(t("New page of the research journal  Ctrl+N"))
        self.export.setText(t("Export…"))
        self.go.setText(t("Show it in the transcript"))
        self.remove.setText(t("Remove"))
        self.title.setPlaceholderText(t("Title of the page"))
        self.editor.setPlaceholderText(t("Write here; it is stored by itself"))
        chosen = self.kind.currentIndex()
        self.kind.clear()
        self.kind.addItem(t("All memos"), None)
        for kind in MEMO_KINDS:
            self.kind.addItem(t(KIND_NAMES[kind]), kind)
        self.kind.setCurrentIndex(max(0, chosen))
        for widget, name in (
            (self.search, t("Search the memos")),
            (self.kind, t("Kind of memo")),
            (self.list, t("Memos")),
            (self.title, t("Title of the page")),
            (self.day, t("Date")),
            (self.editor, t("Memo")),
        ):
            widget.setAccessibleName(name)
        self._say_nothing()
        self.model.refresh()
        if self.shown is not None:
            self._show(self.shown)


def memos_window(ctx: Context, window: QWidget) -> MemosWindow:
    """The window, made when first wanted."""
    shown = window.findChild(MemosWindow)
    return shown if isinstance(shown, MemosWindow) else MemosWindow(ctx, window)
