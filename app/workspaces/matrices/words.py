"""The tab Words: what informants say, word by word."""

from __future__ import annotations

from collections.abc import Sequence

from app.find.window import show_find
from app.models.count_grid import Grid, GridCell, GridColumn
from app.models.matrix_evidence import Door
from app.models.sources import METHOD_NAMES
from app.workspaces.matrices.counts import Choice, Counted, CountTab, settled
from coding.analysis.results_counts import WordCounts
from coding.analysis.wordcount import WordFilter, word_counts
from coding.codes.queries import open_codes
from coding.informants.queries import informants
from coding.project import Reader
from coding.search.query import SearchQuery

FORMS_SHOWN = 8


class WordsTab(CountTab):
    """Words by frequency; one opens the window that finds it wherever informants say it."""

    name = "words"
    draws = False
    fields = ("informant", "code", "method", "forms", "stop")
    defaults = {"informant": "", "code": "", "method": "", "forms": "words", "stop": "without"}

    def read(self, reader: Reader, choice: Choice) -> Counted:
        _, found = settled(reader, {"framework": ""})
        people = [row.code for row in informants(reader)]
        codes = [code for row in found for code in row.codes] + list(open_codes(reader))
        if choice["informant"] not in people:
            choice = {**choice, "informant": ""}
        if choice["code"] not in [code.guid for code in codes]:
            choice = {**choice, "code": ""}
        wanted = WordFilter(
            informants=(choice["informant"],) if choice["informant"] else (),
            code=choice["code"], method=choice["method"], stop_words=choice["stop"] != "with",
            stems=choice["forms"] == "stems",
            language=self.ctx.project.language if self.ctx.project is not None else "id",
        )  # fmt: skip
        return Counted(choice, word_counts(reader, wanted), found, {"people": people, "codes": codes})

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
        return {
            "informant": t("Informant"), "code": t("Code"), "method": t("Method"), "forms": t("Counted"),
            "stop": t("Common words"),
        }  # fmt: skip

    def items(self, key: str, counted: Counted | None) -> Sequence[tuple[str, str]]:
        t = self.ctx.t
        if key == "forms":
            return [("words", t("Words")), ("stems", t("Words with one stem together"))]
        if key == "stop":
            return [("without", t("Left out")), ("with", t("Counted too"))]
        if key == "method":
            spoken = [name for name in METHOD_NAMES if name in ("interview", "focus_group")]
            return [("", t("All methods")), *((name, t(METHOD_NAMES[name])) for name in spoken)]
        if key == "informant":
            people = counted.more["people"] if counted is not None else ()
            return [("", t("All informants")), *((code, code) for code in people)]
        codes = counted.more["codes"] if counted is not None else ()
        return [("", t("All speech")), *((code.guid, code.label(self.ctx.language)) for code in codes)]

    def open_door(self, door: Door, *, focus: bool = False) -> None:
        """Find the word where informants say it."""
        shown = show_find(self.ctx, self.window(), door.code)
        stems = self.choice["forms"] == "stems"
        methods = (self.choice["method"],) if self.choice["method"] else ()
        shown.set_query(SearchQuery(door.code, whole_words=True, stem=stems, where="informants", methods=methods))

    def say_empty(self) -> tuple[str, str]:
        t = self.ctx.t
        return t("No words to count"), t("Bring in interviews; what informants say is counted here.")
