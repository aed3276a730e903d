"""The outcome page in Chromium: with axe, to screen readers, on phones and in print."""

from __future__ import annotations

from collections import Counter

import pytest
from playwright.sync_api import expect

from tests.chromium import GUISES, accessibility_problems, sign_in
from tests.core.rules.mistakes import EVERYTHING
from tests.factories import make_draft

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
    """Return a function that opens the outcome of a document."""

    def opened(document, **guise):
        draft = make_draft(alice, document)
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
    assert roles["row"] == 1 + 3 + 13  # the head, a row for each Region, its resources
    assert roles["columnheader"] == 4
    assert roles["rowheader"] == 3 + 13
    assert roles["cell"] == 13 * 3


def test_the_diagram_has_a_name_and_description(show):
    page = show(EVERYTHING)
    diagram = page.get_by_role("img", name="What a build produces: a tree")
    expect(diagram).to_have_accessible_description(
        "Each build creates either 4 AMIs (2 are copies in 2 other accounts) or 2 container images"
        " in 3 Regions, 2 launch template versions (1 set as default),"
        " 2 SSM parameters, EC2 Fast Launch for 2 AMIs, 1 license configuration and 1 VM export."
        " The table below has all details."
    )


def test_no_text_overflows_the_diagram(show):
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


def test_the_diagram_scrolls_on_a_phone(show):
    page = show(EVERYTHING, viewport={"width": 390, "height": 800})
    box = page.locator(".outcome-diagram")
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


def test_it_prints_dark_on_white(show):
    page = show(EVERYTHING, color_scheme="dark", viewport={"width": 700, "height": 1000})
    page.emulate_media(media="print")
    tree = page.locator(".tree")
    assert tree.evaluate("tree => getComputedStyle(tree).breakInside") == "avoid"
    assert page.locator(".outcome-diagram").evaluate("box => box.scrollWidth <= box.clientWidth")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


def test_the_editor_and_the_outcome_link_to_each_other(show):
    page = show(EVERYTHING)
    page.get_by_role("link", name="US East (N. Virginia)").click()
    expect(page.locator('[data-pointer="/distributions/1/region"]')).to_have_value("us-east-1")
    page.get_by_role("link", name="Outcome").click()
    expect(page.get_by_role("heading", name="What a build produces")).to_be_visible()
