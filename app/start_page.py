"""The page without a project: make one, open one, look at the sample, go on with one of the last."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.context import Context
from app.icons import icon, pixmap
from app.jobs.threads import Job
from app.widgets.parts import EmptyState, SectionHeader, button, clear_layout, label
from app.widgets.recent_list import RecentList
from coding.errors import mark

if TYPE_CHECKING:
    from coding.review.glance import Glance

STEPS = (
    mark("Bring in transcripts"),
    mark("Read and code"),
    mark("Compare who says what"),
    mark("Write findings"),
    mark("Export to Word"),
)
"""The main way, in five steps, as it is shown at the first run."""


class StartPage(QWidget):
    """Shown while no project is open."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.ctx = ctx
        self.setObjectName("start_page")
        self._build()
        ctx.language_changed.connect(self.retranslate)
        ctx.theme_changed.connect(self.retranslate)
        self.retranslate()

    def _build(self) -> None:
        self._left = QVBoxLayout()
        self._left.setSpacing(8)
        self._picture = label()
        self._name = label("Telaah", "title")
        self._sentence = label("", "dim", wrap=True)
        self.new_button = button("", "primary", name="start_new")
        self.open_button = button("", name="start_open")
        self.sample_button = button("", name="start_sample")
        self._sample_note = label("", "small", wrap=True)
        self.other_sample_button = button("", "link", name="start_other_sample")
        # flush with the lines above it
        self.other_sample_button.setStyleSheet("padding-left: 0; margin-left: 0;")
        self._left.addWidget(self._picture)
        self._left.addWidget(self._name)
        self._left.addWidget(self._sentence)
        self._left.addSpacing(16)
        for made in (self.new_button, self.open_button, self.sample_button):
            self._left.addWidget(made)
        self._left.addWidget(self._sample_note)
        self._left.addWidget(self.other_sample_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._left.addStretch(1)
        self.new_button.clicked.connect(lambda: self.ctx.actions.run("project.new"))
        self.open_button.clicked.connect(lambda: self.ctx.actions.run("project.open"))
        self.sample_button.clicked.connect(lambda: self.ctx.actions.run("project.open_sample"))
        self.other_sample_button.clicked.connect(lambda: self.ctx.open_sample(self._other_language))

        self._heading = SectionHeader()
        self.remove_button = button("", "link", name="start_remove")
        self.remove_button.clicked.connect(self._on_remove_current)
        self._heading.row.addWidget(self.remove_button)
        self.recent = RecentList(self.ctx)
        self.recent.opened.connect(self.ctx.open_project)
        self.recent.removed.connect(self._on_remove)
        self._empty = EmptyState(self.ctx, "project")
        self._shelf = QStackedWidget()
        self._shelf.addWidget(self.recent)
        self._shelf.addWidget(self._empty)
        card = QFrame()
        card.setProperty("surface", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(8, 8, 8, 8)
        inside.addWidget(self._shelf)
        self._hint = label("", "small")
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._heading)
        right.addWidget(card, 1)
        right.addWidget(self._hint)

        self._strip = QWidget()
        self._steps = QHBoxLayout(self._strip)
        self._steps.setContentsMargins(0, 0, 0, 0)
        self._steps.setSpacing(8)
        self._middle = middle = QWidget()
        grid = QGridLayout(middle)
        grid.setContentsMargins(32, 0, 32, 0)
        grid.setHorizontalSpacing(56)
        grid.setVerticalSpacing(32)
        grid.addLayout(self._left, 0, 0)
        grid.addLayout(right, 0, 1)
        grid.addWidget(self._strip, 1, 0, 1, 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        page = QGridLayout(self)
        page.addWidget(middle, 1, 1)
        for side in (0, 2):
            page.setColumnStretch(side, 1)
            page.setRowStretch(side, 1)
        page.setColumnStretch(1, 20)
        page.setRowStretch(1, 6)
        self.recent.installEventFilter(self)

    @property
    def _other_language(self) -> str:
        return "en" if self.ctx.words.language == "id" else "id"

    def retranslate(self) -> None:
        """Say everything in the language of the interface, in the theme's colours."""
        t, theme = self.ctx.t, self.ctx.theme
        self._middle.setMaximumSize(theme.px(1040), theme.px(560))
        self._picture.setPixmap(pixmap("telaah", theme.color("accent"), theme.px(40), self.devicePixelRatioF()))
        self._name.setFont(theme.text_font(30))
        self._sentence.setText(
            t("Code interviews against theories, compare who says what, and write the findings for Word.")
        )
        self.new_button.setText(t("New project…"))
        self.open_button.setText(t("Open…"))
        self.sample_button.setText(t("Sample project"))
        self._sample_note.setText(t("A finished study with invented informants, to look around in."))
        other = t("A larger one, in Indonesian") if self._other_language == "id" else t("A smaller one, in English")
        self.other_sample_button.setText(other)
        self._heading.set_text(t("Recent projects"))
        self.remove_button.setText(t("Remove from this list"))
        self._hint.setText(t("A project or a review package can also be dropped on this window."))
        self._empty.set(
            t("No project yet"),
            t("Make one with “New project…”, or open the sample project to see how a finished study looks."),
        )
        self.recent.setAccessibleName(t("Recent projects"))
        for made, name in ((self.open_button, "open"), (self.sample_button, "sample")):
            made.setIcon(icon(name, theme.color("dim")))
        self.new_button.setIcon(icon("new", theme.color("on_accent")))
        self._show_steps()
        self.refresh()

    def _show_steps(self) -> None:
        clear_layout(self._steps)
        theme = self.ctx.theme
        for number, msgid in enumerate(STEPS, 1):
            badge = label(str(number), "dim")
            badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
            badge.setFixedSize(theme.px(22), theme.px(22))
            badge.setFont(theme.ui_font(11.5, QFont.Weight.DemiBold))
            badge.setStyleSheet(f"border: 1px solid {theme.hex('border')}; border-radius: {theme.px(22) // 2}px;")
            self._steps.addWidget(badge)
            self._steps.addWidget(label(self.ctx.t(msgid), "dim"))
            if number < len(STEPS):
                self._steps.addStretch(1)

    def refresh(self) -> None:
        """Read the list of projects again."""
        recent = self.ctx.settings.recent()
        self.recent.set_recent(recent)
        self._strip.setVisible(not self.ctx.settings.get("first_project_made"))
        self._shelf.setCurrentIndex(0 if recent else 1)
        self.remove_button.setVisible(bool(recent))
        paths = [one.path for one in recent]
        if paths:
            # a disconnected network drive answers after seconds: not in this thread
            look = Job(lambda: _missing(paths), self.recent.set_missing, self.ctx.say_error, key="start_page.missing")
            self.ctx.jobs.reader.queue(look)
        for path in paths:
            self._glance_at(path)

    def _glance_at(self, path: Path) -> None:
        """Have the project's open points counted, one project after the other."""

        def done(found: Glance | None) -> None:
            self.recent.set_glance(path, found)

        self.ctx.jobs.reader.queue(Job(lambda: _glance(path), done, self.ctx.say_error, key=f"start_page.{path}"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        (self.recent if self.recent.count() else self.new_button).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.recent and event.type() == QEvent.Type.FocusIn and self.recent.currentRow() < 0:
            self.recent.setCurrentRow(0)
        return False

    def _on_remove(self, path: Path) -> None:
        self.ctx.settings.remove_recent(path)
        self.refresh()

    def _on_remove_current(self) -> None:
        row = self.recent.currentRow()
        recent = self.ctx.settings.recent()
        if 0 <= row < len(recent):
            self._on_remove(recent[row].path)


def _missing(paths: list[Path]) -> set[Path]:
    return {path for path in paths if not path.is_file()}


def _glance(path: Path) -> Glance | None:
    # imported in the thread that looks: the start page is there before the database is
    from coding.review.glance import glance

    return glance(path)
