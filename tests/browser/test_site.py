"""The site's own pages in Chromium: nothing refused, nothing inaccessible, in every guise."""

from __future__ import annotations

import pytest

from tests.chromium import accessibility_problems, sign_in

GUISES = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "a phone": {"viewport": {"width": 320, "height": 640}},
}


@pytest.fixture(params=GUISES.values(), ids=GUISES)
def guised_context(new_context, request):
    """A browser in one of the guises."""
    return new_context(**request.param)


def test_an_error_page_is_accessible(guised_context, alice_client, site_url):
    sign_in(guised_context, alice_client, site_url)
    page = guised_context.new_page()
    page.goto("/nothing/")
    assert_good(page)


def test_the_statement_on_accessibility_is_read_without_signing_in(guised_context, db):
    page = guised_context.new_page()
    page.goto("/accounts/login/")
    page.get_by_role("link", name="Accessibility").click()
    assert page.locator("h1").inner_text() == "Accessibility"
    assert_good(page)


def test_the_sign_in_page_is_accessible(guised_context, db):
    page = guised_context.new_page()
    page.goto("/accounts/login/")
    assert_good(page)
    page.get_by_label("Username").fill("alice")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_selector(".error-summary")
    assert_good(page)


def assert_good(page):
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert accessibility_problems(page) == []


@pytest.mark.parametrize("path", ["/admin/", "/admin/submissions/submission/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_admin_works_under_the_policy(new_context, admin_client, site_url, scheme, path):
    context = new_context(color_scheme=scheme)
    sign_in(context, admin_client, site_url)
    page = context.new_page()
    page.goto(path)
    assert page.locator("#site-name").inner_text() == "distui administration"
    assert "color-contrast" not in str(accessibility_problems(page))


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
        page.evaluate("setTimeout(() => { throw new Error('as planned') })")
    assert any("as planned" in text for text in complaints)
    complaints.clear()
