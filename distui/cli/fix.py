"""``lint --fix``: the fixes of errors, written into the files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from distui.cli.files import STANDARD_INPUT
from distui.core import Finding, Severity
from distui.core.document.parse_error import ParseError
from distui.core.document.patch import apply_patch
from distui.core.document.strict_json import decode
from distui.core.findings import Patch
from distui.core.formats.reader import read_all
from distui.core.formats.reading import Reading
from distui.core.formats.syntax.editing import CannotEdit, Spans, edited
from distui.core.formats.syntax.json_text import first_offset
from distui.core.formats.syntax.nodes import Place, Places
from distui.core.formats.syntax.spans import json_spans, yaml_spans
from distui.core.formats.writing import Renaming
from distui.core.pointers import Path, pointer, tokens
from distui.core.schema import shapes

Check = Callable[[Reading], list[Finding]]
Read = Callable[[str], list[Reading]]
_MAX_ROUNDS = 100  # fixes of one file


@dataclass(frozen=True, slots=True)
class Fixed:
    """The text after the fixes, and a sentence for each and for those that aren't possible."""

    text: str
    notices: tuple[str, ...]


def fix(file: str, content: bytes, check: Check, read: Read = read_all) -> Fixed:
    """Return the content with the only fix of each error applied; layout stays as it is.

    JSON and YAML are edited if the edited text is read as the fixed document. Raises
    ``ParseError``.
    """
    text, notices = decode(content), list[str]()
    failed: set[tuple[int, str, str]] = set()
    for _ in range(_MAX_ROUNDS):
        readings = read(text)
        left = [one for one in _fixable(readings, check) if _key(*one) not in failed]
        if not left:
            break
        index, first = left[0]
        changed = None if file == STANDARD_INPUT else _apply(text, readings, index, first, read)
        place = f"{first.rule} at {first.pointer}"
        title = f" of {readings[index].title}" if len(readings) > 1 else ""
        if changed is None:
            failed.add(_key(index, first))
            notices.append(f"Can't fix {place}{title} in this file.")
        else:
            text = changed
            notices.append(f"Fixed {place}{title}.")
    return Fixed(text, tuple(notices))


def _fixable(readings: list[Reading], check: Check) -> Iterator[tuple[int, Finding]]:
    """Yield the errors that have exactly one fix, with the index of their reading."""
    for index, reading in enumerate(readings):
        for one in check(reading):
            if one.severity is Severity.ERROR and len(one.fixes) == 1:
                yield index, one


def _key(index: int, found: Finding) -> tuple[int, str, str]:
    return index, found.rule, found.pointer


def _apply(
    text: str, readings: list[Reading], index: int, found: Finding, read: Read
) -> str | None:
    """Return the text after a fix, None if it can't be edited or means something else then."""
    reading = readings[index]
    places = reading.places()
    if not places or reading.kind == "packer":
        return None
    is_json = text[first_offset(text) :][:1] in ("{", "[") and reading.kind != "yaml"
    spans: Spans = json_spans if is_json else yaml_spans
    try:
        changed = edited(text, [*_placed(found.fix, reading, places, text, spans)], spans)
        after = read(changed)
    except (CannotEdit, ParseError):
        return None
    wanted = [
        apply_patch(one.document, found.fix) if one is reading else one.document for one in readings
    ]
    is_as_wanted = [one.document for one in after] == wanted
    return changed if is_as_wanted and _expressions(after) == _expressions(readings) else None


def _expressions(readings: list[Reading]) -> list[list[str]]:
    return [sorted(one.expression for one in reading.unresolved) for reading in readings]


def _placed(
    patch: Patch, reading: Reading, places: Mapping[str, Place], text: str, spans: Spans
) -> Iterator[dict[str, Any]]:
    """Yield the steps with the pointers and the names that the text has."""
    starts = Places(text)
    paths: dict[Place, list[Path]] = {}
    for path, span in spans(text).walk():
        if path or spans is json_spans:
            paths.setdefault(starts.at(span.entry), []).append(path)
    for step in patch:
        own = {
            name: _in_text(step[name], reading, places, paths)
            for name in step
            if name in ("path", "from")
        }
        if "value" in step:
            shape = shapes.shape_at(step["path"])
            own["value"] = (
                Renaming(reading.names, ()).value(step["value"], shape) if shape else step["value"]
            )
        yield step | own


def _in_text(
    place: str, reading: Reading, places: Mapping[str, Place], paths: Mapping[Place, list[Path]]
) -> str:
    """Return the pointer in the text of a pointer of the document."""
    rest: list[str] = []
    while place not in places:
        if not place:
            raise CannotEdit(place)
        above, name = place.rpartition("/")[0], tokens(place)[-1]
        shape = shapes.shape_at(above)
        rest.insert(0, reading.names.of(shape.name, name) if shape else name)
        place = above
    # A list's item begins where its first member does, and so does a document.
    depth, above = 0, place
    while above and places.get(above := above.rpartition("/")[0]) == places[place]:
        depth += 1
    found = paths.get(places[place])
    if not found:
        raise CannotEdit(place)
    return pointer((*found[min(depth, len(found) - 1)], *rest))
