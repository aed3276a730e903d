"""Every page of the site in Chromium, with axe: a new URL is opened without being listed here."""

from __future__ import annotations

import itertools
import os

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from distui.builder.models import NamedGroup
from tests.abuse.test_authorization import ROLES, path_of, routes, rows
from tests.chromium import GUISES, accessibility_problems, show_in, sign_in
from tests.factories import make_target

# Other looks of these pages: what one opens in them, and what other roles see.
MORE = (
    ("manager", "/"),  # no drafts yet
    ("author", "/missing/"),
    ("author", "/drafts/{draft}/?open=0"),
    ("author", "/drafts/{draft}/copy/?from=/distributions/0"),
    ("author", "/drafts/{draft}/copy/?from=/distributions/0/amiDistributionConfiguration/name"),
    ("author", "/drafts/{draft}/versions/?from=r1&to=r2"),
    ("colleague", "/drafts/{draft}/share/"),
    ("other", "/groups/{named_group}/"),
    ("reviewer", "/history/{submission}/"),
)


@pytest.fixture
def full_world(world, settings):
    """Return the world with long names, a mistyped list, a second version and password resets."""
    settings.EMAIL = {"EMAIL_HOST": "mail.example"}
    make_target("production with a long name in a list")
    for kind, members in (("accounts", "735018462939"), ("regions", "us-east-1\neu-north-1")):
        owner = world.draft.owner
        NamedGroup.objects.create(name=f"{kind} " * 6, kind=kind, members=members, owner=owner)
    state = world.draft.document
    accounts = ["072964183051", "7350-1846-2939", "18273950164"]
    state["distributions"][0]["amiDistributionConfiguration"]["targetAccountIds"] = accounts
    world.draft.save_state(state, revision=1, user=world.user)
    return world


def html_pages(world):
    """Yield a role and a path for each URL that answers with a page, then those in MORE."""
    for route in routes():
        get, _ = rows()[route]
        role = next((role for role in ROLES if get[role] == "200"), "anonymous")
        path = path_of(route, world)
        response = world.client(role).get(path)
        is_page = response.getvalue()[:50].lower().strip().startswith(b"<!doctype html>")
        if is_page and response.status_code == 200:
            yield role, path
    yield from ((role, world.fill(path)) for role, path in MORE)
    user = urlsafe_base64_encode(force_bytes(world.user.pk))
    yield "anonymous", f"/accounts/reset/{user}/{default_token_generator.make_token(world.user)}/"


@pytest.mark.parametrize("is_admin", [False, True], ids=["the site", "the admin"])
def test_axe_finds_nothing(is_admin, full_world, new_context, site_url):
    tabs, problems = {}, []
    # Django's pages for each model are alike, so each is seen in one of the guises. A merge, which
    # skips a guise, sees all pages so.
    in_turn = is_admin or "SKIPPED_GUISE" in os.environ
    turns = itertools.cycle([[guise] for guise in GUISES] if in_turn else [[*GUISES]])
    pages = [page for page in html_pages(full_world) if page[1].startswith("/admin/") == is_admin]
    assert len(pages) >= 30
    for role, path in pages:
        if role not in tabs:
            context = new_context(reduced_motion="reduce")  # no color is on its way to another
            if role != "anonymous":
                sign_in(context, full_world.client(role), site_url)
            tabs[role] = context.new_page()
        page = tabs[role]
        guises = next(turns)
        show_in(page, guises[0])  # before: Django's colors fade
        page.goto(path)
        for guise in guises:
            show_in(page, guise)
            found = accessibility_problems(page)
            if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
                found.append("scrolls sideways")
            problems += [(path, guise, problem) for problem in found]
    assert problems == []
