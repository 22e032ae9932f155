"""What the study made of its codes is what the report prints."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coding.codes.codebook import codebook
from coding.codes.editing import new_code, new_open_code, set_label, set_text
from coding.codes.moving import move
from coding.project import Project
from coding.reports import build
from coding.reports.options import ReportOptions
from coding.words import Words

Add = Callable[..., str]
Guid = Callable[[str], str]


def printed(blocks: Any) -> str:
    return repr(blocks)


def test_own_dimensions_and_new_names_stand_in_the_tables(
    project: Project, add: Add, code_words: Add, guid: Guid
) -> None:
    add("W", [("RS", "Bupati mendukung program ini, petugas desa ragu-ragu sekali.")])
    with project.operation("Make") as op:
        politics = new_code(op, "Dukungan Politik", "Political Support", framework="edward3")
        set_text(op, politics, "definition", "id", "Kesediaan kepala daerah.")
        set_label(op, guid("edward3.communication"), "id", "Komunikasi Kebijakan")
        fear = new_open_code(op, "Keraguan")
        move(op, fear, parent=guid("edward3.disposition"))
    code_words("W", "Bupati mendukung program ini", "edward3.dukungan_politik", "supporting")
    code_words("W", "petugas desa ragu-ragu sekali", "edward3.disposition.keraguan", "inhibiting")
    options = ReportOptions(language="id", tables=("findings", "triangulation", "codebook"), level="indicator")
    said = printed(build.report_tables(project, Words("id"), options))
    for words in ("Dukungan Politik", "Komunikasi Kebijakan", "Keraguan", "Kesediaan kepala daerah."):
        assert words in said
    numbers = {entry.label_id: entry.number for entry in codebook(project, "edward3").entries}
    assert (numbers["Keraguan"], numbers["Dukungan Politik"]) == ("3.4", "5")
