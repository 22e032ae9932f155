"""Proposing other edges: the passage in its context, to be selected anew."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.context import Context
from app.dialogs.base import Dialog
from app.transcript.offsets import Offsets, round_out
from app.widgets.own_keys import own_key
from app.widgets.parts import label
from coding.review.details import Detail
from coding.text import Span, trim


class EdgesDialog(Dialog):
    """Shows the passage selected in its context; `proposed` carries start and end in the source's text, code points."""

    proposed = Signal(int, int)

    def __init__(self, ctx: Context, parent: QWidget, detail: Detail) -> None:
        super().__init__(ctx, parent, ctx.t("Propose other edges"))
        assert detail.line.segment is not None
        segment = detail.line.segment
        self.setObjectName("edges_dialog")
        self.setMinimumWidth(ctx.theme.px(620))
        self._first = segment.start - len(detail.before)
        self._text = detail.before + segment.text + detail.after
        self._offsets = Offsets(self._text)
        self._was = Span(segment.start, segment.end)
        self.content.addWidget(
            label(ctx.t("Select the passage as it should be: with the mouse, or with Shift and the arrow keys."), "dim",
                  wrap=True)
        )  # fmt: skip
        self.area = QPlainTextEdit(self._text)
        self.area.setObjectName("edges_text")
        self.area.setReadOnly(True)
        self.area.setTextInteractionFlags(
            self.area.textInteractionFlags()
            | self.area.textInteractionFlags().TextSelectableByKeyboard
            | self.area.textInteractionFlags().TextSelectableByMouse
        )
        self.area.setFont(ctx.theme.text_font(14))
        self.area.setMinimumHeight(ctx.theme.px(220))
        self.area.setAccessibleName(ctx.t("Passage in its context"))
        cursor = self.area.textCursor()
        cursor.setPosition(self._offsets.to_qt(len(detail.before)))
        cursor.setPosition(self._offsets.to_qt(len(detail.before) + len(segment.text)), QTextCursor.MoveMode.KeepAnchor)
        self.area.setTextCursor(cursor)
        self.content.addWidget(self.area)
        self.add_button(ctx.t("Cancel")).clicked.connect(self.reject)
        self._ok = self.add_button(ctx.t("Propose"), "primary", default=True)
        self._ok.clicked.connect(self._on_ok)
        own_key(self.area, "Return", self._on_ok)
        self.area.selectionChanged.connect(self._enable)
        self._enable()
        self.area.setFocus()

    def span(self) -> Span | None:
        """The selected passage in the source's text; None when nothing, or nothing new, is selected."""
        cursor = self.area.textCursor()
        start = self._offsets.to_cp(cursor.selectionStart())
        end = self._offsets.to_cp(cursor.selectionEnd(), up=True)
        if start >= end:
            return None
        whole = round_out(self._text, start, end)
        kept = trim(self._text, whole.start, whole.end)
        if kept.start >= kept.end:
            return None
        found = Span(kept.start + self._first, kept.end + self._first)
        return None if found == self._was else found

    def _enable(self) -> None:
        self._ok.setEnabled(self.span() is not None)

    def _on_ok(self) -> None:
        span = self.span()
        if span is not None:
            self.proposed.emit(span.start, span.end)
            self.accept()
