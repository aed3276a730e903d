"""Applying a section to other Regions."""

from __future__ import annotations

import json
import re

import pytest

from distui.builder.models import Draft
from tests.builder.copying.copy_page import (
    AMI,
    SOURCE,
    STATE,
    boxes,
    save_in_another_window,
    shown_messages,
)


def test_a_section_is_applied_and_saved(send, draft):
    answer = send("0:us-east-1", "2:ap-east-1", place=AMI)
    assert (
        answer["Location"]
        == f"/drafts/{draft.pk}/?open=1#distributions-1-amiDistributionConfiguration"
    )
    items = draft.state["distributions"]
    expected = STATE["distributions"][1]["amiDistributionConfiguration"]
    assert [item["amiDistributionConfiguration"] for item in items] == [expected] * 3
    assert "launchTemplateConfigurations" not in items[0]
    [message] = shown_messages(answer)
    assert message.startswith("Applied AMI of eu-west-1 to ap-east-1, us-east-1. Not adjusted")
    assert "KMS key" in message
    assert "Launch template" not in message


def test_a_value_is_set_in_one_undo_step(send, draft):
    answer = send("0:us-east-1", "2:ap-east-1", place=f"{AMI}/name")
    place = "id_distributions-1-amiDistributionConfiguration-name"
    assert answer["Location"] == f"/drafts/{draft.pk}/?open=1#{place}"
    items = draft.state["distributions"]
    assert [item["amiDistributionConfiguration"]["name"] for item in items] == ["x"] * 3
    assert shown_messages(answer) == ["Set AMI name of eu-west-1 in ap-east-1, us-east-1."]
    draft.undo(revision=draft.revision)
    assert draft.state == STATE


def test_regions_are_grouped_by_what_they_have(alice_client, draft, url):
    same = {"region": "eu-west-3", "amiDistributionConfiguration": {"name": "x"}}
    Draft.objects.get(pk=draft.pk).save_state(
        STATE | {"distributions": [*STATE["distributions"], same]}, revision=1
    )
    answer = alice_client.get(url, {"from": f"{AMI}/name"})
    html = answer.content.decode()
    assert boxes(answer).all == ["2:ap-east-1", "0:us-east-1"]
    assert 'value="select:2:ap-east-1"' in html
    order = ["Sets <code>x</code>", "Same value:", "eu-west-3", "Empty", "Different value", "own"]
    assert [*map(html.index, order)] == sorted(map(html.index, order))


def test_an_empty_control_clears_others(send, draft):
    place = "/distributions/0/amiDistributionConfiguration/kmsKeyId"
    answer = send("1:eu-west-1", place=place, source="us-east-1")
    assert shown_messages(answer) == ["Cleared KMS key in eu-west-1."]
    assert draft.state["distributions"][1]["amiDistributionConfiguration"] == {"name": "x"}


def test_a_value_needs_its_row(alice_client, url):
    place = f"{SOURCE}/launchTemplateConfigurations/0/launchTemplateId"
    answer = alice_client.get(url, {"from": place})
    assert boxes(answer).all == []
    assert "Doesn't have this entry:" in answer.content.decode()


def test_all_other_regions_can_be_selected(send):
    answer = send(op="select:0:us-east-1,2:ap-east-1", place=AMI)
    assert boxes(answer).checked == ["2:ap-east-1", "0:us-east-1"]


@pytest.mark.parametrize(
    "value", ["1:eu-west-1", "9:us-west-2", "us-west-2", "0", "", ":", "x:y", "<b>"]
)
def test_an_unknown_region_of_the_draft_is_a_problem(send, draft, value):
    answer = send(value, "0:us-east-1", place=AMI)
    assert answer.status_code == 422
    assert boxes(answer).checked == ["0:us-east-1"]
    assert draft.revision == 1


def test_a_moved_region_stays_selected(send, draft):
    save_in_another_window(draft, "ap-east-1", "us-east-1", "eu-west-1")
    answer = send("0:us-east-1", place=AMI, revision=1)
    assert answer.status_code == 409
    assert boxes(answer).checked == ["1:us-east-1"]
    assert "from=%2Fdistributions%2F2%2FamiDistributionConfiguration" in answer.content.decode()


def test_a_draft_with_one_region_offers_none(alice_client, draft, url):
    one = {"distributions": [STATE["distributions"][1]]}
    Draft.objects.filter(pk=draft.pk).update(text=json.dumps(one))
    html = alice_client.get(url, {"from": "/distributions/0/amiDistributionConfiguration"})
    assert "This draft has no other Regions yet." in html.content.decode()


def test_sections_and_controls_can_be_applied(alice_client, draft):
    html = alice_client.get(f"/drafts/{draft.pk}/", {"open": 1}).content.decode()
    assert html.count('data-action="copy"') == 4
    found = re.findall(r'value="apply:/distributions/1/([^"]*)"', html)
    assert {"amiDistributionConfiguration", "launchTemplateConfigurations"} <= {*found}
    assert {"amiDistributionConfiguration/amiTags", "licenseConfigurationArns"} <= {*found}
    assert "launchTemplateConfigurations/0/launchTemplateId" in found
    assert "region" not in found
    for place in found:
        answer = alice_client.get(f"/drafts/{draft.pk}/copy/", {"from": f"{SOURCE}/{place}"})
        assert answer.status_code == 200, place
