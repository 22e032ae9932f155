"""Reading undisturbed: the text alone, its width and face, going from panel to panel, how much is coded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QActionGroup, QFontDatabase
from PySide6.QtWidgets import QMenu, QWidget

from app.context import Context
from app.theme import READING_FACES
from app.workspaces.transcripts.uncounted import say_uncounted
from coding.analysis.unheard import notice
from coding.project import Reader
from coding.segments.rows import SegmentRow
from coding.text import Span
from coding.transcripts.coverage import spoken_turns, uncoded_turns
from coding.transcripts.researcher import researcher_segments

if TYPE_CHECKING:
    from app.workspaces.transcripts.workspace import TranscriptsWorkspace

WIDTHS = (55, 65, 75, 90, 110)
"""Characters of a full line that are offered."""
SIZES = (13, 14, 15, 16, 18, 20, 24)
"""Pixels of the reading face that are offered."""

PAUSE = 150
"""Milliseconds after a change until it is counted how much is coded: the text comes first."""


@dataclass(frozen=True, slots=True)
class _Coded:
    """Of one source: the segments in the researcher's own turns, how many turns count, and how many are uncoded."""

    source: str
    by_researcher: list[SegmentRow]
    spoken: int
    left: int


class Reading(QObject):
    """What the person has set for reading, and what shows how far they have come."""

    def __init__(self, ctx: Context, workspace: TranscriptsWorkspace) -> None:
        super().__init__(workspace)
        self._ctx, self._workspace = ctx, workspace
        self.undisturbed = False
        workspace.view.left.connect(self.leave_focus)
        workspace.header.reading_asked.connect(self._pop_up)
        workspace.installEventFilter(self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE)
        self._later.timeout.connect(self.show_coded)
        workspace.tagging.rows_changed.connect(self._later.start)
        workspace.researcher.segment_asked.connect(workspace.desk.open_segment)
        model = workspace.sources.sources
        model.dataChanged.connect(self._later.start)
        model.rowsInserted.connect(self._later.start)
        workspace.desk.opened.connect(self.show_coded)
        workspace.desk.know_sources(model.sources)

    # the text alone

    def toggle_focus(self) -> None:
        """Show the text alone, or everything again; what is read stays where it is."""
        self._set_focus(not self.undisturbed)

    def leave_focus(self) -> None:
        """Show everything again."""
        if self.undisturbed:
            self._set_focus(False)

    def _set_focus(self, on: bool) -> None:
        workspace = self._workspace
        self.undisturbed = workspace.view.alone = on
        for panel in (workspace.sources, workspace.right):
            panel.setVisible(not on)
        workspace.header.setVisible(not on)
        workspace.researcher.setMaximumHeight(0 if on else 16_777_215)
        self._ctx.quiet_requested.emit(on)
        workspace.focus_text()
        if on:
            self._ctx.say(self._ctx.t("The text alone: Esc shows everything again"))
        self._ctx.actions.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide and not event.spontaneous() and watched is self._workspace:
            self.leave_focus()
        return super().eventFilter(watched, event)

    # panels

    def step_panel(self, by: int) -> None:
        """Take the keys to the next (1) or previous (-1) panel."""
        panels = self.panels()
        focus = self._workspace.focusWidget()
        at = next((n for n, (_, whole) in enumerate(panels) if focus is not None and _within(focus, whole)), None)
        if at is None:
            at = -by if by > 0 else 0
        target = panels[(at + by) % len(panels)][0]
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def panels(self) -> list[tuple[QWidget, QWidget]]:
        """The panels in sight, from left to right: what takes the keys there, and the whole."""
        w = self._workspace
        segment = w.segment.code_segments.view if w.segment.shows_list else w.segment.details.memo
        pairs: list[tuple[QWidget, QWidget]] = [
            (w.sources.source_list, w.sources),
            (w.view.area if w.desk.source is not None else w.empty.button, w.middle),
            (w.codes.tree, w.codes),
            (segment, w.segment),
        ]
        return [(widget, whole) for widget, whole in pairs if widget.isVisible()]

    # how the text looks

    def set_width(self, characters: int) -> None:
        """So many characters a full line has."""
        self._ctx.settings.set("text_width", min(max(characters, 45), 120))
        self.apply()

    def step_width(self, by: int) -> None:
        """The next wider (1) or narrower (-1) column that is offered."""
        now = self._ctx.settings.get("text_width")
        wider = [w for w in WIDTHS if w > now] if by > 0 else [w for w in reversed(WIDTHS) if w < now]
        if wider:
            self.set_width(wider[0])

    def set_size(self, pixels: int) -> None:
        """The reading face has this size."""
        self._ctx.settings.set("text_size", pixels)
        self._ctx.apply_theme()

    def set_family(self, family: str) -> None:
        """Texts are set in this family; "" for the best there is."""
        self._ctx.settings.set("text_family", family)
        self._ctx.apply_theme()

    def toggle(self, name: str) -> None:
        """Switch turn numbers, line numbers or time codes on or off."""
        self._ctx.settings.set(name, not self._ctx.settings.get(name))
        self.apply()

    def apply(self) -> None:
        """Show the text as the settings say; what is read stays where it is."""
        self._workspace.view.apply_settings()
        self._ctx.actions.refresh()

    def menu(self) -> QMenu:
        """Width, size and face of the text, and what the gutter tells."""
        t, settings = self._ctx.t, self._ctx.settings
        menu = QMenu(self._workspace)
        width = menu.addMenu(t("Width of the text"))
        _choices(
            width, settings.get("text_width"), self.set_width,
            [(w, self._ctx.n("{count} character a line", "{count} characters a line", count=w)) for w in WIDTHS],
        )  # fmt: skip
        size = menu.addMenu(t("Size of the text"))
        _choices(size, settings.get("text_size"), self.set_size, [(s, str(s)) for s in SIZES])
        face = menu.addMenu(t("Typeface"))
        _choices(face, settings.get("text_family"), self.set_family, [("", t("Automatic")), *faces()])
        menu.addSeparator()
        for name in ("turn_numbers", "line_numbers", "time_codes"):
            menu.addAction(self._ctx.actions.qaction(f"view.{name}"))
        menu.addSeparator()
        menu.addAction(self._ctx.actions.qaction("view.show_text_alone"))
        return menu

    def _pop_up(self) -> None:
        menu, button = self.menu(), self._workspace.header.reading
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    # how much is coded

    def show_coded(self) -> None:
        """Say in the header how much of what informants say in the open source is coded; counted beside the window."""
        workspace = self._workspace
        source = workspace.desk.source
        if source is None or self._ctx.project is None:
            workspace.researcher.show_rows([], None)
            workspace.header.show_coded(None, 0, 0)
            return
        rows = list(workspace.tagging.rows.values())

        def count(_: Reader) -> _Coded:
            left = uncoded_turns(source, [Span(row.start, row.end) for row in rows])
            return _Coded(source.guid, researcher_segments(source, rows), len(spoken_turns(source)), len(left))

        self._ctx.read(count, self._show_counted, key="transcripts.coded")

    def _show_counted(self, coded: _Coded) -> None:
        workspace = self._workspace
        if workspace.desk.source is None or workspace.desk.source.guid != coded.source:
            return
        alone = coded.by_researcher
        workspace.researcher.show_rows(alone, next(iter(notice(len(alone))), None))
        say_uncounted(workspace)
        row = workspace.sources.sources.source(coded.source)
        if row is None:
            workspace.header.show_coded(None, 0, 0)
        else:
            workspace.header.show_coded(row.coded, coded.spoken - coded.left, coded.spoken)


def faces() -> list[tuple[str, str]]:
    """The families for reading that this computer has."""
    present = set(QFontDatabase.families())
    return [(family, family) for family in READING_FACES if family in present]


def _choices(menu: QMenu, now: object, choose: object, items: list[tuple[object, str]]) -> None:
    assert callable(choose)
    group = QActionGroup(menu)
    for value, words in items:
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(value == now)
        action.triggered.connect(lambda _=False, value=value: choose(value))
        group.addAction(action)


def _within(widget: QWidget, whole: QWidget) -> bool:
    return widget is whole or whole.isAncestorOf(widget)
