"""What was closed is gone: from memory, and from the hands of the system, which on Windows would not let the file be
moved."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.context import Context
from app.dialogs.crash import CrashDialog
from app.jobs.collector import Collector
from app.main_window import MainWindow
from app.settings import Settings
from app.startup import let_go
from tests.samples import sample_copy

Idle = Callable[[Context], None]

WORKSPACES = ("transcripts", "evidence", "matrices", "review", "report")
WINDOWS = (
    "telaah.show_about", "project.new", "project.send_for_review", "project.show_backups", "project.change_coder",
    "project.show_team", "project.show_memos", "project.show_privacy", "code.edit_all", "edit.show_history",
    "edit.find_in_all", "code.show_repeated", "help.show_shortcuts", "informant.show_table", "source.edit_details",
    "source.edit_text", "source.edit_speakers", "source.remove", "code.show_codebook", "code.show_card",
)  # fmt: skip
"""Actions that open a window or a dialog of their own."""


def open_sample(ctx: Context, path: Path, qtbot: QtBot, idle: Idle) -> None:
    with qtbot.waitSignal(ctx.project_opened, timeout=20_000):
        ctx.open_project(sample_copy(path, reviewed=False))
    QApplication.processEvents()
    idle(ctx)


def look_round(window: MainWindow, idle: Idle) -> dict[str, weakref.ref[QWidget]]:
    """Every workspace and every window and dialog was shown once."""
    seen: dict[str, weakref.ref[QWidget]] = {"window": weakref.ref(window)}
    for key in WORKSPACES:
        window.show_workspace(key)
        idle(window.ctx)
        seen[key] = weakref.ref(window.workspaces[key])
    window.show_workspace("transcripts")
    idle(window.ctx)
    for name in WINDOWS:
        before = {id(widget) for widget in shown()}
        window.ctx.actions.run(name)
        idle(window.ctx)
        for widget in shown():
            if id(widget) not in before:
                seen[name] = weakref.ref(widget)
                widget.close()
    return seen


def shown() -> list[QWidget]:
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]


def living(seen: dict[str, Any]) -> list[str]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    return [name for name, reference in seen.items() if reference() is not None]


def test_a_window_goes_with_all_that_was_opened_in_it(home: Path, tmp_path: Path, qtbot: QtBot, idle: Idle) -> None:
    ctx = Context(Settings())
    ctx.apply_theme()
    window = MainWindow(ctx)
    window.show()
    open_sample(ctx, tmp_path / "sample.telaah", qtbot, idle)
    seen: dict[str, Any] = {"context": weakref.ref(ctx), **look_round(window, idle)}
    assert len(seen) > len(WINDOWS)
    window.close()
    let_go(ctx, window)
    del ctx, window
    assert living(seen) == []


def test_a_dialog_is_gone_once_it_was_closed(ctx: Context, window: MainWindow) -> None:
    dialog = CrashDialog(ctx, window)
    dialog.open()
    seen = {"dialog": weakref.ref(dialog)}
    dialog.close()
    del dialog
    assert living(seen) == []


def test_one_project_after_the_other_leaves_nothing_behind(
    ctx: Context, window: MainWindow, tmp_path: Path, qtbot: QtBot, idle: Idle
) -> None:
    def kept() -> int:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        return len(gc.get_objects())

    counted = []
    for number in range(4):
        path = tmp_path / f"sample {number}.telaah"
        open_sample(ctx, path, qtbot, idle)
        for key in WORKSPACES[:3]:
            window.show_workspace(key)
            idle(ctx)
        with qtbot.waitSignal(ctx.project_closed, timeout=20_000):
            ctx.close_project()
        idle(ctx)
        counted.append(kept())
        # nobody holds the file: elsewhere than on Windows it could be moved in any case
        path.replace(path.with_suffix(".moved"))
        assert not held(path)
    assert counted[-1] - counted[1] < 200


def held(path: Path) -> list[str]:
    """The open files of this process that lie at `path` or beside it, where the system tells."""
    handles = Path("/proc/self/fd")
    targets = (
        [str(handle.readlink()) for handle in handles.iterdir() if handle.is_symlink()] if handles.is_dir() else []
    )
    return [target for target in targets if target.startswith(str(path.with_suffix("")))]


def test_everything_is_gone_through_again_only_when_much_is_new(qapp: QApplication) -> None:
    rounds: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            rounds.append(info["generation"])

    collector = Collector()
    thresholds = gc.get_threshold()
    gc.callbacks.append(note)
    try:
        gc.set_threshold(1, 1, 1)
        for _ in range(9):
            litter = [[number] for number in range(100)]
            collector.collect_due()
        assert rounds.count(2) == 1
        assert rounds.count(1) > 1
        litter = [[number] for number in range(len(gc.get_objects()) // 2)]
        for _ in range(9):
            collector.collect_due()
        assert rounds.count(2) == 2
        del litter
    finally:
        gc.callbacks.remove(note)
        gc.set_threshold(*thresholds)
        collector.stop()
