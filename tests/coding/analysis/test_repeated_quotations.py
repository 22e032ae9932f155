"""Quotations that occur at several places: in one voice or two, coded at one place or at both."""

from __future__ import annotations

import json
from collections.abc import Callable

from sqlalchemy import update

from coding.analysis.repeated import repeated_quotations
from coding.language.sentences import sentences
from coding.project import Project
from coding.store.models import Source
from coding.transcripts.queries import source_text, sources
from tests.samples import open_sample

Add = Callable[..., str]


def with_sentences(project: Project) -> None:
    for row in sources(project):
        text = source_text(project, row.guid)
        flat = [edge for s in sentences(text.text, [(t.start, t.end) for t in text.turns]) for edge in s]
        with project.operation("Find sentences") as op:
            op.session.execute(update(Source).where(Source.guid == row.guid).values(sentences=json.dumps(flat)))


def test_the_same_words_are_found_wherever_they_stand(project: Project, add: Add, code_words: Add) -> None:
    add("Satu", [("RS", "Suratnya datang seminggu setelah acara selesai. Begitu saja.")])
    add("Dua", [("RS", "“Suratnya datang  seminggu setelah acara selesai!” Begitu saja.")])
    add("Tiga", [("WT", "Suratnya datang seminggu setelah acara selesai.")])
    with_sentences(project)
    code_words("Satu", "Suratnya datang seminggu setelah acara selesai", "edward3.communication.transmission")
    code_words("Satu", "Begitu saja", "edward3.communication.clarity")
    code_words("Dua", "Suratnya datang  seminggu setelah acara selesai", "edward3.communication.clarity")
    (found,) = repeated_quotations(project)
    assert found.text == "Suratnya datang seminggu setelah acara selesai"
    assert [(place.source, [row.code for row in place.segments]) for place in found.places] == [
        ("Satu", ["edward3.communication.transmission"]),
        ("Dua", ["edward3.communication.clarity"]),
        ("Tiga", []),
    ]


def test_several_codes_on_one_passage_are_no_repetition(project: Project, add: Add, code_words: Add) -> None:
    add("Satu", [("RS", "Suratnya datang seminggu setelah acara selesai.")])
    with_sentences(project)
    for path in ("edward3.communication.transmission", "edward3.communication.clarity"):
        code_words("Satu", "Suratnya datang seminggu setelah acara selesai.", path)
    assert repeated_quotations(project) == []


def test_the_sample_has_one(tmp_path: object) -> None:
    from pathlib import Path

    with open_sample(Path(str(tmp_path)) / "sample.telaah") as project:
        assert repeated_quotations(project)
