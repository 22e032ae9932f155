"""What erasing a person takes away, in words."""

from __future__ import annotations

from pathlib import Path

from coding.privacy.erasing import Erasing
from coding.words import Words


def what_goes(plan: Erasing, words: Words) -> list[str]:
    """One line for each kind of thing that goes; kinds of which there is nothing are left out."""
    lines = [words.t("name, role, age, place, remark and every other value of the informant")]
    if plan.turns:
        turns = words.n("{count} turn", "{count} turns", count=plan.turns)
        lines.append(
            words.n(
                "all words in {turns} of {count} source", "all words in {turns} of {count} sources",
                count=len(plan.sources), turns=turns,
            )
        )  # fmt: skip
    if plan.segments:
        lines.append(
            words.n(
                "{count} coded segment in these words", "{count} coded segments in these words", count=plan.segments
            )
        )
    if plan.findings:
        lines.append(
            words.n("{count} finding about them alone", "{count} findings about them alone", count=plan.findings)
        )
    lines.append(words.t("their name and quotations wherever they stand: other texts, memos, findings, the journal"))
    if plan.files:
        lines.append(words.n("{count} original file", "{count} original files", count=plan.files))
    lines.append(words.t("former texts of these sources, and what undo needs for every step so far"))
    if plan.backups:
        one, many = "{count} backup that holds them", "{count} backups that hold them"
        held = words.n(one, many, count=len(plan.backups))
        lines.append(words.t("{backups}; a new one is made in their place", backups=held))
    return lines


def what_stays(words: Words) -> str:
    """What no program can do: a warning for where the data went before."""
    return words.t(
        "Files outside the project stay as they are: the files it was imported from, exports, reports, packages and "
        "copies others have."
    )


def left_behind(path: Path, words: Words) -> str:
    """A backup that could not be removed."""
    return words.t("{file} still holds the person and could not be removed; remove it yourself", file=str(path))
