"""Frameworks as values: languages, paths, plain data and files that come back equal."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frameworks import Bilingual, Dimension, Framework, Indicator, Phrases, builtin_keys, from_dict, load_builtin, parse
from frameworks.writer import to_toml

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).map(str.strip).filter(bool)
keys = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
labels = st.builds(Bilingual, id=words, en=words)
texts = st.builds(Bilingual, id=words | st.just(""), en=words | st.just(""))
lists = st.lists(words, max_size=6).map(tuple)
phrases = st.builds(Phrases, id=lists, en=lists)
node = {
    "key": keys,
    "label": labels,
    "definition": texts,
    "look_for": texts,
    "not_this": texts,
    "questions": phrases,
    "cues": phrases,
    "cues_supporting": phrases,
    "cues_inhibiting": phrases,
    "literature": lists,
}
indicators = st.builds(Indicator, **node)
dimensions = st.builds(
    Dimension, **node, indicators=st.lists(indicators, max_size=3, unique_by=lambda i: i.key).map(tuple)
)
frameworks = st.builds(
    Framework,
    key=keys,
    edition=st.integers(1, 10**6),
    label=labels,
    description=texts,
    literature=lists,
    dimensions=st.lists(dimensions, min_size=1, max_size=3, unique_by=lambda d: d.key).map(tuple),
)


@settings(max_examples=40, deadline=None)
@given(frameworks)
def test_plain_data_and_file_come_back_equal(framework: Framework) -> None:
    assert from_dict(framework.to_dict(), "x.toml") == framework
    assert parse(to_toml(framework), "x.toml") == framework


@pytest.mark.parametrize("key", builtin_keys())
def test_a_builtin_framework_written_as_a_file_comes_back_equal(key: str) -> None:
    framework = load_builtin(key)
    assert parse(to_toml(framework), "copy.toml") == framework


@pytest.mark.parametrize("key", builtin_keys())
def test_lists_are_wrapped_so_that_a_person_can_read_them(key: str) -> None:
    for line in to_toml(load_builtin(key)).splitlines():
        if line.startswith("  ") and line.count('", "'):
            assert len(line) <= 120


def test_plain_data_is_the_callers_own() -> None:
    framework = load_builtin("jones")
    data = framework.to_dict()
    data["label"]["id"] = "Jones, disesuaikan"
    data["dimension"].pop()
    assert framework.to_dict() != data
    changed = from_dict(data, "x.toml")
    assert (changed.label.id, len(changed.dimensions)) == ("Jones, disesuaikan", len(framework.dimensions) - 1)


def test_nothing_can_be_changed() -> None:
    framework = load_builtin("edward3")
    for value, name in ((framework, "edition"), (framework.dimensions[0], "label"), (framework.label, "id")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(value, name, None)
        assert not hasattr(value, "__dict__")


def test_paths_lead_to_nodes() -> None:
    framework = load_builtin("edward3")
    clarity = framework.find("communication.clarity")
    assert clarity is not None
    assert clarity.label == Bilingual("Kejelasan", "Clarity")
    assert framework.find("edward3.communication.clarity") is clarity
    for wrong in ("clarity", "edward3", "communication.sop", "jones.communication", ""):
        assert framework.find(wrong) is None
    for code in framework.code_keys():
        assert framework.find(code) is not None


def test_code_keys_are_in_the_order_of_the_framework() -> None:
    assert load_builtin("edward3").code_keys()[:5] == (
        "edward3.communication",
        "edward3.communication.transmission",
        "edward3.communication.clarity",
        "edward3.communication.consistency",
        "edward3.resources",
    )


def test_a_text_falls_back_to_the_other_language_and_cues_do_not() -> None:
    assert Bilingual("Kejelasan", "").in_("en") == "Kejelasan"
    assert Bilingual("Kejelasan", "Clarity").in_("en") == "Clarity"
    assert Phrases(id=("belum jelas",)).in_("en") == ()
    with pytest.raises(ValueError, match="fr"):
        Bilingual("a", "b").in_("fr")
    with pytest.raises(ValueError, match="fr"):
        Phrases().in_("fr")


def test_all_cues_gives_each_phrase_once() -> None:
    indicator = Indicator(
        key="clarity",
        label=Bilingual("Kejelasan", "Clarity"),
        cues=Phrases(id=("bingung", "belum jelas")),
        cues_supporting=Phrases(id=("sudah jelas",)),
        cues_inhibiting=Phrases(id=("belum jelas", "rancu")),
    )
    assert indicator.all_cues("id") == ("bingung", "belum jelas", "sudah jelas", "rancu")
