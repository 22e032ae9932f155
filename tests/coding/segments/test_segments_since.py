"""Reading only what changed tells the same as reading everything."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from sqlalchemy import select

from coding.codes.counts import counts_by_guid
from coding.codes.editing import new_open_code
from coding.project import Project, Reader
from coding.segments import editing
from coding.segments.queries import segments, segments_since, sources_coded_since
from coding.segments.rows import SegmentRow
from coding.store.models import Code
from coding.transcripts.drafts import Draft
from coding.transcripts.intake import store_draft
from coding.transcripts.queries import sources

TEXT = "Kami sampaikan lewat rapat 🙂 dusun. Syaratnya berubah dua kali. Warga bingung.\n" * 20


@pytest.fixture
def study(tmp_path: Path) -> Project:
    """Two sources to be coded."""
    project = Project.create(tmp_path / "a.telaah", "Studi", coder="Ani", frameworks=["edward3"])
    for name in ("Satu", "Dua"):
        with project.operation("Import {source}", source=name) as op:
            store_draft(op, Draft(name, TEXT.replace("Kami", name), "interview", sentences=()))
    return project


class Known:
    """What a window knows of one source by reading what changed."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.rows: dict[str, SegmentRow] = {}
        self.stamp: int | None = None
        self.whole = 0

    def read(self, reader: Reader, also: tuple[str, ...] = ()) -> None:
        told = segments_since(reader, self.source, self.stamp, also)
        self.stamp = told.stamp
        if told.whole:
            self.whole += 1
            self.rows = {}
        self.rows.update((row.guid, row) for row in told.rows)
        for guid in told.gone:
            self.rows.pop(guid, None)


def counted(project: Project) -> dict[str, int]:
    with Project.open(project.path, read_only=True) as other:
        return counts_by_guid(other)


def test_whatever_happens_the_changes_add_up(study: Project) -> None:
    chance = random.Random(3)
    reader = study.reader()
    guids = [row.guid for row in sources(study)]
    with study.read() as session:
        codes = list(session.scalars(select(Code.guid)))
    known = [Known(guid) for guid in guids]
    touched_at, _ = sources_coded_since(reader, None)
    shares = {row.guid: row for row in sources(reader)}
    for _ in range(120):
        there = [row.guid for row in segments(study)]
        kind = chance.choice(["tag", "tag", "tag", "valence", "span", "code", "memo", "remove", "undo", "redo"])
        start = chance.randrange(len(TEXT) - 90)
        end = start + chance.randint(5, 80)
        if kind == "undo":
            study.undo()
        elif kind == "redo":
            study.redo()
        elif kind == "tag" or not there:
            with study.operation("Tag") as op:
                editing.tag(op, chance.choice(guids), start, end, chance.choice(codes))
        else:
            one = chance.choice(there)
            with study.operation(kind) as op:
                if kind == "valence":
                    editing.set_valence(op, [one], "supporting")
                elif kind == "span":
                    editing.set_span(op, one, start, end)
                elif kind == "code":
                    editing.set_code(op, one, chance.choice(codes))
                elif kind == "memo":
                    editing.set_memo(op, one, chance.choice(["", "catatan 🙂"]))
                else:
                    editing.remove(op, [one])
        for seen in known:
            seen.read(reader)
            assert seen.rows == {row.guid: row for row in segments(study, source=seen.source)}
        assert counts_by_guid(reader) == counted(study)
        touched_at, touched = sources_coded_since(reader, touched_at)
        assert touched is not None
        for guid in touched:
            (shares[guid],) = sources(reader, guid)
        assert list(shares.values()) == sources(study)
    assert [seen.whole for seen in known] == [1, 1]
    reader.close()
    study.close()


def test_what_changed_so_long_ago_that_its_image_is_gone_is_counted_anew(
    study: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coding.store.journal.UNDOABLE", 1)
    reader = study.reader()
    source = sources(study)[0].guid
    with study.read() as session:
        codes = list(session.scalars(select(Code.guid)))[:3]
    with study.operation("Tag") as op:
        guid = editing.tag(op, source, 0, 9, codes[0])
    assert counts_by_guid(reader) == counted(study)
    with study.operation("Code") as op:
        editing.set_code(op, guid, codes[1])
    for valence in ("supporting", "neutral", "inhibiting"):
        with study.operation("Direction") as op:
            editing.set_valence(op, [guid], valence)  # type: ignore[arg-type]
    assert counts_by_guid(reader) == counted(study)
    reader.close()
    study.close()


def test_what_any_segment_may_show_is_read_as_a_whole(study: Project) -> None:
    reader = study.reader()
    known = Known(sources(study)[0].guid)
    known.read(reader)
    with study.operation("New code") as op:
        new_open_code(op, "Kode sendiri")
    known.read(reader)
    assert known.whole == 2
    reader.close()
    study.close()


def test_what_was_asked_for_besides_is_told_though_nothing_happened(study: Project) -> None:
    source = sources(study)[0].guid
    with study.operation("Tag") as op:
        guid = editing.tag(op, source, 0, 9, op.session.scalars(select(Code.guid)).first() or "")
    stamp = segments_since(study, source).stamp
    told = segments_since(study, source, stamp, {guid, "never stored"})
    assert [row.guid for row in told.rows] == [guid]
    assert told.gone == ("never stored",)
    assert not told.whole
    study.close()
