"""Topics inside a code, and factors mapped onto dimensions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coding.codes.editing import new_open_code
from coding.codes.links import link, links, set_links, unlink
from coding.codes.removing import delete_codes
from coding.codes.topics import add_topic, remove_topic, rename_topic, set_topic, shift_topic, topics
from coding.errors import CodingError
from coding.project import Operation, Project
from coding.segments.editing import set_code
from coding.segments.queries import segments

Add = Callable[..., str]
Guid = Callable[[str], str]
Dump = Callable[[Path], Any]
COMMUNICATION = "edward3.communication"


def test_topics_tell_segments_of_one_code_apart(
    project: Project, add: Add, code_words: Add, guid: Guid, dump: Dump
) -> None:
    source = add("W", [("RS", "Antarpetugas lancar, dengan warga tersendat, surat terlambat.")])
    inside = code_words("W", "Antarpetugas lancar", COMMUNICATION, "supporting")
    outside = code_words("W", "dengan warga tersendat", COMMUNICATION, "inhibiting")
    other = code_words("W", "surat terlambat", "edward3.resources")
    code = guid(COMMUNICATION)
    with project.operation("Make") as op:
        internal, external = add_topic(op, code, " internal "), add_topic(op, code, "eksternal")
        assert set_topic(op, [inside, other], internal) == 1
        assert set_topic(op, [outside], external) == 1
    assert [(t.label, t.segments) for t in topics(project, code)] == [("internal", 1), ("eksternal", 1)]
    assert topics(project, guid("edward3.resources")) == []
    for read in (
        segments(project),
        segments(project, source=source),
        segments(project, guids=[inside, outside, other]),
    ):
        assert {row.guid: row.topic for row in read} == {inside: "internal", outside: "eksternal", other: ""}
    assert segments(project, guids=[inside])[0].topic_guid == internal
    before = dump(project.path)
    with project.operation("Change") as op:
        set_code(op, inside, guid("edward3.disposition"))
    assert segments(project, guids=[inside])[0].topic == ""
    assert [t.segments for t in topics(project, code)] == [0, 1]
    project.undo()
    assert dump(project.path) == before
    with project.operation("Change") as op:
        rename_topic(op, internal, "Internal")
        shift_topic(op, external, -1)
        assert remove_topic(op, internal) == 1
        assert set_topic(op, [outside], None) == 1
    assert [(t.label, t.segments) for t in topics(project)] == [("eksternal", 0)]
    project.undo()
    assert dump(project.path) == before


def test_topics_are_refused_that_have_no_name_or_one_that_is_taken(project: Project, guid: Guid) -> None:
    code = guid(COMMUNICATION)
    with project.operation("Make") as op:
        one = add_topic(op, code, "Loket")
        add_topic(op, guid("edward3.resources"), "loket")
    cases: list[tuple[Callable[[Operation], object], str]] = [
        (lambda op: add_topic(op, code, "LOKET"), "topic_twice"),
        (lambda op: add_topic(op, code, " "), "topic_no_name"),
        (lambda op: rename_topic(op, "gone", "x"), "topic_gone"),
        (lambda op: rename_topic(op, one, ""), "topic_no_name"),
        (lambda op: remove_topic(op, "gone"), "topic_gone"),
        (lambda op: set_topic(op, [], "gone"), "topic_gone"),
        (lambda op: add_topic(op, "gone", "x"), "code_gone"),
    ]
    for work, expected in cases:
        with pytest.raises(CodingError) as error, project.operation("Change") as op:
            work(op)
        assert error.value.code == expected


def test_factors_are_mapped_onto_dimensions_and_read_either_way(project: Project, guid: Guid, dump: Dump) -> None:
    people, technology = guid("factors.internal.human_resources"), guid("factors.internal.technology")
    staff, resources = guid("edward3.resources.staff"), guid("edward3.resources")
    with project.operation("Map") as op:
        assert link(op, people, staff)
        assert not link(op, staff, people)
        assert link(op, resources, technology)
    stored = [row for key, row in dump(project.path).items() if key[0] == "code_link"]
    assert len(stored) == 2
    found = links(project)
    assert [(one.guid, one.framework, one.label("id")) for one in found[people]] == [
        (staff, "edward3", "Sumber Daya › Staf")
    ]
    assert [one.guid for one in found[staff]] == [people]
    assert [one.guid for one in found[technology]] == [resources]
    # whichever end it was made from, it is the factor's
    numbers = {row["guid"]: row["id"] for key, row in dump(project.path).items() if key[0] == "code"}
    assert {row["code_id"] for row in stored} == {numbers[people], numbers[technology]}
    before = dump(project.path)
    with project.operation("Map") as op:
        set_links(op, resources, [people, guid("factors.external.social")])
    assert {one.guid for one in links(project)[resources]} == {people, guid("factors.external.social")}
    assert technology not in links(project)
    with project.operation("Map") as op:
        assert unlink(op, resources, people)
        assert not unlink(op, resources, people)
    project.undo()
    project.undo()
    assert dump(project.path) == before
    with project.operation("Delete") as op:
        delete_codes(op, [staff])
    assert people not in links(project)
    with pytest.raises(ValueError, match="itself"), project.operation("Map") as op:
        link(op, people, people)


def test_an_open_code_can_be_mapped_too(project: Project, guid: Guid) -> None:
    with project.operation("Map") as op:
        code = new_open_code(op, "rasa takut")
        link(op, code, guid(COMMUNICATION))
    (one,) = links(project)[guid(COMMUNICATION)]
    assert (one.guid, one.framework, one.label("en")) == (code, None, "rasa takut")
