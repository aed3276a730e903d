"""The context in which drafts are edited."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from distui.builder.models import Draft
from distui.builder.rule_context import editing_context
from distui.targets.models import Target

pytestmark = pytest.mark.django_db

KEY = "1234abcd-12ab-34cd-56ef-1234567890ab"
PLACE = "/distributions/0/amiDistributionConfiguration/kmsKeyId"
ARN = f"arn:aws:kms:eu-west-1:210987654321:key/{KEY}"


def make_target(user, name, account):
    """Create a target that the user may submit to."""
    target = Target.objects.create(name=name, region="us-east-1", account=account)
    group = Group.objects.create(name=name)
    target.groups.add(group)
    user.groups.add(group)


def test_it_knows_the_only_target(alice):
    assert editing_context(alice).own_account == ""
    make_target(alice, "one", "210987654321")
    context = editing_context(alice)
    assert (context.own_account, context.home_region) == ("210987654321", "us-east-1")
    make_target(alice, "two", "310987654321")
    assert editing_context(alice).own_account == ""


def test_the_editor_names_the_only_target(alice, alice_client):
    draft = Draft.objects.create(owner=alice, text='{"name": "web", "distributions": []}')
    editor = reverse("builder:edit-draft", args=[draft.pk])
    assert "Target: " not in alice_client.get(editor).content.decode()
    make_target(alice, "one", "210987654321")
    assert "Target: one · <span" in alice_client.get(editor).content.decode()


def test_it_knows_the_drafts_target(alice):
    make_target(alice, "one", "210987654321")
    make_target(alice, "two", "310987654321")
    two, other = Target.objects.get(name="two"), Target.objects.create(name="x", region="eu-west-1")
    assert editing_context(alice, two.pk).own_account == "310987654321"
    assert editing_context(alice, other.pk).own_account == ""


def test_the_editor_saves_the_target_and_checks_for_it(alice, alice_client):
    make_target(alice, "one", "210987654321")
    make_target(alice, "two", "310987654321")
    one, other = Target.objects.get(name="one"), Target.objects.create(name="x", region="eu-west-1")
    draft = Draft.objects.create(owner=alice, text='{"name": "web", "distributions": []}')
    editor = reverse("builder:edit-draft", args=[draft.pk])

    def choose(choice):
        alice_client.post(editor, {"op": "save", "target": choice})
        draft.refresh_from_db()
        return draft.target

    assert choose(str(one.pk)) == one
    assert f'value="{one.pk}" selected' in alice_client.get(editor).content.decode()
    for odd in (str(other.pk), "x", "9" * 30, "-1"):
        assert choose(odd) == one
    assert choose("") is None


def test_the_editor_offers_the_arn_of_a_key(alice, alice_client):
    make_target(alice, "one", "210987654321")
    ami = f'{{"name": "a-{{{{ imagebuilder:buildDate }}}}", "kmsKeyId": "{KEY}"}}'
    part = f'{{"region": "eu-west-1", "amiDistributionConfiguration": {ami}}}'
    draft = Draft.objects.create(owner=alice, text=f'{{"name": "web", "distributions": [{part}]}}')
    editor = reverse("builder:edit-draft", args=[draft.pk])
    page = alice_client.get(f"{editor}?open=0").content.decode()
    assert f'value="fix:L020:{PLACE}"' in page
    assert "Use arn:aws:kms:eu-west-1" in page
