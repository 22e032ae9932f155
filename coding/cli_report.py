"""The command `report`: the findings in a file, from a report saved in the project or from options."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coding import cli_output as out
from coding import cli_privacy
from coding.errors import CodingError, mark
from coding.reports.options import PRESETS, TITLES
from coding.text import normalise
from coding.words import Words

if TYPE_CHECKING:
    from coding.privacy.exporting import Held
    from coding.project import Project
    from coding.reports import ReportOptions, ReportResult
    from coding.reports.document import ReportDocument
    from coding.reports.options import ReportItem
    from coding.reports.refresh import Refreshed, TableChange
    from coding.reports.saved import SavedReport

_WROTE = mark("wrote {file} with {tables}")


def add(command: Any) -> None:
    """Add the command to the command line; `command` makes one, as in `coding.cli`."""
    report = command("report", run, "write the findings")
    report.intermixed = True
    report.add_argument(
        "out", metavar="OUT", nargs="?", type=Path, help="the file; its ending says the format, such as .docx"
    )
    report.add_argument(
        "--refresh", metavar="DOC.docx", type=Path, help="bring the tables copied into a Word document up to date"
    )
    report.add_argument("--dry-run", action="store_true", help="with --refresh: only say what would change")
    report.add_argument(
        "--replace-own",
        action="store_true",
        help="with --refresh: take what the project says where you changed it, too",
    )
    report.set_defaults(wrong=report.error)
    report.add_argument("--report", metavar="NAME", type=normalise, help="a report saved in the project")
    written = report.add_mutually_exclusive_group()
    written.add_argument("--keep", action="store_true", help="with --report: keep a copy of a file changed since")
    written.add_argument("--replace", action="store_true", help="with --report: write over a file changed since")
    report.add_argument("--language", choices=("id", "en"))
    parts = report.add_mutually_exclusive_group()
    parts.add_argument("--tables", metavar="NAME,...")
    parts.add_argument("--preset", choices=PRESETS, help="in place of --tables: a choice of parts by name")
    report.add_argument("--attribution", metavar="TEMPLATE")
    report.add_argument("--anonymise", action="store_true", default=None)
    report.add_argument(
        "--chapter", metavar="N", type=_chapter, help="the chapter, in the numbers of headings and captions"
    )
    report.add_argument("--heading", metavar="TEXT", help="the heading of the chapter")
    report.add_argument("--footnotes", action="store_true", default=None, help="attributions as footnotes")
    report.add_argument("--contents", action="store_true", default=None, help="lists of headings, tables and figures")
    report.add_argument("--quote-length", metavar="N", type=_length, help="cut quotations in the text to N characters")
    report.add_argument("--sort", choices=("study", "evidence"), help="rows in the order of the study, or by evidence")
    report.add_argument("--template", metavar="FILE.docx", type=Path, help="a Word file whose styles are taken over")
    styled = "with --template: the style for a part, such as body or quote; may be repeated"
    report.add_argument("--style", metavar="ROLE=STYLE", type=_style, action="append", default=[], help=styled)
    cli_privacy.add_check(report)


def _chapter(text: str) -> int:
    from coding.reports.saved import FIRST_CHAPTER, LAST_CHAPTER

    if not text.isdecimal() or not FIRST_CHAPTER <= int(text) <= LAST_CHAPTER:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from {FIRST_CHAPTER} to {LAST_CHAPTER}")
    return int(text)


def _style(text: str) -> tuple[str, str]:
    from coding.reports.word_template import ROLES

    role, sign, style = (part.strip() for part in text.partition("="))
    if role not in ROLES or not sign or not style:
        raise argparse.ArgumentTypeError(f"{text!r} is not ROLE=STYLE; ROLE is one of {', '.join(ROLES)}")
    return role, style


def _length(text: str) -> int:
    from coding.reports.saved import LEAST_QUOTE

    if not text.isdecimal() or int(text) < LEAST_QUOTE:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from {LEAST_QUOTE}")
    return int(text)


def run(arguments: argparse.Namespace, words: Words) -> int:
    """Write the report and say so, or bring a document up to date. Raises CodingError."""
    if arguments.refresh is not None:
        return _refresh(arguments, words)
    if arguments.out is None:
        arguments.wrong("the following arguments are required: OUT, or --refresh DOC.docx")
    from coding.privacy.leaving import in_report
    from coding.project import Project
    from coding.reports import ReportOptions, report
    from coding.reports.saved import report_named

    held: list[Held] = []

    with Project.open(arguments.project, read_only=True) as project:
        saved = report_named(project, arguments.report) if arguments.report else None
        options = _styled(arguments, _chosen(arguments, saved.options if saved else ReportOptions()), words)
        options = replace(options, language=options.language or project.language)
        if arguments.check:
            document = _document(project, options)
            return cli_privacy.list_held(arguments.format, in_report(project, document, arguments.out.suffix), words)
        copy, there = _make_sure(arguments, saved, words), arguments.out.exists()
        written = report(
            project, arguments.out, options, out.TerminalProgress(), arguments.writers,
            looked=lambda document: held.extend(in_report(project, document, arguments.out.suffix)),
        )  # fmt: skip
    if saved is not None:
        _note(arguments, saved, written, words)
    cli_privacy.tell(held, words)
    if copy is not None:
        print(words.t("as it was before, it is kept as {copy}", copy=str(copy)), file=sys.stderr)
    files = [str(file) for file in written.files]
    replaced = there and written.path == arguments.out
    said = {"file": ", ".join(files), "tables": "; ".join(words.t(TITLES.get(name, name)) for name in written.tables)}
    line = words.t("replaced {file}; it has {tables} now", **said) if replaced else words.t(_WROTE, **said)
    data = {"file": files[0], "files": files, "tables": list(written.tables), "replaced": replaced}
    return out.said(arguments.format, line, data)


def _make_sure(arguments: argparse.Namespace, saved: SavedReport | None, words: Words) -> Path | None:
    """See to it that what somebody wrote into the file of a saved report is not lost: the copy that is kept of it.

    Raises CodingError("report_written_into").
    """
    from coding.reports.places import check_not_open, keep_copy, state_of

    path: Path = arguments.out
    if saved is None or saved.file is None or path.resolve() != saved.file.resolve():
        return None
    if state_of(path, saved.digest) not in ("changed", "unknown") or arguments.replace:
        return None
    check_not_open(path)
    if not arguments.keep:
        raise CodingError("report_written_into", file=str(path), name=saved.name)
    return keep_copy(path, words)


def _note(arguments: argparse.Namespace, saved: SavedReport, written: ReportResult, words: Words) -> None:
    """Keep with a saved report what was written where, unless the project is open for writing elsewhere."""
    from coding.project import Project
    from coding.reports.saved import note_written

    file = arguments.out.resolve()
    if (saved.file, saved.digest) == (file, written.digest):
        return
    title = mark("Note where the report “{name}” was written")
    try:
        with Project.open(arguments.project) as project, project.operation(title, name=saved.name) as op:
            note_written(op, saved.name, file, written.digest)
    except CodingError as error:
        why = error.say(words)
        print(words.t("what was written is not noted in the project: {reason}", reason=why), file=sys.stderr)


def _document(project: Project, options: ReportOptions) -> ReportDocument:
    from coding.reports.build import report_tables
    from coding.reports.document import ReportDocument

    words = Words(options.language or project.language)
    return ReportDocument(project, report_tables(project, words, options, out.TerminalProgress()), words, options)


def _refresh(arguments: argparse.Namespace, words: Words) -> int:
    """Bring the tables of a document up to date, or say what would change in them."""
    from coding.project import Project
    from coding.reports.refresh import plan_refresh, refresh
    from coding.reports.refresh_wording import called, said_of, summed_up, told

    with Project.open(arguments.project, read_only=True) as project:
        plan = plan_refresh(project, arguments.refresh, out.TerminalProgress())
        every = {table.number: range(len(table.changes)) for table in plan.tables}
        chosen = every if arguments.replace_own else None
        done = None if arguments.dry_run else refresh(project, plan, words, chosen)
    if arguments.format == "text":
        for table in plan.tables:
            print(f"{called(table, words)}: {said_of(table, words)}")
    line = summed_up(plan, words) if done is None else told(done, words)
    backup = str(done.backup) if done is not None and done.backup is not None else None
    tables = [_change(table, done) for table in plan.tables]
    return out.said(arguments.format, line, {"file": str(plan.path), "backup": backup, "tables": tables})


def _change(table: TableChange, done: Refreshed | None) -> dict[str, Any]:
    cells = [
        {"row": one.row, "column": one.column, "old": one.old, "new": one.new, "by": one.by} for one in table.cells
    ]
    rows = [{"row": one.row, "kind": one.kind, "by": one.by} for one in table.rows]
    return {
        "name": table.name, "caption": table.caption, "state": table.state, "cells": cells, "rows": rows,
        "added": list(table.added), "removed": list(table.removed), "columns": table.columns,
        "written": done is not None and table.number in {one.number for one in done.tables},
    }  # fmt: skip


def _chosen(arguments: argparse.Namespace, options: ReportOptions) -> ReportOptions:
    """`options` with what the words of the command say instead."""
    from coding.reports.options import Template

    names = ("language", "attribution", "anonymise", "chapter", "heading", "footnotes", "contents", "quote_length",
             "sort")  # fmt: skip
    said: dict[str, Any] = {name: getattr(arguments, name) for name in names if getattr(arguments, name) is not None}
    if arguments.preset is not None:
        said |= {"preset": arguments.preset, "tables": None, "items": None}
    if arguments.template is not None:
        said["template"] = Template(arguments.template)
    named = dict.fromkeys(name for part in (arguments.tables or "").split(",") if (name := part.strip()))
    if named:
        said |= {"tables": tuple(named), "items": tuple(part for name in named for part in _parts(options, name))}
    return replace(options, **said)


def _parts(options: ReportOptions, name: str) -> list[ReportItem]:
    """The parts called `name` of a saved report, with their settings, else the part as it is usually."""
    from coding.reports.options import ReportItem

    kept = [ReportItem(item.name, {k: v for k, v in item.settings.items() if k != "optional"})
            for item in options.items or () if item.name == name]  # fmt: skip
    return kept or [ReportItem(name)]


def _styled(arguments: argparse.Namespace, options: ReportOptions, words: Words) -> ReportOptions:
    """`options` with the styles that were named; what the template has no style for is said on standard error.

    Raises `CodingError`: `style_unknown`, and what `read_template` raises.
    """
    from coding.reports.options import Template
    from coding.reports.word_template import ROLES, read_template

    if options.template is None or arguments.out.suffix.lower() != ".docx":
        if arguments.style:
            arguments.wrong("--style needs --template and a Word file")
        return options
    facts, styles = read_template(options.template.path), dict(options.template.styles)
    for role, name in arguments.style:
        found = [
            style for style in facts.of_kind(role) if name.casefold() in (style.name.casefold(), style.id.casefold())
        ]
        if not found:
            known = ", ".join(f"“{style.name}”" for style in facts.of_kind(role))
            raise CodingError("style_unknown", file=facts.path.name, style=name, known=known)
        styles[role] = found[0].id
    if unsure := [role for role in facts.unsure if role not in styles]:
        roles = ", ".join(f"{role} ({words.t(ROLES[role])})" for role in unsure)
        said = words.t("{file} has no style known for {roles}; ours are added, or choose with --style ROLE=STYLE",
                       file=facts.path.name, roles=roles)  # fmt: skip
        print("telaah:", said, file=sys.stderr)
    return replace(options, template=Template(options.template.path, styles))
