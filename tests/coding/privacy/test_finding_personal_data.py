"""What is found in a text made for it, in both languages, and in the sample study: how much, and how much too much."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from coding.privacy import patterns
from coding.privacy.finding import Finder, find_personal
from coding.privacy.known import Known, never_list, set_never
from coding.privacy.rows import Hit
from coding.project import Project
from tests.samples import open_sample

# What is in braces is personal data; everything else is not.
INDONESIAN = """Nama: {Siti Maryam}
Saya tinggal di Desa {Sumberlumbu}, {Jl. Melati No. 12 RT 03/RW 05}, sejak 12 Mei 2019.
Yang mengurus itu Pak {Karto} sama Bu {Tini Wulandari}, bukan Pak Lurah. Kata Ibu, sudah beres.
Sudah, Mbak. Besoknya {Karto} menelepon dari {0812-3456-7890}, lalu dari {+62 813 9876 5432}.
Nomor kantor {(0271) 654321}, surel {karto.desa@contoh.id}, akun {@karto_desa}.
NIK-nya {3374124508810002}, NIP {198703122010012005}, NPWP {09.254.294.3-407.000}, BPJS {0001234567890}.
Rekening BRI {0341-01-012345-50-9} atas nama Bu {Tini}. Motornya {AD 4321 BX}.
Bantuan Rp 1.500.000 turun 16 Agustus 2022 menurut Peraturan Bupati Nomor 27 Tahun 2023, Pasal 12.
Ada 1.234.567 jiwa pada 2019-2023, 62,5 persen, pukul 08.15-11.40 dan 10.30. Kode 08.10, 12/05/2024.
KK {3374121203990007} dibawa. {H. Slamet} dan Hj. {Aminah} hadir, juga {Ratih Setyaningrum}, S.Sos.
Kartu Keluarga saja tidak cukup. Camat datang pukul 09.00. Dana Rp1.250.000.000 belum cair.
"""
ENGLISH = """Name: {Edith Olsen}
I live at {12 Harbour Street}, in the village of {Skerrin}. Mrs {Olsen} is what they call me.
Mr {Tom Barker} came on 12 March 2024 at 10.30, and Dr. {Ines Holt} too. My number is {+44 20 7946 0958}.
Write to {edith@post.example} or {@edie_olsen}. My name is {Edith}. It cost $1,250.00 in 2019-2023.
Section 12 of Act number 16 of 2018 says 62.5%. About 1,234,567 people, she said. Nobody asked.
"""


def marked(text: str) -> tuple[str, set[tuple[int, int]]]:
    plain, spans, at = "", set(), 0
    for match in re.finditer(r"\{(.*?)\}", text):
        plain += text[at : match.start()]
        spans.add((len(plain), len(plain) + len(match.group(1))))
        plain += match.group(1)
        at = match.end()
    return plain + text[at:], spans


def found_in(text: str) -> list[Hit]:
    finder = Finder(Known())
    finder.learn([text])
    return finder.find(text)


def overlap(hit: tuple[int, int], spans: set[tuple[int, int]]) -> bool:
    return any(a < hit[1] and hit[0] < b for a, b in spans)


@pytest.mark.parametrize(("written", "language"), [(INDONESIAN, "id"), (ENGLISH, "en")])
def test_precision_and_recall_on_the_text_made_for_it(written: str, language: str) -> None:
    text, wanted = marked(written)
    hits = {(hit.start, hit.end) for hit in found_in(text) if hit.certainty != "possible"}
    right = [hit for hit in hits if overlap(hit, wanted)]
    covered = [span for span in wanted if overlap(span, hits)]
    exact = hits & wanted
    precision, recall = len(right) / len(hits), len(covered) / len(wanted)
    print(f"{language}: precision {precision:.2f}, recall {recall:.2f}, exact {len(exact)}/{len(wanted)}")
    missed = sorted(text[a:b] for a, b in wanted - set(covered))
    false = sorted(text[a:b] for a, b in hits - set(right))
    assert precision >= 0.95, false
    assert recall >= 0.95, missed
    assert len(exact) / len(wanted) >= 0.85, sorted(text[a:b] for a, b in wanted ^ hits)


@pytest.mark.parametrize(
    "text",
    ["Rp 1.500.000", "Rp1.250.000.000,00", "Nomor 16 Tahun 2018", "12-05-2024 08.10", "2019–2023",
     "pukul 08.15 - 11.40",
     "1.234.567 jiwa", "Sudah, Mbak. Besoknya hujan", "Pak Lurah", "Bapak Ibu sekalian", "62,5 persen", "halaman 128",
     "24 Mei 2025", "Pasal 12 ayat 3", "Terima kasih, Bu. Surat itu hilang"],
)  # fmt: skip
def test_ordinary_numbers_and_words_are_not_personal(text: str) -> None:
    hits = [hit for hit in found_in(f"Kata dia {text} begitu saja.") if hit.certainty != "possible"]
    assert hits == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [("081234567890", "phone"), ("0812 3456 7890", "phone"), ("0812.3456.789", "phone"), ("+62-812-3456-7890", "phone"),
     ("6281234567890", "phone"), ("(021) 5551234", "phone"), ("3374124508810002", "national_id"),
     ("33.7412.450881.0002", "national_id"), ("198703122010012005", "employee_id"), ("ani@contoh.go.id", "email")],
)  # fmt: skip
def test_numbers_in_all_their_forms(text: str, kind: str) -> None:
    (hit,) = found_in(f"Catat ini: {text}.")
    assert (hit.kind, hit.text) == (kind, text)


@pytest.mark.parametrize(
    ("digits", "plausible"),
    [("3374124508810002", True), ("3374120508810002", True), ("9974124508810002", False), ("3374127508810002", False),
     ("3374124513810002", False), ("3374124508810000", False)],
)  # fmt: skip
def test_the_parts_of_a_nik(digits: str, plausible: bool) -> None:
    assert patterns.plausible_national_id(digits) is plausible
    (hit,) = found_in(f"Angka {digits} saja.")
    assert hit.certainty == ("sure" if plausible else "possible")


def test_a_bare_name_is_found_unless_it_is_a_word(project: Project, add: Any) -> None:
    add("Satu", [("RS", "Pak Slamet dan Pak Wiryo. Alhamdulillah slamet semua.")])
    add("Dua", [("RS", "Waktu itu Wiryo pulang. Slamet, kata orang.")])
    places = {group.text: len(group.places) for group in find_personal(project)}
    assert places["Wiryo"] == 2
    assert places["Slamet"] == 1


def test_what_is_never_personal_is_found_no_more_until_undone(project: Project, add: Any) -> None:
    add("Satu", [("RS", "Pak Wiryo pulang.")])
    assert [group.text for group in find_personal(project)] == ["Wiryo"]
    with project.operation("Never") as op:
        set_never(op, "name", ["Wiryo"])
    assert find_personal(project) == []
    assert [row[1:] for row in never_list(project)] == [("name", "Wiryo")]
    project.undo()
    assert [group.text for group in find_personal(project)] == ["Wiryo"]


NAMED = {
    "id": {"Bagus", "Siti", "Endah", "Rini", "Harsono", "Yem", "Lis", "Titin", "Tumi", "Nur", "Parmi", "Yanti", "Darmo",
           "Dinar", "Ginah", "Jarwo", "Jum", "Karto", "Nik", "Rohmad", "Rono", "Sum", "Wiyono", "War", "Anggraini"},
    "en": {"Olsen", "Merrick", "Joan", "Brandt", "Lindqvist", "Toby", "Edie", "Peggy", "Arthur", "Ines", "Jess"},
}  # fmt: skip


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_sample_study(language: str, tmp_path: Path) -> None:
    with open_sample(tmp_path / "s.telaah", language) as project:
        groups = [group for group in find_personal(project) if group.kind == "name"]
    sure = {group.text for group in groups if group.certainty != "possible"}
    everything = {group.text for group in groups}
    wanted = NAMED[language]
    right = {name for name in sure if set(name.split()) & (wanted | {"Widagdo"})}
    precision, recall = len(right) / len(sure), len(wanted & everything) / len(wanted)
    certain = len(wanted & sure) / len(wanted)
    print(f"{language}: precision {precision:.2f}, recall {certain:.2f}, with the possible ones {recall:.2f}")
    assert precision >= 0.9, sure - right
    assert recall >= 0.95, wanted - everything
    assert certain >= (0.9 if language == "id" else 0.4), wanted - sure
