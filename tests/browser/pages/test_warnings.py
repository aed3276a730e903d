"""Warnings in the editor: counted, listed, explained, fixed, and the same in the review."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.chromium import accessibility_problems
from tests.factories import make_draft, make_target

PARTS = {
    "amiDistributionConfiguration": {"name": "golden-{{ imagebuilder:buildDate }}"},
    "launchTemplateConfigurations": [{"launchTemplateId": "lt-0a1b2c3d4e5f67890"}],
}
DOCUMENT = {
    "name": "golden",
    "distributions": [
        {"region": "eu-west-1"} | PARTS,
        {"region": "us-east-1", "licenseConfigurationArns": ["typo"]} | PARTS,
    ],
}


def test_warnings_lead_to_fixes_rules_and_the_review(open_as, alice, alice_client, scripts):
    make_target()
    draft = make_draft(alice, DOCUMENT)
    path = f"/drafts/{draft.pk}/?open=0"
    page = open_as(alice_client, path, java_script_enabled=scripts)
    expect(page.locator("#distributions-1 .finding-warning")).to_contain_text("warning")
    for severity in ("error", "warning"):
        expect(page.locator(f"#outline-1 .count-{severity}")).to_be_visible()
    page.locator("#findings-summary").press("Enter")
    expect(page.locator("#findings-list")).to_contain_text("us-east-1")
    expect(page.locator("#findings-list .rule-link").first).to_be_visible()
    if scripts:
        assert accessibility_problems(page) == []

    page.locator(".region-open .rule-link").first.press("Enter")
    page.wait_for_url("**/rules/#L*")
    expect(page.locator(":target")).to_be_in_viewport()
    page.goto(path)

    select = page.locator("select[data-pointer$=setDefaultVersion]")
    expect(select.locator("option").first).to_have_text(
        "Default (true): new version becomes default"
    )
    buttons = page.locator("[data-action=fix][data-pointer$=setDefaultVersion]")
    expect(buttons).to_have_text(["Use false", "Use true"])
    buttons.last.press("Enter")
    expect(select).to_have_value("true")

    counts = page.locator("#findings-badge .finding-label")
    shown = [text.split()[0] for text in counts.all_inner_texts()]
    icons = counts.evaluate_all("all => all.map((one) => getComputedStyle(one).backgroundImage)")
    assert ["/icons/" in icon for icon in icons] == [True for _ in shown]
    page.locator("[data-action=review]").press("Enter")
    expect(page.locator("#findings .count")).to_have_text(shown)
