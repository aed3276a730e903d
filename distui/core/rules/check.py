"""The rule engine: all findings of a document, from the schema and the rules, in order."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import Any

from distui.core.caching import cached_by_text, freeze
from distui.core.document.misspelled import findings_below
from distui.core.findings import Finding, Severity
from distui.core.pointers import tokens
from distui.core.rules import registry
from distui.core.rules.rule import Context, Json, Rule
from distui.core.rules.suggestions import suggested_fix
from distui.core.schema import keyword_rules, repairs, shapes, validation

_CACHE_SIZE = 1024  # distributions, some 30 documents of 34 Regions
_CACHE_MAX_LENGTH = 256_000  # characters; a distribution at the API's limits has some 230,000
_MAX_REGIONS = 200  # more than AWS has
_MAX_FINDINGS = 2000  # of one rule in one part; a hostile document has millions
_UNREADABLE = {keyword_rules.TYPE, keyword_rules.REQUIRED, keyword_rules.UNKNOWN}


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
    return sorted([*found, *below], key=lambda finding: _sort_key(finding.pointer))


def _check(document: Any, context: Context, texts: Sequence[str] | None) -> list[Finding]:
    items = _distributions(document)
    texts = [json.dumps(item) for item in items[:_MAX_REGIONS]] if texts is None else texts
    without = document | {"distributions": []} if items else document
    typed, found = _apply_rules(without, shapes.REQUEST, registry.PART_RULES, context)
    found = [f for f in found if not (f.missing and f.pointer == "/clientToken")]
    found += _too_many_regions(items)
    parts, inside = [], context.of_distributions
    for index, text in enumerate(texts[:_MAX_REGIONS]):
        part, inner = _check_distribution(text, index, inside)
        parts.append(part)
        found += inner
    if items:
        typed = typed | {"distributions": parts}
    for rule in registry.DOCUMENT_RULES:
        found += rule.findings(typed, context)
    return _with_usable_fixes(found, document, context)


def _distributions(document: Any) -> list[Any]:
    items = document.get("distributions") if isinstance(document, dict) else None
    return items if isinstance(items, list) else []


def _too_many_regions(items: list[Any]) -> Iterator[Finding]:
    if len(items) > _MAX_REGIONS:
        yield Finding(
            rule=keyword_rules.TOO_MANY,
            severity=Severity.ERROR,
            pointer="/distributions",
            message=f"{len(items):,} Regions exceed the number that AWS has."
            f" Only the first {_MAX_REGIONS} were checked.",
        )


@cached_by_text(maxsize=_CACHE_SIZE, max_length=_CACHE_MAX_LENGTH, max_total=2_000_000)
def _check_distribution(
    text: str, index: int, context: Context
) -> tuple[Json, tuple[Finding, ...]]:
    """Return the well-typed distribution and its findings, with pointers into the document."""
    typed, found = _apply_rules(
        json.loads(text), "Distribution", registry.DISTRIBUTION_RULES, context
    )
    moved = (finding.moved("", f"/distributions/{index}") for finding in found)
    return freeze(typed), tuple(moved)


def _apply_rules(
    value: Any, shape: str, rules: tuple[Rule, ...], context: Context
) -> tuple[Json, list[Finding]]:
    """Return the well-typed value and the findings of the schema and the rules.

    Findings of rules on a value of a wrong type, or on a structure with an unreadable member, are
    dropped: they may only miss that, and each mistake is reported once.
    """
    found = list(validation.violations(value, shape, context.rules))
    if context.rules != "reference":
        found = [_as_warning(f) if f.source == shapes.API_REFERENCE else f for f in found]
    if not isinstance(value, dict):
        return {}, found
    typed = shapes.well_typed(value, shapes.shape(shape))
    unreadable = {f.pointer.rpartition("/")[0] for f in found if f.rule in _UNREADABLE}
    unreadable |= {f.pointer for f in found if f.rule == keyword_rules.TYPE}
    for rule in rules:
        findings = islice(rule.findings(typed, context), _MAX_FINDINGS)
        found += [finding for finding in findings if finding.pointer not in unreadable]
    return typed, found


def _with_usable_fixes(found: list[Finding], document: Any, context: Context) -> list[Finding]:
    """Return the findings without the fixes that leave an error at the same place."""
    fixed = [_with_fixes(finding, document, context) for finding in found]
    errors: dict[str, list[Finding]] = {}
    for finding in fixed:
        if finding.severity is Severity.ERROR:
            errors.setdefault(finding.pointer, []).append(finding)
    return [_without_half_fixes(f, errors.get(f.pointer, [])) if f.fix else f for f in fixed]


def _with_fixes(finding: Finding, document: Any, context: Context) -> Finding:
    fixes = finding.fixes
    if finding.rule == keyword_rules.UNKNOWN:
        fixes = (repairs.unknown_member_fix(document, finding.pointer),)
    elif not fixes and finding.severity is Severity.ERROR and not finding.missing:
        fixes = (suggested_fix(finding, document, context),)
    if not any(fixes):
        return finding
    return finding.with_fixes(repairs.without_leftovers(document, fix) for fix in fixes)


def _without_half_fixes(finding: Finding, errors: list[Finding]) -> Finding:
    """Return the finding without fixes that leave another error at the same place."""
    fixes = [
        fix
        for fix in finding.fixes
        if fix[-1]["op"] == "remove" or all(fix in error.fixes for error in errors)
    ]
    return finding.with_fixes(fixes)


def _as_warning(finding: Finding) -> Finding:
    """Return the finding of a constraint that the newer SDK model does not have."""
    return replace(finding, severity=Severity.WARNING)


@cached_by_text(maxsize=_CACHE_SIZE * 16, max_length=500)
def _sort_key(pointer: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts pointers as the document prints them."""
    key: list[tuple[int, str]] = []
    shape: shapes.Shape | None = shapes.shape()
    for token in tokens(pointer):
        key.append((_position(shape, token), token))
        shape = _inner_shape(shape, token)
    return tuple(key)


def _position(shape: shapes.Shape | None, token: str) -> int:
    if shape and shape.kind == "array":
        return int(token)
    return _member_positions(shape.name).get(token, len(shape.members)) if shape else 0


@cache
def _member_positions(shape: str) -> dict[str, int]:
    return {name: index for index, name in enumerate(shapes.shape(shape).members)}


def _inner_shape(shape: shapes.Shape | None, token: str) -> shapes.Shape | None:
    if shape is None:
        return None
    member = shape.members.get(token)
    return member.shape if member else shape.item
