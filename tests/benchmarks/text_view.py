"""The text view under the stopwatch, at one size of text: from the key, the click or the request to what is painted."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from coding.text import Span
from tests.benchmarks.window import PATIENCE, WindowBench

BEAT = 1
"""Milliseconds between two beats of the event loop; a longer pause is a stall."""
QUIET = 0.25
"""Seconds without work after which everything that an action brought with it is taken to be over."""

AIMS = {
    "open": "≤ 150",
    "tag by key": "≤ 16 p95",
    "tag by click in the tree": "≤ 16 p95",
    "tag by click on the bar": "≤ 16 p95",
    "change valence": "≤ 16 p95",
    "remove": "≤ 16 p95",
    "undo": "≤ 16 p95",
    "scroll a page": "≤ 12 p95",
}
STALL = "≤ 50"
"""Milliseconds; the longest pause of the event loop until everything is over."""


@dataclass
class Taken:
    """Seconds until the picture was painted, and the longest pause of the event loop until all was quiet again."""

    seconds: list[float] = field(default_factory=list)
    stalls: list[float] = field(default_factory=list)


class Heart:
    """Beats in the event loop; `longest` is the longest pause since `start`, in seconds."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT)
        self._timer.timeout.connect(self.beat)
        self._timer.start()

    def start(self) -> None:
        """Count from now on."""
        self.longest, self._last = 0.0, time.perf_counter()

    def beat(self) -> None:
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now


class Painting(QObject):
    """Sees when a widget has been painted, with all others that were painted at once, while what is waited for held."""

    DONE = QEvent.Type(QEvent.registerEventType())

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.seen = 0.0
        self._shown: Callable[[], object] | None = None
        widget.installEventFilter(self)

    def wait_for(self, shown: Callable[[], object]) -> None:
        """Wait for a painting while `shown()` holds; `seen` is the time when it was over, 0 until then."""
        self.seen, self._shown = 0.0, shown

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._shown is not None and event.type() == QEvent.Type.Paint and self._shown():
            self._shown = None
            # comes when the request that paints all parts of the window has been answered
            QCoreApplication.postEvent(self, QEvent(self.DONE), Qt.EventPriority.HighEventPriority.value)
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == self.DONE:
            self.seen = time.perf_counter()
            return True
        return super().event(event)


