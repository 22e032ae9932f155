"""Topics of the current segment: chosen among those of its code, or made on the spot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from app.context import Context
from app.dialogs.name import NameDialog
from coding.codes.rows import TopicRow
from coding.codes.topics import topics
from coding.segments.rows import SegmentRow

if TYPE_CHECKING:
    from app.workspaces.transcripts.workspace import TranscriptsWorkspace


class Topics(QObject):
    """Asks which topic of its code the current segment stands under."""

    def __init__(self, ctx: Context, workspace: TranscriptsWorkspace) -> None:
        super().__init__(workspace)
        self._ctx, self._workspace = ctx, workspace
        workspace.segment.details.topic_asked.connect(self._on_button)

    def ask(self) -> None:
        """Open the list of topics beside the passage."""
        area = self._workspace.view.area
        self._ask(area.viewport().mapToGlobal(area.cursorRect().bottomLeft()))

    def _on_button(self) -> None:
        button = self._workspace.segment.details.topic
        self._ask(button.mapToGlobal(QPoint(0, button.height())))

    def _ask(self, where: QPoint) -> None:
        row = self._workspace.tagging.may_recode()
        if row is None:
            return
        code = row.code_guid

        def show(found: list[TopicRow]) -> None:
            current = self._workspace.tagging.current
            if current is None or current.guid != row.guid:
                return
            if found:
                menu = self.menu(current, found)
                menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
                menu.popup(where)
            else:
                self.ask_new(found)

        self._ctx.read(lambda reader: topics(reader, code), show, key="transcripts.topics")

    def menu(self, row: SegmentRow, found: list[TopicRow]) -> QMenu:
        """The topics of the segment's code, the first nine by their number, and a new one."""
        t, tagging = self._ctx.t, self._workspace.tagging
        menu = QMenu(self._workspace)
        menu.setObjectName("topic_menu")
        menu.setAccessibleName(t("Topic"))
        for number, topic in enumerate(found, 1):
            sign = f"&{number}   " if number < 10 else ""
            action = menu.addAction(f"{sign}{topic.label.replace('&', '&&')}")
            action.setCheckable(True)
            action.setChecked(topic.guid == row.topic_guid)
            action.triggered.connect(lambda _=False, topic=topic: tagging.set_topic(topic.guid, topic.label))
        menu.addSeparator()
        menu.addAction(f"&0   {t('No topic')}", lambda: tagging.set_topic(None, "")).setEnabled(bool(row.topic_guid))
        menu.addAction(t("New topic…"), lambda: self.ask_new(found))
        return menu

    def ask_new(self, found: list[TopicRow]) -> None:
        """Ask for the name of a new topic of the current segment's code; `found` are those it has."""
        t, tagging = self._ctx.t, self._workspace.tagging
        row = tagging.may_recode()
        if row is None:
            return
        guid = row.guid

        def put(label: str) -> None:
            same = next((topic for topic in found if topic.label.casefold() == label.casefold()), None)
            if tagging.current is None or tagging.current.guid != guid:
                return
            if same is not None:
                tagging.set_topic(same.guid, same.label)
            else:
                tagging.put_under_new_topic(label)

        question = t("A topic inside “{code}”", code=row.label(self._ctx.language))
        dialog = NameDialog(self._ctx, self._workspace, t("New topic"), question, put)
        dialog.finished.connect(self._workspace.focus_text)
        dialog.open()
