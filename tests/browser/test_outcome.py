"""The outcome's page in Chromium: accessible in every guise, and the same for every reader."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from playwright.sync_api import expect

from distui.builder.models import Draft
from tests.chromium import accessibility_problems, sign_in
from tests.core.rules.mistakes import EVERYTHING

GUISES = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "a phone": {"viewport": {"width": 320, "height": 640}},
    "a dark phone": {"color_scheme": "dark", "viewport": {"width": 390, "height": 800}},
}
AMI = "amiDistributionConfiguration"
ODD = {
    "name": "</title><script>alert(1)</script>",
    "distributions": [
        {},
        {"region": "nowhere-1", "s3ExportConfiguration": {}},
        {
            "region": "eu-west-1",
            AMI: {
                "name": "</svg><img src=x onerror=alert(1)>",
                "targetAccountIds": [f"{number:012d}" for number in range(1536)],
                "launchPermission": {"userGroups": ["all"]},
            },
        },
    ],
}
DOCUMENTS = {"everything": EVERYTHING, "odd": ODD, "nothing": {"distributions": []}}


@pytest.fixture
def show(alice, alice_client, new_context, site_url):
    """Opens the outcome of a document."""

    def opened(document, **guise):
        draft = Draft.objects.create(owner=alice, text=json.dumps(document))
        context = new_context(**guise)
        sign_in(context, alice_client, site_url)
        page = context.new_page()
        page.goto(f"/drafts/{draft.pk}/outcome/")
        return page

    return opened


@pytest.mark.parametrize("guise", GUISES.values(), ids=GUISES)
@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_it_is_accessible(document, guise, show):
    page = show(document, **guise)
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert accessibility_problems(page) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_it_stays_a_table_to_a_screen_reader(width, show):
    page = show(EVERYTHING, viewport={"width": width, "height": 800})
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    roles = Counter(node["role"]["value"] for node in nodes if not node["ignored"])
    assert roles["table"] == 1
    assert roles["row"] == 1 + 3 + 13  # the head, a row for each Region, its things
    assert roles["columnheader"] == 4
    assert roles["rowheader"] == 3 + 13
    assert roles["cell"] == 13 * 3


def test_the_picture_has_a_name_and_says_the_totals(show):
    page = show(EVERYTHING)
    picture = page.get_by_role("img", name="What one build makes, as a tree")
    expect(picture).to_have_accessible_description(
        "A build makes either 4 AMIs (2 of them copies in 2 other accounts) or 2 container images,"
        " in 3 Regions. Along with the AMIs: 2 launch template versions (1 becomes the default),"
        " 2 SSM parameters, fast launch of 2 AMIs, 1 license and 1 VM export."
        " The table below says all of it."
    )


def test_no_text_of_the_picture_leaves_its_box_or_the_picture(show):
    page = show(EVERYTHING | {"name": "W" * 128})
    assert page.evaluate(
        """() => [...document.querySelectorAll(".tree")].every((tree) => {
            const edge = tree.getBoundingClientRect().right;
            const boxes = [...tree.querySelectorAll(".tree-box")];
            const titles = [...tree.querySelectorAll(".tree-title")];
            const right = (element) => element.getBoundingClientRect().right;
            return titles.every((title, place) => right(title) < right(boxes[place]))
                && [...tree.querySelectorAll("text")].every((text) => right(text) <= edge);
        })"""
    )


def test_on_a_phone_the_picture_scrolls_inside_its_own_box(show):
    page = show(EVERYTHING, viewport={"width": 390, "height": 800})
    box = page.locator(".outcome-picture")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    box.focus()
    page.keyboard.press("ArrowRight")
    expect(box).not_to_have_js_property("scrollLeft", 0)


def test_a_long_list_opens_by_keyboard(show):
    page = show(ODD)
    summary = page.locator(".outcome-table summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("000000001535")).to_be_visible()
    assert accessibility_problems(page) == []


def test_printed_it_is_dark_on_white_and_whole(show):
    page = show(EVERYTHING, color_scheme="dark", viewport={"width": 700, "height": 1000})
    page.emulate_media(media="print")
    tree = page.locator(".tree")
    assert tree.evaluate("tree => getComputedStyle(tree).breakInside") == "avoid"
    assert page.locator(".outcome-picture").evaluate("box => box.scrollWidth <= box.clientWidth")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


def test_it_is_reached_from_the_editor_and_leads_back(show):
    page = show(EVERYTHING)
    page.get_by_role("link", name="US East (N. Virginia)").click()
    expect(page.locator('[data-pointer="/distributions/1/region"]')).to_have_value("us-east-1")
    page.get_by_role("link", name="Outcome").click()
    expect(page.get_by_role("heading", name="What will exist afterwards")).to_be_visible()
