"""The findings of a file: of each configuration in it, with their lines and columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from distui.core import Context, Finding, Severity
from distui.core.formats.reading import Reading
from distui.core.formats.syntax.nodes import Place
from distui.core.pointers import value_at
from distui.core.rule_settings.apply import check_under, with_severities
from distui.core.rule_settings.settings import RuleSettings
from distui.core.schema import shapes
from distui.core.schema.keyword_rules import DUPLICATE, UNKNOWN, UNRESOLVED


@dataclass(frozen=True, slots=True)
class Located:
    """A finding in a file. ``title`` names the configuration if the file has several."""

    file: str
    line: int
    column: int
    finding: Finding
    title: str = ""

    def as_json(self) -> dict[str, object]:
        """Return the object that ``lint --format json`` prints."""
        return {**self.finding.as_json(), "line": self.line, "column": self.column}


def findings_in(reading: Reading, context: Context, settings: RuleSettings) -> list[Finding]:
    """Return the findings of a configuration under the settings of a team.

    Those of its unresolved expressions and its duplicate keys are among them.

    In a template, an expression is as it should be: that it can't be checked is a suggestion. A
    member that the API doesn't know is an error all the same.
    """
    unresolved = [
        Finding(
            UNRESOLVED.id,
            Severity.INFO,
            one.pointer,
            f"{one.expression} has no value in this file, so it isn't checked.",
            why=UNRESOLVED.why,
        )
        for one in reading.unresolved
    ]
    duplicates = [
        Finding(DUPLICATE.id, Severity.ERROR, one.pointer, str(one), why=DUPLICATE.why)
        for one in reading.repairs
        if one.is_error
    ]
    places, incomplete = _without_value(reading)
    kept = (
        one
        for one in check_under(reading.document, context, settings)
        if one.rule == UNKNOWN
        or not (one.is_about(places) or (one.missing and one.pointer in incomplete))
    )
    return with_severities([*unresolved, *duplicates, *kept], settings)


def _without_value(reading: Reading) -> tuple[set[str], set[str]]:
    """Return the pointers of what only expressions have, and of the values that lack it.

    An item of a list is not in the document: if another has its pointer there, that is left out.
    So are maps, since they can lack other keys too.
    """
    places, incomplete = set[str](), set[str]()
    for one in reading.unresolved:
        place = one.pointer
        unset = (None, "", one.expression)
        while place and (value := value_at(reading.document, place, None)) in unset:
            places.add(place)
            place = place.rpartition("/")[0]
            shape = shapes.shape_at(place)
            if shape and shape.kind == "map":
                break
            if value is None:
                incomplete.add(place)
    return places, incomplete


def located(file: str, reading: Reading, found: list[Finding], *, titled: bool) -> list[Located]:
    """Return the findings with their places in the file; a missing member is at its parent's."""
    if not found:
        return []
    places = reading.places()
    title = reading.title if titled else ""
    unresolved = {one.pointer: (one.line, one.column) for one in reading.unresolved}
    all_located = (
        Located(
            file,
            *place_of(one.pointer, unresolved if one.rule == UNRESOLVED.id else places),
            one,
            title,
        )
        for one in found
    )
    return sorted(all_located, key=lambda one: (one.line, one.column))


def place_of(pointer: str, places: Mapping[str, Place]) -> Place:
    """Return the place of the nearest part of the pointer that has one."""
    while pointer and pointer not in places:
        pointer = pointer.rpartition("/")[0]
    return places.get(pointer, (1, 1))
