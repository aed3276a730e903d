"""Alignment of texts and controls, and lines that break or are cut without need."""

from __future__ import annotations

import itertools

from playwright.sync_api import expect

from tests.factories import document, make_draft, make_submission

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
CODES = ["ap-northeast-1", "ap-northeast-2", "ap-southeast-1", "ap-southeast-2"]

# The top, left, and lines of an element's text.
TEXT_BOX = """(element) => {
  const range = document.createRange();
  range.selectNodeContents(element);
  const rows = new Set([...range.getClientRects()].filter(({ width }) => width > 1)
    .map(({ top }) => Math.round(top)));
  const { left, top, bottom } = range.getBoundingClientRect();
  return { left, middle: (top + bottom) / 2, rows: rows.size };
}"""


def text_box(locator):
    return locator.evaluate(TEXT_BOX)


def test_check_boxes_are_in_the_line_of_the_name(open_as, alice, alice_client):
    make_draft(alice, document("golden"))
    page = open_as(alice_client, "/", viewport=WIDE)
    box = page.get_by_label("Select golden").bounding_box()
    name = text_box(page.get_by_role("link", name="golden", exact=True))
    assert abs(box["y"] + box["height"] / 2 - name["middle"]) <= 1


def test_copy_is_below_its_header_or_names_the_arn(open_as, alice, alice_client):
    make_submission(alice, name="golden", state="created", arn="arn:aws:imagebuilder:x")
    page = open_as(alice_client, "/history/", viewport=WIDE)
    button = page.get_by_role("button", name="Copy ARN of golden")
    header = page.get_by_role("columnheader", name="ARN")
    assert abs(text_box(button)["left"] - text_box(header)["left"]) <= 1
    page.set_viewport_size(PHONE)
    state = page.locator("td .state")
    assert abs(text_box(button)["left"] - state.bounding_box()["x"]) <= 1
    assert button.evaluate("button => button.firstChild.data") == "Copy ARN"


def test_the_selects_of_versions_use_the_width(open_as, alice, alice_client):
    draft = make_draft(alice, document("golden"))
    draft.save_state(document("other"), revision=draft.revision, user=alice)
    page = open_as(alice_client, f"/drafts/{draft.pk}/versions/", viewport=WIDE)
    form = page.locator(".compare").bounding_box()
    for name in ("From", "To"):
        assert page.get_by_label(name, exact=True).bounding_box()["width"] > form["width"] * 0.4
    end = page.locator("[data-action=compare]").bounding_box()
    assert abs(end["x"] + end["width"] - form["x"] - form["width"]) <= 1


def test_region_codes_and_their_lines_stay_together(open_as, alice, alice_client):
    draft = make_draft(alice, document("golden", [*CODES, *(f"xx-north-{n}" for n in range(9))]))
    place = "/distributions/0/amiDistributionConfiguration/name"
    path = f"/drafts/{draft.pk}/copy/?from={place}"
    page = open_as(alice_client, path, viewport=WIDE)
    for width in range(600, 800, 20):
        page.set_viewport_size({"width": width, "height": 800})
        codes = page.locator(".region-code").evaluate_all(f"all => all.map({TEXT_BOX})")
        assert len(codes) == 12
        assert {code["rows"] for code in codes} == {1}


def test_regions_of_a_finding_are_on_close_lines(open_as, alice, alice_client):
    state = document("golden", CODES)
    for item in state["distributions"]:
        item["amiDistributionConfiguration"]["targetAccountIds"] = ["1"]
    draft = make_draft(alice, state)
    page = open_as(alice_client, f"/drafts/{draft.pk}/review/", viewport=PHONE)
    links = page.locator(".finding .cluster").first.locator("a")
    tops = sorted({round(link.bounding_box()["y"]) for link in links.all()})
    assert len(tops) > 1
    assert {low - high for high, low in itertools.pairwise(tops)} == {24}


def test_the_bar_of_a_new_draft_has_one_line(open_as, alice_client):
    page = open_as(alice_client, "/drafts/new/", viewport=PHONE)
    page.get_by_role("button", name="Use this starter").first.click()
    status = page.locator("#status")
    expect(status).to_have_text("Nothing to save yet")
    assert status.bounding_box()["height"] <= 24
    assert page.locator("#title").bounding_box()["width"] > 220


def test_long_lines_of_the_json_box_scroll(open_as, alice, alice_client):
    draft = make_draft(alice, document("n" * 120))
    page = open_as(alice_client, f"/drafts/{draft.pk}/", viewport=WIDE)
    page.get_by_role("button", name="Edit as JSON").click()
    box = page.locator("#id_document")
    expect(box).to_be_focused()
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
