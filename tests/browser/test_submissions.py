"""The app's pages in Chromium: accessibility, live updates and work without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from distui.submissions.models import Attempt, Submission, SubmissionState
from tests.chromium import GUISES, accessibility_problems, show_in, sign_in
from tests.factories import (
    arn_of,
    document,
    make_draft,
    make_submission,
    make_target,
    public_document,
)

# Besides those that tests/abuse/test_accessibility.py opens.
PAGES = {
    "history, filtered": "/history/?q=long&state=created",
    "history, nothing": "/history/?since=yesterday",
    "review with errors": "/drafts/{invalid}/review/",
    "review of a public AMI": "/drafts/{public}/review/",
    **{f"a submission, {state}": f"/history/{{{state}}}/" for state in SubmissionState.values},
}


@pytest.fixture
def ids(alice):
    """IDs of a draft with errors, a public one, and a submission per state."""
    make_target()
    make_target("production")
    found = {"invalid": make_draft(alice, document("a" * 100, ("nowhere", "eu-west-1"))).pk}
    found["public"] = make_draft(alice, public_document()).pk
    for state in SubmissionState.values:
        error = {"error_code": "Code", "error_message": "x" * 200, "error_pointer": "/name"}
        fields = error if state in ("rejected", "waiting", "attention") else {}
        row = make_submission(alice, name="long-" * 18 + state, state=state, **fields)
        row.attempts.create(number=1, worker="w", result="unknown", message="y" * 90)
        found[state] = row.pk
    return found


def test_the_pages_are_accessible(ids, new_context, alice_client, site_url):
    context = new_context(reduced_motion="reduce")
    sign_in(context, alice_client, site_url)
    page, problems = context.new_page(), []
    for name, path in PAGES.items():
        page.goto(path.format(**ids))
        for guise in GUISES:
            show_in(page, guise)
            found = accessibility_problems(page)
            if page.locator("h1").count() != 1:
                found.append("not one h1")
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append("wider than the window")
            problems += [(name, guise, problem) for problem in found]
    assert problems == []


def test_the_historys_columns_and_header_stay_visible(page, alice):
    make_target()
    for number in range(40):
        make_submission(alice, name=f"web-{number}")
    regions = ("ap-southeast-2", "ap-northeast-1", "eu-central-1", "us-east-1")
    make_submission(alice, name="golden-" * 10, regions=regions)
    page.goto("/history/")
    expect(page.get_by_role("columnheader", name="ARN")).to_be_in_viewport(ratio=1)
    page.get_by_role("link", name="web-0").scroll_into_view_if_needed()
    expect(page.get_by_role("columnheader", name="Name")).to_be_in_viewport()


@pytest.fixture
def page(new_context, alice_client, site_url):
    """Return a page of alice's browser."""
    context = new_context()
    sign_in(context, alice_client, site_url)
    return context.new_page()


def test_the_result_appears_and_is_announced(alice, page):
    submission = make_submission(alice, name="web", state="sending")
    attempt = Attempt.objects.create(submission=submission, number=1, worker="w")
    page.goto(f"/history/{submission.pk}/")
    expect(page.locator("[data-state]")).to_have_attribute("data-state", "sending")
    page.locator("#request").focus()
    Attempt.objects.filter(pk=attempt.pk).update(result="accepted")
    Submission.objects.filter(pk=submission.pk).update(state="created", arn=arn_of("web"))
    expect(page.locator("[data-arn]")).to_have_text(arn_of("web"))
    expect(page.locator("[data-state]")).to_have_attribute("data-state", "created")
    expect(page.locator("#live")).to_have_text(re.compile("^Created"))
    expect(page.locator("#request")).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_a_public_ami_requires_confirmation(scripts, alice, new_context, alice_client, site_url):
    context = new_context(java_script_enabled=scripts)
    sign_in(context, alice_client, site_url)
    make_target()
    page = context.new_page()
    page.goto(f"/drafts/{make_draft(alice, public_document()).pk}/review/")
    confirmation = page.get_by_label("Type public to confirm")
    page.locator("[data-action=submit]").click()
    page.locator(".error-summary a").click()
    expect(confirmation).to_have_attribute("aria-invalid", "true")
    if scripts:
        expect(confirmation).to_be_focused()
        assert accessibility_problems(page) == []
    confirmation.fill("publik")
    page.locator("[data-action=submit]").click()
    expect(confirmation).to_have_value("publik")
    confirmation.fill("public")
    confirmation.press("Enter")
    expect(page.locator("[data-state]")).to_have_attribute("data-state", "prepared")
