"""The tab Words: what informants say, word by word, and each word where it stands."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter

from app.models.count_grid import EMPTY, Grid, GridCell, GridColumn
from app.models.matrix_evidence import Door
from app.models.sources import METHOD_NAMES
from app.widgets.count_table import CountTable
from app.workspaces.evidence.pick_list import Pick
from app.workspaces.matrices.counts import Choice, Counted, CountTab, settled
from app.workspaces.matrices.picking import PickChooser
from app.workspaces.matrices.stop_words import StopWordsDialog
from coding.analysis.results_counts import Context as Place
from coding.analysis.results_counts import WordCounts
from coding.analysis.stop_list import OwnWords, own_words, set_own_words
from coding.analysis.wordcount import WordFilter, contexts, word_counts
from coding.codes.queries import open_codes
from coding.errors import mark
from coding.informants.queries import informants
from coding.project import Reader
from coding.transcripts.rows import InformantRow

FORMS_SHOWN = 8
WIDTH = 90
"""Code points before and after a word in its context."""
MOST = 5000
EDIT = "edit"
"""What opens the list of common words instead of being chosen."""


class WordsTab(CountTab):
    """Words by frequency; one opens the places where informants say it, each a way into the transcript."""

    name = "words"
    prints = False
    draws = False
    fields = ("code", "method", "forms", "stop")
    defaults = {"informants": "", "code": "", "method": "", "forms": "words", "stop": "without"}

    def build_choices(self) -> None:
        self.people = PickChooser(self.ctx, "words_informants", self._said_people)
        self.people.ticked_changed.connect(lambda keys: self.choose("informants", json.dumps(keys) if keys else ""))
        # what is chosen says it, and all of it stands in one line
        self.people.caption.hide()
        self.choosers["forms"].caption.hide()
        self.choices.addWidget(self.people)

    def build(self) -> None:
        self.word = ""
        self.found: list[Place] = []
        self.places_table = CountTable(self.ctx, "words_places")
        self.places_table.cell_opened.connect(self._on_place)
        self.places_table.hide()
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self.places_table)
        split.setSizes([280, 200])
        split.setChildrenCollapsible(False)
        self.front = split
        self.pages.insertWidget(0, split)
        self.table.show()  # leaving the pages hid it

    def _said_people(self, keys: Sequence[str]) -> str:
        if not keys:
            return self.ctx.t("All informants")
        if len(keys) <= 2:
            return ", ".join(keys)
        return self.ctx.n("{count} informant", "{count} informants", count=len(keys))

    def choose(self, key: str, value: str) -> None:
        if key == "stop" and value == EDIT:
            self._say_choices()
            self.edit_stop_words()
        else:
            super().choose(key, value)

    def edit_stop_words(self) -> None:
        """Ask which common words are left out."""

        def ask(own: OwnWords) -> None:
            def keep(added: list[str], kept: list[str]) -> None:
                self.ctx.operate(mark("Change the common words"), lambda op: set_own_words(op, added, kept))

            StopWordsDialog(self.ctx, self.window(), own, keep).open()

        self.ctx.read(own_words, ask, key="matrices.stop_words")

    def wanted(self, choice: Choice) -> WordFilter:
        """Whose words are counted, and how."""
        return WordFilter(
            informants=tuple(_ticked(choice)), code=choice["code"], method=choice["method"],
            stop_words=choice["stop"] != "with", stems=choice["forms"] == "stems",
            language=self.ctx.project.language if self.ctx.project is not None else "id",
        )  # fmt: skip

    def read(self, reader: Reader, choice: Choice) -> Counted:
        _, found = settled(reader, {"framework": ""})
        people = [row for row in informants(reader) if row.sources]
        codes = [code for row in found for code in row.codes] + list(open_codes(reader))
        ticked = [code for code in (row.code for row in people) if code in _ticked(choice)]
        choice = {**choice, "informants": json.dumps(ticked) if ticked else ""}
        if choice["code"] not in [code.guid for code in codes]:
            choice = {**choice, "code": ""}
        return Counted(choice, word_counts(reader, self.wanted(choice)), found, {"people": people, "codes": codes})

    def show_counted(self, counted: Counted) -> None:
        super().show_counted(counted)
        if self.word:
            self._read_places(self.word, focus=False)

    def clear(self) -> None:
        super().clear()
        self.word, self.found = "", []
        self.places_table.rows.show(EMPTY)
        self.places_table.hide()

    def grid(self, counted: Counted) -> Grid:
        result: WordCounts = counted.result
        t, rows = self.ctx.t, result.rows
        stems = counted.choice["forms"] == "stems"
        columns = [
            GridColumn("word", t("Word"), look="label"),
            GridColumn("count", t("How often")),
            GridColumn("share", t("Share")),
            GridColumn("informants", t("Informants")),
            GridColumn("sources", t("Sources")),
        ]
        if stems:
            columns.append(GridColumn("forms", t("Forms"), look="text"))
        most = rows[0].count if rows else 1

        def cell(row: int, column: int) -> GridCell:
            one = rows[row]
            if column == 0:
                return GridCell(one.word, one.word)
            if column == 1:
                return GridCell(self.ctx.words.number(one.count), one.count, bar=one.count / most)
            if column == 2:
                return GridCell(self.ctx.words.percent(one.share or 0, 2), float(one.share or 0))
            if column == 5:
                return GridCell(", ".join(f"{form} {count}" for form, count in one.forms[:FORMS_SHOWN]))
            return self.number_cell(one.informants if column == 3 else one.sources)

        return Grid(tuple(columns), tuple((row.word, "word") for row in rows), cell)

    def captions(self) -> dict[str, str]:
        t = self.ctx.t
        return {"code": t("Code"), "method": t("Method"), "forms": t("Counted"), "stop": t("Common words")}

    def items(self, key: str, counted: Counted | None) -> Sequence[tuple[str, str]]:
        t = self.ctx.t
        if key == "forms":
            return [("words", t("Words")), ("stems", t("Words with one stem together"))]
        if key == "stop":
            return [("without", t("Left out")), ("with", t("Counted too")), (EDIT, t("Change the list…"))]
        if key == "method":
            spoken = [name for name in METHOD_NAMES if name in ("interview", "focus_group")]
            return [("", t("All methods")), *((name, t(METHOD_NAMES[name])) for name in spoken)]
        codes = counted.more["codes"] if counted is not None else ()
        return [("", t("All speech")), *((code.guid, code.label(self.ctx.language)) for code in codes)]

    def _say_choices(self) -> None:
        super()._say_choices()
        people: Sequence[InformantRow] = self.counted.more["people"] if self.counted is not None else ()
        self.people.set_caption(self.ctx.t("Informants"))
        self.people.show_picks([Pick(row.code, row.code, row.role or "") for row in people], _ticked(self.choice))

    # a word where it stands

    def open_door(self, door: Door, *, focus: bool = False) -> None:
        """Show the word where informants say it."""
        self._read_places(door.code, focus=focus)

    def _read_places(self, word: str, *, focus: bool) -> None:
        wanted = replace(self.wanted(self.choice), stop_words=False)

        def show(found: list[Place]) -> None:
            self.word, self.found = word, found
            self._show_places()
            if focus and found:
                self.places_table.setFocus()

        self.ctx.read(lambda reader: contexts(reader, word, wanted, width=WIDTH, most=MOST), show, key="matrices.words")

    def _show_places(self) -> None:
        t, found = self.ctx.t, self.found
        columns = (
            GridColumn("who", t("Informant and source"), look="label"),
            GridColumn("before", t("Before"), look="before"),
            GridColumn("word", t("Word"), look="text"),
            GridColumn("after", t("After"), look="text"),
        )

        def cell(row: int, column: int) -> GridCell:
            one = found[row]
            text = (f"{one.voice} · {one.source}", one.before, one.text, one.after)[column]
            shown = " ".join(text.split())
            # what stands before is sorted by its end, where the word is
            value = " ".join(reversed(shown.casefold().split())) if column == 1 else shown.casefold()
            return GridCell(shown, value, bold=column == 2)

        keys = tuple((one.source_guid, f"{one.start}") for one in found)
        self.places_table.rows.show(Grid(columns, keys, cell))
        self.places_table.setVisible(bool(found))
        self.places_table.setAccessibleName(t("“{word}” in its context", word=self.word))

    def _on_place(self, row: int, column: int, keyboard: bool) -> None:
        one = self.found[self.places_table.rows.order[row]]
        self.ctx.passage_requested.emit(one.source_guid, one.start, one.end)

    def say_empty(self) -> tuple[str, str]:
        t = self.ctx.t
        return t("No words to count"), t("Bring in interviews; what informants say is counted here.")

    def retranslate(self) -> None:
        super().retranslate()
        if self.found:
            self._show_places()

    def take_theme(self) -> None:
        super().take_theme()
        self.places_table.take_theme()


def _ticked(choice: Choice) -> list[str]:
    """The codes of the informants that were ticked; none means everybody."""
    try:
        found = json.loads(choice.get("informants") or "[]")
    except ValueError:
        return []
    return [code for code in found if isinstance(code, str)] if isinstance(found, list) else []
