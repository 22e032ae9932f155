"""The workspace Matrices: tabs over a table at the left, and what stands behind its numbers at the right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout

from app.actions.registry import Action
from app.context import Context
from app.models.matrix_choice import FactorChoice, MatrixChoice
from app.models.matrix_evidence import Door, Opened
from app.widgets.evidence_panel import EvidencePanel
from app.widgets.overflow_tabs import OverflowTabs
from app.widgets.parts import line
from app.workspaces.base import Workspace
from app.workspaces.matrices.agreement import AgreementTab
from app.workspaces.matrices.conclusions import ConclusionsTab
from app.workspaces.matrices.cooccurrence import CoOccurrenceTab
from app.workspaces.matrices.counts import CountTab
from app.workspaces.matrices.crosstab import CrosstabTab
from app.workspaces.matrices.factors import FactorsTab
from app.workspaces.matrices.framework_matrix import FrameworkMatrixTab
from app.workspaces.matrices.frequency import FrequencyTab
from app.workspaces.matrices.pinning import PinButton, PinDialog, offered
from app.workspaces.matrices.saturation import SaturationTab
from app.workspaces.matrices.tab import MatrixTab, widen
from app.workspaces.matrices.triangulation import TriangulationTab
from app.workspaces.matrices.words import WordsTab
from coding.analysis.pinned import Pinned, pin, pinned, unpin
from coding.changes import Changes
from coding.errors import mark

PANEL = 330
WHILE = 4000
"""Milliseconds in Matrices after which the reports get ready."""
SHOWS = (
    Changes.SOURCES
    | Changes.INFORMANTS
    | Changes.CODES
    | Changes.SEGMENTS
    | Changes.MEMOS
    | Changes.FINDINGS
    | Changes.REVIEW
)
"""What, when it changes, makes the numbers or the cards change."""


COUNTS: tuple[type[CountTab], ...] = (
    FrequencyTab,
    CrosstabTab,
    CoOccurrenceTab,
    SaturationTab,
    WordsTab,
    AgreementTab,
)


class MatricesWorkspace(Workspace):
    """Triangulation, factors and counts, with one panel for the passages of each."""

    key = "matrices"
    title = mark("Matrices")
    icon = "matrices"

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.tabs = OverflowTabs()
        self.pins = PinButton(ctx)
        self.triangulation = TriangulationTab(ctx)
        self.factors = FactorsTab(ctx)
        self.framework_matrix = FrameworkMatrixTab(ctx)
        self.conclusions = ConclusionsTab(ctx)
        self.counts = {kind.name: kind(ctx) for kind in COUNTS}
        self.pages = QStackedWidget()
        self.panel = EvidencePanel(ctx)
        self._build()
        self.tabs.chosen.connect(self._on_tab)
        for tab in self._tabs().values():
            tab.door_opened.connect(lambda opened, focus, tab=tab: self._on_door(tab, opened, focus))
            tab.door_closed.connect(lambda tab=tab: self._on_gone(tab))
        self.pins.chosen.connect(self.show_pinned)
        self.pins.removed.connect(self._unpin)
        self.pins.pin_asked.connect(self.pin)
        self.pins.entries.aboutToShow.connect(self._fill_pins)
        self.panel.left.connect(self._focus_table)
        self.panel.finding_written.connect(lambda door, text: self._writer(door).write_finding(door, text))
        ctx.leaving.connect(self.panel.finding.flush)
        self.panel.judging_asked.connect(self.triangulation.ask_judgement)
        self.panel.judgement_removed.connect(self.triangulation.remove_judgement)
        self.retranslate()

    def _build(self) -> None:
        main = QFrame()
        main.setProperty("surface", "panel")
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.addWidget(self.tabs, 1)
        head.addWidget(self.pins)
        column.addLayout(head)
        column.addWidget(line())
        column.addWidget(self.pages, 1)
        for tab in self._tabs().values():
            self.pages.addWidget(tab)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("matrices_splitter")
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(main)
        self.splitter.addWidget(self.panel)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.setCollapsible(0, False)
        self.splitter.setCollapsible(1, False)
        self.panel.setMinimumWidth(240)
        main.setMinimumWidth(480)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.splitter)
        self._sizes = [1000, self.ctx.theme.px(PANEL)]
        self.splitter.setSizes(self._sizes)
        self.panel.hide()

    def _show_panel(self, wanted: bool = False) -> None:
        """The panel has room where something is open in it, or is `wanted`, and none where nothing is; what to do is
        said then."""
        wanted = wanted or self.panel.opened is not None
        if wanted and self.panel.isHidden():
            self.panel.show()
            self.splitter.setSizes(self._sizes)
        elif not wanted and not self.panel.isHidden():
            self._keep_sizes()
            held = self.panel.isAncestorOf(QApplication.focusWidget() or self)
            self.panel.hide()
            if held:
                self._focus_table()
        hint = self.ctx.t("Choose a cell, a status or a row: its passages open beside it.")
        self.remark("" if wanted or self.ctx.project is None else hint)

    def _keep_sizes(self) -> None:
        if not self.panel.isHidden() and all(self.splitter.sizes()):
            self._sizes = self.splitter.sizes()

    def _tabs(self) -> dict[str, MatrixTab]:
        return {
            "triangulation": self.triangulation,
            "factors": self.factors,
            "framework_matrix": self.framework_matrix,
            "conclusions": self.conclusions,
            **self.counts,
        }

    @property
    def tab(self) -> MatrixTab:
        """The tab in front."""
        return self._tabs()[self.tabs.current() or "triangulation"]

    # the project

    def on_project_opened(self) -> None:
        self._read_pins()

    def _read_pins(self) -> None:
        self.ctx.read(pinned, self.pins.show_pinned, key="matrices.pinned")

    def on_project_closed(self) -> None:
        for tab in self._tabs().values():
            tab.clear()
        self.panel.clear()
        self._show_panel()
        self.pins.show_pinned(())

    def on_changed(self, changes: Any) -> None:
        if changes & Changes.VIEWS:
            self._read_pins()
            # the study's own common words and what it decided about columns are kept like views
            for one in (self.counts["words"], self.triangulation):
                one.refresh(shown=self.isVisible() and one is self.tab)
        if changes & SHOWS:
            for tab in self._tabs().values():
                tab.refresh(shown=self.isVisible() and tab is self.tab)

    def on_shown(self) -> None:
        self.tab.on_shown()
        self._show_panel()
        # after the window has brought it to the front
        QTimer.singleShot(0, self, self._focus_table)
        # who has looked at the matrices for a while will want to see the report
        QTimer.singleShot(WHILE, self, self._warm_reports)

    def _warm_reports(self) -> None:
        if self.isVisible() and self.ctx.project is not None:
            self.ctx.jobs.warm_reports()

    # pinned analyses

    def show_pinned(self, one: Pinned) -> None:
        """Show what was pinned, counted anew, in its tab."""
        if one.analysis.about == "factors":
            self.tabs.choose("factors")
            self.factors.choose(FactorChoice.of(one.analysis))
        else:
            self.tabs.choose("triangulation")
            self.triangulation.choose(MatrixChoice.of(one.analysis))
        self.tab.focus_table()

    def _fill_pins(self) -> None:
        self.pins.set_can_pin(self._can_pin())
        self.pins.fill()

    def pin(self) -> None:
        """Ask for a name and keep what is in front."""
        tab = self.tab
        analysis = tab.analysis()
        if analysis is None or self.ctx.project is None or self.ctx.project.read_only:
            return
        taken = [one.name for one in self.pins.pinned if one.analysis.about == analysis.about]

        def keep(name: str) -> None:
            self.ctx.operate(mark("Pin the analysis “{name}”"), lambda op: pin(op, name, analysis), name=name)

        PinDialog(self.ctx, self.window(), offered(self.ctx, tab.framework_name(), analysis), taken, keep).open()

    def _unpin(self, one: Pinned) -> None:
        self.ctx.operate(mark("Unpin the analysis “{name}”"), lambda op: unpin(op, one.guid), name=one.name)

    def _can_pin(self) -> bool:
        return self.isVisible() and self.tab.analysis() is not None and self._writable()

    def _writable(self) -> bool:
        return self.ctx.project is not None and not self.ctx.project.read_only

    def state(self) -> dict[str, Any]:
        self._keep_sizes()
        return {
            "tab": self.tabs.current(),
            "splitter": self._sizes,
            "triangulation": self.triangulation.state(),
            "factors": self.factors.state(),
            "framework_matrix": self.framework_matrix.state(),
            "conclusions": self.conclusions.state(),
            "counts": {name: tab.state() for name, tab in self.counts.items()},
        }

    def restore(self, state: dict[str, Any]) -> None:
        if state.get("tab") in self._tabs():
            self.tabs.choose(state["tab"])
        sizes = state.get("splitter")
        if isinstance(sizes, list) and len(sizes) == 2 and all(isinstance(size, int) and size > 0 for size in sizes):
            self._sizes = sizes
            self.splitter.setSizes(sizes)
        self.triangulation.restore(state.get("triangulation", {}))
        self.factors.restore(state.get("factors", {}))
        self.framework_matrix.restore(state.get("framework_matrix", {}))
        self.conclusions.restore(state.get("conclusions", {}))
        for name, count in self.counts.items():
            count.restore(state.get("counts", {}).get(name, {}))
        for tab in self._tabs().values():
            tab.refresh(shown=self.isVisible() and tab is self.tab)

    # tabs and doors

    def _on_tab(self, key: str) -> None:
        tab, focused = self._tabs()[key], QApplication.focusWidget()
        held = focused is not None and self.pages.isAncestorOf(focused)
        self.pages.setCurrentWidget(tab)
        if held:
            tab.focus_table()
        if tab.opened is not None:
            self._show_panel(True)
            self.panel.show_opened(tab.opened)
        else:
            self.panel.clear()
        self._show_panel()
        self.ctx.actions.refresh()
        if self.isVisible():
            tab.on_shown()

    def _on_door(self, tab: MatrixTab, opened: Opened, focus: bool) -> None:
        if tab is self.tab:
            self._show_panel(True)
            self.panel.show_opened(opened, focus=focus)

    def _writer(self, door: Door) -> TriangulationTab | FactorsTab:
        """The tab in which what is behind a door is written on."""
        return self.factors if door.about == "side" else self.triangulation

    def _focus_table(self) -> None:
        if self.isVisible():
            self.tab.focus_table()

    def _copy_table(self) -> None:
        self.tab.copy_table()

    def _can_copy(self) -> bool:
        return self.tab.copy_button.isEnabled()

    def _save_chart(self) -> None:
        self.tab.save_chart()

    def _can_draw(self) -> bool:
        return self.isVisible() and self.tab.chart_button.isEnabled() and bool(self.tab.charts())

    def _add_to_report(self) -> None:
        self.tab.add_to_report()

    def _can_add(self) -> bool:
        return self.tab.report_button.isEnabled()

    def _on_gone(self, tab: MatrixTab) -> None:
        if tab is self.tab:
            self.panel.clear()
            self._show_panel()

    # words, looks, actions

    def retranslate(self) -> None:
        t = self.ctx.t
        self.tabs.set_items(
            [
                ("triangulation", t("Triangulation")),
                ("factors", t("Factors")),
                ("framework_matrix", t("Framework matrix")),
                ("conclusions", t("Conclusions")),
                ("frequencies", t("Frequencies")),
                ("crosstab", t("Crosstab")),
                ("cooccurrence", t("Co-occurrence")),
                ("saturation", t("Saturation")),
                ("words", t("Words")),
                ("agreement", t("Coder agreement")),
            ]
        )
        self.tabs.set_more(t("More"))
        self.pins.say()
        widen(self.ctx, self.tabs, self._tabs())
        for tab in self._tabs().values():
            tab.retranslate()
        if self.isVisible():
            self._show_panel()

    def on_theme_changed(self) -> None:
        widen(self.ctx, self.tabs, self._tabs())
        self.pins.say()
        for tab in self._tabs().values():
            tab.take_theme()
        self.tabs.fold()

    def actions(self) -> list[Action]:  # type: ignore[override]
        rows = self.triangulation.view.rows

        def triangulating() -> bool:
            return self.tab is self.triangulation and bool(rows.lines)

        def step(by: int) -> None:
            self.tabs.step(by)
            self.tab.focus_table()

        def expand(expanded: bool) -> None:
            rows.expand_all(expanded)

        return [
            Action("matrix.next_tab", mark("Next tab"), lambda: step(1), ("Ctrl+Alt+PgDown",), "view", "tabs",
                   self.isVisible),
            Action("matrix.previous_tab", mark("Previous tab"), lambda: step(-1), ("Ctrl+Alt+PgUp",), "view", "tabs",
                   self.isVisible),
            Action("matrix.copy_table", mark("Copy as table"), self._copy_table, ("Ctrl+Shift+C",), "edit", "tables",
                   self._can_copy),
            Action("matrix.expand_all", mark("Expand all rows"), lambda: expand(True), ("Ctrl+Shift+Right",), "view",
                   "rows", triangulating),
            Action("matrix.collapse_all", mark("Collapse all rows"), lambda: expand(False), ("Ctrl+Shift+Left",),
                   "view", "rows", triangulating),
            Action("matrix.part_all", mark("Split all cells into their voices"),
                   lambda: rows.part_all(not rows.parted), ("Ctrl+Shift+Space",), "view", "rows", triangulating),
            Action("matrix.quotations", mark("Quotations in cells"), self.triangulation.quoting.toggle, (), "view",
                   "rows", triangulating, lambda: self.triangulation.quoting.on),
            Action("matrix.add_to_report", mark("Add to report"), self._add_to_report, ("Ctrl+Shift+E",), "project",
                   "report", self._can_add),
            Action("matrix.save_chart", mark("Save chart…"), self._save_chart, (), "project", "report",
                   self._can_draw),
            Action("matrix.pin", mark("Pin this analysis…"), self.pin, (), "project", "report", self._can_pin),
        ]  # fmt: skip
