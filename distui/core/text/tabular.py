"""Lists and tables as people paste them, taken apart with nothing lost."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass

_SEPARATORS = re.compile(r"[\s,;|'\"\[\]()]+")
_DELIMITERS = ("\t", ";", ",", "|")
_HEADING = re.compile(r"\b(account|region|code|name|number|ids?\b)", re.IGNORECASE)
_AROUND = " \u00a0\ufeff'\"="  # what spreadsheets put around an id to keep it text

Line = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Column:
    """The column of a table that holds what was sought, and the cells in it that don't."""

    name: str
    cells: list[str]
    skipped: list[Line]


def split_items(text: str) -> list[str]:
    """The text taken apart at white space, commas, quotes and brackets."""
    return [piece for piece in _SEPARATORS.split(text) if piece]


def is_heading(text: str) -> bool:
    """Whether the text is what stands above a list of ids: words, and no digit."""
    return bool(_HEADING.search(text)) and not any(map(str.isdigit, text))


def column(text: str, fits: Callable[[str], bool], *, single: bool = False) -> Column | None:
    """The column of a pasted or uploaded table in which the most different cells fit.

    None for what is no table: a single line, lines without a delimiter that is in all of them, and
    a grid in which every cell fits. ``single`` takes lines without any delimiter for a table of one
    column.
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
        tables = [[(number, [_bare(line)]) for number, line in lines]]
    found = [(rows, *_fullest(rows, fits)) for rows in tables]
    rows, place, count = max(found, key=lambda table: table[2], default=([], 0, 0))
    if not count or (_is_grid(rows, fits) and not single):
        return None
    return _column(rows, place, fits)


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        row = next(csv.reader([line], delimiter=delimiter, skipinitialspace=True))
    except csv.Error:  # a cell beyond the reader's limit
        row = line.split(delimiter)
    return [_bare(cell) for cell in row]


def _bare(cell: str) -> str:
    return cell.strip(_AROUND)


def _fullest(rows: list[tuple[int, list[str]]], fits: Callable[[str], bool]) -> tuple[int, int]:
    """The column with the most different cells that fit, the first of several, and how many."""
    found: dict[int, set[str]] = {}
    for _, cells in rows:
        for place, cell in enumerate(cells):
            if fits(cell):
                found.setdefault(place, set()).add(cell)
    place = min(found, key=lambda place: (-len(found[place]), place), default=0)
    return place, len(found.get(place, ()))


def _is_grid(rows: list[tuple[int, list[str]]], fits: Callable[[str], bool]) -> bool:
    return all(fits(cell) for _, cells in rows for cell in cells if cell)


def _column(rows: list[tuple[int, list[str]]], place: int, fits: Callable[[str], bool]) -> Column:
    cells = [(number, row[place] if place < len(row) else "") for number, row in rows]
    first = cells[0][1]
    headed = bool(first) and not fits(first)
    return Column(
        name=f"“{first[:60]}”" if headed else str(place + 1),
        cells=[cell for _, cell in cells if fits(cell)],
        skipped=[(n, cell) for n, cell in cells[1 if headed else 0 :] if not fits(cell)],
    )
