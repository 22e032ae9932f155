"""What the workspace remembers of a project from one start to the next, and how selections outlive a new list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.models.evidence_words import COLUMNS, HIDDEN
from coding.segments.evidence_filter import from_params, to_params

if TYPE_CHECKING:
    import numpy as np

    from app.workspaces.evidence.workspace import EvidenceWorkspace

    Ids = np.ndarray[Any, np.dtype[np.int64]]

MOST = 400
"""Stretches of selected rows that are kept; of more, none."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the person was: the current row, and the first one in sight with the pixels above the edge."""

    row: int = 0
    place: tuple[int, int] = (0, 0)


def keep(workspace: EvidenceWorkspace) -> dict[str, Any]:
    """Filter, order, place and looks, as plain values."""
    table = workspace.table
    return {
        **to_params(workspace.reading.chosen, workspace.reading.sort),
        "row": table.current_row(),
        "place": list(table.place()),
        "hidden": sorted(table.hidden),
        "widths": {
            name: table.columnWidth(number)
            for number, name in enumerate(COLUMNS)
            if table.widths_kept and not table.isColumnHidden(number)
        },
        "order": [COLUMNS[table.horizontalHeader().logicalIndex(number)] for number in range(len(COLUMNS))],
        "context": table.delegate.context,
        "preview": workspace.preview_wanted,
        "splitter": workspace.splitter.sizes() if not workspace.preview.isHidden() else [],
    }


def restore(workspace: EvidenceWorkspace, state: dict[str, Any]) -> Kept:
    """Go back to what `keep` gave, as far as it makes sense; asks for the segments."""
    table = workspace.table
    hidden = state.get("hidden")
    table.show_columns({name for name in COLUMNS if name in hidden} if isinstance(hidden, list) else set(HIDDEN))
    widths = state.get("widths")
    table.forget_widths()
    table.widths_kept = isinstance(widths, dict) and bool(widths)
    for name, width in (widths if isinstance(widths, dict) else {}).items():
        if name in COLUMNS and name != "text" and isinstance(width, int) and 20 <= width <= 900:
            table.setColumnWidth(COLUMNS.index(name), width)
    order = state.get("order")
    if isinstance(order, list) and sorted(map(str, order)) == sorted(COLUMNS):
        heads = table.horizontalHeader()
        for number, name in enumerate(order):
            heads.moveSection(heads.visualIndex(COLUMNS.index(name)), number)
    table.set_context(state.get("context") is True)
    workspace.show_preview(state.get("preview") is not False)
    sizes = state.get("splitter")
    if isinstance(sizes, list) and len(sizes) == 2 and all(isinstance(size, int) and size > 0 for size in sizes):
        workspace.splitter.setSizes(sizes)
    workspace.show_filter(*from_params(state))
    row, place = state.get("row"), state.get("place")
    fits = isinstance(place, list) and len(place) == 2 and all(isinstance(part, int) and part >= 0 for part in place)
    return Kept(row if isinstance(row, int) and row >= 0 else 0, (place[0], place[1]) if fits else (0, 0))  # type: ignore[index]


def ranges_of(ids: Ids, chosen: Ids) -> list[tuple[int, int]]:
    """The stretches (first and last place) of `ids` that are among `chosen`; none when they are too many to draw."""
    import numpy as np

    if not len(chosen) or not len(ids):
        return []
    marks = np.zeros(int(max(ids.max(), chosen.max())) + 1, bool)
    marks[chosen] = True
    places = np.flatnonzero(marks[ids])
    if not len(places):
        return []
    breaks = np.flatnonzero(np.diff(places) > 1)
    if len(breaks) >= MOST:
        return []
    firsts = places[np.concatenate([[0], breaks + 1])]
    lasts = places[np.concatenate([breaks, [len(places) - 1]])]
    return [(int(first), int(last)) for first, last in zip(firsts, lasts, strict=True)]
