"""Starters, fixes and help in Chromium: with and without JavaScript, and with axe."""

from __future__ import annotations

import json
import time

import pytest
from playwright.sync_api import expect

from distui.builder.state.starters import load_starters
from tests.chromium import GUISES, accessibility_problems, sign_in
from tests.factories import make_draft

AMI = "/distributions/0/amiDistributionConfiguration"
DATE = "{{ imagebuilder:buildDate }}"
FULL = {
    "name": "web server",
    "distributions": [
        {
            "region": "EU-WEST-1",
            "amiDistributionConfiguration": {
                "name": "golden",
                "targetAccountIds": ["210987654321", "310987654321", "210987654321"],
                "launchPermission": {"userIds": ["310987654321"], "userGroups": ["ALL"]},
                "amiTags": {"CreatedBy": "me"},
            },
            "launchTemplateConfigurations": [{"launchTemplateId": "lt-0a1b2c3d4e5f67890"}],
            "ssmParameterConfigurations": [{"parameterName": "images/golden"}],
        }
    ],
}


@pytest.fixture(params=GUISES.values(), ids=GUISES)
def guise(request, new_context, alice_client, site_url):
    """Return Alice's page in one of the guises."""
    context = new_context(**request.param)
    sign_in(context, alice_client, site_url)
    return context.new_page()


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def page(request, new_context, alice_client, site_url):
    """Return Alice's page, with and without JavaScript."""
    context = new_context(java_script_enabled=request.param)
    sign_in(context, alice_client, site_url)
    return context.new_page()


@pytest.fixture
def draft(alice):
    """Create a draft with many errors."""
    return make_draft(alice, FULL)


def assert_good(page):
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert accessibility_problems(page) == []


def test_the_editor_with_open_help_is_accessible(guise, draft):
    guise.goto(f"/drafts/{draft.pk}/?open=0")
    guise.eval_on_selector_all(".shape details", "all => all.forEach(one => { one.open = true; })")
    expect(guise.locator(".compare")).to_be_visible()
    expect(guise.locator("[data-action=fix]")).to_have_count(9)
    assert_good(guise)


def test_each_starter_opens_as_a_draft(page):
    for id, starter in load_starters().items():
        page.goto("/drafts/new/")
        page.locator(f'[data-action="create"][data-starter="{id}"]').click()
        shown = json.loads(page.locator("[data-preview]").text_content())
        assert shown == starter.document | {"clientToken": shown["clientToken"]}
        expect(page.locator("#notices")).to_contain_text("Next: ")


def test_the_blank_draft_is_the_first_choice(page):
    page.goto("/drafts/new/")
    page.locator("[data-action=create]").first.click()
    assert json.loads(page.locator("[data-preview]").text_content())["distributions"] == []


def control(page, place):
    """Return the control of that member."""
    return page.locator(f'input[data-pointer="{place}"], select[data-pointer="{place}"]')


def test_a_button_adds_the_build_date(page, draft):
    page.goto(f"/drafts/{draft.pk}/?open=0")
    control(page, f"{AMI}/name").fill("silver")
    page.locator(f'[data-action="build-date"][data-pointer="{AMI}/name"]').click()
    expect(control(page, f"{AMI}/name")).to_have_value(f"silver-{DATE}")
    resolved = page.locator("#id_distributions-0-amiDistributionConfiguration-name_resolved")
    expect(resolved).to_have_text(
        "Resolves to silver-2026-11-24T20-30-05.912619Z · 34/128 characters"
    )
    expect(page.locator("[data-action=build-date]")).to_have_count(0)
    draft.refresh_from_db()
    ami = draft.document["distributions"][0]["amiDistributionConfiguration"]
    assert ami["name"] == f"silver-{DATE}"


