"""What a refresh changes, in words, for the window and the command line."""

from __future__ import annotations

from coding.reports.refresh import Refreshed, RefreshPlan, TableChange
from coding.words import Words


def called(change: TableChange, words: Words) -> str:
    """What a table is called by; one that goes on from the page before says so."""
    return change.caption if change.part == 1 else f"{change.caption} {words.t('(continued)')}"


def said_of(change: TableChange, words: Words) -> str:
    """What becomes of one table, in a few words."""
    t, n = words.t, words.n
    if change.state == "same":
        return t("up to date")
    if change.state == "other_project":
        return t("from another project; stays as it is")
    if change.state == "parted":
        return t("now fits on fewer pages; copy it from the report again")
    if change.state == "gone":
        return change.reason.say(words) if change.reason else t("no longer in the project; stays as it is")
    parts = []
    if change.columns:
        parts.append(t("other columns"))
    if change.cells:
        parts.append(n("{count} cell changed", "{count} cells changed", count=len(change.cells)))
    if change.added:
        parts.append(n("{count} row added", "{count} rows added", count=len(change.added)))
    if change.removed:
        parts.append(n("{count} row removed", "{count} rows removed", count=len(change.removed)))
    return ", ".join(parts)


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
