"""DOMAIN.md §3 and §4 worked out once more from what the command line prints and the file stores, in sets and loops.

Nothing of the program is imported: coded segments, sources and informants come as the JSON of their commands, texts and
turns from the tables of the file.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import closing
from fractions import Fraction
from pathlib import Path
from typing import Any

Segment = dict[str, Any]
Voice = tuple[str, str]  # ("informant", code) or ("source", name)
Passage = dict[str, Any]
METHODS = ("interview", "focus_group", "observation", "document", "questionnaire")
SIDES = ("supporting", "inhibiting", "neutral")


class Study:
    """What is needed of a project; `owner[name][i]` is the voice that has code point i of the source, or None."""

    def __init__(self, path: Path, segments: list[Segment], informants: list[dict[str, Any]]) -> None:
        self.segments, self.informants = segments, {row["code"]: row for row in informants}
        with closing(sqlite3.connect(path)) as file:
            file.row_factory = sqlite3.Row
            self.left_out = {row["code"] for row in file.execute("SELECT code FROM informant WHERE left_out")}
            query = "SELECT s.*, t.body FROM source s JOIN source_text t ON t.id = s.text_id ORDER BY s.position"
            self.sources = {row["name"]: dict(row) for row in file.execute(query)}
            turns = "SELECT t.*, i.code FROM turn t LEFT JOIN informant i ON i.id = t.informant_id ORDER BY t.start"
            self.turns: dict[int, list[Any]] = {}
            for row in file.execute(turns):
                self.turns.setdefault(row["source_id"], []).append(row)
            done = (
                "SELECT s.name, c.name FROM done_mark d JOIN source s ON s.id = d.source_id "
                "JOIN coder c ON c.id = d.coder_id"
            )
            self.done = {tuple(row) for row in file.execute(done)}
            self.coders = [row["name"] for row in file.execute("SELECT name FROM coder ORDER BY id")]
            codes = (
                "SELECT c.path, p.path AS parent, f.key FROM code c JOIN framework f ON f.id = c.framework_id "
                "LEFT JOIN code p ON p.id = c.parent_id ORDER BY f.position, c.position"
            )
            self.codes = [tuple(row) for row in file.execute(codes)]
        self.order = {name: i for i, name in enumerate(self.sources)}
        self.counted = [s for s in self.sources.values() if not s["left_out"] and not s["own_statements"]]
        self.owner = {s["name"]: self._owners(s) for s in self.counted}
        for segment in segments:
            owners = self.owner.get(segment["source"], [])
            segment["voices"] = {voice for voice in owners[segment["start"] : segment["end"]] if voice}

    def _owners(self, source: dict[str, Any]) -> list[Voice | None]:
        turns, own = self.turns.get(source["id"], []), ("source", source["name"])
        outside = own if not turns or source["method"] in ("observation", "document") else None
        owners: list[Voice | None] = [outside] * len(source["body"])
        for turn in turns:
            voice = own if turn["kind"] == "unknown" else None
            if turn["code"] is not None and turn["code"] not in self.left_out:
                voice = ("informant", turn["code"])
            owners[turn["start"] : turn["end"]] = [voice] * (turn["end"] - turn["start"])
        return [None if character.isspace() else owner for character, owner in zip(source["body"], owners, strict=True)]

    def rows(self, framework: str, level: str) -> list[tuple[str, set[str]]]:
        """Each row's code with the codes whose segments it gathers."""
        dimensions = [path for path, parent, key in self.codes if key == framework and parent is None]
        found: list[tuple[str, set[str]]] = []
        for dimension in dimensions:
            below = [path for path, parent, _ in self.codes if parent == dimension]
            if level == "dimension":
                found.append((dimension, {dimension, *below}))
                continue
            found += [(path, {path}) for path in below]
            if any(s["code"] == dimension and s["voices"] for s in self.segments):
                found.append((dimension, {dimension}))
        return found

    def passages(self, segments: list[Segment]) -> list[Passage]:
        """The passages of one voice; `spans` are the stretches each has."""
        stretches: list[Passage] = []
        for segment in sorted(segments, key=lambda s: (self.order[s["source"]], s["start"])):
            last = stretches[-1]["spans"][0] if stretches else None
            if last and last[0] == segment["source"] and segment["start"] < last[2]:
                stretches[-1]["segments"].append(segment)
                stretches[-1]["spans"] = [(last[0], last[1], max(last[2], segment["end"]))]
            else:
                span = (segment["source"], segment["start"], segment["end"])
                stretches.append({"segments": [segment], "spans": [span]})
        formed: dict[object, Passage] = {}
        for number, stretch in enumerate(stretches):
            name, start, end = stretch["spans"][0]
            words = plain_words(self.sources[name]["body"][start:end])
            same = formed.setdefault(words if len(words.split()) >= 5 else number, {"segments": [], "spans": []})
            same["segments"] += stretch["segments"]
            same["spans"] += stretch["spans"]
        return list(formed.values())

    def exemplars(self, segments: Iterable[Segment]) -> list[str]:
        ordered = sorted(segments, key=lambda s: (self.order[s["source"]], s["start"], s["end"]))
        starred = [s["id"] for s in ordered if s["exemplar"]]
        return starred or [s["id"] for s in sorted(ordered, key=lambda s: abs(len(s["text"].split()) - 25))[:1]]


