"""Factors under the dimensions they are mapped onto, dimension by dimension."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from app.context import Context
from app.models import matrix_words as words
from app.models.factor_model import FactorModel, Key, has_evidence
from coding.analysis.results import FactorRow
from coding.analysis.wording import GLYPHS
from coding.codes.rows import FrameworkRow

PLACE = Qt.ItemDataRole.UserRole


class FactorTree(QTreeWidget):
    """`factor_opened` carries code and part of a factor. A factor mapped onto several dimensions stands under each."""

    factor_opened = Signal(object)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.setObjectName("factor_tree")
        self.setColumnCount(3)
        self.setUniformRowHeights(True)
        self.setIndentation(ctx.theme.px(16))
        self.itemActivated.connect(lambda item, _: self._open(item))
        self.itemClicked.connect(lambda item, _: self._open(item))

    def show_factors(self, model: FactorModel, frameworks: tuple[FrameworkRow, ...]) -> None:
        """Show the factors of `model` in the order of the codebook; those with evidence that are mapped onto nothing
        stand last."""
        t, language = self._ctx.t, self._ctx.language
        names = {row.key: row.label(language) for row in frameworks}
        self.setHeaderLabels(
            [t("Dimension and factor"), f"{GLYPHS['supporting']} {t('Supporting')}",
             f"{GLYPHS['inhibiting']} {t('Inhibiting')}"]
        )  # fmt: skip
        self.setAccessibleName(t("Factors by dimension"))
        places = {code.guid: place for place, code in enumerate(code for row in frameworks for code in row.codes)}
        groups: dict[tuple[int, str], list[FactorRow]] = {}
        loose: list[FactorRow] = []
        for row in model.rows:
            links = model.links(row)
            for link in links:
                home = names.get(link.framework or "", t("Open codes"))
                place = (places.get(link.guid, len(places)), f"{home}: {link.label(language)}")
                groups.setdefault(place, []).append(row)
            if not links and has_evidence(row):
                loose.append(row)
        self.clear()
        for place in sorted(groups):
            self._group(place[1], groups[place])
        if loose:
            self._group(t("Mapped onto nothing yet"), loose)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)

    def _group(self, title: str, rows: list[FactorRow]) -> None:
        top = QTreeWidgetItem([title])
        font = top.font(0)
        font.setBold(True)
        top.setFont(0, font)
        number = self._ctx.words.number
        for row in rows:
            sides = (row.supporting.passages, row.inhibiting.passages)
            counts = [number(count) if count else GLYPHS["silent"] for count in sides]
            item = QTreeWidgetItem([words.in_words(self._ctx, row.label), *counts])
            item.setData(0, PLACE, (row.code, row.part))
            for column in (1, 2):
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            top.addChild(item)
        self.addTopLevelItem(top)
        top.setExpanded(True)

    def _open(self, item: QTreeWidgetItem) -> None:
        place: Key | None = item.data(0, PLACE)
        if place is not None:
            self.factor_opened.emit(tuple(place))
