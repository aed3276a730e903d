"""What distui.js adds to pages that work without it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from distui.builder.models import Draft
from tests.browser import sign_in


@pytest.fixture
def editor(new_context, alice, alice_client, site_url):
    """The editor of a draft of alice's, which may use the clipboard."""
    draft = Draft.objects.create(owner=alice, text='{"name": "golden"}')
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    sign_in(context, alice_client, site_url)
    page = context.new_page()
    page.goto(f"/drafts/{draft.pk}/")
    return page


def test_copying_takes_the_text_and_says_so(editor):
    editor.locator("[data-copy]").first.click()
    expect(editor.locator("#live")).to_contain_text("copied")
    copied = editor.evaluate("navigator.clipboard.readText()")
    assert copied == editor.locator("[data-preview]").text_content().strip()


def test_a_refused_copy_is_told(editor):
    editor.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject() }")
    editor.locator("[data-copy]").first.click()
    expect(editor.locator("#live")).to_contain_text("did not allow copying")


def test_the_servers_word_is_announced(editor):
    editor.evaluate("htmx.trigger(document.body, 'announce', {value: 'Region 2 added'})")
    expect(editor.locator("#live")).to_have_text("Region 2 added")


def test_the_server_says_where_to_go_on(editor):
    editor.evaluate("htmx.trigger(document.body, 'goto', {value: 'distributions'})")
    assert editor.evaluate("document.activeElement.id") == "distributions"


def test_an_error_summary_takes_the_focus_and_leads_to_the_field(page_with_summary):
    page = page_with_summary
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.locator(".error-summary a").first.click()
    assert page.evaluate("document.activeElement.name") == "username"


@pytest.fixture
def page_with_summary(new_context, db):
    """The sign-in page after a wrong password."""
    page = new_context().new_page()
    page.goto("/accounts/login/")
    page.get_by_label("Username").fill("alice")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_selector(".error-summary")
    return page
