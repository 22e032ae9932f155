"""Photograph the window: `python -m tests.pictures OUTDIR [SCENE ...]`.

Builds the sample project and saves every scene in two sizes, light and dark, Indonesian and English, as
`SCENE-WIDTHxHEIGHT-light-id.png`. A scene is a function that brings the window into the state to look at and returns
the widget to photograph; add one to `SCENES`.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.codes.window import CodesWindow
from app.dialogs.crash import CrashDialog
from app.find.window import FindWindow
from app.history.window import HistoryWindow
from app.main_window import MainWindow
from app.memos.window import MemosWindow
from app.models.matrix_choice import MatrixChoice
from app.settings import HOME_VARIABLE
from app.startup import make_application, make_window
from coding.analysis.column_plan import ColumnPlan, Period
from coding.segments.evidence_filter import EvidenceFilter, EvidenceSort

COUNT_TABS = ("frequencies", "crosstab", "cooccurrence", "saturation", "words", "agreement")
SIZES = ((1366, 768), (1920, 1080))
Scene = Callable[[MainWindow], QWidget]


def settle(window: MainWindow, seconds: float = 0.15) -> None:
    """Let everything queued finish and be painted."""
    jobs = window.ctx.jobs
    quiet_since = time.monotonic()
    deadline = quiet_since + 60
    while time.monotonic() < deadline:
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if any(jobs_of.pending for jobs_of in (jobs.writer, jobs.reader, jobs.helper, jobs.reports)):
            quiet_since = time.monotonic()
        elif time.monotonic() - quiet_since > seconds:
            return
        time.sleep(0.005)
    raise TimeoutError("the window does not come to rest")


def run(window: MainWindow, action: str) -> QWidget:
    """Do the action `action` and return the dialog it opens."""
    window.ctx.actions.run(action)
    settle(window)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    return dialog


def open_sample(window: MainWindow) -> None:
    """Have the sample project open, made anew when it is not."""
    project = window.ctx.project
    if project is None or project.path.parent.name != "Telaah":
        # another scene's own project may be open
        window.ctx.open_sample("id")
        settle(window)
        window.notices.clear()


def start_empty(window: MainWindow) -> QWidget:
    window.ctx.close_project()
    for one in window.ctx.settings.recent():
        window.ctx.settings.remove_recent(one.path)
    settle(window)
    window.start_page.refresh()
    return window


def start_recent(window: MainWindow) -> QWidget:
    open_sample(window)
    settings = window.ctx.settings
    settings.add_recent(Path("/home/ani/Tesis/Kartu Tani.telaah"), "Implementasi Kartu Tani", "2026-05-12T09:30+07:00")
    window.ctx.close_project()
    settle(window)
    return window


def new_project(window: MainWindow) -> QWidget:
    return run(window, "project.new")


def new_project_problems(window: MainWindow) -> QWidget:
    dialog = run(window, "project.new")
    dialog.coder.clear()  # type: ignore[attr-defined]
    dialog.problems()  # type: ignore[attr-defined]
    return dialog


def shortcuts(window: MainWindow) -> QWidget:
    open_sample(window)
    return run(window, "help.show_shortcuts")


def find(window: MainWindow) -> QWidget:
    open_sample(window)
    window.ctx.actions.run("edit.find_anything")
    box = window.run_box
    box.setText("kartu")
    box.textEdited.emit("kartu")
    settle(window, 0.5)
    return window


def about(window: MainWindow) -> QWidget:
    return run(window, "telaah.show_about")


def error(window: MainWindow) -> QWidget:
    open_sample(window)
    window.ctx.open_project(Path("/home/ani/Tesis/Kartu Tani.telaah"))
    window.ctx.say("second", "error")
    settle(window)
    return window


def crash(window: MainWindow) -> QWidget:
    dialog = CrashDialog(window.ctx, window)
    dialog.add("ZeroDivisionError: division by zero")
    dialog.open()
    return dialog


def workspace(key: str) -> Scene:
    """The workspace `key` on the sample."""

    def scene(window: MainWindow) -> QWidget:
        open_sample(window)
        window.ctx.show_workspace(key)
        settle(window)
        return window

    return scene


def report(share: float) -> Scene:
    """The report with its preview made, scrolled down by a share of it."""

    def scene(window: MainWindow) -> QWidget:
        workspace("report")(window)
        shown: Any = window.workspaces["report"]
        deadline = time.monotonic() + 60
        while not shown.settled and time.monotonic() < deadline:
            settle(window)
        bar = shown.preview.verticalScrollBar()
        bar.setValue(round(bar.maximum() * share))
        return window

    return scene


def segment(window: MainWindow) -> QWidget:
    """A coded segment at hand in the second transcript, where passages overlap."""
    workspace("transcripts")(window)
    shown: Any = window.workspaces["transcripts"]
    window.ctx.go_to_source(shown.sources.sources.sources()[1].guid)
    settle(window)
    rows = sorted(shown.tagging.rows.values(), key=lambda row: (-len(row.memo), row.start))
    window.ctx.go_to_segment(rows[0].guid)
    settle(window, 0.4)
    return window


def tagging(window: MainWindow) -> QWidget:
    """Number keys of one's own, a current segment with its handles, marked as reported speech and starred."""
    segment(window)
    shown: Any = window.workspaces["transcripts"]
    codes = [code for framework in shown.tagging.book.frameworks[:2] for code in framework.codes]
    for number, code in enumerate([codes[1], codes[3], codes[-1]], 1):
        shown.tagging.give_key(number, code.guid)
    row = next(row for row in shown.tagging.in_order() if len(row.text) < 90)
    window.ctx.go_to_segment(row.guid)
    shown.tagging.set_reported(True)
    shown.tagging.set_exemplar(True)
    settle(window, 0.6)
    return window


