"""Attributes with kinds, the table of informants, planned and heard, one who is two and two who are one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.errors import CodingError
from coding.informants.attributes import (
    add_attribute,
    attributes,
    order_attributes,
    parse_number,
    remove_attribute,
    rename_attribute,
    set_kind,
    set_value,
)
from coding.informants.cells import columns_of, parse_grid, paste_grid, set_cell
from coding.informants.editing import (
    add_informant,
    change_informant,
    order_informants,
    remove_informant,
    rename_informant,
    set_attribute,
)
from coding.informants.merging import differences, merge_informants, split_informant, spoken_sources
from coding.informants.planned import planned_against_heard
from coding.informants.queries import informants
from coding.memos.editing import set_memo
from coding.memos.queries import memos
from coding.memos.rows import MemoFilter
from coding.project import Operation, Project
from coding.store.journal import journal_tables
from coding.transcripts.editing import set_details
from coding.transcripts.queries import source_text
from coding.transcripts.rows import InformantRow
from coding.words import Words


def person(project: Project, code: str) -> InformantRow:
    return next(row for row in informants(project) if row.code == code)


def dump(path: Path) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return [connection.execute(f'SELECT * FROM "{t.name}" ORDER BY id').fetchall() for t in journal_tables()]


def refused(project: Project, work: Any) -> str:
    before = dump(project.path)
    with pytest.raises(CodingError) as caught, project.operation("x") as op:
        work(op)
    assert dump(project.path) == before
    return str(caught.value.code)


@pytest.fixture
def people(project: Project, add: Any) -> dict[str, str]:
    add("W1", [("P", "Apa?"), ("AS", "Itu dan ini."), ("RP", "Ya.")])
    add("W2", [("P", "Lalu?"), ("AS", "Begitu."), ("DT", "Benar.")])
    return {row.code: row.guid for row in informants(project)}


def test_values_are_checked_by_the_kind_of_the_attribute(project: Project, people: dict[str, str]) -> None:
    with project.operation("Add") as op:
        made = {
            "number": add_attribute(op, "Penghasilan", "number"),
            "date": add_attribute(op, "Bergabung", "date"),
            "choice": add_attribute(op, "Pendidikan", "choice", ["SMA", " S1 ", "sma", ""]),
        }
    assert [(a.name, a.kind, a.choices) for a in attributes(project)] == [
        ("Penghasilan", "number", ()), ("Bergabung", "date", ()), ("Pendidikan", "choice", ("SMA", "S1")),
    ]  # fmt: skip
    with project.operation("Set") as op:
        set_value(op, people["AS"], made["number"], "1.234.500,50")
        set_value(op, people["AS"], made["date"], "3 Juni 2021")
        set_attribute(op, people["AS"], "pendidikan", "s1")
    assert dict(person(project, "AS").attributes) == {
        "Penghasilan": "1234500.5", "Bergabung": "2021-06-03", "Pendidikan": "S1",
    }  # fmt: skip
    for kind, value in (("number", "banyak"), ("date", "kemarin"), ("choice", "S3")):
        assert (
            refused(project, lambda op, k=kind, v=value: set_value(op, people["RP"], made[k], v)) == "attribute_value"
        )
    assert refused(project, lambda op: set_attribute(op, people["RP"], "Pendidikan", "S3")) == "attribute_value"
    with pytest.raises(CodingError) as said, project.operation("x") as op:
        set_value(op, people["RP"], made["choice"], "S3")
    assert said.value.say(Words("en")) == "“S3” is no value of “Pendidikan”; choose one of: SMA, S1"


def test_attributes_are_renamed_ordered_changed_in_kind_and_removed(project: Project, people: dict[str, str]) -> None:
    with project.operation("Add") as op:
        first, second = add_attribute(op, "Lama"), add_attribute(op, "Desa")
        set_value(op, people["AS"], first, "3")
        set_value(op, people["RP"], first, "tiga")
    assert refused(project, lambda op: set_kind(op, first, "number")) == "attribute_values"
    with project.operation("Change") as op:
        set_value(op, people["RP"], first, "3,0")
        set_kind(op, first, "number")
        order_attributes(op, [second, first])
        rename_attribute(op, second, "Dusun")
    assert [(a.name, a.kind, a.values) for a in attributes(project)] == [("Dusun", "text", 0), ("Lama", "number", 2)]
    assert person(project, "RP").attributes == (("Lama", "3"),)
    for name, code in (("lama", "attribute_name_taken"), (" ", "attribute_name"), ("Role", "attribute_name_taken")):
        assert refused(project, lambda op, n=name: rename_attribute(op, second, n)) == code
    assert refused(project, lambda op: set_kind(op, second, "choice", ["", " "])) == "attribute_choices"
    before = dump(project.path)
    with project.operation("Remove") as op:
        assert remove_attribute(op, first) == 2
    assert person(project, "AS").attributes == ()
    assert refused(project, lambda op: set_value(op, people["AS"], first, "1")) == "attribute_gone"
    project.undo()
    assert dump(project.path) == before


@pytest.mark.parametrize(
    ("written", "stored"),
    [("1.234,5", "1234.5"), ("1,234.50", "1234.5"), ("1.234", "1234"), ("12,5", "12.5"), ("12.5", "12.5"),
     ("-0,50", "-0.5"), ("1 000", "1000"), ("0,125", "0.125"), ("007", "7"), ("1.2.3", None), ("1e5", None), ("", None),
     ("1.234.567", "1234567"), ("12.34,5", None)],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(written: str, stored: str | None) -> None:
    assert parse_number(written) == stored


@given(st.integers(-(10**9), 10**9), st.integers(0, 99))
def test_a_number_printed_in_either_language_is_read_back(whole: int, rest: int) -> None:
    for language in ("id", "en"):
        shown = Words(language).number(whole + rest / 100 if whole >= 0 else whole - rest / 100, 2)
        number = parse_number(shown)
        assert number is not None
        assert float(number) == pytest.approx(
            abs(whole) * (1 if whole >= 0 else -1) + (rest if whole >= 0 else -rest) / 100
        )


def test_what_is_pasted_is_one_step_and_makes_new_informants(project: Project, people: dict[str, str]) -> None:
    with project.operation("Add") as op:
        add_attribute(op, "Pendidikan", "choice", ["SMA", "S1"])
    columns = {column.key: column for column in columns_of(attributes(project))}
    chosen = [
        columns[key] for key in ("code", "role", "age", "category", "planned", "consent", "keep_until", "left_out")
    ]
    chosen.append(next(c for c in columns.values() if c.attribute is not None))
    grid = parse_grid(
        'AS\t"Kepala\nBidang"\t36 tahun\tKunci\tya\ttertulis\t31 Desember 2030\t\ts1\r\n'
        "RP\t-\t\t\t\t\t\tx\t\r\nBR\tBidan\t40,0\tpendukung\tYa\t\t\t\tSMA\r\n\r\n"
    )
    before = dump(project.path)
    with project.operation("Paste") as op:
        assert paste_grid(op, grid, [people["AS"], people["RP"]], chosen) == (2, 1)
    first, second, new = person(project, "AS"), person(project, "RP"), person(project, "BR")
    assert (first.role, first.age, first.category, first.planned, first.consent, first.keep_until, first.left_out) == (
        "Kepala Bidang", 36, "key", True, "written", "2030-12-31", False,
    )  # fmt: skip
    assert first.attributes == (("Pendidikan", "S1"),)
    assert (second.role, second.left_out) == (None, True)
    assert (new.role, new.age, new.category, new.planned, new.turns) == ("Bidan", 40, "supporting", True, 0)
    project.undo()
    assert dump(project.path) == before


def test_a_cell_that_is_not_understood_refuses_the_whole_paste(project: Project, people: dict[str, str]) -> None:
    columns = {column.key: column for column in columns_of(())}
    chosen = [columns["code"], columns["age"]]
    guids = [people["AS"], people["RP"]]

    def say(text: str, language: str = "en") -> str:
        before = dump(project.path)
        with pytest.raises(CodingError) as caught, project.operation("Paste") as op:
            paste_grid(op, parse_grid(text), guids, chosen)
        assert dump(project.path) == before
        return caught.value.say(Words(language))

    assert say("AS\t40\nRP\ttua") == "row 2, “Age”: “tua” is not understood; write a number of years"
    assert "no column" in say("AS\t40\tlebih")
    assert say("RP") == "another informant has the code “RP”; choose another, or merge the two"
    assert say("A\t1\nB\t2\n\t3") == "an informant needs a code or initials"
    with pytest.raises(CodingError) as empty:
        parse_grid(" \n\t\n")
    assert empty.value.code == "paste_empty"


def test_single_cells(project: Project, people: dict[str, str]) -> None:
    columns = {column.key: column for column in columns_of(())}
    with project.operation("Write") as op:
        set_cell(op, people["AS"], columns["code"], " AS-36 ")
        set_cell(op, people["AS"], columns["honorific"], "Bapak")
        set_cell(op, people["AS"], columns["pseudonym"], "Pak Andi")
        set_cell(op, people["RP"], columns["age"], "")
    row = person(project, "AS-36")
    assert (row.honorific, row.pseudonym, row.turns, row.heard) == ("Bapak", "Pak Andi", 2, True)
    for key, text in (
        ("age", "200"),
        ("category", "penting"),
        ("planned", "mungkin"),
        ("keep_until", "2030"),
        ("consent", "?"),
    ):
        assert (
            refused(project, lambda op, k=key, t=text: set_cell(op, people["RP"], columns[k], t)) == "attribute_value"
        )
    assert refused(project, lambda op: rename_informant(op, people["RP"], "as-36")) == "informant_code_taken"
    with pytest.raises(ValueError, match="no day"), project.operation("x") as op:
        change_informant(op, people["RP"], {"keep_until": "2030"})
    with pytest.raises(ValueError, match="no consent"), project.operation("x") as op:
        change_informant(op, people["RP"], {"consent": "maybe"})


def test_planned_against_heard(project: Project, people: dict[str, str]) -> None:
    with project.operation("Plan") as op:
        change_informant(op, people["AS"], {"category": "key", "planned": True, "group": "dinas"})
        change_informant(op, people["RP"], {"category": "main", "group": "warga"})
        add_informant(op, "Camat", {"category": "key", "planned": True})
        set_details(op, source_text_guid(op, "W2"), {"left_out": True})
    table = planned_against_heard(project)
    assert [(r.value, r.planned, r.heard, r.missing, r.unplanned) for r in table.rows] == [
        ("key", ("AS", "Camat"), ("AS",), ("Camat",), ()),
        ("main", (), ("RP",), (), ("RP",)),
    ]
    assert (table.total.planned, table.total.heard) == (("AS", "Camat"), ("AS", "RP"))
    assert [row.value for row in planned_against_heard(project, "group").rows] == ["dinas", "warga", None]
    assert (person(project, "DT").heard, person(project, "DT").turns) == (False, 1)


def source_text_guid(op: Operation, name: str) -> str:
    from coding.transcripts.queries import source_guid

    return source_guid(op.session, name)


def test_two_who_are_one_are_merged(project: Project, people: dict[str, str]) -> None:
    with project.operation("Know") as op:
        own = add_attribute(op, "Desa")
        change_informant(op, people["AS"], {"role": "Kader", "age": 36})
        change_informant(op, people["DT"], {"role": "Ketua", "place": "Karangsari", "planned": True})
        set_value(op, people["AS"], own, "Satu")
        set_value(op, people["DT"], own, "Dua")
        set_memo(op, "informant", people["AS"], "ramah")
        set_memo(op, "informant", people["DT"], "sibuk")
    found = differences(project, people["AS"], people["DT"])
    assert [(d.field, d.kept, d.other) for d in found] == [
        ("role", "Kader", "Ketua"),
        (f"attribute:{own}", "Satu", "Dua"),
    ]
    before = dump(project.path)
    with project.operation("Merge") as op:
        assert merge_informants(op, people["AS"], people["DT"], {"role"}) == 1
    row = person(project, "AS")
    assert (row.role, row.age, row.place, row.planned, row.turns, row.sources) == (
        "Ketua", 36, "Karangsari", True, 3, ("W1", "W2"),
    )  # fmt: skip
    assert row.attributes == (("Desa", "Satu"),)
    assert [memo.text for memo in memos(project, MemoFilter())] == ["ramah\n\nsibuk"]
    assert [p.code for p in informants(project)] == ["AS", "RP"]
    project.undo()
    assert dump(project.path) == before
    with pytest.raises(ValueError, match="themselves"), project.operation("x") as op:
        merge_informants(op, people["AS"], people["AS"])


def test_one_who_is_two_is_split(project: Project, people: dict[str, str]) -> None:
    assert [(s.name, s.turns, s.words) for s in spoken_sources(project, people["AS"])] == [("W1", 1, 3), ("W2", 1, 1)]
    second = spoken_sources(project, people["AS"])[1].guid
    before = dump(project.path)
    with project.operation("Split") as op:
        made = split_informant(op, people["AS"], "AS (2)", sources=[second])
    assert person(project, "AS (2)").guid == made
    assert (person(project, "AS").sources, person(project, "AS (2)").sources) == (("W1",), ("W2",))
    project.undo()
    assert dump(project.path) == before
    everything = [s.guid for s in spoken_sources(project, people["AS"])]
    turns = [t.guid for t in source_text(project, second).turns if t.informant == "AS"]
    assert refused(project, lambda op: split_informant(op, people["AS"], "X", sources=everything)) == "informant_split"
    assert refused(project, lambda op: split_informant(op, people["AS"], "X")) == "informant_split"
    assert refused(project, lambda op: split_informant(op, people["AS"], "rp", turns=turns)) == "informant_code_taken"


def test_nobody_is_removed_while_they_speak_unless_it_is_said_whose_the_turns_are(
    project: Project, people: dict[str, str]
) -> None:
    assert refused(project, lambda op: remove_informant(op, people["DT"])) == "informant_speaks"
    with project.operation("Remove") as op:
        assert remove_informant(op, people["DT"], "unknown") == 1
        assert remove_informant(op, people["RP"], people["AS"]) == 1
        alone = add_informant(op, "Camat", {})
        assert remove_informant(op, alone) == 0
    assert [(row.code, row.turns) for row in informants(project)] == [("AS", 3)]
    project.undo()
    assert [(row.code, row.turns) for row in informants(project)] == [("AS", 2), ("RP", 1), ("DT", 1)]
    with project.operation("Order") as op:
        order_informants(op, [people["DT"], people["RP"]])
    assert [row.code for row in informants(project)] == ["DT", "RP", "AS"]
