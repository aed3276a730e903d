"""A group of alice's, and a function that posts its form."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from distui.builder.groups.models import NamedGroup
from tests.html_forms import rendered_post

A, B, C = "072964183051", "735018462939", "418273950164"


@pytest.fixture
def group(alice):
    return NamedGroup.objects.create(name="Production", members=f"{A}\n{B}", owner=alice)


def save(client, url="/groups/new/", *, content=None, op="save", **changes):
    """Post the rendered form with those changes and an uploaded file."""
    rendered = rendered_post(client.get(url).content.decode())
    rendered.pop("csrfmiddlewaretoken", None)
    data = {name: rendered[name] for name in ("name", "members", "version")} | {"kind": "accounts"}
    data |= changes | {"op": op}
    if content is not None:
        file = SimpleUploadedFile("accounts.csv", content, content_type="text/csv")
        data["file"] = file
    return client.post(url, data)
