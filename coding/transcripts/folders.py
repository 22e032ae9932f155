"""Which files stand for a folder. Asks neither project nor database: a process that only reads files answers it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

_CLUTTER = ("~$", ".", "Thumbs.db", "desktop.ini")


def files_in(paths: Sequence[Path]) -> list[Path]:
    """The files named, folders opened to all depths in the order of names; what systems and editors leave lying about
    is passed over in folders."""
    return [path for path, clutter in _walked(paths) if not clutter]


def clutter_in(paths: Sequence[Path]) -> list[Path]:
    """The files in folders that `files_in` passes over."""
    return [path for path, clutter in _walked(paths) if clutter]


def _walked(paths: Sequence[Path]) -> Iterator[tuple[Path, bool]]:
    for path in paths:
        if path.is_dir():
            for inside in sorted(p for p in path.rglob("*") if p.is_file()):
                yield inside, any(part.startswith(_CLUTTER) for part in inside.relative_to(path).parts)
        else:
            yield path, False
