"""The window of personal data: what is found in the texts, replaced in one step, put back; the key as a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.jobs.threads import Job
from app.privacy.table import FoundTable
from app.widgets.fields import ComboBox
from app.widgets.parts import button, label, line
from app.widgets.side_window import SideWindow
from coding.changes import Changes
from coding.errors import mark
from coding.privacy import keys
from coding.privacy.elsewhere import Found, names_found
from coding.privacy.finding import find_personal
from coding.privacy.known import set_never
from coding.privacy.masking import MASK_TITLE, UNMASK_TITLE, Done, mask, unmask
from coding.privacy.rows import KIND_NAMES, Group
from coding.project import Operation, Reader
from coding.transcripts.queries import sources

RELEVANT = Changes.SOURCES | Changes.INFORMANTS | Changes.PROJECT | Changes.VIEWS


class PrivacyWindow(SideWindow):
    """Finds when it is shown, and again when texts have changed."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(ctx, parent, "privacy", 980, 620)
        self._groups: list[Group] = []
        self._state = keys.KeyState(0, 0, 0)
        self._names = Found(0, 0, 0)
        self.source, self.kind = ComboBox(), ComboBox()
        for box in (self.source, self.kind):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(16)
        self.said, self.key_said = label("", "dim", wrap=True), label("", "dim", wrap=True)
        self.table = FoundTable(ctx)
        self.everywhere = QCheckBox()
        self.everywhere.setChecked(True)
        self.all, self.none, self.never = button(), button(), button()
        self.replace, self.back, self.more = button("", "primary"), button(), button()
        self._menu = QMenu(self)
        self.more.setMenu(self._menu)
        self._build()
        self.source.activated.connect(self.renew)
        self.kind.activated.connect(self._fill)
        self.table.chosen.connect(self._enable)
        self.table.itemSelectionChanged.connect(self._enable)
        self.all.clicked.connect(partial(self.table.tick, True))
        self.none.clicked.connect(partial(self.table.tick, False))
        self.never.clicked.connect(self.say_never)
        self.replace.clicked.connect(self.replace_ticked)
        self.back.clicked.connect(self.put_back)
        for key in ("Return", "Enter"):
            shortcut = QShortcut(QKeySequence(key), self.table, self.table.open_current)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        ctx.changed.connect(self._on_changed)
        ctx.project_closed.connect(self._on_closed)
        ctx.language_changed.connect(self.retranslate)
        self.retranslate()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self.source, 2)
        head.addWidget(self.kind, 1)
        for made in (self.all, self.none, self.never):
            head.addWidget(made)
        column.addLayout(head)
        column.addWidget(self.said)
        column.addWidget(self.table, 1)
        column.addWidget(self.everywhere)
        column.addWidget(line())
        column.addWidget(self.key_said)
        foot = QHBoxLayout()
        foot.addWidget(self.more)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.replace)
        column.addLayout(foot)
        for made in (self.all, self.none, self.never, self.replace, self.back, self.more):
            made.setAutoDefault(False)

    def open_list(self) -> None:
        """Show the window and look for personal data."""
        self.bring_up()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.renew()

    def renew(self) -> None:
        """Look again in the chosen source, or in all."""
        if self.ctx.project is None or not self.isVisible():
            return
        only = self.source.currentData()
        task = self.ctx.task(mark("Looking for personal data…"))

        def work(reader: Reader) -> Any:
            listed = [(row.guid, row.name) for row in sources(reader)]
            chosen = {only} if only in {guid for guid, _ in listed} else None
            return find_personal(reader, chosen, task), keys.key_state(reader), listed, names_found(reader)

        self.ctx.read(work, self._take, key="privacy", task=task)

    def _take(self, found: Any) -> None:
        self._groups, self._state, listed, self._names = found
        kept = self.source.currentData()
        self.source.clear()
        self.source.addItem(self.ctx.t("All sources"), None)
        for guid, name in listed:
            self.source.addItem(name, guid)
        self.source.setCurrentIndex(max(0, self.source.findData(kept)))
        self._fill()

    def _fill(self) -> None:
        self.table.show_groups(self._groups, self.kind.currentData())
        self._enable()

    def _enable(self) -> None:
        t, n = self.ctx.t, self.ctx.n
        choices = self.table.choices()
        places = sum(len(choice.places) for choice in choices)
        if not self._groups:
            self.said.setText(
                t(
                    "Nothing that looks like personal data was found. Names without a form of "
                    "address may have been missed: read the texts, too."
                )
            )
        else:
            self.said.setText(
                n(
                    "{count} text found, {ticked} ticked with {places} places.",
                    "{count} texts found, {ticked} ticked with {places} places.",
                    count=len(self._groups),
                    ticked=len(choices),
                    places=places,
                )
                + " "
                + t("Patterns miss some and find too much: look through the list.")
            )
        writable = self.ctx.project is not None and not self.ctx.project.read_only
        self.replace.setEnabled(writable and bool(choices))
        self.never.setEnabled(writable and bool(self.table.selected_groups()))
        self.back.setEnabled(writable and self._state.entries > 0)
        self.everywhere.setText(self._about_elsewhere())
        self.key_said.setText(self._about_key())
        self._fill_menu(writable)

    def _about_elsewhere(self) -> str:
        return self.ctx.n(
            "Also in names of sources, labels, codes of informants, memos, findings and comments: {count} name there",
            "Also in names of sources, labels, codes of informants, memos, findings and comments: {count} names there",
            count=self._names.elsewhere,
        )

    def _about_rest(self) -> str:
        """What still tells a name when the key is out."""
        n, found = self.ctx.n, self._names
        said = []
        if found.texts:
            said.append(
                n(
                    "{count} place in the texts still has the name of an informant; replace it first.",
                    "{count} places in the texts still have names of informants; replace them first.",
                    count=found.texts,
                )
            )
        if found.stays:
            said.append(
                n(
                    "{count} code, value or saved search with such a name stays as it is.",
                    "{count} codes, values or saved searches with such names stay as they are.",
                    count=found.stays,
                )
            )
        return " ".join(said)

    def _about_key(self) -> str:
        t, state = self.ctx.t, self._state
        if not state.entries and state.out:
            return t(
                "The key was taken out of the project on {date}; its file alone puts the originals back.",
                date=self.ctx.words.date(state.out[:10]),
            )
        if not state.entries:
            return t(
                "Replacing can be undone. The originals stay in the key of the project, in "
                "former texts, kept files, the history and backups until you take them out."
            )
        return self.ctx.n(
            "The key holds {count} original. Former texts ({former}), kept files ({files}), "
            "the history and backups hold originals, too.",
            "The key holds {count} originals. Former texts ({former}), kept files ({files}), "
            "the history and backups hold originals, too.",
            count=state.entries,
            former=state.former,
            files=state.originals,
        )

    def _fill_menu(self, writable: bool) -> None:
        t, menu = self.ctx.t, self._menu
        menu.clear()
        for text, run, works in (
            (t("Take the key out into a file…"), self.ask_take_out, self._state.entries > 0),
            (t("Bring back a key file…"), self.ask_bring_back, True),
            (t("Forget former texts…"), self.ask_forget, True),
        ):
            menu.addAction(text, run).setEnabled(writable and works)

    # doing

    def replace_ticked(self) -> None:
        """Replace what is ticked, as one step."""
        choices, everywhere = self.table.choices(), self.everywhere.isChecked()
        places = sum(len(choice.places) for choice in choices)
        task = self.ctx.task(MASK_TITLE, count=places)

        def done(result: Done) -> None:
            self.table.forget()
            said = self.ctx.n("{count} place replaced", "{count} places replaced", count=result.places)
            if result.left:
                said += " · " + self.ctx.n(
                    "{count} left, because it lies across a turn or joins a letter",
                    "{count} left, because they lie across a turn or join a letter",
                    count=result.left,
                )
            self.ctx.say(said)

        self.ctx.operate(
            MASK_TITLE, lambda op: mask(op, choices, task, everywhere=everywhere), done, task=task, count=places
        )

    def put_back(self) -> None:
        """Put all originals back, as one step."""
        task = self.ctx.task(UNMASK_TITLE)

        def done(result: Done) -> None:
            self.ctx.say(self.ctx.n("{count} place put back", "{count} places put back", count=result.places))

        self.ctx.operate(UNMASK_TITLE, lambda op: unmask(op, task), done, task=task)

    def say_never(self) -> None:
        """The selected texts are never personal data."""
        groups = self.table.selected_groups()

        def work(op: Operation) -> None:
            for group in groups:
                set_never(op, group.kind, [group.text])

        if groups:
            self.ctx.operate(mark("Never personal data"), work)

    def ask_take_out(self) -> None:
        """Ask where the key file goes."""
        project, t = self.ctx.project, self.ctx.t
        if project is None:
            return
        name = str(project.path.with_suffix(keys.SUFFIX))
        kind = f"{t('Key file')} (*{keys.SUFFIX})"
        chosen, _ = QFileDialog.getSaveFileName(self, t("Take the key out into a file"), name, kind)
        if chosen:
            path = Path(chosen)
            self.take_out(path if path.suffix == keys.SUFFIX else path.with_name(path.name + keys.SUFFIX))

    def take_out(self, path: Path) -> None:
        """Say what it means, then take the key out into `path`."""
        text = self.ctx.t(
            "The key goes into {file} and leaves the project, with the informants' names, "
            "former texts, kept files and what undo needs. Without this file nothing can be "
            "put back. This can't be undone. Backups made before still hold the originals: "
            "{folder}",
            file=path.name,
            folder=self._backups(),
        )
        text = "\n\n".join(part for part in (text, self._about_rest()) if part)
        self._ask(
            self.ctx.t("Take the key out"),
            text,
            lambda: self._final(keys.TAKE_OUT_TITLE, lambda op: keys.take_out(op, path)),
        )

    def ask_bring_back(self) -> None:
        """Ask for the key file."""
        kind = f"{self.ctx.t('Key file')} (*{keys.SUFFIX})"
        chosen, _ = QFileDialog.getOpenFileName(self, self.ctx.t("Bring back a key file"), "", kind)
        if chosen:
            self.ctx.operate(keys.BRING_BACK_TITLE, lambda op: keys.bring_back(op, Path(chosen)))

    def ask_forget(self) -> None:
        """Say what it means, then forget former texts."""
        text = self.ctx.t(
            "Former texts, kept files and what undo needs are removed from the project for "
            "good. This can't be undone. Backups made before still hold them: {folder}",
            folder=self._backups(),
        )
        self._ask(self.ctx.t("Forget former texts"), text, lambda: self._final(keys.FORGET_TITLE, keys.forget))

    def _backups(self) -> str:
        from coding.store.backup import folder_for

        return str(folder_for(self.ctx.project.path)) if self.ctx.project is not None else ""

    def _final(self, title: str, work: Any) -> None:
        """A step that can't be undone, then the file is written anew so that nothing of it is left there."""

        def done(_: Any) -> None:
            project = self.ctx.project
            if project is not None:
                jobs = self.ctx.jobs
                jobs.writer.queue(Job(lambda: keys.wipe(project.path), None, self.ctx.say_error))

        self.ctx.operate(title, work, done)

    def _ask(self, title: str, text: str, run: Any) -> None:
        dialog = Dialog(self.ctx, self, title)
        said = label(text, wrap=True)
        said.setMinimumWidth(self.ctx.theme.px(420))
        dialog.content.addWidget(said)
        dialog.add_button(self.ctx.t("Cancel")).clicked.connect(dialog.reject)
        dialog.add_button(title, "primary", name="privacy_confirm").clicked.connect(dialog.accept)
        dialog.accepted.connect(run)
        dialog.open()

    # following

    def _on_changed(self, changes: Any) -> None:
        if changes & RELEVANT:
            self.renew()

    def _on_closed(self) -> None:
        self._groups, self._state, self._names = [], keys.KeyState(0, 0, 0), Found(0, 0, 0)
        self.table.forget()
        self.source.clear()
        self._fill()

    def retranslate(self) -> None:
        t = self.ctx.t
        self.setWindowTitle(t("Personal data"))
        kept = self.kind.currentIndex()
        self.kind.clear()
        self.kind.addItem(t("All kinds"), None)
        for kind, name in KIND_NAMES.items():
            self.kind.addItem(t(name), kind)
        self.kind.setCurrentIndex(max(0, kept))
        self.source.setAccessibleName(t("Source"))
        self.kind.setAccessibleName(t("Kind"))
        self.table.setAccessibleName(t("Personal data"))
        self.all.setText(t("Tick all"))
        self.none.setText(t("Untick all"))
        self.never.setText(t("Never personal data"))
        self.replace.setText(t("Replace ticked"))
        self.back.setText(t("Put the originals back"))
        self.more.setText(t("Key and former texts"))
        if self.source.count():
            self.source.setItemText(0, t("All sources"))
        self._fill()


def show_privacy(ctx: Context, window: QWidget) -> PrivacyWindow:
    """Bring the window up, made when first wanted."""
    shown = window.findChild(PrivacyWindow)
    if not isinstance(shown, PrivacyWindow):
        shown = PrivacyWindow(ctx, window)
    shown.open_list()
    return shown
