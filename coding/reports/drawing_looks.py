"""How each look of a chart is drawn, with matplotlib's objects alone: no state of it is changed for good."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from textwrap import wrap
from typing import Any

from coding.reports.drawing import ChartSpec, Drawn, Form, Look

# The valence colours of the window; hatching and signs tell the sides apart in print without colour.
SUPPORTING, INHIBITING, ACCENT, INK, LINE = "#2E7D4F", "#B5413B", "#2F5D8A", "#1E2227", "#E2DFD8"
RAMP = ("#FFFFFF", "#C9D8E6", ACCENT, "#173453")
"""From nothing to the most."""
DPI = 200
FONT = "DejaVu Sans"
_CM = 1 / 2.54
_WIDTH, _MOST = 14.0, 18.0
_ROW, _SQUARE, _MARGINS = 0.55, 0.78, 1.9
"""Centimetres of a bar, of a row of a heat map, and of what stands over and under them."""
_BEYOND = 1.24
"""How far the room of a bar goes beyond the longest one, for its figure."""
_LINE = 0.37
"""Centimetres of a line of a label."""
_LETTER, _EDGES, _CM_POINT = 0.6, 0.8, 2.54 / 72
"""The mean width of a letter in its size, and what a chart leaves free at its sides."""
_LETTERS, _BESIDE_BARS = 30, 42
"""So many letters of a label stand in one line: beside a heat map and in a ring, and beside bars."""
_STEP_LETTERS = 70
"""So many letters of a label stand in one line."""
_SERIES = (
    {"color": SUPPORTING, "linestyle": "-", "marker": "o"},
    {"color": INHIBITING, "linestyle": "--", "marker": "s"},
    {"color": ACCENT, "linestyle": ":", "marker": "^"},
)


def draw(spec: ChartSpec, form: Form) -> Drawn:
    """The picture of `spec`, 14 cm wide (a heat map as wide as its columns need, up to that)."""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    width, height, size = _size(spec)
    settings: Any = {
        "font.family": FONT, "hatch.linewidth": 0.8, "font.size": size, "svg.fonttype": "none", "pdf.fonttype": 42,
        "svg.hashsalt": "telaah",
    }  # fmt: skip
    # Settings hold inside the block alone, so that nothing else drawn by the program is changed.
    with mpl.rc_context(settings):
        figure = Figure(figsize=(width * _CM, height * _CM), dpi=DPI, layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.add_subplot(projection="polar" if spec.look == "radar" else None)
        _LOOKS[spec.look](axes, spec, size)
        picture = BytesIO()
        nothing: dict[Form, dict[str, None]] = {
            "png": {"Software": None}, "svg": {"Date": None, "Creator": None},
            "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
        }  # fmt: skip
        figure.savefig(picture, format=form, dpi=DPI, metadata=nothing[form])
    return Drawn(picture.getvalue(), width, height)


def _size(spec: ChartSpec) -> tuple[float, float, float]:
    """Width and height in centimetres, and the size of letters in points."""
    if spec.look == "radar":
        return _WIDTH, 12.0, 8.5
    if spec.look == "steps":
        return _WIDTH, 7.0, 8.0
    room, row = (3.4, _SQUARE) if spec.look == "heat" else (_MARGINS, _bar_height(spec))
    height = min(room + row * len(spec.rows), _MOST)
    size = min(9.0, (height - room) / max(len(spec.rows), 1) / _CM / 2.54 * 72 * _CM * 0.6)
    return _WIDTH, height, max(min(size, 8.0) if spec.look == "heat" else size, 3.5)


def _figure_size(spec: ChartSpec, size: float) -> float:
    """The size in points at which the longest figure fits into its place of a heat map, at most that of the labels."""
    letters = _beside_heat(spec)
    beside = max((len(line) for row in spec.rows for line in _label(row, letters).split("\n")), default=0)
    place = (_WIDTH - _EDGES - beside * size * _LETTER * _CM_POINT) / max(len(spec.columns), 1) / _CM_POINT
    shown = (said for row in spec.shown for said in row)
    longest = max((len(said) for said in (*shown, *(() if _turned(spec) else spec.columns))), default=1)
    return max(3.5, min(size, place * 0.85 / (_LETTER * max(longest, 1))))


def _beside_heat(spec: ChartSpec) -> int:
    """Letters of a label in one line: low rows have room for no second one."""
    return _LETTERS if _SQUARE * len(spec.rows) <= _MOST - _MARGINS else _BESIDE_BARS


def _turned(spec: ChartSpec) -> bool:
    return max(map(len, spec.columns), default=0) > 5


def _bar_height(spec: ChartSpec) -> float:
    """What a bar needs so that no label runs into the next."""
    deepest = max((_label(row, _BESIDE_BARS).count("\n") + 1 for row in spec.rows), default=1)
    return max(_ROW, _LINE * deepest + 0.1)


def printable(text: str) -> str:
    """`text` with a box for each character that the chart's font does not have, in place of a warning for each."""
    from matplotlib.font_manager import findfont, get_font

    known = get_font(findfont(FONT)).get_charmap()
    return "".join(letter if ord(letter) in known or letter == "\n" else "□" for letter in text)


