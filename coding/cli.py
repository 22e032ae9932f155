"""The command line: the same program without its window. Names, options and JSON keys are a contract (CLI.md)."""

from __future__ import annotations

import argparse
import contextlib
import errno
import locale
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coding import cli_analysis, cli_counts, cli_cues, cli_export, cli_import, cli_privacy, cli_report, cli_review
from coding import cli_output as out
from coding.cli_help import Parser
from coding.errors import CodingError, mark
from coding.text import normalise
from coding.words import Words

if TYPE_CHECKING:
    from coding.project import Project
    from coding.reports.document import Writer

COMMANDS = (
    "new", "demo", "import", "informants", "sources", "tag", "segments", "search", "matrix", "factors", "done",
    "frequencies", "crosstab", "cooccurrence", "saturation", "framework-matrix",
    "cues", "agreement", "analyses", "report", "export", "package", "merge", "check", "backup",
    "restore", "privacy", "mask", "unmask", "erase",
)  # fmt: skip
VERSION_OPTION = "--version"
_OUTPUT_ENDS = {errno.EPIPE, errno.ENOSPC, *({errno.EINVAL} if os.name == "nt" else ())}
"""How writing to standard output fails: its reader has had enough (`| head`; EINVAL on Windows), or a disk is full."""


def terminal_language() -> str:
    """`id` or `en`: the language of messages in a terminal, from the system's settings."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "id" if value.lower().startswith(("id", "in_")) else "en"
    return "id" if (locale.getlocale()[0] or "").lower().startswith(("id", "indonesian")) else "en"


def _complain(text: str) -> None:
    """Say what went wrong in one line, also where a file's name has several."""
    print("telaah:", " ".join(text.splitlines()), file=sys.stderr)