def test_every_fix_can_be_applied(page, draft):
    page.goto(f"/drafts/{draft.pk}/?open=0")
    buttons = page.locator("[data-action=fix]")
    while left := buttons.count():
        buttons.first.click()
        expect(buttons).not_to_have_count(left)
        page.wait_for_load_state()  # without JavaScript the page arrives in parts
    draft.refresh_from_db()
    assert draft.document["distributions"][0] == {
        "region": "eu-west-1",
        "amiDistributionConfiguration": {
            "name": "golden",
            "targetAccountIds": ["210987654321", "310987654321"],
            "launchPermission": {"userGroups": ["all"]},
        },
        "launchTemplateConfigurations": [
            {"launchTemplateId": "lt-0a1b2c3d4e5f67890", "setDefaultVersion": False}
        ],
        "ssmParameterConfigurations": [
            {"parameterName": "/images/golden", "dataType": "aws:ec2:image"}
        ],
    }


@pytest.fixture
def live(new_context, alice_client, site_url, draft):
    """Open the draft's Region with JavaScript."""
    context = new_context()
    sign_in(context, alice_client, site_url)
    page = context.new_page()
    page.goto(f"/drafts/{draft.pk}/?open=0")
    return page


RESOLVED = "#id_distributions-0-amiDistributionConfiguration-name_resolved"


def test_the_resolved_name_updates_while_typing(live):
    name = control(live, f"{AMI}/name")
    name.fill(f"x-{DATE}")
    expect(live.locator(RESOLVED)).to_contain_text("x-2026-11-24T20-30-05.912619Z")
    expect(live.locator("[data-action=build-date]")).to_have_count(0)
    name.fill("x")
    expect(live.locator("[data-action=build-date]")).to_have_count(1)
    expect(name).to_be_focused()


def test_a_click_is_not_lost_during_autosave(live):
    def slowly(route):
        """Delay autosaves longer than it takes to press a button and continue typing."""
        if "op=autosave" in (route.request.post_data or ""):
            time.sleep(0.5)
        route.continue_()

    live.route("**/drafts/*/", slowly)
    control(live, "/distributions/0/region").press_sequentially("ab")
    live.locator('[data-action="build-date"]').click()
    live.evaluate("htmx.trigger('#typing', 'input')")
    expect(control(live, f"{AMI}/name")).to_have_value(f"golden-{DATE}")


def region_button(page):
    """Focus the Region's control and return the button that fixes it."""
    control(page, "/distributions/0/region").focus()
    return page.locator('[data-action="fix"][data-pointer="/distributions/0/region"]')


def test_a_click_that_blurs_the_control_is_not_lost(live):
    region_button(live).hover()
    live.mouse.down()
    live.wait_for_timeout(200)
    live.mouse.up()
    expect(control(live, "/distributions/0/region")).to_have_value("eu-west-1")


def test_a_replaced_button_keeps_the_focus(live):
    button = region_button(live)
    live.keyboard.press("Tab")
    live.wait_for_timeout(800)
    expect(button).to_be_focused()
    live.keyboard.press("Enter")
    expect(control(live, "/distributions/0/region")).to_have_value("eu-west-1")
    expect(control(live, "/distributions/0/region")).to_be_focused()
    expect(live.locator("#live")).to_have_text("Region corrected.")


def test_a_fix_can_be_undone(live, draft):
    live.locator("[data-action=build-date]").click()
    expect(control(live, f"{AMI}/name")).to_have_value(f"golden-{DATE}")
    live.locator("[data-action=undo]").click()
    expect(control(live, f"{AMI}/name")).to_have_value("golden")


def test_everyone_is_a_choice(page, draft):
    place = f"{AMI}/launchPermission/userGroups"
    page.goto(f"/drafts/{draft.pk}/?open=0")
    expect(control(page, place)).to_have_value("ALL")
    control(page, place).select_option("all")
    page.locator("[data-action=save]").click()
    page.wait_for_selector(".error-summary")
    expect(control(page, place)).to_have_value("all")
    control(page, place).select_option("")
    page.locator("[data-action=review]").click()
    page.wait_for_url("**/review/")
    draft.refresh_from_db()
    ami = draft.document["distributions"][0]["amiDistributionConfiguration"]
    assert ami["launchPermission"] == {"userIds": ["310987654321"]}
