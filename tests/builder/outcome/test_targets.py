"""The outcome page knows the target's account and Region."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

from distui.targets.models import Target
from tests.builder.outcome.test_views import AMI, address, draft_of, shown


def target_of(user, name, region, account):
    """Return a target that the user may submit to."""
    target = Target.objects.create(name=name, region=region, account=account)
    group = Group.objects.create(name=name)
    target.groups.add(group)
    user.groups.add(group)
    return target


@pytest.fixture
def target(alice):
    """Return alice's target in eu-west-1."""
    return target_of(alice, "golden", "eu-west-1", "210987654321")


def test_it_knows_the_only_target(alice_client, alice, target):
    parts = [{"region": "us-east-1", AMI: {"targetAccountIds": ["210987654321", "310987654321"]}}]
    page, rows = shown(alice_client, {"name": "web", "distributions": parts}, alice)
    assert "3 AMIs (1 is a copy in 1 other account) in 2 Regions" in page
    assert ["Europe (Ireland) eu-west-1 Build Region"] in rows


def test_it_shows_the_chosen_target(alice_client, alice, target):
    other = target_of(alice, "other", "us-east-1", "310987654321")
    draft = draft_of(alice, {"name": "web", "distributions": [{"region": "us-east-1", AMI: {}}]})
    assert "Build Region" not in alice_client.get(address(draft)).content.decode()
    chosen = alice_client.get(address(draft), {"target": target.pk}).content.decode()
    assert "2 AMIs in 2 Regions" in chosen
    assert (
        "1 AMI in 1 Region"
        in alice_client.get(address(draft), {"target": other.pk}).content.decode()
    )
    for value in ("0", "x", "9" * 30):
        assert alice_client.get(address(draft), {"target": value}).status_code == 200


def test_it_shows_the_target_of_the_draft(alice_client, alice, target):
    target_of(alice, "other", "us-east-1", "310987654321")
    draft = draft_of(alice, {"name": "web", "distributions": [{"region": "us-east-1", AMI: {}}]})
    draft.choose_target(str(target.pk), alice)
    page = alice_client.get(address(draft)).content.decode()
    assert f'<a href="?target={target.pk}" aria-current="true">' in page
