"""What a project knows before a draft is stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from coding.informants.editing import change_informant
from coding.project import Project
from coding.transcripts.drafts import Draft, LabelChoice
from coding.transcripts.intake import known_informants
from coding.transcripts.preview import known

Add = Callable[..., str]


def test_an_empty_project_knows_nothing(project: Project) -> None:
    found = known(project)
    assert (found.texts, found.names, found.informants, found.labels) == ({}, frozenset(), (), {})


def test_a_text_that_is_there_already_is_recognised_whatever_the_file_is_called(project: Project, add: Add) -> None:
    add("Satu", [("P", "Apa kabar?"), ("RS", "Baik.")])
    same = Draft("Dua", "P: Apa kabar?\nRS: Baik.\n", "interview")
    assert known(project).twin(same) == "Satu"
    assert known(project).twin(replace(same, text=same.text + " ")) is None


def test_informants_and_labels_are_known_by_what_they_stand_for(project: Project, add: Add) -> None:
    add("Satu", [("P", "Apa kabar?"), ("RS", "Baik."), ("?", "Saya juga.")])
    found = known(project)
    assert [(person.code, person.age) for person in found.informants] == [("RS", None)]
    assert found.names == {"Satu"}
    assert found.labels == {
        "p": LabelChoice("researcher"),
        "rs": LabelChoice("informant", "RS"),
        "?": LabelChoice("unknown"),
    }


def test_informants_are_known_by_their_full_names_too(project: Project, add: Add) -> None:
    add("Satu", [("P", "Apa kabar?"), ("SN", "Baik.")])
    with project.operation("Name") as op:
        change_informant(op, known_informants(op)[0].guid, {"name": "Hj. Siti Nurhaliza"})
    assert [(person.code, person.name) for person in known(project).informants] == [("SN", "Hj. Siti Nurhaliza")]


def test_a_label_that_has_stood_for_different_people_says_nothing(project: Project, add: Add) -> None:
    add("Satu", [("P", "Apa kabar?"), ("RS", "Baik.")])
    add("Dua", [("RS", "Apa kabar?"), ("?", "Baik.")])
    with project.operation("Change") as op:
        from coding.store.models import Turn

        op.session.query(Turn).filter(Turn.label == "?").update({"label": "P"})
    assert "p" not in known(project).labels
