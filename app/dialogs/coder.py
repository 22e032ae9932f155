"""Who works from now on: chosen among those known, or somebody new; with role, initials and colour."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QSizePolicy, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.icons import icon
from app.widgets.fields import ComboBox
from app.widgets.parts import label
from coding.coders import ROLES, CoderRow, coders, initials_of
from coding.errors import mark

ROLE_NAMES = {"researcher": mark("Researcher"), "supervisor": mark("Supervisor")}
COLORS = 8
"""How many colours of codes there are to tell coders apart by."""


class CoderDialog(Dialog):
    """Asks who works from now on. The project's coders arrive a moment after the dialog is shown."""

    def __init__(self, ctx: Context, parent: QWidget | None, *, reviewer: bool = False) -> None:
        """With `reviewer` it is asked who is to review: nobody is proposed, and the role is a supervisor's."""
        super().__init__(ctx, parent, ctx.t("Who reviews?") if reviewer else ctx.t("Change coder"))
        self._reviewer = reviewer
        t = ctx.t
        self.setObjectName("coder_dialog")
        self.setMinimumWidth(ctx.theme.px(420))
        self._known: dict[str, CoderRow] = {}
        self.name = ComboBox()
        self.name.setEditable(True)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.name.setObjectName("coder_name")
        self.name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.initials = QLineEdit()
        self.initials.setObjectName("coder_initials")
        self.initials.setMaxLength(4)
        self.role = ComboBox()
        self.role.setObjectName("coder_role")
        for role in ROLES:
            self.role.addItem(t(ROLE_NAMES[role]), role)
        self.color = ComboBox()
        self.color.setObjectName("coder_color")
        for number in range(COLORS):
            self.color.addItem(
                icon("dot", ctx.theme.code_color(number)), t("Colour {number}", number=number + 1), number
            )
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setVerticalSpacing(8)
        for words, field in (
            (t("Name of the coder"), self.name),
            (t("Initials"), self.initials),
            (t("Role"), self.role),
            (t("Colour"), self.color),
        ):
            caption = label(words)
            caption.setBuddy(field)
            form.addRow(caption, field)
        self.content.addLayout(form)
        self.hint = label("", "dim", wrap=True)
        self.content.addWidget(self.hint)
        self.add_button(t("Cancel")).clicked.connect(self.reject)
        self._ok = self.add_button(t("Change"), "primary", default=True)
        self._ok.clicked.connect(self._on_ok)
        self.name.editTextChanged.connect(self._on_name)
        self.role.currentIndexChanged.connect(self._say_role)
        self.name.setEditText(ctx.project.coder if ctx.project and not reviewer else "")
        self.name.lineEdit().selectAll()
        self._say_role()
        if ctx.project is not None:
            ctx.read(coders, self._show_coders, key="coders")

    def _show_coders(self, rows: list[CoderRow]) -> None:
        typed = self.name.currentText()
        self._known = {row.name: row for row in rows}
        self.name.blockSignals(True)
        self.name.clear()
        self.name.addItems([row.name for row in rows])
        self.name.setEditText(typed)
        self.name.blockSignals(False)
        self._on_name(typed)
        self.name.lineEdit().selectAll()

    def _on_name(self, text: str) -> None:
        name = text.strip()
        self._ok.setEnabled(bool(name))
        known = self._known.get(name)
        self.initials.setPlaceholderText(initials_of(name) if name else "")
        self.initials.setText(known.initials if known and known.initials != initials_of(name) else "")
        self.role.setCurrentIndex(ROLES.index(known.role) if known else int(self._reviewer))
        self.color.setCurrentIndex((known.color if known else len(self._known)) % COLORS)

    def _say_role(self) -> None:
        if self.role.currentData() == "supervisor":
            said = self.ctx.t(
                "A supervisor gives verdicts, comments and proposes changes; the codings stay as they are."
            )
        else:
            said = self.ctx.t("New coded segments carry this name, and undo takes back this coder's steps.")
        self.hint.setText(said)

    def _on_ok(self) -> None:
        self.ctx.set_coder(
            self.name.currentText().strip(),
            self.role.currentData(),
            self.initials.text().strip(),
            self.color.currentData(),
        )
        self.accept()


def ask_coder(ctx: Context, parent: QWidget, *, reviewer: bool = False) -> CoderDialog:
    """Show the dialog."""
    dialog = CoderDialog(ctx, parent, reviewer=reviewer)
    dialog.open()
    return dialog
