"""What the columns of a table hold: from their heads, or as somebody said for all tables with those heads."""

from __future__ import annotations

from pathlib import Path

import pytest

from coding.errors import CodingError
from coding.transcripts.columns import ANY_TABLE, guessed, heads_key
from coding.transcripts.drafts_json import draft_from_json, draft_to_json
from coding.transcripts.reading import read_draft

ROWS = "Kode;Butir;Isi;Menit\nRS;Apa?;Antre lama.;00:10\nMD;Apa?;Cepat,\tkalau pagi.;1:01:20,5\n;Lalu?;Begitu.;x\n"


def table(folder: Path, text: str, name: str = "tabel.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        (["Waktu", "Pembicara", "Ucapan"], {"time": 0, "speaker": 1, "text": 2}),
        (["Start time", "Speaker name", "Text"], {"time": 0, "speaker": 1, "text": 2}),
        (["No", "Pertanyaan", "Jawaban"], {"question": 1, "text": 2}),
        (["Kode responden", "Pertanyaan", "Jawaban"], {"informant": 0, "question": 1, "text": 2}),
        (["Kode", "Pertanyaan", "Jawaban"], {"question": 1, "text": 2}),
        (["Kode", "Butir", "Isi"], {}),
        (["Nama", "Umur"], {}),
        ([], {}),
    ],
)
def test_heads_say_what_columns_hold(heads: list[str], expected: dict[str, int]) -> None:
    assert guessed(heads) == expected


def test_questions_and_answers_in_columns_become_turns_without_a_doubt(tmp_path: Path) -> None:
    path = table(tmp_path, "No,Pertanyaan,Jawaban\n1,Bagaimana loketnya?,Antre lama.\n2,Biayanya?,Tidak ada biaya.\n")
    draft = read_draft(path)
    assert draft.text == (
        "P: Bagaimana loketnya?\nInforman: Antre lama.\nP: Biayanya?\nInforman: Tidak ada biaya."
    )  # fmt: skip
    kinds = [draft.speakers[turn.speaker].kind for turn in draft.turns]
    assert kinds == ["researcher", "informant", "researcher", "informant"]
    assert draft.unsure_labels == ()


def test_what_was_said_of_columns_goes_for_these_heads_in_any_case(tmp_path: Path) -> None:
    told = {heads_key(["KODE", "butir", "Isi ", "menit"]): {"informant": 0, "question": 1, "text": 2, "time": 3}}
    draft = read_draft(table(tmp_path, ROWS), columns=told)
    assert draft.text == (
        "P: Apa?\nRS: Antre lama.\nP: Apa?\nMD: Cepat, kalau pagi.\nP: Lalu?\nInforman: Begitu."
    )  # fmt: skip
    assert [(draft.text[at:][:5], kind, second) for at, kind, second in draft.anchors] == [
        ("Antre", "time", 10.0), ("Cepat", "time", 3680.5),
    ]  # fmt: skip
    assert draft_from_json(draft_to_json(draft)) == draft
    assert draft.table is not None
    assert draft.table.heads == ("Kode", "Butir", "Isi", "Menit")
    other = read_draft(table(tmp_path, ROWS.replace("Kode", "Nomor"), "lain.csv"), columns=told)
    assert "P: Apa?" not in other.text


def test_columns_can_be_named_by_their_heads(tmp_path: Path) -> None:
    path = table(tmp_path, ROWS)
    draft = read_draft(path, columns={ANY_TABLE: {"speaker": "kode", "text": "ISI"}})
    assert draft.text.startswith("RS: Antre lama.\nMD: Cepat, kalau pagi.")
    with pytest.raises(CodingError, match="no column “Siapa”"):
        read_draft(path, columns={ANY_TABLE: {"speaker": "Siapa", "text": "Isi"}})


def test_no_column_at_all_can_be_said_too(tmp_path: Path) -> None:
    path = table(tmp_path, "Pembicara,Ucapan\nRS,Antre lama.\nMD,Cepat.\n")
    assert read_draft(path).text == "RS: Antre lama.\nMD: Cepat."
    assert read_draft(path, columns={heads_key(["Pembicara", "Ucapan"]): {}}).text == (
        "RS\nUcapan: Antre lama.\n\nMD\nUcapan: Cepat."
    )  # fmt: skip
