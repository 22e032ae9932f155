"""The window of the team: who codes what, and what is to be settled."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.context import Context
from app.team.settling_tab import SettlingTab
from app.team.shares_tab import SharesTab
from app.widgets.parts import SegmentedTabs, line
from app.widgets.side_window import SideWindow
from coding.analysis.agreed import agreed_counts
from coding.changes import Changes
from coding.codes.queries import frameworks
from coding.project import Reader
from coding.review.settling import settlements, unsettled
from coding.review.team import is_blind, shares, who_codes

RELEVANT = Changes.SOURCES | Changes.SEGMENTS | Changes.REVIEW | Changes.CODES


class TeamWindow(SideWindow):
    """Two pages; both are read again when something changes."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(ctx, parent, "team", 860, 620)
        self.tabs = SegmentedTabs()
        self.shares = SharesTab(ctx)
        self.settling = SettlingTab(ctx)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.shares)
        self.pages.addWidget(self.settling)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.tabs)
        column.addWidget(line())
        column.addWidget(self.pages, 1)
        self.tabs.chosen.connect(lambda key: self.pages.setCurrentIndex(1 if key == "settling" else 0))
        self.settling.framework.currentIndexChanged.connect(lambda _: self.renew())
        ctx.changed.connect(self._on_changed)
        ctx.history_changed.connect(self.retranslate)
        ctx.language_changed.connect(self.retranslate)
        self.retranslate()

    def open_part(self, part: str) -> None:
        """Show `shares` or `settling`."""
        self.bring_up()
        self.tabs.choose(part)
        self.pages.setCurrentIndex(1 if part == "settling" else 0)
        (self.settling.list if part == "settling" else self.shares.table).setFocus()
        self.renew()

    def renew(self) -> None:
        """Read both pages again."""
        if self.ctx.project is None or not self.isVisible():
            return
        framework = self.settling.chosen_framework()

        def read(reader: Reader) -> tuple[Any, ...]:
            return (
                (shares(reader), who_codes(reader), is_blind(reader)),
                (unsettled(reader, framework), settlements(reader), frameworks(reader), agreed_counts(reader)),
            )

        self.ctx.read(read, self._take, key="team")

    def _take(self, found: tuple[Any, ...]) -> None:
        self.shares.show_shares(*found[0])
        self.settling.show_open(*found[1])

    def _on_changed(self, changes: Any) -> None:
        if changes & RELEVANT:
            self.renew()

    def retranslate(self) -> None:
        t = self.ctx.t
        self.setWindowTitle(t("Team"))
        chosen = self.tabs.current()
        self.tabs.set_items([("shares", t("Who codes what")), ("settling", t("Disagreements"))], chosen or "shares")
        self.shares.retranslate()
        self.settling.retranslate()


def show_team(ctx: Context, window: QWidget, part: str = "shares") -> TeamWindow:
    """Bring the window up, made when first wanted."""
    shown = window.findChild(TeamWindow)
    if not isinstance(shown, TeamWindow):
        shown = TeamWindow(ctx, window)
    shown.open_part(part)
    return shown
