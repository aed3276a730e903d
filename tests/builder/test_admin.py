"""Administrators hand over the drafts of users who left."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User

from distui.builder.models import Draft
from tests.factories import make_draft

LIST = "/admin/builder/draft/"
INVALID_OWNERS = ("0", "x", "9" * 30, "inactive")


@pytest.fixture
def left(alice):
    """Alice's draft, after she has left."""
    draft = make_draft(alice, {"name": "golden"})
    User.objects.filter(pk=alice.pk).update(is_active=False)
    return draft


def hand_over(client, draft, owner):
    """Run the action on the draft."""
    fields = {"action": "hand_over", "_selected_action": draft.pk, "new_owner": owner}
    return client.post(LIST, fields, follow=True).content.decode()


def test_an_administrator_hands_over_a_draft(left, charlie, charlie_client, admin_client):
    assert "Transferred 1 draft to charlie." in hand_over(admin_client, left, charlie.pk)
    assert charlie_client.get(f"/drafts/{left.pk}/").status_code == 200
    assert "Transferred from alice to charlie." in str(LogEntry.objects.get())
    assert "golden" not in admin_client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("owner", "message"),
    [("", "Select a new owner."), *((bad, "No action selected.") for bad in INVALID_OWNERS)],
)
def test_an_invalid_owner_changes_nothing(owner, message, left, alice, admin_client):
    assert message in hand_over(admin_client, left, alice.pk if owner == "inactive" else owner)
    assert Draft.objects.get().owner == alice
    assert not LogEntry.objects.exists()


def test_drafts_of_active_users_stay_private(alice, charlie, admin_client):
    draft = make_draft(alice, {"name": "golden"})
    assert "golden" not in admin_client.get(LIST).content.decode()
    assert admin_client.get(f"{LIST}{draft.pk}/change/").status_code == 302
    hand_over(admin_client, draft, charlie.pk)
    assert Draft.objects.get().owner == alice


def test_reviewers_have_no_access(left, bob_client):
    assert bob_client.get(LIST).status_code == 403
    assert bob_client.get(f"{LIST}{left.pk}/change/").status_code == 403
