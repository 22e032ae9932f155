"""The texts of the sample study are read without a doubt and as the study's own list says."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any

import pytest

from coding.transcripts.drafts import Draft
from coding.transcripts.reading import ONE_TURN, read_draft

FOLDER = Path(__file__).parents[3] / "resources" / "sample"
STUDY: dict[str, Any] = tomllib.loads((FOLDER / "study.toml").read_text(encoding="utf-8"))
SOURCES: list[dict[str, Any]] = STUDY["source"]


def read(source: dict[str, Any]) -> Draft:
    return read_draft(FOLDER / source["file"])


@pytest.mark.parametrize("source", SOURCES, ids=lambda s: s["file"])
def test_each_text_is_understood_without_help(source: dict[str, Any]) -> None:
    draft = read(source)
    assert draft.name == source["name"]
    assert draft.method == source["method"]
    assert [s.code for s in draft.speakers if s.kind == "informant"] == source["informants"]
    assert [s.label for s in draft.speakers if s.kind == "researcher"] == source["researcher"]
    assert not [s for s in draft.speakers if s.kind == "unknown"]
    assert draft.confident
    assert not [n for n in draft.notices if n.msgid != ONE_TURN]
    assert draft.date is not None
    assert draft.date[:2] == "20"


@pytest.mark.parametrize("source", [s for s in SOURCES if s["informants"]], ids=lambda s: s["file"])
def test_turns_leave_no_text_between_them(source: dict[str, Any]) -> None:
    draft = read(source)
    at = draft.header_end
    for turn in draft.turns:
        assert not draft.text[at : turn.label_start].strip()
        at = turn.end
    assert not draft.text[at:].strip()
    labels = {draft.text[t.label_start : t.label_end].rstrip(" :") for t in draft.turns}
    assert labels == {s.label for s in draft.speakers}


def test_header_and_list_of_informants_agree() -> None:
    with (FOLDER / "informants.csv").open(encoding="utf-8", newline="") as file:
        known = {row["code"]: row for row in csv.DictReader(file)}
    for source in SOURCES:
        for speaker in read(source).speakers:
            if speaker.kind != "informant":
                continue
            row = known[speaker.code or ""]
            for name in ("role", "group", "category"):
                assert getattr(speaker, name) in (None, row[name])
            assert speaker.age in (None, int(row["age"]))


def test_every_quotation_of_the_sample_stands_in_its_text() -> None:
    codings = tomllib.loads((FOLDER / "codings.toml").read_text(encoding="utf-8"))["segment"]
    texts = {s["name"]: " ".join(read(s).text.split()) for s in SOURCES}
    assert codings
    for segment in codings:
        assert " ".join(segment["quote"].split()) in texts[segment["source"]]
