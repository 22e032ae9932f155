"""Informants from a table: .csv or .xlsx, one row each, the first column the code."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from coding.errors import CodingError
from coding.informants.editing import FIELDS, add_informant, change_informant, set_attribute
from coding.informants.queries import informants
from coding.project import Operation, Reader
from coding.store.models import Informant
from coding.text import normalise

MAX_BYTES = 16 * 2**20
MAX_UNPACKED = 128 * 2**20
MAX_ROWS, MAX_COLUMNS = 20_000, 200
"""More informants than any study has; sheets often claim to reach to their last possible row."""
_EMPTY = {"", "-", "–", "—"}
CATEGORY_WORDS = {
    "key": "key", "kunci": "key", "informan kunci": "key", "main": "main", "utama": "main", "informan utama": "main",
    "supporting": "supporting", "pendukung": "supporting", "informan pendukung": "supporting",
    "tambahan": "supporting", "informan tambahan": "supporting",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TableRow:
    """One informant of a table: fields and attributes that have a value there."""

    code: str
    values: dict[str, Any]
    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class TableChange:
    """What a table would change: `field` is one of an informant's fields or an attribute's name; empty for an informant
    who is new. `before` None: nothing is known yet."""

    code: str
    field: str
    before: Any
    after: Any


def read_table(path: Path) -> list[TableRow]:
    """The informants of a table, heads and cells each on one line. Raises CodingError("informant_table"),
    "table_unreadable", "table_head_twice", "table_code_missing", "table_code_twice", "table_age", "table_category",
    "source_empty", "source_encoding", "source_too_large", "file_missing" or "file_unreadable"."""
    try:
        lines = _xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    except FileNotFoundError as error:
        raise CodingError("file_missing", file=str(path)) from error
    except OSError as error:
        raise CodingError("file_unreadable", file=str(path), reason=error.strerror or str(error)) from error
    # numbered as a spreadsheet does, blank ones too
    numbered = [(number, [" ".join(cell.split()) for cell in line]) for number, line in enumerate(lines, 1)]
    numbered = [(number, line) for number, line in numbered if any(line)]
    if not numbered:
        raise CodingError("source_empty", file=path.name)
    heads = numbered[0][1]
    if heads[0].casefold() not in ("code", "kode"):
        raise CodingError("informant_table", file=path.name, reason=f"“{heads[0]}”")
    folded = [head.casefold() for head in heads if head]
    if twice := next((head for head in heads if folded.count(head.casefold()) > 1), None):
        raise CodingError("table_head_twice", file=path.name, head=twice)
    return _rows(path, heads, numbered[1:])


def _rows(path: Path, heads: list[str], lines: list[tuple[int, list[str]]]) -> list[TableRow]:
    rows: dict[str, TableRow] = {}
    for number, line in lines:
        cells = dict(zip(heads[1:], line[1:], strict=False))
        code = line[0]
        if code in _EMPTY:
            raise CodingError("table_code_missing", file=path.name, row=number)
        if code.casefold() in rows:
            raise CodingError("table_code_twice", file=path.name, row=number, code=code)
        values: dict[str, Any] = {}
        attributes: dict[str, str] = {}
        for head, cell in cells.items():
            if not head or cell in _EMPTY:
                continue
            if head.casefold() in FIELDS:
                values[head.casefold()] = _value(path, number, head.casefold(), cell)
            else:
                attributes[head] = cell
        rows[code.casefold()] = TableRow(code, values, attributes)
    return list(rows.values())


def _value(path: Path, number: int, field: str, cell: str) -> Any:
    if field == "age":
        match = re.fullmatch(r"(\d{1,3})(?:[.,]0+)?(?:\s*(?:tahun|thn|th|years?|yrs?)\.?)?", cell, re.IGNORECASE)
        if not match:
            raise CodingError("table_age", file=path.name, row=number, age=cell)
        return int(match.group(1))
    if field == "category":
        category = CATEGORY_WORDS.get(cell.casefold())
        if category is None:
            raise CodingError("table_category", file=path.name, row=number, category=cell)
        return category
    return cell


def compare_table(project: Reader, rows: Sequence[TableRow]) -> list[TableChange]:
    """What storing the table would change, in its order: that an informant is new, then each value that differs."""
    known = {row.code.casefold(): row for row in informants(project)}
    found: list[TableChange] = []
    for row in rows:
        old = known.get(row.code.casefold())
        if old is None:
            found.append(TableChange(row.code, "", None, row.code))
        for field, value in row.values.items():
            before = getattr(old, field) if old is not None else None
            if before != value:
                found.append(TableChange(row.code, field, before, value))
        attributes = {name.casefold(): value for name, value in old.attributes} if old is not None else {}
        for name, value in row.attributes.items():
            before = attributes.get(name.casefold())
            if before != value:
                found.append(TableChange(row.code, name, before, value))
    return found


def store_table(op: Operation, rows: list[TableRow]) -> tuple[int, int]:
    """Add the informants that are new and set what the table says of the others; returns (added, changed)."""
    known = dict(op.session.execute(select(Informant.code_folded, Informant.guid)).all())
    added = 0
    for row in rows:
        guid = known.get(row.code.casefold())
        if guid is None:
            guid = add_informant(op, row.code, row.values)
            added += 1
        else:
            change_informant(op, guid, row.values)
        for name, value in row.attributes.items():
            set_attribute(op, guid, name, value)
    return added, len(rows) - added


def _csv(path: Path) -> list[list[str]]:
    from coding.transcripts.readers import decode

    text = normalise(decode(_bytes(path), path.name)[0])
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        # strict, because a quotation mark that is never closed would swallow the rest of the table
        return list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise CodingError("table_unreadable", file=path.name, reason=str(error)) from error


def _xlsx(path: Path) -> list[list[str]]:
    from zipfile import BadZipFile, ZipFile

    raw = _bytes(path)
    try:
        with ZipFile(io.BytesIO(raw)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise CodingError("table_unreadable", file=path.name, reason=str(error)) from error
    _check_size(path, unpacked, MAX_UNPACKED)
    try:
        return _first_sheet(raw)
    except Exception as error:  # a workbook whose parts do not fit together makes openpyxl fail in any way there is
        raise CodingError("table_unreadable", file=path.name, reason=str(error) or type(error).__name__) from error


def _first_sheet(raw: bytes) -> list[list[str]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    try:
        rows = book.worksheets[0].iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True)
        return [[_cell(value) for value in row] for row in rows]
    finally:
        book.close()


def _bytes(path: Path) -> bytes:
    _check_size(path, path.stat().st_size, MAX_BYTES)
    raw = path.read_bytes()
    if not raw:
        raise CodingError("source_empty", file=path.name)
    return raw


def _check_size(path: Path, size: int, limit: int) -> None:
    if size > limit:
        megabytes = {"size": f"{size / 2**20:.0f} MB", "limit": f"{limit / 2**20:.0f} MB"}
        raise CodingError("source_too_large", file=path.name, **megabytes)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return normalise(str(value))
