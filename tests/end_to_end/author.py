"""A person in front of the pages, who knows only the marks that the HTML promises."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Locator, Page, expect

from distui.core.pointers import pointer
from distui.core.schema import shapes
from tests.product import PASSWORD, USER

_UNDER_WAY = ".htmx-request, .htmx-swapping, .htmx-settling"


class Author:
    """Builds documents by hand: fills controls and presses buttons, each named by its pointer."""

    def __init__(self, page: Page, *, scripts: bool) -> None:
        self.page, self.scripts = page, scripts

    def sign_in(self) -> None:
        """Sign in at the page that everybody is sent to first."""
        self.page.goto("/")
        self.page.fill("[name=username]", USER)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_selector("[data-action=create]")

    def create(self) -> None:
        """Begin a blank draft."""
        self.page.locator("[data-action=create]").first.click()
        self.page.wait_for_selector("[data-preview]")

    def control(self, place: str, more: str = "") -> Locator:
        """The control that edits the member."""
        tags = ("input", "select", "textarea")
        return self.page.locator(", ".join(f'{tag}[data-pointer="{place}"]{more}' for tag in tags))

    def fill(self, place: str, text: str, more: str = "") -> None:
        """Type into the control, or choose in it."""
        found = self.control(place, more)
        if found.evaluate("e => e.tagName") == "SELECT":
            found.select_option(text)
        else:
            found.fill(text)

    def fill_row(self, place: str, row: int, key: str, value: str) -> None:
        """Type a key and its value into the row of a map."""
        self.fill(place, key, f'[data-part="key"][data-row="{row}"]')
        self.fill(place, value, f'[data-part="value"][data-row="{row}"]')

    def act(self, verb: str, place: str = "") -> None:
        """Press the button, and wait until the page is what it makes of it."""
        at = f'[data-pointer="{place}"]' if place else ""
        with self.page.expect_response(lambda found: self._is_answer(found, verb)):
            self.page.locator(f'[data-action="{verb}"]{at}').first.click()
        self.settle()

    def offers(self, verb: str, place: str) -> bool:
        """Whether the page has that button."""
        return self.page.locator(f'[data-action="{verb}"][data-pointer="{place}"]').count() > 0

    def _is_answer(self, response: Any, verb: str) -> bool:
        """Whether it answers the button, and not a save by itself that was under way."""
        posted = response.request.post_data or ""
        return response.request.method == "POST" and verb in posted.replace("%3A", ":")

    def settle(self) -> None:
        """Wait until the answer is on the page."""
        self.page.wait_for_load_state("load")
        expect(self.page.locator(_UNDER_WAY)).to_have_count(0)

    def build(self, document: dict[str, Any]) -> None:
        """Build the whole document."""
        self._structure(document, shapes.shape(), ())

    def _structure(self, value: dict[str, Any], shape: shapes.Shape, path: tuple[Any, ...]) -> None:
        for name, item in value.items():
            self._member(item, shape.members[name].shape, (*path, name))

    def _member(self, value: Any, shape: shapes.Shape, path: tuple[Any, ...]) -> None:
        place = pointer(path)
        match shape:
            case shapes.Shape(kind="object"):
                if self.offers("include", place):
                    self.act("include", place)
                self._structure(value, shape, path)
            case shapes.Shape(kind="map"):
                for row, (key, item) in enumerate(value.items()):
                    self.act("add", place)
                    self.fill_row(place, row, key, item)
            case shapes.Shape(kind="array", item=shapes.Shape(kind="object") as inner):
                for index, item in enumerate(value):
                    self.act("add", place)
                    self._structure(item, inner, (*path, index))
            case shapes.Shape(kind="array"):
                self.fill(place, "\n".join(value))
            case _:
                self.fill(place, json.dumps(value) if isinstance(value, bool) else str(value))

    def preview(self) -> str:
        """The request body that the page shows."""
        return self.page.locator("[data-preview]").text_content() or ""

    def submit(self, target: str) -> str:
        """Review, choose the target, submit, and wait for the ARN."""
        self.act("review")
        self.page.wait_for_selector('[data-action="submit"]')
        self.choose(target)
        self.page.locator('[data-action="submit"]').click()
        self.page.wait_for_selector('[data-state="created"]', timeout=30_000)
        return (self.page.locator("[data-arn]").first.text_content() or "").strip()

    def choose(self, target: str) -> None:
        """Choose the target by its name."""
        self.page.get_by_label(target, exact=False).first.check()
