"""The question before a person is erased: what goes, what stays, and that nothing brings it back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.informants.dialogs import named
from app.jobs.threads import Job
from app.widgets.parts import label
from coding.errors import mark
from coding.privacy.erasing import ERASE_TITLE, Erasing, erase, finish, plan_erasing
from coding.privacy.erasing_words import left_behind, what_goes, what_stays
from coding.project import Reader
from coding.transcripts.rows import InformantRow


def ask_erase(ctx: Context, parent: QWidget, row: InformantRow) -> None:
    """Look what would go, then ask."""
    task = ctx.task(mark("Looking for all that is known of {code}…"), code=row.code)

    def look(reader: Reader) -> Erasing:
        return plan_erasing(reader, row.guid, task)

    ctx.read(look, lambda plan: EraseDialog(ctx, parent, row, plan).open(), key="informants.erase", task=task)


class EraseDialog(Dialog):
    """Lists what goes; the button works once it is said that it can't be undone."""

    def __init__(self, ctx: Context, parent: QWidget, row: InformantRow, plan: Erasing) -> None:
        super().__init__(ctx, parent, ctx.t("Erase a person"))
        self.setObjectName("erase_dialog")
        width = ctx.theme.px(540)
        self._plan = plan
        t = ctx.t
        self.content.addWidget(label(t("Erase {code} for good?", code=named(row)), "heading", wrap=True))
        self.content.addWidget(label(t("This is removed from the project:"), wrap=True))
        self.goes = [label(f"•  {line}", wrap=True) for line in what_goes(plan, ctx.words)]
        for line in self.goes:
            self.content.addWidget(line)
        stays = t("The informant stays as an anonymous one who is left out, and “{mark}” stands where they spoke.",
                  mark=plan.scrubber.instead)  # fmt: skip
        for text in (stays, what_stays(ctx.words)):
            self.content.addWidget(label(text, "dim", wrap=True))
        self.content.addSpacing(8)
        self.sure = QCheckBox(t("This can't be undone, nor any step before it"))
        self.sure.setObjectName("erase_sure")
        self.content.addWidget(self.sure)
        self.content.addStretch(1)
        cancel = self.add_button(t("Cancel"), name="erase_cancel", default=True)
        cancel.clicked.connect(self.reject)
        self.erase = self.add_button(t("Erase for good"), "danger", name="erase_save")
        self.erase.setEnabled(False)
        self.sure.toggled.connect(self.erase.setEnabled)
        self.erase.clicked.connect(self._on_erase)
        self.setFixedWidth(width)
        if (layout := self.layout()) is not None:  # a layout gives wrapped text the height of one line otherwise
            self.setMinimumHeight(layout.totalHeightForWidth(width))
        self.sure.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_erase(self) -> None:
        ctx, plan = self.ctx, self._plan
        project = ctx.project
        task = ctx.task(ERASE_TITLE)
        if project is None:
            return
        path = project.path

        def finished(left: list[Path]) -> None:
            for copy in left:
                ctx.say(left_behind(copy, ctx.words), "warning")
            if not left:
                ctx.say(ctx.t("{code} is erased", code=plan.code))

        def done(_: object) -> None:
            ctx.jobs.writer.queue(Job(lambda: finish(path, plan), finished, ctx.say_error))

        ctx.operate(ERASE_TITLE, lambda op: erase(op, plan, task), done, task=task)
        self.accept()
