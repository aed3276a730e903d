"""Findings under the settings of a team."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, cast

from distui.core.caching import cached_by_text
from distui.core.findings import Finding, Severity
from distui.core.rule_settings.settings import OFF, RuleSettings
from distui.core.rules.check import check
from distui.core.rules.rule import Context
from distui.core.schema.shapes import Rules

_FIRST = "/distributions/0"


def with_settings(context: Context, settings: RuleSettings) -> Context:
    """Return the context with what the settings add to it."""
    rules = settings.rules if settings.rules and context.rules == "current" else context.rules
    return replace(
        context,
        rules=cast("Rules", rules),
        own_account=context.own_account or settings.account,
        home_region=context.home_region or settings.region,
        extra_regions=context.extra_regions | settings.extra_regions,
    )


def check_under(
    document: Any,
    context: Context,
    settings: RuleSettings,
    *,
    texts: Sequence[str] | None = None,
) -> list[Finding]:
    """Return the findings of all rules, also the team's own, with the settings' severities.

    This is the one check of pages and commands; waivers are for the caller. ``texts`` are the
    distributions as JSON, if the caller has them.
    """
    found = check(document, context, texts=texts)
    if settings.house_rules:
        found += _house_findings(document, settings, texts)
    return with_severities(found, settings)


def _house_findings(
    document: Any, settings: RuleSettings, texts: Sequence[str] | None
) -> Iterable[Finding]:
    """Yield the findings of all house rules; those of a Region are cached by its text."""
    if texts is None:
        yield from (found for rule in settings.house_rules for found in rule.findings(document))
        return
    rest = document | {"distributions": []}
    yield from (found for rule in settings.house_rules for found in rule.findings(rest))
    for index, text in enumerate(texts):
        for found in _house_findings_of_region(text, settings):
            yield found.moved(_FIRST, f"/distributions/{index}")


@cached_by_text(maxsize=1024, max_length=256_000, max_total=2_000_000)
def _house_findings_of_region(text: str, settings: RuleSettings) -> tuple[Finding, ...]:
    document = {"distributions": [json.loads(text)]}
    found = (found for rule in settings.house_rules for found in rule.findings(document))
    return tuple(one for one in found if one.pointer.startswith(_FIRST))


def with_severities(findings: Iterable[Finding], settings: RuleSettings) -> list[Finding]:
    """Return the findings with the severities of the settings, without rules that are off."""
    if not settings.severities:
        return [*findings]
    return [
        _with_severity(found, settings)
        for found in findings
        if settings.severities.get(found.rule) != OFF
    ]


def _with_severity(found: Finding, settings: RuleSettings) -> Finding:
    severity = settings.severities.get(found.rule)
    return replace(found, severity=Severity(severity)) if severity else found
