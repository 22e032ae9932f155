"""The tab Saturation: does a further interview still bring new codes?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from app.models import matrix_words as words
from app.models.count_grid import Grid, GridCell, GridColumn
from app.models.matrix_evidence import Door
from app.widgets.line_chart import LineChart
from app.widgets.parts import button
from app.workspaces.matrices.charts import count_chart
from app.workspaces.matrices.counts import Choice, Counted, CountTab, settled
from app.workspaces.matrices.tab import Chart
from coding.analysis.results import Level
from coding.analysis.results_counts import Saturation
from coding.analysis.saturation import saturation, saturation_segments
from coding.project import Reader

STEP = "step"


class SaturationTab(CountTab):
    """A curve over a table; Alt+Up and Alt+Down move an interview, which makes the order the user's."""

    name = "saturation"
    fields = ("framework", "level")
    defaults = {"framework": "", "level": "indicator", "order": ""}

    def build(self) -> None:
        self.chart = LineChart(self.ctx)
        self.body.insertWidget(0, self.chart)
        self.by_date = button(name="saturation_by_date")
        self.by_date.clicked.connect(lambda: self.choose("order", ""))
        self.choices.addWidget(self.by_date)
        self.table.row_moved.connect(self._on_moved)

    def read(self, reader: Reader, choice: Choice) -> Counted:
        choice, found = settled(reader, choice)
        order = json.loads(choice["order"]) if choice["order"] else None
        return Counted(choice, saturation(reader, choice["framework"] or None, self._level(choice), order), found)

    def _level(self, choice: Choice) -> Level:
        return "dimension" if choice["level"] == "dimension" else "indicator"

    def grid(self, counted: Counted) -> Grid:
        result: Saturation = counted.result
        t, steps = self.ctx.t, result.steps
        columns = (
            GridColumn("source", t("Interview"), look="label"),
            GridColumn("date", t("Date")),
            GridColumn("segments", t("Segments")),
            GridColumn("codes", t("Codes")),
            GridColumn("new", t("New codes")),
            GridColumn("total", t("Codes so far")),
            GridColumn("which", t("Which are new"), look="text"),
        )

        def cell(row: int, column: int) -> GridCell:
            step = steps[row]
            if column == 0:
                return GridCell(f"{self.ctx.words.number(row + 1)}  {step.source}", row)
            if column == 1:
                return GridCell(self.ctx.words.short_date(step.date) or t("no date"), step.date or "9", door=False)
            if column == 6:
                names = ", ".join(self.code_cell(line).text for line in step.new)
                return GridCell(names, door=bool(step.new))
            return self.number_cell((step.segments, step.codes, len(step.new), step.total)[column - 2])

        self.chart.show_numbers(
            [step.total for step in steps], [len(step.new) for step in steps],
            self.ctx.n("{count} code after all interviews", "{count} codes after all interviews", count=result.codes),
        )  # fmt: skip
        self.chart.setVisible(bool(result.codes))
        keys = tuple((step.source_guid, STEP) for step in steps) if result.codes else ()
        return Grid(columns, keys, cell, sortable=False)

    def _on_moved(self, row: int, by: int) -> None:
        guids = [key[0] for key in self.table.rows.grid.keys]
        if 0 <= row + by < len(guids):
            guids[row], guids[row + by] = guids[row + by], guids[row]
            self.choose("order", json.dumps(guids))

    def charts(self) -> Sequence[Chart]:
        from coding.reports.charts import saturation_spec

        return (
            count_chart(self.ctx, self.ctx.t("Saturation"), saturation_spec, self.counted.result)
            if self.counted
            else ()
        )

    def report_settings(self, counted: Counted) -> dict[str, Any]:
        order = json.loads(counted.choice["order"]) if counted.choice["order"] else []
        return {**super().report_settings(counted), "order": order}

    def captions(self) -> dict[str, str]:
        return {"framework": self.ctx.t("Codes of"), "level": self.ctx.t("Codes are")}

    def items(self, key: str, counted: Counted | None) -> Sequence[tuple[str, str]]:
        return self.framework_items(counted) if key == "framework" else self.level_items()

    def behind(self, reader: Reader, counted: Counted, door: Door) -> tuple[str, ...]:
        framework, level = counted.choice["framework"] or None, self._level(counted.choice)
        result: Saturation = counted.result
        step = next((one for one in result.steps if one.source_guid == door.code), None)
        new = [line.key for line in step.new] if step is not None and door.place in ("new", "which") else None
        if door.place == "total":
            until = [one.source_guid for one in result.steps]
            until = until[: until.index(door.code) + 1]
            found = (guid for one in until for guid in saturation_segments(reader, framework, level, one))
            return tuple(dict.fromkeys(found))
        return saturation_segments(reader, framework, level, door.code, new)

    def said(self, door: Door, guids: tuple[str, ...]) -> tuple[str, str]:
        counted = self.counted
        steps = counted.result.steps if counted is not None else ()
        name = next((step.source for step in steps if step.source_guid == door.code), "")
        return name, words.segments_explained(self.ctx, len(guids))

    def retranslate(self) -> None:
        self.by_date.setText(self.ctx.t("Order by date"))
        self.table.setToolTip(self.ctx.t("Alt+Up and Alt+Down move an interview"))
        super().retranslate()

    def _say_choices(self) -> None:
        super()._say_choices()
        self.by_date.setVisible(bool(self.choice.get("order")))
