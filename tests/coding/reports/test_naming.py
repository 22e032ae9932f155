"""Names in print: attributions, and what is replaced when a report is anonymised."""

from __future__ import annotations

from typing import Any

import pytest

from coding.reports.attribution import Attribution
from coding.reports.desk import in_quotes
from coding.reports.masking import Masks
from coding.reports.naming import Naming
from coding.reports.options import ReportOptions
from coding.words import Notice, Words

ARIEF = {"AS": "Informan 1", "DT": "Informan 2", "MS": "Informan 3", "XX": "Informan 4"}


@pytest.fixture
def masks(study: Any) -> Masks:
    return Masks(study.material.informants, ARIEF, "Informan")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Kata Pak Arief begitu", "Kata Pak Informan 1 begitu"),
        ("kata pak arief begitu", "kata pak Informan 1 begitu"),
        ("ARIEF SURYANTO hadir", "Informan 1 hadir"),
        ("arief  suryanto hadir", "Informan 1 hadir"),
        ("AS: begitu", "Informan 1: begitu"),
        ("ASN dan BAST, alas", "ASN dan BAST, alas"),
        ("orang arief (bijak)", "orang arief (bijak)"),
        ("Bu Dewi dan Bu Tanjungsari", "Bu Informan 2 dan Bu Informan 2"),
        ("Xaverius tidak ikut", "Informan 4 tidak ikut"),
        ("", ""),
    ],
)
def test_known_names_are_replaced_as_whole_words(masks: Masks, text: str, masked: str) -> None:
    assert masks.apply(text) == masked


def test_a_name_that_two_share_stands_for_anybody(study: Any) -> None:
    from dataclasses import replace

    first, second, *_ = study.material.informants
    twins = [first, replace(second, name="Arief Tanjungsari")]
    assert (
        Masks(twins, ARIEF, "Informan").apply("Arief bilang, Suryanto setuju") == "Informan bilang, Informan 1 setuju"
    )


def test_a_single_letter_is_masked_only_where_it_labels_a_turn(study: Any) -> None:
    from dataclasses import replace

    one = replace(study.material.informants[2], code="A", initials=None)
    masks = Masks([one], {"A": "Informan 1"}, "Informan")
    assert masks.apply("A: di Puskesmas A") == "Informan 1: di Puskesmas A"


def naming(study: Any, words: Words, template: str | None = None, anonymise: bool = False) -> Naming:
    material = study.material
    return Naming(material.informants, material.sources, words, Attribution(template), anonymise)


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        (None, "(AS, 36)"),
        ("({name}, wawancara {date}[, {place}])", "(Arief Suryanto, wawancara 16 August 2022, Wonolestari)"),
        ("({category}, {source})", "(Key informant, Wawancara AS)"),
        ("({role}[, {group}])", "(Kepala Bidang Pelayanan)"),
    ],
)
def test_attribution_of_a_segment(study: Any, english: Words, template: str | None, shown: str) -> None:
    assert naming(study, english, template).attribute(study.material.segments["a1"], "AS") == shown


def test_anonymised_attribution_has_numbers_for_code_name_and_initials(study: Any, english: Words) -> None:
    template = "({name}, {code}, {initials}, {source}, {age})"
    shown = naming(study, english, template, anonymise=True).attribute(study.material.segments["d1"], "DT")
    assert shown == "(Informant 2, Informant 2, Informant 2, Interview 2, 29)"


def test_a_source_without_informant_is_named_itself(study: Any, english: Words) -> None:
    observed = study.material.segments["o1"]
    assert naming(study, english).attribute(observed, "observation") == "(Catatan loket)"
    assert naming(study, english, anonymise=True).attribute(observed, "observation") == "(Observation 1)"


def test_a_passage_of_two_is_attributed_to_both(study: Any, english: Words) -> None:
    from dataclasses import replace

    both = replace(study.material.segments["a1"], informants=("AS", "DT"))
    assert naming(study, english).attribute(both) == "(AS, 36) (DT, 29)"


def test_notices_are_sentences_without_names(study: Any, english: Words) -> None:
    names = (("count", 2), ("names", "AS, Wawancara DT"))
    notice = Notice("{count} source has no date: {names}", names, "{count} sources have no date: {names}")
    assert naming(study, english).notice(notice) == "Two sources have no date: AS, Wawancara DT."
    assert (
        naming(study, english, anonymise=True).notice(notice) == "Two sources have no date: Informant 1, Interview 2."
    )


def test_the_informant_left_out_has_the_last_number(study: Any, english: Words) -> None:
    from dataclasses import replace

    first, *others = study.material.informants
    moved = (replace(first, left_out=True), *others)
    shown = Naming(moved, study.material.sources, english, Attribution(), True)
    assert [shown.voice(code) for code in ("DT", "MS", "AS", "XX")] == [f"Informant {n}" for n in (1, 2, 3, 4)]


def test_quoted_text_loses_hard_wraps_and_keeps_turns_apart(study: Any, english: Words) -> None:
    from dataclasses import replace

    told = replace(study.material.segments["a1"], guid="t", text="Saya sudah\n  lapor.\nDT: Kapan itu,\nPak Arief?")
    material = replace(study.material, segments={"t": told}, breaks={"t": (20,)})
    desk = replace(study, material=material).desk(english, ReportOptions(anonymise=True))
    assert desk.quotation(told) == "Saya sudah lapor.\nInformant 2: Kapan itu, Pak Informant 1?"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("begitu", "“begitu”"),
        ("“begitu”", "“begitu”"),
        ('"begitu"', '"begitu"'),
        ("“ya” dan “tidak”", "“‘ya’ dan ‘tidak’”"),
        ('bunyinya "belum tertanggung", Pak', "“bunyinya ‘belum tertanggung’, Pak”"),
        ('layar 14" saja', '“layar 14" saja”'),
        ("", "“”"),
    ],
)
def test_a_text_gets_one_pair_of_marks(text: str, shown: str) -> None:
    assert in_quotes(text) == shown


def test_numbered_informants_of_a_list_have_the_word_once(study: Any, english: Words, indonesian: Words) -> None:
    names = ["Informant 1", "Informant 2", "Observation", "Informant 3"]
    assert naming(study, english, anonymise=True).together(names) == [
        "Informants 1",
        "2",
        "Observation",
        "Informant 3",
    ]
    assert naming(study, indonesian, anonymise=True).together(["Informan 2", "Informan 10"]) == ["Informan 2", "10"]
    assert naming(study, english, anonymise=True).together(["Informant 1", "Observation"]) == [
        "Informant 1",
        "Observation",
    ]
    assert naming(study, english).together(["AS", "DT"]) == ["AS", "DT"]
