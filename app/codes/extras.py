"""Under the fields of a code: its topics, and the codes of other frameworks that it is mapped onto."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QMenu, QVBoxLayout, QWidget

from app.context import Context
from app.models.code_book import OPEN_CODES, CodeBook
from app.widgets.flow import FlowLayout
from app.widgets.own_keys import own_key
from app.widgets.parts import SectionHeader, button, clear_layout, label
from coding.codes.rows import CodeDetails, CodeRow, TopicRow

TOPIC = int(Qt.ItemDataRole.UserRole)


class _TopicItem(QListWidgetItem):
    """Shows how many segments stand under the topic; only its label is edited."""

    def __init__(self, topic: TopicRow, said: str) -> None:
        super().__init__(topic.label)
        self.topic, self._said = topic, said
        self.setFlags(self.flags() | Qt.ItemFlag.ItemIsEditable)

    def data(self, role: int) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{self.topic.label}  ·  {self._said}"
        if role == TOPIC:
            return self.topic
        return super().data(role)


class TopicsBox(QWidget):
    """The topics of a code. `added` carries the code and a label, `renamed` the topic and a label, `shifted` the topic
    and -1 or 1."""

    added = Signal(str, str)
    renamed = Signal(str, str)
    removed = Signal(str)
    shifted = Signal(str, int)
    assigning_asked = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._code = ""
        self.header = SectionHeader()
        self.assign = button("", "small", name="assign_topics")
        self.header.row.addWidget(self.assign)
        self.hint = label("", "dim", wrap=True)
        self.list = QListWidget()
        self.list.setObjectName("topics")
        self.new = QLineEdit()
        self.new.setObjectName("new_topic")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.header, self.hint, self.list, self.new):
            column.addWidget(widget)
        self.new.returnPressed.connect(self.store)
        self.list.itemChanged.connect(self._on_edited)
        self.assign.clicked.connect(self.assigning_asked)
        for keys, run in (
            ("Delete", self._on_remove),
            ("Alt+Up", partial(self._on_shift, -1)),
            ("Alt+Down", partial(self._on_shift, 1)),
        ):
            own_key(self.list, keys, run)

    def show_topics(self, details: CodeDetails) -> None:
        """Show the topics of a code; the chosen one stays."""
        if details.code.guid != self._code:
            self.store()
            self.new.clear()
        self._code = details.code.guid
        read_only = self._ctx.project is None or self._ctx.project.read_only
        self.new.setReadOnly(read_only)
        current = self.list.currentItem()
        chosen = current.data(TOPIC).guid if current is not None else None
        with QSignalBlocker(self.list):
            self.list.clear()
            for topic in details.topics:
                said = self._ctx.n("{count} segment", "{count} segments", count=topic.segments)
                item = _TopicItem(topic, said)
                self.list.addItem(item)
                if topic.guid == chosen:
                    self.list.setCurrentItem(item)
        self.list.setVisible(bool(details.topics))
        self.list.setFixedHeight(max(1, min(len(details.topics), 6)) * self._ctx.theme.px(30) + 6)
        self.assign.setVisible(bool(details.topics and details.code.segments))

    def store(self) -> None:
        """Add the topic that is being written."""
        if self._code and self.new.text().strip():
            self.added.emit(self._code, self.new.text())
            self.new.clear()

    def forget(self) -> None:
        self._code = ""
        self.new.clear()
        self.list.clear()

    def _on_edited(self, item: QListWidgetItem) -> None:
        topic, text = item.data(TOPIC), str(item.data(Qt.ItemDataRole.EditRole))
        if text != topic.label:
            self.renamed.emit(topic.guid, text)

    def _on_remove(self) -> None:
        if (item := self.list.currentItem()) is not None:
            self.removed.emit(item.data(TOPIC).guid)

    def _on_shift(self, by: int) -> None:
        if (item := self.list.currentItem()) is not None:
            self.shifted.emit(item.data(TOPIC).guid, by)

    def retranslate(self) -> None:
        t = self._ctx.t
        self.header.set_text(t("Topics"))
        self.assign.setText(t("Choose their segments…"))
        self.hint.setText(t("Labels inside the code, for what would else contradict: internal and external."))
        self.new.setPlaceholderText(t("New topic, then Enter"))
        self.new.setAccessibleName(t("New topic"))
        self.list.setAccessibleName(t("Topics"))


class LinksBox(QWidget):
    """What a code is mapped onto. `linked` and `unlinked` carry both guids."""

    linked = Signal(str, str)
    unlinked = Signal(str, str)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._details: CodeDetails | None = None
        self._book = CodeBook()
        self.header = SectionHeader()
        self.add = button("", "small", name="add_link")
        self.header.row.addWidget(self.add)
        self.hint = label("", "dim", wrap=True)
        self._chips = QWidget()
        self.flow = FlowLayout(self._chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.header, self.hint, self._chips):
            column.addWidget(widget)
        self.add.clicked.connect(self._on_add)

    def show_links(self, details: CodeDetails, book: CodeBook) -> None:
        """Show the mappings of a code."""
        self._details, self._book = details, book
        clear_layout(self.flow)
        language, t = self._ctx.language, self._ctx.t
        for one in details.links:
            home = book.framework(one.framework)
            chip = button(f"{home.label(language) if home else t('Open codes')}: {one.label(language)}  ✕")
            chip.setObjectName("link")
            chip.setAccessibleName(t("Take back the mapping onto {code}", code=one.label(language)))
            chip.setToolTip(chip.accessibleName())
            chip.clicked.connect(partial(self.unlinked.emit, details.code.guid, one.guid))
            self.flow.addWidget(chip)
        self._chips.setVisible(bool(details.links))
        self.add.setEnabled(self._ctx.project is not None and not self._ctx.project.read_only)

    def menu(self) -> QMenu:
        """The codes of the other frameworks, to be mapped onto."""
        menu = QMenu(self)
        if self._details is None:
            return menu
        this, language = self._details.code, self._ctx.language
        taken = {one.guid for one in self._details.links}
        for framework in self._book.frameworks:
            if framework.key == this.framework:
                continue
            inner = menu.addMenu(framework.label(language))
            for code in framework.codes:
                self._entry(inner, code, code.guid in taken)
        if this.framework is not None and self._book.codes_of(OPEN_CODES):
            inner = menu.addMenu(self._ctx.t("Open codes"))
            for code in self._book.codes_of(OPEN_CODES):
                self._entry(inner, code, code.guid in taken)
        return menu

    def _entry(self, menu: QMenu, code: CodeRow, taken: bool) -> None:
        assert self._details is not None
        name = code.label(self._ctx.language).replace("&", "&&")
        action = menu.addAction(f"    {name}" if code.parent else name)
        action.setCheckable(True)
        action.setChecked(taken)
        signal = self.unlinked if taken else self.linked
        action.triggered.connect(partial(_tell, signal, self._details.code.guid, code.guid))

    def _on_add(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def retranslate(self) -> None:
        t = self._ctx.t
        self.header.set_text(t("Mapped onto"))
        self.add.setText(t("Map…"))
        self.hint.setText(t("A factor answers to dimensions of a theory, and a dimension to factors; read either way."))


def _tell(signal: Any, one: str, other: str, _: bool = False) -> None:
    signal.emit(one, other)
