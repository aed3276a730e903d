"""Applying a section to other Regions."""

from __future__ import annotations

import json

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
    assert answer["Location"] == f"/drafts/{draft.pk}/?open=0#distributions-0"
    items = draft.state["distributions"]
    expected = STATE["distributions"][1]["amiDistributionConfiguration"]
    assert [item["amiDistributionConfiguration"] for item in items] == [expected] * 3
    assert "launchTemplateConfigurations" not in items[0]
    message, warning = shown_messages(answer)
    assert message == "Applied AMI of eu-west-1 to 2 Regions."
    assert "KMS key" in warning
    assert "Launch template" not in warning


def test_a_section_shows_its_effect_on_each_region(alice_client, url):
    answer = alice_client.get(url, {"from": AMI})
    html = answer.content.decode()
    assert boxes(answer).all == ["0:us-east-1", "2:ap-east-1"]
    assert html.index("Will be overwritten") < html.index("Will be added")
    assert 'value="select:0:us-east-1,2:ap-east-1"' in html


def test_all_other_regions_can_be_selected(send):
    answer = send(op="select:0:us-east-1,2:ap-east-1", place=AMI)
    assert boxes(answer).checked == ["0:us-east-1", "2:ap-east-1"]


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


def test_only_sections_can_be_applied(alice_client, draft):
    html = alice_client.get(f"/drafts/{draft.pk}/", {"open": 1}).content.decode()
    assert html.count('data-action="copy"') == 3
    assert f'value="apply:{AMI}"' in html
    assert f'value="apply:{SOURCE}/launchTemplateConfigurations"' in html
    assert html.count('data-action="apply"') == 2
