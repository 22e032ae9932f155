"""What the tabs of Matrices have in common: a line of choices, a table, and the notices beneath it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QVBoxLayout, QWidget

from app.charts.saving import ask_chart
from app.context import Context
from app.icons import icon
from app.models import matrix_words as words
from app.models.matrix_copy import Place, as_html, as_plain
from app.models.matrix_data import NO_DIRECTION, read_undirected
from app.models.matrix_evidence import Door, Opened
from app.widgets.fields import ComboBox
from app.widgets.flow import FlowLayout
from app.widgets.parts import SegmentedTabs, icon_button, label
from coding.analysis.columns import NO_INFORMANT_VALUE
from coding.analysis.filters import EVERYTHING, EvidenceChoice
from coding.analysis.pinned import Analysis
from coding.analysis.results import Matrix
from coding.analysis.unheard import RESEARCHER, researcher_segments
from coding.project import Reader
from coding.reports.drawing import ChartSpec
from coding.reports.wording import capital
from coding.words import Notice

WIDEST = 270


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that can be saved: its name, and what reads and words it beside the window."""

    name: str
    spec: Callable[[Reader], ChartSpec | None]


class Chooser(QWidget):
    """A word and a list to choose from, beside it or `below` it. `chosen` when the person chose another."""

    chosen = Signal(str)

    def __init__(self, name: str, *, below: bool = False) -> None:
        super().__init__()
        row = QVBoxLayout(self) if below else QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 if below else 8)
        self._below = below
        self.caption = label("", "dim")
        self.box = ComboBox()
        self.box.setObjectName(name)
        self.caption.setBuddy(self.box)
        row.addWidget(self.caption)
        row.addWidget(self.box)
        self.box.activated.connect(lambda _: self.chosen.emit(self.box.currentData()))

    def set_caption(self, text: str) -> None:
        """Say what is chosen here."""
        self.caption.setText(text)
        self.box.setAccessibleName(text)

    def set_items(self, items: Sequence[tuple[str, str]], current: str) -> None:
        """Offer `items` (key, words) with `current` chosen. Emits nothing."""
        shown = [(self.box.itemData(i), self.box.itemText(i)) for i in range(self.box.count())]
        if shown != list(items):
            self.box.clear()
            for key, text in items:
                self.box.addItem(text, key)
        at = self.box.findData(current)
        if at >= 0:
            self.box.setCurrentIndex(at)
        self.fit()

    def fit(self) -> None:
        """Be as wide as what is chosen; the list that opens is as wide as its longest line."""
        metrics = self.box.fontMetrics()
        texts = [self.box.itemText(i) for i in range(self.box.count())]
        if self._below:
            self.box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        else:
            self.box.setFixedWidth(min(metrics.horizontalAdvance(self.box.currentText()) + 46, WIDEST))
        self.box.view().setMinimumWidth(max(map(metrics.horizontalAdvance, texts), default=0) + 32)


def widen(ctx: Context, tabs: SegmentedTabs, keys: Iterable[str]) -> None:
    """Give each word of `tabs` the room it needs when it is the bold one."""
    bold = QFontMetrics(ctx.theme.ui_font(weight=QFont.Weight.DemiBold))
    for key in keys:
        tabs.button(key).setMinimumWidth(bold.horizontalAdvance(tabs.button(key).text()) + 26)


