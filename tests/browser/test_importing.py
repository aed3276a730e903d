"""Files dropped on the import page, and what they become."""

from __future__ import annotations

from distui.builder.models import Draft
from tests.chromium import accessibility_problems, sign_in

DROP = """() => {
  const files = new DataTransfer();
  files.items.add(new File(['Name: one\\ndistributions: []\\n'], 'one.yaml'));
  files.items.add(new File(['{"name": "two", "distributions": []}'], 'two.json'));
  for (const name of ['dragover', 'drop']) {
    document.dispatchEvent(new DragEvent(name, { dataTransfer: files, cancelable: true }));
  }
}"""


def test_dropped_files_are_shown_and_become_drafts(new_context, alice_client, site_url):
    context = new_context()
    sign_in(context, alice_client, site_url)
    page = context.new_page()
    page.goto("/drafts/import/")
    page.evaluate(DROP)
    page.get_by_role("heading", name="Check the import").wait_for()
    assert accessibility_problems(page) == []
    page.get_by_label("Name: Read Name as name.").check()
    page.get_by_role("button", name="Create drafts").click()
    page.get_by_text("Created 2 drafts.").wait_for()
    assert {draft.name for draft in Draft.objects.all()} == {"", "two"}
