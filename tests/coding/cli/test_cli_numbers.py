"""Every number that the command line prints is the one that the rules give, worked out from its own lists."""

from __future__ import annotations

import importlib.util
import json
import random
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from coding.codes.queries import code_guid
from coding.errors import CodingError
from coding.informants.editing import change_informant, set_attribute
from coding.informants.queries import informants
from coding.project import Project
from coding.segments.done import set_done
from coding.segments.editing import set_exemplar, tag
from coding.transcripts.editing import set_details
from coding.transcripts.queries import source_text, sources
from tests.samples import sample_copy

Run = Callable[..., str]
QUOTED = ["Kartu itu datang sesudah tiga bulan menunggu.", "“kartu  itu datang sesudah tiga bulan menunggu”"]
WORDS = "program 😀 warga café sudah belum 👩‍🌾 kartu “kutip” petugas ramah tetapi antre lama sekali".split()
CODES = (
    "edward3.communication", "edward3.communication.clarity", "edward3.communication.transmission", "edward3.resources",
    "edward3.resources.staff", "jones.organization", "jones.organization.actors", "jones.application.routine",
    "factors.internal", "factors.internal.culture", "factors.internal.leadership", "factors.external.social",
)  # fmt: skip
KINDS = [("source", "informant"), ("source", "category"), ("source", "Dusun")]
KINDS += [(kind, "informant") for kind in ("method", "time", "place", "investigator")]


