"""A paste over the preview lists what it changed, lets it be undone, and takes one of several."""

from __future__ import annotations

import re

import pytest

from distui.builder.models import Draft
from tests.builder.importing.test_views import SEVERAL, TEMPLATE
from tests.html_forms import rendered_post


@pytest.fixture
def draft(alice):
    return Draft.objects.create(owner=alice, text='{"name": "before", "distributions": []}')


def paste(client, edited, page, text, **fields):
    """Press the button for pasting on the page, with these fields checked."""
    data = rendered_post(page, "workspace")
    for name in ("undo", "draft"):
        data.pop(name, None)
        data.setlist(name, fields.get(name, ()))
    data["document"], data["op"] = text, "paste"
    answer = client.post(f"/drafts/{edited.pk}/", dict(data.lists()))
    edited.refresh_from_db()
    return answer


def opened(client, draft):
    return client.get(f"/drafts/{draft.pk}/").content.decode()


def test_single_changes_of_a_paste_are_undone(alice_client, draft):
    text = TEMPLATE.decode()
    page = paste(alice_client, draft, opened(alice_client, draft), text).content.decode()
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "Draft replaced. Below the preview: 2 changes." in shown
    assert "Line 10 eu-west-1, Parallel launches: Read “7” as a number." in shown
    assert "Line 13 eu-west-1, KMS key: Key.Arn" in shown
    keys = re.findall(r'name="undo" value="([^"]+)"', page)
    again = paste(alice_client, draft, page, text, undo=keys)
    assert len(re.findall(r'name="undo" value="[^"]+" checked', again.content.decode())) == 2
    fast_launch = draft.document["distributions"][0]["fastLaunchConfigurations"]
    assert fast_launch == [
        {"enabled": True, "maxParallelLaunches": "7", "account_id": "012345678901"}
    ]


def test_choices_of_another_text_are_ignored(alice_client, draft):
    text = TEMPLATE.decode()
    page = paste(alice_client, draft, opened(alice_client, draft), text).content.decode()
    keys = re.findall(r'name="undo" value="([^"]+)"', page)
    paste(alice_client, draft, page, text.replace('"7"', '"8"'), undo=keys)
    (fast_launch,) = draft.document["distributions"][0]["fastLaunchConfigurations"]
    assert fast_launch["maxParallelLaunches"] == 8


def test_the_chosen_configuration_replaces_the_draft(alice_client, draft):
    text = SEVERAL.decode()
    refused = paste(alice_client, draft, opened(alice_client, draft), text)
    assert (refused.status_code, draft.name) == (422, "before")
    page = refused.content.decode()
    assert "The document has 2 configurations." in page
    assert paste(alice_client, draft, page, text).status_code == 422
    chosen = paste(alice_client, draft, page, text, draft=["0.1"])
    assert (chosen.status_code, draft.name) == (200, "giant")
    assert re.search(r"Line 2[0-9]", chosen.content.decode())


def test_a_plain_request_leaves_the_box_closed(alice_client, draft):
    text = '{"name": "plain", "distributions": []}'
    answer = paste(alice_client, draft, opened(alice_client, draft), text)
    assert (answer.status_code, draft.name) == (302, "plain")
