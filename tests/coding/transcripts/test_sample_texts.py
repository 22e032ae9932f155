"""The texts of the sample studies are read without a doubt and as each study's own list says."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from coding.transcripts.drafts import Draft
from coding.transcripts.identity import KnownInformant, resolve
from coding.transcripts.reading import ONE_TURN, read_draft

RESOURCES = Path(__file__).parents[3] / "resources"
FOLDERS = (RESOURCES / "sample", RESOURCES / "sample_en")
TIME = re.compile(r"\[\d\d:\d\d:\d\d\] ")


@dataclass(frozen=True)
class Text:
    folder: Path
    source: dict[str, Any]

    def read(self) -> Draft:
        return read_draft(self.folder / self.source["file"])

    def __str__(self) -> str:
        return str(self.source["file"])


def toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def texts_of(folder: Path) -> list[Text]:
    return [Text(folder, source) for source in toml(folder / "study.toml")["source"]]


TEXTS = [text for folder in FOLDERS for text in texts_of(folder)]


def people_of(folder: Path) -> dict[str, list[str]]:
    """Whom the importer takes the speakers of each text for, read one after the other."""
    known: list[KnownInformant] = []
    found: dict[str, list[str]] = {}
    for text in texts_of(folder):
        draft = text.read()
        people = resolve(draft, known)
        found[draft.name] = [person.code for person in people if person]
        for speaker, person in zip(draft.speakers, people, strict=True):
            if person and person.code not in {k.code for k in known}:
                known.append(KnownInformant(person.code, person.code, speaker.age))
    return found


@pytest.mark.parametrize("text", TEXTS, ids=str)
def test_each_text_is_understood_without_help(text: Text) -> None:
    draft = text.read()
    assert draft.name == text.source["name"]
    assert draft.method == text.source["method"]
    assert [s.label for s in draft.speakers if s.kind == "researcher"] == text.source["researcher"]
    assert not [s for s in draft.speakers if s.kind == "unknown"]
    assert draft.confident
    assert not [n for n in draft.notices if n.msgid != ONE_TURN]
    assert draft.date is not None
    assert draft.date[:2] == "20"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.name)
def test_speakers_are_the_people_the_study_names(folder: Path) -> None:
    assert people_of(folder) == {text.source["name"]: text.source["informants"] for text in texts_of(folder)}


@pytest.mark.parametrize("text", [t for t in TEXTS if t.source["informants"]], ids=str)
def test_turns_leave_no_text_between_them(text: Text) -> None:
    draft = text.read()
    at = draft.header_end
    for turn in draft.turns:
        assert not draft.text[at : turn.label_start].strip()
        at = turn.end
    assert not draft.text[at:].strip()
    labels = {TIME.sub("", draft.text[t.label_start : t.label_end]).rstrip(" :") for t in draft.turns}
    assert labels == {s.label for s in draft.speakers}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.name)
def test_header_and_list_of_informants_agree(folder: Path) -> None:
    with (folder / "informants.csv").open(encoding="utf-8", newline="") as file:
        known = {row["code"]: row for row in csv.DictReader(file)}
    people = people_of(folder)
    assert {code for codes in people.values() for code in codes} == set(known)
    for text in texts_of(folder):
        speakers = [s for s in text.read().speakers if s.kind == "informant"]
        for speaker, code in zip(speakers, people[text.source["name"]], strict=True):
            for name in ("role", "group", "category"):
                assert getattr(speaker, name) in (None, known[code][name])
            assert speaker.age in (None, int(known[code]["age"]))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.name)
def test_every_quotation_stands_in_one_turn_of_an_informant(folder: Path) -> None:
    """Or, in a text without turns, below its header; and only once, unless the coding says which one is meant."""
    drafts = {text.source["name"]: text.read() for text in texts_of(folder)}
    codings = toml(folder / "codings.toml")["segment"]
    assert codings
    for segment in codings:
        draft = drafts[segment["source"]]
        quote = r"\s+".join(map(re.escape, segment["quote"].split()))
        spans = [match.span() for match in re.finditer(quote, draft.text)]
        assert len(spans) == 1 or 1 <= segment["occurrence"] <= len(spans), segment["quote"]
        start, end = spans[segment.get("occurrence", 1) - 1]
        if draft.turns:
            (turn,) = [t for t in draft.turns if t.start < end and start < t.end]
            assert turn.start <= start
            assert end <= turn.end
            assert draft.speakers[turn.speaker].kind == "informant"
        else:
            assert start >= draft.header_end
