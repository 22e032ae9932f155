"""The foot of the window: what is in the project, what can be undone, what is going on, backup, coder, language."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from app.context import Context
from app.jobs.tasks import CANCELLABLE_AFTER, Task
from app.widgets.parts import ElidedLabel, KeyBadge, button, label, set_look
from coding.changes import Changes
from coding.words import LANGUAGES

if TYPE_CHECKING:
    from coding.project import Reader


class StatusLine(QWidget):
    """One quiet line. `coder_clicked` when the person wants to be somebody else."""

    coder_clicked = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._task: Task | None = None
        self._counts_of: tuple[int, int] | None = None
        self.setObjectName("status_line")
        self.setProperty("surface", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build()
        ctx.jobs.tasks.changed.connect(self._on_tasks)
        ctx.history_changed.connect(self.refresh)
        ctx.language_changed.connect(self.refresh)
        ctx.theme_changed.connect(self.refresh)
        ctx.project_opened.connect(self._count)
        ctx.project_closed.connect(self._on_closed)
        ctx.changed.connect(self._on_changed)
        self.refresh()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 8, 0)
        row.setSpacing(16)
        self.counts = label("", "dim")
        self.undo = ElidedLabel("", "dim")
        self.undo.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.undo.setMinimumWidth(1)
        self._undo_key = KeyBadge(self._ctx, QKeySequence("Ctrl+Z").toString(QKeySequence.SequenceFormat.NativeText))
        self.remark = ElidedLabel("", "dim")
        self.remark.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.remark.setMinimumWidth(1)
        self.activity = ElidedLabel("", "dim")
        self.activity.setObjectName("activity")
        self.progress = QProgressBar()
        self.progress.setFixedWidth(120)
        self.progress.setTextVisible(False)
        self.cancel = button("", "small", name="cancel_task")
        self.cancel.clicked.connect(self._on_cancel)
        self.backup = label("", "dim")
        self.coder = button("", "small", name="coder")
        self.coder.clicked.connect(self.coder_clicked)
        row.addWidget(self.counts)
        undo = QHBoxLayout()
        undo.setSpacing(6)
        undo.addWidget(self.undo)
        undo.addWidget(self._undo_key)
        row.addLayout(undo)
        row.addWidget(self.remark)
        row.addWidget(self.activity, 1)
        for widget in (self.progress, self.cancel, self.backup, self.coder):
            row.addWidget(widget)
        languages = QHBoxLayout()
        languages.setSpacing(0)
        self.languages = {}
        for language in LANGUAGES:
            made = button(language.upper(), "small", name=f"language_{language}")
            made.setCheckable(True)
            made.clicked.connect(lambda _=False, name=language: self._on_language(name))
            languages.addWidget(made)
            self.languages[language] = made
        row.addLayout(languages)

    def refresh(self) -> None:
        """Say everything again."""
        t, project = self._ctx.t, self._ctx.project
        if project is None or self._counts_of is None:
            self.counts.setText("")
        else:
            segments, frameworks = self._counts_of
            n = self._ctx.n
            parts = (
                n("{count} segment", "{count} segments", count=segments),
                n("{count} framework", "{count} frameworks", count=frameworks),
            )
            hidden = (t("codings of others are hidden"),) if project.only_coder is not None else ()
            self.counts.setText(" · ".join((*parts, *hidden)))
        undo = project.next_undo if project else None
        self.undo.setText(t("Undo: {title}", title=undo) if undo else "")
        self._undo_key.setVisible(undo is not None)
        backup = project.backup if project else None
        self.backup.setText(t("Last backup {time}", time=self._time(backup)) if backup else "")
        if project is not None and project.role == "supervisor":
            self.coder.setText(t("Supervisor: {name}", name=project.coder))
        else:
            self.coder.setText(t("Coder: {name}", name=project.coder) if project else "")
        self.coder.setVisible(project is not None)
        self.coder.setToolTip(t("Change who codes"))
        self.setFixedHeight(self._ctx.theme.px(28))
        self.cancel.setText(t("Cancel"))
        names = {"id": t("Indonesian"), "en": t("English")}
        for language, made in self.languages.items():
            made.setChecked(language == self._ctx.language)
            made.setToolTip(names[language])
            made.setAccessibleName(names[language])
        self._on_tasks()

    def _time(self, moment: datetime) -> str:
        local = moment.astimezone()
        clock = f"{local:%H.%M}" if self._ctx.language == "id" else f"{local:%H:%M}"
        if local.date() == datetime.now().astimezone().date():
            return clock
        return f"{self._ctx.words.short_date(local.date().isoformat())} {clock}"

    def show_remark(self, text: str, tone: str = "dim") -> None:
        """Show the remark of the workspace in front."""
        self.remark.setText(text)
        set_look(self.remark, "tone", tone)

    def _on_language(self, language: str) -> None:
        self._ctx.set_language(language)
        self.refresh()

    def _on_changed(self, changes: Changes) -> None:
        if changes & (Changes.SEGMENTS | Changes.CODES | Changes.SOURCES):
            self._count()

    def _count(self) -> None:
        only = self._ctx.project.only_coder if self._ctx.project is not None else None
        self._ctx.read(lambda reader: _counts(reader, only), self._on_counted, key="status_line.counts")

    def _on_counted(self, counts: tuple[int, int]) -> None:
        self._counts_of = counts
        self.refresh()

    def _on_closed(self) -> None:
        self._counts_of = None
        self.show_remark("")
        self.refresh()

    def _on_tasks(self) -> None:
        task = self._task = self._ctx.jobs.tasks.shown()
        self.progress.setVisible(task is not None)
        self.cancel.setVisible(task is not None and task.cancellable and task.seconds >= CANCELLABLE_AFTER)
        if task is None:
            self.activity.setText("")
            return
        self.activity.setText(f"{task.text}  {task.detail}" if task.detail else task.text)
        self.progress.setRange(0, task.total)
        self.progress.setValue(task.done)

    def _on_cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()


def _counts(reader: Reader, only: str | None) -> tuple[int, int]:
    """Coded segments, all or one coder's, and frameworks in the project."""
    from coding.codes.queries import frameworks, open_codes

    rows = frameworks(reader)
    if only is not None:
        from coding.codes.counts import counts_by_guid

        return sum(counts_by_guid(reader, only).values()), len(rows)
    return sum(row.segments for row in rows) + sum(code.segments for code in open_codes(reader)), len(rows)
