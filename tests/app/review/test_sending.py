"""What is sent is chosen in a dialog: by hand, or all that was given to one coder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.context import Context
from app.dialogs.coder import CoderDialog
from app.main_window import MainWindow
from app.privacy.held import HeldDialog
from app.review import opening
from app.review.sending import ask_what_to_send
from coding.project import Project
from coding.review.packages import read_package, write_package
from coding.review.team import assign
from coding.transcripts.drafts import Draft
from coding.transcripts.intake import import_paths, store_draft

Idle = Callable[[Context], None]


def test_what_is_put_in_the_place_of_names_is_listed_before(
    ctx: Context, window: MainWindow, qtbot: QtBot, idle: Idle, tmp_path: Path
) -> None:
    path, file = tmp_path / "study.telaah", tmp_path / "Wulan.txt"
    text = "P: Dari mana?\n\nWulan Sukamaju: Saya Wulan, dari Desa Sukamaju. Sukamaju jauh.\n\n"
    file.write_text(text + "P: Lalu?\n\nWulan Sukamaju: Ya, menunggu.\n", "utf-8")
    with Project.create(path, "Studi", coder="Ani") as project:
        import_paths(project, [file])
    ctx.open_project(path)
    idle(ctx)
    dialog = ask_what_to_send(ctx, window)
    idle(ctx)
    dialog.anonymise.setChecked(True)
    qtbot.waitUntil(lambda: "replaced" in dialog.personal.said.text(), timeout=10_000)
    dialog.personal.open_list()
    (listed,) = dialog.findChildren(HeldDialog)
    table = listed.table
    rows = [[table.topLevelItem(n).text(c) for c in (0, 3, 4)] for n in range(table.topLevelItemCount())]
    assert ["Wulan", "replaced", "Informant 1"] in rows or ["Wulan", "replaced", "Informan 1"] in rows
    assert not any(text == "Sukamaju" and state == "replaced" for text, state, _ in rows)


def test_the_share_of_a_coder_is_ticked_at_once(ctx: Context, window: MainWindow, idle: Idle, tmp_path: Path) -> None:
    path, out = tmp_path / "study.telaah", tmp_path / "share.telaah-review"
    with Project.create(path, "Studi", frameworks=["edward3"], coder="Ani") as project:
        project.add_coder("Budi", "researcher")
        with project.operation("Import") as op:
            guids = [store_draft(op, Draft(f"Catatan {n}", f"Kami menunggu {n} jam.", "document")) for n in range(4)]
            for guid in guids[1:3]:
                assign(op, guid, "Budi", True)
    ctx.open_project(path)
    idle(ctx)
    dialog = ask_what_to_send(ctx, window)
    idle(ctx)
    assert dialog.chosen().whole
    assert not dialog.given.isHidden()
    dialog.given.setCurrentIndex(1)
    dialog.given.activated.emit(1)
    assert dialog.chosen().sources == tuple(guids[1:3])
    dialog.send(out)
    idle(ctx)
    assert read_package(out).counts["source"] == 2


def test_a_package_that_does_not_open_leaves_the_next_project_alone(
    ctx: Context, window: MainWindow, idle: Idle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "documents_folder", lambda: tmp_path)
    path, package = tmp_path / "study.telaah", tmp_path / "study.telaah-review"
    with Project.create(path, "Studi", coder="Ani") as project:
        write_package(project, package, coder="Ani")
    package.write_bytes(package.read_bytes()[:-400])
    opening.open_review(ctx, window, package)
    idle(ctx)
    assert ctx.project is None
    ctx.open_project(path)
    idle(ctx)
    assert window.front is not None
    assert window.front.key != "review"
    assert window.findChildren(CoderDialog) == []
