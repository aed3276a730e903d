"""The editor's bar, outline, findings and keys, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from distui.builder.state.draft_state import dump_state
from tests.chromium import accessibility_problems, sign_in
from tests.factories import document, make_draft

MANY = [f"xx-west-{number}" for number in range(34)]


@pytest.fixture
def open_editor(new_context, alice, alice_client, site_url):
    """Return a function that opens the editor of a new draft."""

    def opened(state=None, query="", **options):
        context = new_context(**options)
        sign_in(context, alice_client, site_url)
        page = context.new_page()
        draft = make_draft(alice, document(regions=MANY) if state is None else state)
        page.goto(f"/drafts/{draft.pk}/{query}")
        return page

    return opened


@pytest.mark.parametrize("width", [1440, 390])
def test_the_bar_stays_in_sight(open_editor, width):
    page = open_editor(query="?open=1", viewport={"width": width, "height": 900})
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    for selector in ("#title", "#status", "#findings-badge", "#undo", "#redo"):
        expect(page.locator(selector)).to_be_in_viewport()
    expect(page.locator("[data-action=review]")).to_be_in_viewport()
    expect(page.locator(".brand")).not_to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert accessibility_problems(page) == []
    region = page.locator("#distributions-1")
    region.evaluate("region => scrollBy(0, region.getBoundingClientRect().bottom - 300)")
    expect(region.locator("h3")).to_be_in_viewport(ratio=1)
    expect(page.locator(".outline [value=review]")).to_be_visible()


def test_the_outline_follows_the_open_region(open_editor):
    page = open_editor(query="?open=33", viewport={"width": 1440, "height": 700})
    page.locator("#distributions-33").scroll_into_view_if_needed()
    page.locator("#id_distributions-33-region").focus()
    expect(page.locator("#outline-33")).to_be_in_viewport()
    expect(page.locator("#outline-33")).to_have_attribute("aria-current", "true")
    expect(page.locator(".outline [value=review]")).to_be_in_viewport()


def test_the_bar_of_a_phone_has_space_for_the_name(open_editor, alice):
    codes = ("ap-southeast-3", "ca-central-1", "eu-west-1", "us-gov-west-1", "me-south-1")
    state = document("org-wide-golden-image", codes)
    for item in state["distributions"]:
        permission = {"userGroups": ["all"], "userIds": ["111122223333"]}
        ami = {"targetAccountIds": ["12"], "launchPermission": permission}
        item["amiDistributionConfiguration"] = ami
    page = open_editor(state, viewport={"width": 390, "height": 844})
    draft = alice.drafts.get()
    draft.sessions.create(
        user=alice,
        pending=dump_state(document("mine")),
        pending_base=draft.text,
    )
    page.reload()
    status = page.locator("#status")
    expect(status.get_by_role("link")).to_have_accessible_name(re.compile(r"Saved \d\d:\d\d"))
    assert status.evaluate("line => line.offsetHeight") < 32
    gap = status.bounding_box()["x"] - page.locator("#title").bounding_box()["x"]
    assert gap > 150
    end = status.locator("time").evaluate("time => time.getBoundingClientRect().right")
    assert end <= page.locator("#findings-badge").bounding_box()["x"] - 4
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(page.get_by_text("Unsaved changes from")).not_to_be_in_viewport()
    expect(page.locator("#title")).to_be_in_viewport()


@pytest.mark.parametrize("width", [1440, 390])
def test_region_codes_stay_on_one_line(open_editor, width):
    state = document(regions=("ap-southeast-3", "ca-central-1", "us-isof-south-1"))
    for item in state["distributions"]:
        permission = {"userGroups": ["all"], "userIds": ["111122223333"]}
        ami = {"targetAccountIds": ["12"], "launchPermission": permission}
        item["amiDistributionConfiguration"] = ami
    page = open_editor(state, query="?open=0", viewport={"width": width, "height": 900})
    for selector in ("#outline-regions > a", "#distributions .region-code"):
        found = page.locator(selector)
        expect(found.first).to_be_visible()
        heights = found.evaluate_all("codes => codes.map(code => code.offsetHeight)")
        assert max(heights) < 32
    regions = page.locator("#outline-regions")
    assert regions.evaluate("box => box.scrollWidth <= box.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_toast_avoids_the_control_and_closes(open_editor):
    page = open_editor(document(), viewport={"width": 1440, "height": 700})
    page.evaluate("announce('Short.', { visible: true })")
    expect(page.locator("#toast")).to_have_class("toast-line")
    box = page.locator("#toast").bounding_box()
    page.get_by_role("button", name="Close message").click()
    expect(page.locator("#live")).not_to_be_in_viewport()
    page.mouse.click(box["x"] + 20, box["y"] + 10)
    page.evaluate("announce('Short.', { visible: true })")
    expect(page.locator("#toast")).to_have_class("toast-line toast-top")
    page.keyboard.press("Escape")
    expect(page.locator("#toast")).to_have_class("visually-hidden")


def test_keys_list_themselves_and_review(open_editor):
    page = open_editor(document(), query="?open=0")
    page.locator("#main").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    assert accessibility_problems(page) == []
    page.keyboard.press("Escape")
    page.locator("#id_name").press("F1")
    expect(
        page.locator(".field", has=page.locator("#id_name")).locator(".model-doc")
    ).to_have_attribute("open", "")
    page.locator("#id_name").press("?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.locator("#id_name").press("Control+Enter")
    page.wait_for_url("**/review/")


def test_tags_are_pasted_and_enter_adds_a_row(open_editor):
    page = open_editor(document() | {"tags": {"Team": "a"}})
    key = page.locator('[data-pointer="/tags"][data-part="key"]')
    key.first.press("Enter")
    expect(key).to_have_count(2)
    expect(page.locator(".map-head").first).to_contain_text("KeyValue")
    expect(key.nth(1)).to_be_focused()
    page.evaluate(
        """() => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", "Stage=prod\\nCost=12");
          const options = { clipboardData, bubbles: true, cancelable: true };
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
        }"""
    )
    expect(key).to_have_count(3)
    expect(page.locator("[data-preview]")).to_contain_text('"Cost": "12"')
    assert accessibility_problems(page) == []


def test_several_regions_are_added_at_once_without_javascript(open_editor):
    page = open_editor(document(), java_script_enabled=False)
    page.get_by_text("Add several Regions…").click()
    page.get_by_label("Regions to add").fill("Tokyo, eu-north-1, South America")
    page.get_by_role("button", name="Add these Regions").click()
    expect(page.locator(".region-card, .region-open")).to_have_count(5)
    expect(page.get_by_text("Added 3 Regions: ap-northeast-1, ").first).to_be_visible()
    page.get_by_text("Add several Regions…").click()
    page.get_by_label("Regions to add").fill("all enabled by default")
    page.get_by_role("button", name="Add these Regions").click()
    expect(page.locator(".region-card, .region-open")).to_have_count(17)
    page.get_by_text("Add several Regions…").click()
    page.get_by_role("button", name="Select on map…").click()
    expect(page.locator(".world")).to_be_visible()


def test_added_regions_are_cleared_and_unknown_ones_stay(open_editor):
    page = open_editor(document())
    page.get_by_text("Add several Regions…").click()
    text = page.get_by_label("Regions to add")
    for typed, left in (("eu-north-1 Gotham", "eu-north-1 Gotham"), ("Tokyo", "")):
        text.fill(typed)
        page.get_by_role("button", name="Add these Regions").click()
        expect(page.get_by_text("Added 1 Region: ").first).to_be_visible()
        expect(text).to_have_value(left)


@pytest.mark.parametrize("scripts", [True, False])
def test_typed_regions_are_selected_on_the_map(open_editor, scripts):
    page = open_editor(document(), java_script_enabled=scripts)
    page.get_by_text("Add several Regions…").click()
    page.get_by_label("Regions to add").fill("Paris, us-east-1 atlantis\ncn-north-1")
    page.get_by_role("button", name="Select on map…").click()
    expect(page.locator(".world")).to_be_visible()
    expect(page.locator("[name=selected]:checked:enabled")).to_have_count(1)
    expect(page.locator("[value=eu-west-3]")).to_be_checked()
    problems = page.locator("#choice .finding-error")
    expect(problems).to_have_count(2)
    expect(problems.first).to_contain_text("cn-north-1 is in partition aws-cn")
    expect(problems.last).to_contain_text("Unknown: atlantis.")
    if scripts:
        assert accessibility_problems(page) == []
    page.locator(".choice-bar [data-action=add]").click()
    expect(page.get_by_text("Added eu-west-3.").first).to_be_attached()


def test_the_preview_wraps_and_expands(open_editor):
    page = open_editor(document("n" * 120), viewport={"width": 1440, "height": 900})
    preview = page.locator("[data-preview]")
    wide = "preview => preview.scrollWidth > preview.clientWidth"
    page.get_by_role("button", name="Expand all").click()
    expect(page.locator("#preview .fold[open]")).to_have_count(2)
    expect(preview).to_contain_text("us-east-1")
    assert preview.evaluate(wide)
    page.get_by_label("Wrap").check()
    assert not preview.evaluate(wide)


@pytest.mark.parametrize("height", [900, 600])
def test_buttons_of_the_json_box_stay_in_sight(open_editor, height):
    page = open_editor(viewport={"width": 1440, "height": height})
    page.locator("#findings-summary").click()
    page.get_by_role("button", name="Edit as JSON").click()
    expect(page.locator("#id_document")).to_be_focused()
    for name in ("Replace draft", "Discard"):
        button = page.get_by_role("button", name=name)
        expect(button).to_be_in_viewport(ratio=1)
        button.click(trial=True)  # nothing covers it
    page.locator("#id_document").press("Control+End")
    expect(page.get_by_role("button", name="Discard")).to_be_in_viewport(ratio=1)
    expect(page.get_by_label("Edit as JSON")).to_be_in_viewport()
    page.get_by_role("button", name="Discard").click()
    expect(page.locator("#edit-json")).to_be_focused()


def test_the_list_of_findings_fixes_all_places(open_editor):
    row = {"parameterName": "/x", "amiAccountId": "0123-4567-8901"}
    state = document(regions=("eu-west-1", "us-east-1", "eu-west-2", "us-west-2"))
    for item in state["distributions"]:
        item["ssmParameterConfigurations"] = [row]
    page = open_editor(state, viewport={"width": 1440, "height": 900})
    page.locator("#findings-summary").click()
    assert accessibility_problems(page) == []
    button = page.locator("#findings-list").get_by_text("Use 012345678901 in all 4 places")
    button.press("Enter")
    expect(page.locator("#live")).to_have_text("Account ID corrected in 4 places.")
    expect(button).to_have_count(0)
    expect(page.locator("#findings-summary")).to_be_focused()
    expect(page.locator("#findings-list")).to_be_visible()
    page.locator("#toast [data-toast=undo]").click()
    expect(button).to_be_visible()


def test_the_preview_is_resized_and_remembers_its_width(open_editor):
    page = open_editor(document(), viewport={"width": 1440, "height": 900})
    handle, preview = page.locator(".preview-handle"), page.locator(".editor-preview")
    before = preview.bounding_box()["width"] - 24
    handle.press("ArrowLeft")
    expect(handle).to_have_attribute("aria-valuenow", str(round(before + 32)))
    box = handle.bounding_box()
    page.mouse.move(box["x"] + 12, 400)
    page.mouse.down()
    page.mouse.move(box["x"] - 38, 400)
    page.mouse.up()
    wide = preview.bounding_box()["width"]
    assert wide > before + 100
    page.reload()
    assert preview.bounding_box()["width"] == pytest.approx(wide, abs=1)
    assert accessibility_problems(page) == []


def test_edit_and_close_stay_under_the_pointer(open_editor):
    size = {"width": 1440, "height": 800}
    page = open_editor(document(regions=MANY[:12]), query="?open=0", viewport=size)
    edit = page.locator("#distributions-2 [data-action=edit]")
    edit.evaluate("edit => scrollBy(0, edit.getBoundingClientRect().top - 300)")
    before = edit.bounding_box()
    edit.click()
    close = page.locator("#distributions-2 [value=close]")
    expect(close).to_be_visible()
    page.wait_for_timeout(300)
    after = close.bounding_box()
    assert abs(after["y"] - before["y"]) <= 2
    assert abs(after["x"] + after["width"] - before["x"] - before["width"]) <= 2


def test_regions_are_filtered_by_words(open_editor):
    page = open_editor(query="?open=1", viewport={"width": 1440, "height": 800})
    page.keyboard.press("/")
    page.get_by_label("Filter Regions").fill("west-3")
    expect(page.locator(".region-card:visible")).to_have_count(5)
    expect(page.locator("#outline-regions > a:visible")).to_have_count(5)
    page.keyboard.press("Enter")
    expect(page.locator("#distributions-1")).to_be_visible()
    for typed in ("nowhere", "west-3"):
        page.get_by_label("Filter Regions").fill(typed)
        expect(page.locator("#no-match")).to_be_visible(visible=typed == "nowhere")
    page.goto("/rules/")
    page.get_by_label("Filter rules").fill("nowhere")
    expect(page.locator("#no-match")).to_have_text("No rule matches.")
    expect(page.locator("#no-match")).to_be_visible()
