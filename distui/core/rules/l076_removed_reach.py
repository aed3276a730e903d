"""L076: a new version of a configuration keeps its Regions and accounts."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.document.configurations import configuration_of
from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule

_MAX_NAMES = 3


@rule(
    "L076",
    Severity.WARNING,
    "Regions or accounts removed",
    scope="document",
    why="An update replaces the whole configuration. Regions and accounts it lacks get no AMI.",
    evidence="Service model, UpdateDistributionConfiguration; the history of submissions.",
)
def removed_reach(document: Json, context: Context) -> Iterator[Problem]:
    """Report what the configuration of the same name has besides, ``context.configurations``."""
    if not context.configurations:
        return
    current = configuration_of(document, context.own_account)
    for known in context.configurations:
        if known.name == current.name and (lost := known.reach - current.reach):
            regions = sorted(region for region, account in lost if not account)
            accounts = sorted({account for _, account in lost if account})
            yield Problem(
                "/distributions",
                "The existing configuration with this name also distributes to"
                f" {_first_names([*regions, *accounts])}. Updating it with this document removes"
                " them.",
            )


def _first_names(names: list[str]) -> str:
    rest = len(names) - _MAX_NAMES
    return ", ".join([*names[:_MAX_NAMES], *([f"{rest} more"] if rest > 0 else [])])
