"""The window of personal data, on a real project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.context import Context
from app.main_window import MainWindow
from app.privacy.table import COUNT, INSTEAD, TEXT
from app.privacy.window import PrivacyWindow
from coding.project import Operation, Project
from coding.transcripts.drafts import Draft
from coding.transcripts.intake import store_draft
from coding.transcripts.queries import source_text, sources

Idle = Callable[[Context], None]
TEXT_OF = "Pak Karto menelepon dari 0812-3456-7890.\n\nKata Bu Tini, Karto tinggal di Desa Sumberlumbu.\n"


@pytest.fixture
def window_of_privacy(window: MainWindow, project_ctx: Context, idle: Idle) -> PrivacyWindow:
    def work(op: Operation) -> None:
        store_draft(op, Draft("Catatan", TEXT_OF, "document", file_name="Catatan.txt"))

    project_ctx.operate("Import {source}", work, source="Catatan")
    idle(project_ctx)
    project_ctx.actions.run("project.show_privacy")
    idle(project_ctx)
    made = window.findChild(PrivacyWindow)
    assert isinstance(made, PrivacyWindow)
    return made


def text_of(ctx: Context, idle: Idle) -> str:
    found: list[str] = []
    ctx.read(lambda reader: source_text(reader, sources(reader)[0].guid).text, found.append)
    idle(ctx)
    return found[0]


def item_of(shown: PrivacyWindow, text: str):  # type: ignore[no-untyped-def]
    return next(item for item in shown.table._tops() if item.text(TEXT) == text)


def test_replacing_is_one_step_and_can_be_put_back(
    window_of_privacy: PrivacyWindow, project_ctx: Context, idle: Idle
) -> None:
    shown, ctx = window_of_privacy, project_ctx
    assert item_of(shown, "Karto").text(COUNT) == "2"
    assert item_of(shown, "Sumberlumbu").checkState(TEXT) == Qt.CheckState.Unchecked
    item_of(shown, "Tini").setText(INSTEAD, "[Bu T.]")
    shown.replace.click()
    idle(ctx)
    masked = text_of(ctx, idle)
    assert "Karto" not in masked
    assert "0812" not in masked
    assert "Bu [Bu T.]" in masked
    assert "Sumberlumbu" in masked
    assert ctx.project is not None
    assert ctx.project.next_undo is not None
    assert "personal data" in ctx.project.next_undo
    assert shown.back.isEnabled()
    ctx.undo()
    idle(ctx)
    assert text_of(ctx, idle) == TEXT_OF
    ctx.redo()
    idle(ctx)
    shown.back.click()
    idle(ctx)
    assert text_of(ctx, idle) == TEXT_OF
    assert not shown.back.isEnabled()


def test_space_ticks_and_return_leads_to_the_place(
    window_of_privacy: PrivacyWindow, project_ctx: Context, qtbot: QtBot
) -> None:
    shown = window_of_privacy
    shown.table.setCurrentItem(item_of(shown, "Karto"))
    before = len(shown.table.choices())
    QTest.keyClick(shown.table, Qt.Key.Key_Space)
    assert len(shown.table.choices()) == before - 1
    with qtbot.waitSignal(project_ctx.passage_requested, timeout=20_000) as asked:
        shown.table.open_current()
    assert asked.args[1:] == [4, 9]
    shown.table.tick(False)
    assert not shown.replace.isEnabled()


def test_a_replacement_that_tells_the_name_is_refused_and_the_offer_stays(
    window_of_privacy: PrivacyWindow, project_ctx: Context, qtbot: QtBot
) -> None:
    shown = window_of_privacy
    item = item_of(shown, "Karto")
    offered = item.text(INSTEAD)
    with qtbot.waitSignal(project_ctx.notice, timeout=20_000) as said:
        item.setText(INSTEAD, "[Pak Karto]")
    assert "choose initials or a code" in said.args[0]
    assert item.text(INSTEAD) == offered
    assert shown.everywhere.isChecked()


def test_names_outside_the_texts_are_counted_and_go_along(
    window_of_privacy: PrivacyWindow, project_ctx: Context, idle: Idle
) -> None:
    from coding.informants.editing import add_informant
    from coding.memos.editing import set_memo

    shown, ctx = window_of_privacy, project_ctx

    def work(op: Operation) -> None:
        add_informant(op, "KT", {"name": "Karto"})
        set_memo(op, "project", ctx.project.guid, "Karto ramah")  # type: ignore[union-attr]

    ctx.operate("Memo", work)
    idle(ctx)
    assert "1 name there" in shown.everywhere.text()
    assert "2 places in the texts" in shown._about_rest()
    shown.replace.click()
    idle(ctx)
    assert "0 names there" in shown.everywhere.text()
    assert shown._about_rest() == ""


def test_never_personal_data(window_of_privacy: PrivacyWindow, project_ctx: Context, idle: Idle) -> None:
    shown = window_of_privacy
    shown.table.setCurrentItem(item_of(shown, "Tini"))
    shown.never.click()
    idle(project_ctx)
    assert "Tini" not in {group.text for group in shown.table.groups}


def test_the_key_goes_into_a_file_after_it_was_said_what_that_means(
    window_of_privacy: PrivacyWindow, project_ctx: Context, idle: Idle, tmp_path: Path
) -> None:
    shown = window_of_privacy
    shown.replace.click()
    idle(project_ctx)
    path = tmp_path / "kunci.telaah-key"
    shown.take_out(path)
    assert not path.exists()
    confirm = shown.findChild(QPushButton, "privacy_confirm")
    assert confirm is not None
    confirm.click()
    idle(project_ctx)
    assert "Karto" in path.read_text(encoding="utf-8")
    assert shown.key_said.text().startswith("The key was taken out of the project on ")
    assert project_ctx.project is not None
    assert project_ctx.project.next_undo is None
    assert not shown.back.isEnabled()
    assert b"Karto" not in project_ctx.project.path.read_bytes()


def test_it_says_so_when_nothing_is_found(window: MainWindow, project_ctx: Context, idle: Idle) -> None:
    project_ctx.actions.run("project.show_privacy")
    idle(project_ctx)
    shown = window.findChild(PrivacyWindow)
    assert isinstance(shown, PrivacyWindow)
    assert "Nothing that looks like personal data" in shown.said.text()
    assert not shown.replace.isEnabled()
    assert not shown.back.isEnabled()


@pytest.mark.parametrize(("until", "told"), [("2020-01-31", True), ("2999-12-31", False)])
def test_opening_tells_whose_data_should_no_longer_be_kept(
    window: MainWindow, ctx: Context, tmp_path: Path, idle: Idle, until: str, told: bool
) -> None:
    from coding.informants.editing import add_informant

    path = tmp_path / "lama.telaah"
    with Project.create(path, "Lama", frameworks=[], coder="Ani") as project, project.operation("New informant") as op:
        add_informant(op, "RS", {"keep_until": until})
    said: list[str] = []
    ctx.notice.connect(lambda text, kind, details: said.append(text))
    ctx.open_project(path)
    idle(ctx)
    assert any("1 informant: RS" in text for text in said) is told
