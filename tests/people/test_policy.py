"""Permissions on drafts, submissions and named groups."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.http import Http404

from distui.builder.models import Draft, NamedGroup
from distui.people.policy import has_perm, visible_or_404
from distui.submissions.models import Submission
from tests.factories import make_draft, make_submission

CAST = ("alice", "bob", "charlie", "root")


@pytest.fixture
def cast(alice, bob, charlie):
    """Users by name: the author, a reviewer, an unrelated user and a superuser."""
    root = User.objects.create_superuser("root")
    return dict(zip(CAST, (alice, bob, charlie, root), strict=True))


@pytest.mark.parametrize(
    ("action", "allowed"),
    [
        ("view", {"alice", "bob", "root"}),
        ("change", {"alice", "root"}),
        ("review", {"bob", "root"}),
    ],
)
def test_permissions_on_a_submission(cast, action, allowed):
    submission = make_submission(cast["alice"])
    assert {name for name in CAST if has_perm(cast[name], action, submission)} == allowed


@pytest.mark.parametrize("action", ["view", "change"])
def test_permissions_on_a_draft(cast, action):
    draft = make_draft(cast["alice"])
    assert {name for name in CAST if has_perm(cast[name], action, draft)} == {"alice", "root"}


@pytest.mark.parametrize(
    ("action", "allowed"), [("view", set(CAST)), ("change", {"alice", "bob", "root"})]
)
def test_permissions_on_a_named_group(cast, action, allowed):
    group = NamedGroup.objects.create(
        name="Production", members="072964183051", owner=cast["alice"]
    )
    assert {name for name in CAST if has_perm(cast[name], action, group)} == allowed


@pytest.mark.parametrize("action", ["view all", "review"])
def test_permissions_without_an_object(cast, action):
    assert {name for name in CAST if has_perm(cast[name], action)} == {"bob", "root"}


def test_reviewers_cannot_review_their_own(bob):
    assert has_perm(bob, "view", make_submission(bob))
    assert not has_perm(bob, "review", make_submission(bob))


def test_another_user_with_the_authors_address_is_the_author(alice, bob):
    alice.email, bob.email = "Alice@example.com", "alice@example.com"
    assert not has_perm(bob, "review", make_submission(alice))


def test_staff_are_not_reviewers(charlie, alice):
    charlie.is_staff = True
    assert not has_perm(charlie, "view all")
    assert not has_perm(charlie, "review", make_submission(alice))


@pytest.mark.parametrize("action", ["view", "view all", "change", "review"])
def test_inactive_and_anonymous_users_have_no_permissions(cast, action):
    submission = make_submission(cast["root"])
    cast["root"].is_active = False
    assert not has_perm(cast["root"], action, submission)
    assert not has_perm(AnonymousUser(), action, submission)


def test_an_unknown_action_raises(alice):
    with pytest.raises(KeyError):
        has_perm(alice, "delete")


@pytest.mark.parametrize(("name", "visible"), [("alice", True), ("bob", True), ("charlie", False)])
def test_visible_or_404_returns_only_visible_objects(cast, name, visible):
    submission = make_submission(cast["alice"])
    if visible:
        assert visible_or_404(Submission.objects, cast[name], pk=submission.pk) == submission
        return
    with pytest.raises(Http404):
        visible_or_404(Submission.objects, cast[name], pk=submission.pk)


@pytest.mark.parametrize("pk", [0, 2**63, 10**40, "x"])
def test_visible_or_404_rejects_impossible_keys(alice, pk):
    with pytest.raises(Http404):
        visible_or_404(Draft.objects, alice, pk=pk)
