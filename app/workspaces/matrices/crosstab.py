"""The tab Crosstab: codes against informants, their attributes, methods, places, months, sources and coders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.models import matrix_words as words
from app.models.count_grid import Grid, GridCell, GridColumn
from app.models.matrix_evidence import Door
from app.workspaces.matrices.counts import TOTAL, Choice, Counted, CountTab, settled
from app.workspaces.matrices.tab import Chart
from coding.analysis.crosstab import crosstab, crosstab_choices, crosstab_segments
from coding.analysis.results_counts import Crosstab
from coding.project import Reader

NO_VALUE, ALL = "value:", "total"


class CrosstabTab(CountTab):
    """Counts or shares, with totals; who has no value stands in a last column."""

    name = "crosstab"
    fields = ("framework", "level", "by", "unit", "shown")
    defaults = {"framework": "", "level": "dimension", "by": "informant", "unit": "segments", "shown": "counts"}

    def read(self, reader: Reader, choice: Choice) -> Counted:
        choice, found = settled(reader, choice)
        choices = crosstab_choices(reader)
        if choice["by"] not in [key for key, _ in choices]:
            choice = {**choice, "by": "informant"}
        result = crosstab(
            reader, choice["by"], choice["framework"] or None,
            "indicator" if choice["level"] == "indicator" else "dimension", choice["unit"],  # type: ignore[arg-type]
        )  # fmt: skip
        return Counted(choice, result, found, {"by": choices})

    def grid(self, counted: Counted) -> Grid:
        result: Crosstab = counted.result
        t, shown = self.ctx.t, counted.choice["shown"]
        heads = [
            GridColumn(
                NO_VALUE if column.key is None else f"{NO_VALUE}{column.key}",
                words.column_name(self.ctx, column), words.members(self.ctx, column) if column.members > 1 else "",
            )
            for column in result.columns
        ]  # fmt: skip
        columns = (GridColumn("code", t("Code"), look="label"), *heads, GridColumn(ALL, t("Total")))
        if not result.total:
            return Grid(columns, ())
        most = max((max(row, default=0) for row in result.counts), default=0)

        def cell(row: int, column: int) -> GridCell:
            last, right = row == len(result.rows), column == len(heads) + 1
            if column == 0:
                return GridCell(t("Total"), bold=True) if last else self.code_cell(result.rows[row])
            place = (None if last else row, None if right else column - 1)
            count = result.count(*place)
            shares = {"rows": result.row_share, "columns": result.column_share}
            if shown not in shares or not count:
                return self.number_cell(count, bold=last or right, most=0 if last or right else most)
            part = shares[shown](*place)
            assert part is not None
            tint = 0.0 if last or right else float(part)
            return GridCell(self.ctx.words.percent(part, 1), float(part), bold=last or right, tint=tint)

        return Grid(columns, (*(line.key for line in result.rows), TOTAL), cell, totals=1)

    def charts(self) -> Sequence[Chart]:
        from coding.reports.charts import crosstab_spec

        counted = self.counted
        if counted is None:
            return ()
        result: Crosstab = counted.result
        t = self.ctx.t
        unit = {
            "segments": t("Number of coded segments"),
            "informants": t("Number of informants"),
            "words": t("Number of words"),
        }[result.unit]
        names = [words.column_name(self.ctx, column) for column in result.columns]
        language = self.ctx.words
        return [Chart(t("Crosstab"), lambda _reader: crosstab_spec(result, language, names, unit))]

    def report_settings(self, counted: Counted) -> dict[str, Any]:
        chosen = super().report_settings(counted)
        return {"columns": chosen.pop("by"), **chosen}

    def captions(self) -> dict[str, str]:
        t = self.ctx.t
        return {
            "framework": t("Codes of"), "level": t("Rows"), "by": t("Against"), "unit": t("Counted"),
            "shown": t("Show"),
        }  # fmt: skip

    def items(self, key: str, counted: Counted | None) -> Sequence[tuple[str, str]]:
        t = self.ctx.t
        if key == "framework":
            return self.framework_items(counted)
        if key == "level":
            return self.level_items()
        if key == "unit":
            return [("segments", t("Segments")), ("informants", t("Informants")), ("words", t("Words"))]
        if key == "shown":
            return [("counts", t("Counts")), ("rows", t("Row %")), ("columns", t("Column %"))]
        choices = counted.more["by"] if counted is not None else ()
        return [(one, label.in_(self.ctx.language)) for one, label in choices]

    def behind(self, reader: Reader, counted: Counted, door: Door) -> tuple[str, ...]:
        key, place = (door.code, door.part), door.place or ""
        whole = not place.startswith(NO_VALUE)
        column = place.removeprefix(NO_VALUE) or None
        result: Crosstab = counted.result
        return crosstab_segments(
            reader, result.by, result.framework, result.level, None if key == TOTAL else key, column, whole=whole
        )
