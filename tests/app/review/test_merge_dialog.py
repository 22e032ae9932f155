"""The preview of a merge in the window: what it lists, settling what both changed, merging, undo."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.context import Context
from app.main_window import MainWindow
from app.review.merge_dialog import MergeDialog
from app.review.opening import show_merge
from coding.codes.queries import code_guid
from coding.project import Project
from coding.review.packages import write_package
from coding.segments.editing import set_valence, tag
from coding.segments.queries import segments
from coding.transcripts.drafts import Draft
from coding.transcripts.intake import store_draft

Idle = Callable[[Context], None]
TEXT = "Syaratnya berubah dua kali. Petugasnya ramah sekali."


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Path, Path, str]:
    """Two copies: Budi tagged in his, and both gave one passage another direction."""
    ours, theirs = tmp_path / "ours.telaah", tmp_path / "theirs.telaah"
    with Project.create(ours, "Studi", frameworks=["edward3"], coder="Ani") as project:
        with project.operation("Import") as op:
            source = store_draft(op, Draft("Wawancara", TEXT, "document"))
        with project.operation("Tag a passage") as op:
            guid = tag(op, source, 0, 27, code_guid(op.session, "edward3.communication.clarity"))
    shutil.copy(ours, theirs)
    with Project.open(theirs, coder="Budi") as project:
        with project.operation("Set direction") as op:
            set_valence(op, [guid], "supporting")
        with project.operation("Tag a passage") as op:
            tag(op, source, 28, 52, code_guid(op.session, "edward3.disposition"), memo="ramah")
    with Project.open(ours, coder="Ani") as project, project.operation("Set direction") as op:
        set_valence(op, [guid], "inhibiting")
    return ours, theirs, guid


def shown(dialog: MergeDialog) -> list[str]:
    """Every line of the list, those below a heading indented."""
    lines = []
    for number in range(dialog.tree.topLevelItemCount()):
        item = dialog.tree.topLevelItem(number)
        assert item is not None
        lines.append(item.text(0))
        lines += [f"  {item.child(i).text(0)}" for i in range(item.childCount())]
    return lines


def opened(ctx: Context, window: MainWindow, path: Path, other: Path, idle: Idle) -> MergeDialog:
    ctx.open_project(path)
    idle(ctx)
    dialog = show_merge(ctx, window, other)
    idle(ctx)
    return dialog


def test_it_says_what_is_new_and_what_both_changed(
    ctx: Context, window: MainWindow, idle: Idle, copies: tuple[Path, Path, str]
) -> None:
    ours, theirs, _ = copies
    dialog = opened(ctx, window, ours, theirs, idle)
    lines = shown(dialog)
    assert "Changed on both sides (1)" in lines
    assert "New (2)" in lines
    assert "  coded segments: 1" in lines
    assert "  Budi" in lines
    assert "inhibiting" in dialog.ours.text()
    assert "supporting" in dialog.theirs.text()
    assert not dialog.sides.isHidden()
    assert dialog.merge.isEnabled()


def test_what_the_person_settles_is_what_comes_out_and_undo_takes_all_back(
    ctx: Context, window: MainWindow, idle: Idle, qtbot: QtBot, copies: tuple[Path, Path, str]
) -> None:
    ours, theirs, guid = copies
    dialog = opened(ctx, window, ours, theirs, idle)
    other = "ours" if dialog.choices["theirs"].isChecked() else "theirs"
    qtbot.mouseClick(dialog.choices[other], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.merge, Qt.MouseButton.LeftButton)
    idle(ctx)
    expected = {"ours": "inhibiting", "theirs": "supporting"}[other]
    with Project.open(ours, read_only=True) as project:
        assert {row.valence for row in segments(project, guids=[guid])} == {expected}
        assert {row.coder for row in segments(project)} == {"Ani", "Budi"}
    assert ctx.project is not None
    assert ctx.project.next_undo == "Merge theirs.telaah"
    ctx.undo()
    idle(ctx)
    with Project.open(ours, read_only=True) as project:
        assert [(row.valence, row.coder) for row in segments(project)] == [("inhibiting", "Ani")]


def test_a_file_that_changed_after_it_was_looked_at_is_not_merged(
    ctx: Context, window: MainWindow, idle: Idle, qtbot: QtBot, copies: tuple[Path, Path, str]
) -> None:
    ours, theirs, _ = copies
    dialog = opened(ctx, window, ours, theirs, idle)
    with Project.open(theirs, coder="Budi") as project, project.operation("Tag a passage") as op:
        tag(op, segments(project)[0].source_guid, 3, 9, code_guid(op.session, "edward3.resources"))
    qtbot.mouseClick(dialog.merge, Qt.MouseButton.LeftButton)
    idle(ctx)
    with Project.open(ours, read_only=True) as project:
        assert len(segments(project)) == 1


def test_nothing_to_merge_is_said(
    ctx: Context, window: MainWindow, idle: Idle, copies: tuple[Path, Path, str], tmp_path: Path
) -> None:
    ours, _, _ = copies
    same = tmp_path / "same.telaah"
    shutil.copy(ours, same)
    dialog = opened(ctx, window, ours, same, idle)
    assert "Nothing to merge" in dialog.head.text()
    assert not dialog.merge.isEnabled()


def test_a_package_dropped_on_its_project_is_merged_and_elsewhere_opened(
    ctx: Context, window: MainWindow, idle: Idle, copies: tuple[Path, Path, str], tmp_path: Path
) -> None:
    ours, theirs, _ = copies
    package = tmp_path / "telaah.telaah-review"
    renamed = tmp_path / "IMG-2026.zip"
    with Project.open(theirs, coder="Budi") as project:
        write_package(project, package)
    ctx.open_project(ours)
    idle(ctx)
    window.take_files([package])
    idle(ctx)
    (dialog,) = window.findChildren(MergeDialog)
    assert "New (2)" in shown(dialog)
    dialog.reject()
    ctx.close_project()
    idle(ctx)
    shutil.copy(package, renamed)  # as a messenger does
    window.take_files([renamed])
    idle(ctx)
    assert ctx.project is not None
    assert ctx.project.title == "Studi"
    assert ctx.project.path.parent.name == "Telaah"
    assert ctx.project.next_undo is None
