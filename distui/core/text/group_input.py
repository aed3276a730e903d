"""The members of a group, read from what was pasted or uploaded: a list, or a column of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from distui.core.reference import regions
from distui.core.reference.accounts import is_account_id
from distui.core.text import account_ids
from distui.core.text.characters import quoted
from distui.core.text.tabular import Column, column, is_heading, split_items

MAX_CHARACTERS = 500_000
MAX_ACCOUNTS = 1536  # as many as one list of the API may hold
_REGION_LIKE = re.compile(r"[a-z]{2,4}(-[a-z]+)+-[0-9]", re.ASCII | re.IGNORECASE)
_NAMED = 5  # how many examples a sentence names


class NotTextError(ValueError):
    """The file holds no text."""


@dataclass(frozen=True, slots=True)
class GroupInput:
    """The members, each once and in order.

    ``faults`` say what keeps them from being a group, ``notices`` what was left out or rewritten.
    """

    items: list[str]
    faults: list[str]
    notices: list[str]


def decode_upload(content: bytes) -> str:
    """An uploaded file's text. Ids are ASCII: other characters may be misread without harm.

    Raises ``NotTextError``.
    """
    utf_16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = content.decode("utf-16" if utf_16 else "utf-8-sig", "replace")
    if "\0" in text:
        raise NotTextError("This file is no text. Save the sheet as CSV, and upload that.")
    return text


def read_accounts(text: str, *, uploaded: bool = False, zeros: bool = False) -> GroupInput:
    """Account ids, written as 12 digits; with ``zeros`` lost leading zeros are put back.

    Of an ``uploaded`` text that is one column, lines without an id are skipped, not refused.
    """
    table, typed = _typed(text, single=uploaded)
    items = account_ids.clean_ids(typed, zeros=zeros)
    kept = set(items)
    rewritten = sum(item not in kept and not is_heading(item) for item in typed)
    wrong = [item for item in items if not is_account_id(item)]
    faults = _first(wrong, lambda item: f"{quoted(item)} {account_ids.describe_problem(item)}.")
    if len(items) > MAX_ACCOUNTS:
        faults.insert(0, f"A group has at most {MAX_ACCOUNTS:,} accounts, not {len(items):,}.")
    notices = [
        *_skipped(table, "account id"),
        *([f"Rewritten as 12 digits: {rewritten:,}."] if rewritten else []),
        *_repeated(account_ids.summarize_ids(typed).duplicates),
    ]
    return GroupInput(items, faults, notices)


def typed_accounts(text: str) -> list[str]:
    """The account ids in a pasted text as they are written, of a table those of their column."""
    return _typed(text, single=False)[1]


def _typed(text: str, *, single: bool) -> tuple[Column | None, list[str]]:
    table = column(text, account_ids.looks_like_account_id, single=single)
    return table, table.cells if table else account_ids.split_ids(text)


def read_regions(text: str, extra: Iterable[str] = (), *, uploaded: bool = False) -> GroupInput:
    """Codes of Regions that are known, or among ``extra``, in lower case."""

    def fits(cell: str) -> bool:
        return bool(regions.find_region(cell, extra) or _REGION_LIKE.fullmatch(cell))

    table = column(text, fits, single=uploaded)
    typed = table.cells if table else _listed(text)
    codes = [regions.find_region(item, extra) or item for item in typed]
    counted = Counter(codes)
    items, twice = list(counted), [item for item, count in counted.items() if count > 1]
    wrong = [item for item in items if not regions.find_region(item, extra)]
    faults = _first(wrong, lambda item: _unknown(item, extra))
    return GroupInput(items, faults, [*_skipped(table, "Region"), *_repeated(twice)])


def _first(wrong: Sequence[str], say: Callable[[str], str]) -> list[str]:
    more = len(wrong) - _NAMED
    return [*map(say, wrong[:_NAMED]), *([f"And {more:,} more like these."] if more > 0 else [])]


def _listed(text: str) -> list[str]:
    lines = text.strip().splitlines()
    headed = len(lines) > 1 and is_heading(lines[0])
    return split_items("\n".join(lines[1 if headed else 0 :]))


def _unknown(item: str, extra: Iterable[str]) -> str:
    near = regions.nearest_region(item, extra)
    return f"{quoted(item)} is no Region that is known here.{f' Is it {near}?' if near else ''}"


def _skipped(table: Column | None, noun: str) -> Iterator[str]:
    if table:
        yield f"Taken from column {table.name}."
        if count := len(table.skipped):
            lines = [f"{n} ({quoted(cell) if cell else 'empty'})" for n, cell in table.skipped]
            yield f"Skipped, since no {noun} stands there: {_some('line', lines, count)}."


def _repeated(items: Sequence[str]) -> Iterator[str]:
    if items:
        yield f"Listed twice, kept once: {', '.join(items[:_NAMED])}{_more(len(items))}."


def _some(noun: str, named: Sequence[str], count: int) -> str:
    return f"{noun}{'' if count == 1 else 's'} {', '.join(named[:_NAMED])}{_more(count)}"


def _more(count: int) -> str:
    return f" and {count - _NAMED:,} more" if count > _NAMED else ""
