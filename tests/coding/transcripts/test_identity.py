"""Who is who when a draft meets the informants a project knows."""

from __future__ import annotations

import pytest

from coding.transcripts.drafts import Draft, Speaker
from coding.transcripts.identity import KnownInformant, informant_code, resolve


def drafted(*speakers: Speaker) -> Draft:
    return Draft("a", "x", "interview", speakers=speakers)


def person(code: str, age: int | None = None, chosen: bool = False) -> Speaker:
    return Speaker(code, "informant", code=code, age=age, chosen=chosen)


def answers(draft: Draft, *known: KnownInformant) -> list[tuple[str | None, str] | None]:
    return [None if r is None else (r.guid, r.code) for r in resolve(draft, known)]


@pytest.mark.parametrize(
    ("written", "code"),
    [("Dra. Rina Sulastri, S.K.M., M.Kes", "Rina Sulastri"), ("AS (36)", "AS"), ("Ibu Sari", "Sari"), ("A.S.", "A.S.")],
)
def test_code_is_the_name_without_titles(written: str, code: str) -> None:
    assert informant_code(written) == code


def test_same_code_and_no_contradicting_age_is_the_same_person() -> None:
    known = (KnownInformant("g1", "AS", 36), KnownInformant("g2", "RP"))
    assert answers(drafted(person("as", 36)), *known) == [("g1", "AS")]
    assert answers(drafted(person("AS")), *known) == [("g1", "AS")]
    assert answers(drafted(person("rp", 28)), *known) == [("g2", "RP")]


def test_another_age_makes_another_person_and_its_code_unique() -> None:
    first = KnownInformant("g1", "RP", 36)
    assert answers(drafted(person("RP", 28)), first) == [(None, "RP-28")]
    second = KnownInformant("g2", "RP-28", 28)
    assert answers(drafted(person("RP", 28)), first, second) == [("g2", "RP-28")]
    assert answers(drafted(person("RP", 36)), first, second) == [("g1", "RP")]
    assert answers(drafted(person("RP")), first, second) == [("g1", "RP")]
    assert answers(drafted(person("RP", 50)), first, second) == [(None, "RP-50")]


def test_a_taken_code_with_the_age_gets_a_number() -> None:
    known = (KnownInformant("g1", "RP", 36), KnownInformant("g2", "RP-28", 70))
    assert answers(drafted(person("RP", 28)), *known) == [(None, "RP-28 (2)")]
    third = KnownInformant("g3", "RP-28 (2)", 28)
    assert answers(drafted(person("RP", 28)), *known, third) == [("g3", "RP-28 (2)")]


def test_a_known_person_without_an_age_does_not_hide_the_one_who_has_it() -> None:
    known = (KnownInformant("g1", "RP"), KnownInformant("g2", "RP-28", 28))
    assert answers(drafted(person("RP", 28)), *known) == [("g2", "RP-28")]


def test_two_of_the_same_letters_in_one_draft() -> None:
    assert answers(drafted(person("RP", 36), Speaker("P", "researcher"), person("RP", 28), person("rp"))) == [
        (None, "RP"),
        None,
        (None, "RP-28"),
        (None, "RP"),
    ]


def test_a_code_with_a_number_of_its_own_is_no_age() -> None:
    known = (KnownInformant("g1", "INF-03", 40),)
    assert answers(drafted(person("INF", 3)), *known) == [(None, "INF")]
    assert answers(drafted(person("INF-03")), *known) == [("g1", "INF-03")]


def test_the_same_full_name_is_the_same_person_whatever_the_code() -> None:
    known = (
        KnownInformant("g1", "SN", None, "Hj. Siti Nurhaliza Rahmawati, S.Sos"),
        KnownInformant("g2", "Budi Santoso"),
    )
    name = "siti nurhaliza rahmawati"
    assert answers(drafted(Speaker("SNR", "informant", code="SNR", name=name)), *known) == [("g1", "SN")]
    assert answers(drafted(Speaker("Bu Siti", "informant", code=name, age=40)), *known) == [("g1", "SN")]
    budi = Speaker("BS", "informant", code="BS", name="Bapak Budi Santoso")
    assert answers(drafted(budi), *known) == [("g2", "Budi Santoso")]
    aged = KnownInformant("g1", "SN", 30, name)
    assert answers(drafted(Speaker("SNR", "informant", code="SNR", name=name, age=50)), aged) == [(None, "SNR")]
    assert answers(drafted(Speaker("B", "informant", code="Budi", name="Budi")), *known) == [(None, "Budi")]


@pytest.mark.parametrize(
    ("name", "guid"),
    [("Siti Nurhalizah", "g1"), ("Siti N.", "g1"), ("Bu Siti", "g1"), ("Sari Ningsih", None), ("Siti Nurjanah", None)],
)
def test_two_quite_different_names_behind_one_code_are_two_people(name: str, guid: str | None) -> None:
    known = KnownInformant("g1", "SN", None, "Siti Nurhaliza")
    (found,) = answers(drafted(Speaker("SN", "informant", code="SN", name=name)), known)
    assert found == ((guid, "SN") if guid else (None, "SN (2)"))
    again = KnownInformant("g2", "SN (2)", None, "Sari Ningsih")
    assert answers(drafted(Speaker("SN", "informant", code="SN", name="Sari Ningsih")), known, again)[0] == (
        "g2",
        "SN (2)",
    )


def test_a_chosen_code_names_its_informant_whatever_the_age() -> None:
    known = (KnownInformant("g1", "RP", 36), KnownInformant("g2", "RP-28", 28))
    assert answers(drafted(person("RP-28", 40, chosen=True)), *known) == [("g2", "RP-28")]
    assert answers(drafted(person("RP", 40, chosen=True)), *known) == [("g1", "RP")]
    assert answers(drafted(person("KN", 40, chosen=True)), *known) == [(None, "KN")]


def test_unknown_speakers_are_nobody() -> None:
    assert answers(drafted(Speaker("Semua", "unknown"), Speaker("X", "informant"))) == [None, None]