def _label(text: str, letters: int = _LETTERS) -> str:
    return "\n".join(wrap(printable(text), letters)) or " "


def _diverging(axes: Any, spec: ChartSpec, size: float) -> None:
    places = range(len(spec.rows))
    left, right = ([row[side] or 0 for row in spec.values] for side in (0, 1))
    most = max([*left, *right, 1])
    axes.barh(
        places, [-value for value in left], 0.62, color=INHIBITING, edgecolor="white", hatch="////", linewidth=0,
        label=spec.columns[0],
    )  # fmt: skip
    axes.barh(places, right, 0.62, color=SUPPORTING, linewidth=0, label=spec.columns[1])
    for place in places:
        for value, said, direction, align in (
            (right[place], spec.shown[place][1], 1, "left"),
            (left[place], spec.shown[place][0], -1, "right"),
        ):
            if value:
                gap = most * 0.015 * direction
                axes.text(value * direction + gap, place, said, va="center", ha=align, parse_math=False)
    _rows(axes, spec)
    axes.set_xlim(-most * _BEYOND, most * _BEYOND)
    _plain(axes, spec)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, frameon=False, fontsize=size)


def _bars(axes: Any, spec: ChartSpec, size: float) -> None:
    values = [row[0] or 0 for row in spec.values]
    most = max([*values, 1])
    axes.barh(range(len(values)), values, 0.62, color=ACCENT, linewidth=0)
    for place, (value, said) in enumerate(zip(values, spec.shown, strict=True)):
        axes.text(value + most * 0.012, place, said[0], va="center", ha="left", parse_math=False)
    _rows(axes, spec)
    axes.set_xlim(0, most * _BEYOND)
    _plain(axes, spec)


