"""The actions of the window itself: projects, undo, appearance, help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.actions.registry import Action
from app.actions.team import coder_actions, settling_action, sharing_actions
from app.codes.actions import code_editor_actions
from app.privacy.actions import privacy_actions
from coding.errors import mark

if TYPE_CHECKING:
    from app.checks.window import Part
    from app.context import Context
    from app.main_window import MainWindow

SCALE_STEP = 0.1


def shell_actions(ctx: Context, window: MainWindow) -> list[Action]:
    """The records of everything the window does by itself."""
    return [
        *_telaah(ctx, window),
        *_project(ctx, window),
        *privacy_actions(ctx, window),
        *code_editor_actions(ctx, window),
        *_edit(ctx, window),
        *_view(ctx, window),
        *_help(ctx, window),
    ]


def _telaah(ctx: Context, window: MainWindow) -> list[Action]:
    from app.dialogs.about import show_about

    def look(value: str) -> Action:
        titles = {
            "system": mark("Appearance of the system"),
            "light": mark("Light appearance"),
            "dark": mark("Dark appearance"),
        }
        return Action(
            f"view.appearance_{value}",
            titles[value],
            lambda: ctx.set_appearance(value),
            menu="telaah",
            group="appearance",
            checked=lambda: ctx.settings.get("appearance") == value,
        )

    def speech(language: str, title: str) -> Action:
        return Action(
            f"view.language_{language}",
            title,
            lambda: ctx.set_language(language),
            menu="telaah",
            group="language",
            checked=lambda: ctx.language == language,
        )

    return [
        Action(
            "telaah.show_about", mark("About Telaah"), lambda: show_about(ctx, window), menu="telaah", group="about"
        ),
        speech("id", mark("Bahasa Indonesia")),
        speech("en", mark("English")),
        look("system"),
        look("light"),
        look("dark"),
        Action(
            "view.high_contrast",
            mark("High contrast"),
            lambda: ctx.set_contrast(not ctx.theme.contrast),
            menu="telaah",
            group="appearance",
            checked=lambda: ctx.theme.contrast,
        ),
        Action("telaah.quit", mark("Quit"), window.close, ("Ctrl+Q",), menu="telaah", group="quit"),
    ]


def _project(ctx: Context, window: MainWindow) -> list[Action]:
    from app.dialogs.files import ask_copy, ask_project
    from app.dialogs.new_project import show_new_project

    def is_open() -> bool:
        return ctx.project is not None

    return [
        Action(
            "project.new", mark("New project…"), lambda: show_new_project(ctx, window), ("Ctrl+N",), "project", "open"
        ),
        Action("project.open", mark("Open…"), lambda: ask_project(ctx, window), ("Ctrl+O",), "project", "open"),
        Action("project.open_sample", mark("Sample project"), ctx.open_sample, menu="project", group="open"),
        Action(
            "project.save_copy",
            mark("Save a copy…"),
            lambda: ask_copy(ctx, window),
            ("Ctrl+Shift+S",),
            "project",
            "copies",
            is_open,
        ),
        *sharing_actions(ctx, window),
        Action("project.back_up", mark("Back up now"), ctx.back_up, menu="project", group="copies", when=is_open),
        Action(
            "project.show_backups",
            mark("Open a backup…"),
            lambda: _show_backups(ctx, window),
            menu="project",
            group="copies",
            when=is_open,
        ),
        *coder_actions(ctx, window),
        Action(
            "project.read_informants",
            mark("Informants from a table…"),
            lambda: _ask_informants(ctx, window),
            menu="project",
            group="sources",
            when=is_open,
        ),
        Action(
            "project.show_memos",
            mark("Memos and journal…"),
            lambda: _show_memos(ctx, window),
            ("Ctrl+Shift+M",),
            "project",
            "memos",
            is_open,
        ),
        Action(
            "project.write_memo",
            mark("Memo on the project…"),
            lambda: _write_memo(ctx),
            menu="project",
            group="memos",
            when=is_open,
        ),
        Action("project.close", mark("Close project"), ctx.close_project, ("Ctrl+W",), "project", "close", is_open),
    ]


def _ask_informants(ctx: Context, window: MainWindow) -> None:
    from app.informants.from_table import ask_table

    ask_table(ctx, window)


def _write_memo(ctx: Context) -> None:
    if ctx.project is not None:
        ctx.go_to_memo("project", ctx.project.guid)


def _show_backups(ctx: Context, window: MainWindow) -> None:
    from app.dialogs.backups import show_backups

    if ctx.project is not None:
        show_backups(ctx, window, ctx.project.path)


def _show_memos(ctx: Context, window: MainWindow) -> None:
    from app.memos.window import memos_window

    memos_window(ctx, window).open_list()


def _edit(ctx: Context, window: MainWindow) -> list[Action]:
    def undo_title() -> str:
        step = ctx.project.next_undo if ctx.project else None
        return ctx.t("Undo: {title}", title=step) if step else ctx.t("Undo")

    def redo_title() -> str:
        step = ctx.project.next_redo if ctx.project else None
        return ctx.t("Redo: {title}", title=step) if step else ctx.t("Redo")

    def can_undo() -> bool:
        return ctx.project is not None and ctx.project.next_undo is not None

    def can_redo() -> bool:
        return ctx.project is not None and ctx.project.next_redo is not None

    return [
        Action("edit.undo", undo_title, ctx.undo, ("Ctrl+Z",), "edit", "history", can_undo),
        Action("edit.redo", redo_title, ctx.redo, ("Ctrl+Y", "Ctrl+Shift+Z"), "edit", "history", can_redo),
        Action(
            "edit.show_history",
            mark("History…"),
            lambda: _show_history(ctx, window),
            ("Ctrl+Shift+H",),
            "edit",
            "history",
            lambda: ctx.project is not None,
        ),
        Action(
            "edit.find_in_all",
            mark("Find in all sources…"),
            lambda: _show_find(ctx, window),
            ("Ctrl+Shift+F",),
            "edit",
            "find",
            lambda: ctx.project is not None,
        ),
        settling_action(ctx, window),
        Action(
            "code.show_repeated",
            mark("Repeated quotations…"),
            lambda: _show_checks(ctx, window, "repeated"),
            menu="code",
            group="checks",
            when=lambda: ctx.project is not None,
        ),
        Action(
            "code.show_headings",
            mark("Headings and codes…"),
            lambda: _show_checks(ctx, window, "headings"),
            menu="code",
            group="checks",
            when=lambda: ctx.project is not None,
        ),
        Action(
            "edit.find_anything",
            mark("Find or do…"),
            window.run_box.begin,
            ("Ctrl+Shift+P",),
            menu="edit",
            group="find",
        ),
    ]


def _show_history(ctx: Context, window: MainWindow) -> None:
    from app.history.window import show_history

    show_history(ctx, window)


def _show_checks(ctx: Context, window: MainWindow, part: Part) -> None:
    from app.checks.window import show_checks

    show_checks(ctx, window, part)


def _show_find(ctx: Context, window: MainWindow) -> None:
    from app.find.window import show_find

    show_find(ctx, window)


def _view(ctx: Context, window: MainWindow) -> list[Action]:
    def place(key: str, title: str, shortcut: str) -> Action:
        return Action(
            f"view.show_{key}",
            title,
            lambda: window.show_workspace(key),
            (shortcut,),
            "view",
            "places",
            lambda: ctx.project is not None,
            lambda: window.front is not None and window.front.key == key,
        )

    def scale(step: float) -> None:
        ctx.set_text_scale(ctx.settings.get("text_scale") + step if step else 1.0)

    return [
        *(place(p.key, p.title, p.shortcut) for p in window.places),
        Action(
            "view.enlarge_text", mark("Larger text"), lambda: scale(SCALE_STEP), ("Ctrl++", "Ctrl+="), "view", "text"
        ),
        Action("view.reduce_text", mark("Smaller text"), lambda: scale(-SCALE_STEP), ("Ctrl+-",), "view", "text"),
        Action("view.reset_text", mark("Normal text size"), lambda: scale(0), ("Ctrl+0",), "view", "text"),
        Action(
            "view.close_notice",
            mark("Close the message"),
            window.notices.dismiss,
            ("Shift+Esc",),
            "view",
            "keys",
            lambda: window.notices.message is not None,
        ),
        Action(
            "view.single_letter_keys",
            mark("Single-letter keys"),
            lambda: ctx.settings.set("single_letter_keys", not ctx.settings.get("single_letter_keys")),
            menu="view",
            group="keys",
            checked=lambda: bool(ctx.settings.get("single_letter_keys")),
        ),
    ]


def _help(ctx: Context, window: MainWindow) -> list[Action]:
    from app.dialogs.files import show_log_folder
    from app.dialogs.shortcuts import show_shortcuts

    return [
        Action("help.show_shortcuts", mark("Keyboard shortcuts"), lambda: show_shortcuts(ctx, window), ("F1",), "help"),
        Action("help.open_log_folder", mark("Show the log file"), lambda: show_log_folder(ctx), menu="help"),
    ]
