"""Charts as plain values, drawn to PNG, SVG or PDF without any window.

A chart says in words and figures what is drawn (`ChartSpec`), so that it can be sent to another process: the first use
of the drawing library holds everything else up.
Every look is readable without colour: by hatching, signs, line styles, and the figure itself beside or inside its mark.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Literal, get_args

Look = Literal["diverging", "bars", "steps", "heat", "radar"]
Form = Literal["png", "svg", "pdf"]
FORMS: tuple[Form, ...] = get_args(Form)


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """What is drawn. `values` are by row, then column, None where there is nothing; `shown` are the same in words.

    `diverging`: the first column points left (inhibiting), the second right (supporting). `bars`: one column. `steps`:
    what each step adds, and the total so far. `heat`: every place tinted by its value. `radar`: a ring for each column.
    `axis` says what is counted, `spoken` what the chart shows, for who can't see it.
    """

    look: Look
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]
    shown: tuple[tuple[str, ...], ...]
    axis: str
    spoken: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain values to send."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> ChartSpec:
        """The chart that `to_json` gave, from JSON or not. Raises KeyError or TypeError for anything else."""
        return cls(
            values["look"],
            tuple(values["rows"]),
            tuple(values["columns"]),
            tuple(tuple(row) for row in values["values"]),
            tuple(tuple(row) for row in values["shown"]),
            values["axis"],
            values["spoken"],
        )


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture with its size in centimetres."""

    data: bytes
    width: float
    height: float

    @property
    def png(self) -> bytes:
        return self.data


@lru_cache(maxsize=64)
def drawn(spec: ChartSpec, form: Form = "png") -> Drawn:
    """The picture of `spec`, drawn in this process, and once only while its figures stay as they are."""
    from coding.reports.drawing_looks import draw

    return draw(spec, form)
