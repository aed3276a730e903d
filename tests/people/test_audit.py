"""Changes of targets, groups and people are recorded, with who made them."""

from __future__ import annotations

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import Group, User
from django.core.management import call_command

from distui.targets.models import Target
from tests.conftest import PASSWORD, signed_in
from tests.factories import make_target

CREATE, UPDATE, DELETE = LogEntry.Action.CREATE, LogEntry.Action.UPDATE, LogEntry.Action.DELETE


@pytest.fixture
def root(db):
    """Return a superuser's client."""
    return signed_in(User.objects.create_superuser("root"))


def entries(obj):
    """Return the object's entries, the oldest first."""
    return list(LogEntry.objects.get_for_object(obj).order_by("pk"))


def test_a_change_in_the_admin_has_its_author(root, alice):
    group = Group.objects.create(name="publishers")
    fields = {"username": "alice", "email": "a@example.com", "is_active": "on", "groups": group.pk}
    root.post(f"/admin/auth/user/{alice.pk}/change/", fields, REMOTE_ADDR="192.0.2.7")
    changed, joined = entries(alice)[-2:]
    assert (changed.actor.username, changed.action) == ("root", UPDATE)
    assert changed.remote_addr == "192.0.2.7"
    assert changed.changes["email"] == ["", "a@example.com"]
    assert joined.changes["groups"]["objects"] == ["publishers"]
    page = root.get(f"/admin/auditlog/logentry/{joined.pk}/change/").content
    assert b"publishers" in page


def test_a_password_is_never_recorded(alice):
    alice.set_password("another horse battery staple")
    alice.save()
    changes = str([entry.changes for entry in entries(alice)])
    assert "password" in changes
    assert alice.password not in changes


def test_signing_in_is_not_a_change(client, alice):
    before = len(entries(alice))
    client.post("/accounts/login/", {"username": "alice", "password": PASSWORD})
    assert len(entries(alice)) == before


@pytest.mark.django_db
def test_a_command_is_recorded_without_a_person():
    call_command("add_target", "prod", region="eu-west-1", account="123456789012", everyone=True)
    (entry,) = entries(Target.objects.get())
    assert (entry.action, entry.actor, entry.remote_addr) == (CREATE, None, None)


def test_the_groups_of_a_target_and_deletions_are_recorded(root):
    target, group = make_target("prod"), Group.objects.create(name="publishers")
    target.groups.add(group)
    assert entries(target)[-1].changes["groups"]["objects"] == ["publishers"]
    pk = group.pk
    group.delete()
    assert LogEntry.objects.get(object_pk=pk, action=DELETE).object_repr == "publishers"


def test_no_one_changes_or_deletes_an_entry(root, alice):
    entry = entries(alice)[0]
    path = f"/admin/auditlog/logentry/{entry.pk}"
    assert root.post(f"{path}/delete/", {"post": "yes"}).status_code == 403
    assert root.post(f"{path}/change/", {}).status_code == 403
