"""How many actions and presses two whole jobs take, from the list of drafts to the ARN."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.end_to_end.author import Author
from tests.end_to_end.keyboard import Keyboard, field

SIX = "us-east-1, us-west-2, eu-west-1, eu-central-1, ap-northeast-1, sa-east-1"
AMI = "/distributions/0/amiDistributionConfiguration"
CONTAINER = "/distributions/0/containerDistributionConfiguration"


@pytest.fixture
def page(new_context):
    """Return the list of drafts of a user who is signed in."""
    page = new_context(viewport={"width": 1440, "height": 900}).new_page()
    Author(page, scripts=True).sign_in()
    return page


def submitted_regions(page):
    """Wait for the created submission; return its distributions by Region."""
    page.wait_for_selector('[data-state="created"]', timeout=30_000)
    record = page.request.get(page.url.rstrip("/") + ".json").json()
    return {item["region"]: item for item in record["request"]["distributions"]}


def test_a_golden_ami_over_six_regions_takes_few_actions(page):
    actions = 0

    def click(selector):
        nonlocal actions
        actions += 1
        page.locator(selector).first.click()
        page.wait_for_load_state("load")
        expect(page.locator(".htmx-request")).to_have_count(0)

    def type_into(pointer, text):
        expect(page.locator(f"{pointer}:focus")).to_have_count(1)
        page.keyboard.type(text)

    click("[data-action=create]:not([data-starter])")
    type_into("#id_name", "Golden AMI in six")
    click("#distributions .add-lines summary")
    type_into("#lines-distributions", SIX)
    click('[data-action="add-lines"][data-pointer="/distributions"]')
    click('[data-action="edit"][data-pointer="/distributions/0"]')
    click(f'[data-action="include"][data-pointer="{AMI}"]')
    type_into(field(f"{AMI}/name"), "golden-{{ imagebuilder:buildDate }}")
    click(field(f"{AMI}/targetAccountIds"))
    type_into(field(f"{AMI}/targetAccountIds"), "015738294460 264839157720")
    click(f'[data-action="apply"][data-pointer="{AMI}"]')
    click("text=All")
    click(".choice-bar [data-action=apply]")
    click("[data-action=review]")
    click("input[type=radio][name=target]")
    click("[data-action=submit]")
    found = submitted_regions(page)
    assert [*found] == SIX.split(", ")
    for item in found.values():
        assert item["amiDistributionConfiguration"]["targetAccountIds"] == [
            "015738294460",
            "264839157720",
        ]
    assert actions <= 12


def test_a_container_by_keyboard_takes_few_presses(page):
    keyboard = Keyboard(page)
    keyboard.reach("[data-action=create]:not([data-starter])")
    keyboard.press("Enter")
    page.wait_for_selector("[data-preview]")
    keyboard.assert_focused("#id_name")
    keyboard.type("A container by keyboard")
    keyboard.act("add", "/distributions", field("/distributions/0/region"))
    keyboard.type("eu-west-1")
    keyboard.act("include", CONTAINER, f'[data-pointer^="{CONTAINER}"]')
    repository = f"{CONTAINER}/targetRepository"
    keyboard.reach(field(f"{repository}/service"))
    keyboard.type("E")
    keyboard.reach(field(f"{repository}/repositoryName"))
    keyboard.type("gauges/ingest")
    keyboard.press("Control+Enter")
    page.wait_for_selector("[data-action=submit]")
    keyboard.reach("input[type=radio]")
    keyboard.press("Space")
    keyboard.reach("[data-action=submit]")
    keyboard.press("Enter")
    found = submitted_regions(page)["eu-west-1"]["containerDistributionConfiguration"]
    assert found["targetRepository"] == {"service": "ECR", "repositoryName": "gauges/ingest"}
    assert keyboard.presses <= 90
