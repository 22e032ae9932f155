"""The question about labels in doubt: asked once for all files of an import, never for each of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.context import Context
from app.dialogs.import_speakers import KINDS
from app.widgets.flow import FlowLayout
from app.widgets.parts import ElidedLabel, button, label

SINGLE_QUESTIONS = 4
"""So many labels are asked about one by one; what is left then is one question."""
_NAMED = 6


class DoubtStrip(QFrame):
    """Asks about one label, or about all that are left. `answered` carries the label and the kind, `kept` says that the
    guesses are right, `singly` that the rest is to be asked about one by one, `taken_back` that the last answer is not
    to count."""

    answered = Signal(str, str)
    kept = Signal()
    singly = Signal()
    taken_back = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.label = ""
        self.setObjectName("doubt_strip")
        self.setProperty("surface", "side")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 10, 20, 10)
        column.setSpacing(6)
        self._question = label("", wrap=True)
        font = self._question.font()
        font.setBold(True)
        self._question.setFont(font)
        self._example = ElidedLabel("", "dim")
        answers = QWidget()
        row = FlowLayout(answers, spacing=8, line_spacing=4)
        self.buttons = {}
        for kind, words in KINDS.items():
            made = button(ctx.t(words), name=f"doubt_{kind}")
            made.clicked.connect(lambda _=False, k=kind: self.answered.emit(self.label, k))
            row.addWidget(made)
            self.buttons[kind] = made
        self.one_by_one = button(ctx.t("Ask about each"), name="doubt_each")
        self.one_by_one.clicked.connect(self.singly)
        self.keep = button(ctx.t("Keep all guesses"), "link", name="doubt_keep")
        self.keep.clicked.connect(self.kept)
        row.addWidget(self.one_by_one)
        row.addWidget(self.keep)
        self.back = button(ctx.t("Take the last answer back"), "link", name="doubt_back")
        self.back.clicked.connect(self.taken_back)
        row.addWidget(self.back)
        column.addWidget(self._question)
        column.addWidget(self._example)
        column.addWidget(answers)
        self.hide()

    def ask(self, name: str, guess: str, files: int, example: str, more: int) -> None:
        """Ask about a label that is in doubt in so many files and was taken for `guess`; `more` others follow."""
        self.label = name
        t, n = self._ctx.t, self._ctx.n
        words = n(
            "Who is “{label}”? It is in doubt in {count} file.",
            "Who is “{label}”? It is in doubt in {count} files.",
            count=files,
            label=name,
        )
        if more:
            words += " " + n("{count} more label follows.", "{count} more labels follow.", count=more)
        self._question.setText(words)
        taken = t("Taken for: {kind}.", kind=t(KINDS[guess]))
        self._example.setText(f"{taken} {example}")
        self._show(single=True)

    def ask_all(self, guesses: Sequence[tuple[str, str]]) -> None:
        """Ask about all labels that are left at once, each given with what it was taken for."""
        self.label = ""
        t, n = self._ctx.t, self._ctx.n
        count = len(guesses)
        words = n(
            "{count} label is still in doubt. Is the guess right?",
            "{count} labels are still in doubt. Are the guesses right?",
            count=count,
        )
        self._question.setText(words)
        named = [f"“{name}”: {t(KINDS[kind])}" for name, kind in guesses[:_NAMED]]
        self._example.setText("; ".join(named) + ("; …" if count > _NAMED else ""))
        self._show(single=False)

    @property
    def asking(self) -> bool:
        """Whether there is a question to answer."""
        return self.isVisible() and self.keep.isVisible()

    def say_answered(self) -> None:
        """Nothing is in doubt any more; the last answer can still be taken back."""
        self.label = ""
        self._question.setText(self._ctx.t("Every label is answered for."))
        self._show(single=None)

    def wait(self) -> None:
        """Take no answer while files are read again."""
        self.setEnabled(False)

    def _show(self, *, single: bool | None) -> None:
        for made in self.buttons.values():
            made.setVisible(single is True)
        self.one_by_one.setVisible(single is False)
        self.keep.setVisible(single is not None)
        self._example.setVisible(single is not None)
        self.setEnabled(True)
        self.show()
