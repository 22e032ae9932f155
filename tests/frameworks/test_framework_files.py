"""A broken framework file is refused with its name, the place and the reason."""

import string
from pathlib import Path

import pytest

from frameworks import FrameworkError, load_file, parse
from frameworks.completeness import missing_parts
from frameworks.errors import REASONS
from frameworks.loader import MAX_BYTES

SMALL = """
key = "gotong_royong"
edition = 1
label = { id = "Gotong royong", en = "Mutual aid" }
[[dimension]]
key = "labour"
label = { id = "Tenaga", en = "Labour" }
[[dimension.indicator]]
key = "turnout"
label = { id = "Kehadiran", en = "Turnout" }
[[dimension.indicator]]
key = "skill"
label = { id = "Keterampilan", en = "Skill" }
[[dimension]]
key = "money"
label = { id = "Dana", en = "Money" }
"""


def refusal(text: str) -> FrameworkError:
    with pytest.raises(FrameworkError) as caught:
        parse(text, "mine.toml")
    return caught.value


def test_a_small_file_of_ones_own_is_enough() -> None:
    framework = parse(SMALL, "mine.toml")
    assert framework.code_keys() == (
        "gotong_royong.labour",
        "gotong_royong.labour.turnout",
        "gotong_royong.labour.skill",
        "gotong_royong.money",
    )
    assert "labour.turnout.definition.id: no text" in missing_parts(framework)
    assert "money: no indicator" in missing_parts(framework)
    assert "labour.skill.cues.id: 0 of at least 12" in missing_parts(framework)


