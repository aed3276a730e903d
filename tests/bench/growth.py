"""Measure how the work grows with the document: ``make growth``.

Documents have 1, 10 and 100 times the API's limit in one place. Checking is bounded or linear;
what is more than a draft can hold is refused at once; pages of what is taken grow at most as the
document does. Times are those of the processor.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from distui.builder.models import Draft
from distui.core import check
from distui.core.caching import clear_caches
from distui.core.document.parse_error import ParseError
from tests.bench.figures import Limit, print_limits, print_line
from tests.bench.large_documents import DIMENSIONS, legal_maximum
from tests.documents.imported import read_document
from tests.html_forms import rendered_post

FACTORS = (1, 10, 100)
GROWTH = 20  # times the work for ten times the document; noise included
SMALL = 0.05  # seconds; less is compared as if it were that: caches and noise decide it
FORM = "application/x-www-form-urlencoded"
_LEGAL = ("editor", "open", "save", "review")  # below a second for all that AWS allows
STEPS = ("check", "import", "editor", "open", "save", "review")
Figures = dict[str, float]


def report() -> int:
    """Print the tables and the limits; return how many limits are exceeded."""
    _pages(DIMENSIONS["tags"](1))  # templates are compiled once
    print_line(f"{'seconds':<24}" + "".join(f"{step:>10}" for step in STEPS))
    limits: list[Limit] = []
    for name, make in DIMENSIONS.items():
        figures = [_measure(f"{name} × {factor}", make(factor)) for factor in FACTORS]
        limits += growth_of(name, figures)
    legal = _measure("legal maximum × 5", legal_maximum())
    limits += [(f"legal maximum: {step}", legal[step], 1.0) for step in _LEGAL]
    return print_limits(limits)


def growth_of(name: str, figures: list[Figures]) -> list[Limit]:
    """Return by how much each step grows from one document to the next, with its limit."""
    limits = []
    for less, more in pairwise(figures):
        for step in more.keys() & less.keys():
            if more[step] > SMALL:
                limits.append((f"{name}: {step}", more[step] / max(less[step], SMALL), GROWTH))
    return limits


def _measure(name: str, document: Any) -> Figures:
    text = json.dumps(document)
    figures = {"check": seconds_of(lambda: check(document))}
    try:
        figures["import"] = seconds_of(lambda: read_document(text))
    except ParseError:
        figures["import"] = seconds_of(lambda: _refused(text))
    else:
        figures |= _pages(document)
    cells = (f"{figures[step]:10.2f}" if step in figures else f"{'—':>10}" for step in STEPS)
    print_line(f"{name:<24}{''.join(cells)}")
    return figures


def _refused(text: str) -> None:
    try:
        read_document(text)
    except ParseError:
        return
    raise AssertionError("The document was taken.")


def _pages(document: Any) -> Figures:
    draft, client = create_draft(document)
    url = f"/drafts/{draft.pk}/"
    figures = {
        "editor": seconds_of(lambda: client.get(url)),
        "open": seconds_of(lambda: client.get(url, {"open": 0})),
        "review": seconds_of(lambda: client.get(f"{url}review/")),
    }
    page = client.get(url, {"open": 0})
    data = rendered_post(page.content.decode(), "workspace")
    data["op"], data["description"] = "autosave", "typed"
    body = data.urlencode()

    def save() -> None:
        response = client.post(url, body, content_type=FORM, headers={"HX-Request": "true"})
        assert response.status_code == 200, response.status_code

    return figures | {"save": seconds_of(save)}


def create_draft(document: Any) -> tuple[Draft, Client]:
    """Return a draft of the document, and a client of its owner."""
    owner, _ = User.objects.get_or_create(username="alice")
    client = Client(SERVER_NAME="localhost")
    client.force_login(owner)
    text = read_document(json.dumps(document)).text
    return Draft.objects.create(owner=owner, text=text), client


def seconds_of(step: Callable[[], object]) -> float:
    """Return the processor time of the step, with empty caches."""
    clear_caches()
    start = time.process_time()
    step()
    return time.process_time() - start
