"""Merge two distributions of one Region into one that says what both say."""

from __future__ import annotations

from typing import Any

from distui.core.pointers import value_at
from distui.core.reference.accounts import is_shared
from distui.core.reference.resource_names import is_aws_managed_key
from distui.core.schema import shapes

Json = dict[str, Any]

_KEY = "/amiDistributionConfiguration/kmsKeyId"


def merge_distributions(one: Json, other: Json) -> Json | None:
    """Return a distribution with the members of both, or None if they contradict each other.

    Lists are joined. Two values of one member, and a list that gets too long, are a contradiction;
    so are an AWS managed key and other accounts.
    """
    merged = _merge(one, other | {"region": one.get("region")}, shapes.shape("Distribution"))
    return merged if isinstance(merged, dict) and _is_consistent(merged) else None


def _merge(one: Any, other: Any, shape: shapes.Shape) -> Any:
    """Return both values in one, or None."""
    if one == other:
        return one
    if isinstance(one, dict) and isinstance(other, dict):
        result = dict(one)
        for name, value in other.items():
            member = shape.members.get(name)
            inner = member.shape if member else shape.value
            result[name] = _merge(one[name], value, inner) if inner and name in one else value
        return None if None in result.values() else result
    if isinstance(one, list) and isinstance(other, list):
        joined = [*one, *(item for item in other if item not in one)]
        return joined if len(joined) <= (shape.limit("maxItems") or len(joined)) else None
    return None


def _is_consistent(merged: Json) -> bool:
    if is_aws_managed_key(value_at(merged, _KEY)) and is_shared(merged):
        return False
    rows = merged.get("ssmParameterConfigurations", ())
    names = [(row.get("parameterName", "").lstrip("/"), row.get("amiAccountId")) for row in rows]
    return len(names) == len(set(names))
