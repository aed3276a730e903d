"""The group of reviewers, as migrations leave it."""

from __future__ import annotations

import pytest
from django.apps.registry import Apps
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from distui.people.groups import make_reviewers
from distui.people.policy import REVIEWERS

pytestmark = pytest.mark.django_db
LEAVE = {"view_submission", "view_attempt", "view_review", "add_review"}


def leave_of(group: Group) -> set[str]:
    """The names of its permissions."""
    return set(group.permissions.values_list("codename", flat=True))


def test_the_first_migration_makes_it():
    assert leave_of(Group.objects.get(name=REVIEWERS)) == LEAVE


def test_a_later_migration_gives_it_what_it_lacks_and_takes_nothing():
    group = Group.objects.get(name=REVIEWERS)
    group.permissions.set([Permission.objects.get(codename="view_target")])
    make_reviewers(using="default")
    assert leave_of(group) == LEAVE | {"view_target"}


def test_a_group_that_was_deleted_comes_back():
    Group.objects.get(name=REVIEWERS).delete()
    make_reviewers(using="default")
    assert leave_of(Group.objects.get(name=REVIEWERS)) == LEAVE


def test_before_there_are_groups_it_makes_none():
    Group.objects.all().delete()
    make_reviewers(using="default", apps=Apps())
    assert not Group.objects.exists()


def test_a_reviewer_finds_the_history_in_the_admin_and_neither_people_nor_targets(bob_client):
    page = bob_client.get(reverse("admin:index")).content.decode()
    assert reverse("admin:submissions_submission_changelist") in page
    assert "/admin/auth/" not in page
    assert "/admin/targets/" not in page
