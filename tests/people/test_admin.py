"""People and groups in the Django admin."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User

from distui.people.policy import REVIEWERS, has_perm
from tests.chromium import accessibility_problems, sign_in
from tests.conftest import signed_in


@pytest.fixture
def root(db):
    """A superuser's client."""
    return signed_in(User.objects.create_superuser("root"))


def test_a_superuser_makes_a_reviewer(root, charlie):
    reviewers = Group.objects.get(name=REVIEWERS)
    fields = {"username": "charlie", "is_active": "on", "is_staff": "on", "groups": reviewers.pk}
    answer = root.post(f"/admin/auth/user/{charlie.pk}/change/", fields)
    assert answer.status_code == 302
    assert has_perm(User.objects.get(pk=charlie.pk), "review")


def test_a_superuser_makes_a_person(root):
    secret = "a fresh and long one"
    fields = {"username": "dana", "usable_password": "true", "password1": secret}
    root.post("/admin/auth/user/add/", fields | {"password2": secret})
    assert User.objects.get(username="dana").check_password(secret)


@pytest.mark.parametrize("kind", ["user", "group"])
def test_it_is_accessible(kind, root, new_context, site_url):
    model = User if kind == "user" else Group
    context = new_context()
    sign_in(context, root, site_url)
    shown = context.new_page()
    shown.goto(f"/admin/auth/{kind}/{model.objects.first().pk}/change/")
    assert accessibility_problems(shown) == []
