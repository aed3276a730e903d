"""The parameters and templates that a configuration writes, and where its AMIs go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from distui.core.pointers import items_at, value_at
from distui.core.reference.config_names import normalize_name

Json = dict[str, Any]
Keys = frozenset[tuple[str, ...]]

_PERMISSION = "/amiDistributionConfiguration/launchPermission"
_RECEIVERS = (
    "/amiDistributionConfiguration/targetAccountIds",
    f"{_PERMISSION}/userIds",
    f"{_PERMISSION}/organizationArns",
    f"{_PERMISSION}/organizationalUnitArns",
)


@dataclass(frozen=True, slots=True)
class Configuration:
    """A configuration's normalized name, and what it writes and reaches.

    ``parameters`` are Region, account and name, ``templates`` Region and ID. ``reach`` has each
    Region, with ``""``, and each account, organization or OU that gets its AMI or may launch it;
    ``everyone`` may launch a public AMI.
    """

    name: str
    parameters: Keys
    templates: Keys
    reach: Keys


def configuration_of(document: Json, own_account: str, name: str = "") -> Configuration:
    """Return what a well-typed document writes and reaches; ``name`` replaces its own."""
    parts = document.get("distributions", ())
    return Configuration(
        name=name or normalize_name(document.get("name", "")),
        parameters=frozenset(key for part in parts for _, key in parameters(part, own_account)),
        templates=frozenset(key for part in parts for _, key in templates(part)),
        reach=frozenset(key for part in parts for key in _reach(part)),
    )


def parameters(part: Json, own_account: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the pointer and the key of each SSM parameter that a distribution writes."""
    for row, parameter in items_at(part, "/ssmParameterConfigurations"):
        if name := parameter.get("parameterName", "").lstrip("/"):
            account = parameter.get("amiAccountId", own_account)
            yield f"{row}/parameterName", (part.get("region", ""), account, name)


def templates(part: Json) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the pointer and the key of each launch template that gets a new version."""
    for row, template in items_at(part, "/launchTemplateConfigurations"):
        if template_id := template.get("launchTemplateId", ""):
            yield f"{row}/launchTemplateId", (part.get("region", ""), template_id)


def _reach(part: Json) -> Iterator[tuple[str, ...]]:
    region = part.get("region", "")
    yield region, ""
    for pointer in _RECEIVERS:
        yield from ((region, receiver) for receiver in value_at(part, pointer, ()))
    if "all" in value_at(part, f"{_PERMISSION}/userGroups", ()):
        yield region, "everyone"
