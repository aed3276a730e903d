"""A user who operates the pages with the keyboard only."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

# True unless the focused element is covered by another one.
FOCUS_IS_VISIBLE = """() => {
  const box = document.activeElement.getBoundingClientRect();
  const topmost = document.elementFromPoint(
    Math.min(Math.max(box.left + 4, 0), innerWidth - 1),
    Math.min(Math.max(box.top + 4, 0), innerHeight - 1));
  const focused = document.activeElement;
  return focused === document.body || focused.contains(topmost) || topmost?.contains(focused);
}"""


class Keyboard:
    """A user without a mouse."""

    def __init__(self, page):
        self.page = page
        self.presses = 0  # beside typing

    def press(self, *keys):
        self.presses += len(keys)
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text):
        self.page.keyboard.type(text)
        self.settle()

    def settle(self):
        self.page.wait_for_load_state("load")
        expect(self.page.locator(".htmx-request")).to_have_count(0)

    def reach(self, selector, *, key="Tab", max_presses=120):
        """Press Tab until the control has the focus; the focus must stay visible."""
        for _ in range(max_presses):
            if self.page.evaluate("s => document.activeElement?.matches(s)", selector):
                return
            self.press(key)
            assert self.page.evaluate(FOCUS_IS_VISIBLE), (
                f"hidden before {selector}: {self.focused()}"
            )
        pytest.fail(f"{selector} can't be reached by {key}; the focus is at {self.focused()}")

    def follow(self, selector):
        """Reach a link or button, press Enter, and wait for the page that it leads to."""
        self.reach(selector)
        with self.page.expect_navigation():
            self.press("Enter")

    def focused(self):
        return self.page.evaluate("document.activeElement?.outerHTML.slice(0, 160)")

    def assert_focused(self, selector):
        """Assert that the control has the focus."""
        expect(self.page.locator(f"{selector}:focus")).to_have_count(1)

    def act(self, verb, pointer, focused):
        """Reach and press the button; assert which control has the focus afterwards."""
        self.reach(f'[data-action="{verb}"][data-pointer="{pointer}"]')
        self.press("Enter")
        self.settle()
        self.assert_focused(focused)


def field(pointer):
    """Return the selector of the member's control."""
    return f'[data-pointer="{pointer}"]:is(input, select, textarea)'
