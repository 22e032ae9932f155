"""What goes into the report and how: the left side of the workspace Report."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from html import escape

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.context import Context
from app.widgets.parts import SectionHeader, SegmentedTabs, button, clear_layout, label
from app.workspaces.matrices.tab import Chooser, widen
from app.workspaces.report.attribution import AttributionField
from app.workspaces.report.chapter import ChapterFields
from app.workspaces.report.part_titles import (
    automatic_factors,
    matrix_said,
    matrix_settings,
    part_title,
    preset_titles,
    table_title,
)
from app.workspaces.report.parts_list import PartsList
from app.workspaces.report.reading import Facts
from app.workspaces.report.sentences import SentencesDialog
from app.workspaces.report.template import TemplateField
from app.workspaces.report_draft import ReportChoice, ReportDraft
from coding.codes.links import FACTORS
from coding.reports.options import TABLES, ReportItem
from coding.words import Words


class OptionsPanel(QFrame):
    """Shows the choice of the draft, and changes it."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._draft = ReportDraft.of(ctx)
        self._facts: Facts | None = None
        self.setProperty("surface", "side")
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self.languages = SegmentedTabs()
        self.attribution = AttributionField(self._ctx)
        self.preset = Chooser("report_preset")
        self.parts = PartsList()
        self.up = button("", "quiet", name="part_up")
        self.down = button("", "quiet", name="part_down")
        self.add = button("", "quiet", name="part_add")
        self.part_framework = Chooser("part_framework", below=True)
        self.sentences = button("", "link", name="part_sentences")
        self.matrix = label("", "small", wrap=True)
        self.matrix.setObjectName("report_matrix")
        self.matrix.setTextFormat(Qt.TextFormat.RichText)
        self.matrix.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.level = Chooser("report_level", below=True)
        self._frameworks = QVBoxLayout()
        self._frameworks.setSpacing(4)
        self.frameworks: dict[str, QCheckBox] = {}
        self.factor_framework = Chooser("report_factors", below=True)
        self.opening = ChapterFields(self._ctx)
        self.chapter = self.opening.number
        self.source_line = QLineEdit()
        self.source_line.setObjectName("report_source_line")
        self._source_caption = label("", "dim")
        self._source_caption.setBuddy(self.source_line)
        self.anonymise = QCheckBox()
        self.anonymise.setObjectName("report_anonymise")
        self._anonymise_hint = label("", "small", wrap=True)
        self.contents = QCheckBox()
        self.contents.setObjectName("report_contents")
        self.footnotes = QCheckBox()
        self.footnotes.setObjectName("report_footnotes")
        self.quote_length = Chooser("quote_length", below=True)
        self.sort = Chooser("report_sort", below=True)
        self.template = TemplateField(self._ctx)
        self._heads = [SectionHeader() for _ in range(4)]
        inner = QWidget()
        inner.setProperty("transparent", "true")
        self._place(QVBoxLayout(inner))
        self._scroll = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        scroll.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _place(self, column: QVBoxLayout) -> None:
        column.setContentsMargins(16, 14, 14, 16)
        column.setSpacing(4)
        about_tables, about_frameworks, about_quotations, about_pages = self._heads
        column.addWidget(self.languages)
        column.addSpacing(10)
        column.addWidget(about_tables)
        column.addWidget(self.preset)
        column.addSpacing(2)
        column.addWidget(self.parts)
        moves = QHBoxLayout()
        moves.setSpacing(4)
        moves.addWidget(self.add)
        moves.addStretch(1)
        moves.addWidget(self.up)
        moves.addWidget(self.down)
        column.addLayout(moves)
        column.addLayout(_indented(self.matrix, self.level, self.factor_framework, self.part_framework, self.sentences))
        column.addSpacing(10)
        column.addWidget(about_frameworks)
        column.addLayout(self._frameworks)
        column.addSpacing(10)
        column.addWidget(about_quotations)
        column.addWidget(self.attribution)
        column.addSpacing(4)
        column.addWidget(self.footnotes)
        column.addWidget(self.anonymise)
        column.addLayout(_indented(self._anonymise_hint))
        column.addWidget(self.quote_length)
        column.addWidget(self.sort)
        column.addSpacing(10)
        column.addWidget(about_pages)
        column.addWidget(self.contents)
        column.addWidget(self.opening)
        column.addSpacing(4)
        column.addWidget(self._source_caption)
        column.addWidget(self.source_line)
        column.addSpacing(6)
        column.addWidget(self.template)
        column.addStretch(1)

    def _connect(self) -> None:
        self._draft.changed.connect(self.refresh)
        self.languages.chosen.connect(lambda language: self._take(language=language))
        self.attribution.edit.textEdited.connect(lambda _: QTimer.singleShot(0, self, self._show_outcome))
        self.attribution.template_edited.connect(lambda template: self._take(attribution=template))
        self.preset.chosen.connect(lambda preset: self._draft.take(self.choice.with_preset(preset)))
        self.parts.ticked.connect(self._on_ticked)
        self.parts.reordered.connect(lambda parts: self._take(order=parts))
        self.parts.removed.connect(lambda part: self._draft.take(self.choice.without_extra(part)))
        self.parts.chosen.connect(lambda _: self._show_part())
        self.up.clicked.connect(lambda: self.parts.shift(-1))
        self.down.clicked.connect(lambda: self.parts.shift(1))
        self.add.clicked.connect(self.show_add_menu)
        self.sentences.clicked.connect(self.ask_sentences)
        self.part_framework.chosen.connect(self._on_part_framework)
        self.contents.clicked.connect(lambda on: self._take(contents=on))
        self.footnotes.clicked.connect(lambda on: self._take(footnotes=on))
        self.quote_length.chosen.connect(lambda length: self._take(quote_length=int(length)))
        self.sort.chosen.connect(lambda sort: self._take(sort=sort))
        self.matrix.linkActivated.connect(self._ctx.show_workspace)
        self.level.chosen.connect(lambda level: self._take(level=level))
        self.factor_framework.chosen.connect(lambda key: self._take(factor_framework=key))
        self._ctx.theme_changed.connect(self.retranslate)  # links in texts have the colours of the theme in them
        self.opening.number_chosen.connect(lambda chapter: self._take(chapter=chapter))
        self.opening.heading_typed.connect(lambda text: self._take(heading=text))
        self.source_line.textEdited.connect(lambda text: self._take(source_line=text))
        self.anonymise.clicked.connect(lambda on: self._take(anonymise=on))

    def _show_outcome(self) -> None:
        """Bring into sight what comes of the template, or what is wrong with it."""
        for widget in (self.attribution.example, self.attribution.error):
            if widget.isVisible():
                self._scroll.ensureWidgetVisible(widget, 0, 12)

    @property
    def choice(self) -> ReportChoice:
        return self._draft.choice

    @property
    def language(self) -> str:
        """The language of the report."""
        return self.choice.language or (self._facts.language if self._facts is not None else self._ctx.language)

    def _take(self, **changes: object) -> None:
        self._draft.take(replace(self.choice, **changes))  # type: ignore[arg-type]

    def _on_ticked(self, part: str, on: bool) -> None:
        chosen = {name for name in TABLES if (on if name == part else self.choice.has(name))}
        self._draft.take(self.choice.with_ticks(chosen))

    def show_add_menu(self) -> QMenu:
        """The menu of parts that can be put in once more, with settings of their own."""
        t, facts = self._ctx.t, self._facts
        menu = QMenu(self.add)
        menu.setObjectName("add_part")
        menu.aboutToHide.connect(menu.deleteLater)
        for one in facts.pinned if facts is not None else ():
            name = "triangulation" if one.analysis.about == "matrix" else "factors"
            item = ReportItem(name, {"pinned": one.name})
            menu.addAction(part_title(self._ctx, item, facts).replace("&", "&&")).triggered.connect(
                partial(self._add, item)
            )
        matrix = self.choice.matrix
        if matrix.framework:
            menu.addAction(t("The matrix as it is in Matrices now")).triggered.connect(
                lambda: self._add(ReportItem("triangulation", matrix_settings(matrix, self.choice.level)))
            )
        for name in ("findings", "triangulation", "method", "factors", "codebook"):
            rest = menu.addMenu(table_title(self._ctx, name))
            for row in facts.frameworks if facts is not None else ():
                item = ReportItem(name, {"framework": row.key})
                shown = row.label(self._ctx.language).replace("&", "&&")
                rest.addAction(shown).triggered.connect(partial(self._add, item))
        sorted_by_code = ReportItem("segments", {"sort": "code"})
        menu.addAction(part_title(self._ctx, sorted_by_code, facts)).triggered.connect(
            partial(self._add, sorted_by_code)
        )
        menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))
        return menu

    def ask_sentences(self) -> None:
        """Ask for other sentences of the running text."""
        SentencesDialog(
            self._ctx, self, self.choice.wording, self.language, lambda wording: self._take(wording=wording)
        ).open()

    def _add(self, item: ReportItem) -> None:
        self._draft.take(self.choice.with_extra(item))

    def _on_part_framework(self, key: str) -> None:
        part = self._part
        if part.startswith("+"):
            extra = list(self.choice.extra)
            at = int(part[1:])
            extra[at] = ReportItem(extra[at].name, {**extra[at].settings, "framework": key})
            self._take(extra=tuple(extra))

    @property
    def _part(self) -> str:
        """The part at hand."""
        row = self.parts.currentRow()
        return self.parts.parts[row] if row >= 0 else ""

    def _show_part(self) -> None:
        """Show what can be chosen for the part at hand."""
        part = self._part
        self.matrix.setVisible(part == "triangulation")
        self.level.setVisible(part in ("triangulation", "method"))
        self.factor_framework.setVisible(part == "factors")
        self.sentences.setVisible(part == "narrative")
        own = part.startswith("+") and int(part[1:]) < len(self.choice.extra)
        framework = self.choice.extra[int(part[1:])].settings.get("framework", "") if own else ""
        frameworks = self._facts.frameworks if self._facts is not None else ()
        self.part_framework.set_items([(row.key, row.label(self._ctx.language)) for row in frameworks], framework)
        self.part_framework.setVisible(bool(framework))

    def _on_frameworks(self) -> None:
        chosen = tuple(key for key, box in self.frameworks.items() if box.isChecked())
        self._take(frameworks=None if chosen == self._automatic() else chosen)

    def _automatic(self) -> tuple[str, ...]:
        """The frameworks that are in the report while the person has chosen none."""
        frameworks = self._facts.frameworks if self._facts is not None else ()
        return tuple(row.key for row in frameworks if row.segments and row.key != FACTORS)

    def show_facts(self, facts: Facts | None) -> None:
        """Offer what the project has."""
        self._facts = facts
        self.refresh()

    def refresh(self) -> None:
        """Show the choice of the draft."""
        choice, facts = self.choice, self._facts
        self.languages.blockSignals(True)
        self.languages.choose(self.language)
        self.languages.blockSignals(False)
        self.attribution.show_template(choice.attribution)
        self.attribution.show_facts(facts, self.language, anonymise=choice.anonymise)
        self.preset.set_items(preset_titles(self._ctx, choice), choice.preset if choice.tables is None else "")
        self.parts.show_parts(
            [(part, part_title(self._ctx, choice.item(part), facts), choice.has(part)) for part in choice.parts],
            self._ctx.theme.px(27),
        )
        self._show_frameworks()
        self._show_pages()
        link = f'<a href="matrices" style="color: {self._ctx.theme.hex("accent")};">'
        said = escape(matrix_said(self._ctx, choice.matrix, facts))
        self.matrix.setText(f"{said}. {link}{escape(self._ctx.t('Choose in Matrices'))}</a>")
        levels = [("dimension", self._ctx.t("Dimensions")), ("indicator", self._ctx.t("Dimensions and indicators"))]
        self.level.set_items(levels, choice.level)
        frameworks = facts.frameworks if facts is not None else ()
        labels = [(row.key, row.label(self._ctx.language)) for row in frameworks]
        self.factor_framework.set_items(
            [("", automatic_factors(self._ctx, frameworks)), *labels], choice.factor_framework
        )
        self.opening.show_choice(choice.chapter, choice.heading, self.language)
        if self.source_line.text() != choice.source_line:
            self.source_line.setText(choice.source_line)
        self.source_line.setPlaceholderText(self._usual_source_line())
        self.anonymise.setChecked(choice.anonymise)

    def _show_pages(self) -> None:
        t, choice = self._ctx.t, self.choice
        self.contents.setChecked(choice.contents)
        self.footnotes.setChecked(choice.footnotes)
        some = sorted({150, 300, 600, choice.quote_length} - {0})
        lengths = [("0", t("in full")), *((str(n), t("at most {count} characters", count=n)) for n in some)]
        self.quote_length.set_items(lengths, str(choice.quote_length))
        orders = [("study", t("as in the study")), ("evidence", t("those with most evidence first"))]
        self.sort.set_items(orders, choice.sort)
        self.template.refresh()
        self._show_part()

    def _usual_source_line(self) -> str:
        from datetime import date

        return Words(self.language).t("Source: primary data, processed, {year}", year=str(date.today().year))

    def _show_frameworks(self) -> None:
        rows = self._facts.frameworks if self._facts is not None else ()
        chosen = self.choice.frameworks if self.choice.frameworks is not None else self._automatic()
        if list(self.frameworks) != [row.key for row in rows]:
            clear_layout(self._frameworks)
            self.frameworks = {}
            for row in rows:
                box = QCheckBox()
                box.setObjectName(f"framework_{row.key}")
                box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
                box.clicked.connect(self._on_frameworks)
                self.frameworks[row.key] = box
                self._frameworks.addWidget(box)
        for row in rows:
            box = self.frameworks[row.key]
            count = self._ctx.n("{count} segment", "{count} segments", count=row.segments)
            box.setText(row.label(self._ctx.language))
            box.setToolTip(f"{row.label(self._ctx.language)}: {count}")
            box.setChecked(row.key in chosen)

    def retranslate(self) -> None:
        """Say everything in the language of the interface."""
        t = self._ctx.t
        heads = (t("Parts"), t("Frameworks"), t("Quotations"), t("Pages"))
        for head, text in zip(self._heads, heads, strict=True):
            head.set_text(text)
        self.languages.set_items([("id", t("Indonesian")), ("en", t("English"))])
        widen(self._ctx, self.languages, ("id", "en"))
        self.attribution.retranslate()
        self.preset.set_caption(t("Content"))
        self.parts.setAccessibleName(t("Parts of the report"))
        self.parts.setAccessibleDescription(t("Space puts a part in or takes it out, Alt+Up and Alt+Down move it"))
        self.sentences.setText(t("Sentences…"))
        self.add.setText(t("Add…"))
        self.add.setToolTip(t("Put in a part with settings of its own"))
        for made, sign, words in ((self.up, "↑", t("Move up")), (self.down, "↓", t("Move down"))):
            made.setText(sign)
            made.setAccessibleName(words)
            made.setToolTip(f"{words}  Alt+{sign}")
        self.part_framework.set_caption(t("By"))
        self.contents.setText(t("Contents, lists of tables and figures"))
        self.footnotes.setText(t("Attributions as footnotes"))
        self.quote_length.set_caption(t("Length of quotations"))
        self.sort.set_caption(t("Order of informants"))
        self.level.set_caption(t("Rows"))
        self.factor_framework.set_caption(t("By"))
        self.opening.retranslate()
        self._source_caption.setText(t("Line below each table"))
        self.source_line.setAccessibleName(t("Line below each table"))
        self.anonymise.setText(t("Anonymise"))
        self._anonymise_hint.setText(t("Informants become “Informant 1”, names in quotations are replaced."))
        self.refresh()


def _indented(*widgets: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(25, 0, 0, 2)
    column.setSpacing(2)
    for widget in widgets:
        column.addWidget(widget)
    return column
