"""A project of any size, made up from a fixed seed: sources of plausible turns, segments over all frameworks."""

from __future__ import annotations

import json
import random
from pathlib import Path

from coding.project import Operation, Project
from coding.store import search_index
from coding.store.models import new_guid, now, text_hash

SYLLABLES = "ka ri sa nu me la di po te ba wi ju ko pe ra ti mu lo ne si do ga hu".split()
VALENCES = ("supporting", "inhibiting", "neutral", None)
WEIGHTS = (38, 42, 12, 8)
_ROW = "INSERT INTO {table} ({columns}) VALUES ({marks})"


def generate(
    path: Path,
    *,
    sources: int = 200,
    characters: int = 50_000,
    segments: int = 50_000,
    informants: int = 60,
    seed: int = 7,
) -> Project:
    """Make the project at `path` and return it open. `characters` are code points for each source; `segments` are
    spread evenly over the sources and at random over the codes."""
    chance = random.Random(seed)
    project = Project.create(path, f"{sources} × {characters}", coder="Ani")
    with project.operation("Generate") as op:
        people = [_informant(op, number) for number in range(informants)]
        codes = [row[0] for row in op.raw().execute("SELECT id FROM code ORDER BY id").fetchall()]
        vocabulary = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(4000)]
        for number in range(sources):
            _source(op, chance, number, characters, people, vocabulary)
        per_source = segments // max(sources, 1)
        for source, body in (
            op.raw().execute("SELECT s.id, t.body FROM source s JOIN source_text t ON t.id = s.text_id").fetchall()
        ):
            _segments(op, chance, source, body, per_source, codes)
    return project


def _insert(op: Operation, table: str, rows: list[dict[str, object]]) -> int:
    columns = list(rows[0])
    sql = _ROW.format(table=table, columns=", ".join(f'"{c}"' for c in columns), marks=", ".join("?" * len(columns)))
    op.raw().executemany(sql, [tuple(row[c] for c in columns) for row in rows])
    return int(op.raw().execute("SELECT last_insert_rowid()").fetchone()[0])


def _informant(op: Operation, number: int) -> int:
    code = f"I{number + 1:02d}"
    row = {
        "guid": new_guid(), "code": code, "code_folded": code.casefold(), "position": number + 1, "initials": code,
        "role": f"Jabatan {number % 9}", "group": f"Kelompok {number % 4}",
        "category": ("key", "main", "supporting")[number % 3], "age": 20 + number % 50, "left_out": 0,
    }  # fmt: skip
    _insert(op, "informant", [row])
    return int(op.raw().execute("SELECT id FROM informant WHERE code = ?", (code,)).fetchone()[0])


def _sentence(chance: random.Random, vocabulary: list[str]) -> str:
    words = chance.choices(vocabulary, k=chance.randint(5, 22))
    return f"{words[0].capitalize()} {' '.join(words[1:])}."


def _source(
    op: Operation, chance: random.Random, number: int, characters: int, people: list[int], vocabulary: list[str]
) -> None:
    method = ("observation", "document")[number % 2] if number % 10 == 9 else "interview"
    speakers = chance.sample(people, k=1 if chance.random() < 0.8 else 2)
    parts, turns, sentences, at, asking = [], [], [], 0, True
    while at < characters:
        label = "" if method != "interview" else "Peneliti: " if asking else "Informan: "
        start = at + len(label)
        spoken = [_sentence(chance, vocabulary) for _ in range(1 if asking else chance.randint(2, 9))]
        place = start
        for sentence in spoken:
            sentences += [place, place + len(sentence)]
            place += len(sentence) + 1
        text = " ".join(spoken)
        if label:
            informant = None if asking else chance.choice(speakers)
            turns.append((start, start + len(text), at, start - 1, label[:-2], informant))
        parts.append(f"{label}{text}\n")
        at += len(parts[-1])
        asking = not asking
    body = "".join(parts)
    text_row = {"hash": text_hash(body), "body": body, "characters": len(body), "words": len(body.split())}
    text_id = _insert(op, "source_text", [text_row])
    search_index.add(op.raw(), text_id, body)
    source = {
        "guid": new_guid(), "name": f"Wawancara {number + 1:03d}", "method": method, "text_id": text_id,
        "position": number + 1, "date": f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
        "place": f"Desa {number % 7}",
        "header_end": 0, "sentences": json.dumps([e for e in sentences if e <= len(body)]), "segmenter": "generated",
        "file_name": "", "file_hash": "", "imported_at": now(), "left_out": 0, "own_statements": 0,
    }  # fmt: skip
    source_id = _insert(op, "source", [source])
    source_id = int(op.raw().execute("SELECT id FROM source WHERE text_id = ?", (text_id,)).fetchone()[0])
    rows: list[dict[str, object]] = [
        {
            "guid": new_guid(), "source_id": source_id, "start": start, "end": end, "label_start": label_start,
            "label_end": label_end, "label": label, "kind": "informant" if informant else "researcher",
            "informant_id": informant,
        }
        for start, end, label_start, label_end, label, informant in turns
    ]  # fmt: skip
    if rows:
        _insert(op, "turn", rows)


def _segments(op: Operation, chance: random.Random, source: int, body: str, count: int, codes: list[int]) -> None:
    rows: list[dict[str, object]] = []
    for _ in range(count):
        start = body.index(" ", chance.randrange(len(body) - 400)) + 1
        end = min(len(body), start + chance.randint(20, 300))
        rows.append(
            {
                "guid": new_guid(), "source_id": source, "code_id": chance.choice(codes), "coder_id": op.coder_id,
                "start": start, "end": end, "valence": chance.choices(VALENCES, WEIGHTS)[0],
                "exemplar": int(chance.random() < 0.02), "created_at": now(), "modified_at": now(),
            }
        )  # fmt: skip
    if rows:
        _insert(op, "segment", rows)
