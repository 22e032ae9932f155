"""Charts of a report, drawn to PNG without any window."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from coding.analysis.results import FactorRow, Factors
from coding.words import Words

# The valence colours of the window; hatching and signs tell the sides apart in print without colour.
_SUPPORTING, _INHIBITING, _INK, _LINE = "#2E7D4F", "#B5413B", "#1E2227", "#E2DFD8"
_DPI = 200
_CM = 1 / 2.54
_WIDTH, _ROW, _MARGINS, _MOST = 14.0, 0.78, 2.3, 18.0


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture (PNG) with its size in centimetres."""

    png: bytes
    width: float
    height: float


def factor_chart(factors: Factors, words: Words) -> Chart | None:
    """Passages that support to the right, that inhibit to the left, a bar for each factor that has either, in the order
    of the summary; None when no factor has."""
    rows = [row for row in factors.rows if row.supporting.passages or row.inhibiting.passages]
    if not rows:
        return None
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    height = min(_MARGINS + _ROW * len(rows), _MOST)
    size = min(9.0, (height - _MARGINS) / len(rows) * _CM * 72 * 0.6)
    # Settings hold inside the block alone, so that nothing else drawn by the program is changed.
    with mpl.rc_context({"font.family": "DejaVu Sans", "hatch.linewidth": 0.8, "font.size": size}):
        figure = Figure(figsize=(_WIDTH * _CM, height * _CM), dpi=_DPI, layout="constrained")
        FigureCanvasAgg(figure)
        _draw(figure.add_subplot(), rows, words, size)
        picture = BytesIO()
        figure.savefig(picture, format="png", dpi=_DPI, metadata={"Software": None})
    return Chart(picture.getvalue(), _WIDTH, height)


def _draw(axes: Any, rows: list[FactorRow], words: Words, size: float) -> None:
    places = range(len(rows))
    most = max(max(row.supporting.passages, row.inhibiting.passages) for row in rows)
    axes.barh(
        places, [-row.inhibiting.passages for row in rows], 0.62, color=_INHIBITING, edgecolor="white", hatch="////",
        linewidth=0, label="− " + words.t("Inhibiting"),
    )  # fmt: skip
    axes.barh(
        places, [row.supporting.passages for row in rows], 0.62, color=_SUPPORTING, linewidth=0,
        label="+ " + words.t("Supporting"),
    )  # fmt: skip
    for place, row in enumerate(rows):
        for count, sign, direction, align in (
            (row.supporting.passages, "+", 1, "left"),
            (row.inhibiting.passages, "−", -1, "right"),
        ):
            if count:
                gap = most * 0.015 * direction
                axes.text(count * direction + gap, place, f"{sign} {words.number(count)}", va="center", ha=align)
    labels = [_printable(row.label.in_(words.language)) for row in rows]
    axes.set_yticks(list(places), labels, parse_math=False)
    axes.invert_yaxis()
    axes.set_xlim(-most * 1.14, most * 1.14)
    _finish(axes, words, size)


def _finish(axes: Any, words: Words, size: float) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(nbins=7, integer=True, symmetric=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: words.number(abs(value))))
    axes.set_xlabel(words.t("Number of passages"))
    axes.axvline(0, color=_INK, linewidth=0.8)
    axes.grid(axis="x", color=_LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, colors=_INK)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, frameon=False, fontsize=size)


def _printable(label: str) -> str:
    """`label` with a box for each character that the chart's font does not have, in place of a warning for each."""
    from matplotlib.font_manager import findfont, get_font

    known = get_font(findfont("DejaVu Sans")).get_charmap()
    return "".join(letter if ord(letter) in known else "□" for letter in label)
