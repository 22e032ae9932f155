"""What became of the files of an import, in words: for reading, copying and keeping."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from coding.errors import CodingError
from coding.transcripts.intake import Imported
from coding.words import Notice, Words

Fate = Literal["imported", "duplicate", "refused", "left_out", "passed_over"]
FATES: dict[Fate, Callable[[Words, int], str]] = {
    "imported": lambda words, count: words.n("{count} source came in", "{count} sources came in", count=count),
    "duplicate": lambda words, count: words.n(
        "{count} file was there already", "{count} files were there already", count=count
    ),
    "refused": lambda words, count: words.n(
        "{count} file could not come in", "{count} files could not come in", count=count
    ),
    "left_out": lambda words, count: words.n(
        "{count} file was left out by you", "{count} files were left out by you", count=count
    ),
    "passed_over": lambda words, count: words.n(
        "{count} file that systems leave lying about was passed over",
        "{count} files that systems leave lying about were passed over",
        count=count,
    ),
}
"""What is said of so many files of each fate, in the order in which it is said."""


@dataclass(frozen=True, slots=True)
class Line:
    """A file of an import: what became of it, and why it did not come in or what is to be looked at."""

    fate: Fate
    file: str
    why: CodingError | Notice | None = None
    remarks: tuple[Notice, ...] = ()


def lines_of(done: Imported) -> list[Line]:
    """The files of a batch; those that came in by the names of their sources."""
    remarks: dict[str, list[Notice]] = {}
    for name, notice in done.notices:
        remarks.setdefault(name, []).append(notice)
    lines = [Line("imported", name, None, tuple(remarks.get(name, ()))) for name in done.imported]
    lines += [Line(fate_of(one.error), str(one.path), one.error) for one in done.refused]
    return lines + [Line("passed_over", str(path)) for path in done.passed_over]


def fate_of(error: CodingError) -> Fate:
    """What `error` means for its file."""
    return "duplicate" if error.code in ("source_duplicate", "source_there") else "refused"


def heads(lines: Sequence[Line], words: Words) -> list[str]:
    """A sentence for each fate there is: `3 sources came in`."""
    counts = {fate: sum(line.fate == fate for line in lines) for fate in FATES}
    return [FATES[fate](words, count) for fate, count in counts.items() if count]


def sentence(line: Line, words: Words) -> str:
    """The file, and what is to be said of it."""
    said = [line.why.say(words)] if line.why is not None else [remark.say(words) for remark in line.remarks]
    named = [text if line.file in text else f"{line.file}: {text}" for text in said[:1]] + said[1:]
    return "; ".join(named) if said else line.file


def summary_text(lines: Sequence[Line], words: Words) -> str:
    """The whole summary as plain text, what came in first."""
    parts = []
    for fate, said in FATES.items():
        of_fate = [line for line in lines if line.fate == fate]
        if of_fate:
            head = said(words, len(of_fate))
            parts.append("\n".join([f"{head}:", *(f"  {sentence(line, words)}" for line in of_fate)]))
    return "\n\n".join(parts) + "\n"
