"""The sentences of the running text as the user writes them."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.context import Context
from app.workspaces.report.sentences import SentencesDialog
from coding.reports.narrative import SENTENCES, TURNS, check_wording
from coding.words import Words


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_field_shows_the_sentences_that_are_used_one_after_the_other(
    ctx: Context, qtbot: QtBot, language: str
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    taken: list[dict[str, str]] = []
    dialog = SentencesDialog(ctx, parent, {}, language, taken.append)
    qtbot.addWidget(dialog)
    words = Words(language)
    for key, sentences in SENTENCES.items():
        shown = dialog.fields[key].placeholderText()
        assert shown
        if sentences:
            assert shown.split(f" {TURNS} ") == [words.t(sentence) for sentence in sentences]
            check_wording({key: shown})
    assert TURNS in dialog.fields["supports"].toolTip()
    dialog.fields["supports"].setText("{who} mendukung. | Dukungan datang dari {name}.")
    assert not dialog.ok.isEnabled()
    dialog.fields["supports"].setText("{who} mendukung. | Dukungan datang dari {who}.")
    assert dialog.ok.isEnabled()
    dialog.ok.click()
    assert taken == [{"supports": "{who} mendukung. | Dukungan datang dari {who}."}]
