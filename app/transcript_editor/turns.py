"""Who speaks in the turn at the caret or in the selected words, changed from the menu of the text; turns joined and
parted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.widgets.parts import label
from coding.errors import mark
from coding.project import Operation
from coding.text import Span, snippet
from coding.transcripts.rows import InformantRow, SourceText, TurnRow
from coding.transcripts.turn_editing import (
    Reach,
    Voice,
    give_words,
    join_with_next,
    part_out,
    place_to_split,
    reassign_turns,
    split_turn,
    whole_words,
)

SAID = 48
"""Characters of the words that are shown over the voices."""
MOST = 25
"""Informants listed in a menu, those of the source first; the others are written by their code."""


@dataclass(frozen=True, slots=True)
class _Giving:
    """What choosing a voice does; `words` are those it does it to, where that is not a whole turn."""

    give: Callable[[Voice], None]
    words: str = ""


class TurnHands:
    """What can be done with the turns of the open source. `parent` is for questions."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        self._ctx, self._parent = ctx, parent

    @property
    def _can_write(self) -> bool:
        return self._ctx.project is not None and not self._ctx.project.read_only

    def fill(
        self, menu: QMenu, source: SourceText, at: int, people: Sequence[InformantRow], chosen: Span | None = None
    ) -> bool:
        """Put into `menu` what can be done with the turn at `at` (code points), or with the words `chosen`; False when
        no turn is there."""
        turn = turn_at(source, at)
        if turn is None or not self._can_write:
            return False
        t, part = self._ctx.t, words_of(source, turn, chosen)
        voices = menu.addMenu(
            t("Who speaks the selected words") if part else t("Who speaks here: {speaker}", speaker=self._speaker(turn))
        )
        self.fill_voices(voices, source, turn, people, part)
        number = source.turns.index(turn)
        joined = menu.addAction(t("Join the turn with the next"), partial(self.join, turn))
        joined.setEnabled(number + 1 < len(source.turns))
        if part:
            menu.addAction(t("Make the selected words a turn of their own"), partial(self.part, turn, part))
        else:
            place = place_to_split(source.text, turn.start, turn.end, at)
            menu.addAction(t("Split the turn here"), partial(self.split, turn, at)).setEnabled(place is not None)
        return True

    def fill_voices(
        self,
        menu: QMenu,
        source: SourceText,
        turn: TurnRow,
        people: Sequence[InformantRow],
        chosen: Span | None = None,
    ) -> None:
        """The voices there are for the words `chosen`, for this turn, and for more turns of its label at once; what
        changes stands above them."""
        t, part = self._ctx.t, words_of(source, turn, chosen)
        whole = menu
        if part:
            said = snippet(source.text, part.start, part.end, SAID)
            _head(menu, t("Only the selected words: “{words}”", words=said))
            self._list(menu, source, turn, people, _Giving(partial(self.give_part, source, part), said))
            menu.addSeparator()
            whole = menu.addMenu(t("In the whole turn"))
        else:
            _head(menu, t("The whole turn: “{words}”", words=snippet(source.text, turn.start, turn.end, SAID)))
        self._list(whole, source, turn, people, self._giving(turn, "turn"))
        same = [other for other in source.turns if _alike(other, turn)]
        if len(same) > 1:
            if not part:
                menu.addSeparator()
            label_ = turn.label or self._speaker(turn)
            everywhere = menu.addMenu(
                self._ctx.n(
                    "In {count} turn of “{label}”", "In all {count} turns of “{label}”", count=len(same), label=label_
                )
            )
            self._list(everywhere, source, turn, people, self._giving(turn, "label"))
            onward = menu.addMenu(t("In those of “{label}” from here on", label=label_))
            self._list(onward, source, turn, people, self._giving(turn, "onward"))

    def _giving(self, turn: TurnRow, reach: Reach) -> _Giving:
        return _Giving(lambda voice: self.give(turn, voice, reach))

    def _list(
        self, menu: QMenu, source: SourceText, turn: TurnRow, people: Sequence[InformantRow], giving: _Giving
    ) -> None:
        t = self._ctx.t
        here = {other.informant_guid for other in source.turns}
        ordered = sorted(people, key=lambda person: person.guid not in here)[:MOST]

        def add(text: str, voice: Voice, on: bool) -> None:
            action = menu.addAction(text.replace("&", "&&"), partial(giving.give, voice))
            action.setCheckable(True)
            action.setChecked(on)

        for person in ordered:
            role = f" · {person.role}" if person.role else ""
            add(f"{person.code}{role}", Voice("informant", person.guid), person.guid == turn.informant_guid)
        menu.addSeparator()
        add(t("The researcher"), Voice("researcher"), turn.kind == "researcher")
        add(t("Unknown"), Voice("unknown"), turn.kind == "unknown")
        menu.addAction(t("Somebody else…"), partial(self._ask, giving))

    def _speaker(self, turn: TurnRow) -> str:
        if turn.kind == "informant":
            return turn.informant or turn.label
        return self._ctx.t("The researcher") if turn.kind == "researcher" else self._ctx.t("Unknown")

    # what is done

    def give(self, turn: TurnRow, voice: Voice, reach: Reach = "turn") -> None:
        """Give the turn, and those that `reach` names, to `voice`."""

        def work(op: Operation) -> int:
            return reassign_turns(op, turn.guid, voice, reach)

        def done(count: int) -> None:
            if count > 1:
                self._ctx.say(self._ctx.n("{count} turn has another speaker", "{count} turns have another speaker",
                                          count=count))  # fmt: skip

        self._ctx.operate(mark("Change who speaks"), work, done)

    def give_part(self, source: SourceText, part: Span, voice: Voice) -> None:
        """Give the words of `part` to `voice`, and nothing else of their turn."""

        def work(op: Operation) -> int:
            return give_words(op, source.guid, part.start, part.end, voice)

        self._ctx.operate(mark("Change who speaks the selected words"), work)

    def _ask(self, giving: _Giving) -> None:
        """Ask who speaks, by the code."""

        def done(code: str) -> None:
            giving.give(Voice("informant", new=code))

        t = self._ctx.t
        note = t("Only the selected words change: “{words}”", words=giving.words) if giving.words else ""
        SpeakerDialog(self._ctx, self._parent, done, note).open()

    def part(self, turn: TurnRow, part: Span) -> None:
        """Make the words of `part` a turn of their own."""
        self._ctx.operate(mark("Split a turn"), lambda op: part_out(op, turn.guid, part.start, part.end))

    def join(self, turn: TurnRow) -> None:
        """Make the turn and the next one turn."""
        self._ctx.operate(mark("Join two turns"), lambda op: join_with_next(op, turn.guid))

    def split(self, turn: TurnRow, at: int) -> None:
        """Part the turn at `at`."""
        self._ctx.operate(mark("Split a turn"), lambda op: split_turn(op, turn.guid, at))


