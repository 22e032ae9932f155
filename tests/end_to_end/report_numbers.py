"""What matrices, factors and the parts about the study have to show: what the command line prints and the window shows.

Each check takes a part of a report as it was read back from the Word file.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from coding.analysis.filters import choice_from
from coding.cli import main
from coding.codes.codebook import codebook
from coding.findings.conclusions import conclusions
from coding.findings.recommendations import recommendations
from coding.informants.queries import informants
from coding.project import Project
from coding.review.trail import trail
from coding.transcripts.queries import sources
from tests.end_to_end.reading_back import FIGURE, NOTHING, Page

Settings = Mapping[str, Any]
Lines = list[list[str]]
GLYPHS = {"supporting": "+", "inhibiting": "−", "mixed": "±", "neutral": "○", "silent": "–"}
STATUSES = {
    "id": {"convergent": "searah", "partial": "sebagian", "divergent": "berlawanan", "single": "satu sumber",
           "covered": "tanpa arah", "absent": "belum ada bukti"},
    "en": {key: key for key in ("convergent", "partial", "divergent", "single", "covered", "absent")},
}  # fmt: skip
PASSAGES = {"id": r"([\d.]+) petikan", "en": r"([\d,]+) passages?"}
DIVIDED = {
    "id": r"(\d+) mendukung(?:,| dan) (\d+) menghambat",
    "en": r"(\d+) supporting(?:,| and) (\d+) inhibiting",
}
SIDES = ("supporting", "inhibiting", "neutral")
COUNTS = {"id": ("Segmen", "Petikan", "Informan"), "en": ("Segments", "Passages", "Informants")}


class Screen(Protocol):
    """What the window shows of a project: each table as lines of texts, the heads first."""

    def matrix(self, settings: Settings) -> Lines: ...
    def factors(self, settings: Settings) -> Lines: ...
    def framework_matrix(self, settings: Settings) -> Lines: ...
    def counts(self, name: str, settings: Settings) -> Lines: ...


@dataclass
class Study:
    """A project with its screen and what commands print of it. `pinned` are settings by the name they are kept by."""

    project: Project
    screen: Screen
    pinned: Mapping[str, Settings] = field(default_factory=dict)
    _printed: dict[tuple[str, ...], Any] = field(default_factory=dict)

    def cli(self, command: str, *words: object) -> Any:
        """The JSON that a command prints."""
        key = (command, *map(str, words))
        if key not in self._printed:
            output = io.StringIO()
            with contextlib.redirect_stdout(output):
                assert main([command, str(self.project.path), *key[1:], "--format", "json"]) == 0, key
            self._printed[key] = json.loads(output.getvalue())
        return self._printed[key]

    def settled(self, settings: Settings) -> Settings:
        """The settings with those of the analysis that they name."""
        return {**self.pinned.get(settings.get("pinned", ""), {}), **settings}

    def matrix(self, settings: Settings, level: str) -> list[dict[str, Any]]:
        """The rows that `matrix` prints."""
        words = ["--framework", settings["framework"], "--level", level, *filters(settings)]
        for name in ("kind", "columns", "against", "threshold"):
            words += [f"--{name}", str(settings[name])] if settings.get(name) else []
        found = self.cli("matrix", *words, *(["--topics"] if level == "indicator" else []))
        self.columns = found["columns"]
        rows: list[dict[str, Any]] = found["rows"]
        return rows

    def counted_segments(self) -> list[dict[str, Any]]:
        """What `segments` prints, without sources that are left out."""
        counted = {row.name for row in sources(self.project) if not row.left_out and not row.own_statements}
        return [row for row in self.cli("segments") if row["source"] in counted]


def filters(settings: Settings) -> list[str]:
    """The words of a command that filter as a part of the report does."""
    choice = choice_from(settings.get("evidence"))
    words: list[str] = []
    for name, value in (("from", choice.since), ("to", choice.until)):
        words += [f"--{name}", value] if value else []
    for name, values in (("place", choice.places), ("coder", choice.coders), ("verdict", choice.verdicts)):
        words += [f"--{name}", *values] if values else []
    return words + [f"--{name}" for name in ("verbatim", "exemplars") if getattr(choice, name)]


def first(text: str) -> str:
    return text.split("\n", maxsplit=1)[0]


def said_words(text: str) -> str:
    """A text without white space and quotation marks, which turn where they stand inside others."""
    return re.sub(r"[\s\"'“”‘’]", "", text)


# triangulation, findings and what is said of them


def opened(coarse: Sequence[dict[str, Any]], fine: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each dimension, then its indicators, each with its topics."""
    for row in coarse:
        yield row
        below = [one for one in fine if one["code"] == row["code"] or one["code"].startswith(row["code"] + ".")]
        if [one["code"] for one in below] == [row["code"]] and below[0]["label"] == row["label"]:
            yield from below[0]["topics"]
            continue
        for one in below:
            yield one
            yield from one["topics"]


