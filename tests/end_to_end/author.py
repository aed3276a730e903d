"""A user who operates the pages only through the marks that the HTML guarantees."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Locator, Page, expect

from distui.core import pointers
from distui.core.schema import shapes
from tests.product import PASSWORD, USER

_IN_PROGRESS = ".htmx-request, .htmx-swapping, .htmx-settling"


class Author:
    """Builds documents with controls and buttons that are found by their pointer."""

    def __init__(self, page: Page, *, scripts: bool) -> None:
        self.page, self.scripts = page, scripts

    def sign_in(self) -> None:
        """Sign in on the page that the home page redirects to."""
        self.page.goto("/")
        self.page.fill("[name=username]", USER)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_selector("[data-action=create]")

    def create(self) -> None:
        """Create a blank draft."""
        self.page.locator("[data-action=create]").first.click()
        self.page.wait_for_selector("[data-preview]")

    def control(self, pointer: str, selector: str = "") -> Locator:
        """Return the control of the member."""
        tags = ("input", "select", "textarea")
        return self.page.locator(
            ", ".join(f'{tag}[data-pointer="{pointer}"]{selector}' for tag in tags)
        )

    def fill(self, pointer: str, text: str, selector: str = "") -> None:
        """Fill in the control or select an option."""
        control = self.control(pointer, selector)
        if control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(text)
        else:
            control.fill(text)

    def fill_row(self, pointer: str, row: int, key: str, value: str) -> None:
        """Fill in key and value of a map's row."""
        self.fill(pointer, key, f'[data-part="key"][data-row="{row}"]')
        self.fill(pointer, value, f'[data-part="value"][data-row="{row}"]')

    def act(self, verb: str, pointer: str = "") -> None:
        """Click the button and wait for its response."""
        attribute = f'[data-pointer="{pointer}"]' if pointer else ""
        with self.page.expect_response(lambda response: self._is_response(response, verb)):
            self.page.locator(f'[data-action="{verb}"]{attribute}').first.click()
        self.settle()

    def has_button(self, verb: str, pointer: str) -> bool:
        """Return True if the page has the button."""
        return self.page.locator(f'[data-action="{verb}"][data-pointer="{pointer}"]').count() > 0

    def _is_response(self, response: Any, verb: str) -> bool:
        """Return True for the button's response, False for that of an automatic save."""
        posted = response.request.post_data or ""
        return response.request.method == "POST" and verb in posted.replace("%3A", ":")

    def settle(self) -> None:
        """Wait until htmx has finished updating the page."""
        self.page.wait_for_load_state("load")
        expect(self.page.locator(_IN_PROGRESS)).to_have_count(0)

    def build(self, document: dict[str, Any]) -> None:
        """Build the whole document."""
        self._structure(document, shapes.shape(), ())

    def _structure(self, value: dict[str, Any], shape: shapes.Shape, path: tuple[Any, ...]) -> None:
        for name, item in value.items():
            self._member(item, shape.members[name].shape, (*path, name))

    def _member(self, value: Any, shape: shapes.Shape, path: tuple[Any, ...]) -> None:
        pointer = pointers.pointer(path)
        match shape:
            case shapes.Shape(kind="object"):
                if self.has_button("include", pointer):
                    self.act("include", pointer)
                self._structure(value, shape, path)
            case shapes.Shape(kind="map"):
                for row, (key, item) in enumerate(value.items()):
                    self.act("add", pointer)
                    self.fill_row(pointer, row, key, item)
            case shapes.Shape(kind="array", item=shapes.Shape(kind="object") as inner):
                for index, item in enumerate(value):
                    self.act("add", pointer)
                    self._structure(item, inner, (*path, index))
            case shapes.Shape(kind="array"):
                self.fill(pointer, "\n".join(value))
            case _:
                self.fill(pointer, json.dumps(value) if isinstance(value, bool) else str(value))

    def preview(self) -> str:
        """Return the request body in the preview."""
        return self.page.locator("[data-preview]").text_content() or ""

    def submit(self, target: str) -> str:
        """Review, choose the target and submit; return the ARN."""
        self.act("review")
        self.page.wait_for_selector('[data-action="submit"]')
        self.choose(target)
        self.page.locator('[data-action="submit"]').click()
        self.page.wait_for_selector('[data-state="created"]', timeout=30_000)
        return (self.page.locator("[data-arn]").first.text_content() or "").strip()

    def choose(self, target: str) -> None:
        """Choose a target by its name."""
        self.page.get_by_label(target, exact=False).first.check()
