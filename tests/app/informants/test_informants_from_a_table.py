"""Informants from a table in the window: differences first, then one step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.context import Context
from app.informants.from_table import TableDialog, show_table
from app.main_window import MainWindow
from coding.informants.editing import add_informant, set_attribute
from coding.informants.queries import informants
from coding.project import Operation
from coding.transcripts.rows import InformantRow

Idle = Callable[[Context], None]
TABLE = "kode;usia;role;kategori;Pendidikan\nRS;42;Kepala Seksi;;S1\nSM;47;Kader;;SMA\n".replace("usia", "age").replace(
    "kategori", "category"
)


def people(ctx: Context, idle: Idle) -> list[InformantRow]:
    found: list[list[InformantRow]] = []
    ctx.read(informants, found.append)
    idle(ctx)
    return found[0]


def shown(window: MainWindow, ctx: Context, idle: Idle, path: Path) -> TableDialog:
    show_table(ctx, window, path)
    idle(ctx)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, TableDialog)
    return dialog


def lines(dialog: TableDialog) -> list[list[str]]:
    items = (dialog.list.topLevelItem(number) for number in range(dialog.list.topLevelItemCount()))
    return [[item.text(column) for column in range(4)] for item in items if item is not None]


def test_differences_are_shown_and_taken_over_as_one_step(
    window: MainWindow, project_ctx: Context, qtbot: QtBot, idle: Idle, tmp_path: Path
) -> None:
    def known(op: Operation) -> None:
        guid = add_informant(op, "RS", {"age": 41, "role": "Kepala Seksi"})
        set_attribute(op, guid, "Pendidikan", "S1")

    project_ctx.operate("Add an informant", known)
    idle(project_ctx)
    (tmp_path / "informan.csv").write_text(TABLE, encoding="utf-8")
    dialog = shown(window, project_ctx, idle, tmp_path / "informan.csv")
    assert lines(dialog) == [
        ["RS", "Age", "41", "42"], ["SM", "", "", "new"], ["SM", "Age", "", "47"], ["SM", "Role", "", "Kader"],
        ["SM", "Pendidikan", "", "SMA"],
    ]  # fmt: skip
    before = people(project_ctx, idle)
    qtbot.mouseClick(dialog.store, Qt.MouseButton.LeftButton)
    idle(project_ctx)
    assert [(row.code, row.age, row.attributes) for row in people(project_ctx, idle)] == [
        ("RS", 42, (("Pendidikan", "S1"),)), ("SM", 47, (("Pendidikan", "SMA"),)),
    ]  # fmt: skip
    again = shown(window, project_ctx, idle, tmp_path / "informan.csv")
    assert lines(again) == []
    assert not again.store.isEnabled()
    again.reject()
    project_ctx.undo()
    idle(project_ctx)
    assert people(project_ctx, idle) == before


def test_a_table_without_codes_is_refused_in_words(
    window: MainWindow, project_ctx: Context, idle: Idle, notices: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    (tmp_path / "lain.csv").write_text("nama;usia\nBudi;4\n", encoding="utf-8")
    show_table(project_ctx, window, tmp_path / "lain.csv")
    idle(project_ctx)
    assert [kind for _, kind, _ in notices] == ["error"]
    assert "lain.csv" in notices[0][0]
