"""How often each code was put: segments, passages, informants, voices and words, by the rules of DOMAIN.md §3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coding.analysis import passages as forming
from coding.analysis.code_rows import (
    PlannedLine,
    by_line,
    counted_notice,
    guids_by,
    guids_of,
    informants_per,
    planned,
    segments_per,
    words_per,
)
from coding.analysis.evidence import CODE, VOICE, Evidence, evidence
from coding.analysis.numbers import distinct, present
from coding.analysis.results_counts import Frequencies, Frequency, share
from coding.project import Reader

if TYPE_CHECKING:
    import numpy as np

    Ints = np.ndarray[Any, np.dtype[np.int64]]


def frequencies(project: Reader, framework: str | None = None) -> Frequencies:
    """The codes of `framework`, or all codes, with how often each was put; a dimension has its indicators' too.

    Raises CodingError("framework_not_adopted").
    """
    import numpy as np

    found, lines, own = _read(project, framework)
    claims, line = by_line(lines, own)
    count, voices = len(lines), max(len(found.voices), 1)
    formed = forming.form(found, claims, line * voices + claims[:, VOICE])
    segments = segments_per(claims, line, count)
    passages = np.bincount(formed.group // voices, minlength=count)
    informants = informants_per(found, claims, line, count)
    heard = distinct(line, claims[:, VOICE], count)
    words = words_per(found, claims, line, count)
    one = np.zeros(len(own), np.int64)
    total = int(segments_per(own, one, 1)[0])
    rows = tuple(
        Frequency(
            plan.line, int(segments[i]), int(passages[i]), int(informants[i]), int(heard[i]), int(words[i]),
            share(int(segments[i]), total),
        )
        for i, plan in enumerate(lines)
    )  # fmt: skip
    people, said = informants_per(found, own, one, 1), words_per(found, own, one, 1)
    return Frequencies(framework, rows, total, int(people[0]), int(said[0]), (counted_notice(total),))


def frequency_segments(project: Reader, framework: str | None, key: tuple[str, str] | None) -> tuple[str, ...]:
    """The guids behind the row `key` (path and part; None for all rows), in the order of the study."""
    found, lines, own = _read(project, framework)
    if key is None:
        return guids_of(found, own)
    claims, _ = by_line([plan for plan in lines if plan.line.key == key], own)
    return guids_of(found, claims)


def frequency_guids(project: Reader, framework: str | None = None) -> dict[tuple[str, str] | None, tuple[str, ...]]:
    """What `frequency_segments` gives, for every row that has any, and for None."""
    found, lines, own = _read(project, framework)
    by_row = guids_by(found, *by_line(lines, own))
    return {lines[number].line.key: guids for number, guids in by_row.items()} | {None: guids_of(found, own)}


def _read(project: Reader, framework: str | None) -> tuple[Evidence, list[PlannedLine], Ints]:
    """The evidence, the lines, and the claims that fall to any of them."""
    import numpy as np

    with project.read() as session:
        found = evidence(project, session)
        lines = planned(session, framework, present(found.claims[:, CODE]))
    known = np.array(sorted({code for plan in lines for code in plan.codes}), np.int64)
    return found, lines, found.claims[np.isin(found.claims[:, CODE], known)]
