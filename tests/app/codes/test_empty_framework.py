"""A framework without codes is met everywhere in the window without harm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.context import Context
from app.main_window import MainWindow
from coding.codes.own_frameworks import new_framework

Idle = Callable[[Context], None]


def test_every_workspace_shows_a_framework_that_is_empty(
    window: MainWindow, sample_ctx: Context, qtbot: QtBot, idle: Idle
) -> None:
    def rest() -> None:
        for _ in range(5):
            idle(sample_ctx)
            QApplication.processEvents()

    said: list[str] = []
    sample_ctx.notice.connect(lambda text, kind, *_: said.append(text) if kind == "error" else None)
    sample_ctx.operate("Make", lambda op: new_framework(op, "Kerangka desa"))
    rest()
    sample_ctx.show_workspace("transcripts")
    rest()
    transcripts: Any = window.workspaces["transcripts"]
    transcripts.codes.show_framework("kerangka_desa")
    rest()
    assert transcripts.codes.framework == "kerangka_desa"
    assert "Ctrl+Shift+K" in transcripts.codes._hint.text()
    assert not transcripts.codes.tree.isVisible()
    sample_ctx.actions.run("code.show_codebook")
    rest()
    sample_ctx.show_workspace("matrices")
    rest()
    matrices: Any = window.workspaces["matrices"]
    matrices.triangulation.framework.chosen.emit("kerangka_desa")
    rest()
    assert matrices.triangulation.choice.framework == "kerangka_desa"
    sample_ctx.show_workspace("report")
    rest()
    assert said == []
