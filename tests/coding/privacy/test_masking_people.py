"""One stand-in for each person, never the name itself, wherever the project holds the name."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from coding.errors import CodingError
from coding.informants.editing import change_informant
from coding.informants.queries import informants
from coding.memos.editing import set_memo
from coding.memos.queries import memos
from coding.privacy import keys
from coding.privacy.elsewhere import names_found
from coding.privacy.finding import find_personal
from coding.privacy.known import AGAIN, Known
from coding.privacy.masking import mask, unmask
from coding.privacy.rows import Choice
from coding.progress import Silent
from coding.project import Project
from coding.store.models import Stamp, Turn
from coding.transcripts.queries import source_guid, source_text, sources

TALK = [
    ("P", "Apa kata Bu Siti Nurhaliza?"),
    ("Pak Joko", "Bu Siti bilang begitu. Nurhaliza itu teman saya, Joko Susilo."),
    ("SN", "Pak Joko benar."),
    ("Wartini", "Saya Wartini."),
]


@pytest.fixture
def study(project: Project, add: Any) -> Project:
    add("Wawancara 2 – Pak Joko", TALK)
    people = {row.code: row.guid for row in informants(project)}
    with project.operation("Change informant {code}", code="Joko Susilo") as op:
        change_informant(op, people["Pak Joko"], {"name": "Joko Susilo", "remark": "tetangga"})
        change_informant(op, people["SN"], {"name": "Hj. Siti Nurhaliza"})
        guid = source_guid(op.session, "Wawancara 2 – Pak Joko")
        set_memo(op, "source", guid, "JOKO SUSILO datang bersama Wartini; RS_Joko.docx")
    return project


def picked(project: Project) -> list[Choice]:
    return [
        Choice(g.kind, g.text, g.suggestion, tuple((p.source, p.start, p.end) for p in g.places))
        for g in find_personal(project)
        if g.advised
    ]


def everything(project: Project) -> Any:
    with project.read() as session:
        labels = session.scalars(select(Turn.label).order_by(Turn.id)).all()
    (row,) = sources(project)
    people = [(person.code, person.name) for person in informants(project)]
    return row.name, source_text(project, row.guid), labels, people, [memo.text for memo in memos(project)]


def masked(project: Project) -> None:
    with project.operation("Mask") as op:
        mask(op, picked(project), Silent(), everywhere=True)


def test_all_ways_of_writing_one_name_look_the_same_and_come_back(study: Project) -> None:
    suggested = {choice.text: choice.replacement for choice in picked(study)}
    seen = {text: replacement.rstrip(AGAIN) for text, replacement in suggested.items()}
    assert seen["Siti"] == seen["Siti Nurhaliza"] == seen["Nurhaliza"] == "[SN]"
    assert seen["Joko"] == seen["Joko Susilo"] == "[JS]"
    assert len(set(suggested.values())) == len(suggested)
    before = everything(study)
    masked(study)
    with study.operation("Unmask") as op:
        unmask(op, Silent())
    assert everything(study) == before


def test_no_stand_in_holds_the_name(study: Project) -> None:
    replacements = {choice.replacement for choice in picked(study)}
    for name in ("Siti", "Joko", "Susilo", "Wartini"):
        assert not any(name in replacement for replacement in replacements)
    assert "[I-03]" in replacements


@pytest.mark.parametrize("replacement", ["[Wartini]", "[wartini 2]", "[Bu Wartini]"])
def test_a_replacement_that_still_tells_the_name_is_refused(study: Project, replacement: str) -> None:
    (choice,) = [choice for choice in picked(study) if choice.text == "Wartini"]
    with pytest.raises(CodingError, match="choose initials or a code") as error, study.operation("Mask") as op:
        mask(op, [Choice("name", "Wartini", replacement, choice.places)], Silent())
    assert error.value.code == "mask_names"
    (joko,) = [choice for choice in picked(study) if choice.text == "Joko"]
    with pytest.raises(CodingError, match="still tells"), study.operation("Mask") as op:
        mask(op, [Choice("name", "Joko", "[Susilo]", joko.places)], Silent())


def test_one_person_may_be_given_one_replacement_by_hand(study: Project) -> None:
    own = [choice for choice in picked(study) if choice.replacement.startswith("[SN]")]
    with study.operation("Mask") as op:
        mask(op, [Choice("name", c.text, "[Kader A]", c.places) for c in own], Silent())
    text = everything(study)[1].text.replace(AGAIN, "")
    assert "Bu [Kader A]?" in text
    assert "[Kader A] itu teman" in text


def test_names_of_sources_labels_codes_and_notes_go_along_and_come_back(study: Project) -> None:
    with study.operation("Label") as op:
        op.session.scalars(select(Turn)).first().label = "Pak Joko"  # type: ignore[union-attr]
    before = everything(study)
    masked(study)
    name, text, labels, people, notes = json.loads(json.dumps(everything(study), default=lambda one: one.text))
    assert name == "Wawancara 2 – Pak [JS]"
    assert text.count("[JS]") == 3
    assert labels == ["Pak [JS]", "Pak [JS]", "SN", "[I-03]"]
    assert people == [["JS", "Joko Susilo"], ["SN", "Hj. Siti Nurhaliza"], ["I-03", None]]
    assert notes[0].replace(AGAIN, "") == "[JS] datang bersama [I-03]; RS_[JS].docx"
    with study.operation("Unmask") as op:
        unmask(op, Silent())
    assert everything(study) == before
    masked(study)
    study.undo()
    assert everything(study) == before


def test_with_the_key_out_no_name_is_left_in_the_file_and_all_comes_back(study: Project, tmp_path: Path) -> None:
    before = everything(study)
    with study.operation("Mask") as op:
        mask(op, picked(study), Silent())  # the texts alone
        two = [[1, "a", "b", {"text": "Joko Susilo datang"}], [2, "a", "c", {"name": "Hj. Siti Nurhaliza"}]]
        beside = {"clock": 2, "coder_guid": "a", "operation_guid": "c", "heads": json.dumps(two)}
        op.session.add(Stamp(table_name="memo", row_guid="m", **beside))
    assert names_found(study).elsewhere > 0
    path = tmp_path / "a.telaah-key"
    with study.operation(keys.TAKE_OUT_TITLE) as op:
        keys.take_out(op, path)
    keys.wipe(study.path)
    with closing(sqlite3.connect(study.path)) as connection:
        tables = ("source", "turn", "informant", "memo", "operation", "saved_view", "source_text", "change", "stamp")
        held = [row for table in tables for row in connection.execute(f"SELECT * FROM {table}")]
    for name in ("Joko", "JOKO", "Susilo", "Siti", "Nurhaliza", "Wartini"):
        assert name not in str(held)
    found = names_found(study)
    assert (found.texts, found.elsewhere) == (0, 0)
    with study.operation(keys.BRING_BACK_TITLE) as op:
        keys.bring_back(op, path)
    with study.operation("Unmask") as op:
        unmask(op, Silent())
    assert everything(study) == before


def test_whoever_has_only_a_name_or_shares_initials_gets_a_code_of_their_own() -> None:
    about = Known()
    for code, name in (("SN", "Siti Nurhaliza"), ("Sari Ningsih", "Sari Ningsih"), ("Wartini", None), ("I-04", None)):
        about.learn(code, name, None, None)
    about.learn("Kepala Desa", None, None, None)
    about.learn("Budi", "Budi", None, "Bapak Budi")
    about.settle()
    assert list(about.shown.values()) == ["SN", "I-02", "I-03", "I-04", "Kepala Desa", "I-06"]
