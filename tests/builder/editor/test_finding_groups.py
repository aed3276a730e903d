"""Findings in groups."""

from __future__ import annotations

import pytest

from distui.builder.finding_groups import LocatedFinding, group_findings
from distui.builder.templatetags.field_help import fix_all_buttons
from distui.core import Finding, Severity


def findings(messages: int, each: int) -> list[Finding]:
    """Return ``each`` findings of every message, one message after the other in turns."""
    return [
        Finding("L001", Severity.WARNING, f"/distributions/{place}", f"Message {number}")
        for place in range(each)
        for number in range(messages)
    ]


def test_only_what_is_shown_is_located():
    located = []

    def locate(finding: Finding) -> LocatedFinding:
        located.append(finding)
        return LocatedFinding(finding, finding.pointer, "", "")

    (group,) = group_findings(findings(60, 5), locate, most=3)
    assert len(located) == 50 * 3
    assert (len(group.shown), group.hidden, group.count) == (50, 10, 300)
    assert {(len(found.places), found.more) for found in group.shown} == {(3, 2)}
    (group,) = group_findings(findings(60, 5), locate, limit=60)
    assert [len(found.places) for found in group.shown] == [5] * 60


def test_the_same_message_is_listed_once_for_each_field():
    ami, export = "amiDistributionConfiguration/kmsKeyId", "s3ExportConfiguration/roleName"
    places = [f"/distributions/{index}/{member}" for index in (0, 1) for member in (ami, export)]
    required = [Finding("L101", Severity.ERROR, place, "Required.") for place in places]
    (group,) = group_findings(required, lambda found: LocatedFinding(found, found.pointer, "", ""))
    shown = [(found.field_label, found.message, found.count) for found in group.shown]
    assert shown == [("KMS key", "Required.", 2), ("Role name", "Required.", 2)]


@pytest.mark.parametrize(("last", "offered"), [("a", True), ("b", False), (None, False)])
def test_all_places_have_the_fix_that_is_offered(last, offered):
    def fix(place, value):
        return ({"op": "replace", "path": place, "value": value},) if value else ()

    values = [*["a"] * 120, last]
    found = [
        Finding(
            "L001", Severity.ERROR, place := f"/distributions/{n}/region", "", fix=fix(place, v)
        )
        for n, v in enumerate(values)
    ]
    (group,) = group_findings(found, lambda one: LocatedFinding(one, "", "", ""), most=100)
    (message,) = group.shown
    assert ("Use a in all 121 places" in fix_all_buttons(message)) is offered
