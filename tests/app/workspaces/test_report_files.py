"""Report in the real window: every format, and tables of a user's own document brought up to date."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.context import Context
from app.main_window import MainWindow
from app.workspaces.report import ReportWorkspace, refresh_dialog
from app.workspaces.report import workspace as report_module
from app.workspaces.report.refresh_dialog import RefreshDialog
from app.workspaces.report_draft import ReportDraft
from coding.project import Project
from coding.reports import ReportOptions
from coding.reports import report as write_report
from coding.reports.options import ReportItem
from coding.reports.origin import rewritten
from coding.reports.refresh_xml import describe, described
from tests.app.workspaces.reports_here import ReportsHere

Idle = Callable[[Context], None]
TABLES = ReportOptions(
    language="id", items=(ReportItem("triangulation", {"framework": "edward3"}), ReportItem("informants"))
)

FRONT = "report"


@pytest.fixture
def here(ctx: Context) -> None:
    """Reports are made in this process."""
    ctx.jobs.reports.close()
    ctx.jobs.reports = ReportsHere(ctx.jobs)


@pytest.fixture
def report(here: None, window: MainWindow, sample_ctx: Context, qtbot: QtBot, idle: Idle) -> ReportWorkspace:
    """Report in front, on the sample study, with two of its parts."""
    qtbot.waitUntil(lambda: window.front is not None)
    idle(sample_ctx)
    draft = ReportDraft.of(sample_ctx)
    draft.take(replace(draft.choice, tables=("informants", "factors"), frameworks=("edward3",)))
    window.show_workspace("report")
    made = window.workspaces["report"]
    assert isinstance(made, ReportWorkspace)
    qtbot.waitUntil(lambda: not made._timer.isActive())
    idle(sample_ctx)
    qtbot.waitUntil(lambda: made.settled, timeout=30_000)
    return made


@pytest.fixture(scope="module")
def written(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of two tables, written before it was kept what they said, in which two cells differ by now, and a row is
    missing."""
    path = tmp_path_factory.mktemp("written") / "Skripsi saya.docx"
    with Project.open(sample_file, read_only=True) as project:
        write_report(project, path, TABLES)
    document = Document(str(path))
    matrix, people = document.tables[0], document.tables[-1]
    for row, text in ((2, "+ 3"), (3, "± 2")):
        matrix.rows[row].cells[2].paragraphs[0].runs[0].text = text
    people._tbl.remove(people.rows[-1]._tr)
    for table, told_there in described(document.element):
        describe(table, rewritten(told_there, None))
    document.save(str(path))
    return path


@pytest.fixture
def thesis(written: Path, tmp_path: Path) -> Path:
    """The document with these tables, the test's own."""
    return Path(shutil.copy(written, tmp_path))


