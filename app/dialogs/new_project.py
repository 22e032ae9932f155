"""A new project: title, file, language, frameworks, and who codes."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from app.context import Context
from app.dialogs.base import Dialog
from app.dialogs.files import keep_folder, start_folder
from app.project_info import free_path
from app.widgets.parts import ElidedLabel, button, label, set_look
from coding.errors import CodingError
from frameworks.loader import builtin_keys, load_builtin

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_STEM_LENGTH = 80


class NewProjectDialog(Dialog):
    """Asks for everything at once; what is missing or wrong is said under its field."""

    def __init__(self, ctx: Context, parent: QWidget | None) -> None:
        super().__init__(ctx, parent, ctx.t("New project"))
        self.setObjectName("new_project_dialog")
        self.setMinimumWidth(ctx.theme.px(760))
        self.content.setSpacing(4)
        self._folder = start_folder(ctx)
        self._file_chosen = False
        self._errors: dict[QLineEdit, QLabel] = {}
        t = ctx.t
        self.title = self._field(t("Title of the study"), "new_title")
        self.file = self._file_field()
        self.coder = self._field(t("Your name, as the coder"), "new_coder")
        self.coder.setText(ctx.settings.get("coder"))
        self._language_choice()
        self._framework_choice()
        self._problem = label("", "error", wrap=True)
        self._problem.hide()
        self.content.addWidget(self._problem)
        self.add_button(t("Cancel"), name="new_cancel").clicked.connect(self.reject)
        self.create_button = self.add_button(t("Make the project"), "primary", name="new_create", default=True)
        self.create_button.clicked.connect(self._on_create)
        self.title.textChanged.connect(self._on_title)
        self._on_title("")
        self.title.setFocus()

    def _field(self, caption: str, name: str) -> QLineEdit:
        edit = QLineEdit()
        edit.setObjectName(name)
        shown = label(caption)
        shown.setBuddy(edit)
        self.content.addWidget(shown)
        self.content.addWidget(edit)
        self._error_line(edit)
        return edit

    def _error_line(self, edit: QLineEdit) -> None:
        line = label("", "error", wrap=True)
        line.hide()
        self.content.addWidget(line)
        self.content.addSpacing(6)
        self._errors[edit] = line
        edit.textChanged.connect(lambda: self._complain(edit, ""))

    def _file_field(self) -> QLineEdit:
        t = self.ctx.t
        edit = QLineEdit()
        edit.setObjectName("new_file")
        caption = label(t("File"))
        caption.setBuddy(edit)
        browse = button(t("Choose…"), name="new_browse")
        browse.clicked.connect(self._on_browse)
        row = QHBoxLayout()
        row.addWidget(edit, 1)
        row.addWidget(browse)
        self.content.addWidget(caption)
        self.content.addLayout(row)
        self._error_line(edit)
        edit.textEdited.connect(self._on_file_edited)
        return edit

    def _language_choice(self) -> None:
        t = self.ctx.t
        self.content.addWidget(label(t("Language of the study")))
        row = QHBoxLayout()
        row.setSpacing(24)
        self.languages = QButtonGroup(self)
        for number, (language, words) in enumerate((("id", "Bahasa Indonesia"), ("en", "English"))):
            made = QRadioButton(words)
            made.setObjectName(f"new_language_{language}")
            made.setChecked(language == self.ctx.language)
            self.languages.addButton(made, number)
            row.addWidget(made)
        row.addWidget(label(t("labels and reports are in it"), "dim"))
        row.addStretch(1)
        self.content.addLayout(row)
        self.content.addSpacing(6)

    def _framework_choice(self) -> None:
        t, language = self.ctx.t, self.ctx.language
        self.content.addWidget(label(t("Frameworks to code with")))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        self.frameworks: dict[str, QCheckBox] = {}
        for row, key in enumerate(builtin_keys()):
            framework = load_builtin(key)
            box = QCheckBox(framework.label.in_(language))
            box.setObjectName(f"new_framework_{key}")
            box.setChecked(True)
            box.setAccessibleDescription(framework.description.in_(language))
            grid.addWidget(box, row, 0)
            grid.addWidget(ElidedLabel(_first_sentence(framework.description.in_(language)), "dim"), row, 1)
            self.frameworks[key] = box
        self.content.addLayout(grid)
        self.content.addWidget(label(t("More can be added at any time, also your own."), "small"))

    def _on_title(self, title: str) -> None:
        if not self._file_chosen:
            stem = file_stem(title) or self.ctx.t("New study")
            self.file.setText(str(free_path(self._folder, stem)))

    def _on_file_edited(self, _: str) -> None:
        self._file_chosen = True

    def _on_browse(self) -> None:
        shown = f"{self.ctx.t('Telaah project')} (*.telaah)"
        options = QFileDialog.Option.DontConfirmOverwrite
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.ctx.t("File of the new project"), self.file.text(), shown, options=options
        )
        if chosen:
            self.file.setText(str(_with_suffix(Path(chosen))))
            self._file_chosen = True

    def _complain(self, edit: QLineEdit, words: str) -> None:
        line = self._errors[edit]
        line.setText(words)
        line.setVisible(bool(words))
        set_look(edit, "invalid", bool(words))
        edit.setAccessibleDescription(words)

    def problems(self) -> list[QLineEdit]:
        """Say under each field what is missing or wrong in it; returns those fields."""
        t = self.ctx.t
        path = self.path()
        self._complain(self.title, "" if self.title.text().strip() else t("Give the study a title."))
        self._complain(
            self.coder, "" if self.coder.text().strip() else t("Give the name that your coded segments carry.")
        )
        wrong = ""
        if not self.file.text().strip():
            wrong = t("Choose a file.")
        elif not _there(path.parent):
            wrong = t("The folder {folder} does not exist.", folder=str(path.parent))
        elif _there(path):
            wrong = t("{file} exists already; choose another name.", file=path.name)
        self._complain(self.file, wrong)
        return [edit for edit in (self.title, self.file, self.coder) if self._errors[edit].text()]

    def path(self) -> Path:
        """The file that will be made."""
        return _with_suffix(Path(self.file.text().strip()).expanduser())

    def _on_create(self) -> None:
        wrong = self.problems()
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._problem.hide()
        self.create_button.setEnabled(False)
        coder = self.coder.text().strip()
        self.ctx.settings.set("coder", coder)
        language = "en" if self.languages.checkedId() == 1 else "id"
        keys = [key for key, box in self.frameworks.items() if box.isChecked()]
        keep_folder(self.ctx, self.path())
        title = self.title.text().strip()
        self.ctx.create_project(self.path(), title, language, keys, coder, self._on_failed, self.accept)

    def _on_failed(self, error: Exception) -> None:
        self.create_button.setEnabled(True)
        if isinstance(error, CodingError):
            self._problem.setText(error.sentence(self.ctx.words))
            self._problem.show()
        else:
            self.ctx.say_error(error)


def file_stem(title: str) -> str:
    """A file name made of `title` that every system allows, without ending; empty when nothing is left."""
    words = " ".join(_FORBIDDEN.sub(" ", title).split())
    return words[:_STEM_LENGTH].strip(" .")


def _there(path: Path) -> bool:
    """Whether `path` exists; what can't even be asked for is told by the attempt to make it."""
    try:
        return path.exists()
    except OSError:
        return False


def _with_suffix(path: Path) -> Path:
    return path if path.suffix.lower() == ".telaah" else path.with_name(path.name + ".telaah")


def _first_sentence(text: str) -> str:
    return text.split(". ", maxsplit=1)[0].rstrip(".")


def show_new_project(ctx: Context, parent: QWidget) -> NewProjectDialog:
    """Show the dialog."""
    dialog = NewProjectDialog(ctx, parent)
    dialog.open()
    return dialog
