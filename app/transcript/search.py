"""Searching the open transcript: from the words in the find bar to the hits in the text."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import QObject, Qt, Signal

from app.transcript.find_bar import FindBar
from app.transcript.finding import BadExpression, find
from app.transcript.text_area import TextArea

LONGEST = 80
"""Characters of a selection that are taken over as what to look for."""


class Search(QObject):
    """Finds while words are typed. `shown` hands over the stored span of the hit that was selected."""

    shown = Signal(object)

    def __init__(self, area: TextArea, bar: FindBar) -> None:
        super().__init__(bar)
        self._area = area
        self._bar = bar
        self._origin = 0
        bar.words_changed.connect(self._find)
        bar.options_changed.connect(lambda: self._find(bar.field.text()))
        bar.stepped.connect(self.step)
        bar.closed.connect(self.close)

    def open(self) -> None:
        """Show the bar, with the selected words when they stand in one line."""
        selected = self._area.selected_span()
        words = selected.of(self._area.source.text).strip() if selected is not None else ""
        self._origin = selected.start if selected is not None else self._area.caret()
        self._bar.open_with("" if "\n" in words or len(words) > LONGEST else words)
        self._find(self._bar.field.text())

    def close(self) -> None:
        """Hide the bar and go back to the text; the hit that is shown stays selected, so that it can be coded."""
        self._bar.hide()
        self._area.shown.hits, self._area.shown.hit = [], -1
        self._area.viewport().update()
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)

    def renew(self) -> None:
        """The text is another: find there what the bar, if it is open, says."""
        self._origin = 0
        if self._bar.isVisible():
            self._find(self._bar.field.text())

    def step(self, step: int) -> None:
        """Go to the next (1) or previous (-1) hit, round the ends; where the bar is closed, look for the same again."""
        shown = self._area.shown
        if not shown.hits and self._bar.isHidden():
            self._again(step)
        elif shown.hits:
            self._show((shown.hit + step) % len(shown.hits))

    def _again(self, step: int) -> None:
        words = self._bar.field.text()
        if not words.strip():
            self.open()
            return
        selected = self._area.selected_span()
        self._origin = selected.start if selected is not None else self._area.caret()
        self._bar.show()
        self._find(words)
        hits, hit = self._area.shown.hits, self._area.shown.hit
        # the hit at hand is the one that was left; another place in the text has the next one already
        if hits and (step < 0 or (selected is not None and hits[hit] == selected)):
            self._show((hit + step) % len(hits))

    def _find(self, words: str) -> None:
        shown = self._area.shown
        shown.hits, shown.hit = [], -1
        try:
            shown.hits = find(shown.display, words, self._bar.options())
        except BadExpression as error:
            self._bar.set_bad(endless=error.endless)
            self._area.viewport().update()
            return
        if shown.hits:
            # From where the search began, not from the last hit, so that a longer word does not run ahead.
            first = bisect_left(shown.hits, self._origin, key=lambda hit: hit.start)
            self._show(first % len(shown.hits))
        else:
            self._bar.set_found(0, 0)
            self._area.viewport().update()

    def _show(self, number: int) -> None:
        shown = self._area.shown
        shown.hit = number
        self._area.select_span(shown.hits[number])
        self._bar.set_found(number + 1, len(shown.hits))
        self._area.viewport().update()
        self.shown.emit(shown.hits[number])
