"""The history as files, one row at a time: JSON Lines with everything, CSV with flat columns."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

from distui.submissions.history.serializers import Record

COLUMNS = (
    "id",
    "state",
    "name",
    "target",
    "account",
    "region",
    "regions",
    "arn",
    "requestId",
    "clientToken",
    "submittedBy",
    "submittedAt",
    "settledAt",
    "attempts",
    "errorCode",
    "errorMessage",
    "errorPointer",
    "review",
    "reviewNote",
    "reviewer",
    "reviewedAt",
    "reason",
    "uncertain",
    "recovered",
)

# Spreadsheets read a cell that starts with one of these as a formula (OWASP, CSV injection). The
# last four are the full-width forms of the first four.
_FORMULA_PREFIXES = tuple("=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20")


class _Echo:
    """A file object for the csv module whose ``write`` returns the row, as in Django's docs."""

    def write(self, row: str) -> str:
        return row


def json_lines(records: Iterable[Record]) -> Iterator[str]:
    """Yield each record as a line of JSON (https://jsonlines.org)."""
    for record in records:
        yield json.dumps(record, ensure_ascii=False) + "\n"


def csv_lines(records: Iterable[Record]) -> Iterator[str]:
    """Yield the header and one line per record as CSV (RFC 4180), with formulas escaped."""
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for record in records:
        yield writer.writerow([escape_formula(cell) for cell in _cells(record)])


def escape_formula(value: Any) -> str:
    """Return the value as text, prefixed with an apostrophe if a spreadsheet would compute it."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA_PREFIXES) else text


def _cells(record: Record) -> Iterator[Any]:
    error, review = record["error"] or {}, record["review"] or {}
    distributions = record["request"].get("distributions", ())
    flat = record | {
        "regions": " ".join(item.get("region", "") for item in distributions),
        "attempts": len(record["attempts"]),
        "errorCode": error.get("code"),
        "errorMessage": error.get("message"),
        "errorPointer": error.get("pointer"),
        "review": review.get("verdict"),
        "reviewNote": review.get("note"),
        "reviewer": review.get("reviewer"),
        "reviewedAt": review.get("at"),
    }
    return (flat[column] for column in COLUMNS)
