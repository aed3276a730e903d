"""L076: a new version of a configuration keeps its Regions and accounts."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.document.configurations import Keys, configuration_of
from distui.core.findings import Severity
from distui.core.reference.accounts import is_account_id
from distui.core.rules.rule import Context, Json, Problem, rule
from distui.core.text.pluralize import first_names

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
        if known.name == current.name and (
            lost := [*filter(None, _lost(known.reach, current.reach))]
        ):
            yield Problem(
                "/distributions",
                "The existing configuration with this name also distributes to"
                f" {', and to '.join(lost)}. Updating it with this document removes them.",
            )


def _lost(known: Keys, current: Keys) -> Iterator[str]:
    """Yield the removed Regions, then accounts of no Region, then those of some Regions, in words.

    An account that another Region keeps is not listed for a Region that is removed as a whole.
    """
    regions = {region for region, receiver in current if not receiver}
    receivers = {receiver for _, receiver in current if receiver}
    lost = sorted(known - current)
    gone = sorted({receiver for _, receiver in lost if receiver} - receivers)
    partly: dict[str, list[str]] = {}
    for region, receiver in lost:
        if receiver in receivers and region in regions:
            partly.setdefault(receiver, []).append(region)
    places = [f"{name} in {_first(at, 'Region')}" for name, at in partly.items()]
    yield _first([region for region, receiver in lost if not receiver], "Region")
    yield _first(gone, "account" if all(map(is_account_id, gone)) else "receiver")
    yield _first(places, "account" if all(map(is_account_id, partly)) else "receiver")


def _first(names: list[str], noun: str) -> str:
    return first_names(names, most=_MAX_NAMES, noun=noun)
