"""Signing in at an OpenID provider, in Chromium."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.chromium import accessibility_problems
from tests.openid_provider import PASSWORD


def test_a_person_signs_in_at_the_provider(new_context, site_url, complaints, provider):
    provider.control(redirect_uri=f"{site_url}/accounts/oidc/callback/")
    page = new_context().new_page()
    page.goto("/history/")
    assert accessibility_problems(page) == []
    page.get_by_role("link", name="Sign in with Example").click()
    page.get_by_label("User").fill("alice")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Allow").click()
    expect(page).to_have_url(f"{site_url}/history/")
    expect(page.get_by_role("banner")).to_contain_text("alice")
    page.get_by_role("button", name="Sign out").click()
    page.go_back()
    expect(page.get_by_role("heading", name="Sign in to distui")).to_be_visible()
    page.get_by_role("link", name="Sign in with Example").click()
    page.get_by_role("button", name="Deny").click()
    expect(page.get_by_role("alert")).to_contain_text("was cancelled")
    assert accessibility_problems(page) == []
    complaints[:] = [text for text in complaints if provider.url not in text]