def palette_with_marks(window: MainWindow) -> QWidget:
    """The palette with two codes marked, a third one typed."""
    segment(window)
    shown: Any = window.workspaces["transcripts"]
    shown.focus_text()
    shown.help.open_palette()
    palette = shown.help.palette
    for typed in ("konsistensi -", "kebingungan warga"):
        palette.field.setText(typed)
        palette.mark()
    settle(window, 0.4)
    return window


def codebook(window: MainWindow) -> QWidget:
    """The codebook at an indicator, beside the transcripts."""
    return open_codebook(window, "")


def codebook_search(window: MainWindow) -> QWidget:
    """The codebook while something is searched for."""
    return open_codebook(window, "jelas")


def open_codebook(window: MainWindow, query: str) -> QWidget:
    workspace("transcripts")(window)
    window.ctx.actions.run("code.show_codebook")
    settle(window)
    shown: Any = window.findChild(QDialog, "codebook")
    book = shown.library.book("edward3")
    shown.show_code(book.entries[0 if query else 2].guid)
    shown.search.setText(query)
    shown.resize(1040, 660)
    settle(window, 0.4)
    return shown  # type: ignore[no-any-return]


def cell(window: MainWindow) -> QWidget:
    """A cell of the matrix with its passages beside it."""
    workspace("matrices")(window)
    shown: Any = window.workspaces["matrices"]
    shown.tabs.choose("triangulation")
    settle(window)
    shown.tab.open_door(shown.tab._door_at(1, 2))
    settle(window, 0.4)
    return window


def split_cells(window: MainWindow) -> QWidget:
    """Groups side by side, a cell split into its voices."""
    shown = written_tab(window, "triangulation")
    tab = shown.triangulation
    tab.choose(replace(tab.choice, columns="group"))
    settle(window)
    tab.view.rows.set_expanded(0, True)
    places = ((r, c) for r in range(tab.view.rows.rowCount()) for c in range(tab.view.rows.columnCount()))
    for row, column in [place for place in places if tab.view.rows.parts(*place)][:3]:
        tab.view.rows.set_parted(row, column, True)
    tab.view.setFocus()
    settle(window)
    return window


def periods(window: MainWindow) -> QWidget:
    """Periods of the study in the place of months."""
    tab = written_tab(window, "triangulation").triangulation
    tab.choose(replace(tab.choice, kind="time"))
    settle(window)
    found = (Period("Sebelum surat edaran", None, "2025-05-31"), Period("Sesudah surat edaran", "2025-06", None))
    tab.column_menu.ask_periods(ColumnPlan(periods=found))
    settle(window)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    return dialog


def column_menu(window: MainWindow) -> QWidget:
    """What can be done with the columns of a matrix."""
    tab = written_tab(window, "triangulation").triangulation
    tab.choose(replace(tab.choice, kind="source"))
    settle(window)
    tab.column_menu.fill()
    tab.column_menu.entries.adjustSize()
    return tab.column_menu.entries  # type: ignore[no-any-return]


