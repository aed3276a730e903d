"""The rule engine: all findings of a document, from the schema and the rules, in order."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import islice
from types import MappingProxyType
from typing import Any

from distui.core.caching import cached_by_text, freeze
from distui.core.document.misspelled import findings_below
from distui.core.findings import Finding, Patch, Severity
from distui.core.pointers import tokens
from distui.core.rules import registry
from distui.core.rules.rule import Context, Json, Rule
from distui.core.rules.schema_fixes import suggested_fix
from distui.core.schema import keyword_rules, repairs, shapes, validation

_CACHE_SIZE = 1024  # distributions, some 30 documents of 34 Regions
_CACHE_MAX_LENGTH = 2_000_000  # characters; ten times what the API allows in a distribution
_MAX_REGIONS = 200  # more than AWS has
_MAX_CACHED = 500  # characters of a pointer
_MAX_FINDINGS = 2000  # of one rule in one part; a hostile document has millions
_UNKNOWN = keyword_rules.UNKNOWN
_GENERATED = {"clientToken": "0"}  # submitting makes one
_UNREADABLE = {keyword_rules.TYPE, keyword_rules.REQUIRED, _UNKNOWN}


def check(
    document: Any, context: Context | None = None, *, texts: Sequence[str] | None = None
) -> list[Finding]:
    """Return all findings of a request, which may be any JSON value, in the order of its members.

    Each distribution is checked on its own and cached by its text, so that the work after an edit
    does not grow with the number of Regions. ``texts`` are the distributions as JSON, if the
    caller has them. A missing ``clientToken`` is not a finding, since distui generates it.
    Misspelled and misplaced members are checked as what they are meant to be.
    """
    context = context or Context()
    found = _check(document, context, texts)
    below = findings_below(document, found, lambda moved: _check(moved, context, None))
    return _sorted([*found, *below])


def _check(document: Any, context: Context, texts: Sequence[str] | None) -> list[Finding]:
    items = _distributions(document)
    texts = [json.dumps(item) for item in items[:_MAX_REGIONS]] if texts is None else texts
    without = document | {"distributions": []} if items else document
    typed, found = _apply_rules(without, shapes.REQUEST, registry.PART_RULES, context)
    found = [_with_fixes(f, document, context) for f in (*found, *_too_many_regions(items))]
    parts, inside = [], context.of_distributions
    for index, text in enumerate(texts[:_MAX_REGIONS]):
        part, inner = _check_distribution(text, index, inside)
        parts.append(part)
        # An unknown member can have its home elsewhere; other fixes stay in their Region.
        found += [_with_fixes(f, document, context) if f.rule == _UNKNOWN else f for f in inner]
    if items:
        typed = typed | {"distributions": parts}
    for rule in registry.DOCUMENT_RULES:
        found += [_with_fixes(f, document, context) for f in rule.findings(typed, context)]
    return _without_half_fixes(found)


def _distributions(document: Any) -> list[Any]:
    items = document.get("distributions") if isinstance(document, dict) else None
    return items if isinstance(items, list) else []


def _too_many_regions(items: list[Any]) -> Iterator[Finding]:
    if len(items) > _MAX_REGIONS:
        yield Finding(
            rule=keyword_rules.TOO_MANY,
            severity=Severity.ERROR,
            pointer="/distributions",
            message=f"{len(items):,} Regions are more than AWS has."
            f" Only the first {_MAX_REGIONS} were checked.",
        )


@cached_by_text(maxsize=_CACHE_SIZE, max_length=_CACHE_MAX_LENGTH, max_total=2_000_000)
def _check_distribution(
    text: str, index: int, context: Context
) -> tuple[Json, tuple[Finding, ...]]:
    """Return the well-typed distribution and its findings, with pointers into the document.

    Their fixes are complete, except those of unknown members.
    """
    value = json.loads(text)
    typed, found = _apply_rules(value, "Distribution", registry.DISTRIBUTION_RULES, context)
    moved = [finding.moved("", f"/distributions/{index}") for finding in found]
    document = {"distributions": [{}] * index + [value]}
    fixed = (f if f.rule == _UNKNOWN else _with_fixes(f, document, context) for f in moved)
    return freeze(typed), tuple(fixed)


def _apply_rules(
    value: Any, shape: str, rules: tuple[Rule, ...], context: Context
) -> tuple[Json, list[Finding]]:
    """Return the well-typed value and the findings of the schema and the rules.

    Findings of rules on a value of a wrong type, or on a structure with an unreadable member, are
    dropped: they may only miss that, and each mistake is reported once.
    """
    given = _GENERATED | value if shape == shapes.REQUEST and isinstance(value, dict) else value
    found = list(validation.violations(given, shape, context.rules))
    if context.rules != "reference":
        found = [_as_warning(f) if f.source == shapes.API_REFERENCE else f for f in found]
    if not isinstance(value, dict):
        return {}, found
    # A value that violates nothing has known members of the right types only.
    typed = shapes.well_typed(value, shapes.shape(shape)) if found else value
    unreadable = {f.pointer.rpartition("/")[0] for f in found if f.rule in _UNREADABLE}
    unreadable |= {f.pointer for f in found if f.rule == keyword_rules.TYPE}
    for rule in rules:
        findings = islice(rule.findings(typed, context), _MAX_FINDINGS)
        found += [finding for finding in findings if finding.pointer not in unreadable]
    return typed, found


def _with_fixes(finding: Finding, document: Any, context: Context) -> Finding:
    """Return the finding with fixes that leave no new error in the document."""
    if not finding.fix and finding.severity is not Severity.ERROR:
        return finding
    fixes = finding.fixes
    if finding.rule == _UNKNOWN:
        fixes = (repairs.unknown_member_fix(document, finding.pointer),)
    elif not fixes and finding.severity is Severity.ERROR and not finding.missing:
        fixes = (suggested_fix(finding, document, context),)
    if not any(fixes):
        return finding
    return finding.with_fixes(repairs.without_leftovers(document, fix) for fix in fixes)


def _without_half_fixes(found: list[Finding]) -> list[Finding]:
    """Return the findings without fixes that leave another error at the same place."""
    errors: dict[str, list[Finding]] = {}
    for finding in found:
        if finding.severity is Severity.ERROR:
            errors.setdefault(finding.pointer, []).append(finding)
    return [
        f.with_fixes(fix for fix in f.fixes if _mends_all(fix, errors[f.pointer]))
        if f.fix and f.pointer in errors
        else f
        for f in found
    ]


def _mends_all(fix: Patch, errors: list[Finding]) -> bool:
    return fix[-1]["op"] == "remove" or all(fix in error.fixes for error in errors)


def _as_warning(finding: Finding) -> Finding:
    """Return the finding of a constraint that the newer SDK model does not have."""
    return replace(finding, severity=Severity.WARNING)


def _sorted(found: list[Finding]) -> list[Finding]:
    """Return the findings in the order in which the document prints their places."""
    pointers = [finding.pointer for finding in found]
    is_short = max(map(len, pointers), default=0) <= _MAX_CACHED
    keys = [*map(_sort_key if is_short else _sort_key.__wrapped__, pointers)]
    return [found[number] for number in sorted(range(len(found)), key=keys.__getitem__)]


@lru_cache(maxsize=_CACHE_SIZE * 16)
def _sort_key(pointer: str) -> str:
    """Return a key that sorts pointers as the document prints them; texts are compared fast."""
    if not pointer:
        return ""
    above, token = pointer.rpartition("/")[0], tokens(pointer)[-1]
    return f"{_sort_key(above)}\0{_position(shapes.shape_at(above), token):09}{token}"


def _position(shape: shapes.Shape | None, token: str) -> int:
    if shape and shape.kind == "array":
        return int(token)
    return _member_positions(shape.name).get(token, len(shape.members)) if shape else 0


@cache
def _member_positions(shape: str) -> Mapping[str, int]:
    members = shapes.shape(shape).members
    return MappingProxyType({name: index for index, name in enumerate(members)})
