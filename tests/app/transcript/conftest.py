"""Transcripts made for the tests, and a text view that shows one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from app.context import Context
from app.transcript.view import TranscriptView
from coding.segments.rows import SegmentRow, Valence
from coding.transcripts.rows import SourceText, TurnRow

HEADER = "Wawancara Program Pangan Dusun\nInforman: RS\nTanggal: 12 Mei 2026"
TURNS = (
    ("Peneliti", "Bagaimana informasi tentang program ini sampai ke warga?"),
    (
        "RS",
        "Kalau informasinya, kami sampaikan lewat rapat dusun. Itu rutin tiap awal bulan 🙂. Warga cepat tahu, cuma "
        "persyaratannya sempat berubah dua kali. Akhirnya warga bingung dan tanya lagi ke kantor.",
    ),
    ("Peneliti", "Dari sisi petugas 👩🏽‍🌾, apakah jumlahnya mencukupi?"),
    (
        "RS",
        "Petugas loket cuma dua, padahal desanya sembilan. Kalau hari pasaran antre sampai ke halaman.\n"
        "Untungnya teman-teman tetap mau lembur. Kalau tidak begitu ya sudah mandek dari dulu.",
    ),
)


@dataclass(frozen=True)
class Maker:
    """Makes sources and segments as queries would give them."""

    def source(
        self, turns: tuple[tuple[str, str], ...] = TURNS, header: str = HEADER, between: str = "\n\n", end: str = ""
    ) -> SourceText:
        """A source with `turns` of (label, words); the label "Peneliti" is the researcher's, an empty one none."""
        text, rows, sentences = header, [], []
        for number, (label, words) in enumerate(turns):
            text += between if text else ""
            begin = len(text)
            text += f"{label}: " if label else ""
            start = len(text)
            text += words
            if label:
                kind = "researcher" if label == "Peneliti" else "informant"
                informant = label if kind == "informant" else None
                rows.append(
                    TurnRow(
                        f"t{number}", start, len(text), begin, begin + len(label), kind, label, informant, informant
                    )
                )
            sentences += [(start + m.start(), start + m.end()) for m in re.finditer(r"[^.?!\s][^.?!]*[.?!]", words)]
        return SourceText(
            "source-1", "RS", "interview", None, None, text + end, len(header), tuple(rows), tuple(sentences)
        )

    def segment(
        self,
        source: SourceText,
        words: str | tuple[int, int],
        label: str = "Transmisi",
        valence: Valence | None = None,
        *,
        color: int = 0,
        guid: str = "",
        coder: str = "Ani",
    ) -> SegmentRow:
        """A coded segment on the first place of `words` in the source, or on a span."""
        if isinstance(words, str):
            start = source.text.index(words)
            end = start + len(words)
        else:
            start, end = words
        return SegmentRow(
            guid=guid or f"{label} {start}–{end}",
            source=source.name,
            source_guid=source.guid,
            start=start,
            end=end,
            text=source.text[start:end],
            framework="edward3",
            code=f"edward3.{label}",
            code_guid=f"code {label}",
            label_id=label,
            label_en=f"{label} (en)",
            color=color,
            valence=valence,
            coder=coder,
            informants=("RS",),
            memo="",
            exemplar=False,
            created_at="",
            modified_at="",
        )


@pytest.fixture
def make() -> Maker:
    return Maker()


@pytest.fixture
def source(make: Maker) -> SourceText:
    return make.source()


@pytest.fixture
def long_source(make: Maker) -> SourceText:
    """Two hundred turns, far more than fit on a screen."""
    return make.source(tuple((TURNS[n % 4][0], f"{TURNS[n % 4][1]} Giliran {n}.") for n in range(200)))


@pytest.fixture
def view(ctx: Context, qtbot: QtBot, source: SourceText) -> TranscriptView:
    """The text view on `source`, shown, with the focus in the text."""
    made = TranscriptView(ctx)
    qtbot.addWidget(made)
    made.resize(900, 620)
    made.set_source(source)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.area.hasFocus)
    return made


Place = Callable[[TranscriptView, int], QPoint]


@pytest.fixture
def point_of() -> Place:
    """Gives the middle of the character at a code point, in the text's viewport."""

    def find(view: TranscriptView, at: int) -> QPoint:
        area = view.area
        position = area.shown.display.to_qt(at, forward=True)
        rect = area.geometry_.rects(position, position + 1)[0]
        return rect.center().toPoint() - QPoint(0, area.offset)

    return find
