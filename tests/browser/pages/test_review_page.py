"""The review page: outcome, findings with fixes, target, submit; the request is folded."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.chromium import accessibility_problems
from tests.end_to_end.keyboard import Keyboard
from tests.factories import document, make_draft, make_target

PARTS = ("#outcome-title", "#findings", "#submit", "details.card:has(#preview)")


def test_it_is_worked_through_from_top_to_bottom(open_as, alice, alice_client, scripts):
    for number in range(10):
        make_target(f"target {number}", account=f"{number + 1:012}")
    draft = make_draft(alice, document("web", ("EU-WEST-1", "us-east-1")))
    page = open_as(alice_client, f"/drafts/{draft.pk}/review/", java_script_enabled=scripts)
    tops = [page.locator(part).bounding_box()["y"] for part in PARTS]
    assert tops == sorted(tops)
    expect(page.get_by_role("region", name="Outcome")).to_contain_text("us-east-1")
    expect(page.locator("[data-preview]")).to_be_hidden()
    submit = page.locator("[data-action=submit]")
    expect(submit).to_be_disabled()
    expect(submit).to_have_accessible_description("Fix the errors to submit.")
    if scripts:
        assert accessibility_problems(page) == []
    keyboard = Keyboard(page)
    keyboard.follow("#findings .finding-error a")
    expect(page.locator('input[data-pointer="/distributions/0/region"]')).to_be_visible()
    page.go_back()
    keyboard.follow("[data-action=fix]")
    expect(page.get_by_text("Region corrected.")).to_be_visible()
    expect(submit).to_be_enabled()
    keyboard.follow('a[href$="/target/?next=review"]')
    keyboard.reach("#id_q")
    keyboard.type("000000000010")
    keyboard.follow("#id_q")
    keyboard.follow("[data-action=choose]")
    expect(page.get_by_label("target 9")).to_be_checked()
    keyboard.reach("details.card summary")
    keyboard.press("Enter")
    expect(page.locator("[data-preview]")).to_contain_text('"region": "eu-west-1"')
    page.goto("/drafts/new/")
    page.locator("[data-action=create]").first.press("Enter")
    expect(page.locator("#id_target option:checked")).to_contain_text("target 9")
