"""The page of the sandbox account: what it lists can be copied into a draft."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.chromium import accessibility_problems
from tests.end_to_end.author import Author

KINDS = (
    *("Accounts", "ECR repositories", "KMS keys", "Launch templates", "License configurations"),
    *("Organization", "Organizational units", "S3 buckets"),
)


def test_an_id_is_copied_from_the_sandbox_account(new_context):
    page = new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    Author(page, scripts=True).sign_in()
    page.get_by_role("link", name="sandbox account").press("Enter")
    expect(page.locator("h2:not(dialog *)")).to_have_text([*KINDS])
    for kind in KINDS:
        row = page.get_by_role("region", name=kind, exact=True).locator("tbody tr").first
        row.get_by_role("button").press("Enter")
        expect(row.get_by_role("button")).to_have_attribute("data-done", "copied")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == row.locator("td code").last.text_content()
    for width in (1440, 390):
        # As high as the page: axe reports what a sticky header covers as too small.
        page.set_viewport_size({"width": width, "height": 3000})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert accessibility_problems(page) == []
