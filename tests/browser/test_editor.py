"""Typing in the editor, in a real browser."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.chromium import accessibility_problems, sign_in
from tests.factories import make_draft

AMI = "amiDistributionConfiguration"
REGIONS = ("eu-west-1", "us-east-1", "eu-central-1", "eu-north-1")
NAME, FIRST = "/name", "/distributions/0/region"


@pytest.fixture
def draft(alice):
    ami = {"name": "golden-{{ imagebuilder:buildDate }}"}
    distributions = [{"region": region, AMI: ami} for region in REGIONS]
    return make_draft(alice, {"name": "golden", "distributions": distributions})


@pytest.fixture
def window(new_context, alice_client, site_url, draft):
    """Return a function that opens another window on the draft, with that Region open."""
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    sign_in(context, alice_client, site_url)

    def opened(number=0):
        page = context.new_page()
        page.goto(f"/drafts/{draft.pk}/?open={number}")
        return page

    return opened


def control(page, place):
    tags = ("input", "select", "textarea")
    return page.locator(", ".join(f'{tag}[data-pointer="{place}"]' for tag in tags))


def error(page, place):
    return page.locator(f'[data-error-for="{place}"]')


def typed(page, place, text):
    """Type into the control, and wait until that is saved."""
    with page.expect_response(lambda found: "op=autosave" in (found.request.post_data or "")):
        control(page, place).fill(text)


def shown(page):
    return json.loads(page.locator("[data-preview]").text_content())


def press(page, verb, place=""):
    at = f'[data-pointer="{place}"]' if place else ""
    page.locator(f'[data-action="{verb}"]{at}').first.click()


def test_a_press_during_a_save_is_not_lost(window):
    page = window()

    def slowly(route):
        answer = route.fetch()
        page.wait_for_timeout(800)  # longer than leaving a field takes to be told
        route.fulfill(response=answer)

    page.route("**/drafts/*/", slowly)
    control(page, f"/distributions/0/{AMI}/targetAccountIds").press_sequentially("1")
    press(page, "add", f"/distributions/0/{AMI}/amiTags")
    expect(page.locator('[data-part="key"]')).to_have_count(1)
    assert shown(page)["distributions"][0][AMI]["targetAccountIds"] == ["1"]


def test_a_finding_appears_on_blur_and_disappears_when_fixed(window):
    page = window()
    typed(page, FIRST, "eu-wst-1")
    expect(error(page, FIRST)).to_have_count(0)
    control(page, FIRST).press("Tab")
    expect(error(page, FIRST)).to_contain_text("Did you mean eu-west-1 (Ireland)?")
    expect(control(page, FIRST)).to_have_attribute("aria-invalid", "true")
    typed(page, FIRST, "eu-west-1")
    expect(error(page, FIRST)).to_have_count(0)
    expect(control(page, FIRST)).not_to_have_attribute("aria-invalid", "true")


def test_emptying_a_focused_field_removes_its_error(window, draft):
    draft.save_state(draft.state | {"name": "no/slash"}, revision=draft.revision)
    page = window()
    expect(error(page, NAME)).to_be_visible()
    expect(control(page, NAME)).to_have_attribute("aria-invalid", "true")
    typed(page, NAME, "")
    expect(error(page, NAME)).to_have_count(0)
    typed(page, NAME, "a/b")
    expect(error(page, NAME)).to_have_count(0)
    control(page, NAME).press("Tab")
    expect(error(page, NAME)).to_be_visible()


def test_the_name_counts_its_characters_as_all_do(window):
    page = window()
    control(page, NAME).fill("n" * 120)
    expect(page.locator(".counter")).to_have_text("8 characters left")


def test_an_empty_required_field_is_reported_on_blur(window):
    page = window()
    press(page, "add", "/distributions/0/launchTemplateConfigurations")
    place = "/distributions/0/launchTemplateConfigurations/0/launchTemplateId"
    expect(control(page, place)).to_be_focused()
    expect(error(page, place)).to_have_count(0)
    control(page, place).press("Tab")
    expect(error(page, place)).to_be_visible()


def test_the_outline_marks_the_current_section(window):
    page = window()
    page.set_viewport_size({"width": 1440, "height": 1200})
    current = page.locator(".outline [aria-current='true']")
    control(page, FIRST).focus()
    expect(current).to_contain_text("eu-west-1")
    control(page, NAME).focus()
    expect(current).to_contain_text("General")
    page.locator("#distributions-3").scroll_into_view_if_needed()
    expect(current).to_contain_text("eu-west-1")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.evaluate("scrollTo(0, 0)")
    control(page, NAME).focus()
    expect(current).to_contain_text("General")
    control(page, FIRST).evaluate("field => field.focus({ preventScroll: true })")
    expect(current).to_contain_text("eu-west-1")


def test_a_closed_regions_findings_are_counted(window):
    page = window(1)
    count = page.locator("#distributions-2 .finding-error")
    expect(count).to_have_count(0)
    typed(page, "/distributions/1/region", "eu-central-1")
    expect(count).to_have_text("1 error")
    expect(page.locator("#outline-2 .count")).to_have_attribute("data-count", "1")
    expect(page.locator("#findings-summary")).to_contain_text("1 error")
    typed(page, "/distributions/1/region", "us-east-1")
    expect(count).to_have_count(0)
    expect(page.locator("#findings-summary")).not_to_contain_text("error")


def test_only_the_typed_preview_line_changes(window):
    page = window()
    lines = page.locator("#preview-0 > a")
    count, body = lines.count(), shown(page)
    page.evaluate("for (const a of document.querySelectorAll('#preview a')) a.dataset.old = ''")
    typed(page, f"/distributions/0/{AMI}/name", "silver-{{ imagebuilder:buildDate }}")
    expect(page.locator("#preview-0")).to_contain_text("silver")
    expect(page.locator("#preview-0 > a:not([data-old])")).to_have_count(1)
    expect(lines).to_have_count(count)
    body["distributions"][0][AMI]["name"] = "silver-{{ imagebuilder:buildDate }}"
    assert shown(page) == body


def test_preview_and_title_follow_typing_without_moving_the_caret(window):
    page = window()
    control(page, NAME).focus()
    page.keyboard.press("End")
    page.keyboard.type("-image")
    expect(page.locator("#title")).to_have_text("golden-image")
    assert shown(page)["name"] == "golden-image"
    assert page.evaluate("document.activeElement.selectionStart") == len("golden-image")


def test_only_the_open_region_travels(window):
    page = window()
    with page.expect_request(lambda request: request.method == "POST") as sent:
        control(page, NAME).fill("other")
    assert "distributions-0-region" in sent.value.post_data
    assert "distributions-1-region" not in sent.value.post_data
    with page.expect_response(lambda found: found.request.method == "POST") as answer:
        control(page, NAME).fill("others")
    assert "preview-1" not in answer.value.text()


def test_a_page_reloaded_during_typing_shows_all_input(window, draft):
    page = window()
    for times in range(1, 5):
        control(page, NAME).press("End")
        page.keyboard.type("-reloaded")
        page.reload()
        expect(page.locator("#title")).to_have_text("golden" + times * "-reloaded")
        expect(control(page, NAME)).to_have_value("golden" + times * "-reloaded")
    expect(page.locator("#conflict")).to_be_empty()
    assert not draft.sessions.exclude(pending="").exists()


def test_buttons_keep_their_names_while_the_region_is_retyped(window):
    page = window()
    typed(page, FIRST, "eu-south-1")
    expect(page.locator("#distributions-0-title")).to_contain_text("Milan")
    expect(page.get_by_role("region", name="Region 1: Europe (Milan)")).to_be_visible()
    expect(page.get_by_role("button", name="Remove Region 1", exact=True)).to_be_visible()
    assert page.locator("[aria-label*=eu-west-1]").count() == 0


def test_remaining_characters_are_counted_and_announced_occasionally(window):
    page = window()
    name, heard = control(page, f"/distributions/0/{AMI}/name"), page.locator("#live")
    counter, below = page.locator(".counter"), control(page, f"/distributions/0/{AMI}/description")
    name.fill("n" * 26)
    expect(counter).to_have_count(0)
    # Answered: all is in its place.
    expect(page.locator("[data-preview]")).to_contain_text("n" * 26)
    name.press("End")
    place = below.bounding_box()
    page.keyboard.type("é")
    expect(counter).to_have_text("100 characters left")
    assert below.bounding_box() == place
    expect(heard).to_have_text("100 characters left")
    page.keyboard.type("n")
    expect(counter).to_have_text("99 characters left")
    expect(heard).to_have_text("100 characters left")
    for text, left in (
        ("🚀" * 107, "20 characters left"),
        ("n" * 126, "1 character left"),
        ("n" * 127, "0 characters left"),
    ):
        name.fill(text)
        expect(counter).to_have_text(left)
    expect(heard).to_have_text("0 characters left")
    name.fill("n" * 129)
    expect(heard).to_have_text("2 characters too many")
    assert accessibility_problems(page) == []
    press(page, "add", "/tags")
    page.locator('[data-pointer="/tags"][data-part="key"]').fill("k" * 100)
    expect(counter).to_have_text("Key: 28 characters left")


def test_many_findings_leave_the_preview_in_sight(window, draft):
    many = [{"region": f"xx-west-{number}"} for number in range(34)]
    draft.save_state(draft.state | {"distributions": many}, revision=draft.revision)
    page = window()
    page.locator("#findings-summary").click()
    expect(page.locator("#findings-list li")).to_have_count(35)
    assert page.locator("[data-preview]").bounding_box()["height"] > 200


def test_an_unsent_edit_is_reported_and_sent_later(window, draft, complaints):
    page = window()
    page.context.set_offline(True)
    control(page, NAME).fill("typed on a train")
    expect(page.locator("#status")).to_have_text("Not saved: no connection to the server.")
    expect(page.locator(".toast-line #live")).to_be_visible()
    press(page, "add", "/distributions")
    page.context.set_offline(False)
    expect(page.locator("#status")).to_contain_text("Saved", timeout=10_000)
    expect(page.locator("#title")).to_have_text("typed on a train")
    draft.refresh_from_db()
    assert draft.name == "typed on a train"
    complaints.clear()  # the browser's own words on being offline


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_failed_save_is_reported_and_sent_again(window, status, complaints):
    page = window()
    page.route("**/drafts/*/", lambda route: route.fulfill(status=status, body=""))
    control(page, NAME).press_sequentially("abc")
    expect(page.locator("#status")).to_have_text("Not saved: no connection to the server.")
    page.unroute("**/drafts/*/")
    expect(page.locator("#status")).to_contain_text("Saved", timeout=10_000)
    expect(page.locator("#title")).to_contain_text("abc")
    complaints.clear()  # the browser's own words on the status


def test_a_deleted_draft_is_reported_and_not_requested_again(window, draft, complaints):
    page = window()
    draft.delete()
    asked = []
    page.on("request", lambda request: request.method == "POST" and asked.append(request.url))
    control(page, NAME).press_sequentially("a")
    expect(page.locator("#status")).to_contain_text("this draft was deleted")
    page.wait_for_timeout(3_500)
    assert len(asked) == 1
    expect(control(page, NAME)).to_have_value("agolden")
    complaints.clear()  # the browser's own words on the status


def test_closing_the_window_while_typing_loses_nothing(window, draft):
    page = window()
    page.evaluate("document.addEventListener('input', e => e.stopPropagation())")  # no autosave
    page.evaluate("document.getElementById('typing').removeAttribute('hx-post')")
    control(page, NAME).fill("closed while typing")
    page.goto("/history/")
    expect(page.locator("h1")).to_have_text("History")
    page.go_back()
    page.reload()
    expect(page.locator("#title")).to_have_text("closed while typing")


def test_two_windows_merge_what_they_type_in_different_fields(window, draft):
    first, second = window(), window()
    typed(first, NAME, "theirs")
    typed(second, "/description", "mine")
    expect(second.locator("#title")).to_have_text("theirs")
    expect(control(second, NAME)).to_have_value("theirs")
    expect(control(second, "/description")).to_have_value("mine")
    expect(control(second, "/description")).to_be_focused()
    assert second.locator("#conflict").text_content().strip() == ""
    draft.refresh_from_db()
    assert (draft.name, draft.state["description"]) == ("theirs", "mine")


def test_a_conflict_of_two_windows_asks_for_a_choice(window):
    first, second = window(), window()
    typed(first, NAME, "theirs")
    typed(second, NAME, "mine")
    conflict = second.locator("#conflict")
    expect(conflict).to_contain_text("Edited in another window")
    expect(conflict).to_be_in_viewport()
    expect(second.locator("#status")).to_have_text("Not saved")
    expect(conflict.locator("tbody tr")).to_have_count(1)
    expect(conflict.locator("tbody")).to_contain_text("mine")
    assert accessibility_problems(second) == []
    press(second, "keep-mine")
    expect(second.locator("#title")).to_have_text("mine")
    expect(second.locator("#status")).to_contain_text("Saved")
    expect(second.locator("#live")).to_have_text("Kept your values.")
    expect(control(second, NAME)).to_be_focused()
    assert accessibility_problems(second) == []
    press(second, "undo")
    expect(control(second, NAME)).to_have_value("theirs")


def test_unsaved_changes_are_listed_among_the_versions(window, draft):
    first, second = window(), window()
    typed(first, NAME, "theirs")
    typed(second, NAME, "mine")
    expect(second.locator("#conflict")).to_contain_text("Edited in another window")
    notice = second.locator(".message-warning", has_text="are stored separately")
    expect(notice).to_have_count(0)
    second.reload()
    expect(notice).to_be_visible()
    assert accessibility_problems(second) == []
    typed(second, "/description", "more")
    expect(notice).to_be_visible()
    notice.locator("a").click()
    press(second, "discard")
    expect(second.locator("[data-action=discard]")).to_have_count(0)
    second.goto(f"/drafts/{draft.pk}/")
    expect(notice).to_have_count(0)
    second.locator("#status a").click()
    assert accessibility_problems(second) == []
    press(second, "restore")
    expect(control(second, NAME)).to_have_value("mine")
    expect(control(second, "/description")).to_have_value("more")


def test_after_using_the_saved_value_undo_brings_mine_back(window):
    first, second = window(), window()
    typed(first, NAME, "theirs")
    typed(second, NAME, "mine")
    press(second, "keep-theirs")
    expect(control(second, NAME)).to_have_value("theirs")
    expect(second.locator("#live")).to_have_text("Kept the saved values.")
    press(second, "undo")
    expect(control(second, NAME)).to_have_value("mine")
    second.reload()
    expect(second.locator(".message")).to_have_count(0)


def test_removing_a_region_can_be_undone_and_redone(window):
    page = window()
    press(page, "remove", "/distributions/2")
    expect(page.locator(".toast-line #live")).to_have_text("eu-central-1 removed.")
    assert page.evaluate("document.activeElement.id") == "distributions-2"
    press(page, "undo")
    expect(page.locator("#live")).to_have_text("Undid: removed eu-central-1")
    expect(page.locator("#undo")).to_be_focused()
    expect(control(page, "/distributions/2/region")).to_be_in_viewport()
    press(page, "redo")
    expect(page.locator(".region-card")).to_have_count(2)
    press(page, "redo")
    expect(page.locator("#live")).to_have_text("Nothing to redo.")


def test_the_toast_has_an_undo_button(window):
    page = window()
    undo = page.locator("#toast [data-toast=undo]")
    press(page, "add", "/distributions")
    undo.click()
    expect(page.locator("#live")).to_contain_text("Undid: added Region")
    expect(undo).to_be_hidden()
    expect(page.locator("#undo")).to_be_focused()


def test_undo_and_redo_have_keyboard_shortcuts(window):
    page = window()
    announced = page.locator("#live")
    press(page, "remove", "/distributions/2")
    expect(announced).to_contain_text("eu-central-1 removed")
    page.keyboard.press("Control+z")
    expect(announced).to_have_text("Undid: removed eu-central-1")
    page.keyboard.press("Control+Shift+Z")
    expect(announced).to_have_text("Redid: removed eu-central-1")
    control(page, NAME).fill("typed")
    control(page, NAME).press("Control+z")  # the browser's own
    expect(control(page, NAME)).to_have_value("golden")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_buttons_of_an_answer_submit_once_pressed(window, key):
    page = window()
    press(page, "add", "/distributions")
    added = page.locator("#distributions-4")
    types = "all => all.map((button) => button.type)"
    expect(added).to_be_visible()
    assert set(added.locator("[data-action]").evaluate_all(types)) == {"button"}
    added.locator("[data-action=remove]").first.press(key)
    expect(added).to_have_count(0)
    press(page, "undo")
    expect(page.locator("#live")).to_contain_text("Undid: removed")
    with page.expect_request(lambda sent: "op=save" in (sent.post_data or "")):
        control(page, NAME).press("Enter")


def test_a_new_draft_begins_with_its_name(window, draft):
    page = window()
    page.goto("/drafts/new/")
    page.locator("[data-action=create]:not([data-starter])").first.click()
    expect(control(page, NAME)).to_be_focused()


def test_undo_right_after_typing_takes_the_typing_back(window):
    page = window()
    typed(page, NAME, "typed")
    press(page, "undo")
    expect(control(page, NAME)).to_have_value("golden")


def test_preview_lines_and_fields_lead_to_each_other(window):
    page = window()
    page.locator(".json a", has_text="buildDate").first.click()
    place = f"/distributions/0/{AMI}/name"
    expect(control(page, place)).to_be_focused()
    expect(page.locator(".json .is-current")).to_contain_text("buildDate")
    control(page, NAME).focus()
    expect(page.locator(".json .is-current")).to_have_text('  "name": "golden",')
    typed(page, NAME, "still marked")
    expect(page.locator(".json .is-current")).to_contain_text("still marked")


def test_an_unfolded_regions_lines_lead_to_its_fields(window):
    page = window()
    folded = page.locator(".fold", has_text="eu-central-1")
    expect(folded.locator("span").first).to_be_hidden()
    folded.locator("summary").click()
    folded.locator("a", has_text="buildDate").click()
    page.wait_for_url("**open=2**")
    assert shown(page)["distributions"][2]["region"] == "eu-central-1"


def test_json_pasted_into_the_preview_becomes_the_draft(window):
    page = window()
    document = {"name": "pasted", "distributions": [{"region": "eu-west-2"}], "clientToken": "t"}
    page.evaluate("text => navigator.clipboard.writeText(text)", json.dumps(document))
    page.locator("[data-preview]").focus()
    page.keyboard.press("ControlOrMeta+V")
    expect(page.locator("#title")).to_have_text("pasted")
    assert shown(page)["distributions"] == [{"region": "eu-west-2"}]
    press(page, "undo")
    expect(page.locator("#title")).to_have_text("golden")


@pytest.mark.parametrize(
    ("pasted", "message"), [('{"name": ', "line 1"), ("[17]", "object"), ("", "Paste a document")]
)
def test_a_rejected_paste_stays_editable(window, pasted, message):
    page = window()
    press(page, "json")
    box = page.locator("#id_document")
    expect(box).to_be_focused()
    assert json.loads(box.input_value())["name"] == "golden"
    box.fill(pasted)
    typed(page, NAME, "golden")  # the box keeps what was typed
    press(page, "paste")
    expect(page.locator("#id_document_error")).to_contain_text(message)
    expect(box).to_have_value(pasted)
    expect(box).to_be_focused()
    expect(page.locator("#findings-summary")).not_to_contain_text("error")
    assert shown(page)["name"] == "golden"
    assert accessibility_problems(page) == []
    corrected = '{"name": "mended", "distributions": []}'
    box.fill(corrected)
    press(page, "review")
    expect(page.locator("#id_document_error")).to_contain_text("isn't in the draft yet")
    expect(box).to_have_value(corrected)
    press(page, "paste")
    expect(page.locator("#title")).to_have_text("mended")
