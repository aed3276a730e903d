"""The outline of the editor on a phone, where it is a strip that scrolls sideways."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.factories import document, make_draft

PHONE = {"viewport": {"width": 390, "height": 844}}
REGIONS = [f"xx-west-{number}" for number in range(34)]


@pytest.fixture(params=[3, 34], ids=["3 Regions", "34 Regions"])
def opened(request, open_as, alice, alice_client):
    """Return a function that opens the editor of a draft with some Regions, or very many."""
    draft = make_draft(alice, document("golden", REGIONS[: request.param]))

    def opened(**options):
        page = open_as(alice_client, f"/drafts/{draft.pk}/?open=0", **PHONE | options)
        page.locator("#id_name").focus()
        return page

    return opened


def link(page, name):
    return page.locator(".outline > *", has_text=re.compile(f"^{name}$"))


def press_slowly(page, name):
    """Press the mouse over the link that was scrolled to; release it after the page has reacted."""
    link(page, name).evaluate("link => link.scrollIntoView({ inline: 'center', block: 'nearest' })")
    box = link(page, name).bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.wait_for_timeout(200)
    page.mouse.up()


@pytest.mark.parametrize(("name", "path"), [("Share", "/share/"), ("Review", "/review/")])
def test_links_that_were_scrolled_to_open_by_mouse(opened, name, path):
    page = opened()
    press_slowly(page, name)
    page.wait_for_url(f"**{path}**")


@pytest.mark.parametrize(("name", "path"), [("Share", "/share/"), ("Review", "/review/")])
def test_links_that_were_scrolled_to_open_by_touch(opened, name, path):
    page = opened(has_touch=True, is_mobile=True)
    link(page, name).tap()
    page.wait_for_url(f"**{path}**")


def test_a_late_region_is_tapped(opened):
    page = opened(has_touch=True, is_mobile=True)
    last = page.locator("#outline-regions > a").last
    last.tap()
    expect(page.locator(last.get_attribute("href"))).to_be_in_viewport()
    expect(last).to_have_attribute("aria-current", "true")
    page.locator("#id_name").focus()
    expect(page.locator(".outline > [href='#general']")).to_be_in_viewport(ratio=1)


def test_the_link_with_the_focus_stays_in_view(opened):
    page = opened()
    page.locator(".outline > [href='#general']").focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.locator(".outline :focus")
        if not focused.count():
            break
        expect(focused).to_be_in_viewport(ratio=1)
        ring = focused.evaluate("""focused => parseFloat(getComputedStyle(focused).outlineOffset)
          + parseFloat(getComputedStyle(focused).outlineWidth)""")
        assert ring <= 0 or focused.get_attribute("type") == "search"  # else its box clips it
    assert page.locator("#typing :focus").count() == 1


@pytest.mark.parametrize("opened", [34], indirect=True)
def test_a_pointer_over_the_outline_holds_it(opened):
    page = opened(viewport={"width": 1440, "height": 400})
    regions = page.locator("#outline-regions")
    regions.hover()
    regions.evaluate("box => { box.scrollTop = box.scrollHeight; }")
    top = regions.evaluate("box => box.scrollTop")
    page.locator("#id_distributions-0-region").focus()
    expect(page.locator("#outline-0")).to_have_attribute("aria-current", "true")
    assert regions.evaluate("box => box.scrollTop") == top
