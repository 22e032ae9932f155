"""What goes into the report and how: the left side of the workspace Report."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.context import Context
from app.widgets.parts import SectionHeader, SegmentedTabs, clear_layout, label
from app.workspaces.matrices.tab import Chooser, widen
from app.workspaces.report.attribution import AttributionField
from app.workspaces.report.reading import Facts
from app.workspaces.report_draft import FACTORS, FIRST_CHAPTER, LAST_CHAPTER, ReportChoice, ReportDraft
from coding.reports.options import TABLES
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
        self.tables = {name: QCheckBox() for name in TABLES}
        for name, box in self.tables.items():
            box.setObjectName(f"table_{name}")
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
        self.chapter = QSpinBox()
        self.chapter.setObjectName("report_chapter")
        self.chapter.setRange(FIRST_CHAPTER, LAST_CHAPTER)
        self.chapter.setFixedWidth(72)
        self.chapter.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._chapter_caption = label("", "dim")
        self._chapter_caption.setBuddy(self.chapter)
        self.source_line = QLineEdit()
        self.source_line.setObjectName("report_source_line")
        self._source_caption = label("", "dim")
        self._source_caption.setBuddy(self.source_line)
        self.anonymise = QCheckBox()
        self.anonymise.setObjectName("report_anonymise")
        self._anonymise_hint = label("", "small", wrap=True)
        self._heads = [SectionHeader() for _ in range(3)]
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
        about_tables, about_frameworks, about_quotations = self._heads
        column.addWidget(self.languages)
        column.addSpacing(10)
        column.addWidget(about_tables)
        for name, box in self.tables.items():
            column.addWidget(box)
            if name == "triangulation":
                column.addLayout(_indented(self.matrix, self.level))
            if name == "factors":
                column.addLayout(_indented(self.factor_framework))
        column.addSpacing(10)
        column.addWidget(about_frameworks)
        column.addLayout(self._frameworks)
        column.addSpacing(10)
        column.addWidget(about_quotations)
        column.addWidget(self.attribution)
        column.addSpacing(4)
        column.addWidget(self.anonymise)
        column.addLayout(_indented(self._anonymise_hint))
        column.addSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._chapter_caption)
        row.addWidget(self.chapter)
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacing(4)
        column.addWidget(self._source_caption)
        column.addWidget(self.source_line)
        column.addStretch(1)

    def _connect(self) -> None:
        self._draft.changed.connect(self.refresh)
        self.languages.chosen.connect(lambda language: self._take(language=language))
        self.attribution.edit.textEdited.connect(lambda _: QTimer.singleShot(0, self, self._show_outcome))
        self.attribution.template_edited.connect(lambda template: self._take(attribution=template))
        for box in self.tables.values():
            box.clicked.connect(self._on_tables)
        self.matrix.linkActivated.connect(self._ctx.show_workspace)
        self.level.chosen.connect(lambda level: self._take(level=level))
        self.factor_framework.chosen.connect(lambda key: self._take(factor_framework=key))
        self.chapter.valueChanged.connect(lambda chapter: self._take(chapter=chapter))
        self.source_line.textEdited.connect(lambda text: self._take(source_line=text))
        self.anonymise.clicked.connect(lambda on: self._take(anonymise=on))

    def _show_outcome(self) -> None:
        """Bring into sight what comes of the template, or what is wrong with it."""
        for widget in (self.attribution.example, self.attribution.error):
            if widget.isVisible():
                self._scroll.ensureWidgetVisible(widget, 0, 12)

    @property
    def choice(self) -> ReportChoice:
        """What is chosen."""
        return self._draft.choice

    @property
    def language(self) -> str:
        """The language of the report."""
        return self.choice.language or (self._facts.language if self._facts is not None else self._ctx.language)

    def _take(self, **changes: object) -> None:
        self._draft.take(replace(self.choice, **changes))  # type: ignore[arg-type]

    def _on_tables(self) -> None:
        chosen = tuple(name for name, box in self.tables.items() if box.isChecked())
        self._take(tables=None if chosen == TABLES else chosen)

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
        for name, box in self.tables.items():
            box.setChecked(choice.tables is None or name in choice.tables)
        self._show_frameworks()
        link = f'<a href="matrices" style="color: {self._ctx.theme.hex("accent")};">'
        self.matrix.setText(f"{escape(self._matrix_said())}. {link}{escape(self._ctx.t('Choose in Matrices'))}</a>")
        levels = [("dimension", self._ctx.t("Dimensions")), ("indicator", self._ctx.t("Dimensions and indicators"))]
        self.level.set_items(levels, choice.level)
        frameworks = facts.frameworks if facts is not None else ()
        labels = [(row.key, row.label(self._ctx.language)) for row in frameworks]
        self.factor_framework.set_items(labels, choice.factor_framework)
        self.chapter.blockSignals(True)
        self.chapter.setValue(choice.chapter)
        self.chapter.blockSignals(False)
        if self.source_line.text() != choice.source_line:
            self.source_line.setText(choice.source_line)
        self.source_line.setPlaceholderText(self._usual_source_line())
        self.anonymise.setChecked(choice.anonymise)

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

    def _matrix_said(self) -> str:
        """Which matrix the table “triangulation” is, as it was chosen in Matrices."""
        t, matrix, facts = self._ctx.t, self.choice.matrix, self._facts
        language = self._ctx.language
        kinds = {
            "source": t("By source"),
            "method": t("By method"),
            "time": t("By time"),
            "place": t("By place"),
            "investigator": t("By investigator"),
            "theory": t("By theory"),
        }
        parts = [kinds[matrix.kind]]
        if matrix.kind == "source" and facts is not None:
            columns = {key: one.in_(language) for key, one in facts.columns}
            parts.append(columns.get(matrix.columns, matrix.columns).lower())
        if matrix.kind == "theory" and facts is not None:
            labels = {row.key: row.label(language) for row in facts.frameworks}
            parts.append(labels.get(matrix.against, matrix.against))
        parts.append(t("threshold {percent}", percent=self._ctx.words.percent(matrix.threshold)))
        return ", ".join(parts)

    def _table_title(self, name: str) -> str:
        """What a table of the report is called here."""
        t = self._ctx.t
        titles = {
            "informants": t("Informants"),
            "findings": t("Findings per dimension"),
            "triangulation": t("Triangulation matrix"),
            "method": t("Method triangulation"),
            "factors": t("Supporting and inhibiting factors"),
            "framework_matrix": t("Framework matrix"),
            "frequencies": t("Frequencies of codes"),
            "crosstab": t("Crosstab"),
            "cooccurrence": t("Co-occurrence"),
            "agreement": t("Agreement"),
            "saturation": t("Saturation"),
            "questionnaire": t("Questionnaire"),
            "codebook": t("Codebook"),
            "segments": t("Coded segments"),
            "conclusions": t("Conclusions"),
            "audit": t("Audit trail"),
        }
        return titles[name]

    def retranslate(self) -> None:
        """Say everything in the language of the interface."""
        t = self._ctx.t
        heads = (t("Tables"), t("Frameworks"), t("Quotations"))
        for head, text in zip(self._heads, heads, strict=True):
            head.set_text(text)
        self.languages.set_items([("id", t("Indonesian")), ("en", t("English"))])
        widen(self._ctx, self.languages, ("id", "en"))
        self.attribution.retranslate()
        for name, box in self.tables.items():
            box.setText(self._table_title(name))
        self.level.set_caption(t("Rows"))
        self.factor_framework.set_caption(t("By"))
        self._chapter_caption.setText(t("Chapter"))
        self.chapter.setAccessibleName(t("Chapter"))
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
