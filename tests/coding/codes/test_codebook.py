"""A framework read as a book: order, numbers, both languages, finding, own examples."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coding.codes.codebook import codebook
from coding.errors import CodingError
from coding.project import Project

Add = Callable[..., str]


def test_every_node_has_its_page_in_order(project: Project) -> None:
    book = codebook(project, "edward3")
    assert [e.number for e in book.entries[:5]] == ["1", "1.1", "1.2", "1.3", "2"]
    assert [e.path for e in book.entries if e.parent is None] == [
        "edward3.communication",
        "edward3.resources",
        "edward3.disposition",
        "edward3.bureaucracy",
    ]
    for entry in book.entries:
        for language in ("id", "en"):
            assert entry.text("definition", language)
            assert entry.text("not_this", language)
            assert len(entry.items("questions", language)) >= 2
        assert entry.text("definition", "id") != entry.text("definition", "en")
    with pytest.raises(CodingError, match="does not use the framework"):
        codebook(project, "effectivenes")


def test_it_is_searched_by_label_text_and_cue(project: Project) -> None:
    book = codebook(project, "edward3")
    assert book.find("", "id") == book.entries
    assert "edward3.bureaucracy.sop" in [e.path for e in book.find("SOP", "id")]
    cue = book.entries[2].items("cues", "id")[0]
    assert book.entries[2] in book.find(cue.upper(), "id")
    assert book.find("zzzz", "id") == ()


def test_own_starred_segments_stand_as_examples(project: Project, add: Add, code_words: Add) -> None:
    add("W1", [("AS", "syaratnya berubah terus")])
    code_words("W1", "syaratnya", "edward3.communication.consistency")
    starred = code_words("W1", "berubah", "edward3.communication.consistency", exemplar=True)
    (entry,) = (e for e in codebook(project, "edward3").entries if e.path.endswith("consistency"))
    assert (entry.segments, entry.exemplars) == (2, (starred,))
