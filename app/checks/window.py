"""The window of repeated quotations and of headings beside codes."""

from __future__ import annotations

from functools import partial
from typing import Any, Literal

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from app.context import Context
from app.theme import GLYPHS
from app.widgets.parts import SegmentedTabs, label, line
from app.widgets.side_window import SideWindow
from coding.analysis.headings import HeadingRow, headings, set_heading_code
from coding.analysis.repeated import Place, Repeated, repeated_quotations
from coding.changes import Changes
from coding.codes.queries import frameworks
from coding.codes.rows import FrameworkRow
from coding.errors import mark
from coding.project import Reader
from coding.segments.rows import SegmentRow

Part = Literal["repeated", "headings"]
GOAL = int(Qt.ItemDataRole.UserRole)
"""Where an item leads: ("segment", guid) or ("passage", source, start, end)."""
HEADING = GOAL + 1
RELEVANT = Changes.SEGMENTS | Changes.CODES | Changes.SOURCES | Changes.INFORMANTS


class ChecksWindow(SideWindow):
    """Two lists; Enter or a double click on a line leads to its place."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(ctx, parent, "checks", 820, 560)
        self._repeated: list[Repeated] = []
        self._headings: list[HeadingRow] = []
        self._frameworks: list[FrameworkRow] = []
        self._read = False
        self.tabs = SegmentedTabs()
        self.said = label("", "dim", wrap=True)
        self.tree = QTreeWidget()
        self.tree.setObjectName("checks_tree")
        self.tree.setColumnCount(2)
        self.tree.setUniformRowHeights(True)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.tabs)
        column.addWidget(self.said)
        column.addWidget(line())
        column.addWidget(self.tree, 1)
        self.tabs.chosen.connect(lambda _: self._fill())
        self.tree.itemActivated.connect(self._on_activated)
        self.tree.customContextMenuRequested.connect(self._on_menu)
        ctx.changed.connect(self._on_changed)
        ctx.project_closed.connect(self._on_closed)
        ctx.language_changed.connect(self.retranslate)
        self.retranslate()

    def open_part(self, part: Part) -> None:
        """Show one of the two lists."""
        self.bring_up()
        self.tabs.choose(part)
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        self.renew()

    def renew(self) -> None:
        """Read both lists again."""
        if self.ctx.project is not None and self.isVisible():
            self.ctx.read(_all, self._take, key="checks", task=self.ctx.task(mark("Looking for repeated quotations…")))

    def _take(self, found: tuple[list[Repeated], list[HeadingRow], list[FrameworkRow]]) -> None:
        self._repeated, self._headings, self._frameworks = found
        self._read = True
        self._fill()

    def _on_changed(self, changes: Any) -> None:
        if changes & RELEVANT:
            self.renew()

    def _on_closed(self) -> None:
        self._repeated, self._headings, self._frameworks, self._read = [], [], [], False
        self.tree.clear()

    # lists

    def _fill(self) -> None:
        kept = self.tree.currentIndex().row()
        self.tree.clear()
        repeated = self.tabs.current() != "headings"
        if repeated:
            self._fill_repeated()
        else:
            self._fill_headings()
        self.tree.expandAll()
        if 0 <= kept < self.tree.topLevelItemCount():
            self.tree.setCurrentIndex(self.tree.model().index(kept, 0))
        self.said.setText(self._words_for(repeated))

    def _words_for(self, repeated: bool) -> str:
        t, n = self.ctx.t, self.ctx.n
        if not self._read:
            return ""
        if repeated:
            if not self._repeated:
                return t("No coded quotation of five words or more occurs at a second place.")
            count = len(self._repeated)
            said = n(
                "{count} coded quotation occurs more than once.",
                "{count} coded quotations occur more than once.",
                count=count,
            )
            return f"{said} {t('Within one voice it counts as one passage; in two voices each has its own.')}"
        if not self._headings:
            return t(
                "No source has headings. They come from styles in Word, from # in Markdown, from numbers like 4.1."
            )
        count = sum(len(row.mismatches) for row in self._headings)
        if not count:
            return t("No coded segment stands under a heading of another dimension.")
        return n(
            "{count} coded segment stands under a heading of another dimension.",
            "{count} coded segments stand under a heading of another dimension.",
            count=count,
        )

    def _fill_repeated(self) -> None:
        for one in self._repeated:
            top = QTreeWidgetItem([f"“{' '.join(one.text.split())}”", self.ctx.words.number(len(one.places))])
            font = self.ctx.theme.text_font(13, italic=True)
            top.setFont(0, font)
            top.setToolTip(0, " ".join(one.text.split()))
            for place in one.places:
                item = QTreeWidgetItem([self._place(place), ", ".join(self._code(row) for row in place.segments)])
                item.setData(0, GOAL, ("passage", place.source_guid, place.start, place.end))
                top.addChild(item)
            top.setData(0, GOAL, top.child(0).data(0, GOAL))
            self.tree.addTopLevelItem(top)

    def _place(self, place: Place) -> str:
        who = ", ".join(dict.fromkeys(code for row in place.segments for code in row.informants))
        said = f"{who} · {place.source}" if who else place.source
        return said if place.segments else self.ctx.t("{place}: not coded here", place=said)

    def _code(self, row: SegmentRow) -> str:
        glyph = GLYPHS[row.valence]
        return f"{row.label(self.ctx.language)} {glyph}".strip()

    def _fill_headings(self) -> None:
        english = self.ctx.language == "en"
        for row in self._headings:
            code = (row.label_en if english else row.label_id) or self.ctx.t("names no code")
            top = QTreeWidgetItem([f"{'   ' * (row.level - 1)}{row.text}  –  {row.source}", code])
            top.setData(0, GOAL, ("passage", row.source_guid, row.start, row.end))
            top.setData(0, HEADING, row.guid)
            font = top.font(0)
            font.setBold(True)
            top.setFont(0, font)
            for other in row.mismatches:
                item = QTreeWidgetItem([f"“{other.quote}”", other.label_en if english else other.label_id])
                item.setData(0, GOAL, ("segment", other.segment))
                item.setForeground(1, self.ctx.theme.color("warning"))
                top.addChild(item)
            self.tree.addTopLevelItem(top)

    # doing

    def _on_activated(self, item: QTreeWidgetItem) -> None:
        goal = item.data(0, GOAL)
        if goal and goal[0] == "segment":
            self.ctx.go_to_segment(goal[1])
        elif goal:
            self.ctx.go_to_passage(goal[1], goal[2], goal[3])

    def _on_menu(self, place: QPoint) -> None:
        item = self.tree.itemAt(place)
        guid = item.data(0, HEADING) if item is not None else None
        if guid:
            self.heading_menu(guid).popup(self.tree.viewport().mapToGlobal(place))

    def heading_menu(self, guid: str) -> QMenu:
        """The codes that the heading `guid` may name."""
        menu, language = QMenu(self), self.ctx.language
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.ctx.t("It names no code"), partial(self.set_code, guid, None))
        for framework in self._frameworks:
            below = menu.addMenu(framework.label(language))
            for code in framework.codes:
                indent = "" if code.parent is None else "    "
                below.addAction(f"{indent}{code.label(language)}", partial(self.set_code, guid, code.guid))
        return menu

    def set_code(self, guid: str, code: str | None) -> None:
        """The heading names this code, or none."""
        self.ctx.operate(mark("Say what a heading names"), lambda op: set_heading_code(op, guid, code))

    def retranslate(self) -> None:
        t = self.ctx.t
        self.setWindowTitle(t("Repeated quotations and headings"))
        self.tabs.set_items([("repeated", t("Repeated quotations")), ("headings", t("Headings and codes"))])
        self.tree.setAccessibleName(t("Repeated quotations and headings"))
        self.tree.setHeaderLabels([t("Passage"), t("Code")])
        self._fill()


def _all(reader: Reader) -> tuple[list[Repeated], list[HeadingRow], list[FrameworkRow]]:
    return repeated_quotations(reader), headings(reader), frameworks(reader)


def show_checks(ctx: Context, window: QWidget, part: Part) -> ChecksWindow:
    """Bring the window up, made when first wanted."""
    shown = window.findChild(ChecksWindow)
    if not isinstance(shown, ChecksWindow):
        shown = ChecksWindow(ctx, window)
    shown.open_part(part)
    return shown