def cell_text(page: Page, cell: Mapping[str, Any]) -> str:
    """A cell of a matrix: sign and passages, and how several voices are divided."""
    if cell["stance"] == "silent":
        return NOTHING
    text = f"{GLYPHS[cell['stance']]} {page.shown(cell['passages'])}"
    if len(cell["split"]) < 2:
        return text
    stances = [voice["stance"] for voice in cell["split"]]
    order = ("supporting", "inhibiting", "mixed", "neutral")
    said = [f"{page.shown(stances.count(one))} {GLYPHS[one]}" for one in order if one in stances]
    return f"{text} ({' '.join(said)})"


def check_matrix(page: Page, settings: Settings, study: Study) -> None:
    settings = study.settled(settings)
    coarse = study.matrix(settings, "dimension")
    columns = study.columns
    expected = list(coarse)
    if settings.get("level") == "indicator":
        expected = list(opened(coarse, study.matrix(settings, "indicator")))
    rows, width = page.table.rows, len(columns)
    assert [first(row[1]) for row in rows] == [row["label"] for row in expected]
    for read, row in zip(rows, expected, strict=True):
        assert len(read) == width + 4
        wanted = [cell_text(page, cell) for cell in row["cells"]]
        got = [" ".join(text.split("\n")[: 1 + ("(" in want)]) for text, want in zip(read[2:-2], wanted, strict=True)]
        assert got == wanted, row["code"]
        assert page.numbers(read[-2]) == row["coverage"]
        assert first(read[-1]).startswith(STATUSES[page.language][row["status"]])
    heads, *shown = study.screen.matrix(settings)
    read_heads = [lower or upper for upper, lower in zip(page.table.heads[0], page.table.heads[-1], strict=True)]
    assert all(read.startswith(head) for read, head in zip(read_heads[2:-2], heads[1:-1], strict=True))
    assert [[line[0], *line[1:-1]] for line in shown] == [
        [row["label"], *(cell_text(page, cell) for cell in row["cells"])] for row in expected
    ]
    for line, row in zip(shown, expected, strict=True):
        assert line[-1].startswith(STATUSES[page.language][row["status"]])
        assert page.numbers(line[-1]) == row["coverage"]


def check_methods(page: Page, settings: Settings, study: Study) -> None:
    check_matrix(page, {**settings, "kind": "method"}, study)


def informant_matrix(settings: Settings) -> Settings:
    return {"framework": settings["framework"], "kind": "source", "columns": "informant"}


def check_findings(page: Page, settings: Settings, study: Study) -> None:
    settings = informant_matrix(settings)
    rows, fine = study.matrix(settings, "dimension"), study.matrix(settings, "indicator")
    assert [row[1] for row in page.table.rows] == [row["label"] for row in rows]
    for read, row in zip(page.table.rows, rows, strict=True):
        assert page.numbers(read[3]) == row["coverage"]
        assert first(read[4]).startswith(STATUSES[page.language][row["status"]])
        # where the analyst wrote on a cell, or on one inside it, that stands in place of its number
        inside = [row, *(one for one in fine if one["code"].startswith(row["code"]))]
        own = {at for one in inside for at, cell in enumerate(one["cells"]) if cell["finding"]}
        unwritten = [cell for at, cell in enumerate(row["cells"]) if at not in own]
        said = page.numbers(" ".join(re.findall(PASSAGES[page.language], page.said(row["label"]))))
        assert said == [cell["passages"] for cell in unwritten if cell["passages"]], row["code"]
        alone = [cell["split"][0] for cell in unwritten if cell["voices"] == 1]
        sides = [(one["supporting"], one["inhibiting"]) for one in alone if one["supporting"] and one["inhibiting"]]
        divided = re.findall(DIVIDED[page.language], page.said(row["label"]))
        assert [(int(one), int(other)) for one, other in divided] == sides, row["code"]


