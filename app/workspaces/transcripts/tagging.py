"""Tagging: what the keys, the mouse and the palette do to the coded segments of the open source."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from app.context import Context
from app.dialogs.palette import Pick
from app.workspaces.transcripts.changing import Changing
from app.workspaces.transcripts.gestures import AMENDED, LATE, Gesture, LateDigit
from app.workspaces.transcripts.late import TOO_LATE, recode_segment, tag_span, unless_late
from app.workspaces.transcripts.number_keys import NumberKeys
from app.workspaces.transcripts.provisional import new_row, with_code
from coding.codes.editing import new_open_code
from coding.codes.rows import CodeRow
from coding.errors import mark
from coding.project import Operation
from coding.segments import editing
from coding.segments.rows import Valence
from coding.text import Span, snippet

IN_VIVO_LENGTH = 60
"""Characters of the name of a code made of the words it is put on."""
RECENT = 8


class Tagging(Changing):
    """Puts codes on passages of the open source and changes what is coded.

    A segment's guid is chosen here, so that the next key can change what the last one made without waiting. What is
    done to a segment within a second of its making belongs to one gesture, which is one step of the history.
    """

    recent_changed = Signal()
    keys_given = Signal()
    """Other number keys stand for codes of one's own choice."""

    def __init__(self, ctx: Context, target: Callable[[], Span], parent: QObject | None = None) -> None:
        super().__init__(ctx, parent)
        self._target = target
        self.framework = ""
        self.recent: list[str] = []
        self.numbers = NumberKeys()
        self._late: LateDigit | None = None

    # number keys

    def give_key(self, number: int, guid: str | None) -> None:
        """Let a number key stand for a code, whatever framework is at hand; None gives it back to the framework."""
        self.numbers.give(number, guid)
        self.recent_changed.emit()
        self.keys_given.emit()

    def take_keys(self, state: Mapping[str, Any]) -> None:
        """The number keys are as they were kept in the project."""
        self.numbers.restore(state)
        self.recent_changed.emit()

    def switch_keys(self) -> None:
        """Change between the framework's number keys and those given to codes of one's own choice."""
        if not self.numbers.switch():
            self._ctx.say(self._ctx.t("No number key has been given to a code: press Alt+1 … 9 on one in the list"))
            return
        own = self.numbers.own
        self._ctx.say(self._ctx.t("Number keys: my own codes") if own else self._ctx.t("Number keys: the framework"))
        self.recent_changed.emit()
        self.keys_given.emit()

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
        if self._taken_back(number, target):
            return
        before, known = self._gesture, set(self.rows)
        code = self.numbers.code(self.book, self.framework, number)
        if code is None:
            self._ctx.say(self._ctx.t("No code has the number {number} here", number=number))
            return
        guid = self.put(code, target)
        if code.level == "dimension" and self._gesture is not None:
            self._gesture.dimension = code
        if guid and guid not in known:
            self._say_late(number, before, guid, code)

    def _say_late(self, digit: int, before: Gesture | None, guid: str, code: CodeRow) -> None:
        """Say that the digit put a second code on the passage, where it may have been meant for an indicator of the
        first, and how to put that right."""
        self._late = None
        if before is None or before.dimension is None or before.span is None or before.guid not in self.rows:
            return
        indicator = self.book.below(before.dimension, digit)
        segment = self.rows[guid]
        if indicator is None or (segment.start, segment.end) != (before.span.start, before.span.end):
            return
        if self.clock() - before.at >= LATE:
            return
        self._late = LateDigit(digit, before.guid, guid, before.span, indicator)
        label = partial(CodeRow.label, language=self._ctx.language)
        self._ctx.say(
            self._ctx.t(
                "“{code}” was added beside “{first}”. For its indicator “{indicator}”: Ctrl+Z, then {digit}",
                code=label(code), first=label(before.dimension), indicator=label(indicator), digit=digit,
            )
        )  # fmt: skip

    def _taken_back(self, digit: int, target: Span) -> bool:
        """Whether the digit repeats one that came too late and was undone: then it narrows what the first one made."""
        late, self._late = self._late, None
        if late is None or late.digit != digit or late.span != target or late.second in self.rows:
            return False
        if late.first not in self.rows:
            return False
        self.recode(late.indicator, late.first)
        return True

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
            return unless_late(
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
                unless_late(TOO_LATE, partial(tag_span, op, source, span, code, pick.valence, guid))
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
            return unless_late(TOO_LATE, lambda: editing.set_code(op, guid, indicator.guid))

        self._operate(gesture.title, work, gesture=gesture.name, **gesture.params)

    # another code for a segment

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
        work = partial(recode_segment, guid=guid, code=code.guid, valence=valence)
        label = code.label(self._ctx.language)
        self._operate(
            mark("Change the code to “{code}”"), lambda op: unless_late(TOO_LATE, lambda: work(op)), code=label
        )

    def recode_new(self, name: str, guid: str, valence: Valence | None = None) -> None:
        """Put an open code called `name`, made if there is none, in the place of a segment's own."""
        if not self.may_change():
            return

        def work(op: Operation) -> str:
            code = new_open_code(op, name)
            unless_late(TOO_LATE, lambda: recode_segment(op, guid, code, valence))
            return code

        self._operate(mark("Change the code to “{code}”"), work, self._remember, code=name)

    # the rest

    def _remember(self, code: str) -> None:
        if self.recent[:1] != [code]:
            self.recent = [code, *(known for known in self.recent if known != code)][:RECENT]
            self.recent_changed.emit()
