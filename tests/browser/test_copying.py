"""Copy to Regions in Chromium: by keyboard, on the map, without scripts, and with axe."""

from __future__ import annotations

import json
import re
from itertools import combinations

import pytest
from playwright.sync_api import expect

from distui.builder.models import Draft
from distui.core.reference import regions, world_map
from tests.builder.copying.test_views import AMI, SOURCE, STATE
from tests.chromium import GUISES, accessibility_problems, sign_in
from tests.factories import make_draft


@pytest.fixture
def draft(alice):
    return make_draft(alice, STATE)


@pytest.fixture
def visit(new_context, alice_client, draft, site_url):
    """Return a function that opens the page for a pointer, in a context with those options."""

    def open_page(place=SOURCE, **options):
        context = new_context(**options)
        sign_in(context, alice_client, site_url)
        page = context.new_page()
        page.goto(f"/drafts/{draft.pk}/copy/?from={place}")
        return page

    return open_page


def codes(draft):
    draft.refresh_from_db()
    return [item["region"] for item in draft.state["distributions"]]


def box(page, region):
    return page.locator(f'input[value="{region}"]')


def dot(page, region):
    return page.locator(f'.region-option:has(input[value="{region}"]) .map-dot-target')


@pytest.mark.parametrize("guise", GUISES.values(), ids=GUISES)
@pytest.mark.parametrize("place", [SOURCE, f"{AMI}/name"], ids=["copy", "apply"])
def test_the_pages_are_accessible(visit, guise, place):
    page = visit(place, **guise)
    assert_good(page)
    page.locator(".choice-bar [data-action]").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.title().startswith("Error: ")
    assert_good(page)
    page.locator(".error-summary a").click()
    assert page.evaluate("document.activeElement.type") == "checkbox"


def assert_good(page):
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # Elements below a sticky bar can be scrolled to, but axe reports them as too small targets.
    width, height = page.viewport_size["width"], page.evaluate("document.body.scrollHeight")
    page.set_viewport_size({"width": width, "height": height})
    assert accessibility_problems(page) == []


def test_it_works_by_keyboard(visit, draft):
    page = visit()
    page.goto(f"/drafts/{draft.pk}/")
    press_until(page, "[data-action=copy][data-pointer='/distributions/1']")
    page.keyboard.press("Enter")
    page.wait_for_selector(".world")
    for region in ("us-west-2", "eu-west-2"):
        press_until(page, f'input[value="{region}"]')
        page.keyboard.press("Space")
    expect(page.locator(".choice-count")).to_be_visible()
    press_until(page, ".choice-bar [data-action=copy]")
    page.keyboard.press("Enter")
    done = page.locator("#live")
    expect(done).to_contain_text("Copied eu-west-1 to us-west-2, eu-west-2.")
    expect(done).to_be_in_viewport()
    expect(page.locator("#notices .message")).to_have_count(0)
    expect(page.locator("#distributions-1")).to_be_in_viewport()
    assert codes(draft) == ["us-east-1", "eu-west-1", "us-west-2", "eu-west-2", "ap-east-1"]


