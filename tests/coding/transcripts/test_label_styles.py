"""Whole files of every usual style: who speaks, from where to where, and what the header says."""

from __future__ import annotations

from pathlib import Path

import pytest

from coding.transcripts.drafts import Choices, Draft, LabelChoice
from coding.transcripts.readers import RawText
from coding.transcripts.reading import NAMELESS, ONE_TURN, UNSURE, draft_text, read_draft

FILES = Path(__file__).parents[2] / "data" / "transcripts"


def understood(text: str, name: str = "berkas.txt", **choices: object) -> Draft:
    return draft_text(RawText(text, name, "", "utf-8"), Choices(**choices))  # type: ignore[arg-type]


def talk(draft: Draft) -> list[tuple[str, str, str]]:
    """Kind, code or label, and first words of every turn."""
    found = []
    for turn in draft.turns:
        speaker = draft.speakers[turn.speaker]
        found.append(
            (speaker.kind[0], speaker.code or speaker.label, " ".join(draft.text[turn.start : turn.end].split()[:2]))
        )
    return found


EXPECTED: dict[str, tuple[str, str | None, str | None, list[tuple[str, str, str]]]] = {
    "peneliti_inisial.txt": (
        "interview",
        "2022-08-16",
        "Kantor Dinas Kesehatan Kabupaten Mekarsari",
        [
            ("r", "Peneliti", "Bagaimana program"),
            ("i", "AS", "Kalau untuk"),
            ("r", "Peneliti", "Apa kendalanya,"),
            ("i", "AS", "Kendalanya dana."),
        ],
    ),
    "p_i.txt": (
        "interview",
        "2022-09-05",
        "Ruang Kepala Dinas",
        [
            ("r", "P", "Bagaimana koordinasi"),
            ("i", "Ahmad Fauzi", "Setiap bulan"),
            ("r", "P", "Mengapa begitu?"),
            ("i", "Ahmad Fauzi", "Aplikasinya belum"),
        ],
    ),
    "tanya_jawab.txt": (
        "interview",
        "2022-08-17",
        None,
        [
            ("r", "T", "Apakah Ibu"),
            ("i", "Siti Aminah", "Pernah, sekali."),
            ("r", "T", "Apa isinya?"),
            ("i", "Siti Aminah", "Cara mencatat,"),
        ],
    ),
    "bernomor.txt": (
        "interview",
        None,
        None,
        [("r", "P", "Apa tugas"), ("i", "DT", "Mendata warga."), ("r", "P", "Berapa orang"), ("i", "DT", "Dua orang")],
    ),
    "inisial_umur.txt": (
        "interview",
        None,
        None,
        [
            ("r", "P", "Sejak kapan"),
            ("i", "RP", "Sejak tahun"),
            ("i", "RP", "Saya baru"),
            ("r", "P", "Apa yang"),
            ("i", "RP", "Antrean panjang."),
            ("i", "RP", "Aplikasinya sering"),
        ],
    ),
    "nama.txt": (
        "interview",
        None,
        None,
        [
            ("r", "Pewawancara", "Selamat pagi,"),
            ("i", "Sari", "Selamat pagi."),
            ("r", "Pewawancara", "Bagaimana pelayanannya?"),
            ("i", "Sari", "Ramah, tetapi"),
            ("i", "Joko Susilo", "Kalau saya"),
            ("r", "Pewawancara", "Mengapa berbeda?"),
            ("i", "Joko Susilo", "Saya datang"),
        ],
    ),
    "waktu.txt": (
        "interview",
        "2022-08-16",
        "Town hall",
        [("r", "Dewi", "Could you"), ("i", "Budi", "It began"), ("r", "Dewi", "And now?"), ("i", "Budi", "Now we")],
    ),
    "diskusi.md": (
        "focus_group",
        "2022-08-17",
        "Aula Kecamatan",
        [
            ("r", "Moderator", "Apa yang"),
            ("i", "AS", "Sosialisasi sudah"),
            ("i", "RP", "Belum di"),
            ("r", "Moderator", "Bagaimana dengan"),
            ("i", "DT", "Petugas kurang."),
            ("i", "RP", "Betul, kurang."),
            ("u", "Semua", "Betul."),
        ],
    ),
    "tanpa_label.txt": ("interview", "2022-08-18", None, [("i", "KN", "Saya pertama")]),
    "observasi_loket.txt": ("observation", "2022-08-19", "Loket pelayanan", []),
    "notulen_rapat.txt": ("document", "2022-10-20", "Aula Dinas", []),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_usual_styles_are_read_with_confidence(name: str) -> None:
    draft = read_draft(FILES / name)
    method, date, place, turns = EXPECTED[name]
    assert (draft.method, draft.date, draft.place) == (method, date, place)
    assert talk(draft) == turns
    assert draft.confident
    assert draft.unsure_labels == ()
    assert draft.name == Path(name).stem


def test_header_says_who_the_informant_is() -> None:
    draft = read_draft(FILES / "peneliti_inisial.txt")
    [informant] = [s for s in draft.speakers if s.kind == "informant"]
    assert (informant.label, informant.code, informant.initials, informant.name) == ("AS", "AS", "AS", None)
    assert (informant.role, informant.age, informant.category) == ("Kepala Bidang Kepesertaan", 36, "key")
    assert (informant.gender, informant.group) == ("Perempuan", "Dinas")
    assert [f.key for f in draft.header] == [
        "informant", "role", "age", "gender", "category", "group", "date", "place", "researcher",
    ]  # fmt: skip
    assert draft.text[draft.header_end :].startswith("Peneliti: Bagaimana program")
    first = draft.header[0]
    assert draft.text[first.start : first.end] == "Informan            : AS"


def test_titles_stay_in_the_name_and_out_of_the_code() -> None:
    [_, informant] = read_draft(FILES / "p_i.txt").speakers
    assert informant.code == "Ahmad Fauzi"
    assert informant.name == "Bpk. H. Ahmad Fauzi, S.Sos., M.AP"
    assert (informant.initials, informant.role, informant.age) == ("AF", "Kepala Dinas", 52)


def test_forms_of_address_in_labels_stay_in_the_name_too() -> None:
    informants = [s for s in read_draft(FILES / "nama.txt").speakers if s.kind == "informant"]
    assert [(s.code, s.name, s.initials) for s in informants] == [
        ("Sari", "Ibu Sari", None),
        ("Joko Susilo", "Pak Joko Susilo", "JS"),
    ]


def test_same_initials_and_different_ages_are_two_speakers() -> None:
    draft = read_draft(FILES / "inisial_umur.txt")
    assert [(s.label, s.code, s.age) for s in draft.speakers[1:]] == [("RP (36)", "RP", 36), ("RP (28)", "RP", 28)]


def test_remarks_times_and_addresses_inside_speech_begin_no_turn() -> None:
    draft = read_draft(FILES / "peneliti_inisial.txt")
    said = draft.text[draft.turns[1].start : draft.turns[1].end]
    for inside in ("Program: itu", "Catatan: brosur", "Misalnya: pada", "Jam 08:30", "https://mekarsari.example"):
        assert inside in said


def test_labels_hold_time_codes_and_marks_and_bodies_do_not() -> None:
    draft = read_draft(FILES / "waktu.txt")
    assert draft.text[draft.turns[0].label_start : draft.turns[0].label_end] == "[00:00:05] Dewi:"
    draft = read_draft(FILES / "diskusi.md")
    assert draft.text[draft.turns[0].label_start : draft.turns[0].label_end] == "**Moderator:**"
    assert draft.text[draft.turns[0].start : draft.turns[0].end] == "Apa yang sudah berjalan baik?"


def test_unlabelled_interview_is_one_turn_after_the_header() -> None:
    draft = read_draft(FILES / "tanpa_label.txt")
    [turn] = draft.turns
    assert draft.text[turn.start :].startswith("Saya pertama")
    assert (turn.label_start, turn.label_end) == (turn.start, turn.start)
    assert turn.end == len(draft.text.rstrip())
    assert [n.msgid for n in draft.notices] == [ONE_TURN]


def test_informant_given_on_the_command_line_makes_one_turn_of_plain_text() -> None:
    draft = understood("Programnya baik.\n\nDananya kurang.", informant="KN")
    assert talk(draft) == [("i", "KN", "Programnya baik.")]
    assert draft.speakers[0].chosen
    assert understood("Programnya baik.\n\nDananya kurang.").method == "document"


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        ("Peneliti: Apa?\nAS: Ini.", [("r", "Peneliti", "Apa?"), ("i", "AS", "Ini.")]),
        ("Q: What?\nA: This.", [("r", "Q", "What?"), ("i", "X", "This.")]),
        ("[Peneliti] Apa?\n[AS] Ini.\n[Peneliti] Lalu?\n[AS] Itu.",
         [("r", "Peneliti", "Apa?"), ("i", "AS", "Ini."), ("r", "Peneliti", "Lalu?"), ("i", "AS", "Itu.")]),
        ("Peneliti\tApa?\nAS\tIni.\nPeneliti\tLalu?\nAS\tItu.",
         [("r", "Peneliti", "Apa?"), ("i", "AS", "Ini."), ("r", "Peneliti", "Lalu?"), ("i", "AS", "Itu.")]),
        ("Peneliti\nApa?\n\nInforman\nIni.\n\nPeneliti\nLalu?\n\nInforman\nItu.",
         [("r", "Peneliti", "Apa?"), ("i", "X", "Ini."), ("r", "Peneliti", "Lalu?"), ("i", "X", "Itu.")]),
        ("Moderator: Apa?\nP1: Satu.\nP2: Dua.\nModerator: Lalu?\nP1: Tiga.\nP2: Empat.",
         [("r", "Moderator", "Apa?"), ("i", "P1", "Satu."), ("i", "P2", "Dua."), ("r", "Moderator", "Lalu?"),
          ("i", "P1", "Tiga."), ("i", "P2", "Empat.")]),
        ("P : Apa?\nInforman 3 : Ini.\nP : Lalu?\nInforman 3 : Itu.",
         [("r", "P", "Apa?"), ("i", "Informan 3", "Ini."), ("r", "P", "Lalu?"), ("i", "Informan 3", "Itu.")]),
        ("1. Apa tugas Ibu?\nJawab: Mendata.\n2. Apa kendalanya\ndi desa?\nJawab: Dana.",
         [("r", "Pertanyaan", "Apa tugas"), ("i", "X", "Mendata."), ("r", "Pertanyaan", "Apa kendalanya"),
          ("i", "X", "Dana.")]),
        ("Informan I: AS\nInforman II: RP\n\nP: Apa?\nInforman I: Ini.\nInforman II: Itu.\nP: Lalu?\nInforman I: Ya.",
         [("r", "P", "Apa?"), ("i", "AS", "Ini."), ("i", "RP", "Itu."), ("r", "P", "Lalu?"), ("i", "AS", "Ya.")]),
        ("Dewi Lestari  0:03\nApa?\n\nAhmad Fauzi  0:10\nIni.\n\nDewi Lestari  0:12\nLalu?\n\nAhmad Fauzi  0:20\nItu.",
         [("r", "Dewi Lestari", "Apa?"), ("i", "Ahmad Fauzi", "Ini."), ("r", "Dewi Lestari", "Lalu?"),
          ("i", "Ahmad Fauzi", "Itu.")]),
        ("Keterangan:\nP = Peneliti\nN = Narasumber\n\nP: Apa?\nN: Ini.", [("r", "P", "Apa?"), ("i", "X", "Ini.")]),
    ],
)  # fmt: skip
def test_short_texts_in_other_styles(text: str, turns: list[tuple[str, str, str]]) -> None:
    assert talk(understood(text, "X.txt")) == turns


