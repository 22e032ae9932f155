"""Personal data in 200 sources with 2,000 places: finding, replacing, undoing, putting back."""

from __future__ import annotations

import random
from pathlib import Path

from coding.codes.queries import code_guid
from coding.privacy.finding import find_personal
from coding.privacy.masking import mask, unmask
from coding.privacy.rows import Choice
from coding.progress import Silent
from coding.project import Project
from coding.segments.editing import tag
from coding.transcripts.drafts import Draft, DraftTurn, Speaker
from coding.transcripts.intake import store_draft
from tests.benchmarks.editing import _WORDS
from tests.benchmarks.timing import Taken, cpu

SOURCES, PLACES, CHARACTERS = 200, 10, 30_000
NAMES = ("Pak Karto", "Bu Tini", "Mas Wiryo", "Mbah Ginah", "0812-3456-7890", "tini@contoh.id", "Pak Suroso Adi")


def build(path: Path, count: int) -> Project:
    """A project of `count` texts with `PLACES` places of personal data and ten coded segments in each."""
    made = random.Random(1)
    project = Project.create(path, "Ukuran", frameworks=["edward3"], coder="Ani")
    with project.operation("Import") as op:
        code = code_guid(op.session, "edward3.resources.staff")
        for number in range(count):
            parts, turns, at = [], [], 0
            while at < CHARACTERS:
                words = " ".join(made.choices(_WORDS, k=40))
                if len(turns) % (CHARACTERS // 260 // PLACES + 1) == 0:
                    words += f" kata {made.choice(NAMES)} begitu"
                turns.append(DraftTurn(at + 4, at + 5 + len(words), at, at + 3, 0))
                parts.append(f"AS: {words}.\n")
                at += len(parts[-1])
            text = "".join(parts)
            speakers = (Speaker("AS", "unknown"),)
            guid = store_draft(
                op, Draft(f"W{number}", text, "interview", turns=tuple(turns), speakers=speakers, file_name="")
            )
            for turn in turns[::12]:
                tag(op, guid, turn.start, turn.end, code)
    return project


def measured(folder: Path, quick: bool) -> list[Taken]:
    """What was done, on which data, CPU seconds of each run, and the aim."""
    count = 20 if quick else SOURCES
    with build(folder / "personal.telaah", count) as project:
        groups = find_personal(project)
        choices = [Choice(g.kind, g.text, g.suggestion, tuple((p.source, p.start, p.end) for p in g.places))
                   for g in groups if g.advised]  # fmt: skip
        places = sum(len(choice.places) for choice in choices)
        data = f"{places:,} places in {count} sources"

        def replace() -> None:
            with project.operation("Mask") as op:
                mask(op, choices, Silent())

        def put_back() -> None:
            with project.operation("Unmask") as op:
                unmask(op, Silent())

        steps = (("found", lambda: find_personal(project)), ("replaced", replace), ("undone", project.undo),
                 ("done again", project.redo), ("put back", put_back))  # fmt: skip
        return [(f"personal data {what}", data, cpu(1, work), "") for what, work in steps]
