"""Users and groups in the Django admin."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission, User

from distui.people.policy import REVIEWERS, has_perm
from tests.conftest import signed_in

VERBS = ("view", "add", "change", "delete")


@pytest.fixture
def root(db):
    """Return a superuser's client."""
    return signed_in(User.objects.create_superuser("root"))


def test_a_superuser_adds_a_reviewer(root, charlie):
    reviewers = Group.objects.get(name=REVIEWERS)
    fields = {"username": "charlie", "is_active": "on", "is_staff": "on", "groups": reviewers.pk}
    response = root.post(f"/admin/auth/user/{charlie.pk}/change/", fields)
    assert response.status_code == 302
    assert has_perm(User.objects.get(pk=charlie.pk), "review")


def test_a_superuser_adds_a_user(root):
    password = "a new and long one"
    fields = {"username": "dana", "usable_password": "true", "password1": password}
    root.post("/admin/auth/user/add/", fields | {"password2": password})
    assert User.objects.get(username="dana").check_password(password)


@pytest.fixture
def manager(db):
    """Return a user who may change users and groups, but isn't a superuser."""
    user = User.objects.create_user("manager", is_staff=True)
    codenames = [f"{verb}_{model}" for verb in VERBS for model in ("user", "group")]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def change(client, user, **fields):
    """Post the user's form in the admin with the given fields."""
    given = {"username": user.username, "is_active": "on"} | fields
    return client.post(f"/admin/auth/user/{user.pk}/change/", given)


def test_a_user_manager_changes_users(manager, charlie):
    assert change(signed_in(manager), charlie, first_name="Charles").status_code == 302
    assert User.objects.get(pk=charlie.pk).first_name == "Charles"


@pytest.mark.parametrize("name", ["manager", "charlie"])
def test_a_user_manager_grants_nothing(name, manager, charlie):
    user = User.objects.get(username=name)
    reviewers = Group.objects.get(name=REVIEWERS)
    change(signed_in(manager), user, is_superuser="on", is_staff="on", groups=reviewers.pk)
    after = User.objects.get(pk=user.pk)
    assert (after.is_superuser, after.is_staff) == (False, user.is_staff)
    assert not after.groups.exists()


@pytest.mark.parametrize("name", ["root", "bob"])
def test_a_user_manager_cannot_take_over_users_with_more_permissions(name, root, bob, manager):
    client, user = signed_in(manager), User.objects.get(username=name)
    new = {"usable_password": "true", "password1": "a new and long one"}
    new["password2"] = new["password1"]
    assert client.post(f"/admin/auth/user/{user.pk}/password/", new).status_code == 403
    assert change(client, user, is_active="").status_code == 403
    assert client.post(f"/admin/auth/user/{user.pk}/delete/", {"post": "yes"}).status_code == 403
    selected = {"action": "delete_selected", "_selected_action": user.pk, "post": "yes"}
    client.post("/admin/auth/user/", selected)
    after = User.objects.get(username=name)
    assert (after.password, after.is_active) == (user.password, True)


def test_only_superusers_change_groups(root, manager):
    reviewers = Group.objects.get(name=REVIEWERS)
    url = f"/admin/auth/group/{reviewers.pk}/change/"
    fields = {"name": "renamed"}
    assert signed_in(manager).post(url, fields).status_code == 403
    assert root.post(url, fields).status_code == 302
