"""Writing a saved report again to its file: words that somebody wrote into that file since are not lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.widgets.parts import button, label
from coding.reports.places import State, check_not_open, free_place, keep_copy, state_of
from coding.reports.saved import SavedReport

Write = Callable[[Path], None]


def write_again(ctx: Context, parent: QWidget, report: SavedReport, write: Write) -> None:
    """Call `write` with the file of `report`, after asking where what stands there is not what was written there; a
    file that another program has open is said."""
    path = report.file
    if path is None:
        return

    def look(_reader: object) -> State:
        state = state_of(path, report.digest)
        if state != "free":
            check_not_open(path)
        return state

    def seen(state: State) -> None:
        if state in ("free", "ours"):
            write(path)
        else:
            WriteAgainDialog(ctx, parent, path, write, known=state == "changed").open()

    ctx.read(look, seen, key="report.place")


class WriteAgainDialog(Dialog):
    """Asks what becomes of a file that is not as the report was written to it; `known` when that is certain."""

    def __init__(self, ctx: Context, parent: QWidget, path: Path, write: Write, *, known: bool) -> None:
        super().__init__(ctx, parent, ctx.t("Write the report again"))
        self.setObjectName("write_again_dialog")
        self.setMinimumWidth(ctx.theme.px(560))
        self._path, self._write, self._beside = path, write, free_place(path)
        t, name = ctx.t, path.name
        said = (
            t("{file} was changed after the report was written to it.", file=name)
            if known
            else t("Whether {file} was changed after the report was written to it is not known.", file=name)
        )
        self.content.addWidget(label(said, "heading", wrap=True))
        lost = t("The report takes the place of the whole file: what was written into it since would be lost.")
        self.content.addWidget(label(lost, "", wrap=True))
        beside = t("Write to a new file beside it, {file}", file=self._beside.name)
        self.add_choice(beside, "write_beside", self._on_beside, default=True)
        self.add_choice(t("Keep a copy of it as it is, and replace it"), "write_keeping", self._on_keep)
        self.add_choice(t("Replace it without a copy"), "write_over", self._on_over)
        tables = t("To change only its tables, use Refresh tables in a document.")
        self.content.addWidget(label(tables, "dim", wrap=True))
        self.add_button(t("Cancel"), name="write_again_cancel").clicked.connect(self.reject)

    def add_choice(self, text: str, name: str, chosen: Callable[[], None], *, default: bool = False) -> None:
        """A way to go on, as a button as wide as the dialog."""
        made = button(text.replace("&", "&&"), "primary" if default else "", name=name)
        made.setDefault(default)
        made.setAutoDefault(default)
        made.clicked.connect(chosen)
        self.content.addWidget(made)

    def _on_beside(self) -> None:
        self.accept()
        self._write(self._beside)

    def _on_over(self) -> None:
        self.accept()
        self._write(self._path)

    def _on_keep(self) -> None:
        ctx, path, write = self.ctx, self._path, self._write
        self.accept()

        def kept(copy: Path) -> None:
            ctx.say(ctx.t("As it was before, {file} is kept as {copy}", file=path.name, copy=copy.name))
            write(path)

        ctx.read(lambda _: keep_copy(path, ctx.words), kept, key="report.place")
