"""What the server needs to open the editor and to save one Region with its preview.

*Cold* is a process that has not seen the document; the others have, as after the first page.
"""

from __future__ import annotations

import json

from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.test import Client

from distui.builder.forms.declarations import RequestForm
from distui.builder.models import Draft
from distui.core.caching import clear_caches
from tests.bench.documents import document
from tests.bench.figures import Bound, print_bounds, say, timed
from tests.html_forms import rendered_post

REGIONS = (1, 10, 34)
STEPS = ("open cold", "open", "save cold", "save", "whole")


def report() -> int:
    """Print the table and the bounds; how many are broken."""
    figures = {count: measured(count) for count in REGIONS}
    say("Regions  " + "".join(f"{step:>20}" for step in STEPS) + "   (ms, median; × = whole/step)")
    for count, row in figures.items():
        cells = [f"{row[step]:9.1f} ({row['whole'] / row[step]:5.1f}×)" for step in STEPS]
        say(f"{count:>7}  " + "".join(f"{cell:>20}" for cell in cells))
    return print_bounds(bounds(figures))


def bounds(figures: dict[int, dict[str, float]]) -> list[Bound]:
    """What was promised of them."""
    most, ten = figures[34], figures[10]
    return [
        bound
        for step in ("open", "save")
        for bound in (
            (f"{step} at 34 Regions / whole page", most[step] / most["whole"], 0.1),
            (f"{step} at 34 Regions / at 10", most[step] / ten[step], 1.5),
        )
    ]


def measured(count: int) -> dict[str, float]:
    """Milliseconds of each step with that many Regions."""
    draft, client = prepared(count)
    url = f"/drafts/{draft.pk}/"
    data = rendered_post(client.get(url, {"open": 0}).content.decode(), "workspace")
    data["op"] = "autosave"
    number = iter(range(10_000))

    def opened() -> None:
        answer = client.get(url, {"open": 0})
        assert answer.status_code == 200

    def saved() -> None:
        data["distributions-0-amiDistributionConfiguration-description"] = f"Round {next(number)}"
        answer = client.post(
            url,
            data.urlencode(),
            content_type="application/x-www-form-urlencoded",
            headers={"HX-Request": "true"},
        )
        assert answer.status_code == 200

    return {
        "open cold": timed(opened, before=clear_caches, rounds=5),
        "open": timed(opened),
        "save cold": timed(saved, before=clear_caches, rounds=5),
        "save": timed(saved),
        "whole": timed(lambda: whole_page(draft), rounds=5),
    }


def prepared(count: int) -> tuple[Draft, Client]:
    """A draft with that many Regions and its owner's client."""
    owner, _ = User.objects.get_or_create(username="alice")
    client = Client(SERVER_NAME="localhost")
    client.force_login(owner)
    return Draft.objects.create(owner=owner, text=json.dumps(document(count))), client


def whole_page(draft: Draft) -> str:
    """The whole document as nested crispy formsets, every Region's form on the page."""
    form = RequestForm(state=draft.state, findings=draft.analyze().findings.all)
    return render_to_string("builder/forms/_shape.html", {"parts": form.parts, "where": ""})
