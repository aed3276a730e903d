"""Measure the server: opening the editor, saving one Region, setting a field in all others.

*Cold* means that the process has not cached the document.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import Client

from distui.builder.forms.declarations import RequestForm
from distui.builder.models import Draft
from distui.core.caching import clear_caches
from tests.bench.documents import document
from tests.bench.figures import Limit, Step, medians_ms, print_limits, print_line
from tests.factories import make_draft
from tests.html_forms import rendered_post

REGIONS = (1, 10, 34)
STEPS = ("open cold", "open", "save cold", "save", "set", "whole")


def report() -> int:
    """Print the table and the limits; return how many limits are exceeded."""
    figures = measure({count: prepare(count) for count in REGIONS})
    print_line(
        "Regions  " + "".join(f"{step:>20}" for step in STEPS) + "   (ms, median; × = whole/step)"
    )
    for count, row in figures.items():
        cells = [f"{row[step]:9.1f} ({row['whole'] / row[step]:5.1f}×)" for step in STEPS]
        print_line(f"{count:>7}  " + "".join(f"{cell:>20}" for cell in cells))
    return print_limits(limits(figures))


def limits(figures: dict[int, dict[str, float]]) -> list[Limit]:
    """Return the limits of the figures."""
    largest, ten = figures[34], figures[10]
    return [
        ("set one field in 34 Regions, ms", largest["set"], 100),
        *_ratios(largest, ten),
    ]


def _ratios(largest: dict[str, float], ten: dict[str, float]) -> list[Limit]:
    return [
        limit
        for step in ("open", "save")
        for limit in (
            (f"{step} at 34 Regions / whole page", largest[step] / largest["whole"], 0.1),
            (f"{step} at 34 Regions / at 10", largest[step] / ten[step], 1.5),
        )
    ]


def measure(steps: dict[int, dict[str, Step]]) -> dict[int, dict[str, float]]:
    """Return the milliseconds of each step by the number of Regions."""
    figures: dict[int, dict[str, float]] = {count: {} for count in steps}
    for name in STEPS:
        medians = medians_ms({count: steps[count][name] for count in steps})
        for count, value in medians.items():
            figures[count][name] = value
    return figures


def prepare(count: int) -> dict[str, Step]:
    """Return the steps on drafts with ``count`` Regions."""
    draft, client = create_draft(count)
    url = f"/drafts/{draft.pk}/"
    numbers = iter(range(10_000))

    @cache
    def page() -> QueryDict:
        return rendered_post(client.get(url, {"open": 0}).content.decode(), "workspace")

    def open_editor() -> None:
        response = client.get(url, {"open": 0})
        assert response.status_code == 200

    def save() -> None:
        data = page()
        data["op"] = "autosave"
        data["distributions-0-amiDistributionConfiguration-description"] = f"Round {next(numbers)}"
        response = client.post(
            url,
            data.urlencode(),
            content_type="application/x-www-form-urlencoded",
            headers={"HX-Request": "true"},
        )
        assert response.status_code == 200

    change, set_in_others = setting_a_field(*create_draft(count))  # saves would conflict with it
    return {
        "open cold": Step(open_editor, before=clear_caches, rounds=5),
        "open": Step(open_editor),
        "save cold": Step(save, before=clear_caches, rounds=5),
        "save": Step(save),
        "set": Step(set_in_others, before=change),
        "whole": Step(lambda: render_whole_page(draft), rounds=5),
    }


def setting_a_field(draft: Draft, client: Client) -> tuple[Callable[[], None], Callable[[], None]]:
    """Return a function that changes the first AMI's description, and one that sets it in all."""
    numbers, data = iter(range(10_000)), dict[str, object]()
    place = "/distributions/0/amiDistributionConfiguration/description"
    url = f"/drafts/{draft.pk}/copy/?{urlencode({'from': place})}"

    def change() -> None:
        draft.refresh_from_db()
        first, *others = draft.state["distributions"]
        ami = first["amiDistributionConfiguration"] | {"description": f"Set {next(numbers)}"}
        first = first | {"amiDistributionConfiguration": ami}
        state = draft.state | {"distributions": [first, *others]}
        draft.save_state(state, revision=draft.revision)
        selected = [f"{index}:{item['region']}" for index, item in enumerate(others, 1)]
        data.update(revision=draft.revision, source=first["region"], selected=selected, op="apply")

    def set_in_others() -> None:
        response = client.post(url, data)
        assert response.status_code == (302 if data["selected"] else 422)

    return change, set_in_others


def create_draft(count: int) -> tuple[Draft, Client]:
    """Return a draft with ``count`` Regions, and a client of its owner."""
    owner, _ = User.objects.get_or_create(username="alice")
    client = Client(SERVER_NAME="localhost")
    client.force_login(owner)
    return make_draft(owner, document(count)), client


def render_whole_page(draft: Draft) -> str:
    """Render all Regions as nested crispy formsets."""
    form = RequestForm(state=draft.state, findings=draft.analyze().findings.all)
    return render_to_string("builder/forms/_shape.html", {"parts": form.parts, "where": ""})
