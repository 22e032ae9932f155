"""The commands `privacy`, `mask`, `unmask` and `erase`: personal data listed, replaced, put back, gone for good."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coding import cli_output as out
from coding.text import normalise
from coding.words import Words

if TYPE_CHECKING:
    from coding.privacy.exporting import Held


def add(command: Any) -> None:
    """Add the commands to the command line; `command` makes one, as in `coding.cli`."""
    privacy = command("privacy", run_privacy, "list personal data that is found in the texts")
    privacy.add_argument("--source", metavar="SOURCE", nargs="+", action="extend", type=normalise)
    mask = command("mask", run_mask, "replace personal data in the texts; it can be put back")
    mask.add_argument("--source", metavar="SOURCE", nargs="+", action="extend", type=normalise)
    mask.add_argument("--places", action="store_true", help="place names, too")
    mask.add_argument("--possible", action="store_true", help="also what is merely possible")
    where = mask.add_mutually_exclusive_group()
    where.add_argument("--texts-only", action="store_true", help="leave names of sources, labels, memos and the like")
    where.add_argument("--everywhere", action="store_true", help=argparse.SUPPRESS)  # as it is without it
    mask.add_argument("--key", metavar="FILE.telaah-key", type=Path, help="take the key out into this file, for good")
    unmask = command("unmask", run_unmask, "put the originals back")
    unmask.add_argument("--key", metavar="FILE.telaah-key", type=Path, help="the key, if it was taken out")
    erase = command("erase", run_erase, "erase an informant with all their words and codings, for good")
    erase.add_argument("informant", metavar="INFORMANT", type=normalise)
    erase.add_argument("--yes", action="store_true", help="do it; without this it is only said what would go")


def add_check(command: Any) -> None:
    """Give a command that writes an output the option to look first."""
    command.add_argument(
        "--check", action="store_true", help="write nothing; list what personal data the output would hold"
    )


def tell(held: Sequence[Held], words: Words) -> None:
    """Say in one line, on standard error, that an output holds personal data; nothing where it does not."""
    from coding.privacy.leaving import headline

    if line := headline(held, words):
        print("telaah:", words.t("{line}; --check lists it", line=line), file=sys.stderr)


def list_held(form: str, held: Sequence[Held], words: Words) -> int:
    """List what an output would hold, the surest first."""
    from coding.privacy.rows import CERTAINTY_NAMES, kind_name

    if form == "json":
        print(json.dumps([asdict(one) for one in held], ensure_ascii=False, indent=1))
        return 0
    for one in held:
        certainty = words.t(CERTAINTY_NAMES["likely" if one.certain else "possible"])
        print(f"{kind_name(one.kind, words)}\t{one.text}\t{one.count}\t{certainty}")
    return 0


def _groups(project: Any, names: list[str] | None) -> Any:
    from coding.privacy.finding import find_personal
    from coding.transcripts.queries import source_guid

    with project.read() as session:
        chosen = None if names is None else {source_guid(session, name) for name in names}
    return find_personal(project, chosen, out.TerminalProgress())


def run_privacy(arguments: argparse.Namespace, words: Words) -> int:
    """List what is found. Raises CodingError."""
    from coding.privacy.rows import CERTAINTY_NAMES, kind_name
    from coding.project import Project

    with Project.open(arguments.project, read_only=True) as project:
        groups = _groups(project, arguments.source)
    if arguments.format == "json":
        found = [
            {
                "kind": group.kind, "text": group.text, "certainty": group.certainty, "why": group.why.say(words),
                "informant": group.informant, "suggestion": group.suggestion,
                "places": [{"source": p.name, "start": p.start, "end": p.end} for p in group.places],
            }
            for group in groups
        ]  # fmt: skip
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    for group in groups:
        certainty = words.t(CERTAINTY_NAMES[group.certainty])
        print(f"{kind_name(group.kind, words)}\t{group.text}\t{len(group.places)}\t{certainty}\t{group.suggestion}")
    return 0


def run_mask(arguments: argparse.Namespace, words: Words) -> int:
    """Replace what is found. Raises CodingError."""
    from coding.privacy import keys
    from coding.privacy.elsewhere import names_found
    from coding.privacy.masking import MASK_TITLE, mask
    from coding.privacy.rows import Choice
    from coding.project import Project

    with Project.open(arguments.project) as project:
        choices = [
            Choice(group.kind, group.text, group.suggestion, tuple((p.source, p.start, p.end) for p in group.places))
            for group in _groups(project, arguments.source)
            if (arguments.possible or group.certainty != "possible") and (arguments.places or group.kind != "place")
        ]
        count = sum(len(choice.places) for choice in choices)
        with project.operation(MASK_TITLE, count=count) as op:
            done = mask(op, choices, out.TerminalProgress(), everywhere=not arguments.texts_only)
        if arguments.key is not None:
            with project.operation(keys.TAKE_OUT_TITLE) as op:
                keys.take_out(op, arguments.key)
            keys.wipe(project.path)
        found = names_found(project)
    if (left := found.texts + found.elsewhere + found.stays) > 0:
        one = "{count} place still holds the name of an informant: {texts} in texts, {other} elsewhere"
        many = "{count} places still hold names of informants: {texts} in texts, {other} elsewhere"
        print("telaah:", words.n(one, many, count=left, texts=found.texts, other=left - found.texts), file=sys.stderr)
    line = words.n("{count} place replaced", "{count} places replaced", count=done.places)
    data = {"places": done.places, "sources": done.sources, "elsewhere": done.elsewhere, "left": done.left}
    return out.said(arguments.format, line, data)


def run_unmask(arguments: argparse.Namespace, words: Words) -> int:
    """Put the originals back. Raises CodingError."""
    from coding.privacy import keys
    from coding.privacy.masking import UNMASK_TITLE, unmask
    from coding.project import Project

    with Project.open(arguments.project) as project:
        if arguments.key is not None:
            with project.operation(keys.BRING_BACK_TITLE) as op:
                keys.bring_back(op, arguments.key)
        with project.operation(UNMASK_TITLE) as op:
            done = unmask(op, out.TerminalProgress())
    line = words.n("{count} place put back", "{count} places put back", count=done.places)
    return out.said(arguments.format, line, {"places": done.places, "sources": done.sources})


def run_erase(arguments: argparse.Namespace, words: Words) -> int:
    """Say what would go and with `--yes` erase it. Raises CodingError."""
    from coding.privacy.erasing import ERASE_TITLE, erase, finish, plan_erasing
    from coding.privacy.erasing_words import left_behind, what_goes
    from coding.project import Project

    with Project.open(arguments.project, read_only=not arguments.yes) as project:
        plan = plan_erasing(project, arguments.informant)
        if arguments.yes:
            with project.operation(ERASE_TITLE) as op:
                erase(op, plan, out.TerminalProgress())
        left = finish(project.path, plan) if arguments.yes else []
    goes = what_goes(plan, words)
    data = {
        "erased": arguments.yes, "informant": plan.code, "turns": plan.turns, "segments": plan.segments,
        "findings": plan.findings, "sources": list(plan.sources), "files": plan.files,
        "backups": [str(path) for path in plan.backups], "left": [str(path) for path in left],
    }  # fmt: skip
    head = words.t("{code} is erased:" if arguments.yes else "erasing {code} would remove for good:", code=plan.code)
    out.said(arguments.format, "\n".join([head, *(f"- {line}" for line in goes)]), data)
    if not arguments.yes:
        print("telaah:", words.t("nothing was erased; add --yes to erase {code}", code=plan.code), file=sys.stderr)
    for path in left:
        print("telaah:", left_behind(path, words), file=sys.stderr)
    return 1 if left or not arguments.yes else 0