def main(argv: Sequence[str] | None = None, writers: Mapping[str, Writer] | None = None) -> int:
    """Run one command; returns the exit status: 0 done, 1 it could not be done, 2 the words were wrong.

    `writers` are formats of reports that this room can't write itself, by their ending.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    words = Words(terminal_language())
    parser = _parser(words)
    try:
        arguments = parser.parse_args(argv)
        arguments.writers = writers or {}
    except SystemExit as ended:  # argparse has said what was wrong
        return int(ended.code or 0)
    try:
        status: int = arguments.run(arguments, words)
        sys.stdout.flush()
        return status
    except SystemExit as ended:  # words that do not go together
        return int(ended.code or 0)
    except CodingError as error:
        _complain(error.say(words))
        return 1
    except OSError as error:
        if error.errno not in _OUTPUT_ENDS or error.filename is not None:
            raise
        # nothing more can be written, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno != errno.ENOSPC:
            return 0
        _complain(CodingError("disk_full", file="stdout").say(words))
        return 1
    except KeyboardInterrupt:
        _complain(CodingError("cancelled").say(words))
        return 1


def _parser(words: Words) -> argparse.ArgumentParser:
    from importlib.metadata import version

    about = mark("Code interviews against a theory, triangulate, write findings to Word.")
    parser = Parser(words=words, prog="telaah", description=about)
    parser.add_argument(VERSION_OPTION, action="version", version=f"telaah {version('telaah')}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=Parser)

    def command(name: str, run: Callable[[argparse.Namespace, Words], int], text: str, *formats: str) -> Any:
        sub = parser.command(commands, name, text)
        sub.set_defaults(run=run)
        sub.add_argument("project", metavar="BACKUP" if name == "restore" else "PROJECT", type=Path)
        sub.add_argument("--format", choices=("text", "json", *formats), default="text")
        return sub

    _writing_commands(command)
    _reading_commands(command)
    return parser


def _writing_commands(command: Any) -> None:
    new = command("new", _new, "make a project")
    new.add_argument("--title", required=True)
    new.add_argument("--language", choices=("id", "en"), default="id")
    new.add_argument("--framework", metavar="KEY", nargs="+", action="extend", type=normalise)
    demo = command("demo", _demo, "make the sample project")
    demo.add_argument("--language", choices=("id", "en"), default="id", help="of the study: id (at full size) or en")
    cli_import.add(command, _writing, _complain)
    informants = command("informants", _informants, "list informants, or read them from a table")
    informants.add_argument("file", metavar="FILE.csv|.xlsx", nargs="?", type=Path)
    tag = command("tag", _tag, "put a code on a passage")
    tag.add_argument("source", metavar="SOURCE", type=normalise)
    tag.add_argument("start", metavar="START", type=int)
    tag.add_argument("end", metavar="END", type=int)
    tag.add_argument("code", metavar="CODE", type=normalise)
    tag.add_argument("--valence", choices=("supporting", "inhibiting", "neutral"))
    tag.add_argument("--coder", metavar="NAME")
    tag.add_argument("--memo", metavar="T", default="")
    tag.add_argument("--new", action="store_true", help="make an open code where CODE is not known")
    done = command("done", _done, "mark a source as coded to the end by a coder")
    done.add_argument("source", metavar="SOURCE", type=normalise)
    done.add_argument("--coder", metavar="NAME", required=True)
    done.add_argument("--off", action="store_true")
    cli_report.add(command)
    cli_export.add(command)
    backup = command("backup", _backup, "make a whole copy of a project")
    backup.add_argument("out", metavar="OUT", nargs="?", type=Path)
    restore = command("restore", _restore, "make a project from a backup")
    restore.add_argument("out", metavar="PROJECT", type=Path)


def _reading_commands(command: Any) -> None:
    command("sources", _sources, "list sources")
    segments = command("segments", _segments, "list coded segments", "csv")
    segments.add_argument("--code", metavar="CODE", type=normalise)
    search = command("search", _search, "find a phrase in all texts")
    search.add_argument("query", metavar="QUERY")
    search.add_argument("--regex", action="store_true")
    search.add_argument("--stem", action="store_true", help="all forms of each word")
    cli_analysis.add(command)
    cli_counts.add(command)
    cli_cues.add(command)
    cli_review.add(command)
    cli_privacy.add(command)
    command("check", _check, "check file and content")


def _reading(arguments: argparse.Namespace) -> contextlib.AbstractContextManager[Project]:
    from coding.project import Project

    return Project.open(arguments.project, read_only=True)


def _writing(arguments: argparse.Namespace, coder: str | None = None) -> contextlib.AbstractContextManager[Project]:
    from coding.project import Project

    return Project.open(arguments.project, coder=coder)


def _new(arguments: argparse.Namespace, words: Words) -> int:
    from coding.project import Project

    project = Project.create(arguments.project, arguments.title, arguments.language, arguments.framework)
    project.close()
    line = words.t("made {file}", file=str(arguments.project))
    return out.said(arguments.format, line, {"project": str(arguments.project), "title": arguments.title})


def _demo(arguments: argparse.Namespace, words: Words) -> int:
    from coding.sample import FOLDERS, build
    from coding.segments.queries import segments
    from coding.transcripts.queries import sources

    with build(arguments.project, FOLDERS[arguments.language]) as project:
        counts = {"sources": len(sources(project)), "segments": len(segments(project))}
    line = words.t(
        "made {file} with {sources} sources and {segments} coded segments", file=str(arguments.project), **counts
    )
    return out.said(arguments.format, line, {"project": str(arguments.project), **counts})


def _informants(arguments: argparse.Namespace, words: Words) -> int:
    from coding.informants.queries import informants
    from coding.informants.tables import read_table, store_table

    if arguments.file is None:
        with _reading(arguments) as project:
            return out.informants(arguments.format, informants(project), words)
    rows = read_table(arguments.file)
    with _writing(arguments) as project, project.operation("Read informants from a table") as op:
        added, changed = store_table(op, rows)
    line = words.t("{added} informants added, {changed} brought up to date", added=added, changed=changed)
    return out.said(arguments.format, line, {"added": added, "changed": changed})


def _sources(arguments: argparse.Namespace, words: Words) -> int:
    from coding.transcripts.queries import sources

    with _reading(arguments) as project:
        return out.sources(arguments.format, sources(project), words)


def _tag(arguments: argparse.Namespace, words: Words) -> int:
    from coding.codes.editing import new_open_code
    from coding.codes.queries import code_guid, known_code
    from coding.segments.editing import tag
    from coding.segments.queries import segments
    from coding.transcripts.queries import source_guid

    with _writing(arguments, arguments.coder) as project:
        with project.operation("Tag a passage") as op:
            source = source_guid(op.session, arguments.source)
            if arguments.new and not known_code(op.session, arguments.code):
                code = new_open_code(op, arguments.code)
            else:
                code = code_guid(op.session, arguments.code)
            guid = tag(op, source, arguments.start, arguments.end, code, arguments.valence, memo=arguments.memo)
        (made,) = segments(project, guids=[guid])
    params = {"code": made.code, "source": made.source, "start": made.start, "end": made.end}
    line = words.t("tagged {code} in {source} at {start}–{end}", **params)
    return out.said(arguments.format, line, {"id": guid, **params})


def _done(arguments: argparse.Namespace, words: Words) -> int:
    from coding.segments.done import set_done
    from coding.transcripts.queries import source_guid, sources

    with _writing(arguments, arguments.coder) as project:
        with project.operation("Mark a source as done") as op:
            guid = source_guid(op.session, arguments.source)
            set_done(op, guid, not arguments.off)
        (source,) = sources(project, only=guid)
        params = {"source": source.name, "coder": project.coder}
    text = (
        "{source} is no longer marked as done by {coder}" if arguments.off else "{source} is marked as done by {coder}"
    )
    return out.said(arguments.format, words.t(text, **params), {**params, "done": not arguments.off})


def _segments(arguments: argparse.Namespace, words: Words) -> int:
    from coding.codes.queries import code_guid
    from coding.segments.queries import segments

    with _reading(arguments) as project:
        guid = None
        if arguments.code is not None:
            with project.read() as session:
                guid = code_guid(session, arguments.code)
        return out.segments(arguments.format, segments(project, code=guid), Words(project.language))


def _search(arguments: argparse.Namespace, words: Words) -> int:
    from coding.search.find import search

    with _reading(arguments) as project:
        hits = search(project, arguments.query, regex=arguments.regex, stem=arguments.stem)
        return out.hits(arguments.format, hits, words)


def _check(arguments: argparse.Namespace, words: Words) -> int:
    from coding.store.checking import check

    found = check(arguments.project)
    out.checked(arguments.format, found, words)
    if found.problems:
        one, many = "{file} has {count} problem", "{file} has {count} problems"
        line = words.n(one, many, count=len(found.problems), file=str(arguments.project))
        _complain(line)
    return 1 if found.problems else 0


def _backup(arguments: argparse.Namespace, words: Words) -> int:
    from coding.store import backup, files

    files.inspect(arguments.project)
    if arguments.out is None:
        target = backup.backup_now(arguments.project)
    else:
        target = arguments.out
        files.check_place(target)
        backup.copy_to(arguments.project, target)
    return out.said(arguments.format, words.t("wrote {file}", file=str(target)), {"file": str(target)})


def _restore(arguments: argparse.Namespace, words: Words) -> int:
    from coding.store import backup, files

    files.inspect(arguments.project)
    files.check_place(arguments.out)
    backup.copy_to(arguments.project, arguments.out)
    line = words.t("made {file}", file=str(arguments.out))
    return out.said(arguments.format, line, {"project": str(arguments.out)})
