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


DOCUMENT = {"code": "Laporan 2024", "source": "Laporan 2024", "date": "20 Maret 2025", "place": ""}


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        (None, "(Laporan 2024)"),
        ("({code}, {age})", "(Laporan 2024)"),
        ("({name}, {role}, wawancara {date})", "(Laporan 2024, 20 Maret 2025)"),
        ("({role}; {place}; {date})", "(Laporan 2024; 20 Maret 2025)"),
        ("({role}, {source}, {date})", "(Laporan 2024, 20 Maret 2025)"),
        ("– {code}[, {place}], wawancara {date}.", "– Laporan 2024, 20 Maret 2025."),
        ("({age}, {group})", ""),
        ("(sumber: {place}, {code})", "(Laporan 2024)"),
        ("(data penelitian)", "(data penelitian)"),
        ("", ""),
    ],
)
def test_a_document_leaves_out_what_it_has_nothing_for(template: str | None, shown: str) -> None:
    assert Attribution(template).of_source(DOCUMENT) == shown


@pytest.mark.parametrize("template", ["({name", "{code}}", "({code}, {ro", "}", "{{code}}"])
def test_a_brace_without_its_other_is_refused(template: str) -> None:
    with pytest.raises(CodingError) as raised:
        Attribution(template)
    assert raised.value.code == "placeholder_open"
    assert template in raised.value.say()
