"""The tab Frequencies: how often each code was put."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.count_grid import Grid, GridCell, GridColumn
from app.models.matrix_evidence import Door
from app.workspaces.matrices.charts import count_chart
from app.workspaces.matrices.counts import NOTHING, TOTAL, Choice, Counted, CountTab, settled
from app.workspaces.matrices.tab import Chart
from coding.analysis.frequencies import frequencies, frequency_segments
from coding.analysis.results_counts import Frequencies
from coding.project import Reader


class FrequencyTab(CountTab):
    """Codes with their segments (as bars), passages, informants, voices, words and share."""

    name = "frequencies"
    fields = ("framework",)
    defaults = {"framework": ""}

    def read(self, reader: Reader, choice: Choice) -> Counted:
        choice, found = settled(reader, choice)
        return Counted(choice, frequencies(reader, choice["framework"] or None), found)

    def grid(self, counted: Counted) -> Grid:
        result: Frequencies = counted.result
        t, percent = self.ctx.t, self.ctx.words.percent
        columns = (
            GridColumn("code", t("Code"), look="label"),
            GridColumn("segments", t("Segments")),
            GridColumn("share", t("Share")),
            GridColumn("passages", t("Passages")),
            GridColumn("informants", t("Informants")),
            GridColumn("voices", t("Voices")),
            GridColumn("words", t("Words")),
        )
        if not result.segments:
            return Grid(columns, ())
        most = max(row.segments for row in result.rows)

        def cell(row: int, column: int) -> GridCell:
            if row == len(result.rows):
                totals = {1: result.segments, 4: result.informants, 6: result.words}
                if column == 0:
                    return GridCell(t("Total"), bold=True)
                if column not in totals:
                    return GridCell("", door=False)
                text = self.number_cell(totals[column]).text
                return GridCell(text, bold=True, bar=0.0 if column == 1 else None)
            one = result.rows[row]
            if column == 0:
                return self.code_cell(one.code)
            if column == 1:
                shown = self.number_cell(one.segments)
                return GridCell(shown.text, one.segments, bar=one.segments / most, door=shown.door)
            if column == 2:
                text = percent(one.share, 1) if one.share else NOTHING
                return GridCell(text, float(one.share or 0), door=bool(one.segments))
            counts = (one.passages, one.informants, one.voices, one.words)
            return self.number_cell(counts[column - 3])

        return Grid(columns, (*(row.code.key for row in result.rows), TOTAL), cell, totals=1)

    def charts(self) -> Sequence[Chart]:
        from coding.reports.charts import frequency_spec

        return (
            count_chart(self.ctx, self.ctx.t("Frequencies"), frequency_spec, self.counted.result)
            if self.counted
            else ()
        )

    def captions(self) -> dict[str, str]:
        return {"framework": self.ctx.t("Codes of")}

    def items(self, key: str, counted: Counted | None) -> Sequence[tuple[str, str]]:
        return self.framework_items(counted)

    def behind(self, reader: Reader, counted: Counted, door: Door) -> tuple[str, ...]:
        key = (door.code, door.part)
        return frequency_segments(reader, counted.choice["framework"] or None, None if key == TOTAL else key)
