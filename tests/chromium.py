"""A real Chromium that fails the test on any console error, CSP violation or request elsewhere."""

from __future__ import annotations

import os
import shutil
import threading
import time

import pytest
from axe_playwright_python.sync_playwright import Axe

# Playwright's synchronous interface runs an event loop, in which Django would refuse its database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--no-first-run",
)
# Chromium reports the status of a page itself as an error; a test may well ask for such a page.
STATUS = "Failed to load resource: the server responded with a status of"
PAGES = ("document", "xhr", "fetch")


def pytest_collection_modifyitems(items):
    """Marks the tests that drive a browser."""
    for item in items:
        if "browser" in item.fixturenames:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The machine's own Chromium: CHROMIUM, else the first one found, else Playwright's."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    path = {"executable_path": found} if found else {}
    return browser_type_launch_args | path | {"args": list(QUIET)}


@pytest.fixture
def site_url(live_server):
    """Where the pages are: the only place that a browser may ask for anything."""
    return live_server.url


@pytest.fixture
def complaints():
    """What the browser complained of; anything left in it at the end fails the test."""
    found = []
    yield found
    assert found == []


@pytest.fixture
def new_context(new_context, site_url, complaints):
    """Makes browser contexts that are watched; relative addresses are the site's."""
    made = []

    def make(**options):
        context = new_context(base_url=site_url, **options)
        watch(context, site_url, complaints)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()
    await_last_requests()


def await_last_requests():
    """Let the live server answer what a closed page still asked: its database is about to go."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if not any("process_request_thread" in thread.name for thread in threading.enumerate()):
            return
        time.sleep(0.02)


def watch(context, site_url, complaints):
    """Note every console error or warning, script error, missing file and request elsewhere."""

    def on_console(message):
        if message.type in ("error", "warning") and not message.text.startswith(STATUS):
            complaints.append(f"console: {message.text}")

    def on_request(request):
        if not request.url.startswith((site_url, "data:", "blob:")):
            complaints.append(f"request: {request.url}")

    def on_response(response):
        if response.status >= 400 and response.request.resource_type not in PAGES:
            complaints.append(f"{response.status}: {response.url}")

    context.on("console", on_console)
    context.on("weberror", lambda error: complaints.append(f"script: {error.error}"))
    context.on("request", on_request)
    context.on("response", on_response)


def sign_in(context, client, site_url):
    """Give the context the session of a client in which somebody is signed in."""
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": site_url}])


def accessibility_problems(page):
    """What axe finds on the page, as `rule: selector`; none is what a test wants."""
    # Its preload adds style sheets to the page, which the content security policy refuses.
    options = {
        "preload": False,
        "resultTypes": ["violations"],
        "rules": {"target-size": {"enabled": True}},
    }
    found = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]