def test_nameless_informant_gets_a_code_from_the_file_and_a_remark() -> None:
    draft = understood("Peneliti: Apa?\nInforman: Ini.", "Transkrip Wawancara Bidan Rina 2022-08-16.docx")
    assert draft.speakers[1].code == "Bidan Rina"
    assert draft.date == "2022-08-16"
    assert not draft.confident
    assert [n.msgid for n in draft.notices] == [NAMELESS]


def test_guessed_speakers_are_said_to_be_guessed() -> None:
    draft = understood("Dewi: Apa kendalanya?\nBudi: Dana.\nDewi: Lalu?\nBudi: Petugas.")
    assert talk(draft)[:2] == [("r", "Dewi", "Apa kendalanya?"), ("i", "Budi", "Dana.")]
    assert draft.unsure_labels == ("Dewi", "Budi")
    assert not draft.confident
    assert [n.msgid for n in draft.notices] == [UNSURE]


def test_researcher_labels_given_settle_the_guess() -> None:
    text = "Dewi: Ceritakan.\nBudi: Dana?\nDewi: Lalu.\nBudi: Petugas?"
    draft = understood(text, researcher_labels=("dewi",))
    assert talk(draft)[:2] == [("r", "Dewi", "Ceritakan."), ("i", "Budi", "Dana?")]
    assert draft.confident