class MatrixTab(QWidget):
    """A tab of Matrices. `door_opened(opened, focus)` when a number was clicked, `door_closed` when it is gone."""

    door_opened = Signal(object, bool)
    door_closed = Signal()
    draws = False
    """Whether what is shown can be saved as a chart."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.ctx = ctx
        self.opened: Opened | None = None
        self._stale = True
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 10, 18, 0)
        column.setSpacing(8)
        self._bar = QWidget()
        self.choices = FlowLayout(self._bar, spacing=12)
        column.addWidget(self._bar)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self.body, 1)
        self.notices = QLabel()
        self.notices.setObjectName("matrix_notices")
        self.notices.setTextFormat(Qt.TextFormat.RichText)
        self.notices.setWordWrap(True)
        self.notices.setContentsMargins(0, 2, 0, 8)
        self.notices.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.notices.linkActivated.connect(self._on_notice)
        column.addWidget(self.notices)
        self.copy_button = icon_button(ctx, "copy", "", name="copy_table")
        self.copy_button.clicked.connect(self.copy_table)
        self.report_button = icon_button(ctx, "report", "", name="add_to_report")
        self.report_button.clicked.connect(self.add_to_report)
        self.chart_button = icon_button(ctx, "export", "", name="save_chart")
        self.chart_button.clicked.connect(self.save_chart)

    def add_buttons(self) -> None:
        """Put the buttons at the end of the line of choices."""
        self.choices.right_from = self.choices.count()
        self.out = QWidget()
        row = QHBoxLayout(self.out)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for made in (self.report_button, self.copy_button, self.chart_button):
            made.setStyleSheet("QPushButton { padding: 0; min-width: 0; }")
            row.addWidget(made)
        self.take_icons()
        self.choices.addWidget(self.out)
        self.chart_button.setEnabled(self.draws)
        self.chart_button.setVisible(self.draws)

    # what each tab does in its own way

    def recompute(self) -> None:
        """Count again, and show the result when it is there."""
        raise NotImplementedError

    def door(self, opened: Door) -> Opened | None:
        """What stands behind a door now; None when it is gone."""
        raise NotImplementedError

    def places(self) -> tuple[list[Place], list[list[Place]]]:
        """The table as it is copied: heads and rows."""
        raise NotImplementedError

    def add_to_report(self) -> None:
        """Put what is shown into the report."""
        raise NotImplementedError

    def analysis(self) -> Analysis | None:
        """What is shown as it can be pinned; None where it can't be."""
        return None

    def framework_name(self) -> str:
        """The label of the framework that is shown."""
        return ""

    def charts(self) -> Sequence[Chart]:
        """The charts that what is shown can be saved as; none when there is nothing to draw."""
        return ()

    def focus_table(self) -> None:
        """Give the keyboard to the table."""
        raise NotImplementedError

    def clear(self) -> None:
        """Forget the project that was open."""
        raise NotImplementedError

    def take_theme(self) -> None:
        """Take on colours and sizes."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Say everything in the language of the interface."""
        raise NotImplementedError

    def evidence_choice(self) -> EvidenceChoice:
        """What is filtered here."""
        return EVERYTHING

    def undirected_of(self) -> tuple[str, Matrix | None]:
        """Which framework the notice of segments without direction speaks of, and over which matrix."""
        raise NotImplementedError

    # what all do alike

    def refresh(self, *, shown: bool) -> None:
        """The project has changed: count again now, or when the tab is shown."""
        self._stale = True
        if shown:
            self.on_shown()

    def on_shown(self) -> None:
        """The tab can be seen: count again if something changed meanwhile."""
        if self._stale and self.ctx.project is not None:
            self._stale = False
            self.recompute()

    def open_door(self, door: Door, *, focus: bool = False) -> None:
        """Show what stands behind `door`."""
        opened = self.door(door)
        if opened is not None:
            self.opened = opened
            self.door_opened.emit(opened, focus)

    def reopen(self) -> None:
        """Numbers or words are new: show what is open anew, or nothing when it has gone."""
        if self.opened is None:
            return
        if self.opened.door.about == "notice":
            self.open_undirected(again=True)
            return
        if self.opened.door.about == "researcher":
            self.open_researcher(again=True)
            return
        opened = self.door(self.opened.door)
        self.opened = opened
        if opened is None:
            self.door_closed.emit()
        else:
            self.door_opened.emit(opened, False)

    def open_undirected(self, *, again: bool = False) -> None:
        """Show the counted segments that have no direction yet."""
        framework, matrix = self.undirected_of()
        choice = self.evidence_choice()

        def show(guids: tuple[str, ...]) -> None:
            number = words.segments_explained(self.ctx, len(guids))
            why = (self.ctx.t("Without direction"), self.ctx.t("They count as neutral until they get one."))
            self.opened = Opened(Door("notice"), self.ctx.t("No direction yet"), number, why, guids)
            self.door_opened.emit(self.opened, not again)

        self.ctx.read(
            lambda reader: read_undirected(reader, framework, matrix, choice), show, key="matrices.undirected"
        )

    def _on_notice(self, target: str) -> None:
        if target == "researcher":
            self.open_researcher()
        elif target == "informants":
            # the table of informants belongs to the transcripts
            self.ctx.show_workspace("transcripts")
            self.ctx.actions.run("informant.show_table")
        else:
            self.open_undirected()

    def open_researcher(self, *, again: bool = False) -> None:
        """Show the segments that lie in the researcher's turns."""
        framework, _ = self.undirected_of()

        def show(guids: tuple[str, ...]) -> None:
            number = words.segments_explained(self.ctx, len(guids))
            why = (self.ctx.t("In the researcher's turns"), self.ctx.t("What the researcher says is no evidence."))
            self.opened = Opened(Door("researcher"), self.ctx.t("In the researcher's turns"), number, why, guids)
            self.door_opened.emit(self.opened, not again)

        self.ctx.read(lambda reader: researcher_segments(reader, framework), show, key="matrices.undirected")

    def show_notices(self, notices: Sequence[Notice]) -> None:
        """Say what belongs to the numbers; what can be looked at or put right is a door."""
        theme = self.ctx.theme
        link = theme.readable(theme.color("warning"), theme.color("panel")).name()
        shown = []
        for notice in notices:
            text = escape(capital(notice.say(self.ctx.words)), quote=False)
            target = {NO_DIRECTION: "undirected", RESEARCHER: "researcher", NO_INFORMANT_VALUE: "informants"}.get(
                notice.msgid
            )
            if target is not None:
                text = f'<a href="{target}" style="color: {link};">{text}</a>'
            shown.append(f'<span style="color: {theme.hex("dim")};">{text}</span>')
        self.notices.setText("&nbsp;&nbsp;·&nbsp;&nbsp;".join(shown))
        self.notices.setVisible(bool(shown))

    def copy_table(self) -> None:
        """Put the table on the clipboard, as rich text and as plain text."""
        heads, rows = self.places()
        if not rows:
            return
        mime = QMimeData()
        mime.setHtml(as_html(heads, rows))
        mime.setText(as_plain(heads, rows))
        QGuiApplication.clipboard().setMimeData(mime)
        self.ctx.say(self.ctx.t("The table is on the clipboard; paste it into a text or a spreadsheet"))

    def save_chart(self) -> None:
        """Save the chart of what is shown; where there are several, ask which."""
        found = self.charts()
        if len(found) > 1:
            below = self.chart_button.mapToGlobal(QPoint(0, self.chart_button.height()))
            self.menu([(f"{one.name}…", lambda one=one: self._save_chart(one)) for one in found], below)
        elif found:
            self._save_chart(found[0])

    def _save_chart(self, chart: Chart) -> None:
        def ask(spec: ChartSpec | None) -> None:
            if spec is None:
                self.ctx.say(self.ctx.t("There is nothing to draw yet"))
            else:
                ask_chart(self.ctx, self.window(), spec, chart.name)

        self.ctx.read(chart.spec, ask, key="matrices.chart")

    def menu(self, entries: Sequence[tuple[str, object] | None], pos: QPoint) -> None:
        """Show a menu of `entries` (words and what they do; None is a line) at `pos` of the screen."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for entry in entries:
            if entry is None:
                menu.addSeparator()
            else:
                menu.addAction(entry[0]).triggered.connect(entry[1])
        menu.popup(pos)

    def say_buttons(self) -> None:
        """The words of the buttons."""
        t = self.ctx.t
        self.copy_button.setAccessibleName(t("Copy as table"))
        self.copy_button.setToolTip(f"{t('Copy as table')}  Ctrl+Shift+C")
        self.report_button.setAccessibleName(t("Add to report"))
        self.report_button.setToolTip(f"{t('Add to report')}  Ctrl+Shift+E")
        self.chart_button.setAccessibleName(t("Save chart…"))
        self.chart_button.setToolTip(t("Save what is shown as a chart: PNG, SVG or PDF"))

    def take_icons(self) -> None:
        """Draw the icons in the colours of the theme."""
        theme = self.ctx.theme
        for made, name in ((self.copy_button, "copy"), (self.report_button, "report"), (self.chart_button, "export")):
            made.setIcon(icon(name, theme.color("dim"), theme.color("accent"), theme.color("line")))
            made.setIconSize(QSize(theme.px(18), theme.px(18)))
            made.setFixedSize(theme.px(32), theme.px(30))
