"""The history as files, a row at a time: JSON Lines with everything, CSV with the plain columns."""

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
)

# What makes a spreadsheet take a cell for a formula (OWASP, CSV injection); the last four are the
# full-width forms of the first.
_FORMULA = tuple("=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20")


class _Echo:
    """A file for the csv module that gives every row back instead of keeping it."""

    def write(self, row: str) -> str:
        return row


def json_lines(records: Iterable[Record]) -> Iterator[str]:
    """One JSON object a line, as https://jsonlines.org has it."""
    for record in records:
        yield json.dumps(record, ensure_ascii=False) + "\n"


def csv_lines(records: Iterable[Record]) -> Iterator[str]:
    """RFC 4180 with a header line; no cell starts as a formula does."""
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for record in records:
        yield writer.writerow([plain_text(cell) for cell in _cells(record)])


def plain_text(value: Any) -> str:
    """The value as a cell's text; an apostrophe before what a spreadsheet would compute."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


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