def written_tab(window: MainWindow, key: str) -> Any:
    """A tab of Matrices on the sample."""
    open_sample(window)
    window.show_workspace("matrices")
    settle(window)
    shown: Any = window.workspaces["matrices"]
    shown.tabs.choose(key)
    shown._on_tab(key)
    settle(window)
    return shown


def framework_matrix(window: MainWindow) -> QWidget:
    tab = written_tab(window, "framework_matrix").framework_matrix
    tab.table.setFocus()
    tab.table.setCurrentIndex(tab.model.index(1, 1))
    settle(window)
    return window


def concluding(window: MainWindow) -> QWidget:
    tab = written_tab(window, "conclusions").conclusions
    tab.list.setCurrentRow(2)
    tab.focus_table()
    settle(window)
    return window


def factor_look(look: str) -> Scene:
    """The factors shown in one way."""

    def scene(window: MainWindow) -> QWidget:
        tab = written_tab(window, "factors").factors
        tab.looks.choose(look)
        tab._say_empty()
        settle(window)
        return window

    return scene


def factors(window: MainWindow) -> QWidget:
    """The factor summary, with what stands behind one of its sides."""
    shown = written_tab(window, "factors")
    tab = shown.factors
    tab.looks.choose("table")
    tab._say_empty()
    tab.open_door(tab._door_at(0, 2))
    settle(window, 0.4)
    return window


def counts(tab: str) -> Scene:
    """A tab of counts in Matrices, with what stands behind one of its numbers."""

    def scene(window: MainWindow) -> QWidget:
        workspace("matrices")(window)
        shown: Any = window.workspaces["matrices"]
        shown.tabs.choose(tab)
        settle(window, 0.4)
        if tab == "words":
            shown.tab.open_door(shown.tab.door_at(1, 1))
            settle(window, 0.4)
        elif tab == "agreement":
            shown.tab.open_door(shown.tab.door_at(1, 2))
            settle(window, 0.2)
        else:
            shown.tab.open_door(shown.tab.door_at(1, 3))
            settle(window, 0.4)
        return window

    return scene


def pinning(window: MainWindow) -> QWidget:
    """The question for the name of a pinned analysis."""
    workspace("matrices")(window)
    return run(window, "matrix.pin")


def common_words(window: MainWindow) -> QWidget:
    """The list of common words."""
    workspace("matrices")(window)
    shown: Any = window.workspaces["matrices"]
    shown.tabs.choose("words")
    settle(window, 0.4)
    shown.tab.edit_stop_words()
    settle(window, 0.4)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    return dialog


def importing(window: MainWindow) -> QWidget:
    """The preview of transcripts dropped on the window, before anything is stored."""
    workspace("transcripts")(window)
    folder = Path(tempfile.mkdtemp())
    for name, text in TRANSCRIPTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    window.ctx.files_dropped.emit(sorted(folder.iterdir()))
    settle(window, 0.8)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    return dialog


def importing_folder(shown: str = "") -> Scene:
    """The preview of a folder as people have it, with a question about a label; the file `shown`, a table, chosen."""

    def scene(window: MainWindow) -> QWidget:
        from tests.data.messy.make import write

        workspace("transcripts")(window)
        folder = Path(tempfile.mkdtemp())
        write(folder)
        window.ctx.files_dropped.emit([folder])
        settle(window, 0.5)
        dialog: Any = QApplication.activeModalWidget()
        while dialog.reader.reading:
            settle(window, 0.2)
        names = [entry.path.name for entry in dialog.entries.rows]
        if shown:
            dialog.list.setCurrentIndex(dialog.entries.index(names.index(shown)))
        settle(window, 0.3)
        return dialog  # type: ignore[no-any-return]

    return scene


def import_summary(window: MainWindow) -> QWidget:
    """What became of the files of a folder."""
    from app.dialogs.import_summary import SummaryDialog
    from coding.transcripts.import_summary import Line

    dialog: Any = importing_folder()(window)
    lines = [Line("imported", draft.name, None, draft.notices) for draft in dialog.drafts()] + dialog.other_lines()
    dialog.reject()
    summary = SummaryDialog(window.ctx, window, lines)
    summary.open()
    settle(window, 0.2)
    return summary


