"""The chart of factors: a picture of the right size, drawn without a window and without lasting settings."""

from __future__ import annotations

import struct
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from coding.analysis.results import Factors, Label
from coding.reports.charts import factor_chart
from coding.words import Words


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_a_chart_has_the_size_it_is_printed_at(study: Any, english: Words) -> None:
    chart = factor_chart(study.factors, english)
    assert chart is not None
    assert size(chart.png) == pytest.approx((chart.width / 2.54 * 200, chart.height / 2.54 * 200), abs=2)
    assert chart.width == 14.0


def test_many_factors_still_fit_on_a_page(study: Any, english: Words) -> None:
    rows = tuple(replace(study.factors.rows[0], code=f"f.{number}") for number in range(80))
    chart = factor_chart(replace(study.factors, rows=rows), english)
    assert chart is not None
    assert chart.height <= 18.0


def test_without_directed_evidence_there_is_no_chart(study: Any, english: Words) -> None:
    assert factor_chart(replace(study.factors, rows=study.factors.rows[2:]), english) is None
    assert factor_chart(Factors("f", Label("F", "F"), "indicator", (), ()), english) is None


@pytest.mark.parametrize("label", ["Biaya $5 & $6", "領導力", "a_b^c {x}", "🙂 senang", "\\frac"])
def test_labels_are_text_and_never_formulas_or_warnings(study: Any, english: Words, label: str) -> None:
    rows = (replace(study.factors.rows[0], label=Label(label, label)),)
    assert factor_chart(replace(study.factors, rows=rows), english) is not None


def test_settings_of_the_drawing_library_are_left_alone(study: Any, english: Words) -> None:
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    factor_chart(study.factors, english)
    assert dict(mpl.rcParams) == before


PROGRAM = """
import sys
from coding.analysis.results import FactorRow, Factors, Label, Side
from coding.reports.charts import factor_chart
from coding.words import Words
label, side = Label("F", "F"), Side(1, 1, 1, ("A",), (), ())
row = FactorRow("f.a.b", "g", label, "indicator", 0, "f.a", label, False, 1, side, side, side, 0)
assert factor_chart(Factors("f", label, "indicator", (row,), ()), Words("en"))
print("matplotlib.figure" in sys.modules, "matplotlib.pyplot" in sys.modules)
"""


def test_drawing_needs_no_window() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]
