"""What stands around a passage or a claim on the page for a browser: the words near it, the question that was asked,
what was said before, and the passages a claim rests on.

All of it is read from the file that would be sent, so that what was left out or masked there is so here, too.
"""

from __future__ import annotations

import html
import sqlite3
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from coding.findings.lines import finding_lines
from coding.project import Reader
from coding.review.behind import judged_row
from coding.store.sql import rows
from coding.text import snippet
from coding.words import Words

NEAR, ASKED = 220, 280
"""Characters of the words before and after a passage, and of the question."""
MOST = 12
"""Coded segments that are named under a claim."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch of a source by one speaker, as a place in its text; `who` is the informant's code."""

    start: int
    end: int
    label_start: int
    kind: str
    label: str
    who: str | None


class Transcripts:
    """Where passages stand in the sources of `connection`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        sql = """SELECT t.source_id, t.start, t."end", t.label_start, t.kind, t.label, i.code FROM turn t
                 LEFT JOIN informant i ON i.id = t.informant_id ORDER BY t.source_id, t.start"""
        self._turns: dict[int, list[Turn]] = {}
        for source, *values in rows(connection, sql):
            self._turns.setdefault(source, []).append(Turn(*values))

    def who(self, source: int, start: int, end: int) -> list[str]:
        """The informants whose turns `[start, end)` touches."""
        touched = (turn for turn in self._turns.get(source, ()) if turn.start < end and start < turn.end)
        return list(dict.fromkeys(turn.who for turn in touched if turn.who))

    def near(self, source: int, text: str, start: int, end: int) -> tuple[str, str]:
        """The words before and after a passage in the turns, or without any in the paragraphs, that it stands in."""
        first, last = self._at(source, start), self._at(source, end - 1)
        begin = first.start if first is not None else text.rfind("\n\n", 0, start) + 1
        stop = last.end if last is not None else text.find("\n\n", end)
        before, after = text[begin:start], text[end : stop if stop >= 0 else len(text)]
        return _end_of(before, NEAR), snippet(after, 0, len(after), NEAR)

    def passage(self, source: int, text: str, start: int, end: int) -> str:
        """The words of a passage, hard wraps joined, each further turn on a line of its own."""
        inside = (turn.label_start for turn in self._turns.get(source, ()) if start < turn.label_start < end)
        edges = [start, *inside, end]
        lines = (" ".join(text[a:b].split()) for a, b in pairwise(edges))
        return "\n".join(line for line in lines if line)

    def asked(self, source: int, text: str, start: int) -> tuple[str, str] | None:
        """Who asked what the passage answers, and what; None where nobody did right before."""
        turns = self._turns.get(source, [])
        at = bisect_right(turns, start, key=lambda turn: turn.start) - 1
        if at < 1 or start >= turns[at].end or turns[at].kind == "researcher" or turns[at - 1].kind != "researcher":
            return None
        asked = turns[at - 1]
        return asked.label, _end_of(text[asked.start : asked.end], ASKED)

    def _at(self, source: int, place: int) -> Turn | None:
        turns = self._turns.get(source, [])
        at = bisect_right(turns, place, key=lambda turn: turn.start) - 1
        return turns[at] if at >= 0 and place < turns[at].end else None


def _end_of(text: str, width: int) -> str:
    """The end of `text` on one line of about `width` characters, begun at a word with “…”."""
    line = " ".join(text[-4 * width :].split())
    if len(line) <= width and len(text) <= 4 * width:
        return line
    cut = line[-width:]
    return "…" + (cut.partition(" ")[2] or cut)


class Said:
    """Verdicts and remarks that the study has already, as lists of HTML by what they are about."""

    def __init__(self, connection: sqlite3.Connection, words: Words, verdicts: Mapping[str, str]) -> None:
        self._words = words
        lines: dict[str, list[tuple[str, str, str]]] = {}
        sql = "SELECT v.target_guid, v.at, v.verdict, k.name FROM verdict v JOIN coder k ON k.id = v.coder_id"
        for target, at, verdict, coder in rows(connection, f"{sql} WHERE v.verdict IS NOT NULL ORDER BY v.at, v.id"):
            lines.setdefault(target, []).append((at, "", self._line(coder, at, verdicts.get(verdict, verdict), "")))
        sql = """SELECT c.target_guid, c.guid, c.reply_to, c.text, c.closed, c.created_at, k.name FROM comment c
                 JOIN coder k ON k.id = c.coder_id ORDER BY c.created_at, c.id"""
        found = list(rows(connection, sql))
        begun = {guid: at for _, guid, reply, _, _, at, _ in found if reply is None}
        for target, guid, reply, text, closed, at, coder in found:
            label = words.t("closed") if closed else ""
            line = self._line(coder, at, label, text, answer=reply is not None)
            # answers stand under the remark they answer
            lines.setdefault(target, []).append((begun.get(reply or guid, at), reply or guid, line))
        self._of = {target: [line for *_, line in sorted(those, key=_place)] for target, those in lines.items()}

    def html(self, target: str) -> str:
        """The list for one thing, "" where nothing was said."""
        lines = self._of.get(target)
        return f'<ul class="said">{"".join(lines)}</ul>' if lines else ""

    def _line(self, coder: str, at: str, label: str, text: str, *, answer: bool = False) -> str:
        e = html.escape
        head = " · ".join(part for part in (e(self._words.date(at)), e(label)) if part)
        said = f"<p>{e(text)}</p>" if text else ""
        return f"<li{' class=answer' if answer else ''}><strong>{e(coder)}</strong> <span>{head}</span>{said}</li>"


def _place(line: tuple[str, str, str]) -> tuple[str, str]:
    return line[0], line[1]


def evidence(reader: Reader, connection: sqlite3.Connection) -> dict[str, Sequence[str]]:
    """The guids of the coded segments behind every finding, judgement and sentence of the conclusion, by its guid."""
    found: dict[str, Sequence[str]] = {line.guid: line.segments for line in finding_lines(reader)}
    for (guid,) in rows(connection, "SELECT guid FROM judgement"):
        if (row := judged_row(reader, guid)) is not None:
            found[guid] = tuple(dict.fromkeys(one for cell in row.cells for one in cell.segment_ids))
    sql = """SELECT c.guid, f.guid FROM conclusion c JOIN conclusion_finding l ON l.conclusion_id = c.id
             JOIN finding f ON f.id = l.finding_id ORDER BY c.id, f.id"""
    for conclusion, finding in rows(connection, sql):
        found[conclusion] = tuple(dict.fromkeys((*found.get(conclusion, ()), *found.get(finding, ()))))
    return found


def evidence_html(guids: Collection[str], shown: Mapping[str, tuple[str, str]], words: Words) -> str:
    """The coded segments behind a claim that are on the page, each a link to its place there; `shown` gives their words
    and who says them."""
    there = [guid for guid in guids if guid in shown]
    if not there:
        return ""
    e = html.escape
    links = [
        f'<li><a href="#t-{e(guid)}">“{e(snippet(text, 0, len(text), 120))}”</a> <span>{e(who)}</span></li>'
        for guid in there[:MOST]
        for text, who in (shown[guid],)
    ]
    if more := len(there) - len(links):
        links.append(f"<li><span>{e(words.t('… and {count} more', count=more))}</span></li>")
    head = words.n("Rests on {count} coded segment", "Rests on {count} coded segments", count=len(there))
    return f'<details class="rests"><summary>{e(head)}</summary><ul>{"".join(links)}</ul></details>'
