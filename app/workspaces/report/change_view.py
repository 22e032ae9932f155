"""One change of a table in full: what the document says beside what the project says, with the words that differ."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from html import escape

from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from app.context import Context
from app.widgets.parts import label

_HEIGHT = 118


class ChangeView(QWidget):
    """Two texts beside each other."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.old, self.new = QTextBrowser(), QTextBrowser()
        for box, name, said in (
            (self.old, "change_old", ctx.t("In the document")), (self.new, "change_new", ctx.t("In the project"))
        ):  # fmt: skip
            box.setObjectName(name)
            box.setAccessibleName(said)
            box.setOpenLinks(False)
            box.setFixedHeight(ctx.theme.px(_HEIGHT))
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(label(said, "dim"))
            column.addWidget(box)
            row.addLayout(column, 1)

    def show_change(self, old: str, new: str) -> None:
        """Show both texts; words that only one of them has are marked."""
        before, after = _marked(old, new, self._ctx.theme.hex("inhibiting"), self._ctx.theme.hex("supporting"))
        self.old.setHtml(before)
        self.new.setHtml(after)


def _marked(old: str, new: str, gone: str, come: str) -> tuple[str, str]:
    first, second = _words(old), _words(new)
    before, after = list[str](), list[str]()
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, first, second, False).get_opcodes():
        before.append(_shown(first[i1:i2], gone if tag != "equal" else ""))
        after.append(_shown(second[j1:j2], come if tag != "equal" else ""))
    return "".join(before), "".join(after)


def _words(text: str) -> list[str]:
    return [word for line in text.split("\n") for word in (*line.split(), "\n")][:-1]


def _shown(words: Sequence[str], color: str) -> str:
    text = escape(" ".join(words)).replace(" \n ", "<br>").replace("\n", "<br>")
    if not text:
        return ""
    # underlined, too: colours alone tell nothing to many
    return f'<u style="color: {color};">{text}</u> ' if color else f"{text} "
