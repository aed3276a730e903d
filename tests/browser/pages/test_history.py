"""The history: searched, sorted, copied from and opened, with a mouse and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from distui.submissions.models import Decision, Review, SubmissionState
from tests.end_to_end.keyboard import Keyboard
from tests.factories import arn_of, make_submission


@pytest.fixture
def three(alice, bob, charlie):
    """Return three submissions that differ in name, state, Region, person and review."""
    found = [
        make_submission(alice, name="golden linux"),
        make_submission(
            alice,
            name="golden windows",
            state="rejected",
            regions=("us-east-1",),
            error_code="ThrottlingException",
        ),
        make_submission(charlie, name="edge", state="waiting"),
    ]
    Review.objects.create(submission=found[0], decision=Decision.NEEDS_WORK, reviewer=bob)
    return found


def names(page):
    """Return the listed names, in order."""
    return page.locator(".row-link").all_text_contents()


def test_rows_are_sorted_copied_from_and_opened(open_as, bob_client, three):
    page = open_as(
        bob_client,
        "/history/",
        permissions=["clipboard-read", "clipboard-write"],
        viewport={"width": 1440, "height": 900},
    )
    expect(page.locator(".table-total")).to_have_text("3 submissions")
    row = page.get_by_role("row", name="golden linux")
    number, arn = (row.get_by_role("cell").nth(index) for index in (1, 6))
    expect(number).to_have_text(str(three[0].pk))
    arn.get_by_role("button", name="Copy ARN of golden linux").click()
    expect(page.locator("#live")).to_have_text("ARN copied.")
    assert page.evaluate("navigator.clipboard.readText()") == arn_of("golden linux")
    assert page.url.endswith("/history/")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(row.get_by_role("button", name="Copy ARN of golden linux")).to_be_in_viewport(ratio=1)
    page.set_viewport_size({"width": 1440, "height": 900})
    for column, expected in (
        ("Name", ["edge", "golden linux", "golden windows"]),
        ("State", ["golden linux", "golden windows", "edge"]),
        ("Submitted", ["edge", "golden windows", "golden linux"]),
    ):
        page.get_by_role("columnheader", name=column, exact=True).get_by_role("link").click()
        head = page.get_by_role("columnheader", name=column, exact=True)
        expect(head).to_have_attribute(
            "aria-sort", "descending" if column == "Submitted" else "ascending"
        )
        assert names(page) == expected
    for cell in ("sandbox", "ago"):
        page.get_by_role("row", name="golden linux").get_by_text(cell).click(force=True)
        page.wait_for_url(f"**/history/{three[0].pk}/")
        page.go_back()


def test_a_phone_filters_by_keyboard_without_javascript(open_as, bob_client, three):
    size = {"width": 390, "height": 844}
    page = open_as(bob_client, "/history/", viewport=size, java_script_enabled=False)
    keyboard = Keyboard(page)

    def applied(texts):
        for selector, text in texts.items():
            keyboard.reach(selector)
            keyboard.type(text)
        with page.expect_navigation():
            keyboard.press("Enter")
        expect(page.locator(".chips [aria-current=true]")).to_have_count(len(texts))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        return names(page)

    states = page.locator("[name=state] option").all_text_contents()
    assert states == ["Any state", *SubmissionState.labels]
    assert applied({"[name=q]": "WIN gold", "[name=person]": "LIC"}) == ["golden windows"]
    page.goto("/history/")
    page.locator(".more-filters summary").press("Enter")
    assert applied({"[name=region]": "us-east-1", "[name=error]": "throttl"}) == ["golden windows"]
    page.goto("/history/?review=needs-work")
    expect(page.locator(".label-warning")).to_have_text("Needs work")
    assert names(page) == ["golden linux"]
    wrap = page.locator(".table-wrap")
    assert wrap.evaluate("wrap => wrap.scrollWidth <= wrap.clientWidth")
    page.locator("tbody td").first.click(position={"x": 4, "y": 4}, force=True)
    page.wait_for_url(f"**/history/{three[0].pk}/")
