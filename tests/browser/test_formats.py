"""Documents in other formats, in Chromium: dropped on the import page, and beside the editor."""

from __future__ import annotations

from playwright.sync_api import expect

from distui.builder.models import Draft
from tests.chromium import accessibility_problems, sign_in
from tests.factories import document, make_draft

DROP = """() => {
  const files = new DataTransfer();
  files.items.add(new File(['Name: one\\ndistributions: []\\n'], 'one.yaml'));
  files.items.add(new File(['{"name": "two", "distributions": []}'], 'two.json'));
  for (const name of ['dragover', 'drop']) {
    document.dispatchEvent(new DragEvent(name, { dataTransfer: files, cancelable: true }));
  }
}"""


def test_errors_are_selected_and_dropped_files_become_drafts(new_context, alice_client, site_url):
    context = new_context()
    sign_in(context, alice_client, site_url)
    page = context.new_page()
    page.goto("/drafts/import/")
    page.locator("#id_document").fill('{\n"name": "golden",\n}')
    page.get_by_role("button", name="Import").click()
    page.locator(".error-summary a").click()
    expect(page.locator("#id_document")).to_be_focused()
    page.wait_for_function('String(getSelection()) === \'"name": "golden",\'')
    page.locator("#id_document").fill("")
    page.evaluate(DROP)
    page.get_by_role("heading", name="Review import").wait_for()
    assert accessibility_problems(page) == []
    page.get_by_label("Name: Read Name as name.").check()
    page.get_by_role("button", name="Create drafts").click()
    page.get_by_text("Created 2 drafts.").wait_for()
    assert {draft.name for draft in Draft.objects.all()} == {"", "two"}


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
    page.evaluate("scrollBy(0, 60)")
    top = page.locator('[data-pointer="/name"]').bounding_box()["y"]
    page.locator('[data-pointer="/name"]').press_sequentially("-on")
    expect(text).to_contain_text("-typed-on")
    assert page.locator('[data-pointer="/name"]').bounding_box()["y"] == top
    page.get_by_role("link", name="JSON", exact=True).click()
    expect(page.locator("#preview")).to_be_visible()
    expect(page.locator("#preview")).to_contain_text("-typed")