def press_until(page, selector):
    """Press Tab until that element has the focus, and check that it is visible."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            assert is_in_sight(page)
            return
    raise AssertionError(f"{selector} is not reached by the Tab key")


def is_in_sight(page):
    """Return True if nothing covers the middle of the focused element."""
    return page.evaluate(
        """() => {
          const e = document.activeElement, box = e.getBoundingClientRect();
          const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return e === top || e.contains(top);
        }"""
    )


def test_no_focused_checkbox_is_covered_by_a_bar(visit):
    page = visit(viewport={"width": 800, "height": 500})
    seen = set()
    while "copy" not in seen:
        page.keyboard.press("Tab")
        assert is_in_sight(page)
        seen.add(page.evaluate("document.activeElement.value"))
    assert {"us-west-2", "ap-southeast-7"} <= seen


def test_enter_in_a_checkbox_copies(visit, draft):
    page = visit()
    box(page, "sa-east-1").check()
    box(page, "sa-east-1").press("Enter")
    page.wait_for_selector("[data-preview]")
    assert codes(draft) == ["us-east-1", "eu-west-1", "sa-east-1", "ap-east-1"]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_click_on_a_dot_toggles_its_checkbox(visit, scripts):
    page = visit(viewport={"width": 1440, "height": 900}, java_script_enabled=scripts)
    for region in ("eu-central-2", "eu-south-1", "ap-southeast-1"):
        dot(page, region).click()
        expect(box(page, region)).to_be_checked()
    assert count(page) == "3 Regions"
    dot(page, "eu-south-1").click()
    expect(box(page, "eu-south-1")).not_to_be_checked()
    assert count(page) == "2 Regions"
    dot(page, "us-east-1").click(force=True)
    expect(box(page, "us-east-1")).to_be_disabled()
    assert count(page) == "2 Regions"
    dot(page, "eu-central-2").click()
    assert count(page) == "1 Region"
    assert page.get_by_role("button", name="Copy to selected Regions").count() == 1


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(
    ("path", "word"), [("copy/?from=/distributions", "Add"), ("regions/", "Remove")]
)
def test_without_a_selection_a_button_has_no_number(visit, draft, scripts, path, word):
    page = visit(java_script_enabled=scripts, viewport={"width": 390, "height": 844})
    page.goto(f"/drafts/{draft.pk}/{path}")
    assert re.search(rf"\|{word} ?\|[ |]*Regions\|", static_texts(page))
    page.locator(".choice-bar [data-action]").click()
    error = page.locator("#choice .finding-error")
    expect(error).to_contain_text("Select at least one Region.")
    summary = page.locator(".error-summary")
    expect(summary).to_be_in_viewport()
    if scripts:
        expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    expect(error).to_be_in_viewport()


@pytest.mark.parametrize(
    "path", [*(f"copy/?from={place}" for place in (SOURCE, "/distributions", AMI)), "regions/"]
)
@pytest.mark.parametrize("width", [1440, 390])
def test_one_link_leads_back_to_the_editor(visit, draft, path, width):
    page = visit(viewport={"width": width, "height": 844})
    page.goto(f"/drafts/{draft.pk}/{path}")
    links = page.locator(f'a.btn[href^="/drafts/{draft.pk}/"]')
    expect(links).to_have_text(["Cancel"])
    expect(links).to_be_in_viewport()


def static_texts(page):
    """Return the texts of the page with those that style sheets add, separated by bars."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    texts = [node["name"]["value"] for node in tree if node["role"]["value"] == "StaticText"]
    return "|".join(texts)


def count(page):
    """Return the count on the button, which is also in the text beside it."""
    found = re.search(
        r"\|([0-9]+)[ |]+selected\|.*Copy to ?\|([0-9]+)[ |]+(Regions?)\|", static_texts(page)
    )
    assert found[1] == found[2]
    return f"{found[2]} {found[3]}"


def test_dots_do_not_overlap(visit):
    page = visit()
    for width in (700, 1000, 1419, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 1000})
        found = [dot(page, region).bounding_box() for region in regions.partitions()["aws"]]
        for place in found:
            assert place["width"] >= 24
        for one, other in combinations(found, 2):
            dx, dy = one["x"] - other["x"], one["y"] - other["y"]
            assert (dx**2 + dy**2) ** 0.5 >= one["width"] * 0.99


def test_dots_lie_on_the_map(visit):
    page = visit()
    for width in (390, 1000, 1440):
        page.set_viewport_size({"width": width, "height": 1000})
        land = page.locator(".world-land").bounding_box()
        place = dot(page, "sa-east-1").bounding_box()
        x, y = world_map.dot_positions("aws")["sa-east-1"]
        scale = land["width"] / world_map.WIDTH
        assert place["x"] + place["width"] / 2 == pytest.approx(land["x"] + x * scale, abs=1)
        assert place["y"] + place["height"] / 2 == pytest.approx(land["y"] + y * scale, abs=1)


def test_a_dot_shows_selection_and_focus(visit):
    page = visit()
    dot = page.locator('.region-option:has(input[value="eu-west-2"]) .map-dot')
    halo = page.locator('.region-option:has(input[value="eu-west-2"]) .map-dot-halo')
    dull = dot.evaluate("e => getComputedStyle(e).fill")
    expect(halo).to_be_hidden()
    box(page, "eu-west-2").focus()
    page.keyboard.press("Space")
    expect(halo).to_be_visible()
    assert dot.evaluate("e => getComputedStyle(e).fill") != dull


def test_the_result_is_the_same_without_scripts(visit, draft):
    made = []
    for scripts in (True, False):
        draft.revisions.all().delete()
        Draft.objects.filter(pk=draft.pk).update(text=json.dumps(STATE), revision=1, undo_to=None)
        page = visit(java_script_enabled=scripts)
        page.goto(f"/drafts/{draft.pk}/?open=1")
        page.locator("#distributions-1 [data-action=copy]").click()
        page.get_by_role("button", name="All of South America").click()
        expect(box(page, "sa-east-1")).to_be_checked()
        expect(page.get_by_role("button", name="All of South America")).to_be_focused()
        box(page, "eu-west-2").check()
        page.locator(".choice-bar [data-action=copy]").click()
        page.wait_for_selector("[data-preview]")
        page.goto(f"/drafts/{draft.pk}/?open=1")
        set_elsewhere = page.locator(f'[data-action=apply][data-pointer="{AMI}/name"]')
        expect(set_elsewhere).to_be_hidden()
        page.locator("#id_distributions-1-amiDistributionConfiguration-name").focus()
        set_elsewhere.click()
        page.get_by_role("button", name="All of Different value").click()
        expect(box(page, "0:us-east-1")).to_be_checked()
        page.locator(".choice-bar [data-action=apply]").click()
        page.wait_for_selector("[data-preview]")
        draft.refresh_from_db()
        made.append(draft.body())
        expect(page.get_by_text("Set AMI name of eu-west-1 in us-east-1.").last).to_be_in_viewport()
        name = page.locator("#id_distributions-1-amiDistributionConfiguration-name")
        expect(name).to_be_in_viewport()
    assert made[0] == made[1]
    assert '"sa-east-1"' in made[0]