def _cut(text: str, beside: int) -> str:
    """`text` as long as it may be with so many side by side under a chart."""
    most = max(3, _STEP_LETTERS // max(beside, 1))
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _steps(axes: Any, spec: ChartSpec, size: float) -> None:
    places = range(len(spec.rows))
    added, totals = ([row[side] or 0 for row in spec.values] for side in (0, 1))
    most = max([*totals, 1])
    axes.bar(places, added, 0.5, color="white", edgecolor=ACCENT, hatch="////", linewidth=0.8, label=spec.columns[0])
    axes.plot(places, totals, color=INK, marker="o", markersize=4, linewidth=1.4, label=spec.columns[1])
    every = max(1, len(spec.rows) // 30)
    for place in places:
        if place % every == 0 or place == len(spec.rows) - 1:
            axes.text(place, totals[place] + most * 0.03, spec.shown[place][1], ha="center", fontsize=size * 0.9)
            # where the total stands over the bar itself, it says both
            if added[place] and totals[place] - added[place] > most * 0.12:
                axes.text(place, added[place] + most * 0.015, spec.shown[place][0], ha="center", fontsize=size * 0.9)
    axes.set_xticks(
        [place for place in places if place % every == 0],
        [printable(_cut(row, len(spec.rows) // every)) for place, row in enumerate(spec.rows) if place % every == 0],
        parse_math=False,
    )
    axes.set_ylim(0, most * 1.15)
    axes.set_xlabel(spec.axis, parse_math=False)
    axes.axhline(0, color=INK, linewidth=0.8)
    _still(axes)
    axes.set_yticks([])
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, frameon=False, fontsize=size)


def _heat(axes: Any, spec: ChartSpec, size: float) -> None:
    from matplotlib.colors import LinearSegmentedColormap

    most = max([value or 0 for row in spec.values for value in row], default=0) or 1
    # one hue from white: what is darker is more, in grey as in colour
    ramp = LinearSegmentedColormap.from_list("telaah", RAMP)
    axes.pcolormesh(
        [[value or 0 for value in row] for row in spec.values], cmap=ramp, vmin=0, vmax=most, edgecolors=LINE,
        linewidth=0.5,
    )  # fmt: skip
    figures = _figure_size(spec, size)
    for down, row in enumerate(spec.values):
        for across, value in enumerate(row):
            if said := spec.shown[down][across]:
                red, green, blue, _ = ramp((value or 0) / most)
                ink = "white" if 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.52 else INK
                axes.text(
                    across + 0.5, down + 0.5, said, ha="center", va="center", color=ink, fontsize=figures,
                    parse_math=False,
                )  # fmt: skip
    turned = _turned(spec)
    axes.set_xticks(
        [at + 0.5 for at in range(len(spec.columns))], [_label(text) for text in spec.columns],
        rotation=55 if turned else 0, ha="left" if turned else "center", rotation_mode="anchor",
        fontsize=size if turned else figures, parse_math=False,
    )  # fmt: skip
    axes.xaxis.tick_top()
    names = [_label(row, _beside_heat(spec)) for row in spec.rows]
    axes.set_yticks([at + 0.5 for at in range(len(spec.rows))], names, parse_math=False)
    axes.invert_yaxis()
    axes.set_xlabel(spec.axis, parse_math=False)
    axes.tick_params(length=0, colors=INK)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)


def _radar(axes: Any, spec: ChartSpec, size: float) -> None:
    from math import pi

    count = len(spec.rows)
    angles = [2 * pi * at / count for at in range(count)]
    most = max([value or 0 for row in spec.values for value in row] + [1])
    for number, column in enumerate(spec.columns):
        ring = [row[number] or 0 for row in spec.values]
        look = _SERIES[number % len(_SERIES)]
        axes.plot([*angles, angles[0]], [*ring, ring[0]], linewidth=1.5, markersize=4.5, label=column, **look)
        for at, angle in enumerate(angles):
            if not ring[at]:
                continue
            # figures of points that lie close to one another stand over and under them
            close = any(abs(ring[at] - (value or 0)) < most * 0.15 for value in spec.values[at] if value != ring[at])
            close = close or len(set(spec.values[at])) < len(spec.values[at])
            apart = (8 - 18 * number) if close else (4 - 9 * number)
            axes.annotate(
                spec.shown[at][number], (angle, ring[at]), textcoords="offset points", xytext=(5, apart),
                fontsize=size * 0.85, color=look["color"], parse_math=False,
                bbox={"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none", "alpha": 0.85},
            )  # fmt: skip
    axes.set_theta_zero_location("N")
    axes.set_theta_direction(-1)
    axes.set_xticks(angles, [_label(row) for row in spec.rows], parse_math=False)
    axes.set_ylim(0, most * 1.1)
    axes.set_yticklabels([])
    axes.tick_params(pad=9, colors=INK)
    axes.grid(color=LINE)
    axes.spines["polar"].set_color(LINE)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.09), ncols=3, frameon=False, fontsize=size)


def _rows(axes: Any, spec: ChartSpec) -> None:
    axes.set_yticks(range(len(spec.rows)), [_label(row, _BESIDE_BARS) for row in spec.rows], parse_math=False)
    axes.set_ylim(len(spec.rows) - 0.4, -0.6)


def _plain(axes: Any, spec: ChartSpec) -> None:
    """Bars across from a line at nothing: the figures stand beside them, so there is no scale."""
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_xlabel(spec.axis, parse_math=False)
    _still(axes)
    axes.set_xticks([])


def _still(axes: Any) -> None:
    axes.tick_params(length=0, colors=INK)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)


_LOOKS: dict[Look, Callable[[Any, ChartSpec, float], None]] = {
    "diverging": _diverging,
    "bars": _bars,
    "steps": _steps,
    "heat": _heat,
    "radar": _radar,
}
