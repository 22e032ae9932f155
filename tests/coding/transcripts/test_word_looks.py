"""Word documents in which looks alone tell who speaks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE

from coding.transcripts.drafts import Draft
from coding.transcripts.flow import TOLD
from coding.transcripts.reading import read_draft

Runs = Sequence[tuple[str, bool]]
TALK = [("Peneliti", "Apa kabar?"), ("Pak Darmo", "Baik. 🙏"), ("Peneliti", "Kendalanya?"), ("Pak Darmo", "Dananya.")]


def written(folder: Path, paragraphs: Sequence[Runs | tuple[str, str]]) -> Draft:
    """A document of paragraphs: runs with whether they are bold, or (style, text), read."""
    document = docx.Document()
    for name in ("Tanya", "Jawab"):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    for paragraph in paragraphs:
        if isinstance(paragraph[0], str):
            style, text = paragraph
            document.add_paragraph(str(text), style=str(style))
            continue
        made = document.add_paragraph()
        for text, bold in paragraph:  # type: ignore[misc]
            made.add_run(text).bold = bold
    path = folder / "berkas.docx"
    document.save(str(path))
    return read_draft(path)


def talk(draft: Draft) -> list[tuple[str, str, str]]:
    who = [draft.speakers[turn.speaker] for turn in draft.turns]
    return [(s.kind, s.label, draft.text[t.start : t.end]) for s, t in zip(who, draft.turns, strict=True)]


def told(draft: Draft) -> bool:
    return TOLD in {notice.msgid for notice in draft.notices}


EXPECTED = [("researcher" if who == "Peneliti" else "informant", who, said) for who, said in TALK]


@pytest.mark.parametrize("between", [" ", "\t", "\n"])
def test_names_in_bold_are_labels(tmp_path: Path, between: str) -> None:
    draft = written(tmp_path, [[(who, True), (between + said, False)] for who, said in TALK])
    assert talk(draft) == EXPECTED
    assert told(draft)


def test_names_in_bold_on_lines_of_their_own_are_labels(tmp_path: Path) -> None:
    draft = written(tmp_path, [one for who, said in TALK for one in ([(who, True)], [(said, False)])])
    assert talk(draft) == EXPECTED


def test_names_in_bold_with_their_colon_stay_as_they_are(tmp_path: Path) -> None:
    draft = written(tmp_path, [[(f"{who}:", True), (f" {said}", False)] for who, said in TALK])
    assert talk(draft) == EXPECTED
    assert not told(draft)


def test_questions_and_answers_of_two_styles_are_turns(tmp_path: Path) -> None:
    asked = [("Tanya", "Bagaimana awalnya?"), ("Jawab", "Mendaftar."), ("Jawab", "Di desa."),
             ("Tanya", "Lalu?"), ("Jawab", "Menunggu.")]  # fmt: skip
    assert not told(written(tmp_path, [*asked, ("Normal", "Catatan: berlangsung singkat.")]))
    draft = written(tmp_path, asked)
    assert talk(draft) == [
        ("researcher", "P", "Bagaimana awalnya?"), ("informant", "Informan", "Mendaftar.\nDi desa."),
        ("researcher", "P", "Lalu?"), ("informant", "Informan", "Menunggu."),
    ]  # fmt: skip
    assert told(draft)


def test_bold_questions_are_the_researchers_and_the_header_stays(tmp_path: Path) -> None:
    lines: list[Runs] = [[("Tanggal: 12 Agustus 2025", False)]]
    for asked, said in (("Bagaimana awalnya?", "Mendaftar."), ("Lalu?", "Menunggu.")):
        lines += [[(asked, True)], [(said, False)]]
    draft = written(tmp_path, lines)
    assert [kind for kind, *_ in talk(draft)] == ["researcher", "informant"] * 2
    assert draft.date == "2025-08-12"


@pytest.mark.parametrize(
    "paragraphs",
    [
        [[("Komunikasi", True), (" ialah penyampaian.", False)], [("Sumber daya", True), (" ialah dana.", False)]],
        [[("Penting", True), (" sekali.", False)], [("Penting", True), (" juga.", False)], [("Biasa saja.", False)]],
        [[("Judul bagian", True)], [("Isi bagian pertama.", False)], [("Bagian lain", True)], [("Isinya.", False)]],
        [[(f"{who}: {said}", bold)] for bold, (who, said) in zip((True, False) * 2, TALK, strict=True)],
    ],
)
def test_other_bold_text_is_left_alone(tmp_path: Path, paragraphs: Sequence[Runs]) -> None:
    draft = written(tmp_path, paragraphs)
    assert not told(draft)
    assert draft.text == "\n".join("".join(text for text, _ in runs) for runs in paragraphs)
