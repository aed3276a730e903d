"""The list of drafts, starters, sharing and versions, by keyboard and without JavaScript."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.end_to_end.keyboard import Keyboard
from tests.factories import document, make_draft


def names(page):
    """Return the listed names, in order."""
    return page.locator("tbody th a").all_text_contents()


def test_drafts_are_found_archived_deleted_and_duplicated(open_as, alice, alice_client):
    for name in ("web", "mail", "base"):
        make_draft(alice, document(name))
    page = open_as(alice_client, "/", java_script_enabled=False)

    def press(selector):
        with page.expect_navigation():
            page.locator(selector).press("Enter")

    assert names(page) == ["base", "mail", "web"]
    keyboard = Keyboard(page)
    keyboard.reach("#id_q")
    keyboard.type("MAI")
    press("#id_q")
    assert names(page) == ["mail"]
    page.goto("/")
    press('a[href="?sort=name"]')
    expect(page.locator("[aria-sort=ascending]")).to_have_text("Name")
    assert names(page) == ["base", "mail", "web"]
    for name in ("base", "mail"):
        page.get_by_label(f"Select {name}").check()
    press("[value=archive]")
    expect(page.get_by_text("Archived 2 drafts.")).to_be_visible()
    assert names(page) == ["web"]
    press('a[href="?archived=1"]')
    for name in ("base", "mail"):
        page.get_by_label(f"Select {name}").check()
    press("[value=delete]")
    expect(page.locator("h1")).to_have_text("Delete 2 drafts?")
    press("[data-action=delete]")
    expect(page.get_by_text("Deleted 2 drafts.")).to_be_visible()
    press('[aria-label="Duplicate web"]')
    expect(page.locator("#title")).to_have_text("web-copy")


def test_a_starter_is_kept_once_something_is_typed(open_as, alice_client):
    page = open_as(alice_client, "/")
    for text in ("", "typed"):
        page.locator("[data-starter]").first.click()
        expect(page.locator("#status")).to_have_text("Nothing to save yet")
        if text:
            page.locator("#id_name").fill(text)
            expect(page.locator("#status")).to_contain_text("Saved")
        page.goto("/")
        expect(page.locator("tbody th a")).to_have_text([text] if text else [])


def test_a_colleague_edits_and_is_named(open_as, alice, alice_client, charlie_client):
    draft = make_draft(alice, document("golden"))
    path = f"/drafts/{draft.pk}/"
    page = open_as(alice_client, f"{path}share/", java_script_enabled=False)
    keyboard = Keyboard(page)
    keyboard.reach("[name=username]")
    keyboard.type("charlie")
    keyboard.press("Enter")
    expect(page.get_by_text("Shared with charlie.")).to_be_visible()
    other = open_as(charlie_client, "/", java_script_enabled=False)
    expect(other.get_by_text("Shared by alice")).to_be_visible()
    other.get_by_role("link", name="golden", exact=True).click()
    other.locator("#id_description").fill("by a colleague")
    other.get_by_role("button", name="Save", exact=True).click()
    expect(other.locator("#status")).to_contain_text("Saved")
    page.goto(path)
    expect(page.locator("#status")).to_contain_text("by charlie")
    keyboard.follow("#status a")
    newest = page.locator("article").first
    expect(newest.get_by_role("heading")).to_contain_text("by charlie")
    newest.locator("summary").press("Enter")
    expect(newest.locator("tbody")).to_contain_text("by a colleague")
    keyboard.reach("#id_from")
    keyboard.press("ArrowDown")
    keyboard.follow("[data-action=compare]")
    expect(page.get_by_role("region", name="Compare").locator("tbody")).to_contain_text(
        "by a colleague"
    )