def plain_words(text: str) -> str:
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split()).lstrip("\"'“”‘’„«» ")
    while plain and (plain[-1] in " `" or unicodedata.category(plain[-1])[0] == "P"):
        plain = plain[:-1]
    return plain


def has(passage: Passage, direction: str) -> bool:
    return any(segment["valence"] == direction for segment in passage["segments"])


def stance_of(supporting: int, inhibiting: int, threshold: Fraction) -> str:
    for stance, own in (("supporting", supporting), ("inhibiting", inhibiting)):
        if own and Fraction(own, supporting + inhibiting) >= threshold:
            return stance
    return "mixed" if supporting + inhibiting else "neutral"


def cell_of(study: Study, column: str | None, voices: dict[Voice, tuple[list[Passage], str]]) -> dict[str, Any]:
    """A cell from each of its voices' passages and stance."""
    segments = {s["id"]: s for passages, _ in voices.values() for p in passages for s in p["segments"]}
    directed = {stance for _, stance in voices.values()} - {"neutral"}
    stance = (
        "silent" if not voices else "neutral" if not directed else directed.pop() if len(directed) == 1 else "mixed"
    )
    exemplars = study.exemplars(segments.values())
    return {
        "column": column, "segments": len(segments), "passages": sum(len(p) for p, _ in voices.values()),
        "informants": sum(kind == "informant" for kind, _ in voices), "voices": len(voices), "stance": stance,
        "exemplar": exemplars[0] if exemplars else None,
    }  # fmt: skip


def status_of(stances: list[str]) -> str:
    speaking = [stance for stance in stances if stance != "silent"]
    if len(speaking) < 2:
        return "single" if speaking else "absent"
    if len(set(speaking)) == 1 and speaking[0] != "mixed":
        return "covered" if speaking[0] == "neutral" else "convergent"
    return "divergent" if {"supporting", "inhibiting"} <= set(speaking) else "partial"


def columns_of(
    study: Study, framework: str, kind: str, by: str
) -> tuple[list[str], Callable[[Voice, Segment], str | None], set[str]]:
    """The columns, which one a segment of a voice falls in, and the names of the sources that are compared."""
    named = {s["name"] for s in study.counted}
    if kind == "investigator":
        keys = {code for code, _, key in study.codes if key == framework}
        tagging = [c for c in study.coders if any(s["coder"] == c and s["code"] in keys for s in study.segments)]
        both = {name for name in named if all((name, coder) in study.done for coder in tagging)}
        return tagging, lambda voice, segment: segment["coder"], both
    if kind != "source":
        field = {"method": "method", "time": "date", "place": "place"}[kind]
        value = {s["name"]: (s[field] or "")[: 7 if kind == "time" else None] or None for s in study.sources.values()}
        found = list(dict.fromkeys(v for s in study.counted if (v := value[s["name"]])))
        columns = sorted(found, key=METHODS.index) if kind == "method" else found
        return columns, lambda voice, segment: value[segment["source"]], named
    heard = {turn["code"] for s in study.counted for turn in study.turns.get(s["id"], [])} - study.left_out
    people = {code: row for code, row in study.informants.items() if code in heard}
    group = {
        code: code if by == "informant" else row.get(by, row["attributes"].get(by)) for code, row in people.items()
    }
    extra = [m for m in ("observation", "document") if any(s["method"] == m for s in study.counted)]

    def column(voice: Voice, segment: Segment) -> str | None:
        method = study.sources[segment["source"]]["method"]
        return group[voice[1]] if voice[0] == "informant" else method if method in extra else None

    return [*dict.fromkeys(v for v in group.values() if v), *extra], column, named


