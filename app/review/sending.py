"""Sending a study, or a part of it, to be reviewed; and sending back what was said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QRadioButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from app.context import Context
from app.dialogs.base import Dialog
from app.dialogs.files import keep_folder, start_folder
from app.privacy.held import HeldLine
from app.review.opening import PACKAGE_SUFFIX
from app.widgets.fields import ComboBox
from app.widgets.parts import SectionHeader, label
from coding.errors import mark
from coding.words import Words

if TYPE_CHECKING:
    from coding.codes.rows import FrameworkRow
    from coding.privacy.exporting import Held
    from coding.privacy.leaving import Replaced
    from coding.project import Reader
    from coding.review.extract import Chosen
    from coding.review.team import Share
    from coding.transcripts.rows import SourceRow

GUID = int(Qt.ItemDataRole.UserRole)
PAGE_SUFFIX = ".html"
PAUSE = 400
"""Milliseconds without a further change before what would be sent is looked at."""


class SendDialog(Dialog):
    """Asks what is sent and in which form. What there is to choose from arrives a moment after it is shown."""

    def __init__(self, ctx: Context, parent: QWidget | None) -> None:
        super().__init__(ctx, parent, ctx.t("Send for review"))
        t = ctx.t
        self.setObjectName("send_dialog")
        self.setMinimumWidth(ctx.theme.px(760))
        self.package = QRadioButton(t("A package to be opened in Telaah"))
        self.package.setObjectName("send_package")
        self.package.setChecked(True)
        self.page = QRadioButton(t("A page to be opened in a browser, for somebody without Telaah"))
        self.page.setObjectName("send_page")
        self.content.addWidget(self.package)
        self.content.addWidget(self.page)
        self.codes = self._tree("send_codes", t("Codes"))
        self.sources = self._tree("send_sources", t("Sources"))
        self.given = ComboBox()
        self.given.setObjectName("send_given")
        self.given.setAccessibleName(t("Whose sources are ticked"))
        self.given.hide()
        self.given.activated.connect(self._tick_given)
        row = QHBoxLayout()
        row.setSpacing(12)
        for title, tree in ((t("Codes"), self.codes), (t("Sources"), self.sources)):
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(SectionHeader(title))
            column.addWidget(tree)
            if tree is self.sources:
                column.addWidget(self.given)
            row.addLayout(column, 1)
        self.content.addLayout(row)
        self.anonymise = QCheckBox(t("Put codes in the place of names (in what is sent this can't be undone)"))
        self.anonymise.setObjectName("send_anonymise")
        self.originals = QCheckBox(t("Send along the files that the sources were read from"))
        self.originals.setObjectName("send_originals")
        self.content.addWidget(self.anonymise)
        self.content.addWidget(self.originals)
        said = t(
            "Whoever gets the file can read it. Telaah can tell whether it was changed on the way, not who changed it."
        )
        self.content.addWidget(label(said, "dim", wrap=True))
        self.personal = HeldLine(ctx)
        policy = self.personal.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # it comes a moment later, and nothing is to move then
        self.personal.setSizePolicy(policy)
        self.content.addWidget(self.personal)
        self._looking = QTimer(self, singleShot=True, interval=PAUSE)
        self._looking.timeout.connect(self._look)
        self.add_button(t("Cancel")).clicked.connect(self.reject)
        self._ok = self.add_button(t("Save…"), "primary", default=True)
        self._ok.clicked.connect(self._ask_file)
        self.page.toggled.connect(lambda on: self.originals.setEnabled(not on))
        self.anonymise.toggled.connect(lambda on: self.originals.setEnabled(not on and not self.page.isChecked()))
        self.anonymise.toggled.connect(lambda _: self._looking.start())
        ctx.read(_offered, self._show_offered, key="send.offered")

    def _tree(self, name: str, spoken: str) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setObjectName(name)
        tree.setHeaderHidden(True)
        tree.setAccessibleName(spoken)
        tree.setMinimumHeight(self.ctx.theme.px(220))
        tree.itemChanged.connect(lambda *_: self._enable())
        return tree

    def _show_offered(self, found: tuple[list[FrameworkRow], list[Any], list[SourceRow], list[Share]]) -> None:
        frameworks, free, sources, shared = found
        language = self.ctx.language
        for tree in (self.codes, self.sources):
            tree.blockSignals(True)
            tree.clear()
        for framework in frameworks:
            top = _item(framework.label(language), "", framework.segments)
            top.setFlags(top.flags() | Qt.ItemFlag.ItemIsAutoTristate)
            self.codes.addTopLevelItem(top)
            for code in framework.codes:
                if code.parent is None:
                    top.addChild(_item(code.label(language), code.guid, code.segments_below))
        for code in free:
            if code.parent is None:
                self.codes.addTopLevelItem(_item(code.label(language), code.guid, code.segments_below))
        for source in sources:
            self.sources.addTopLevelItem(_item(source.name, source.guid, source.segments))
        for tree in (self.codes, self.sources):
            tree.blockSignals(False)
        self._offer_shares(shared)
        self._enable()

    def _offer_shares(self, shared: list[Share]) -> None:
        """Where sources were given to coders, one's share can be ticked at once."""
        t = self.ctx.t
        self.given.clear()
        self.given.addItem(t("All sources"), None)
        for name in sorted({name for share in shared for name in share.assigned}):
            self.given.addItem(t("Given to {name}", name=name), {s.guid for s in shared if name in s.assigned})
        self.given.setVisible(self.given.count() > 1)

    def _tick_given(self, _: int) -> None:
        wanted = self.given.currentData()
        self.sources.blockSignals(True)
        for number in range(self.sources.topLevelItemCount()):
            item = self.sources.topLevelItem(number)
            ticked = wanted is None or item.data(0, GUID) in wanted
            item.setCheckState(0, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.sources.blockSignals(False)
        self._enable()

    def _enable(self) -> None:
        chosen = self.chosen()
        self._ok.setEnabled(chosen.codes != () and chosen.sources != ())
        self._looking.start()

    def _look(self) -> None:
        """Find what personal data would be sent."""
        chosen = self.chosen()
        if chosen.codes == () or chosen.sources == ():
            self.personal.show_held([])
            return

        def look(reader: Reader) -> tuple[list[Held], list[Replaced]]:
            from coding.privacy.leaving import sent_and_replaced

            return sent_and_replaced(reader, chosen)

        def found(both: tuple[list[Held], list[Replaced]]) -> None:
            if isValid(self):
                self.personal.show_held(*both)

        self.ctx.read(look, found, key="send.personal")

    def chosen(self) -> Chosen:
        """What is ticked; everything is named as all, so that what the lists do not show goes along too."""
        from coding.review.extract import Chosen

        codes, sources = _ticked(self.codes), _ticked(self.sources)
        originals = self.originals.isChecked() and self.originals.isEnabled()
        return Chosen(sources, codes, originals, self.anonymise.isChecked())

    def _ask_file(self) -> None:
        ctx = self.ctx
        assert ctx.project is not None
        suffix = PAGE_SUFFIX if self.page.isChecked() else PACKAGE_SUFFIX
        kinds = f"{ctx.t('Page for the browser') if self.page.isChecked() else ctx.t('Review package')} (*{suffix})"
        first = start_folder(ctx) / f"{ctx.project.path.stem}{suffix}"
        chosen, _ = QFileDialog.getSaveFileName(self, ctx.t("Send for review"), str(first), kinds)
        if chosen:
            path = Path(chosen)
            self.send(path if path.name.lower().endswith(suffix) else path.with_name(path.name + suffix))

    def send(self, path: Path) -> None:
        """Write the package or the page."""
        ctx, chosen = self.ctx, self.chosen()
        assert ctx.project is not None
        coder, page, words = ctx.project.coder, self.page.isChecked(), Words(ctx.language)
        keep_folder(ctx, path)

        def write(reader: Reader) -> int:
            if page:
                from coding.review.page import write_page

                return write_page(reader, path, chosen, words)["segments"]
            from coding.review.packages import write_package

            return write_package(reader, path, chosen, coder=coder).counts.get("segment", 0)

        def wrote(count: int) -> None:
            ctx.say(
                ctx.n(
                    "{file} is ready to be sent, with {count} coded segment",
                    "{file} is ready to be sent, with {count} coded segments",
                    count=count,
                    file=path.name,
                )
            )

        ctx.read(write, wrote, task=ctx.task(mark("Writing {file}…"), file=path.name))
        self.accept()


def _item(text: str, guid: str, segments: int) -> QTreeWidgetItem:
    made = QTreeWidgetItem([f"{text}  ({segments})"])
    made.setData(0, GUID, guid)
    made.setToolTip(0, text)
    made.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
    made.setCheckState(0, Qt.CheckState.Checked)
    return made


def _ticked(tree: QTreeWidget) -> tuple[str, ...] | None:
    """The guids that are ticked; None where all are."""
    items = []
    for number in range(tree.topLevelItemCount()):
        top = tree.topLevelItem(number)
        items += [top.child(n) for n in range(top.childCount())] or [top]
    ticked = [item for item in items if item.checkState(0) == Qt.CheckState.Checked]
    return None if len(ticked) == len(items) else tuple(item.data(0, GUID) for item in ticked)


def _offered(reader: Reader) -> tuple[list[FrameworkRow], list[Any], list[SourceRow], list[Share]]:
    from coding.codes.queries import frameworks, open_codes
    from coding.review.team import shares
    from coding.transcripts.queries import sources

    return frameworks(reader), open_codes(reader), sources(reader), shares(reader)


def ask_what_to_send(ctx: Context, parent: QWidget) -> SendDialog:
    """Show the dialog."""
    dialog = SendDialog(ctx, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def ask_answers(ctx: Context, parent: QWidget) -> None:
    """Ask where to save what was said in the package that is open, and write it."""
    assert ctx.project is not None
    first = start_folder(ctx) / f"{ctx.project.path.stem} - {ctx.project.coder}{PACKAGE_SUFFIX}"
    kinds = f"{ctx.t('Review package')} (*{PACKAGE_SUFFIX})"
    chosen, _ = QFileDialog.getSaveFileName(parent, ctx.t("Send back what you said"), str(first), kinds)
    if chosen:
        path = Path(chosen)
        send_answers(ctx, path if path.name.lower().endswith(PACKAGE_SUFFIX) else path.with_suffix(PACKAGE_SUFFIX))


def send_answers(ctx: Context, path: Path) -> None:
    """Write verdicts, comments and proposals to a file for the researcher."""
    assert ctx.project is not None
    project, coder = ctx.project.path, ctx.project.coder
    keep_folder(ctx, path)

    def write(_: Reader) -> int:
        from coding.project import Project
        from coding.review.answers import write_answers

        with Project.open(project, read_only=True, coder=coder) as opened:
            return sum(write_answers(opened, path).counts.values())

    def wrote(count: int) -> None:
        ctx.say(
            ctx.n(
                "{file} is ready to be sent, with {count} remark",
                "{file} is ready to be sent, with {count} remarks",
                count=count,
                file=path.name,
            )
        )

    ctx.read(write, wrote, task=ctx.task(mark("Writing {file}…"), file=path.name))
