"""Chromium for tests: console errors, CSP violations and requests to other sites fail the test."""

from __future__ import annotations

import os
import shutil
import threading
import time

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from playwright.sync_api import expect

expect.set_options(timeout=15_000)  # milliseconds: tests run in parallel on small machines

# Playwright's synchronous API runs an event loop, in which Django refuses database access.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

BROWSER_NAMES = (  # as in tests/with-chromium
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
BROWSER_ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--no-first-run",
)
# Each width, color scheme and mode is in one of them; more would cost minutes.
GUISES = {
    "light": {"color_scheme": "light", "viewport": {"width": 1440, "height": 900}},
    "a dark phone": {"color_scheme": "dark", "viewport": {"width": 320, "height": 640}},
    "forced colors": {"forced_colors": "active", "viewport": {"width": 1280, "height": 720}},
}
GUISES.pop(os.environ.get("SKIPPED_GUISE"), None)
# Chromium logs this for pages with an error status, which tests request on purpose.
STATUS_MESSAGE = "Failed to load resource: the server responded with a status of"
PAGE_RESOURCE_TYPES = ("document", "xhr", "fetch")


def pytest_collection_modifyitems(items):
    """Mark tests that use a browser."""
    for item in items:
        if "browser" in item.fixturenames:
            item.add_marker("browser")


def chromium_path():
    """Return the path in CHROMIUM, else that of the first installed browser, else None."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSER_NAMES)), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Use the browser that is installed, else Playwright's Chromium."""
    path = chromium_path()
    executable = {"executable_path": path} if path else {}
    return browser_type_launch_args | executable | {"args": list(BROWSER_ARGS)}


@pytest.fixture
def site_url(live_server):
    """Return the site's URL: the only site that a browser may send requests to."""
    return live_server.url


@pytest.fixture
def complaints():
    """Yield the list of browser errors; the test fails if it is not empty at the end."""
    errors = []
    yield errors
    assert errors == []


@pytest.fixture
def new_context(new_context, site_url, complaints):
    """Return a function that makes browser contexts which record errors."""
    contexts = []

    def make(**options):
        context = new_context(base_url=site_url, **options)
        record_errors(context, site_url, complaints)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    wait_for_live_server()


def wait_for_live_server():
    """Wait until the live server has finished all requests, before its database is deleted."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if not any("process_request_thread" in thread.name for thread in threading.enumerate()):
            return
        time.sleep(0.02)


def record_errors(context, site_url, complaints):
    """Record console errors and warnings, script errors, missing files and foreign requests."""

    def on_console(message):
        if message.type in ("error", "warning") and not message.text.startswith(STATUS_MESSAGE):
            complaints.append(f"console: {message.text}")

    def on_request(request):
        if not request.url.startswith((site_url, "data:", "blob:")):
            complaints.append(f"request: {request.url}")

    def on_response(response):
        if response.status >= 400 and response.request.resource_type not in PAGE_RESOURCE_TYPES:
            complaints.append(f"{response.status}: {response.url}")

    context.on("console", on_console)
    context.on("weberror", lambda error: complaints.append(f"script: {error.error}"))
    context.on("request", on_request)
    context.on("response", on_response)


def sign_in(context, client, site_url):
    """Copy the session of a signed-in client to the browser context."""
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site_url}])


def show_in(page, guise):
    """Show the page in another guise, without loading it again."""
    options = {"color_scheme": "light", "forced_colors": "none"} | GUISES[guise]
    page.set_viewport_size(options.pop("viewport"))
    page.emulate_media(**options)


def accessibility_problems(page):
    """Return axe's violations on the page, as `rule: selector`."""
    # preload would add style sheets, which the content security policy blocks.
    options = {
        "preload": False,
        "resultTypes": ["violations"],
        # Off by default: WCAG 2.5.8, and 2.5.3, by which a label's words are in the name.
        "rules": {
            "target-size": {"enabled": True},
            "label-content-name-mismatch": {"enabled": True},
        },
    }
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    violations = page.evaluate("async (options) => (await axe.run(options)).violations", options)
    return [f"{rule['id']}: {node['target']}" for rule in violations for node in rule["nodes"]]