def test_known_labels_make_and_unmake_labels() -> None:
    text = "Peneliti: Apa?\nAS: Tiga hal.\nProgram: gratis.\nPeneliti: Lalu?\nAS: Itu.\nSOP: belum ada.\nSOP: ada."
    assert talk(understood(text))[1] == ("i", "AS", "Tiga hal.")
    assert understood(text).unsure_labels == ("SOP",)
    as_label = understood(text, labels=(("Program", LabelChoice("informant", "PG")),))
    assert ("i", "PG", "gratis.") in talk(as_label)
    no_label = understood(text, labels=(("AS", LabelChoice("none")), ("sop", LabelChoice("none"))))
    assert [t[1] for t in talk(no_label)] == ["Peneliti", "Peneliti"]


def test_acronyms_used_in_speech_are_no_labels() -> None:
    text = (
        "Peneliti: Apa aturannya?\nAS: Ada SOP, dan SOP itu dipakai.\nSOP: dibuat 2020.\nPeneliti: Lalu?\n"
        "AS: SOP lagi.\nSOP: diubah 2021, sesuai SOP nasional."
    )
    assert [t[1] for t in talk(understood(text))] == ["Peneliti", "AS", "Peneliti", "AS"]


def test_interviewer_who_is_called_i_is_told_by_the_questions() -> None:
    text = "I: What happened?\nP: Nothing.\nI: Why?\nP: No money.\nI: Since when?\nP: Last year."
    draft = understood(text)
    assert [t[0] for t in talk(draft)] == ["r", "i", "r", "i", "r", "i"]
    assert not draft.confident


