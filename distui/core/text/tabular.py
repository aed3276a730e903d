"""Pasted lists and tables, split without loss."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass

_SEPARATORS = re.compile(r"[\s,;|]+")
_AROUND = "'\"[]()"
_DELIMITERS = ("\t", ";", ",", "|")
_HEADING = re.compile(r"\b(account|region|code|name|number|ids?\b)", re.IGNORECASE)
_CELL_PADDING = " \u00a0\ufeff'\"="  # spreadsheets write ="0123" to keep an ID text

NumberedRow = tuple[int, list[str]]  # the line's number and its cells


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column of IDs: its heading or number, the IDs, and the other cells by line.

    ``elsewhere`` are IDs that only other columns have.
    """

    name: str
    cells: list[str]
    skipped: list[tuple[int, str]]
    elsewhere: list[str]


def split_items(text: str) -> list[str]:
    """Split a text at white space, commas, semicolons and bars.

    The quotes and brackets around an item are removed.
    """
    return [item for word in _SEPARATORS.split(text) if (item := _unwrap(word))]


def _unwrap(word: str) -> str:
    """Return what is in the quotes and brackets, or the whole word if it has more of them."""
    inner = word.removeprefix('="').strip(_AROUND)  # spreadsheets write ="0123"
    return word if any(mark in inner for mark in _AROUND) else inner


def is_heading(text: str) -> bool:
    """Return True if the text looks like a column's heading: known words and no digit."""
    return bool(_HEADING.search(text)) and not any(map(str.isdigit, text))


def find_column(text: str, fits: Callable[[str], bool], *, single: bool = False) -> Column | None:
    """Return the column of a table with the most distinct cells that fit.

    Returns None if the text is not a table: it is one line, no delimiter is in all lines, all
    cells fit, or cells of several columns fit and no heading tells which is meant. With ``single``,
    lines without a delimiter are a table of one column.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) < 2:
        return None
    tables = [
        [(number, _cells(line, delimiter)) for number, line in lines]
        for delimiter in _DELIMITERS
        if all(delimiter in line for _, line in lines)
    ]
    if single and not tables:
        tables = [[(number, [line.strip(_CELL_PADDING)]) for number, line in lines]]
    found = [(rows, *_fullest_column(rows, fits)) for rows in tables]
    rows, index, count = max(found, key=lambda table: table[2], default=([], 0, 0))
    if not count or (_is_grid(rows, fits) and not single):
        return None
    column = _column(rows, index, fits)
    has_headings = not any(map(fits, rows[0][1]))
    return column if has_headings or not column.elsewhere else None


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        row = next(csv.reader([line], delimiter=delimiter, skipinitialspace=True))
    except csv.Error:  # a cell exceeds the reader's limit
        row = line.split(delimiter)
    return [cell.strip(_CELL_PADDING) for cell in row]


def _fullest_column(rows: list[NumberedRow], fits: Callable[[str], bool]) -> tuple[int, int]:
    """Return the index of the first column with the most distinct fitting cells, and how many."""
    found: dict[int, set[str]] = {}
    for _, cells in rows:
        for index, cell in enumerate(cells):
            if fits(cell):
                found.setdefault(index, set()).add(cell)
    index = min(found, key=lambda index: (-len(found[index]), index), default=0)
    return index, len(found.get(index, ()))


def _is_grid(rows: list[NumberedRow], fits: Callable[[str], bool]) -> bool:
    return all(fits(cell) for _, cells in rows for cell in cells if cell)


def _column(rows: list[NumberedRow], index: int, fits: Callable[[str], bool]) -> Column:
    cells = [(number, row[index] if index < len(row) else "") for number, row in rows]
    first = cells[0][1]
    has_heading = bool(first) and not fits(first)
    body = cells[1:] if has_heading else cells
    return Column(
        name=f"“{first[:60]}”" if has_heading else str(index + 1),
        cells=[cell for _, cell in cells if fits(cell)],
        skipped=[(number, cell) for number, cell in body if not fits(cell)],
        elsewhere=[*_only_elsewhere(rows, index, fits)],
    )


def _only_elsewhere(
    rows: list[NumberedRow], index: int, fits: Callable[[str], bool]
) -> dict[str, None]:
    """Return the distinct cells that fit and are in other columns only."""
    read = {row[index] for _, row in rows if index < len(row)}
    cells = (cell for _, row in rows for cell in row)
    return dict.fromkeys(cell for cell in cells if cell not in read and fits(cell))
