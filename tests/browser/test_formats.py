"""The formats beside the editor, in Chromium."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.chromium import accessibility_problems, sign_in
from tests.factories import document, make_draft


def test_a_format_follows_typing_until_the_request_is_chosen(
    new_context, alice, alice_client, site_url
):
    draft = make_draft(alice, document())
    context = new_context(viewport={"width": 1280, "height": 500})
    sign_in(context, alice_client, site_url)
    page = context.new_page()
    page.goto(f"/drafts/{draft.pk}/")
    page.get_by_role("link", name="Terraform").click()
    text = page.locator("#format-text")
    expect(text).to_contain_text('resource "aws_imagebuilder_distribution_configuration"')
    expect(page.locator("#preview")).to_be_hidden()
    assert accessibility_problems(page) == []
    text.evaluate("pre => { pre.scrollTop = 40; }")
    page.locator('[data-pointer="/name"]').press_sequentially("-typed")
    expect(text).to_contain_text("-typed")
    assert text.evaluate("pre => pre.scrollTop") == 40
    page.get_by_role("link", name="JSON", exact=True).click()
    expect(page.locator("#preview")).to_be_visible()
    expect(page.locator("#preview")).to_contain_text("-typed")
