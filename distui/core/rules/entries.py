"""All rules with their reasons and sources, for docs/rules.md and the page of the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from distui.core.findings import Severity
from distui.core.rules.registry import RULES
from distui.core.schema import keyword_rules, shapes
from distui.core.schema.keyword_rules import DUPLICATE, EXPIRED, SCHEMA_RULES, UNRESOLVED, UNUSED


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """A rule: why it exists, and a sentence about where that is stated or implemented."""

    id: str
    title: str
    severity: Severity
    why: str
    source: str


@cache
def rule_entries() -> Mapping[str, RuleEntry]:
    """Return all rules by their IDs, in that order."""
    constraints = _schema_constraints()
    entries = {rule.id: _schema_entry(rule, constraints) for rule in SCHEMA_RULES}
    entries[UNRESOLVED.id] = RuleEntry(
        UNRESOLVED.id,
        UNRESOLVED.title,
        Severity.ERROR,
        f"When a file is only linted, it is a suggestion (info). {UNRESOLVED.why}",
        "Reported when reading CloudFormation, Terraform and Packer files.",
    )
    entries[DUPLICATE.id] = RuleEntry(
        DUPLICATE.id,
        DUPLICATE.title,
        Severity.ERROR,
        DUPLICATE.why,
        "Reported when reading JSON, and for the rows of a map while it is edited.",
    )
    for waiver_rule in (EXPIRED, UNUSED):
        found = RuleEntry(
            waiver_rule.id,
            waiver_rule.title,
            Severity.WARNING,
            waiver_rule.why,
            "Reported when reading the waivers in distui.toml.",
        )
        entries[found.id] = found
    for rule in RULES:
        also = f"\n\nAlso in the schema: {constraints[rule.id]}." if rule.id in constraints else ""
        source = f"Evidence: {_sentence(rule.evidence)}"
        entries[rule.id] = RuleEntry(rule.id, rule.title, rule.severity, rule.why + also, source)
    return MappingProxyType({id: entries[id] for id in sorted(entries)})


def _schema_entry(rule: keyword_rules.SchemaRule, constraints: dict[str, str]) -> RuleEntry:
    severity = Severity.INFO if rule.id == keyword_rules.READ_ONLY else Severity.ERROR
    found = f": {constraints[rule.id]}" if rule.id in constraints else ""
    source = f"Implemented by the schema{found}."
    return RuleEntry(rule.id, rule.title, severity, rule.why, source)


def _schema_constraints() -> dict[str, str]:
    """Return each rule's constraints, such as ```AccountId` (service model) pattern``."""
    keywords: dict[str, dict[str, list[str]]] = {}
    for rule, place, keyword in sorted(set(_constraints(shapes.schema()["$defs"], ""))):
        keywords.setdefault(rule, {}).setdefault(place, []).append(keyword)
    return {
        rule: ", ".join(f"{place} {' and '.join(found[place])}" for place in found)
        for rule, found in keywords.items()
    }


def _constraints(node: object, name: str) -> Iterator[tuple[str, str, str]]:
    """Yield the rule, the shape with its source, and the keyword of each constraint."""
    if not isinstance(node, dict):
        return
    for part in node.get("allOf", []):
        for keyword, value in part.items():
            if keyword in ("propertyNames", "additionalProperties"):
                yield from _constraints({"allOf": [value]}, name)
            elif keyword != "x-source":
                place = f"`{name}` ({part['x-source']})"
                yield keyword_rules.rule_id_of(keyword, value), place, keyword
    for key, inner in node.items():
        if isinstance(inner, dict):
            below = name if key == "properties" else f"{name}.{key}" if name else key
            yield from _constraints(inner, below)


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
