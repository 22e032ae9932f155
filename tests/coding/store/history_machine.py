"""What the tests of the history do with a project, and how they see whether it is as it was."""

from __future__ import annotations

import atexit
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import select

from coding.codes.editing import new_open_code
from coding.codes.queries import code_guid
from coding.informants.tables import TableRow, store_table
from coding.project import Operation, Project
from coding.segments.done import set_done
from coding.segments.editing import remove, set_code, set_exemplar, set_memo, set_span, set_valence, tag
from coding.store.journal import journal_tables
from coding.store.models import Segment, Source, SourceText
from coding.transcripts.drafts import Draft, DraftTurn, Speaker
from coding.transcripts.editing import remove_source, rename_source, set_details
from coding.transcripts.intake import store_draft

Dump = dict[tuple[str, int], dict[str, Any]]
CODES = ("edward3.communication", "edward3.communication.clarity", "edward3.resources.staff", "edward3.disposition")
WORDS = ("syarat 📢 berubah", "kami menunggu", "di loket 𝔸", "tidak ada kabar", "petugas ramah é")


def dump(path: Path) -> Dump:
    """Every row of every content table, read past the program."""
    found: Dump = {}
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        for table in journal_tables():
            for row in connection.execute(f'SELECT * FROM "{table.name}"'):
                found[table.name, row["id"]] = dict(row)
    return found


def changed(before: Dump, after: Dump) -> dict[tuple[str, int, str], tuple[Any, Any]]:
    """(table, row, column) → (before, after) for every value that differs; a row that is not there has no values."""
    return {
        (*key, column): (old, new)
        for key in before.keys() | after.keys()
        for column in (before.get(key) or after[key])
        if (old := before.get(key, {}).get(column)) != (new := after.get(key, {}).get(column))
    }


def draft(number: int, informant: str) -> Draft:
    """A transcript of a question and an answer; the same number is the same text."""
    answer = f"{WORDS[number % len(WORDS)]} {number}, 😀 begitulah."
    text = f"P: Bagaimana?\n{informant}: {answer}\n"
    start = text.index(answer)
    turns = (DraftTurn(3, 13, 0, 2, 0), DraftTurn(start, start + len(answer), 14, start - 1, 1))
    speakers = (Speaker("P", "researcher"), Speaker(informant, "informant", code=informant, role="warga"))
    return Draft(f"Wawancara {number}", text, "interview", speakers=speakers, turns=turns, file_name="a.txt")


_template: Path | None = None


def fresh(folder: Path) -> Path:
    """A project file with two interviews and two segments, all Siti's; made once and copied."""
    global _template
    if _template is None:
        kept = Path(tempfile.mkdtemp(prefix="telaah-test-"))
        atexit.register(shutil.rmtree, kept, ignore_errors=True)
        made = kept / "template.telaah"
        with Project.create(made, "Uji", frameworks=["edward3"], coder="Siti") as project:
            for number, code in ((0, "RS"), (1, "WT")):
                with project.operation("Import {source}") as op:
                    guid = store_draft(op, draft(number, code))
                with project.operation("Tag a passage") as op:
                    tag(op, guid, 14, 20, code_guid(op.session, CODES[number]), memo="catatan" if number else "")
        _template = made
    path = folder / "study.telaah"
    shutil.copy(_template, path)
    return path


def _nth(op: Operation, column: Any, number: int) -> str | None:
    found = list(op.session.scalars(column))
    return found[number % len(found)] if found else None


def _segment(op: Operation, number: int) -> str | None:
    return _nth(op, select(Segment.guid).order_by(Segment.id), number)


def _source(op: Operation, number: int) -> str | None:
    return _nth(op, select(Source.guid).order_by(Source.id), number)


