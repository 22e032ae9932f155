"""Names that meet the edges of sentences and turns, and names that are places, too, in what is sent without names."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding.errors import CodingError
from coding.informants.tables import TableRow, store_table
from coding.language.sentences import sentences
from coding.privacy.finding import find_personal
from coding.privacy.leaving import sent_and_replaced
from coding.privacy.placed import placed, surnames
from coding.project import Project
from coding.review import anonymising
from coding.review.anonymising import _moves
from coding.review.extract import Chosen
from coding.review.names import Names
from coding.review.packages import open_package, write_package
from coding.store.models import ProjectRow
from coding.transcripts.intake import import_paths
from coding.transcripts.queries import source_text, sources

NAMELESS = Chosen(anonymised=True)
PIECES = ["Baik, Mbak.", "Ya, Pak.", "Bu.", "Bu", "Pak", "Budi", "Hartono", "Budi Hartono", "hartono.", "di sini.",
          "Jalan", "\n", "?"]  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=2, max_size=14))
def test_no_replacement_joins_two_sentences(pieces: list[str]) -> None:
    text = " ".join(pieces)
    spans = sentences(text, [(0, len(text))])
    borders = sorted({edge for span in spans for edge in span})
    names = Names("?")
    names.learn("BH", "Budi Hartono", None, None, "Informan 1")
    found = names.places(text, borders)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    assert not any(start < border < end for start, end, _ in found for border in borders)
    first, last = _moves(found)
    moved = [edge for start, end in spans for edge in (first(start), last(end))]
    assert moved == sorted(moved)
    rest = "".join(text[a:b] for a, b in pairwise([0, *(edge for place in found for edge in place[:2]), len(text)]))
    assert rest == text
    left = text
    for start, end, shown in reversed(found):
        left = left[:start] + shown + left[end:]
    assert "Budi" not in left.replace("Jalan Budi", "")


FILES = {
    "1.txt": "P: Apa kabar?\nBH: Baik, Mbak. Budi di sini. Ya, Pak. Hartono pergi. Lima desa, Mbak. Sukamaju jauh.\n",
    "2.txt": "P: Siapa?\nWS: Saya Wulan Sukamaju. Bu. Wulan ya.\n",
    "3.txt": "Keputusan\nKepala Desa Hartono\nBalai Desa Sukamaju\nJalan Hartono\nDESA SUKAMAJU\n",
}


@pytest.fixture
def study(project: Project, tmp_path: Path) -> Project:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    import_paths(project, [tmp_path / name for name in FILES])
    with project.operation("Informants") as op:
        store_table(op, [TableRow("BH", {"name": "Budi Hartono"}, {}), TableRow("WS", {"name": "Wulan Sukamaju"}, {})])
        op.session.query(ProjectRow).one().title = "BLT Desa di Desa Sukamaju"
    return project


def test_a_package_without_names_opens_and_leaves_the_village_its_name(study: Project, tmp_path: Path) -> None:
    path = tmp_path / "a.telaah-review"
    write_package(study, path, NAMELESS)
    with open_package(path, tmp_path / "work", coder="Dr. Sari") as opened:
        texts = [source_text(opened, row.guid).text for row in sources(opened)]
        with opened.read() as session:
            assert session.query(ProjectRow).one().title == "BLT Desa di Desa Sukamaju"
    assert texts == [
        "P: Apa kabar?\nInforman 1: Baik, Mbak. Informan 1 di sini. Ya, Pak. Informan 1 pergi. Lima desa, Mbak. "
        "Sukamaju jauh.\n",
        "P: Siapa?\nInforman 2: Saya Informan 2. Bu. Informan 2 ya.\n",
        "Keputusan\nKepala Desa Informan 1\nBalai Desa Sukamaju\nJalan Hartono\nDESA SUKAMAJU\n",
    ]


def test_what_a_package_replaces_is_told_before(study: Project) -> None:
    told = [(one.text, one.shown, one.count) for one in sent_and_replaced(study, NAMELESS)[1]]
    assert sent_and_replaced(study, Chosen())[1] == []
    assert told == [
        ("Hartono", "Informan 1", 2), ("BH", "Informan 1", 1), ("Budi", "Informan 1", 1), ("WS", "Informan 2", 1),
        ("Wulan", "Informan 2", 1), ("Wulan Sukamaju", "Informan 2", 1),
    ]  # fmt: skip


def test_a_village_is_no_sure_name_in_the_project(study: Project) -> None:
    groups = find_personal(study)
    assert {(g.kind, g.advised) for g in groups if g.text in ("Sukamaju", "SUKAMAJU")} == {("place", False)}
    assert {g.informant for g in groups if g.text == "Wulan"} == {"WS"}


def test_a_package_that_could_not_be_opened_is_not_kept(
    study: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.telaah-review"
    mask = anonymising._mask_text

    def wrongly(connection, number, body, places) -> None:  # type: ignore[no-untyped-def]
        mask(connection, number, body, places)
        connection.execute("UPDATE source SET sentences = '[9,3]' WHERE text_id = ?", (number,))

    monkeypatch.setattr(anonymising, "_mask_text", wrongly)
    with pytest.raises(CodingError) as caught:
        write_package(study, path, NAMELESS)
    assert caught.value.code == "package_unsound"
    assert [one.name for one in tmp_path.iterdir() if "review" in one.name] == []


@pytest.mark.parametrize(
    ("text", "places", "known"),
    [
        ("Balai Desa Sukamaju", (), {"sukamaju"}),
        ("di KABUPATEN SUKAMAJU", (), {"sukamaju"}),
        ("Kepala Desa Sukamaju, Ketua RT Sukamaju", (), set()),
        ("Desa Sukamaju, kata Bu Sukamaju", (), set()),
        ("Desa, Mbak. Sukamaju jauh.", ("Sukamaju, Wonosari",), {"sukamaju"}),
        ("Sukamaju jauh", ("Desa Sukamaju",), {"sukamaju"}),
        ("Sukamaju jauh", ("Rumah Sukamaju",), set()),
        ("Desa Wulan", (), set()),
    ],
)
def test_what_shows_that_a_name_is_a_place(text: str, places: tuple[str, ...], known: set[str]) -> None:
    assert placed(surnames(["Wulan Sukamaju"]), [text], places) == known
