"""The user's own Word file: choosing it, and choosing its styles where their names do not tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.widgets.fields import ComboBox
from app.widgets.parts import ElidedLabel, button, label
from app.workspaces.report.making import ReportMaker
from app.workspaces.report_draft import ReportDraft
from coding.errors import mark
from coding.project import Reader
from coding.reports.options import Template
from coding.reports.template_files import SUFFIXES
from coding.reports.word_template import ROLES, TemplateFacts
from coding.views import save_view, views

KIND = "report_template"
"""What a saved view of the styles chosen in a template is."""


class TemplateField(QWidget):
    """Shows which template is used. `chosen` when another was."""

    chosen = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._draft = ReportDraft.of(ctx)
        self.maker: ReportMaker | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._caption = label("", "dim")
        self.file = ElidedLabel()
        self.choose_button = button("", "link", name="choose_template")
        self.styles_button = button("", "link", name="template_styles")
        self.none_button = button("", "link", name="no_template")
        self.choose_button.clicked.connect(self.ask)
        self.styles_button.clicked.connect(self.ask_styles)
        self.none_button.clicked.connect(lambda: self._take(None))
        row = QHBoxLayout()
        row.setSpacing(2)
        for made in (self.choose_button, self.styles_button, self.none_button):
            row.addWidget(made)
        row.addStretch(1)
        column.addWidget(self._caption)
        column.addWidget(self.file)
        column.addLayout(row)

    def ask(self) -> None:
        """Ask for a Word file."""
        t, project = self._ctx.t, self._ctx.project
        if project is None or self.maker is None:
            return
        shown = f"{t('Word files')} ({' '.join(f'*{suffix}' for suffix in SUFFIXES)})"
        path, _ = QFileDialog.getOpenFileName(self, t("Word template"), str(project.path.parent), shown)
        if path:
            self.read(Path(path), self._on_facts)

    def ask_styles(self) -> None:
        """Ask which styles of the template to use."""
        template = self._draft.choice.template
        if template is not None:
            self.read(template.path, lambda facts: self._open(facts, template.styles))

    def read(self, path: Path, done: Callable[[TemplateFacts], None]) -> None:
        """Read what the template at `path` has."""
        assert self.maker is not None
        self.maker.template(path, done)

    def _on_facts(self, facts: TemplateFacts) -> None:
        def remembered(reader: Reader) -> dict[str, Any]:
            found = (view.params for view in views(reader, KIND) if view.name == facts.path.name)
            return dict(next(found, {}))

        def known(styles: dict[str, Any]) -> None:
            ids = {style.id for style in facts.styles}
            kept = {role: style for role, style in styles.items() if role in ROLES and style in ids}
            self._take(Template(facts.path, kept))
            if set(facts.unsure) - set(kept):
                self._open(facts, kept)

        self._ctx.read(remembered, known, key="report.template")

    def _open(self, facts: TemplateFacts, styles: Any) -> None:
        StylesDialog(self._ctx, self, facts, dict(styles), self._on_styles).open()

    def _on_styles(self, facts: TemplateFacts, styles: dict[str, str]) -> None:
        self._take(Template(facts.path, styles))
        if self._ctx.project is not None and not self._ctx.project.read_only:
            name = facts.path.name
            self._ctx.operate(
                mark("Choose styles of the template {file}"),
                lambda op: save_view(op, KIND, name, styles),
                file=name,
            )

    def _take(self, template: Template | None) -> None:
        self._draft.take(replace(self._draft.choice, template=template))
        self.chosen.emit()

    def refresh(self) -> None:
        """Show the template of the draft."""
        t, template = self._ctx.t, self._draft.choice.template
        self._caption.setText(t("Word template"))
        self.file.setText(template.path.name if template else t("none: the look of an Indonesian thesis"))
        self.file.setToolTip(str(template.path) if template else "")
        self.choose_button.setText(t("Choose…"))
        self.choose_button.setAccessibleName(t("Choose a Word template"))
        self.styles_button.setText(t("Styles…"))
        self.none_button.setText(t("None"))
        self.none_button.setAccessibleName(t("Use no Word template"))
        for made in (self.styles_button, self.none_button):
            made.setVisible(template is not None)


class StylesDialog(Dialog):
    """A list for each thing a report is made of, with the styles of the template to choose from."""

    def __init__(
        self,
        ctx: Context,
        parent: QWidget,
        facts: TemplateFacts,
        styles: dict[str, str],
        chosen: Callable[[TemplateFacts, dict[str, str]], None],
    ) -> None:
        super().__init__(ctx, parent, ctx.t("Styles of the template"))
        self.setObjectName("template_styles_dialog")
        self.setMinimumWidth(ctx.theme.px(480))
        self._facts, self._chosen = facts, chosen
        self.content.addWidget(label(ctx.t("Which style of {file} for what:", file=facts.path.name), "", wrap=True))
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(6)
        self.boxes: dict[str, QComboBox] = {}
        for role, name in ROLES.items():
            box = ComboBox()
            box.setObjectName(f"style_{role}")
            found = {style.id: style.name for style in facts.of_kind(role)}
            own = facts.chosen.get(role)
            usual = t_found(ctx, found[own]) if own in found else ctx.t("a style of Telaah")
            box.addItem(usual, "")
            for identifier, shown in sorted(found.items(), key=lambda pair: pair[1].casefold()):
                box.addItem(shown, identifier)
            box.setCurrentIndex(max(0, box.findData(styles.get(role, ""))))
            words = ctx.t(name) + (" *" if role in facts.unsure else "")
            box.setAccessibleName(ctx.t(name))
            form.addRow(words, box)
            self.boxes[role] = box
        self.content.addLayout(form)
        if facts.unsure:
            hint = ctx.t("* No style of the template has a name for this; choose one, or a style is added.")
            self.content.addWidget(label(hint, "dim", wrap=True))
        self.add_button(ctx.t("Cancel")).clicked.connect(self.reject)
        self.add_button(ctx.t("Use these"), "primary", name="styles_ok", default=True).clicked.connect(self._on_ok)

    def _on_ok(self) -> None:
        self._chosen(self._facts, {role: box.currentData() for role, box in self.boxes.items() if box.currentData()})
        self.accept()


def t_found(ctx: Context, name: str) -> str:
    """How a style that was found by its name is offered."""
    return ctx.t("{style} (found by its name)", style=name)
