"""The numbers of informants in one report are one number."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from coding.reports.informant_table import informant_blocks
from coding.reports.method_section import _heard
from coding.reports.tables import Narrative, Table
from coding.words import Words

if TYPE_CHECKING:
    from .conftest import Study


@pytest.mark.parametrize("language", ["id", "en"])
def test_who_was_not_heard_or_is_left_out_is_counted_nowhere(study: Study, language: str) -> None:
    first, *others = study.material.informants
    silent = replace(first, guid="silent", code="SILENT", heard=False, sources=())
    out = replace(first, guid="out", code="OUT", left_out=True)
    material = replace(study.material, informants=(first, *others, silent, out))
    desk = replace(study, material=material).desk(Words(language))
    counted = sum(row.heard and not row.left_out for row in desk.material.informants)
    narrative, table = informant_blocks(desk)
    assert isinstance(narrative, Narrative)
    assert isinstance(table, Table)
    assert len(table.rows) == counted
    told = " ".join(paragraph.text for paragraph in narrative.paragraphs)
    assert re.findall(r"\d+", told)[0] == re.findall(r"\d+", _heard(desk))[0] == str(counted)
    assert "SILENT" not in str(table.rows)