def load_rules() -> ModuleType:
    spec = importlib.util.spec_from_file_location("rules_again", Path(__file__).with_name("rules_again.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


rules = load_rules()


def speech(chance: random.Random, count: int) -> str:
    return " ".join(chance.choice(QUOTED) if chance.random() < 0.3 else chance.choice(WORDS) for _ in range(count))


def write_texts(chance: random.Random, folder: Path) -> None:
    folder.mkdir()
    for number in range(3):
        who = chance.choice(["Ani", "Budi", "Citra"])
        head = [
            f"Nama Informan : {who}",
            f"Tanggal : {number + 1} {chance.choice(['Juni', 'Juli'])} 2026",
            "Tempat : Kantor",
            "",
        ]
        talk = [f"{label} : Ya, {speech(chance, 9)}." for _ in range(4) for label in ("Peneliti", "Informan")]
        (folder / f"Wawancara {number}.txt").write_text("\r\n".join([*head, *talk]), encoding="utf-8-sig")
    group = [f"{label}: Menurut saya {speech(chance, 8)}." for _ in range(3) for label in ("Moderator", "Ani", "Dede")]
    (folder / "FGD warga.txt").write_text("\n".join(group), encoding="utf-8")
    (folder / "Observasi loket.txt").write_text(f"Loket: {speech(chance, 40)}", encoding="utf-8")
    (folder / "Dokumen.txt").write_text(f"Peraturan Bupati.\n{speech(chance, 30)}", encoding="utf-8")


def code_at_random(chance: random.Random, project: Project) -> None:
    found = sources(project)
    for source in found:
        text = source_text(project, source.guid).text
        spans = []
        for _ in range(16):
            start = (
                text.index(QUOTED[0]) if QUOTED[0] in text and chance.random() < 0.2 else chance.randrange(len(text))
            )
            span = chance.choice(spans) if spans and chance.random() < 0.3 else (start, min(len(text), start + 45))
            spans.append(span)
            valence = chance.choice([None, "supporting", "supporting", "inhibiting", "inhibiting", "neutral"])
            try:
                with project.operation("Tag", coder=chance.choice(["Ani", "Bimo"])) as op:
                    guid = tag(op, source.guid, *span, code_guid(op.session, chance.choice(CODES)), valence)
                    set_exemplar(op, guid, chance.random() < 0.15)
            except CodingError as error:
                if error.code not in ("segment_twice", "span_blank"):
                    raise
        for coder in ("Ani", "Bimo"):
            with project.operation("Done", coder=coder) as op:
                set_done(op, source.guid, chance.random() < 0.8)
    with project.operation("Details") as op:
        set_details(op, chance.choice(found).guid, {chance.choice(["left_out", "own_statements"]): True})
        for row in informants(project):
            values = {"category": chance.choice([None, "key", "main"]), "left_out": int(chance.random() < 0.1)}
            change_informant(op, row.guid, values)
            set_attribute(op, row.guid, "Dusun", chance.choice(["", "Timur", "Barat"]))
        set_attribute(op, informants(project)[0].guid, "Dusun", "Timur")


@pytest.fixture(scope="module", params=["sample", 1, 2])
def study(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, or a project whose texts were imported and coded at random."""
    from coding.cli import main

    folder = tmp_path_factory.mktemp("numbers")
    path = folder / "studi.telaah"
    if request.param == "sample":
        return sample_copy(path)
    chance = random.Random(request.param)
    write_texts(chance, folder / "teks")
    assert main(["new", str(path), "--title", "Studi"]) == 0
    assert main(["import", str(path), str(folder / "teks")]) == 0
    with Project.open(path, coder="Ani") as project:
        code_at_random(chance, project)
    return path


@pytest.fixture
def again(study: Path, run: Run) -> Any:
    listed = [json.loads(run(command, study, "--format", "json")) for command in ("segments", "informants")]
    assert len(listed[0]) > 40
    return rules.Study(study, *listed)


def bare(row: dict[str, Any]) -> dict[str, Any]:
    """What the rules give; that the voices of each cell add up is seen to here."""
    cells = []
    for cell in row["cells"]:
        cells.append({key: value for key, value in cell.items() if key not in ("split", "finding")})
        assert len(cell["split"]) == cell["voices"]
        assert sum(voice["passages"] for voice in cell["split"]) == cell["passages"]
    return {**{key: row[key] for key in ("code", "status", "coverage")}, "cells": cells}


@pytest.mark.parametrize(("level", "threshold"), [("dimension", "0.6"), ("indicator", "1")])
def test_matrices(level: str, threshold: str, study: Path, again: Any, run: Run) -> None:
    for kind, by in KINDS:
        words = ("--framework", "edward3", "--level", level, "--threshold", threshold, "--format", "json")
        if by == "Dusun" and not any(by in row["attributes"] for row in again.informants.values()):
            continue
        printed = json.loads(run("matrix", study, "--kind", kind, "--columns", by, *words))
        no_value = None in printed["columns"]
        expected = rules.matrix(again, "edward3", kind, by, level, Fraction(threshold), True)
        if not no_value:
            assert all(row["cells"].pop()["voices"] == 0 for row in expected)
        assert [bare(row) for row in printed["rows"]] == expected
        assert [cell["column"] for cell in expected[0]["cells"]] == printed["columns"]


@pytest.mark.parametrize(("framework", "against"), [("edward3", "jones"), ("jones", "edward3")])
def test_theory(framework: str, against: str, study: Path, again: Any, run: Run) -> None:
    words = ("--kind", "theory", "--framework", framework, "--against", against, "--threshold", "0.6")
    printed = json.loads(run("matrix", study, *words, "--format", "json"))
    assert [bare(row) for row in printed["rows"]] == rules.theory(again, framework, against, Fraction("0.6"))


@pytest.mark.parametrize("framework", ["factors", "edward3"])
@pytest.mark.parametrize("level", ["dimension", "indicator"])
def test_factors(framework: str, level: str, study: Path, again: Any, run: Run) -> None:
    printed = json.loads(run("factors", study, "--framework", framework, "--level", level, "--format", "json"))
    for row in printed["rows"]:
        del row["label"], row["unmarked"]
        assert row.pop("informants") >= max(row[side]["informants"] for side in rules.SIDES[:2])
        for side in rules.SIDES:
            del row[side]["who"], row[side]["finding"]
    assert printed["rows"] == rules.factors(again, framework, level)
