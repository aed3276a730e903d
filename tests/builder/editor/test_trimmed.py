"""The editor says which values it has trimmed."""

from __future__ import annotations

import json

import pytest

from distui.builder.models import Draft
from tests.html_forms import rendered_post

KIND = "application/x-www-form-urlencoded"
AMI = "distributions-0-amiDistributionConfiguration"


@pytest.fixture
def post(alice, alice_client):
    """Return a function that posts the rendered form, changed, and returns the response."""
    distribution = {"region": "eu-west-1", "amiDistributionConfiguration": {"name": "a"}}
    text = json.dumps({"name": "golden", "distributions": [distribution]})
    url = f"/drafts/{Draft.objects.create(owner=alice, text=text).pk}/"

    def send(headers=None, **changes):
        page = alice_client.get(url, {"open": 0}).content.decode()
        data = rendered_post(page, "workspace")
        for name, value in changes.items():
            data[name] = value
        return alice_client.post(url, data.urlencode(), KIND, headers=headers or {}, follow=True)

    return send


@pytest.mark.parametrize(
    ("name", "value", "notice"),
    [
        ("name", " golden", "Removed spaces around Name."),
        ("name", "other\t", "Removed spaces around Name."),
        (f"{AMI}-name", " ", "Removed spaces around AMI name."),
        (f"{AMI}-targetAccountIds", " 123456789012 ", "Removed spaces around Copy to accounts."),
        ("distributions-0-region", "eu-west-2 ", ""),  # stays, and is an error
        ("name", "gold en", ""),
        ("description", " kept ", ""),
        (f"{AMI}-description", "two\nlines\n", ""),
    ],
)
@pytest.mark.parametrize("op", ["save", "close", "review"])
def test_it_names_trimmed_fields(name, value, notice, op, post):
    page = post(**{name: value, "op": op}).content.decode()
    assert ("Removed spaces" in page) == bool(notice)
    assert notice in page


def test_a_trimmed_field_is_named_after_leaving_it(post):
    htmx = {"HX-Request": "true"}
    typed = {"name": " golden ", "op": "autosave"}
    assert "HX-Trigger" not in post(htmx, **typed, focused="id_name").headers
    response = post(htmx, **typed, just_blurred="id_name", visited="id_name")
    assert "Removed spaces around" in response["HX-Trigger"]
    assert "HX-Trigger" not in post(htmx, **typed, visited="id_name").headers
