"""What can be done to a factor where it is summed up: merging variants, mapping it onto dimensions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from app.codes.questions import MergeDialog
from app.context import Context
from app.models.code_book import CodeBook
from coding.analysis.results import FactorRow
from coding.codes.links import link, unlink
from coding.codes.merging import merge
from coding.codes.queries import frameworks, open_codes
from coding.codes.rows import CodeRow, LinkedCode
from coding.errors import mark
from coding.project import Operation, Reader


def code_book(reader: Reader) -> CodeBook:
    """All codes as they are now."""
    return CodeBook.of(frameworks(reader), open_codes(reader))


class FactorChanges:
    """Menus over one factor; each reads the codes as they are now before it opens."""

    def __init__(self, ctx: Context, window: QWidget) -> None:
        self._ctx, self._window = ctx, window
        self.dialog: MergeDialog | None = None

    @property
    def allowed(self) -> bool:
        """Whether the project can be changed."""
        return self._ctx.project is not None and not self._ctx.project.read_only

    def fill_merge(self, menu: QMenu, factor: FactorRow, book: CodeBook) -> None:
        """The codes that can be a variant of the factor: those of its framework, then open codes."""
        this = book.get(factor.code_guid)
        if this is None:
            return
        groups: list[tuple[CodeRow, ...]] = [
            tuple(code for code in row.codes if code.level == this.level)
            for row in book.frameworks if row.key == this.framework
        ]  # fmt: skip
        for codes in (*groups, book.open_codes):
            menu.addSeparator()
            for code in codes:
                if code.guid != this.guid:
                    entry = menu.addAction(_menu_words(book.full_label(code, self._ctx.language)))
                    entry.triggered.connect(partial(self.ask_merge, this, code, book))

    def ask_merge(self, this: CodeRow, other: CodeRow, book: CodeBook, _: bool = False) -> None:
        """Ask which of the two stays, with what it would do."""
        self.dialog = MergeDialog(self._ctx, self._window, [this, other], book)
        self.dialog.merging_asked.connect(partial(self._merge, book))
        self.dialog.open()

    def _merge(self, book: CodeBook, guids: Sequence[str], stays: str, as_topics: bool) -> None:
        code = book.get(stays)

        def work(op: Operation) -> int:
            return merge(op, guids, stays, as_topics=as_topics)

        if code is not None:
            self._ctx.operate(mark("Merge a code into “{code}”"), work, code=code.label(self._ctx.language))

    def fill_map(self, menu: QMenu, factor: FactorRow, book: CodeBook, mapped: Sequence[LinkedCode]) -> None:
        """The codes of the other frameworks; checked are those that the factor is mapped onto."""
        this = book.get(factor.code_guid)
        taken = {one.guid for one in mapped}
        for framework in book.frameworks:
            if this is None or framework.key == this.framework:
                continue
            inner = menu.addMenu(_menu_words(framework.label(self._ctx.language)))
            for code in framework.codes:
                name = _menu_words(code.label(self._ctx.language))
                entry = inner.addAction(f"    {name}" if code.parent else name)
                entry.setCheckable(True)
                entry.setChecked(code.guid in taken)
                entry.triggered.connect(partial(self.map, this.guid, code.guid, code.guid not in taken))

    def map(self, factor: str, other: str, on: bool, _: bool = False) -> None:
        """Map the factor onto another code, or take that back."""
        if on:
            self._ctx.operate(mark("Map a code"), lambda op: link(op, factor, other))
        else:
            self._ctx.operate(mark("Take back a mapping"), lambda op: unlink(op, factor, other))


def _menu_words(text: str) -> str:
    return text.replace("&", "&&")
