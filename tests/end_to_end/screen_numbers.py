"""What the window shows of a project in its tables, as texts, without anybody at the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.context import Context
from app.models.factor_model import FactorModel
from app.models.framework_grid import FrameworkChoice, FrameworkModel, read_framework
from app.models.matrix_choice import FactorChoice, MatrixChoice
from app.models.matrix_data import read_factors, read_matrix
from app.models.matrix_model import MatrixModel
from app.settings import HOME_VARIABLE
from app.settings import Settings as Preferences
from app.startup import let_go
from app.workspaces.matrices.agreement import AgreementTab
from app.workspaces.matrices.cooccurrence import CoOccurrenceTab
from app.workspaces.matrices.counts import CountTab
from app.workspaces.matrices.crosstab import CrosstabTab
from app.workspaces.matrices.frequency import FrequencyTab
from app.workspaces.matrices.saturation import SaturationTab
from coding.analysis.filters import choice_from
from coding.project import Reader

Settings = Mapping[str, Any]
Lines = list[list[str]]


class TablesOnScreen:
    """The tables of Matrices, filled from `project`."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.project: Reader
        kinds = (FrequencyTab, CrosstabTab, CoOccurrenceTab, AgreementTab, SaturationTab)
        self.tabs: dict[str, CountTab] = {kind.name: kind(ctx) for kind in kinds}

    def _lines(self, model: Any) -> Lines:
        columns = range(model.columnCount())
        head = [str(model.headerData(at, Qt.Orientation.Horizontal) or "") for at in columns]
        return [head, *([str(model.index(row, at).data()) for at in columns] for row in range(model.rowCount()))]

    def matrix(self, settings: Settings) -> Lines:
        """A triangulation matrix; with its indicators and topics where the level says so."""
        share = Fraction(str(settings.get("threshold", 1)))
        chosen = {name: settings[name] for name in ("kind", "columns", "against") if settings.get(name)}
        choice = MatrixChoice(
            settings["framework"], percent=int(share * 100), evidence=choice_from(settings.get("evidence")), **chosen
        )
        model = MatrixModel(self.ctx)
        model.show(read_matrix(self.project, choice))
        if settings.get("level") == "indicator":
            model.expand_all(True)
        return self._lines(model)

    def factors(self, settings: Settings) -> Lines:
        """Supporting and inhibiting factors."""
        evidence = choice_from(settings.get("evidence"))
        choice = FactorChoice(settings.get("framework", "factors"), settings["level"], evidence)
        model = FactorModel(self.ctx)
        model.show(read_factors(self.project, choice))
        return self._lines(model)

    def framework_matrix(self, settings: Settings) -> Lines:
        """The framework matrix as it is copied."""
        model = FrameworkModel(self.ctx)
        level = settings.get("level", "dimension")
        model.show(read_framework(self.project, FrameworkChoice(settings["framework"], level)))
        heads, rows = model.places()
        return [[place.text for place in line] for line in (heads, *rows)]

    def counts(self, name: str, settings: Settings) -> Lines:
        """A table of counts, without its heads."""
        tab = self.tabs[name]
        chosen = {key: str(settings[key]) for key in tab.defaults if settings.get(key)}
        tab.counted = tab.read(self.project, {**tab.defaults, **chosen})
        grid = tab.grid(tab.counted)
        columns = range(len(grid.columns))
        return [[grid.cell(row, column).text for column in columns] for row in range(len(grid.keys))]


@contextmanager
def screens(home: Path) -> Iterator[Callable[[str, Reader], TablesOnScreen]]:
    """Gives a way to have the tables of a project in a language; `home` is for settings."""
    made: dict[str, TablesOnScreen] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(home))

        def show(language: str, project: Reader) -> TablesOnScreen:
            if language not in made:
                preferences = Preferences(home / language)
                preferences.set("language", language)
                ctx = Context(preferences)
                ctx.apply_theme()
                made[language] = TablesOnScreen(ctx)
            made[language].project = project
            return made[language]

        yield show
        for one in made.values():
            let_go(one.ctx, *one.tabs.values())