def turn_at(source: SourceText, at: int) -> TurnRow | None:
    """The turn in which `at` lies, its label included."""
    found = None
    for turn in source.turns:
        if turn.label_start > at:
            break
        found = turn
    return found if found is not None and at <= found.end else None


def words_of(source: SourceText, turn: TurnRow, chosen: Span | None) -> Span | None:
    """The selected words, grown to whole ones, if they are a part of what is said: None where none are selected, or
    the whole turn alone."""
    if not chosen:
        return None
    inside = whole_words(source.text, max(chosen.start, turn.start), min(chosen.end, turn.end), turn.start, turn.end)
    if chosen.start >= turn.label_start and chosen.end <= turn.end:
        return inside if inside and inside != Span(turn.start, turn.end) else None
    first, last = turn_at(source, chosen.start) or turn, turn_at(source, chosen.end) or turn
    return whole_words(
        source.text, chosen.start, chosen.end, min(first.start, chosen.start), max(last.end, chosen.end)
    ) or None  # fmt: skip


def _head(menu: QMenu, text: str) -> None:
    menu.addAction(text.replace("&", "&&")).setEnabled(False)


def _alike(one: TurnRow, other: TurnRow) -> bool:
    return (one.label, one.kind, one.informant_guid) == (other.label, other.kind, other.informant_guid)


class SpeakerDialog(Dialog):
    """Asks for the code of who speaks; a code that nobody has is a new informant."""

    def __init__(self, ctx: Context, parent: QWidget, done: Callable[[str], None], note: str = "") -> None:
        super().__init__(ctx, parent, ctx.t("Who speaks?"))
        self.setObjectName("speaker_dialog")
        self.setMinimumWidth(ctx.theme.px(380))
        self._done = done
        self.code = QLineEdit()
        self.code.setObjectName("speaker_code")
        caption = label(ctx.t("Code or initials"))
        caption.setBuddy(self.code)
        self.code.setAccessibleName(caption.text())
        if note:
            self.content.addWidget(label(note, wrap=True))
        self.content.addWidget(caption)
        self.content.addWidget(self.code)
        self.content.addWidget(label(ctx.t("A code that nobody has yet is a new informant."), "dim", wrap=True))
        self.content.addStretch(1)
        self.add_button(ctx.t("Cancel"), name="speaker_cancel").clicked.connect(self.reject)
        self.save = self.add_button(ctx.t("Save"), "primary", name="speaker_save", default=True)
        self.save.clicked.connect(self._on_save)
        self.save.setEnabled(False)
        self.code.textChanged.connect(lambda text: self.save.setEnabled(bool(text.strip())))

    def _on_save(self) -> None:
        self._done(" ".join(self.code.text().split()))
        self.accept()