def matrix(
    study: Study, framework: str, kind: str, by: str, level: str, threshold: Fraction, no_value: bool
) -> list[dict[str, Any]]:
    """The rows of every kind but theory, without labels and judgements; `no_value` says that the last column stands."""
    columns, column_of, compared = columns_of(study, framework, kind, by)
    rows = []
    for code, codes in study.rows(framework, level):
        mine = [s for s in study.segments if s["code"] in codes and s["source"] in compared]
        cells = []
        for column in [*columns, *([None] if no_value else [])]:
            said: dict[Voice, list[Segment]] = {}
            for segment in mine:
                for voice in segment["voices"]:
                    if column_of(voice, segment) == column:
                        said.setdefault(voice, []).append(segment)
            formed = {voice: study.passages(segments) for voice, segments in said.items()}
            voices = {
                v: (p, stance_of(*(sum(has(x, d) for x in p) for d in SIDES[:2]), threshold)) for v, p in formed.items()
            }
            cells.append(cell_of(study, column, voices))
        rows.append(row_of(code, cells))
    return rows


def theory(study: Study, framework: str, against: str, threshold: Fraction) -> list[dict[str, Any]]:
    """The rows of kind theory at level dimension."""
    rows = []
    for code, codes in study.rows(framework, "dimension"):
        said: dict[Voice, list[Segment]] = {}
        for segment in study.segments:
            for voice in segment["voices"] if segment["code"] in codes else ():
                said.setdefault(voice, []).append(segment)
        formed = {voice: study.passages(segments) for voice, segments in said.items()}
        cells = []
        for column, theirs in study.rows(against, "dimension"):
            voices = {}
            for voice, passages in formed.items():
                met = [(p, m) for p in passages if (m := meeting(study, p, voice, theirs))]
                counts = [
                    sum(has(p, d) or (has(p, o) and d in m) for p, m in met) for d, o in (SIDES[:2], SIDES[1::-1])
                ]
                if met:
                    voices[voice] = ([p for p, _ in met], stance_of(*counts, threshold))
            cells.append(cell_of(study, column.partition(".")[2], voices))
        rows.append(row_of(code, cells))
    return rows


def meeting(study: Study, passage: Passage, voice: Voice, codes: set[str]) -> list[str]:
    """The valences of the voice's segments of `codes` that share a code point with the passage."""
    return [
        str(s["valence"])
        for s in study.segments
        if s["code"] in codes and voice in s["voices"]
        and any(s["source"] == name and max(s["start"], a) < min(s["end"], b) for name, a, b in passage["spans"])
    ]  # fmt: skip


def row_of(code: str, cells: list[dict[str, Any]]) -> dict[str, Any]:
    stances = [cell["stance"] for cell in cells if cell["column"] is not None]
    speaking = sum(stance != "silent" for stance in stances)
    return {"code": code, "status": status_of(stances), "coverage": [speaking, len(stances)], "cells": cells}


def factors(study: Study, framework: str, level: str) -> list[dict[str, Any]]:
    """The rows of a factor summary in their order."""
    rows = []
    for place, (code, codes) in enumerate(study.rows(framework, level)):
        mine = [s for s in study.segments if s["code"] in codes and s["voices"]]
        voices = {voice for s in mine for voice in s["voices"]}
        passages = [p for v in voices for p in study.passages([s for s in mine if v in s["voices"]])]
        row: dict[str, Any] = {"code": code}
        who: dict[str, set[str]] = {}
        for side in SIDES:
            own = [s for s in mine if s["valence"] == side]
            who[side] = {name for s in own for kind, name in s["voices"] if kind == "informant"}
            row[side] = {
                "segments": len(own), "passages": sum(has(p, side) for p in passages), "informants": len(who[side]),
                "exemplars": study.exemplars(own),
            }  # fmt: skip
        row["contested"] = bool(row["supporting"]["segments"] and row["inhibiting"]["segments"])
        directed = sum(has(p, "supporting") or has(p, "inhibiting") for p in passages)
        rows.append(((not mine, -len(who["supporting"] | who["inhibiting"]), -directed, place), row))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]
