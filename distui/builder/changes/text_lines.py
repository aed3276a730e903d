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
from distui.core.text.pluralize import first_names, pluralize

VERBS = ("add-lines",)
_SEPARATOR = re.compile(r"\s*(?:=|\t|:\s)\s*")
_QUOTES = "\"',"
_ENABLED = {"all", "all enabled by default", "enabled by default"}
_BRACKETS = "()[]\"'"
_MOST_WORDS = 6  # of a Region's name, its place or a part of the world
_MOST_NAMED = 5  # entries that a message names
_MAX_SHOWN = 60  # characters of each
_MAX_IN_URL = 150  # characters, of up to 12 bytes each in a request line of 4,094


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


def typed_regions(
    state: DraftState, data: Mapping[str, Any], extra: Iterable[str] = ()
) -> dict[str, str]:
    """Return the Regions that the post has in their text, and what is unknown, for a URL."""
    named, unknown = _read_regions(state, str(data.get(field_name(REGIONS), "")), extra)
    found = {"select": ",".join(named), "unknown": _first(unknown)[:_MAX_IN_URL]}
    return {name: value for name, value in found.items() if value}


def _add_regions(state: DraftState, text: str, extra: Iterable[str]) -> ListChange:
    items = [*state.get("distributions", ())]
    present = {str(item.get("region", "")).strip().lower() for item in items}
    named, unknown = _read_regions(state, text, extra)
    new = [code for code in named if code not in present]
    listed = f": {_first(new)}" if new else ""
    added = f"Added {pluralize(len(new), 'Region')}{listed}."
    message, severity = _result(added, {"Unknown": unknown})
    edited = state | {"distributions": [*items, *({"region": code} for code in new)]}
    focus = f"distributions-{len(items)}" if new else "distributions"
    return ListChange(edited, focus, message, severity)


def _read_regions(
    state: DraftState, text: str, extra: Iterable[str] = ()
) -> tuple[list[str], list[str]]:
    """Return the distinct Region codes that the text means, and what of it is none.

    Parts of the world and "all" mean Regions of the draft's partition.
    """
    present = (
        str(item.get("region", "")).strip().lower() for item in state.get("distributions", ())
    )
    partition = next(filter(None, map(partition_of, present)), "aws")
    areas = _areas(partition)
    named, unknown = dict[str, None](), list[str]()
    for entry in filter(None, map(str.strip, re.split(r"[\n,;]", text))):
        for phrase, found in _phrases(entry.split(), extra, areas):
            named |= dict.fromkeys(found)
            unknown += [] if found else [phrase]
    return [*named], unknown


def _phrases(
    words: Sequence[str], extra: Iterable[str], areas: Mapping[str, list[str]]
) -> Iterator[tuple[str, list[str]]]:
    """Split the words into the longest phrases that mean Regions, and the words between them."""
    start, unread = 0, list[str]()
    while start < len(words):
        for end in range(min(len(words), start + _MOST_WORDS), start, -1):
            phrase = " ".join(words[start:end])
            if found := _regions(phrase, extra, areas) or _regions(
                phrase.strip(_BRACKETS), extra, areas
            ):
                yield from _joined(unread)
                yield phrase, found
                start, unread = end, []
                break
        else:
            unread += [words[start]]
            start += 1
    yield from _joined(unread)


def _joined(words: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    if any(map(str.isalnum, "".join(words))):
        yield " ".join(words), []


def _result(added: str, problems: Mapping[str, Sequence[str]]) -> tuple[str, Severity]:
    """Return the message with the entries that have each problem, a warning if there are any."""
    found = {problem: entries for problem, entries in problems.items() if entries}
    listed = (f" {problem}: {_first(entries)}." for problem, entries in found.items())
    return added + "".join(listed), Severity.WARNING if found else Severity.INFO


def _first(entries: Sequence[str]) -> str:
    return first_names([entry[:_MAX_SHOWN] for entry in entries], most=_MOST_NAMED)


def _regions(phrase: str, extra: Iterable[str], areas: Mapping[str, list[str]]) -> list[str]:
    """Return the Regions that a code, a name, a city or a part of the world means."""
    if found := find_region(phrase, extra) or region_by_name(phrase):
        return [found]
    return areas.get(phrase.lower(), [])


def _areas(partition: str) -> dict[str, list[str]]:
    """Return the partition's Regions by part of the world, and those enabled by default."""
    here = {code: at for code, at in locations().items() if partition_of(code) == partition}
    enabled = [code for code in here if not is_opt_in(code)]
    found = dict.fromkeys(_ENABLED, enabled)
    for code, location in here.items():
        found.setdefault(location.area.lower(), []).append(code)
    return found


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
