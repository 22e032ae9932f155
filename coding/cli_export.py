"""The command `export`: the study in a file that another program reads."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from coding import cli_output as out
from coding import cli_privacy
from coding.words import Words


def add(command: Any) -> None:
    """Add the command to the command line; `command` makes one, as in `coding.cli`."""
    export = command("export", run, "write the study for another program")
    export.add_argument(
        "out", metavar="OUT", type=Path, help="the file: .csv with the coded segments, or .xlsx with every table"
    )
    cli_privacy.add_check(export)


def run(arguments: argparse.Namespace, words: Words) -> int:
    """Write the file and say so. Raises CodingError."""
    from coding.exchange.study import export_tables
    from coding.privacy.leaving import in_tables
    from coding.project import Project

    with Project.open(arguments.project, read_only=True) as project:
        held = in_tables(project, Words(project.language), arguments.out.suffix)
        if arguments.check:
            return cli_privacy.list_held(arguments.format, held, words)
        count = export_tables(project, arguments.out, Words(project.language))
    cli_privacy.tell(held, words)
    line = words.n(
        "wrote {file} with {count} coded segment", "wrote {file} with {count} coded segments",
        count=count, file=str(arguments.out),
    )  # fmt: skip
    return out.said(arguments.format, line, {"file": str(arguments.out), "segments": count})
