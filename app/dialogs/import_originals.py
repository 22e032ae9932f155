"""Whether an import keeps the files themselves, and how much that adds to the project."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.context import Context
from app.widgets.parts import label
from coding.transcripts.drafts import Draft
from coding.transcripts.originals import LARGEST, shown_size


class OriginalsBox(QWidget):
    """A box to tick that is remembered, and a line about sizes."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._sizes: dict[Path, int] = {}
        self._added = self._too_large = 0
        self.box = QCheckBox(ctx.t("Keep the original files"))
        self.box.setObjectName("import_originals")
        self.box.setToolTip(ctx.t("The files themselves are kept in the project and can be saved again later"))
        self.box.setChecked(ctx.settings.get("keep_originals"))
        self.said = label("", "small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 4, 14, 4)
        column.setSpacing(2)
        column.addWidget(self.box)
        column.addWidget(self.said)
        self.box.toggled.connect(self._on_toggled)

    def of(self, path: Path, draft: Draft) -> Draft:
        """The draft with the file to keep, if files are kept."""
        return replace(draft, original=str(path)) if self.box.isChecked() else draft

    def show_size(self, paths: Iterable[Path]) -> None:
        """Say how much these files add."""
        sizes = [self._size(path) for path in paths]
        self._added = sum(size for size in sizes if size <= LARGEST)
        self._too_large = sum(size > LARGEST for size in sizes)
        self._show()

    def _size(self, path: Path) -> int:
        if path not in self._sizes:
            try:
                self._sizes[path] = path.stat().st_size
            except OSError:  # it is gone, and will be told of when it is to be kept
                self._sizes[path] = 0
        return self._sizes[path]

    def _show(self) -> None:
        ctx = self._ctx
        said = []
        if self.box.isChecked():
            if self._added:
                said.append(ctx.t("{size} more in the project", size=shown_size(self._added, ctx.words)))
            if self._too_large:
                said.append(
                    ctx.n(
                        "{count} file is too large for it", "{count} files are too large for it", count=self._too_large
                    )
                )
        self.said.setText(", ".join(said))
        self.said.setVisible(bool(said))

    def _on_toggled(self, on: bool) -> None:
        self._ctx.settings.set("keep_originals", on)
        self._show()
