"""Text files as they come: encodings, line ends, and files that are no text."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from coding.errors import CodingError
from coding.transcripts.readers import Limits, read_file
from coding.transcripts.reading import read_draft

INDONESIAN = "Informan: AS\r\nP: Apa kata Ibu “Sari”?\r\nI: Ya – café itu… ‘ramai’.\r\n"


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (INDONESIAN.encode("utf-8"), "utf-8"),
        (INDONESIAN.encode("utf-8-sig"), "utf-8-sig"),
        (INDONESIAN.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + INDONESIAN.encode("utf-16-be"), "utf-16"),
        (INDONESIAN.encode("utf-16-le"), "utf-16"),
        (INDONESIAN.encode("utf-16-be"), "utf-16"),
        (INDONESIAN.encode("utf-32"), "utf-32"),
        (INDONESIAN.encode("cp1252"), "cp1252"),
    ],
)
def test_every_usual_encoding_gives_the_same_text(tmp_path: Path, data: bytes, encoding: str) -> None:
    raw = read_file(write(tmp_path / "AS.txt", data))
    assert raw.text == INDONESIAN.replace("\r\n", "\n")
    assert raw.encoding == encoding
    assert raw.hash == hashlib.sha256(data).hexdigest()
    assert bool(raw.notices) == (encoding == "cp1252")


def test_utf8_with_a_foreign_byte_is_not_taken_for_another_encoding(tmp_path: Path) -> None:
    said = "P: “Apa” kata ‘Sari’ – café?\nI: Ya.\n" * 3
    data = said.encode("utf-8") + "“ya”".encode("cp1252")
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")
    raw = read_file(write(tmp_path / "a.txt", data))
    assert raw.text == said + "“ya”"
    assert raw.notices


def test_a_longer_text_in_another_code_page_is_guessed(tmp_path: Path) -> None:
    russian = "Интервьюер: Как проходила программа в вашем районе?\nИнформант: Сначала было трудно, потом лучше.\n" * 20
    raw = read_file(write(tmp_path / "a.txt", russian.encode("cp1251")))
    assert raw.text == russian
    assert raw.notices


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"", "source_empty"),
        ("a.docx", b"", "source_empty"),
        ("a.txt", b" \n\t\r\n", "source_no_text"),
        ("a.txt", b"\xef\xbb\xbf", "source_no_text"),
        ("a.txt", b"\x00\x00\x00\x00\x00\x00", "source_encoding"),
        ("a.txt", bytes(range(256)) * 40, "source_encoding"),
        ("a.txt", b"%PDF-1.7 ...", "source_format"),
        ("a.txt", b"PK\x03\x04 ...", "source_format"),
        ("a.txt", b"\xff\xfe\x41", "source_encoding"),
        ("a.pdf", b"%PDF-1.7 ...", "source_not_pdf"),
        ("a.rtf", b"plain text", "source_not_rtf"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500, "source_not_docx"),
        ("a.docx", b"plain text", "source_not_docx"),
        ("a.docx", b"PK\x03\x04 broken", "source_not_docx"),
    ],
)
def test_what_is_no_text_is_refused_in_words(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    with pytest.raises(CodingError) as caught:
        read_file(write(tmp_path / name, data))
    assert caught.value.code == code
    assert name in str(caught.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CodingError) as caught:
        read_file(tmp_path / "tiada.txt")
    assert caught.value.code == "file_missing"
    (tmp_path / "map.txt").mkdir()
    with pytest.raises(CodingError) as caught:
        read_file(tmp_path / "map.txt")
    assert caught.value.code == "file_unreadable"


def test_files_beyond_the_limits_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", b"ya " * 100)
    for limits in (Limits(file=299), Limits(characters=299)):
        with pytest.raises(CodingError) as caught:
            read_file(path, limits)
        assert caught.value.code == "source_too_large"
    assert read_file(path, Limits(file=300, characters=300)).text == "ya " * 100


def test_names_of_files_are_composed_and_kept(tmp_path: Path) -> None:
    path = write(tmp_path / "Wawancara  Cafe\u0301.TXT", b"Peneliti: Apa?\nAS: Ini.")
    assert read_draft(path).name == "Wawancara Café"


def test_nothing_of_the_text_is_changed(tmp_path: Path) -> None:
    text = "  Informan : AS  \n\n\n\tPeneliti :  Apa?  \nAS: ya\u00a0ya 🙂\n\n"
    draft = read_draft(write(tmp_path / "a.txt", text.encode()))
    assert draft.text == text
    assert [draft.text[t.start : t.end] for t in draft.turns] == ["Apa?", "ya\u00a0ya 🙂"]
