"""The field for the attribution of quotations: template, placeholders to click, and what comes of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.context import Context
from app.widgets.parts import label, set_look
from app.workspaces.report.reading import Facts
from coding.errors import CodingError
from coding.reports.attribution import PLACEHOLDERS, Attribution
from coding.words import Words


class AttributionField(QWidget):
    """A template such as `({code}[, {age}])`. `template_edited` carries one that can be used."""

    template_edited = Signal(str)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._facts: Facts | None = None
        self._language, self._anonymise = ctx.language, False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.edit = QLineEdit()
        self.edit.setObjectName("attribution")
        self.edit.textEdited.connect(self._on_edited)
        self.placeholders = label("", "small", wrap=True)
        self.placeholders.setTextFormat(Qt.TextFormat.RichText)
        self.placeholders.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.placeholders.linkActivated.connect(self.insert)
        self.example = label("", "", wrap=True)
        self.example.setObjectName("attribution_example")
        self.error = label("", "error", wrap=True)
        self.error.setObjectName("attribution_error")
        for widget in (self.edit, self.error, self.example, self.placeholders):
            column.addWidget(widget)
        self.retranslate()

    def insert(self, name: str) -> None:
        """Put the placeholder `name` where the cursor is."""
        self.edit.insert("{" + name + "}")
        self.edit.setFocus()
        self._on_edited(self.edit.text())

    def show_template(self, template: str) -> None:
        """Show `template`, unless it is what the person is writing now."""
        if self.edit.text() != template and self.problem() is None:
            self.edit.setText(template)
        self.refresh()

    def show_facts(self, facts: Facts | None, language: str, *, anonymise: bool) -> None:
        """Show by an example from the project what comes of the template."""
        self._facts, self._language, self._anonymise = facts, language, anonymise
        self.refresh()

    def problem(self) -> str | None:
        """One sentence saying what is wrong with the template; None when nothing is."""
        try:
            Attribution(self.edit.text())
        except CodingError as error:
            return error.sentence(self._ctx.words)
        return None

    def _on_edited(self, template: str) -> None:
        self.refresh()
        # a placeholder that is being typed is not text yet
        unfinished = template.rfind("{") > template.rfind("}")
        if self.problem() is None and not unfinished:
            self.template_edited.emit(template)

    def refresh(self) -> None:
        """Say what comes of the template, or what is wrong with it."""
        problem = self.problem()
        self.error.setText(problem or "")
        self.error.setVisible(problem is not None)
        set_look(self.edit, "invalid", "true" if problem else "false")
        shown = self._shown() if problem is None else ""
        self.example.setText(self._ctx.t("Example: {attribution}", attribution=shown) if shown else "")
        self.example.setVisible(bool(shown))

    def _shown(self) -> str:
        from coding.reports.naming import Naming

        facts = self._facts
        if facts is None or facts.example is None:
            return ""
        words = Words(self._language)
        attribution = Attribution(self.edit.text())
        naming = Naming(facts.informants, facts.sources, words, attribution, self._anonymise)
        return naming.attribute(facts.example, facts.example.informants[0])

    def retranslate(self) -> None:
        """Say everything in the language of the interface."""
        t, theme = self._ctx.t, self._ctx.theme
        self.edit.setAccessibleName(t("Attribution of quotations"))
        self.edit.setToolTip(t("A part in […] is left out when its placeholder is empty"))
        meanings = {
            "code": t("the informant's code"),
            "initials": t("initials"),
            "name": t("name"),
            "age": t("age"),
            "role": t("role"),
            "group": t("group"),
            "category": t("category"),
            "date": t("date of the source"),
            "place": t("place"),
            "source": t("name of the source"),
        }
        accent = theme.hex("accent")
        links = [
            f'<a href="{name}" title="{meanings[name]}" style="color: {accent}; text-decoration: none;">{{{name}}}</a>'
            for name in PLACEHOLDERS
        ]
        self.placeholders.setText(f"{t('Insert:')} {' '.join(links)}")
        self.refresh()
