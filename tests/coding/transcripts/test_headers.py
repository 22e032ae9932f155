"""Header lines in both languages, in tables and lists, and where a header ends."""

from __future__ import annotations

import pytest

from coding.transcripts.drafts import Choices, Draft, Speaker
from coding.transcripts.readers import RawText
from coding.transcripts.reading import DATE_AMBIGUOUS, SILENT, draft_text


def understood(text: str, name: str = "berkas.txt", **choices: object) -> Draft:
    return draft_text(RawText(text, name, "", "utf-8"), Choices(**choices))  # type: ignore[arg-type]


def informants(draft: Draft) -> list[Speaker]:
    return [s for s in draft.speakers if s.kind == "informant"]


TALK = "\n\nP: Apa?\nI: Ini.\nP: Lalu?\nI: Itu.\n"


@pytest.mark.parametrize(
    "line",
    [
        "Informan: AS", "Informan\t: AS", "Informan\tAS", "Informan\t:\tAS", "Nama Informan   : AS", "Narasumber : AS",
        "Nama: AS", "Inisial: AS", "Kode Informan: AS", "Responden: AS", "Informant: AS", "Interviewee: AS",
        "Respondent: AS", "Name of informant: AS", "1. Nama : AS", "- Informan: AS", "**Informan:** AS",
        "NAMA INFORMAN : AS", "Informan = AS", "Informan kunci: AS",
    ],
)  # fmt: skip
def test_wordings_for_the_informant(line: str) -> None:
    draft = understood(line + TALK)
    assert [s.code for s in informants(draft)] == ["AS"]
    assert draft.header[0].key == "informant"
    assert draft.header[0].value == "AS"
    assert draft.confident


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("Jabatan: Kepala Bidang", "role", "Kepala Bidang"),
        ("Peran : Kepala Bidang", "role", "Kepala Bidang"),
        ("Position: Head of unit", "role", "Head of unit"),
        ("Pekerjaan: Petani", "role", "Petani"),
        ("Umur: 36 tahun", "age", 36),
        ("Usia : 36 th", "age", 36),
        ("Age: 36", "age", 36),
        ("Umur informan: 36", "age", 36),
        ("Kategori: pendukung", "category", "supporting"),
        ("Kategori Informan: Informan Utama", "category", "main"),
        ("Category: key informant", "category", "key"),
        ("Kelompok: Dinas", "group", "Dinas"),
        ("Group: Office", "group", "Office"),
        ("Jenis Kelamin: P", "gender", "Perempuan"),
        ("Gender: Female", "gender", "Female"),
        ("Alamat: Desa Mekar", "place", "Desa Mekar"),
        ("Jabatan: -", "role", None),
        ("Umur: –", "age", None),
    ],
)
def test_what_is_said_of_the_informant(line: str, field: str, value: object) -> None:
    [informant] = informants(understood("Informan: AS\n" + line + TALK))
    assert getattr(informant, field) == value


@pytest.mark.parametrize(
    "line",
    [
        "Tanggal: 16 Agustus 2022", "Hari/Tanggal: Selasa, 16 Agustus 2022", "Hari, tanggal : Selasa/16-8-2022",
        "Tanggal wawancara: 16/08/2022", "Waktu: 16 Agustus 2022, 10.00 WIB", "Date: 2022-08-16",
        "Date of interview: August 16, 2022", "Tempat/Tanggal: Kantor Dinas, 16 Agustus 2022",
    ],
)  # fmt: skip
def test_wordings_for_the_date(line: str) -> None:
    assert understood("Informan: AS\n" + line + TALK).date == "2022-08-16"


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Tempat: Kantor Dinas", "Kantor Dinas"),
        ("Lokasi wawancara: Kantor Dinas", "Kantor Dinas"),
        ("Place: Town hall", "Town hall"),
        ("Tempat/Tanggal: Kantor Dinas, 16 Agustus 2022", "Kantor Dinas"),
        ("Tempat: -", None),
    ],
)
def test_wordings_for_the_place(line: str, place: str | None) -> None:
    assert understood("Informan: AS\n" + line + TALK).place == place


def test_a_birthday_is_no_date_of_the_interview() -> None:
    draft = understood("Informan: AS\nTempat, tanggal lahir: Mekarsari, 1 Mei 1986" + TALK)
    assert (draft.date, draft.place) == (None, None)


def test_an_exchangeable_date_is_remarked() -> None:
    assert [n.msgid for n in understood("Informan: AS\nDate: 03/04/2022" + TALK).notices] == [DATE_AMBIGUOUS]


def test_people_of_a_focus_group_in_one_line() -> None:
    text = (
        "FGD\nPeserta: AS (36), RP (28), DT\nPeran: Kader\n\n"
        "Moderator: Apa?\nAS: Satu.\nRP: Dua.\nModerator: Lalu?\nAS: Tiga."
    )
    draft = understood(text)
    assert draft.method == "focus_group"
    assert [(s.label, s.code, s.age, s.role) for s in informants(draft)] == [
        ("AS", "AS", 36, "Kader"),
        ("RP", "RP", 28, "Kader"),
        ("", "DT", None, "Kader"),
    ]