def check_narrative(page: Page, settings: Settings, study: Study) -> None:
    for row in study.matrix(informant_matrix(settings), "dimension"):
        said = page.numbers(" ".join(re.findall(PASSAGES[page.language], page.said(row["label"]))))
        voices = [voice for cell in row["cells"] for voice in cell["split"]]
        expected = [sum(voice[side] for voice in voices) for side in SIDES[:2]]
        expected.append(sum(cell["passages"] for cell in row["cells"] if cell["stance"] == "neutral"))
        assert said == [count for count in expected if count], row["code"]


def check_factors(page: Page, settings: Settings, study: Study) -> None:
    settings = study.settled(settings)
    level = settings.get("level", "indicator")
    words = ["--framework", settings.get("framework", "factors"), "--level", level, *filters(settings)]
    expected = study.cli("factors", *words)["rows"]
    table = page.table
    places = [at for at, head in enumerate(table.heads[-1]) if head in COUNTS[page.language]]
    assert [first(row[1]).removesuffix(" ±") for row in table.rows] == [row["label"] for row in expected]
    for read, row in zip(table.rows, expected, strict=True):
        assert first(read[1]).endswith(" ±") == row["contested"]
        counts = [row[side][name] for side in SIDES[:2] for name in ("segments", "passages", "informants")]
        neutral = re.findall(r"○ ([\d.,]+)", read[1])
        assert page.numbers(" ".join(neutral)) == [n for n in [row["neutral"]["passages"]] if n]
        if any(counts):
            assert [read[at] for at in places] == [page.count(count) for count in counts], row["code"]
    _, *shown = study.screen.factors({**settings, "level": level})
    assert shown == [
        [row["label"], *(f"{GLYPHS[side]} {page.shown(row[side]['passages'])}" if row[side]["segments"] else NOTHING
                         for side in SIDES)]
        for row in expected
    ]  # fmt: skip
    drawn = [row for row in expected if row["supporting"]["passages"] or row["inhibiting"]["passages"]]
    told = [f"{row['label']}: + {page.shown(row['supporting']['passages'])}, − "
            f"{page.shown(row['inhibiting']['passages'])}" for row in drawn]  # fmt: skip
    assert [figure.split(". ", 1)[1] for figure in page.figures] == (["; ".join(told)] if told else [])


def check_framework_matrix(page: Page, settings: Settings, study: Study) -> None:
    heads, *shown = study.screen.framework_matrix(settings)
    words = ("--framework", settings["framework"], "--level", settings.get("level", "dimension"))
    printed = study.cli("framework-matrix", *words)["rows"]
    assert [row["informant"] for row in printed] == [line[0] for line in shown]
    for line, row in zip(shown, printed, strict=True):
        for text, cell in zip(line[1:], row["cells"], strict=True):
            if not (cell["finding"] and cell["finding"]["text"]):
                assert page.numbers(text) == [count for count in [cell["passages"]] if count]
    assert [head.replace(" – ", " · ") for head in page.table.heads[0][2:]] == heads[1:]
    assert [row[1] for row in page.table.rows] == [line[0] for line in shown]
    for read, line in zip(page.table.rows, shown, strict=True):
        for text, wanted in zip(read[2:], line[1:], strict=True):
            if re.fullmatch(PASSAGES[page.language], wanted) or wanted == NOTHING:
                assert text == wanted
            else:
                assert "".join(re.split(r"\W+", wanted)) in "".join(re.split(r"\W+", text))


# what the study is made of


