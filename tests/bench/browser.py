"""What a person waits for in Chromium: the first page, a key press, another Region."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from playwright.sync_api import Browser, JSHandle, Page, sync_playwright

from tests.bench.figures import Bound, p95, print_bounds, say
from tests.bench.server import prepared
from tests.chromium import NAMES, QUIET
from tests.product import free_port

KEYS, OPENED, CHANGED = 40, 21, 11
FIELD = '[data-pointer="/distributions/0/amiDistributionConfiguration/name"]'
# Milliseconds from an event in the page until what it is to change has changed there.
UNTIL = """([event, selector]) => new Promise((done) => {
  let start;
  const isIt = (node) => node.parentElement?.closest(selector) || node.matches?.(selector)
    || node.querySelector?.(selector);
  const observer = new MutationObserver((changes) => {
    if (!start || !changes.some((change) => [...change.addedNodes].some(isIt))) return;
    observer.disconnect();
    done(performance.now() - start);
  });
  observer.observe(document.documentElement, { childList: true, subtree: true });
  const begin = () => { start = performance.now(); };
  document.addEventListener(event, begin, { once: true, capture: true });
})"""
ADD = '[data-action="add"][data-pointer="/distributions"], [data-action="add"]:not([data-pointer])'
COPY = '[data-action="duplicate"]'


@dataclass
class Figures:
    """Of one page: milliseconds, elements, bytes of heap, bytes over the wire."""

    first: list[float] = field(default_factory=list)
    keys: list[float] = field(default_factory=list)
    add: list[float] = field(default_factory=list)
    copy: list[float] = field(default_factory=list)
    nodes: int = 0
    heap: int = 0
    page_bytes: int = 0
    key_bytes: int = 0


@dataclass
class Visit:
    """A page that is measured, and what was found of it."""

    page: Page
    url: str
    count: int
    found: Figures = field(default_factory=Figures)


def report() -> int:
    """Print the table and the bounds; how many are broken."""
    with served() as base, sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        visits = {
            "editor, 10 Regions": visit(browser, base, 10, "drafts"),
            "editor, 34 Regions": visit(browser, base, 34, "drafts"),
            "naive, 34 Regions": visit(browser, base, 34, "naive"),
        }
        *editors, naive = visits.values()
        measure(editors)
        measure([naive], changed=3)  # some seconds each
        browser.close()
    figures = {name: found.found for name, found in visits.items()}
    print_table(figures)
    return print_bounds(bounds(*figures.values()))


def visit(browser: Browser, base: str, count: int, kind: str) -> Visit:
    """A window on the page with that many Regions."""
    draft, client = prepared(count)
    context = browser.new_context(base_url=base, viewport={"width": 1440, "height": 900})
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": base}])
    return Visit(context.new_page(), f"/{kind}/{draft.pk}/?open=0", count)


def measure(visits: list[Visit], *, changed: int = CHANGED) -> None:
    """Do each thing on all pages in turn, so that a slow minute of the machine is all of theirs."""
    for _ in range(OPENED):
        for one in visits:
            open_page(one)
    for one in visits:
        one.page.locator(FIELD).first.focus()
        one.page.keyboard.press("Home")
    for number in range(KEYS):
        for one in visits:
            type_key(one, number)
    for button, times in ((COPY, "copy"), (ADD, "add")):
        for _ in range(changed):
            for one in visits:
                change(one, button, getattr(one.found, times))


@contextmanager
def served() -> Iterator[str]:
    """The site under gunicorn, as `make run` serves it."""
    port = free_port()
    options = ["--workers", "2", "--threads", "4", "--preload", "--log-level", "warning"]
    command = ["-m", "gunicorn", "tests.bench.site:application", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen([sys.executable, *command, *options])
    try:
        await_answer(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def await_answer(base: str) -> None:
    """Wait until the server answers."""
    for _ in range(300):
        with suppress(OSError):
            urllib.request.urlopen(f"{base}/healthz").close()
            return
        time.sleep(0.1)


def open_page(one: Visit) -> None:
    """From asking for the page until it can be used: its scripts have run."""
    page, found = one.page, one.found
    page.goto(one.url)
    page.wait_for_load_state("networkidle")
    entry = "performance.getEntriesByType('navigation')[0]"
    found.first.append(page.evaluate(f"{entry}.domContentLoadedEventEnd"))
    found.page_bytes = page.evaluate(f"{entry}.transferSize")
    found.nodes = page.evaluate("document.querySelectorAll('*').length")
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    found.heap = int(session.send("Runtime.getHeapUsage")["usedSize"])
    session.detach()


def type_key(one: Visit, number: int) -> None:
    """From a key press until the preview has changed."""
    page, found = one.page, one.found
    waiting = begin(page, "input", "#preview")
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        page.keyboard.type("abcdefghij"[number % 10])
    found.keys.append(page.evaluate("waiting => waiting.until", waiting))
    found.key_bytes = answer.value.request.sizes()["responseBodySize"]
    page.wait_for_timeout(120)


def change(one: Visit, button: str, times: list[float]) -> None:
    """From pressing the button until the Region that it makes is there."""
    selector = f'#distributions-{one.count}, [name="distributions-{one.count}-region"]'
    one.count += 1
    waiting = begin(one.page, "click", selector)
    one.page.locator(button).first.click()
    times.append(one.page.evaluate("waiting => waiting.until", waiting))
    one.page.wait_for_timeout(400)


def begin(page: Page, event: str, selector: str) -> JSHandle:
    """Begin to wait for the event and for what it changes."""
    return page.evaluate_handle(f"(what) => ({{ until: ({UNTIL})(what) }})", [event, selector])


ROWS = (
    ("first usable page, ms", lambda f: statistics.median(f.first)),
    ("key press to preview, ms, median", lambda f: statistics.median(f.keys)),
    ("key press to preview, ms, p95", lambda f: p95(f.keys)),
    ("adding a Region, ms", lambda f: statistics.median(f.add)),
    ("copying a Region, ms", lambda f: statistics.median(f.copy)),
    ("elements", lambda f: f.nodes),
    ("page over the wire, kB", lambda f: f.page_bytes / 1000),
    ("answer to a key press, kB", lambda f: f.key_bytes / 1000),
    ("JavaScript heap, kB", lambda f: f.heap / 1000),  # of which an empty page has 570
)
# What was promised of them, and the most at 34 Regions on the machine of the first figures.
PROMISED = {
    "first usable page, ms": 300,
    "key press to preview, ms, median": 40,
    "adding a Region, ms": 40,
    "copying a Region, ms": None,
    "elements": 2500,
    "page over the wire, kB": None,
}


def print_table(figures: dict[str, Figures]) -> None:
    """A line a figure, a column a page, and how many times the naive page costs more."""
    say()
    say(f"{'in Chromium':<34}" + "".join(f"{name:>20}" for name in figures) + "   naive/editor")
    for text, of in ROWS:
        values = [of(found) for found in figures.values()]
        cells = "".join(f"{value:>20,.1f}" for value in values)
        say(f"{text:<34}{cells}{values[2] / values[1]:>14.1f}×")


def bounds(ten: Figures, most: Figures, naive: Figures) -> list[Bound]:
    """What was promised: in milliseconds, against the naive page, and in growth from 10 to 34."""
    found: list[Bound] = []
    for text, of in ROWS:
        if text not in PROMISED:
            continue
        if limit := PROMISED[text]:
            found.append((f"{text}, at 34 Regions", of(most), limit))
        found.append((f"{text}, of the naive page's", of(most) / of(naive), 1 / 8))
        found.append((f"{text}, growth from 10 to 34", of(most) / of(ten), 1.3))
    return found
