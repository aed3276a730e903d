"""Counts with their nouns."""

from __future__ import annotations

import pytest

from distui.core import Finding, Severity
from distui.core.text.pluralize import pluralize, severity_counts


def findings(*severities):
    return [Finding("L000", severity, "", "") for severity in severities]


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 copies"), (1, "1 copy"), (1536, "1,536 copies")]
)
def test_it_adds_the_noun(number, text):
    assert pluralize(number, "copy", "copies") == text


def test_the_most_severe_comes_first():
    found = findings(Severity.INFO, Severity.WARNING, Severity.ERROR, Severity.WARNING)
    assert severity_counts(found) == "1 error · 2 warnings · 1 suggestion"
    assert severity_counts([]) == ""


def test_a_prefix_comes_before_the_noun():
    found = findings(Severity.ERROR, Severity.ERROR, Severity.WARNING)
    assert severity_counts(found, prefix="more ") == "2 more errors · 1 more warning"
