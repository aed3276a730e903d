"""Measure in Chromium: loading the page, typing, and adding Regions.

The reference page is loaded in turn with the others. It shows how many times slower the machine is
now than the one that the limits in milliseconds were set on.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from django.conf import settings
from playwright.sync_api import Browser, JSHandle, Page, sync_playwright

from tests.bench.figures import Limit, p95, print_limits, print_line
from tests.bench.server import create_draft
from tests.chromium import BROWSER_ARGS, chromium_path
from tests.product import free_port

KEY_PRESSES, PAGE_LOADS, CHANGES = 40, 21, 11
FIELD = 'input[data-pointer="/distributions/0/amiDistributionConfiguration/name"]'
# Resolves to the milliseconds from an event until an element for the selector was added.
TIME_UNTIL_CHANGE = """([event, selector]) => new Promise((done) => {
  let start;
  const matches = (node) => node.parentElement?.closest(selector) || node.matches?.(selector)
    || node.querySelector?.(selector);
  const observer = new MutationObserver((changes) => {
    if (!start || !changes.some((change) => [...change.addedNodes].some(matches))) return;
    observer.disconnect();
    done(performance.now() - start);
  });
  observer.observe(document.documentElement, { childList: true, subtree: true });
  const startTimer = () => { start = performance.now(); };
  document.addEventListener(event, startTimer, { once: true, capture: true });
})"""
# The reference page's time on the machine of the limits, which rendered the naive page in 1,377 ms.
REFERENCE_MS = 100.0
ADD = '[data-action="add"][data-pointer="/distributions"], [data-action="add"]:not([data-pointer])'
COPY = '[data-action="duplicate"]'


@dataclass
class Figures:
    """The figures of one page: milliseconds, number of elements, and bytes."""

    load: list[float] = field(default_factory=list)
    keys: list[float] = field(default_factory=list)
    add: list[float] = field(default_factory=list)
    copy: list[float] = field(default_factory=list)
    nodes: int = 0
    heap: int = 0
    page_bytes: int = 0
    key_bytes: int = 0


@dataclass
class Visit:
    """A page and its figures; ``count`` is its number of Regions."""

    page: Page
    url: str
    count: int
    figures: Figures = field(default_factory=Figures)


def report() -> int:
    """Print the table and the limits; return how many limits are exceeded."""
    with serve() as base, sync_playwright() as playwright:
        options = {"executable_path": chromium_path(), "args": list(BROWSER_ARGS)}
        browser = playwright.chromium.launch(**options)
        visits = {
            "editor, 10 Regions": open_visit(browser, base, 10, "drafts"),
            "editor, 34 Regions": open_visit(browser, base, 34, "drafts"),
            "naive, 34 Regions": open_visit(browser, base, 34, "naive"),
        }
        reference = Visit(browser.new_page(base_url=base), "/reference/", 0)
        *editors, naive = visits.values()
        measure(editors, reference)
        measure([naive], changes=3)  # each takes seconds
        browser.close()
    figures = {name: visit.figures for name, visit in visits.items()}
    print_table(figures)
    slowness = statistics.median(reference.figures.load) / REFERENCE_MS
    print_line(f"The reference page takes {slowness:.2f} × its time on the machine of the limits.")
    return print_limits(limits(*figures.values(), slowness))


def open_visit(browser: Browser, base: str, count: int, kind: str) -> Visit:
    """Return a browser page for a draft with ``count`` Regions."""
    draft, client = create_draft(count)
    context = browser.new_context(base_url=base, viewport={"width": 1440, "height": 900})
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base}])
    return Visit(context.new_page(), f"/{kind}/{draft.pk}/?open=0", count)


def measure(visits: list[Visit], *others: Visit, changes: int = CHANGES) -> None:
    """Run each step on all pages in turn, so that a slow machine affects all of them.

    ``others`` are only loaded.
    """
    for _ in range(PAGE_LOADS):
        for visit in (*visits, *others):
            open_page(visit)
    for visit in visits:
        visit.page.locator(FIELD).first.focus()
        visit.page.keyboard.press("Home")
    for number in range(KEY_PRESSES):
        for visit in visits:
            type_key(visit, number)
    # Adding has a limit at 34 Regions, copying has none: it comes last, with the Regions added.
    for button, name in ((ADD, "add"), (COPY, "copy")):
        for _ in range(changes):
            for visit in visits:
                change(visit, button, getattr(visit.figures, name))


@contextmanager
def serve() -> Iterator[str]:
    """Serve the site with gunicorn, like `make run`; yield its URL."""
    port = free_port()
    options = ["--workers", "2", "--threads", "4", "--preload", "--log-level", "warning"]
    command = ["-m", "gunicorn", "tests.bench.site:application", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen([sys.executable, *command, *options])
    try:
        wait_for_server(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def wait_for_server(base: str) -> None:
    """Wait until the server responds."""
    for _ in range(300):
        with suppress(OSError):
            urllib.request.urlopen(f"{base}/healthz").close()
            return
        time.sleep(0.1)


def open_page(visit: Visit) -> None:
    """Measure the time until the page can be used: its scripts have run."""
    page, figures = visit.page, visit.figures
    page.goto(visit.url)
    page.wait_for_load_state("networkidle")
    entry = "performance.getEntriesByType('navigation')[0]"
    figures.load.append(page.evaluate(f"{entry}.domContentLoadedEventEnd"))
    figures.page_bytes = page.evaluate(f"{entry}.transferSize")
    figures.nodes = page.evaluate("document.querySelectorAll('*').length")
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    figures.heap = int(session.send("Runtime.getHeapUsage")["usedSize"])
    session.detach()


def type_key(visit: Visit, number: int) -> None:
    """Measure the time from a key press until the preview has changed."""
    page, figures = visit.page, visit.figures
    timer = start_timer(page, "input", "#preview")
    with page.expect_response(lambda response: response.request.method == "POST") as response:
        page.keyboard.type("abcdefghij"[number % 10])
    figures.keys.append(page.evaluate("timer => timer.elapsed", timer))
    figures.key_bytes = response.value.request.sizes()["responseBodySize"]
    page.wait_for_timeout(120)


def change(visit: Visit, button: str, times: list[float]) -> None:
    """Measure the time from a click until the new Region is on the page."""
    selector = f'#distributions-{visit.count}, [name="distributions-{visit.count}-region"]'
    visit.count += 1
    visit.page.locator(button).first.hover()
    visit.page.wait_for_timeout(300)  # until it has been scrolled to and the page is painted
    timer = start_timer(visit.page, "click", selector)
    visit.page.locator(button).first.click()
    times.append(visit.page.evaluate("timer => timer.elapsed", timer))
    visit.page.wait_for_timeout(400)


def start_timer(page: Page, event: str, selector: str) -> JSHandle:
    """Start to wait for the event and the change that follows."""
    return page.evaluate_handle(
        f"(parameters) => ({{ elapsed: ({TIME_UNTIL_CHANGE})(parameters) }})", [event, selector]
    )


ROWS = (
    ("page load, ms", lambda f: statistics.median(f.load)),
    ("key press to preview, ms, median", lambda f: statistics.median(f.keys)),
    ("key press to preview, ms, p95", lambda f: p95(f.keys)),
    ("adding a Region, ms", lambda f: statistics.median(f.add)),
    ("copying a Region, ms", lambda f: statistics.median(f.copy)),
    ("elements", lambda f: f.nodes),
    ("page over the wire, kB", lambda f: f.page_bytes / 1000),
    ("response to a key press, kB", lambda f: f.key_bytes / 1000),
    ("JavaScript heap, kB", lambda f: f.heap / 1000),  # 570 on an empty page
)
# The limits at 34 Regions; None: only relative limits apply. Those in milliseconds hold for a
# machine as fast as the one that they were set on: they grow with the reference page's time.
LIMITS = {
    "page load, ms": 300,
    "key press to preview, ms, median": 40,
    "adding a Region, ms": 40,
    "copying a Region, ms": None,
    "elements": 2500,
    "page over the wire, kB": None,
}
# A key press on the naive page renders no form either, and is checked as fast.
RELATIVE = {"key press to preview, ms, median": 1 / 2}


def print_table(figures: dict[str, Figures]) -> None:
    """Print a row for each figure, a column for each page, and the ratio of naive to editor."""
    print_line()
    print_line(
        f"{'in Chromium':<34}" + "".join(f"{name:>20}" for name in figures) + "   naive/editor"
    )
    for name, of in ROWS:
        values = [of(one) for one in figures.values()]
        cells = "".join(f"{value:>20,.1f}" for value in values)
        print_line(f"{name:<34}{cells}{values[2] / values[1]:>14.1f}×")


def limits(ten: Figures, largest: Figures, naive: Figures, slowness: float) -> list[Limit]:
    """Return the limits: absolute, relative to the naive page, and for the growth from 10 to 34."""
    result: list[Limit] = []
    for name, of in ROWS:
        if name not in LIMITS:
            continue
        if maximum := LIMITS[name]:
            allowed = maximum * slowness if ", ms" in name else maximum
            result.append((f"{name}, at 34 Regions", of(largest), allowed))
        relative = RELATIVE.get(name, 1 / 8)
        result.append((f"{name}, relative to the naive page", of(largest) / of(naive), relative))
        result.append((f"{name}, growth from 10 to 34", of(largest) / of(ten), 1.3))
    return result
