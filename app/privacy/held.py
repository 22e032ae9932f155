"""What personal data an output would hold: a line beside the button that writes it, and the list behind the line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.widgets.parts import button, label
from coding.privacy.exporting import Held
from coding.privacy.leaving import Replaced, headline
from coding.privacy.rows import CERTAINTY_NAMES, kind_name

NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class HeldLine(QWidget):
    """Says how much there is; hidden where there is nothing."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.ctx = ctx
        self._held: list[Held] = []
        self._replaced: list[Replaced] = []
        self.said = label("", "small", wrap=True)
        self.show_button = button("", "link", name="show_held")
        self.show_button.setAutoDefault(False)
        self.show_button.clicked.connect(self.open_list)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.said, 1)
        row.addWidget(self.show_button)
        self.retranslate()

    def show_held(self, held: Sequence[Held], replaced: Sequence[Replaced] = ()) -> None:
        """Take on what was found, and which names do not go along."""
        self._held, self._replaced = list(held), list(replaced)
        self.retranslate()

    def retranslate(self) -> None:
        """Say it in the language at hand."""
        lines = [headline(self._held, self.ctx.words)]
        if count := sum(one.count for one in self._replaced):
            lines.append(self.ctx.n("{count} name is replaced.", "{count} names are replaced.", count=count))
        line = " · ".join(filter(None, lines))
        self.said.setText(line)
        self.show_button.setText(self.ctx.t("Show…"))
        self.show_button.setAccessibleName(self.ctx.t("Show the personal data"))
        self.setVisible(bool(line))

    def open_list(self) -> None:
        """Show every text that was found."""
        HeldDialog(self.ctx, self.window(), self._held, self._replaced).open()


class HeldDialog(Dialog):
    """The list, the surest first."""

    def __init__(self, ctx: Context, parent: QWidget, held: Sequence[Held], replaced: Sequence[Replaced]) -> None:
        super().__init__(ctx, parent, ctx.t("Personal data in it"))
        t = ctx.t
        self.setObjectName("held_dialog")
        self.resize(ctx.theme.px(560), ctx.theme.px(460))
        self.table = QTreeWidget()
        self.table.setObjectName("held_list")
        self.table.setAccessibleName(t("Personal data in it"))
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        heads = [t("Text"), t("Kind"), t("How often"), t("Certainty")]
        self.table.setHeaderLabels([*heads, t("What is sent instead")] if replaced else heads)
        self.table.headerItem().setTextAlignment(2, NUMBER)
        for one in held:
            certainty = t(CERTAINTY_NAMES["likely" if one.certain else "possible"])
            item = QTreeWidgetItem([one.text, kind_name(one.kind, ctx.words), ctx.words.number(one.count), certainty])
            item.setTextAlignment(2, NUMBER)
            self.table.addTopLevelItem(item)
        for name in replaced:
            kind = kind_name("name", ctx.words)
            item = QTreeWidgetItem([name.text, kind, ctx.words.number(name.count), t("replaced"), name.shown])
            item.setTextAlignment(2, NUMBER)
            self.table.addTopLevelItem(item)
        self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.header().setStretchLastSection(True)
        self.content.addWidget(self.table, 1)
        said = t(
            "Codes in the place of names take out the study's informants, not others whom somebody mentions. To "
            "replace those, too, use Project › Personal data; it can be put back afterwards."
        )
        self.content.addWidget(label(said, "dim", wrap=True))
        self.add_button(t("Close"), "primary", name="held_close", default=True).clicked.connect(self.accept)