def test_many_regions_with_errors_fit_a_phone(visit, draft):
    page = visit(viewport={"width": 320, "height": 640})
    page.get_by_role("button", name="All of Europe").click()
    page.locator(".choice-bar [data-action=copy]").click()
    page.wait_for_selector("[data-preview]")
    assert len(codes(draft)) == 10
    assert page.locator(".outline .count").count() >= 7
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_concurrent_save_retains_the_selection(visit, draft):
    page = visit()
    box(page, "sa-east-1").check()
    Draft.objects.get(pk=draft.pk).save_state({**STATE, "name": "theirs"}, revision=1)
    page.locator(".choice-bar [data-action=copy]").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator(".error-summary")).to_contain_text("Edited in another window")
    expect(box(page, "sa-east-1")).to_be_checked()
    page.locator(".choice-bar [data-action=copy]").click()
    page.wait_for_selector("[data-preview]")
    assert draft.name == "golden"
    assert codes(draft)[2] == "sa-east-1"
    assert draft.name == "theirs"


def test_regions_are_filtered_and_removed_together(visit, draft):
    page = visit()
    page.goto(f"/drafts/{draft.pk}/regions/")
    page.get_by_role("button", name="Sort by code").click()
    page.wait_for_selector("[data-preview]")
    assert codes(draft) == ["ap-east-1", "eu-west-1", "us-east-1"]
    page.goto(f"/drafts/{draft.pk}/regions/")
    page.get_by_label("Filter Regions").fill("1 EAST")
    expect(page.locator("#choice > .choice:visible")).to_have_count(2)
    page.get_by_role("button", name="Select all shown").click()
    assert_good(page)
    page.get_by_role("button", name="Remove selected Regions").click()
    page.wait_for_selector("[data-preview]")
    expect(page.locator("#live")).to_have_text("Removed ap-east-1, us-east-1.")
    page.locator("#toast [data-toast=undo]").click()
    expect(page.locator(".region-card, .region-open")).to_have_count(3)


@pytest.mark.parametrize("width", [1440, 390])
def test_selected_regions_that_a_filter_hides_are_counted(visit, draft, width):
    page = visit(viewport={"width": width, "height": 844})
    page.goto(f"/drafts/{draft.pk}/regions/")
    filter_box = page.get_by_label("Filter Regions")
    for typed, bar in (
        ("east-1", "2 selected Cancel Remove 2 Regions"),
        ("eu-west", "2 selected, 2 not shown Cancel Remove 2 Regions"),
        ("us-", "2 selected, 1 not shown Cancel Remove 2 Regions"),
        ("", "2 selected Cancel Remove 2 Regions"),
        ("no such place", "2 selected, 2 not shown Cancel Remove 2 Regions"),
    ):
        filter_box.fill(typed)
        if typed == "east-1":
            page.get_by_role("button", name="Select all shown").click()
        assert bar_text(page) == bar
    assert_good(page)
    page.get_by_role("button", name="Remove selected Regions").click()
    page.wait_for_selector("[data-preview]")
    assert codes(draft) == ["eu-west-1"]


def bar_text(page):
    """Return the texts of the bar as they are read, with those that style sheets add."""
    words = " ".join(static_texts(page).replace("|", " ").split()).replace(" ,", ",")
    return re.search(r"[0-9]+ selected.* Regions?(?= selected Regions)", words)[0]


def test_a_region_filter_without_a_match_says_so(visit, draft):
    page = visit()
    page.goto(f"/drafts/{draft.pk}/regions/")
    sentence = page.locator("#no-match")
    expect(sentence).to_be_hidden()
    page.get_by_label("Filter Regions").fill("nowhere")
    expect(sentence).to_be_visible()
    expect(page.locator("#live")).to_have_text("No Region matches.")
    assert_good(page)
    page.get_by_label("Filter Regions").fill("us-")
    expect(sentence).to_be_hidden()
    expect(page.locator("#live")).to_have_text("1 shown")
