"""Attribution templates: placeholders, optional parts, what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.errors import CodingError
from coding.reports.attribution import PLACEHOLDERS, Attribution

AS = {"code": "AS", "age": "36", "role": "Kepala Bidang Pelayanan", "date": "16 Agustus 2022", "place": ""}


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        (None, "(AS, 36)"),
        ("({code}, {age})", "(AS, 36)"),
        ("({role}, wawancara {date})", "(Kepala Bidang Pelayanan, wawancara 16 Agustus 2022)"),
        ("({role}, wawancara {date}[, {place}])", "(Kepala Bidang Pelayanan, wawancara 16 Agustus 2022)"),
        ("({code}[, {age}[, {place}]])", "(AS, 36)"),
        ("({code}[[, {place}][, {group}]])", "(AS)"),
        ("{code} [sic]", "AS [sic]"),
        ("{code} [", "AS ["),
        ("{code} ]", "AS ]"),
        ("[{age} – {code}", "[36 – AS"),
        ("", ""),
        ("({code}, {place})", "(AS, )"),
    ],
)
def test_template_is_filled(template: str | None, shown: str) -> None:
    assert Attribution(template).apply(AS) == shown


def test_optional_part_goes_when_its_placeholder_is_empty() -> None:
    assert Attribution(None).apply({"code": "AS", "age": ""}) == "(AS)"
    assert Attribution("({code}[, {age}, {place}])").apply(AS) == "(AS)"


@pytest.mark.parametrize("template", ["({nama})", "{}", "{code} {Code}", "[{x}]"])
def test_unknown_placeholder_is_refused_with_the_known_ones(template: str) -> None:
    with pytest.raises(CodingError) as raised:
        Attribution(template)
    assert raised.value.code == "placeholder_unknown"
    assert "{code}" in str(raised.value)


@given(st.sampled_from(PLACEHOLDERS), st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_values_are_text_and_never_template(name: str, value: str) -> None:
    assert Attribution("<{" + name + "}[|{" + name + "}]>").apply({name: value}) == f"<{value}|{value}>"
