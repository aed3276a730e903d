"""The enhancements in js/distui.js."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from distui.people.models import Session
from tests.chromium import accessibility_problems, sign_in
from tests.conftest import PASSWORD
from tests.factories import make_draft


@pytest.fixture
def editor(new_context, alice, alice_client, site_url):
    """Open the editor of a draft, with access to the clipboard."""
    draft = make_draft(alice, {"name": "golden"})
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    sign_in(context, alice_client, site_url)
    page = context.new_page()
    page.goto(f"/drafts/{draft.pk}/")
    return page


def test_copy_announces_that_it_copied(editor):
    editor.locator("[data-copy]").first.click()
    expect(editor.locator("#live")).to_contain_text("copied")
    copied = editor.evaluate("navigator.clipboard.readText()")
    assert copied == editor.locator("[data-preview]").text_content().strip()


def test_a_failed_copy_is_announced(editor):
    editor.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject() }")
    editor.locator("[data-copy]").first.click()
    expect(editor.locator("#live")).to_contain_text("Copying failed")


def test_announce_events_are_announced(editor):
    editor.evaluate("htmx.trigger(document.body, 'announce', {value: 'Region 2 added'})")
    expect(editor.locator("#live")).to_have_text("Region 2 added")


def test_goto_events_move_the_focus(editor):
    editor.evaluate("htmx.trigger(document.body, 'goto', {value: 'distributions'})")
    assert editor.evaluate("document.activeElement.id") == "distributions"


def test_an_error_summary_is_focused_and_links_to_fields(page_with_summary):
    page = page_with_summary
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.locator(".error-summary a").first.click()
    assert page.evaluate("document.activeElement.name") == "username"


@pytest.fixture
def page_with_summary(new_context, db):
    """Open the sign-in page and enter a wrong password."""
    page = new_context().new_page()
    page.goto("/accounts/login/")
    page.get_by_label("Username").fill("alice")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_selector(".error-summary")
    return page


def test_the_session_notice_appears_and_extends_the_session(new_context, alice, site_url):
    context = new_context()
    page = context.new_page()
    page.clock.install()
    page.goto("/accounts/login/")
    page.get_by_label("Username").fill("alice")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("h1")).to_have_text("Drafts")
    notice = page.locator("#session")
    page.wait_for_load_state()  # the script reads the clock when it starts
    page.clock.fast_forward("11:54:00")
    expect(notice).to_be_hidden()
    page.clock.fast_forward("01:30")
    expect(notice).to_be_visible()
    expect(page.locator("#live")).to_have_text("Your session ends in less than 5 minutes.")
    assert accessibility_problems(page) == []
    other = context.new_page()
    other.clock.install()
    other.goto("/history/")
    other.clock.fast_forward("11:56:00")
    expect(other.locator("#session")).to_be_visible()
    link = page.get_by_role("link", name="History")
    link.focus()
    page.get_by_role("button", name="Stay signed in").focus()
    page.keyboard.press("Enter")
    expect(notice).to_be_hidden()
    expect(page.locator("#live")).to_have_text("Session extended.")
    expect(link).to_be_focused()
    expect(other.locator("#session")).to_be_hidden()
    page.clock.fast_forward("12:00:30")
    expect(notice).to_contain_text("Your session has ended")
    expect(notice.get_by_role("button")).to_be_hidden()


def test_an_extended_session_lasts_like_a_new_one(alice_client):
    session = alice_client.session
    session.set_expiry(200)
    session.save()
    response = alice_client.post("/accounts/session/")
    assert json.loads(response["HX-Trigger"])["session"] == {"value": 12 * 60 * 60}
    assert alice_client.session.get_expiry_age() > 43_000
    assert alice_client.get("/accounts/session/").status_code == 405


def type_past_session_end(editor):
    """Type in the name while the session ends."""
    editor.locator("#id_name").focus()
    editor.keyboard.press("End")
    Session.objects.all().delete()
    editor.keyboard.type("-typed", delay=40)


def sign_in_again(page):
    page.get_by_label("Username").fill("alice")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_signing_in_in_another_tab_resumes_saving(editor, complaints):
    type_past_session_end(editor)
    expect(editor.locator("#status")).to_have_text("Not saved: your session has ended.")
    other = editor.context.new_page()
    other.goto("/accounts/login/")
    sign_in_again(other)
    editor.keyboard.type("-on", delay=40)
    expect(editor.locator("#status")).to_contain_text("Saved", timeout=10_000)
    expect(editor.locator("#title")).to_have_text("golden-typed-on")
    editor.locator("[data-action=save]").first.click()
    expect(editor.locator("#title")).to_have_text("golden-typed-on")
    complaints.clear()  # Chromium logs the 403 responses


def test_a_session_that_ends_while_typing_loses_no_input(editor):
    type_past_session_end(editor)
    name = editor.locator("#id_name")
    expect(editor.locator("#session")).to_contain_text("Your session has ended. Save")
    expect(name).to_be_focused()
    expect(name).to_have_value("golden-typed")
    editor.locator("[data-action=save]").first.click()
    expect(editor.get_by_role("button", name="Sign out")).to_have_count(0)
    expect(editor.locator("#session")).to_have_count(0)
    sign_in_again(editor)
    editor.get_by_role("button", name="Send again").click()
    expect(editor.locator("#title")).to_have_text("golden-typed")
