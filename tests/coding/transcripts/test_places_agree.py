"""Whatever a source came from: a passage coded by its place and the same passage found by searching are one."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from coding.codes.queries import code_guid
from coding.project import Project
from coding.search.find import search
from coding.segments.editing import tag
from coding.segments.queries import segments
from coding.text import normalise
from coding.transcripts.flow import Places
from coding.transcripts.intake import import_paths
from coding.transcripts.queries import source_text, sources
from coding.transcripts.reader_doc import office

FORMATS = Path(__file__).resolve().parents[2] / "data" / "formats"
LINES = (
    "Keluarga 👩‍👩‍👧 datang cafe\u0301 tadi 🇮🇩 pagi",
    "A\u030angka n\u0303a 𝟙𝟚 dan q\u0323\u0307 tetap 👍🏽 jelas",
    "Pelayanan 📮 cuma satu loket u\u0308ber",
)
"""Letters with marks of their own that compose and that don't, letters beyond the first plane, joined signs."""


def word(path: Path) -> None:
    document = docx.Document()
    for line in TALK:
        document.add_paragraph(line)
    document.save(str(path))


def plain(path: Path) -> None:
    path.write_text("\r\n".join(TALK), encoding="utf-16")


def page(path: Path) -> None:
    path.write_text("<meta charset=utf-8>" + "".join(f"<p>{line}" for line in TALK), encoding="utf-8")


def rich(path: Path) -> None:
    def escaped(line: str) -> str:
        units = line.encode("utf-16-le")
        numbers = [int.from_bytes(units[i : i + 2], "little", signed=True) for i in range(0, len(units), 2)]
        return "".join(chr(n) if 31 < n < 128 else f"\\u{n}?" for n in numbers)

    path.write_text("{\\rtf1\\ansi " + "\\par ".join(map(escaped, TALK)) + "}", encoding="ascii")


def subtitles(path: Path) -> None:
    cues = (f"{n + 1}\n00:00:{n:02},000 --> 00:00:{n + 1:02},000\n{line}\n" for n, line in enumerate(TALK))
    path.write_text("\n".join(cues), encoding="utf-8")


def table(path: Path) -> None:
    book = Workbook()
    for row in [["Pembicara", "Ucapan"], *([*line.split(": ", 1)] for line in TALK)]:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(path)


TALK = [f"{who}: {line}" for line in LINES for who, line in (("Peneliti", "Apa?"), ("SL", line))]
MADE: dict[str, Callable[[Path], None]] = {
    "docx": word, "txt": plain, "html": page, "rtf": rich, "srt": subtitles, "xlsx": table,
}  # fmt: skip


def agree(project: Project) -> None:
    """Code passages of the one source at random places, and search for each."""
    (row,) = sources(project)
    text = source_text(project, row.guid).text
    assert unicodedata.is_normalized("NFC", text)
    chance = random.Random(text)
    edges = [i for i, c in enumerate(text) if not c.isspace() and not unicodedata.combining(c)]
    coded: set[tuple[int, int]] = set()
    for _ in range(12):
        start = chance.choice(edges)
        end = min(len(text), start + chance.randint(6, 30))
        passage = text[start:end].split("\n")[0].rstrip()
        end = start + len(passage)
        if len(passage) < 3 or (start, end) in coded:
            continue
        coded.add((start, end))
        with project.operation("Tag") as op:
            tag(op, row.guid, start, end, code_guid(op.session, "edward3.resources.facilities"))
        assert passage in {segment.text for segment in segments(project)}
        assert {segment.text for segment in segments(project) if (segment.start, segment.end) == (start, end)} == {
            passage
        }
        assert (start, end) in {(hit.start, hit.end) for hit in search(project, passage)}, passage


@pytest.mark.parametrize("suffix", MADE)
def test_odd_letters_keep_their_places(project: Project, tmp_path: Path, suffix: str) -> None:
    MADE[suffix](tmp_path / f"a.{suffix}")
    done = import_paths(project, [tmp_path / f"a.{suffix}"])
    assert [str(refused.error) for refused in done.refused] == []
    agree(project)
    (row,) = sources(project)
    flat = " ".join(source_text(project, row.guid).text.split())
    for line in LINES:
        assert normalise(line) in flat


@pytest.mark.parametrize("suffix", ["docx", "odt", "rtf", "html", "pdf", "doc"])
@pytest.mark.parametrize("name", ["Wawancara SL", "Catatan SL"])
def test_files_of_real_programs_keep_their_places(project: Project, name: str, suffix: str) -> None:
    if suffix == "doc" and office() is None:
        pytest.skip("old Word documents are read with LibreOffice")
    import_paths(project, [FORMATS / f"{name}.{suffix}"])
    agree(project)


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from("ae \n\r\u2028\u0301\u0323\u030a\x00\ufeff📮\u00e9\u1100\u1161\u11a8"), max_size=40
    )
)
def test_a_place_moves_with_the_text_before_it(raw: str) -> None:
    stored = normalise(raw)
    place = Places(raw, stored)
    moved = [place(at) for at in range(len(raw) + 1)]
    assert moved == sorted(moved)
    assert (moved[0], moved[-1]) == (0, len(stored))
    for at in range(len(raw) + 1):
        before, after = normalise("\n" + raw[:at]), normalise("\n" + raw[at:])
        # where nothing composes over the place, what stands before it is what stood before it
        if before + after[1:] == "\n" + stored:
            assert stored[: moved[at]] == before[1:]
