"""Typing while a button is at work, or reloading the page, loses no input."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from distui.builder.rule_context import request_of
from tests.chromium import sign_in
from tests.factories import make_draft

AMI = "amiDistributionConfiguration"
REGIONS = ("eu-west-1", "us-east-1", "eu-central-1", "eu-north-1")
SLOW = 1000  # milliseconds that an answer takes: longer than a click on a busy machine


@pytest.fixture
def draft(alice):
    ami = {"name": "golden-{{ imagebuilder:buildDate }}"}
    distributions = [{"region": region, AMI: ami} for region in REGIONS]
    state = {"name": "golden", "description": "", "distributions": distributions}
    return make_draft(alice, state)


@pytest.fixture
def page(new_context, alice_client, site_url, draft):
    context = new_context()
    sign_in(context, alice_client, site_url)
    page = context.new_page()
    page.goto(f"/drafts/{draft.pk}/?open=2")
    return page


def slowly(page):
    """Let every answer to a post take its time."""

    def answer(route):
        if route.request.method != "POST":
            return route.continue_()
        found = route.fetch()
        page.wait_for_timeout(SLOW)
        return route.fulfill(response=found)

    page.route("**/drafts/*/", answer)


def saved(page, draft):
    """Return the draft once no request is pending: the page shows the same."""
    page.wait_for_load_state("networkidle")
    expect(page.locator(".htmx-request")).to_have_count(0, timeout=15_000)
    expect(page.locator("#status")).to_contain_text("Saved")
    draft.refresh_from_db()
    preview = json.loads(page.locator("[data-preview]").text_content())
    assert preview == request_of(draft.document, draft.client_token)
    return draft.state


def press(page, verb, place):
    page.locator(f'[data-action="{verb}"][data-pointer="{place}"]').first.click()


def type_in(page, id, text):
    page.locator(f"#{id}").click()
    page.keyboard.press("End")
    page.keyboard.type(text, delay=40)


@pytest.mark.parametrize("named", ["golden", "no/slash"])
def test_typing_after_pressing_save_is_retained(page, draft, named):
    page.locator("#id_name").fill(named)
    slowly(page)
    page.locator("[data-action=save]").first.click()
    type_in(page, "id_description", "typed while it saves")
    assert saved(page, draft)["description"] == "typed while it saves"
    expect(page.locator("#id_description")).to_have_value("typed while it saves")
    expect(page.locator("#id_description")).to_be_focused()


def test_typing_after_adding_a_row_stays_in_its_field(page, draft):
    slowly(page)
    press(page, "add", "/tags")
    type_in(page, "id_description", "typed meanwhile")
    state = saved(page, draft)
    assert (state["description"], state["tags"]) == ("typed meanwhile", [["", ""]])
    expect(page.locator('[data-part="key"]')).to_have_value("")
    expect(page.locator("#id_description")).to_be_focused()


def test_a_region_that_is_typed_in_follows_its_number(page, draft):
    slowly(page)
    press(page, "remove", "/distributions/0")
    page.locator(f"#id_distributions-2-{AMI}-description").click()
    page.keyboard.type("typed meanwhile", delay=40)
    state = saved(page, draft)
    assert [item["region"] for item in state["distributions"]] == list(REGIONS[1:])
    assert state["distributions"][1][AMI]["description"] == "typed meanwhile"
    control = page.locator(f"#id_distributions-1-{AMI}-description")
    expect(control).to_have_value("typed meanwhile")
    expect(control).to_be_focused()
    page.keyboard.type("!")
    assert saved(page, draft)["distributions"][1][AMI]["description"] == "typed meanwhile!"


def test_another_region_does_not_open_during_typing(page, draft):
    slowly(page)
    press(page, "edit", "/distributions/3")
    type_in(page, "id_distributions-2-region", "x")
    state = saved(page, draft)
    assert [item["region"] for item in state["distributions"]][2:] == ["eu-central-1x", REGIONS[3]]
    expect(page.locator("#id_distributions-2-region")).to_be_focused()


def test_typing_after_undo_is_retained(page, draft):
    type_in(page, "id_description", "first")
    saved(page, draft)
    slowly(page)
    page.locator("#undo").click()
    type_in(page, "id_name", "-typed")
    state = saved(page, draft)
    assert (state["name"], state.get("description", "")) == ("golden-typed", "")
    expect(page.locator("#id_name")).to_have_value("golden-typed")


def test_reverted_typing_stays_reverted(page, draft):
    page.locator("#id_description").fill("first")
    slowly(page)
    press(page, "add", "/tags")
    page.locator("#id_description").fill("second")
    page.locator("#id_description").fill("")
    expect(page.locator('[data-part="key"]')).to_have_count(1)
    state = saved(page, draft)
    assert (state.get("description", ""), state["tags"]) == ("", [["", ""]])


def test_a_press_during_a_save_keeps_its_button(page, draft):
    slowly(page)
    page.locator("#id_description").fill("first")
    press(page, "add", "/tags")
    page.locator("#id_description").fill("second")
    expect(page.locator('[data-part="key"]')).to_have_count(1)
    state = saved(page, draft)
    assert (state["description"], state["tags"]) == ("second", [["", ""]])


def test_typing_on_while_a_conflict_is_resolved_loses_nothing(page, draft):
    theirs = {"name": "theirs", "description": "theirs"}
    draft.save_state(draft.state | theirs, revision=draft.revision)
    page.locator("#id_description").fill("mine")
    expect(page.locator("#conflict")).to_contain_text("Edited in another window")
    slowly(page)
    page.locator("[data-action=keep-mine]").click()
    type_in(page, "id_description", " and more")
    state = saved(page, draft)
    assert (state["name"], state["description"]) == ("theirs", "mine and more")
    expect(page.locator("#id_name")).to_have_value("theirs")


def test_a_press_during_another_press_reports_that_it_was_ignored(page, draft):
    slowly(page)
    press(page, "remove", "/distributions/0")
    press(page, "remove", "/distributions/3")
    expect(page.locator("#live")).to_contain_text(
        "Not done: the previous action was still running."
    )
    assert [item["region"] for item in saved(page, draft)["distributions"]] == list(REGIONS[1:])
    press(page, "add", "/tags")
    press(page, "add", "/distributions")
    expect(page.locator("#live")).to_contain_text(
        "Not done: the previous action was still running."
    )
    page.wait_for_timeout(2 * SLOW)
    state = saved(page, draft)
    assert (len(state["distributions"]), state["tags"]) == (3, [["", ""]])
    press(page, "remove", "/distributions/2")
    page.wait_for_timeout(2 * SLOW)
    assert [item["region"] for item in saved(page, draft)["distributions"]] == list(REGIONS[1:3])


def lose_answers(page):
    """Let posts reach the server, but not their answers the page."""

    def answer(route):
        route.fetch()
        route.abort()

    page.route("**/drafts/*/", answer)


def test_the_page_catches_up_with_a_lost_answer(page, draft, complaints):
    lose_answers(page)
    page.locator("#id_description").fill("saved, but not answered")
    expect(page.locator("#status")).to_have_text("Not saved: no connection to the server.")
    page.unroute("**/drafts/*/")
    assert saved(page, draft)["description"] == "saved, but not answered"
    expect(page.locator("#id_description")).to_be_focused()
    complaints.clear()  # the browser's own words on the lost answers


def test_the_page_catches_up_with_a_lost_press(page, draft, complaints):
    lose_answers(page)
    press(page, "remove", "/distributions/0")
    expect(page.locator("#status")).to_have_text("Not saved: no connection to the server.")
    page.unroute("**/drafts/*/")
    assert [item["region"] for item in saved(page, draft)["distributions"]] == list(REGIONS[1:])
    expect(page.locator(f"#id_distributions-1-{AMI}-description")).to_be_visible()
    complaints.clear()  # the browser's own words on the lost answers


def test_reloading_while_typing_continues(page, draft):
    loads = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    type_in(page, "id_description", "first")
    page.keyboard.type(" part", delay=1)
    page.reload()
    type_in(
        page,
        "id_name",
        "-typed-on-for-two-seconds",
    )
    page.keyboard.type("-and-more", delay=100)
    state = saved(page, draft)
    assert state["name"] == "golden-typed-on-for-two-seconds-and-more"
    assert state["description"] == "first part"
    expect(page.locator("#id_description")).to_have_value("first part")
    expect(page.locator("#id_name")).to_be_focused()
    expect(page.locator("#conflict table")).to_have_count(0)
    assert len(loads) == 1


def test_a_page_loaded_before_a_save_catches_up(page, draft):
    page.evaluate("document.getElementById('typing').removeAttribute('hx-post')")
    page.evaluate("window.fetch = (url, sent) => { localStorage.late = String(sent.body); }; 0")
    page.locator("#id_description").fill("saved late")
    page.goto(f"/drafts/{draft.pk}/")
    loads = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Referer": page.url}
    page.request.post(page.url, data=page.evaluate("localStorage.late"), headers=headers)
    expect(page.locator("#id_description")).to_have_value("saved late")
    assert saved(page, draft)["description"] == "saved late"
    assert loads == []