def test_people_in_a_list_and_numbered_labels() -> None:
    text = (
        "Peserta:\n1. AS (36), Kader\n2. Rina Sulastri, S.K.M. (28), Bidan\nTanggal: 16 Agustus 2022\n\n"
        "Fasilitator: Apa?\nPeserta 2: Satu.\nPeserta 1: Dua.\nFasilitator: Lalu?\nPeserta 2: Tiga."
    )
    draft = understood(text)
    assert [(s.label, s.code, s.age, s.role) for s in informants(draft)] == [
        ("Peserta 2", "Rina Sulastri", 28, "Bidan"),
        ("Peserta 1", "AS", 36, "Kader"),
    ]
    assert draft.date == "2022-08-16"


def test_people_in_a_table_with_headings() -> None:
    text = (
        "No\tInisial\tUmur\tJabatan\n1\tAS\t36\tKepala Bidang\n2\tRP\t-\tPetugas\n\n"
        "Moderator: Apa?\nAS: Satu.\nRP: Dua."
    )
    assert [(s.code, s.age, s.role) for s in informants(understood(text))] == [
        ("AS", 36, "Kepala Bidang"),
        ("RP", None, "Petugas"),
    ]


def test_two_pairs_in_a_row_of_a_table() -> None:
    draft = understood("Nama\tAS\tUmur\t36\nTanggal\t16-08-2022\tTempat\tBalai desa" + TALK)
    assert [(s.code, s.age) for s in informants(draft)] == [("AS", 36)]
    assert (draft.date, draft.place) == ("2022-08-16", "Balai desa")
    assert [draft.text[f.start : f.end] for f in draft.header][:2] == ["Nama\tAS", "Umur\t36"]


def test_several_numbered_blocks() -> None:
    text = (
        "Informan 1: AS\nUmur: 36\nInforman 2: RP\nUmur: 28\n\n"
        "P: Apa?\nInforman 1: Satu.\nInforman 2: Dua.\nP: Lalu?\nInforman 2: Tiga."
    )
    assert [(s.label, s.code, s.age) for s in informants(understood(text))] == [
        ("Informan 1", "AS", 36),
        ("Informan 2", "RP", 28),
    ]


def test_code_goes_before_the_name() -> None:
    [informant] = informants(understood("Kode: I-03\nNama: Agus Santoso\nUmur: 40" + TALK))
    assert (informant.code, informant.name, informant.initials, informant.age) == ("I-03", "Agus Santoso", "AS", 40)


def test_initials_as_label_and_name_in_the_header_are_one_person() -> None:
    text = "Nama: Dra. Rina Sulastri, M.Kes\n\nPeneliti: Apa?\nRS: Ini.\nPeneliti: Lalu?\nBu Rina: Itu."
    draft = understood(text)
    (person,) = informants(draft)
    assert (person.code, person.name, person.initials) == ("RS", "Dra. Rina Sulastri, M.Kes", "RS")
    assert len(draft.turns) == 4
    turned = understood(text.replace("RS: Ini", "Bu Rina: Ini").replace("Bu Rina: Itu", "RS: Itu"))
    assert [s.code for s in informants(turned)] == ["RS"]


def test_the_label_is_the_code_and_the_header_has_the_name() -> None:
    draft = understood("Nama Informan: Siti Nurhaliza Rahmawati\nUsia: 41\n\nP: Apa?\nSN: Ini.\nP: Lalu?\nSN: Itu.")
    (person,) = informants(draft)
    assert (person.code, person.name, person.age) == ("SN", "Siti Nurhaliza Rahmawati", 41)
    assert draft.confident
    other = understood("Nama Informan: Joko Susilo\n\nPeneliti: Apa?\nPak Joko: Ini.\nPeneliti: Lalu?\nPak Joko: Itu.")
    assert [(s.code, s.name) for s in informants(other)] == [("Joko Susilo", "Joko Susilo")]


def test_who_is_named_in_the_header_and_silent_is_said() -> None:
    draft = understood("Informan: AS, RP\n\nP: Apa?\nAS: Ini.\nP: Lalu?\nAS: Itu.", method="focus_group")
    (said,) = [notice for notice in draft.notices if notice.msgid == SILENT]
    assert said.params == (("names", "RP"),)


def test_header_lines_that_could_be_turns() -> None:
    text = "Pewawancara: Dewi\nInforman: AS\n\nPewawancara: Selamat pagi\nInforman: Selamat pagi."
    draft = understood(text)
    assert [draft.text[t.start : t.end] for t in draft.turns] == ["Selamat pagi", "Selamat pagi."]
    assert [f.value for f in draft.header] == ["Dewi", "AS"]
    greeting = understood("Peneliti: Assalamualaikum\nInforman: Waalaikumsalam\nPeneliti: Apa?\nInforman: Ini.")
    assert len(greeting.turns) == 4
    assert greeting.header == ()


