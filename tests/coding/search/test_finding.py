"""Searching a project: case, accents, whole words, forms of words, who speaks; sorting; tagging what was found."""

from __future__ import annotations

import contextlib
import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from coding.codes.queries import code_guid
from coding.errors import CodingError
from coding.language.sentences import sentences
from coding.project import Project
from coding.search.find import Hit, find, sort_hits
from coding.search.query import SearchQuery, pattern
from coding.search.tagging import Tagged, tag_hits
from coding.segments.queries import segments
from coding.store.models import Source
from coding.transcripts.queries import source_text, sources
from coding.views import remove_view, save_view, views

Add = Callable[..., str]


@pytest.fixture
def texts(add: Add) -> tuple[str, ...]:
    return (
        add("Satu", [("P", "Bagaimana pelayanannya?"), ("RS", "Pelayanan di Café Désa ramah. Dilayani cepat.")]),
        add("Dua", [("WT", "Saya dilayani sore. CAFE itu tutup, café lain buka.")]),
        add("Tiga", [("TH", "Tidak ada yang melayani. Melayanilah!")], "observation"),
    )


def found(project: Project, text: str, **more: object) -> list[str]:
    return [hit.text for hit in find(project, SearchQuery(text, **more))]  # type: ignore[arg-type]


def test_case_and_accents_count_when_asked_for(project: Project, texts: tuple[str, ...]) -> None:
    assert found(project, "café") == ["Café", "café"]
    assert found(project, "café", match_case=True) == ["café"]
    assert found(project, "cafe", ignore_accents=True) == ["Café", "CAFE", "café"]
    assert found(project, "CAFÉ desa", ignore_accents=True) == ["Café Désa"]


def test_whole_words_are_whole(project: Project, texts: tuple[str, ...]) -> None:
    assert found(project, "melayani") == ["melayani", "Melayani"]
    assert found(project, "melayani", whole_words=True) == ["melayani"]
    assert found(project, "cafe", whole_words=True, ignore_accents=True) == ["Café", "CAFE", "café"]


ODD = (
    "Café",
    "cafe\u0301",
    "ĞİŞ",
    "straße",
    "STRASSE",
    "łódź",
    "a_b",
    "naïve-té",
    "ﬁn",
    "İstanbul",
    "ǅ",
    "ß",
    "ſ",
    "Å",
)


@given(
    st.lists(st.sampled_from([*ODD, "kartu", "kartunya", "berkartu", "x1", "—", "😀"]), min_size=1, max_size=6),
    st.sampled_from([*ODD, "kartu", "rtu", "art", "cafe", "CAF", "fe", "x", "1", "b", "ï", "ss", "i", "k"]),
    st.booleans(),
    st.booleans(),
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_index_hides_nothing(
    project: Project, add: Add, words: list[str], needle: str, bare: bool, whole: bool
) -> None:
    body = " ".join(words)
    with contextlib.suppress(CodingError):  # the same text again
        add("Satu", [("RS", body)])
    query = SearchQuery(needle, ignore_accents=bare, whole_words=whole)
    compiled = pattern(query)
    expected = [
        match.group() for row in sources(project) for match in compiled.finditer(source_text(project, row.guid).text)
    ]
    assert [hit.text for hit in find(project, query)] == expected


def test_a_word_stands_for_its_forms(project: Project, texts: tuple[str, ...]) -> None:
    forms = found(project, "pelayanan", stem=True)
    assert {"Pelayanan", "Dilayani", "dilayani", "melayani"} <= set(forms)
    assert "ramah" not in forms


def test_turns_of_one_kind_and_sources_of_one_method(project: Project, texts: tuple[str, ...]) -> None:
    assert [hit.speaker for hit in find(project, SearchQuery("layan", where="informants"))] == [
        "RS",
        "RS",
        "WT",
        "TH",
        "TH",
    ]
    assert [hit.text for hit in find(project, SearchQuery("pelayanan", where="researchers"))] == ["pelayanan"]
    assert {hit.source for hit in find(project, SearchQuery("layan", methods=("observation",)))} == {"Tiga"}


def test_the_first_hits_come_first(project: Project, texts: tuple[str, ...]) -> None:
    everything = find(project, SearchQuery("a"))
    assert find(project, SearchQuery("a"), limit=7) == everything[:7]


def test_hits_are_sorted_by_their_neighbours(project: Project, texts: tuple[str, ...]) -> None:
    hits = find(project, SearchQuery("café", ignore_accents=True))
    assert [hit.after.split()[0] for hit in sort_hits(hits, "after")] == ["Désa", "itu", "lain"]
    assert [hit.before.split()[-1] for hit in sort_hits(hits, "before")] == ["di", "sore.", "tutup,"]
    assert sort_hits(hits, "source") == hits


@given(st.text(alphabet="abc éèêñü-.", min_size=1, max_size=12), st.text(alphabet="abceénuü -.", max_size=40))
def test_ignoring_accents_finds_what_is_equal_without_them(needle: str, body: str) -> None:
    def bare(text: str) -> str:
        return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).casefold()

    if not needle.strip():
        return
    compiled = pattern(SearchQuery(needle, ignore_accents=True))
    plain = pattern(SearchQuery(bare(needle)))
    assert [m.span() for m in compiled.finditer(body)] == [m.span() for m in plain.finditer(bare(body))]


