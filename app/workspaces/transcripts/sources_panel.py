"""The left side: sources by method, and the informants."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QToolButton, QVBoxLayout, QWidget

from app.context import Context
from app.icons import icon
from app.models.informants import InformantsModel
from app.models.row_lists import ROW
from app.models.sources import SourcesModel
from app.widgets.parts import SectionHeader, button, label
from app.widgets.row_view import SIDE, RowView
from app.workspaces.transcripts.informant_card import InformantCard
from app.workspaces.transcripts.lists import InformantDelegate, SourceDelegate
from coding.transcripts.rows import InformantRow, SourceRow

KEY_PAUSE = 150
"""Milliseconds after which the source that the arrow keys came to is opened."""


class SourcesPanel(QFrame):
    """Lists of sources and informants. It opens and changes nothing itself."""

    source_chosen = Signal(str)
    source_entered = Signal(str)
    source_menu_asked = Signal(str, QPoint)
    add_asked = Signal()
    informant_chosen = Signal(str)
    informant_menu_asked = Signal(str, QPoint)
    informant_edit_asked = Signal(str)
    informants_asked = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.setProperty("surface", "panel")
        self.sources = SourcesModel(ctx, self)
        self.informants = InformantsModel(ctx, self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(KEY_PAUSE)
        self._later.timeout.connect(self._tell_source)
        self._build()
        self._connect()
        self.retranslate()
        self.recolor()

    def _build(self) -> None:
        ctx = self._ctx
        self._head = SectionHeader()
        self.add = button("", "link", name="add_sources")
        self._head.row.addWidget(self.add)
        self._head.row.setContentsMargins(SIDE, 6, 6, 2)
        self.source_list = RowView()
        self.source_list.setObjectName("source_list")
        self.source_list.setModel(self.sources)
        self.source_list.setItemDelegate(SourceDelegate(ctx, self.source_list))
        self._hint = label("", "dim", wrap=True)
        self._hint.setContentsMargins(SIDE, 8, SIDE, 8)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.informant_list = RowView()
        self.informant_list.setObjectName("informant_list")
        self.informant_list.setModel(self.informants)
        self.informant_list.setUniformItemSizes(True)
        self.informant_list.setItemDelegate(InformantDelegate(ctx, self.informant_list))
        self.card = InformantCard(ctx)
        self.card.hide()
        self.informant_list.setMinimumHeight(ctx.theme.px(84))
        upper, lower = QWidget(), QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._hint, 1)
        column.addWidget(self.source_list, 1)
        column = QVBoxLayout(lower)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._informant_head())
        column.addWidget(self.informant_list, 1)
        column.addWidget(self.card)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(upper)
        self.splitter.addWidget(lower)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([460, 220])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.splitter)

    def _informant_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(SIDE, 6, 6, 4)
        self._informants_title = label("", "section")
        self._informants_count = label("", "section")
        self.fold = QToolButton()
        self.fold.setObjectName("fold_informants")
        row.addWidget(self._informants_title)
        row.addStretch(1)
        row.addWidget(self._informants_count)
        self.table = QToolButton()
        self.table.setObjectName("show_informants")
        row.addWidget(self.table)
        row.addWidget(self.fold)
        return row

    def _connect(self) -> None:
        self.add.clicked.connect(self.add_asked)
        self.source_list.selectionModel().currentChanged.connect(self._on_source_current)
        self.source_list.clicked.connect(lambda _: self._tell_source())
        self.source_list.entered.connect(self._on_source_entered)
        self.source_list.menu_asked.connect(self._on_source_menu)
        self.informant_list.selectionModel().currentChanged.connect(self._on_informant_current)
        self.informant_list.clicked.connect(lambda _: self._on_informant_entered())
        self.informant_list.entered.connect(self._on_informant_entered)
        self.informant_list.menu_asked.connect(self._on_informant_menu)
        self.card.source_asked.connect(self._on_card_source)
        self.card.edit_asked.connect(self.informant_edit_asked)
        self.table.clicked.connect(self.informants_asked)
        self.fold.clicked.connect(lambda: self.fold_informants(not self.informants_shown))

    # what is shown

    def set_sources(self, sources: Sequence[SourceRow]) -> None:
        """Show these sources; the chosen one stays chosen."""
        self.sources.set_sources(sources)
        self._hint.setVisible(not sources)
        self.source_list.setVisible(bool(sources))

    def set_informants(self, informants: Sequence[InformantRow]) -> None:
        """Show these informants."""
        self.informants.set_rows(informants)
        self._informants_count.setText(self._ctx.words.number(len(informants)))
        self._show_card()

    def show_open(self, guid: str | None) -> None:
        """Mark the source that is open; emits nothing."""
        self._later.stop()
        index = self.sources.index_of(guid)
        if index != self.source_list.currentIndex():
            model = self.source_list.selectionModel()
            model.blockSignals(True)
            model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            model.blockSignals(False)
            self.source_list.viewport().update()
        if index.isValid():
            self.source_list.scrollTo(index)

    def source(self) -> SourceRow | None:
        """The chosen source."""
        row = self.source_list.currentIndex().data(ROW)
        return row if isinstance(row, SourceRow) else None

    def informant(self) -> InformantRow | None:
        """The chosen informant."""
        row: InformantRow | None = self.informant_list.currentIndex().data(ROW)
        return row

    @property
    def informants_shown(self) -> bool:
        """Whether the informants are listed."""
        return not self.informant_list.isHidden()

    def fold_informants(self, shown: bool) -> None:
        """Show the informants, or their number alone."""
        self.informant_list.setVisible(shown)
        self._show_card()
        lower = self.splitter.widget(1)
        lower.setMaximumHeight(16_777_215 if shown else lower.sizeHint().height())
        self.recolor()

    # what is done

    def _on_source_current(self, index: QModelIndex, _: QModelIndex) -> None:
        self._later.start()

    def _tell_source(self) -> None:
        self._later.stop()
        row = self.source()
        if row is not None:
            self.source_chosen.emit(row.guid)

    def _on_source_entered(self) -> None:
        self._tell_source()
        row = self.source()
        if row is not None:
            self.source_entered.emit(row.guid)

    def _on_source_menu(self, event: QContextMenuEvent) -> None:
        view = self.source_list
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = view.indexAt(event.pos()) if by_mouse else view.currentIndex()
        row = index.data(ROW)
        if isinstance(row, SourceRow):
            where = event.globalPos() if by_mouse else view.viewport().mapToGlobal(view.visualRect(index).center())
            self.source_menu_asked.emit(row.guid, where)

    def _on_informant_current(self, *_: QModelIndex) -> None:
        self._show_card()

    def _on_informant_entered(self) -> None:
        row = self.informant()
        if row is not None:
            self.informant_chosen.emit(row.guid)

    def _on_informant_menu(self, event: QContextMenuEvent) -> None:
        view = self.informant_list
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = view.indexAt(event.pos()) if by_mouse else view.currentIndex()
        if index.isValid():
            where = event.globalPos() if by_mouse else view.viewport().mapToGlobal(view.visualRect(index).center())
            self.informant_menu_asked.emit(index.data(ROW).guid, where)

    def _on_card_source(self, name: str) -> None:
        found = next((source for source in self.sources.sources() if source.name == name), None)
        if found is not None:
            self.source_entered.emit(found.guid)

    def _show_card(self) -> None:
        row = self.informant()
        self.card.show_informant(row)
        self.card.setVisible(row is not None and self.informants_shown)

    # words and looks

    def retranslate(self) -> None:
        t = self._ctx.t
        self._head.set_text(t("Sources"))
        self.add.setText(t("+ Add"))
        self.add.setAccessibleName(t("Add transcripts"))
        self.add.setToolTip(t("Add transcripts (Ctrl+I)"))
        self._hint.setText(t("Drop transcripts here or press Ctrl+I"))
        self.source_list.setAccessibleName(t("Sources"))
        self.informant_list.setAccessibleName(t("Informants"))
        self._informants_title.setText(t("Informants").upper())
        self.table.setAccessibleName(t("Table of informants"))
        self.table.setToolTip(t("Table of informants") + "  Ctrl+Shift+I")
        self.fold.setAccessibleName(t("Show informants"))
        self.fold.setToolTip(t("Show informants"))
        self._informants_count.setText(self._ctx.words.number(len(self.informants.rows)))
        self.sources.refresh()
        self.informants.refresh()
        self._show_card()

    def recolor(self) -> None:
        """Take on the present theme."""
        self.fold.setIcon(
            icon("chevron_down" if self.informants_shown else "chevron_right", self._ctx.theme.color("dim"))
        )
        self.table.setIcon(icon("expand", self._ctx.theme.color("dim")))
        for view in (self.source_list, self.informant_list):
            view.scheduleDelayedItemsLayout()
            view.viewport().update()
