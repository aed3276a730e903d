"""Account lists and groups in Chromium: by keyboard, without scripts, and with axe."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from distui.builder.groups.models import NamedGroup
from tests.chromium import GUISES, accessibility_problems, sign_in
from tests.factories import make_draft

AMI = "/distributions/0/amiDistributionConfiguration"
COPIES = f"{AMI}/targetAccountIds"
A, B, C = "072964183051", "735018462939", "418273950164"


@pytest.fixture
def draft(alice):
    """Create a draft with one Region, a messy account list and an empty launch permission."""
    ami = {"targetAccountIds": [A, "7350-1846-2939", "18273950164"], "launchPermission": {}}
    state = {"distributions": [{"region": "eu-west-1", "amiDistributionConfiguration": ami}]}
    return make_draft(alice, state)


@pytest.fixture
def groups(alice, charlie):
    """Create one group of each type, one with a name of maximum length."""
    NamedGroup.objects.create(name="Production " + "x" * 49, members=f"{B}\n{C}", owner=charlie)
    members = "us-east-1\neu-north-1"
    NamedGroup.objects.create(name="Atlantic", kind="regions", members=members, owner=alice)


def opened(context, client, site_url, path):
    sign_in(context, client, site_url)
    page = context.new_page()
    page.goto(path)
    return page


def control(page):
    return page.locator(f'textarea[data-pointer="{COPIES}"]')


def button(page, verb, place=COPIES):
    return page.locator(f'[data-action="{verb}"][data-pointer="{place}"]')


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def editor(request, new_context, alice_client, site_url, draft, groups):
    """Return the editor at the Region, with and without JavaScript."""
    context = new_context(java_script_enabled=request.param)
    return opened(context, alice_client, site_url, f"/drafts/{draft.pk}/?open=0")


def test_a_list_is_cleaned_up_and_a_group_inserted(editor, draft):
    summary = editor.locator(f'[id="id_{COPIES[1:].replace("/", "-")}_summary"]')
    expect(summary).to_contain_text("3 entries · 1 too short · 1 with dashes")
    button(editor, "tidy").click()
    expect(control(editor)).to_have_value(f"{A}\n{B}\n18273950164")
    expect(summary).to_have_text("3 entries · 1 too short")
    expect(button(editor, "tidy")).to_be_hidden()
    button(editor, "zeros").click()
    expect(control(editor)).to_have_value(f"{A}\n{B}\n018273950164")
    expect(button(editor, "zeros")).to_be_hidden()
    button(editor, "insert").click()
    message = re.compile(r"Added 1 account from Production x+ \(1 already in the list\)\.")
    expect(editor.get_by_text(message).first).to_be_attached()
    expect(control(editor)).to_have_value(f"{A}\n{B}\n018273950164\n{C}")
    assert C in editor.locator("[data-preview]").text_content()


def test_inserting_a_group_of_regions_adds_cards(editor, draft):
    button(editor, "insert", "/distributions").click()
    expect(editor.locator(".region-card")).to_have_count(2)
    expect(control(editor)).to_be_visible()
    draft.refresh_from_db()
    assert [card["region"] for card in draft.document["distributions"]] == [
        "eu-west-1",
        "us-east-1",
        "eu-north-1",
    ]


@pytest.fixture
def live_editor(new_context, alice_client, site_url, draft, groups):
    """Return the editor with JavaScript."""
    return opened(new_context(), alice_client, site_url, f"/drafts/{draft.pk}/?open=0")


def test_the_keyboard_focus_stays_at_the_list(live_editor):
    page = live_editor
    control(page).focus()
    page.keyboard.press("Tab")
    expect(button(page, "tidy")).to_be_focused()
    page.keyboard.press("Enter")
    expect(control(page)).to_have_value(f"{A}\n{B}\n18273950164")
    expect(control(page)).to_be_focused()
    expect(page.locator("#live")).to_have_text(re.compile("^Cleaned up: 2 accounts"))
    result = page.locator(".finding", has_text="Cleaned up")
    expect(result).not_to_contain_text("Suggestion")
    page.keyboard.press("Tab")
    expect(button(page, "zeros")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(button(page, "insert")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#live")).to_have_text(re.compile("^Added 1 account"))
    expect(control(page)).to_be_focused()


def test_unsaved_input_is_cleaned_up_too(live_editor):
    control(live_editor).press("Control+End")
    control(live_editor).press_sequentially(f"\n{A}")
    button(live_editor, "tidy").click()
    expect(control(live_editor)).to_have_value(f"{A}\n{B}\n18273950164")


def test_the_summary_updates_while_typing(live_editor):
    summary = live_editor.locator(f'[id="id_{COPIES[1:].replace("/", "-")}_summary"]')
    handle = button(live_editor, "tidy").element_handle()
    control(live_editor).fill(f"{A}\n{B}")
    expect(summary).to_have_text("2 entries")
    expect(button(live_editor, "tidy")).to_be_hidden()
    control(live_editor).fill(f"{A}\n{B}\n{A}")
    expect(summary).to_have_text(f"3 entries · 1 duplicate of {A}")
    expect(button(live_editor, "tidy")).to_be_visible()
    assert handle.evaluate("button => button.isConnected")


def test_an_inserted_group_can_be_undone(live_editor):
    before = control(live_editor).input_value()
    button(live_editor, "insert").click()
    expect(control(live_editor)).to_have_value(re.compile(C))
    live_editor.locator("[data-action=undo]").click()
    expect(control(live_editor)).to_have_value(before)


def test_a_deleted_group_is_reported_and_no_input_lost(live_editor):
    NamedGroup.objects.filter(kind="accounts").delete()
    control(live_editor).fill("typed")
    button(live_editor, "insert").click()
    expect(live_editor.locator(".error-summary")).to_contain_text("no longer exists")
    expect(control(live_editor)).to_have_value("typed")


@pytest.mark.parametrize("guise", GUISES.values(), ids=GUISES)
def test_a_group_is_saved_after_an_error(guise, new_context, alice_client, site_url):
    page = opened(new_context(**guise), alice_client, site_url, "/groups/")
    assert_good(page)
    page.get_by_role("link", name="New group").click()
    page.get_by_label("Members").fill("72964183051")
    content = f"Name,Account\nportal,{B}\nlab,?\n".encode()
    file = {"name": "accounts.csv", "mimeType": "text/csv", "buffer": content}
    page.get_by_label("Or upload a file").set_input_files(file)
    page.get_by_role("button", name="Save group").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert_good(page)
    page.locator(".error-summary a").first.click()
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type("Production")
    page.get_by_role("button", name="Clean up").click()
    expect(page.get_by_label("Members")).to_have_value(f"{A}\n{B}")
    assert_good(page)
    page.get_by_label("Name").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Saved Production: 2 accounts.")
    assert_good(page)


def test_groups_work_without_scripts(new_context, alice_client, site_url):
    context = new_context(java_script_enabled=False)
    page = opened(context, alice_client, site_url, "/groups/new/")
    page.get_by_label("Name").fill("Home")
    page.get_by_label("Regions").check()
    page.get_by_label("Members").fill("eu-west-1, us-east-1")
    page.get_by_role("button", name="Save group").click()
    page.get_by_role("link", name="Home").click()
    page.get_by_label("Members").fill("eu-west-1")
    page.get_by_role("button", name="Save group").click()
    expect(page.get_by_text("Saved Home: 1 Region.")).to_be_visible()
    page.get_by_role("link", name="Home").click()
    page.get_by_role("link", name="Delete…").click()
    page.get_by_role("button", name="Delete group").click()
    expect(page.get_by_text("No groups yet")).to_be_visible()


def assert_good(page):
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert accessibility_problems(page) == []
