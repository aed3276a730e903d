"""A small site with every kind of row, and a signed-in user for each role."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from distui.builder.models import Draft, NamedGroup
from distui.submissions.models import Submission
from distui.targets.models import Target
from tests.conftest import signed_in
from tests.factories import document, make_draft, make_submission, make_target

DRAFT_NAME, SUBMISSION_NAME, LEFT_NAME = "drafted-secret", "submitted-secret", "left-secret"


@dataclass
class World:
    """The rows of the site, and the cookies of each role (none for ``anonymous``)."""

    draft: Draft
    left_draft: Draft
    submission: Submission
    target: Target
    named_group: NamedGroup
    group: Group
    user: User
    cookies: dict[str, str] = field(default_factory=dict)

    def fill(self, template: str) -> str:
        """Return the template with each ``{draft}`` and so on replaced by that row's ID."""
        return re.sub(r"\{(\w+)\}", lambda found: str(getattr(self, found[1]).pk), template)

    def client(self, role: str) -> Client:
        """Return a new client of the role, without cookies that an earlier request has set."""
        client = Client(raise_request_exception=False)
        client.cookies = SimpleCookie(self.cookies.get(role, ""))
        return client


@pytest.fixture
def world(alice, bob, charlie):
    """Return the site: alice is the author, charlie another user, bob a reviewer.

    The draft is shared with colleague.
    """
    left = User.objects.create_user("left", is_active=False)
    staff = User.objects.create_user("staff", is_staff=True)
    manager = User.objects.create_user("manager", is_staff=True)
    manager.user_permissions.set(Permission.objects.filter(content_type__app_label="auth"))
    root = User.objects.create_superuser("root")
    submission = make_submission(alice, name=SUBMISSION_NAME, state="rejected")
    regional = document(DRAFT_NAME)
    regional["distributions"][0]["amiDistributionConfiguration"] |= {
        "targetAccountIds": ["123456789012"],
        "amiTags": {"Team": "platform", "Stage": "test"},
        "launchPermission": {"userIds": ["210987654321"]},
    }
    regional["distributions"][0]["launchTemplateConfigurations"] = [
        {"launchTemplateId": "lt-0a1b2c3d4e5f67890", "accountId": "123456789012"}
    ]
    draft = make_draft(alice, regional)
    draft.dismiss(draft.analyze().findings.notices[:1], reason="As intended", user=alice)
    world = World(
        draft=draft,
        left_draft=make_draft(left, {"name": LEFT_NAME}),
        submission=submission,
        target=make_target(),
        named_group=NamedGroup.objects.create(
            name="Production", members="072964183051", owner=alice
        ),
        group=Group.objects.get(name="reviewers"),
        user=charlie,
    )
    colleague = User.objects.create_user("colleague")
    draft.editors.add(colleague)
    roles = {"author": alice, "colleague": colleague, "other": charlie, "reviewer": bob}
    for role, user in (roles | {"staff": staff, "manager": manager, "root": root}).items():
        world.cookies[role] = signed_in(user).cookies.output(attrs=[], header="")
    return world
