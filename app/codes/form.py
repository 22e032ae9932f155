"""The right side of the code editor: everything that is said of a code or of a framework."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.codes.extras import LinksBox, TopicsBox
from app.codes.fields import Field, LineField, Swatches, TextField
from app.context import Context
from app.models.code_book import CodeBook
from app.widgets.parts import Chip, SectionHeader, button, label
from coding.codes.rows import CodeDetails, CodeRow, FrameworkRow
from coding.errors import mark

CODE_FIELDS = (
    ("label", mark("Name")),
    ("definition", mark("Definition")),
    ("look_for", mark("What to look for")),
    ("not_this", mark("What it is not")),
    ("questions", mark("Guiding questions, one a line")),
    ("cues", mark("Cue words, one a line")),
    ("cues_supporting", mark("Cue words for supporting, one a line")),
    ("cues_inhibiting", mark("Cue words for inhibiting, one a line")),
)
LITERATURE = mark("Literature, one a line")
LANGUAGE_NAMES = (("id", mark("In Indonesian")), ("en", mark("In English")))


class Form(QScrollArea):
    """Fields in two languages side by side, in a column that scrolls. `stored` and `draft_changed` carry a field."""

    stored = Signal(object)
    draft_changed = Signal(object)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.ctx = ctx
        self.fields: dict[tuple[str, str], Field] = {}
        self._names: list[tuple[QWidget, str]] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setProperty("surface", "panel")
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(24, 18, 24, 24)
        self.column.setSpacing(6)
        self.heading = label("", "heading", wrap=True, select=True)
        self.place = label("", "dim", wrap=True, select=True)
        self.chip = Chip(ctx)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.heading, 1)
        row.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        self.column.addWidget(self.place)
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 8, 0, 0)
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(4)
        self.grid.setColumnStretch(0, 1)
        self.grid.setColumnStretch(1, 1)
        self.column.addLayout(self.grid)
        self.setWidget(inner)

    def add_languages(self) -> None:
        """The heads of the two columns."""
        for column, (_, name) in enumerate(LANGUAGE_NAMES):
            head = label("", "section")
            self._names.append((head, name))
            self.grid.addWidget(head, 0, column)

    def add_pair(self, name: str, title: str, *, line: bool = False, lines: int = 2) -> None:
        """A field in each language under its title."""
        row = self.grid.rowCount()
        head = label("", "dim")
        self._names.append((head, title))
        self.grid.addWidget(head, row, 0, 1, 2)
        for column, (language, _) in enumerate(LANGUAGE_NAMES):
            made = LineField(name, language) if line else TextField(self.ctx, name, language, lines)
            self._add(made, name, language)
            self.grid.addWidget(made, row + 1, column, Qt.AlignmentFlag.AlignTop)

    def add_wide(self, name: str, title: str) -> None:
        """A field over both columns."""
        row = self.grid.rowCount()
        head = label("", "dim")
        self._names.append((head, title))
        self.grid.addWidget(head, row, 0, 1, 2)
        made = TextField(self.ctx, name, "", 2)
        self._add(made, name, "")
        self.grid.addWidget(made, row + 1, 0, 1, 2)

    def _add(self, made: Field, name: str, language: str) -> None:
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.stored.connect(self.stored)
        made.draft_changed.connect(self.draft_changed)
        self.fields[name, language] = made

    def show_values(self, owner: str, values: dict[tuple[str, str], str]) -> None:
        """Show what is stored of the thing `owner`."""
        read_only = self.ctx.project is None or self.ctx.project.read_only
        for key, field in self.fields.items():
            field.setReadOnly(read_only)
            field.show_value(owner, values.get(key, ""))

    def store(self) -> None:
        """Store what is being written."""
        for field in self.fields.values():
            field.store()

    def forget(self) -> None:
        """Be nobody's."""
        for field in self.fields.values():
            field.forget()

    def retranslate(self) -> None:
        t = self.ctx.t
        for widget, name in self._names:
            widget.setText(t(name))  # type: ignore[attr-defined]
        titles = {**dict(CODE_FIELDS), "literature": LITERATURE}
        languages = dict(LANGUAGE_NAMES)
        for (name, language), field in self.fields.items():
            said = t(titles[name])
            field.setAccessibleName(f"{said} ({t(languages[language])})" if language else said)


