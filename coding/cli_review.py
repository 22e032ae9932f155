"""The commands `package` and `merge`: sending a study to be reviewed, and taking in what others did."""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coding import cli_output as out
from coding import cli_privacy
from coding.text import normalise
from coding.words import Words

if TYPE_CHECKING:
    from coding.project import Project
    from coding.review.preview import Preview


def add(command: Any) -> None:
    """Add the commands to the command line; `command` makes one, as in `coding.cli`."""
    package = command("package", run_package, "make a review package, or a page, for a supervisor")
    package.add_argument("out", metavar="OUT.telaah-review|.html", type=Path)
    package.add_argument("--source", metavar="SOURCE", nargs="+", action="extend", type=normalise)
    package.add_argument(
        "--given-to",
        metavar="NAME",
        nargs="+",
        action="extend",
        type=normalise,
        help="the sources that were given to these coders",
    )
    package.add_argument("--code", metavar="CODE|KEY", nargs="+", action="extend", type=normalise)
    package.add_argument("--anonymise", action="store_true")
    package.add_argument("--originals", action="store_true", help="send the files along that sources were read from")
    package.add_argument("--language", choices=("id", "en"), help="of a page")
    package.add_argument("--answers", action="store_true", help="from a package that was opened: what was said in it")
    cli_privacy.add_check(package)
    merge = command("merge", run_merge, "take in another copy of the project, a package or answers")
    merge.add_argument("file", metavar="FILE", type=Path)
    merge.add_argument("--dry-run", action="store_true", help="only say what would be done")
    merge.add_argument("--coder", metavar="NAME", type=normalise, help="who merges")
    merge.add_argument(
        "--same-coder", metavar="NAME", nargs="+", action="extend", default=[], type=normalise,
        help="coders who are the same person in both copies",
    )  # fmt: skip


def run_package(arguments: argparse.Namespace, words: Words) -> int:
    """Write the package or page. Raises CodingError."""
    from coding.privacy.leaving import in_package
    from coding.project import Project
    from coding.review import packages
    from coding.review.answers import write_answers

    with Project.open(arguments.project, read_only=True) as project:
        if not arguments.answers:
            held = in_package(project, _chosen(project, arguments))
            if arguments.check:
                return cli_privacy.list_held(arguments.format, held, words)
            cli_privacy.tell(held, words)
        if arguments.answers:
            summary = write_answers(project, arguments.out)
        elif arguments.out.suffix.lower() in (".html", ".htm"):
            from coding.review.page import write_page

            counts = write_page(
                project, arguments.out, _chosen(project, arguments), Words(arguments.language or project.language)
            )
            line = words.t("wrote {file} with {segments} coded segments", file=str(arguments.out), **counts)
            return out.said(arguments.format, line, {"file": str(arguments.out), **counts})
        else:
            summary = packages.write_package(project, arguments.out, _chosen(project, arguments), coder=project.coder)
    line = words.t(
        "wrote {file} with {sources} sources and {segments} coded segments",
        file=str(arguments.out), sources=summary.counts.get("source", 0), segments=summary.counts.get("segment", 0),
    )  # fmt: skip
    if summary.kind == "answers":
        line = words.t("wrote {file} with {count} answers", file=str(arguments.out), count=sum(summary.counts.values()))
    data = {
        "file": str(arguments.out), "kind": summary.kind, "counts": summary.counts,
        "anonymised": summary.anonymised, "hash": summary.hash,
    }  # fmt: skip
    return out.said(arguments.format, line, data)


def _chosen(project: Project, arguments: argparse.Namespace) -> Any:
    from sqlalchemy import select

    from coding.codes.queries import code_guid, frameworks
    from coding.errors import CodingError
    from coding.review.extract import Chosen
    from coding.review.team import shares
    from coding.store.models import Coder
    from coding.transcripts.queries import source_guid

    by_key = {framework.key: framework.guid for framework in frameworks(project)}
    with project.read() as session:
        sources = None if arguments.source is None else tuple(source_guid(session, s) for s in arguments.source)
        for name in arguments.given_to or ():
            if session.scalar(select(Coder.id).where(Coder.name == name)) is None:
                raise CodingError("coder_unknown", coder=name)
        codes = None
        if arguments.code is not None:
            codes = tuple(by_key.get(code) or code_guid(session, code) for code in arguments.code)
    if arguments.given_to:
        wanted = set(arguments.given_to)
        sources = (*(sources or ()), *(share.guid for share in shares(project) if share.assigned & wanted))
    return Chosen(sources, codes, arguments.originals, arguments.anonymise)


def run_merge(arguments: argparse.Namespace, words: Words) -> int:
    """Say what would be merged, or merge. Raises CodingError."""
    from coding.project import Project
    from coding.review.merging import Choices
    from coding.review.preview import incoming, merge, preview

    choices = Choices(same_people=frozenset(arguments.same_coder))
    with contextlib.ExitStack() as stack:
        project = stack.enter_context(
            Project.open(arguments.project, read_only=arguments.dry_run, coder=arguments.coder)
        )
        found = stack.enter_context(incoming(arguments.file, project))
        shown = preview(project, found, words, choices)
        if not arguments.dry_run:
            merge(project, found, choices)
    if arguments.dry_run and arguments.format == "text":
        _say(shown, words)
        return 0
    count = sum(shown.new.values())
    line = words.t("merged {file}: {new} new, {changed} changed, {conflicts} changed on both sides",
                   file=arguments.file.name, new=count, changed=len(shown.changed) + len(shown.removed),
                   conflicts=len(shown.conflicts))  # fmt: skip
    return out.said(arguments.format, line, as_json(shown))


def as_json(shown: Preview) -> dict[str, Any]:
    """The document of CLI.md, with what else there is to say."""
    return {
        "new": shown.new,
        "same": shown.same,
        "changed": list(shown.changed),
        "conflicts": [
            {"what": c.what, "ours": c.ours, "theirs": c.theirs, "settled": c.settled} for c in shown.conflicts
        ],
        "removed": list(shown.removed),
        "kept": list(shown.kept),
        "lost": list(shown.lost),
        "erased": list(shown.erased),
        "coders": list(shown.coders),
        "namesakes": list(shown.namesakes),
        "meanwhile": [{"then": m.then, "now": m.now, "said": m.said} for m in shown.meanwhile],
    }


def _say(shown: Preview, words: Words) -> None:
    from coding.review.preview import KINDS

    for table, count in shown.new.items():
        print(f"{words.t('new')}: {words.t(KINDS[table])}: {count}")
    print(f"{words.t('same')}: {shown.same}")
    for label, lines in (
        (words.t("changed"), shown.changed), (words.t("removed"), shown.removed),
        (words.t("kept although removed on one side"), shown.kept),
        (words.t("passage is gone from the text; kept as a comment"), shown.lost),
        (words.t("left out: a person was erased"), shown.erased),
        (words.t("has the name of somebody else here"), shown.namesakes),
    ):  # fmt: skip
        for line in lines:
            print(f"{label}: {line}")
    for conflict in shown.conflicts:
        settled = {"ours": words.t("ours"), "theirs": words.t("theirs"), "both": words.t("both")}[conflict.settled]
        print(f"{words.t('changed on both sides')}: {conflict.what}")
        print(f"    {words.t('ours')}: {conflict.ours}\n    {words.t('theirs')}: {conflict.theirs}")
        print(f"    → {settled}")
    for item in shown.meanwhile:
        print(f"{words.t('changed meanwhile')}: {item.then} → {item.now or words.t('removed')} ({item.said})")
