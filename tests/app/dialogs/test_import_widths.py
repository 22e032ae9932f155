"""Codes and labels of speakers are not cut in the preview of an import."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from app.context import Context
from app.dialogs.import_speakers import SpeakerTable
from coding.transcripts.drafts import Draft, DraftTurn, Speaker
from coding.transcripts.preview import Known


def table(ctx: Context, qtbot: QtBot, label: str, code: str) -> SpeakerTable:
    text = f"{label}: Iya."
    start = len(label) + 2
    speakers = (Speaker(label, "informant", code=code),)
    draft = Draft(
        "W", text, "interview", speakers=speakers, turns=(DraftTurn(start, len(text), 0, start - 1, 0),)
    )  # fmt: skip
    made = SpeakerTable(ctx)
    qtbot.addWidget(made)
    made.resize(620, 200)
    made.show_draft(draft, Known())
    made.show()
    return made


def test_a_code_of_two_words_is_whole(ctx: Context, qtbot: QtBot) -> None:
    line = table(ctx, qtbot, "Bang S", "bang Suryanto").line("Bang S")
    needed = QFontMetrics(line.code.font()).horizontalAdvance("bang Suryanto")
    assert line.code.width() - 18 >= needed
    assert line.code.cursorPosition() <= len("bang Suryanto")


def test_a_very_long_label_is_whole_in_its_tooltip(ctx: Context, qtbot: QtBot) -> None:
    long = "Ketua kelompok tani Sumber Rejeki Makmur"
    line = table(ctx, qtbot, long, "KT").line(long)
    assert line.name.text().endswith("…")
    assert line.name.toolTip() == long
