"""Where coders disagree: each place with both codings, to be settled one by one."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.context import Context
from app.models import matrix_words
from app.models.evidence_words import one_line
from app.widgets.fields import ComboBox
from app.widgets.flow import FlowLayout
from app.widgets.own_keys import own_key
from app.widgets.parts import button, label
from coding.analysis.agreed import set_agreed_counts
from coding.analysis.agreement import Contested
from coding.codes.rows import FrameworkRow
from coding.project import Reader
from coding.review.settling import SettledRow, make_agreed_version, settle, unsettle
from coding.segments.rows import Valence

DECISIONS: tuple[tuple[str, bool, Valence | None], ...] = (
    ("+", True, "supporting"), ("-", True, "inhibiting"), ("0", True, "neutral"), ("Y", True, None), ("N", False, None),
)  # fmt: skip


class SettlingTab(QWidget):
    """A list of places, and beneath it the decision."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._open: Sequence[Contested] = ()
        self._settled: Sequence[SettledRow] = ()
        self._frameworks: Sequence[FrameworkRow] = ()
        self.framework = ComboBox()
        self.framework.setObjectName("settling_framework")
        self.framework.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToContents)
        self.said = label("", "dim", wrap=True)
        self.list = QListWidget()
        self.list.setObjectName("settling_list")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.currentRowChanged.connect(self._on_row)
        self.list.itemActivated.connect(lambda _: self._go())
        self.passage = label("", wrap=True, select=True)
        self.passage.setFont(ctx.theme.text_font(14))
        self.passage.setStyleSheet(f"font: {ctx.theme.px(14)}px '{self.passage.font().family()}';")
        self.who = label("", "dim", wrap=True)
        self.reason = QLineEdit()
        self.reason.setObjectName("settling_reason")
        self.buttons = {}
        flow_holder = QWidget()
        flow = FlowLayout(flow_holder, spacing=6, line_spacing=4)
        for key, put, valence in DECISIONS:
            made = button("", "", name=f"settle_{key}")
            made.clicked.connect(lambda _=False, put=put, valence=valence: self.decide(put, valence))
            self.buttons[key] = made
            flow.addWidget(made)
            own_key(self.list, key, functools.partial(self.decide, put, valence))
        self.back = button("", "quiet", name="settling_back")
        self.back.clicked.connect(self._take_back)
        self.version = button("", "", name="make_agreed_version")
        self.version.clicked.connect(self.ask_version)
        self.counts = QCheckBox()
        self.counts.setObjectName("agreed_version_counts")
        self.counts.clicked.connect(
            lambda on: self._ctx.operate("Count the agreed version", lambda op: set_agreed_counts(op, on))
        )
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.counts)
        foot.addWidget(self.version)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(self.said, 1)
        top.addWidget(self.framework)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addWidget(self.passage)
        column.addWidget(self.who)
        column.addWidget(self.reason)
        column.addWidget(flow_holder)
        column.addLayout(foot)

    def chosen_framework(self) -> str | None:
        """The key of the framework whose codes are compared; None for all."""
        return self.framework.currentData() or None

    def show_open(
        self,
        found: Sequence[Contested],
        settled: Sequence[SettledRow],
        frameworks: Sequence[FrameworkRow],
        counts: bool | None,
    ) -> None:
        """Show what is open, how much was settled, and whether the agreed version counts (None: there is none)."""
        self.counts.setVisible(counts is not None)
        self.counts.setChecked(bool(counts))
        self._open, self._settled = found, settled
        if list(frameworks) != list(self._frameworks):
            self._frameworks = frameworks
            self._fill_frameworks()
        row = self.list.currentRow()
        self.list.clear()
        for one in found:
            name = matrix_words.in_words(self._ctx, one.label)
            self.list.addItem(QListWidgetItem(f"{name}  ·  {one.source}\n“{one_line(one.text)[:160]}”"))
        if found:
            self.list.setCurrentRow(min(max(row, 0), len(found) - 1))
        self.retranslate()

    def _fill_frameworks(self) -> None:
        kept = self.framework.currentData()
        self.framework.blockSignals(True)
        self.framework.clear()
        self.framework.addItem(self._ctx.t("All codes"), "")
        for row in self._frameworks:
            self.framework.addItem(row.label(self._ctx.language), row.key)
        self.framework.setCurrentIndex(max(self.framework.findData(kept), 0))
        self.framework.blockSignals(False)

    def retranslate(self) -> None:
        """Say everything again."""
        t, n = self._ctx.t, self._ctx.n
        count = len(self._open)
        if count:
            said = n("{count} place is open.", "{count} places are open.", count=count)
        else:
            said = t("Nothing is open: where two coders marked a source as done and differ, it stands here.")
        if self._settled:
            done = n("{count} was settled.", "{count} were settled.", count=len(self._settled))
            said = f"{said} {done}"
        self.said.setText(said)
        self.list.setAccessibleName(t("Where coders disagree"))
        self.framework.setAccessibleName(t("Codes of"))
        if self.framework.count():
            self.framework.setItemText(0, t("All codes"))
        self.reason.setPlaceholderText(t("Reason (kept with the decision)"))
        self.reason.setAccessibleName(t("Reason"))
        words = {
            "+": t("+  Supporting"), "-": t("−  Inhibiting"), "0": t("○  Neutral"), "Y": t("Coded, no direction (Y)"),
            "N": t("Not coded (N)"),
        }  # fmt: skip
        for key, made in self.buttons.items():
            made.setText(words[key])
            made.setEnabled(self._writable() and bool(self._open))
        self.back.setText(t("Take the last decision back"))
        self.back.setEnabled(self._writable() and bool(self._settled))
        self.version.setText(t("Make the agreed version…"))
        self.version.setEnabled(self._writable())
        self.counts.setText(t("The agreed version counts"))
        self.counts.setToolTip(
            t("In the sources it covers, matrices and reports count the agreed version and not what each coder put.")
        )
        self.counts.setEnabled(self._writable())
        self._on_row()

    def _writable(self) -> bool:
        project = self._ctx.project
        return project is not None and not project.read_only and project.role != "supervisor"

    def current(self) -> Contested | None:
        """The place that is shown."""
        row = self.list.currentRow()
        return self._open[row] if 0 <= row < len(self._open) else None

    def _on_row(self, *_: object) -> None:
        one = self.current()
        for widget in (self.passage, self.who, self.reason):
            widget.setVisible(one is not None)
        if one is not None:
            self.passage.setText(f"“{one_line(one.text)}”")
            name = matrix_words.in_words(self._ctx, one.label)
            self.who.setText(f"{name}: {', '.join(self._said(*said) for said in one.said)}")

    def _said(self, coder: str, put: bool, valence: str | None) -> str:
        """What one coder put, behind the name."""
        t = self._ctx.t
        if not put:
            return t("{coder} not coded", coder=coder)
        words = {"supporting": t("supporting"), "inhibiting": t("inhibiting"), "neutral": t("neutral")}
        return f"{coder} {words.get(valence or '', t('without direction'))}"

    def decide(self, put: bool, valence: Valence | None) -> None:
        """Settle the place that is shown, and go on to the next."""
        one = self.current()
        if one is None or not self._writable():
            return
        reason = self.reason.text()
        self.reason.clear()
        self._ctx.operate(
            "Settle a disagreement",
            lambda op: settle(op, one.source_guid, one.start, one.end, one.code, put=put, valence=valence,
                              reason=reason),
        )  # fmt: skip
        self.list.setFocus()

    def _take_back(self) -> None:
        last = max(self._settled, key=lambda row: row.at, default=None)
        if last is not None:
            self._ctx.operate("Take a decision back", lambda op: unsettle(op, last.guid))

    def _go(self) -> None:
        one = self.current()
        if one is not None:
            self._ctx.go_to_passage(one.source_guid, one.start, one.end)

    def ask_version(self) -> None:
        """Ask under which name the agreed version stands among the coders, and make it."""
        t = self._ctx.t
        name, wanted = QInputDialog.getText(
            self, t("Agreed version"), t("What all agree on, and what was settled, is coded under this name:"),
            QLineEdit.EchoMode.Normal, t("Agreed version"),
        )  # fmt: skip
        if wanted and name.strip():
            self.make_version(name.strip())

    def make_version(self, name: str) -> None:
        """Make the agreed version as the codings of `name`."""
        ctx, framework = self._ctx, self.chosen_framework()
        assert ctx.project is not None
        path = ctx.project.path

        def made(count: int) -> None:
            ctx.say(
                ctx.n("The agreed version has {count} coded segment.", "The agreed version has {count} coded segments.",
                      count=count)
            )  # fmt: skip

        def make(op: object) -> int:
            reader = Reader(path)
            try:
                return make_agreed_version(op, reader, name, framework)  # type: ignore[arg-type]
            finally:
                reader.close()

        ctx.operate("Make the agreed version", make, made)