def do_tag(op: Operation, n: int, m: int) -> None:
    if (source := _source(op, n)) is None:
        return
    characters = op.session.scalars(
        select(SourceText.characters).join(Source, Source.text_id == SourceText.id).where(Source.guid == source)
    ).one()
    start = m % characters
    end = min(characters, start + 1 + n % 9)
    valence = ("supporting", "inhibiting", "neutral", None)[m % 4]
    code = code_guid(op.session, CODES[(n + m) % len(CODES)])
    tag(op, source, start, end, code, valence, memo="👍 memo" if m % 3 == 0 else "")  # type: ignore[arg-type]


def do_span(op: Operation, n: int, m: int) -> None:
    if segment := _segment(op, n):
        set_span(op, segment, m % 20, m % 20 + 1 + n % 7)


def do_code(op: Operation, n: int, m: int) -> None:
    if segment := _segment(op, n):
        set_code(op, segment, code_guid(op.session, CODES[m % len(CODES)]))


def do_valence(op: Operation, n: int, m: int) -> None:
    guids = list(op.session.scalars(select(Segment.guid).order_by(Segment.id)))[:: 1 + n % 3]
    set_valence(op, guids, ("supporting", "inhibiting", "neutral", None)[m % 4])  # type: ignore[arg-type]


def do_memo(op: Operation, n: int, m: int) -> None:
    if segment := _segment(op, n):
        set_memo(op, segment, ("", "satu", "dua 😀\nbaris")[m % 3])


def do_star(op: Operation, n: int, m: int) -> None:
    if segment := _segment(op, n):
        set_exemplar(op, segment, bool(m % 2))


def do_remove(op: Operation, n: int, m: int) -> None:
    guids = list(op.session.scalars(select(Segment.guid).order_by(Segment.id)))
    remove(op, guids[n % 3 :: 1 + m % 4])


def do_import(op: Operation, n: int, m: int) -> None:
    store_draft(op, draft(n, ("RS", "WT", "BP")[m % 3]))


def do_informants(op: Operation, n: int, m: int) -> None:
    row = TableRow(("RS", "SM", "KD")[n % 3], {"age": m, "group": "petani"}, {"Pendidikan": ("SD", "SMA")[m % 2]})
    store_table(op, [row])


def do_open_code(op: Operation, n: int, m: int) -> None:
    new_open_code(op, f"kode {n % 4}")


def do_done(op: Operation, n: int, m: int) -> None:
    if source := _source(op, n):
        set_done(op, source, bool(m % 2))


def do_details(op: Operation, n: int, m: int) -> None:
    if source := _source(op, n):
        set_details(op, source, {"place": ("Karangsari", None)[m % 2], "left_out": n % 2, "date": "2022-08"})
        rename_source(op, source, f"Nama {m % 3}")


def do_remove_source(op: Operation, n: int, m: int) -> None:
    if source := _source(op, n):
        remove_source(op, source, informants=bool(m % 2))


def do_bulk(op: Operation, n: int, m: int) -> None:
    """What goes past the objects, as large operations do."""
    raw = op.raw()
    raw.execute(
        'UPDATE segment SET "end" = "end" + 1, exemplar = 1 - exemplar WHERE id % ? = 0 AND "end" < 15', (n % 3 + 1,)
    )
    raw.execute("UPDATE informant SET age = coalesce(age, 20) + ?, place = upper(coalesce(place, code))", (m % 5,))
    raw.execute("DELETE FROM turn WHERE id % 5 = ?", (m % 5,))
    raw.execute("DELETE FROM framework WHERE id % 7 = ?", (m % 7,))  # takes codes and their segments along
    raw.execute("DELETE FROM memo WHERE target_table = 'segment' AND target_guid NOT IN (SELECT guid FROM segment)")


OPERATIONS: tuple[Callable[[Operation, int, int], None], ...] = (
    do_tag, do_tag, do_span, do_code, do_valence, do_memo, do_star, do_remove, do_import, do_informants, do_open_code,
    do_done, do_details, do_remove_source, do_bulk,
)  # fmt: skip
