"""Signing in at an OpenID provider, in Chromium."""

from __future__ import annotations

import time

from playwright.sync_api import expect

from tests.chromium import accessibility_problems
from tests.openid_provider import PASSWORD, openid_connect


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


def test_a_wrong_token_or_a_left_group_is_refused(
    new_context, site_url, complaints, provider, settings
):
    settings.OIDC = openid_connect(provider.issuer, required_group="distui")
    callback = f"{site_url}/accounts/oidc/callback/"
    groups = {"users": {"alice": {"groups": ["distui", "image-reviewers"]}}}
    page = new_context().new_page()
    page.goto("/")

    def sign_in(**changes):
        provider.control(redirect_uri=callback, **changes)
        page.get_by_role("link", name="Sign in with Example").click()
        if page.get_by_label("User").is_visible():
            page.get_by_label("User").fill("alice")
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name="Allow").click()

    failed = "Signing in with Example failed"
    expired = {"token": {"exp": int(time.time()) - 60}}
    sign_in(key="another", **groups)
    expect(page.get_by_role("alert")).to_contain_text(failed)
    sign_in(**expired, **groups)
    expect(page.get_by_role("alert")).to_contain_text(failed)
    sign_in(**groups)
    expect(page).to_have_url(f"{site_url}/")
    review = page.get_by_role("link", name="Submissions to review")
    expect(review).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    sign_in(users={"alice": {"groups": ["distui"]}})
    expect(review).to_be_hidden()
    page.get_by_role("button", name="Sign out").click()
    sign_in()
    expect(page.get_by_role("alert")).to_contain_text("Only members of the group distui")
    complaints[:] = [text for text in complaints if provider.url not in text]
