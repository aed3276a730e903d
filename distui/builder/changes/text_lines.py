"""Add many Regions, or many rows of a map, from lines of text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from distui.builder.changes.account_id_lists import REGIONS, ListChange
from distui.builder.changes.edits import Edit
from distui.builder.state.draft_state import DraftState, is_map, map_rows, rows_to_map
from distui.builder.state.errors import InvalidPointer
from distui.core.findings import Severity
from distui.core.pointers import pointer as pointer_of
from distui.core.pointers import resolve, tokens
from distui.core.reference.geography import is_opt_in, locations
from distui.core.reference.regions import find_region, partition_of, region_by_name
from distui.core.text.pluralize import pluralize

VERBS = ("add-lines",)
_SEPARATOR = re.compile(r"\s*(?:=|\t|:\s)\s*")
_QUOTES = "\"',"
_ENABLED = {"all", "all enabled by default", "enabled by default"}
_MOST_NAMED = 5  # entries that a message names


def field_name(pointer: str) -> str:
    """Return the HTML name of the text for the list or map at the pointer."""
    return "-".join(("lines", *tokens(pointer)))


def add_lines(
    state: DraftState, pointer: str, data: Mapping[str, Any], extra: Iterable[str] = ()
) -> ListChange:
    """Add what the post has in the text for that place. The given state does not change.

    Regions are codes, names, cities, parts of the world or "all enabled by default"; ``extra`` are
    codes that the SDK does not list. Rows of a map are ``key=value``; a key that is there already
    gets the new value. Raises ``InvalidPointer``.
    """
    if not pointer.startswith("/"):
        raise InvalidPointer(pointer)
    text = str(data.get(field_name(pointer), ""))
    if pointer == REGIONS:
        return _add_regions(state, text, extra)
    return _add_rows(state, pointer, text)


def _add_regions(state: DraftState, text: str, extra: Iterable[str]) -> ListChange:
    items = [*state.get("distributions", ())]
    present = {str(item.get("region", "")).strip().lower() for item in items}
    partition = next(filter(None, map(partition_of, present)), "aws")
    named, unknown = dict[str, None](), list[str]()
    for entry in filter(None, map(str.strip, re.split(r"[\n,;]", text))):
        found = _regions(entry, extra, partition) or [
            code for word in entry.split() for code in _regions(word, extra, partition)
        ]
        named |= dict.fromkeys(found)
        unknown += [] if found else [entry]
    new = [code for code in named if code not in present]
    listed = f": {_first(new)}" if new else ""
    added = f"Added {pluralize(len(new), 'Region')}{listed}."
    message, severity = _result(added, {"Unknown": unknown})
    edited = state | {"distributions": [*items, *({"region": code} for code in new)]}
    focus = f"distributions-{len(items)}" if new else "distributions"
    return ListChange(edited, focus, message, severity)


def _result(added: str, problems: Mapping[str, Sequence[str]]) -> tuple[str, Severity]:
    """Return the message with the entries that have each problem, a warning if there are any."""
    found = {problem: entries for problem, entries in problems.items() if entries}
    listed = (f" {problem}: {_first(entries)}." for problem, entries in found.items())
    return added + "".join(listed), Severity.WARNING if found else Severity.INFO


def _first(entries: Sequence[str]) -> str:
    more = len(entries) - _MOST_NAMED
    rest = f" and {more} more" if more > 0 else ""
    return f"{', '.join(entries[:_MOST_NAMED])[:300]}{rest}"


def _regions(entry: str, extra: Iterable[str], partition: str) -> list[str]:
    """Return the Regions that a code, a name, a city or the partition's part of the world means."""
    if found := find_region(entry, extra) or region_by_name(entry):
        return [found]
    word = entry.lower()
    here = {code: at for code, at in locations().items() if partition_of(code) == partition}
    if word in _ENABLED:
        return [code for code in here if not is_opt_in(code)]
    return [code for code, location in here.items() if location.area.lower() == word]


def _add_rows(state: DraftState, pointer: str, text: str) -> ListChange:
    *parents, name = tokens(pointer)
    edited, _ = Edit("add", pointer).apply(state)
    container = resolve(edited, pointer_of(parents))
    if not is_map(container[name]):
        raise InvalidPointer(pointer)
    before = [row for row in map_rows(container[name]) if row != ("", "")]
    pairs = [*_pairs(text)]
    rows, times = dict(pairs), Counter(key for key, _ in pairs)
    problems = {
        "Without a value": [key for key, value in rows.items() if not value],
        "Repeated, the last value is used": [key for key, count in times.items() if count > 1],
    }
    message, severity = _result(f"Added {pluralize(len(rows), 'tag')}.", problems)
    kept = [(key, rows.pop(key, value)) for key, value in before]
    container[name] = rows_to_map([*kept, *rows.items()])
    return ListChange(edited, "-".join(tokens(pointer)), message, severity)


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        key, *value = (part.strip(_QUOTES) for part in _SEPARATOR.split(line.strip(), maxsplit=1))
        if key:
            yield key, "".join(value)
