"""Informants, their fields and the study's own attributes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coding.changes import Changes
from coding.errors import CodingError
from coding.informants.editing import add_informant, change_informant, fill_informant, set_attribute
from coding.informants.queries import informants
from coding.informants.tables import TableRow, store_table
from coding.project import Operation, Project


@pytest.fixture
def ani(project: Project) -> str:
    with project.operation("Add") as op:
        return add_informant(op, "Ani", {"role": "Kader", "age": 31})


def test_fields_are_set_filled_and_undone(project: Project, ani: str) -> None:
    with project.operation("Fill") as op:
        fill_informant(op, ani, {"role": "Camat", "place": "Karangsari", "remark": "ramah"})
    (row,) = informants(project)
    assert (row.role, row.place, row.remark, row.age) == ("Kader", "Karangsari", "ramah", 31)
    with project.operation("Change") as op:
        change_informant(op, ani, {"role": None, "age": 32, "category": "key", "left_out": 1})
    (row,) = informants(project)
    assert (row.role, row.age, row.category, row.left_out) == (None, 32, "key", True)
    project.undo()
    project.undo()
    (row,) = informants(project)
    assert (row.role, row.place, row.age, row.category, row.left_out) == ("Kader", None, 31, None, False)


def test_attributes_are_made_when_they_are_first_used(project: Project, ani: str) -> None:
    with project.operation("Set") as op:
        set_attribute(op, ani, "Pendidikan", "SMA")
        set_attribute(op, ani, "Lama kerja", "3 tahun")
        set_attribute(op, ani, "pendidikan", "S1")
        set_attribute(op, ani, "Kosong", "")
    assert op.changes == Changes.INFORMANTS
    assert informants(project)[0].attributes == (("Pendidikan", "S1"), ("Lama kerja", "3 tahun"))
    with project.operation("Same") as op:
        set_attribute(op, ani, "Pendidikan", "S1")
    assert op.changes == Changes.NONE
    with project.operation("Remove") as op:
        set_attribute(op, ani, "PENDIDIKAN", "")
    assert informants(project)[0].attributes == (("Lama kerja", "3 tahun"),)
    project.undo()
    project.undo()
    assert informants(project)[0].attributes == ()


Act = Callable[[Operation, str], object]


@pytest.mark.parametrize(
    "act",
    [
        lambda op, guid: change_informant(op, guid, {"role": "x"}),
        lambda op, guid: fill_informant(op, guid, {"role": "x"}),
        lambda op, guid: set_attribute(op, guid, "Pendidikan", "SD"),
    ],
)
def test_an_informant_who_is_gone_is_said(project: Project, ani: str, act: Act) -> None:
    project.undo()
    with pytest.raises(CodingError) as refused, project.operation("Change") as op:
        act(op, ani)
    assert refused.value.code == "informant_unknown"
    assert informants(project) == []


def test_what_is_no_field_or_category_is_refused(project: Project, ani: str) -> None:
    with pytest.raises(CodingError, match="“penting” is no category"), project.operation("Change") as op:
        change_informant(op, ani, {"category": "penting"})
    with pytest.raises(KeyError), project.operation("Change") as op:
        change_informant(op, ani, {"code_folded": "x"})


def test_a_table_adds_changes_and_is_one_step(project: Project, ani: str) -> None:
    rows = [
        TableRow("ANI", {"age": 40, "group": "kader"}, {"Pendidikan": "SMA"}),
        TableRow("Budi", {"category": "main"}, {}),
    ]
    with project.operation("Read informants from a table") as op:
        assert store_table(op, rows) == (1, 1)
    first, second = informants(project)
    assert (first.code, first.role, first.age, first.group) == ("Ani", "Kader", 40, "kader")
    assert (second.code, second.category) == ("Budi", "main")
    with project.operation("Read informants from a table") as op:
        assert store_table(op, rows) == (0, 2)
    assert op.changes == Changes.NONE
    project.undo()
    assert [(row.code, row.age) for row in informants(project)] == [("Ani", 31)]
