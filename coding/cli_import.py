"""The command `import`: files and folders, read in processes of their own, each stored by itself."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coding import cli_output as out
from coding.errors import CodingError
from coding.text import normalise
from coding.transcripts.columns import ANY_TABLE, ROLES
from coding.words import Words

if TYPE_CHECKING:
    from coding.progress import Progress
    from coding.project import Project
    from coding.transcripts.drafts import Draft, Method
    from coding.transcripts.intake import Imported

METHODS = ("interview", "focus_group", "observation", "document")
Complain = Callable[[str], None]


def add(command: Any, writing: Any, complain: Complain) -> None:
    """Add the command to the command line; `command` makes one, as in `coding.cli`, `writing` opens the project that is
    named, `complain` says a sentence on standard error."""

    def run(arguments: argparse.Namespace, words: Words) -> int:
        return _run(arguments, words, writing, complain)

    imports = command("import", run, "bring transcripts, notes and documents in")
    imports.add_argument("paths", metavar="FILE|FOLDER", nargs="+", type=Path)
    imports.add_argument("--method", choices=METHODS)
    imports.add_argument("--informant", metavar="CODE", type=normalise)
    imports.add_argument("--researcher", metavar="LABEL", nargs="+", action="extend", default=[], type=normalise)
    imports.add_argument("--no-originals", action="store_true", help="keep the texts alone, not the files themselves")
    columns = imports.add_argument(
        "--columns",
        metavar="ROLE=HEAD",
        nargs="+",
        action="extend",
        default=[],
        type=_column,
        help="which column of a table holds what: %(roles)s",
    )
    # help is filled with what an option knows
    vars(columns)["roles"] = ", ".join(ROLES)
    imports.add_argument("--summary", metavar="FILE.txt", type=Path, help="also write what came in, and what did not")


def _run(arguments: argparse.Namespace, words: Words, writing: Any, complain: Complain) -> int:
    from coding.transcripts.import_summary import FATES, lines_of, summary_text

    with writing(arguments) as project:
        done = import_files(
            project,
            arguments.paths,
            method=arguments.method,
            informant=arguments.informant,
            researcher_labels=arguments.researcher,
            columns=arguments.columns,
            progress=out.TerminalProgress(),
            keep_files=not arguments.no_originals,
        )
    if arguments.summary is not None:
        _write(arguments.summary, summary_text(lines_of(done), words))
    for refused in done.refused:
        complain(refused.error.say(words))
    for name, notice in done.notices:
        complain(f"{name}: {notice.say(words)}")
    if done.passed_over:
        complain(FATES["passed_over"](words, len(done.passed_over)))
    if not done.imported:
        if not done.refused:
            raise CodingError("nothing_imported", file=", ".join(str(path) for path in arguments.paths))
        return 1
    one, many = "imported {count} source: {names}", "imported {count} sources: {names}"
    line = words.n(one, many, count=len(done.imported), names=", ".join(done.imported))
    refusals = [{"file": str(r.path), "reason": r.error.say(words), "code": r.error.code} for r in done.refused]
    passed_over = [str(path) for path in done.passed_over]
    data = {"imported": list(done.imported), "refused": refusals, "passed_over": passed_over}
    return out.said(arguments.format, line, data)


def import_files(
    project: Project,
    paths: Sequence[Path],
    *,
    method: Method | None,
    informant: str | None,
    researcher_labels: Sequence[str],
    columns: Sequence[tuple[str, str]],
    progress: Progress,
    keep_files: bool,
) -> Imported:
    """Import files and folders, read in processes of their own; what the project remembers of labels goes for those in
    doubt."""
    from coding.reading_processes import ReadingProcesses, processes_for
    from coding.transcripts.drafts_json import labels_to_json
    from coding.transcripts.folders import files_in
    from coding.transcripts.intake import import_paths
    from coding.transcripts.preview import known

    fields = {
        "method": method,
        "informant": informant,
        "researcher_labels": list(researcher_labels),
        "remembered_labels": labels_to_json(known(project).labels.items()),
        "columns": {ANY_TABLE: dict(columns)} if columns else {},
    }
    with ReadingProcesses(processes_for(len(files_in(paths)))) as processes:

        def read(files: Sequence[Path]) -> Iterator[tuple[Path, Draft | CodingError]]:
            return processes.drafts(files, **fields)

        return import_paths(project, paths, progress=progress, drafts=read, keep_files=keep_files)


def _column(words: str) -> tuple[str, str]:
    role, equals, head = words.partition("=")
    if role not in ROLES or not equals or not head.strip():
        raise argparse.ArgumentTypeError(f"{words!r} is no ROLE=HEAD; a role is one of {', '.join(ROLES)}")
    return role, normalise(head)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise CodingError("file_unwritable", file=str(path), reason=reason) from error
