"""The files of an import, what was understood of each, and how they look in their list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QObject, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.context import Context
from app.icons import pixmap
from app.models.row_lists import RowList
from app.models.sources import METHOD_NAMES
from app.widgets.painting import write
from app.widgets.row_view import Index, RowDelegate
from coding.errors import CodingError
from coding.transcripts.drafts import Draft, Speaker

State = Literal["waiting", "ok", "unsure", "refused", "duplicate"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One file. `twin` is the name of a source or file that has its text already; `edits` are what the user wrote of
    speakers, by `speaker_key`; `name` is the user's name for the source, `left_out` that it is not to come in, `number`
    the file's place among those that were named, `comments_out` that its comments are not to become a memo, `changed`
    that the twin was made of this very file and has another text by now."""

    path: Path
    draft: Draft | None = None
    error: CodingError | None = None
    twin: str = ""
    name: str = ""
    edits: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    left_out: bool = False
    number: int = 0
    comments_out: bool = False
    changed: bool = False

    @property
    def state(self) -> State:
        """How far it is, and how well it was understood."""
        if self.error is not None:
            return "refused"
        if self.draft is None:
            return "waiting"
        if self.twin:
            return "duplicate"
        return "ok" if self.draft.confident else "unsure"

    @property
    def comes_in(self) -> bool:
        """Whether it is stored when the user says so."""
        return self.state in ("ok", "unsure") and not self.left_out

    def finished(self) -> Draft:
        """The draft with the user's name, what was written of its speakers, and the comments that are wanted."""
        assert self.draft is not None
        speakers = tuple(replace(s, **self.edits.get(speaker_key(s), {})) for s in self.draft.speakers)
        comments = () if self.comments_out else self.draft.comments
        return replace(self.draft, name=self.name or self.draft.name, speakers=speakers, comments=comments)


def speaker_key(speaker: Speaker) -> str:
    """What tells a speaker from the others of a draft: the label, or the code of one who is only in the header."""
    return speaker.label or f"({speaker.code})"


class EntriesModel(RowList[Entry]):
    """The files in the order in which they were named."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx

    def key_of(self, row: Entry) -> Path:
        return row.path

    def text_of(self, row: Entry) -> str:
        return f"{row.path.name}: {self.remark(row)}"

    def remark(self, row: Entry) -> str:
        """What is to be said of the file on one line."""
        t = self._ctx.t
        if row.left_out and row.state in ("ok", "unsure"):
            return t("left out")
        if row.error is not None:
            return row.error.say(self._ctx.words)
        if row.draft is None:
            return t("waiting")
        if row.changed:
            return t("in the project as “{name}”", name=row.twin)
        if row.twin:
            return t("the same text as “{name}”", name=row.twin)
        if not row.draft.confident:
            return t("please check who speaks")
        method = t(METHOD_NAMES[row.draft.method])
        turns = len(row.draft.turns)
        said = self._ctx.n("{count} turn", "{count} turns", count=turns) if turns else ""
        return " · ".join(part for part in (method, said) if part)


class EntryDelegate(RowDelegate):
    """A sign for the state, the file, and a remark."""

    SIGNS = {
        "waiting": ("clock", "dim"),
        "ok": ("check", "supporting"),
        "unsure": ("warning", "warning"),
        "refused": ("error", "inhibiting"),
        "duplicate": ("copy", "dim"),
    }

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._ctx.theme.px(48))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        self._ground(painter, option, index)
        theme = self._ctx.theme
        model = index.model()
        assert isinstance(model, EntriesModel)
        entry = model.rows[index.row()]
        box = QRectF(option.rect).adjusted(14, 0, -12, 0)  # type: ignore[attr-defined]
        picture, color = self.SIGNS[entry.state]
        if entry.left_out:
            picture, color = "close", "dim"
        size = theme.px(18)
        density = painter.device().devicePixelRatioF()
        painter.drawPixmap(
            QRectF(box.left(), box.center().y() - size / 2, size, size).toRect(),
            pixmap(picture, theme.color(color), size, density),
        )
        dim = theme.readable(theme.color("dim"), theme.color("accent_soft"))
        quiet = entry.left_out or entry.state in ("waiting", "refused", "duplicate")
        line = QRectF(box.left() + size + 10, box.top() + theme.px(6), box.width() - size - 10, theme.px(18))
        write(painter, line, entry.name or entry.path.stem, theme.ui_font(13), dim if quiet else theme.color("ink"))
        remark = line.translated(0, theme.px(18))
        warned = entry.state in ("unsure", "refused") and not entry.left_out
        ink = theme.readable(theme.color(color), theme.color("accent_soft")) if warned else dim
        write(painter, remark, model.remark(entry), theme.ui_font(11.5), ink, Qt.AlignmentFlag.AlignVCenter)
        painter.restore()
