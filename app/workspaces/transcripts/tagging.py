"""Tagging: what the keys, the mouse and the palette do to the coded segments of the open source."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from app.context import Context
from app.dialogs.palette import Pick
from app.models.code_book import CodeBook
from app.workspaces.transcripts.gestures import AMENDED, GESTURE, Gesture
from app.workspaces.transcripts.number_keys import NumberKeys
from app.workspaces.transcripts.open_rows import OpenRows
from app.workspaces.transcripts.provisional import new_row, with_code
from coding.codes.editing import new_open_code
from coding.codes.rows import CodeRow
from coding.errors import CodingError, mark
from coding.project import Operation
from coding.segments import editing
from coding.segments.rows import SegmentRow, Valence
from coding.text import Span, snippet
from coding.transcripts.rows import SourceText

IN_VIVO_LENGTH = 60
"""Characters of the name of a code made of the words it is put on."""
RECENT = 8
TOO_LATE = ("segment_gone", "segment_twice")
"""Errors of a key that was pressed before the one before it was stored, as after a quick undo."""


class Tagging(OpenRows):
    """Puts codes on passages of the open source and changes what is coded.

    A segment's guid is chosen here, so that the next key can change what the last one made without waiting. What is
    done to a segment within a second of its making belongs to one gesture, which is one step of the history.
    """

    recent_changed = Signal()

    def __init__(self, ctx: Context, target: Callable[[], Span], parent: QObject | None = None) -> None:
        super().__init__(ctx, parent)
        self._target = target
        self.book = CodeBook()
        self.framework = ""
        self.recent: list[str] = []
        self.numbers = NumberKeys()
        self.clock: Callable[[], float] = time.monotonic
        self._gesture: Gesture | None = None

    def open_source(self, source: SourceText | None, rows: Sequence[SegmentRow], stamp: int | None = None) -> None:
        self._gesture = None
        super().open_source(source, rows, stamp)

    def choose(self, guid: str | None) -> None:
        if guid != self._current:
            self._gesture = None
        super().choose(guid)

    # number keys

    def give_key(self, number: int, guid: str | None) -> None:
        """Let a number key stand for a code, whatever framework is at hand; None gives it back to the framework."""
        self.numbers.give(number, guid)
        self.recent_changed.emit()

    def switch_keys(self) -> None:
        """Change between the framework's number keys and those given to codes of one's own choice."""
        if not self.numbers.switch():
            self._ctx.say(self._ctx.t("No number key has been given to a code: press Alt+1 … 9 on one in the list"))
            return
        own = self.numbers.own
        self._ctx.say(self._ctx.t("Number keys: my own codes") if own else self._ctx.t("Number keys: the framework"))
        self.recent_changed.emit()

    def keys_of(self, code: CodeRow) -> str:
        """The digits that tag with the code now (`"1 3"`, or a key of its own); empty when there are none."""
        return self.numbers.digits(self.book, self.framework, code)

    # putting codes on passages

    def digit(self, number: int) -> None:
        """A number key: the dimension with this number, or, within a second, the indicator below the last one."""
        gesture, target = self._alive(), self._target()
        if gesture is not None and gesture.dimension is not None and gesture.span == target:
            indicator = self.book.below(gesture.dimension, number)
            if indicator is not None:
                self._narrow(gesture, indicator)
                return
        code = self.numbers.code(self.book, self.framework, number)
        if code is None:
            self._ctx.say(self._ctx.t("No code has the number {number} here", number=number))
            return
        self.put(code, target)
        if code.level == "dimension" and self._gesture is not None:
            self._gesture.dimension = code

    def put(self, code: CodeRow, span: Span | None = None, valence: Valence | None = None) -> str:
        """Tag the target, or `span`, with the code; gives the guid of the segment that has it then, empty if none."""
        span = self.may_tag(span)
        if self.source is None or span is None:
            return ""
        self._remember(code.guid)
        title = mark("Tag with “{code}”")
        params: dict[str, Any] = {"code": code.label(self._ctx.language)}
        twin = self._twin(span, code)
        if twin is not None:
            self._say_twin(twin, code)
            if valence is not None:
                self.set_valence(valence)
            self._gesture = Gesture("", frozenset(), self.clock(), title, params, span)
            return twin.guid
        guid, source = str(uuid4()), self.source.guid
        self._set(new_row(self.source, self._coder, guid, span, code, valence))
        self._show(guid)

        def work(op: Operation) -> bool:
            return _unless(
                TOO_LATE, lambda: editing.tag(op, source, span.start, span.end, code.guid, valence, guid=guid)
            )

        self._gesture = gesture = Gesture(guid, AMENDED, self.clock(), title, params, span)
        self._operate(title, work, gesture=gesture.name, **params)
        return guid

    def put_new(self, name: str, span: Span | None = None, valence: Valence | None = None) -> None:
        """Tag with an open code called `name`, made if there is none."""
        self.put_several([Pick(None, name, valence)], span)

    def put_several(self, picks: Sequence[Pick], span: Span | None = None) -> None:
        """Tag with several codes at once, as one step; those the passage has already are left as they are."""
        span = self.may_tag(span)
        if self.source is None or span is None:
            return
        source, wanted, names = self.source.guid, [(str(uuid4()), pick) for pick in picks], []
        for guid, pick in list(wanted):
            code = self.book.get(pick.code)
            names.append(code.label(self._ctx.language) if code else pick.name)
            if code is not None and (twin := self._twin(span, code)) is not None:
                self._say_twin(twin, code)
                wanted.remove((guid, pick))
            elif code is not None:
                self._remember(code.guid)
                self._set(new_row(self.source, self._coder, guid, span, code, pick.valence))
                self._show(guid)
        self._gesture = None
        if not wanted:
            return

        def work(op: Operation) -> list[str]:
            made = []
            for guid, pick in wanted:
                code = pick.code or new_open_code(op, pick.name)
                _unless(TOO_LATE, partial(_tag, op, source, span, code, pick.valence, guid))
                made.append(code)
            return made

        def done(codes: list[str]) -> None:
            for code in codes:
                self._remember(code)
            self._wanted = wanted[-1][0]

        self._operate(mark("Tag with “{code}”"), work, done, code=", ".join(names))

    def repeat(self) -> None:
        """Tag the target with the code used last."""
        code = next((code for guid in self.recent if (code := self.book.get(guid)) is not None), None)
        if code is None:
            self._ctx.say(self._ctx.t("No code has been used yet"))
        else:
            self.put(code)

    def may_tag(self, span: Span | None = None) -> Span | None:
        """The span, else the target, if it can be tagged; why not is said."""
        if not self.may_change():
            return None
        span = span or self._target()
        if self.source is None or not span:
            self._ctx.say(self._ctx.t("There is no text here to tag"))
            return None
        return span

    def in_vivo(self, selection: Span | None) -> None:
        """Tag the selected words with an open code that is called as they are."""
        if self.source is None or selection is None:
            self._ctx.say(self._ctx.t("Select the words first that the code is to be called by"))
            return
        name = snippet(self.source.text, selection.start, selection.end, IN_VIVO_LENGTH)
        self.put_new(name.strip(" \"'“”‘’.,;:!?"), self._target())

    def _narrow(self, gesture: Gesture, indicator: CodeRow) -> None:
        """Give the segment that the first digit made the indicator; a passage that has it already keeps just that."""
        guid, row, dimension = gesture.guid, self.rows.get(gesture.guid), gesture.dimension
        if row is None or dimension is None or gesture.span is None:
            self.put(indicator, gesture.span)
            return
        gesture.dimension, gesture.at = None, self.clock()
        gesture.params = {"code": indicator.label(self._ctx.language)}
        self.recent = [known for known in self.recent if known != dimension.guid]
        self._remember(indicator.guid)
        twin = self._twin(gesture.span, indicator)
        if twin is not None:
            self._take_away(row, gesture)
            self._say_twin(twin, indicator)
            return
        self._set(with_code(row, indicator))
        self._show(guid)

        def work(op: Operation) -> bool:
            return _unless(TOO_LATE, lambda: editing.set_code(op, guid, indicator.guid))

        self._operate(gesture.title, work, gesture=gesture.name, **gesture.params)

    def _alive(self, guid: str | None = None) -> Gesture | None:
        """The gesture that a key pressed now goes on with; of the segment `guid` if one is given."""
        gesture = self._gesture
        if gesture is None or self.clock() - gesture.at >= GESTURE or (guid is not None and gesture.guid != guid):
            return None
        taken_back = gesture.guid and gesture.guid not in self.rows
        return None if taken_back else gesture

    # changing the current segment

    def set_valence(self, valence: Valence | None) -> None:
        """Give the current segment a direction, or none."""
        row = self._asked()
        if row is None:
            return
        title = mark("Set direction") if valence else mark("Clear direction")
        self._change(row, title, lambda op: editing.set_valence(op, [row.guid], valence), valence=valence)

    def set_exemplar(self, exemplar: bool) -> None:
        """Star the current segment, or take the star away."""
        row = self._asked()
        if row is not None:
            title = mark("Star as exemplar") if exemplar else mark("Remove the star")
            self._change(row, title, lambda op: editing.set_exemplar(op, row.guid, exemplar), exemplar=exemplar)

    def set_reported(self, reported: bool) -> None:
        """Mark the current segment as reported speech, or as verbatim."""
        row = self._asked()
        if row is not None:
            title = mark("Mark as reported speech") if reported else mark("Mark as verbatim")
            self._change(row, title, lambda op: editing.set_reported(op, row.guid, reported), reported=reported)

    def may_recode(self) -> SegmentRow | None:
        """The current segment, if its code can be changed; why not is said."""
        return self._asked()

    def recode(self, code: CodeRow, guid: str, valence: Valence | None = None) -> None:
        """Put the code in the place of a segment's own, with a direction if one is given."""
        row = self.rows.get(guid)
        if row is None or not self.may_change():
            return
        self._remember(code.guid)
        twin = self._twin(Span(row.start, row.end), code, row.coder)
        if twin is not None and (twin.guid != guid or valence in (None, row.valence)):
            self._say_twin(twin, code)
            return
        self._gesture = None
        self._set(replace(with_code(row, code), valence=valence or row.valence))
        self._show(guid)
        work = partial(_recode, guid=guid, code=code.guid, valence=valence)
        label = code.label(self._ctx.language)
        self._operate(mark("Change the code to “{code}”"), lambda op: _unless(TOO_LATE, lambda: work(op)), code=label)

    def recode_new(self, name: str, guid: str, valence: Valence | None = None) -> None:
        """Put an open code called `name`, made if there is none, in the place of a segment's own."""
        if not self.may_change():
            return

        def work(op: Operation) -> str:
            code = new_open_code(op, name)
            _unless(TOO_LATE, lambda: _recode(op, guid, code, valence))
            return code

        self._operate(mark("Change the code to “{code}”"), work, self._remember, code=name)

    def set_memo(self, guid: str, text: str) -> None:
        """Store the memo of a segment, which need not be the current one any more."""
        if not self.may_change():
            return
        row = self.rows.get(guid)
        if row is not None:
            self._change(row, mark("Write a memo"), lambda op: editing.set_memo(op, guid, text), memo=text)
        else:
            self._operate(mark("Write a memo"), lambda op: editing.set_memo(op, guid, text))

    def move_edges(self, guid: str, start: int, end: int) -> None:
        """Give a segment another span; one where the same code stands already is refused, and that one is current."""
        row = self.rows.get(guid)
        code = self.book.get(row.code_guid) if row else None
        if row is None or self.source is None:
            return
        if not self.may_change():
            self.show_all()
            return
        twin = self._twin(Span(start, end), code, row.coder) if code is not None else None
        if code is not None and twin is not None and twin.guid != guid:
            self.show_all()
            self._say_twin(twin, code)
            return
        work = partial(editing.set_span, guid=guid, start=start, end=end)
        text = self.source.text[start:end]
        self._change(row, mark("Move an edge"), work, start=start, end=end, text=text)

    def remove(self) -> None:
        """Remove the current segment."""
        row = self._asked()
        if row is None:
            return
        self._take_away(row)

    def _take_away(self, row: SegmentRow, gesture: Gesture | None = None) -> None:
        self._drop(row.guid)
        self._current = None
        self.rows_changed.emit()
        self.current_changed.emit()
        self._operate(
            mark("Remove “{code}” from a passage"),
            lambda op: editing.remove(op, [row.guid]),
            gesture=gesture.name if gesture else "",
            code=row.label(self._ctx.language),
        )

    def _asked(self) -> SegmentRow | None:
        """The current segment, if it can be changed; why not is said."""
        row = self.current
        if row is None:
            self._ctx.say(self._ctx.t("Choose a coded segment first: click it, or press F4"))
            return None
        return row if self.may_change() else None

    def _change(self, row: SegmentRow, title: str, work: Callable[[Operation], Any], **values: Any) -> None:
        if all(getattr(row, name) == value for name, value in values.items()):
            return
        gesture = self._alive(row.guid)
        if gesture is None or not values.keys() & gesture.fields:
            again = frozenset({"start"}) & values.keys()
            gesture = self._gesture = Gesture(row.guid, frozenset(again), self.clock(), title, {})
        gesture.at = self.clock()
        self._set(replace(row, **values))
        self.rows_changed.emit()
        self.current_changed.emit()
        gone = TOO_LATE[:1] if "memo" not in values else ()
        self._operate(gesture.title, lambda op: _unless(gone, lambda: work(op)), gesture=gesture.name, **gesture.params)

    # the rest

    def _twin(self, span: Span, code: CodeRow, coder: str | None = None) -> SegmentRow | None:
        """The segment by which this coder has put this code on this very span already."""
        coder = coder or self._coder
        return next((row for row in self.rows_on(span) if row.code_guid == code.guid and row.coder == coder), None)

    @property
    def _coder(self) -> str:
        return self._ctx.project.coder if self._ctx.project else ""

    def _say_twin(self, twin: SegmentRow, code: CodeRow) -> None:
        self.choose(twin.guid)
        label = code.label(self._ctx.language)
        self._ctx.say(self._ctx.t("This passage has “{code}” already; it is selected now", code=label))

    def _remember(self, code: str) -> None:
        if self.recent[:1] != [code]:
            self.recent = [code, *(known for known in self.recent if known != code)][:RECENT]
            self.recent_changed.emit()


def _tag(op: Operation, source: str, span: Span, code: str, valence: Valence | None, guid: str) -> None:
    editing.tag(op, source, span.start, span.end, code, valence, guid=guid)


def _recode(op: Operation, guid: str, code: str, valence: Valence | None) -> None:
    editing.set_code(op, guid, code)
    if valence is not None:
        editing.set_valence(op, [guid], valence)


def _unless(codes: tuple[str, ...], change: Callable[[], Any]) -> bool:
    """Make the change; False when one of these errors says that it came too late, after another one just made."""
    try:
        change()
    except CodingError as error:
        if error.code not in codes:
            raise
        return False
    return True
