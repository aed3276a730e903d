"""The reviewers group after migrations."""

from __future__ import annotations

import pytest
from django.apps.registry import Apps
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from distui.people.policy import REVIEWERS
from distui.people.reviewers import create_reviewers_group

pytestmark = pytest.mark.django_db
PERMISSIONS = {"view_submission", "view_attempt", "view_review", "add_review"}


def permissions_of(group: Group) -> set[str]:
    """Return the code names of the group's permissions."""
    return set(group.permissions.values_list("codename", flat=True))


def test_the_first_migration_creates_it():
    assert permissions_of(Group.objects.get(name=REVIEWERS)) == PERMISSIONS


def test_later_migrations_only_add_permissions():
    group = Group.objects.get(name=REVIEWERS)
    group.permissions.set([Permission.objects.get(codename="view_target")])
    create_reviewers_group(using="default")
    assert permissions_of(group) == PERMISSIONS | {"view_target"}


def test_a_deleted_group_is_created_again():
    Group.objects.get(name=REVIEWERS).delete()
    create_reviewers_group(using="default")
    assert permissions_of(Group.objects.get(name=REVIEWERS)) == PERMISSIONS


def test_it_does_nothing_before_groups_exist():
    Group.objects.all().delete()
    create_reviewers_group(using="default", apps=Apps())
    assert not Group.objects.exists()


def test_reviewers_see_only_submissions_in_the_admin(bob_client):
    page = bob_client.get(reverse("admin:index")).content.decode()
    assert reverse("admin:submissions_submission_changelist") in page
    assert "/admin/auth/" not in page
    assert "/admin/targets/" not in page