def test_numbered_letters_without_anybody_who_asks_are_participants() -> None:
    draft = understood("P1 - Tidak jelas bagi kami.\nP2 - Saya juga.\nP1 - Begitulah.\nP2 - Ya benar.\n")
    assert [(kind, who) for kind, who, _ in talk(draft)] == [("i", "P1"), ("i", "P2")] * 2
    assert draft.unsure_labels == ("P1", "P2")
    asked = understood("P1 - Apa kabar?\nP2 - Baik.\nP1 - Sudah lama?\nP2 - Setahun.\n")
    assert [kind for kind, *_ in talk(asked)] == ["r", "i"] * 2


def test_generic_label_with_several_people_in_the_header_is_in_doubt() -> None:
    draft = understood("Peserta: AS (36), RP (28)\nP: Apa?\nI: Ini.\nP: Lalu?\nI: Itu.")
    assert draft.unsure_labels == ("I",)
    assert {s.code for s in draft.speakers if s.kind == "informant"} == {"AS", "RP"}


def test_informant_of_the_command_line_goes_before_header_and_label() -> None:
    text = "Informan: AS\nUmur: 36\n\nP: Apa?\nI: Ini."
    draft = understood(text, informant="AS-36")
    assert [(s.code, s.age, s.chosen) for s in draft.speakers if s.kind == "informant"] == [("AS-36", 36, True)]


def test_turn_without_words_is_none() -> None:
    draft = understood("Peneliti: Apa?\nAS:\nPeneliti: Halo?\nAS: Ya.")
    assert talk(draft) == [("r", "Peneliti", "Apa?"), ("r", "Peneliti", "Halo?"), ("i", "AS", "Ya.")]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("[00:12:03] Budi: Sudah.\n[00:12:40] Peneliti: Kapan?\n[01:13:01] Budi: Tadi.\n", [723.0, 760.0, 4381.0]),
        ("(00:01) Interviewer: Ready?\n(00:05) Participant 2: Yes.\n", [1.0, 5.0]),
        ("Speaker 1  00:03\nCan you tell me?\n\nSpeaker 2  00:09\nSure.\n\nSpeaker 1  00:30\nAnd?\n", [3.0, 9.0, 30.0]),
        ("12/08/25 10:15 - Budi: Pagi bu\n12/08/25 10:16 - Sari: Ada apa?\n", []),
        ("[10:12] Budi: Sudah.\n[09:40] Peneliti: Kapan?\n", []),
        ("P: Jam berapa?\nRS: Jam 10:15 pagi.\nP: Lalu?\nRS: Jam 11:20.\n", []),
    ],
)
def test_time_codes_in_labels_are_anchors(text: str, times: list[float]) -> None:
    draft = understood(text)
    assert [second for _, _, second in draft.anchors] == times
    assert [at for at, _, _ in draft.anchors] == [turn.label_start for turn in draft.turns][: len(times)]


def test_lines_of_a_recorder_with_a_known_word_and_a_time_are_labels() -> None:
    draft = understood("Speaker 1  00:03\nCan you tell me?\n\nSpeaker 2  00:09\nSure, it began in May.\n" * 2)
    assert [turn.speaker for turn in draft.turns] == [0, 1, 0, 1]
    assert {speaker.label for speaker in draft.speakers} == {"Speaker 1", "Speaker 2"}
