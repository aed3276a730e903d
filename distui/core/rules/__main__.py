"""``python -m distui.core.rules`` prints docs/rules.md from what the code says of its rules."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from distui.core.rules.registry import RULES
from distui.core.schema import keyword_rules, shapes
from distui.core.schema.keyword_rules import SCHEMA_RULES

_HEAD = """\
# Rules

Written by `make docs`; not edited by hand. A rule is found by its id in `distui/core/rules/`; one
that is said to be held by the schema is found in `distui/core/schema/schema.json`, whose
constraints each name their source. `DISTUI_RULES=sdk` leaves out those that only the API reference
states.

An **error** bars submitting, a **warning** asks for a second look, an **info** only tells.
"""


def page() -> str:
    """The text of docs/rules.md."""
    held = _held()
    sections = {rule.id: _of_schema(rule, held) for rule in SCHEMA_RULES}
    for rule in RULES:
        places = f"\n\nHeld by the schema as well: {held[rule.id]}." if rule.id in held else ""
        sections[rule.id] = (
            f"## {rule.id} {rule.title}\n\n"
            f"**{rule.severity}**. {rule.why}{places}\n\nEvidence: {_sentence(rule.evidence)}\n"
        )
    return "\n".join([_HEAD, *(sections[id] for id in sorted(sections))])


def _of_schema(rule: keyword_rules.SchemaRule, held: dict[str, str]) -> str:
    severity = "info" if rule.id == keyword_rules.READ_ONLY else "error"
    places = f": {held[rule.id]}" if rule.id in held else ""
    text = f"**{severity}**. {rule.why}\n\nHeld by the schema{places}.\n"
    return f"## {rule.id} {rule.title}\n\n{text}"


def _held() -> dict[str, str]:
    """Per rule its constraints in the schema, such as `AccountId` (service model) pattern."""
    places: dict[str, dict[str, list[str]]] = {}
    for rule, place, keyword in sorted(set(_constraints(shapes.schema()["$defs"], ""))):
        places.setdefault(rule, {}).setdefault(place, []).append(keyword)
    return {
        rule: ", ".join(f"{place} {' and '.join(found[place])}" for place in found)
        for rule, found in places.items()
    }


def _constraints(node: object, place: str) -> Iterator[tuple[str, str, str]]:
    """The rule, the place and the keyword of each constraint of a shape or a member."""
    if not isinstance(node, dict):
        return
    for part in node.get("allOf", []):
        for keyword, value in part.items():
            if keyword in ("propertyNames", "additionalProperties"):
                yield from _constraints({"allOf": [value]}, place)
            elif keyword != "x-source":
                where = f"`{place}` ({part['x-source']})"
                yield keyword_rules.rule_id_of(keyword, value), where, keyword
    for name, inner in node.items():
        if isinstance(inner, dict):
            below = place if name == "properties" else f"{place}.{name}" if place else name
            yield from _constraints(inner, below)


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


if __name__ == "__main__":
    sys.stdout.write(page())
