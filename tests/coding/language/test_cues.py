"""Cues of the theories: what is heard for one, and that they hit their own passages in the samples and little else."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from coding.language.cue_report import CueReport, cue_report
from coding.language.cues import CueFinder
from coding.project import Project
from coding.transcripts.intake import store_draft
from coding.transcripts.reading import read_draft
from frameworks import builtin_keys, load_builtin
from frameworks.model import LANGUAGES
from tests.samples import open_sample

Put = Callable[..., str]
RESOURCES = Path(__file__).parents[3] / "resources"
FOLDERS = {"id": RESOURCES / "sample", "en": RESOURCES / "sample_en"}
THEORIES = ("edward3", "jones", "dwiyanto", "factors")


def heard(cue: str, text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in CueFinder({"code": [cue]}).find(text)]


@pytest.mark.parametrize(
    ("cue", "text", "found"),
    [
        ("tidak pernah diundang", "Saya ndak pernah diundang rapat.", "ndak pernah diundang"),
        ("tidak pernah diundang", "Enggak pernah diundang, Mbak.", "Enggak pernah diundang"),
        ("belum mengerti", "Aku durung mudheng.", "durung mudheng"),
        ("sudah terlambat", "Udah telat semua.", "Udah telat"),
        ("kurang jelas", "Aturannya KURANG JELASNYA di situ.", "KURANG JELASNYA"),
        ("orangnya baik", "Ya orang baik.", "orang baik"),
        ("berbeda-beda", "Jawabannya berbeda-beda.", "berbeda-beda"),
        ("couldn't make out", "It's the leaflet I couldn’t make out.", "couldn’t make out"),
    ],
)
def test_a_cue_is_heard_in_speech(cue: str, text: str, found: str) -> None:
    assert heard(cue, text) == [found]


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("tidak pernah diundang", "Saya selalu diundang."),
        ("belum cair", "Sudah cair."),
        ("antre", "Antrean panjang."),
        ("rapat", "Merapat ke kiri."),
    ],
)
def test_a_cue_is_not_heard_in_other_words(cue: str, text: str) -> None:
    assert heard(cue, text) == []


def test_of_overlapping_cues_of_one_code_the_longest_counts() -> None:
    finder = CueFinder({"a": ["belum jelas", "belum jelas sama sekali"], "b": ["jelas"]})
    text = "Itu belum jelas sama sekali."
    assert [(hit.code, text[hit.start : hit.end]) for hit in finder.find(text)] == [
        ("a", "belum jelas sama sekali"),
        ("b", "jelas"),
    ]


def sounded(cue: str) -> str:
    """A cue as it is compared with a text: two that sound alike are one."""
    finder = CueFinder({})
    return " ".join(token.norm_ for token in finder._doc(cue))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", builtin_keys())
def test_no_two_codes_of_a_theory_share_what_is_heard(key: str, language: str) -> None:
    bearers: dict[str, set[str]] = defaultdict(set)
    for path, node in load_builtin(key).nodes():
        for cue in node.all_cues(language):
            bearers[sounded(cue)].add(str(path))
    assert {cue: sorted(paths) for cue, paths in bearers.items() if len(paths) > 1} == {}


def words_of_the_samples() -> set[str]:
    """What belongs to the invented studies alone: their people, places and programmes."""
    words = {"kgs", "guyub sehat", "siguyub", "kartu guyub", "wonolestari", "merrow", "fair passage", "skerrin", "toll"}
    for folder in FOLDERS.values():
        with (folder / "informants.csv").open(encoding="utf-8", newline="") as file:
            for person in csv.DictReader(file):
                parts = [*person["name"].split(","), *person["place"].split()]
                words |= {
                    word.casefold() for part in parts[:1] + parts[1:] for word in re.findall(r"[^\W\d]{4,}", part)
                }
    return words - {"desa", "kota", "kecamatan", "port", "bagus"}


@pytest.mark.parametrize("key", builtin_keys())
def test_cues_hold_for_any_study(key: str) -> None:
    own = words_of_the_samples()
    cues = [cue for _, node in load_builtin(key).nodes() for language in LANGUAGES for cue in node.all_cues(language)]
    assert [cue for cue in cues if any(re.search(rf"\b{re.escape(word)}\b", cue.casefold()) for word in own)] == []


@pytest.fixture(scope="module", params=FOLDERS)
def reports(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[CueReport]]:
    """The reports of the four theories that a sample study uses, with the cues of its language."""
    path = tmp_path_factory.mktemp(request.param) / "sample.telaah"
    with open_sample(path, request.param) as project:
        yield [cue_report(project, theory, request.param) for theory in THEORIES]


def share(parts: int, whole: int) -> float:
    return parts / whole if whole else 0.0


def test_no_cue_and_no_code_fires_everywhere(reports: list[CueReport]) -> None:
    for report in reports:
        assert report.sentences > 250
        for code in report.codes:
            assert code.fired <= 0.04 * report.sentences, code
            for phrase in code.phrases:
                assert phrase.fired <= max(2, 0.012 * report.sentences), (code.code, phrase)


def test_a_cue_that_fires_often_is_no_false_friend(reports: list[CueReport]) -> None:
    missed = [
        (code.code, phrase.text, phrase.fired)
        for report in reports
        for code in report.codes
        for phrase in code.phrases
        if phrase.fired >= 6 and phrase.fired_tagged == 0
    ]
    assert missed == []


def test_every_theory_hears_its_own_passages(reports: list[CueReport]) -> None:
    for report in reports:
        codes = [code for code in report.codes if code.code.count(".") == 2]
        right = share(sum(c.fired_tagged for c in codes), sum(c.fired for c in codes))
        heard_of = share(sum(c.segments_fired for c in codes), sum(c.segments for c in codes))
        assert right >= 0.38, (report.framework, right)
        assert heard_of >= 0.38, (report.framework, heard_of)


def test_every_indicator_hears_a_good_share_of_its_own_passages(reports: list[CueReport]) -> None:
    deaf = [
        (code.code, code.segments_fired, code.segments)
        for report in reports
        for code in report.codes
        if code.code.count(".") == 2 and code.segments >= 10 and share(code.segments_fired, code.segments) < 0.25
    ]
    assert deaf == []


def test_all_the_same_more_is_right_than_wrong(reports: list[CueReport]) -> None:
    codes = [code for report in reports for code in report.codes if code.code.count(".") == 2]
    assert share(sum(c.fired_tagged for c in codes), sum(c.fired for c in codes)) >= 0.5
    assert share(sum(c.segments_fired for c in codes), sum(c.segments for c in codes)) >= 0.52


def test_the_report_counts_sentences_segments_and_phrases(tmp_path: Path, project: Project, code_words: Put) -> None:
    text = tmp_path / "A.txt"
    talk = "P: Apakah sudah jelas?\n\nAS: Belum jelas. Kami bingung. Kartunya hijau. Belum jelas lagi.\n"
    text.write_text(f"Nama Informan: AS\n\n{talk}", encoding="utf-8")
    with project.operation("Import {source}", source="A") as op:
        store_draft(op, read_draft(text))
    code_words("A", "Belum jelas. Kami bingung", "edward3.communication.clarity")
    code_words("A", "Kartunya hijau", "edward3.communication.clarity")
    report = cue_report(project, "edward3")
    (clarity,) = (code for code in report.codes if code.code.endswith(".clarity"))
    assert report.sentences == 4
    assert (clarity.fired, clarity.fired_tagged, clarity.tagged) == (3, 2, 3)
    assert (clarity.segments, clarity.segments_fired) == (2, 1)
    assert (clarity.precision, clarity.recall) == (Fraction(2, 3), Fraction(1, 2))
    assert [(p.text, p.fired, p.fired_tagged) for p in clarity.phrases] == [("belum jelas", 2, 1), ("bingung", 1, 1)]
    english = cue_report(project, "edward3", "en")
    assert sum(code.fired for code in english.codes) == 0
    assert {code.precision for code in english.codes} == {None}