def test_the_header_ends_where_the_first_turn_begins() -> None:
    draft = understood("WAWANCARA\n\nInforman: AS\n\n-----\n\nWawancara berlangsung di kantor.\n" + TALK)
    assert draft.text[draft.header_end :].startswith("P: Apa?")
    unlabelled = understood("Informan: AS\n-----\n\nSaya kira baik.\nUmur: sudah tua semua.")
    assert unlabelled.text[unlabelled.header_end :].startswith("Saya kira")
    none = understood("Saya kira baik. Tanggal: besok.", informant="AS")
    assert none.header_end == 0


def test_keys_inside_speech_are_no_header() -> None:
    draft = understood("Informan: AS" + TALK + "P: Di mana?\nI: Begini.\nTempat: di desa.\nUmur: 40 tahun.")
    assert [f.key for f in draft.header] == ["informant"]
    assert draft.place is None
    assert draft.text[draft.turns[-1].start : draft.turns[-1].end].endswith("Umur: 40 tahun.")


@pytest.mark.parametrize(
    ("text", "name", "method"),
    [
        ("Metode: Wawancara mendalam\nInforman: AS\n\nIsi.", "a.txt", "interview"),
        ("Metode: Observasi\n\nLoket ramai.", "a.txt", "observation"),
        ("Method: Focus group discussion\n\nA text.", "a.txt", "focus_group"),
        ("Loket ramai.", "Observasi Loket.txt", "observation"),
        ("Loket ramai.", "catatan_lapangan_3.txt", "observation"),
        ("Isi.", "Notulen rapat.txt", "document"),
        ("Isi.", "Perda No 3 2020.txt", "document"),
        ("CATATAN OBSERVASI\nTanggal: 1 Mei 2022\n\nLoket ramai.", "a.txt", "observation"),
        ("Isi.", "a.txt", "document"),
        ("P: Apa?\nI: Ini.", "Laporan wawancara.txt", "interview"),
        ("P: Apa?\nI: Ini.\nP: Lalu?\nI: Itu.", "Laporan AS.txt", "interview"),
        ("Moderator: Apa?\nAS: Satu.\nRP: Dua.", "a.txt", "focus_group"),
        ("P: Apa?\nAS: Satu.\nRP: Dua.\nDT: Tiga.", "a.txt", "focus_group"),
        ("Suratman: Ini.\nPeneliti: Apa?\nSuratman: Itu.", "Suratman.txt", "interview"),
    ],
)
def test_method_is_told_by_header_name_or_turns(text: str, name: str, method: str) -> None:
    assert understood(text, name).method == method


def test_the_method_given_goes_before_all_else() -> None:
    assert understood("P: Apa?\nI: Ini.", "Wawancara AS.txt", method="document").method == "document"
    assert len(understood("P: Apa?\nI: Ini.", "a.txt", method="document").turns) == 2


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("TRANSKRIP WAWANCARA DENGAN IBU SARI", "SARI"),
        ("Hasil wawancara dengan Bapak AS (36), Kepala Bidang, Selasa, 16 Agustus 2022 di kantor.", "AS"),
        ("Interview with JS on 16 August 2022", "JS"),
        ("Informan 3", "Informan 3"),
        ("Responden 01\nTanggal: 1 Mei 2022", "Responden 01"),
        ("Wawancara dengan petugas loket", None),
    ],
)
def test_a_title_names_the_informant_when_no_line_does(title: str, code: str | None) -> None:
    draft = understood(title + TALK, "X.txt")
    assert [s.code for s in informants(draft)] == [code or "X"]
    assert [s.code for s in informants(understood(title + "\nNama: KN" + TALK))] == ["KN"]


def test_a_title_may_hold_the_date() -> None:
    assert understood("Wawancara dengan Ibu Sari, Selasa 16 Agustus 2022" + TALK).date == "2022-08-16"
    assert understood("WAWANCARA, 16 Agustus 2022\nInforman: AS" + TALK).date == "2022-08-16"


def test_a_title_with_a_dash_ends_no_header() -> None:
    draft = understood("WAWANCARA BIDAN - PUSKESMAS\nInforman: AS\nTanggal: 1 Mei 2022" + TALK)
    assert [s.code for s in informants(draft)] == ["AS"]
    assert draft.date == "2022-05-01"


def test_a_header_without_end_is_none() -> None:
    prose = "\n".join(f"Ini kalimat ke-{i} dari sebuah laporan panjang tentang pelayanan di desa." for i in range(40))
    assert understood(prose + "\nTanggal: 16 Agustus 2022").header == ()
