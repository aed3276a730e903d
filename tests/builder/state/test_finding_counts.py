"""Numbers of findings as people read them."""

from __future__ import annotations

from distui.builder.state.finding_counts import finding_counts
from distui.core import Finding, Severity


def findings(*severities):
    return [Finding("L000", severity, "", "") for severity in severities]


def test_each_severity_is_counted_most_severe_first():
    found = findings(Severity.INFO, Severity.WARNING, Severity.ERROR, Severity.WARNING)
    assert finding_counts(found) == ["1 error", "2 warnings", "1 suggestion"]
    assert finding_counts([]) == []


def test_a_prefix_comes_before_the_noun():
    found = findings(Severity.ERROR, Severity.ERROR)
    assert finding_counts(found, prefix="more ") == ["2 more errors"]
