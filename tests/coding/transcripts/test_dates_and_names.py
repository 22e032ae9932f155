"""Dates in two languages, and what people are called."""

from __future__ import annotations

import pytest

from coding.transcripts.dates import find_date, is_ambiguous, parse_date
from coding.transcripts.names import Person, parse_age, parse_category, parse_gender, parse_person, without_titles
from coding.transcripts.people import split_people


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("Selasa, 16 Agustus 2022", "2022-08-16"),
        ("16/08/2022", "2022-08-16"),
        ("16-8-22", "2022-08-16"),
        ("16.08.2022", "2022-08-16"),
        ("2022-08-16", "2022-08-16"),
        ("2022/8/16 10.30", "2022-08-16"),
        ("16 Agu 2022", "2022-08-16"),
        ("16 Agt. 2022", "2022-08-16"),
        ("August 16, 2022", "2022-08-16"),
        ("Aug 16th, 2022", "2022-08-16"),
        ("16 August 2022", "2022-08-16"),
        ("Tuesday, the 16th of August 2022", "2022-08-16"),
        ("08/16/2022", "2022-08-16"),
        ("03/04/2022", "2022-04-03"),
        ("Jum'at / 5 September 2022 / 10.00 WIB", "2022-09-05"),
        ("Senin, 1 Mei 2023, pukul 09.00–10.30", "2023-05-01"),
        ("7 Nopember 2021", "2021-11-07"),
        ("3 Pebruari 2020", "2020-02-03"),
        ("29 Feb 2024", "2024-02-29"),
        ("12 Des '22", "2022-12-12"),
        ("16-17 Agustus 2022", "2022-08-16"),
        ("16 s.d. 18 Agustus 2022", "2022-08-16"),
        ("30 Agustus sampai dengan 2 September 2022", "2022-08-30"),
        ("Kantor Dinas, 16 Agustus 2022", "2022-08-16"),
        ("Agustus 2022", "2022-08"),
        ("Oct 2021", "2021-10"),
        ("AS_20220816", "2022-08-16"),
        ("2022", "2022"),
        ("tahun 2022", "2022"),
        ("29 Feb 2023", "2023-02"),
        ("10.00-11.30 WIB", None),
        ("31/31/2022", None),
        ("Selasa", None),
        ("", None),
        ("Pasal 12 Tahun 2020", None),
        ("Jalan Mei 12", None),
    ],
)
def test_dates(written: str, iso: str | None) -> None:
    assert parse_date(written) == iso


def test_every_month_in_both_languages() -> None:
    indonesian = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
    english = "January February March April May June July August September October November December".split()
    for number, (first, second) in enumerate(zip(indonesian, english, strict=True), start=1):
        iso = f"2022-{number:02}-05"
        for name in (first, second, first.upper(), second[:3], first[:3]):
            assert find_date(f"5 {name} 2022") == iso, name
            assert find_date(f"{name} 5, 2022") == iso, name


def test_numbers_that_could_be_exchanged_are_told() -> None:
    assert is_ambiguous("03/04/2022")
    assert not is_ambiguous("16/08/2022")
    assert not is_ambiguous("04/04/2022")
    assert not is_ambiguous("2022-03-04")


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Dra. Rina Sulastri, S.K.M., M.Kes", "Rina Sulastri"),
        ("Bpk. H. Ahmad Fauzi, S.Sos., M.AP", "Ahmad Fauzi"),
        ("Ibu Sari", "Sari"),
        ("dr. Andi Wijaya, Sp.A", "Andi Wijaya"),
        ("Prof. Dr. Ir. Budi Hartono", "Budi Hartono"),
        ("Hj. Siti Aminah SKM", "Siti Aminah"),
        ("R. Sulastri", "R. Sulastri"),
        ("Mr. John Smith, Ph.D", "John Smith"),
        ("AS", "AS"),
        ("Ibu", "Ibu"),
        ("H. M. Yusuf", "M. Yusuf"),
    ],
)
def test_titles_are_no_part_of_a_name(name: str, bare: str) -> None:
    assert without_titles(name) == bare


@pytest.mark.parametrize(
    ("value", "person"),
    [
        ("AS", Person(code="AS", initials="AS")),
        ("AS (36)", Person(code="AS", initials="AS", age=36)),
        ("AS (36 tahun)", Person(code="AS", initials="AS", age=36)),
        ("AS, 36 th, Kepala Bidang Kepesertaan, Dinas Kesehatan",
         Person(code="AS", initials="AS", age=36, role="Kepala Bidang Kepesertaan, Dinas Kesehatan")),
        ("AS - Kepala Bidang", Person(code="AS", initials="AS", role="Kepala Bidang")),
        ("Siti Aminah (SA)", Person(code="Siti Aminah", name="Siti Aminah", initials="SA")),
        ("Dra. Rina Sulastri, S.K.M., M.Kes (Kepala Puskesmas)",
         Person(code="Rina Sulastri", name="Dra. Rina Sulastri, S.K.M., M.Kes", initials="RS",
                role="Kepala Puskesmas")),
        ("Kepala Puskesmas", Person(role="Kepala Puskesmas")),
        ("I-03", Person(code="I-03")),
        ("RP, perempuan, informan kunci", Person(code="RP", initials="RP", gender="perempuan", category="key")),
        ("25 orang", Person()),
    ],
)  # fmt: skip
def test_what_stands_beside_a_name(value: str, person: Person) -> None:
    assert parse_person(value) == person


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("AS (36), RP (28), DT", ["AS (36)", "RP (28)", "DT"]),
        ("AS dan RP", ["AS", "RP"]),
        ("AS; RP, Kepala Bidang", ["AS", "RP, Kepala Bidang"]),
        ("Agus Santoso, Rina Sulastri", ["Agus Santoso", "Rina Sulastri"]),
        ("Rina Sulastri, S.K.M., M.Kes", ["Rina Sulastri, S.K.M., M.Kes"]),
        ("Rina Sulastri, Kepala Bidang", ["Rina Sulastri, Kepala Bidang"]),
        ("AS (36, Kepala Bidang)", ["AS (36, Kepala Bidang)"]),
        ("-", []),
    ],
)
def test_several_people_in_one_value(value: str, people: list[str]) -> None:
    assert split_people(value) == people


def test_small_values() -> None:
    assert [parse_age(v) for v in ("36", "36 tahun", "± 40 th", "usia 28", "36 years old", "3", "tua", "200")] == [
        36, 36, 40, 28, 36, None, None, None,
    ]  # fmt: skip
    assert [parse_category(v) for v in ("Informan Kunci", "utama", "pendukung", "Key", "main", "lain")] == [
        "key", "main", "supporting", "key", "main", None,
    ]  # fmt: skip
    assert [parse_gender(v) for v in ("L", "P", "Perempuan", "")] == ["Laki-laki", "Perempuan", "Perempuan", None]
