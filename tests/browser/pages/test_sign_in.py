"""Signing in and out by keyboard, without JavaScript."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.conftest import PASSWORD
from tests.end_to_end.keyboard import Keyboard


def test_sign_in_and_sign_out_are_explained(new_context, alice):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/")
    expect(page.locator("h1")).to_have_text("Sign in to distui")
    expect(page.locator("main")).to_contain_text(
        "tells EC2 Image Builder where to put a finished image"
    )
    icon = page.locator("link[rel=icon]").get_attribute("href")
    for address in (icon, "/favicon.ico"):
        assert "<svg" in page.request.get(address).text()
    keyboard = Keyboard(page)
    keyboard.assert_focused("[name=username]")
    keyboard.type("alice")
    keyboard.press("Tab")
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Drafts")
    keyboard.follow(".top-bar-person button")
    expect(page.get_by_role("status").filter(has_text="You are signed out.")).to_be_visible()
