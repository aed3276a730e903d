"""Users and groups in the Django admin."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User

from distui.people.policy import REVIEWERS, has_perm
from tests.chromium import accessibility_problems, sign_in
from tests.conftest import signed_in


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


@pytest.mark.parametrize("kind", ["user", "group"])
def test_the_pages_are_accessible(kind, root, new_context, site_url):
    model = User if kind == "user" else Group
    context = new_context()
    sign_in(context, root, site_url)
    page = context.new_page()
    page.goto(f"/admin/auth/{kind}/{model.objects.first().pk}/change/")
    assert accessibility_problems(page) == []
