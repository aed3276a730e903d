"""Members of a named group, read from pasted or uploaded lists and tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from distui.core.reference.accounts import is_account_id
from distui.core.reference.regions import find_region
from distui.core.text import account_ids
from distui.core.text.characters import quoted
from distui.core.text.pluralize import first_names, pluralize
from distui.core.text.region_codes import check_region_code
from distui.core.text.tabular import Column, find_column, is_heading, split_items

MAX_CHARACTERS = 500_000
MAX_ACCOUNTS = 1536  # the API's limit for one list
_REGION_LIKE = re.compile(r"[a-z]{2,4}(-[a-z]+)+-[0-9]", re.ASCII | re.IGNORECASE)
_MAX_EXAMPLES = 5  # how many items a message names


class NotTextError(ValueError):
    """The file is not a text file."""


@dataclass(frozen=True, slots=True)
class GroupInput:
    """The distinct members in order.

    ``errors`` are messages that prevent saving, ``notices`` say what was skipped or changed.
    """

    items: list[str]
    errors: list[str]
    notices: list[str]


def decode_upload(content: bytes) -> str:
    """Decode an uploaded file. Raises ``NotTextError``.

    Undecodable bytes are replaced, since IDs are ASCII.
    """
    utf_16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = content.decode("utf-16" if utf_16 else "utf-8-sig", "replace")
    if "\0" in text:
        raise NotTextError("This isn't a text file. Save the spreadsheet as CSV and upload that.")
    return text


def read_accounts(text: str, *, uploaded: bool = False, zeros: bool = False) -> GroupInput:
    """Read account IDs and clean them up; with ``zeros``, restore their leading zeros.

    In an ``uploaded`` text, lines without an ID are skipped even if there is only one column.
    """
    table, typed = _typed(text, single=uploaded)
    items = account_ids.clean_ids(typed, zeros=zeros)
    unchanged = set(items)
    rewritten = [item for item in typed if item not in unchanged and any(map(str.isdigit, item))]
    invalid = [item for item in items if not is_account_id(item)]
    errors = _first(invalid, lambda item: f"{quoted(item)} {account_ids.describe_problem(item)}.")
    if len(items) > MAX_ACCOUNTS:
        errors.insert(0, f"{len(items):,} accounts exceed the maximum of {MAX_ACCOUNTS:,}.")
    notices = [
        *_skipped(table, "an account ID", "account IDs"),
        *_rewritten(rewritten),
        *_duplicates(account_ids.summarize_ids(typed).duplicates),
    ]
    return GroupInput(items, errors, notices)


def typed_accounts(text: str) -> list[str]:
    """Return the account IDs as typed; for a table, those in its column of IDs."""
    return _typed(text, single=False)[1]


def _typed(text: str, *, single: bool) -> tuple[Column | None, list[str]]:
    table = find_column(text, account_ids.looks_like_account_id, single=single)
    return table, table.cells if table else account_ids.split_ids(text)


def read_regions(text: str, extra: Iterable[str] = (), *, uploaded: bool = False) -> GroupInput:
    """Read Region codes in any case; ``extra`` are codes that the SDK does not list."""

    def fits(cell: str) -> bool:
        return bool(find_region(cell, extra) or _REGION_LIKE.fullmatch(cell))

    table = find_column(text, fits, single=uploaded)
    typed = table.cells if table else _split_regions(text)
    counts = Counter(find_region(item, extra) or item for item in typed)
    unknown = [item for item in counts if not find_region(item, extra)]
    return GroupInput(
        items=list(counts),
        errors=_first(unknown, lambda item: check_region_code(item, extra)[0]),
        notices=[
            *_skipped(table, "a Region", "Regions"),
            *_duplicates([item for item, count in counts.items() if count > 1]),
        ],
    )


def _first(invalid: Sequence[str], message: Callable[[str], str]) -> list[str]:
    """Return messages about the first invalid items, and how many more there are."""
    more = len(invalid) - _MAX_EXAMPLES
    rest = [f"{more:,} more {'entry isn' if more == 1 else 'entries aren'}'t valid."]
    return [*map(message, invalid[:_MAX_EXAMPLES]), *(rest if more > 0 else [])]


def _split_regions(text: str) -> list[str]:
    lines = text.strip().splitlines()
    has_heading = len(lines) > 1 and is_heading(lines[0])
    return split_items("\n".join(lines[1 if has_heading else 0 :]))


def _skipped(table: Column | None, singular: str, plural: str) -> Iterator[str]:
    if table:
        yield f"Read from column {table.name}."
        if table.skipped:
            lines = [f"{n} ({quoted(cell) if cell else 'empty'})" for n, cell in table.skipped]
            one = len(lines) == 1
            noun, reason = ("line", singular) if one else ("lines", plural)
            yield f"Skipped {noun} {_examples(lines)}: not {reason}."
        if table.elsewhere:
            yield f"Not read, since in other columns: {_examples(table.elsewhere)}."


def _rewritten(items: Sequence[str]) -> Iterator[str]:
    if items:
        named = _examples([*map(quoted, dict.fromkeys(items))])
        yield f"Rewrote {pluralize(len(items), 'ID')} as 12 digits: {named}."


def _duplicates(items: Sequence[str]) -> Iterator[str]:
    if items:
        yield f"Removed duplicates of {_examples(items)}."


def _examples(items: Sequence[str]) -> str:
    return first_names(items, most=_MAX_EXAMPLES)
