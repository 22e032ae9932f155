"""The command `cues`: how often the cues of theories fire in a study, and how often where their code was put."""

from __future__ import annotations

import argparse
from typing import Any

from coding import cli_output as out
from coding.text import normalise
from coding.words import Words


def add(command: Any) -> None:
    """Add the command to the command line; `command` makes one, as in `coding.cli`."""
    cues = command("cues", run, "show how often cues fire, and how often where their code was put", "csv")
    cues.add_argument("--framework", metavar="KEY", nargs="+", action="extend", type=normalise)
    cues.add_argument("--language", choices=("id", "en"), help="the cues of this language alone")


def run(arguments: argparse.Namespace, words: Words) -> int:
    """Print the report of each framework named, or of all the project uses. Raises CodingError."""
    from coding.codes.queries import frameworks
    from coding.language.cue_report import cue_report
    from coding.project import Project

    with Project.open(arguments.project, read_only=True) as project:
        keys = arguments.framework or [framework.key for framework in frameworks(project)]
        reports = [cue_report(project, key, arguments.language) for key in dict.fromkeys(keys)]
        return out.cues(arguments.format, reports, Words(project.language))
