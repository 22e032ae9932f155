"""The line over the table: how many there are, and what can be done with those that are chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.actions.registry import shown_keys
from app.context import Context
from app.icons import icon
from app.theme import GLYPHS
from app.widgets.flow import FlowLayout
from app.widgets.parts import button, label
from app.workspaces.evidence.saved import show_look_menu
from coding.segments.rows import VALENCES

if TYPE_CHECKING:
    from app.workspaces.evidence.workspace import EvidenceWorkspace

SIGNS = {"star": "star", "append_memo": "memo", "copy": "copy", "remove": "trash"}


def _together(buttons: list[QPushButton]) -> QWidget:
    """The buttons side by side, whatever line they stand in."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    for made in buttons:
        row.addWidget(made)
    return holder


class ChosenBar(QWidget):
    """Counts at the left; buttons for the chosen segments, saved filters and looks at the right."""

    def __init__(self, ctx: Context, workspace: EvidenceWorkspace) -> None:
        super().__init__()
        self._ctx, self._workspace = ctx, workspace
        flow = FlowLayout(self, spacing=10, line_spacing=4)
        self.counts = label("", "dim")
        self.counts.setObjectName("evidence_counts")
        flow.addWidget(self.counts)
        self.buttons: dict[str, QPushButton] = {}
        for name in ("recode", "set_supporting", "set_inhibiting", "set_neutral", "clear_valence", *SIGNS):
            made = button("", "quiet", name=f"do_{name}")
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys with the table
            made.clicked.connect(lambda _=False, action=f"evidence.{name}": ctx.actions.run(action))
            self.buttons[name] = made
        self.saved = button("", "quiet", name="saved_filters_button")
        self.saved.clicked.connect(lambda: workspace.saved.show_menu(self.saved))
        self.looks = button("", "quiet", name="evidence_look_button")
        self.looks.clicked.connect(lambda: show_look_menu(ctx, workspace, self.looks))
        flow.right_from = flow.count()
        flow.addWidget(_together(list(self.buttons.values())))
        flow.addWidget(_together([self.saved, self.looks]))
        ctx.actions.refreshed.connect(self._on_refreshed)
        self.retranslate()

    def show_counts(self, shown: int, total: int | None, chosen: int) -> None:
        """Say how many segments fit, of how many, and how many are chosen."""
        ctx = self._ctx
        if total is None:
            words = ctx.t("Counting…") if shown else ""
        elif shown == total:
            words = ctx.n("{count} coded segment", "{count} coded segments", count=total)
        else:
            words = ctx.n(
                "{shown} of {count} coded segment", "{shown} of {count} coded segments", count=total, shown=shown
            )
        words = f"{words} · {self.chosen_words(chosen)}" if chosen > 1 else words
        if ctx.project is not None and ctx.project.only_coder is not None and words:
            words = f"{words} · {ctx.t('codings of others are hidden')}"
        if words != self.counts.text():
            self.counts.setText(words)
            self.updateGeometry()

    def chosen_words(self, count: int) -> str:
        """How many segments are chosen, in words."""
        return self._ctx.n("{count} chosen", "{count} chosen", count=count)

    def retranslate(self) -> None:
        """Say everything in the language of the interface."""
        t = self._ctx.t
        self.buttons["recode"].setText(t("Change the code…"))
        self.saved.setText(t("Saved filters"))
        self.looks.setText(t("View"))
        glyphs = {"set_supporting": VALENCES[0], "set_inhibiting": VALENCES[1], "set_neutral": VALENCES[2]}
        for name, made in self.buttons.items():
            if name in glyphs:
                made.setText(GLYPHS[glyphs[name]])
            elif name == "clear_valence":
                made.setText("·")
        self.take_theme()
        self._on_refreshed()

    def take_theme(self) -> None:
        """Colours or sizes are new."""
        theme = self._ctx.theme
        for name, made in self.buttons.items():
            if name in SIGNS:
                made.setIcon(icon(SIGNS[name], theme.color("dim"), theme.color("accent"), theme.color("line")))
                made.setIconSize(QSize(theme.px(16), theme.px(16)))
            bold = name in ("set_supporting", "set_inhibiting", "set_neutral", "clear_valence")
            color = theme.valence_color(name.removeprefix("set_")).name() if bold else theme.hex("ink")
            off = theme.tint(theme.color("dim"), 0.6).name()
            made.setStyleSheet(
                f"QPushButton {{ padding: 2px 7px; min-height: {theme.px(18)}px; color: {color};"
                f" font-weight: {700 if bold else 400}; }}"
                f" QPushButton:disabled {{ color: {off}; background: transparent; }}"
            )
        for made in (self.saved, self.looks):
            made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the word
            made.setIcon(icon("chevron_down", theme.color("dim"), theme.color("accent"), theme.color("line")))
            made.setIconSize(QSize(theme.px(12), theme.px(12)))
            made.setStyleSheet(f"QPushButton {{ padding: 2px 7px; min-height: {theme.px(18)}px; }}")

    def _on_refreshed(self) -> None:
        """Buttons work when their actions do."""
        actions = self._ctx.actions
        known = {action.id: action for action in actions.all()}
        for name, made in self.buttons.items():
            action = known.get(f"evidence.{name}")
            if action is None:
                continue
            # copying asks where the keys are; a click on the button does not move them
            made.setEnabled(self._workspace.table.selectionModel().hasSelection() if name == "copy" else action.works())
            words = actions.text(action)
            keys = shown_keys(action)
            made.setToolTip(f"{words}  {keys[0]}" if keys else words)
            made.setAccessibleName(words)
