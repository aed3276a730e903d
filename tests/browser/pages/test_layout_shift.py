"""Nothing moves while a form is clicked through, and a new section is quiet until it is left."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.chromium import sign_in
from tests.factories import make_draft

WHOLE = {
    "name": "golden",
    "tags": {"Team": "platform"},
    "distributions": [
        {
            "region": "eu-west-1",
            "amiDistributionConfiguration": {"launchPermission": {}, "amiTags": {"Team": "a"}},
            "containerDistributionConfiguration": {"targetRepository": {}},
            "launchTemplateConfigurations": [{}],
            "ssmParameterConfigurations": [{}],
            "fastLaunchConfigurations": [{}],
            "s3ExportConfiguration": {},
        }
    ],
}
OBSERVE = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const moved = entry.sources.map((source) => source.node?.outerHTML?.slice(0, 80));
      shifts.push([entry.value, document.activeElement.id, ...moved]);
    }
  }).observe({ type: "layout-shift" });
}"""
# After the next two frames: the scroll position is restored in the frame that follows a swap.
TOP = """(element) => new Promise((done) => {
  const measure = () => done(element.getBoundingClientRect().top);
  requestAnimationFrame(() => requestAnimationFrame(measure));
})"""
VISIBLE = "all => all.filter((one) => one.checkVisibility()).map((one) => one.id)"


AMI = "distributions-0-amiDistributionConfiguration"


@pytest.fixture(params=[(1440, 900), (390, 844)], ids=["wide", "phone"])
def page(request, new_context, alice, alice_client, site_url):
    """Return the editor of a draft with every section, at two widths."""
    width, height = request.param
    context = new_context(viewport={"width": width, "height": height})
    sign_in(context, alice_client, site_url)
    page = context.new_page()
    page.goto(f"/drafts/{make_draft(alice, WHOLE).pk}/?open=0")
    return page


def test_nothing_moves_while_clicking_through_a_form(page):
    page.evaluate(OBSERVE)
    fields = "#typing :is(input:not([type=hidden]), select, textarea)"
    ids = page.eval_on_selector_all(fields, VISIBLE)
    assert len(ids) > 30
    for id in ids:
        page.locator(f'[id="{id}"]').click()
    page.locator("#id_name").click()
    expect(page.locator('[data-error-for$="/s3Bucket"]')).to_be_attached()
    expect(page.locator(".htmx-request")).to_have_count(0)
    assert page.evaluate("shifts") == []


def test_messages_above_leave_the_control_at_its_place(page):
    page.locator(f"#id_{AMI}-kmsKeyId").click()
    accounts = page.locator(f"#id_{AMI}-targetAccountIds")
    accounts.click()
    top = accounts.evaluate(TOP)
    accounts.press("1")
    expect(page.locator(f"#id_{AMI}-kmsKeyId_error .finding")).to_be_visible()
    assert accounts.evaluate(TOP) == pytest.approx(top, abs=1)


def test_a_merge_leaves_the_control_at_its_place(page):
    other = page.context.new_page()
    other.goto(page.url)
    description = page.locator(f"#id_{AMI}-description")
    description.click()
    with other.expect_response(lambda response: response.request.method == "POST"):
        other.locator("#id_description").fill("Typed in another window")
    top = description.evaluate(TOP)
    description.press("x")
    expect(page.locator("#id_description")).to_have_value("Typed in another window")
    expect(description).to_be_focused()
    expect(page.locator(".htmx-request, .htmx-settling")).to_have_count(0)
    assert description.evaluate(TOP) == pytest.approx(top, abs=1)


def test_a_section_stays_where_its_button_was_pressed(page):
    section = page.locator(f"#{AMI}-launchPermission")
    section.evaluate("section => section.scrollIntoView({ block: 'center' })")
    remove = section.locator("[data-action=exclude]").first
    add = section.locator("[data-action=include]")
    remove.scroll_into_view_if_needed()
    top = section.evaluate(TOP)
    for button, other in ((remove, add), (add, remove), (remove, add)):
        button.click()
        expect(other).to_be_visible()
        assert section.evaluate(TOP) == pytest.approx(top, abs=1)
    page.locator("#toast [data-toast=undo]").click()
    expect(remove).to_be_visible()
    assert section.evaluate(TOP) == pytest.approx(top, abs=1)


def test_a_new_section_is_quiet_until_it_is_left(page):
    for verb in ("exclude", "include"):
        page.locator(f'[data-action={verb}][data-pointer$="/launchPermission"]').click()
    section = page.locator("#distributions-0-amiDistributionConfiguration-launchPermission")
    for control in ("userIds", "organizationArns"):
        expect(section.locator(f"textarea[id$={control}]")).to_be_focused()
        with page.expect_response("**/drafts/*/"):
            page.keyboard.press("Tab")
    expect(section.locator(".finding")).to_have_count(0)
    page.locator("#id_name").click()
    expect(section.locator(".finding")).to_contain_text("Launch permission is empty.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#distributions-0-s3ExportConfiguration .finding-error")).to_have_count(3)


def test_a_key_press_styles_few_elements_again(page):
    """A rule for every sibling (`+ *`) would restyle all of them for each one that is inserted."""
    field = page.locator("#id_name")
    field.press("End")
    browser = page.context.browser
    browser.start_tracing(page=page, categories=["devtools.timeline"])
    with page.expect_response(lambda response: response.request.method == "POST"):
        field.press("x")
    expect(page.locator("#preview")).to_contain_text("goldenx")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    events = json.loads(browser.stop_tracing())["traceEvents"]
    styled = [e["args"]["elementCount"] for e in events if e["name"] == "UpdateLayoutTree"]
    assert 0 < max(styled) < 0.5 * page.evaluate("document.querySelectorAll('*').length")
