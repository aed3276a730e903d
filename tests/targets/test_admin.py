"""Targets in the Django admin."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from distui.targets.models import Target
from tests.conftest import signed_in
from tests.targets.conftest import ACCOUNT

ADD = "admin:targets_target_add"
FIELDS = {"name": "production", "region": "eu-west-1", "kind": "chain", "account": "123456789012"}


@pytest.fixture
def root(db):
    """A superuser's client."""
    return signed_in(User.objects.create_superuser("root"))


def test_a_superuser_adds_one(root):
    answer = root.post(reverse(ADD), FIELDS)
    assert answer.status_code == 302
    made = Target.objects.get()
    assert (made.account, made.partition) == ("123456789012", "aws")
    assert b"production" in root.get(reverse("admin:targets_target_changelist")).content


def test_the_account_is_learned_where_nobody_gave_it(root, sandbox):
    root.post(reverse(ADD), FIELDS | {"kind": "sandbox", "account": ""})
    assert Target.objects.get().account == ACCOUNT


def test_an_account_that_can_t_be_learned_is_told(root, no_sandbox):
    answer = root.post(reverse(ADD), FIELDS | {"kind": "sandbox", "account": ""}, follow=True)
    assert "The account could not be learned" in answer.content.decode()
    assert Target.objects.get().account == ""


def test_what_a_target_needs_is_said_where_it_is_missing(root):
    answer = root.post(reverse(ADD), FIELDS | {"kind": "role", "region": "eu-wst-1"})
    assert answer.status_code == 200
    assert "Did you mean eu-west-1?" in answer.content.decode()
    answer = root.post(reverse(ADD), FIELDS | {"kind": "role"})
    assert "a role its ARN and external id" in answer.content.decode()
    assert not Target.objects.exists()


def test_an_endpoint_that_is_posted_changes_nothing(root):
    root.post(reverse(ADD), FIELDS | {"sandbox_url": "http://evil.example", "partition": "x"})
    made = Target.objects.get()
    assert (made.access().sandbox_url, made.partition) == ("", "aws")


def test_others_may_not_see_it(alice_client, bob_client):
    assert alice_client.get(reverse(ADD)).status_code == 302
    assert bob_client.get(reverse(ADD)).status_code == 403
