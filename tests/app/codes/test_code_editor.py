"""The code editor, by mouse and key, on the sample and on empty projects."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.codes.keeping import keep_draft
from app.codes.menus import fill_more, fill_new, fill_places
from app.codes.questions import DeleteQuestion, MergeDialog, SplitDialog, TopicDialog
from app.codes.tree import CODES_MIME
from app.codes.window import CodesWindow
from app.context import Context
from app.main_window import MainWindow
from app.models.code_book import CodeBook
from coding.codes.details import code_details
from coding.codes.queries import frameworks, open_codes
from coding.codes.rows import CodeDetails, CodeRow
from coding.memos.editing import set_memo
from coding.segments.queries import segments

Idle = Callable[[Context], None]
LEFT = Qt.MouseButton.LeftButton
CLARITY = "edward3.communication.clarity"


class Hands:
    """What a person does in the editor, and what is then in the project."""

    def __init__(self, shown: CodesWindow, ctx: Context, qtbot: QtBot, idle: Idle) -> None:
        self.shown, self.ctx, self.bot, self._idle = shown, ctx, qtbot, idle

    def rest(self) -> None:
        for _ in range(4):
            self._idle(self.ctx)
            QApplication.processEvents()

    def read(self, fn: Callable[[Any], Any]) -> Any:
        found: list[Any] = []
        self.ctx.read(fn, found.append)
        self.rest()
        return found[0]

    def codes(self) -> dict[str, CodeRow]:
        book = self.read(lambda r: CodeBook.of(frameworks(r), open_codes(r)))
        return {code.path: code for key in book.tabs() for code in book.codes_of(key)}

    def details(self, path: str) -> CodeDetails:
        guid = self.codes()[path].guid
        found = self.read(lambda r: code_details(r, guid))
        assert isinstance(found, CodeDetails)
        return found

    def click(self, path: str, *, more: bool = False) -> None:
        """Click the line of a code (or a framework's key), with Ctrl for `more`."""
        tree, known = self.shown.tree, self.codes()
        index = tree.index_of(known[path].guid if path in known else path)
        above = index.parent()
        while above.isValid():
            tree.expand(above)
            above = above.parent()
        tree.scrollTo(index)
        held = Qt.KeyboardModifier.ControlModifier if more else Qt.KeyboardModifier.NoModifier
        self.bot.mouseClick(tree.viewport(), LEFT, held, tree.visualRect(index).center())
        self.rest()

    def key(self, keys: str) -> None:
        """Press keys in the tree."""
        combination = QKeySequence(keys)[0]
        self.bot.keyClick(self.shown.tree, combination.key(), combination.keyboardModifiers())
        self.rest()

    def field(self, name: str) -> Any:
        found = self.shown.pages.currentWidget().findChild(
            QLineEdit, name
        ) or self.shown.pages.currentWidget().findChild(QPlainTextEdit, name)
        assert found is not None
        return found

    def write(self, name: str, text: str) -> None:
        """Put a text in place of what stands in a field, and leave it with Tab."""
        field = self.field(name)
        field.setFocus()
        field.selectAll()
        self.bot.keyClicks(field, text)
        self.bot.keyClick(field, Qt.Key.Key_Tab)
        self.rest()

    def dialog(self, kind: type[Any]) -> Any:
        self.rest()
        found = QApplication.activeModalWidget()
        assert isinstance(found, kind)
        return found

    def press(self, dialog: Any, name: str) -> None:
        made = dialog.findChild(QPushButton, name)
        assert made is not None
        assert made.isEnabled()
        self.bot.mouseClick(made, LEFT)
        self.rest()
        self.shown.activateWindow()
        self.shown.tree.setFocus()
        self.rest()

    def undo(self) -> None:
        self.key("Ctrl+Z")


def open_editor(window: MainWindow, ctx: Context, qtbot: QtBot, idle: Idle) -> Hands:
    ctx.actions.run("code.edit_all")
    shown = window.findChild(CodesWindow)
    assert isinstance(shown, CodesWindow)
    qtbot.waitExposed(shown)
    hands = Hands(shown, ctx, qtbot, idle)
    hands.rest()
    return hands


@pytest.fixture
def hands(window: MainWindow, sample_ctx: Context, qtbot: QtBot, idle: Idle) -> Hands:
    return open_editor(window, sample_ctx, qtbot, idle)


@pytest.fixture
def fresh(window: MainWindow, project_ctx: Context, qtbot: QtBot, idle: Idle) -> Hands:
    return open_editor(window, project_ctx, qtbot, idle)


def test_all_frameworks_and_codes_stand_there_with_their_counts(hands: Hands) -> None:
    tree = hands.shown.tree
    assert tree.current_key() == "edward3"
    for code in hands.codes().values():
        assert tree.index_of(code.guid).isValid()
    hands.click(CLARITY)
    assert hands.field("label_en").text() == hands.codes()[CLARITY].label_en
    assert CLARITY in hands.shown.code_form.place.text()


def test_a_dimension_with_an_indicator_is_made_by_keys_alone(fresh: Hands) -> None:
    fresh.click("edward3")
    fresh.key("Ctrl+N")
    field = fresh.field("label_id")
    assert field.hasFocus()
    fresh.bot.keyClicks(field, "Dukungan Politik")
    fresh.bot.keyClick(field, Qt.Key.Key_Tab)
    fresh.rest()
    made = fresh.codes()["edward3.dukungan_politik"]
    assert (made.label_id, made.label_en, made.level, made.own) == (
        "Dukungan Politik", "Dukungan Politik", "dimension", True,
    )  # fmt: skip
    fresh.write("label_en", "Political Support")
    named = next(code for code in fresh.codes().values() if code.guid == made.guid)
    assert (named.label_id, named.label_en) == ("Dukungan Politik", "Political Support")
    assert named.path in fresh.shown.code_form.place.text()
    assert not fresh.shown.code_form.chip.isHidden()
    fresh.shown.tree.setFocus()
    fresh.key("Ctrl+N")
    below = [code for code in fresh.codes().values() if code.parent == made.guid]
    assert [(code.level, code.label_en) for code in below] == [("indicator", "New indicator")]
    assert fresh.shown.tree.current_key() == below[0].guid


def test_each_field_is_one_step_when_it_is_left(hands: Hands) -> None:
    hands.click(CLARITY)
    before = hands.details(CLARITY)
    hands.write("definition_id", "Pesan dipahami.")
    hands.write("cues_id", "  jelas ")
    after = hands.details(CLARITY)
    assert after.texts["definition"]["id"] == "Pesan dipahami."
    assert after.lists["cues"]["id"] == ("jelas",)
    assert hands.field("cues_id").toPlainText() == "jelas"
    hands.shown.tree.setFocus()
    hands.undo()
    assert hands.details(CLARITY).lists == before.lists
    assert hands.field("cues_id").toPlainText() == "\n".join(before.lists["cues"]["id"])
    hands.undo()
    assert hands.details(CLARITY).texts == before.texts


def test_leaving_for_another_code_stores_what_was_written(hands: Hands) -> None:
    hands.click(CLARITY)
    field = hands.field("not_this_en")
    field.setFocus()
    field.selectAll()
    hands.bot.keyClicks(field, "Not transmission.")
    hands.click("edward3.resources")
    assert hands.details(CLARITY).texts["not_this"]["en"] == "Not transmission."
    assert hands.field("not_this_en").toPlainText() != "Not transmission."


def test_undo_in_a_field_is_of_its_letters_first(hands: Hands) -> None:
    hands.click(CLARITY)
    field = hands.field("look_for_en")
    stood = field.toPlainText()
    field.setFocus()
    hands.bot.keyClicks(field, "abc")
    hands.bot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.toPlainText() == stood
    hands.rest()
    assert hands.details(CLARITY).texts["look_for"]["en"] == stood


def test_a_name_that_is_taken_is_refused_and_the_old_one_stands_again(fresh: Hands) -> None:
    said: list[str] = []
    fresh.ctx.notice.connect(lambda text, *_: said.append(text))
    for _ in range(2):
        fresh.click("open")
        fresh.key("Ctrl+N")
    assert {"New code", "New code 2"} <= fresh.codes().keys()
    fresh.click("New code 2")
    fresh.write("label_id", "New code")
    assert "There is a code “New code”" in said[-1]
    assert fresh.field("label_id").text() == "New code 2"


def test_codes_move_by_keys_and_theirs_stay(hands: Hands) -> None:
    hands.click(CLARITY)
    hands.key("Alt+Up")
    assert hands.codes()[CLARITY].number == 1
    assert hands.shown.tree.current_key() == hands.codes()[CLARITY].guid
    hands.key("Alt+Down")
    hands.key("Alt+Down")
    assert hands.codes()[CLARITY].number == 3
    hands.undo()
    assert hands.codes()[CLARITY].number == 2
    hands.click("jones")
    hands.key("Alt+Up")
    assert hands.read(lambda r: [row.key for row in frameworks(r)])[0] == "jones"


def drop(hands: Hands, path: str, target: str, row: int) -> bool:
    """What letting go of a dragged code over a line does."""
    model, known = hands.shown.tree.items, hands.codes()
    data = QMimeData()
    data.setData(CODES_MIME, known[path].guid.encode())
    parent = hands.shown.tree.index_of(known[target].guid if target in known else target)
    if not model.canDropMimeData(data, Qt.DropAction.MoveAction, row, 0, parent):
        return False
    model.dropMimeData(data, Qt.DropAction.MoveAction, row, 0, parent)
    hands.rest()
    return True


def test_an_open_code_dropped_on_a_dimension_becomes_an_indicator(fresh: Hands) -> None:
    fresh.click("open")
    fresh.key("Ctrl+N")
    dragged = fresh.shown.tree.items.mimeData([fresh.shown.tree.currentIndex()])
    assert bytes(dragged.data(CODES_MIME).data()).decode() == fresh.codes()["New code"].guid
    assert drop(fresh, "New code", "edward3.communication", 1)
    moved = fresh.codes()["edward3.communication.new_code"]
    assert (moved.level, moved.number) == ("indicator", 2)
    assert fresh.shown.tree.current_key() == moved.guid
    # from the second place to behind the third, counted as the lines stand
    assert drop(fresh, moved.path, "edward3.communication", 3)
    assert fresh.codes()[moved.path].number == 3
    assert drop(fresh, moved.path, "edward3.communication", 0)
    assert fresh.codes()[moved.path].number == 1
    assert drop(fresh, moved.path, "open", -1)
    assert fresh.codes()["New code"].level == "open"
    assert not drop(fresh, "New code", "New code", -1)
    assert not fresh.shown.tree.items.canDropMimeData(QMimeData(), Qt.DropAction.MoveAction, 0, 0, QModelIndex())
    said: list[str] = []
    fresh.ctx.notice.connect(lambda text, *_: said.append(text))
    drop(fresh, CLARITY, "edward3.resources", 0)
    assert "keeps its place" in said[-1]
    assert CLARITY in fresh.codes()


def test_deleting_asks_names_what_goes_and_can_be_undone(hands: Hands) -> None:
    before = hands.codes()
    hands.click(CLARITY)
    hands.key("Delete")
    question = hands.dialog(DeleteQuestion)
    said = " ".join(label.text() for label in question.findChildren(type(hands.shown.code_form.heading)))
    assert before[CLARITY].label_en in said
    assert str(before[CLARITY].segments) in said
    hands.press(question, "delete_cancel")
    assert hands.codes() == before
    hands.key("Delete")
    hands.press(hands.dialog(DeleteQuestion), "delete_confirm")
    after = hands.codes()
    assert CLARITY not in after
    assert hands.shown.tree.current_key() == after["edward3.communication.consistency"].guid
    hands.undo()
    assert hands.codes() == before


def test_a_framework_is_removed_after_a_question(hands: Hands) -> None:
    hands.click("jones")
    hands.key("Delete")
    hands.press(hands.dialog(DeleteQuestion), "delete_confirm")
    assert "jones.organization" not in hands.codes()
    hands.undo()
    assert "jones.organization" in hands.codes()


def test_codes_are_merged_after_a_preview_with_counts(hands: Hands) -> None:
    before = hands.codes()
    hands.click("edward3.communication.transmission")
    assert not hands.shown.merge.isEnabled()
    hands.click(CLARITY, more=True)
    hands.bot.mouseClick(hands.shown.merge, LEFT)
    dialog = hands.dialog(MergeDialog)
    stays = before[CLARITY]
    number = dialog._guids.index(stays.guid)
    dialog.choices[number].setChecked(True)
    hands.rest()
    goes = before["edward3.communication.transmission"]
    assert str(goes.segments) in dialog.preview.text()
    hands.press(dialog, "merge_confirm")
    after = hands.codes()
    assert goes.path not in after
    merged = after[CLARITY].segments
    assert max(stays.segments, goes.segments) <= merged <= stays.segments + goes.segments
    assert hands.shown.tree.current_key() == stays.guid
    hands.undo()
    assert hands.codes() == before


def test_a_code_is_split_by_ticking_segments(hands: Hands) -> None:
    before = hands.codes()[CLARITY].segments
    hands.click(CLARITY)
    hands.bot.mouseClick(hands.shown.split, LEFT)
    dialog = hands.dialog(SplitDialog)
    assert not dialog.split.isEnabled()
    assert dialog.chooser.list.count() == before
    hands.bot.keyClicks(dialog.label_id, "Kejelasan syarat")
    hands.bot.keyClicks(dialog.label_en, "Clear terms")
    assert not dialog.split.isEnabled()
    for number in range(2):
        dialog.chooser.list.item(number).setCheckState(Qt.CheckState.Checked)
    assert "2" in dialog.chooser.said.text()
    hands.press(dialog, "split_confirm")
    after = hands.codes()
    assert (after[CLARITY].segments, after["edward3.communication.kejelasan_syarat"].segments) == (before - 2, 2)
    assert hands.shown.tree.current_key() == after["edward3.communication.kejelasan_syarat"].guid


def test_the_list_of_segments_is_narrowed_by_words(hands: Hands) -> None:
    hands.click(CLARITY)
    hands.bot.mouseClick(hands.shown.split, LEFT)
    chooser = hands.dialog(SplitDialog).chooser
    row = chooser.list.item(0).data(Qt.ItemDataRole.UserRole)
    hands.bot.keyClicks(chooser.search, row.source)
    hands.bot.mouseClick(chooser.all, LEFT)
    found = {r.guid for r in hands.read(lambda r: segments(r, code=hands.shown.tree.node().code.guid))
             if r.source == row.source}  # fmt: skip
    assert found <= set(chooser.ticked())
    assert len(chooser.ticked()) < chooser.list.count()
    hands.bot.mouseClick(chooser.none, LEFT)
    assert chooser.ticked() == []


def test_topics_are_added_renamed_moved_given_segments_and_removed(hands: Hands) -> None:
    hands.click(CLARITY)
    box = hands.shown.code_form.topics
    for name in ("Syarat", "Jadwal"):
        box.new.setFocus()
        hands.bot.keyClicks(box.new, name)
        hands.bot.keyClick(box.new, Qt.Key.Key_Return)
        hands.rest()
    assert [topic.label for topic in hands.details(CLARITY).topics] == ["Syarat", "Jadwal"]
    box.list.setFocus()
    box.list.setCurrentRow(1)
    hands.bot.keyClick(box.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    hands.rest()
    assert [topic.label for topic in hands.details(CLARITY).topics] == ["Jadwal", "Syarat"]
    box.list.item(0).setData(Qt.ItemDataRole.EditRole, "Waktu")
    hands.rest()
    box.list.setCurrentRow(0)
    hands.bot.mouseClick(box.assign, LEFT)
    dialog = hands.dialog(TopicDialog)
    assert dialog.topic.currentText() == "Waktu"
    dialog.chooser.list.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.chooser.list.item(1).setCheckState(Qt.CheckState.Checked)
    hands.press(dialog, "topic_confirm")
    assert [(t.label, t.segments) for t in hands.details(CLARITY).topics] == [("Waktu", 2), ("Syarat", 0)]
    assert "2" in box.list.item(0).text()
    hands.bot.mouseClick(box.assign, LEFT)
    dialog = hands.dialog(TopicDialog)
    ticked = dialog.chooser.ticked()
    assert len(ticked) == 2
    dialog.chooser.tick(lambda row: row.guid == ticked[0])
    hands.press(dialog, "topic_confirm")
    assert hands.details(CLARITY).topics[0].segments == 1
    box.list.setFocus()
    box.list.setCurrentRow(0)
    hands.bot.keyClick(box.list, Qt.Key.Key_Delete)
    hands.rest()
    assert [topic.label for topic in hands.details(CLARITY).topics] == ["Syarat"]
    assert hands.codes()[CLARITY].segments > 0


def test_a_factor_is_mapped_and_seen_from_the_other_end(fresh: Hands) -> None:
    fresh.click("factors.internal.human_resources")
    menu = fresh.shown.code_form.links.menu()
    edward = next(action.menu() for action in menu.actions() if action.text() == "Edward III")
    staff = next(action for action in edward.actions() if action.text().strip() == "Staff")
    staff.trigger()
    fresh.rest()
    assert [one.label("en") for one in fresh.details("factors.internal.human_resources").links] == ["Resources › Staff"]
    fresh.click("edward3.resources.staff")
    (chip,) = fresh.shown.code_form.links.findChildren(QPushButton, "link")
    assert "Internal factors" in chip.text()
    fresh.bot.mouseClick(chip, LEFT)
    fresh.rest()
    assert fresh.details("factors.internal.human_resources").links == ()


def test_the_colour_of_a_dimension_is_that_of_its_indicators(fresh: Hands) -> None:
    fresh.click("edward3.communication")
    fresh.bot.mouseClick(fresh.shown.code_form.swatches.buttons[5], LEFT)
    fresh.rest()
    assert {c.color for c in fresh.codes().values() if c.path.startswith("edward3.communication")} == {5}
    fresh.bot.keyClick(fresh.shown.code_form.swatches.buttons[5], Qt.Key.Key_Right)
    assert fresh.shown.code_form.swatches.buttons[6].hasFocus()


def test_frameworks_are_copied_written_and_read(fresh: Hands, tmp_path: Path) -> None:
    fresh.click("edward3")
    fill_more(fresh.shown.more.menu(), fresh.shown)
    copy = next(a for a in fresh.shown.more.menu().actions() if a.text().startswith("Copy"))
    copy.trigger()
    fresh.rest()
    assert fresh.shown.tree.current_key() == "edward3_copy"
    fresh.write("label_en", "Edward III for villages")
    fresh.shown.changes.export("edward3_copy", tmp_path / "kerangka.toml")
    fresh.rest()
    assert "Edward III for villages" in (tmp_path / "kerangka.toml").read_text(encoding="utf-8")
    fresh.shown.changes.remove_framework("edward3_copy", "x")
    fresh.rest()
    fresh.shown.changes.bring_in(tmp_path / "kerangka.toml")
    fresh.rest()
    assert "edward3_copy.communication.clarity" in fresh.codes()
    assert fresh.shown.tree.current_key() == "edward3_copy"


def test_menus_offer_what_is_possible_here(fresh: Hands) -> None:
    fresh.shown.changes.remove_framework("jones", "Jones")
    fresh.rest()
    fresh.click(CLARITY)
    fill_new(fresh.shown.new.menu(), fresh.shown)
    menus = {a.text(): a.menu() for a in fresh.shown.new.menu().actions()}
    assert [a.text() for a in menus["Built-in framework"].actions()] == ["Jones"]
    menus["Built-in framework"].actions()[0].trigger()
    fresh.rest()
    assert "jones.organization" in fresh.codes()
    fresh.click("open")
    fresh.key("Ctrl+N")
    fill_places(places := fresh.shown.more.menu(), fresh.shown)
    edward = next(a.menu() for a in places.actions() if a.text() == "Edward III")
    next(a for a in edward.actions() if a.text() == "Resources").trigger()
    fresh.rest()
    assert "edward3.resources.new_code" in fresh.codes()


def test_what_was_being_written_at_a_crash_comes_back(window: MainWindow, fresh: Hands, qtbot: QtBot) -> None:
    ctx, project = fresh.ctx, fresh.ctx.project
    assert project is not None
    fresh.click(CLARITY)
    field = fresh.field("definition_en")
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Half a sent")
    field.draft_changed.emit(field)
    draft = ctx.settings.project_state(project.guid)["code_draft"]
    assert draft["text"] == "Half a sent"
    keep_draft(ctx, "", "", "", "", "")
    field.value.known = field.toPlainText()
    ctx.settings.keep_project_state(project.guid, {"code_draft": draft})
    ctx.close_project()
    fresh.rest()
    assert not fresh.shown.isVisible()
    with qtbot.waitSignal(ctx.project_opened, timeout=20_000):
        ctx.open_project(project.path)
    fresh.rest()
    assert fresh.details(CLARITY).texts["definition"]["en"] == "Half a sent"


def test_the_panel_beside_the_text_opens_the_editor_at_its_code(
    window: MainWindow, sample_ctx: Context, qtbot: QtBot, idle: Idle
) -> None:
    sample_ctx.show_workspace("transcripts")
    idle(sample_ctx)
    panel: Any = window.workspaces["transcripts"].codes  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: panel.tree.codes.rowCount() > 0, timeout=20_000)
    panel.show_framework("jones")
    qtbot.mouseClick(panel.edit, LEFT)
    idle(sample_ctx)
    shown = window.findChild(CodesWindow)
    assert isinstance(shown, CodesWindow)
    qtbot.waitUntil(lambda: shown.tree.current_key() == "jones", timeout=20_000)
    shown.hide()
    clarity = next(code for code in panel._book.codes_of("edward3") if code.path == CLARITY)
    panel.show_code(clarity)
    qtbot.mouseClick(panel.edit, LEFT)
    qtbot.waitUntil(lambda: shown.tree.current_key() == clarity.guid, timeout=20_000)


def test_the_memo_on_a_code_is_shown_and_written(fresh: Hands) -> None:
    guid = fresh.codes()[CLARITY].guid
    fresh.click(CLARITY)
    assert fresh.shown.code_form.memo.isHidden()
    with fresh.bot.waitSignal(fresh.ctx.memo_requested, timeout=20_000) as asked:
        fresh.bot.mouseClick(fresh.shown.code_form.write_memo, LEFT)
    assert asked.args == ["code", guid]
    fresh.ctx.operate("Write a memo", lambda op: set_memo(op, "code", guid, "Sering tertukar."))
    fresh.rest()
    assert fresh.shown.code_form.memo.text() == "Sering tertukar."


def test_language_and_theme_are_taken_on(hands: Hands) -> None:
    hands.click(CLARITY)
    hands.ctx.set_language("id")
    hands.rest()
    assert hands.shown.code_form.heading.text() == "Komunikasi › Kejelasan"
    hands.ctx.set_appearance("dark")
    hands.rest()
    assert hands.shown.grab().size() == hands.shown.size() * hands.shown.devicePixelRatio()


def test_the_keys_of_the_tree_ask_for_its_menu(hands: Hands) -> None:
    hands.click(CLARITY)
    asked: list[QPoint] = []
    hands.shown.tree.menu_asked.connect(asked.append)
    hands.shown._on_menu(QPoint(5, 5))
    hands.rest()
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert "Rename" in menu.actions()[0].text()  # type: ignore[attr-defined]
    menu.close()
