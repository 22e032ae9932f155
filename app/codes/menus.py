"""The menus of the code editor: new, move to, and what can be done with a code or a framework."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from app.codes.tree import Node
from app.models.code_book import OPEN_CODES
from frameworks.loader import builtin_keys, load_builtin

if TYPE_CHECKING:
    from app.codes.window import CodesWindow


def fill_new(menu: QMenu, window: CodesWindow) -> None:
    """What can be made."""
    t, node = window.ctx.t, window.tree.node()
    menu.clear()
    framework = window.framework_of(node)
    _entry(menu, t("Code here"), window.add_here, "Ctrl+N")
    if framework is not None:
        name = framework.label(window.ctx.language)
        _entry(menu, t("Dimension of {framework}", framework=name), window.add_at_top, "Ctrl+Shift+N")
    _entry(menu, t("Open code"), partial(window.add, OPEN_CODES, None))
    menu.addSeparator()
    _entry(menu, t("Empty framework"), partial(window.changes.new_framework, window.book))
    _entry(menu, t("Framework from a file…"), window.asking.import_file)
    taken = {row.key for row in window.book.frameworks}
    free = [key for key in builtin_keys() if key not in taken]
    if free:
        inner = menu.addMenu(t("Built-in framework"))
        for key in free:
            name = load_builtin(key).label.in_(window.ctx.language)
            _entry(inner, name, partial(window.changes.adopt, key, name))


def fill_more(menu: QMenu, window: CodesWindow) -> None:
    """What can be done with what is chosen."""
    t, node, codes = window.ctx.t, window.tree.node(), window.tree.codes()
    menu.clear()
    if node is None:
        return
    if node.code is not None:
        _entry(menu, t("Rename"), window.rename, "F2")
        _entry(menu, t("Move up"), partial(window.shift, -1), "Alt+Up")
        _entry(menu, t("Move down"), partial(window.shift, 1), "Alt+Down")
        fill_places(menu.addMenu(t("Move to")), window)
        menu.addSeparator()
        _entry(menu, t("Merge…"), window.asking.merge).setEnabled(len(codes) > 1)
        _entry(menu, t("Split…"), window.asking.split).setEnabled(len(codes) == 1 and codes[0].segments > 0)
        _entry(menu, t("Memo on the code…"), window.write_memo)
        menu.addSeparator()
        _entry(menu, t("Delete…"), window.asking.delete, "Delete")
    elif node.framework is not None:
        row, name = node.framework, node.framework.label(window.ctx.language)
        _entry(menu, t("Rename"), window.rename, "F2")
        _entry(menu, t("Move up"), partial(window.shift, -1), "Alt+Up")
        _entry(menu, t("Move down"), partial(window.shift, 1), "Alt+Down")
        menu.addSeparator()
        _entry(menu, t("Copy, to be adapted"), partial(window.changes.copy, row.key, name))
        _entry(menu, t("Export…"), window.asking.export)
        menu.addSeparator()
        _entry(menu, t("Remove from the project…"), window.asking.delete, "Delete")


def fill_places(menu: QMenu, window: CodesWindow) -> None:
    """Where the current code can be put."""
    node, book, language = window.tree.node(), window.book, window.ctx.language
    if node is None or node.code is None:
        return
    code, t = node.code, window.ctx.t
    for framework in book.frameworks:
        inner = menu.addMenu(framework.label(language))
        target = Node(framework=framework)
        _entry(inner, t("As a dimension"), partial(window.changes.put, code, target, -1))
        inner.addSeparator()
        for top in framework.codes:
            if top.parent is None and top.guid != code.guid:
                _entry(inner, top.label(language), partial(window.changes.put, code, Node(code=top), -1))
    inner = menu.addMenu(t("Open codes"))
    _entry(inner, t("At the top"), partial(window.changes.put, code, Node(), -1))
    inner.addSeparator()
    for top in book.open_codes:
        if top.parent is None and top.guid != code.guid:
            _entry(inner, top.label(language), partial(window.changes.put, code, Node(code=top), -1))


def _entry(menu: QMenu, text: str, run: Callable[[], object], keys: str = "") -> QAction:
    shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    action = menu.addAction(f"{text.replace('&', '&&')}\t{shown}" if keys else text.replace("&", "&&"))
    action.triggered.connect(lambda _=False: run())
    return action
