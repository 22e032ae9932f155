"""Words that say little by themselves: the usual ones of both languages, and what the study adds or takes out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from coding.project import Operation, Reader
from coding.text import normalise
from coding.views import save_view, views

KIND, NAME = "stop_words", "stop words"
"""The study's own words are a saved view of this kind and name."""
_LISTS = Path(__file__).resolve().parent.parent / "language" / "stop_words"
_BETWEEN = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What the study leaves out besides the usual words, and which usual ones it counts; in lower case, in order."""

    added: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


@cache
def usual_stop_words() -> frozenset[str]:
    """Indonesian and English words that say little by themselves, in lower case."""
    lines = (line for name in ("id", "en") for line in (_LISTS / f"{name}.txt").read_text(encoding="utf-8").split("\n"))
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def own_words(reader: Reader) -> OwnWords:
    """What the study has of its own."""
    found = views(reader, KIND)
    params = found[0].params if found else {}
    return OwnWords(_words(params.get("added")), _words(params.get("kept")))


def stop_words(reader: Reader) -> frozenset[str]:
    """The words that are left out in this study."""
    own = own_words(reader)
    return (usual_stop_words() | set(own.added)) - set(own.kept)


def set_own_words(op: Operation, added: Iterable[str], kept: Iterable[str]) -> None:
    """Write down what the study leaves out, and what it counts all the same; nothing changes when it is so already."""
    save_view(op, KIND, NAME, {"added": read_words(" ".join(added)), "kept": read_words(" ".join(kept))})


def read_words(text: str) -> list[str]:
    """The words of a list as somebody wrote it, one a line or between commas: in lower case, each once, in order."""
    return sorted({word for word in _BETWEEN.split(normalise(text).casefold()) if word})


def _words(value: Any) -> tuple[str, ...]:
    return tuple(word for word in value if isinstance(word, str)) if isinstance(value, list) else ()
