"""Reports with a name: saving what is chosen, coming back to it, and writing it again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.widgets.parts import label
from app.workspaces.report_draft import ReportChoice, ReportDraft
from coding.errors import mark
from coding.reports.saved import SavedReport, forget_report, save_report, saved_reports


class SavedReports(QObject):
    """The saved reports of the project. `changed` after they were read; `write_again` carries one with its file."""

    changed = Signal()
    write_again = Signal(object)

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx, self._parent = ctx, parent
        self._draft = ReportDraft.of(ctx)
        self.reports: list[SavedReport] = []
        self.current = ""

    def read(self) -> None:
        """Read them again."""
        self._ctx.read(saved_reports, self._take, key="report.saved")

    def _take(self, found: list[SavedReport]) -> None:
        self.reports = found
        if self.current not in [one.name for one in found]:
            self.current = ""
        self.changed.emit()

    def forget(self) -> None:
        """There is no project any more."""
        self._take([])

    def open(self, report: SavedReport) -> None:
        """Choose what a saved report holds."""
        self.current = report.name
        self._draft.take(ReportChoice.of(report.options))
        self.changed.emit()

    def save(self, name: str, file: Path | None = None) -> None:
        """Keep what is chosen as `name`."""
        options, name = self._draft.choice.options(), " ".join(name.split())

        def saved(_guid: str) -> None:
            self.current = name
            self.read()

        self._ctx.operate(
            mark("Save the report “{name}”"), lambda op: save_report(op, name, options, file), saved, name=name
        )

    def remove(self, report: SavedReport) -> None:
        """Forget a saved report."""
        self._ctx.operate(
            mark("Remove the report “{name}”"), lambda op: forget_report(op, report.guid), name=report.name
        )

    def note_file(self, path: Path) -> None:
        """The report at hand was written to `path`: keep that with it."""
        report = next((one for one in self.reports if one.name == self.current), None)
        if report is not None and report.file != path and self._same(report):
            self.save(report.name, path)

    def _same(self, report: SavedReport) -> bool:
        return ReportChoice.of(report.options).options() == self._draft.choice.options()

    def show_menu(self, below: QPushButton, *, writable: bool) -> QMenu:
        """The menu of saved reports under a button."""
        t = self._ctx.t
        menu = QMenu(below)
        menu.setObjectName("saved_reports")
        menu.aboutToHide.connect(menu.deleteLater)
        for report in self.reports:
            action = menu.addAction(_plain(report.name))
            action.setCheckable(True)
            action.setChecked(report.name == self.current)
            action.triggered.connect(partial(self.open, report))
        if self.reports:
            menu.addSeparator()
        for report in self.reports:
            if report.file is not None:
                words = t("Write “{name}” again to {file}", name=report.name, file=report.file.name)
                menu.addAction(_plain(words)).triggered.connect(partial(self.write_again.emit, report))
        save = menu.addAction(t("Save the report as…"))
        save.setEnabled(writable)
        save.triggered.connect(self.ask_name)
        if self.reports and writable:
            rest = menu.addMenu(t("Remove"))
            for report in self.reports:
                rest.addAction(_plain(report.name)).triggered.connect(partial(self.remove, report))
        menu.popup(below.mapToGlobal(below.rect().bottomLeft()))
        return menu

    def ask_name(self) -> None:
        """Ask under which name to save."""
        taken = [one.name for one in self.reports]
        ReportNameDialog(self._ctx, self._parent, self.current, taken, self.save).open()


class ReportNameDialog(Dialog):
    """Asks under which name a report is kept."""

    def __init__(
        self, ctx: Context, parent: QWidget, name: str, taken: list[str], named: Callable[[str], object]
    ) -> None:
        super().__init__(ctx, parent, ctx.t("Save the report"))
        self.setObjectName("report_name_dialog")
        self.setMinimumWidth(ctx.theme.px(400))
        self._taken, self._named = taken, named
        self.edit = QLineEdit(name)
        self.edit.setObjectName("report_name")
        self.edit.setAccessibleName(ctx.t("Name"))
        self.edit.setMaxLength(120)
        self.edit.selectAll()
        self.edit.textChanged.connect(self._check)
        self.hint = label("", "dim", wrap=True)
        self.content.addWidget(label(ctx.t("Name"), "dim"))
        self.content.addWidget(self.edit)
        self.content.addWidget(self.hint)
        self.add_button(ctx.t("Cancel")).clicked.connect(self.reject)
        self.ok = self.add_button(ctx.t("Save"), "primary", name="report_name_ok", default=True)
        self.ok.clicked.connect(self._on_ok)
        self._check()

    def _check(self) -> None:
        name = " ".join(self.edit.text().split())
        self.ok.setEnabled(bool(name))
        known = name in self._taken
        self.hint.setText(self.ctx.t("A report with this name is replaced.") if known else "")

    def _on_ok(self) -> None:
        self._named(self.edit.text())
        self.accept()


def _plain(text: str) -> str:
    return text.replace("&", "&&")