def asked(report: ReportWorkspace, path: Path, monkeypatch: pytest.MonkeyPatch) -> RefreshDialog:
    """The dialog just opened: it is looked for before anything is waited for, as it may close itself."""
    monkeypatch.setattr(refresh_dialog.QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    report.ctx.actions.run("report.refresh_document")
    dialog = report.findChild(RefreshDialog)
    assert isinstance(dialog, RefreshDialog)
    return dialog


def told(dialog: RefreshDialog) -> list[tuple[str, str, str]]:
    """Every line below a table."""
    tree = dialog.tree
    tops = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    lines = [top.child(number) for top in tops for number in range(top.childCount())]
    return [(line.text(0), line.text(2), line.text(3)) for line in lines]


def test_changes_are_shown_and_written(
    report: ReportWorkspace,
    thesis: Path,
    qtbot: QtBot,
    idle: Idle,
    monkeypatch: pytest.MonkeyPatch,
    notices: list[tuple[str, str, str]],
) -> None:
    before = thesis.read_bytes()
    dialog = asked(report, thesis, monkeypatch)
    qtbot.waitUntil(lambda: dialog.plan is not None)
    assert [line[1:] for line in told(dialog)][:2] == [("+ 3", "± 11"), ("± 2", "± 12")]
    assert dialog.write_button.isEnabled()
    assert thesis.read_bytes() == before
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    idle(report.ctx)
    texts = [[cell.text for cell in row.cells] for row in Document(str(thesis)).tables[0].rows]
    assert [texts[2][2], texts[3][2]] == ["± 11", "± 12"]
    kept = list(thesis.parent.glob("Skripsi saya - *.docx"))
    assert [path.read_bytes() for path in kept] == [before]
    assert any(kept[0].name in text for text, _, _ in notices)


def test_a_table_that_is_not_ticked_stays(
    report: ReportWorkspace, thesis: Path, qtbot: QtBot, idle: Idle, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = asked(report, thesis, monkeypatch)
    qtbot.waitUntil(lambda: dialog.plan is not None)
    assert dialog.plan is not None
    changed = {table.number for table in dialog.plan.changed}
    assert set(dialog.chosen()) == changed
    first = dialog.tree.topLevelItem(0)
    assert first is not None
    first.setCheckState(0, Qt.CheckState.Unchecked)
    assert set(dialog.chosen()) == changed - {0}
    qtbot.mouseClick(dialog.write_button, Qt.MouseButton.LeftButton)
    idle(report.ctx)
    tables = Document(str(thesis)).tables
    assert tables[0].rows[2].cells[2].text == "+ 3"
    assert len(tables[-1].rows) == 15


def test_the_users_own_words_are_shown_as_theirs_and_stay(
    report: ReportWorkspace,
    sample_file: Path,
    tmp_path: Path,
    qtbot: QtBot,
    idle: Idle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "skripsi.docx"
    with Project.open(sample_file, read_only=True) as project:
        write_report(project, path, TABLES)
    document = Document(str(path))
    document.tables[0].rows[2].cells[2].paragraphs[0].add_run(" catatan saya")
    document.save(str(path))
    dialog = asked(report, path, monkeypatch)
    qtbot.waitUntil(lambda: dialog.plan is not None)
    table = dialog.tree.topLevelItem(0)
    assert table is not None
    line = table.child(0)
    assert (line.text(1), line.checkState(0)) == ("your words", Qt.CheckState.Unchecked)
    assert not dialog.write_button.isEnabled()
    dialog.tree.setCurrentItem(line)
    assert dialog.change.old.toPlainText().strip().endswith("catatan saya")
    assert "catatan" not in dialog.change.new.toPlainText()
    dialog.tree.setFocus()
    qtbot.keyClick(dialog.tree, Qt.Key.Key_Space)
    assert list(dialog.chosen()) == [0]
    qtbot.mouseClick(dialog.write_button, Qt.MouseButton.LeftButton)
    idle(report.ctx)
    assert "catatan" not in Document(str(path)).tables[0].rows[2].cells[2].text


def test_a_document_open_in_word_is_said(
    report: ReportWorkspace,
    thesis: Path,
    qtbot: QtBot,
    idle: Idle,
    monkeypatch: pytest.MonkeyPatch,
    notices: list[tuple[str, str, str]],
) -> None:
    dialog = asked(report, thesis, monkeypatch)
    qtbot.waitUntil(lambda: dialog.plan is not None)
    thesis.with_name("~$ripsi saya.docx").write_bytes(b"")
    before = thesis.read_bytes()
    qtbot.mouseClick(dialog.write_button, Qt.MouseButton.LeftButton)
    idle(report.ctx)
    assert thesis.read_bytes() == before
    assert any("~$ripsi saya.docx" in text for text, _, _ in notices)
    assert dialog.isVisible()


def test_a_document_without_our_tables_is_said(
    report: ReportWorkspace, tmp_path: Path, idle: Idle, monkeypatch: pytest.MonkeyPatch,
    notices: list[tuple[str, str, str]], qtbot: QtBot,
) -> None:  # fmt: skip
    path = tmp_path / "lain.docx"
    Document().save(str(path))
    closed: list[int] = []
    # it closes itself, and is gone by then
    asked(report, path, monkeypatch).finished.connect(closed.append)
    idle(report.ctx)
    qtbot.waitUntil(lambda: closed == [RefreshDialog.DialogCode.Rejected])
    assert any("lain.docx" in text for text, _, _ in notices)


@pytest.mark.parametrize(
    ("suffix", "opening"), [(".pdf", b"%PDF"), (".html", b"<!DOCTYPE html>"), (".xlsx", b"PK"), (".md", b"#")]
)
def test_every_format_is_written(
    report: ReportWorkspace,
    qtbot: QtBot,
    idle: Idle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
    opening: bytes,
) -> None:
    kinds: list[str] = []

    def answer(*given: object) -> tuple[str, str]:
        kinds.extend(str(given[3]).split(";;"))
        return str(tmp_path / "bab4"), next(kind for kind in kinds if f"*{suffix})" in kind)

    monkeypatch.setattr(report_module.QFileDialog, "getSaveFileName", answer)
    qtbot.mouseClick(report.export_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(report.export_button.isEnabled, timeout=60_000)
    idle(report.ctx)
    assert (tmp_path / f"bab4{suffix}").read_bytes().startswith(opening)
    # the format offered next is the one written last
    assert report.export_button.text() == f"Export as {suffix[1:].upper()}…"
