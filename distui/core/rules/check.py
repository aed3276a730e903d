"""The one rule engine: every finding of a document, from schema and rules, in order."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from distui.core.caching import cached_by_text
from distui.core.findings import Finding, Severity
from distui.core.pointers import tokens
from distui.core.rules import registry
from distui.core.rules.rule import Context, Json, Rule
from distui.core.schema import keyword_rules, shapes, validation

_REMEMBERED = 1024  # distributions, some 30 documents of 34 Regions
_LARGEST_REMEMBERED = 256_000  # characters; one at the API's limits has some 230,000
_MOST_REGIONS = 200  # AWS has fewer, and each may stand once
_MOST_FINDINGS = 2000  # of one rule in one part: a person reads no more, and a bomb has millions
_UNREAD = {keyword_rules.TYPE, keyword_rules.REQUIRED, keyword_rules.UNKNOWN}


def check(
    document: Any, context: Context | None = None, *, texts: Sequence[str] | None = None
) -> list[Finding]:
    """All findings of any JSON value as a request, in the order of its members.

    Each distribution is checked by itself and remembered by its text: work after an edit does not
    grow with the number of Regions. Whoever has the distributions as JSON gives them as ``texts``.
    A missing ``clientToken`` is no finding: distui supplies it.
    """
    context = context or Context()
    items = _distributions(document)
    texts = [json.dumps(item) for item in items[:_MOST_REGIONS]] if texts is None else texts
    alone = document | {"distributions": []} if items else document
    typed, found = _part(json.dumps(alone), shapes.REQUEST, context)
    found = [f for f in found if not (f.missing and f.pointer == "/clientToken")]
    found += _too_many(items)
    parts = []
    for index, text in enumerate(texts[:_MOST_REGIONS]):
        part, inner = _distribution(text, index, context)
        parts.append(part)
        found += inner
    if items:
        typed = typed | {"distributions": parts}
    for rule in registry.DOCUMENT_RULES:
        found += rule.findings(typed, context)
    return sorted(found, key=lambda finding: _place(finding.pointer))


def _distributions(document: Any) -> list[Any]:
    items = document.get("distributions") if isinstance(document, dict) else None
    return items if isinstance(items, list) else []


def _too_many(items: list[Any]) -> Iterator[Finding]:
    if len(items) > _MOST_REGIONS:
        yield Finding(
            rule=keyword_rules.TOO_MANY,
            severity=Severity.ERROR,
            pointer="/distributions",
            message=f"{len(items)} Regions are more than AWS has."
            f" The first {_MOST_REGIONS} were checked.",
        )


@cached_by_text(maxsize=_REMEMBERED, max_length=_LARGEST_REMEMBERED)
def _distribution(text: str, index: int, context: Context) -> tuple[Json, list[Finding]]:
    """The distribution of that index, well-typed, and its findings."""
    typed, found = _part(text, "Distribution", context)
    return typed, [finding.moved("", f"/distributions/{index}") for finding in found]


@cached_by_text(maxsize=_REMEMBERED, max_length=_LARGEST_REMEMBERED)
def _part(text: str, shape: str, context: Context) -> tuple[Json, list[Finding]]:
    """The request without its distributions, or one of these, well-typed, and its findings."""
    judges = registry.PART_RULES if shape == shapes.REQUEST else registry.DISTRIBUTION_RULES
    return _judged(json.loads(text), shape, judges, context)


def _judged(
    value: Any, shape: str, judges: tuple[Rule, ...], context: Context
) -> tuple[Json, list[Finding]]:
    """A structure, well-typed, and what the schema and the rules find in it.

    A structure with a member that could not be read is not judged as a whole: what a rule would
    miss there may be just that member, and one mistake is told once.
    """
    found = list(validation.violations(value, shape, context.rules))
    unread = {finding.pointer.rpartition("/")[0] for finding in found if finding.rule in _UNREAD}
    typed = shapes.well_typed(value, shapes.shape(shape)) if isinstance(value, dict) else {}
    for rule in judges if isinstance(value, dict) else ():
        told = islice(rule.findings(typed, context), _MOST_FINDINGS)
        found += [finding for finding in told if finding.pointer not in unread]
    return typed, found


@lru_cache(maxsize=_REMEMBERED * 16)
def _place(pointer: str) -> tuple[tuple[int, str], ...]:
    """Sorts pointers as the document prints them: members in the API's order, items by number."""
    place: list[tuple[int, str]] = []
    shape: shapes.Shape | None = shapes.shape()
    for token in tokens(pointer):
        place.append((_number(shape, token), token))
        shape = _inner(shape, token)
    return tuple(place)


def _number(shape: shapes.Shape | None, token: str) -> int:
    if shape and shape.kind == "array":
        return int(token)
    names = list(shape.members) if shape else []
    return names.index(token) if token in names else len(names)


def _inner(shape: shapes.Shape | None, token: str) -> shapes.Shape | None:
    if shape is None:
        return None
    member = shape.members.get(token)
    return member.shape if member else shape.item