class CodeForm(Form):
    """One code. `color_chosen` carries the code's guid and the colour."""

    color_chosen = Signal(str, int)
    memo_asked = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.shown: CodeDetails | None = None
        self.swatches = Swatches(ctx)
        self.column.insertWidget(2, self.swatches)
        self.add_languages()
        for name, title in CODE_FIELDS:
            self.add_pair(name, title, line=name == "label")
        self.add_wide("literature", LITERATURE)
        self.topics, self.links = TopicsBox(ctx), LinksBox(ctx)
        self.memo_header, self.memo = SectionHeader(), label("", wrap=True, select=True)
        self.write_memo = button("", "small", name="write_code_memo")
        self.write_memo.clicked.connect(self.memo_asked)
        self.memo_header.row.addWidget(self.write_memo)
        memo = QWidget()
        inner = QVBoxLayout(memo)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        inner.addWidget(self.memo_header)
        inner.addWidget(self.memo)
        for box in (self.topics, self.links, memo):
            self.column.addSpacing(10)
            self.column.addWidget(box)
        self.column.addStretch(1)
        self.swatches.color_chosen.connect(self._on_color)

    def show_code(self, details: CodeDetails, book: CodeBook) -> None:
        """Show a code as it is stored."""
        self.shown = details
        code, language, t = details.code, self.ctx.language, self.ctx.t
        self.heading.setText(book.full_label(code, language))
        self.place.setText(self._place(code, book))
        framework = book.framework(code.framework)
        beside = framework is not None and not framework.own and code.own
        self.chip.set(t("The study's own") if beside else "")
        self.swatches.show_color(code.color)
        self.swatches.setEnabled(self.ctx.project is not None and not self.ctx.project.read_only)
        values = {("label", "id"): code.label_id, ("label", "en"): code.label_en}
        for name, texts in details.texts.items():
            values |= {(name, key): text for key, text in texts.items()}
        for name, lists in details.lists.items():
            values |= {(name, key): "\n".join(items) for key, items in lists.items()}
        values["literature", ""] = "\n".join(details.literature)
        self.show_values(code.guid, values)
        self.topics.show_topics(details)
        self.links.show_links(details, book)
        self.memo.setText(details.memo)
        self.memo.setVisible(bool(details.memo))

    def _place(self, code: CodeRow, book: CodeBook) -> str:
        framework, language = book.framework(code.framework), self.ctx.language
        home = framework.label(language) if framework else self.ctx.t("Open codes")
        count = self.ctx.n("{count} coded segment", "{count} coded segments", count=code.segments)
        return f"{home} · {code.path} · {count}"

    def _on_color(self, color: int) -> None:
        if self.shown is not None:
            self.color_chosen.emit(self.shown.code.guid, color)

    def store(self) -> None:
        super().store()
        self.topics.store()

    def forget(self) -> None:
        super().forget()
        self.shown = None
        self.topics.forget()

    def retranslate(self) -> None:
        super().retranslate()
        self.memo_header.set_text(self.ctx.t("Memo"))
        self.write_memo.setText(self.ctx.t("Memo on the code…"))
        for box in (self.swatches, self.topics, self.links):
            box.retranslate()


class FrameworkForm(Form):
    """One framework."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.add_languages()
        self.add_pair("label", mark("Name"), line=True)
        self.add_wide("literature", LITERATURE)
        self.note = label("", "dim", wrap=True)
        self.column.addSpacing(10)
        self.column.addWidget(self.note)
        self.column.addStretch(1)

    def show_framework(self, framework: FrameworkRow) -> None:
        """Show a framework as it is stored."""
        t, language = self.ctx.t, self.ctx.language
        self.heading.setText(framework.label(language))
        edition = t("key {key}, edition {edition}", key=framework.key, edition=str(framework.edition))
        count = self.ctx.n("{count} coded segment", "{count} coded segments", count=framework.segments)
        self.place.setText(f"{edition} · {count}")
        self.chip.set(t("The study's own") if framework.own else "")
        self.show_values(
            f"framework:{framework.key}",
            {
                ("label", "id"): framework.label_id,
                ("label", "en"): framework.label_en,
                ("literature", ""): "\n".join(framework.literature),
            },
        )
        if not framework.own:
            self.note.setText(
                t("This is an edition of a theory as the project adopted it. Its codes can be worded anew and put in "
                  "another order, and codes of your own can stand beside them. To rearrange it, make a copy.")
            )  # fmt: skip
        elif framework.based_on:
            self.note.setText(t("Copied from {framework}.", framework=framework.based_on.replace("/", ", ")))
        else:
            self.note.setText("")
