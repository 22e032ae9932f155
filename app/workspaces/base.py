"""What every workspace is and does."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.actions.registry import Action
from app.context import Context


class Workspace(QWidget):
    """A page of the main window. Made when it is first shown, and kept over several projects.

    Subclasses set `key`, `title` (a marked msgid) and `icon` (a name in resources/icons), build themselves in
    `__init__`, and override the `on_…` methods they need; those are connected already. The main window calls `begin`
    after `__init__`, so that `on_project_opened` always comes, also for a project opened before.
    """

    key: ClassVar[str] = ""
    title: ClassVar[str] = ""
    icon: ClassVar[str] = ""

    remark_changed = Signal(str, str)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.ctx = ctx
        self.setObjectName(f"workspace_{self.key}")
        ctx.project_opened.connect(self.begin)
        ctx.project_closed.connect(self.on_project_closed)
        ctx.changed.connect(self.on_changed)
        ctx.language_changed.connect(self.retranslate)
        ctx.theme_changed.connect(self.on_theme_changed)

    def begin(self) -> None:
        """Show the open project, at the place where the person was the last time."""
        if self.ctx.project is not None:
            self.on_project_opened()
            self.restore(self.ctx.settings.project_state(self.ctx.project.guid).get(self.key, {}))

    def on_project_opened(self) -> None:
        """Read what is shown of the project."""

    def on_project_closed(self) -> None:
        """Show nothing of the project that was open."""

    def on_changed(self, changes: Any) -> None:
        """Something was changed, undone or redone; `changes` are `coding.changes.Changes` flags."""

    def on_shown(self) -> None:
        """The workspace has come to the front; take the keyboard focus where the work is."""

    def retranslate(self) -> None:
        """Say everything in the language of the interface, which may have changed."""

    def on_theme_changed(self) -> None:
        """Colours or sizes are new; what is drawn by hand or holds icons must be made again."""

    def actions(self) -> list[Action]:  # type: ignore[override]
        """What can be done here; works only while the workspace is in front."""
        return []

    def state(self) -> dict[str, Any]:
        """What to remember of the project's place here: plain JSON values."""
        return {}

    def restore(self, state: dict[str, Any]) -> None:
        """Go back to what `state` gave; called right after `on_project_opened`, with {} when nothing is known."""

    def remark(self, text: str, tone: str = "dim") -> None:
        """Show `text` in the status bar while the workspace is in front; tone `"dim"` or `"warning"`."""
        self.remark_changed.emit(text, tone)
