"""The report in the real window on the sample study: what is on screen is what goes to Word."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QTextCursor, QTextTable
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.context import Context
from app.main_window import MainWindow
from app.workspaces.matrices import MatricesWorkspace
from app.workspaces.report import ReportWorkspace
from app.workspaces.report import workspace as report_module
from app.workspaces.report.copying import copy_table, picture_at, whole_table
from app.workspaces.report_draft import ReportChoice, ReportDraft
from coding.analysis.wording import GLYPHS, status_word
from coding.project import Operation, Project
from coding.reports.options import CHAPTER, PRESETS, TABLES, ReportItem, ReportOptions
from coding.reports.places import digest_of
from coding.reports.saved import from_params, same_report, to_params
from coding.segments.editing import set_valence
from coding.segments.queries import segments
from coding.words import Words
from tests.app.workspaces.reports_here import ReportsHere

Idle = Callable[[Context], None]
Notices = list[tuple[str, str, str]]

FRONT = "report"


FEW = ("informants", "findings", "triangulation")
"""Parts that most tests are content with."""


@pytest.fixture
def own_process() -> None:
    """Reports are made in a process of their own, as for the user."""


@pytest.fixture
def here(request: pytest.FixtureRequest, ctx: Context) -> None:
    """Reports are made in this process, but for tests that ask for `own_process`."""
    if "own_process" not in request.fixturenames:
        ctx.jobs.reports.close()
        ctx.jobs.reports = ReportsHere(ctx.jobs)


@pytest.fixture
def report(here: None, window: MainWindow, sample_ctx: Context, qtbot: QtBot, idle: Idle) -> ReportWorkspace:
    """Report in front, on the sample study, its preview of a few parts made."""
    qtbot.waitUntil(lambda: window.front is not None)
    idle(sample_ctx)
    draft = ReportDraft.of(sample_ctx)
    draft.take(replace(draft.choice, tables=FEW, frameworks=("edward3",)))
    window.show_workspace("report")
    made = window.workspaces["report"]
    assert isinstance(made, ReportWorkspace)
    settle(made, qtbot, idle)
    return made


def settle(report: ReportWorkspace, qtbot: QtBot, idle: Idle) -> None:
    """Wait until the preview shows what is chosen."""
    qtbot.waitUntil(lambda: not report._timer.isActive())
    idle(report.ctx)
    qtbot.waitUntil(lambda: report.settled, timeout=30_000)


def change(report: ReportWorkspace, qtbot: QtBot, idle: Idle, **changes: object) -> None:
    report.draft.take(replace(report.draft.choice, **changes))  # type: ignore[arg-type]
    settle(report, qtbot, idle)


def squeezed(text: str) -> str:
    """All white space, and the marks Qt puts for tables, as one space."""
    return re.sub(r"[\s\ufdd0-\ufdef\ufffc]+", " ", text).strip()


def word_texts(path: Path) -> tuple[list[str], list[list[list[str]]]]:
    """The paragraphs of a Word file, and its tables as rows of cell texts."""
    from docx import Document

    document = Document(str(path))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    return [paragraph.text for paragraph in document.paragraphs], tables


def export(report: ReportWorkspace, path: Path, qtbot: QtBot, idle: Idle, monkeypatch: pytest.MonkeyPatch) -> None:
    """Press the button and answer the question with `path`."""
    monkeypatch.setattr(report_module.QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    qtbot.mouseClick(report.export_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(report.export_button.isEnabled, timeout=30_000)
    idle(report.ctx)


def answer(report: ReportWorkspace, name: str, qtbot: QtBot) -> None:
    """Press a button of the dialog that asks."""
    press = next(one for one in report.findChildren(QPushButton, name) if one.isVisible())
    qtbot.mouseClick(press, Qt.MouseButton.LeftButton)


def written(report: ReportWorkspace, qtbot: QtBot, idle: Idle) -> None:
    """Wait until the report stands in its file and that is known."""
    idle(report.ctx)
    qtbot.waitUntil(report.export_button.isEnabled, timeout=30_000)
    settle(report, qtbot, idle)


def test_the_word_file_has_the_numbers_of_the_matrix(
    window: MainWindow,
    report: ReportWorkspace,
    qtbot: QtBot,
    idle: Idle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window.show_workspace("matrices")
    idle(report.ctx)
    matrices = window.workspaces["matrices"]
    assert isinstance(matrices, MatricesWorkspace)
    tab = matrices.triangulation
    tab.choose(replace(tab.choice, columns="category", percent=80))
    idle(report.ctx)
    tab.view.rows.expand_all(True)
    tab.report_button.click()
    window.show_workspace("report")
    settle(report, qtbot, idle)
    path = tmp_path / "findings.docx"
    export(report, path, qtbot, idle, monkeypatch)
    _, tables = word_texts(path)
    words, columns = Words("id"), [column.label.in_("id") for column in tab.view.rows.columns]
    table = next(t for t in tables if len(t[0]) == len(columns) + 4 and t[2][1] == "Komunikasi")
    lines = tab.view.rows.lines
    assert [row[1] for row in table[2:]] == [line.row.label.in_("id") for line in lines]
    for line, row in zip(lines, table[2:], strict=True):
        for cell, shown in zip(line.row.cells, row[2:], strict=False):
            if cell.passages:
                assert shown.split("\n")[0] == f"{GLYPHS[cell.stance]} {cell.passages}"
            else:
                assert shown == GLYPHS["silent"]
        assert row[-1] == status_word(line.row.status, words)


def test_the_preview_says_what_the_word_file_says(
    report: ReportWorkspace, qtbot: QtBot, idle: Idle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(
        report, qtbot, idle, attribution="({name}[, {age}], {date})", chapter=5, source_line="Sumber: lapangan",
        tables=None, frameworks=None,
    )  # fmt: skip
    path = tmp_path / "findings.docx"
    export(report, path, qtbot, idle, monkeypatch)
    shown = squeezed(report.preview.plain_text())
    paragraphs, tables = word_texts(path)
    assert len(paragraphs) > 40
    assert f"BAB V {paragraphs[0].strip().upper()} 5.1 " in shown
    for text in paragraphs[1:]:
        assert squeezed(text) in shown
    assert f"about {report.preview.pages} pages" in report._hint.text()
    for table in tables:
        for row in table:
            for text in row:
                assert squeezed(text) in shown
    assert "Tabel 5.1" in shown
    assert "Sumber: lapangan" in shown
    assert "(Dra. Ratih Setyaningrum, M.Si., 51, 6 Mei 2025)" in shown


def test_a_wrong_attribution_is_said_in_one_sentence_and_changes_nothing(
    report: ReportWorkspace, qtbot: QtBot, idle: Idle, notices: Notices, monkeypatch: pytest.MonkeyPatch
) -> None:
    field = report.options.attribution
    field.edit.selectAll()
    qtbot.keyClicks(field.edit, "{code}, {nama}")
    settle(report, qtbot, idle)
    assert "{nama}" in field.error.text()
    assert "{name}" in field.error.text()
    assert field.error.isVisible()
    assert field.example.isHidden()
    assert report.draft.choice.attribution == "{code}, "
    asked: list[Any] = []
    monkeypatch.setattr(report_module.QFileDialog, "getSaveFileName", lambda *a: (asked.append(a), ("", ""))[1])
    qtbot.mouseClick(report.export_button, Qt.MouseButton.LeftButton)
    assert asked == []
    assert notices[-1][1] == "error"
    field.edit.selectAll()
    qtbot.keyClicks(field.edit, "[{code}]")
    settle(report, qtbot, idle)
    assert field.error.isHidden()
    assert field.example.text() == "Example: RS"
    assert "(RS, 51)" not in report.preview.plain_text()


def test_placeholders_are_put_where_the_cursor_is(report: ReportWorkspace, qtbot: QtBot, idle: Idle) -> None:
    field = report.options.attribution
    field.edit.setText("({code}, )")
    field.edit.setCursorPosition(9)
    field.placeholders.linkActivated.emit("role")
    assert field.edit.text() == "({code}, {role})"
    assert report.draft.choice.attribution == "({code}, {role})"
    assert field.example.text() == "Example: (RS, Kepala Seksi Jaminan Sosial, Dinas Sosial)"
    settle(report, qtbot, idle)
    assert "(RS, Kepala Seksi Jaminan Sosial, Dinas Sosial)" in squeezed(report.preview.plain_text())


def test_the_language_of_the_report_is_its_own(report: ReportWorkspace, qtbot: QtBot, idle: Idle) -> None:
    assert report.ctx.language == "en"
    assert "Tabel 4.1" in report.preview.plain_text()
    qtbot.mouseClick(report.options.languages.button("en"), Qt.MouseButton.LeftButton)
    settle(report, qtbot, idle)
    assert "Table 4.1" in report.preview.plain_text()
    assert "Communication" in report.preview.plain_text()
    report.ctx.set_language("id")
    settle(report, qtbot, idle)
    assert "Table 4.1" in report.preview.plain_text()


def test_only_the_tables_that_are_ticked_are_there(
    report: ReportWorkspace, qtbot: QtBot, idle: Idle, notices: Notices
) -> None:
    change(report, qtbot, idle, tables=None)
    parts = report.options.parts
    for name in TABLES:
        if name != "triangulation" and parts.ticks[name]:
            parts.setCurrentRow(parts.parts.index(name))
            qtbot.keyClick(parts, Qt.Key.Key_Space)
    settle(report, qtbot, idle)
    assert report.draft.choice.tables == ("triangulation",)
    shown = report.preview.plain_text()
    assert "Triangulasi sumber" in shown
    assert "Triangulasi metode" not in shown
    parts.tick("triangulation", False)
    settle(report, qtbot, idle)
    report.export()
    assert notices[-1][1] == "error"


def test_frameworks_follow_the_codings_until_some_are_chosen(report: ReportWorkspace, qtbot: QtBot, idle: Idle) -> None:
    change(report, qtbot, idle, frameworks=None)
    boxes = report.options.frameworks
    assert [key for key, box in boxes.items() if box.isChecked()] == ["edward3", "jones", "dwiyanto"]
    boxes["jones"].click()
    settle(report, qtbot, idle)
    assert report.draft.choice.frameworks == ("edward3", "dwiyanto")
    assert "menurut Jones" not in report.preview.plain_text()
    boxes["jones"].click()
    settle(report, qtbot, idle)
    assert report.draft.choice.frameworks is None


def test_anonymised_no_name_is_left(report: ReportWorkspace, qtbot: QtBot, idle: Idle) -> None:
    change(report, qtbot, idle, attribution="({name}, {age})")
    assert "Siti Maryam" in report.preview.plain_text()
    report.options.anonymise.click()
    settle(report, qtbot, idle)
    shown = report.preview.plain_text()
    assert "Informan 4" in shown
    for name in ("Siti Maryam", "Ratih", "Bagus Prasetyo", "Wartini"):
        assert name not in shown


def test_a_coding_changed_in_the_background_changes_the_preview(
    report: ReportWorkspace, qtbot: QtBot, idle: Idle
) -> None:
    assert report.ctx.project is not None
    with Project.open(report.ctx.project.path, read_only=True) as project:
        guids = [row.guid for row in segments(project) if row.framework == "edward3"]

    def work(op: Operation) -> None:
        set_valence(op, guids, "supporting")

    before = report.preview.plain_text()
    report.ctx.operate("Set direction", work)
    settle(report, qtbot, idle)
    after = report.preview.plain_text()
    assert after != before
    assert "mendukung" in after


def test_what_cannot_be_written_is_said_and_the_button_works_again(
    own_process: None,
    report: ReportWorkspace,
    qtbot: QtBot,
    idle: Idle,
    tmp_path: Path,
    notices: Notices,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    export(report, tmp_path / "nowhere" / "findings.docx", qtbot, idle, monkeypatch)
    assert notices[-1][1] == "error"
    assert "nowhere" in notices[-1][0]
    assert report.result.isHidden()
    assert report.export_button.isEnabled()
    export(report, tmp_path / "findings", qtbot, idle, monkeypatch)
    assert (tmp_path / "findings.docx").stat().st_size > 10_000
    assert report.result.isVisible()


def test_the_file_that_was_written_is_one_click_away(
    report: ReportWorkspace, qtbot: QtBot, idle: Idle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def note(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(report_module.QDesktopServices, "openUrl", note)
    path = tmp_path / "findings.docx"
    change(report, qtbot, idle, contents=True)
    export(report, path, qtbot, idle, monkeypatch)
    assert report.export_button.text() == "Export to Word…"
    assert "press Ctrl+A and then F9" in report._result_text.text()
    qtbot.mouseClick(report.open_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(report.folder_button, Qt.MouseButton.LeftButton)
    assert [Path(one) for one in opened] == [path, tmp_path]


def test_the_file_is_offered_beside_the_project(
    report: ReportWorkspace, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(report_module.QFileDialog, "getSaveFileName", lambda *a: (asked.append(a), ("", ""))[1])
    qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert report.ctx.project is not None
    offered = Path(asked[0][2])
    assert offered.parent == report.ctx.project.path.parent
    assert offered.suffix == ".docx"


def test_choices_come_back_with_the_project(
    report: ReportWorkspace, window: MainWindow, qtbot: QtBot, idle: Idle
) -> None:
    ctx = report.ctx
    assert ctx.project is not None
    path, guid = ctx.project.path, ctx.project.guid
    change(report, qtbot, idle, chapter=3, tables=("findings",), frameworks=("jones",), anonymise=True, language="en")
    kept = report.draft.choice
    with qtbot.waitSignal(ctx.project_closed):
        ctx.close_project()
    idle(ctx)
    assert report.draft.choice == ReportChoice()
    assert report.preview.plain_text() == ""
    with qtbot.waitSignal(ctx.project_opened):
        ctx.open_project(path)
    idle(ctx)
    assert report.draft.choice == kept
    assert ReportChoice.from_json(ctx.settings.project_state(guid)["report_draft"]) == kept


def test_a_matrix_by_method_stands_in_a_table_of_its_own(sample_ctx: Context) -> None:
    draft = ReportDraft.of(sample_ctx)
    assert ReportDraft.of(sample_ctx) is draft
    group = replace(draft.choice.matrix, framework="edward3", columns="group")
    draft.add_matrix(group, "indicator", ("edward3",))
    draft.take(replace(draft.choice, tables=("findings",)))
    draft.add_matrix(replace(group, kind="method", percent=60), "dimension", ("edward3",))
    options = draft.choice.options()
    assert options.tables == ("findings", "method")
    assert (options.kind, options.columns, options.level) == ("source", "group", "dimension")
    assert draft.choice.frameworks is None
    draft.add_matrix(replace(group, framework="effectiveness"), "dimension", ("edward3",))
    assert draft.choice.frameworks == ("edward3", "effectiveness")
    assert draft.choice.tables == ("findings", "triangulation", "method")


def test_choices_that_make_no_sense_give_way_to_the_usual_ones() -> None:
    nonsense = {"chapter": "four", "tables": ["findings", "verses"], "language": "fr", "matrix": {"kind": 4}}
    assert ReportChoice.from_json(nonsense) == ReportChoice(tables=("findings",))
    whole = ReportChoice("en", "({name})", ("factors",), ("jones",), "jones", 2, "Hasil", "x", True, level="indicator")
    whole = replace(whole, preset="appendices", own=("findings", "codebook"))
    assert ReportChoice.from_json(whole.to_json()) == whole


def test_a_new_report_is_the_chapter_and_presets_are_a_way_there_and_back() -> None:
    new = ReportChoice()
    assert new.tables_in == CHAPTER
    assert new.options().preset == "chapter"
    assert new.item("conclusions").settings == {"optional": True}
    fewer = new.with_ticks(set(CHAPTER) - {"informants"})
    assert fewer.tables == tuple(name for name in CHAPTER if name != "informants")
    assert fewer.options().preset is None
    assert fewer.with_preset("appendices").tables_in == PRESETS["appendices"]
    assert fewer.with_preset("appendices").with_preset("").tables == fewer.tables
    assert fewer.with_ticks(CHAPTER).options() == new.options()
    assert new.with_tables("codebook").tables_in == (*CHAPTER, "codebook")
    assert new.with_tables("findings") is new
    moved = replace(new.with_preset("everything"), order=("factors", "audit"))
    assert ReportChoice.of(moved.options()).options() == moved.options()
    assert ReportChoice.of(ReportOptions()).options() == ReportOptions(attribution=new.attribution)


def test_presets_stand_over_the_parts(report: ReportWorkspace, qtbot: QtBot, idle: Idle) -> None:
    box, parts = report.options.preset.box, report.options.parts
    report.draft.take(replace(report.draft.choice, own=FEW, chapter=5))
    assert [box.itemText(at) for at in range(box.count())] == ["Chapter V", "Appendices", "Everything", "My own choice"]
    assert box.currentData() == ""
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Home)
    assert {name for name, on in parts.ticks.items() if on} == set(CHAPTER)
    parts.tick("codebook", True)
    assert box.currentData() == ""
    assert report.draft.choice.own == (*CHAPTER, "codebook")
    report.draft.take(replace(report.draft.choice, tables=FEW, chapter=4))
    settle(report, qtbot, idle)


def test_parts_are_moved_by_keys_and_the_word_file_follows(
    report: ReportWorkspace, qtbot: QtBot, idle: Idle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(report, qtbot, idle, tables=("informants", "factors"))
    parts = report.options.parts
    before = parts.parts
    parts.setFocus()
    parts.setCurrentRow(before.index("factors"))
    for _ in range(before.index("factors") - before.index("informants")):
        qtbot.keyClick(parts, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert parts.parts.index("factors") == before.index("informants")
    settle(report, qtbot, idle)
    shown = squeezed(report.preview.plain_text())
    assert shown.index("Tabel 4.1 Faktor") < shown.index("Tabel 4.2 Informan")
    path = tmp_path / "moved.docx"
    export(report, path, qtbot, idle, monkeypatch)
    paragraphs, _ = word_texts(path)
    captions = [text for text in paragraphs if text.startswith("Tabel 4.") and not text.endswith(".")]
    assert captions == ["Tabel 4.1 Faktor pendukung dan penghambat", "Tabel 4.2 Informan penelitian"]


def test_a_part_with_settings_of_its_own_is_put_in_and_taken_out(
    report: ReportWorkspace, qtbot: QtBot, idle: Idle
) -> None:
    change(report, qtbot, idle, tables=("triangulation",), frameworks=("edward3",))
    item = ReportItem("triangulation", {"framework": "jones", "kind": "source", "columns": "category"})
    report.draft.take(report.draft.choice.with_extra(item))
    settle(report, qtbot, idle)
    shown = squeezed(report.preview.plain_text())
    assert "Tabel 4.1 Triangulasi sumber menurut Edward III" in shown
    assert "Tabel 4.2 Triangulasi sumber menurut Jones" in shown
    parts = report.options.parts
    assert parts.item(parts.count() - 1).text() == "Triangulation matrix: Jones, by source"
    parts.setCurrentRow(parts.count() - 1)
    qtbot.keyClick(parts, Qt.Key.Key_Delete)
    settle(report, qtbot, idle)
    assert report.draft.choice.extra == ()
    assert "menurut Jones" not in report.preview.plain_text()


def test_a_saved_report_is_written_again_in_one_click_and_saving_is_undone(
    report: ReportWorkspace, qtbot: QtBot, idle: Idle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(report, qtbot, idle, tables=("findings",), frameworks=("edward3",), chapter=5)
    report.saved.save("Bab V")
    settle(report, qtbot, idle)
    path = tmp_path / "bab5.docx"
    export(report, path, qtbot, idle, monkeypatch)
    settle(report, qtbot, idle)
    assert [(one.name, one.file) for one in report.saved.reports] == [("Bab V", path)]
    change(report, qtbot, idle, chapter=2, tables=None)
    path.unlink()
    menu = report.saved.show_menu(report.saved_button, writable=True)
    (again,) = [action for action in menu.actions() if action.text() == "Write “Bab V” again to bab5.docx"]
    again.trigger()
    answer(report, "unsaved_drop", qtbot)
    idle(report.ctx)
    qtbot.waitUntil(report.export_button.isEnabled, timeout=30_000)
    settle(report, qtbot, idle)
    paragraphs, _ = word_texts(path)
    assert any(text.startswith("Tabel 5.1 Temuan") for text in paragraphs)
    assert report.draft.choice.chapter == 5
    assert not report.saved.modified
    for _ in range(2):  # where it was written, then that it was saved
        report.ctx.undo()
        settle(report, qtbot, idle)
    assert report.saved.reports == []


def test_the_process_gets_ready_once_and_the_head_says_what_is_going_on(
    report: ReportWorkspace, qtbot: QtBot, idle: Idle
) -> None:
    jobs = report.ctx.jobs
    jobs.warm_reports()
    jobs.warm_reports()
    assert jobs.reports.pending == 1
    settle(report, qtbot, idle)
    report.draft.take(replace(report.draft.choice, tables=("informants",)))
    report.update_preview()
    assert report._hint.text() == "Making the preview…"
    settle(report, qtbot, idle)
    assert re.fullmatch(r"as it will stand in Word · about \d pages?", report._hint.text())
    bar = report.preview.verticalScrollBar()
    qtbot.keyClick(report.preview, Qt.Key.Key_End)
    assert bar.value() == bar.maximum() > 0
    qtbot.keyClick(report.preview, Qt.Key.Key_Home)
    assert bar.value() == 0


def test_what_somebody_wrote_into_the_file_is_not_lost(
    report: ReportWorkspace, qtbot: QtBot, idle: Idle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bab4.docx"
    report.saved.save("Bab IV")
    settle(report, qtbot, idle)
    export(report, path, qtbot, idle, monkeypatch)
    settle(report, qtbot, idle)
    kept = report.saved.reports[0]
    assert (kept.file, kept.digest) == (path, digest_of(path))
    # nobody has touched the file: nothing is asked
    report.write_again(kept)
    written(report, qtbot, idle)
    kept = report.saved.reports[0]
    assert kept.digest == digest_of(path)
    words = path.read_bytes() + b"words of mine"
    path.write_bytes(words)
    report.write_again(kept)
    settle(report, qtbot, idle)
    answer(report, "write_beside", qtbot)
    written(report, qtbot, idle)
    assert path.read_bytes() == words
    beside = tmp_path / "bab4 (2).docx"
    assert (report.saved.reports[0].file, report.saved.reports[0].digest) == (beside, digest_of(beside))
    beside.write_bytes(words)
    report.write_again(report.saved.reports[0])
    settle(report, qtbot, idle)
    answer(report, "write_keeping", qtbot)
    written(report, qtbot, idle)
    (copy,) = tmp_path.glob("bab4 (2) - before the update of *.docx")
    assert copy.read_bytes() == words
    assert beside.read_bytes() != words
    beside.write_bytes(words)
    (tmp_path / ".~lock.bab4 (2).docx#").write_text("somebody")
    with qtbot.waitSignal(report.ctx.notice) as said:
        report.write_again(report.saved.reports[0])
    assert "open in another program" in said.args[0]
    assert beside.read_bytes() == words


def test_a_saved_report_is_offered_by_its_name(
    report: ReportWorkspace, qtbot: QtBot, idle: Idle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []

    def ask(_parent: object, _title: str, name: str, *_: object) -> tuple[str, str]:
        offered.append(Path(name).name)
        return "", ""

    monkeypatch.setattr(report_module.QFileDialog, "getSaveFileName", ask)
    report.saved.save("Bab IV: hasil/temuan")
    idle(report.ctx)
    report.export()
    monkeypatch.undo()
    export(report, tmp_path / "hasil.docx", qtbot, idle, monkeypatch)
    settle(report, qtbot, idle)
    monkeypatch.setattr(report_module.QFileDialog, "getSaveFileName", ask)
    report.export()
    assert offered == ["Bab IV hasil temuan.docx", "hasil.docx"]
    # what was written before is no longer said after a failure
    assert report.result.isVisible()
    (tmp_path / "~$hasil.docx").write_bytes(b"")
    report.write(tmp_path / "hasil.docx")
    written(report, qtbot, idle)
    assert not report.result.isVisible()


def test_changes_to_a_saved_report_show_and_are_not_dropped_unasked(
    report: ReportWorkspace, qtbot: QtBot, idle: Idle
) -> None:
    report.saved.save("Bab IV")
    settle(report, qtbot, idle)
    assert report.saved_button.text().startswith("Bab IV")
    assert "changed" not in report.saved_button.text()
    change(report, qtbot, idle, chapter=7)
    assert "(changed)" in report.saved_button.text()
    report.saved.open(report.saved.reports[0])
    answer(report, "unsaved_cancel", qtbot)
    assert report.draft.choice.chapter == 7
    menu = report.saved.show_menu(report.saved_button, writable=True)
    next(one for one in menu.actions() if one.text() == "Save the changes to “Bab IV”").trigger()
    settle(report, qtbot, idle)
    assert report.saved.reports[0].options.chapter == 7
    assert "changed" not in report.saved_button.text()
    change(report, qtbot, idle, chapter=8)
    report.saved.open(report.saved.reports[0])
    answer(report, "unsaved_drop", qtbot)
    assert report.draft.choice.chapter == 7


def test_a_report_whose_parts_were_moved_can_be_written_again_at_once(
    report: ReportWorkspace, qtbot: QtBot, idle: Idle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = report.draft.choice.parts
    change(report, qtbot, idle, order=(*reversed(parts[:8]), *parts[8:]))
    report.saved.save("Bab IV")
    idle(report.ctx)
    export(report, tmp_path / "bab4.docx", qtbot, idle, monkeypatch)
    settle(report, qtbot, idle)
    assert not report.saved.modified
    menu = report.saved.show_menu(report.saved_button, writable=True)
    assert "Write “Bab IV” again to bab4.docx" in [action.text() for action in menu.actions()]


@pytest.mark.parametrize("preset", ["", *PRESETS])
@pytest.mark.parametrize("moved", [True, False])
def test_a_choice_that_was_saved_is_the_same_when_it_comes_back(preset: str, moved: bool) -> None:
    choice = ReportChoice().with_ticks(FEW) if not preset else ReportChoice().with_preset(preset)
    if moved:
        choice = replace(choice, order=tuple(reversed(choice.parts)))
    back = ReportChoice.of(from_params(to_params(choice.options())))
    assert same_report(back.options(), choice.options())
    assert not same_report(replace(back, chapter=9).options(), choice.options())


def test_a_report_that_is_cancelled_leaves_the_file_as_it_was(
    own_process: None, report: ReportWorkspace, qtbot: QtBot, idle: Idle, tmp_path: Path
) -> None:
    path = tmp_path / "old.docx"
    path.write_bytes(b"as it was")
    report.write(path)
    assert report.maker.busy
    task = report.maker._writing
    assert task is not None
    task[1].cancel()
    qtbot.waitUntil(report.export_button.isEnabled, timeout=30_000)
    assert path.read_bytes() == b"as it was"
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".tmp"] == []


def test_a_template_of_the_faculty_is_taken_over(
    report: ReportWorkspace, qtbot: QtBot, idle: Idle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from docx import Document

    template = tmp_path / "pedoman.docx"
    made = Document()
    made.styles.add_style("Isi Paragraf", 1)
    made.save(str(template))
    field = report.options.template
    monkeypatch.setattr("app.workspaces.report.template.QFileDialog.getOpenFileName", lambda *_: (str(template), ""))
    qtbot.mouseClick(field.choose_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: report.draft.choice.template is not None, timeout=30_000)
    settle(report, qtbot, idle)
    assert field.file.full_text() == "pedoman.docx"
    path = tmp_path / "findings.docx"
    export(report, path, qtbot, idle, monkeypatch)
    styles = {paragraph.style.name for paragraph in Document(str(path)).paragraphs}
    assert "Isi Paragraf" in styles


def test_a_table_shown_in_parts_is_copied_whole() -> None:
    caption, below = '<p class="caption">Table 4.{}</p>', '<p class="below">Source</p>'
    parts = "".join(f"<table border='1'><tr><td>{number}</td></tr></table>" for number in range(3))
    first = f"<html><head><style>p {{}}</style></head><body><p>x</p>{caption.format(1)}{parts}{below}<h2>y</h2>"
    second = f"<html><head></head><body>{caption.format(2)}{parts[: len(parts) // 3]}{below}</body></html>"
    pages = [first + "</body></html>", second]
    for number in range(3):
        made = whole_table(pages, number)
        assert made.count("<table") == 1
        assert made.count("<tr>") == 3
        assert made.count("Table 4.1") == made.count(below) == 1
        assert "<p>x</p>" not in made
    assert "Table 4.2" in whole_table(pages, 3)


def test_a_table_and_a_chart_of_the_preview_are_copied(report: ReportWorkspace, qtbot: QtBot, idle: Idle) -> None:
    change(report, qtbot, idle, tables=("factors",), language="en")
    pieces = [piece for paper in report.preview._papers for piece in paper.pieces]
    (table,) = [
        (piece, frame)
        for piece in pieces
        for frame in piece.document().rootFrame().childFrames()
        if isinstance(frame, QTextTable)
    ]
    copy_table(report.preview._whole(*table))
    data = QGuiApplication.clipboard().mimeData()
    assert data.html().count("<table") == 1
    assert 'class="caption"' in data.html()
    assert 'class="below"' in data.html()
    lines = data.text().splitlines()
    assert lines[0].split("\t")[:2] == ["No", "Factor"]
    assert lines[2].split("\t")[0] == "1"
    assert len({line.count("\t") for line in lines}) == 1
    image = data.imageData()
    assert isinstance(image, QImage)
    assert image.width() > 500
    assert len({image.pixel(x, image.height() // 2) for x in range(image.width())}) > 1
    places = (QTextCursor(piece.document()) for piece in pieces)
    found = []
    for cursor in places:
        while not cursor.atEnd():
            found.append(picture_at(cursor))
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
    pictures = [one for one in found if one is not None]
    assert pictures
    assert pictures[0].width() > 500
    # what is left on the clipboard would be destroyed after the application
    del data
    QGuiApplication.clipboard().clear()
