"""The table of informants as cells: what may be written in each column, by hand or pasted from a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select

from coding.errors import CodingError, mark
from coding.informants.attributes import AttributeRow, parse_value, set_value
from coding.informants.editing import add_informant, change_informant, check_code, rename_informant
from coding.informants.tables import CATEGORY_WORDS
from coding.project import Operation
from coding.store.models import Attribute
from coding.text import normalise
from coding.transcripts.dates import parse_date
from coding.words import Notice

CellKind = Literal["text", "number", "date", "choice", "switch"]
AGE = mark("write a number of years")
DAY = mark("write a day, for example 2026-05-12")
CATEGORY = mark("write key, main or supporting")
CONSENT = mark("write written, oral or refused")
YES_NO = mark("write yes or no")
_AGE = re.compile(r"(\d{1,3})(?:[.,]0+)?(?:\s*(?:tahun|thn|th|years?|yrs?)\.?)?", re.IGNORECASE)
_YES = {"yes", "ya", "y", "1", "true", "x", "✓", "✔"}
_NO = {"no", "tidak", "n", "0", "false", "-", "–", "—", ""}
_CONSENT_WORDS = {
    "written": "written", "tertulis": "written", "oral": "oral", "lisan": "oral", "refused": "refused",
    "menolak": "refused", "ditolak": "refused",
}  # fmt: skip
_NOTHING = {"", "-", "–", "—"}


COLUMN_NAMES = {
    "code": mark("Code"),
    "honorific": mark("Honorific"),
    "name": mark("Name"),
    "role": mark("Role"),
    "group": mark("Group"),
    "category": mark("Category"),
    "age": mark("Age"),
    "gender": mark("Gender"),
    "place": mark("Place"),
    "pseudonym": mark("Pseudonym"),
    "planned": mark("Planned"),
    "consent": mark("Consent"),
    "keep_until": mark("Keep until"),
    "left_out": mark("Left out"),
    "remark": mark("Remark"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: `key` is `code`, the name of a field, or `attribute:` and a guid."""

    key: str
    kind: CellKind
    choices: tuple[str, ...] = ()
    attribute: AttributeRow | None = None

    @property
    def name(self) -> Notice | str:
        """What it is called: the study's own attributes as they are, the others in the user's language."""
        return self.attribute.name if self.attribute is not None else Notice(COLUMN_NAMES[self.key])


BUILT_IN: tuple[Column, ...] = (
    Column("code", "text"),
    Column("honorific", "text"),
    Column("name", "text"),
    Column("role", "text"),
    Column("group", "text"),
    Column("category", "choice", ("key", "main", "supporting")),
    Column("age", "number"),
    Column("gender", "text"),
    Column("place", "text"),
    Column("pseudonym", "text"),
    Column("planned", "switch"),
    Column("consent", "choice", ("written", "oral", "refused")),
    Column("keep_until", "date"),
    Column("left_out", "switch"),
    Column("remark", "text"),
)


def columns_of(attributes: Sequence[AttributeRow]) -> list[Column]:
    """All columns: the built-in ones, the study's own attributes before the last four."""
    own = [Column(f"attribute:{a.guid}", a.kind, a.choices, a) for a in attributes]
    return [*BUILT_IN[:-5], *own, *BUILT_IN[-5:]]


def read_cell(column: Column, text: str) -> Any:
    """What `text` means in the column: None for nothing, a number for an age, ISO for a day, a truth for a switch.

    Raises CodingError("attribute_value") with what is expected there.
    """
    if column.key == "remark":
        return normalise(text).strip() or None
    text = " ".join(normalise(text).split())
    if column.attribute is not None:
        return parse_value(column.attribute, "" if text in _NOTHING else text) or None
    if column.kind == "switch":
        if text.casefold() in _YES | _NO:
            return text.casefold() in _YES
        raise _wrong(column, text, YES_NO)
    if text in _NOTHING:
        return None
    found: Any = text
    if column.key == "age":
        match = _AGE.fullmatch(text)
        found, expected = (int(match[1]) if match and int(match[1]) < 130 else None), AGE
    elif column.key == "category":
        found, expected = CATEGORY_WORDS.get(text.casefold()), CATEGORY
    elif column.key == "consent":
        found, expected = _CONSENT_WORDS.get(text.casefold()), CONSENT
    elif column.key == "keep_until":
        day = parse_date(text)
        found, expected = (day if day and len(day) == 10 else None), DAY
    if found is None:
        raise _wrong(column, text, expected)
    return found


def _wrong(column: Column, text: str, expected: str) -> CodingError:
    return CodingError(
        "attribute_value", value=text, attribute=Notice(COLUMN_NAMES[column.key]), expected=Notice(expected)
    )


def set_cell(op: Operation, informant: str, column: Column, text: str) -> None:
    """Write `text` into one cell of the informant with this guid. Raises as `read_cell`, `rename_informant`."""
    value = read_cell(column, text)
    if column.key == "code":
        rename_informant(op, informant, value or "")
    elif column.attribute is not None:
        set_value(op, informant, column.attribute.guid, value or "")
    else:
        change_informant(op, informant, {column.key: value})


def parse_grid(text: str) -> list[list[str]]:
    """A table as spreadsheets put it on the clipboard, each cell on one line; what has no tab has one column. Raises
    CodingError("paste_empty")."""
    lines = csv.reader(io.StringIO(normalise(text), newline=""), delimiter="\t")
    grid = [[" ".join(cell.split()) for cell in line] for line in lines]
    while grid and not any(grid[-1]):
        grid.pop()
    if not grid:
        raise CodingError("paste_empty")
    width = max(map(len, grid))
    return [line + [""] * (width - len(line)) for line in grid]


def paste_grid(
    op: Operation, grid: Sequence[Sequence[str]], people: Sequence[str], columns: Sequence[Column]
) -> tuple[int, int]:
    """Write the grid into the table: its first row into the first of `people` (guids) and so on, its first column into
    the first of `columns`; rows beyond the last of them become new informants, who need a code. Cells beyond the last
    column are refused, not lost.

    Returns (rows changed, informants added). Raises
    CodingError("cell_value") with the row (1-based in the grid) and column of the first cell that is not understood.
    """
    attributes = dict(op.session.execute(select(Attribute.guid, Attribute.id)).all())
    added = 0
    for number, line in enumerate(grid, 1):
        cells = list(zip(columns, line, strict=False))
        if len(line) > len(columns) and any(line[len(columns) :]):
            beyond = next(cell for cell in line[len(columns) :] if cell)
            raise _refused(number, "", beyond, Notice(NO_COLUMN))
        guid = people[number - 1] if number <= len(people) else None
        if guid is None:
            if not any(line):
                continue
            code = next((cell for column, cell in cells if column.key == "code"), "")
            guid = add_informant(op, check_code(op, code), {})
            added += 1
            cells = [(column, cell) for column, cell in cells if column.key != "code"]
        for column, cell in cells:
            if column.attribute is not None and column.attribute.guid not in attributes:
                raise CodingError("attribute_gone")
            try:
                set_cell(op, guid, column, cell)
            except CodingError as error:
                if error.code != "attribute_value":
                    raise
                raise _refused(number, column.name, cell, error.params["expected"]) from error
    return min(len(grid), len(people)), added


NO_COLUMN = mark("there is no column for it")


def _refused(row: int, column: Notice | str, value: str, expected: Notice) -> CodingError:
    return CodingError("cell_value", row=row, column=column, value=value, expected=expected)
