"""Frameworks of the study's own: empty, copied, read from a file, written to one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coding.analysis.factors import summarise
from coding.analysis.triangulation import triangulate
from coding.codes.adopt import read_framework
from coding.codes.editing import new_code, set_color, set_label, set_list, set_literature, set_text
from coding.codes.moving import move
from coding.codes.naming import one_line
from coding.codes.own_frameworks import (
    copy_framework,
    export_framework,
    import_framework,
    new_framework,
    set_framework_label,
    set_framework_literature,
    theory_of,
)
from coding.codes.queries import frameworks
from coding.codes.rows import CodeRow, FrameworkRow
from coding.errors import CodingError
from coding.project import Project
from frameworks.loader import load_builtin, parse
from frameworks.writer import to_toml

Add = Callable[..., str]
Guid = Callable[[str], str]
Rows = Callable[[], dict[str, CodeRow]]
Dump = Callable[[Path], Any]


def framework(project: Project, key: str) -> FrameworkRow:
    return next(row for row in frameworks(project) if row.key == key)


def test_an_adopted_theory_is_exported_as_it_came(project: Project, tmp_path: Path) -> None:
    for row in frameworks(project):
        assert theory_of(project, row.key) == load_builtin(row.key)
    path = tmp_path / "jones.toml"
    assert export_framework(project, "jones", path) == len(framework(project, "jones").codes)
    assert read_framework(path) == load_builtin("jones")
    with pytest.raises(CodingError, match="does not exist"):
        export_framework(project, "jones", tmp_path / "none" / "x.toml")


def test_a_copy_has_its_own_key_and_can_be_rearranged(
    project: Project, add: Add, code_words: Add, guid: Guid, dump: Dump
) -> None:
    add("W", [("RS", "Syaratnya berubah.")])
    code_words("W", "Syaratnya berubah", "edward3.communication.clarity")
    with project.operation("Change") as op:
        set_color(op, guid("edward3.communication"), 5)
        set_label(op, guid("edward3.communication.clarity"), "id", "Jernih")
    before = dump(project.path)
    with project.operation("Copy") as op:
        key = copy_framework(op, "edward3")
    copied = framework(project, key)
    assert (key, copied.label_id, copied.label_en, copied.based_on, copied.own) == (
        "edward3_copy", "Edward III (salinan)", "Edward III (copy)", "edward3/1", True,
    )  # fmt: skip
    original = framework(project, "edward3")
    assert [(c.label_id, c.color, c.level) for c in copied.codes] == [
        (c.label_id, c.color, c.level) for c in original.codes
    ]
    assert not {c.guid for c in copied.codes} & {c.guid for c in original.codes}
    assert all(c.own for c in copied.codes)
    assert (copied.segments, original.segments) == (0, 1)
    with project.operation("Move") as op:
        move(op, guid(f"{key}.communication.clarity"), parent=guid(f"{key}.resources"), index=0)
    assert f"{key}.resources.clarity" in {c.path for c in framework(project, key).codes}
    project.undo()
    project.undo()
    assert dump(project.path) == before
    with project.operation("Copy") as op:
        assert copy_framework(op, "edward3") == "edward3_copy"
        assert copy_framework(op, "edward3") == "edward3_copy_2"
    assert framework(project, "edward3_copy_2").label_id == "Edward III (salinan 2)"


def test_a_built_in_framework_is_copied_that_was_not_adopted(tmp_path: Path) -> None:
    with Project.create(tmp_path / "study.telaah", "x", frameworks=[]) as project:
        with project.operation("Copy") as op:
            copy_framework(op, "factors")
            with pytest.raises(CodingError, match="does not use"):
                copy_framework(op, "nothing")
        assert [row.based_on for row in frameworks(project)] == ["factors/1"]
        rows = summarise(project, framework="factors_copy").rows
        assert len(rows) == sum(len(d.indicators) for d in load_builtin("factors").dimensions)


def test_an_empty_framework_is_filled_exported_and_read_again(project: Project, tmp_path: Path) -> None:
    with project.operation("Make") as op:
        key = new_framework(op, "Kerangka Kapasitas Desa", "Village capacity")
        assert new_framework(op, "Édwàrd 3!") == "edward_3"
        assert new_framework(op, "123") == "k_123"
    assert key == "kerangka_kapasitas_desa"
    assert framework(project, key).own
    assert triangulate(project, key).rows == ()
    with pytest.raises(CodingError) as refused:
        export_framework(project, key, tmp_path / "x.toml")
    assert refused.value.code == "framework_empty"
    with project.operation("Fill") as op:
        set_framework_label(op, key, "en", "Capacity")
        set_framework_literature(op, key, ["Suryani 2020. Desa.", " "])
        dimension = new_code(op, "Anggaran", "Budget", framework=key)
        inner = new_code(op, "Dana desa", "Village fund", parent=dimension)
        set_text(op, inner, "definition", "id", "Uang “desa”\nbaris dua \\ 😀")
        set_list(op, inner, "cues", "id", ["dana", "anggaran"])
    path = tmp_path / "kapasitas.toml"
    assert export_framework(project, key, path) == 2
    theory = read_framework(path)
    assert theory == theory_of(project, key)
    assert theory.literature == ("Suryani 2020. Desa.",)
    with pytest.raises(CodingError) as refused, project.operation("Import") as op:
        import_framework(op, theory)
    assert refused.value.code == "framework_twice"
    with Project.create(tmp_path / "other.telaah", "x", frameworks=[]) as other:
        with other.operation("Import") as op:
            assert import_framework(op, theory) == key
        assert theory_of(other, key) == theory
    with pytest.raises(CodingError) as refused, project.operation("Make") as op:
        new_framework(op, " ")
    assert refused.value.code == "framework_no_name"


def test_a_dimension_of_ones_own_is_a_row_of_the_matrix(
    project: Project, add: Add, code_words: Add, guid: Guid
) -> None:
    add("W", [("RS", "Bupati mendukung, petugas ragu."), ("WT", "Bupati datang sendiri.")])
    with project.operation("Make") as op:
        politics = new_code(op, "Dukungan Politik", "Political Support", framework="edward3")
        head = new_code(op, "Kepala daerah", "Head of region", parent=politics)
        move(op, politics, framework="edward3", index=1)
        set_label(op, guid("edward3.communication"), "id", "Komunikasi Kebijakan")
    code_words("W", "Bupati mendukung", "edward3.dukungan_politik.kepala_daerah", "supporting")
    code_words("W", "Bupati datang sendiri", "edward3.dukungan_politik", "supporting")
    matrix = triangulate(project, "edward3")
    assert [row.label.id for row in matrix.rows] == [
        "Komunikasi Kebijakan", "Dukungan Politik", "Sumber Daya", "Disposisi", "Struktur Birokrasi",
    ]  # fmt: skip
    assert (matrix.rows[1].status, matrix.rows[1].coverage) == ("convergent", (2, 2))
    fine = [(row.code_guid, row.part) for row in triangulate(project, "edward3", level="indicator").rows]
    assert (head, "indicator") in fine
    assert fine[fine.index((head, "indicator")) + 1] == (politics, "no_indicator")
    theory = triangulate(project, "edward3", kind="theory", against="jones")
    assert theory.rows[1].label.en == "Political Support"


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=30)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(label=TEXTS.filter(lambda s: s.strip()), text=TEXTS, items=st.lists(TEXTS, max_size=4))
def test_whatever_is_typed_comes_back_from_the_file(
    tmp_path_factory: pytest.TempPathFactory, label: str, text: str, items: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("own")
    with Project.create(folder / "study.telaah", "x", frameworks=[]) as project:
        if not one_line(label + text):
            return
        with project.operation("Make") as op:
            key = new_framework(op, label, text)
            code = new_code(op, label, text, framework=key)
            set_text(op, code, "look_for", "en", text)
            set_list(op, code, "questions", "id", items)
            set_literature(op, code, items)
        theory = theory_of(project, key)
        assert parse(to_toml(theory), "x.toml") == theory
        export_framework(project, key, folder / "x.toml")
        assert read_framework(folder / "x.toml") == theory
