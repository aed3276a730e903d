"""The main job with the keyboard only; each step names the control that it reaches."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests.end_to_end.keyboard import Keyboard, field
from tests.product import PASSWORD, USER

AMI = "amiDistributionConfiguration"


@pytest.fixture
def keyboard(new_context):
    return Keyboard(new_context(reduced_motion="reduce").new_page())


def test_the_main_job_works_by_keyboard(keyboard, product):
    page = keyboard.page
    page.goto("/")
    keyboard.assert_focused("[name=username]")
    keyboard.type(USER)
    keyboard.press("Tab")
    keyboard.assert_focused("[name=password]")
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    page.wait_for_selector("[data-action=create]")

    keyboard.press("Tab")
    keyboard.assert_focused(".skip-link")
    keyboard.press("Enter")
    keyboard.reach("[data-action=create]:not([data-starter])")
    keyboard.press("Enter")
    page.wait_for_selector("[data-preview]")

    keyboard.reach(field("/name"))
    keyboard.type("By keyboard")
    for number, region in enumerate(["eu-west-1", "eu-central-1", "us-east-1"]):
        build_region(keyboard, number, region)
    move_and_undo(keyboard)

    keyboard.reach('[data-action="review"]', key="Shift+Tab", max_presses=200)
    shown = page.locator("[data-preview]").text_content()
    keyboard.press("Enter")
    page.wait_for_selector("[data-action=submit]")
    keyboard.reach("input[type=radio]")
    keyboard.press("Space")
    keyboard.reach("[data-action=submit]")
    keyboard.press("Enter")
    page.wait_for_selector('[data-state="created"]', timeout=30_000)
    arn = page.locator("[data-arn]").first.text_content().strip()
    assert re.fullmatch(r"arn:aws:imagebuilder:.*/by-keyboard", arn)
    record = page.request.get(page.url.rstrip("/") + ".json").json()
    assert record["request"] == json.loads(shown)

    keyboard.reach('.top-bar a[href="/history/"]', key="Shift+Tab")
    keyboard.press("Enter")
    page.wait_for_url("**/history/")
    keyboard.reach('a[href^="/history/export.jsonl"]')
    with page.expect_download() as download:
        keyboard.press("Enter")
    assert arn in download.value.path().read_text()


def build_region(keyboard, number, region):
    """Add a Region with an AMI, a nested list and a map."""
    pointer = f"/distributions/{number}"
    key = "Tab" if number == 0 else "Shift+Tab"
    keyboard.reach('[data-action="add"][data-pointer="/distributions"]', key=key, max_presses=200)
    keyboard.press("Enter")
    keyboard.settle()
    keyboard.assert_focused(field(f"{pointer}/region"))
    keyboard.type(region)
    keyboard.act("include", f"{pointer}/{AMI}", field(f"{pointer}/{AMI}/name"))
    keyboard.type("golden-{{ imagebuilder:buildDate }}")
    keyboard.reach(field(f"{pointer}/{AMI}/targetAccountIds"))
    keyboard.type("418273950164")
    keyboard.act(
        "add",
        f"{pointer}/{AMI}/amiTags",
        f'[data-part="key"][data-pointer="{pointer}/{AMI}/amiTags"]',
    )
    keyboard.type("Team")
    keyboard.press("Tab")
    keyboard.assert_focused('[data-part="value"]')
    keyboard.type("platform")
    rows = f"{pointer}/ssmParameterConfigurations"
    keyboard.act("add", rows, field(f"{rows}/0/parameterName"))
    keyboard.type(f"/imagebuilder/{region}")


def move_and_undo(keyboard):
    """Move a Region without dragging, then undo; the focus follows the Region."""
    page = keyboard.page
    keyboard.reach(
        '[data-action="move-up"][data-pointer="/distributions/2"]', key="Shift+Tab", max_presses=200
    )
    keyboard.press("Enter")
    keyboard.settle()
    keyboard.assert_focused("#distributions-1")
    expect(page.locator("#live")).to_contain_text("position 2 of 3")
    keyboard.reach('[data-action="undo"]', key="Shift+Tab", max_presses=200)
    keyboard.press("Enter")
    keyboard.settle()
    shown = json.loads(page.locator("[data-preview]").text_content())
    assert [item["region"] for item in shown["distributions"]][2] == "us-east-1"
