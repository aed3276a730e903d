"""Findings under the settings of a team."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from distui.core.findings import Finding, Severity
from distui.core.rule_settings.settings import OFF, RuleSettings


def house_findings(document: Any, settings: RuleSettings) -> list[Finding]:
    """Return the findings of all house rules on a document."""
    return [found for rule in settings.house_rules for found in rule.findings(document)]


def with_severities(findings: Iterable[Finding], settings: RuleSettings) -> list[Finding]:
    """Return the findings with the severities of the settings, without rules that are off."""
    return [
        _with_severity(found, settings)
        for found in findings
        if settings.severities.get(found.rule) != OFF
    ]


def _with_severity(found: Finding, settings: RuleSettings) -> Finding:
    severity = settings.severities.get(found.rule)
    return replace(found, severity=Severity(severity)) if severity else found