def importing_document(window: MainWindow) -> QWidget:
    """The preview of a document with a comment, notes and tracked changes."""
    workspace("transcripts")(window)
    window.ctx.files_dropped.emit([Path(__file__).parent / "data" / "formats" / "Catatan SL.docx"])
    settle(window, 0.8)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    return dialog


def side_window(action: str, kind: type[QWidget]) -> Scene:
    """A window of its own beside the main one."""

    def scene(window: MainWindow) -> QWidget:
        workspace("transcripts")(window)
        window.ctx.actions.run(action)
        settle(window)
        shown = window.findChild(kind)
        assert isinstance(shown, kind)
        settle(window, 0.3)
        return shown

    return scene


def find_in_all(window: MainWindow) -> QWidget:
    """Words found in all sources, in their context."""
    shown: Any = side_window("edit.find_in_all", FindWindow)(window)
    shown.field.setText("jembatan")
    shown.search_now()
    settle(window, 0.3)
    return shown


def privacy(window: MainWindow) -> QWidget:
    """Personal data of the sample, the places of one name shown."""
    from app.privacy.window import PrivacyWindow

    shown: Any = side_window("project.show_privacy", PrivacyWindow)(window)
    settle(window, 0.6)
    shown.table.expandItem(shown.table.topLevelItem(2))
    settle(window)
    return shown


def memos(window: MainWindow) -> QWidget:
    """The window of memos and journal at a memo on a segment."""
    shown: Any = side_window("project.show_memos", MemosWindow)(window)
    shown.list.setCurrentIndex(shown.model.index(2))
    settle(window, 0.3)
    return shown


def codes(window: MainWindow) -> Any:
    """The code editor at an indicator that has topics and is mapped."""
    shown: Any = side_window("code.edit_all", CodesWindow)(window)
    shown.resize(min(1120, window.width()), min(690, window.height()))
    clarity = next(code for code in shown.book.framework("edward3").codes if code.path.endswith("clarity"))
    shown.tree.choose(clarity.guid)
    settle(window, 0.3)
    if not shown.code_form.shown.topics:
        shown.changes.add_topic(clarity.guid, "Syarat")
        shown.changes.add_topic(clarity.guid, "Jadwal")
        shown.changes.link(clarity.guid, shown.book.framework("factors").codes[3].guid)
    settle(window, 0.3)
    return shown


def codes_below(window: MainWindow) -> QWidget:
    """The code editor's foot: topics and mappings."""
    shown = codes(window)
    bar = shown.code_form.verticalScrollBar()
    bar.setValue(bar.maximum())
    return shown


def codes_question(name: str) -> Scene:
    """A question of the code editor: `merge`, `split`, `topic` or `delete`."""

    def scene(window: MainWindow) -> QWidget:
        shown = codes(window)
        if name == "merge":
            other = next(c for c in shown.book.framework("edward3").codes if c.path.endswith("transmission"))
            index = shown.tree.index_of(other.guid)
            shown.tree.selectionModel().select(index, shown.tree.selectionModel().SelectionFlag.Select)
        getattr(shown.asking, name)()
        settle(window, 0.4)
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        return dialog

    return scene


