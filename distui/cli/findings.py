"""The findings of a file: of each configuration in it, with their lines and columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from distui.core import Context, Finding, Severity
from distui.core.formats.reading import Reading
from distui.core.formats.syntax.nodes import Place
from distui.core.rule_settings.apply import check_under, with_severities
from distui.core.rule_settings.settings import RuleSettings
from distui.core.schema.keyword_rules import UNKNOWN, UNRESOLVED


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

    Those of its unresolved expressions are among them.

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
    # An item of a list that has no value is not in the document: another has its pointer there.
    places = {one.pointer for one in reading.unresolved if not one.pointer[-1:].isdigit()}
    found = check_under(reading.document, context, settings)
    kept = (one for one in found if one.pointer not in places or one.rule == UNKNOWN)
    return with_severities([*unresolved, *kept], settings)


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
