"""Headings: found in Markdown, Word and numbered chapters, stored with the code they name, compared with the codes."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from coding.analysis.headings import headings, set_heading_code
from coding.codes.queries import code_guid
from coding.errors import CodingError
from coding.project import Project
from coding.segments.editing import tag
from coding.transcripts.headings import bare, located, of_markdown, of_numbers, sections
from coding.transcripts.intake import import_paths
from coding.transcripts.queries import find_source, source_text

CHAPTER = (
    "# BAB IV\n\n## 4.1 Komunikasi\n\nSuratnya datang terlambat 📮.\nSyaratnya berubah.\n\n"
    "### Transmisi\n\nPetugas hanya berdua.\n\n## B. Sumber Daya ##\n\nDana turun tepat waktu.\n"
)


def words(text: str, spans: tuple[tuple[int, int, int], ...]) -> list[tuple[str, int]]:
    return [(text[start:end], level) for start, end, level in spans]


def test_markdown_has_its_signs_left_out() -> None:
    assert words(CHAPTER, of_markdown(CHAPTER)) == [
        ("BAB IV", 1), ("4.1 Komunikasi", 2), ("Transmisi", 3), ("B. Sumber Daya", 2),
    ]  # fmt: skip


def test_numbers_of_a_chapter_are_headings_and_sentences_are_not() -> None:
    text = "BAB IV HASIL PENELITIAN\n4.1 Komunikasi\nPada 4.1 dijelaskan.\n4.1.2 Kejelasan\n5.2 Ini kalimat biasa.\n"
    assert words(text, of_numbers(text)) == [("HASIL PENELITIAN", 1), ("Komunikasi", 2), ("Kejelasan", 3)]


def test_lines_are_found_in_their_order() -> None:
    text = "Komunikasi\nlihat Komunikasi di bawah\n  Komunikasi \nX"
    assert words(text, located(text, [("Komunikasi", 1), ("Komunikasi", 2), ("Tiada", 1), ("X", 1)])) == [
        ("Komunikasi", 1), ("Komunikasi", 2), ("X", 1),
    ]  # fmt: skip
    assert located(text, [("Komunikasi", 1), ("Komunikasi", 1)])[1][0] == text.rindex("Komunikasi")


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("4.1.2 Kejelasan", "kejelasan"), ("B. Sumber Daya", "sumber daya"), ("IV) Hasil", "hasil"), ("Staf", "staf")],
)
def test_numbers_do_not_count_in_a_comparison(heading: str, expected: str) -> None:
    assert bare(heading) == expected


def test_a_section_ends_at_the_next_heading_of_its_level() -> None:
    assert sections([(0, 2, 1), (5, 6, 2), (9, 10, 2), (20, 21, 1)], 30) == [(2, 20), (6, 9), (10, 20), (21, 30)]


def word_file(path: Path) -> Path:
    document = docx.Document()
    document.add_heading("Komunikasi", 1)
    document.add_paragraph("Suratnya datang terlambat 📮.")
    own = document.styles.add_style("Subbab", 1)
    own.base_style = document.styles["Heading 2"]
    document.add_paragraph("Transmisi", style="Subbab")
    document.add_paragraph("Komunikasi")
    document.save(str(path))
    return path


def test_word_headings_are_told_from_text_that_looks_the_same(project: Project, tmp_path: Path) -> None:
    import_paths(project, [word_file(tmp_path / "Bab.docx")])
    rows = headings(project)
    assert [(row.text, row.level, row.code) for row in rows] == [
        ("Komunikasi", 1, "edward3.communication"),
        ("Transmisi", 2, "edward3.communication.transmission"),
    ]
    assert rows[0].start == 0


def test_what_stands_under_another_heading_is_listed(project: Project, tmp_path: Path) -> None:
    (tmp_path / "Bab.md").write_text(CHAPTER, encoding="utf-8")
    import_paths(project, [tmp_path / "Bab.md"], method="document")
    guid = find_source(project, "Bab")
    text = source_text(project, guid).text
    with project.operation("Tag passages") as op:
        for passage, path in (
            ("Suratnya datang terlambat", "edward3.communication.transmission"),
            ("Syaratnya berubah", "edward3.communication.consistency"),
            ("Petugas hanya berdua", "edward3.resources.staff"),
            ("Petugas hanya berdua", "dwiyanto.productivity.efficiency"),
            ("Dana turun", "edward3.resources.budget"),
        ):
            at = text.index(passage)
            tag(op, guid, at, at + len(passage), code_guid(op.session, path))
    rows = {row.text: row for row in headings(project)}
    assert {name: row.code for name, row in rows.items()} == {
        "BAB IV": None,
        "4.1 Komunikasi": "edward3.communication",
        "Transmisi": "edward3.communication.transmission",
        "B. Sumber Daya": "edward3.resources",
    }
    assert [m.code for m in rows["4.1 Komunikasi"].mismatches] == ["edward3.resources.staff"]
    assert [(m.code, m.quote) for m in rows["Transmisi"].mismatches] == [
        ("edward3.resources.staff", "Petugas hanya berdua")
    ]
    assert rows["B. Sumber Daya"].mismatches == ()
    assert rows["BAB IV"].segments == 5

    with project.operation("Say what a heading names") as op:
        set_heading_code(op, rows["BAB IV"].guid, code_guid(op.session, "edward3.resources"))
        set_heading_code(op, rows["Transmisi"].guid, None)
    changed = {row.text: row for row in headings(project)}
    assert [m.code for m in changed["BAB IV"].mismatches] == [
        "edward3.communication.transmission", "edward3.communication.consistency",
    ]  # fmt: skip
    assert changed["Transmisi"].mismatches == ()
    project.undo()
    assert {row.text: row.code for row in headings(project)} == {name: row.code for name, row in rows.items()}
    with pytest.raises(CodingError), project.operation("Say what a heading names") as op:
        set_heading_code(op, "gone", None)
