"""Every number of matrices, factors and counts in studies coded at random: Word read back against window and command
line."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from coding.analysis.columns import NO_VALUE
from coding.codes.queries import code_guid
from coding.errors import CodingError
from coding.informants.editing import change_informant
from coding.informants.queries import informants
from coding.project import Project
from coding.reports.drawing import ChartSpec, drawn
from coding.segments.done import set_done
from coding.segments.editing import set_reported, tag
from coding.transcripts.drafts import Draft, DraftTurn, Speaker
from coding.transcripts.intake import store_draft
from coding.transcripts.queries import sources
from tests.end_to_end.count_numbers import CHECKS
from tests.end_to_end.report_numbers import Study
from tests.end_to_end.screen_numbers import screens
from tests.end_to_end.written_report import Part, Written

EDWARD = {"framework": "edward3"}
TALK = (
    ("AS", "Antre di loket sudah lama sekali. Kartu itu datang sesudah tiga bulan menunggu."),
    ("BP", "Petugasnya ramah 😀. “Kartu itu datang sesudah tiga bulan menunggu”, begitu kata orang."),
    ("AS", "Syaratnya berubah lagi, warga bingung. Biayanya tidak ada."),
    ("Tamu", "Saya hanya lewat, tetapi antrenya memang lama sekali."),
)
WHO = ("AS", "BP", "Tamu")
CODES = (
    "edward3.communication", "edward3.communication.clarity", "edward3.resources.staff", "edward3.disposition",
    "factors.internal.culture", "factors.external.social",
)  # fmt: skip
PARTS: tuple[Part, ...] = (
    ("findings", EDWARD),
    ("narrative", EDWARD),
    ("triangulation", {**EDWARD, "level": "indicator"}),
    ("triangulation", {**EDWARD, "columns": "category", "threshold": "3/5"}),
    ("triangulation", {**EDWARD, "kind": "theory", "against": "factors", "evidence": {"verbatim": True}}),
    ("method", EDWARD),
    ("factors", {"framework": "factors"}),
    ("frequencies", EDWARD),
    ("crosstab", {**EDWARD, "columns": "category", "shown": "rows"}),
    ("cooccurrence", {"measure": "jaccard", "level": "indicator"}),
    ("agreement", {}),
    ("saturation", {}),
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two interviews with two people and a guest, and an observation, nothing coded; both coders are done with them."""
    path = tmp_path_factory.mktemp("small") / "templat.telaah"
    with Project.create(path, "Studi kecil", "id", ["edward3", "factors"], "Ani") as project:
        for number in range(2):
            text, turns = "", []
            for who, words in TALK:
                text += "X: "
                start = len(text)
                turns.append(DraftTurn(start, start + len(words), start - 3, start - 1, WHO.index(who)))
                text += f"{words}\n"
            # nobody knows who the guest is, who has no column of his own
            speakers = (*(Speaker(who, "informant", code=who) for who in WHO[:2]), Speaker("Tamu", "unknown"))
            draft = Draft(f"Wawancara {number}", text + str(number), "interview", f"2026-0{5 - number}-12")
            draft = replace(draft, turns=tuple(turns), speakers=speakers)
            with project.operation("Import") as op:
                store_draft(op, draft)
        with project.operation("Import") as op:
            store_draft(
                op, Draft("Loket", "Papan syarat terpasang di pintu loket. Antrean sampai di luar.", "observation")
            )
        project.add_coder("Budi", "researcher")
        with project.operation("Describe") as op:
            change_informant(op, informants(project)[0].guid, {"category": "key"})
        for coder in ("Ani", "Budi"):
            with project.operation("Done", coder=coder) as op:
                for source in sources(project):
                    set_done(op, source.guid, True)
    return path


@pytest.fixture(scope="module")
def screen_of(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[Any]:
    """Makes the tables of a window in one language; charts are not drawn meanwhile, what they say is looked at."""
    picture = drawn(ChartSpec("bars", ("a",), ("n",), ((1,),), (("1",),), "n"))
    with pytest.MonkeyPatch.context() as patch, screens(tmp_path_factory.mktemp("home")) as show:
        patch.setattr("coding.reports.drawing_looks.draw", lambda spec, form: picture)
        yield show
    drawn.cache_clear()


CODING = st.tuples(
    st.integers(0, 2), st.floats(0, 0.95), st.integers(5, 90), st.sampled_from(CODES),
    st.sampled_from(["supporting", "supporting", "inhibiting", "neutral", None]), st.sampled_from(["Ani", "Budi"]),
    st.booleans(), st.booleans(),
)  # fmt: skip


def code(project: Project, codings: list[tuple[Any, ...]]) -> None:
    found = sources(project)
    for at, share, length, path, valence, coder, starred, reported in codings:
        source = found[at]
        start = int(share * source.characters)
        # what is blank, or put twice, is refused
        with suppress(CodingError), project.operation("Tag", coder=coder) as op:
            end = min(start + length, source.characters)
            guid = tag(op, source.guid, start, end, code_guid(op.session, path), valence, exemplar=starred)
            set_reported(op, guid, reported)


@settings(
    # to make a failing study smaller would take minutes
    max_examples=3, deadline=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(codings=st.lists(CODING, min_size=8, max_size=30), language=st.sampled_from(["id", "en"]))
def test_word_says_what_window_and_command_line_say(
    codings: list[tuple[Any, ...]], language: str, template: Path, screen_of: Any, tmp_path: Path
) -> None:
    path = Path(shutil.copy(template, tmp_path / "studi.telaah"))
    with Project.open(path, coder="Ani") as project:
        with project.operation("Language") as op:
            op.raw().execute("UPDATE project SET language = ?", (language,))
        code(project, codings)
    with Project.open(path, read_only=True) as project:
        written = Written(project, language, PARTS)
        study = Study(project, screen_of(language, project))
        for item, blocks in written.parts:
            page = written.page(blocks)
            CHECKS[item.name](page, item.settings, study)
            # where the guest speaks, the text says so in words of its own
            assert NO_VALUE.in_(language) not in page.said()
