"""Measure how each page of drafts and submissions grows: a part of ``make growth``.

The pages are those of the URL configuration, as the test of authorization lists them. Each shows
documents with 1, 10 and 100 times the API's limit in one place, as far as a draft can have them,
and what the API allows at most in one Region.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.test import Client

from distui.builder.formats.format_tabs import FORMATS
from distui.builder.models import Draft
from distui.builder.versions.versions import saved_versions
from distui.core.document.parse_error import ParseError
from distui.submissions.models import Submission
from tests.abuse.test_authorization import rows
from tests.bench.figures import Limit, print_limits, print_line
from tests.bench.growth import FACTORS, Figures, create_draft, growth_of, seconds_of
from tests.bench.large_documents import DIMENSIONS, legal_maximum
from tests.factories import make_submission, unique_name

LEGAL_SECONDS = 1.0
COPY = "?from=/distributions/0"
QUERIES = {
    "/drafts/<int:pk>/": ("", "?open=0"),
    "/drafts/<int:pk>/copy/": (COPY, f"{COPY}/amiDistributionConfiguration"),
    "/drafts/<int:pk>/versions/": ("", "?from={before}&to={after}"),
}


def report() -> int:
    """Print the pages that grow most, and the limits; return how many are exceeded."""
    _measure(DIMENSIONS["tags"](1))  # templates are compiled once
    limits: list[Limit] = []
    for name, make in DIMENSIONS.items():
        figures = []
        for factor in FACTORS:
            try:
                figures.append(_measure(make(factor)))
            except ParseError:  # more than a draft can have
                break
        limits += growth_of(name, figures)
    print_line("The 20 largest growths:")
    exceeded = print_limits(sorted(limits, key=lambda limit: -limit[1])[:20])
    legal = _measure(legal_maximum(1))
    return exceeded + print_limits(
        [(f"legal maximum: {page}, s", seconds, LEGAL_SECONDS) for page, seconds in legal.items()]
    )


def _measure(document: dict[str, Any]) -> Figures:
    """Return the seconds of each page of the document."""
    for model in (Submission, Draft):
        model.objects.all().delete()
    draft, client = create_draft(document | {"name": unique_name()})
    draft.save_state(draft.state | {"description": "changed"}, revision=draft.revision)
    submission = make_submission(draft.owner, name=draft.name, draft=draft, **_request(draft))
    after, before = [version.key for version in saved_versions(draft)][:2]
    places = {"before": before, "after": after}
    figures = {}
    for page, url in _pages(draft.pk, submission.pk):
        figures[page] = seconds_of(partial(_open, client, url.format_map(places)))
    text = {"document": json.dumps(document)}
    figures["import"] = seconds_of(lambda: client.post("/drafts/import/", text))
    return figures


def _request(draft: Draft) -> dict[str, str]:
    body = draft.body()
    return {"request": body, "request_sha256": hashlib.sha256(body.encode()).hexdigest()}


def _pages(draft: int, submission: int) -> Iterator[tuple[str, str]]:
    """Yield the name and the URL of each page, format and export that the author may open."""
    for route, (get, _) in rows().items():
        is_ours = route == "/" or route.startswith(("/drafts/<int:pk>", "/history/"))
        if not is_ours or get["author"] not in ("200", "422"):
            continue
        pk = draft if route.startswith("/drafts/") else submission
        for query in QUERIES.get(route, ("",)):
            for name in FORMATS if "<str:name>" in route else ("",):
                page = route.replace("<str:name>", name) + query
                yield page, page.replace("<int:pk>", str(pk)).replace("<int:index>", "0")


def _open(client: Client, url: str) -> None:
    response = client.get(url)
    _ = response.getvalue()  # exports are streamed
    # 422: a misspelled Region has no AMI to apply
    assert response.status_code in (200, 422), (url, response.status_code)
