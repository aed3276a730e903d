"""Account IDs as people paste them: split without loss, cleaned up on request, summarized."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from distui.core.reference.accounts import is_account_id
from distui.core.text.characters import describe_odd_character, strip_invisible
from distui.core.text.pluralize import pluralize
from distui.core.text.tabular import is_heading, split_items

_DASHES = "\u2010-\u2015\u2212-"  # typographic dashes, and the hyphen
_GROUPED = re.compile(
    rf"(?<![0-9{_DASHES}])([0-9]{{4}})[\s{_DASHES}]([0-9]{{4}})[\s{_DASHES}]([0-9]{{4}})"
    rf"(?![0-9{_DASHES}])"
)
_SPACED = re.compile(r"[0-9]{4}\s[0-9]{4}\s[0-9]{4}")
_SHORT = re.compile(r"[0-9]{9,11}", re.ASCII)
_RULER = " \t|:+=_-"  # the line below the heading of a Markdown or text table
_ROUNDED = re.compile(r"[0-9][.,][0-9]+E\+?[0-9]{1,2}", re.ASCII | re.IGNORECASE)


class IdProblem(StrEnum):
    """Why an item is not an account ID; the value is its label in a summary."""

    TOO_SHORT = "too short"
    TOO_LONG = "too long"
    ROUNDED = "rounded by a spreadsheet"
    DASHES = "with dashes"
    SPACES = "with spaces"
    CHARACTERS = "with invisible or non-ASCII characters"
    OTHER_TEXT = "with other text"
    NOT_AN_ID = "not an account ID"


@dataclass(frozen=True, slots=True)
class IdSummary:
    """The counts and problems of a list of account IDs.

    ``total`` and ``distinct`` count IDs, valid or not, but not the ``unparseable`` items, which do
    not resemble an ID. ``duplicates`` are IDs that occur more than once in any notation.
    ``malformed`` are the items that are not valid as written. ``restorable`` are IDs of 9 to 11
    digits, which would be valid with leading zeros.
    """

    total: int
    distinct: int
    duplicates: list[str]
    malformed: list[tuple[str, IdProblem]]
    restorable: list[str]
    unparseable: list[str]


def split_ids(text: str) -> list[str]:
    """Split a pasted text at any separators into IDs as they were typed.

    A line with more than IDs, such as a table row, and ``1234 5678 9012`` stay one item, so that
    nothing is lost before ``clean_ids``.
    """
    items: list[str] = []
    for line in text.splitlines():
        parts = split_items(line)
        if len(parts) > 1 and _is_one_item(line, parts):
            items.append(line.strip())
        else:
            items += parts
    return items


def looks_like_account_id(text: str) -> bool:
    """Return True if the text was probably intended as an account ID, valid or not."""
    digits = sum(map(str.isdigit, text))
    return (digits >= 9 and len(text) - digits <= 3) or bool(_ROUNDED.fullmatch(text))


def clean_ids(items: Sequence[str], *, zeros: bool = False) -> list[str]:
    """Return the distinct IDs in order, without dashes, headings and other text.

    With ``zeros``, IDs of 9 to 11 digits get back the leading zeros that a spreadsheet removed.
    Items that cannot be cleaned up stay as typed.
    """
    rows = [item for item in items if item.strip(_RULER) or len(item) < 2] or items
    distinct = dict.fromkeys(rows[1:] if len(rows) > 1 and is_heading(rows[0]) else rows)
    return list(dict.fromkeys(id for item in distinct for id in _extract_ids(item, zeros)))


def summarize_ids(items: Sequence[str]) -> IdSummary:
    """Count the IDs and the problems in the items of a list."""
    counts: Counter[str] = Counter()
    problems: dict[str, IdProblem] = {}
    for item, count in Counter(items).items():
        if problem := _problem_of(item):
            problems[item] = problem
        if not _is_unparseable(item):
            counts.update(dict.fromkeys(_extract_ids(item, zeros=False), count))
    return IdSummary(
        total=counts.total(),
        distinct=len(counts),
        duplicates=[id for id, count in counts.items() if count > 1],
        malformed=[(item, problems[item]) for item in items if item in problems],
        restorable=[id for id in counts if _SHORT.fullmatch(id)],
        unparseable=[item for item in items if _is_unparseable(item)],
    )


def describe(items: Sequence[str]) -> str:
    """Summarize a list in one line: ``196 entries · 10 duplicates · 18 too short``."""
    return " · ".join(_describe(summarize_ids(items))) if items else ""


def _describe(found: IdSummary) -> Iterator[str]:
    yield pluralize(found.total + len(found.unparseable), "entry", "entries")
    if repeated := found.total - found.distinct:
        of = f" of {found.duplicates[0]}" if len(found.duplicates) == 1 else ""
        yield pluralize(repeated, "duplicate") + of
    counts = Counter(problem for _, problem in found.malformed)
    for problem in IdProblem:
        if problem is IdProblem.NOT_AN_ID and counts[problem] > 1:
            yield f"{counts[problem]:,} not account IDs"
        elif counts[problem]:
            yield f"{counts[problem]:,} {problem}"


def describe_problem(item: str) -> str:
    """Say why the item is not an account ID, as a predicate; ``""`` for a valid one."""
    match _problem_of(item):
        case None:
            return ""
        case IdProblem.TOO_SHORT | IdProblem.TOO_LONG:
            return f"has {pluralize(len(item), 'digit')}; account IDs have 12"
        case IdProblem.ROUNDED:
            return "was rounded by a spreadsheet; its last digits are lost"
        case IdProblem.DASHES | IdProblem.SPACES as problem:
            return f"contains {problem.removeprefix('with ')}; enter only the 12 digits"
        case IdProblem.OTHER_TEXT:
            return "contains other text; enter only the 12 digits"
        case _:
            return describe_odd_character(item) or "isn't a 12-digit account ID"


def _problem_of(item: str) -> IdProblem | None:
    if is_account_id(item):
        return None
    if item.isascii() and item.isdigit():
        return IdProblem.TOO_SHORT if len(item) < 12 else IdProblem.TOO_LONG
    if _ROUNDED.fullmatch(item):
        return IdProblem.ROUNDED
    if _GROUPED.fullmatch(item):
        return IdProblem.SPACES if any(map(str.isspace, item)) else IdProblem.DASHES
    if _is_unparseable(item):
        return IdProblem.NOT_AN_ID
    if describe_odd_character(item):
        return IdProblem.CHARACTERS
    cleanable = _extract_ids(item, zeros=True) != [item]
    return IdProblem.OTHER_TEXT if cleanable else IdProblem.NOT_AN_ID


def _is_unparseable(item: str) -> bool:
    digits = item.isascii() and item.isdigit()
    return (
        not digits
        and not looks_like_account_id(strip_invisible(item))
        and _extract_ids(item, zeros=True) == [item]
    )


def _extract_ids(item: str, zeros: bool) -> list[str]:
    """Return the IDs in the item, or the item itself if they are not clear."""
    if is_account_id(item):
        return [item]
    parts = [strip_invisible(part) for part in split_items(_GROUPED.sub(r"\1\2\3", item))]
    ids = [part for part in parts if looks_like_account_id(part)]
    is_only_number = len(ids) == 1 and [*filter(_is_number, parts)] == ids
    if is_only_number or (ids and len(ids) == len(parts)):
        ids = [part.zfill(12) if zeros and _SHORT.fullmatch(part) else part for part in ids]
        if all(is_account_id(id) or (not zeros and _SHORT.fullmatch(id)) for id in ids):
            return ids
    return [item]


def _is_one_item(line: str, parts: list[str]) -> bool:
    """Return True for a line of digits in groups of four, or with one ID among other words."""
    if _SPACED.search(line):
        return True
    numbers = [*filter(_is_number, parts)]
    if not numbers:
        return not any(map(str.isdigit, parts))
    return len(numbers) == 1 and looks_like_account_id(numbers[0])


def _is_number(part: str) -> bool:
    """Return True for an ID or digits that may be a damaged one, not for a number such as 2024."""
    return looks_like_account_id(part) or (part.isdigit() and len(part) > 4)
