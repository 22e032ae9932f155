"""Projects around one text of a given length and number of coded segments, for measuring the text view."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coding.project import Operation, Project
from coding.store import search_index
from coding.store.models import new_guid, now, text_hash

SYLLABLES = "ka ri sa nu me la di po te ba wi ju ko pe ra ti mu lo ne si do ga hu".split()
VALENCES = ("supporting", "inhibiting", "neutral", None)
WEIGHTS = (38, 42, 12, 8)
SHORTEST, LONGEST = 60, 380
"""Code points of a coded segment."""
BIG, SMALL = "Transkrip besar", "Transkrip kecil"


@dataclass(frozen=True)
class Size:
    """One text of `characters` code points with `segments` segments over `codes` codes, among `others` sources of
    `other_characters` that share `other_segments`."""

    characters: int
    segments: int
    codes: int
    others: int = 1
    other_characters: int = 4_000
    other_segments: int = 20

    def __str__(self) -> str:
        text = f"{self.characters:,} characters, {self.segments:,} segments, {self.codes} codes"
        whole = self.segments + self.other_segments
        return f"{text} of {whole:,} in {self.others + 1:,} sources" if self.others > 1 else text


SIZES = (
    Size(50_000, 500, 40),
    Size(100_000, 1_000, 60),
    Size(300_000, 4_000, 60),
    Size(1_000_000, 20_000, 60, 1_999, 20_000, 980_000),
)
QUICK = (Size(20_000, 200, 40), Size(60_000, 800, 60, 20, 5_000, 2_000))


def make_project(path: Path, size: Size, seed: int = 11) -> None:
    """Make the project of `size` at `path`, the same for the same seed. The long text is the first source."""
    chance = random.Random(seed)
    pool = _sentences(chance)
    with Project.create(path, str(size), coder="Ani") as project, project.operation("Generate") as op:
        person = new_guid()
        _insert(op, "informant", [{"guid": person, "code": "RS", "code_folded": "rs", "position": 1, "left_out": 0}])
        (informant,) = op.raw().execute("SELECT id FROM informant WHERE guid = ?", (person,)).fetchone()
        codes = [row[0] for row in op.raw().execute("SELECT id FROM code ORDER BY id").fetchall()][: size.codes]
        _source(op, chance, pool, informant, codes, (BIG, 1, size.characters, size.segments))
        each, rest = divmod(size.other_segments, size.others)
        for number in range(size.others):
            name = f"{SMALL} {number + 1}"
            count = each + (number < rest)
            _source(op, chance, pool, informant, codes, (name, number + 2, size.other_characters, count))


def _sentences(chance: random.Random) -> list[str]:
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(4_000)]
    chosen = [chance.choices(words, k=chance.randint(5, 22)) for _ in range(5_000)]
    return [f"{first.capitalize()} {' '.join(rest)}." for first, *rest in chosen]


def _source(
    op: Operation,
    chance: random.Random,
    pool: list[str],
    informant: int,
    codes: list[int],
    what: tuple[str, int, int, int],
) -> None:
    name, position, characters, segments = what
    parts: list[str] = []
    turns: list[dict[str, Any]] = []
    sentences: list[int] = []
    at, asking, source = 0, True, new_guid()
    while at < characters:
        label = "Peneliti" if asking else "RS"
        start = at + len(label) + 2
        spoken = chance.choices(pool, k=1 if asking else chance.randint(2, 9))
        place = start
        for sentence in spoken:
            sentences += [place, place + len(sentence)]
            place += len(sentence) + 1
        parts.append(f"{label}: {' '.join(spoken)}\n")
        turns.append(
            {
                "guid": new_guid(), "start": start, "end": place - 1, "label_start": at, "label_end": start - 2,
                "label": label, "kind": "researcher" if asking else "informant",
                "informant_id": None if asking else informant,
            }
        )  # fmt: skip
        at, asking = place, not asking
    body = "".join(parts)
    text = {"hash": text_hash(name + body), "body": body, "characters": len(body), "words": body.count(" ") + 1}
    _insert(op, "source_text", [text])
    (text_id,) = op.raw().execute("SELECT max(id) FROM source_text").fetchone()
    search_index.add(op.raw(), text_id, body)
    row = {
        "guid": source, "name": name, "method": "interview", "text_id": text_id, "position": position,
        "header_end": 0, "sentences": json.dumps(sentences), "segmenter": "generated", "file_name": "",
        "file_hash": "", "imported_at": now(), "left_out": 0, "own_statements": 0,
    }  # fmt: skip
    _insert(op, "source", [row])
    (source_id,) = op.raw().execute("SELECT id FROM source WHERE guid = ?", (source,)).fetchone()
    _insert(op, "turn", [{**turn, "source_id": source_id} for turn in turns])
    moment = now()
    starts = sorted(chance.randrange(len(body) - LONGEST) for _ in range(segments))
    _insert(
        op,
        "segment",
        [
            {
                "guid": new_guid(), "source_id": source_id, "code_id": chance.choice(codes), "coder_id": op.coder_id,
                "start": start, "end": start + chance.randint(SHORTEST, LONGEST),
                "valence": chance.choices(VALENCES, WEIGHTS)[0], "exemplar": int(chance.random() < 0.01),
                "created_at": moment, "modified_at": moment,
            }
            for start in starts
        ],
    )  # fmt: skip


def _insert(op: Operation, table: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        columns = list(rows[0])
        names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
        sql = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'
        op.raw().executemany(sql, [tuple(row[name] for name in columns) for row in rows])
