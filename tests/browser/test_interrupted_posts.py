"""Input survives the end of a session, in Chromium."""

from __future__ import annotations

import pytest
from django.conf import settings
from playwright.sync_api import expect

from distui.builder.models import Draft
from tests.chromium import accessibility_problems, sign_in
from tests.conftest import PASSWORD
from tests.factories import make_draft

# Like a user who is faster than all that follows the swap.
FOCUS_PASSWORD = """new MutationObserver((_, observer) => {
  const field = document.querySelector("[type=password]");
  field?.focus();
  if (field) observer.disconnect();
}).observe(document.body, { childList: true, subtree: true })"""


def sign_in_again(page):
    """Fill in the sign-in page that is shown instead of the response."""
    page.get_by_label("Username").fill("alice")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="You are signed in again").wait_for()


@pytest.mark.parametrize("scripts", [True, False], ids=["JavaScript", "no JavaScript"])
def test_an_import_survives_the_end_of_its_session(new_context, alice_client, site_url, scripts):
    context = new_context(java_script_enabled=scripts)
    sign_in(context, alice_client, site_url)
    page = context.new_page()
    page.goto("/drafts/import/")
    page.get_by_label("Document").fill('{"name": "golden",\n "description": "<b>"}')
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Import").click()
    sign_in_again(page)
    page.get_by_role("button", name="Send again").click()
    page.wait_for_url("**/drafts/*/")
    assert Draft.objects.get().document == {"name": "golden", "description": "<b>"}


@pytest.fixture
def draft(alice):
    """Return an empty draft."""
    return make_draft(alice, {})


@pytest.fixture
def signed_out_editor(draft, new_context, alice_client, site_url):
    """Return the draft's page, where the session has ended."""
    context = new_context()
    sign_in(context, alice_client, site_url)
    page = context.new_page()
    page.goto(f"/drafts/{draft.pk}/")
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    return page


def test_an_edit_survives_the_end_of_its_session(signed_out_editor, draft):
    page = signed_out_editor
    page.locator('[data-pointer="/name"]').fill("typed for hours")
    page.locator('[data-action="save"]').first.click()
    sign_in_again(page)
    assert accessibility_problems(page) == []
    page.get_by_role("button", name="Send again").click()
    page.get_by_text("typed for hours").first.wait_for()
    draft.refresh_from_db()
    assert draft.name == "typed for hours"


def test_the_sign_in_page_takes_the_focus_from_no_field(signed_out_editor):
    page, password = signed_out_editor, signed_out_editor.get_by_label("Password")
    page.evaluate(FOCUS_PASSWORD)
    page.locator('[data-action="save"]').first.click()
    expect(password).to_be_focused()
    page.wait_for_timeout(200)
    expect(password).to_be_focused()


def test_typing_waits_for_the_next_session(signed_out_editor, draft, alice, alice_client, site_url):
    page, posts = signed_out_editor, []
    page.on("request", lambda sent: posts.append(sent) if sent.method == "POST" else None)
    page.locator('[data-pointer="/name"]').fill("typed for hours")
    page.get_by_text("Your session has ended").first.wait_for()
    page.wait_for_timeout(1500)
    assert 0 < len(posts) <= 2  # one while typing, and one when the field is left
    alice_client.force_login(alice)
    sign_in(page.context, alice_client, site_url)
    page.context.new_page().goto("/")
    page.locator("#status:not([data-unsent])").wait_for()
    draft.refresh_from_db()
    assert draft.name == "typed for hours"


def test_an_htmx_request_redirects_to_the_sign_in_page(new_context, alice, alice_client, site_url):
    draft = make_draft(alice, {})
    context = new_context()
    sign_in(context, alice_client, site_url)
    page = context.new_page()
    page.goto(f"/drafts/{draft.pk}/")
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.evaluate("htmx.ajax('GET', location.pathname, '#workspace')")
    page.wait_for_url(f"**/accounts/login/?next=%2Fdrafts%2F{draft.pk}%2F")
