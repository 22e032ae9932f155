"""The history's window: every step of every coder, filtered; back to any of one's own; the log as a table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from app.dialogs.files import keep_folder, start_folder
from app.history.model import ROWS, WHAT, WHEN, WHO, HistoryModel
from app.widgets.fields import ComboBox
from app.widgets.parts import button, label
from app.widgets.side_window import SideWindow
from coding.audit import Entry, LogFilter, coders_in_log, log, write_log
from coding.errors import mark

if TYPE_CHECKING:
    from app.context import Context

PAUSE = 150
EVERYTHING = 10_000_000
PERIODS = ((mark("Any time"), 0), (mark("Today"), 1), (mark("Last 7 days"), 7), (mark("Last 30 days"), 30))


class HistoryWindow(SideWindow):
    """Shows the history of the open project, and follows it."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(ctx, parent, "history", 760, 560)
        self.model = HistoryModel(ctx)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.renew)
        self._build()
        self.coder.activated.connect(self.renew)
        self.period.activated.connect(self.renew)
        self.search.textChanged.connect(self._pause.start)
        self.model.renewed.connect(self._enable)
        self.list.selectionModel().currentChanged.connect(self._enable)
        self.back.clicked.connect(lambda: self._go(back=True))
        self.forward.clicked.connect(lambda: self._go(back=False))
        self.trail.clicked.connect(self._on_trail)
        self.export.clicked.connect(self._on_export)
        ctx.history_changed.connect(self._on_history)
        ctx.project_closed.connect(self.model.clear)
        ctx.language_changed.connect(self.retranslate)
        QShortcut(QKeySequence("Ctrl+F"), self, self.search.setFocus)
        self.retranslate()

    def _build(self) -> None:
        self.coder, self.period = ComboBox(), ComboBox()
        for box in (self.coder, self.period):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.list = QTreeView()
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAllColumnsShowFocus(True)
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.list.setModel(self.model)
        header = self.list.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(False)
        for column in (WHEN, WHO, ROWS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        self.said = label("", "dim", wrap=True)
        self.back = button("", "primary", name="history_back")
        self.forward = button("", "", name="history_forward")
        self.export = button("", "", name="history_export")
        self.trail = button("", "quiet", name="history_trail")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 12)
        outer.setSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.search, 1)
        row.addWidget(self.coder)
        row.addWidget(self.period)
        outer.addLayout(row)
        outer.addWidget(self.list, 1)
        outer.addWidget(self.said)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.export)
        row.addWidget(self.trail)
        row.addStretch(1)
        row.addWidget(self.forward)
        row.addWidget(self.back)
        outer.addLayout(row)

    def open(self) -> None:
        """Show the history as it is now."""
        self.bring_up()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ctx.read(coders_in_log, self._take_coders, key="history.coders")
        self.renew()

    def _take_coders(self, names: list[str]) -> None:
        chosen = self.coder.currentData()
        self.coder.clear()
        self.coder.addItem(self.ctx.t("All coders"), None)
        for name in names:
            self.coder.addItem(name, name)
        self.coder.setCurrentIndex(max(0, self.coder.findData(chosen)))

    def _filter(self) -> LogFilter:
        days = self.period.currentData() or 0
        since = None
        if days:
            midnight = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
            first = (midnight - timedelta(days=days - 1)).astimezone(UTC)
            since = first.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return LogFilter(self.coder.currentData(), since, self.search.text())

    def renew(self) -> None:
        """Read the history again, as the fields want it."""
        self._pause.stop()
        if self.ctx.project is not None and self.isVisible():
            self.model.renew(self._filter())

    def _on_history(self) -> None:
        if self.ctx.project is not None and self.isVisible():
            self.model.renew()

    # going back

    def _chosen(self) -> Entry | None:
        at = self.list.currentIndex().row()
        return self.model.entries[at] if 0 <= at < len(self.model.entries) else None

    def _enable(self) -> None:
        entry, project = self._chosen(), self.ctx.project
        mine = entry is not None and project is not None and entry.kind == "do" and entry.coder == project.coder
        self.back.setEnabled(entry is not None and mine and not entry.undone)
        self.forward.setEnabled(entry is not None and mine and entry.undone)
        self.export.setEnabled(bool(self.model.entries))

    def _go(self, *, back: bool) -> None:
        entry = self._chosen()
        if entry is not None:
            self.ctx.go_to_step(entry.id, back=back)

    # the log as a table

    def _on_export(self) -> None:
        ctx = self.ctx
        first = start_folder(ctx) / f"{ctx.t('History')}.xlsx"
        kinds = f"{ctx.t('Excel table')} (*.xlsx);;{ctx.t('CSV table')} (*.csv)"
        chosen, _ = QFileDialog.getSaveFileName(self, ctx.t("Export the history"), str(first), kinds)
        if chosen:
            self.export_to(Path(chosen))

    def export_to(self, path: Path) -> None:
        """Write what the filter lets through to `path`."""
        ctx, wanted, words = self.ctx, self._filter(), self.ctx.words
        keep_folder(ctx, path)

        def wrote(count: int) -> None:
            ctx.say(
                ctx.n("{count} step written to {file}", "{count} steps written to {file}", count=count, file=path.name)
            )

        ctx.read(
            lambda reader: write_log(path, log(reader, wanted, words, limit=EVERYTHING), words),
            wrote,
            task=ctx.task(mark("Exporting the history…")),
        )

    def _on_trail(self) -> None:
        ctx = self.ctx
        first = start_folder(ctx) / f"{ctx.t('Audit trail')}.xlsx"
        kinds = f"{ctx.t('Excel table')} (*.xlsx);;{ctx.t('CSV table')} (*.csv)"
        chosen, _ = QFileDialog.getSaveFileName(self, ctx.t("Export the audit trail"), str(first), kinds)
        if chosen:
            self.export_trail(Path(chosen))

    def export_trail(self, path: Path) -> None:
        """Write to `path` what every finding and conclusion rests on, and who coded, changed and reviewed it."""
        from coding.review.trail import trail, write_trail

        ctx, words = self.ctx, self.ctx.words
        keep_folder(ctx, path)

        def wrote(count: int) -> None:
            ctx.say(
                ctx.n("{count} line written to {file}", "{count} lines written to {file}", count=count, file=path.name)
            )

        ctx.read(
            lambda reader: write_trail(path, trail(reader), words),
            wrote,
            task=ctx.task(mark("Following the findings back…")),
        )

    def retranslate(self) -> None:
        t = self.ctx.t
        self.setWindowTitle(t("History"))
        self.trail.setText(t("Audit trail of findings…"))
        self.trail.setToolTip(t("A table that leads from each finding back to passages, coders and reviewers"))
        self.search.setPlaceholderText(t("Search the history"))
        for widget, name in (
            (self.search, t("Search the history")),
            (self.coder, t("Coder")),
            (self.period, t("Period")),
            (self.list, t("Steps, the newest first")),
        ):
            widget.setAccessibleName(name)
        self.said.setText(
            t(
                "Undo takes back your own steps, the newest first; those of other coders stay. "
                "The last 200 can be undone."
            )
        )
        self.back.setText(t("Undo back to this step"))
        self.forward.setText(t("Redo up to this step"))
        self.export.setText(t("Export…"))
        period = self.period.currentIndex()
        self.period.clear()
        for title, days in PERIODS:
            self.period.addItem(t(title), days)
        self.period.setCurrentIndex(max(0, period))
        if self.coder.count():
            self.coder.setItemText(0, t("All coders"))
        self.renew()


def show_history(ctx: Context, window: QWidget) -> HistoryWindow:
    """Bring the window up, made when first wanted."""
    shown = window.findChild(HistoryWindow)
    if not isinstance(shown, HistoryWindow):
        shown = HistoryWindow(ctx, window)
    shown.open()
    return shown
