"""Alignment of texts and controls, and lines that break or are cut without need."""

from __future__ import annotations

from tests.factories import document, make_draft

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
