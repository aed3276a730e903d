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
    """Return a superuser's client."""
    return signed_in(User.objects.create_superuser("root"))


def test_a_superuser_adds_a_target(root):
    response = root.post(reverse(ADD), FIELDS)
    assert response.status_code == 302
    added = Target.objects.get()
    assert (added.account, added.partition) == ("123456789012", "aws")
    assert b"production" in root.get(reverse("admin:targets_target_changelist")).content


def test_a_superuser_sets_who_may_use_a_target(root):
    root.post(reverse(ADD), FIELDS)
    assert Target.objects.get().audience == "Superusers only"
    root.post(
        reverse("admin:targets_target_change", args=[Target.objects.get().pk]),
        FIELDS | {"everyone": "on"},
    )
    page = root.get(reverse("admin:targets_target_changelist")).content.decode()
    assert '<td class="field-usable_by">Everyone</td>' in page


def test_an_empty_account_is_resolved(root, sandbox):
    root.post(reverse(ADD), FIELDS | {"kind": "sandbox", "account": ""})
    assert Target.objects.get().account == ACCOUNT


def test_it_warns_if_the_account_is_not_resolved(root, no_sandbox):
    response = root.post(reverse(ADD), FIELDS | {"kind": "sandbox", "account": ""}, follow=True)
    assert "Can&#x27;t determine the account ID" in response.content.decode()
    assert Target.objects.get().account == ""


def test_it_shows_validation_errors(root):
    response = root.post(reverse(ADD), FIELDS | {"kind": "role", "region": "eu-wst-1"})
    assert response.status_code == 200
    assert "Did you mean eu-west-1?" in response.content.decode()
    response = root.post(reverse(ADD), FIELDS | {"kind": "role"})
    assert "Assume role a role ARN" in response.content.decode()
    assert not Target.objects.exists()


def test_it_ignores_a_posted_endpoint(root):
    root.post(reverse(ADD), FIELDS | {"sandbox_url": "http://evil.example", "partition": "x"})
    added = Target.objects.get()
    assert (added.connection().sandbox_url, added.partition) == ("", "aws")


def test_other_users_have_no_access(alice_client, bob_client):
    assert alice_client.get(reverse(ADD)).status_code == 302
    assert bob_client.get(reverse(ADD)).status_code == 403
