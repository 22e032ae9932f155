"""A one-letter edit of a text of a million characters with 20,000 coded segments: time, and what the file grows by."""

from __future__ import annotations

import random
import time
from pathlib import Path

from sqlalchemy import insert, select

from coding.project import Project
from coding.store.models import Code, Segment, Source
from coding.transcripts.drafts import Draft, DraftTurn, Speaker
from coding.transcripts.editing_text import apply_edit, plan_edit
from coding.transcripts.intake import store_draft
from coding.transcripts.queries import source_text

CHARACTERS, SEGMENTS = 1_000_000, 20_000
_WORDS = (
    "kalau untuk menyampaikannya kami lebih ke sosialisasi brosur dan rapat dusun petugasnya kurang sekali syarat "
    "kartu tani belum semua warga tahu harus antre dari subuh loketnya satu biaya tidak ada yang memungut kepala desa "
    "selalu hadir data penerima berubah lagi bulan depan kami menunggu kabar dari dinas pertanian kabupaten"
).split()


def long_draft(characters: int = CHARACTERS, seed: int = 1) -> Draft:
    """An interview of so many characters with a turn about every 250."""
    made = random.Random(seed)
    vocabulary = _WORDS + ["".join(made.choice("aeiukstnmlrpdbg") for _ in range(made.randint(4, 10)))
                           for _ in range(4000)]  # fmt: skip
    weights = [1 / (rank + 1) for rank in range(len(vocabulary))]
    turns, parts, sentences, at = [], [], [], 0
    while at < characters:
        label = "P: " if len(turns) % 2 else "AS: "
        halves = [" ".join(made.choices(vocabulary, weights, k=20)) + "." for _ in range(2)]
        start = at + len(label)
        middle, end = start + len(halves[0]), start + len(halves[0]) + 1 + len(halves[1])
        turns.append(DraftTurn(start, end, at, start - 1, len(turns) % 2))
        sentences += [(start, middle), (middle + 1, end)]
        parts.append(f"{label}{halves[0]} {halves[1]}\n")
        at = end + 1
    people = (Speaker("AS", "informant", code="AS"), Speaker("P", "researcher"))
    return Draft("Panjang", "".join(parts), "interview", turns=tuple(turns), speakers=people,
                 sentences=tuple(sentences), segmenter="bench", file_name="panjang.txt")  # fmt: skip


def long_project(path: Path, characters: int = CHARACTERS, segments: int = SEGMENTS) -> Project:
    """A project with that one interview and so many coded segments."""
    made = random.Random(2)
    project = Project.create(path, "Panjang", coder="Ani")
    with project.operation("Import {source}", source="Panjang") as op:
        store_draft(op, long_draft(characters))
        source, codes = op.session.scalars(select(Source.id)).one(), op.session.scalars(select(Code.id)).all()
        rows = []
        for number in range(segments):
            start = made.randrange(characters - 400)
            rows.append({"source_id": source, "code_id": codes[number % len(codes)], "coder_id": op.coder_id,
                         "start": start, "end": start + made.randint(20, 300)})  # fmt: skip
        op.session.execute(insert(Segment), rows)
    return project


def one_letter(project: Project, runs: int) -> tuple[list[float], list[float], list[int]]:
    """Seconds of each edit (planned, then stored), seconds of its undo, and bytes by which the edit grew the file."""
    with project.read() as session:
        source = session.scalars(select(Source.guid)).one()
    edits, undos, grown = [], [], []
    for number in range(runs):
        text = source_text(project, source).text
        at = text.index(" ", 1000 + 317 * number)
        before = project.path.stat().st_size
        began = time.perf_counter()
        plan = plan_edit(project, source, text[:at] + "x" + text[at:])
        with project.operation("Edit the text of “{source}”", source="Panjang") as op:
            apply_edit(op, source, plan.text, based_on=plan.based_on)
        edits.append(time.perf_counter() - began)
        grown.append(project.path.stat().st_size - before)
        if number % 2:
            began = time.perf_counter()
            project.undo()
            undos.append(time.perf_counter() - began)
    return edits, undos, grown


def measured(folder: Path, quick: bool) -> tuple[str, list[float], list[float], float]:
    """What it was measured on, seconds of edits and of undos, and by how many megabytes an edit grew the file."""
    size = (100_000, 2_000) if quick else (CHARACTERS, SEGMENTS)
    with long_project(folder / "editing.telaah", *size) as project:
        edits, undos, grown = one_letter(project, 4 if quick else 20)
    return f"{size[0]:,} characters, {size[1]:,} segments", edits, undos, sum(grown) / len(grown) / 1e6
