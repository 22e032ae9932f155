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
from coding.reports.saved import SavedReport, forget_report, note_written, same_report, save_report, saved_reports

_FORBIDDEN = frozenset('<>:"/\\|?*')
"""What the name of a file can't have on every system."""


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
            # a project that was closed comes back with what was chosen last
            self.current = next((one.name for one in found if self._same(one)), "")
        self.changed.emit()

    def forget(self) -> None:
        """There is no project any more."""
        self._take([])

    @property
    def chosen(self) -> SavedReport | None:
        """The saved report at hand."""
        return next((one for one in self.reports if one.name == self.current), None)

    @property
    def modified(self) -> bool:
        """Whether something else is chosen by now than the report at hand holds."""
        report = self.chosen
        return report is not None and not self._same(report)

    def place(self, project: Path) -> Path | None:
        """Where the report at hand is written: where it was last, else beside the project by its name."""
        report = self.chosen
        if report is None or report.file is not None:
            return report.file if report is not None else None
        name = " ".join("".join(" " if sign in _FORBIDDEN else sign for sign in report.name).split()).strip(" .")
        return project.with_name(f"{name or project.stem}.docx")

    def open(self, report: SavedReport, then: Callable[[], object] | None = None) -> None:
        """Choose what a saved report holds, then call `then`; changes to the report at hand are asked about first."""

        def take() -> None:
            self._choose(report)
            if then is not None:
                then()

        def keep() -> None:
            own = self.current == report.name
            self.save(self.current, done=then if own else take)

        if self.modified:
            UnsavedDialog(self._ctx, self._parent, self.current, keep if self._writable else None, take).open()
        else:
            take()

    @property
    def _writable(self) -> bool:
        return self._ctx.project is not None and not self._ctx.project.read_only

    def _choose(self, report: SavedReport) -> None:
        self.current = report.name
        self._draft.take(ReportChoice.of(report.options))
        self.changed.emit()

    def save(self, name: str, done: Callable[[], object] | None = None) -> None:
        """Keep what is chosen as `name`, with the file of the report that has the name."""
        options, name = self._draft.choice.options(), " ".join(name.split())
        old = next((one for one in self.reports if one.name == name), None)
        file, digest = (old.file, old.digest) if old is not None else (None, "")

        def saved(guid: str) -> None:
            # before it is read again: the report may be written meanwhile
            rest = [one for one in self.reports if one.name != name]
            self.reports = [*rest, SavedReport(guid, name, options, file, digest)]
            self.current = name
            self.read()
            if done is not None:
                done()

        self._ctx.operate(
            mark("Save the report “{name}”"), lambda op: save_report(op, name, options, file, digest), saved, name=name
        )

    def remove(self, report: SavedReport) -> None:
        """Forget a saved report."""
        self._ctx.operate(
            mark("Remove the report “{name}”"), lambda op: forget_report(op, report.guid), name=report.name
        )

    def note_file(self, path: Path, digest: str) -> None:
        """The report at hand was written: keep with it what was written where, for writing it again."""
        report = self.chosen
        if report is None or not self._writable or (report.file, report.digest) == (path, digest):
            return
        if self._same(report) or report.file == path:
            self._ctx.operate(
                mark("Note where the report “{name}” was written"),
                lambda op: note_written(op, report.name, path, digest),
                gesture=f"report.written {report.name}",
                name=report.name,
            )

    def _same(self, report: SavedReport) -> bool:
        return same_report(ReportChoice.of(report.options).options(), self._draft.choice.options())

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
        if self.modified and writable:
            changes = menu.addAction(_plain(t("Save the changes to “{name}”", name=self.current)))
            changes.triggered.connect(lambda: self.save(self.current))
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


class UnsavedDialog(Dialog):
    """Asks what becomes of changes to a saved report; `keep` saves them, None where nothing can be saved."""

    def __init__(
        self, ctx: Context, parent: QWidget, name: str, keep: Callable[[], None] | None, leave: Callable[[], None]
    ) -> None:
        super().__init__(ctx, parent, ctx.t("Changed report"))
        self.setObjectName("unsaved_report_dialog")
        self.setMinimumWidth(ctx.theme.px(440))
        t = ctx.t
        self.content.addWidget(
            label(t("The report “{name}” has changes that are not saved.", name=name), "", wrap=True)
        )
        self._keep, self._leave = keep, leave
        self.add_button(t("Cancel"), name="unsaved_cancel").clicked.connect(self.reject)
        drop = self.add_button(t("Drop the changes"), name="unsaved_drop", default=keep is None)
        drop.clicked.connect(self._on_drop)
        if keep is not None:
            save = self.add_button(t("Save the changes"), "primary", name="unsaved_save", default=True)
            save.clicked.connect(self._on_save)

    def _on_drop(self) -> None:
        self.accept()
        self._leave()

    def _on_save(self) -> None:
        self.accept()
        if self._keep is not None:
            self._keep()


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
