"""The tab Co-occurrence: which codes stand on the same words, or in the same turn."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from app.models import matrix_words as words
from app.models.count_grid import Grid, GridCell, GridColumn
from app.models.matrix_evidence import Door
from app.workspaces.evidence.pick_list import Pick
from app.workspaces.matrices.charts import count_chart
from app.workspaces.matrices.counts import NOTHING, Choice, Counted, CountTab, settled
from app.workspaces.matrices.picking import PickChooser
from app.workspaces.matrices.tab import Chart
from coding.analysis.cooccurrence import cooccurrence, cooccurring
from coding.analysis.frequencies import frequency_segments
from coding.analysis.results import Level
from coding.analysis.results_counts import CoOccurrence, Measure
from coding.codes.queries import open_codes
from coding.codes.rows import CodeRow
from coding.project import Reader

PASSAGES = "passages"
TICKED = "@ticked"
"""What opens the list of codes instead of being chosen; no framework has such a key."""


def _ticked(choice: Choice) -> list[str]:
    """The guids of the codes that were ticked; none means all that the other choices give."""
    try:
        found = json.loads(choice.get("codes") or "[]")
    except ValueError:
        return []
    return [guid for guid in found if isinstance(guid, str)] if isinstance(found, list) else []


class CoOccurrenceTab(CountTab):
    """A symmetric matrix of codes; its last column says how many passages a code has."""

    name = "cooccurrence"
    fields = ("framework", "level", "measure", "shown")
    defaults = {"framework": "", "level": "dimension", "measure": "overlap", "shown": "used", "codes": ""}

    def build_choices(self) -> None:
        self.codes = PickChooser(self.ctx, "cooccurrence_codes", self._said_codes)
        self.codes.setParent(self)
        self.codes.hide()
        self.codes.ticked_changed.connect(lambda keys: self.choose("codes", json.dumps(keys) if keys else ""))

    def _said_codes(self, keys: Sequence[str]) -> str:
        if not keys:
            return self.ctx.t("Codes I tick…")
        return self.ctx.n("{count} code ticked…", "{count} codes ticked…", count=len(keys))

    def choose(self, key: str, value: str) -> None:
        if key == "framework" and value == TICKED:
            self._say_choices()
            self.codes.open(self.choosers["framework"].box)
        elif key == "framework" and self.choice["codes"]:
            self.choice = {**self.choice, "framework": value, "codes": ""}
            self.recompute()
        else:
            super().choose(key, value)

    def read(self, reader: Reader, choice: Choice) -> Counted:
        choice, found = settled(reader, choice)
        codes = [code for row in found for code in row.codes] + list(open_codes(reader))
        known = {code.guid for code in codes}
        ticked = [guid for guid in _ticked(choice) if guid in known]
        choice = {**choice, "codes": json.dumps(ticked) if ticked else ""}
        result = cooccurrence(reader, choice["framework"] or None, self._level(choice), ticked or None)
        return Counted(choice, result, found, {"codes": codes})

    def _level(self, choice: Choice) -> Level:
        return "indicator" if choice["level"] == "indicator" else "dimension"

    def grid(self, counted: Counted) -> Grid:
        result: CoOccurrence = counted.result
        t, measure, number = self.ctx.t, counted.choice["measure"], self.ctx.words.number
        all_codes = counted.choice["shown"] == "all" or bool(counted.choice["codes"])
        shown = [i for i in range(len(result.codes)) if all_codes or result.passages[i]]
        names = [self.code_cell(result.codes[i]).text for i in shown]
        heads = [GridColumn("/".join(result.codes[i].key), name) for i, name in zip(shown, names, strict=True)]
        columns = (GridColumn("code", t("Code"), look="label"), *heads, GridColumn(PASSAGES, t("Passages")))
        if not any(result.passages):
            return Grid(columns, ())
        of: Measure = measure  # type: ignore[assignment]
        most = max((result.pairs(of, i, j) for i in shown for j in shown if i != j), default=0)

        def cell(row: int, column: int) -> GridCell:
            one = shown[row]
            if column == 0:
                return self.code_cell(result.codes[one])
            if column == len(shown) + 1:
                return self.number_cell(result.passages[one], bold=True)
            other = shown[column - 1]
            pairs = result.pairs(of, one, other)
            if one == other and measure != "turn":
                return GridCell("·", -1, door=False)
            if measure != "jaccard":
                return self.number_cell(pairs, most=most)
            found = result.jaccard(one, other)
            text = number(found, 2) if found else NOTHING
            return GridCell(text, float(found or 0), tint=float(found or 0), door=bool(pairs))

        return Grid(columns, tuple(result.codes[i].key for i in shown), cell)

    def charts(self) -> Sequence[Chart]:
        from coding.reports.charts import cooccurrence_spec

        return (
            count_chart(self.ctx, self.ctx.t("Co-occurrence"), cooccurrence_spec, self.counted.result)
            if self.counted
            else ()
        )

    def report_settings(self, counted: Counted) -> dict[str, Any]:
        chosen = super().report_settings(counted)
        del chosen["shown"]
        return {**chosen, "codes": _ticked(counted.choice)}

    def captions(self) -> dict[str, str]:
        t = self.ctx.t
        return {"framework": t("Codes of"), "level": t("Rows"), "measure": t("Together when"), "shown": t("Show")}

    def items(self, key: str, counted: Counted | None) -> Sequence[tuple[str, str]]:
        t = self.ctx.t
        if key == "framework":
            return [*self.framework_items(counted), (TICKED, self._said_codes(_ticked(self.choice)))]
        if key == "level":
            return self.level_items()
        if key == "shown":
            return [("used", t("Codes in use")), ("all", t("All codes"))]
        return [
            ("overlap", t("They overlap")),
            ("inclusion", t("One includes the other")),
            ("turn", t("In the same turn")),
            ("jaccard", t("Share of text in common (Jaccard)")),
        ]

    def _say_choices(self) -> None:
        super()._say_choices()
        counted = self.counted
        codes: Sequence[CodeRow] = counted.more["codes"] if counted is not None else ()
        language, ticked = self.ctx.language, _ticked(self.choice)
        picks = [
            Pick(code.guid, code.label(language), code.path.split(".")[0] if "." in code.path else "", code.color,
                 int(code.parent is not None))
            for code in codes
        ]  # fmt: skip
        self.codes.set_caption(self.ctx.t("Codes"))
        self.codes.show_picks(picks, ticked)
        if ticked:
            self.choosers["framework"].set_items(self.items("framework", counted), TICKED)
        for key in ("level", "shown"):
            self.choosers[key].setEnabled(not ticked)

    def behind(self, reader: Reader, counted: Counted, door: Door) -> tuple[str, ...]:
        choice, one = counted.choice, (door.code, door.part)
        framework, level = choice["framework"] or None, self._level(choice)
        path, _, part = (door.place or "").rpartition("/")
        if not path:
            return frequency_segments(reader, framework, one)
        measure: Measure = choice["measure"]  # type: ignore[assignment]
        pairs = cooccurring(reader, one, (path, part), measure, framework, level, _ticked(choice) or None)
        return tuple(dict.fromkeys(guid for pair in pairs for guid in pair.segment_ids))

    def said(self, door: Door, guids: tuple[str, ...]) -> tuple[str, str]:
        heading, number = super().said(door, guids)
        path, _, part = (door.place or "").rpartition("/")
        if self.counted is None or not path:
            return heading, number
        result: CoOccurrence = self.counted.result
        keys = [line.key for line in result.codes]
        if (door.code, door.part) not in keys or (path, part) not in keys:
            return heading, number
        one, other = keys.index((door.code, door.part)), keys.index((path, part))
        measure: Measure = self.counted.choice["measure"]  # type: ignore[assignment]
        count = result.pairs(measure, one, other)
        said = self.ctx.n("{count} pair of passages", "{count} pairs of passages", count=count)
        return heading, f"{said} · {words.segments_explained(self.ctx, len(guids))}"
