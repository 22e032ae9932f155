"""What a refresh changes, in words, for the window and the command line."""

from __future__ import annotations

from coding.reports.refresh import Refreshed, RefreshPlan, TableChange
from coding.reports.refresh_rows import Change, RowChange
from coding.words import Words


def called(change: TableChange, words: Words) -> str:
    """What a table is called by; one that goes on from the page before says so."""
    return change.caption if change.part == 1 else f"{change.caption} {words.t('(continued)')}"


def said_of(change: TableChange, words: Words) -> str:
    """What becomes of one table, in a few words."""
    t, n = words.t, words.n
    if change.state == "same":
        return t("up to date")
    if change.state == "own":
        return t("differs only by what you changed; stays as it is")
    if change.state == "other_project":
        return t("from another project; stays as it is")
    if change.state == "parted":
        return t("now fits on fewer pages; copy it from the report again")
    if change.state == "gone":
        return change.reason.say(words) if change.reason else t("no longer in the project; stays as it is")
    parts = []
    if change.columns:
        parts.append(t("other columns"))
    if cells := [one for one in change.cells if one.number in change.usual]:
        parts.append(n("{count} cell changed", "{count} cells changed", count=len(cells)))
    if change.added:
        parts.append(n("{count} row added", "{count} rows added", count=len(change.added)))
    if change.removed:
        parts.append(n("{count} row removed", "{count} rows removed", count=len(change.removed)))
    if change.own:
        said = n("{count} change of yours stays", "{count} changes of yours stay", count=len(change.own))
        parts.append(said)
    return ", ".join(parts)


def changed_by(change: Change, words: Words) -> str:
    """Whose change it is, in a few words."""
    t, added = words.t, isinstance(change, RowChange) and change.kind == "added"
    if change.by == "own":
        if isinstance(change, RowChange):
            return t("row you took out") if added else t("row of yours")
        return t("your words")
    if change.by == "both":
        return t("changed by you and in the project")
    if isinstance(change, RowChange):
        return t("new row") if added else t("row removed")
    return t("changed in the project") if change.by == "project" else t("differs")


def summed_up(plan: RefreshPlan, words: Words) -> str:
    """How many of the tables of a document would change."""
    return words.n(
        "{changed} of {count} table would change", "{changed} of {count} tables would change",
        count=len(plan.tables), changed=len(plan.changed),
    )  # fmt: skip


def told(done: Refreshed, words: Words) -> str:
    """What was done, in one sentence."""
    if done.backup is None:
        return words.t("Every table in {file} is up to date; nothing was changed", file=done.path.name)
    return words.n(
        "{count} table in {file} was brought up to date; as it was before, it is kept as {backup}",
        "{count} tables in {file} were brought up to date; as it was before, it is kept as {backup}",
        count=len(done.tables), file=done.path.name, backup=done.backup.name,
    )  # fmt: skip