class TextViewBench(WindowBench):
    """One window on a project made by `texts.make_project`, its long text open."""

    def __init__(self, path: Path, seed: int = 5) -> None:
        super().__init__(path)
        self.heart = Heart()
        self._minutes = itertools.count(0.0, 60.0)
        self.chance = random.Random(seed)
        self.taken: dict[str, Taken] = {}

    def until(self, ready: Callable[[], object]) -> None:
        # Sleeping between two events as the program does: one that spins would take the interpreter from the workers.
        deadline = time.perf_counter() + PATIENCE
        while not ready():
            if time.perf_counter() > deadline:
                raise TimeoutError
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def settle(self) -> None:
        jobs, quiet = self.ctx.jobs, time.perf_counter()
        while time.perf_counter() - quiet < QUIET:
            # where nothing is left to do no event may come for long
            QApplication.processEvents()
            time.sleep(0.002)
            if jobs.writer.pending or jobs.reader.pending or jobs.helper.pending:
                quiet = time.perf_counter()

    def begin(self) -> None:
        """Open the project; its first source, the long text, is shown then."""
        self.ctx.open_project(self.path)
        self.until(lambda: "transcripts" in self.window.workspaces and self._shown())
        self.settle()
        self.painting = Painting(self.transcripts.view.area.viewport())
        # each key is a step of its own, as for someone who thinks between two of them
        self.transcripts.tagging.clock = lambda: next(self._minutes)
        self.guids = [row.guid for row in self.transcripts.sources.sources.sources()]

    def _measure(self, what: str, act: Callable[[], object], shown: Callable[[], object]) -> None:
        """Do `act`; wait for the text to be painted once `shown` holds; then let everything end."""
        taken = self.taken.setdefault(what, Taken())
        self.heart.start()
        began = time.perf_counter()
        self.painting.wait_for(shown)
        act()
        self.until(lambda: self.painting.seen)
        taken.seconds.append(self.painting.seen - began)
        self.settle()
        taken.stalls.append(self.heart.longest)

    # opening

    def open_text(self, runs: int) -> None:
        """From asking for the long text to its picture painted: at its beginning, and where the reader left it."""
        long, short = self.guids[0], self.guids[1]
        for run in range(runs):
            self.transcripts.desk.set_places({})
            self._go(short)
            self.transcripts.desk.set_places({})
            self._measure("open", lambda: self.ctx.go_to_source(long), lambda: self._is_open(long))
            self._check_picture()
            if run % 2 == 0:
                self._reveal(self._places(1)[0])
                self._go(short)
                where = "open where it was left, in the middle"
                self._measure(where, lambda: self.ctx.go_to_source(long), lambda: self._is_open(long))
                self._check_picture()

    def _go(self, guid: str) -> None:
        self.ctx.go_to_source(guid)
        self.until(lambda: self._is_open(guid))
        self.settle()

    def _check_picture(self) -> None:
        """What was painted at first is what is there for good: shown text and segments are those of the source."""
        view, source = self.transcripts.view, self.transcripts.desk.source
        assert source is not None
        assert view.area.source.guid == source.guid
        assert len(view.area.shown.index) == len(self.transcripts.tagging.rows)

    # coding

    def _places(self, count: int) -> list[Span]:
        """Passages of the long text that a key would tag just as they are, spread over all of it."""
        source = self.transcripts.desk.source
        assert source is not None
        view, found = self.transcripts.view, list[Span]()
        while len(found) < count:
            start, end = self.chance.choice(source.sentences)
            words = source.text[start:end].split(" ")
            first = self.chance.randrange(max(len(words) - 3, 1))
            at = start + len(" ".join(words[:first])) + (1 if first else 0)
            span = Span(at, at + len(" ".join(words[first : first + 3])))
            known = {(row.start, row.end) for row in view.area.shown.index.between(span.start, span.end)}
            if span and (span.start, span.end) not in known:
                found.append(span)
        return found

    def _reveal(self, span: Span) -> None:
        view = self.transcripts.view
        view.area.setFocus()
        view.select_span(span, reveal=True)
        self.settle()

    def _press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.transcripts.view.area, key, modifier)

    def code(self, runs: int) -> None:
        """Tag, turn, take back, remove, bring back: each passage by key, by the tree and by the bar."""
        for span in self._places(runs):
            self._reveal(span)
            self._tag("tag by key", lambda: self._press(Qt.Key.Key_1))
            guid = self._current()
            self._measure(
                "change valence",
                lambda: self._press(Qt.Key.Key_Plus),
                lambda guid=guid: self._row(guid).valence == "supporting",
            )
            self._measure("undo", self.ctx.undo, lambda guid=guid: self._row(guid).valence is None)
            self._measure("remove", lambda: self._press(Qt.Key.Key_Delete), lambda guid=guid: not self._row(guid))
            self._measure("undo", self.ctx.undo, lambda guid=guid: self._row(guid))
            self._measure("undo", self.ctx.undo, lambda guid=guid: not self._row(guid))
            self._reveal(span)
            self._tag("tag by click in the tree", self._click_tree())
            self._reveal(span)
            self._tag("tag by click on the bar", self._click_bar())

    def _tag(self, what: str, act: Callable[[], object]) -> None:
        known = len(self.transcripts.tagging.rows)
        self._measure(what, act, lambda: len(self.transcripts.view.area.shown.index) > known)

    def _current(self) -> str:
        row = self.transcripts.tagging.current
        assert row is not None
        return row.guid

    def _row(self, guid: str):  # type: ignore[no-untyped-def]
        return self.transcripts.view.area.shown.index.get(guid)

    def _click_tree(self) -> Callable[[], object]:
        tree = self.transcripts.codes.tree
        index = tree.codes.index(2, 0)
        tree.scrollTo(index)
        self.settle()
        where = tree.visualRect(index).center()
        return lambda: QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=where)

    def _click_bar(self) -> Callable[[], object]:
        """A code that the selection has not: the bar offers the recent ones."""
        workspace = self.transcripts
        tagging, view = workspace.tagging, workspace.view
        codes = tagging.book.codes_of(tagging.framework)
        tagging.recent = [code.guid for code in codes if code.parent is None][-1:]
        tagging.recent_changed.emit()
        view.show_bar()
        self.settle()
        button = view.bar._code_buttons[0]
        assert button.isVisible()
        return lambda: QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(12, 12))

    # reading

    def _go_to_top(self) -> None:
        """The beginning of the text, the caret there too: PageDown moves it."""
        self.transcripts.view.restore_place({"top": 0, "below": 0, "anchor": 0, "caret": 0})
        self.settle()

    def scroll(self, runs: int) -> None:
        """From PageDown to the next page painted."""
        area = self.transcripts.view.area
        self._go_to_top()
        taken = self.taken.setdefault("scroll a page", Taken())
        bar = area.verticalScrollBar()
        for _ in range(runs):
            if bar.value() >= bar.maximum() - bar.pageStep():
                self._go_to_top()
            self.heart.start()
            value, began = bar.value(), time.perf_counter()
            self.painting.wait_for(lambda value=value: bar.value() != value)
            self._press(Qt.Key.Key_PageDown)
            self.until(lambda: self.painting.seen)
            taken.seconds.append(self.painting.seen - began)
            for _ in range(8):
                QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            taken.stalls.append(self.heart.longest)
