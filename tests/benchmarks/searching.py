"""Searching a whole project: the first hits, all hits, all forms of a word."""

from __future__ import annotations

import time
from pathlib import Path

from coding.project import Project
from coding.search.find import find
from coding.search.query import SearchQuery
from tests.benchmarks.generate import generate

FIRST = 50
QUERIES = {
    "first 50 hits of a word": (SearchQuery("kartu"), FIRST, "≤ 100"),
    "first 50 hits, whole word, without accents": (
        SearchQuery("kartu", whole_words=True, ignore_accents=True), FIRST, "≤ 100",
    ),
    "first 50 hits of a pattern": (SearchQuery(r"\bk\w+u\b", regex=True), FIRST, "≤ 100"),
    "a word that stands nowhere": (SearchQuery("tidakadakataini"), None, ""),
    "a whole word that stands nowhere": (SearchQuery("tidakadakataini", whole_words=True), None, ""),
}  # fmt: skip


def measured(folder: Path, quick: bool) -> tuple[str, list[tuple[str, list[float], str]]]:
    """What was searched, and for each query the seconds of each run with its aim in milliseconds."""
    sources, characters = (20, 20_000) if quick else (2_000, 50_000)
    path = folder / "searched.telaah"
    generate(path, sources=sources, characters=characters, segments=100).close()
    found = []
    with Project.open(path, read_only=True) as project:
        for what, (query, limit, aim) in QUERIES.items():
            taken = []
            for _ in range(2 if quick else 7):
                began = time.perf_counter()
                find(project, query, limit=limit)
                taken.append(time.perf_counter() - began)
            found.append((what, taken, aim))
    path.unlink()
    return f"{sources:,} × {characters:,} characters", found
