"""The built-in frameworks hold every key the product promises, in full and in both languages."""

import re
from collections import Counter

import pytest

from frameworks import Framework, Node, builtin_keys, load_builtin
from frameworks.completeness import missing_parts
from frameworks.model import LANGUAGES, Dimension, Indicator

KEYS: dict[str, dict[str, tuple[str, ...]]] = {
    "edward3": {
        "communication": ("transmission", "clarity", "consistency"),
        "resources": ("staff", "information", "authority", "facilities", "budget"),
        "disposition": ("attitude", "appointment", "incentives"),
        "bureaucracy": ("sop", "fragmentation", "coordination"),
    },
    "jones": {
        "organization": ("actors", "division_of_work", "methods", "finance_equipment", "leadership"),
        "interpretation": ("socialisation", "implementer_understanding", "target_understanding", "directives"),
        "application": ("routine", "compliance", "participation", "service_quality", "benefit"),
    },
    "dwiyanto": {
        "productivity": ("efficiency", "targets", "output"),
        "service_quality": ("satisfaction", "access", "speed_cost", "facilities", "standard"),
        "responsiveness": ("needs", "programme_fit", "complaints", "outreach"),
        "responsibility": ("administrative_principles", "regulation", "discipline"),
        "accountability": ("transparency", "answerability", "audit"),
    },
    "factors": {
        "internal": (
            "goals",
            "structure",
            "culture",
            "leadership",
            "human_resources",
            "technology",
            "facilities",
            "finance",
            "socialisation",
        ),
        "external": ("social", "economic", "political", "cooperation", "geography", "awareness"),
    },
    "effectiveness": {
        "usefulness": ("flexibility", "stability", "continuity", "simplicity"),
        "accuracy": ("clarity", "conciseness", "precision"),
        "scope": ("completeness", "unity", "consistency"),
        "cost": ("effort", "emotional_flow"),
        "accountability": ("responsibility",),
        "timeliness": ("fit_in_time",),
    },
}

LABELS = {
    "edward3": [
        "Komunikasi",
        "Sumber Daya",
        "Disposisi",
        "Struktur Birokrasi",
    ],
    "jones": ["Organisasi", "Interpretasi", "Aplikasi"],
    "dwiyanto": ["Produktivitas", "Kualitas Layanan", "Responsivitas", "Responsibilitas", "Akuntabilitas"],
    "factors": ["Faktor internal", "Faktor eksternal"],
    "effectiveness": [
        "Kegunaan",
        "Ketetapan dan Objektivitas",
        "Ruang Lingkup",
        "Efektivitas Biaya",
        "Akuntabilitas",
        "Ketepatan Waktu",
    ],
}

NODES = [pytest.param(node, id=f"{key}.{path}") for key in builtin_keys() for path, node in load_builtin(key).nodes()]


@pytest.fixture(params=builtin_keys())
def framework(request: pytest.FixtureRequest) -> Framework:
    return load_builtin(request.param)


def test_the_five_stand_in_the_order_they_are_offered() -> None:
    assert builtin_keys() == ("edward3", "jones", "dwiyanto", "factors", "effectiveness")


def test_an_unknown_key_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        load_builtin("edwards3")


def test_keys_and_their_order_are_the_promised_ones(framework: Framework) -> None:
    promised = KEYS[framework.key]
    assert {d.key: tuple(i.key for i in d.indicators) for d in framework.dimensions} == promised
    assert [d.key for d in framework.dimensions] == list(promised)


def test_there_are_twenty_dimensions_and_seventy_five_indicators() -> None:
    nodes = [node for key in builtin_keys() for _, node in load_builtin(key).nodes()]
    assert sum(isinstance(node, Dimension) for node in nodes) == 20
    assert sum(isinstance(node, Indicator) for node in nodes) == 75


def test_nothing_is_missing(framework: Framework) -> None:
    assert missing_parts(framework) == []


def test_dimension_labels_are_the_ones_researchers_know(framework: Framework) -> None:
    assert [dimension.label.id for dimension in framework.dimensions] == LABELS[framework.key]


def test_code_keys_are_unique_across_frameworks() -> None:
    keys = [code for key in builtin_keys() for code in load_builtin(key).code_keys()]
    assert len(keys) == len(set(keys)) == 95


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_cue_points_to_one_node_of_a_framework(framework: Framework, language: str) -> None:
    cues = Counter(
        cue.casefold()
        for _, node in framework.nodes()
        for phrases in (node.cues, node.cues_supporting, node.cues_inhibiting)
        for cue in phrases.in_(language)
    )
    assert [cue for cue, count in cues.items() if count > 1] == []


@pytest.mark.parametrize("node", NODES)
def test_texts_are_sentences_and_cues_are_not(node: Node) -> None:
    for language in LANGUAGES:
        for text in (node.definition, node.look_for, node.not_this):
            assert text.in_(language).endswith("."), text
        assert all(question.endswith("?") for question in node.questions.in_(language))
        for cue in node.all_cues(language):
            assert 2 <= len(cue) <= 45, cue
            assert not re.search(r"[.,;:?!…\"]", cue), cue
            assert cue == " ".join(cue.split()), cue


ALL_NODES = [node for key in builtin_keys() for _, node in load_builtin(key).nodes()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("node", NODES)
def test_what_a_node_is_not_names_a_neighbour(node: Node, language: str) -> None:
    own = node.label.in_(language)
    others = {other.label.in_(language) for other in ALL_NODES} - {own}
    frameworks = {"Edward III", "Jones", "Dwiyanto", "Faktor", "Factors", "Efektivitas", "Effectiveness"}
    text = node.not_this.in_(language)
    assert any(label in text for label in others) or any(f"{own} ({name})" in text for name in frameworks)


@pytest.mark.parametrize("node", NODES)
def test_the_two_languages_are_two_texts(node: Node) -> None:
    for text in (node.definition, node.look_for, node.not_this):
        assert text.id != text.en
    assert not set(node.questions.id) & set(node.questions.en)


def homonyms() -> dict[str, list[str]]:
    """Keys that stand in several frameworks, with the frameworks they stand in."""
    bearers: dict[str, list[str]] = {}
    for key in builtin_keys():
        for _, node in load_builtin(key).nodes():
            bearers.setdefault(node.key, []).append(key)
    return {key: where for key, where in bearers.items() if len(where) > 1}


def test_these_keys_stand_in_several_frameworks() -> None:
    assert sorted(homonyms()) == [
        "accountability",
        "clarity",
        "consistency",
        "facilities",
        "leadership",
        "responsibility",
        "service_quality",
        "socialisation",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", homonyms())
def test_a_node_tells_itself_from_its_namesakes(key: str, language: str) -> None:
    short = {"factors": {"id": "Faktor", "en": "Factors"}}
    for here in homonyms()[key]:
        node = next(node for _, node in load_builtin(here).nodes() if node.key == key)
        others = [short.get(it, {}).get(language) or load_builtin(it).label.in_(language) for it in homonyms()[key]]
        own = short.get(here, {}).get(language) or load_builtin(here).label.in_(language)
        text = node.not_this.in_(language)
        assert any(other in text for other in others if other != own), (here, text)
