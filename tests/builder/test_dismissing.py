"""Dismissing findings: with a reason, for one draft, until they are restored."""

from __future__ import annotations

import json

import pytest
from django.utils.html import escape

from distui.builder.models import Draft
from distui.builder.rule_context import target_context
from tests.factories import make_submission, make_target

TEMPLATE = {"launchTemplateId": "lt-0ab1234c56d789012"}
AMI = {"name": "golden-{{ imagebuilder:buildDate }}", "description": "d"}
L037 = "L037:/distributions/0/launchTemplateConfigurations/0/setDefaultVersion"


def region(code: str, **members) -> dict:
    return {"region": code, "amiDistributionConfiguration": AMI} | members


@pytest.fixture
def draft(alice):
    regions = [
        region("eu-west-1", launchTemplateConfigurations=[TEMPLATE]),
        region("eu-west-2", launchTemplateConfigurations=[TEMPLATE | {"accountId": "x"}]),
    ]
    document = {"name": "golden", "description": "d", "distributions": regions}
    return Draft.objects.create(owner=alice, text=json.dumps(document))


def pointers(draft: Draft, rule: str = "L037") -> list[str]:
    draft.refresh_from_db()
    return [found.pointer for found in draft.analyze().findings.all if found.rule == rule]


def page(draft: Draft, finding: str = L037) -> str:
    return f"/drafts/{draft.pk}/dismissed/?finding={finding}"


def test_a_finding_is_dismissed_with_a_reason(alice_client, draft):
    assert len(pointers(draft)) == 2
    answer = alice_client.post(page(draft), {"op": "dismiss", "reason": "wanted"})
    assert answer["Location"] == f"/drafts/{draft.pk}/"
    assert pointers(draft) == ["/distributions/1/launchTemplateConfigurations/0/setDefaultVersion"]
    shown = alice_client.get(f"/drafts/{draft.pk}/dismissed/").content.decode()
    assert "eu-west-1/launchTemplateConfigurations/0/setDefaultVersion" in shown
    assert "wanted · alice" in shown


def test_it_stays_dismissed_where_its_region_moves(alice_client, draft):
    alice_client.post(page(draft), {"op": "dismiss", "reason": "wanted"})
    draft.refresh_from_db()
    moved = dict(draft.state) | {"distributions": [*reversed(draft.state["distributions"])]}
    draft.save_state(moved, revision=draft.revision)
    assert pointers(draft) == ["/distributions/0/launchTemplateConfigurations/0/setDefaultVersion"]


def test_all_places_are_dismissed_and_restored_one_by_one(alice_client, draft):
    alice_client.post(page(draft), {"op": "dismiss", "reason": "wanted", "all": "on"})
    assert pointers(draft) == []
    url = f"/drafts/{draft.pk}/dismissed/"
    key = draft.dismissed[1]["message"]
    alice_client.post(url, {"op": "restore:2", "key": "another message"})
    assert pointers(draft) == []
    alice_client.post(url, {"op": "restore:2", "key": key})
    assert pointers(draft) == ["/distributions/1/launchTemplateConfigurations/0/setDefaultVersion"]


def test_the_counter_can_reach_zero(alice_client, draft):
    for _ in range(9):
        if not (notices := draft.analyze().findings.notices):
            break
        found = notices[0]
        place = f"{found.rule}:{found.pointer}"
        alice_client.post(page(draft, place), {"op": "dismiss", "reason": "x", "all": "on"})
        draft.refresh_from_db()
    assert not draft.analyze().findings.notices


def test_findings_of_the_target_are_dismissed(alice, alice_client, draft):
    target = make_target()
    make_submission(alice, name=draft.name, target=target)
    ami = AMI | {"kmsKeyId": "alias/golden"}
    draft.text = json.dumps(
        draft.document
        | {"distributions": [region("eu-west-1") | {"amiDistributionConfiguration": ami}]}
    )
    draft.save()
    notices = draft.analyze(target_context(target)).findings.notices
    assert {"L023", "L064"} <= {found.rule for found in notices}
    for found in notices:
        place = page(draft, f"{found.rule}:{found.pointer}")
        assert escape(found.message) in alice_client.get(place).content.decode()
        alice_client.post(place, {"op": "dismiss", "reason": "known"})
    draft.refresh_from_db()
    assert not draft.analyze(target_context(target)).findings.notices


def test_a_link_to_a_finding_that_is_gone_says_so(alice_client, draft):
    shown = alice_client.get(page(draft, "L023:/distributions/0")).content.decode()
    assert "This finding no longer exists." in shown


@pytest.mark.parametrize(
    ("finding", "reason", "message"),
    [
        (L037, "", "Enter a reason."),
        (L037, "x" * 600, "at most 500 characters"),
        ("L102:/name", "x", "This finding no longer exists."),
        ("nonsense", "x", "This finding no longer exists."),
        ("", "x", "This finding no longer exists."),
    ],
)
def test_a_refused_dismissal_has_a_message(alice_client, draft, finding, reason, message):
    answer = alice_client.post(page(draft, finding), {"op": "dismiss", "reason": reason})
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert len(pointers(draft)) == 2


def test_errors_are_not_dismissed(alice_client, draft):
    draft.text = '{"distributions": []}'
    draft.save()
    answer = alice_client.post(page(draft, "L102:/name"), {"op": "dismiss", "reason": "x"})
    assert answer.status_code == 422
    assert "L102" in {found.rule for found in draft.analyze().findings.errors}


def test_drafts_of_others_are_not_found(bob_client, draft):
    assert bob_client.get(page(draft)).status_code == 404
    assert bob_client.post(page(draft), {"op": "dismiss", "reason": "x"}).status_code == 404


def test_the_editor_and_the_review_lead_to_the_page(alice_client, draft):
    shown = alice_client.get(f"/drafts/{draft.pk}/?open=0").content.decode()
    assert f'value="dismiss:{L037}"' in shown
    review = alice_client.get(f"/drafts/{draft.pk}/review/").content.decode()
    assert f"/drafts/{draft.pk}/dismissed/?finding=L037" in review


def test_equal_suggestions_are_shown_once(alice):
    parameters = [{"parameterName": f"/imagebuilder/{name}"} for name in "abc"]
    document = {
        "name": "golden",
        "distributions": [
            region(code, ssmParameterConfigurations=parameters)
            for code in ("eu-west-1", "us-east-1")
        ],
    }
    draft = Draft.objects.create(owner=alice, text=json.dumps(document))
    assert len(pointers(draft, "L033")) == 1
