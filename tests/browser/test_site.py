"""The pages that all users share, in Chromium: accessible in every mode, without browser errors."""

from __future__ import annotations

import pytest

from tests.chromium import GUISES, accessibility_problems, sign_in


@pytest.fixture(params=GUISES.values(), ids=GUISES)
def mode_context(new_context, request):
    """Return a browser context in one of the modes."""
    return new_context(**request.param)


def test_the_accessibility_statement_is_public(new_context, db):
    page = new_context().new_page()
    page.goto("/accounts/login/")
    page.get_by_role("link", name="Accessibility").click()
    assert page.locator("h1").inner_text() == "Accessibility"


def test_the_sign_in_page_is_accessible(mode_context, db):
    page = mode_context.new_page()
    page.goto("/accounts/login/")
    assert_accessible(page)
    page.get_by_label("Username").fill("alice")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_selector(".error-summary")
    assert_accessible(page)


def test_the_header_shows_name_and_mark(new_context, alice_client, site_url):
    page = new_context().new_page()
    for path in ("/accounts/login/", "/accessibility/", "/missing/", "/"):
        if path == "/missing/":
            sign_in(page.context, alice_client, site_url)
        page.goto(path)
        brand = page.get_by_role("banner").get_by_role("link", name="distui", exact=True)
        assert brand.locator("img").evaluate("image => image.complete && image.naturalWidth > 0")


def assert_accessible(page):
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert accessibility_problems(page) == []


def test_a_policy_violation_fails_a_test(new_context, complaints):
    page = new_context().new_page()
    page.goto("/accounts/login/")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    assert any("Content Security Policy" in text for text in complaints)
    complaints.clear()


def test_a_script_error_fails_a_test(new_context, complaints):
    page = new_context().new_page()
    page.goto("/accounts/login/")
    with page.context.expect_event("weberror"):
        page.evaluate("setTimeout(() => { throw new Error('planned error') })")
    assert any("planned error" in text for text in complaints)
    complaints.clear()
