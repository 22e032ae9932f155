"""One program with two faces: what is done at the window is what the command line does, to the last figure."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.models.matrix_model import CELL
from coding.cli import main
from coding.cli_results import factors_object, matrix_object
from coding.project import Project
from coding.transcripts.queries import find_source, source_text
from coding.words import Words

if TYPE_CHECKING:
    from .conftest import Person, Run, Study


GLYPHS = {"supporting": "+", "inhibiting": "−", "mixed": "±", "neutral": "○"}
STATUSES = {
    "convergent": "searah", "partial": "sebagian", "divergent": "berlawanan", "single": "satu sumber",
    "covered": "tanpa arah", "absent": "belum ada bukti",
}  # fmt: skip


class TestTheSameStudy:
    """The same transcripts and codings, once by hand at the window and once by commands."""

    def test_both_ways_give_the_same_figures_and_the_same_tables(
        self, person: Person, study: Study, tmp_path: Path, run: Run, tables_of: Callable[[Path], Any]
    ) -> None:
        by_hand = self.by_hand(person, study, tmp_path)
        by_command = self.by_command(study, tmp_path, run)
        for command, options in (
            ("sources", ()),
            ("informants", ()),
            ("segments", ()),
            ("matrix", ("--framework", "edward3")),
            ("matrix", ("--framework", "edward3", "--level", "indicator", "--columns", "group")),
            ("matrix", ("--framework", "edward3", "--kind", "theory", "--against", "factors")),
            ("factors", ()),
        ):
            found = [
                by_place(run(command, path, *options, "--format", "json"), run("segments", path, "--format", "json"))
                for path in (by_hand, by_command)
            ]
            assert found[0] == found[1], (command, options)
            assert found[0]
        written = []
        for path in (by_hand, by_command):
            run("report", path, out := path.with_suffix(".docx"))
            written.append(tables_of(out))
        assert written[0] == written[1]
        assert len(written[0]) == 11

    def by_hand(self, person: Person, study: Study, folder: Path) -> Path:
        path = person.new_project(study, folder)
        person.bring_in(study)
        for name in dict.fromkeys(one.source for one in study.codings):
            person.open_source(name)
            for one in study.of(name):
                person.tag(one)
        person.settle()
        return path

    def by_command(self, study: Study, folder: Path, run: Run) -> Path:
        path = folder / "perintah.telaah"
        run("new", path, "--title", study.title)
        run("import", path, *study.files)
        texts = {name: self.stored_text(path, name) for name in {one.source for one in study.codings}}
        for one in study.codings:
            start = texts[one.source].index(one.words)
            words: list[object] = [one.source, start, start + len(one.words), one.code, "--coder", study.coder]
            run("tag", path, *words, *(("--valence", one.valence) if one.valence else ()))
        return path

    def stored_text(self, path: Path, name: str) -> str:
        with Project.open(path, read_only=True) as project:
            return source_text(project, find_source(project, name)).text


def by_place(found: Any, segments: list[dict[str, Any]]) -> Any:
    """A result with guids replaced by what they stand for: source, place and code."""
    places = {one["id"]: (one["source"], one["start"], one["end"], one["code"]) for one in segments}

    def told(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: told(one) for key, one in value.items()}
        if isinstance(value, list):
            return [told(one) for one in value]
        return places.get(value, value) if isinstance(value, str) else value

    return told(found)


class TestTheSameFigures:
    """What the window shows of the sample is what the commands print."""

    def test_the_matrices_on_screen_are_those_of_the_command(self, person: Person, sample: Path, run: Run) -> None:
        person.open_and_read(sample)
        person.go(3)
        person.choose("matrix_framework", "edward3")
        person.room.triangulation.focus_table()
        person.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        assert person.room.triangulation.view.rows.all_expanded
        shown = []
        for kind, columns, against in (
            ("source", "informant", None),
            ("source", "group", None),
            ("method", "informant", None),
            ("time", "informant", None),
            ("place", "informant", None),
            ("investigator", "informant", None),
            ("theory", "informant", "factors"),
        ):
            person.choose("matrix_kind", kind)
            if kind == "source":
                person.choose("matrix_columns", columns)
            if against:
                person.choose("matrix_against", against)
            options = ["--framework", "edward3", "--kind", kind, "--columns", columns, "--format", "json"]
            options += ["--against", against] if against else []
            printed = {level: run("matrix", sample, *options, "--level", level) for level in ("dimension", "indicator")}
            printed["topics"] = run("matrix", sample, *options, "--topics")
            self.compare(person.room.triangulation, printed)
            shown.append(printed["dimension"])
        assert all(one not in shown[:number] for number, one in enumerate(shown))

    def compare(self, tab: Any, printed: dict[str, Any]) -> None:
        """The cells on screen say what the command says at both levels, and nothing is left over."""
        rows = tab.view.rows
        data = rows.data_shown
        written = tuple(data.findings.values())
        assert matrix_object(data.matrix, Words("id"), written) == printed["dimension"]
        assert matrix_object(data.indicators, Words("id"), written) == printed["indicator"]
        assert [column.key for column in rows.columns] == printed["dimension"]["columns"]
        below = (one for row in printed["topics"]["rows"] for one in (row, *row["topics"]))
        dimensions, inside = iter(printed["dimension"]["rows"]), iter(below)
        for number, line in enumerate(rows.lines):
            row = next(dimensions if line.top else inside)
            assert rows.index(number, 0).data() == row["label"]
            for place, cell in enumerate(row["cells"], 1):
                shown = rows.index(number, place).data()
                assert rows.index(number, place).data(CELL).segments == cell["segments"]
                if cell["stance"] == "silent":
                    assert shown == "–"
                else:
                    assert shown.split()[:2] == [GLYPHS[cell["stance"]], str(cell["passages"])]
            k, n = row["coverage"]
            assert rows.index(number, rows.status_column).data() == f"{STATUSES[row['status']]}  {k} / {n}"
        assert [*dimensions, *inside] == []
        for notice in printed["dimension"]["notices"]:
            assert notice[1:] in unescape(tab.notices.text())

    @pytest.mark.parametrize("level", ["indicator", "dimension"])
    def test_the_factors_on_screen_are_those_of_the_command(
        self, person: Person, sample: Path, run: Run, level: str
    ) -> None:
        person.open_and_read(sample)
        person.go(3)
        person.click(person.room.tabs.button("factors"))
        person.settle()
        person.choose("factor_level", level)
        model = person.room.factors.model
        printed = run("factors", sample, "--level", level, "--format", "json")
        assert factors_object(model.factors, Words("id"), model.data_shown.findings) == printed
        assert model.rowCount() == len(printed["rows"])
        for number, row in enumerate(printed["rows"]):
            assert model.index(number, 0).data() == row["label"]
            for place, (side, glyph) in enumerate((("supporting", "+"), ("inhibiting", "−"), ("neutral", "○")), 1):
                count = row[side]["passages"]
                assert model.index(number, place).data() == (f"{glyph} {count}" if row[side]["segments"] else "–")
        assert any(row["contested"] for row in printed["rows"])

    def test_the_report_of_the_window_is_the_one_of_the_command(
        self, person: Person, sample: Path, tmp_path: Path, run: Run, tables_of: Callable[[Path], Any]
    ) -> None:
        person.open_and_read(sample)
        person.go(5)
        person.answer_file_dialog(tmp_path / "jendela.docx")
        person.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        person.wait(person.room.result.isVisible)
        assert QApplication.activeModalWidget() is None
        run("report", sample, tmp_path / "perintah.docx", "--preset", "chapter")
        assert tables_of(tmp_path / "jendela.docx") == tables_of(tmp_path / "perintah.docx")


def test_commands_read_beside_the_window_and_leave_the_writing_to_it(
    person: Person, sample: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    person.open_and_read(sample)
    name = person.room.desk.source.name
    before = run("segments", sample, "--format", "json")
    assert len(before) > 100
    assert main(["tag", str(sample), name, "10", "20", "edward3.communication"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    (line,) = printed.err.splitlines()
    assert line.startswith("telaah: contoh.telaah ")
    assert run("segments", sample, "--format", "json") == before
    assert person.said == []