BROKEN = {
    "no key": ('key = "gotong_royong"\n', "", "key", "missing"),
    "no edition": ("edition = 1\n", "", "edition", "missing"),
    "no label": ('label = { id = "Gotong royong", en = "Mutual aid" }\n', "", "label", "missing"),
    "a label without English": (', en = "Labour"', "", "labour.label.en", "missing"),
    "a label without Indonesian": ('id = "Kehadiran", ', "", "labour.turnout.label.id", "missing"),
    "an empty label": ('"Kehadiran"', '"  "', "labour.turnout.label.id", "empty"),
    "a label in a third language": ('id = "Dana"', 'jv = "Dhuwit"', "money.label.jv", "unknown_key"),
    "a dimension without label": ('label = { id = "Dana", en = "Money" }', "", "money.label", "missing"),
    "an indicator without key": ('key = "skill"', "", "labour.indicator[2].key", "missing"),
    "a misspelt key": ('key = "skill"', 'kye = "skill"', "labour.indicator[2].kye", "unknown_key_near"),
    "an unknown key": ("edition = 1", 'edition = 1\ncolour = "red"', "colour", "unknown_key"),
    "a key near a known one": ('key = "money"', 'key = "money"\ndefiniton = {}', "money.definiton", "unknown_key_near"),
    "a list of dimensions under another name": (
        "edition = 1",
        "edition = 1\ndimensions = []",
        "dimensions",
        "unknown_key_near",
    ),
    "an indicator inside an indicator": (
        'key = "turnout"',
        'key = "turnout"\nindicator = []',
        "labour.turnout.indicator",
        "unknown_key",
    ),
    "a text instead of a number": ("edition = 1", 'edition = "1"', "edition", "wrong_type"),
    "a truth value instead of a number": ("edition = 1", "edition = true", "edition", "wrong_type"),
    "a decimal edition": ("edition = 1", "edition = 1.5", "edition", "wrong_type"),
    "edition nought": ("edition = 1", "edition = 0", "edition", "bad_edition"),
    "a number as key": ('key = "gotong_royong"', "key = 3", "key", "wrong_type"),
    "a label in one language only, as text": ('{ id = "Dana", en = "Money" }', '"Dana"', "money.label", "wrong_type"),
    "a number in a label": ('en = "Money"', "en = 4", "money.label.en", "wrong_type"),
    "cues as one text": ('key = "money"', 'key = "money"\ncues = { id = "dana" }', "money.cues.id", "wrong_type"),
    "a number among cues": (
        'key = "money"',
        'key = "money"\ncues_supporting = { id = ["dana", 2026-01-31] }',
        "money.cues_supporting.id[2]",
        "wrong_type",
    ),
    "an empty cue": (
        'key = "money"',
        'key = "money"\ncues_inhibiting.en = [""]',
        "money.cues_inhibiting.en[1]",
        "empty",
    ),
    "literature as one text": ("edition = 1", 'edition = 1\nliterature = "Jones"', "literature", "wrong_type"),
    "a dimension twice": ('key = "money"', 'key = "labour"', "dimension[2].key", "duplicate_key"),
    "an indicator twice": ('key = "skill"', 'key = "turnout"', "labour.indicator[2].key", "duplicate_key"),
    "a key with a capital": ('key = "money"', 'key = "Money"', "dimension[2].key", "bad_key"),
    "a key with a dot": ('key = "money"', 'key = "money.cash"', "dimension[2].key", "bad_key"),
    "a key that begins with a digit": ('key = "money"', 'key = "2nd"', "dimension[2].key", "bad_key"),
    "a key with a line end": ('key = "money"', 'key = "money\\n"', "dimension[2].key", "bad_key"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_file_place_and_reason_are_given(case: str) -> None:
    old, new, place, code = BROKEN[case]
    assert old in SMALL
    error = refusal(SMALL.replace(old, new, 1))
    assert (error.file, error.key, error.code) == ("mine.toml", place, code)
    assert str(error) == f"mine.toml, {place}: {error.reason}."


def test_the_nearest_known_key_is_suggested() -> None:
    error = refusal(SMALL.replace("[[dimension.indicator]]", "[[dimension.indikator]]"))
    assert error.params["suggestion"] == "indicator"
    assert "“indikator”" in error.reason
    assert "“indicator”" in error.reason


def test_kinds_are_named_in_both_languages() -> None:
    error = refusal(SMALL.replace("edition = 1", 'edition = "satu"'))
    assert error.reason_in("en") == "it should be a whole number, but it is a text"
    assert error.reason_in("id") == "seharusnya bilangan bulat, tetapi isinya teks"


def test_every_reason_is_worded_in_both_languages_with_the_same_parameters() -> None:
    for code, reason in REASONS.items():
        named = [
            {name for _, name, _, _ in string.Formatter().parse(reason.in_(language)) if name}
            for language in ("id", "en")
        ]
        assert named[0] == named[1], code
        assert reason.id != reason.en


@pytest.mark.parametrize(("text", "line"), [('key = "a"\nedition = = 1\n', 2), ('key = "a"\nlabel = { id = "x"', 2)])
def test_bad_toml_names_its_line(text: str, line: int) -> None:
    error = refusal(text)
    assert (error.code, error.key, error.params["line"]) == ("syntax", "", line)
    assert f"line {line}" in str(error)
    assert f"baris {line}" in error.sentence("id")


def test_a_key_given_twice_is_bad_toml() -> None:
    assert refusal(SMALL.replace("edition = 1", "edition = 1\nedition = 2")).code == "syntax"


@pytest.mark.parametrize("text", ["", "\n\n", 'key = "a"\nedition = 1\nlabel = { id = "A", en = "A" }\n'])
def test_an_empty_framework_is_refused(text: str) -> None:
    error = refusal(text)
    assert (error.key, error.code) in {("key", "missing"), ("dimension", "no_dimensions")}


def test_one_table_where_several_are_meant() -> None:
    head = 'key = "a"\nedition = 1\nlabel = { id = "A", en = "A" }\n'
    error = refusal(head + '[dimension]\nkey = "b"\nlabel = { id = "B", en = "B" }\n')
    assert (error.key, error.code) == ("dimension", "wrong_type")
    assert refusal(head + "dimension = [1]\n").key == "dimension[1]"


@pytest.mark.parametrize(
    "text",
    [
        "key = " + "[" * 50_000,
        "x = " + "{a = " * 50_000,
        ".".join(["a"] * 5_000) + " = 1",
        ".".join(['"a"'] * 500) + " = 1",
    ],
)
def test_depth_without_end_is_refused(text: str) -> None:
    assert refusal(text).code in ("too_deep", "syntax")


@pytest.mark.parametrize("filler", ["a", "9", '"', "a.", "a ", "'x'.", "= "])
def test_the_largest_file_of_nonsense_is_refused(filler: str) -> None:
    assert refusal(filler * (MAX_BYTES // len(filler))).code in ("too_deep", "syntax")


def test_a_number_too_long_to_read_is_refused() -> None:
    assert refusal("edition = " + "9" * 10_000).code == "syntax"


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert load_file(path) == parse(SMALL, "other name.toml")


def test_a_file_that_is_not_utf8_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b'key = "a"\nlabel = { id = "caf\xe9" }\n')
    with pytest.raises(FrameworkError) as caught:
        load_file(path)
    assert (caught.value.code, caught.value.params) == ("not_utf8", {"line": 2})


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(SMALL.encode() + b"#" * MAX_BYTES)
    with pytest.raises(FrameworkError) as caught:
        load_file(path)
    assert (caught.value.file, caught.value.code) == ("mine.toml", "too_large")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FrameworkError) as caught:
        load_file(tmp_path / "gone.toml")
    assert caught.value.code == "unreadable"
    assert str(caught.value).startswith("gone.toml: ")


def test_the_same_key_and_label_may_stand_under_several_parents() -> None:
    text = SMALL + '[[dimension.indicator]]\nkey = "skill"\nlabel = { id = "Keterampilan", en = "Skill" }\n'
    framework = parse(text, "mine.toml")
    labour, money = framework.find("labour.skill"), framework.find("money.skill")
    assert labour is not None
    assert money is not None
    assert labour.label == money.label
