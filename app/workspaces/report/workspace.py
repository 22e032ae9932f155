"""The workspace Report: choices at the left, the page at the right, and the way to Word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.actions.registry import Action
from app.context import Context
from app.privacy.held import HeldLine
from app.widgets.parts import button, label, line
from app.workspaces.base import Workspace
from app.workspaces.report.making import ReportMaker
from app.workspaces.report.options_panel import OptionsPanel
from app.workspaces.report.preview import PreviewPane
from app.workspaces.report.reading import Facts, read_facts
from app.workspaces.report.saved import SavedReports
from app.workspaces.report.writing_again import write_again
from app.workspaces.report_draft import ReportDraft
from coding.changes import Changes
from coding.errors import mark
from coding.privacy.exporting import Held
from coding.reports.options import ReportResult
from coding.reports.preview import Sheet
from coding.reports.saved import SavedReport
from coding.reports.wording import capital

FORMATS = {
    ".docx": mark("Word document"),
    ".pdf": mark("PDF document"),
    ".html": mark("Web page, figures lead to passages"),
    ".xlsx": mark("Excel workbook"),
    ".csv": mark("Plain tables"),
    ".md": mark("Markdown"),
    ".tex": mark("LaTeX"),
}
"""What a report can be written as, and what each is called."""
PAUSE = 350
"""Milliseconds without a further change before the preview is made again."""
OPTIONS = 336
SHOWS = Changes.PROJECT | Changes.SOURCES | Changes.INFORMANTS | Changes.CODES | Changes.SEGMENTS | Changes.FINDINGS


class ReportWorkspace(Workspace):
    """What is on screen is what goes to Word."""

    key = "report"
    title = mark("Report")
    icon = "report"

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.draft = ReportDraft.of(ctx)
        self.options = OptionsPanel(ctx)
        self.preview = PreviewPane(ctx)
        self.maker = ReportMaker(ctx, self)
        self.options.template.maker = self.maker
        self.saved = SavedReports(ctx, self)
        self._stale = True
        self._writing = False
        self._written: Path | None = None
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.update_preview)
        self.draft.changed.connect(self._on_draft)
        self.saved.changed.connect(self._say_saved)
        self.saved.write_again.connect(self.write_again)
        self.preview.zoom_changed.connect(lambda *_: self._say_zoom())
        self.preview.counted.connect(self._say_pages)
        self.maker.preview_changed.connect(self._say_pages)
        self.retranslate()

    def _build(self) -> None:
        self.export_button = button("", "primary", name="export_word")
        self.export_button.clicked.connect(self.export)
        self.result = self._make_result()
        self.personal = HeldLine(self.ctx)
        foot = QFrame()
        foot.setProperty("surface", "side")
        column = QVBoxLayout(foot)
        column.setContentsMargins(16, 10, 14, 12)
        column.setSpacing(8)
        column.addWidget(self.personal)
        column.addWidget(self.export_button)
        column.addWidget(self.result)
        left = QFrame()
        left.setProperty("surface", "side")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.saved_button = button("", "quiet", name="saved_reports_button")
        self.saved_button.clicked.connect(lambda: self.saved.show_menu(self.saved_button, writable=self._writable))
        bar = QHBoxLayout()
        bar.setContentsMargins(10, 6, 10, 2)
        bar.addWidget(self.saved_button)
        bar.addStretch(1)
        column.addLayout(bar)
        column.addWidget(self.options, 1)
        column.addWidget(line())
        column.addWidget(foot)
        left.setMinimumWidth(276)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self._make_page())
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setCollapsible(0, False)
        self.splitter.setCollapsible(1, False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.splitter)
        self.splitter.setSizes([self.ctx.theme.px(OPTIONS), 1000])

    def _make_result(self) -> QWidget:
        """What was written last, and the ways to it."""
        card = QFrame()
        card.setProperty("surface", "card")
        card.setObjectName("report_result")
        column = QVBoxLayout(card)
        column.setContentsMargins(10, 8, 10, 6)
        column.setSpacing(4)
        self._result_text = label("", wrap=True, select=True)
        self.open_button = button("", "link", name="open_report")
        self.open_button.clicked.connect(lambda: self._show(self._written))
        self.folder_button = button("", "link", name="show_report_folder")
        self.folder_button.clicked.connect(lambda: self._show(self._written.parent if self._written else None))
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.open_button)
        row.addWidget(self.folder_button)
        row.addStretch(1)
        column.addWidget(self._result_text)
        column.addLayout(row)
        card.hide()
        return card

    def _make_page(self) -> QWidget:
        page = QFrame()
        page.setProperty("surface", "panel")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 6, 16, 6)
        head.setSpacing(4)
        self._caption = label("", "heading")
        self._hint = label("", "dim")
        self.smaller = button("−", "quiet", name="preview_smaller")
        self.smaller.clicked.connect(lambda: self.preview.step(-1))
        self.zoom_button = button("", "quiet", name="preview_fit")
        self.zoom_button.setCheckable(True)
        self.zoom_button.clicked.connect(lambda: self.preview.set_zoom(None))
        self.larger = button("+", "quiet", name="preview_larger")
        self.larger.clicked.connect(lambda: self.preview.step(1))
        head.addWidget(self._caption)
        head.addSpacing(8)
        head.addWidget(self._hint)
        head.addStretch(1)
        for made in (self.smaller, self.zoom_button, self.larger):
            head.addWidget(made)
        column.addLayout(head)
        column.addWidget(line())
        column.addWidget(self.preview, 1)
        return page

    # the project

    def on_project_opened(self) -> None:
        self._refresh()

    def on_project_closed(self) -> None:
        self._timer.stop()
        self._stale = True
        self._written = None
        # what was being written has been dropped with the project
        self.maker.drop()
        self._set_writing(False)
        self.saved.forget()
        self.result.hide()
        self.personal.show_held([])
        self.preview.clear()
        self.options.show_facts(None)

    def on_changed(self, changes: Any) -> None:
        if changes & Changes.VIEWS:
            self.saved.read()
        if changes & SHOWS:
            self._refresh()

    def on_shown(self) -> None:
        if self._stale:
            self._refresh()
        self.preview.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_draft(self) -> None:
        self._say_zoom()
        self._say_saved()
        if not self.isVisible():
            self._stale = True
        elif self.ctx.project is not None:
            self._timer.start()

    def _refresh(self) -> None:
        """Read what can be chosen and make the preview; later when nobody sees it now."""
        self._stale = not self.isVisible()
        if self._stale or self.ctx.project is None:
            return
        self.ctx.read(read_facts, self._on_facts, key="report.facts")
        self.saved.read()
        self.update_preview()

    def _on_facts(self, facts: Facts) -> None:
        self.options.show_facts(facts)

    def update_preview(self) -> None:
        """Make the preview of what is chosen now."""
        self._timer.stop()
        if self.ctx.project is None:
            return
        self.maker.preview(self.draft.choice.options(), self._on_preview)

    def _on_preview(self, sheets: tuple[Sheet, ...], held: list[Held]) -> None:
        self.preview.show_sheets(sheets)
        self.personal.show_held(held)

    @property
    def settled(self) -> bool:
        """Whether the preview shows what is chosen and nothing is being written."""
        return not self._timer.isActive() and not self.maker.busy and self.preview.done

    @property
    def _writable(self) -> bool:
        return self.ctx.project is not None and not self.ctx.project.read_only

    def state(self) -> dict[str, Any]:
        return {"splitter": self.splitter.sizes(), "zoom": None if self.zoom_button.isChecked() else self.preview.zoom}

    def restore(self, state: dict[str, Any]) -> None:
        sizes = state.get("splitter")
        if isinstance(sizes, list) and len(sizes) == 2 and all(isinstance(size, int) and size > 0 for size in sizes):
            self.splitter.setSizes(sizes)
        zoom = state.get("zoom")
        self.preview.set_zoom(float(zoom) if isinstance(zoom, int | float) else None)

    # Word

    def export(self) -> None:
        """Ask where to, and write the report."""
        project, t = self.ctx.project, self.ctx.t
        if project is None or self._writing or (problem := self._problem()) is not None:
            if project is not None and not self._writing:
                self.ctx.say(capital(problem or ""), "error")
            return
        usual = project.path.with_name(f"{project.path.stem} - {t('findings')}.docx")
        name = self.saved.place(project.path) or self._written or usual
        kinds = {f"{t(said)} (*{suffix})": suffix for suffix, said in FORMATS.items()}
        first = next((kind for kind, suffix in kinds.items() if suffix == name.suffix.lower()), "")
        chosen, kind = QFileDialog.getSaveFileName(self, t("Write the report"), str(name), ";;".join(kinds), first)
        if chosen:
            path, suffix = Path(chosen), kinds.get(kind, ".docx")
            self.write(path if path.suffix.lower() in FORMATS else path.with_name(path.name + suffix))

    def refresh_document(self) -> None:
        """Bring tables copied into a document of the user's up to date."""
        from app.workspaces.report.refresh_dialog import ask_refresh

        if self.ctx.project is not None:
            ask_refresh(self.ctx, self)

    def _problem(self) -> str | None:
        """Why nothing can be written, in one sentence."""
        if self.draft.choice.tables == ():
            return self.ctx.t("choose at least one table for the report")
        return self.options.attribution.problem()

    def write(self, path: Path) -> None:
        """Write the report to `path` in the background."""
        self._set_writing(True)
        self.maker.write(
            path,
            self.draft.choice.options(),
            lambda result: self._on_written(path, result),
            self._on_failed,
        )

    def write_again(self, report: SavedReport) -> None:
        """Write a saved report once more to where it was written last, with what is coded by now."""
        if not self._writing:
            self.saved.open(report, lambda: write_again(self.ctx, self, report, self.write))

    def _set_writing(self, writing: bool) -> None:
        self._writing = writing
        self.ctx.actions.refresh()
        self.export_button.setEnabled(not writing)
        self.export_button.setText(self.ctx.t("Writing…") if writing else self._export_text())
        self.export_button.setToolTip(f"{self._export_text()}  Ctrl+E")

    def _export_text(self) -> str:
        """What the button does: the format offered first is that of the file written last."""
        suffix = self._written.suffix.lower() if self._written is not None else ".docx"
        if suffix == ".docx":
            return self.ctx.t("Export to Word…")
        return self.ctx.t("Export as {format}…", format=suffix[1:].upper())

    def _on_written(self, asked: Path, result: ReportResult) -> None:
        self._written = path = result.path
        self._set_writing(False)
        self.saved.note_file(asked, result.digest)
        self._say_result()
        self.result.show()
        if not self.isVisible():
            self.ctx.say(self.ctx.t("Findings written to {file}", file=str(path)))

    def _on_failed(self) -> None:
        # what was written before is not what was asked for last
        self.result.hide()
        self._set_writing(False)

    def _show(self, path: Path | None) -> None:
        """Open a file or folder with the program the system has for it."""
        if path is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.ctx.say(self.ctx.t("There is no program to open {file} with", file=str(path)), "warning")

    # words

    def retranslate(self) -> None:
        t = self.ctx.t
        self.options.retranslate()
        self.personal.retranslate()
        self._caption.setText(t("Preview"))
        self._say_pages()
        self._set_writing(self._writing)
        self.open_button.setText(t("Open"))
        self.folder_button.setText(t("Show in folder"))
        self.smaller.setAccessibleName(t("Smaller"))
        self.smaller.setToolTip(t("Smaller"))
        self.larger.setAccessibleName(t("Larger"))
        self.larger.setToolTip(t("Larger"))
        self.zoom_button.setToolTip(t("Fit to the width"))
        self.preview.setAccessibleName(t("Preview"))
        self._say_result()
        self._say_zoom()
        self._say_saved()

    def _say_saved(self) -> None:
        t = self.ctx.t
        name = self.saved.current
        shown = t("{name} (changed)", name=name) if self.saved.modified else name or t("Saved reports")
        self.saved_button.setText(shown.replace("&", "&&") + "  ▾")
        self.saved_button.setAccessibleName(f"{t('Saved reports')}: {shown}" if name else shown)

    def _say_result(self) -> None:
        if self._written is not None:
            said = self.ctx.t("Findings written to {file}", file=self._written.name)
            if self._written.suffix.lower() == ".docx" and self.draft.choice.contents:
                # what page a heading is on is known to Word alone
                said += "\n" + self.ctx.t("In Word, press Ctrl+A and then F9: the lists get their page numbers.")
            self._result_text.setText(said)
            self._result_text.setToolTip(str(self._written))

    def _say_pages(self) -> None:
        template = self.draft.choice.template
        said = self.ctx.t("as it will stand in Word")
        if template is not None:  # what its styles and pages look like is known to Word alone
            said = self.ctx.t("the words as in Word, its look that of {template} there", template=template.path.name)
        if self.maker.previewing:
            said = self.ctx.t("Making the preview…")
        elif pages := self.preview.pages:
            said += " · " + self.ctx.n("about {count} page", "about {count} pages", count=pages)
        self._hint.setText(said)

    def _say_zoom(self) -> None:
        self.zoom_button.setText(self.ctx.words.percent(round(self.preview.zoom, 2)))
        self.zoom_button.setChecked(self.preview.fits)
        self.zoom_button.setAccessibleName(self.ctx.t("Size of the preview"))

    def actions(self) -> list[Action]:  # type: ignore[override]
        return [
            Action(
                "report.export_word", mark("Export to Word…"), self.export, ("Ctrl+E",), menu="project", group="report",
                when=lambda: not self._writing,
            ),
            Action(
                "report.refresh_document", mark("Refresh tables in a document…"), self.refresh_document,
                menu="project", group="report",
            ),
        ]  # fmt: skip
