"""The editor for everyone: in every guise and state, by name, by focus, by announcement."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from playwright.sync_api import expect

from tests.bench.documents import document
from tests.chromium import GUISES, accessibility_problems, sign_in
from tests.factories import make_draft

WRONG = {
    "name": "x",
    "tags": {"aws:x": "1"},
    "distributions": [
        {"region": "eu-west-1", "launchTemplateConfigurations": [{"accountId": "1"}, {}]},
        {"region": "eu-west-1"},
    ],
}
STATES = {"blank": {"distributions": []}, "filled": document(3), "34 Regions": document(34)}
# 34 Regions have the cards of three, which are seen in all guises.
LOOKS = [
    *itertools.product(("blank", "filled"), GUISES),
    ("34 Regions", "light"),
    ("34 Regions", "a dark phone"),
]


@pytest.fixture
def opened(new_context, alice, alice_client, site_url):
    """Return a function that opens a document's editor in a guise, its first Region open."""

    def opened(state, **guise):
        draft = make_draft(alice, state)
        context = new_context(**guise)
        sign_in(context, alice_client, site_url)
        page = context.new_page()
        page.goto(f"/drafts/{draft.pk}/?open=0")
        return page

    return opened


def save(page):
    page.locator("[data-action=save]").first.click()
    page.wait_for_selector(".error-summary")


def fits(page):
    """Nothing but the preview and the outline has to be scrolled sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("state", "guise"), LOOKS)
def test_axe_finds_nothing(opened, state, guise):
    page = opened(STATES[state], **GUISES[guise])
    assert accessibility_problems(page) == []
    assert fits(page)


@pytest.mark.parametrize("guise", GUISES.values(), ids=GUISES)
def test_axe_finds_nothing_among_errors(opened, guise):
    page = opened(WRONG, **guise)
    save(page)
    assert accessibility_problems(page) == []
    assert fits(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_the_error_summary_comes_first_and_links_to_fields(opened, scripts):
    page = opened(WRONG, java_script_enabled=scripts)
    save(page)
    summary = page.locator(".error-summary")
    expect(summary.get_by_role("heading")).to_have_text("There is a problem")
    assert page.title().startswith("Error: ")
    if scripts:
        expect(summary).to_be_focused()
    links = summary.locator("a").all_text_contents()
    shown = page.locator("[data-error-for]").all_text_contents()
    own = [text for text in links if not text.startswith("eu-west-1")]
    assert own[0].startswith("Name: ")
    assert all(any(text.split(": ", 1)[1] in found for found in shown) for text in own)
    summary.get_by_role("link", name="3 to 128").first.click()
    if scripts:
        expect(page.locator('[data-pointer="/name"]:focus')).to_have_count(1)
    else:
        assert page.url.endswith("#id_name")


def test_invalid_controls_are_marked_and_described(opened):
    page = opened(WRONG)
    save(page)
    problems = page.evaluate("""() => [...document.querySelectorAll("[aria-describedby]")]
      .flatMap((control) => {
      const ids = control.getAttribute("aria-describedby").split(" ");
      const missing = ids.filter((id) => !document.getElementById(id));
      const wrong = ids.some((id) => document.getElementById(id)?.querySelector(".finding-error"));
      const says = control.getAttribute("aria-invalid") === "true";
      const isControl = control.matches("input, select, textarea");
      return missing.length || (isControl && wrong !== says) ? [control.id] : [];
    })""")
    assert problems == []
    assert page.locator("[aria-invalid=true]").count() > 2


def test_button_names_and_element_ids_are_unique(opened):
    page = opened(document(3))
    for verb, place in (
        ("duplicate", "/distributions/0/ssmParameterConfigurations/0"),
        ("move-down", "/distributions/0/launchTemplateConfigurations/0"),
        ("add", "/tags"),
        ("remove", "/distributions/0/fastLaunchConfigurations/0"),
        ("add", "/distributions"),
    ):
        page.locator(f'[data-action="{verb}"][data-pointer="{place}"]').first.click()
        expect(page.locator(".htmx-request, .htmx-settling")).to_have_count(0)
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((found) => found.id)")
    assert [html_id for html_id, count in Counter(ids).items() if count > 1] == []
    names = page.evaluate("""[...document.querySelectorAll("button[data-pointer], [role=group]")]
      .map((found) => found.getAttribute("aria-label")
        ?? document.getElementById(found.getAttribute("aria-labelledby"))?.innerText
          + found.id.split("-")[1])""")
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_large_text_and_wide_spacing_lose_nothing(opened):
    page = opened(document(3), viewport={"width": 1280, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert fits(page)
    page.evaluate("""() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important;"
        + " word-spacing: .16em !important; }");
      document.adoptedStyleSheets = [sheet];
    }""")
    page.evaluate("document.documentElement.style.fontSize = '100%'")
    assert fits(page)
    cut = page.evaluate("""[...document.querySelectorAll("button, h1, h2, label, .form-text")]
      .filter((found) => found.offsetWidth > 1 && getComputedStyle(found).overflow === "hidden"
        && found.scrollWidth > found.clientWidth + 1).map((found) => found.innerText)""")
    assert cut == []


def test_nothing_moves_for_those_who_asked_for_that(opened):
    page = opened(document(3), reduced_motion="reduce")
    moving = page.evaluate("""[...document.querySelectorAll("*")].filter((found) => {
      const style = getComputedStyle(found);
      const [slides, plays] = [style.transitionDuration, style.animationDuration];
      return Math.max(parseFloat(slides), parseFloat(plays)) > 0.01;
    }).map((found) => found.outerHTML.slice(0, 80))""")
    assert moving == []


def test_typing_announces_nothing_and_an_edit_is_announced_once(opened):
    page = opened(document(1))
    live = page.locator("#live")
    expect(live).to_be_empty()
    page.evaluate("""() => {
      window.said = [];
      new MutationObserver(() => { const text = document.getElementById("live").textContent;
        if (text) window.said.push(text); })
        .observe(document.getElementById("live"), { childList: true, characterData: true });
    }""")
    page.locator('[data-pointer="/name"]').focus()
    page.keyboard.press("End")
    page.keyboard.type("-more")
    expect(page.locator("#title")).to_have_text("golden-images-more")
    assert page.evaluate("said") == []
    assert page.locator("[aria-live], [role=status], [role=alert]").count() == 1
    page.locator('[data-action="add"][data-pointer="/distributions"]').click()
    expect(live).to_have_text("Region added.")
    assert page.evaluate("said") == ["Region added."]


def test_the_preview_is_scrolled_by_keyboard(opened):
    page = opened(document(34))
    page.locator("[data-preview]").focus()
    page.keyboard.press("End")
    page.wait_for_timeout(300)
    assert page.evaluate("document.querySelector('[data-preview]').scrollTop") > 0


def test_the_focus_is_seen_everywhere(opened):
    page = opened(document(1))
    for _ in range(60):
        page.keyboard.press("Tab")
        style = page.evaluate("""() => {
          const style = getComputedStyle(document.activeElement);
          return [parseFloat(style.outlineWidth), style.outlineStyle, style.boxShadow];
        }""")
        assert (style[0] >= 2 and style[1] != "none") or style[2] != "none"
