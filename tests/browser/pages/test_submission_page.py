"""A submission's page: copies, snippets, drafts, reviews, answers, and its state's actions."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from distui.targets.models import Target
from tests.chromium import accessibility_problems
from tests.conftest import signed_in
from tests.end_to_end.keyboard import Keyboard
from tests.factories import arn_of, document, make_draft, make_submission, make_target

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


@pytest.fixture
def created(alice):
    """Return a submission that was created in a real account."""
    target = make_target("production", kind=Target.Kind.CHAIN)
    draft = make_draft(alice, document())
    return make_submission(alice, name="web-server", draft=draft, target=target)


def test_a_created_submission_leads_on(open_as, alice, alice_client, created, scripts):
    rejected = make_submission(alice, draft=created.draft, state="rejected")
    options = CLIPBOARD if scripts else {"java_script_enabled": False}
    page = open_as(alice_client, f"/history/{created.pk}/", **options)
    outcome = page.get_by_role("region", name="Outcome")
    expect(outcome).to_contain_text("Each build creates 1 AMI in 1 Region")
    related = page.get_by_role("region", name="Other submissions of this draft")
    expect(related.get_by_role("link")).to_have_attribute("href", f"/history/{rejected.pk}/")
    expect(related.locator("[data-state=rejected]")).to_be_visible()
    arn = arn_of("web-server")
    console = page.get_by_role("link", name="Open in the AWS console")
    expect(console).to_have_attribute(
        "href",
        "https://eu-west-1.console.aws.amazon.com/imagebuilder/home?region=eu-west-1"
        f"#/distributionSettings/{arn}",
    )
    for title, text in (
        ("AWS CLI", f"--distribution-configuration-arn {arn}"),
        ("Python (boto3)", f'distributionConfigurationArn="{arn}"'),
    ):
        page.locator("summary", has_text=title).press("Enter")
        expect(page.get_by_role("region", name=title)).to_contain_text(text)
    if scripts:
        for button, text in (
            (page.locator("#arn-copy"), arn),
            (page.locator("#cli-copy"), "aws im"),
        ):
            button.press("Enter")
            expect(button).to_have_attribute("data-done", "copied")
            assert page.evaluate("navigator.clipboard.readText()").startswith(text)
        assert accessibility_problems(page) == []
    expect(page.get_by_role("link", name="Open draft")).to_have_attribute(
        "href", f"/drafts/{created.draft_id}/"
    )
    page.get_by_role("button", name="Duplicate as draft").press("Enter")
    expect(page.locator("#title")).to_have_text("web-server")
    expect(page.locator("#notices")).to_contain_text("Duplicated as a draft.")


def test_work_is_requested_and_answered_by_keyboard_without_javascript(
    open_as, alice, alice_client, bob_client, created
):
    shared = {"launchPermission": {"userIds": ["111122223333"]}}
    changed = document("web-server", ("eu-west-1",))
    changed["distributions"][0]["amiDistributionConfiguration"] |= shared
    request = json.dumps(changed)
    submission = make_submission(
        alice, name="web-server", draft=created.draft, target=created.target, request=request
    )
    path = f"/history/{submission.pk}/"
    page = open_as(bob_client, path, java_script_enabled=False)
    expect(page.get_by_role("region", name="Changes since web-server")).to_contain_text(
        "111122223333"
    )
    for name in ("Outcome", "Findings", "Request"):
        expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    reviewer = Keyboard(page)
    reviewer.reach("[name=decision]")
    reviewer.press("Space", "ArrowDown")
    reviewer.follow("[data-action=review]")
    expect(page.locator(".error-summary")).to_contain_text("Describe what needs to change.")
    first, second = (page.get_by_label(name) for name in ("Reviewed", "Needs work"))
    assert second.bounding_box()["y"] - first.bounding_box()["y"] >= 24
    assert page.locator("#id_decision > legend").bounding_box()["width"] > 40
    expect(page.get_by_label("Needs work")).to_be_checked()
    reviewer.reach("#id_note")
    reviewer.type("Use the key of the team.")
    reviewer.follow("[data-action=review]")
    expect(page.get_by_text("Marked as needs work.")).to_be_visible()

    draft = created.draft
    draft.save_state(draft.state | {"description": "third"}, revision=draft.revision)
    page = open_as(alice_client, f"/drafts/{draft.pk}/", java_script_enabled=False)
    expect(page.locator(".message-warning").first).to_contain_text(
        "bob requested changes to web-server: Use the key of the team."
    )
    page.goto("/")
    author = Keyboard(page)
    author.follow(f'a[href="{path}#reviews-title"]:has(.visually-hidden)')
    expect(page.locator(".page-header .label-warning")).to_have_text("Needs work")
    reviews = page.get_by_role("region", name="Reviews")
    expect(reviews).to_contain_text("Open the draft, make the changes, and submit")
    author.reach("#id_note")
    author.type("Done in web-server-2.")
    author.follow("[data-action=answer]")
    expect(page.get_by_text("Answered. The submission no longer needs work.")).to_be_visible()
    expect(reviews).to_contain_text("Done in web-server-2.")
    page.goto("/")
    expect(page.locator(".label-warning")).to_have_count(0)


def test_superusers_do_not_review_their_own(open_as, db):
    root = User.objects.create_superuser("root")
    own, other = make_submission(root), make_submission(User.objects.create_superuser("other"))
    page = open_as(signed_in(root), f"/history/{own.pk}/")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("[data-action=review]")).to_have_count(0)
    page.goto(f"/history/{other.pk}/")
    expect(page.locator("[data-action=review]")).to_be_visible()


SENDS_AGAIN = "Sends the same request with the same client token: it is created at most once."
CLOSES = "Closes the submission after checking that AWS doesn't have it. Nothing more is sent."
ACTIONS = {
    "cancel": ("prepared", "Nothing is sent to AWS. The draft stays.", "cancelled", "cancelled it"),
    "resume": ("attention", SENDS_AGAIN, "waiting", "requested a retry"),
    "abandon": ("attention", CLOSES, "abandoned", "No attempt can have created it."),
}


def test_actions_say_what_they_lead_to(open_as, alice, alice_client, bob_client):
    page = open_as(alice_client, "/history/", java_script_enabled=False)
    other = open_as(bob_client, "/history/", java_script_enabled=False)
    keyboard = Keyboard(page)
    for action, (before, consequence, after, reason) in ACTIONS.items():
        path = f"/history/{make_submission(alice, state=before).pk}/"
        other.goto(path)
        expect(other.locator("#status [data-state]")).to_have_attribute("data-state", before)
        expect(other.locator("#status [data-action]")).to_have_count(0)
        page.goto(path)
        button = page.locator(f"[data-action={action}]")
        expect(button).to_have_accessible_description(consequence)
        if action == "abandon":
            keyboard.reach(f"[data-action={action}]")
        button.press("Enter")
        expect(page.locator("#status [data-state]")).to_have_attribute("data-state", after)
        expect(page.locator("#status")).to_contain_text(reason)
        expect(button).to_have_count(0)