def check_method_section(page: Page, settings: Settings, study: Study) -> None:
    names = {row.name for row in sources(study.project) if not row.left_out and not row.own_statements}
    counted = [row for row in study.cli("sources") if row["name"] in names]
    methods = [name for name in ("interview", "focus_group", "observation", "document", "questionnaire")
               if any(row["method"] == name for row in counted)]  # fmt: skip
    expected = []
    for name in methods:
        here = [row for row in counted if row["method"] == name]
        expected.append([len(here), sum(row["words"] for row in here), sum(row["segments"] for row in here)])
    totals = [sum(column) for column in zip(*expected, strict=True)]
    assert [row[2:5] for row in page.table.rows] == [
        [page.shown(count) for count in line] for line in (*expected, totals)
    ]
    said = page.numbers(page.said())
    coded = study.counted_segments()
    assert totals[2] == len(coded)
    for number in (len(counted), len(coded)):
        assert number in said
    for framework in {row["framework"] for row in coded} - {None}:
        mine = [row for row in coded if row["framework"] == framework]
        assert {len(mine), len({row["code"] for row in mine})} <= set(said)


def check_informants(page: Page, settings: Settings, study: Study) -> None:
    counted = {row.code for row in informants(study.project) if row.counted}
    listed = [row for row in study.cli("informants") if row["code"] in counted]
    assert [row[1] for row in page.table.rows] == [row["code"] for row in listed]
    assert len(listed) in page.numbers(page.said())
    for read, row in zip(page.table.rows, listed, strict=True):
        assert str(row["age"] or NOTHING) in read
        assert len(row["sources"]) == len([line for line in read[-1].split("\n") if line])


def check_conclusions(page: Page, settings: Settings, study: Study) -> None:
    found = conclusions(study.project).sentences
    written, advice = page.tables
    assert [(row[0], row[1]) for row in written.rows] == [(page.shown(one.number), one.text) for one in found]
    assert [row[1] for row in advice.rows] == [one.text for one in recommendations(study.project)]


def check_codebook(page: Page, settings: Settings, study: Study) -> None:
    entries = codebook(study.project, settings["framework"]).entries
    assert [(row[0], first(row[1])) for row in page.table.rows] == [(e.number, e.label(page.language)) for e in entries]


def check_segments(page: Page, settings: Settings, study: Study) -> None:
    listed = study.counted_segments()
    if settings.get("framework"):
        listed = [row for row in listed if row["framework"] == settings["framework"]]
    assert len(listed) in page.numbers(page.said())
    numbered = [row[0] for row in page.table.rows if FIGURE[page.language].fullmatch(row[0])]
    assert numbered == [page.shown(at) for at in range(1, len(listed) + 1)]
    below = [page.numbers(row[0].rpartition(" · ")[2])[0] for row in page.table.rows if " · " in row[0]]
    assert sum(below) == len(listed)
    shown = "".join(said_words(text) for row in page.table.rows for text in row)
    assert all(said_words(row["text"]) in shown for row in listed)


def check_audit(page: Page, settings: Settings, study: Study) -> None:
    places = [one.segment for claim in trail(study.project) for one in claim.evidence]
    numbered = [row[0] for row in page.table.rows if FIGURE[page.language].fullmatch(row[0])]
    assert numbered == [page.shown(at) for at in range(1, len(numbered) + 1)]
    assert len(numbered) == len(places)


def check_checklist(page: Page, settings: Settings, study: Study) -> None:
    answers = {row[1]: row[-1] for row in page.table.rows}
    heard = sum(row.counted for row in informants(study.project))
    coded = study.counted_segments()
    assert page.numbers(answers["COREQ 12"]) == [heard]
    assert page.numbers(answers["COREQ 24"]) == [len({row["coder"] for row in coded})]
    assert page.numbers(answers["SRQR S17"])[0] == len(coded)


Check = Callable[[Page, Settings, Study], None]
CHECKS: dict[str, Check] = {
    "method_section": check_method_section,
    "informants": check_informants,
    "findings": check_findings,
    "narrative": check_narrative,
    "triangulation": check_matrix,
    "method": check_methods,
    "factors": check_factors,
    "framework_matrix": check_framework_matrix,
    "conclusions": check_conclusions,
    "codebook": check_codebook,
    "segments": check_segments,
    "audit": check_audit,
    "checklist": check_checklist,
}
