"""The commands that count: `matrix`, `factors`, `agreement`, `analyses`, and what they print."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from coding import cli_results as out
from coding.text import normalise
from coding.words import Words

if TYPE_CHECKING:
    from coding.analysis.filters import EvidenceChoice
    from coding.analysis.pinned import About, Analysis
    from coding.analysis.results import Factors, Level
    from coding.project import Project

LEVELS = ("dimension", "indicator")
VERDICTS = ("agreed", "question", "revise", "none")


def add(command: Any) -> None:
    """Add the commands to the command line; `command` makes one, as in `coding.cli`."""
    matrix = command("matrix", _matrix, "show a triangulation matrix", "csv")
    which = matrix.add_mutually_exclusive_group(required=True)
    which.add_argument("--framework", metavar="KEY", type=normalise)
    which.add_argument("--pinned", metavar="NAME", help="as it was pinned under this name")
    kinds = ("source", "method", "time", "place", "investigator", "theory")
    matrix.add_argument("--kind", choices=kinds, default="source")
    matrix.add_argument("--columns", metavar="informant|ATTRIBUTE", default="informant", type=normalise)
    matrix.add_argument("--against", metavar="KEY", type=normalise)
    matrix.add_argument("--level", choices=LEVELS, default="dimension")
    matrix.add_argument("--threshold", metavar="X", type=_threshold, default="1")
    matrix.add_argument("--topics", action="store_true", help="rows of topics inside the indicators")
    _filters(matrix)
    factors = command("factors", _factors, "show supporting and inhibiting factors", "csv")
    factors.add_argument("--framework", metavar="KEY", default="factors", type=normalise)
    factors.add_argument("--level", choices=LEVELS, default="indicator")
    factors.add_argument("--pinned", metavar="NAME", help="as it was pinned under this name")
    _filters(factors)
    agreement = command("agreement", _agreement, "compare coders over the sources both marked as done")
    agreement.add_argument("--framework", metavar="KEY", type=normalise)
    agreement.add_argument("--unit", choices=("sentence", "turn", "character"), default="sentence")
    command("analyses", _analyses, "list pinned analyses")


def _filters(sub: Any) -> None:
    """What narrows the evidence, and the names of pinned analyses."""
    sub.add_argument(
        "--from", dest="since", metavar="DATE", type=_day, help="only sources from this day, month or year"
    )
    sub.add_argument("--to", dest="until", metavar="DATE", type=_day, help="only sources until this day, month or year")
    sub.add_argument("--place", metavar="PLACE", nargs="+", action="extend", default=[], type=normalise)
    sub.add_argument("--coder", metavar="NAME", nargs="+", action="extend", default=[], type=normalise)
    sub.add_argument("--verbatim", action="store_true", help="leave out what is told in the analyst's words")
    sub.add_argument("--exemplars", action="store_true", help="only what is starred")
    sub.add_argument("--verdict", nargs="+", action="extend", default=[], choices=VERDICTS)
    sub.add_argument("--pin", metavar="NAME", help="keep it in the project under this name")


def _threshold(text: str) -> Fraction:
    try:
        if len(text) > 20 or "e" in text.lower():
            raise ValueError
        return Fraction(text.replace(",", "."))
    except (ValueError, ZeroDivisionError):
        raise argparse.ArgumentTypeError(f"{text!r} is no number such as 0.75") from None


def _day(text: str) -> str:
    from coding.analysis.filters import is_day

    if not is_day(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no date such as 2026-05-12, 2026-05 or 2026")
    return text


def _project(arguments: argparse.Namespace, *, writing: bool) -> Project:
    from coding.project import Project

    return Project.open(arguments.project, read_only=not writing)


def _choice(arguments: argparse.Namespace) -> EvidenceChoice:
    from coding.analysis.filters import EvidenceChoice

    return EvidenceChoice(
        arguments.since, arguments.until, tuple(dict.fromkeys(arguments.place)), tuple(dict.fromkeys(arguments.coder)),
        arguments.verbatim, arguments.exemplars, tuple(one for one in VERDICTS if one in arguments.verdict),
    )  # fmt: skip


def _settled(arguments: argparse.Namespace, project: Project, asked: Analysis) -> Analysis:
    """What is to be counted: as asked, or as it was pinned with the filters asked for on top; pinned when that is
    wanted, once it is known that it can be counted."""
    from coding.analysis.filters import check_choice
    from coding.analysis.pinned import counted, pin, pinned_named

    check_choice(project, asked.evidence)
    if arguments.pinned is not None:
        kept = pinned_named(project, arguments.pinned, asked.about).analysis
        asked = kept if asked.evidence.everything else replace(kept, evidence=asked.evidence)
    if arguments.pin is not None:
        counted(project, asked)
        with project.operation("Pin an analysis") as op:
            pin(op, arguments.pin, asked)
    return asked


def _matrix(arguments: argparse.Namespace, words: Words) -> int:
    from coding.analysis.judging import findings
    from coding.analysis.pinned import MATRIX, Analysis, matrix_of

    level: Level = "indicator" if arguments.topics else arguments.level
    asked = Analysis(
        MATRIX, arguments.framework or "", level, arguments.kind, arguments.columns, arguments.against,
        arguments.threshold, _choice(arguments),
    )  # fmt: skip
    with _project(arguments, writing=arguments.pin is not None) as project:
        asked = _settled(arguments, project, asked)
        made = matrix_of(project, asked)
        return out.matrix(
            arguments.format, made, findings(project, made), Words(project.language), topics=arguments.topics,
            filters=asdict(asked.evidence),
        )  # fmt: skip


def _factors(arguments: argparse.Namespace, words: Words) -> int:
    from coding.analysis.factors import summarise
    from coding.analysis.pinned import FACTORS, Analysis
    from coding.findings.sides import side_findings

    asked = Analysis(FACTORS, arguments.framework, arguments.level, evidence=_choice(arguments))
    with _project(arguments, writing=arguments.pin is not None) as project:
        asked = _settled(arguments, project, asked)
        factors = summarise(project, asked.framework, asked.level, asked.evidence)
        written = side_findings(project, factors)
        _point_out(project, factors, words)
        return out.factors(arguments.format, factors, written, Words(project.language), filters=asdict(asked.evidence))


def _point_out(project: Project, factors: Factors, words: Words) -> None:
    """Say on standard error where there is evidence, when the factors have none."""
    from coding.analysis.fitting import fitting
    from coding.codes.queries import frameworks

    adopted = frameworks(project)
    segments = {row.key: row.segments for row in adopted}
    key, _ = fitting(adopted)
    if not segments.get(factors.framework) and segments.get(key):
        option = f"--framework {key}"
        said = words.t("nothing is coded with {name}; {option} has evidence", name=factors.framework, option=option)
        print("telaah:", said, file=sys.stderr)


def _agreement(arguments: argparse.Namespace, words: Words) -> int:
    from coding.analysis.agreement import agree

    with _project(arguments, writing=False) as project:
        found = agree(project, arguments.framework, arguments.unit)
        return out.agreement(arguments.format, found, Words(project.language))


def _analyses(arguments: argparse.Namespace, words: Words) -> int:
    from coding.analysis.pinned import pinned

    with _project(arguments, writing=False) as project:
        rows = pinned(project)
        spoken = Words(project.language)
        about: dict[About, str] = {"matrix": spoken.t("Triangulation"), "factors": spoken.t("Factors")}
        return out.analyses(
            arguments.format,
            [{"name": one.name, "about": one.analysis.about, **one.analysis.to_params()} for one in rows],
            [[one.name, about[one.analysis.about], one.analysis.framework] for one in rows],
            spoken,
        )
