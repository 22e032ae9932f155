"""Over the queue: which things it lists."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from app.context import Context
from app.models.code_book import CodeBook
from app.models.review_words import KIND_NAMES, WANTED_NAMES
from app.widgets.fields import ComboBox
from app.widgets.parts import label
from coding.review.queue import WANTED, Queue, QueueFilter, Wanted
from coding.review.rows import TARGET_KINDS

SAMPLES = (100, 50, 25, 10, 5)


class QueueBar(QWidget):
    """`chosen` carries a `QueueFilter`."""

    chosen = Signal(object)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._filter = QueueFilter()
        self._book = CodeBook.of((), ())
        self._counts: dict[Wanted, int] = {}
        self._reviewed = 0
        self._coders: tuple[str, ...] = ()
        self._telling = False
        self.wanted, self.kind, self.place, self.sample = (ComboBox() for _ in range(4))
        for name, box in zip(("wanted", "kind", "place", "sample"), self._boxes(), strict=True):
            box.setObjectName(f"review_{name}")
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)
            box.currentIndexChanged.connect(self._on_changed)
        self.counts = label("", "dim")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 8)
        column.setSpacing(6)
        column.addWidget(self.wanted)
        column.addWidget(self.place)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.kind, 3)
        row.addWidget(self.sample, 2)
        column.addLayout(row)
        column.addWidget(self.counts)
        self.retranslate()

    def _boxes(self) -> tuple[ComboBox, ...]:
        return self.wanted, self.kind, self.place, self.sample

    @property
    def filter(self) -> QueueFilter:
        """What is chosen."""
        return self._filter

    def set_filter(self, chosen: QueueFilter) -> None:
        """Choose this, without telling anybody."""
        self._filter = chosen
        self.retranslate()

    def show_counts(self, found: Queue) -> None:
        """Say how many there are."""
        self._counts, self._reviewed = dict(found.counts), found.reviewed
        self._telling = True
        for number, wanted in enumerate(WANTED):
            self.wanted.setItemText(number, self._wanted_text(wanted))
        self._telling = False
        self._say_counts()

    def _say_counts(self) -> None:
        if not self._counts:
            return
        words, number = self._ctx.words, self._counts.get("all", 0)
        if self._ctx.project is not None and self._ctx.project.role == "supervisor":
            done = words.number(number - self._counts.get("new", 0))
            said = self._ctx.t("{done} of {all} looked at", done=done, all=words.number(number))
        else:
            said = self._ctx.t("{done} of {all} reviewed", done=words.number(self._reviewed), all=words.number(number))
        self.counts.setText(said)

    def show_codes(self, book: CodeBook) -> None:
        """Offer the dimensions of these frameworks."""
        self._book = book
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the interface."""
        ctx, chosen = self._ctx, self._filter
        self._telling = True
        for box, items, current in (
            (self.wanted, [(self._wanted_text(wanted), wanted) for wanted in WANTED], chosen.wanted),
            (self.kind, self._kinds(), chosen.kinds[0] if len(chosen.kinds) == 1 else ""),
            (self.place, self._places(), (chosen.framework, chosen.code)),
            (self.sample, self._samples(), chosen.sample),
        ):
            box.clear()
            for text, value in items:
                box.addItem(text, value)
            at = next((n for n, (_, value) in enumerate(items) if value == current), 0)
            box.setCurrentIndex(at)
        self._telling = False
        self._say_counts()
        t = ctx.t
        for box, name in zip(
            self._boxes(), (t("What to review"), t("Kind of thing"), t("Framework or dimension"), t("Sample")),
            strict=True,
        ):  # fmt: skip
            box.setAccessibleName(name)
            box.setToolTip(name)

    def _wanted_text(self, wanted: Wanted) -> str:
        text = self._ctx.t(WANTED_NAMES[wanted])
        count = self._counts.get(wanted)
        return text if count is None else f"{text} ({self._ctx.words.number(count)})"

    def _kinds(self) -> list[tuple[str, str]]:
        names = [(self._ctx.t(KIND_NAMES[kind]), str(kind)) for kind in TARGET_KINDS]
        return [(self._ctx.t("Everything there is"), ""), *names]

    def _places(self) -> list[tuple[str, tuple[str | None, str | None]]]:
        ctx = self._ctx
        places: list[tuple[str, tuple[str | None, str | None]]] = [(ctx.t("All frameworks"), (None, None))]
        for framework in self._book.frameworks:
            places.append((framework.label(ctx.language), (framework.key, None)))
            places += [
                (f"    {code.label(ctx.language)}", (framework.key, code.guid))
                for code in framework.codes
                if code.level == "dimension"
            ]
        return places

    def _samples(self) -> list[tuple[str, int]]:
        ctx = self._ctx
        return [(ctx.t("All") if share == 100 else ctx.words.percent(Fraction(share, 100)), share) for share in SAMPLES]

    def _on_changed(self) -> None:
        if self._telling:
            return
        kind = self.kind.currentData()
        framework, code = self.place.currentData()
        self._filter = replace(
            self._filter,
            wanted=self.wanted.currentData(),
            kinds=(kind,) if kind else TARGET_KINDS,
            framework=framework,
            code=code,
            sample=self.sample.currentData(),
        )
        self.chosen.emit(self._filter)

    def choose_wanted(self, step: int) -> None:
        """Go to the next list, or the one before."""
        self.wanted.setCurrentIndex((self.wanted.currentIndex() + step) % self.wanted.count())
