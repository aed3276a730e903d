"""Who may do what to whose drafts and submissions."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.http import Http404

from distui.builder.models import Draft, NamedGroup
from distui.people.policy import has_perm, visible_or_404
from distui.submissions.models import Submission
from tests.submissions.rows import make_draft, make_submission

CAST = ("alice", "bob", "charlie", "root")


@pytest.fixture
def cast(alice, bob, charlie):
    """Everybody by name: the author, a reviewer, a stranger and a superuser."""
    root = User.objects.create_superuser("root")
    return dict(zip(CAST, (alice, bob, charlie, root), strict=True))


@pytest.mark.parametrize(
    ("action", "allowed"),
    [
        ("see", {"alice", "bob", "root"}),
        ("change", {"alice", "root"}),
        ("review", {"bob", "root"}),
    ],
)
def test_what_each_may_do_to_a_submission_of_alices(cast, action, allowed):
    submission = make_submission(cast["alice"])
    assert {name for name in CAST if has_perm(cast[name], action, submission)} == allowed


@pytest.mark.parametrize("action", ["see", "change"])
def test_a_draft_is_its_owners(cast, action):
    draft = make_draft(cast["alice"])
    assert {name for name in CAST if has_perm(cast[name], action, draft)} == {"alice", "root"}


@pytest.mark.parametrize(
    ("action", "allowed"), [("see", set(CAST)), ("change", {"alice", "bob", "root"})]
)
def test_a_named_group_is_everybodys_to_see_and_also_staffs_to_change(cast, action, allowed):
    group = NamedGroup.objects.create(
        name="Production", members="072964183051", owner=cast["alice"]
    )
    assert {name for name in CAST if has_perm(cast[name], action, group)} == allowed


@pytest.mark.parametrize("action", ["see all", "review"])
def test_without_an_object_reviewers_are_asked_for(cast, action):
    assert {name for name in CAST if has_perm(cast[name], action)} == {"bob", "root"}


def test_nobody_reviews_what_they_submitted_themselves(bob):
    assert has_perm(bob, "see", make_submission(bob))
    assert not has_perm(bob, "review", make_submission(bob))


def test_to_be_staff_is_not_to_review(charlie, alice):
    charlie.is_staff = True
    assert not has_perm(charlie, "see all")
    assert not has_perm(charlie, "review", make_submission(alice))


@pytest.mark.parametrize("action", ["see", "see all", "change", "review"])
def test_inactive_and_unknown_people_may_nothing(cast, action):
    submission = make_submission(cast["root"])
    cast["root"].is_active = False
    assert not has_perm(cast["root"], action, submission)
    assert not has_perm(AnonymousUser(), action, submission)


def test_an_action_without_a_rule_is_an_error(alice):
    with pytest.raises(KeyError):
        has_perm(alice, "delete")


@pytest.mark.parametrize(("name", "sees"), [("alice", True), ("bob", True), ("charlie", False)])
def test_a_look_up_finds_what_one_may_see(cast, name, sees):
    submission = make_submission(cast["alice"])
    if sees:
        assert visible_or_404(Submission.objects, cast[name], pk=submission.pk) == submission
        return
    with pytest.raises(Http404):
        visible_or_404(Submission.objects, cast[name], pk=submission.pk)


@pytest.mark.parametrize("pk", [0, 2**63, 10**40, "x"])
def test_keys_that_no_row_can_have_are_not_found(alice, pk):
    with pytest.raises(Http404):
        visible_or_404(Draft.objects, alice, pk=pk)