def with_sentences(project: Project, guid: str) -> None:
    text = source_text(project, guid)
    flat = [edge for span in sentences(text.text, [(turn.start, turn.end) for turn in text.turns]) for edge in span]
    with project.operation("Find sentences") as op:
        op.session.execute(update(Source).where(Source.guid == guid).values(sentences=json.dumps(flat)))


def test_all_hits_are_tagged_in_one_step(project: Project, texts: tuple[str, ...]) -> None:
    with_sentences(project, texts[2])
    hits = find(project, SearchQuery("melayani"))
    with project.operation("Tag {count} passages", count=2) as op:
        code = code_guid(op.session, "edward3.disposition.attitude")
        assert tag_hits(op, hits, code, "inhibiting", "sentence") == Tagged(2, 0)
    assert [row.text for row in segments(project)] == ["Tidak ada yang melayani.", "Melayanilah!"]
    assert {row.valence for row in segments(project)} == {"inhibiting"}
    with project.operation("Tag {count} passages", count=2) as op:
        assert tag_hits(op, hits, code, None, "sentence") == Tagged(0, 2)
        assert tag_hits(op, hits, code, None, "turn") == Tagged(1, 0)
        assert tag_hits(op, hits, code, None, "words") == Tagged(2, 0)
    project.undo()
    assert len(segments(project)) == 2
    project.undo()
    assert segments(project) == []


def test_a_code_or_a_source_that_is_gone(project: Project, texts: tuple[str, ...]) -> None:
    hits = find(project, SearchQuery("melayani"))
    with pytest.raises(CodingError, match="code"), project.operation("Tag") as op:
        tag_hits(op, hits, "nobody", None)
    gone = [replace(hit, source_guid="gone") for hit in hits]
    with pytest.raises(CodingError), project.operation("Tag") as op:
        tag_hits(op, gone, code_guid(op.session, "edward3.disposition.attitude"), None)


def test_searches_are_saved_by_name(project: Project) -> None:
    query = SearchQuery("antre", whole_words=True, methods=("interview",))
    with project.operation("Save the search {name}", name="antrean") as op:
        save_view(op, "search", "  antrean  panjang ", query.as_params())
        save_view(op, "evidence", "antrean panjang", {})
    (row,) = views(project, "search")
    assert row.name == "antrean panjang"
    assert SearchQuery.from_params({**row.params, "of a later edition": 1}) == query
    with project.operation("Save the search {name}", name="antrean") as op:
        save_view(op, "search", "antrean panjang", SearchQuery("antre").as_params())
        with pytest.raises(ValueError, match="name"):
            save_view(op, "search", " ", {})
    assert [SearchQuery.from_params(row.params) for row in views(project, "search")] == [SearchQuery("antre")]
    with project.operation("Forget the search {name}", name="antrean") as op:
        remove_view(op, row.guid)
    assert views(project, "search") == []


def test_hits_say_who_speaks(project: Project, texts: tuple[str, ...]) -> None:
    (hit,) = find(project, SearchQuery("ramah"))
    assert isinstance(hit, Hit)
    assert hit.speaker == "RS"
