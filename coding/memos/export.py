"""Memos and the research journal in a file of their own: Word, a table, or Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from coding.errors import CodingError, mark
from coding.exchange.tables import SUFFIXES, write_table
from coding.memos.rows import MemoKind, MemoRow
from coding.reports.options import ReportOptions
from coding.reports.saving import save
from coding.reports.tables import Block, Narrative, Paragraph, Run, plain
from coding.reports.word import write_word
from coding.words import Words

KIND_WORDS: dict[MemoKind, str] = {
    "journal": mark("Research journal"),
    "project": mark("Memo on the project"),
    "source": mark("Memos on sources"),
    "informant": mark("Memos on informants"),
    "code": mark("Memos on codes"),
    "segment": mark("Memos on coded segments"),
}
HEADS = (
    mark("Kind"), mark("On"), mark("Memo"), mark("Passage"), mark("Source"), mark("Date"), mark("Coder"),
)  # fmt: skip
WORD_SUFFIX, MARKDOWN_SUFFIX = ".docx", ".md"


def write_memos(path: Path, rows: Sequence[MemoRow], words: Words) -> int:
    """Write the memos by the suffix of `path`: .docx, .md, .xlsx or .csv; returns how many.

    Raises CodingError("memo_suffix") for another suffix, else what `saving.save` raises.
    """
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        table = [
            (words.t(KIND_WORDS[r.kind]), r.title(words.language), r.text, r.quote, r.source, r.date, r.coder)
            for r in rows
        ]
        write_table(path, words.t("Memos"), [words.t(head) for head in HEADS], table)
    elif suffix == MARKDOWN_SUFFIX:
        save(path, _markdown(rows, words).encode("utf-8"))
    elif suffix == WORD_SUFFIX:
        write_word(_blocks(rows, words), path, words, ReportOptions(language=words.language))
    else:
        raise CodingError("memo_suffix", file=path.name)
    return len(rows)


def _place(row: MemoRow, words: Words) -> str:
    """Where, when and by whom, on one line."""
    where = "" if row.source in ("", row.title(words.language)) else row.source
    return " · ".join(part for part in (where, words.date(row.date), row.coder) if part)


def _markdown(rows: Sequence[MemoRow], words: Words) -> str:
    parts = [f"# {words.t('Memos')}"]
    for kind, group in groupby(rows, key=lambda row: row.kind):
        parts.append(f"## {words.t(KIND_WORDS[kind])}")
        for row in group:
            parts.append(f"### {row.title(words.language) or words.date(row.date)}")
            if row.quote:
                parts.append(f"> “{row.quote}”")
            parts += [row.text, f"*{_place(row, words)}*"]
    return "\n\n".join(parts) + "\n"


def _blocks(rows: Sequence[MemoRow], words: Words) -> list[Block]:
    """The memos as headed prose: kinds, under them what each memo is on."""
    blocks: list[Block] = [Narrative(words.t("Memos"), level=0)]
    for kind, group in groupby(rows, key=lambda row: row.kind):
        blocks.append(Narrative(words.t(KIND_WORDS[kind])))
        for row in group:
            quote = (Paragraph((Run(f"“{row.quote}”", italic=True),), "quote"),) if row.quote else ()
            text = tuple(plain(line) for line in row.text.split("\n") if line.strip())
            place = Paragraph((Run(_place(row, words)),), "quote")
            blocks.append(Narrative(row.title(words.language) or words.date(row.date), (*quote, *text, place), level=2))
    return blocks