def overlaps(depth: int) -> Scene:
    """One passage under `depth` coded segments, in a project made for it."""

    def scene(window: MainWindow) -> QWidget:
        ctx = window.ctx
        path = Path(tempfile.mkdtemp()) / f"overlaps-{depth}.telaah"
        make_overlaps(path, depth)
        ctx.open_project(path)
        settle(window, 0.4)
        window.notices.clear()
        shown: Any = window.workspaces["transcripts"]
        rows = shown.tagging.in_order()
        if rows:
            ctx.go_to_segment(rows[len(rows) // 2].guid)
            settle(window, 0.3)
        return window

    return scene


def make_overlaps(path: Path, depth: int) -> None:
    """A project with one interview, its first answer under `depth` coded segments, the shorter inside the longer."""
    from coding.codes.queries import frameworks
    from coding.project import Project
    from coding.segments.editing import tag
    from coding.transcripts.drafts import Draft, DraftTurn, Speaker
    from coding.transcripts.intake import store_draft
    from coding.transcripts.queries import find_source

    answer = (
        "Kalau antrean, ya dari subuh sudah panjang. Petugas loketnya cuma dua, padahal desanya sembilan, jadi warga "
        "menunggu sampai siang. Informasinya kami dengar dari rapat dusun, lalu berubah lagi dua kali. Untungnya "
        "Bu Kader mau mengantar sampai ke balai desa, dan petugasnya tetap sabar walau harus lembur."
    )
    text = f"P: Bagaimana pelayanannya?\nRS: {answer}\nP: Ada lagi?\nRS: Tidak ada.\n"
    first, last = text.index("Kalau"), text.index("lembur.") + len("lembur.")
    turns = (
        DraftTurn(3, text.index("\n"), 0, 2, 0),
        DraftTurn(first, last, first - 4, first - 1, 1),
        DraftTurn(last + 4, last + 13, last + 1, last + 3, 0),
        DraftTurn(text.index("Tidak"), len(text) - 1, text.index("Tidak") - 4, text.index("Tidak") - 1, 1),
    )
    speakers = (Speaker("P", "researcher"), Speaker("RS", "informant", code="RS"))
    with Project.create(path, "Tumpang tindih", "id", coder="Ani") as project:
        with project.operation("Import {source}", source="RS") as op:
            store_draft(op, Draft("Wawancara RS", text, "interview", "2026-05-12", speakers=speakers, turns=turns))
        codes = [code.guid for framework in frameworks(project) for code in framework.codes][::3]
        source = find_source(project, "Wawancara RS")
        for number in range(depth):
            begin, end = first + 9 * number, last - 11 * number
            valence = ("supporting", "inhibiting", "neutral", None)[number % 4]
            with project.operation("Tag") as op:
                tag(op, source, begin, end, codes[number % len(codes)], valence)  # type: ignore[arg-type]


def informants_table(planned: bool) -> Scene:
    """The table of informants, or planned against heard."""

    def scene(window: MainWindow) -> QWidget:
        from app.informants.window import InformantsWindow

        shown: Any = side_window("informant.show_table", InformantsWindow)(window)
        shown.resize(1120, 520)
        shown.tabs.choose("planned" if planned else "table")
        settle(window, 0.3)
        return shown

    return scene


def report_held(window: MainWindow) -> QWidget:
    """The personal data that a report would hold."""
    workspace("report")(window)
    shown: Any = window.workspaces["report"]
    while not shown.settled:
        settle(window, 0.2)
    shown.personal.open_list()
    settle(window, 0.3)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    return dialog


def informant_erase(window: MainWindow) -> QWidget:
    """What goes when a person is erased."""
    shown: Any = informants_table(planned=False)(window)
    shown.table.selectRow(1)
    shown.erase()
    settle(window, 0.6)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    return dialog


def informant(window: MainWindow) -> QWidget:
    """What is known of one informant, in its dialog."""
    workspace("transcripts")(window)
    shown: Any = window.workspaces["transcripts"]
    shown.library.edit_informant(shown.sources.informants.rows[0].guid)
    settle(window, 0.3)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    return dialog


def text_editor(window: MainWindow) -> QWidget:
    """The editor of a text with an edit that changes one coded passage and takes another away."""
    from app.transcript_editor.window import TextEditor

    shown: Any = side_window("source.edit_text", TextEditor)(window)
    shown.resize(1180, 640)
    shown.discard_edit()
    rows = sorted(shown._opened.rows, key=lambda row: row.start)
    text = shown._opened.text
    first, last = rows[0], rows[-1]
    edited = text[: last.start] + text[last.end :]
    at = first.start + (first.end - first.start) // 2
    shown.edit.replace_all(edited[:at] + " [tidak jelas]" + edited[at:])
    shown.edit.set_place(0)
    shown.renew_plan()
    settle(window, 0.4)
    return shown


def former_texts(window: MainWindow) -> QWidget:
    """A former text compared with the one of now."""
    from coding.transcripts.editing_text import apply_edit

    workspace("transcripts")(window)
    shown: Any = window.workspaces["transcripts"]
    source = shown.desk.source
    if "sangat " not in source.text[:400]:
        words = source.text.split(" ")
        words[60] = "sangat " + words[60]
        window.ctx.operate("Edit the text of “{source}”", lambda op: apply_edit(op, source.guid, " ".join(words)))
        settle(window, 0.3)
    return run(window, "source.show_former")


TRANSCRIPTS = {
    "Wawancara 5 - RP.txt": "Informan: RP\nJabatan: Penjual sayur\nUsia: 28 tahun\nTanggal: 3 Juni 2026\n\n"
    "Peneliti: Sudah punya kartunya, Mbak?\nInforman: Sudah, tapi nunggunya dua bulan. Syaratnya bolak-balik.\n"
    "Peneliti: Dari siapa tahunya?\nInforman: Dari tetangga, terus diantar Bu Kader ke balai desa.\n",
    "Wawancara 6.txt": "T: Bagaimana pelayanannya?\nJ: Ramah, cuma antre dari subuh.\nT: Kenapa?\n"
    "J: Loketnya satu, petugasnya juga satu.\n",
    "kosong.txt": "",
}


def evidence(window: MainWindow) -> QWidget:
    """All coded segments."""
    workspace("evidence")(window)
    shown: Any = window.workspaces["evidence"]
    shown.table.set_context(False)
    shown.filter_bar.clear()
    shown.show_filter(EvidenceFilter(), EvidenceSort())
    settle(window)
    shown.table.choose([(0, 0)], 0)
    shown.table.scrollToTop()
    settle(window, 0.3)
    return window


def evidence_filtered(window: MainWindow) -> QWidget:
    """Coded segments of one dimension that inhibit or are neutral, with the sentences around them, three chosen."""
    evidence(window)
    shown: Any = window.workspaces["evidence"]
    code = shown.choices.book.frameworks[0].codes[0].guid
    shown.table.set_context(True)
    shown.show_filter(EvidenceFilter(codes=(code,), valences=("inhibiting", "neutral")), EvidenceSort("valence"))
    settle(window)
    shown.table.choose([(1, 3)], 1)
    shown.table.setFocus()
    settle(window, 0.3)
    return window


def matrix_filters(window: MainWindow) -> QWidget:
    """A matrix under two filters, with rows of topics, and factors mapped onto a dimension."""
    from coding.analysis.filters import EvidenceChoice
    from coding.codes.links import link
    from coding.codes.topics import add_topic, set_topic

    workspace("matrices")(window)
    shown: Any = window.workspaces["matrices"]
    settle(window)
    tab = shown.triangulation
    row = next(r for r in tab.data.indicators.rows if r.part == "indicator" and sum(c.segments for c in r.cells) > 2)
    guids = list(dict.fromkeys(guid for cell in row.cells for guid in cell.segment_ids))
    factor = shown.factors.data.factors.rows[0] if shown.factors.data else None

    def prepare(op: Any) -> None:
        if not row.topics:
            set_topic(op, guids[:2], add_topic(op, row.code_guid, "Antrean pagi"))
        if factor is not None:
            link(op, factor.code_guid, tab.data.matrix.rows[0].code_guid)

    window.ctx.operate("Prepare", prepare)
    settle(window)
    coder = tab.data.filters.coders[:1]
    tab.choose(
        MatrixChoice(tab.choice.framework, evidence=EvidenceChoice(since=tab.data.filters.dates[0], coders=coder))
    )
    settle(window)
    tab.view.rows.expand_all(True)
    settle(window)
    return window


def matrix_filter_popup(window: MainWindow) -> QWidget:
    """What can be filtered."""
    matrix_filters(window)
    shown: Any = window.workspaces["matrices"]
    shown.triangulation.filter.open()
    settle(window)
    popup = shown.triangulation.filter.findChild(QWidget, "filter_popup")
    assert popup is not None
    return popup


def merge(window: MainWindow) -> QWidget:
    """What merging a colleague's copy would do, with a passage to which both gave another direction."""
    import shutil

    from app.review.opening import show_merge
    from coding.project import Operation, Project
    from coding.segments.editing import set_valence, tag
    from coding.segments.queries import segments

    open_sample(window)
    assert window.ctx.project is not None
    other = window.ctx.project.path.with_name("Salinan Budi.telaah")
    other.unlink(missing_ok=True)
    shutil.copy(window.ctx.project.path, other)
    with Project.open(other, coder="Budi Santosa") as project:
        rows = segments(project)
        with project.operation("Set direction") as op:
            set_valence(op, [row.guid for row in rows[:2]], "neutral")
            set_valence(op, [row.guid for row in rows[4:9]], "supporting")
            for row in rows[20:32]:
                tag(op, row.source_guid, row.start, row.end, row.code_guid, row.valence, memo="Setuju.")
    seen = [row.guid for row in rows[:2]]
    other_way = "supporting" if rows[0].valence == "inhibiting" else "inhibiting"

    def change(op: Operation) -> None:
        set_valence(op, seen, other_way)  # type: ignore[arg-type]

    window.ctx.operate("Set direction", change)
    settle(window)
    dialog = show_merge(window.ctx, window, other)
    settle(window, 0.5)
    return dialog


def reviewing(role: str, wanted: str) -> Scene:
    """The queue as a supervisor or a researcher has it, its second line chosen."""

    def scene(window: MainWindow) -> QWidget:
        from app.workspaces.review import ReviewWorkspace

        open_sample(window)
        window.show_workspace("review")
        settle(window, 0.5)
        window.ctx.set_coder("Laksmi Puspitasari" if role == "supervisor" else "Rara", role)
        settle(window, 0.5)
        shown = window.workspaces["review"]
        assert isinstance(shown, ReviewWorkspace)
        shown.bar.wanted.setCurrentIndex(shown.bar.wanted.findData(wanted))
        settle(window, 0.3)
        shown.view.setFocus()
        shown.view.setCurrentIndex(shown.model.index(1, 0))
        settle(window, 0.3)
        return window

    return scene


def team(part: str) -> Scene:
    """Who codes what, or where coders disagree."""

    def scene(window: MainWindow) -> QWidget:
        from app.team.window import show_team

        open_sample(window)
        shown = show_team(window.ctx, window, part)
        settle(window, 0.8)
        return shown

    return scene


def dialog_of(action: str) -> Scene:
    """What an action of the project asks."""

    def scene(window: MainWindow) -> QWidget:
        open_sample(window)
        window.ctx.actions.run(action)
        settle(window, 0.5)
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        return dialog

    return scene


def with_rows_as_they_are(told: str, table: Any) -> str:
    """The mark of a table as it would be had its rows been written as they stand there."""
    from coding.reports.origin import rewritten
    from coding.reports.refresh_xml import lines
    from coding.reports.written_cells import WrittenRow, short, short_key

    return rewritten(
        told, [WrittenRow(short_key(one.texts, 2), tuple(short(text) for text in one.texts)) for one in lines(table)]
    )


def report_refresh(window: MainWindow) -> QWidget:
    """Tables of an earlier report in somebody's thesis, some of whose figures differ by now."""
    from docx import Document
    from docx.oxml.ns import qn

    from app.workspaces.report.refresh_dialog import RefreshDialog
    from coding.project import Project
    from coding.reports import ReportOptions
    from coding.reports import report as write_report

    open_sample(window)
    window.show_workspace("report")
    settle(window)
    assert window.ctx.project is not None
    path = window.ctx.project.path.with_name("Skripsi Bab IV.docx")
    with Project.open(window.ctx.project.path, read_only=True) as project:
        write_report(project, path, ReportOptions(language="id", tables=("informants", "triangulation", "factors")))
    document = Document(str(path))
    matrix, people = document.tables[1], document.tables[0]
    for row, column, text in ((2, 2, "+ 3"), (3, 2, "± 2"), (4, 5, "– 1")):
        matrix.rows[row].cells[column].paragraphs[0].runs[0].text = text
    people._tbl.remove(people.rows[-1]._tr)
    # as if the project had changed since, not the document
    for table in (matrix, people):
        described = table._tbl.tblPr.find(qn("w:tblDescription"))
        described.set(qn("w:val"), with_rows_as_they_are(described.get(qn("w:val")), table._tbl))
    matrix.rows[5].cells[2].paragraphs[0].add_run(" (lihat catatan lapangan)")
    own = people.add_row()
    for cell, text in zip(own.cells, ("15", "Ibu Sri", "Tetangga", "Pendukung"), strict=False):
        cell.text = text
    document.save(str(path))
    dialog = RefreshDialog(window.ctx, window, path)
    dialog.open()
    settle(window)
    if (first := dialog.tree.topLevelItem(1)) is not None:
        dialog.tree.setCurrentItem(first.child(0))
    return dialog


def report_written_into(window: MainWindow) -> QWidget:
    """A saved report whose file somebody has written into since."""
    from app.workspaces.report.writing_again import WriteAgainDialog

    open_sample(window)
    window.show_workspace("report")
    settle(window)
    assert window.ctx.project is not None
    path = window.ctx.project.path.with_name("Bab IV hasil penelitian.docx")
    dialog = WriteAgainDialog(window.ctx, window, path, lambda _: None, known=True)
    dialog.open()
    settle(window)
    return dialog


SCENES: dict[str, Scene] = {
    "merge": merge,
    "review": reviewing("supervisor", "new"),
    "review-answering": reviewing("researcher", "open"),
    "team": team("shares"),
    "team-settling": team("settling"),
    "send": dialog_of("project.send_for_review"),
    "coder": dialog_of("project.change_coder"),
    "report-refresh": report_refresh,
    "report-written-into": report_written_into,
    "start-empty": start_empty,
    "start-recent": start_recent,
    "new-project": new_project,
    "new-project-problems": new_project_problems,
    "shortcuts": shortcuts,
    "find": find,
    "about": about,
    "error": error,
    "crash": crash,
    "transcripts": workspace("transcripts"),
    "segment": segment,
    "tagging": tagging,
    "palette-marks": palette_with_marks,
    "codebook": codebook,
    "codebook-search": codebook_search,
    **{f"overlaps-{depth}": overlaps(depth) for depth in (0, 1, 5, 12)},
    "import": importing,
    "import-document": importing_document,
    "import-folder": importing_folder(),
    "import-table": importing_folder("transkrip pupuk.xlsx"),
    "import-summary": import_summary,
    "matrices": workspace("matrices"),
    "matrices-pin": pinning,
    "matrices-common-words": common_words,
    "matrix_filters": matrix_filters,
    "matrix_filter_popup": matrix_filter_popup,
    "cell": cell,
    "split-cells": split_cells,
    "periods": periods,
    "column-menu": column_menu,
    "factors": factors,
    "framework-matrix": framework_matrix,
    "conclusions": concluding,
    "recommendations": factor_look("advice"),
    "factors-by-dimension": factor_look("dimensions"),
    **{f"counts-{tab}": counts(tab) for tab in COUNT_TABS},
    "report": report(0.0),
    "report-matrix": report(0.8),
    "evidence": evidence,
    "evidence-filtered": evidence_filtered,
    "history": side_window("edit.show_history", HistoryWindow),
    "memos": memos,
    "informant": informant,
    "informants": informants_table(planned=False),
    "informant-erase": informant_erase,
    "report-held": report_held,
    "informants-planned": informants_table(planned=True),
    "text-editor": text_editor,
    "former-texts": former_texts,
    "codes": codes,
    "codes-below": codes_below,
    "codes-merge": codes_question("merge"),
    "codes-split": codes_question("split"),
    "codes-topic": codes_question("topic"),
    "codes-delete": codes_question("delete"),
    "find-in-all": find_in_all,
    "privacy": privacy,
}


def close_dialogs(window: MainWindow) -> None:
    """Close what a scene has left open."""
    while (dialog := QApplication.activeModalWidget()) is not None:
        dialog.close()
        QApplication.processEvents()
    window.notices.clear()
    window.run_box.clear()
    window.run_box.list.hide()
    settle(window, 0.02)


def photograph(
    folder: Path, scenes: dict[str, Scene], scales: tuple[float, ...] = (1.0,), contrast: bool = False
) -> list[Path]:
    """Save a picture of each scene in every combination; returns the files."""
    make_application()
    ctx, window = make_window()
    window.show()
    made = []
    for name, scene in scenes.items():
        for (width, height), appearance, language, scale in itertools.product(
            SIZES, ("light", "dark"), ("id", "en"), scales
        ):
            ctx.settings.set("contrast", "more" if contrast else "normal")
            ctx.set_appearance(appearance)
            ctx.set_language(language)
            ctx.set_text_scale(scale)
            window.resize(width, height)
            settle(window)
            widget = scene(window)
            settle(window)
            size = ("-contrast" if contrast else "") + ("" if scale == 1.0 else f"-x{scale:g}")
            path = folder / f"{name}-{width}x{height}-{appearance}-{language}{size}.png"
            widget.grab().save(str(path))
            made.append(path)
            close_dialogs(window)
    window.close()
    return made


def main() -> int:
    parser = argparse.ArgumentParser(description="Photograph the window in every size, appearance and language.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("scenes", nargs="*", help=", ".join(SCENES))
    parser.add_argument("--scale", type=float, action="append", help="text size; may be given more than once")
    parser.add_argument("--contrast", action="store_true", help="with high contrast")
    words = parser.parse_args()
    wanted = {name: SCENES[name] for name in words.scenes or SCENES}
    words.folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ[HOME_VARIABLE] = home
        for path in photograph(words.folder, wanted, tuple(words.scale or (1.0,)), words.contrast):
            print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
